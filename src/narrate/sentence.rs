//! A whole automation as one sentence: when, what, how much, under which conditions.

use super::acts::act;
use super::guards::guards;
use super::limits::limits;
use super::people::Initiator;
use super::triggers::clause;
use super::words::{capital, days, listed};
use crate::model::{Action, Automation, Stated, View};

/// What an automation does, as one sentence for somebody who never saw its file.
#[must_use]
pub fn sentence(view: &View<'_>) -> String {
    let Some(automation) = view.automation else { return String::new() };
    let when = clause(&automation.triggers);
    let mut said = format!("{when}, it {}", acts(&automation.actions, automation));
    for part in limits(&automation.limits).into_iter().chain(guards(automation.guards.iter())) {
        said.push_str(", ");
        said.push_str(&part);
    }
    if !automation.otherwise.is_empty() {
        said.push_str("; otherwise it ");
        said.push_str(&acts(&automation.otherwise, automation));
    }
    let said = match automation.enabled {
        Stated::Known(false, _) => format!("Switched off: {said}"),
        Stated::Unknown(_) => format!("If it is switched on, which the file leaves open: {said}"),
        _ => capital(&said),
    };
    format!("{said}.")
}

/// Actions in order; those that wait say for how long.
fn acts(actions: &[Action], automation: &Automation) -> String {
    let event = automation.triggers.first().map(|trigger| trigger.event);
    let initiator = Initiator::known(event);
    let mut waited = 0.0;
    let mut clauses = Vec::new();
    for action in actions {
        let mut said = act(action, event, &initiator);
        if let Some(limits) = limits(&action.limits) {
            said.push_str(&format!(" ({limits})"));
        }
        match action.delay {
            Stated::Known(delay, _) if delay > waited => {
                said = format!("{} later {said}", days(delay - waited));
                waited = delay;
            }
            Stated::Known(delay, _) if delay == 0.0 && !clauses.is_empty() => {
                said = format!("at once {said}")
            }
            Stated::Unknown(_) => said = format!("some time later {said}"),
            _ => {}
        }
        clauses.push(said);
    }
    if clauses.is_empty() { "does nothing".to_owned() } else { listed(&clauses, "and") }
}
