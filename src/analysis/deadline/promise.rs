//! Finds what messages say about time: a number with a unit, and whether it is time that is left or time
//! that has passed. Reads English; what it does not understand it leaves alone.

use std::sync::LazyLock;

use regex::Regex;

use super::length::{lengths, pattern};
pub(super) use super::reading::Reading;
use super::reading::reading;

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
    lengths(sentence).filter_map(|length| {
        let before = last_words(sentence.get(..length.start)?);
        let after: Vec<&str> = words(sentence.get(length.end..)?).take(WORDS_AFTER).collect();
        if before.last().is_some_and(|word| is_range(word)) {
            return None;
        }
        let reading = reading(&before, length.is_more, &after)?;
        Some(Promise { days: length.days()?, tolerance: length.tolerance(), reading })
    })
}

/// Whether a word makes the number after it less than it says: the end of a range (`2 to 3 weeks`, `2-3 weeks`),
/// or a part (`half a year`).
fn is_range(word: &str) -> bool {
    matches!(word, "or" | "to" | "half" | "quarter") || word.ends_with(|c: char| c.is_ascii_digit())
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

/// Emphasis, quotes of code, tags and addresses.
static MARKUP: LazyLock<Regex> = LazyLock::new(|| pattern(r"[*_`~]|<[^<>]*>|https?://[^\s)]*"));

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
