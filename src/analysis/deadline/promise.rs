//! Finds what messages say about time: a number with a unit, and whether it is time that is left or time
//! that has passed. Reads English; what it does not understand it leaves alone.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::unit_in_days;

/// A length of time in a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Promise {
    /// How long, in days.
    pub(super) days: f64,
    /// What rounding allows: a day for each month.
    pub(super) tolerance: f64,
    /// What it is about.
    pub(super) reading: Reading,
}

/// What a length of time is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Time that is left: "will be closed in 7 days".
    Left,
    /// Time that has passed: "no activity in the last 60 days".
    Passed,
    /// Time that is left, or all of the time: "will be closed after 60 days of inactivity".
    LeftOrAll,
}

impl Promise {
    /// Whether a setting of so many days keeps it.
    pub(super) fn agrees_with(self, days: f64) -> bool {
        (self.days - days).abs() <= self.tolerance
    }
}

/// Everything that a message says about time, in order.
pub(super) fn promises(message: &str) -> Vec<Promise> {
    let text = plain(message);
    let sentences = text.split_inclusive(['.', '!', '?', ';', '\n']);
    sentences.flat_map(|sentence| in_sentence(sentence).collect::<Vec<_>>()).collect()
}

/// So many words before a number tell what it is about; a sentence without an end may have thousands of numbers.
const WORDS_BEFORE: usize = 100;

/// So many words after it.
const WORDS_AFTER: usize = 4;

fn in_sentence(sentence: &str) -> impl Iterator<Item = Promise> {
    LENGTH.captures_iter(sentence).filter_map(|found| {
        let (whole, unit) = (found.get(0)?, found.name("unit")?.as_str());
        let count = number(found.name("digits").or_else(|| found.name("word"))?.as_str())?;
        let before = last_words(sentence.get(..whole.start())?);
        let after: Vec<&str> = words(sentence.get(whole.end()..)?).take(WORDS_AFTER).collect();
        if before.last().is_some_and(|word| is_range(word)) {
            return None;
        }
        let reading = reading(&before, found.name("more").is_some(), &after)?;
        let tolerance = match unit.chars().next()? {
            'm' => count,
            'y' => count * 12.0,
            _ => 0.0,
        };
        Some(Promise { days: count * unit_in_days(unit)?, tolerance, reading })
    })
}

/// Whether a word makes the number after it less than it says: the end of a range (`2 to 3 weeks`, `2-3 weeks`),
/// or a part (`half a year`).
fn is_range(word: &str) -> bool {
    matches!(word, "or" | "to" | "half" | "quarter") || word.ends_with(|c: char| c.is_ascii_digit())
}

/// Words that may stand between a preposition and a number without changing the reading.
const FILLERS: &[&str] = &[
    "the",
    "a",
    "about",
    "around",
    "approximately",
    "roughly",
    "nearly",
    "at",
    "least",
    "more",
    "than",
    "over",
    "of",
    "period",
    "full",
    "total",
];
/// Words right before a number that make it time that has passed.
const OF_THE_PAST: &[&str] = &["last", "past", "previous", "preceding", "prior"];
/// Words right before a number that make it time that is left.
const TO_COME: &[&str] = &["next", "another", "further", "additional", "following", "coming", "extra"];
/// Words that a number of days may follow at once, as in "open 30 days".
const STATES: &[&str] = &[
    "open",
    "inactive",
    "idle",
    "stale",
    "stalled",
    "dormant",
    "untouched",
    "older",
    "activity",
    "inactivity",
    "been",
];
/// Words that begin what somebody has still to expect or to do.
const EXPECTING: &[&str] = &[
    "will",
    "it'll",
    "would",
    "should",
    "must",
    "may",
    "can",
    "please",
    "if",
    "unless",
    "until",
    "or",
    "otherwise",
    "to",
    "be",
    "close",
    "closes",
    "closed",
    "closing",
    "lock",
    "locked",
    "delete",
    "deleted",
    "remove",
    "removed",
    "comment",
    "respond",
    "reply",
    "rot",
    "have",
    "within",
];
/// Words that begin what has happened so far.
const TELLING: &[&str] = &[
    "has", "had", "hasn't", "haven't", "hadn't", "been", "was", "were", "wasn't", "not", "didn't", "seen",
    "received", "is", "isn't", "stale", "inactive", "idle", "marked", "updated", "opened",
];

