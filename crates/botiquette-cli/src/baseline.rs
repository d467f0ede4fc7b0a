//! `lint --baseline`, `--write-baseline` and `--prune-baseline`: what a run does with a baseline.

use std::path::{Path, PathBuf};

use botiquette::diagnostic::{Baseline, BaselineError, Report};
use botiquette::fs::{leads_out, read as read_file};
use botiquette::source::{MAX_FILE_BYTES, ReadError, Sources, spelled};
use botiquette::{Linter, Outcome};

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
    /// Those that hold.
    known: Vec<Baseline>,
    /// Whether what is fixed shall be taken out of them.
    prune: bool,
}

impl Plan {
    /// Reads the baselines that hold, and sees whether the one to write can be written.
    pub(super) fn new(wish: Wish<'_>, linter: &mut Linter) -> Result<Self, Failure> {
        if let Some(path) = wish.write {
            check(path)?;
            return Ok(Self { write: Some(path.to_path_buf()), known: Vec::new(), prune: false });
        }
        match wish.read {
            _ if wish.ignore => {}
            Some(path) => linter.set_baseline(Some(read(path)?)),
            None => linter.read_baselines()?,
        }
        let known: Vec<Baseline> = linter.baselines().cloned().collect();
        if wish.prune {
            if known.is_empty() {
                let none = "--prune-baseline needs a baseline: name it with --baseline, or in the settings";
                return Err(Failure::Usage(none.to_owned()));
            }
            known.iter().try_for_each(|known| check(known.path()))?;
        }
        Ok(Self { write: None, known, prune: wish.prune })
    }

    /// The baselines that are read or written.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let known = self.known.iter().map(|known| known.path().to_path_buf());
        self.write.iter().cloned().chain(known).collect()
    }

    /// Takes what is fixed out of the baselines, if that is asked for. Returns what there is to say about it.
    pub(super) fn after(&self, outcome: &Outcome) -> Result<Vec<String>, Failure> {
        let mut said = Vec::new();
        for (known, fixed) in self.known.iter().zip(&outcome.fixed).filter(|(_, fixed)| !fixed.is_empty()) {
            let (findings, are) = (counted(fixed.len()), if fixed.len() == 1 { "is" } else { "are" });
            if self.prune {
                write(&known.without(fixed))?;
                said.push(format!("{findings} of the baseline {are} fixed and taken out"));
            } else {
                let hint = "fixed; --prune-baseline takes what is fixed out";
                said.push(format!("{findings} of the baseline {are} {hint}"));
            }
        }
        Ok(said)
    }

    /// Writes the baseline that is asked for, and silences what is in it from now on.
    pub(super) fn write(&self, report: &mut Report, sources: &Sources) -> Result<Vec<String>, Failure> {
        let Some(path) = &self.write else { return Ok(Vec::new()) };
        let baseline = Baseline::of(report, sources, path);
        write(&baseline)?;
        baseline.silence(report, sources);
        Ok(vec![format!("{} written to {}", counted(baseline.len()), spelled(path))])
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
