//! Concepts: the closed set of things that words of a configuration can mean, and sets of them.
//! `rules/lexicon/concepts.toml` names them; the build makes the enum and the tables of words.

mod lexicon {
    include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));
}

pub(crate) use lexicon::Concept;
#[cfg(test)]
pub(crate) use lexicon::NAMES;

/// A set of concepts: a bit for each, the first 128 and the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Concepts(u128, u128);

impl Concepts {
    /// The set of these concepts.
    pub(crate) const fn of(concepts: &[Concept]) -> Self {
        let mut set = Self(0, 0);
        let mut rest = concepts;
        while let Some((first, others)) = rest.split_first() {
            set = set.and(Self::of_number(*first as u8));
            rest = others;
        }
        set
    }

    /// The set of the concept of this number.
    pub(crate) const fn of_number(number: u8) -> Self {
        match number.checked_sub(128) {
            None => Self(1 << number, 0),
            Some(number) => Self(0, 1 << number),
        }
    }

    /// Whether this concept is in the set.
    pub(crate) const fn has(self, concept: Concept) -> bool {
        self.meets(Self::of_number(concept as u8))
    }

    /// Whether some concept is in both sets.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0 || self.1 & other.1 != 0
    }

    /// Whether nothing is in the set.
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0 && self.1 == 0
    }

    /// What is in either set.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0, self.1 | other.1)
    }
}

/// How many words the longest phrase of the lexicon has that begins with this word; none begins with most words.
pub(crate) fn longest_phrase(first: &str) -> Option<usize> {
    lexicon::PHRASES.get(first).copied()
}

/// What a whole word or phrase means, in the spelling of the lexicon.
pub(crate) fn whole(word: &str) -> Option<Concepts> {
    lexicon::WHOLE.get(word).map(|(first, others)| Concepts(*first, *others))
}

/// The English word that a word of another language stands for where grammar asks for it; else the word itself.
pub(crate) fn english(word: &str) -> &str {
    lexicon::SAME.get(word).copied().unwrap_or(word)
}

/// What a word means whose beginning is in the lexicon; the longest beginning counts.
pub(crate) fn beginning(word: &str) -> Option<Concepts> {
    let longest = word.len().min(lexicon::LONGEST_BEGINNING);
    let starts = (1..=longest).rev().filter_map(|end| word.get(..end));
    starts
        .filter_map(|start| lexicon::BEGINNINGS.get(start))
        .next()
        .map(|(first, others)| Concepts(*first, *others))
}

#[cfg(test)]
pub(crate) use lexicon::EXAMPLES;
