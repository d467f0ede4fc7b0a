//! What a forecast rests on: events that people are assumed to cause, and the chances of the hops on the way.

use std::collections::{BTreeMap, BTreeSet};

use super::contacts::Act;
use crate::analysis::effects::{Assumptions, Cause, Effects, Hop, Via};
use crate::model::{AudienceKind, Event, Trigger, Verb};
use crate::narrate::event;

/// A number that the configuration does not tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// Its name in settings; none for what no setting changes.
    pub name: Option<&'static str>,
    /// The number.
    pub value: f64,
    /// What is assumed: `50 times a day someone follows you`.
    pub words: String,
    /// Where the number comes from.
    pub why: String,
}

/// Everything that the numbers of these acts rest on, in alphabetical order.
pub(super) fn assumed(effects: &Effects<'_>, acts: &[Act<'_>], assumptions: &Assumptions) -> Vec<Assumed> {
    let counted: Vec<&Act<'_>> = acts.iter().filter(|act| act.open.is_none()).collect();
    let mut found: BTreeMap<String, Assumed> = BTreeMap::new();
    let mut add = |name: &'static str, words: String| {
        if let Some(known) = assumptions.get(name) {
            let assumed = Assumed {
                name: Some(name),
                value: known.value,
                words: words.clone(),
                why: known.why.clone(),
            };
            found.insert(words, assumed);
        }
    };
    let nodes = causing(effects, counted.iter().map(|act| act.node));
    for number in &nodes {
        let Some(automation) = effects.nodes.get(*number).and_then(|node| node.view.automation) else {
            continue;
        };
        for trigger in automation.triggers.iter().filter(|trigger| is_assumed(trigger)) {
            let name = assumptions.name_of(trigger.event);
            add(
                name,
                format!("that {:.0} times a day {}", assumptions.per_day(trigger.event), event(trigger)),
            );
        }
    }
    for (hop, cause) in effects.network.hops.iter().zip(&effects.causes) {
        let is_part = nodes.contains(&hop.source) && nodes.contains(&hop.target) && hop.is_live();
        if is_part && let Some((name, words)) = chance(effects, hop, *cause, assumptions) {
            add(name, words);
        }
    }
    for act in &counted {
        if act.action.audience.kind == AudienceKind::OpenItems && act.action.audience.size.get().is_none() {
            let (name, items) = match act.remembers {
                true => ("other-event", "items a day are new to it"),
                false => ("open-items", "items are open"),
            };
            add(name, format!("that {:.0} {items}", assumptions.number(name)));
        }
    }
    let mut all: Vec<Assumed> = found.into_values().collect();
    if counted.iter().any(|act| act.view.rate().assumed_daily_run) {
        all.push(Assumed {
            name: None,
            value: 1.0,
            words: "that it runs once a day".to_owned(),
            why: "the configuration does not say how often".to_owned(),
        });
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