/// What a length of time is about, from the words around it.
fn reading(before: &[&str], more: bool, after: &[&str]) -> Option<Reading> {
    let mut lead = None;
    for (index, word) in before.iter().enumerate().rev() {
        if OF_THE_PAST.contains(word) {
            return Some(Reading::Passed);
        }
        if TO_COME.contains(word) {
            return Some(Reading::Left);
        }
        if !FILLERS.contains(word) {
            lead = Some((index, *word));
            break;
        }
    }
    let of_silence = matches!(
        after,
        ["of", "inactivity" | "no" | "silence", ..] | ["without" | "inactive", ..] | ["with", "no", ..]
    );
    match after.first() {
        Some(&"later" | &"left" | &"remaining") => return Some(Reading::Left),
        Some(&"from") if after.get(1) == Some(&"now") => return Some(Reading::Left),
        Some(&"ago" | &"old" | &"since") => return Some(Reading::Passed),
        _ => {}
    }
    let (index, lead) = lead?;
    let words = before.get(..index).unwrap_or_default();
    match lead {
        _ if more => Some(Reading::Left),
        "have" | "got" | "get" if matches!(after.first(), Some(&"to" | &"before" | &"until")) => {
            Some(Reading::Left)
        }
        "within" | "in" => nearest(words)
            .or_else(|| Some(if tells_of_silence(words) { Reading::Passed } else { Reading::Left })),
        "for" | "because" => nearest(words).or(Some(Reading::Passed)),
        "after" => match nearest(words) {
            Some(Reading::Left) if of_silence => Some(Reading::LeftOrAll),
            None if of_silence => Some(Reading::Passed),
            None => Some(Reading::Left),
            known => known,
        },
        lead if STATES.contains(&lead) => Some(Reading::Passed),
        _ => None,
    }
}

/// The reading that the nearest telling word before the number gives.
fn nearest(words: &[&str]) -> Option<Reading> {
    for (index, word) in words.iter().enumerate().rev() {
        if matches!(*word, "because" | "since") {
            return Some(Reading::Passed);
        }
        let has_not = *word == "have"
            && words.get(index + 1).is_some_and(|next| TELLING.contains(next) || *next == "no");
        if EXPECTING.contains(word) && !has_not {
            return Some(Reading::Left);
        }
        if TELLING.contains(word) || has_not {
            // "If it has been quiet for 7 days" speaks of days to come.
            let earlier = words.get(..index).unwrap_or_default();
            let opening = earlier
                .iter()
                .rev()
                .find(|word| matches!(**word, "if" | "unless" | "because" | "since" | "will"));
            let is_condition = matches!(opening, Some(&"if" | &"unless"));
            return Some(if is_condition { Reading::Left } else { Reading::Passed });
        }
    }
    None
}

/// Whether words such as "no recent activity" stand before the number.
fn tells_of_silence(words: &[&str]) -> bool {
    words.iter().any(|word| {
        matches!(*word, "activity" | "inactivity" | "update" | "updates" | "response" | "no" | "changes")
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between_words).filter(|word| !word.is_empty())
}

/// The last words of a text, in its order.
fn last_words(text: &str) -> Vec<&str> {
    let words = text.rsplit(is_between_words).filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.take(WORDS_BEFORE).collect();
    words.reverse();
    words
}

fn is_between_words(c: char) -> bool {
    !(c.is_alphanumeric() || c == '\'')
}

/// The message in lower case without markup and addresses; a blank line ends a sentence.
fn plain(message: &str) -> String {
    let text = MARKUP.replace_all(message, "").to_lowercase().replace('’', "'").replace("due to", "because");
    let mut plain = String::with_capacity(text.len());
    let mut line_is_blank = false;
    for line in text.lines() {
        let is_blank = line.trim().is_empty();
        plain.push(if is_blank && !line_is_blank { '\n' } else { ' ' });
        line_is_blank = is_blank;
        plain.push_str(line.trim());
    }
    plain
}

fn number(text: &str) -> Option<f64> {
    const WORDS: &[(&str, f64)] = &[
        ("a", 1.0),
        ("an", 1.0),
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("twelve", 12.0),
        ("fourteen", 14.0),
        ("fifteen", 15.0),
        ("twenty", 20.0),
        ("twenty-one", 21.0),
        ("thirty", 30.0),
        ("forty-five", 45.0),
        ("sixty", 60.0),
        ("ninety", 90.0),
    ];
    let known = WORDS.iter().find(|(word, _)| *word == text).map(|(_, number)| *number);
    known.or_else(|| text.parse().ok())
}

/// A number with a unit of time, perhaps said twice: "seven (7) more days", "30d".
static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    let digits = r"(?P<digits>\d{1,4})(?:\s*\([a-z-]+\))?\+?[\s-]*";
    let word = r"(?P<word>twenty-one|forty-five|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety)(?:\s*\(\d+\))?[\s-]+";
    let more = r"(?P<more>more |further |additional )?(?:calendar |consecutive |full )?";
    pattern(&format!(r"\b(?:{digits}|{word}){more}(?P<unit>days?|weeks?|months?|years?|hours?|d)\b"))
});

