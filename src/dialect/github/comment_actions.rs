//! Workflow steps with one plain deed each: actions that comment on an issue or pull request, or close it.

use super::occasion::Occasion;
use super::stale_action::flag;
use super::workflow::{KnownStep, Step};
use super::{account, act, comment};
use crate::dialect::Lowered;
use crate::model::{Action, Audience, AudienceKind, Automation, Guard, GuardKind, Stated, Text, Verb};

/// The steps of the table.
pub(super) const STEP: KnownStep = KnownStep { is_it: |step| row_of(step).is_some(), lower };

/// An action of the table.
struct Row {
    /// The action, in lower case.
    action: &'static str,
    /// The inputs that may hold the message.
    messages: &'static [&'static str],
    /// Inputs with which an earlier comment is changed rather than a new one added; `""` is always.
    updates: &'static [&'static str],
    /// What it does besides.
    deeds: &'static [Deed],
    /// Whether it leaves out most items by a condition of its own, such as a missing template.
    chooses: bool,
    /// The guard that it sets by itself.
    guard: Option<GuardKind>,
    /// Whether it has a message of its own where none is given.
    speaks: bool,
}

/// Something done to an item, unless the input that switches it says otherwise.
struct Deed {
    verb: Verb,
    switch: &'static str,
    default: bool,
}

const CLOSE: Deed = Deed { verb: Verb::Close, switch: "", default: true };

