//! A second look at whom a file writes to: people who were never asked, because a yes is presumed or because they were
//! collected, whatever the entries are called.

use crate::model::{Audience, AudienceKind, ListSource, Site, Stated};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given};
use crate::reader::sense;
use crate::reader::walk::{DEEPEST, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// As many words as a value has that says where people come from.
const MOST_WORDS: usize = 12;
/// Words by which a yes is presumed.
const PRESUMED: [&str; 10] = [
    "assumed",
    "implied",
    "presumed",
    "silence",
    "default",
    "granted",
    "automatic",
    "tacit",
    "skip",
    "ticked",
];

impl<'t> Walk<'t> {
    /// Looks once more at where the people come from, and whether they were asked.
    pub(crate) fn look_for_presumptions(&mut self, document: NodeRef<'t>) {
        let Some(scope) = self.scopes.first() else { return };
        let known = |audience: &Audience| !audience.source.is_absent();
        let sourced = scope.people.iter().any(known)
            || self.clauses.iter().flat_map(|clause| &clause.audiences).any(known);
        let presumed = scope
            .account
            .switches
            .iter()
            .any(|switch| switch.kind == crate::model::SwitchKind::AssumesConsent);
        let mut found = (None, None);
        self.presume(document, &mut found, 0);
        if let (Some((key, site)), false) = (found.0, presumed) {
            self.assumes_consent(0, site);
            self.mark(key, Use::Used);
        }
        if let (Some((key, source, site)), false) = (found.1, sourced) {
            let mut audience = Audience::new(AudienceKind::List, site);
            audience.source = Stated::Known(source, site);
            if let Some(scope) = self.scope_of(0) {
                scope.people.push(audience);
            }
            self.mark(key, Use::Used);
        }
    }

    fn presume(&mut self, node: NodeRef<'t>, found: &mut Presumed<'t>, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        for item in node.items().take(100) {
            self.presume(item, found, depth + 1);
        }
        for entry in node.entries().take(200) {
            let phrase = self.phrase(entry.key);
            if found.0.is_none() && self.presumes(&phrase, entry.value) {
                found.0 = Some((entry.key, self.reader.site(entry.value)));
            }
            if found.1.is_none()
                && let Some((source, value)) = self.collected_people(&phrase, entry.key, entry.value)
            {
                found.1 = Some((entry.key, source, self.reader.site(value)));
            }
            if entry.value.kind() != Kind::Scalar && !phrase.any(&[C::Not, C::Except]) {
                self.presume(entry.value, found, depth + 1);
            }
        }
    }

    /// `consent: implied`, `silence_means: yes`, `opt_in: { mode: implied }`, `ask_permission: never`.
    fn presumes(&mut self, phrase: &Phrase, value: NodeRef<'t>) -> bool {
        let given = given(&self.reader, value);
        let says = |phrase: &Phrase| PRESUMED.iter().any(|word| phrase.word(word));
        let scalar = value.kind() == Kind::Scalar;
        if phrase.word("silence") && scalar {
            let said = Phrase::read(value.text());
            return !said.has(C::Not) && given != Given::Off && said.words.len() <= MOST_WORDS;
        }
        if !phrase.has(C::Asked) || phrase.words.len() > 5 || phrase.any(&[C::Not, C::Text]) {
            return false;
        }
        match given {
            Given::Said if scalar => {
                let said = Phrase::read(value.text());
                let never = said.words.len() <= 2 && said.only(&[C::Not, C::Ignore]);
                said.words.len() <= MOST_WORDS && says(&said) && !said.has(C::Not) || never
            }
            Given::On => says(phrase),
            Given::Nested => value.entries().take(20).any(|entry| {
                let said = Phrase::read(entry.value.text());
                entry.value.kind() == Kind::Scalar && said.words.len() <= MOST_WORDS && says(&said)
            }),
            _ => false,
        }
    }

    /// Where people were taken from, as a key or a short value says: `walk_member_lists_of`, `members_scraped.json`.
    fn collected_people(
        &self,
        phrase: &Phrase,
        key: NodeRef<'t>,
        value: NodeRef<'t>,
    ) -> Option<(ListSource, NodeRef<'t>)> {
        const PEOPLE: [C; 8] =
            [C::Member, C::People, C::Lead, C::Acquaintance, C::Engager, C::Stranger, C::Subscriber, C::To];
        if phrase.any(&[C::Not, C::Except, C::Stop]) {
            return None;
        }
        let taken = |said: &Phrase| {
            sense::list_source(said)
                .filter(|source| matches!(source, ListSource::Scraped | ListSource::Bought))
        };
        let off = matches!(given(&self.reader, value), Given::Off | Given::Nothing | Given::Number(0.0));
        if phrase.any(&PEOPLE)
            && phrase.words.len() <= 6
            && !off
            && let Some(source) = taken(phrase)
        {
            return Some((source, key));
        }
        let scalars = std::iter::once(value).chain(value.items().take(20));
        let mut said =
            scalars.filter(|node| node.kind() == Kind::Scalar).map(|node| (node, Phrase::read(node.text())));
        said.find_map(|(node, said)| {
            let people = said.any(&PEOPLE) || phrase.any(&PEOPLE);
            let fits = people && said.words.len() <= MOST_WORDS && !said.any(&[C::Not, C::Asked]);
            fits.then(|| taken(&said)).flatten().map(|source| (source, node))
        })
    }
}

/// What was found: where a yes is presumed, and where people were taken from.
type Presumed<'t> = (Option<(NodeRef<'t>, Site)>, Option<(NodeRef<'t>, ListSource, Site)>);
