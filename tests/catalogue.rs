//! The bad and good pair of every rule of the catalogue, as small conduct files under `tests/catalogue/`.
//! Each is read without complaint, gives the same findings in YAML and in JSON, and, where the rule is
//! part of the rulebook, the bad one is reported and the good one is not.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a file that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use botiquette::diagnostic::Severity;
use botiquette::rules::Rulebook;
use botiquette::{Input, Outcome, Request, lint};

/// Diagnostics of the text itself: they speak of comments, repeated keys or broken syntax, which no tree
/// carries into JSON.
const ABOUT_TEXT: &[&str] =
    &["syntax-error", "duplicate-key", "unused-suppression", "suppression-without-reason"];

/// How many rules and engine diagnostics the catalogue has.
const CATALOGUED: usize = 73 + 5;

struct Pair {
    bad: String,
    good: String,
}

fn pairs() -> BTreeMap<String, Pair> {
    let folder = crate::root().join("tests/catalogue");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".bad.yaml").map(str::to_owned))
        .collect();
    names.sort();
    let read = |name: &str, verdict: &str| {
        let path = folder.join(format!("{name}.{verdict}.yaml"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    names
        .into_iter()
        .map(|name| (name.clone(), Pair { bad: read(&name, "bad"), good: read(&name, "good") }))
        .collect()
}

fn lint_text(rulebook: &Rulebook, name: &str, text: &str) -> Outcome {
    let input = Input::Stdin { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    lint(&Request { inputs: vec![input], dialect: botiquette::dialect::find("conduct"), rulebook })
}

/// Rule and severity of every finding, sorted: orders of places differ between syntaxes.
fn findings(outcome: &Outcome) -> Vec<String> {
    let findings = outcome.report.findings.iter();
    let mut said: Vec<_> =
        findings.map(|finding| format!("{} {:?}", finding.rule, finding.severity)).collect();
    said.sort();
    said
}

fn as_json(yaml: &str) -> String {
    let value: serde_json::Value = serde_yaml::from_str(yaml).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn every_rule_of_the_catalogue_has_a_pair() {
    assert_eq!(pairs().len(), CATALOGUED);
}

#[test]
fn every_pair_is_read_without_complaint() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut complaints = Vec::new();
    for (name, pair) in pairs() {
        for (verdict, text) in [("bad", &pair.bad), ("good", &pair.good)] {
            let outcome = lint_text(&rulebook, "pair.yaml", text);
            for finding in &outcome.report.findings {
                let own = finding.rule == name && verdict == "bad";
                if !own
                    && matches!(finding.rule.as_ref(), "malformed-config" | "syntax-error" | "unknown-key")
                {
                    complaints.push(format!("{name}.{verdict}: {}", finding.primary.text));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn yaml_and_json_agree() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut differences = Vec::new();
    for (name, pair) in pairs() {
        if ABOUT_TEXT.contains(&name.as_str()) {
            continue;
        }
        for (verdict, text) in [("bad", &pair.bad), ("good", &pair.good)] {
            let yaml = findings(&lint_text(&rulebook, "pair.yaml", text));
            let json = findings(&lint_text(&rulebook, "pair.json", &as_json(text)));
            if yaml != json {
                differences.push(format!("{name}.{verdict}: YAML {yaml:?}, JSON {json:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn bad_is_reported_and_good_is_not() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut failures = Vec::new();
    for (name, pair) in pairs() {
        if rulebook.rule(&name).is_none() {
            continue;
        }
        let reports = |text: &str| {
            let outcome = lint_text(&rulebook, "pair.yaml", text);
            let covered = format!("also {name}:");
            let reported = outcome.report.findings.iter().any(|finding| {
                finding.rule == name || finding.notes.iter().any(|note| note.starts_with(&covered))
            });
            (reported, findings(&outcome))
        };
        match reports(&pair.bad) {
            (true, _) => {}
            (false, found) => failures.push(format!("{name}.bad is not reported; found {found:?}")),
        }
        if let (true, found) = reports(&pair.good) {
            failures.push(format!("{name}.good is reported: {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every file below `tests/catalogue/decent`, in order.
fn decent_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(decent_files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// The dialect of a decent bot, by the folder it lies in.
fn decent_dialect(path: &Path) -> &'static str {
    let lies_in = |name: &str| path.iter().any(|part| part == name);
    match () {
        () if lies_in("needs-info") => "github-workflow",
        () if lies_in("stale-app") => "probot-stale",
        () if lies_in("gramaddict-feed") => "gramaddict",
        () if lies_in("feed-bot") => "adhoc",
        () => "conduct",
    }
}

/// A feed that only posts is no bot by the looks of its file, so the dialect is named rather than detected.
#[test]
fn decent_bots_get_nothing() {
    let rulebook = Rulebook::built_in().unwrap();
    let folder = crate::root().join("tests/catalogue/decent");
    let mut complaints = Vec::new();
    for path in decent_files(&folder) {
        let name = decent_dialect(path.strip_prefix(&folder).unwrap());
        let dialect = botiquette::dialect::find(name);
        assert!(dialect.is_some(), "{name}");
        let inputs = crate::inputs_at(&path);
        let outcome = lint(&Request { inputs, dialect, rulebook: &rulebook });
        assert!(!outcome.model.automations.is_empty(), "{}", path.display());
        assert_eq!(outcome.report.problems, Vec::<String>::new());
        let loud = outcome.report.findings.iter().filter(|finding| finding.severity > Severity::Info);
        complaints.extend(loud.map(|finding| format!("{}: {}", path.display(), finding.rule)));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
