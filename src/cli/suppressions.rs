//! `lint --add-suppressions`: comments for everything that is found.

use std::io::{self, Write};
use std::path::Path;

use botiquette::diagnostic::Report;
use botiquette::exempt::{Exempted, exempt, is_reason};
use botiquette::report::guarded;
use botiquette::settings::Settings;
use botiquette::source::Sources;

use super::Failure;

/// Refuses what cannot work, before anything is read.
pub(super) fn check(reason: &str, reads_stdin: bool) -> Result<(), Failure> {
    if reads_stdin {
        return Err(Failure::Usage("nothing can be written into standard input (`-`)".to_owned()));
    }
    if !is_reason(reason) {
        let message = "--add-suppressions needs a reason: one line that says why it is right, and until when";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(())
}

/// What became of the wish.
pub(super) struct Added {
    /// What was done and what was not, a sentence for each file.
    pub(super) notes: Vec<String>,
    /// Whether every finding got its comment.
    pub(super) all: bool,
}

/// Writes the comments, and prints entries for the settings that do the same where no comment can stand.
pub(super) fn add(report: &Report, sources: &Sources, reason: &str, settings: &Settings) -> Added {
    let paths = settings.paths();
    let folder = paths.last().and_then(|path| path.parent()).unwrap_or_else(|| Path::new("."));
    let Exempted { written, refused, entries } = exempt(report, sources, reason, folder);
    let all = refused.is_empty();
    let mut notes = Vec::new();
    for (path, comments) in written {
        let what = if comments == 1 { "1 comment".to_owned() } else { format!("{comments} comments") };
        notes.push(format!("{what} added to {}", path.display()));
    }
    notes
        .extend(refused.into_iter().map(|(path, why)| format!("nothing added to {}: {why}", path.display())));
    let _ = write!(io::stderr(), "{}", guarded(&entries, false));
    Added { notes, all }
}
