//! Workflows in `tests/github/cases/`, each with its last line saying what is reported.

#![allow(clippy::unwrap_used)]

use std::fs;

use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};

use crate::linted::{findings, lint_text};

#[test]
fn cases_report_what_they_say() {
    let folder = crate::root().join("tests/github/cases");
    let mut number = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let last = text.lines().last().unwrap();
        let expected = last.strip_prefix("# Reports ").and_then(|rest| rest.strip_suffix('.')).unwrap();
        let outcome = lint_text(".github/workflows/x.yml", &text);
        let found = match (outcome.report.files[0].dialect, findings(&outcome)) {
            (None, _) => "that it is no bot".to_owned(),
            (Some(_), found) if found.is_empty() => "nothing".to_owned(),
            (Some(_), found) => found.join(", "),
        };
        assert_eq!(found, expected, "{}", path.display());
        number += 1;
    }
    assert!(number > 30, "{number} cases");
}

#[test]
fn a_reusable_workflow_runs_with_what_its_callers_give() {
    const CALLED: &str = "on: { workflow_call: { inputs: { days: { type: number } } } }\njobs:\n  stale:\n    steps:\n      - uses: actions/stale@v9\n        with:\n          days-before-close: ${{ inputs.days }}\n          exempt-issue-labels: pinned\n          exempt-pr-labels: pinned\n";
    let caller = |days: &str| {
        format!(
            "on: {{ schedule: [{{ cron: '0 4 * * *' }}] }}\njobs:\n  tidy:\n    uses: ./.github/workflows/stale.yml\n    with: {{ days: {days} }}\n"
        )
    };
    let reported = |callers: &[String]| {
        let mut inputs = vec![(".github/workflows/stale.yml".to_owned(), CALLED.to_owned())];
        let named = callers
            .iter()
            .enumerate()
            .map(|(number, text)| (format!(".github/workflows/caller-{number}.yml"), text.clone()));
        inputs.extend(named);
        let inputs = inputs.into_iter().map(|(name, text)| Input::Stdin { name, bytes: text.into_bytes() });
        let rulebook = Rulebook::built_in().unwrap();
        findings(&lint(&Request { inputs: inputs.collect(), dialect: None, rulebook: &rulebook }))
    };
    assert_eq!(reported(&[]), [""; 0]);
    assert_eq!(reported(&[caller("30")]), [""; 0]);
    assert_eq!(reported(&[caller("2")]), ["7 stale-hair-trigger"]);
    assert_eq!(reported(&[caller("30"), caller("3")]), ["7 stale-hair-trigger"]);
    assert_eq!(reported(&[caller("'${{ vars.DAYS }}'")]), [""; 0]);
}
