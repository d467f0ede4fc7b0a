//! The assumptions behind a number, in words: for descriptions and for forecasts.

use serde::Serialize;

use super::effects::Assumptions;
use crate::model::Trigger;
use crate::narrate::event;

/// A number that the configuration does not tell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumed {
    /// Its name in settings; none for what no setting changes.
    pub name: Option<&'static str>,
    /// The number.
    pub value: f64,
    /// What is assumed: `that 50 times a day someone follows you`.
    pub words: String,
    /// Where the number comes from.
    pub why: String,
}

impl Assumed {
    /// The assumption of this name, in these words; nothing for a name that the table does not have.
    pub fn of(assumptions: &Assumptions, name: &'static str, words: String) -> Option<Self> {
        let known = assumptions.get(name)?;
        Some(Self { name: Some(name), value: known.value, words, why: known.why.clone() })
    }

    /// How often something happens that sets off an automation.
    pub fn events(assumptions: &Assumptions, trigger: &Trigger) -> Option<Self> {
        let name = assumptions.name_of(trigger.event);
        let often = assumptions.per_day(trigger.event);
        Self::of(assumptions, name, format!("that {often:.0} times a day {}", event(trigger)))
    }

    /// How many items a run finds: those that are new to it, or all that are open.
    pub fn items(assumptions: &Assumptions, only_new: bool) -> Option<Self> {
        let (name, items) = match only_new {
            true => ("other-event", "items a day are new to it"),
            false => ("open-items", "items are open"),
        };
        Self::of(assumptions, name, format!("that {:.0} {items}", assumptions.number(name)))
    }

    /// That it runs once a day.
    pub fn daily_run() -> Self {
        Self::unnamed("that it runs once a day", "the configuration does not say how often")
    }

    /// What no setting changes.
    pub fn unnamed(words: &str, why: &str) -> Self {
        Self { name: None, value: 1.0, words: words.to_owned(), why: why.to_owned() }
    }
}
