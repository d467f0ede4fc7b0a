//! The results of checks: the last check of everything and, if that takes long, a later one of the files that changed
//! since, with the files that are checked with them.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use botiquette::diagnostic::FileStatus;
use botiquette::source::FileId;
use botiquette::{Finding, Outcome, SourceFile};

/// What the checks of an area said.
#[derive(Default)]
pub(super) struct Checks {
    /// About everything; none before the first check.
    pub(super) whole: Option<Outcome>,
    /// About these files, later.
    pub(super) near: Option<(HashSet<PathBuf>, Outcome)>,
}

impl Checks {
    /// What was last said about a file.
    pub(super) fn about(&self, path: &Path) -> Option<&Outcome> {
        match &self.near {
            Some((near, outcome)) if near.contains(path) => Some(outcome),
            _ => self.whole.as_ref(),
        }
    }
}

/// Files with those that speak of the same accounts and those that have a finding in common with them, so many at
/// most: what is left out is judged with them later.
pub(super) fn kin(outcome: &Outcome, files: &BTreeSet<PathBuf>, most: usize) -> HashSet<PathBuf> {
    let numbers = outcome.sources.iter().filter(|(_, file)| files.contains(file.path()));
    let changed: HashSet<FileId> = numbers.map(|(id, _)| id).collect();
    let automations = || outcome.model.automations.iter();
    let of_changed = automations().filter(|automation| changed.contains(&automation.site.used.file));
    let accounts: HashSet<usize> = of_changed.map(|automation| automation.account).collect();
    let same = automations().filter(|automation| accounts.contains(&automation.account));
    let same = same.map(|automation| automation.site.used.file);
    let common = outcome.findings().filter(|finding| places(finding).any(|file| changed.contains(&file)));
    let mut near = files.iter().cloned().collect::<HashSet<PathBuf>>();
    for id in same.chain(common.flat_map(places)) {
        if near.len() >= most {
            break;
        }
        near.extend(outcome.sources.get(id).map(|file| file.path().to_path_buf()));
    }
    near
}

fn places(finding: &Finding) -> impl Iterator<Item = FileId> {
    let labels = std::iter::once(&finding.primary).chain(&finding.related).chain(&finding.hops);
    labels.map(|label| label.place.file)
}

/// The paths of files that are no bot's configuration.
pub(super) fn unrecognised(outcome: &Outcome) -> impl Iterator<Item = &Path> {
    files(outcome, true).map(SourceFile::path)
}

/// The files that are.
pub(super) fn recognised(outcome: &Outcome) -> impl Iterator<Item = &SourceFile> {
    files(outcome, false)
}

fn files(outcome: &Outcome, foreign: bool) -> impl Iterator<Item = &SourceFile> {
    let files = outcome.files().iter();
    let files = files.filter(move |file| (file.status == FileStatus::Unrecognised) == foreign);
    files.filter_map(|file| outcome.sources.get(file.file))
}
