//! What commands that explain rather than judge begin with: the settings, the rules under them, the inputs
//! understood, and a word about those that are not.

use std::path::{Path, PathBuf};

use botiquette::diagnostic::{FileStatus, Severity};
use botiquette::{Linter, Outcome};

use super::files::load;
use super::{Failure, Verdict, lint, nearest, say, say_problems};

/// The inputs of a run, understood.
pub(super) struct Understood {
    /// The rules and numbers under the settings.
    pub(super) linter: Linter,
    /// What was found and understood.
    pub(super) outcome: Outcome,
    /// What the run comes to: trouble where an input is left out.
    pub(super) verdict: Verdict,
}

/// Understands the inputs under the nearest settings, and says which are left out; `what_for` is the verb of the
/// command.
pub(super) fn understand(paths: &[PathBuf], what_for: &str) -> Result<Understood, Failure> {
    let start = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let settings = nearest::read(start).map_err(Failure::Settings)?;
    let linter = Linter::builder().settings(settings).baseline(None).include_info(true).build()?;
    let outcome = linter.check_inputs(load(paths, linter.settings(), None));
    let verdict = trouble(&outcome, what_for);
    Ok(Understood { linter, outcome, verdict })
}

/// Says which inputs the output leaves out, and what the run comes to.
fn trouble(outcome: &Outcome, what_for: &str) -> Verdict {
    let report = &outcome.report;
    say_problems(&report.problems);
    for failed in report.files.iter().filter(|file| file.status == FileStatus::Failed) {
        if let Some(file) = outcome.sources.get(failed.file) {
            say("error", &format!("{}: broken; `botiquette lint` shows where", file.path().display()));
        }
    }
    if lint::nothing_recognised(report) {
        say("error", &format!("nothing to {what_for}: {}", lint::NOTHING_RECOGNISED));
    }
    lint::say_refused(report, &outcome.sources);
    lint::verdict(report, Severity::Error, true)
}
