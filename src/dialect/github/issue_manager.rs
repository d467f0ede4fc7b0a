//! The workflow step `uses: tiangolo/issue-manager@…`: somebody sets a label, and what nobody answers for a while is closed.
//! Its settings are JSON in a text.

use serde_json::Value;

use super::no_response::NoResponse;
use super::workflow::{KnownStep, Step};
use super::{account, act};
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Action, Automation, Event, Site, Stated, Text, Trigger, Verb};

/// The step.
pub(super) const STEP: KnownStep =
    KnownStep { is_it: |step| step.is_action("tiangolo/issue-manager"), lower };

/// Labels and days that hold where the step says nothing.
const DEFAULTS: &[(&str, f64)] =
    &[("answered", 10.0), ("waiting", 2_628_000.0 / 86_400.0), ("invalid", 0.0), ("maybe-ai", 0.0)];

/// Days where a label says nothing.
const DEFAULT_DAYS: f64 = 10.0;

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    step.unknown_inputs("issue-manager", &["token", "config"], |_| None, lowered);
    let site = step.site();
    let account = account(lowered, step.path(), &step.speaker(&["token"], &[]), site);
    let policies: Vec<(String, Stated<f64>, Stated<String>)> = match step.input("config") {
        Stated::Known(text, place) => match serde_json::from_str::<Value>(&text) {
            Ok(Value::Object(labels)) => {
                labels.iter().map(|(label, settings)| policy(label, settings, place)).collect()
            }
            _ => {
                let help =
                    "write an object with a label as each key, such as `{\"answered\": {\"delay\": 864000}}`";
                lowered.remark(RemarkKind::Malformed, place, "this is no JSON object", help);
                return;
            }
        },
        Stated::Unknown(_) => return,
        Stated::Absent => DEFAULTS
            .iter()
            .map(|(label, days)| ((*label).to_owned(), Stated::Known(*days, site), Stated::Unknown(site)))
            .collect(),
    };
    for (label, days, message) in policies {
        let place = days.site().unwrap_or(site);
        let label = Stated::Known(label, place);
        let name = format!("{}: {}", step.name(), label.known().map_or("", String::as_str));
        if days.get() == Some(0.0) {
            at_once(step, name, account, (label, message), lowered);
            continue;
        }
        let enabled = step.enabled(Stated::Absent);
        NoResponse { name, site, account, enabled, days, label, message, guards: Vec::new() }.lower(lowered);
    }
}

/// Where no time passes, the label closes.
fn at_once(
    step: &Step<'_>,
    name: String,
    account: usize,
    (label, message): (Stated<String>, Stated<String>),
    lowered: &mut Lowered,
) {
    let site = label.site().unwrap_or(step.site());
    let mut trigger = Trigger::new(Event::Labelled, site);
    trigger.filters = label.known().map(|label| Text { text: label.clone(), site }).into_iter().collect();
    let mut said = act(Verb::Comment, site);
    said.texts = message.known().map(|text| Text { text: text.clone(), site }).into_iter().collect();
    let actions: Vec<Action> = vec![said, act(Verb::Close, site)];
    let enabled = step.enabled(Stated::Absent);
    lowered.automation(Automation {
        name,
        site: step.site(),
        account,
        enabled,
        triggers: vec![trigger],
        actions,
        ..Automation::default()
    });
}

fn policy(label: &str, settings: &Value, site: Site) -> (String, Stated<f64>, Stated<String>) {
    let days = match settings.get("delay") {
        None => Stated::Known(DEFAULT_DAYS, site),
        Some(delay) => delay_in_days(delay).map_or(Stated::Unknown(site), |days| Stated::Known(days, site)),
    };
    let message = match settings.get("message").and_then(Value::as_str) {
        Some(text) => Stated::Known(text.to_owned(), site),
        // The action has a message of its own, whose words are not in the file.
        None => Stated::Unknown(site),
    };
    (label.to_owned(), days, message)
}

/// Seconds, or a period such as `P3DT12H30M5S`.
fn delay_in_days(delay: &Value) -> Option<f64> {
    const DAY: f64 = 86_400.0;
    if let Some(seconds) = delay.as_f64() {
        return Some(seconds / DAY);
    }
    let text = delay.as_str()?;
    if let Ok(seconds) = text.trim().parse::<f64>() {
        return Some(seconds / DAY);
    }
    let mut seconds = 0.0;
    let mut is_time = false;
    let mut number = String::new();
    for letter in text.trim().strip_prefix('P')?.chars() {
        match letter {
            'T' => is_time = true,
            letter if letter.is_ascii_digit() || letter == '.' => number.push(letter),
            letter => {
                let unit = match (letter, is_time) {
                    ('W', _) => 7.0 * DAY,
                    ('D', _) => DAY,
                    ('M', false) => 30.0 * DAY,
                    ('Y', _) => 365.0 * DAY,
                    ('H', _) => 3_600.0,
                    ('M', true) => 60.0,
                    ('S', _) => 1.0,
                    _ => return None,
                };
                seconds += number.parse::<f64>().ok()? * unit;
                number.clear();
            }
        }
    }
    Some(seconds / DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_seconds_or_periods() {
        for (delay, days) in [
            ("864000", Some(10.0)),
            ("\"P3D\"", Some(3.0)),
            ("\"P1DT12H\"", Some(1.5)),
            ("\"P2W\"", Some(14.0)),
            ("\"691200\"", Some(8.0)),
            ("\"soon\"", None),
        ] {
            assert_eq!(delay_in_days(&serde_json::from_str(delay).unwrap_or_default()), days, "{delay}");
        }
    }
}
