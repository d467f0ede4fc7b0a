//! `lint --watch`: lints again whenever a file changes. Looks at times and sizes a few times a second, which
//! works on every file system; Ctrl-C ends it.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use botiquette::syntax::Syntax;

use super::files::discover;
use super::{Failure, Verdict, failed, say};

/// Short enough to feel immediate, long enough to cost nothing.
const PAUSE: Duration = Duration::from_millis(300);

/// What is compared: when each file was written, and its size.
type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Runs, and runs again after each change; at most so many times.
pub(super) fn run(
    paths: &[PathBuf],
    settings: impl Fn() -> Vec<PathBuf>,
    lint: impl Fn() -> Result<Verdict, Failure>,
    most_runs: Option<u32>,
) -> Result<Verdict, Failure> {
    let mut runs = 0;
    loop {
        // Looked at before the run, so that a change during it is not lost.
        let seen = look(paths, settings());
        clear();
        let verdict = match lint() {
            // Nobody reads any more.
            Err(Failure::Unread) => return Err(Failure::Unread),
            result => result.unwrap_or_else(|failure| failed(&failure)),
        };
        runs += 1;
        if most_runs.is_some_and(|most| runs >= most) {
            return Ok(verdict);
        }
        say("watching", "for changes; Ctrl-C ends it");
        while look(paths, settings()) == seen {
            thread::sleep(PAUSE);
        }
    }
}

fn look(paths: &[PathBuf], settings: Vec<PathBuf>) -> Seen {
    let found = discover(paths, |path| Syntax::from_path(path).is_some());
    let files = found.files.into_iter().map(|file| file.path).chain(settings);
    let state = |path: &PathBuf| {
        path.metadata().map_or((None, 0), |metadata| (metadata.modified().ok(), metadata.len()))
    };
    files.map(|path| (path.clone(), state(&path))).collect()
}

/// Clears the screen, if there is one.
fn clear() {
    let mut out = io::stdout();
    if out.is_terminal() {
        let _ = write!(out, "\u{1b}[2J\u{1b}[H");
        let _ = out.flush();
    }
}
