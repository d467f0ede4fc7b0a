//! Limits: how often something may happen, as stated by the configuration.

use super::{LimitKind, Site, Stated};

/// The upper end of a limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// At most this many (for [`LimitKind::Cooldown`]: at least this many days).
    AtMost(f64),
    /// Declared to be without limit.
    Unlimited,
}

/// All limits stated at one place: for an account, an automation or an action.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits(Vec<(LimitKind, Stated<Bound>)>);

impl Limits {
    /// Nothing stated.
    pub(super) const NONE: Self = Self(Vec::new());

    /// States a limit; a later statement of the same kind replaces the earlier one.
    pub fn set(&mut self, kind: LimitKind, bound: Stated<Bound>) {
        if bound.is_absent() {
            return;
        }
        self.0.retain(|(known, _)| *known != kind);
        // Most have one; a list grows to four at once.
        self.0.reserve_exact(1);
        self.0.push((kind, bound));
    }

    /// The limit of this kind, if it is mentioned.
    #[must_use]
    pub fn get(&self, kind: LimitKind) -> Option<&Stated<Bound>> {
        self.0.iter().find(|(known, _)| *known == kind).map(|(_, bound)| bound)
    }

    /// The number of this limit, if it is stated and finite.
    #[must_use]
    pub fn number(&self, kind: LimitKind) -> Option<(f64, Site)> {
        match self.get(kind)? {
            Stated::Known(Bound::AtMost(number), site) => Some((*number, *site)),
            _ => None,
        }
    }

    /// All limits, in the order in which they were stated.
    pub fn iter(&self) -> impl Iterator<Item = (LimitKind, &Stated<Bound>)> {
        self.0.iter().map(|(kind, bound)| (*kind, bound))
    }

    /// Whether nothing is stated.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
