//! Secrets are masked before any writer sees them: in the texts of files, in findings, in the model, in what is said
//! about broken settings. Works on raw text, so that it does not matter whether a file can be parsed.
//! Knows text only: neither dialects nor rules nor formats.

mod flow;
mod harmless;
mod keys;
mod lines;
mod lone;
mod loose;
mod quotes;
mod raw;
mod shapes;
mod sibling;
mod values;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::source::Span;
use crate::syntax::Syntax;

pub(crate) use harmless::FILLERS;
pub(crate) use shapes::is_token;

use lone::Lone;

/// What stands for a secret in a text that is written on: a reference, so that a conduct file stays one.
const MASKED: &str = "${MASKED}";

/// Enough to know which secret is meant, too little to use it.
const GLIMPSE: usize = 4;

/// More values than these are masked only where they were found.
const MOST_VALUES: usize = 4096;

/// Longer values are masked only where they were found.
const LONGEST_VALUE: usize = 4096;

/// A secret in a raw text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    start: usize,
    end: usize,
    /// Whether the value is so peculiar that it is the same secret wherever else it stands.
    telling: bool,
}

/// The values that are secrets in a run, to be masked wherever they stand.
#[derive(Debug, Default)]
pub(crate) struct Mask {
    values: BTreeSet<String>,
    matcher: Option<AhoCorasick>,
}

impl Mask {
    /// The places of secrets in the text of a file, whose values are learned.
    pub(crate) fn learn(&mut self, path: &Path, text: &str, is_broken: bool) -> Vec<Span> {
        let lone = match Syntax::from_path(path) {
            Some(Syntax::Dotenv) => Lone::Any,
            _ if is_broken => Lone::Random,
            _ => Lone::Long,
        };
        let found = raw::find(text, lone);
        for secret in found.iter().filter(|secret| secret.telling) {
            self.learn_value(text.get(secret.start..secret.end).unwrap_or_default());
        }
        found.into_iter().map(|secret| span(secret.start, secret.end)).collect()
    }

    /// Learns one value, as it stands in the file, and as it is read.
    pub(crate) fn learn_value(&mut self, value: &str) {
        if value.len() > LONGEST_VALUE || self.values.len() >= MOST_VALUES || !harmless::is_telling(value) {
            return;
        }
        self.values.insert(value.to_owned());
        let read = value.replace("\\\"", "\"").replace("\\/", "/").replace("''", "'").replace("\\\\", "\\");
        self.values.insert(read);
    }

    /// Ends learning.
    pub(crate) fn learned(mut self) -> Self {
        if !self.values.is_empty() {
            let matcher = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&self.values);
            self.matcher = matcher.ok();
        }
        self
    }

    /// Where known values stand in a text.
    pub(crate) fn known(&self, text: &str) -> Vec<Span> {
        let Some(matcher) = &self.matcher else { return Vec::new() };
        matcher
            .find_iter(text)
            .filter(|value| stands_alone(text, value.start(), value.end()))
            .map(|value| span(value.start(), value.end()))
            .collect()
    }

    /// The text with every secret in it replaced.
    pub(crate) fn cover<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut places = self.known(text);
        places.extend(loose_places(text));
        replaced(text, places)
    }

    /// Covers a text in place.
    pub(crate) fn cover_all(&self, text: &mut String) {
        if let Cow::Owned(covered) = self.cover(text) {
            *text = covered;
        }
    }
}

/// The text with everything replaced that is a secret by its own form, without knowing any file.
#[must_use]
pub(crate) fn covered(text: &str) -> Cow<'_, str> {
    replaced(text, loose_places(text))
}

fn loose_places(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    loose::find(text, &mut found);
    found.into_iter().map(|secret| span(secret.start, secret.end)).collect()
}

fn replaced(text: &str, places: Vec<Span>) -> Cow<'_, str> {
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut covered = String::with_capacity(text.len());
    let mut from = 0;
    for place in merged(places) {
        covered.push_str(Span::new(from, place.start).slice(text));
        covered.push_str(MASKED);
        from = place.end;
    }
    covered.push_str(text.get(from as usize..).unwrap_or_default());
    Cow::Owned(covered)
}

/// The text with asterisks over these places, all but a glimpse of each. Offsets and lines stay.
#[must_use]
pub(crate) fn masked(text: &str, places: Vec<Span>) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for place in merged(places) {
        let secret = place.slice(text);
        if secret.is_empty() {
            continue;
        }
        masked.push_str(Span::new(from, place.start).slice(text));
        let shown = GLIMPSE.min(secret.chars().count() / 4);
        for (number, character) in secret.chars().enumerate() {
            match character {
                '\n' | '\r' => masked.push(character),
                _ if number < shown => masked.push(character),
                _ => masked.extend(std::iter::repeat_n('*', character.len_utf8())),
            }
        }
        from = place.end;
    }
    masked.push_str(text.get(from as usize..).unwrap_or_default());
    masked
}

/// The places in order; what overlaps is one place.
fn merged(mut places: Vec<Span>) -> Vec<Span> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Span> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

/// Whether a value is no part of a longer word.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    let inside = text.get(start..end).unwrap_or_default();
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    !(is_word(before) && is_word(inside.chars().next())
        || is_word(after) && is_word(inside.chars().next_back()))
}

fn span(start: usize, end: usize) -> Span {
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_lines_stay_and_a_glimpse_is_shown() {
        assert_eq!(masked("a: hunter2-real\nb", vec![span(3, 15)]), "a: hun*********\nb");
        assert_eq!(masked("a: ü1\r\nb", vec![span(3, 7), span(5, 9)]), "a: ü*\r\n*");
        assert_eq!(masked("abc", vec![span(0, 3)]), "***");
    }

    #[test]
    fn a_known_value_is_masked_wherever_it_stands_alone() {
        let mut mask = Mask::default();
        let text = "password: 'it''s Blue'\nnote: it's Blue, bit's Bluer\n";
        mask.learn(Path::new("bot.yaml"), text, false);
        let mask = mask.learned();
        assert_eq!(mask.cover("it's Blue, bit's Bluer"), "${MASKED}, bit's Bluer");
        assert_eq!(mask.cover("nothing"), "nothing");
    }
}
