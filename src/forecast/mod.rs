//! What an account will do in the days ahead: the effect graph run forward, once with people alone and once with other
//! bots about. Numbers without a limit, and numbers that only a run knows, are named and not made up. May know the
//! model, its analyses and its narration; never a report or a terminal.

mod assumed;
mod contacts;
mod curve;
mod dice;
mod steps;
mod svg;

use std::collections::BTreeMap;

use crate::analysis::Assumed;
use crate::analysis::effects::{Assumptions, Case, Effects, Network};
use crate::model::{Event, Model, Site, World};
use crate::narrate::deed;

use contacts::{Open, acts};
use curve::{Counting, counted};

pub use curve::Curve;
pub use svg::write as write_svg;

/// More days than this are no forecast.
pub const MOST_DAYS: usize = 365;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Times that somebody gets a notification or a message.
    Contacts,
    /// Different people, where it is known among how many they are; else each contact is taken for another person.
    People,
    /// Follows.
    Follows,
    /// Messages and comments to people.
    Messages,
}

impl What {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Contacts, Self::People, Self::Follows, Self::Messages];

    /// Its name, for people and machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::People => "people",
            Self::Follows => "follows",
            Self::Messages => "messages",
        }
    }
}

/// One thing that is counted, day by day.
#[derive(Clone, Debug)]
pub struct Series {
    /// What is counted.
    pub what: What,
    /// With people alone.
    pub typical: Curve,
    /// With automatic peers about.
    pub worst: Curve,
}

/// An act that has no number.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncounted {
    /// What is done, in a few words.
    pub deed: String,
    /// Why there is no number.
    pub why: Why,
    /// Where it is written.
    pub site: Site,
}

/// Why an act has no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A limit is filled in later.
    Later,
    /// It goes to an audience of which nobody knows how large it is, without a limit.
    Unlimited,
    /// It feeds itself without a limit.
    FeedsItself,
    /// A person decides each time, or starts it.
    Approved,
}

/// The days ahead of one account.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// The account's number in the model.
    pub number: usize,
    /// How it is called.
    pub account: String,
    /// Where it is introduced.
    pub site: Site,
    /// What is counted, without what never happens.
    pub series: Vec<Series>,
    /// Acts that are not among the numbers.
    pub uncounted: Vec<Uncounted>,
    /// Audiences whose size is known and that are all reached within these days.
    pub exhausted: Vec<String>,
    /// What had to be assumed, in alphabetical order.
    pub assumed: Vec<Assumed>,
}

/// How a forecast is made.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many days; at least one, at most [`MOST_DAYS`].
    pub days: usize,
    /// Which chances are drawn where limits bite.
    pub seed: u64,
}

/// Looks ahead for every account that does anything to people, in the order of the files.
#[must_use]
pub fn forecast(model: &Model, assumptions: &Assumptions, plan: Plan) -> Vec<Forecast> {
    let plan = Plan { days: plan.days.clamp(1, MOST_DAYS), ..plan };
    let world = World::new(model);
    let effects = Effects::new(&world, assumptions);
    let by_the_clock: Vec<bool> = effects.nodes.iter().map(is_by_the_clock).collect();
    let courses = [Case::Typical, Case::Worst]
        .map(|case| (case, steps::course(&effects.network, case, by_the_clock.clone())));
    let mut accounts: BTreeMap<usize, Vec<contacts::Act<'_>>> = BTreeMap::new();
    for act in acts(&effects) {
        accounts.entry(act.account).or_default().push(act);
    }
    let counting = Counting::new(courses, plan);
    let mut forecasts = Vec::new();
    for (number, acts) in accounts {
        let Some(account) = model.accounts.get(number) else { continue };
        let counted = counted(&counting, &acts);
        let mut uncounted = uncounted(&effects, &counting, &acts);
        uncounted.dedup();
        forecasts.push(Forecast {
            number,
            account: account.name.clone(),
            site: account.site,
            series: counted.series,
            uncounted,
            exhausted: counted.exhausted,
            assumed: assumed::assumed(&effects, &acts, assumptions),
        });
    }
    forecasts
}

/// Whether the clock alone fires it, or a person by hand.
fn is_by_the_clock(node: &crate::analysis::effects::Node<'_>) -> bool {
    let triggers = node.view.automation.map_or(&[][..], |automation| &automation.triggers);
    triggers.iter().all(|trigger| matches!(trigger.event, Event::Schedule | Event::Manual))
}

fn uncounted(effects: &Effects<'_>, counting: &Counting<'_>, acts: &[contacts::Act<'_>]) -> Vec<Uncounted> {
    let network: &Network = &effects.network;
    let told = acts.iter().filter_map(|act| {
        let why = match act.open {
            Some(Open::Approved) => Why::Approved,
            Some(Open::Later) => Why::Later,
            Some(Open::Unlimited) => Why::Unlimited,
            None if act.is_capped() || !counting.is_unbounded(act.node) => return None,
            None if network.base(act.node).is_infinite() => Why::Unlimited,
            None => Why::FeedsItself,
        };
        Some(Uncounted { deed: deed(&act.view), why, site: act.action.site })
    });
    told.collect()
}
