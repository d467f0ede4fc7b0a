//! `.github/config.yml`, which several apps share: the greetings of Welcome and the questions of Request Info.
//! What other apps keep there is left alone.

use super::greeting::Greeting;
use super::probot::Settings;
use super::{EXPRESSES, Speaker, account, act, label};
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Automation, Event, Guard, GuardKind, Stated, Trigger, Verb};
use crate::names::nearest;
use crate::syntax::{Schema, Value};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "probot-config",
    title: "Welcome and Request Info, GitHub apps (.github/config.yml)",
    reference: "docs/dialects/probot-config.md",
    recognised_by: "a message of one of the apps, such as `newIssueWelcomeComment` or `requestInfoReplyComment`",
    expresses: EXPRESSES,
    hints: &["WelcomeComment", "firstPRMergeComment", "requestInfo"],
    detect,
    lower,
};

/// Greetings and what sets them off.
const GREETINGS: &[(&str, Event)] = &[
    ("newIssueWelcomeComment", Event::IssueOpened),
    ("newPRWelcomeComment", Event::PrOpened),
    ("firstPRMergeComment", Event::ItemClosed),
];

const REPLY: &str = "requestInfoReplyComment";
const REPLY_LABEL: &str = "requestInfoLabelToAdd";

/// The other keys of Request Info.
const REQUEST_KEYS: &[&str] =
    &[REPLY, REPLY_LABEL, "requestInfoOn", "requestInfoDefaultTitles", "requestInfoUserstoExclude"];

/// How keys of the two apps begin; others belong to other apps.
const OWN: &[&str] = &["newIssue", "newPR", "newPr", "newPull", "firstPR", "firstPr", "requestInfo"];

fn messages() -> impl Iterator<Item = &'static str> {
    GREETINGS.iter().map(|(key, _)| *key).chain([REPLY])
}

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| messages().any(|key| document.get(key).is_some()))
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let settings = Settings::new(*candidate, document, candidate.site(first.key));
        unknown_keys(&settings, lowered);
        let account = account(lowered, candidate.path, &Speaker::Bot, settings.site);
        for (key, event) in GREETINGS {
            greet(&settings, key, *event, account, lowered);
        }
        ask(&settings, account, lowered);
    }
}

fn greet(settings: &Settings<'_>, key: &str, event: Event, account: usize, lowered: &mut Lowered) {
    let Some(entry) = settings.root.entry(key) else { return };
    let message = settings.text(entry.value);
    if !message.is_absent() {
        let site = settings.reader.site(entry.key);
        let greeting = Greeting { name: key.to_owned(), site, account, message };
        lowered.automation(greeting.automation(Stated::Absent, vec![Trigger::new(event, site)], Vec::new()));
    }
}

/// Issues and pull requests with nothing in them are asked for more.
fn ask(settings: &Settings<'_>, account: usize, lowered: &mut Lowered) {
    let Some(entry) = settings.root.entry(REPLY) else { return };
    let site = settings.reader.site(entry.key);
    let asks = |key: &str| {
        let on = settings.root.get("requestInfoOn").and_then(|on| on.get(key));
        on.is_none_or(|on| on.value(Schema::Yaml12) != Value::Bool(false))
    };
    let events = [("issue", Event::IssueOpened), ("pullRequest", Event::PrOpened)];
    let triggers =
        events.into_iter().filter(|(key, _)| asks(key)).map(|(_, event)| Trigger::new(event, site));
    let mut reply = act(Verb::Comment, site);
    reply.texts = settings.reader.texts(entry.value);
    let added = settings.root.get(REPLY_LABEL).map_or(Stated::Absent, |node| settings.text(node));
    lowered.automation(Automation {
        name: REPLY.to_owned(),
        site,
        account,
        triggers: triggers.collect(),
        // Only what has a standard title or an empty text.
        guards: vec![Guard::new(GuardKind::Relevance, site)],
        actions: [reply].into_iter().chain(label(&added)).collect(),
        ..Automation::default()
    });
}

/// Remarks on keys that look like those of the two apps and are not.
fn unknown_keys(settings: &Settings<'_>, lowered: &mut Lowered) {
    let known = || messages().chain(REQUEST_KEYS.iter().copied());
    for key in settings.root.entries().map(|entry| entry.key) {
        let name = key.text();
        let is_own = OWN.iter().any(|start| name.starts_with(start));
        if is_own
            && !known().any(|known| known == name)
            && let Some(near) = nearest(name, known())
        {
            let text = format!("no app that shares this file has a key `{name}`");
            let site = settings.reader.site(key);
            lowered.remark(RemarkKind::UnknownKey, site, text, format!("did you mean `{near}`?"));
        }
    }
}
