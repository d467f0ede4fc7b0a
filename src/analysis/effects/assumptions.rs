//! What a run assumes about people: how many follow back, answer, or turn up in a day.
//! The numbers and their reasons are data (`rules/effects.toml`); settings change them under `[assume]`.

use std::collections::BTreeMap;

use crate::model::Event;
use crate::rules::{Problem, Value, embedded};

/// The number for events that have none of their own.
const OTHER_EVENT: &str = "other-event";

/// One assumption.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// The number.
    pub value: f64,
    /// Whether it is a share, from 0 to 1.
    pub is_share: bool,
    /// Where the number comes from.
    pub why: String,
    /// Whether settings changed it.
    pub is_changed: bool,
}

/// All assumptions of a run, by name.
#[derive(Clone, Debug, Default)]
pub struct Assumptions(BTreeMap<String, Assumption>);

impl Assumptions {
    /// The numbers of the built-in table.
    pub fn built_in() -> Result<Self, Vec<Problem>> {
        let table = embedded("effects.toml").and_then(|table| table.get("assume"));
        let mut problems = Vec::new();
        let mut assumptions = BTreeMap::new();
        for (key, value) in table.and_then(Value::entries).unwrap_or(&[]) {
            match assumption(value) {
                Ok(assumption) => {
                    assumptions.insert(key.text.to_string(), assumption);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Self(assumptions)) } else { Err(problems) }
    }

    /// The number of this name; zero for a name that the table does not have.
    #[must_use]
    pub fn number(&self, name: &str) -> f64 {
        self.0.get(name).map_or(0.0, |assumption| assumption.value)
    }

    /// Events of this kind in a day, where the configuration does not tell.
    #[must_use]
    pub fn per_day(&self, event: Event) -> f64 {
        self.0.get(event.name()).map_or_else(|| self.number(OTHER_EVENT), |assumption| assumption.value)
    }

    /// The name under which events of this kind are assumed.
    #[must_use]
    pub fn name_of(&self, event: Event) -> &'static str {
        if self.0.contains_key(event.name()) { event.name() } else { OTHER_EVENT }
    }

    /// The assumption of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Assumption> {
        self.0.get(name)
    }

    /// Changes a number; names that the table does not have are left alone.
    pub fn set(&mut self, name: &str, value: f64) {
        if let Some(assumption) = self.0.get_mut(name) {
            assumption.value = value;
            assumption.is_changed = true;
        }
    }

    /// All assumptions, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Assumption)> {
        self.0.iter().map(|(name, assumption)| (name.as_str(), assumption))
    }
}

fn assumption(value: &Value) -> Result<Assumption, Problem> {
    let number = value.get("value").and_then(Value::number);
    let number = number.ok_or_else(|| Problem::new(value.span, "an assumption needs `value`: a number"))?;
    let why = value.get("why").and_then(Value::text);
    let why =
        why.ok_or_else(|| Problem::new(value.span, "an assumption needs `why`: where it comes from"))?;
    let is_share = value.get("share").is_some_and(Value::is_true);
    Ok(Assumption { value: number, is_share, why: why.to_string(), is_changed: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_reason_and_shares_stay_shares() {
        let assumptions = Assumptions::built_in().unwrap();
        assert!(assumptions.iter().count() > 20);
        for (name, assumption) in assumptions.iter() {
            assert!(assumption.value > 0.0 && assumption.value.is_finite(), "{name}");
            assert!(!assumption.is_share || assumption.value <= 1.0, "{name}");
            assert!(!assumption.why.is_empty(), "{name}");
        }
        assert_eq!(assumptions.per_day(Event::Followed), 50.0);
        assert_eq!(assumptions.per_day(Event::Crisis), assumptions.number("other-event"));
    }
}
