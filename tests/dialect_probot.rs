//! Settings of hosted GitHub apps: lock, no-response, welcome, request-info and auto-comment.

#![allow(clippy::unwrap_used)]

use crate::github::conduct;
use crate::linted::{findings, lint_text};

#[track_caller]
fn does(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(conduct(&lint_text(name, text)), expected, "{text}");
}

#[track_caller]
fn finds(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(findings(&lint_text(name, text)), expected, "{text}");
}

const LOCK: &str = ".github/lock.yml";
const NO_RESPONSE: &str = ".github/no-response.yml";
const CONFIG: &str = ".github/config.yml";
const AUTO_COMMENT: &str = ".github/auto-comment.yml";

#[test]
fn each_file_is_told_by_its_content() {
    for (name, text, dialect) in [
        ("any.yml", "daysUntilLock: 30\n", Some("probot-lock")),
        (LOCK, "exemptLabels: []\n", Some("probot-lock")),
        ("lock.yml", "exemptLabels: []\n", None),
        (LOCK, "packages: []\n", None),
        ("any.yml", "daysUntilClose: 7\nresponseRequiredLabel: info\n", Some("probot-no-response")),
        (NO_RESPONSE, "daysUntilClose: 7\n", Some("probot-no-response")),
        ("any.yml", "daysUntilClose: 7\n", None),
        (".github/stale.yml", "daysUntilClose: 7\n", Some("probot-stale")),
        ("any.yml", "newIssueWelcomeComment: Hi\n", Some("probot-config")),
        (CONFIG, "todo: { keyword: todo }\n", None),
        ("any.yml", "issuesOpened: Hi\npullRequestOpened: Ho\n", Some("probot-auto-comment")),
        ("any.yml", "issuesOpened: 3\nissuesClosed: 4\nper: week\n", None),
        ("any.yml", "issuesOpened: { type: count }\n", None),
        (AUTO_COMMENT, "issuesOpened: Hi\nother: x\n", Some("probot-auto-comment")),
    ] {
        assert_eq!(lint_text(name, text).report.files[0].dialect, dialect, "{name}: {text}");
    }
}

#[test]
fn locks_have_the_defaults_of_the_app() {
    does(LOCK, "daysUntilLock: 90\nonly: issues\n", &["item-closed 90d: comment, lock resolved"]);
    let text = "daysUntilLock: 90\nlockComment: false\nlockLabel: old\nsetLockReason: false\nexemptLabels: [keep]\nskipCreatedBefore: 2020-01-01\nonly: pulls\n";
    does(LOCK, text, &["item-closed 90d if exempt-labels=keep, age-limit: label old, lock"]);
    finds(LOCK, text, &[]);
}

#[test]
fn keys_of_one_kind_win_in_locks() {
    let text = "daysUntilLock: 90\nlockComment: Locked.\npulls:\n  daysUntilLock: 30\n  lockComment: false\n";
    does(
        LOCK,
        text,
        &["item-closed 90d: comment \"Locked.\", lock resolved", "item-closed 30d: lock resolved"],
    );
}

#[test]
fn what_is_extended_is_not_known() {
    does(LOCK, "lockComment: false\n_extends: .github\nonly: pulls\n", &["item-closed ?d: lock"]);
}

#[test]
fn a_lock_that_says_another_time_than_it_keeps_is_reported() {
    let text =
        "daysUntilLock: 14\nonly: issues\nlockComment: Locked, since it has been inactive for 60 days.\n";
    finds(LOCK, text, &["3 deadline-mismatch"]);
}

#[test]
fn keys_that_the_apps_do_not_have_are_told() {
    finds(LOCK, "daysUntilLock: 90\nlockComments: Bye\n", &["2 unknown-key"]);
    finds(NO_RESPONSE, "daysUntilClose: 14\nclosingComment: Bye\n", &["2 unknown-key"]);
    finds(CONFIG, "newIssueWelcomeComment: Hi.\nnewIssueWelcomeComent: Hi.\ntodo: x\n", &["2 unknown-key"]);
    finds(AUTO_COMMENT, "pullRequestDropped: Hi.\nissuesLabeled: Ho.\n", &["1 unknown-key"]);
}

#[test]
fn missing_answers_close() {
    let guards = "if only-labels=more-information-needed, once-per-thread, stop-on-reply";
    does(NO_RESPONSE, "daysUntilClose: 21\n", &[&format!("no-reply 21d {guards}: comment, close")]);
    does(NO_RESPONSE, "closeComment: false\n", &[&format!("no-reply 14d {guards}: close")]);
    finds(NO_RESPONSE, "daysUntilClose: 3\ncloseComment: Closed for now.\n", &["1 stale-hair-trigger"]);
    finds(NO_RESPONSE, "daysUntilClose: 3\nperform: false\n", &[]);
}

