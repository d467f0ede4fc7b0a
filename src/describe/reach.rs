//! How many people an account reaches in a day who did not ask: what each act comes to on a bad day, and what
//! had to be assumed for it.

use std::collections::BTreeMap;

use crate::analysis::effects::{Assumptions, Effects, Node, components, firings};
use crate::model::{AudienceKind, Event, Site, View};
use crate::narrate::{deed, event};

/// How many contributors are told.
const TOLD: usize = 3;

/// What one account comes to.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// People a day; infinite where nothing bounds them.
    pub per_day: f64,
    /// The acts that reach most, the largest first; at most three.
    pub contributors: Vec<Contributor>,
    /// What had to be assumed, in alphabetical order.
    pub assumed: Vec<Assumed>,
}

/// An act that reaches people who did not ask.
#[derive(Clone, Debug)]
pub struct Contributor {
    /// What it does, in a few words.
    pub deed: String,
    /// People a day; infinite where nothing bounds them.
    pub per_day: f64,
    /// Where it is written.
    pub site: Site,
}

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

/// The reach of every account that reaches anybody uninvited, by its number.
#[must_use]
pub fn reach(effects: &Effects<'_>, assumptions: &Assumptions) -> BTreeMap<usize, Reach> {
    let firings = firings(&effects.network, &components(&effects.network));
    let mut acts: BTreeMap<usize, BTreeMap<Site, Contributor>> = BTreeMap::new();
    let mut reaches: BTreeMap<usize, Reach> = BTreeMap::new();
    for (node, fires) in effects.nodes.iter().zip(firings) {
        for action in &node.acts {
            let view = node.view.on(action);
            if !view.is_unsolicited() {
                continue;
            }
            let (per_day, shared) = people(&view, fires);
            let contributor = Contributor { deed: deed(&view), per_day, site: action.site };
            // A limit that stands at one place holds once, however many automations share it.
            let entry = acts.entry(node.account).or_default();
            let known = entry.entry(shared.unwrap_or(action.site)).or_insert_with(|| contributor.clone());
            if contributor.per_day > known.per_day {
                *known = contributor;
            }
            let reach = reaches.entry(node.account).or_default();
            if per_day > 0.0 {
                assume(node, &view, per_day, assumptions, &mut reach.assumed);
            }
        }
    }
    for (account, acts) in acts {
        let Some(reach) = reaches.get_mut(&account) else { continue };
        reach.per_day = acts.values().map(|act| act.per_day).sum();
        reach.contributors = acts.into_values().filter(|act| act.per_day > 0.0).collect();
        reach.contributors.sort_by(|a, b| b.per_day.total_cmp(&a.per_day));
        reach.contributors.truncate(TOLD);
        reach.assumed.sort_by(|a, b| a.words.cmp(&b.words));
        reach.assumed.dedup();
    }
    reaches
}

/// People a day whom an act reaches, and where the limit stands that decides.
fn people(view: &View<'_>, fires: f64) -> (f64, Option<Site>) {
    let Some(action) = view.action else { return (0.0, None) };
    let rate = view.rate();
    let limit = rate.sites.first().copied().filter(|_| rate.per_day.is_some());
    match (action.audience.kind, rate.per_day) {
        (AudienceKind::Initiator, Some(most)) if most <= fires => (most, limit),
        (AudienceKind::Initiator, _) => (fires, None),
        (_, Some(most)) => (most, limit),
        _ if action.audience.is_finite() => (fires * action.audience.of.len().max(1) as f64, None),
        _ if fires > 0.0 => (f64::INFINITY, None),
        _ => (0.0, None),
    }
}

/// Notes what had to be assumed for a number.
fn assume(
    node: &Node<'_>,
    view: &View<'_>,
    per_day: f64,
    assumptions: &Assumptions,
    noted: &mut Vec<Assumed>,
) {
    if view.rate().assumed_daily_run {
        noted.push(Assumed {
            name: None,
            value: 1.0,
            words: "that it runs once a day".to_owned(),
            why: "the configuration does not say how often".to_owned(),
        });
    }
    let capped = view.rate().per_day.is_some_and(|most| most <= per_day);
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    if per_day.is_infinite() || capped || node.base <= 0.0 {
        return;
    }
    if per_day > node.base {
        noted.push(Assumed {
            name: None,
            value: 1.0,
            words: "that everybody whom it reaches reacts".to_owned(),
            why: "as other bots do".to_owned(),
        });
    }
    for trigger in triggers {
        if matches!(trigger.event, Event::Schedule | Event::Manual) {
            continue;
        }
        let name = assumptions.name_of(trigger.event);
        let Some(assumption) = assumptions.get(name) else { continue };
        noted.push(Assumed {
            name: Some(name),
            value: assumption.value,
            words: format!("that {:.0} times a day {}", assumption.value, event(trigger)),
            why: assumption.why.clone(),
        });
    }
}