const fn comments(action: &'static str, messages: &'static [&'static str]) -> Row {
    Row { action, messages, updates: &[], deeds: &[], chooses: false, guard: None, speaks: false }
}

const fn closes(action: &'static str, messages: &'static [&'static str]) -> Row {
    Row { deeds: &[CLOSE], ..comments(action, messages) }
}

/// An action that looks whether the author has starred the repository.
const fn begs(action: &'static str, messages: &'static [&'static str], deeds: &'static [Deed]) -> Row {
    Row { deeds, guard: Some(GuardKind::NotStarred), speaks: true, ..comments(action, messages) }
}

const ROWS: &[Row] = &[
    Row {
        updates: &["comment-id"],
        ..comments("peter-evans/create-or-update-comment", &["body", "body-file", "body-path"])
    },
    Row { updates: &[""], ..comments("marocchino/sticky-pull-request-comment", &["message", "path"]) },
    Row { updates: &[""], ..comments("mshick/add-pr-comment", &["message", "message-path"]) },
    Row {
        updates: &["comment-tag", "comment_tag", "comment_includes"],
        ..comments("thollander/actions-comment-pull-request", &["message", "file-path", "filePath"])
    },
    Row { updates: &[""], ..comments("actions-cool/maintain-one-comment", &["body"]) },
    comments("actions-ecosystem/action-create-comment", &["body"]),
    comments("KeisukeYamashita/create-comment", &["comment"]),
    comments("jungwinter/comment", &["body"]),
    comments("aws-actions/closed-issue-message", &["message"]),
    comments("SomayaB/closed-issues-message", &["closed-issues-message"]),
    // Only what has conflicts with the base, or has them no more.
    Row {
        chooses: true,
        ..comments("eps1lon/actions-label-merge-conflict", &["commentOnDirty", "commentOnClean"])
    },
    begs("uhyo/please-star-first", &["message"], &[CLOSE]),
    begs("QXIP/please-star-first", &["message"], &[]),
    begs(
        "qxip/please-star-light",
        &["message"],
        &[Deed { verb: Verb::Close, switch: "autoclose", default: false }],
    ),
    begs(
        "fluttercandies/no-free-usage-action",
        &["words"],
        &[CLOSE, Deed { verb: Verb::Lock, switch: "", default: true }],
    ),
    // What was closed is locked in the same run.
    Row {
        deeds: &[Deed { verb: Verb::Lock, switch: "", default: true }],
        ..comments("OSDKDev/lock-issues", &[])
    },
    comments("unsplash/comment-on-pr", &["msg"]),
    comments("deborah-digges/new-pull-request-comment-action", &["message"]),
    comments("ben-z/actions-comment-on-issue", &["message"]),
    closes("peter-evans/close-issue", &["comment"]),
    closes("peter-evans/close-pull", &["comment"]),
    closes("superbrothers/close-pull-request", &["comment"]),
    // Only what comes from a fork.
    Row { chooses: true, ..closes("peter-evans/close-fork-pulls", &["comment"]) },
    Row { chooses: true, ..closes("roots/issue-closer", &["issue-close-message", "pr-close-message"]) },
    Row {
        chooses: true,
        ..closes("roots/issue-closer-action", &["issue-close-message", "pr-close-message"])
    },
    Row { chooses: true, ..closes("lucasbento/auto-close-issues", &["issue-close-message"]) },
    Row {
        deeds: &[
            Deed { verb: Verb::Close, switch: "close-issue", default: true },
            Deed { verb: Verb::Lock, switch: "lock-issue", default: true },
            Deed { verb: Verb::Close, switch: "close-pr", default: true },
            Deed { verb: Verb::Lock, switch: "lock-pr", default: true },
        ],
        ..comments("dessant/repo-lockdown", &["issue-comment", "pr-comment"])
    },
];

fn row_of(step: &Step<'_>) -> Option<&'static Row> {
    ROWS.iter().find(|row| step.is_action(row.action))
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let Some(row) = row_of(step) else { return };
    let site = step.site();
    let tokens = ["token", "repo-token", "github-token", "GITHUB_TOKEN", "access-token", "github_token"];
    let account = account(lowered, step.path(), &step.speaker(&tokens, &["GITHUB_TOKEN"]), site);
    let occasion = Occasion::of(step);
    let chosen = row.chooses.then_some(GuardKind::Relevance).or(row.guard).map(|kind| Guard::new(kind, site));
    lowered.automation(Automation {
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        triggers: occasion.triggers,
        guards: occasion.guards.into_iter().chain(chosen).collect(),
        actions: actions(step, row),
        ..Automation::default()
    });
}

/// The item that is written out, whatever started the step.
fn fixed(step: &Step<'_>) -> Option<Text> {
    let numbers = ["issue-number", "number", "pr-number", "issue_number", "pr_number"];
    let given =
        numbers.iter().find_map(|name| step.input(name).known().cloned().zip(step.input(name).site()));
    let (number, site) = given?;
    number.trim().parse::<u64>().is_ok().then(|| Text { text: format!("#{}", number.trim()), site })
}

fn actions(step: &Step<'_>, row: &Row) -> Vec<Action> {
    let update = row.updates.iter().find_map(|input| match *input {
        "" => Some(step.site()),
        input => step.input(input).site(),
    });
    let mut actions = Vec::new();
    for input in row.messages {
        let message = match step.input(input) {
            // The words stand in a file.
            Stated::Known(_, site) if input.contains("path") || input.contains("file") => {
                Stated::Unknown(site)
            }
            message => message,
        };
        actions.extend(comment(&message).map(|mut action| {
            action.manner =
                update.map_or(Stated::Absent, |site| Stated::Known("update-single".to_owned(), site));
            action
        }));
    }
    if row.speaks && actions.is_empty() {
        actions.extend(comment(&Stated::Unknown(step.site())));
    }
    if let Some(item) = fixed(step) {
        for action in &mut actions {
            action.audience = Audience::new(AudienceKind::Named, item.site).of(vec![item.clone()]);
        }
    }
    for deed in row.deeds {
        let on = flag(step.input(deed.switch)).or(Stated::Known(deed.default, step.site()));
        if on.get() == Some(true) && actions.iter().all(|known| known.verb != deed.verb) {
            actions.push(act(deed.verb, on.site().unwrap_or(step.site())));
        }
    }
    actions
}