#[test]
fn greetings_are_for_newcomers() {
    let text =
        "newIssueWelcomeComment: >\n  Hi.\nnewPRWelcomeComment: Ho.\nfirstPRMergeComment: Ha.\ntodo: x\n";
    does(
        CONFIG,
        text,
        &[
            "issue-opened if first-time: comment \"Hi.\"",
            "pr-opened if first-time: comment \"Ho.\"",
            "item-closed if first-time: comment \"Ha.\"",
        ],
    );
    finds(CONFIG, text, &[]);
    finds(CONFIG, "newPRWelcomeComment: TODO\n", &["1 boilerplate-greeting"]);
    does(CONFIG, "newIssueWelcomeComment: false\n", &[]);
}

#[test]
fn questions_go_to_empty_reports() {
    let text = "requestInfoReplyComment:\n  - More, please.\n  - What happened?\nrequestInfoLabelToAdd: needs-info\nrequestInfoOn: { issue: true, pullRequest: false }\n";
    does(
        CONFIG,
        text,
        &["issue-opened if relevance: comment \"More, please.\" \"What happened?\", label needs-info"],
    );
    finds(CONFIG, text, &[]);
}

#[test]
fn comments_on_events_are_for_everybody() {
    let text = "issuesOpened: >\n  Hi.\npullRequestSynchronize: Again.\nissuesClosed: ''\n";
    does(AUTO_COMMENT, text, &["issue-opened: comment \"Hi.\"", "pushed: comment \"Again.\""]);
    finds(AUTO_COMMENT, text, &["1 comment-per-event"]);
}

#[test]
fn files_of_one_repository_belong_together() {
    for name in ["project/.github/lock.yml", "project/.github/workflows/lock.yml"] {
        let text = if name.contains("workflows") {
            "on: issues\njobs: { a: { steps: [{ uses: dessant/lock-threads@v5 }] } }"
        } else {
            "daysUntilLock: 90\n"
        };
        let outcome = lint_text(name, text);
        assert_eq!(outcome.model.accounts[0].identity.instance.as_deref(), Some("github:project"), "{name}");
    }
    let outcome = lint_text(LOCK, "daysUntilLock: 90\n");
    assert_eq!(outcome.model.accounts[0].identity.instance.as_deref(), Some("github:."));
}

#[test]
fn keys_in_the_file_of_another_app_are_told() {
    let stale = "daysUntilStale: 90\ndaysUntilClose: 30\nmarkComment: Quiet.\n";
    finds(AUTO_COMMENT, stale, &["1 unknown-key", "2 unknown-key", "3 unknown-key"]);
    finds(".github/lock.yml", "daysUntilStale: 90\n", &["1 unknown-key"]);
    finds(CONFIG, "daysUntilStale: 90\n", &["1 unknown-key"]);
    finds(
        ".github/boring-cyborg.yml",
        "firstIssueWelcomeComment: Hi\nnewPRWelcomeComment: Ho\n",
        &["2 unknown-key"],
    );
    let help = |name: &str, text: &str| lint_text(name, text).report.findings[0].help.clone();
    assert_eq!(help(AUTO_COMMENT, stale), "move it to `.github/stale.yml`, where its own app looks");
    assert!(help(".github/stale.yml", "days-before-stale: 60\n").contains("below `with:`"));
}

#[test]
fn boring_cyborg_greets_in_its_own_file() {
    let text =
        "labelPRBasedOnFilePath: { docs: [docs/**] }\nfirstPRWelcomeComment: Hi\nfirstPRMergeComment: Ho\n";
    does(
        ".github/boring-cyborg.yml",
        text,
        &["pr-opened if first-time: comment \"Hi\"", "item-closed if first-time: comment \"Ho\""],
    );
    finds(".github/boring-cyborg.yml", text, &[]);
}

#[test]
fn labels_bring_what_their_settings_say() {
    let text = "heated:\n  comment: Locked until tomorrow.\n  lock: true\n  lock-reason: too heated\n  prs: { label: 'on hold' }\n-heated:\n  unlock: true\n  reopen: true\n";
    does(
        ".github/label-actions.yml",
        text,
        &[
            "labelled \"heated\": comment \"Locked until tomorrow.\", label on hold, lock too heated",
            "labelled \"heated\": comment \"Locked until tomorrow.\", lock too heated",
            "happening \"the label “heated” is taken off\": reopen",
        ],
    );
    finds(".github/label-actions.yml", &text.replace("unlock", "unlok"), &["7 unknown-key"]);
    finds("labels.yml", &text.replace("too heated", "rude"), &["4 malformed-config"]);
    assert_eq!(lint_text("any.yml", "a: { comment: x }\n").report.files[0].dialect, None);
}
