//! `.github/commands.json` of VS Code's triage actions: what happens to an issue when somebody writes a command or sets a label.

use super::policy::said;
use crate::dialect::github::{Speaker, account, act, label};
use crate::dialect::reading::Reader;
use crate::dialect::{Candidate, Dialect, Lowered};
use crate::model::{
    Action, Audience, AudienceKind, Automation, Event, Guard, GuardKind, Property, Stated, Text, Trigger,
    Verb,
};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "triage-commands",
    title: "commands and labels of VS Code's triage actions (.github/commands.json)",
    reference: "docs/dialects/triage-commands.md",
    recognised_by: "a list of nothing but commands of `type` `comment`, `label` or `changedfiles`, each with a `name`",
    expresses: &[Property::Exemptions],
    hints: &["allowUsers", "updateLabels", "disallowLabel", "requireLabel"],
    detect,
    lower,
};

const TYPES: &[&str] = &["comment", "label", "changedfiles"];

/// What a command does.
const DEEDS: &[&str] = &["action", "comment", "addLabel", "removeLabel", "assign"];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let is_command = |item: NodeRef<'_>| {
            item.get("type").is_some_and(|kind| TYPES.contains(&kind.text()))
                && (item.get("name").is_some()
                    || item.get("regex").is_some()
                    || item.get("matches").is_some())
        };
        let acts = |item: NodeRef<'_>| DEEDS.iter().any(|deed| item.get(deed).is_some());
        document.kind() == Kind::Sequence
            && document.items().all(is_command)
            && document.items().any(acts)
            && document.items().any(|item| item.get("type").map(NodeRef::text) != Some("changedfiles"))
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Json);
    for document in candidate.tree.documents() {
        let account = account(lowered, candidate.path, &Speaker::Bot, reader.site(document));
        for command in document.items() {
            let actions = actions(&reader, command);
            let Some(kind) = command.get("type") else { continue };
            let named = command.get("name").or_else(|| command.get("regex")).unwrap_or(kind);
            if actions.is_empty() {
                continue;
            }
            lowered.automation(Automation {
                name: named.text().to_owned(),
                site: reader.site(named),
                account,
                triggers: vec![trigger(&reader, kind.text(), named, command)],
                guards: guards(&reader, command),
                actions,
                ..Automation::default()
            });
        }
    }
}

/// Whoever opened the issue, in the list of those who may give a command.
const AUTHOR: &str = "@author";

/// A command of somebody who may give it, a label, or files that a pull request changes.
fn trigger<'t>(reader: &Reader<'t>, kind: &str, named: NodeRef<'t>, command: NodeRef<'t>) -> Trigger {
    let site = reader.site(named);
    let text = |text: String| vec![Text { text, site }];
    match kind {
        "comment" => {
            let mut trigger = Trigger::new(Event::Command, site);
            trigger.filters = text(format!("/{}", named.text()));
            // Whoever may write to the repository, and those who are named; `*` is anybody.
            let users = command.get("allowUsers").map_or_else(Vec::new, |node| reader.texts(node));
            if users.iter().all(|user| user.text != "*" && user.text != AUTHOR) {
                trigger.from = Some(Audience::new(AudienceKind::Team, site));
            }
            trigger
        }
        "label" => {
            let mut trigger = Trigger::new(Event::Labelled, site);
            trigger.filters = text(named.text().to_owned());
            trigger.items = text("issue".to_owned());
            trigger
        }
        _ => {
            let words = text("a pull request changes certain files".to_owned());
            Trigger { filters: words, ..Trigger::new(Event::Happening, site) }
        }
    }
}

fn guards<'t>(reader: &Reader<'t>, command: NodeRef<'t>) -> Vec<Guard> {
    let kinds = [("requireLabel", GuardKind::OnlyLabels), ("disallowLabel", GuardKind::ExemptLabels)];
    let guard = |(key, kind): (&str, GuardKind)| {
        let node = command.get(key)?;
        Some(Guard { values: reader.texts(node), ..Guard::new(kind, reader.site(node)) })
    };
    let mut guards: Vec<Guard> = kinds.into_iter().filter_map(guard).collect();
    // Where only the author is named, nobody but the team may give it besides.
    let users = command.get("allowUsers").map_or_else(Vec::new, |node| reader.texts(node));
    if let [only] = users.as_slice()
        && only.text == AUTHOR
    {
        let guard = Guard::new(GuardKind::ByAuthor, only.site);
        guards.push(guard.saying("its author or somebody on the team says so"));
    }
    guards
}

fn actions<'t>(reader: &Reader<'t>, command: NodeRef<'t>) -> Vec<Action> {
    let stated = |key: &str| command.get(key).map_or(Stated::Absent, |node| reader.stated_text(node));
    let mut actions = Vec::new();
    if let Some(deed) = command.get("action").filter(|deed| deed.text() == "close") {
        actions.push(act(Verb::Close, reader.site(deed)));
    }
    if let Some(message) = command.get("comment") {
        let text = Stated::Known(message.text().to_owned(), reader.site(message));
        actions.extend(said(&text, reader.site(message)));
    }
    actions.extend(label(&stated("addLabel")));
    if let Some(name) = command.get("removeLabel") {
        actions.push(act(Verb::Unlabel, reader.site(name)).in_manner(stated("removeLabel")));
    }
    if let Some(people) = command.get("assign") {
        let site = reader.site(people);
        let audience = Audience::new(AudienceKind::Named, site).of(reader.texts(people));
        actions.push(Action::new(Verb::Assign, site, audience));
    }
    actions
}
