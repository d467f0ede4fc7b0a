//! Stale policies of GitHub repositories, from the files of their tools to findings.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::linted::{findings, lint_text, loud};

const WORKFLOW: &str = ".github/workflows/x.yml";
const APP: &str = ".github/stale.yml";

/// A workflow that runs a stale step with these inputs, the first of which is on line 7.
fn step(inputs: &[&str]) -> String {
    workflow("on: { schedule: [{ cron: '0 0 * * *' }] }", inputs)
}

fn workflow(on: &str, inputs: &[&str]) -> String {
    let inputs: String = inputs.iter().map(|input| format!("          {input}\n")).collect();
    format!(
        "{on}\njobs:\n  tidy:\n    steps:\n      - uses: actions/stale@v9\n        with:\n{inputs}          exempt-issue-labels: pinned\n          exempt-pr-labels: pinned\n"
    )
}

#[track_caller]
fn reports(inputs: &[&str], expected: &[&str]) {
    assert_eq!(loud(&lint_text(WORKFLOW, &step(inputs))), expected, "{inputs:?}");
}

#[test]
fn own_inputs_win_over_common_ones() {
    reports(&["days-before-stale: 3", "days-before-issue-stale: 60", "days-before-pr-stale: '60'"], &[]);
    reports(&["days-before-stale: 90", "days-before-issue-stale: 3"], &["8 stale-hair-trigger"]);
    reports(&["days-before-stale: 3", "days-before-issue-stale: ''"], &["7 stale-hair-trigger"]);
}

#[test]
fn issues_and_pull_requests_have_their_own_limits() {
    reports(&["days-before-stale: 30"], &[]);
    reports(&["days-before-issue-stale: 29"], &["7 stale-hair-trigger"]);
    reports(&["days-before-pr-stale: 14"], &[]);
    reports(&["days-before-pr-stale: 13"], &["7 stale-hair-trigger"]);
    reports(&["days-before-close: 6"], &["7 stale-hair-trigger"]);
}

#[test]
fn never_is_never_and_zero_is_at_once() {
    reports(&["days-before-stale: -1", "days-before-close: 1"], &[]);
    reports(&["days-before-close: '-1'", "ignore-updates: true"], &[]);
    reports(&["days-before-issue-close: 0"], &["7 stale-hair-trigger"]);
}

#[test]
fn activity_that_does_not_count_is_reported_where_it_is_said() {
    reports(&["remove-stale-when-updated: false"], &["7 stale-hair-trigger"]);
    reports(&["ignore-pr-updates: 'true'"], &["7 stale-hair-trigger"]);
}

#[test]
fn what_does_not_run_is_quiet() {
    let hasty = &["days-before-stale: 2"];
    reports(&["debug-only: true", "days-before-stale: 2"], &[]);
    for on in [
        "on: workflow_dispatch",
        "on: { workflow_dispatch: , schedule: }",
        "# on: schedule",
        "on: { push: , workflow_dispatch: }\nx: y",
    ] {
        let text = workflow(on, hasty).replace("  tidy:\n", "  tidy:\n    if: github.event_name != 'push'\n");
        assert_eq!(loud(&lint_text(WORKFLOW, &text)), [""; 0], "{on}");
    }
    let text = step(hasty).replace("  tidy:\n", "  tidy:\n    if: ${{ false }}\n");
    assert_eq!(loud(&lint_text(WORKFLOW, &text)), [""; 0]);
    let outcome = lint_text(WORKFLOW, &workflow("name: no trigger", hasty));
    assert_eq!(findings(&outcome), ["2 inert-setting"]);
}

#[test]
fn expressions_are_resolved_where_the_file_tells() {
    let text = |on: &str| workflow(on, &["days-before-stale: ${{ env.DAYS }}"]);
    assert_eq!(loud(&lint_text(WORKFLOW, &text("on: schedule"))), [""; 0]);
    assert_eq!(loud(&lint_text(WORKFLOW, &text("on: schedule\nenv: { DAYS: 5 }"))), ["8 stale-hair-trigger"]);
    reports(&["days-before-stale: ${{ inputs.days || '5' }}"], &["7 stale-hair-trigger"]);
    reports(&["days-before-close: ${{ vars.DAYS }}", "stale-issue-message: Closed in 90 days"], &[]);
    let message = "stale-issue-message: It will be closed in ${{ env.DAYS }} days.";
    let on = "on: schedule\nenv: { DAYS: 30 }";
    let outcome = lint_text(WORKFLOW, &workflow(on, &[message]));
    assert_eq!(loud(&outcome), ["8 deadline-mismatch"]);
}

#[test]
fn messages_are_compared_with_their_own_kind() {
    reports(
        &[
            "stale-issue-message: It will be closed in 7 days.",
            "stale-pr-message: It will be closed in 14 days.",
            "days-before-pr-close: 14",
        ],
        &[],
    );
    reports(
        &["stale-pr-message: It will be closed in 14 days.", "days-before-issue-close: 14"],
        &["7 deadline-mismatch"],
    );
    reports(&["close-issue-message: Closed after 67 days of silence. You can reopen it for 90 days."], &[]);
}

#[test]
fn messages_that_nobody_gets_are_noted_once() {
    let inputs =
        &["days-before-pr-stale: -1", "stale-pr-message: Closed in 99 days", "close-pr-message: Bye"];
    let outcome = lint_text(WORKFLOW, &step(inputs));
    assert_eq!(findings(&outcome), ["8 inert-setting"], "marked by hand, it is closed");
    let inputs = &["days-before-pr-close: -1", "close-pr-message: Bye"];
    let outcome = lint_text(WORKFLOW, &step(inputs));
    assert_eq!(findings(&outcome), ["8 inert-setting"]);
    let outcome = lint_text(APP, "daysUntilStale: 60\ndaysUntilClose: false\ncloseComment: Bye\n");
    assert_eq!(findings(&outcome), ["3 inert-setting"]);
}

