//! Named analyses that conditions cannot express: they look at several automations, at numbers in
//! messages, or at cycles. May know the model; never a syntax, a dialect or a report.

mod clones;
mod crowd;
mod deadline;
mod passing_off;
mod ratchet;
mod voices;

use crate::diagnostic::{Confidence, Severity};
use crate::model::{Action, Site, View, World};
use crate::rules::Thresholds;

/// An analysis that a rule file can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Analysis {
    /// Following that feeds itself.
    Ratchet,
    /// Messages that promise other deadlines than the settings keep.
    Deadline,
    /// The same text from several accounts.
    Clones,
    /// Accounts of one owner that cheer for each other.
    Crowd,
}

/// What an analysis found: where, in which words, and how much it matters.
#[derive(Clone, Debug)]
pub struct Discovery<'m> {
    /// The account concerned.
    pub account: usize,
    /// The actions concerned: the number of the automation and the action.
    pub actions: Vec<(usize, &'m Action)>,
    /// Places and what is said about them, the main one first.
    pub labels: Vec<(Site, String)>,
    /// The severity, where it differs from the rule's.
    pub severity: Option<Severity>,
    /// The confidence, where it differs from the rule's.
    pub confidence: Option<Confidence>,
    /// Assumptions and figures.
    pub notes: Vec<String>,
}

impl Analysis {
    /// Every analysis.
    pub const ALL: &'static [Self] = &[Self::Ratchet, Self::Deadline, Self::Clones, Self::Crowd];

    /// Its name in rule files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratchet => "ratchet",
            Self::Deadline => "deadline",
            Self::Clones => "clones",
            Self::Crowd => "crowd",
        }
    }

    /// The threshold that it compares with, if there is one.
    #[must_use]
    pub const fn threshold(self) -> Option<&'static str> {
        match self {
            Self::Ratchet | Self::Deadline => None,
            Self::Clones => Some(clones::THRESHOLD),
            Self::Crowd => Some(crowd::THRESHOLD),
        }
    }

    /// The analysis of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|analysis| analysis.name() == name)
    }

    /// Runs it on all accounts of the run.
    pub(crate) fn run<'m>(self, world: &'m World<'m>, thresholds: &Thresholds) -> Vec<Discovery<'m>> {
        match self {
            Self::Ratchet => ratchet::find(world),
            Self::Deadline => deadline::find(world),
            Self::Clones => clones::find(world, thresholds),
            Self::Crowd => crowd::find(world, thresholds),
        }
    }
}

/// The live actions of an account, with the number of their automation.
fn live_actions<'m>(world: &'m World<'m>, account: usize) -> impl Iterator<Item = (usize, View<'m>)> {
    let automations = world.automations_of(account).iter();
    automations
        .filter_map(|number| Some((*number, world.automation(*number)?)))
        .filter(|(_, view)| view.is_live())
        .flat_map(|(number, view)| view.actions().map(move |action| (number, action)))
}
