//! Lengths of time as English messages write them: "14 days", "seven (7) more days", "30d".

use std::sync::LazyLock;

use regex::Regex;

use crate::model::unit_in_days;

/// A length of time, and where it stands in the text.
pub(super) struct Length<'t> {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// How many units.
    pub(super) count: f64,
    /// The unit, as it is written.
    pub(super) unit: &'t str,
    /// Whether it is said to be more time.
    pub(super) is_more: bool,
}

impl Length<'_> {
    /// How long it is, in days.
    pub(super) fn days(&self) -> Option<f64> {
        Some(self.count * unit_in_days(self.unit)?)
    }

    /// What rounding allows, in days: one for each month.
    pub(super) fn tolerance(&self) -> f64 {
        match self.unit.chars().next() {
            Some('m') => self.count,
            Some('y') => self.count * 12.0,
            _ => 0.0,
        }
    }
}

/// The lengths of time in a text in lower case, in order.
pub(super) fn lengths(text: &str) -> impl Iterator<Item = Length<'_>> {
    LENGTH.captures_iter(text).filter_map(|found| {
        let whole = found.get(0)?;
        Some(Length {
            start: whole.start(),
            end: whole.end(),
            count: number(found.name("digits").or_else(|| found.name("word"))?.as_str())?,
            unit: found.name("unit")?.as_str(),
            is_more: found.name("more").is_some(),
        })
    })
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

/// A pattern, which the tests compile; one that matches nothing stands in for a mistake.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text)
        .or_else(|_| Regex::new("$^"))
        .unwrap_or_else(|_| unreachable!("an empty pattern compiles"))
}
