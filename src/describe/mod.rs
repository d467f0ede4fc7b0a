//! What was understood of a run, account by account, for people who never saw a configuration: who it is,
//! what it does, how many people it reaches, what feeds itself, what could not be known.
//! May know the model, its analyses and its narration; as data for machines, a whole run. Never a terminal.

mod json;
mod loops;
mod profile;
mod reach;
mod unknown;
mod words;

use crate::analysis::effects::{Assumptions, Effects, components};
use crate::model::{Model, Site, View, World};
use crate::narrate::{deed, sentence};

pub use json::{accounts, document, line_of, slips};
pub use loops::Circle;
pub use reach::{Contributor, Reach};

use reach::reach;

/// One account in words.
#[derive(Clone, Debug)]
pub struct Description {
    /// The account's number in the model.
    pub number: usize,
    /// How it is called.
    pub account: String,
    /// Where it is introduced.
    pub site: Site,
    /// Who it is and what holds for everything it does, as sentences.
    pub who: Vec<String>,
    /// What it does, one entry for each automation that is on.
    pub does: Vec<Told>,
    /// What it would do, if it were switched on.
    pub off: Vec<Told>,
    /// How many people it reaches who did not ask.
    pub reach: Reach,
    /// What feeds itself.
    pub circles: Vec<Circle>,
    /// What could not be known, and where that stands.
    pub unknown: Vec<(Site, String)>,
}

/// An automation in words.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its name in the configuration.
    pub name: String,
    /// What it does, as a sentence.
    pub sentence: String,
    /// The same in a few words.
    pub deed: String,
    /// Where it stands.
    pub site: Site,
}

impl Told {
    /// An automation in words; nothing where the view looks at none.
    fn new(view: &View<'_>) -> Option<Self> {
        let automation = view.automation?;
        Some(Self {
            name: automation.name.clone(),
            sentence: sentence(view),
            deed: deed(view),
            site: automation.site,
        })
    }
}

/// Describes every account that does anything or has anything switched off, in the order of the files.
#[must_use]
pub fn describe(model: &Model, assumptions: &Assumptions) -> Vec<Description> {
    let world = World::new(model);
    let effects = Effects::new(&world, assumptions);
    let components = components(&effects.network);
    let mut reach = reach(&effects, &components, assumptions);
    let mut circles = loops::circles(&effects, &components);
    let mut descriptions = Vec::new();
    for number in 0..model.accounts.len() {
        let Some(view) = world.account(number) else { continue };
        let automations = world.automations_of(number).iter();
        let views: Vec<View<'_>> = automations.filter_map(|number| world.automation(*number)).collect();
        if views.is_empty() {
            continue;
        }
        let (live, off): (Vec<_>, Vec<_>) = views.iter().partition(|view| view.is_live());
        descriptions.push(Description {
            number,
            account: view.account.name.clone(),
            site: view.account.site,
            who: profile::who(&view),
            does: live.iter().filter_map(|view| Told::new(view)).collect(),
            off: off.iter().filter_map(|view| Told::new(view)).collect(),
            reach: reach.remove(&number).unwrap_or_default(),
            circles: circles.remove(&number).unwrap_or_default(),
            unknown: unknown::unknown(&view, &views),
        });
    }
    descriptions
}
