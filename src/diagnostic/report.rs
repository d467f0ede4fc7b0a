//! The result of a run: what happened to each file, and all findings in order.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::diagnostic::{Confidence, Finding, Severity, SuppressedBy};
use crate::model::Coverage;
use crate::source::FileId;

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// Read, understood and linted.
    Linted,
    /// Read, but it is no bot configuration that botiquette understands.
    Unrecognised,
    /// Could not be read or parsed; a finding or an error says why.
    Failed,
}

/// One input of the run.
#[derive(Clone, Debug)]
pub struct FileOutcome {
    /// The file, whose path and text are in [`crate::source::Sources`].
    pub file: FileId,
    /// What became of it.
    pub status: FileStatus,
    /// The dialect it was read as.
    pub dialect: Option<&'static str>,
    /// How many automations were understood in it.
    pub automations: usize,
    /// Whether the user named this file, as opposed to finding it in a folder.
    pub named: bool,
    /// Why it was taken, or was not.
    pub because: Cow<'static, str>,
    /// What was made of its settings, where its dialect can tell.
    pub coverage: Option<Coverage>,
}

/// Everything a run found, in the order in which it is shown.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Inputs in the order in which they were given or found.
    pub files: Vec<FileOutcome>,
    /// Findings, sorted by file, position, severity and rule.
    pub findings: Vec<Finding>,
    /// Problems with inputs that are no findings (missing path, unreadable file): one sentence each.
    pub problems: Vec<String>,
    /// The rules that ran, for formats that introduce them.
    pub rules: Vec<RuleCard>,
    /// Where paths begin, for formats that want them from the root of a repository.
    pub home: Option<Home>,
}

/// Where a run took place. Both paths are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The folder that relative paths start from.
    pub started_in: PathBuf,
    /// The root of the repository.
    pub root: PathBuf,
}

/// A rule as a report introduces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCard {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its family.
    pub family: Cow<'static, str>,
    /// The headline of its findings.
    pub title: Cow<'static, str>,
    /// How much a finding usually matters.
    pub severity: Severity,
    /// How sure a finding usually is.
    pub confidence: Confidence,
    /// What the configuration does.
    pub what: Cow<'static, str>,
    /// Who is hurt.
    pub why: Cow<'static, str>,
    /// What to do instead.
    pub instead: Cow<'static, str>,
}

impl RuleCard {
    /// The rule of a finding, as far as the finding tells.
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        Self {
            name: finding.rule.clone(),
            family: finding.family.clone(),
            title: finding.title.clone().into(),
            severity: finding.severity,
            confidence: finding.confidence,
            what: finding.message.clone().into(),
            why: "".into(),
            instead: finding.help.clone().into(),
        }
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were linted.
    pub files: usize,
    /// Live findings of severity error.
    pub errors: usize,
    /// Live findings of severity warning.
    pub warnings: usize,
    /// Live findings of severity info.
    pub infos: usize,
    /// Findings that a comment or the settings silence.
    pub suppressed: usize,
    /// Findings that were there before: those of a baseline.
    pub known: usize,
}

impl Report {
    /// The findings that nothing silences.
    pub fn live(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_live())
    }

    /// Counts files and findings.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let count = |severity| self.live().filter(|finding| finding.severity == severity).count();
        let silenced = |in_baseline| {
            let silenced = self.findings.iter().filter_map(|finding| finding.suppressed.as_ref());
            silenced.filter(|silenced| (silenced.by == SuppressedBy::Baseline) == in_baseline).count()
        };
        Summary {
            files: self.files.iter().filter(|file| file.status == FileStatus::Linted).count(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            suppressed: silenced(false),
            known: silenced(true),
        }
    }
}
