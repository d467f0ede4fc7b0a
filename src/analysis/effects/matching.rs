//! Whether what a bot writes can satisfy what an automation waits for. Slots are what a run fills in: a name
//! or a number cannot become a hashtag, somebody's words can become anything.

use std::collections::HashSet;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexBuilder};

use super::words::is_plain_slot;
use crate::model::{Action, Slot, Text, Verb, slots};

/// What is known about a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// The output never holds what is looked for.
    Cannot,
    /// It depends on what a run fills in.
    May,
    /// It holds it by its own words.
    Must,
}

/// What an automation waits for, prepared for many messages: thousands of words and thousands of messages would
/// otherwise meet one by one.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Whether nothing in particular is looked for.
    is_empty: bool,
    /// Whether some of it can be told of no message, because a run fills it in.
    is_open: bool,
    words: Vec<String>,
    /// Finds the words in one pass; only where there are many.
    finder: Option<AhoCorasick>,
    patterns: Vec<Regex>,
}

/// So few words are looked for one after the other.
const FEW_WORDS: usize = 8;

/// How many regular expressions of one automation are tried; what further ones match is unknown.
const MOST_PATTERNS: usize = 32;

impl Wanted {
    /// Prepares the words that a trigger looks for.
    pub(super) fn new(wanted: &[&Text]) -> Self {
        let mut found = Self { is_empty: wanted.is_empty(), ..Self::default() };
        for text in wanted {
            let word = text.text.trim().to_lowercase();
            if word.is_empty() || slots(&word).next().is_some() {
                found.is_open = true;
            } else if !is_pattern(&word) {
                found.words.push(word);
            } else if let Some(pattern) = pattern(&word).filter(|_| found.patterns.len() < MOST_PATTERNS) {
                found.patterns.push(pattern);
            } else {
                found.is_open = true;
            }
        }
        if found.words.len() > FEW_WORDS {
            found.finder = AhoCorasick::new(&found.words).ok();
        }
        found
    }

    /// Whether a message, in any of its variants, holds any of the words looked for. A trigger without words
    /// takes everything; a message of which nothing is known may hold anything.
    #[must_use]
    pub(super) fn held_by(&self, messages: &[Text]) -> Match {
        if self.is_empty {
            return Match::Must;
        }
        if messages.is_empty() {
            return Match::May;
        }
        let mut best = if self.is_open { Match::May } else { Match::Cannot };
        for message in messages {
            best = best.max(self.held_by_one(&message.text));
            if best == Match::Must {
                break;
            }
        }
        best
    }

    fn held_by_one(&self, message: &str) -> Match {
        let (fixed, filled) = pieces(message);
        let matches = |piece: &String| {
            !piece.trim().is_empty() && self.patterns.iter().any(|pattern| pattern.is_match(piece))
        };
        if fixed.iter().any(|piece| self.has_word(piece)) || fixed.iter().any(matches) {
            return Match::Must;
        }
        if filled || (!self.patterns.is_empty() && fixed.len() > 1) { Match::May } else { Match::Cannot }
    }

    /// Whether a text holds one of the words.
    fn has_word(&self, text: &str) -> bool {
        match &self.finder {
            Some(finder) => {
                finder.find_overlapping_iter(text).any(|found| is_whole(text, found.start()..found.end()))
            }
            None => self.words.iter().any(|word| has_word(text, word)),
        }
    }

    /// Whether a call to another system carries what is waited for: in its text, or by what it is. A call that
    /// says nothing sets off only what waits for any call.
    #[must_use]
    pub(super) fn carried_by(&self, action: &Action) -> Match {
        let mut said = action.texts.clone();
        said.extend(manner(action));
        if action.verb == Verb::CreateTicket {
            said.push(Text { text: "ticket".to_owned(), site: action.site });
        }
        if said.is_empty() && !self.is_empty { Match::Cannot } else { self.held_by(&said) }
    }
}

/// Labels, prepared for many acts.
#[derive(Debug, Default)]
pub(super) struct Labels {
    names: HashSet<String>,
    /// Whether there is one whose name nobody knows.
    is_open: bool,
}

impl Labels {
    /// The labels that an automation waits for.
    pub(super) fn waited_for(wanted: &[&Text]) -> Self {
        let names = wanted.iter().map(|text| text.text.to_ascii_lowercase()).collect();
        Self { names, is_open: wanted.is_empty() }
    }

    /// The labels that an automation sets.
    pub(super) fn set_by(acts: &[&Action]) -> Self {
        let mut labels = Self::default();
        for act in acts.iter().filter(|act| act.verb == Verb::Label) {
            match act.manner.known() {
                Some(name) => drop(labels.names.insert(name.to_ascii_lowercase())),
                None => labels.is_open = true,
            }
        }
        labels
    }

    fn has(&self, name: &str) -> bool {
        self.names.contains(&name.to_ascii_lowercase())
    }

