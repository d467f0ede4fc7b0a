//! What a build server provides: the root of the repository, and GitHub's page for summaries.

use std::env;
use std::path::PathBuf;

use botiquette::diagnostic::{Home, Report};
use botiquette::report;
use botiquette::source::{Sources, spelled};

use super::files::append;
use super::say;

/// The current folder, and the nearest folder upwards that is a repository; without one, the current folder.
pub(super) fn home() -> Option<Home> {
    let started_in = env::current_dir().ok()?;
    // In worktrees and submodules `.git` is a file.
    let root = started_in.ancestors().find(|folder| folder.join(".git").exists());
    let root = root.unwrap_or(&started_in).to_path_buf();
    Some(Home { started_in, root })
}

/// Adds the summary to the page that GitHub names. A page that cannot be written costs nobody their report.
pub(super) fn summarise(report: &Report, sources: &Sources) {
    let Some(page) = env::var_os("GITHUB_STEP_SUMMARY").filter(|page| !page.is_empty()) else { return };
    let page = PathBuf::from(page);
    let mut summary = Vec::new();
    let written = report::write_summary(report, sources, &mut summary).and_then(|()| append(&page, &summary));
    if let Err(error) = written {
        say("warning", &format!("cannot write the job summary to {}: {error}", spelled(&page)));
    }
}
