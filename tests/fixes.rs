//! Fixes: each rule that has some shows one on an example; whatever is fixed in examples and samples of every layout
//! is judged here once more, by other parsers and by a run of its own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use botiquette::diagnostic::{Finding, Safety};
use botiquette::fix::propose;
use botiquette::rules::{Rulebook, page};
use botiquette::{Input, Linter, Outcome};
use serde_json::Value;

/// So many files are fixed in an ordinary run; `BOTIQUETTE_FIX_CASES` says how many otherwise.
const CASES: usize = 400;

fn input(name: &str, text: &str) -> Vec<Input> {
    vec![Input::Stdin { name: name.to_owned(), bytes: text.as_bytes().to_vec() }]
}

fn linter(dialect: Option<&str>) -> Linter {
    let builder = Linter::builder().include_info(true);
    dialect.into_iter().fold(builder, |builder, name| builder.dialect(name)).build().unwrap()
}

fn with_fixes(linter: &Linter, name: &str, text: &str) -> Outcome {
    let inputs = input(name, text);
    let mut outcome = linter.check_inputs(inputs.clone());
    propose(linter, &inputs, &mut outcome);
    outcome
}

/// The text after the fix of a finding.
fn fixed(text: &str, finding: &Finding) -> String {
    let fix = finding.fix.as_ref().unwrap();
    let mut new = text.to_owned();
    for edit in fix.edits.iter().rev() {
        let span = edit.place.span;
        new.replace_range(span.start as usize..span.end as usize, &edit.text);
    }
    new
}

/// An example as YAML, JSON and TOML.
fn written(config: &str) -> Vec<(&'static str, String)> {
    let mut all = vec![("example.yaml", config.to_owned())];
    if let Ok(value) = serde_yaml::from_str::<Value>(config) {
        all.push(("example.json", serde_json::to_string_pretty(&value).unwrap()));
        all.extend(toml::to_string(&value).ok().map(|toml| ("example.toml", toml)));
    }
    all
}

/// Rules whose fixes only the samples of a tool show: engine remarks, and what conduct files cannot say.
const SHOWN_BY_SAMPLES: &[&str] = &[];

#[test]
fn every_rule_with_a_fix_shows_it_in_an_example() {
    let linter = linter(Some("conduct"));
    let rulebook = Rulebook::built_in().unwrap();
    let mut table = String::new();
    let mut shown = BTreeSet::new();
    let mut silent = Vec::new();
    for rule in rulebook.rules().iter().filter(|rule| rule.has_fix()) {
        let (mut tried, mut found) = (0, 0);
        let mut titles: BTreeSet<String> = BTreeSet::new();
        let examples = page(&rule.name).unwrap().unwrap().examples;
        for example in examples.iter().filter(|example| example.is_bad) {
            for (name, text) in written(&example.config) {
                let outcome = with_fixes(&linter, name, &text);
                for finding in outcome.findings().filter(|finding| finding.rule == rule.name) {
                    tried += 1;
                    if let Some(fix) = &finding.fix {
                        found += 1;
                        titles.insert(format!("{} ({})", fix.title, fix.safety));
                    }
                }
            }
        }
        if found > 0 {
            shown.insert(rule.name.to_string());
        } else {
            silent.push(rule.name.to_string());
        }
        let titles: Vec<String> = titles.into_iter().collect();
        table.push_str(&format!("{}: {found} of {tried}: {}\n", rule.name, titles.join("; ")));
    }
    println!("{table}\n{} rules; silent: {silent:?}", shown.len());
    assert!(shown.len() >= 25, "only {} rules show a fix", shown.len());
    insta::assert_snapshot!("fixes_of_examples", table);
}
