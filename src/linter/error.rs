//! Why a linter cannot be built.

use crate::diagnostic::BaselineError;
use crate::mistake::{Mistake, listed};
use crate::rules::BrokenRulebook;
use crate::settings::SettingsError;

/// Why there is no [`Linter`](crate::Linter).
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The settings, or the rule files that they name, have mistakes.
    #[error("{0}")]
    Settings(SettingsError),
    /// Your own rules have mistakes.
    #[error(fmt = mistakes_listed)]
    Rules(Vec<Mistake>),
    /// Your own dialects have mistakes, or cannot be read.
    #[error(fmt = mistakes_listed)]
    Dialects(Vec<Mistake>),
    /// A name that no pack of rules may have.
    #[error("{0}")]
    Pack(String),
    /// A name that nothing has.
    #[error("unknown {kind} `{name}`{near}")]
    Unknown {
        /// What it should be the name of.
        kind: &'static str,
        /// As it was given.
        name: String,
        /// The names like it, as a sentence; empty where there are none.
        near: String,
    },
    /// A baseline that the settings name and that cannot be used.
    #[error("{0}")]
    Baseline(#[from] BaselineError),
    /// A built-in rule that cannot be read: a bug in botiquette.
    #[error("{0}")]
    Bug(#[from] BrokenRulebook),
}

fn mistakes_listed(mistakes: &[Mistake], out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    listed(mistakes, out)
}
