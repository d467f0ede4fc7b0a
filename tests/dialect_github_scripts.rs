//! Scripts in workflows that comment on, close and lock, and the conditions under which they run.

#![allow(clippy::unwrap_used)]

use crate::github::conduct;
use crate::linted::{findings, lint_text};

const WORKFLOW: &str = ".github/workflows/x.yml";

#[track_caller]
fn does(text: &str, expected: &[&str]) {
    assert_eq!(conduct(&lint_text(WORKFLOW, text)), expected, "{text}");
}

/// A workflow whose job runs one line.
fn run(on: &str, line: &str) -> String {
    format!("on: {on}\njobs:\n  job:\n    steps:\n      - run: |\n          set -e\n          {line}\n")
}

const OPENED: &str = "{ issues: { types: [opened] } }";

#[test]
fn commands_comment_close_and_lock() {
    for (line, told) in [
        ("gh issue comment \"$N\" --body 'Hi there.'", "comment \"Hi there.\""),
        ("gh issue comment $N -b \"Hi ${{ github.actor }}\"", "comment \"Hi ${{ github.actor }}\""),
        ("gh issue close \"$N\" --comment 'No.' --reason 'not planned'", "comment \"No.\", close"),
        ("gh pr close $N -c=No.", "comment \"No.\", close"),
        ("gh issue lock $N", "lock"),
        ("gh api -X PATCH repos/a/b/issues/$N -f state=closed", "close"),
        ("gh api repos/a/b/issues/$N/comments -f body='Hi.'", "comment \"Hi.\""),
        ("gh api graphql -f query='mutation { closeIssue(input: {}) { x } }'", "close"),
        (
            "gh api graphql -f body=No -f query='{ addComment(input: {}) closePullRequest(input: {}) }'",
            "comment \"No\", close",
        ),
    ] {
        does(&run(OPENED, line), &[&format!("issue-opened: {told}")]);
    }
}

#[test]
fn commands_that_do_nothing_to_people_are_none() {
    for line in [
        "gh issue list --state closed",
        "gh pr view 3 --comments",
        "echo gh issue close 3",
        "# gh issue close 3",
        "gh api repos/a/b/issues/comments/3 -X PATCH",
        "gh api repos/a/b/milestones/3 -f state=closed",
        "git commit -m 'closes issue: gh issue close'",
    ] {
        assert_eq!(lint_text(WORKFLOW, &run(OPENED, line)).report.files[0].dialect, None, "{line}");
    }
}

#[test]
fn variables_are_filled_in_where_the_file_tells() {
    let text = "on: { issues: { types: [opened] } }\nenv: { BODY: Hello. }\njobs:\n  job:\n    steps:\n      - env: { N: '${{ github.event.issue.number }}' }\n        run: gh issue comment \"$N\" --body \"$BODY\"\n";
    does(text, &["issue-opened: comment \"Hello.\""]);
    does(&text.replace("Hello.", "'${{ vars.BODY }}'"), &["issue-opened: comment"]);
    does(&run(OPENED, "gh issue comment 1 --body \"$(make-text)\""), &["issue-opened: comment"]);
}

#[test]
fn here_documents_are_messages() {
    let text = "on: { issues: { types: [opened] } }\njobs:\n  job:\n    steps:\n      - run: |\n          gh issue comment 1 --body \"$(cat <<'EOF'\n          Hello.\n          EOF\n          )\"\n";
    does(text, &["issue-opened: comment \"Hello.\""]);
    let text = "on: { issues: { types: [opened] } }\njobs:\n  job:\n    steps:\n      - run: |\n          gh issue comment 1 -F - <<EOF\n          Hello.\n          EOF\n";
    does(text, &["issue-opened: comment \"Hello.\""]);
}

#[test]
fn api_calls_of_scripts_are_read() {
    let text = "on: { issues: { types: [opened] } }\njobs:\n  job:\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: |\n            const text = `Hello ${name}.`;\n            await github.rest.issues.createComment({ ...context.repo, body: text });\n            await github.rest.issues.update({ issue_number: 1, state: 'closed' });\n";
    does(text, &["issue-opened: comment \"Hello ${name}.\", close"]);
    let text = text.replace("const text", "if (odd) return;\n            const text");
    does(&text, &["issue-opened if relevance: comment \"Hello ${name}.\", close"]);
    let text = "on: issues\njobs: { a: { steps: [{ uses: actions/github-script@v7, with: { script: 'console.log(1)' } }] } }";
    assert_eq!(lint_text(WORKFLOW, text).report.files[0].dialect, None);
}

#[test]
fn events_are_told_by_type() {
    let line = "gh issue comment 1 --body Hi";
    for (on, events) in [
        ("issues", "issue-opened or item-closed or item-reopened or labelled"),
        ("pull_request", "pr-opened or pushed or item-reopened"),
        ("{ pull_request_target: { types: [closed, labeled] } }", "item-closed or labelled"),
        ("issue_comment", "commented"),
        ("{ discussion: { types: [created] } }", "issue-opened"),
        ("[push, workflow_dispatch]", "pushed or manual"),
        ("release", "happening \"something happens to a release\""),
        ("{ release: { types: [published] } }", "happening \"a release is published\""),
        ("repository_dispatch", "webhook"),
        ("{ schedule: [{ cron: '0 1 * * *' }, { cron: '0 */6 * * *' }] }", "schedule 5/day"),
    ] {
        does(&run(on, line), &[&format!("{events}: comment \"Hi\"")]);
    }
}

