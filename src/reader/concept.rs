//! Concepts: the closed set of things that words of a configuration can mean, and sets of them.
//! `rules/lexicon/concepts.toml` names them; the build makes the enum and the tables of words.

mod lexicon {
    include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));
}

pub(crate) use lexicon::Concept;
#[cfg(test)]
pub(crate) use lexicon::NAMES;

/// A set of concepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Concepts(u128);

impl Concepts {
    /// The set of these concepts.
    pub(crate) const fn of(concepts: &[Concept]) -> Self {
        let mut bits = 0;
        let mut rest = concepts;
        while let Some((first, others)) = rest.split_first() {
            bits |= 1 << (*first as u8);
            rest = others;
        }
        Self(bits)
    }

    /// Whether this concept is in the set.
    pub(crate) const fn has(self, concept: Concept) -> bool {
        self.0 >> (concept as u8) & 1 == 1
    }

    /// Whether some concept is in both sets.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing is in the set.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in either set.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How many words the longest phrase of the lexicon has.
pub(crate) const LONGEST_PHRASE: usize = lexicon::LONGEST;

/// What a whole word or phrase means, in the spelling of the lexicon.
pub(crate) fn whole(word: &str) -> Option<Concepts> {
    let found = lexicon::WHOLE.binary_search_by(|(known, _)| (*known).cmp(word)).ok()?;
    lexicon::WHOLE.get(found).map(|(_, bits)| Concepts(*bits))
}

/// The English word that a word of another language stands for where grammar asks for it; else the word itself.
pub(crate) fn english(word: &str) -> &str {
    let found = lexicon::SAME.binary_search_by(|(known, _)| (*known).cmp(word)).ok();
    found.and_then(|at| lexicon::SAME.get(at)).map_or(word, |(_, english)| english)
}

/// What a word means whose beginning is in the lexicon; the longest beginning counts.
pub(crate) fn beginning(word: &str) -> Option<Concepts> {
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let starts: Vec<&str> = ends.filter_map(|end| word.get(..end)).collect();
    starts.iter().rev().find_map(|start| {
        let found = lexicon::BEGINNINGS.binary_search_by(|(known, _)| (*known).cmp(start)).ok()?;
        lexicon::BEGINNINGS.get(found).map(|(_, bits)| Concepts(*bits))
    })
}

#[cfg(test)]
pub(crate) use lexicon::EXAMPLES;

#[cfg(test)]
impl Concepts {
    /// The set of the concept of this number.
    pub(crate) const fn of_number(number: usize) -> Self {
        Self(1 << number)
    }
}
