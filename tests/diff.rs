//! `botiquette diff`: each `tests/diff/cases/*.toml` holds two versions and what is said of them. With `UPDATE_DOCS=1`
//! what is said is written anew. Further below: revisions, formats, and what agrees with `describe`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::git;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    shows: String,
    #[serde(default)]
    arguments: Vec<String>,
    exit: i32,
    text: String,
    old: BTreeMap<String, String>,
    new: BTreeMap<String, String>,
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder)
        .args(arguments)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Both versions in `old` and `new`.
fn folder_of(case: &Case) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("old"), &case.old);
    write(&folder.path().join("new"), &case.new);
    folder
}

fn cases() -> Vec<(String, String, Case)> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(crate::root().join("tests/diff/cases")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let case = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        cases.push((path.display().to_string(), text, case));
    }
    assert!(cases.len() > 10, "only {} cases", cases.len());
    cases.sort_by(|one, other| one.0.cmp(&other.0));
    cases
}

#[test]
fn what_is_said_of_a_change() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    for (path, file, case) in cases() {
        let folder = folder_of(&case);
        let mut arguments = vec!["diff", "old", "new"];
        arguments.extend(case.arguments.iter().map(String::as_str));
        let output = run(folder.path(), &arguments);
        let (said, exit) = (format!("{}{}", stderr(&output), stdout(&output)), output.status.code().unwrap());
        if update {
            let (before, rest) = file.split_once("exit = ").unwrap();
            let (_, after) = rest.split_once("'''\n").unwrap();
            let (_, after) = after.split_once("'''").unwrap();
            fs::write(&path, format!("{before}exit = {exit}\ntext = '''\n{said}'''{after}")).unwrap();
        } else {
            assert_eq!((said.as_str(), exit), (case.text.as_str(), case.exit), "{path}: {}", case.shows);
        }
    }
}

/// Nothing is new in a version compared with itself, and whatever comes one way goes the other way.
#[test]
fn a_change_can_be_read_both_ways() {
    for (path, _, case) in cases() {
        let folder = folder_of(&case);
        let same = run(folder.path(), &["diff", "old", "old"]);
        if same.status.code() == Some(0) {
            assert_eq!(stdout(&same), "Nothing changes for people, as far as the files tell.\n", "{path}");
        }
        let document = |from, to| -> Value {
            let arguments = ["diff", from, to, "--no-config", "--format", "json"];
            serde_json::from_str(&stdout(&run(folder.path(), &arguments))).unwrap()
        };
        let (there, back) = (document("old", "new"), document("new", "old"));
        let count = |document: &Value, change: &str| {
            let of = |value: &Value| value["change"] == change;
            let accounts = document["accounts"].as_array().unwrap();
            let told = accounts.iter().flat_map(|account| account["changes"].as_array().unwrap());
            let told = told.filter(|told| told["topic"] == "automation" || told["topic"] == "loop");
            // One that was only suppressed was there.
            let findings = document["findings"]["changes"].as_array().unwrap().iter();
            let findings = findings.filter(|one| of(one) && (change == "gone" || one["before"].is_null()));
            (
                accounts.iter().filter(|account| of(account)).count(),
                told.filter(|told| of(told)).count(),
                findings.count(),
            )
        };
        assert_eq!(count(&there, "new"), count(&back, "gone"), "{path}");
        assert_eq!(count(&there, "gone"), count(&back, "new"), "{path}");
        assert_eq!(there["findings"]["stay"], back["findings"]["stay"], "{path}");
    }
}

