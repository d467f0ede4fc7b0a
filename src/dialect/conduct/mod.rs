//! The conduct file: botiquette's own tool-neutral format, for bots written in code, for tests and for
//! rule examples. Its grammar is `docs/conduct.md`; this folder reads it, reports every mistake, and writes it.

mod account;
mod action;
mod audience;
mod automation;
mod keys;
mod origin;
mod schema;
mod trigger;
mod write;

pub(super) use action::NO_VERB;
pub use schema::schema;
pub use write::write;

use std::collections::HashMap;

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered};
use crate::model::{Account, Property, Site};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "conduct",
    title: "botiquette's own tool-neutral format",
    reference: "docs/conduct.md",
    recognised_by: "a list of `automations` beside an `account`, or whose items have `on` and `do`",
    expresses: Property::ALL,
    hints: &["automations"],
    detect,
    lower,
};

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let Some(automations) = document.get("automations").filter(|list| list.kind() == Kind::Sequence)
        else {
            return false;
        };
        // With an account beside them, automations that lack `on` or `do` are mistakes, not another format. Where none
        // has either and the file has keys of its own, it is somebody's own format.
        let has_account = document.get("account").is_some() || document.get("accounts").is_some();
        if has_account && automations.items().next().is_none() {
            return true;
        }
        let only_ours = || document.entries().all(|entry| TOP.contains(&entry.key.text()));
        let has = |item: NodeRef<'_>, key: &str| item.get(key).is_some();
        let is_automation = |item: NodeRef<'_>| has(item, "on") && has(item, "do");
        let ours = |item: NodeRef<'_>| has(item, "on") || has(item, "do") || only_ours();
        automations
            .items()
            .any(|item| item.kind() == Kind::Mapping && (has_account && ours(item) || is_automation(item)))
    })
}

/// Reads the documents of a conduct file, be they written or put together.
pub(super) fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let reader = Reader::new(*candidate, Schema::Yaml12);
        Conduct { reader, lowered, shared: HashMap::new() }.document(document);
    }
}

/// Reads one document.
struct Conduct<'t, 'l> {
    reader: Reader<'t>,
    lowered: &'l mut Lowered,
    /// Where each limit that automations share is stated.
    shared: HashMap<String, Site>,
}

/// Keys of a conduct file.
const TOP: &[&str] = &["account", "accounts", "automations", "facts", "switches", "limits", "if"];

impl<'t> Conduct<'t, '_> {
    fn document(&mut self, document: NodeRef<'t>) {
        if document.kind() != Kind::Mapping {
            let help = "start with `account:` and `automations:`; see docs/conduct.md";
            self.malformed(document, "a conduct file is a mapping", help);
            return;
        }
        self.known_keys(document, TOP);
        let first = self.lowered.model.accounts.len();
        self.accounts(document);
        for account in first..self.lowered.model.accounts.len() {
            self.common(document, account);
        }
        let automations = document.get("automations");
        for item in automations.into_iter().flat_map(NodeRef::items) {
            self.automation(item, first);
        }
    }

    /// The accounts of a document; one without a name where none is given.
    fn accounts(&mut self, document: NodeRef<'t>) {
        let mut nodes: Vec<_> = document.get("account").into_iter().collect();
        nodes.extend(document.get("accounts").into_iter().flat_map(NodeRef::items));
        if nodes.is_empty() {
            let site = self.reader.site(document);
            let expressible = Property::ALL.to_vec();
            let name = "the account".to_owned();
            self.lowered.account(Account { name, site, expressible, ..Account::default() });
        }
        for node in nodes {
            let account = self.account(node);
            let number = self.lowered.account(account);
            self.common(node, number);
        }
    }
}
