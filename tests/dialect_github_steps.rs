//! Workflow steps that lock, close, greet and comment: what each version of each action makes of its inputs.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::github::{conduct, step};
use crate::linted::{findings, lint_text, loud};

const WORKFLOW: &str = ".github/workflows/x.yml";
const DAILY: &str = "{ schedule: [{ cron: '0 0 * * *' }] }";

#[track_caller]
fn does(text: &str, expected: &[&str]) {
    assert_eq!(conduct(&lint_text(WORKFLOW, text)), expected, "{text}");
}

#[track_caller]
fn finds(text: &str, expected: &[&str]) {
    assert_eq!(findings(&lint_text(WORKFLOW, text)), expected, "{text}");
}

#[test]
fn locks_count_from_the_closing() {
    let text = step(DAILY, "dessant/lock-threads@v5", &["issue-inactive-days: 30", "issue-comment: Locked."]);
    does(&text, &["item-closed 30d: comment \"Locked.\", lock resolved", "item-closed 365d: lock resolved"]);
    finds(&text, &[]);
}

#[test]
fn each_version_of_lock_threads_has_its_own_names() {
    let old = &["process-only: issues", "issue-lock-inactive-days: '14'"];
    does(&step(DAILY, "dessant/lock-threads@v2", old), &["item-closed 14d: lock resolved"]);
    finds(&step(DAILY, "dessant/lock-threads@v2", old), &[]);
    for new in ["v3", "v5.0.1", "main", "0123456789abcdef0123456789abcdef01234567"] {
        let text = step(DAILY, &format!("dessant/lock-threads@{new}"), old);
        does(&text, &["item-closed 365d: lock resolved"]);
        finds(&text, &["8 unknown-key"]);
    }
    let text = step(DAILY, "dessant/lock-threads@v2", &["issue-inactive-days: 14"]);
    does(&text, &["item-closed 365d: lock resolved", "item-closed 365d: lock resolved"]);
    let outcome = lint_text(WORKFLOW, &text);
    assert_eq!(outcome.report.findings[0].help, "write `issue-lock-inactive-days`");
}

#[test]
fn a_comment_behind_a_commit_tells_the_version() {
    let pinned = "dessant/lock-threads@0123456789abcdef0123456789abcdef01234567 # v2.1.2";
    let text = step(DAILY, pinned, &["issue-lock-inactive-days: 14", "process-only: issues"]);
    does(&text, &["item-closed 14d: lock resolved"]);
    finds(&text, &[]);
    // A comment on another line belongs to something else.
    let text = text.replace(" # v2.1.2", "\n        # v2");
    does(&text, &["item-closed 365d: lock resolved"]);
    let help = &lint_text(WORKFLOW, &text).report.findings[0].help;
    assert!(help.contains("newest version"), "{help}");
}

#[test]
fn locks_keep_to_their_lists() {
    let text = step(
        DAILY,
        "dessant/lock-threads@v6",
        &[
            "process-only: 'prs, discussions'",
            "issue-comment: never sent",
            "exclude-any-pr-labels: 'keep, help wanted'",
            "pr-lock-reason: ''",
            "add-pr-labels: old",
        ],
    );
    does(
        &text,
        &[
            "item-closed 365d if exempt-labels=keep+help wanted: label old, lock",
            "item-closed 365d: lock resolved",
        ],
    );
    finds(&text, &["8 inert-setting"]);
}

#[test]
fn malformed_inputs_of_locks_are_told() {
    let text =
        step(DAILY, "dessant/lock-threads@v5", &["process-only: issue, pulls", "issue-lock-reason: rude"]);
    finds(&text, &["7 malformed-config", "8 malformed-config"]);
    let text = step(DAILY, "dessant/lock-threads@v5", &["issue-inactive-days: soon"]);
    finds(&text, &["7 malformed-config"]);
}

#[test]
fn a_lock_that_says_another_time_than_it_keeps_is_reported() {
    let message = "issue-comment: This issue has been inactive for 30 days and is locked.";
    let inputs = &["issue-inactive-days: 14", message, "process-only: issues"];
    assert_eq!(
        loud(&lint_text(WORKFLOW, &step(DAILY, "dessant/lock-threads@v5", inputs))),
        ["8 deadline-mismatch"]
    );
    let inputs = &["issue-inactive-days: 30", message, "process-only: issues"];
    finds(&step(DAILY, "dessant/lock-threads@v5", inputs), &[]);
}

