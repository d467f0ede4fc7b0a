//! Tools that keep a tracker in order: Mergify, GitOps policies, FabricBot, gitlab-triage. What each rule makes of
//! the people in it, in one line, and the traps of each format.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use crate::github::conduct;
use crate::linted::{findings, lint_text, loud};

#[track_caller]
fn does(name: &str, text: &str, expected: &[&str]) {
    assert_eq!(conduct(&lint_text(name, text)), expected, "{text}");
}

const MERGIFY: &str = ".mergify.yml";
const GITOPS: &str = ".github/policies/issues.yml";
const FABRIC: &str = ".github/fabricbot.json";
const TRIAGE: &str = ".triage-policies.yml";

/// One rule of Mergify that comments.
fn mergify(conditions: &str) -> String {
    format!(
        "pull_request_rules:\n  - name: x\n    conditions: [{conditions}]\n    actions: {{comment: {{message: Hi}}}}\n"
    )
}

/// One search of a policy.
fn search(filters: &str, actions: &str) -> String {
    format!(
        "configuration:\n  resourceManagementConfiguration:\n    scheduledSearches:\n      - frequencies: [{{hourly: {{hour: 6}}}}]\n        filters: [{filters}]\n        actions: [{actions}]\n"
    )
}

/// One task of a policy.
fn task(conditions: &str, actions: &str) -> String {
    format!(
        "configuration:\n  resourceManagementConfiguration:\n    eventResponderTasks:\n      - if: [{conditions}]\n        then: [{actions}]\n"
    )
}

/// One rule of gitlab-triage.
fn triage(resource: &str, conditions: &str, actions: &str) -> String {
    format!(
        "resource_rules:\n  {resource}:\n    rules:\n      - name: x\n        conditions: {{{conditions}}}\n        actions: {{{actions}}}\n"
    )
}

