//! The settings file as it is written: every key with its type. Names are kept with their places, to be checked
//! against the rulebook later.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::Severity;

/// A name as written, and where.
pub(super) type Name = Spanned<String>;

/// `botiquette.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct File {
    pub(super) extend: Option<Name>,
    pub(super) profile: Option<Profile>,
    pub(super) select: Vec<Name>,
    pub(super) ignore: Vec<Name>,
    pub(super) fail_on: Option<FailOn>,
    pub(super) exclude: Vec<Name>,
    pub(super) max_findings: MaxFindings,
    pub(super) baseline: Option<String>,
    pub(super) pack: Option<Name>,
    pub(super) rules: Own,
    pub(super) dialects: Own,
    pub(super) thresholds: BTreeMap<Name, Level>,
    pub(super) severity: BTreeMap<Name, Weight>,
    pub(super) facts: BTreeMap<Name, toml::Value>,
    pub(super) accounts: BTreeMap<Name, Account>,
    pub(super) overrides: Vec<Override>,
    pub(super) suppressions: Vec<Spanned<Exempt>>,
    /// What a run assumes about people.
    pub(super) assume: BTreeMap<Name, f64>,
}

/// A set of defaults for a kind of bot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Errors and warnings as the rules have them, information hidden.
    #[default]
    Recommended,
    /// Information shown, the strict level of thresholds, and words of messages weigh one level more.
    Strict,
    /// For moderation and community tools: rules on the follow graph only where an account follows at all.
    Community,
    /// For bots that only publish: rules about what is missing only for accounts that contact people.
    Feed,
}

impl Profile {
    /// Every profile with its spelling.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Recommended, "recommended"),
        (Self::Strict, "strict"),
        (Self::Community, "community"),
        (Self::Feed, "feed"),
    ];
}

/// The least severity that makes a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings, too.
    Warning,
    /// Any finding.
    Info,
    /// Nothing: findings are only reported.
    Never,
}

/// Where rule files, or dialect files, of one's own are.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Own {
    pub(super) paths: Vec<Name>,
}

/// How many findings a report may hold.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct MaxFindings {
    pub(super) per_file: Option<NonZeroU32>,
    pub(super) per_run: Option<NonZeroU32>,
}

/// A threshold: its warning level, or both.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged, expecting = "this should be a number, or a table with `warning` and `error`")]
pub(super) enum Level {
    Warning(f64),
    Both(Both),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Both {
    pub(super) warning: Option<f64>,
    pub(super) error: Option<f64>,
}

/// How much the findings of a rule matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Weight {
    Error,
    Warning,
    Info,
    Off,
}

/// What is known about one account.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Account {
    pub(super) facts: BTreeMap<Name, toml::Value>,
}

/// Other settings for some files. Equal are those that say the same, wherever they stand.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Override {
    pub(super) paths: Vec<Name>,
    #[serde(default)]
    pub(super) select: Vec<Name>,
    #[serde(default)]
    pub(super) ignore: Vec<Name>,
    #[serde(default)]
    pub(super) severity: BTreeMap<Name, Weight>,
}

/// Findings of a rule that are silent in some files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exempt {
    pub(super) path: Name,
    pub(super) rule: Name,
    pub(super) automation: Option<String>,
    #[serde(default)]
    pub(super) reason: String,
}

impl Level {
    /// The levels that are set: warning, error.
    pub(super) const fn levels(self) -> (Option<f64>, Option<f64>) {
        match self {
            Self::Warning(warning) => (Some(warning), None),
            Self::Both(both) => (both.warning, both.error),
        }
    }
}

impl Weight {
    /// The severity; none where the rule is off.
    pub(super) const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

impl From<Severity> for FailOn {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

impl FailOn {
    /// The severity; none where nothing makes a run fail.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}
