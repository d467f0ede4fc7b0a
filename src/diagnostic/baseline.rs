//! A baseline: findings that were there before, kept in a file, so that only new ones count. Findings are matched
//! by file, rule, automation and fingerprint, never by line; one more of a kind than before is new.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{FileStatus, Finding, Report, SuppressedBy, Suppression};
use crate::fs::{identity, is_gone};
use crate::mistake::Suspect;
use crate::source::Sources;

/// What the file says it is.
const SCHEMA: &str = "botiquette-baseline/1";

/// The findings of a baseline file.
#[derive(Clone, Debug)]
pub struct Baseline {
    path: PathBuf,
    entries: BTreeMap<Key, usize>,
}

/// What makes two findings the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: String,
    rule: String,
    automation: String,
    fingerprint: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    automation: String,
    fingerprint: String,
    count: usize,
}

/// Why a file cannot be used as a baseline. Completes the sentence "PATH: …".
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The system's.
    #[error("{}: the baseline cannot be read: {why}", crate::source::spelled(.path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// It is something else, or damaged.
    #[error("{}: this is no baseline of botiquette ({why}); nothing was changed", crate::source::spelled(.path))]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// It cannot be written.
    #[error("{}: the baseline cannot be written: {source}", crate::source::spelled(.path))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    /// If it is no baseline.
    pub fn parse(path: &Path, text: &str) -> Result<Self, BaselineError> {
        // Whatever is quoted of a file that is none may be a secret.
        let foreign = |why: String| BaselineError::Foreign {
            path: path.to_path_buf(),
            why: Suspect::broken(path, text).said(&why),
        };
        let file: File = serde_json::from_str(text).map_err(|error| foreign(place(&error)))?;
        if file.schema != SCHEMA {
            return Err(foreign(format!("its schema is not `{SCHEMA}`")));
        }
        let mut entries = BTreeMap::new();
        for Entry { path, rule, automation, fingerprint, count } in file.findings {
            let known: &mut usize = entries.entry(Key { path, rule, automation, fingerprint }).or_default();
            *known = known.saturating_add(count);
        }
        Ok(Self { path: path.to_path_buf(), entries })
    }

    /// The live findings of a report, as a baseline to be written to a path.
    #[must_use]
    pub fn of(report: &Report, sources: &Sources, path: &Path) -> Self {
        let mut baseline = Self { path: path.to_path_buf(), entries: BTreeMap::new() };
        let paths = Paths::new(path);
        for finding in report.live() {
            if let Some(key) = paths.key(finding, sources) {
                *baseline.entries.entry(key).or_default() += 1;
            }
        }
        baseline
    }

    /// What stands in its file.
    #[must_use]
    pub fn text(&self) -> String {
        let entry = |(key, count): (&Key, &usize)| Entry {
            path: key.path.clone(),
            rule: key.rule.clone(),
            automation: key.automation.clone(),
            fingerprint: key.fingerprint.clone(),
            count: *count,
        };
        let file = File { schema: SCHEMA.to_owned(), findings: self.entries.iter().map(entry).collect() };
        // Texts and numbers under fixed names: there is nothing that JSON could not hold.
        let text = serde_json::to_string_pretty(&file).unwrap_or_default();
        format!("{text}\n")
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Silences the live findings that it holds. Returns the rest of it: what was not found again.
    pub fn silence(&self, report: &mut Report, sources: &Sources) -> Self {
        self.silence_some(report, sources, |_| true)
    }

    /// The same, only for findings that concern it.
    pub fn silence_some(
        &self,
        report: &mut Report,
        sources: &Sources,
        concerns: impl Fn(&Finding) -> bool,
    ) -> Self {
        let mut left = self.clone();
        let paths = Paths::new(&self.path);
        let findings = report.findings.iter_mut();
        for finding in findings.filter(|finding| finding.is_live() && concerns(finding)) {
            let Some(key) = paths.key(finding, sources) else { continue };
            if let Some(count) = left.entries.get_mut(&key).filter(|count| **count > 0) {
                *count -= 1;
                let reason = "in the baseline".to_owned();
                finding.suppressed = Some(Suppression { by: SuppressedBy::Baseline, reason, place: None });
            }
        }
        left.entries.retain(|_, count| *count > 0);
        left
    }

    /// Of what was not found again, what is certainly fixed: its rule ran, and its file was linted or is gone.
    #[must_use]
    pub fn fixed(mut self, report: &Report, sources: &Sources, ran: impl Fn(&str) -> bool) -> Self {
        let paths = Paths::new(&self.path);
        let linted = report.files.iter().filter(|outcome| outcome.status == FileStatus::Linted);
        let linted: BTreeSet<String> =
            linted.filter_map(|outcome| Some(paths.shown(sources.get(outcome.file)?.path()))).collect();
        let gone = |path: &str| is_gone(&paths.folder.join(path));
        self.entries.retain(|key, _| ran(&key.rule) && (linted.contains(&key.path) || gone(&key.path)));
        self
    }

    /// The baseline without some of it.
    #[must_use]
    pub fn without(&self, fixed: &Self) -> Self {
        let mut pruned = self.clone();
        for (key, count) in &fixed.entries {
            if let Some(kept) = pruned.entries.get_mut(key) {
                *kept = kept.saturating_sub(*count);
            }
        }
        pruned.entries.retain(|_, count| *count > 0);
        pruned
    }
}

/// Paths as a baseline has them: seen from its own folder.
struct Paths {
    folder: PathBuf,
}

impl Paths {
    fn new(baseline: &Path) -> Self {
        let folder = baseline.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self { folder: identity(folder.unwrap_or_else(|| Path::new("."))) }
    }

    fn shown(&self, path: &Path) -> String {
        let path = identity(path);
        path.strip_prefix(&self.folder).unwrap_or(&path).to_string_lossy().replace('\\', "/")
    }

    fn key(&self, finding: &Finding, sources: &Sources) -> Option<Key> {
        let path = self.shown(sources.get(finding.primary.place.file)?.path());
        // The number behind the colon tells findings of one kind apart; here they are counted.
        let fingerprint = finding.fingerprint.split(':').next().unwrap_or_default().to_owned();
        Some(Key { path, rule: finding.rule.to_string(), automation: finding.whose.clone(), fingerprint })
    }
}

/// Where a text stops being a baseline. What stands there is not repeated: it may be anything.
fn place(error: &serde_json::Error) -> String {
    let what = if error.is_data() { "not what a baseline holds" } else { "not JSON" };
    format!("{what} at line {}, column {}", error.line(), error.column())
}
