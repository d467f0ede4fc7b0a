//! How many people an account reaches in a day who did not ask: what each act comes to on a bad day, and what
//! had to be assumed for it.

use std::collections::BTreeMap;

use crate::analysis::effects::{self, Assumptions, Component, Effects, firings};
use crate::model::Site;
use crate::narrate::{amount, deed, event, listed};

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

impl Reach {
    /// Whether there is a number of people who did not ask, or none bounds it.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.per_day > 0.0
    }

    /// Whom it reaches, as sentences; `all_known` where nothing about the account is left open. Nothing where it
    /// reaches nobody and only names people in front of others.
    #[must_use]
    pub fn said(&self, all_known: bool) -> Option<String> {
        const UNKNOWN: &str = "People of whom the file does not say whether they asked.";
        const MORE: &str = "It also reaches people of whom the file does not say whether they asked.";
        if !self.is_counted() && !self.unsaid {
            let known = if all_known { "" } else { ", as far as can be known" };
            let is_nobody = !(self.unasked || self.in_its_place || self.asked);
            return (self.named.is_empty() || !is_nobody).then(|| format!("{}{known}.", self.few()));
        }
        let unasked = match (self.is_counted(), self.unasked) {
            (true, _) => Some(self.at_most()),
            (false, true) => Some(format!("{}.", self.few())),
            (false, false) => None,
        };
        Some(match unasked {
            Some(many) if self.unsaid => format!("{many} {MORE}"),
            Some(many) => many,
            None => UNKNOWN.to_owned(),
        })
    }

    /// What had to be assumed, as a sentence; empty where nothing had to.
    #[must_use]
    pub fn assuming(&self) -> String {
        let assumed: Vec<String> =
            self.assumed.iter().map(|assumed| format!("{} ({})", assumed.words, assumed.why)).collect();
        if assumed.is_empty() { String::new() } else { format!("This assumes {}.", listed(&assumed, "and")) }
    }

    /// Whom it reaches where nobody is reached who did not ask.
    const fn few(&self) -> &'static str {
        match (self.in_its_place, self.asked) {
            _ if self.unasked => {
                "People who did not ask, each time that it is set off; the file does not say how often that is"
            }
            (true, _) => "Whoever is in the places that it watches; how many those are is not its to choose",
            (false, true) => "Only people who turned to it, or subscribed",
            (false, false) if self.drops => "It contacts nobody; it drops people",
            (false, false) => "Nobody directly",
        }
    }

    /// How many people a day are reached who did not ask.
    fn at_most(&self) -> String {
        if self.per_day.is_infinite() && self.limited_later {
            return "It reaches people who did not ask; how many at most is filled in later.".to_owned();
        }
        if self.per_day.is_infinite() {
            return "On a bad day it reaches people who did not ask, without limit.".to_owned();
        }
        let number = amount(self.per_day.ceil());
        let noun = if number == "one" { "person" } else { "people" };
        format!("On a bad day it reaches up to {number} {noun} who did not ask.")
    }
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
    let without_name = |words: &str, why: &str| Assumed {
        name: None,
        value: 1.0,
        words: words.to_owned(),
        why: why.to_owned(),
    };
    let mut assumed = Vec::new();
    if reach.assumed_daily_run {
        assumed.push(without_name("that it runs once a day", "the configuration does not say how often"));
    }
    if let Some(only_new) = reach.assumed_items {
        let name = if only_new { "other-event" } else { "open-items" };
        if let Some(assumption) = assumptions.get(name) {
            let items = if only_new { "items a day are new to it" } else { "items are open" };
            assumed.push(Assumed {
                name: Some(name),
                value: assumption.value,
                words: format!("that {:.0} {items}", assumption.value),
                why: assumption.why.clone(),
            });
        }
    }
    if reach.feeds_itself {
        assumed.push(without_name("that everybody whom it reaches reacts", "as other bots do"));
    }
    for kind in &reach.assumed {
        let name = assumptions.name_of(*kind);
        let triggers = reach
            .contributors
            .iter()
            .chain(&reach.named)
            .filter_map(|known| effects.nodes.get(known.node)?.view.automation);
        let trigger =
            triggers.flat_map(|automation| &automation.triggers).find(|trigger| trigger.event == *kind);
        let (Some(assumption), Some(trigger)) = (assumptions.get(name), trigger) else { continue };
        assumed.push(Assumed {
            name: Some(name),
            value: assumption.value,
            words: format!("that {:.0} times a day {}", assumption.value, event(trigger)),
            why: assumption.why.clone(),
        });
    }
    assumed.sort_by(|a, b| a.words.cmp(&b.words));
    assumed.dedup();
    assumed
}
