//! Rasa, a framework for assistants that chat: the domain with every intent, answer and action (`domain.rs`),
//! rules and stories that tell what leads to what (`talk.rs`). What names are about is in `names.rs`.
//! The files of one project describe one assistant; each says only what it shows by itself.

mod domain;
mod names;
mod talk;

use std::path::Path;

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered};
use crate::model::{Account, GuardKind, Identity, Property};
use crate::syntax::{Schema, Syntax};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "rasa",
    title: "Rasa, assistants that chat",
    reference: "https://legacy-docs-oss.rasa.com, read as of version 3.6 (see docs/dialects/rasa.md)",
    recognised_by: "`responses` (once `templates`) named `utter_…`, `intents` beside `actions` of that kind, or `rules` and `stories` whose `steps` hold intents and actions",
    expresses: &[Property::Profile, Property::Handoff, Property::Inbound],
    hints: &["utter_", "- rule:", "- story:"],
    detect,
    lower,
};

fn reader<'t>(candidate: &Candidate<'t>) -> Reader<'t> {
    Reader::new(*candidate, Schema::Yaml12)
}

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.syntax() == Syntax::Yaml
        && candidate.tree.documents().any(|document| {
            talk::find(document).any(|(_, talk)| talk::has_steps(talk))
                || domain::Domain::read(reader(candidate), document).is_some()
        })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = reader(candidate);
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        // What can be told of the assistant, only a whole domain knows; see there.
        let account = lowered.account(Account {
            name: "the assistant".to_owned(),
            site: candidate.site(first.key),
            identity: Identity { instance: Some(instance(candidate.path)), ..Identity::default() },
            // A message has one intent and gets one turn; the next one is up to whoever writes.
            enforced_by_tool: vec![GuardKind::OncePerThread],
            ..Account::default()
        });
        if let Some(domain) = domain::Domain::read(reader, document) {
            domain.lower(account, lowered);
        }
        for (name, talk) in talk::find(document) {
            talk::lower(reader, name, talk, account, lowered);
        }
    }
}

/// The folder of the project: the one above `data` or `domain`, else the file's own.
fn instance(path: &Path) -> String {
    let within = path.ancestors().skip(1).find(|folder| {
        folder.file_name().is_some_and(|name| name == "data" || name == "domain" || name == "domains")
    });
    let project = within.unwrap_or(path).parent().unwrap_or(path);
    format!("rasa:{}", project.display())
}
