//! Bots' own configuration files as data (`tests/adhoc/*.toml`): what is none, and what is found in those that are.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::path::PathBuf;

use botiquette::dialect::{self, Candidate, Origin};
use botiquette::rules::Rulebook;
use botiquette::source::FileId;
use botiquette::syntax::{Syntax, parse};
use botiquette::{Input, Request, lint};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    file: Vec<File>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    why: String,
    text: String,
    /// What is expected: `LINE RULE`, in the order of the report.
    #[serde(default)]
    found: Vec<String>,
    /// Whether it is no bot's even where somebody names it.
    #[serde(default)]
    named: bool,
}

fn files(name: &str) -> Vec<File> {
    let path = crate::root().join("tests/adhoc").join(name);
    let files: Files = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(!files.file.is_empty());
    files.file
}

/// Errors and warnings as `LINE RULE`.
fn found(rulebook: &Rulebook, file: &File) -> Vec<String> {
    let input = Input::Stdin { name: file.name.clone(), bytes: file.text.clone().into_bytes() };
    let outcome = lint(&Request { inputs: vec![input], dialect: None, rulebook });
    assert_eq!(outcome.report.problems, Vec::<String>::new(), "{}", file.name);
    let findings = outcome.report.findings.iter();
    let told = findings.filter(|finding| finding.severity > botiquette::diagnostic::Severity::Info);
    told.map(|finding| {
        let place = finding.primary.place;
        let line = outcome.sources.get(place.file).unwrap().position(place.span.start).line;
        format!("{line} {}", finding.rule)
    })
    .collect()
}

#[test]
fn files_of_other_kinds_are_left_alone() {
    let mut taken = Vec::new();
    for file in files("elsewhere.toml") {
        let path = PathBuf::from(&file.name);
        let parsed = parse(&file.text, Syntax::from_path(&path).unwrap());
        assert_eq!(parsed.errors, [], "{}: {}", file.name, file.why);
        let candidate = Candidate {
            path: &path,
            file: FileId(0),
            tree: &parsed.tree,
            origin: if file.named { Origin::Named } else { Origin::Found },
            beside: None,
        };
        if let Some(dialect) = dialect::detect(&candidate) {
            taken.push(format!("{} ({}) is taken as {}", file.name, file.why, dialect.name()));
        }
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

#[test]
fn bots_are_found_whatever_words_they_use() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut wrong = Vec::new();
    for file in files("bots.toml") {
        let found = found(&rulebook, &file);
        if found != file.found {
            wrong.push(format!(
                "{} ({})\n  expected {:?}\n  found    {found:?}",
                file.name, file.why, file.found
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