#[test]
fn json_is_valid_by_its_schema() {
    let output = run(crate::root(), &["schema", "diff"]);
    let schema: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let mut topics = std::collections::BTreeSet::new();
    for (path, _, case) in cases() {
        let folder = folder_of(&case);
        let output = run(folder.path(), &["diff", "old", "new", "--format", "json"]);
        let document: Value = serde_json::from_str(&stdout(&output)).unwrap();
        let mistakes: Vec<String> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
        assert_eq!(mistakes, Vec::<String>::new(), "{path}");
        for told in
            document["accounts"].as_array().unwrap().iter().flat_map(|one| one["changes"].as_array().unwrap())
        {
            topics.insert(told["topic"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(topics.len(), 7, "every topic is met: {topics:?}");
    assert!(!schema.is_valid(&serde_json::json!({ "schema": "botiquette-diff/1" })));
}

/// Numbers and sentences are those of `describe`.
#[test]
fn it_agrees_with_describe() {
    let mut checked = 0;
    for (path, _, case) in cases() {
        let folder = folder_of(&case);
        let json = |arguments: &[&str]| -> Value {
            let output = run(folder.path(), arguments);
            serde_json::from_str(&stdout(&output)).unwrap_or(Value::Null)
        };
        let diff = json(&["diff", "old", "new", "--format", "json"]);
        let described =
            [json(&["describe", "old", "--format", "json"]), json(&["describe", "new", "--format", "json"])];
        let all =
            |document: &Value| -> Vec<Value> { document["accounts"].as_array().cloned().unwrap_or_default() };
        for account in all(&diff) {
            for told in account["changes"].as_array().unwrap() {
                let Some(numbers) = told["numbers"].as_object() else { continue };
                for (side, document) in ["before", "after"].into_iter().zip(&described) {
                    let name = match (side, account["before"].as_str()) {
                        ("before", Some(before)) => before,
                        _ => account["account"].as_str().unwrap(),
                    };
                    let accounts = all(document);
                    let Some(known) = accounts.iter().find(|one| one["account"] == name) else { continue };
                    let number = numbers[side]["per_day"].as_f64().unwrap();
                    let expected = if told["topic"] == "reach" {
                        known["reach"]["per_day"].as_f64().map_or(0.0, f64::ceil)
                    } else {
                        let rates = known["rates"].as_array().unwrap();
                        let rate = rates.iter().find(|rate| rate["of"] == numbers["unit"]);
                        rate.map_or(0.0, |rate| rate["per_day"].as_f64().unwrap())
                    };
                    assert_eq!(number, expected, "{path}: {side} {told}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 10, "only {checked} numbers");
}

#[test]
fn markdown_is_one_comment_that_can_be_found_again() {
    let (_, _, case) = cases().into_iter().find(|(path, ..)| path.ends_with("follow-back.toml")).unwrap();
    let folder = folder_of(&case);
    let output = run(folder.path(), &["diff", "old", "new", "--format", "markdown"]);
    insta::assert_snapshot!(stdout(&output));
    let nothing = stdout(&run(folder.path(), &["diff", "old", "old", "--format", "markdown"]));
    assert!(nothing.starts_with("<!-- botiquette-diff -->\n"), "{nothing}");
}

const QUIET: &str = "account: '@kiosk'\nautomations:\n  - { on: mention, do: { reply: hello } }\n";
const LOUD: &str = "account: '@kiosk'\nautomations:\n  - { on: mention, do: { reply: hello } }\n  - { on: followed, do: follow }\n";

/// A repository with three states: a quiet bot, a loud one, and in the working tree none.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let bot = |text: &str| BTreeMap::from([("bots/bot.yaml".to_owned(), text.to_owned())]);
    git(path, &["init", "--quiet", "--initial-branch", "main"]);
    for (text, tag) in [(QUIET, "quiet"), (LOUD, "loud")] {
        write(path, &bot(text));
        git(path, &["add", "--all"]);
        git(path, &["commit", "--quiet", "--message", tag]);
        git(path, &["tag", tag]);
    }
    fs::remove_file(path.join("bots/bot.yaml")).unwrap();
    fs::write(path.join("bots/new.yaml"), QUIET).unwrap();
    folder
}

#[test]
fn revisions_are_compared_with_each_other_and_with_the_disk() {
    let folder = repository();
    let below = folder.path().join("bots");
    let back = "Now also follows back whoever follows.";
    let cases: &[(&Path, &[&str], &str)] = &[
        (folder.path(), &["quiet:bots/bot.yaml", "loud:bots/bot.yaml"], back),
        (folder.path(), &["quiet:bots", "loud:bots"], back),
        (folder.path(), &["quiet:", "loud:"], back),
        (folder.path(), &["--revision", "quiet..loud"], back),
        (folder.path(), &["--revision", "quiet..loud", "bots"], back),
        (
            folder.path(),
            &["--revision", "loud..quiet", "bots/bot.yaml"],
            "No longer follows back whoever follows.",
        ),
        (folder.path(), &["--revision", "loud"], "No longer follows back whoever follows."),
        (folder.path(), &["--revision", "quiet..", "bots/"], "Nothing changes for people"),
        (folder.path(), &["loud:bots", "bots"], "No longer follows back whoever follows."),
        (folder.path(), &["bots/new.yaml", "loud:bots/bot.yaml"], back),
        (&below, &["quiet:bots/bot.yaml", "loud:bots/bot.yaml"], back),
        (&below, &["quiet:./bot.yaml", "loud:./bot.yaml"], back),
        (&below, &["--revision", "quiet..loud"], back),
    ];
    for (here, arguments, expected) in cases {
        let output = run(here, &[&["diff"], *arguments].concat());
        let said = stdout(&output);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{arguments:?}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    let places = stdout(&run(folder.path(), &["diff", "--revision", "loud"]));
    assert!(places.contains("loud:bots/bot.yaml:4"), "{places}");
    let places = stdout(&run(folder.path(), &["diff", "--revision", "quiet..loud"]));
    assert!(places.contains("    bots/bot.yaml:4"), "{places}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = repository();
    fs::write(folder.path().join("notes.yaml"), "a: 1\n").unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&[], "two versions are compared"),
        (&["bots"], "two versions are compared"),
        (&["bots", "bots", "bots"], "two versions are compared"),
        (
            &["quiet:bots/nothing.yaml", "bots/new.yaml"],
            "quiet:bots/nothing.yaml: there is no such file or folder",
        ),
        (&["bots/nothing.yaml", "bots/new.yaml"], "bots/nothing.yaml: there is no such file or folder"),
        (&["never:bots", "bots"], "there is no git revision `never` here"),
        (&["--revision", "never..loud"], "there is no git revision `never` here"),
        (&["--revision", "quiet...loud"], "is no range of revisions"),
        (&["--revision", "..loud"], "is no range of revisions"),
        (
            &["--revision", "quiet..loud", "nothing.yaml"],
            "nothing.yaml: there is no such file or folder in both versions",
        ),
        (&["-", "bots"], "standard input cannot be compared"),
        (&["notes.yaml", "notes.yaml"], "no bot configuration is recognised in either version"),
        (&["--revision=--output=x..loud"], "there is no git revision"),
    ];
    for (arguments, expected) in cases {
        let output = run(folder.path(), &[&["diff"], *arguments].concat());
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{arguments:?}");
        assert!(stderr(&output).contains(expected), "{arguments:?}: {}", stderr(&output));
    }
}

/// What is no longer recognised may still be done.
#[test]
fn a_file_that_is_not_understood_any_more_is_not_told_as_gone_alone() {
    let folder = tempfile::tempdir().unwrap();
    let files = |text: &str| {
        BTreeMap::from([
            ("bot.yaml".to_owned(), text.to_owned()),
            ("other.yaml".to_owned(), QUIET.replace("kiosk", "other")),
        ])
    };
    write(&folder.path().join("old"), &files(QUIET));
    write(&folder.path().join("new"), &files("title: a poem\nlines: 14\n"));
    let output = run(folder.path(), &["diff", "old", "new"]);
    let said = stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("may only not be understood any more"), "{said}");
    assert!(stderr(&output).contains("new/bot.yaml is no longer recognised"), "{}", stderr(&output));
}
