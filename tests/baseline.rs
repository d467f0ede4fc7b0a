//! A baseline over the life of a bot: lines move, messages are added, changed and taken away.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const BOT: &str = r#"account: { handle: "@town", bot: true, operator: "@kim" }
automations:
  - id: back
    on: followed
    do: follow
    limits: { per-day: 5 }
  - id: left
    on: unfollowed
    do: { post: "@{handle} left us." }
    limits: { per-day: 5 }
"#;

/// One more like the last, word for word.
const TWIN: &str = r#"  - id: left
    on: unfollowed
    do: { post: "@{handle} left us." }
    limits: { per-day: 5 }
"#;

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder)
        .args(["lint", "--format", "concise", "--fail-on", "warning"])
        .args(arguments)
        .output()
        .unwrap()
}

/// Rules with their lines, and what is said besides.
fn found(output: &Output) -> (Vec<String>, String) {
    let line = |line: &str| {
        let line = line.split_once(':').unwrap().1;
        let (number, rest) = line.split_once(':').unwrap();
        format!("{number} {}", rest.split_once('[').unwrap().1.split_once(']').unwrap().0)
    };
    let stdout = String::from_utf8(output.stdout.clone()).unwrap();
    (stdout.lines().map(line).collect(), String::from_utf8(output.stderr.clone()).unwrap())
}

/// A folder with a bot whose findings are in a baseline.
fn with_baseline() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.yaml"), BOT).unwrap();
    let written = lint(folder.path(), &[".", "--write-baseline", "known.json"]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    assert_eq!(found(&written), (vec![], "note: 2 findings written to known.json\n".to_owned()));
    folder
}

#[test]
fn only_what_is_new_counts() {
    let folder = with_baseline();
    for (text, expected) in [
        (BOT.to_owned(), &[][..]),
        (format!("# moved\n\n{BOT}"), &[]),
        (BOT.replace("\n  ", "\n    "), &[]),
        (BOT.replace("left us.\" }", "left us.\" } # sad"), &[]),
        // One more of the same kind is new, however alike.
        (format!("{BOT}{TWIN}"), &["13 unfollow-shaming"]),
        (BOT.replace("left us.", "left us, shame!"), &["9 unfollow-shaming"]),
        (BOT.replace("id: left", "id: gone"), &["9 unfollow-shaming"]),
    ] {
        fs::write(folder.path().join("bot.yaml"), &text).unwrap();
        let output = lint(folder.path(), &[".", "--baseline", "known.json"]);
        assert_eq!(found(&output).0, expected, "{text}");
        assert_eq!(output.status.code(), Some(i32::from(!expected.is_empty())), "{text}");
    }
}

#[test]
fn it_holds_from_wherever_the_linter_is_started() {
    let folder = with_baseline();
    fs::create_dir(folder.path().join("deep")).unwrap();
    let output = lint(&folder.path().join("deep"), &["../bot.yaml", "--baseline", "../known.json"]);
    assert_eq!(found(&output), (vec![], String::new()));
}

#[test]
fn the_settings_may_name_it() {
    let folder = with_baseline();
    fs::write(folder.path().join("botiquette.toml"), "baseline = \"known.json\"\n").unwrap();
    assert_eq!(found(&lint(folder.path(), &["."])).0, Vec::<String>::new());
    assert_eq!(found(&lint(folder.path(), &[".", "--no-suppressions"])).0.len(), 2);
    fs::write(folder.path().join("known.json"), "[]").unwrap();
    let output = lint(folder.path(), &["."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(found(&output).1.contains("known.json: this is no baseline of botiquette"), "{output:?}");
}

#[test]
fn what_is_fixed_is_told_and_taken_out_on_request() {
    let folder = with_baseline();
    fs::write(folder.path().join("bot.yaml"), BOT.replace("do: follow", "do: label")).unwrap();
    let known = || fs::read_to_string(folder.path().join("known.json")).unwrap();
    let before = known();
    let told = found(&lint(folder.path(), &[".", "--baseline", "known.json"])).1;
    assert_eq!(told, "note: 1 finding of the baseline is fixed; --prune-baseline takes what is fixed out\n");
    assert_eq!(known(), before);
    // A rule that does not run, or a file that is not linted, proves nothing.
    let quiet =
        lint(folder.path(), &[".", "--baseline", "known.json", "--ignore", "follow", "--prune-baseline"]);
    assert_eq!((found(&quiet), known()), ((vec![], String::new()), before.clone()));
    let pruned = lint(folder.path(), &[".", "--baseline", "known.json", "--prune-baseline"]);
    assert_eq!(found(&pruned).1, "note: 1 finding of the baseline is fixed and taken out\n");
    assert!(before.contains("auto-follow-back") && !known().contains("auto-follow-back"), "{}", known());
    assert!(known().contains("unfollow-shaming"), "{}", known());
    assert_eq!(found(&lint(folder.path(), &[".", "--baseline", "known.json"])), (vec![], String::new()));
}

#[test]
fn nothing_else_is_overwritten() {
    let folder = with_baseline();
    for (name, text) in [("report.json", "{ \"schema\": \"botiquette-report/1\" }"), ("bot.yaml", BOT)] {
        fs::write(folder.path().join(name), text).unwrap();
        let output = lint(folder.path(), &[".", "--write-baseline", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_eq!((found(&output).0, output.stdout.len()), (vec![], 0), "{name}");
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), text);
    }
    let again = lint(folder.path(), &[".", "--write-baseline", "known.json"]);
    assert_eq!(again.status.code(), Some(0));
}
