//! An edit that makes a finding go away.

use std::fmt;

use serde::Serialize;

use crate::source::Place;

/// Whether a fix can be made without asking. Ordered: `Safe < Unsafe`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Safety {
    /// It takes away nothing that somebody may have wanted.
    Safe,
    /// It takes something away that somebody may have wanted.
    Unsafe,
}

impl fmt::Display for Safety {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        })
    }
}

/// Bytes of a file that are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Which bytes; an empty range where something is only added.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// An edit of one or more files after which a finding is gone, and none is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a wish: `limit it to 20 a day`.
    pub title: String,
    /// Whether it can be made without asking.
    pub safety: Safety,
    /// What is replaced, by file and place; no two touch each other.
    pub edits: Vec<Edit>,
}