    /// Whether a label that an act sets is one of these.
    #[must_use]
    pub(super) fn hold(&self, action: &Action) -> Match {
        let texts = action.texts.iter().map(|text| text.text.as_str());
        let mut set = action.manner.known().map(String::as_str).into_iter().chain(texts).peekable();
        if self.is_open {
            return Match::Must;
        }
        if set.peek().is_none() {
            return Match::May;
        }
        if set.any(|label| self.has(label)) { Match::Must } else { Match::Cannot }
    }

    /// Whether taking a label away lets an item go quiet again for an automation that sets these.
    #[must_use]
    pub(super) fn freed_by(&self, action: &Action) -> Match {
        let frees = match action.manner.known() {
            Some(removed) => self.is_open || self.has(removed),
            None => self.is_open || !self.names.is_empty(),
        };
        if frees { Match::Must } else { Match::Cannot }
    }
}

fn manner(action: &Action) -> Option<Text> {
    action.manner.known().map(|manner| Text { text: manner.clone(), site: action.site })
}

/// The message's own words between its slots, in lower case, and whether somebody's words are filled in.
fn pieces(message: &str) -> (Vec<String>, bool) {
    let mut fixed = Vec::new();
    let mut filled = false;
    let mut from = 0;
    for slot in slots(message) {
        fixed.push(message.get(from..slot.start).unwrap_or_default().to_lowercase());
        filled |= holds_words(&slot);
        from = slot.end;
    }
    fixed.push(message.get(from..).unwrap_or_default().to_lowercase());
    (fixed, filled)
}

/// Whether a slot is filled with words of somebody, rather than a name, a number, a date or a link.
fn holds_words(slot: &Slot<'_>) -> bool {
    !slot.names_person() && !is_plain_slot(&slot.last_word())
}

/// Whether a text holds a word.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, found)| is_whole(text, start..start + found.len()))
}

/// Whether what stands there is a word, and not part of a longer one.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..range.start).and_then(|text| text.chars().next_back());
    let after = text.get(range.end..).and_then(|text| text.chars().next());
    let word = text.get(range).unwrap_or_default();
    let starts = word.starts_with(is_part) && before.is_some_and(is_part);
    let ends = word.ends_with(is_part) && after.is_some_and(is_part);
    !starts && !ends
}

/// Whether a filter is written as a regular expression.
fn is_pattern(wanted: &str) -> bool {
    let slashes = wanted.len() > 2 && wanted.starts_with('/') && wanted.ends_with('/');
    slashes
        || ["\\b", "\\s", "\\d", "\\w", ".*", ".+", "(?", "|", "[a-z", "$)"]
            .iter()
            .any(|sign| wanted.contains(sign))
}

/// A filter that is a regular expression, unless it cannot be read.
fn pattern(wanted: &str) -> Option<Regex> {
    let wanted = wanted.strip_prefix('/').and_then(|inside| inside.strip_suffix('/')).unwrap_or(wanted);
    RegexBuilder::new(wanted).case_insensitive(true).size_limit(MOST_PATTERN).build().ok()
}

/// Bytes that a compiled filter may take; larger ones are not looked into.
const MOST_PATTERN: usize = 1 << 18;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Site;

    #[test]
    fn own_words_must_or_cannot_match_and_filled_in_words_may() {
        let text = |text: &str| vec![Text { text: text.to_owned(), site: Site::default() }];
        for (message, wanted, expected) in [
            ("More #coffee", "#coffee", Match::Must),
            ("More coffee facts", "#coffee", Match::Cannot),
            ("More #coffeelovers", "#coffee", Match::Cannot),
            ("error: {msg}", "error", Match::Must),
            ("a terror film", "error", Match::Cannot),
            ("{text} (via X)", "coffee", Match::May),
            ("Hello {handle}, you are number {count}", "coffee", Match::Cannot),
            ("say '@cla-bot check' to sign", "@cla-bot check", Match::Must),
            ("Deploy is done", "/\\bdeploy\\b/", Match::Must),
            ("All is well", "/\\bdeploy\\b/", Match::Cannot),
            ("All is well", "(", Match::Cannot),
            ("All is well", "(?", Match::May),
            ("anything", "{keyword}", Match::May),
        ] {
            assert_eq!(holds(&text(message), &text(wanted)), expected, "{message} / {wanted}");
            // The same among many others, which are looked for in another way.
            let mut many = text(wanted);
            many.extend((0..20).flat_map(|number| text(&format!("other{number}"))));
            assert_eq!(holds(&text(message), &many), expected, "{message} / {wanted} and others");
        }
        assert_eq!(holds(&[], &text("x")), Match::May);
        assert_eq!(holds(&text("x"), &[]), Match::Must);
    }

    fn holds(messages: &[Text], wanted: &[Text]) -> Match {
        Wanted::new(&wanted.iter().collect::<Vec<_>>()).held_by(messages)
    }
}
