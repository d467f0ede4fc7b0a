//! Compares the deadlines that messages promise with those that settings keep.
//! Two readings of a number with a unit: time left (against the close delay) and time passed (against the
//! idle delay). A reading with two candidates decides nothing.

use std::sync::LazyLock;

use regex::Regex;

use super::{Discovery, live_actions};
use crate::diagnostic::Severity;
use crate::model::{Action, Automation, Site, Stated, Text, Trigger, Verb, World, unit_in_days};

/// A promise found in a message, in days.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Promise {
    days: f64,
    /// Rounding that the unit allows: a day for each month.
    tolerance: f64,
}

/// A deadline that a setting keeps.
struct Setting {
    days: f64,
    site: Site,
}

/// Finds messages whose numbers contradict their automation.
pub(super) fn find<'m>(world: &'m World<'m>) -> Vec<Discovery<'m>> {
    let mut found: Vec<Discovery<'m>> = Vec::new();
    for account in 0..world.model.accounts.len() {
        for (number, view) in live_actions(world, account) {
            let (Some(automation), Some(action)) = (view.automation, view.action) else { continue };
            for text in message_texts(action) {
                let Some(discovery) = contradiction(automation, action, text) else { continue };
                let known = found.iter().any(|other| other.labels.first() == discovery.0.first());
                if !known {
                    let (labels, severity) = discovery;
                    found.push(Discovery {
                        account,
                        actions: vec![(number, action)],
                        labels,
                        severity: Some(severity),
                        confidence: None,
                        notes: Vec::new(),
                    });
                }
            }
        }
    }
    found
}

fn message_texts(action: &Action) -> &[Text] {
    if matches!(action.verb, Verb::Comment | Verb::Reply) || action.verb.is_private_message() {
        &action.texts
    } else {
        &[]
    }
}

type Contradiction = (Vec<(Site, String)>, Severity);

/// The contradiction between one message and the settings around it, if there is one.
fn contradiction(automation: &Automation, action: &Action, text: &Text) -> Option<Contradiction> {
    let (after, after_site) = idle_delay(automation)?;
    let close = closing(automation);
    let said_at = action.delay.get().unwrap_or(0.0);
    if let (Some(promise), Some((close_delay, site))) = (only(&TIME_LEFT, &text.text), close) {
        let left = close_delay - said_at;
        // A message sent with the closing itself has no time left to promise.
        if left > 0.0 {
            return judge(text, promise, Setting { days: left, site }, "closes");
        }
    }
    let promise = only(&TIME_PASSED, &text.text)?;
    let candidates = [Some(after), close.map(|(days, _)| days), close.map(|(days, _)| after + days)];
    if candidates.into_iter().flatten().any(|days| promise.agrees_with(days)) {
        return None;
    }
    judge(text, promise, Setting { days: after, site: after_site }, "acts")
}

/// The days of silence after which the automation runs.
fn idle_delay(automation: &Automation) -> Option<(f64, Site)> {
    automation.triggers.iter().find_map(|trigger: &Trigger| match trigger.after {
        Stated::Known(days, site) => Some((days, site)),
        _ => None,
    })
}

/// When the automation closes, in days after the trigger.
fn closing(automation: &Automation) -> Option<(f64, Site)> {
    let close = automation.actions.iter().find(|action| matches!(action.verb, Verb::Close | Verb::Lock))?;
    match close.delay {
        Stated::Known(days, site) => Some((days, site)),
        _ => None,
    }
}

fn judge(text: &Text, promise: Promise, setting: Setting, does: &str) -> Option<Contradiction> {
    if promise.agrees_with(setting.days) {
        return None;
    }
    let severity = if promise.days > setting.days { Severity::Warning } else { Severity::Info };
    let labels = vec![
        (text.site, format!("tells people {}", days(promise.days))),
        (setting.site, format!("{does} after {}", days(setting.days))),
    ];
    Some((labels, severity))
}

fn days(number: f64) -> String {
    if (number - 1.0).abs() < f64::EPSILON { "1 day".to_owned() } else { format!("{number} days") }
}

impl Promise {
    fn agrees_with(self, days: f64) -> bool {
        (self.days - days).abs() <= self.tolerance
    }
}

/// The one promise that a pattern finds; none if it finds several different ones.
fn only(pattern: &Regex, text: &str) -> Option<Promise> {
    let mut promises = pattern.captures_iter(text).filter_map(|captures| {
        let count = number(captures.name("n")?.as_str())?;
        let unit = captures.name("unit")?.as_str().to_lowercase();
        let tolerance = if unit.starts_with("month") { count } else { 0.0 };
        Some(Promise { days: count * unit_in_days(&unit)?, tolerance })
    });
    let first = promises.next()?;
    promises.all(|other| other == first).then_some(first)
}

fn number(text: &str) -> Option<f64> {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let folded = text.to_lowercase();
    if matches!(folded.as_str(), "a" | "an") {
        return Some(1.0);
    }
    words.iter().position(|word| *word == folded).map(|number| number as f64).or_else(|| folded.parse().ok())
}

const COUNT: &str = r"(?P<n>\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten)";
const UNIT: &str = r"(?P<unit>days?|weeks?|months?|years?|hours?)";

/// Time left: "within 7 days", "will be closed in two weeks", "after another 14 days".
static TIME_LEFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:\bwithin|\bin|\bafter another|\banother|\bfor another|\bnext)(?: the)?(?: next| about| around)?\s+\**{COUNT}(?: more| further| additional)?[\s-]+{UNIT}\b"
    ))
});

/// Time passed: "open 60 days with no activity", "inactive for 30 days", "no activity in the last 30 days".
static TIME_PASSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:\bopen(?: for)?|\binactive(?: for)?|\bactivity (?:for|in|within)|\bupdated? (?:for|in)|\bstale for|\bresponse (?:for|in)|\bidle(?: for)?)(?: the)?(?: last| past| over| more than| at least)*\s+\**{COUNT}\+?[\s-]+{UNIT}\b"
    ))
});

/// A pattern of this file, which a test compiles; one that matches nothing stands in for a mistake.
fn pattern(text: &str) -> Regex {
    let compiled = regex::RegexBuilder::new(text).case_insensitive(true).build();
    compiled
        .unwrap_or_else(|_| Regex::new("$^").unwrap_or_else(|_| unreachable!("an empty pattern compiles")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_and_time_passed_are_told_apart() {
        let left = |text| only(&TIME_LEFT, text).map(|promise| promise.days);
        let passed = |text| only(&TIME_PASSED, text).map(|promise| promise.days);
        let text = "This issue has been open for 30 days with no activity. It will be closed in 5 days.";
        assert_eq!((left(text), passed(text)), (Some(5.0), Some(30.0)));
        assert_eq!(left("Comment within two weeks or this will be closed."), Some(14.0));
        assert_eq!(passed("There was no activity in the last 2 months."), Some(60.0));
        assert_eq!(left("Closed in 7 days, or in 14 days if it is labelled."), None);
        assert_eq!(left("See version 2 in the docs."), None);
    }
}