#[test]
fn forks_keep_the_name_of_an_action() {
    does(
        &step(DAILY, "somebody/no-response-add-label@v1", &["daysUntilClose: 20"]),
        &[
            "no-reply 20d if only-labels=more-information-needed, once-per-thread, stop-on-reply: comment, close",
        ],
    );
    assert_eq!(lint_text(WORKFLOW, &step(DAILY, "a/my-lock-threads@v1", &[])).report.files[0].dialect, None);
}

#[test]
fn missing_answers_close_with_or_without_a_word() {
    let uses = "lee-dohm/no-response@v0.5.0";
    let guards = "if only-labels=info, once-per-thread, stop-on-reply";
    for (comment, told) in [
        ("closeComment: Bye", "comment \"Bye\", close"),
        ("closeComment: false", "close"),
        ("closeComment: 'false'", "close"),
        ("token: ${{ github.token }}", "comment, close"),
    ] {
        let text = step(DAILY, uses, &["responseRequiredLabel: info", comment]);
        does(&text, &[&format!("no-reply 14d {guards}: {told}")]);
        finds(&text, &[]);
    }
    finds(&step(DAILY, uses, &["daysUntilClose: 7"]), &[]);
    finds(&step(DAILY, uses, &["daysUntilClose: 6"]), &["7 stale-hair-trigger"]);
    finds(&step("workflow_dispatch", uses, &["daysUntilClose: 1"]), &[]);
}

#[test]
fn support_requests_follow_a_label() {
    let uses = "dessant/support-requests@v4";
    does(&step("issues", uses, &[]), &["labelled \"support\": comment, close"]);
    let inputs =
        &["support-label: ask", "issue-comment: Ask there.", "close-issue: false", "lock-issue: 'true'"];
    does(&step("issues", uses, inputs), &["labelled \"ask\": comment \"Ask there.\", lock off-topic"]);
    does(&step("issues", uses, &["issue-comment: ''"]), &["labelled \"support\": close"]);
}

#[test]
fn a_reason_without_a_lock_is_inert() {
    let inputs = &["lock-issue: false", "issue-lock-reason: off-topic"];
    finds(&step("issues", "dessant/support-requests@v4", inputs), &["8 inert-setting"]);
    let inputs = &["lock-issue: true", "issue-lock-reason: spam"];
    finds(&step("issues", "dessant/support-requests@v4", inputs), &[]);
}

#[test]
fn greetings_are_spelled_by_version() {
    let on = "[issues, pull_request_target]";
    let hyphens = &["repo-token: x", "issue-message: Hi.", "pr-message: Ho."];
    let underscores = &["repo_token: x", "issue_message: Hi.", "pr_message: Ho."];
    let both = ["issue-opened if first-time: comment \"Hi.\"", "pr-opened if first-time: comment \"Ho.\""];
    for (tag, known, unknown) in [
        ("v1", hyphens, underscores),
        ("v1.3.0", hyphens, underscores),
        ("v3", underscores, hyphens),
        ("main", underscores, hyphens),
    ] {
        let uses = format!("actions/first-interaction@{tag}");
        does(&step(on, &uses, known), &both);
        finds(&step(on, &uses, known), &[]);
        does(&step(on, &uses, unknown), &[]);
        finds(&step(on, &uses, unknown), &["7 unknown-key", "8 unknown-key", "9 unknown-key"]);
    }
}

#[test]
fn greetings_need_their_event() {
    let uses = "actions/first-interaction@v1";
    let inputs = &["issue-message: Hi.", "pr-message: Ho."];
    for (on, expected) in [
        ("issues", &["8 inert-setting"][..]),
        ("{ issues: { types: [opened] }, pull_request: { types: opened } }", &[]),
        ("{ issues: { types: [closed] }, pull_request: }", &["7 inert-setting"]),
    ] {
        finds(&step(on, uses, inputs), expected);
    }
}

#[test]
fn a_sample_greeting_is_noted() {
    let text = step(
        "issues",
        "actions/first-interaction@v1",
        &["issue-message: Message that will be displayed on users' first issue"],
    );
    finds(&text, &["7 boilerplate-greeting"]);
    let text = step(
        "{ issues: { types: opened } }",
        "wow-actions/welcome@v1",
        &["FIRST_ISSUE: TODO", "FIRST_PR_MERGED: Thanks."],
    );
    finds(&text, &["7 boilerplate-greeting", "8 inert-setting"]);
}

#[test]
fn comments_on_everything_are_noted() {
    for uses in ["wow-actions/auto-comment@v1", "bubkoo/auto-comment@v1"] {
        let inputs = &["issuesOpened: Hi.", "pullRequestClosedComment: Bye.", "issuesOpenedReactions: eyes"];
        let text = step("[issues, pull_request]", uses, inputs);
        does(
            &text,
            &["issue-opened: comment \"Hi.\"", "item-closed: comment \"Bye.\"", "issue-opened: react"],
        );
        finds(&text, &["7 comment-per-event"]);
        finds(&step("issues", uses, inputs), &["7 comment-per-event", "8 inert-setting"]);
    }
}

