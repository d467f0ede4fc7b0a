//! Accounts that a file lists as its own and that acts speak of: `{ as: shop, do: like }`, `when: main.publishes`.

use std::collections::{BTreeMap, HashSet};

use crate::model::{Account, Site, Stated, Text};
use crate::reader::account::Scope;
use crate::reader::walk::Walk;

impl Walk<'_> {
    /// The handle of an own account, by any name that the file has for it.
    pub(crate) fn own_account(&self, name: &str) -> Option<&str> {
        let name = name.trim().trim_start_matches('@').to_lowercase();
        self.own_sections.get(&name).map(String::as_str)
    }

    /// Makes accounts of those that act, or that are listened to, where there are at least two.
    pub(crate) fn note_own_accounts(&mut self) {
        let mut named: BTreeMap<String, Site> = BTreeMap::new();
        let voices = self.clauses.iter().flat_map(|clause| &clause.voices);
        let authors = self
            .clauses
            .iter()
            .flat_map(|clause| &clause.triggers)
            .filter_map(|trigger| trigger.from.as_ref())
            .flat_map(|from| &from.of);
        for Text { text, site } in voices.chain(authors) {
            if let Some(handle) = self.own_account(text) {
                named.entry(handle.to_owned()).or_insert(*site);
            }
        }
        let known: HashSet<&str> = self
            .scopes
            .iter()
            .filter_map(|scope| scope.account.identity.handle.known())
            .map(|handle| handle.trim_start_matches('@'))
            .collect();
        named.retain(|handle, _| !known.contains(handle.as_str()));
        if named.len() < 2 {
            return;
        }
        for (handle, site) in named {
            let mut account = Account { site, ..Account::default() };
            account.identity.handle = Stated::Known(handle, site);
            self.scopes.push(Scope { account, around: Some(0), listed: true, ..Scope::default() });
        }
    }
}
