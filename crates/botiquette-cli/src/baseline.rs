//! `lint --baseline`, `--write-baseline` and `--prune-baseline`: what a run does with a baseline.

use std::path::{Path, PathBuf};

use botiquette::diagnostic::{Baseline, BaselineError, Report};
use botiquette::fs::{leads_out, read as read_file};
use botiquette::rules::Rulebook;
use botiquette::settings::Settings;
use botiquette::source::{MAX_FILE_BYTES, ReadError, Sources};

use super::Failure;
use super::files::{Target, replace};

/// What the arguments ask for.
pub(super) struct Wish<'a> {
    pub(super) read: Option<&'a Path>,
    pub(super) write: Option<&'a Path>,
    pub(super) prune: bool,
    /// Nobody's exceptions hold in this run.
    pub(super) ignore: bool,
}

/// What a run does, after everything was checked that can be checked before it.
pub(super) struct Plan {
    known: Option<Baseline>,
    write: Option<PathBuf>,
    prune: bool,
}

impl Plan {
    /// Reads the baseline that holds, and sees whether the one to write can be written.
    pub(super) fn new(wish: Wish<'_>, settings: &Settings) -> Result<Self, Failure> {
        if let Some(path) = wish.write {
            check(path)?;
            return Ok(Self { known: None, write: Some(path.to_path_buf()), prune: false });
        }
        let known = match wish.read {
            _ if wish.ignore => None,
            Some(path) => Some(read(path)?),
            None => settings.baseline()?,
        };
        if wish.prune {
            let none = "--prune-baseline needs a baseline: name it with --baseline, or in the settings";
            let known = known.as_ref().ok_or_else(|| Failure::Usage(none.to_owned()))?;
            check(known.path())?;
        }
        Ok(Self { known, write: None, prune: wish.prune })
    }

    /// The baseline that is read or written.
    pub(super) fn path(&self) -> Option<&Path> {
        self.write.as_deref().or(self.known.as_ref().map(Baseline::path))
    }

    /// Silences what is in the baseline. Returns what there is to say about what is not found any more.
    pub(super) fn silence(
        &self,
        report: &mut Report,
        sources: &Sources,
        rulebook: &Rulebook,
    ) -> Result<Vec<String>, Failure> {
        let Some(known) = &self.known else { return Ok(Vec::new()) };
        let left = known.silence(report, sources);
        let ran = |name: &str| {
            // A rule that is no more finds nothing.
            rulebook.rule(name).is_none() || rulebook.enabled().any(|rule| rule.name == name)
        };
        let fixed = left.fixed(report, sources, ran);
        if fixed.is_empty() {
            return Ok(Vec::new());
        }
        let (findings, are) = (counted(fixed.len()), if fixed.len() == 1 { "is" } else { "are" });
        if !self.prune {
            let hint = "fixed; --prune-baseline takes what is fixed out";
            return Ok(vec![format!("{findings} of the baseline {are} {hint}")]);
        }
        write(&known.without(&fixed))?;
        Ok(vec![format!("{findings} of the baseline {are} fixed and taken out")])
    }

    /// Writes the baseline that is asked for, and silences what is in it from now on.
    pub(super) fn write(&self, report: &mut Report, sources: &Sources) -> Result<Vec<String>, Failure> {
        let Some(path) = &self.write else { return Ok(Vec::new()) };
        let baseline = Baseline::of(report, sources, path);
        write(&baseline)?;
        baseline.silence(report, sources);
        Ok(vec![format!("{} written to {}", counted(baseline.len()), path.display())])
    }
}

/// Reads a baseline that the user names.
fn read(path: &Path) -> Result<Baseline, BaselineError> {
    let text =
        if leads_out(path) { Err(ReadError::LeavesRepository) } else { read_file(path, MAX_FILE_BYTES) };
    let why = |error: ReadError| error.to_string();
    let text =
        text.map_err(|error| BaselineError::Unreadable { path: path.to_path_buf(), why: why(error) })?;
    Baseline::parse(path, &text)
}

/// Whether a baseline can be written here: a new file, or one that is a baseline already.
fn check(path: &Path) -> Result<(), BaselineError> {
    if path.is_file() {
        read(path)?;
    }
    let unwritable = |source| BaselineError::Unwritable { path: path.to_path_buf(), source };
    Target::of(path).map(drop).map_err(unwritable)
}

fn write(baseline: &Baseline) -> Result<(), BaselineError> {
    let path = baseline.path();
    replace(path, &baseline.text())
        .map_err(|source| BaselineError::Unwritable { path: path.to_path_buf(), source })
}

fn counted(findings: usize) -> String {
    if findings == 1 { "1 finding".to_owned() } else { format!("{findings} findings") }
}
