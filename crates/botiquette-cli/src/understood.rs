//! What commands that explain rather than judge begin with: the settings, the rules under them, the inputs
//! understood, and a word about those that are not.

use std::path::{Path, PathBuf};

use botiquette::diagnostic::{FileStatus, Severity};
use botiquette::rules::Rulebook;
use botiquette::{Outcome, Request};

use super::files::load;
use super::{Failure, Verdict, catalogue, lint, nearest, say, say_problems};

/// The inputs of a run, understood.
pub(super) struct Understood {
    /// The rules and numbers under the settings.
    pub(super) rulebook: Rulebook,
    /// What was found and understood.
    pub(super) outcome: Outcome,
    /// What the run comes to: trouble where an input is left out.
    pub(super) verdict: Verdict,
}

/// Understands the inputs under the nearest settings, and says which are left out; `what_for` is the verb of the
/// command.
pub(super) fn understand(paths: &[PathBuf], what_for: &str) -> Result<Understood, Failure> {
    let start = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let mut settings = nearest::read(start).map_err(Failure::Settings)?;
    let mut rulebook = catalogue::rulebook()?;
    settings.add_to(&mut rulebook).map_err(Failure::Settings)?;
    settings.apply(&mut rulebook, None, &[], &[]);
    let inputs = load(paths, &settings, None);
    let outcome = botiquette::lint_owned(Request { inputs, dialect: None, rulebook: &rulebook }, &settings);
    let verdict = trouble(&outcome, what_for);
    Ok(Understood { rulebook, outcome, verdict })
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