#[test]
fn each_file_is_told_by_its_content() {
    for (name, text, dialect) in [
        ("any.yml", mergify(""), Some("mergify")),
        (MERGIFY, "queue_rules: [{name: default}]\n".to_owned(), None),
        ("any.yml", search("isOpen", "closeIssue"), Some("gitops")),
        (GITOPS, "configuration:\n  branchProtectionRules: []\n".to_owned(), None),
        ("any.yml", triage("issues", "state: opened", "status: close"), Some("gitlab-triage")),
        (TRIAGE, "resource_rules: {dogs: {rules: []}}\n".to_owned(), None),
        ("any.json", r#"[{"capabilityId": "A", "config": {"actions": []}}]"#.to_owned(), Some("fabricbot")),
        (FABRIC, r#"{"tasks": [{"capabilityId": "A"}]}"#.to_owned(), None),
    ] {
        assert_eq!(lint_text(name, &text).report.files[0].dialect, dialect, "{name}: {text}");
    }
}

#[test]
fn conditions_of_mergify_say_when_and_for_whom() {
    for (conditions, expected) in [
        ("", "pr-opened: comment \"Hi\""),
        ("author != kim, base = main, '#commits = 1', -draft", "pr-opened if exempt-drafts: comment \"Hi\""),
        ("-author~=^dependabot", "pr-opened if exclude-bots: comment \"Hi\""),
        ("'author=renovate[bot]'", "pr-opened if relevance: comment \"Hi\""),
        ("label=bug", "labelled \"bug\": comment \"Hi\""),
        ("label!=bug, -label=wip", "pr-opened if exempt-labels=bug, exempt-labels=wip: comment \"Hi\""),
        ("or: [label=a, label=b]", "labelled \"a\" \"b\": comment \"Hi\""),
        ("not: {or: [label=a, label=b]}", "pr-opened if exempt-labels=a, exempt-labels=b: comment \"Hi\""),
        ("or: [label=a, files~=^docs]", "pr-opened if relevance: comment \"Hi\""),
        ("'#label=0'", "pr-opened if unlabelled: comment \"Hi\""),
        ("merged", "item-closed: comment \"Hi\""),
        ("-merged, -closed, -conflict", "pr-opened: comment \"Hi\""),
        ("closed, -merged", "item-closed: comment \"Hi\""),
        (
            "'updated-at < 2 days 12 hours ago', '#assignee=0'",
            "pr-idle 2.5d if exempt-assigned: comment \"Hi\"",
        ),
        ("'updated-at<2020-01-01'", "pr-idle ?d: comment \"Hi\""),
        ("'created-at<9 days ago'", "pr-idle 9d: comment \"Hi\""),
    ] {
        does(MERGIFY, &mergify(conditions), &[expected]);
    }
    let young = mergify("'updated-at >= 2 days ago'");
    does(MERGIFY, &young, &["happening \"something happens in a pull request\": comment \"Hi\""]);
    // A disabled rule does nothing, and what is only merged speaks to nobody.
    let off = mergify("").replace("    conditions", "    disabled: {reason: later}\n    conditions");
    does(MERGIFY, &off, &["off: pr-opened: comment \"Hi\""]);
    does(MERGIFY, &mergify("").replace("comment: {message: Hi}", "merge: {}, update: {}"), &[]);
}

#[test]
fn actions_of_mergify_take_defaults_and_are_checked() {
    let text = "defaults: {actions: {comment: {message: Ho}}}\npull_request_rules:\n  - name: x\n    conditions: [label=a]\n    actions: {comment: {}, label: {add: [b], remove: [a]}, close: {}}\n";
    does(MERGIFY, text, &["labelled \"a\": comment \"Ho\", label b, unlabel a, close, comment"]);
    let wrong = mergify("").replace("comment: {message: Hi}", "coment: {message: Hi}");
    assert_eq!(findings(&lint_text(MERGIFY, &wrong)), ["4 unknown-key"]);
    let wrong = mergify("").replace("message: Hi", "mesage: Hi");
    assert!(findings(&lint_text(MERGIFY, &wrong)).contains(&"4 unknown-key".to_owned()));
}

#[test]
fn two_stages_are_one_policy() {
    let text = "pull_request_rules:\n  - name: mark\n    conditions: [updated-at<60 days ago, label!=old, label=waits]\n    actions: {label: {add: [old]}, comment: {message: Hi}}\n  - name: close\n    conditions: [label=old, updated-at<20 days ago]\n    actions: {close: {message: Bye}}\n";
    does(
        MERGIFY,
        text,
        &[
            "pr-idle 60d if only-labels=waits, once-per-thread: label old, comment \"Hi\", close, comment \"Bye\"",
        ],
    );
    // What somebody else marks is closed alone.
    does(
        MERGIFY,
        &text.replace("add: [old]", "add: [elder]"),
        &[
            "pr-idle 60d if exempt-labels=old, only-labels=waits: label elder, comment \"Hi\"",
            "pr-idle 20d if only-labels=old: close, comment \"Bye\"",
        ],
    );
    // Issues that are marked are no pull requests that are closed.
    let mark = search("isIssue, isOpen, noActivitySince: {days: 40}", "addLabel: {label: old}");
    let both = format!(
        "{mark}      - filters: [isPullRequest, hasLabel: {{label: old}}, noActivitySince: {{days: 9}}]\n        actions: [closeIssue]\n"
    );
    does(GITOPS, &both, &["issue-idle 40d 4/day: label old", "pr-idle 9d if only-labels=old: close"]);
}

#[test]
fn searches_of_policies() {
    for (filters, actions, expected) in [
        ("isOpen, isIssue, noActivitySince: {days: 9}", "closeIssue", vec!["issue-idle 9d 4/day: close"]),
        (
            "isOpen, noActivitySince: {days: 9}",
            "closeIssue",
            vec!["issue-idle 9d 4/day: close", "pr-idle 9d 4/day: close"],
        ),
        (
            "isClosed, isUnlocked, noActivitySince: {days: 9}",
            "lockIssue: {reason: spam}",
            vec!["item-closed 9d 4/day: lock spam"],
        ),
        (
            "isNotDraftPullRequest, noActivitySince: {days: 9}",
            "closeIssue",
            vec!["pr-idle 9d 4/day if exempt-drafts: close"],
        ),
        (
            "isIssue, notAssigned, hasNoLabel",
            "addReply: {reply: Hi}",
            vec!["schedule 4/day if exempt-assigned, unlabelled: comment \"Hi\""],
        ),
        (
            "isIssue, isNotLabeledWith: {label: a}",
            "addReply: {reply: Hi}, addLabel: {label: a}",
            vec!["schedule 4/day if once-per-thread: comment \"Hi\", label a"],
        ),
    ] {
        does(GITOPS, &search(filters, actions), &expected);
    }
    // The clock that writes under everything reaches the same people again, unless a label ends it.
    let nag = search("isIssue, isOpen", "addReply: {reply: 'Any news?'}");
    assert_eq!(loud(&lint_text(GITOPS, &nag)), ["6 blast-radius", "6 repeat-contact"]);
    let once = search(
        "isIssue, isNotLabeledWith: {label: a}",
        "addReply: {reply: 'Any news?'}, addLabel: {label: a}",
    );
    assert_eq!(loud(&lint_text(GITOPS, &once)), Vec::<String>::new());
    let off = format!("disabled: true\n{nag}");
    assert_eq!(loud(&lint_text(GITOPS, &off)), Vec::<String>::new());
}

#[test]
fn tasks_of_policies() {
    for (conditions, actions, expected) in [
        (
            "payloadType: Issues, isAction: {action: Opened}",
            "addReply: {reply: Hi}",
            "issue-opened: comment \"Hi\"",
        ),
        (
            "payloadType: Pull_Request, isAction: {action: Opened}",
            "addReply: {reply: Hi}",
            "pr-opened: comment \"Hi\"",
        ),
        (
            "or: [payloadType: Issues, payloadType: Pull_Request], labelAdded: {label: a}",
            "closeIssue",
            "labelled \"a\": close",
        ),
        (
            "payloadType: Issues, or: [labelAdded: {label: a}, labelAdded: {label: b}]",
            "closeIssue",
            "labelled \"a\" \"b\": close",
        ),
        (
            "payloadType: Issue_Comment, isAction: {action: Created}, isActivitySender: {issueAuthor: True}",
            "removeLabel: {label: a}",
            "commented if by-author: unlabel a",
        ),
        (
            "payloadType: Issues, not: {isAction: {action: Closed}}",
            "removeLabel: {label: a}",
            "happening \"something changes in an issue\": unlabel a",
        ),
        ("payloadType: Issues, isAction: {action: Reopened}", "closeIssue", "item-reopened: close"),
        (
            "payloadType: Issues, isAction: {action: Opened}, activitySenderHasAssociation: {association: FIRST_TIMER}",
            "addReply: {reply: Hi}",
            "issue-opened if first-time: comment \"Hi\"",
        ),
    ] {
        does(GITOPS, &task(conditions, actions), &[expected]);
    }
    // The conditions of a task hold for the tasks in it, too.
    let nested = task("payloadType: Issues, labelAdded: {label: a}", "if: [isOpen], then: [closeIssue]")
        .replace(
            "then: [if: [isOpen], then: [closeIssue]]",
            "then: [{if: [isAssignedToSomeone], then: [closeIssue]}]",
        );
    does(GITOPS, &nested, &["labelled \"a\" if relevance: close"]);
}

#[test]
fn fabricbot_says_the_same_in_json() {
    let text = r#"{"tasks": [
 {"taskType": "scheduled", "capabilityId": "ScheduledSearch", "config": {"taskName": "a",
  "frequency": [{"weekDay": 0, "hours": [1, 2]}, {"weekDay": 1, "hours": [1, 2, 3, 4, 5]}],
  "searchTerms": [{"name": "isIssue", "parameters": {}}, {"name": "noActivitySince", "parameters": {"days": 4}}],
  "actions": [{"name": "closeIssue", "parameters": {}}]}},
 {"taskType": "trigger", "capabilityId": "IssueResponder", "config": {"taskName": "b",
  "eventNames": ["issues", "project_card"],
  "conditions": {"operator": "and", "operands": [
   {"name": "isAction", "parameters": {"action": "opened"}},
   {"operator": "not", "operands": [{"name": "hasLabel", "parameters": {"label": "x"}}]}]},
  "actions": [{"name": "addReply", "parameters": {"comment": "Hi"}}]}},
 {"disabled": true, "capabilityId": "IssueResponder", "config": {"eventNames": ["issue_comment"],
  "actions": [{"name": "reopenIssue", "parameters": {}}]}}]}"#;
    does(
        FABRIC,
        text,
        &[
            "issue-idle 4d 1/day: close",
            "issue-opened if exempt-labels=x: comment \"Hi\"",
            "off: commented: reopen",
        ],
    );
}

