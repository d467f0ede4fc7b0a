//! `lint --add-suppressions`: comments for everything that is found.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use botiquette::Linter;
use botiquette::diagnostic::Report;
use botiquette::exempt::{Edited, Exempted, exempt_under, is_reason};
use botiquette::fs::read;
use botiquette::report::guarded;
use botiquette::settings::folder_of;
use botiquette::source::{MAX_FILE_BYTES, Sources, spelled};

use super::Failure;
use super::files::replace;

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
pub(super) fn add(report: &Report, sources: &Sources, reason: &str, linter: &Linter) -> Added {
    let folder = |path: &Path| {
        let settings = linter.at(path).0.path.as_deref();
        settings.map_or_else(|| PathBuf::from("."), folder_of)
    };
    let text_of = |path: &Path| read(path, MAX_FILE_BYTES).map_err(|error| error.to_string());
    let Exempted { edited, mut refused, entries } = exempt_under(report, sources, reason, &folder, &text_of);
    let mut notes = Vec::new();
    for Edited { path, text, comments } in edited {
        let what = if comments == 1 { "1 comment".to_owned() } else { format!("{comments} comments") };
        match replace(&path, &text) {
            Ok(()) => notes.push(format!("{what} added to {}", spelled(&path))),
            Err(error) => refused.push((path, error.to_string())),
        }
    }
    let all = refused.is_empty();
    notes
        .extend(refused.into_iter().map(|(path, why)| format!("nothing added to {}: {why}", spelled(&path))));
    let _ = write!(io::stderr(), "{}", guarded(&entries, false));
    Added { notes, all }
}
