//! The effect graph itself: who can set off whom, in which way and how often. Knows no model and no rule;
//! the method is that of a branching process over automations.

use super::brakes::{Brake, Brakes};

/// Numbers closer than this count as equal.
pub(crate) const EPSILON: f64 = 1e-6;

/// What goes round when one automation sets off another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The same person or thread.
    Conversation,
    /// Fresh people, who were not there before.
    Recruitment,
    /// The same item, copied on.
    Echo,
    /// A label, a status, an alert.
    State,
}

/// Who completes a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// Our own automations.
    Ourselves,
    /// The platform, without anybody's decision.
    Platform,
    /// A person.
    Person,
    /// Somebody else's bot.
    Bot,
}

/// One way in which a firing of `source` can fire `target`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hop {
    /// The automation that acts.
    pub source: usize,
    /// The automation that it sets off.
    pub target: usize,
    /// What goes round.
    pub kind: Kind,
    /// Who completes it.
    pub via: Via,
    /// The chance that it happens with people alone, from 0 to 1.
    pub typical: f64,
    /// The chance that it happens where automatic peers are about, from 0 to 1.
    pub worst: f64,
    /// Events that one action can cause.
    pub events: f64,
    /// What could keep the target from firing.
    pub brakes: Brakes,
}

/// Automations as numbers, the hops between them, and how often each fires at most.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Firings a day that come from outside, for each automation.
    pub base: Vec<f64>,
    /// Firings a day that an automation allows itself; infinite where it has no cap.
    pub cap: Vec<f64>,
    /// All hops, also those that a brake removes.
    pub hops: Vec<Hop>,
    /// For automations that wait for days: how long, and how many items can wait.
    pub slow: Vec<Option<Slow>>,
}

/// An automation that waits before it fires again for the same item: at most `items / days` firings a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slow {
    /// Days that it waits.
    pub days: f64,
    /// Items that can wait at the same time.
    pub items: f64,
}

impl Slow {
    /// Firings a day at most.
    #[must_use]
    pub fn per_day(self) -> f64 {
        if self.days > 0.0 { self.items / self.days } else { f64::INFINITY }
    }
}

/// Which chance counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// People alone.
    Typical,
    /// Automatic peers, too.
    Worst,
}

impl Hop {
    /// Expected firings of the target for one firing of the source, by this hop alone.
    #[must_use]
    pub fn gain(&self, case: Case) -> f64 {
        let chance = match case {
            Case::Typical => self.typical,
            Case::Worst => self.worst.max(self.typical),
        };
        chance * self.events
    }

    /// Whether no brake removes it.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.broken_by().is_none()
    }

    /// The first brake that removes it.
    #[must_use]
    pub fn broken_by(&self) -> Option<Brake> {
        self.brakes.iter().find(|brake| brake.breaks(self.kind, self.via))
    }
}

impl Network {
    /// How many automations there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.base.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.base.is_empty()
    }

    /// The hops that no brake removes.
    pub fn live(&self) -> impl Iterator<Item = &Hop> {
        self.hops.iter().filter(|hop| hop.is_live())
    }

    /// The cap of an automation; infinite where it has none.
    #[must_use]
    pub fn cap(&self, node: usize) -> f64 {
        self.cap.get(node).copied().unwrap_or(f64::INFINITY)
    }

    /// How an automation waits, if it does.
    #[must_use]
    pub fn slow(&self, node: usize) -> Option<Slow> {
        self.slow.get(node).copied().flatten()
    }

    /// Firings a day from outside.
    #[must_use]
    pub fn base(&self, node: usize) -> f64 {
        self.base.get(node).copied().unwrap_or(0.0)
    }
}

/// Expected firings of each target for one firing of each source. A person and an automatic peer are two
/// ways of completing one step, so the larger counts; hops by ourselves and by the platform add up.
#[must_use]
pub(super) fn gains<'h>(hops: impl IntoIterator<Item = &'h Hop>, case: Case) -> Vec<(usize, usize, f64)> {
    let gain = |hop: &Hop| {
        let gain = hop.gain(case);
        match hop.via {
            Via::Ourselves | Via::Platform => (gain, 0.0),
            Via::Person | Via::Bot => (0.0, gain),
        }
    };
    let mut pairs: Vec<_> = hops.into_iter().map(|hop| ((hop.source, hop.target), gain(hop))).collect();
    pairs.sort_by_key(|(pair, _)| *pair);
    pairs.dedup_by(|(pair, (certain, by_peers)), (known, (certain_so_far, most))| {
        let is_same = pair == known;
        if is_same {
            *certain_so_far += *certain;
            *most = most.max(*by_peers);
        }
        is_same
    });
    pairs
        .into_iter()
        .map(|((source, target), (certain, by_peers))| (source, target, certain + by_peers))
        .collect()
}
