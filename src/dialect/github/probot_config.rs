//! `.github/config.yml`, which several apps share: the greetings of Welcome and the questions of Request Info; and
//! `.github/boring-cyborg.yml` with greetings of its own. What other apps keep there is left alone.

use super::greeting::Greeting;
use super::probot::{self, Settings, is_at_home};
use super::{EXPRESSES, Speaker, account, act, label};
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Automation, Event, Guard, GuardKind, Stated, Text, Trigger, Verb};
use crate::names::nearest;
use crate::syntax::{NodeRef, Schema, Value};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "probot-config",
    title: "Welcome, Request Info and Boring Cyborg, GitHub apps (.github/config.yml, .github/boring-cyborg.yml)",
    reference: "docs/dialects/probot-config.md",
    recognised_by: "a message of one of the apps, such as `newIssueWelcomeComment` or `requestInfoReplyComment`",
    expresses: EXPRESSES,
    hints: &["WelcomeComment", "firstPRMergeComment", "requestInfo", "daysUntil"],
    detect,
    lower,
};

/// Greetings and what sets them off.
const GREETINGS: &[(&str, Event)] = &[
    ("newIssueWelcomeComment", Event::IssueOpened),
    ("newPRWelcomeComment", Event::PrOpened),
    ("firstPRMergeComment", Event::ItemClosed),
];

/// Greetings of Boring Cyborg, which keeps its settings in a file of its own and leaves out bots.
const CYBORG: &[(&str, Event)] = &[
    ("firstIssueWelcomeComment", Event::IssueOpened),
    ("firstPRWelcomeComment", Event::PrOpened),
    ("firstPRMergeComment", Event::ItemClosed),
];

/// Other keys of Boring Cyborg, by which its file is told.
const CYBORG_KEYS: &[&str] = &[
    "labelPRBasedOnFilePath",
    "addReviewerBasedOnLabel",
    "insertIssueLinkInPrDescription",
    "verifyTitles",
    "checkUpToDate",
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
    let is_home = is_at_home(candidate.path, "config");
    candidate.tree.documents().any(|document| {
        let has = |key: &str| document.get(key).is_some();
        messages().any(has)
            || CYBORG.iter().any(|(key, _)| has(key))
            || is_home && probot::is_for_another_app(document)
    })
}

/// Whether a file belongs to Boring Cyborg.
fn is_cyborg(candidate: &Candidate<'_>, document: NodeRef<'_>) -> bool {
    is_at_home(candidate.path, "boring-cyborg")
        || !is_at_home(candidate.path, "config") && CYBORG_KEYS.iter().any(|key| document.get(key).is_some())
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let settings = Settings::new(*candidate, document, candidate.site(first.key));
        let is_cyborg = is_cyborg(candidate, document);
        let greetings = if is_cyborg { CYBORG } else { GREETINGS };
        unknown_keys(&settings, is_cyborg, lowered);
        let account = account(lowered, candidate.path, &Speaker::Bot, settings.site);
        for (key, event) in greetings {
            greet(&settings, key, *event, account, lowered);
        }
        if is_cyborg {
            continue;
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
        let mut trigger = Trigger::new(event, site);
        if event == Event::ItemClosed {
            trigger.traits = vec![Text { text: "it is merged".to_owned(), site }];
            trigger.items = vec![Text { text: "pull request".to_owned(), site }];
        }
        lowered.automation(greeting.automation(Stated::Absent, vec![trigger], Vec::new()));
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
        guards: vec![
            Guard::new(GuardKind::Relevance, site).saying("its title is a standard one or its text is empty"),
        ],
        actions: [reply].into_iter().chain(label(&added)).collect(),
        ..Automation::default()
    });
}

/// Remarks on keys that look like those of the two apps and are not.
fn unknown_keys(settings: &Settings<'_>, is_cyborg: bool, lowered: &mut Lowered) {
    let known = || {
        let cyborg = CYBORG.iter().map(|(key, _)| *key).filter(|_| is_cyborg);
        let others = messages().chain(REQUEST_KEYS.iter().copied()).filter(|_| !is_cyborg);
        cyborg.chain(others)
    };
    for key in settings.root.entries().map(|entry| entry.key) {
        let name = key.text();
        let is_own = OWN.iter().any(|start| name.starts_with(start));
        if let Some(help) = probot::moved(name, settings.reader.candidate.path)
            && !known().any(|known| known == name)
        {
            let text = format!("no app that reads this file has a key `{name}`");
            lowered.remark(RemarkKind::UnknownKey, settings.reader.site(key), text, help);
            continue;
        }
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