#[test]
fn old_versions_leave_kinds_without_a_message_alone() {
    let text = step(&["days-before-stale: 2"]).replace("@v9", "@v3.0.19");
    assert_eq!(loud(&lint_text(WORKFLOW, &text)), [""; 0]);
}

#[test]
fn several_steps_are_several_policies() {
    let text = "on: schedule\njobs:\n  a:\n    steps:\n      - uses: actions/stale@v9\n        with: { only-labels: needs-info, days-before-stale: 7 }\n      - uses: actions/stale@v9\n        with: { exempt-all-milestones: true, days-before-close: 3 }\n";
    assert_eq!(loud(&lint_text(WORKFLOW, text)), ["8 stale-hair-trigger"]);
}

#[test]
fn unknown_inputs_are_named() {
    let outcome = lint_text(WORKFLOW, &step(&["days-before-issues-close: 3"]));
    assert_eq!(findings(&outcome), ["7 unknown-key"]);
    assert!(outcome.report.findings[0].help.contains("days-before-issue-close"));
}

#[test]
fn the_app_has_its_own_defaults() {
    assert_eq!(loud(&lint_text(APP, "daysUntilStale: 60\n")), [""; 0]);
    assert_eq!(
        loud(&lint_text(APP, "daysUntilStale: 60\nexemptLabels: []\n")),
        ["1 stale-closes-unanswered"]
    );
    assert_eq!(
        loud(&lint_text(APP, "daysUntilStale: 60\nexemptLabels: []\ndaysUntilClose: false\n")),
        [""; 0]
    );
    assert_eq!(loud(&lint_text(APP, "_extends: .github\nonly: issues\n")), [""; 0]);
}

#[test]
fn keys_of_one_kind_win_in_the_app() {
    let text = "daysUntilStale: 10\nissues:\n  daysUntilStale: 60\nonly: issues\n";
    assert_eq!(loud(&lint_text(APP, text)), [""; 0]);
    let text = "daysUntilStale: 60\npulls:\n  daysUntilClose: 2\n  markComment: Closed in 7 days\n";
    assert_eq!(loud(&lint_text(APP, text)), ["3 stale-hair-trigger", "4 deadline-mismatch"]);
}

#[test]
fn other_files_are_not_claimed() {
    for (name, text) in [
        (APP, "version: 2\nupdates: []\n"),
        ("no-response.yml", "daysUntilClose: 7\ncloseComment: Bye\n"),
        ("lock.yml", "lockComment: false\nexemptLabels: []\n"),
        (WORKFLOW, "on: push\njobs: { a: { steps: [{ uses: actions/checkout@v4 }] } }\n# actions/stale\n"),
    ] {
        assert_eq!(lint_text(name, text).report.files[0].dialect, None, "{name}");
    }
}

/// Every comment `# rule` in a sample stands where that rule reports, and nothing else is reported.
#[test]
fn samples_are_reported_where_they_say() {
    let folder = crate::root().join("sample-configs/github-stale");
    let samples = files_below(&folder);
    assert!(samples.len() >= 5);
    for path in samples {
        let text = fs::read_to_string(&path).unwrap();
        let said = loud(&lint_text(path.strip_prefix(&folder).unwrap().to_str().unwrap(), &text));
        for finding in &said {
            let (line, rule) = finding.split_once(' ').unwrap();
            let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
            // A message block is reported at its first line, below its key.
            let is_expected = line.contains(rule) || (rule == "deadline-mismatch" && text.contains(rule));
            assert!(is_expected, "{}: {finding}", path.display());
        }
        let is_bad = text.starts_with("# Bad");
        assert_eq!(is_bad, !said.is_empty(), "{}: {said:?}", path.display());
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn an_input_of_another_version_exempts_nobody() {
    let text = |version: &str, input: &str| {
        let text = workflow("on: { schedule: [{ cron: '0 0 * * *' }] }", &[input]);
        text.replace("@v9", version).replace("          exempt-issue-labels: pinned\n", "")
    };
    for (version, input, expected) in [
        ("@v9", "exempt-issue-label: keep", &["5 stale-closes-unanswered", "7 unknown-key"][..]),
        ("@v1", "exempt-issue-label: keep", &["8 unknown-key"]),
        ("@v9", "exempt-issue-labels: keep", &[]),
        ("@v1", "exempt-issue-labels: keep", &["7 unknown-key", "8 unknown-key"]),
        ("@v4", "only-issue-types: bug", &["5 stale-closes-unanswered", "7 unknown-key"]),
        ("@main", "only-issue-types: bug", &["5 stale-closes-unanswered"]),
    ] {
        let outcome = lint_text(WORKFLOW, &text(version, input));
        assert_eq!(findings(&outcome), expected, "{version} {input}");
    }
    let help = |version, input| {
        let outcome = lint_text(WORKFLOW, &text(version, input));
        let found = outcome.report.findings.iter().find(|finding| finding.rule == "unknown-key");
        found.map(|finding| finding.help.clone()).unwrap()
    };
    assert_eq!(help("@v9", "exempt-issue-label: keep"), "write `exempt-issue-labels`");
    assert_eq!(help("@v3", "exempt-draft-pr: true"), "use version 4 or a later one");
    assert_eq!(help("@v9", "skip-stale-pr-message: true"), "delete it");
}
