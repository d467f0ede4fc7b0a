//! How many people who did not ask an account reaches in a day: the worst case of each act, and the assumptions behind
//! it.

use std::collections::BTreeMap;

use crate::analysis::Assumed;
use crate::analysis::effects::{self, Assumptions, Component, Effects, firings};
use crate::model::Site;
use crate::narrate::deed;

/// How many contributors are told.
const TOLD: usize = 3;

/// What one account comes to.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// People a day; infinite where nothing bounds them.
    pub per_day: f64,
    /// The acts that reach most, the largest first; at most three.
    pub contributors: Vec<Contributor>,
    /// Whether people who did not ask are reached, however often.
    pub unasked: bool,
    /// Whether people are reached of whom the file does not say whether they asked.
    pub unsaid: bool,
    /// Acts on people of whom the file does not say whether they asked; at most three.
    pub open: Vec<Contributor>,
    /// Acts that name people in front of others, who get no message; at most three.
    pub named: Vec<Contributor>,
    /// Whether it deals with people in a place that it looks after.
    pub in_its_place: bool,
    /// Whether it drops people: unfollows, blocks, mutes.
    pub drops: bool,
    /// Whether people whom it reaches turned to it or subscribed.
    pub asked: bool,
    /// Whether all that is without a bound has a limit whose number only a run knows.
    pub limited_later: bool,
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
    /// Whether a limit holds whose number only a run knows.
    pub unknown: bool,
    /// Where it is written.
    pub site: Site,
}

/// The reach of every account that reaches anybody uninvited, by its number.
#[must_use]
pub(super) fn reach(
    effects: &Effects<'_>,
    components: &[Component],
    assumptions: &Assumptions,
) -> BTreeMap<usize, Reach> {
    let firings = firings(&effects.network, components);
    let reaches = effects::reach(effects, &firings);
    reaches.into_iter().map(|(account, reach)| (account, told(effects, &reach, assumptions))).collect()
}

fn told(effects: &Effects<'_>, reach: &effects::Reach, assumptions: &Assumptions) -> Reach {
    let contributor = |known: &effects::Contributor| {
        let node = effects.nodes.get(known.node)?;
        let action = node.acts.get(known.act)?;
        let deed = deed(&node.view.on(action));
        Some(Contributor { deed, per_day: known.per_day, unknown: known.unknown, site: action.site })
    };
    let open = reach.open.as_ref().map_or(&[][..], |open| &open.contributors);
    let mut together = assumed(effects, reach, assumptions);
    if let Some(open) = &reach.open {
        together.extend(assumed(effects, open, assumptions));
        together.sort_by(|a, b| a.words.cmp(&b.words));
        together.dedup();
    }
    Reach {
        per_day: reach.per_day,
        contributors: few(reach.contributors.iter().filter_map(contributor)),
        open: few(open.iter().filter_map(contributor)),
        named: few(reach.named.iter().filter_map(contributor)),
        unasked: reach.unasked,
        unsaid: reach.open.is_some(),
        in_its_place: reach.in_its_place,
        drops: reach.drops,
        asked: reach.asked,
        limited_later: reach.contributors.iter().all(|known| known.unknown || known.per_day.is_finite()),
        assumed: together,
    }
}

/// The acts that reach most; those that read alike are one, with what they reach together.
fn few(all: impl Iterator<Item = Contributor>) -> Vec<Contributor> {
    let mut told: Vec<Contributor> = Vec::new();
    for contributor in all {
        if let Some(known) = told.iter_mut().find(|known| known.deed == contributor.deed) {
            known.per_day += contributor.per_day;
            known.unknown &= contributor.unknown;
        } else if told.len() < TOLD {
            told.push(contributor);
        }
    }
    told
}

/// What had to be assumed, in words.
fn assumed(effects: &Effects<'_>, reach: &effects::Reach, assumptions: &Assumptions) -> Vec<Assumed> {
    let mut assumed = Vec::new();
    if reach.assumed_daily_run {
        assumed.push(Assumed::daily_run());
    }
    if let Some(only_new) = reach.assumed_items {
        assumed.extend(Assumed::items(assumptions, only_new));
    }
    if reach.feeds_itself {
        assumed.push(Assumed::unnamed("that everybody whom it reaches reacts", "as other bots do"));
    }
    for kind in &reach.assumed {
        let automations = reach
            .contributors
            .iter()
            .chain(&reach.named)
            .filter_map(|known| effects.nodes.get(known.node)?.view.automation);
        let trigger =
            automations.flat_map(|automation| &automation.triggers).find(|trigger| trigger.event == *kind);
        assumed.extend(trigger.and_then(|trigger| Assumed::events(assumptions, trigger)));
    }
    assumed.sort_by(|a, b| a.words.cmp(&b.words));
    assumed.dedup();
    assumed
}
