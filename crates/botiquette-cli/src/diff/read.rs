//! Both versions, understood: what is broken in one is left out of both.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use botiquette::diagnostic::FileStatus;
use botiquette::settings::{EXCLUDED, EXCLUDED_INPUT};
use botiquette::source::{FileId, spelled};
use botiquette::{Linter, NoText, OWN_SETTINGS, Outcome};

use super::versions::Version;
use crate::{Failure, say, say_problems};

/// Both versions, understood.
pub(super) struct Read {
    pub(super) old: Outcome,
    pub(super) new: Outcome,
    /// Whether nothing had to be left out.
    pub(super) is_whole: bool,
}

/// Understands both versions. What is broken in one is left out of both: else the other's half would look new, or gone.
pub(super) fn both(linter: &Linter, old: &Version, new: &Version) -> Result<Read, Failure> {
    let mut left_out: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut problems: Vec<String> = Vec::new();
    for version in [old, new] {
        problems.extend(version.problems.iter().cloned());
        for file in &version.files {
            if let Err(NoText::Unread(error)) = &file.text
                && (file.named || error.harmless().is_none())
            {
                left_out.insert(file.path.clone(), format!("{}: {error}", file.shown));
            }
        }
    }
    if !problems.is_empty() {
        say_problems(&problems);
        return Err(Failure::Usage("the versions cannot be compared where one is not there".to_owned()));
    }
    let check = |version: &Version, left_out: &BTreeMap<PathBuf, String>| {
        linter.check_inputs(version.inputs(left_out))
    };
    let mut read = [check(old, &left_out), check(new, &left_out)];
    let known = left_out.len();
    for (version, outcome) in [old, new].into_iter().zip(&read) {
        for failed in outcome.report.files.iter().filter(|file| file.status == FileStatus::Failed) {
            let Some(path) = outcome.sources.get(failed.file).map(|file| file.path().to_path_buf()) else {
                continue;
            };
            let shown = version.file(&path).map_or_else(|| spelled(&path), |file| file.shown.clone());
            left_out.insert(path, format!("{shown}: broken; `botiquette lint` shows where"));
        }
    }
    if left_out.len() > known {
        read = [check(old, &left_out), check(new, &left_out)];
    }
    let told: Vec<String> =
        left_out.values().map(|why| format!("{why}; it is left out of both versions")).collect();
    say_problems(&told);
    let [old, new] = read;
    Ok(Read { old, new, is_whole: left_out.is_empty() })
}

/// Whether a file of it is a bot's configuration.
pub(super) fn any_linted(outcome: &Outcome) -> bool {
    outcome.report.files.iter().any(|file| file.status == FileStatus::Linted)
}

/// The names of files by which they are found again in the other version: nothing tells two single files apart.
pub(super) fn keys(outcome: &Outcome) -> HashMap<FileId, String> {
    let understood = |file: &&botiquette::FileOutcome| file.status == FileStatus::Linted;
    let files: Vec<FileId> = outcome.report.files.iter().filter(understood).map(|file| file.file).collect();
    if let [only] = files.as_slice() {
        return HashMap::from([(*only, String::new())]);
    }
    let key = |id: FileId| Some((id, spelled(outcome.sources.get(id)?.path())));
    files.into_iter().filter_map(key).collect()
}

/// Files that were a bot's configuration, are there, and are recognised no more: what they did may still be done.
pub(super) fn remarks(read: &Read, new: &Version) -> Vec<String> {
    let of = |outcome: &Outcome, wanted: FileStatus| -> BTreeMap<PathBuf, String> {
        let files = outcome.report.files.iter().filter(|file| file.status == wanted);
        let known =
            files.filter(|file| ![EXCLUDED, EXCLUDED_INPUT, OWN_SETTINGS].contains(&file.because.as_ref()));
        known
            .filter_map(|file| {
                Some((outcome.sources.get(file.file)?.path().to_path_buf(), file.because.to_string()))
            })
            .collect()
    };
    let before: BTreeSet<PathBuf> = of(&read.old, FileStatus::Linted).into_keys().collect();
    let now = of(&read.new, FileStatus::Unrecognised);
    let lost = now.into_iter().filter(|(path, _)| before.contains(path));
    let told = lost.map(|(path, because)| {
        let shown = new.file(&path).map_or_else(|| spelled(&path), |file| file.shown.clone());
        say("note", &format!("{shown} is no longer recognised: {because}"));
        format!("{shown} is no longer recognised as a bot's configuration, so what is told as gone may only not be understood any more.")
    });
    told.collect()
}
