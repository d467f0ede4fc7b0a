//! A gate does not obey those whom it judges: `--base`, `--isolated` and `--no-suppressions`. The changes that a
//! stranger may propose stand in `tests/gate/changes.toml`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::git;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    base: BTreeMap<String, String>,
    change: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    says: String,
    #[serde(default)]
    files: BTreeMap<String, String>,
    #[serde(default)]
    gone: Vec<String>,
    told: Vec<String>,
}

fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// A repository with one commit.
fn repository(files: &BTreeMap<String, String>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    write(folder.path(), files);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message", "base"]);
    folder
}

fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_botiquette"));
    command.current_dir(folder).args(["lint", "--format", "concise"]).args(arguments).output().unwrap()
}

/// Exit code, and what is said anywhere.
fn said(output: &Output) -> (Option<i32>, String) {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code(), format!("{out}{err}"))
}

const RULE: &str = include_str!("cli/settings.in/rules/no-giveaways.toml");
const FOUND: &str = "error[auto-follow-back]";

#[test]
fn a_change_is_judged_by_the_base_and_what_it_loosens_is_told() {
    let text = fs::read_to_string(crate::root().join("tests/gate/changes.toml")).unwrap();
    let mut changes: Changes = toml::from_str(&text).unwrap();
    changes.base.insert("rules/no-giveaways.toml".to_owned(), RULE.to_owned());
    let folder = repository(&changes.base);
    let (code, unchanged) = said(&lint(folder.path(), &["--base", "HEAD"]));
    assert_eq!(code, Some(1), "{unchanged}");
    assert!(unchanged.contains(FOUND) && !unchanged.contains("loosened-gate"), "{unchanged}");
    for change in &changes.change {
        git(folder.path(), &["reset", "--quiet", "--hard"]);
        git(folder.path(), &["clean", "--quiet", "-dffx"]);
        write(folder.path(), &change.files);
        for name in &change.gone {
            fs::remove_file(folder.path().join(name)).unwrap();
        }
        let (code, found) = said(&lint(folder.path(), &["--base", "HEAD"]));
        assert_eq!(code, Some(1), "{}: {found}", change.says);
        assert!(found.contains(FOUND), "{}: {found}", change.says);
        for told in &change.told {
            assert!(found.contains(told), "{}: {told}: {found}", change.says);
        }
        // What is committed on top of the base is no better.
        git(folder.path(), &["add", "--all", "--force"]);
        git(folder.path(), &["commit", "--quiet", "--message", "change"]);
        let (code, committed) = said(&lint(folder.path(), &["--base", "HEAD~1"]));
        assert_eq!((code, committed.replace("HEAD~1", "HEAD")), (Some(1), found), "{}", change.says);
        git(folder.path(), &["reset", "--quiet", "--hard", "HEAD~1"]);
    }
}

const SUPPRESSED: &str = "account: \"@a\"\nautomations:\n  - on: followed\n    # botiquette: ignore[auto-follow-back] friends only\n    do: follow\n    limits: { per-day: 3 }\n";

/// A suppression of the base holds as long as it and what it is about stay in the same words.
#[test]
fn agreed_suppressions_hold_in_their_words() {
    let folder =
        repository(&files(&[("bot.yaml", SUPPRESSED), ("botiquette.toml", "fail-on = \"warning\"\n")]));
    let copy = "  - on: followed\n    # botiquette: ignore[auto-follow-back] friends only\n    do: follow\n";
    for (says, text, code) in [
        ("nothing changes", SUPPRESSED.to_owned(), 0),
        ("lines move", format!("# hello\n\n{SUPPRESSED}"), 0),
        ("line breaks change", SUPPRESSED.replace('\n', "\r\n"), 0),
        ("the reason changes", SUPPRESSED.replace("friends", "enemies"), 1),
        ("it is about something else", SUPPRESSED.replace("do: follow", "do: [follow, { dm: \"hi\" }]"), 1),
        ("a copy of it", format!("{SUPPRESSED}{copy}"), 1),
    ] {
        fs::write(folder.path().join("bot.yaml"), text).unwrap();
        let output = lint(
            folder.path(),
            &["--base", "HEAD", "--dialect", "conduct", "--select", "auto-follow-back,loosened-gate"],
        );
        let (found, said) = said(&output);
        assert_eq!(found, Some(code), "{says}: {said}");
        assert_eq!(said.contains("loosened-gate"), code == 1, "{says}: {said}");
    }
}

/// Git's own view of what it keeps: a generated file that nobody committed stays ignored.
#[test]
fn what_git_does_not_keep_stays_ignored() {
    let folder = repository(&files(&[(".gitignore", "build/\n"), ("bot.yaml", SUPPRESSED)]));
    write(folder.path(), &files(&[("build/bot.yaml", &SUPPRESSED.replace("@a", "@b"))]));
    let (code, found) = said(&lint(folder.path(), &["--base", "HEAD"]));
    assert_eq!(code, Some(0), "{found}");
    assert!(!found.contains("build/bot.yaml"), "{found}");
    let (_, found) = said(&lint(folder.path(), &["--isolated"]));
    assert!(found.contains("build/bot.yaml"), "{found}");
}