#[test]
fn gitlab_triage() {
    for (resource, conditions, actions, expected) in [
        (
            "issues",
            "state: opened, date: {attribute: updated_at, condition: older_than, interval_type: weeks, interval: 2}",
            "status: close",
            vec!["issue-idle 14d: close"],
        ),
        (
            "merge_requests",
            "draft: false, date: {attribute: created_at, condition: older_than, interval_type: days, interval: 2}",
            "status: close",
            vec!["pr-idle 2d if exempt-drafts: close"],
        ),
        (
            "issues",
            "state: opened, date: {attribute: updated_at, condition: newer_than, interval_type: days, interval: 2}",
            "remove_labels: [a]",
            vec!["schedule if age-limit: unlabel a"],
        ),
        (
            "issues",
            "state: closed, date: {attribute: updated_at, condition: older_than, interval_type: days, interval: 2}",
            "comment: '/lock'",
            vec!["item-closed 2d: lock"],
        ),
        ("issues", "labels: [None]", "mention: [kim]", vec!["schedule if unlabelled: mention"]),
        (
            "issues",
            "labels: ['s::{a, b}'], forbidden_labels: [c]",
            "labels: [c]",
            vec!["schedule if only-labels=s::a+s::b, once-per-thread: label c"],
        ),
        (
            "issues",
            "milestone: [none]",
            "comment: 'Hi'",
            vec!["schedule if exempt-milestones: comment \"Hi\""],
        ),
        ("branches", "name: '^old'", "delete: true", vec![]),
    ] {
        does(TRIAGE, &triage(resource, conditions, actions), &expected);
    }
    // Quick actions begin a line; a path in a sentence is none.
    let quick =
        triage("issues", "state: opened", "comment: \"Hi\\n/label ~a ~\\\"b c\\\"\\nsee /close\\n/reopen\"");
    does(TRIAGE, &quick, &["schedule: comment \"Hi\\nsee /close\", label a, label b c, reopen"]);
    let wrong = triage("issues", "stat: opened", "coment: Hi, status: close");
    assert_eq!(findings(&lint_text(TRIAGE, &wrong)), ["5 unknown-key", "6 unknown-key"]);
    // A comment that only the team sees bothers nobody else.
    let inside = triage("issues", "state: opened", "comment: 'Any news?', comment_internal: true");
    assert_eq!(loud(&lint_text(TRIAGE, &inside)), Vec::<String>::new());
}

