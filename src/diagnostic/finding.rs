//! One finding: what is wrong, where, for whom, and what to do instead.
//! Knows places in sources, nothing of rules' conditions, dialects or output formats.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Fix;
use crate::source::Place;

/// How much it matters. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Hygiene, hidden unless asked for.
    Info,
    /// Usually unwelcome; context may justify it.
    Warning,
    /// Harms or coerces somebody by design, or cannot stop.
    Error,
}

/// How sure the linter is. Ordered: `Low < Medium < High`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Wording or a guess.
    Low,
    /// Structure and an assumption.
    Medium,
    /// Structure proves it.
    High,
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}

/// An underlined place with a few words: lower case, no final period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What is underlined.
    pub place: Place,
    /// What is said about it.
    pub text: String,
}

/// Identifies the model object a finding is about, so that one harm gives one finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An account, by its index in the model.
    Account(u32),
    /// An automation, by its index in the model.
    Automation(u32),
    /// An action: the index of its automation and its own index there.
    Action(u32, u32),
    /// A file of the run, by its number.
    File(u32),
}

/// What silences a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuppressedBy {
    /// A comment in the configuration itself.
    Comment,
    /// An entry of the settings.
    Settings,
    /// A baseline: the finding was there before.
    Baseline,
}

impl SuppressedBy {
    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Settings => "settings",
            Self::Baseline => "baseline",
        }
    }
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// What silences it.
    pub by: SuppressedBy,
    /// The reason that was given; empty where there is none.
    pub reason: String,
    /// Where that is written, if it is in a file of the run.
    pub place: Option<Place>,
}

/// A finding, ready to be reported in any format.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's name, for example `follow-ratchet`.
    pub rule: Cow<'static, str>,
    /// The rule's family, for example `follow`; `engine` for the engine's own diagnostics.
    pub family: Cow<'static, str>,
    /// The headline: lower case, no final period.
    pub title: String,
    /// How much it matters, here.
    pub severity: Severity,
    /// How sure the linter is, here.
    pub confidence: Confidence,
    /// What the config does and who is hurt, in sentences.
    pub message: String,
    /// What to do instead, in one sentence; empty where there is nothing to advise.
    pub help: String,
    /// The main place; its line is the finding's line.
    pub primary: Label,
    /// Further places, in order of importance, possibly in other files.
    pub related: Vec<Label>,
    /// Facts that belong to the finding: assumptions, weaker findings it covers.
    pub notes: Vec<String>,
    /// The hops of a cycle in order; empty for findings that are not about cycles.
    pub hops: Vec<Label>,
    /// The model objects concerned; the first one is the main subject.
    pub subjects: Vec<Subject>,
    /// Measured values that belong to the finding, for machines (`follows-per-day = 300`).
    pub values: BTreeMap<String, String>,
    /// What silences it; such a finding stays in the report and does not count.
    pub suppressed: Option<Suppression>,
    /// The name of the automation it is about, or else of the account; empty where it is about a file.
    pub whose: String,
    /// An edit that makes it go away; none until somebody asks for it, see [`crate::fix::propose`].
    pub fix: Option<Box<Fix>>,
    /// What it is recognised by in the next run: see [`super::fingerprints`]. Empty until the run is over.
    pub fingerprint: String,
}

impl Finding {
    /// Whether nothing silences it.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.suppressed.is_none()
    }

    /// Hands out every text that may hold words of a configuration, one after the other.
    pub(crate) fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        let labels = std::iter::once(&mut self.primary).chain(&mut self.related).chain(&mut self.hops);
        labels.for_each(|label| change(&mut label.text));
        [&mut self.title, &mut self.message, &mut self.help].into_iter().for_each(&mut *change);
        self.notes.iter_mut().chain(self.values.values_mut()).for_each(&mut *change);
        self.suppressed.iter_mut().for_each(|suppressed| change(&mut suppressed.reason));
    }

    /// Sort key: file, position, then worst severity first, then rule name.
    #[must_use]
    pub fn order(&self) -> (Place, std::cmp::Reverse<Severity>, &str) {
        (self.primary.place, std::cmp::Reverse(self.severity), &self.rule)
    }
}
