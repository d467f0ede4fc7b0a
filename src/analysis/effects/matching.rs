//! Whether what a bot writes can satisfy what an automation waits for. Slots are what a run fills in: a name
//! or a number cannot become a hashtag, somebody's words can become anything.

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

/// Whether a message, in any of its variants, holds any of the words looked for. A trigger without words
/// takes everything; a message of which nothing is known may hold anything.
#[must_use]
pub(super) fn holds(messages: &[Text], wanted: &[&Text]) -> Match {
    if wanted.is_empty() {
        return Match::Must;
    }
    if messages.is_empty() {
        return Match::May;
    }
    let pairs = messages.iter().flat_map(|message| wanted.iter().map(move |word| (message, word)));
    pairs.map(|(message, word)| one(&message.text, &word.text)).max().unwrap_or(Match::May)
}

/// Whether a call to another system carries what is waited for: in its text, or by what it is. A call that
/// says nothing sets off only what waits for any call.
#[must_use]
pub(super) fn carried(action: &Action, wanted: &[&Text]) -> Match {
    let mut said = action.texts.clone();
    said.extend(manner(action));
    if action.verb == Verb::CreateTicket {
        said.push(Text { text: "ticket".to_owned(), site: action.site });
    }
    if said.is_empty() && !wanted.is_empty() { Match::Cannot } else { holds(&said, wanted) }
}

/// Whether a label that an act sets is one of those waited for.
#[must_use]
pub(super) fn labels(action: &Action, wanted: &[&Text]) -> Match {
    let set: Vec<Text> = manner(action).into_iter().chain(action.texts.iter().cloned()).collect();
    let is_wanted = |label: &Text| wanted.iter().any(|other| other.text.eq_ignore_ascii_case(&label.text));
    match (wanted.is_empty() || set.iter().any(is_wanted), set.is_empty()) {
        (true, _) => Match::Must,
        (false, true) => Match::May,
        (false, false) => Match::Cannot,
    }
}

/// Whether taking a label away lets an item go quiet again for an automation that sets this label.
#[must_use]
pub(super) fn frees(action: &Action, acts: &[&Action]) -> Match {
    let sets = acts.iter().filter(|other| other.verb == Verb::Label);
    let same = |other: &&Action| match (manner(action), manner(other)) {
        (Some(removed), Some(set)) => removed.text.eq_ignore_ascii_case(&set.text),
        _ => true,
    };
    if sets.into_iter().any(same) { Match::Must } else { Match::Cannot }
}

fn manner(action: &Action) -> Option<Text> {
    action.manner.known().map(|manner| Text { text: manner.clone(), site: action.site })
}

fn one(message: &str, wanted: &str) -> Match {
    let wanted = wanted.trim().to_lowercase();
    if wanted.is_empty() || slots(&wanted).next().is_some() {
        return Match::May;
    }
    if is_pattern(&wanted) {
        return by_pattern(message, &wanted);
    }
    let (fixed, filled) = pieces(message);
    if fixed.iter().any(|piece| has_word(piece, &wanted)) {
        Match::Must
    } else if filled {
        Match::May
    } else {
        Match::Cannot
    }
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
    const PLAIN: &[&str] = &[
        "count",
        "number",
        "total",
        "id",
        "date",
        "time",
        "year",
        "day",
        "days",
        "hours",
        "url",
        "link",
        "price",
        "percent",
        "score",
        "rank",
        "age",
        "version",
        "temperature",
    ];
    !slot.names_person() && !PLAIN.contains(&slot.last_word().as_str())
}

/// Whether the words hold the wanted ones, not as part of a longer word.
fn has_word(words: &str, wanted: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    words.match_indices(wanted).any(|(start, found)| {
        let before = words.get(..start).and_then(|text| text.chars().next_back());
        let after = words.get(start + found.len()..).and_then(|text| text.chars().next());
        let starts = wanted.starts_with(is_part) && before.is_some_and(is_part);
        let ends = wanted.ends_with(is_part) && after.is_some_and(is_part);
        !starts && !ends
    })
}

/// Whether a filter is written as a regular expression.
fn is_pattern(wanted: &str) -> bool {
    let slashes = wanted.len() > 2 && wanted.starts_with('/') && wanted.ends_with('/');
    slashes
        || ["\\b", "\\s", "\\d", "\\w", ".*", ".+", "(?", "|", "[a-z", "$)"]
            .iter()
            .any(|sign| wanted.contains(sign))
}

/// Looks with a filter that is a regular expression; one that cannot be read may match.
fn by_pattern(message: &str, wanted: &str) -> Match {
    let wanted = wanted.strip_prefix('/').and_then(|inside| inside.strip_suffix('/')).unwrap_or(wanted);
    let built = regex::RegexBuilder::new(wanted).case_insensitive(true).size_limit(MOST_PATTERN).build();
    let Ok(pattern) = built else { return Match::May };
    let (fixed, filled) = pieces(message);
    if fixed.iter().any(|piece| !piece.trim().is_empty() && pattern.is_match(piece)) {
        Match::Must
    } else if filled || fixed.len() > 1 {
        Match::May
    } else {
        Match::Cannot
    }
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
            assert_eq!(
                holds(&text(message), &text(wanted).iter().collect::<Vec<_>>()),
                expected,
                "{message} / {wanted}"
            );
        }
        assert_eq!(holds(&[], &text("x").iter().collect::<Vec<_>>()), Match::May);
        assert_eq!(holds(&text("x"), &[]), Match::Must);
    }
}
