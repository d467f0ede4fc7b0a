//! Three-valued fields with provenance: what a configuration says, does not say, or says in a way
//! that cannot be known before it runs. Unknown is not absent.

use crate::source::{FileId, Place, Span};

/// Where a value stands: where it is used and, if it came through an alias or a merge, where it is defined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    /// Where the configuration uses the value.
    pub used: Place,
    /// Where the value is written, if that is another place of the same file.
    pub defined: Option<Span>,
}

impl Site {
    /// A value that is written where it is used.
    #[must_use]
    pub const fn new(file: FileId, span: Span) -> Self {
        Self { used: Place { file, span }, defined: None }
    }
}

/// A value of type `T` that a configuration may or may not state.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Stated<T> {
    /// The configuration says so, there.
    Known(T, Site),
    /// The configuration says nothing.
    #[default]
    Absent,
    /// The configuration names a template, a secret or an environment variable, there.
    Unknown(Site),
}

impl<T> Stated<T> {
    /// The value, if it is known.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value, _) => Some(value),
            Self::Absent | Self::Unknown(_) => None,
        }
    }

    /// Where it stands, if the configuration mentions it at all.
    pub const fn site(&self) -> Option<Site> {
        match self {
            Self::Known(_, site) | Self::Unknown(site) => Some(*site),
            Self::Absent => None,
        }
    }

    /// Whether the configuration says nothing about it.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Applies `change` to a known value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Stated<U> {
        match self {
            Self::Known(value, site) => Stated::Known(change(value), site),
            Self::Absent => Stated::Absent,
            Self::Unknown(site) => Stated::Unknown(site),
        }
    }

    /// This value if the configuration mentions it, else the other one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_absent() { other } else { self }
    }
}

impl<T: Copy> Stated<T> {
    /// A copy of the value, if it is known.
    pub fn get(&self) -> Option<T> {
        self.known().copied()
    }
}
