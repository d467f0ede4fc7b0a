//! A second look at what a file says of its own accounts, in whatever words: where no rule, table or list told who
//! carries whose posts, an act of carrying that stands with the accounts tells it.

mod gather;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use self::words::plain;
use crate::model::{Event, Site, Text};
use crate::reader::account::network::{applauds, posts_of};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::sense::Deed;
use crate::reader::walk::{Use, Walk};
use crate::syntax::NodeRef;

/// What was found of own accounts and of their acts.
#[derive(Default)]
struct Found<'t> {
    /// Accounts that the file calls its own, by their names in small letters.
    own: BTreeMap<String, Text>,
    /// Accounts of which it does not say whose they are.
    listed: BTreeMap<String, Text>,
    /// Acts with the place that says so.
    acts: Vec<Carried<'t>>,
    /// What the file calls them together: `second_accounts`.
    group: Option<Text>,
    /// Keys that hold accounts, in small letters: other entries may speak of them by these.
    labels: BTreeSet<String>,
}

/// An act of carrying, with what stands around it.
struct Carried<'t> {
    deed: Deed,
    key: NodeRef<'t>,
    /// Whether it stands with accounts that the file calls its own.
    among_own: bool,
    /// Whether its words say that they do it for each other.
    mutual: bool,
    /// Accounts that its words name.
    names: Vec<Text>,
    /// The words of its values, in small letters.
    words: Vec<String>,
}

impl<'t> Walk<'t> {
    /// Looks once more at a file that tells of several own accounts, and of nothing that they do.
    pub(crate) fn look_for_echoes(&mut self, document: NodeRef<'t>) {
        let is_network = |clause: &Frame| {
            let by_own = |doing: &Doing| !clause.voices.is_empty() || !doing.voices.is_empty();
            clause.event() == Some(Event::PostBy)
                && clause.doings.iter().any(|doing| applauds(doing.deed) && !doing.off && by_own(doing))
        };
        if self.clauses.iter().any(is_network) {
            return;
        }
        let mut found = Found::default();
        self.gather(document, false, &mut found, 0);
        self.gather_tokens(document, &mut found);
        let labels = std::mem::take(&mut found.labels);
        let spoken_of = |act: &Carried<'_>| act.words.iter().any(|word| labels.contains(word));
        let known = |names: &[Text], listed: &BTreeMap<String, Text>| {
            names.iter().any(|name| listed.contains_key(&plain(&name.text)))
        };
        let mutual = found.acts.iter().any(|act| act.mutual);
        let crossed = found.acts.iter().any(|act| known(&act.names, &found.listed) || spoken_of(act));
        let mut accounts = found.own;
        let among_own = found.acts.iter().any(|act| act.among_own);
        if mutual || crossed || among_own && accounts.len() < 2 {
            accounts.extend(found.listed);
        }
        let acts: Vec<Carried<'t>> = found
            .acts
            .into_iter()
            .filter(|act| act.among_own || act.mutual || known(&act.names, &accounts) || spoken_of(act))
            .collect();
        if acts.is_empty() {
            return;
        }
        for name in acts.iter().filter(|act| act.among_own).flat_map(|act| &act.names) {
            accounts.entry(plain(&name.text)).or_insert_with(|| name.clone());
        }
        // `second_accounts: { count: 7, task: "like what @shop posts" }` names them together.
        if let (1, Some(group)) = (accounts.len(), found.group) {
            accounts.entry(plain(&group.text)).or_insert(group);
        }
        if accounts.len() >= 2 {
            self.tell_network(accounts.into_values().take(50).collect(), &acts);
        }
    }

    fn tell_network(&mut self, accounts: Vec<Text>, acts: &[Carried<'t>]) {
        let Some(first) = acts.first() else { return };
        let site = self.reader.site(first.key);
        for account in &accounts {
            let handle = account.text.trim_start_matches('@').to_owned();
            self.own_sections.insert(handle.to_lowercase(), handle);
        }
        let accounts: Vec<Text> = accounts
            .into_iter()
            .map(|account| Text { text: account.text.trim_start_matches('@').to_owned(), ..account })
            .collect();
        let mut clause = Frame { joint: true, site, ..Frame::default() };
        clause.triggers = vec![posts_of(accounts.clone(), site)];
        clause.voices = accounts;
        for act in acts {
            if !clause.doings.iter().any(|doing| doing.deed == act.deed) {
                clause.doings.push(Doing::of(act.deed, self.reader.site(act.key)));
            }
            self.mark(act.key, Use::Used);
        }
        self.clauses.retain(|clause| !said_again(clause, acts, |key| self.reader.site(key)));
        self.clause(clause);
    }
}
/// Whether a clause was read from the words of an act that is now told better.
fn said_again<'t>(clause: &Frame, acts: &[Carried<'t>], site: impl Fn(NodeRef<'t>) -> Site) -> bool {
    clause.triggers.is_empty()
        && !clause.doings.is_empty()
        && clause
            .doings
            .iter()
            .all(|doing| applauds(doing.deed) && acts.iter().any(|act| site(act.key) == doing.site))
}