#[test]
fn conditions_are_guards() {
    let line = "gh pr comment 1 --body Hi";
    let told = |condition: &str| {
        let text = run("{ pull_request_target: { types: [opened, labeled] } }", line);
        let text = text.replace("    steps:", &format!("    if: {condition}\n    steps:"));
        conduct(&lint_text(WORKFLOW, &text)).join("; ")
    };
    for (condition, expected) in [
        ("github.event.action == 'opened'", "pr-opened: comment \"Hi\""),
        (
            "${{ github.event.action == 'labeled' && github.event.label.name == 'spam' }}",
            "labelled \"spam\" if only-labels=spam: comment \"Hi\"",
        ),
        (
            "\"!contains(github.event.pull_request.labels.*.name, 'keep')\"",
            "pr-opened or labelled if exempt-labels=keep: comment \"Hi\"",
        ),
        (
            "github.event.pull_request.user.type != 'Bot'",
            "pr-opened or labelled if exclude-bots=Bot: comment \"Hi\"",
        ),
        (
            "github.event.pull_request.author_association == 'FIRST_TIME_CONTRIBUTOR'",
            "pr-opened or labelled if first-time=FIRST_TIME_CONTRIBUTOR: comment \"Hi\"",
        ),
        ("failure()", "pr-opened or labelled if relevance: comment \"Hi\""),
        ("github.repository == 'a/b'", "pr-opened or labelled: comment \"Hi\""),
        (
            "contains(github.event.pull_request.labels.*.name, 'a') || contains(github.event.pull_request.labels.*.name, 'b')",
            "pr-opened or labelled \"a\" \"b\" if only-labels=a+b: comment \"Hi\"",
        ),
        (
            "github.event.pull_request.draft == false || contains(github.event.pull_request.labels.*.name, 'b')",
            "pr-opened or labelled if relevance: comment \"Hi\"",
        ),
        (
            "\"!(contains(github.event.pull_request.labels.*.name, 'a') || github.event.pull_request.draft)\"",
            "pr-opened or labelled if exempt-labels=a, exempt-drafts: comment \"Hi\"",
        ),
        (
            "join(github.event.pull_request.labels) == ''",
            "pr-opened or labelled if unlabelled: comment \"Hi\"",
        ),
        (
            "github.event.action == 'opened' || github.event.label.name == 'x'",
            "pr-opened or labelled: comment \"Hi\"",
        ),
        ("false", "off: : comment \"Hi\""),
    ] {
        assert_eq!(told(condition), expected, "{condition}");
    }
}

#[test]
fn the_shell_decides_as_well() {
    let text = "on: pull_request\njobs:\n  a:\n    steps:\n      - run: |\n          if [ -n \"$X\" ]; then\n            gh pr comment 1 --body Hi\n          fi\n";
    does(text, &["pr-opened or pushed or item-reopened if relevance: comment \"Hi\""]);
    assert_eq!(findings(&lint_text(WORKFLOW, text)), [""; 0]);
}

#[test]
fn findings_stand_at_the_line_of_the_script() {
    let text = run("pull_request", "gh pr comment 1 --body Hi");
    assert_eq!(findings(&lint_text(WORKFLOW, &text)), ["7 comment-per-event"]);
}

#[test]
fn a_script_that_closes_what_is_old_is_a_stale_policy() {
    let on = "{ schedule: [{ cron: '0 1 * * *' }] }";
    let list = "gh issue list --search \"updated:<$(date -d '90 days ago' +%F)\" --json number";
    let text = run(on, &format!("{list}\n          gh issue close $N"));
    does(&text, &["issue-idle 90d 1/day: close"]);
    assert_eq!(
        findings(&lint_text(WORKFLOW, &text)),
        ["8 stale-closes-unanswered", "8 stale-hair-trigger"],
        "nobody is warned before"
    );
    does(
        &text.replace("updated", "-label:keep updated"),
        &["issue-idle 90d 1/day if exempt-labels=keep: close"],
    );
    // Somebody, or an earlier step, marked these.
    does(&text.replace("updated", "label:needs-info updated"), &["schedule 1/day: close"]);
    let text = run("workflow_dispatch", &format!("{list}\n          gh issue close $N"));
    does(&text, &["manual: close"]);
    let text = run(on, "gh issue close $N");
    does(&text, &["schedule 1/day: close"]);
}

#[test]
fn the_token_of_the_environment_is_the_account() {
    let text = run(OPENED, "gh issue comment 1 --body Hi");
    let with = |token: &str| {
        let outcome = lint_text(WORKFLOW, &format!("env: {{ GH_TOKEN: '{token}' }}\n{text}"));
        outcome.model.accounts[0].identity.secret.clone()
    };
    assert_eq!(with("${{ secrets.MY_PAT }}"), Some("MY_PAT".to_owned()));
    assert_eq!(with("${{ secrets.GITHUB_TOKEN }}"), None);
    assert_eq!(with("${{ github.token }}"), None);
}

#[test]
fn huge_scripts_end() {
    for part in ["gh issue close 1\n", "gh pr comment 1 --body \"$(", "<<E ", "A=1 ", "if gh pr lock; "] {
        let text = run(OPENED, &part.repeat(3_000).replace('\n', "\n          "));
        lint_text(WORKFLOW, &text);
    }
    let script = "x.issues.update(".repeat(5_000);
    let text = format!(
        "on: issues\njobs: {{ a: {{ steps: [{{ uses: actions/github-script@v7, with: {{ script: '{script}' }} }}] }} }}"
    );
    lint_text(WORKFLOW, &text);
}