/// Emphasis, quotes of code, tags and addresses.
static MARKUP: LazyLock<Regex> = LazyLock::new(|| pattern(r"[*_`~]|<[^<>]*>|https?://[^\s)]*"));

/// A pattern of this file, which a test compiles; one that matches nothing stands in for a mistake.
fn pattern(text: &str) -> Regex {
    Regex::new(text)
        .or_else(|_| Regex::new("$^"))
        .unwrap_or_else(|_| unreachable!("an empty pattern compiles"))
}

#[cfg(test)]
mod tests {
    use super::Reading::{Left, LeftOrAll, Passed};
    use super::*;

    #[track_caller]
    fn says(message: &str, expected: &[(f64, Reading)]) {
        let found: Vec<_> = promises(message).iter().map(|promise| (promise.days, promise.reading)).collect();
        assert_eq!(found, expected, "{message}");
    }

    #[test]
    fn time_that_is_left() {
        for (message, days) in [
            ("It will be closed in 5 days.", 5.0),
            ("Comment within two weeks or this will be closed.", 14.0),
            ("It will be closed if no further activity occurs within **7 days**.", 7.0),
            ("If no further activity occurs within the next 14 days, it closes.", 14.0),
            ("If there is no further activity, it will be closed in another 30 days.", 30.0),
            ("This will be closed seven (7) days later.", 7.0),
            ("You have 10 days to answer.", 10.0),
            ("It will be closed if it has not had activity for 7 days.", 7.0),
            ("Closing in `3` days unless somebody objects", 3.0),
            ("It will be closed after 7 more days without activity.", 7.0),
            ("It closes in 1 month", 30.0),
            ("It will close 14 days from now", 14.0),
        ] {
            says(message, &[(days, Left)]);
        }
    }

    #[test]
    fn time_that_has_passed() {
        for (message, days) in [
            ("This issue has been open for 30 days with no activity.", 30.0),
            ("It is stale because it has been open 30 days with no activity.", 30.0),
            ("There was no activity in the last 2 months.", 60.0),
            ("No activity in 45 days.", 45.0),
            ("This has not received any updates in a year", 365.0),
            ("It has had no activity within 60 days", 60.0),
            ("Closed because it has been stalled for 5 days.", 5.0),
            ("It was marked as stale after 90 days of inactivity.", 90.0),
            ("Stale because of 60 days of inactivity", 60.0),
            ("Inactive for over 60 days", 60.0),
            ("Issues go stale after 90d of inactivity", 90.0),
            ("We haven't heard back in 14 days", 14.0),
        ] {
            says(message, &[(days, Passed)]);
        }
    }

    #[test]
    fn both_in_one_sentence() {
        says(
            "This PR hasn't received any updates in a year and will be closed in 30 days.",
            &[(365.0, Passed), (30.0, Left)],
        );
        says(
            "Open 60 days with no activity. Comment or this will be closed\nin 7 days",
            &[(60.0, Passed), (7.0, Left)],
        );
        says("It will be closed after 60 days of inactivity.", &[(60.0, LeftOrAll)]);
    }

    #[test]
    fn sentences_of_real_bots_in_other_words() {
        says("There was no activity for 7 days since it became stale.", &[(7.0, Passed)]);
        says("Respond within the next 14 days, otherwise it will be closed.", &[(14.0, Left)]);
        says(
            "We have not heard from you in 30 days, so we'll close this in 7 days.",
            &[(30.0, Passed), (7.0, Left)],
        );
        says("If there's no activity in the next 5 days, it'll be closed.", &[(5.0, Left)]);
        says(
            "It was marked stale after 30 days of no activity and will be closed in 10 days.",
            &[(30.0, Passed), (10.0, Left)],
        );
        says("No activity in the past 90 days. Closing in 1 week.", &[(90.0, Passed), (7.0, Left)]);
        says("It is labelled stale as there was no activity for two weeks", &[(14.0, Passed)]);
        says("Stale issues will be closed after an additional 30 days", &[(30.0, Left)]);
    }

    #[test]
    fn other_numbers_say_nothing() {
        for message in [
            "See version 2 in the docs.",
            "Marked as stale and forgotten",
            "Top 10 reasons",
            "It takes 3-5 days",
            "It has been quiet for half a year.",
            "It closes in 2 to 3 weeks",
            "Read https://example.org/closed-in-30-days first",
            "We meet once a week.",
            "in ${{ vars.DAYS }} days",
        ] {
            says(message, &[]);
        }
    }
}