#[test]
fn a_base_must_be_there() {
    let folder = repository(&files(&[("bot.yaml", SUPPRESSED)]));
    for base in ["nowhere", "", "--output=x", "HEAD:bot.yaml", "HEAD^{tree}"] {
        let (code, said) = said(&lint(folder.path(), &[&format!("--base={base}")]));
        assert_eq!(code, Some(2), "{base}: {said}");
        assert!(said.contains("there is no git revision"), "{base}: {said}");
    }
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("bot.yaml"), SUPPRESSED).unwrap();
    assert_eq!(lint(outside.path(), &["--base", "HEAD"]).status.code(), Some(2));
}

/// Settings of the base that extend others, name rules and a baseline: all of them are those of the base.
#[test]
fn everything_that_settings_name_is_of_the_base() {
    let folder = repository(&files(&[
        ("sub/bot.yaml", SUPPRESSED),
        ("sub/botiquette.toml", "extend = \"../house.toml\""),
        (
            "house.toml",
            "pack = \"own\"\nrules = { paths = [\"rules\"] }\nseverity = { \"own/no-giveaways\" = \"error\" }",
        ),
        ("rules/no-giveaways.toml", RULE),
    ]));
    for name in ["house.toml", "rules/no-giveaways.toml", "sub/botiquette.toml"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    for (start, path) in [("", "sub"), ("sub", "."), ("sub", "bot.yaml"), ("rules", "../sub")] {
        fs::create_dir_all(folder.path().join("rules")).unwrap();
        let (_, found) = said(&lint(&folder.path().join(start), &[path, "--base", "HEAD", "--verbose"]));
        assert!(found.contains("house.toml as in HEAD"), "{start} {path}: {found}");
        assert!(found.contains("no longer run: own/no-giveaways"), "{start} {path}: {found}");
    }
}

/// Everything that a folder can say about linting, at once.
fn hostile() -> tempfile::TempDir {
    let bot = SUPPRESSED.replace("# botiquette", "#! botiquette");
    let folder = repository(&files(&[
        ("hidden.yaml", &bot),
        ("comment.yaml", &SUPPRESSED.replace("@a", "@c")),
        ("excluded.yaml", &bot.replace("@a", "@e")),
        ("weighed.yaml", &bot.replace("@a", "@w")),
        (".gitignore", "hidden.yaml\n"),
        (
            "botiquette.toml",
            "exclude = [\"excluded.yaml\"]\n[severity]\nauto-follow-back = \"off\"\n[[overrides]]\npaths = [\"weighed.yaml\"]\nignore = [\"follow\"]\n[thresholds]\nposts-per-day = 99\n",
        ),
    ]));
    let settings = folder.path().join("botiquette.toml");
    fs::write(folder.path().join("trusted.toml"), "severity = { auto-follow-back = \"error\" }").unwrap();
    assert!(settings.exists());
    folder
}

const ALL_FILES: [&str; 4] = ["comment.yaml", "excluded.yaml", "hidden.yaml", "weighed.yaml"];

/// The files that the rule speaks about, and with which severity.
fn about(output: &Output) -> (Vec<String>, bool) {
    let (_, found) = said(output);
    let lines = found.lines().filter(|line| line.contains("[auto-follow-back]"));
    let files = lines.clone().map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect();
    (files, found.contains(FOUND))
}

#[test]
fn isolated_obeys_nothing_in_the_folder() {
    let folder = hostile();
    let run =
        |arguments: &[&str]| about(&lint(folder.path(), &[&["--dialect", "conduct"], arguments].concat()));
    assert_eq!(run(&[]).0, Vec::<String>::new());
    let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(run(&["--isolated"]), (files(&ALL_FILES), false));
    assert_eq!(run(&["--isolated", "--config", "trusted.toml"]), (files(&ALL_FILES), true));
}

#[test]
fn no_suppressions_sets_settings_aside_and_says_what_it_leaves() {
    let folder = hostile();
    let output = lint(folder.path(), &["--dialect", "conduct", "--no-suppressions"]);
    assert_eq!(about(&output).0, ["comment.yaml", "excluded.yaml", "weighed.yaml"]);
    let (_, found) = said(&output);
    let note = "note: --no-suppressions leaves [thresholds] of the settings in force; --isolated sets them aside, too";
    assert!(found.contains(note), "{found}");
    // What weighs more stays so.
    let settings = "ignore = [\"pace\"]\nselect = [\"pace\"]\nseverity = { auto-follow-back = \"error\" }\n";
    fs::write(folder.path().join("botiquette.toml"), settings).unwrap();
    let output = lint(folder.path(), &["--dialect", "conduct", "--no-suppressions"]);
    assert!(about(&output).1, "{output:?}");
    assert!(!said(&output).1.contains("leaves"), "{output:?}");
}
