//! What was understood of a configuration, written as a conduct file, gets the same findings as the original:
//! over all samples, all pairs and decent bots of the catalogue, and all examples of rules.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use botiquette::analysis::effects::Assumptions;
use botiquette::describe::describe;
use botiquette::dialect::{self, conduct};
use botiquette::rules::{Rulebook, page};
use botiquette::{Input, Outcome, Request, lint};

/// Rules about the text of a file, which is not written on.
const ABOUT_TEXT: &[&str] = &[
    "syntax-error",
    "duplicate-key",
    "unknown-key",
    "inert-setting",
    "malformed-config",
    "example-config",
    "opaque-step",
    "unused-suppression",
    "suppression-without-reason",
];

/// Rule and severity of every finding with how many there are: the places differ.
fn findings(outcome: &Outcome) -> BTreeMap<String, usize> {
    let told = outcome.report.findings.iter().filter(|finding| !ABOUT_TEXT.contains(&finding.rule.as_ref()));
    let mut findings = BTreeMap::new();
    for finding in told {
        *findings.entry(format!("{} {:?}", finding.rule, finding.severity)).or_default() += 1;
    }
    findings
}

/// Whether the second run found the same. One line of a tool that stands for several automations gives one
/// finding there, and one for each automation once they are written out; nothing may be lost or new.
fn same(before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>, in_conduct: bool) -> bool {
    let kinds = |found: &BTreeMap<String, usize>| found.keys().cloned().collect::<Vec<_>>();
    let fewer = before.iter().any(|(kind, count)| after.get(kind).is_none_or(|after| after < count));
    if in_conduct { before == after } else { kinds(before) == kinds(after) && !fewer }
}

/// What is said of every automation, and how many people each account reaches.
fn sentences(outcome: &Outcome) -> Vec<String> {
    let descriptions = describe(&outcome.model, &Assumptions::built_in().unwrap());
    let told = descriptions.iter().flat_map(|account| {
        let told = account.does.iter().chain(&account.off).map(|told| told.sentence.clone());
        told.chain([format!("reaches {:.3}", account.reach.per_day)])
    });
    told.collect()
}

fn lint_text(rulebook: &Rulebook, text: &str) -> Outcome {
    let inputs = vec![Input::Stdin { name: "written.yaml".to_owned(), bytes: text.as_bytes().to_vec() }];
    lint(&Request { inputs, dialect: dialect::find("conduct"), rulebook })
}

/// What differs between a configuration and the conduct file written of it.
fn difference(rulebook: &Rulebook, name: &str, original: &Outcome) -> Option<String> {
    let written = conduct::write(&original.model).unwrap();
    let read = lint_text(rulebook, &written);
    let complaints: Vec<_> = read
        .report
        .findings
        .iter()
        .filter(|finding| {
            matches!(finding.rule.as_ref(), "malformed-config" | "syntax-error" | "duplicate-key")
        })
        .map(|finding| finding.title.clone())
        .collect();
    if !complaints.is_empty() {
        return Some(format!("{name}: {complaints:?}\n{written}"));
    }
    let (before, after) = (findings(original), findings(&read));
    let (said, again) = (sentences(original), sentences(&read));
    if said != again {
        return Some(format!("{name}: {said:#?} became {again:#?}"));
    }
    let in_conduct = original.report.files.iter().all(|file| file.dialect == Some("conduct"));
    (!same(&before, &after, in_conduct)).then(|| format!("{name}: {before:?} became {after:?}\n{written}"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    crate::root().to_path_buf()
}

#[test]
fn samples_and_catalogue_keep_their_findings() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut paths = files(&root().join("sample-configs"));
    paths.extend(files(&root().join("tests/catalogue")));
    let mut differences = Vec::new();
    for path in &paths {
        let inputs = crate::inputs_at(path);
        let original = lint(&Request { inputs, dialect: None, rulebook: &rulebook });
        differences.extend(difference(&rulebook, &path.display().to_string(), &original));
    }
    // All samples of a tool in one run: many accounts in one file.
    for folder in fs::read_dir(root().join("sample-configs")).unwrap() {
        let path = folder.unwrap().path();
        let inputs = crate::inputs_at(&path);
        let original = lint(&Request { inputs, dialect: None, rulebook: &rulebook });
        assert!(!original.model.automations.is_empty(), "{}", path.display());
        differences.extend(difference(&rulebook, &path.display().to_string(), &original));
    }
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn examples_of_rules_keep_their_findings_and_are_valid() {
    let rulebook = Rulebook::built_in().unwrap();
    let schema = jsonschema::validator_for(&conduct::schema()).unwrap();
    let mut differences = Vec::new();
    for rule in rulebook.rules() {
        for example in page(&rule.name).unwrap().unwrap().examples {
            let original = lint_text(&rulebook, &example.config);
            differences.extend(difference(&rulebook, &rule.name, &original));
            let written = conduct::write(&original.model).unwrap();
            let document: serde_json::Value = serde_yaml::from_str(&written).unwrap();
            let mistakes =
                schema.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path()));
            assert_eq!(mistakes.collect::<Vec<_>>(), Vec::<String>::new(), "{}:\n{written}", rule.name);
        }
    }
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn secrets_are_never_written() {
    let token = format!("ghp_{}", "a1B2c3".repeat(6));
    let text = format!(
        "account: {{ handle: '@b', password: hunter2-real, token: {token} }}\n\
         automations: [{{ on: mention, do: {{ call-webhook: {token} }} }}]\n"
    );
    let rulebook = Rulebook::built_in().unwrap();
    let original = lint_text(&rulebook, &text);
    let written = conduct::write(&original.model).unwrap();
    assert!(!written.contains("hunter2") && !written.contains(&token), "{written}");
    assert!(findings(&original).contains_key("hardcoded-secret Error"));
    assert_eq!(difference(&rulebook, "secrets", &original), None);
    // Where a token is all the name that an account has, automations call the account otherwise.
    let text = format!(
        "accounts: [{token}, '@b']\nautomations: [{{ account: {token}, on: mention, do: {{ reply: hi }} }}]\n"
    );
    let original = lint_text(&rulebook, &text);
    let written = conduct::write(&original.model).unwrap();
    assert!(!written.contains(&token), "{written}");
}
