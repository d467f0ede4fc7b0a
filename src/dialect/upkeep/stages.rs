//! Two rules that are two stages of one policy: one marks with a label what fell quiet, another closes what has the label
//! and stays quiet. Read apart, the first closes nothing and the second warns nobody.

use crate::model::{Action, Automation, Event, Guard, GuardKind, Text, Verb};

/// Joins each closing rule with the rules that mark for it.
pub(super) fn join(automations: Vec<Automation>) -> Vec<Automation> {
    let (closing, mut others): (Vec<_>, Vec<_>) = automations.into_iter().partition(closes_marked);
    let mut alone = Vec::new();
    for second in closing {
        let mut is_joined = false;
        for first in others.iter_mut().filter(|first| marks_for(first, &second)) {
            add(first, &second);
            is_joined = true;
        }
        if !is_joined {
            alone.push(second);
        }
    }
    others.extend(alone);
    others.sort_by_key(|automation| automation.site);
    others
}

/// The event of falling quiet that starts a rule.
fn quiet(automation: &Automation) -> Option<Event> {
    let [trigger] = automation.triggers.as_slice() else { return None };
    matches!(trigger.event, Event::IssueIdle | Event::PrIdle).then_some(trigger.event)
}

fn is_ending(action: &Action) -> bool {
    matches!(action.verb, Verb::Close | Verb::Lock | Verb::DeleteContent)
}

fn closes_marked(automation: &Automation) -> bool {
    let has_label = automation.guards.iter().any(|guard| guard.kind == GuardKind::OnlyLabels);
    quiet(automation).is_some() && has_label && automation.actions.iter().any(is_ending)
}

fn sets<'a>(automation: &'a Automation, label: &Text) -> Option<&'a Action> {
    let is_set = |action: &&Action| {
        action.verb == Verb::Label
            && action.manner.known().is_some_and(|name| name.eq_ignore_ascii_case(&label.text))
    };
    automation.actions.iter().find(is_set)
}

/// Whether a rule marks what another one closes.
fn marks_for(first: &Automation, second: &Automation) -> bool {
    let is_off = |automation: &Automation| automation.enabled.get() == Some(false);
    let mut labels = second.guards.iter().filter(|guard| guard.kind == GuardKind::OnlyLabels);
    quiet(first).is_some()
        && quiet(first) == quiet(second)
        && is_off(first) == is_off(second)
        && labels.any(|guard| guard.values.iter().any(|label| sets(first, label).is_some()))
}

/// Adds the second stage to the first.
fn add(first: &mut Automation, second: &Automation) {
    let delay = second.triggers.first().map(|trigger| trigger.after.clone()).unwrap_or_default();
    let guards: Vec<Guard> = second
        .guards
        .iter()
        .filter(|guard| {
            let marked = guard.values.iter().any(|label| sets(first, label).is_some());
            !(guard.kind == GuardKind::OnlyLabels && marked)
                && first.guards.iter().all(|known| known.kind != guard.kind || known.values != guard.values)
        })
        .cloned()
        .collect();
    first.guards.extend(guards);
    let later = second.actions.iter().cloned().map(|action| Action { delay: delay.clone(), ..action });
    first.actions.extend(later);
}
