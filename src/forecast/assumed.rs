//! What a forecast rests on: events that people are assumed to cause, and the chances of the hops on the way.

use std::collections::{BTreeMap, BTreeSet};

use super::contacts::Act;
use crate::analysis::Assumed;
use crate::analysis::effects::{Assumptions, Cause, Effects, Hop, Via};
use crate::model::{AudienceKind, Event, Trigger, Verb};

/// Everything that the numbers of these acts rest on, in alphabetical order.
pub(super) fn assumed(effects: &Effects<'_>, acts: &[Act<'_>], assumptions: &Assumptions) -> Vec<Assumed> {
    let counted: Vec<&Act<'_>> = acts.iter().filter(|act| act.open.is_none()).collect();
    let mut found: BTreeMap<String, Assumed> = BTreeMap::new();
    let mut add = |assumed: Option<Assumed>| {
        if let Some(assumed) = assumed {
            found.insert(assumed.words.clone(), assumed);
        }
    };
    let nodes = causing(effects, counted.iter().map(|act| act.node));
    for number in &nodes {
        let Some(automation) = effects.nodes.get(*number).and_then(|node| node.view.automation) else {
            continue;
        };
        for trigger in automation.triggers.iter().filter(|trigger| is_assumed(trigger)) {
            add(Assumed::events(assumptions, trigger));
        }
    }
    for (hop, cause) in effects.network.hops.iter().zip(&effects.causes) {
        let is_part = nodes.contains(&hop.source) && nodes.contains(&hop.target) && hop.is_live();
        if is_part && let Some((name, words)) = chance(effects, hop, *cause, assumptions) {
            add(Assumed::of(assumptions, name, words));
        }
    }
    for act in &counted {
        if act.action.audience.kind == AudienceKind::OpenItems && act.action.audience.size.get().is_none() {
            add(Assumed::items(assumptions, act.remembers));
        }
    }
    let mut all: Vec<Assumed> = found.into_values().collect();
    if counted.iter().any(|act| act.view.rate().assumed_daily_run) {
        all.push(Assumed::daily_run());
    }
    all.sort_by(|one, other| one.words.cmp(&other.words));
    all
}

/// Whether how often it happens is assumed.
fn is_assumed(trigger: &Trigger) -> bool {
    !matches!(trigger.event, Event::Schedule | Event::Manual)
}

/// These automations, and all that set them off, one by one.
fn causing(effects: &Effects<'_>, nodes: impl Iterator<Item = usize>) -> BTreeSet<usize> {
    let mut sources: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for hop in effects.network.live() {
        sources.entry(hop.target).or_default().push(hop.source);
    }
    let mut found: BTreeSet<usize> = nodes.collect();
    let mut ahead: Vec<usize> = found.iter().copied().collect();
    while let Some(node) = ahead.pop() {
        for source in sources.get(&node).into_iter().flatten() {
            if found.insert(*source) {
                ahead.push(*source);
            }
        }
    }
    found
}

/// The assumption that a hop rests on, in words.
fn chance(
    effects: &Effects<'_>,
    hop: &Hop,
    cause: Cause,
    assumptions: &Assumptions,
) -> Option<(&'static str, String)> {
    if hop.via != Via::Person {
        return None;
    }
    let share = |name: &str| (assumptions.number(name) * 100.0).round();
    let action = effects.nodes.get(hop.source)?.acts.get(cause.act)?;
    if cause.event.is_none() {
        let name = "followers-per-person";
        return Some((
            name,
            format!("that each new follower brings {:.0} people to follow", assumptions.number(name)),
        ));
    }
    Some(match action.verb {
        Verb::Follow => (
            "follow-back",
            format!("that {} of 100 people who are followed follow back", share("follow-back")),
        ),
        Verb::Invite => (
            "invite-accepted",
            format!("that {} of 100 people accept an invitation", share("invite-accepted")),
        ),
        Verb::Post => {
            let name = "onlookers";
            (name, format!("that naming somebody in public has {:.0} reactions", assumptions.number(name)))
        }
        _ => ("answer", format!("that {} of 100 people answer", share("answer"))),
    })
}