#[test]
fn a_comment_that_is_kept_up_to_date_is_no_flood() {
    let on = "pull_request";
    let text = step(on, "peter-evans/create-or-update-comment@v4", &["body: Built."]);
    does(&text, &["pr-opened or pushed or item-reopened: comment \"Built.\""]);
    finds(&text, &["7 comment-per-event"]);
    let text = step(on, "peter-evans/create-or-update-comment@v4", &["body: Built.", "comment-id: ${{ x }}"]);
    finds(&text, &[]);
    finds(&step(on, "marocchino/sticky-pull-request-comment@v2", &["message: Built."]), &[]);
}

#[test]
fn closing_actions_close() {
    does(
        &step(
            "{ pull_request_target: { types: [opened] } }",
            "superbrothers/close-pull-request@v3",
            &["comment: No."],
        ),
        &["pr-opened: comment \"No.\", close"],
    );
    does(
        &step(
            "{ issues: { types: [opened] } }",
            "dessant/repo-lockdown@v4",
            &["issue-comment: Moved.", "lock-issue: false", "lock-pr: false"],
        ),
        &["issue-opened: comment \"Moved.\", close"],
    );
}

#[test]
fn a_personal_token_is_another_account() {
    let text = "on: issues\njobs:\n  a:\n    steps:\n      - uses: dessant/support-requests@v4\n        with: { github-token: '${{ secrets.MY_PAT }}' }\n      - uses: dessant/support-requests@v4\n      - uses: dessant/support-requests@v4\n        with: { github-token: '${{ secrets.GITHUB_TOKEN }}' }\n      - uses: dessant/support-requests@v4\n        with: { github-token: '${{ steps.app.outputs.token }}' }\n";
    let outcome = lint_text("project/.github/workflows/x.yml", text);
    let accounts: Vec<_> = outcome
        .model
        .accounts
        .iter()
        .map(|account| {
            let identity = &account.identity;
            let ignored = !account.enforced_by_tool.is_empty();
            (identity.secret.as_deref(), identity.instance.as_deref().unwrap(), ignored)
        })
        .collect();
    assert_eq!(
        accounts,
        [
            (Some("MY_PAT"), "github:project secrets.MY_PAT", false),
            // Only what the workflow's own token does starts no further run.
            (None, "github:project", true),
            (None, "github:project another token", false),
        ]
    );
    let used: Vec<_> = outcome.model.automations.iter().map(|automation| automation.account).collect();
    assert_eq!(used, [0, 1, 1, 2]);
}

/// Samples say in comments which rules report them, the line of the comment or the file as a whole.
#[test]
fn samples_are_reported_for_what_they_say() {
    for folder in ["github-workflow", "probot"] {
        let folder = crate::root().join("sample-configs").join(folder);
        let samples = files_below(&folder);
        assert!(samples.len() >= 8, "{}", folder.display());
        for path in samples {
            let text = fs::read_to_string(&path).unwrap();
            let outcome = lint_text(path.strip_prefix(&folder).unwrap().to_str().unwrap(), &text);
            assert!(!outcome.model.automations.is_empty(), "{}", path.display());
            let reported: BTreeSet<String> = findings(&outcome)
                .iter()
                .map(|finding| finding.split_once(' ').unwrap().1.to_owned())
                .collect();
            let rules = outcome.report.findings.iter().map(|finding| finding.rule.to_string());
            let said: BTreeSet<String> = rules.filter(|rule| text.contains(rule.as_str())).collect();
            assert_eq!(reported, said, "{}", path.display());
            assert_eq!(text.starts_with("# Bad"), !reported.is_empty(), "{}", path.display());
        }
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn odd_workflows_are_survived() {
    for text in [
        "on: [\njobs: { a: { steps: [{ uses: dessant/lock-threads@v5 }] } }",
        "on: {schedule: 3}\njobs: { a: { steps: [{ uses: actions/first-interaction@, with: [] }] } }",
        "on: issues\njobs: { a: { steps: [{ uses: lee-dohm/no-response, with: { daysUntilClose: [] } }] } }",
        "on: issues\njobs: [{ steps: [{ run: 'gh pr close' }] }]",
        "on: issues\njobs: { a: { uses: org/repo/.github/workflows/lock-threads.yml@v1 } }",
    ] {
        lint_text(WORKFLOW, text);
    }
}
