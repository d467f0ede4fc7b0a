//! `lint --watch` lints again when a file changes.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[test]
fn a_change_is_linted() {
    let folder = tempfile::tempdir().unwrap();
    let bot = folder.path().join("bot.yaml");
    let text = |verb: &str| {
        format!(
            "account: \"@a\"\nautomations:\n  - {{ on: followed, do: {verb}, limits: {{ per-day: 3 }} }}\n"
        )
    };
    fs::write(&bot, text("label")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder.path())
        .args(["lint", "bot.yaml", "--dialect", "conduct", "--format", "concise", "--fail-on", "warning"])
        .args(["--select", "auto-follow-back", "--watch", "--watch-runs", "2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The first run is over once it says that it watches.
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(said.by_ref().map(Result::unwrap).any(|line| line.starts_with("watching: ")));
    fs::write(&bot, text("follow")).unwrap();
    let mut found = String::new();
    child.stdout.take().unwrap().read_to_string(&mut found).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{found}");
    assert!(found.starts_with("bot.yaml:3:25: warning[auto-follow-back]"), "{found:?}");
    assert!(!found.contains('\u{1b}'), "a pipe is not cleared: {found:?}");
}
