//! Named analyses that conditions cannot express: they look at several automations, at numbers in
//! messages, or at cycles. May know the model; never a syntax, a dialect or a report.

mod assumed;
mod blast_radius;
mod clones;
mod crowd;
mod deadline;
pub mod effects;
pub(crate) mod loops;
mod passing_off;
mod ratchet;
mod study;
mod voices;
mod words;

pub use assumed::Assumed;
pub use study::Study;

use crate::diagnostic::{Confidence, Severity};
use crate::model::{Action, Site, View, World};
use effects::Loop;

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
    /// An automation whose output sets it off again.
    SelfTrigger,
    /// Bots that answer each other.
    ReplyLoop,
    /// Copies that are copied back.
    MirrorLoop,
    /// Automations that feed each other.
    AmplificationLoop,
    /// How many people a whole set-up reaches.
    BlastRadius,
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
    /// The hops of a cycle, in order.
    pub hops: Vec<(Site, String)>,
    /// Acts that set a cycle off from outside, in front of a crowd.
    pub feeders: Vec<(usize, &'m Action)>,
    /// The severity, where it differs from the rule's.
    pub severity: Option<Severity>,
    /// The confidence, where it differs from the rule's.
    pub confidence: Option<Confidence>,
    /// Assumptions and figures.
    pub notes: Vec<String>,
}

impl Discovery<'_> {
    /// A discovery about an account, with nothing further known.
    const fn of(account: usize) -> Self {
        Self {
            account,
            actions: Vec::new(),
            labels: Vec::new(),
            hops: Vec::new(),
            feeders: Vec::new(),
            severity: None,
            confidence: None,
            notes: Vec::new(),
        }
    }
}

impl Analysis {
    /// Every analysis with its name in rule files.
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Ratchet, "ratchet"),
        (Self::Deadline, "deadline"),
        (Self::Clones, "clones"),
        (Self::Crowd, "crowd"),
        (Self::SelfTrigger, "self-trigger"),
        (Self::ReplyLoop, "reply-loop"),
        (Self::MirrorLoop, "mirror-loop"),
        (Self::AmplificationLoop, "amplification-loop"),
        (Self::BlastRadius, "blast-radius"),
    ];

    /// The names of all analyses.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::NAMES.iter().map(|(_, name)| *name)
    }

    /// The threshold that it compares with, if there is one.
    #[must_use]
    pub const fn threshold(self) -> Option<&'static str> {
        match self {
            Self::Clones => Some(clones::THRESHOLD),
            Self::Crowd => Some(crowd::THRESHOLD),
            Self::BlastRadius => Some(blast_radius::THRESHOLD),
            _ => None,
        }
    }

    /// The analysis of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(analysis, _)| *analysis)
    }

    /// Runs it on all accounts of the run.
    pub(crate) fn run<'m>(self, study: &Study<'m>) -> Vec<Discovery<'m>> {
        match self {
            Self::Ratchet => ratchet::find(study),
            Self::Deadline => deadline::find(study.world),
            Self::Clones => clones::find(study.world, study.thresholds),
            Self::Crowd => crowd::find(study.world, study.thresholds),
            Self::SelfTrigger => loops::find(study, Loop::SelfTrigger),
            Self::ReplyLoop => loops::find(study, Loop::Reply),
            Self::MirrorLoop => loops::find(study, Loop::Mirror),
            Self::AmplificationLoop => loops::find(study, Loop::Amplification),
            Self::BlastRadius => blast_radius::find(study),
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
