//! `.github/label-actions.yml` of the workflow step dessant/label-actions: somebody sets or takes off a label, and things are
//! said, closed, opened again or locked. Parts below `issues`, `prs` and `discussions` win for that kind.

use super::lock_threads::check_reason;
use super::probot::{Settings, is_at_home};
use super::{EXPRESSES, Speaker, account, act, label};
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Action, Automation, Event, Site, Stated, Text, Trigger, Verb};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Schema, Value};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "label-actions",
    title: "Label Actions, settings of a workflow step (.github/label-actions.yml)",
    reference: "docs/dialects/label-actions.md",
    recognised_by: "nothing but labels with deeds such as `comment`, `close` and `lock`, one of them told by a key of its own; in `.github/label-actions.yml` any of them",
    expresses: EXPRESSES,
    hints: &["label-actions", "close-reason", "lock-reason", "unlabel", "close: true", "lock: true"],
    detect,
    lower,
};

/// What may happen at a label.
const DEEDS: &[&str] =
    &["comment", "label", "unlabel", "close", "close-reason", "reopen", "lock", "lock-reason", "unlock"];

/// Deeds that files of other tools do not have below a name.
const TELLING: &[&str] = &["close-reason", "lock-reason", "unlabel", "unlock", "reopen"];

/// Kinds of conversation with settings of their own.
const KINDS: &[&str] = &["issues", "prs", "discussions"];

fn is_known(key: &str) -> bool {
    DEEDS.contains(&key) || KINDS.contains(&key)
}

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let labels = || document.entries().filter(|entry| entry.value.kind() == Kind::Mapping);
        let has = |key: &str| labels().any(|entry| entry.value.get(key).is_some());
        if is_at_home(candidate.path, "label-actions") {
            return DEEDS.iter().chain(KINDS).any(|key| has(key));
        }
        let only_labels = document.entries().all(|entry| {
            let value = entry.value;
            value.kind() == Kind::Mapping && value.entries().all(|deed| is_known(deed.key.text()))
        });
        only_labels && (TELLING.iter().any(|key| has(key)) || has("comment") && (has("close") || has("lock")))
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let settings = Settings::new(*candidate, document, candidate.site(first.key));
        let account = account(lowered, candidate.path, &Speaker::Bot, settings.site);
        for entry in document.entries().filter(|entry| entry.value.kind() == Kind::Mapping) {
            unknown_keys(&settings, entry.value, lowered);
            let own = KINDS.iter().filter_map(|kind| Some((*kind, entry.value.get(kind)?))).map(Some);
            for own in own.chain([None]) {
                let actions = actions(&settings, entry.value, own.map(|(_, deeds)| deeds), lowered);
                if actions.is_empty() {
                    continue;
                }
                let site = settings.reader.site(entry.key);
                lowered.automation(Automation {
                    name: entry.key.text().to_owned(),
                    site,
                    account,
                    triggers: vec![trigger(entry.key.text(), own.map(|(kind, _)| kind), site)],
                    actions,
                    ..Automation::default()
                });
            }
        }
    }
}

/// A label that is set, or with a sign before it, taken off.
fn trigger(name: &str, kind: Option<&str>, site: Site) -> Trigger {
    let (event, text) = match name.strip_prefix('-') {
        Some(label) => (Event::Happening, format!("the label “{label}” is taken off")),
        None => (Event::Labelled, name.to_owned()),
    };
    let mut trigger = Trigger { filters: vec![Text { text, site }], ..Trigger::new(event, site) };
    let item = match kind {
        Some("issues") => "issue",
        Some("prs") => "pull request",
        Some("discussions") => "discussion",
        _ => return trigger,
    };
    trigger.items = vec![Text { text: item.to_owned(), site }];
    trigger
}

fn actions(
    settings: &Settings<'_>,
    common: NodeRef<'_>,
    own: Option<NodeRef<'_>>,
    lowered: &mut Lowered,
) -> Vec<Action> {
    let find = |key: &str| own.and_then(|own| own.get(key)).or_else(|| common.get(key));
    let site = |node: NodeRef<'_>| settings.reader.site(node);
    let is_on = |key: &str| {
        let node = find(key).filter(|node| node.value(Schema::Yaml12) == Value::Bool(true));
        node.map(site)
    };
    let texts = |key: &str| find(key).map_or_else(Vec::new, |node| settings.reader.texts(node));
    let mut actions = Vec::new();
    for text in texts("comment").into_iter().filter(|text| !text.text.trim().is_empty()) {
        actions.push(Action { texts: vec![text.clone()], ..act(Verb::Comment, text.site) });
    }
    for name in texts("label") {
        actions.extend(label(&Stated::Known(name.text, name.site)));
    }
    for name in texts("unlabel") {
        let manner = Stated::Known(name.text, name.site);
        actions.push(Action { manner, ..act(Verb::Unlabel, name.site) });
    }
    actions.extend(is_on("close").map(|site| act(Verb::Close, site)));
    actions.extend(is_on("reopen").map(|site| act(Verb::Reopen, site)));
    if let Some(place) = is_on("lock") {
        let reason = find("lock-reason").map_or(Stated::Absent, |node| settings.text(node));
        check_reason(&reason, lowered);
        actions.push(Action { manner: reason, ..act(Verb::Lock, place) });
    }
    actions
}

/// Remarks on deeds that the step does not know.
fn unknown_keys(settings: &Settings<'_>, part: NodeRef<'_>, lowered: &mut Lowered) {
    let parts = [Some(part)].into_iter().chain(KINDS.iter().map(|kind| part.get(kind)));
    for key in parts.flatten().flat_map(NodeRef::entries).map(|entry| entry.key) {
        if !is_known(key.text()) {
            let help = match nearest(key.text(), DEEDS.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "delete it; the step refuses it".to_owned(),
            };
            let text = format!("label-actions has no key `{}`", key.text());
            lowered.remark(RemarkKind::UnknownKey, settings.reader.site(key), text, help);
        }
    }
}
