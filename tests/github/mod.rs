//! What the tests of GitHub files share: telling in one line what an automation does.

#![allow(dead_code)]
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{Action, Automation, Guard, Stated, Trigger};

/// What each automation does, in one line: `events if guards: actions`.
pub(crate) fn conduct(outcome: &Outcome) -> Vec<String> {
    outcome.model.automations.iter().map(told).collect()
}

fn told(automation: &Automation) -> String {
    let triggers: Vec<_> = automation.triggers.iter().map(trigger).collect();
    let guards: Vec<_> = automation.guards.iter().map(guard).collect();
    let actions: Vec<_> = automation.actions.iter().map(action).collect();
    let guards = if guards.is_empty() { String::new() } else { format!(" if {}", guards.join(", ")) };
    let off = if automation.enabled.get() == Some(false) { "off: " } else { "" };
    format!("{off}{}{guards}: {}", triggers.join(" or "), actions.join(", "))
}

fn trigger(trigger: &Trigger) -> String {
    let mut told = trigger.event.to_string();
    if let Some(days) = days(&trigger.after) {
        told.push_str(&format!(" {days}"));
    }
    if let Some(schedule) = trigger.schedule.get() {
        told.push_str(&format!(" {}/day", schedule.per_day));
    }
    for filter in &trigger.filters {
        told.push_str(&format!(" {:?}", filter.text));
    }
    told
}

fn days(days: &Stated<f64>) -> Option<String> {
    match days {
        Stated::Known(days, _) => Some(format!("{days}d")),
        Stated::Unknown(_) => Some("?d".to_owned()),
        Stated::Absent => None,
    }
}

fn guard(guard: &Guard) -> String {
    let values: Vec<_> = guard.values.iter().map(|value| value.text.as_str()).collect();
    if values.is_empty() { guard.kind.to_string() } else { format!("{}={}", guard.kind, values.join("+")) }
}

fn action(action: &Action) -> String {
    let mut told = action.verb.to_string();
    if let Some(manner) = action.manner.known() {
        told.push_str(&format!(" {manner}"));
    }
    for text in &action.texts {
        told.push_str(&format!(" {:?}", text.text.trim()));
    }
    told
}

/// A workflow with one step, whose inputs begin on line 6.
pub(crate) fn step(on: &str, uses: &str, inputs: &[&str]) -> String {
    let inputs: String = inputs.iter().map(|input| format!("          {input}\n")).collect();
    let with = if inputs.is_empty() { String::new() } else { format!("        with:\n{inputs}") };
    format!("on: {on}\njobs:\n  job:\n    steps:\n      - uses: {uses}\n{with}")
}
