//! `lint --baseline`, `--write-baseline` and `--prune-baseline`: what a run does with a baseline.

use std::path::{Path, PathBuf};

use botiquette::Outcome;
use botiquette::diagnostic::{Baseline, BaselineError, Report};
use botiquette::fs::{leads_out, read as read_file};
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
    /// The baseline to write.
    write: Option<PathBuf>,
    /// The file of the one that holds.
    known: Option<PathBuf>,
    /// What it holds, where what is fixed shall be taken out.
    prune: Option<Baseline>,
}

impl Plan {
    /// Reads the baseline that holds, and sees whether the one to write can be written.
    pub(super) fn new(wish: Wish<'_>, settings: &Settings) -> Result<(Self, Option<Baseline>), Failure> {
        if let Some(path) = wish.write {
            check(path)?;
            return Ok((Self { write: Some(path.to_path_buf()), known: None, prune: None }, None));
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
        let path = known.as_ref().map(|known| known.path().to_path_buf());
        let prune = known.clone().filter(|_| wish.prune);
        Ok((Self { write: None, known: path, prune }, known))
    }

    /// The baseline that is read or written.
    pub(super) fn path(&self) -> Option<&Path> {
        self.write.as_deref().or(self.known.as_deref())
    }

    /// Takes what is fixed out of the baseline, if that is asked for. Returns what there is to say about it.
    pub(super) fn after(&self, outcome: &Outcome) -> Result<Vec<String>, Failure> {
        let Some(fixed) = outcome.fixed.as_ref().filter(|fixed| !fixed.is_empty()) else {
            return Ok(Vec::new());
        };
        let (findings, are) = (counted(fixed.len()), if fixed.len() == 1 { "is" } else { "are" });
        let Some(known) = &self.prune else {
            let hint = "fixed; --prune-baseline takes what is fixed out";
            return Ok(vec![format!("{findings} of the baseline {are} {hint}")]);
        };
        write(&known.without(fixed))?;
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
