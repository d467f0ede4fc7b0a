//! `lint --verbose`: which settings govern which file, what became of every input, what was not looked at.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use botiquette::Linter;
use botiquette::diagnostic::{FileStatus, Report};
use botiquette::fs::Revision;
use botiquette::source::{Sources, spelled};
use botiquette::syntax::Syntax;

use crate::files::passed_over;
use crate::say;

/// Files of one settings file that are told one by one.
const MOST_FILES: usize = 20;

/// Which settings govern which files that were looked at.
pub(super) fn say_settings(linter: &Linter, report: &Report, sources: &Sources, base: Option<&Revision>) {
    let mut governed: BTreeMap<Option<PathBuf>, Vec<String>> = BTreeMap::new();
    let mut extended: Vec<PathBuf> = Vec::new();
    let at =
        base.map(|base| format!(" as in {}", botiquette::source::Earlier::name(base))).unwrap_or_default();
    for settings in linter.all_settings() {
        let Some((own, others)) = settings.paths().split_last().map(|(own, others)| (*own, others.to_vec()))
        else {
            continue;
        };
        governed.entry(Some(own.to_path_buf())).or_default();
        extended.extend(others.into_iter().map(Path::to_path_buf));
    }
    if governed.is_empty() {
        return;
    }
    for outcome in report.files.iter().filter(|outcome| outcome.status != FileStatus::Unrecognised) {
        let Some(file) = sources.get(outcome.file) else { continue };
        let own = linter.at(file.path()).0.paths().last().map(|path| path.to_path_buf());
        governed.entry(own).or_default().push(spelled(file.path()));
    }
    for (own, files) in &governed {
        let name = own.as_ref().map_or_else(|| "none".to_owned(), |own| format!("{}{at}", spelled(own)));
        let shown: Vec<&str> = files.iter().take(MOST_FILES).map(String::as_str).collect();
        let more = files.len().saturating_sub(MOST_FILES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        match shown.is_empty() {
            true => say("settings", &format!("{name}, for nothing that was linted")),
            false => say("settings", &format!("{name} for {}{more}", shown.join(", "))),
        }
    }
    extended.sort();
    extended.dedup();
    for path in extended {
        say("settings", &format!("{}{at} is extended", spelled(&path)));
    }
}

pub(super) fn say_outcomes(report: &Report, sources: &Sources) {
    for outcome in &report.files {
        let path = sources.get(outcome.file).map(|file| spelled(file.path())).unwrap_or_default();
        let because = &outcome.because;
        match outcome.status {
            FileStatus::Linted => {
                let dialect = outcome.dialect.unwrap_or("unknown");
                let count = outcome.automations;
                say("linted", &format!("{path} ({dialect}, automations: {count}; {because})"))
            }
            FileStatus::Unrecognised => say("skipped", &format!("{path} ({because})")),
            FileStatus::Failed => say("failed", &path),
        }
    }
}

/// What the search in folders did not even look at.
pub(super) fn say_passed_over(paths: &[PathBuf]) {
    for passed in passed_over(paths, |path| Syntax::from_path(path).is_some()) {
        say("not looked at", &format!("{} ({})", spelled(&passed.path), passed.why));
    }
}