#[test]
fn commands_of_triage() {
    let text = r#"[
 {"type": "comment", "name": "dup", "allowUsers": ["kim"], "action": "close", "addLabel": "duplicate"},
 {"type": "comment", "name": "done", "allowUsers": ["@author"], "action": "updateLabels", "removeLabel": "open", "requireLabel": "open"},
 {"type": "label", "name": "question", "action": "close", "comment": "Ask in the forum."},
 {"type": "label", "name": "docs", "assign": ["kim"], "disallowLabel": "later"}]"#;
    does(
        ".github/commands.json",
        text,
        &[
            "command \"/dup\": close, label duplicate",
            "command \"/done\" if only-labels=open, by-author: unlabel open",
            "labelled \"question\": close, comment \"Ask in the forum.\"",
            "labelled \"docs\" if exempt-labels=later: assign",
        ],
    );
    let outcome = lint_text("any.json", text);
    let teams: Vec<bool> =
        outcome.model.automations.iter().map(|one| one.triggers[0].from.is_some()).collect();
    assert_eq!(teams, [true, false, false, false]);
    for other in ["[]", r#"[{"type": "comment", "text": "Hi"}]"#, r#"[{"type": "label", "name": "a"}]"#] {
        assert_ne!(lint_text("any.json", other).report.files[0].dialect, Some("triage-commands"), "{other}");
    }
}
