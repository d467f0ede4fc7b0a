//! The workflow step `uses: aws-actions/stale-issue-cleanup@…`: what waits for an answer is marked and closed after days,
//! and what is very old is marked and closed as well, unless its message is left out.

use super::stale::{self, Policy};
use super::stale_action::{days, flag};
use super::workflow::{KnownStep, Step};
use super::{Item, account, listed};
use crate::dialect::Lowered;
use crate::model::{GuardKind, Stated};

/// The step.
pub(super) const STEP: KnownStep =
    KnownStep { is_it: |step| step.is_action("aws-actions/stale-issue-cleanup"), lower };

const INPUTS: &[&str] = &[
    "repo-token",
    "issue-types",
    "stale-issue-message",
    "stale-pr-message",
    "days-before-stale",
    "days-before-close",
    "stale-issue-label",
    "exempt-issue-labels",
    "stale-pr-label",
    "exempt-pr-labels",
    "ancient-issue-message",
    "ancient-pr-message",
    "days-before-ancient",
    "response-requested-label",
    "closed-for-staleness-label",
    "minimum-upvotes-to-exempt",
    "use-created-date-for-ancient",
    "loglevel",
    "dry-run",
];

const DEFAULT_STALE_DAYS: f64 = 60.0;
const DEFAULT_CLOSE_DAYS: f64 = 7.0;
const DEFAULT_ANCIENT_DAYS: f64 = 360.0;

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    step.unknown_inputs("stale-issue-cleanup", INPUTS, |_| None, lowered);
    let account = account(lowered, step.path(), &step.speaker(&["repo-token"], &[]), step.site());
    let types = step.input("issue-types");
    let mut policies = Vec::new();
    for item in Item::ALL {
        let (kind, listed_as) = match item {
            Item::Issues => ("issue", "issues"),
            Item::Pulls => ("pr", "pull_requests"),
        };
        let is_left_out =
            types.known().is_some_and(|types| !types.split(',').any(|one| one.trim() == listed_as));
        if !is_left_out {
            policies.push(asked(step, item, kind, account, lowered));
            policies.push(ancient(step, item, kind, account, lowered));
        }
    }
    stale::lower(policies, lowered);
}

/// What waits for an answer, by its label.
fn asked(step: &Step<'_>, item: Item, kind: &str, account: usize, lowered: &mut Lowered) -> Policy {
    let asked = step.input("response-requested-label");
    let message = step.input(&format!("stale-{kind}-message"));
    let after =
        days(step.input("days-before-stale"), lowered).or(Stated::Known(DEFAULT_STALE_DAYS, step.site()));
    let is_on = !asked.is_absent() && !message.is_absent();
    let mut policy = policy(step, item, kind, account, lowered);
    policy.name = format!("{}: {} that wait for an answer", step.name(), item.name());
    policy.stale_days = if is_on { after } else { Stated::Known(-1.0, step.site()) };
    policy.mark_message = message;
    policy.guards.extend(listed(GuardKind::OnlyLabels, asked));
    policy
}

/// What is very old, whoever was to answer.
fn ancient(step: &Step<'_>, item: Item, kind: &str, account: usize, lowered: &mut Lowered) -> Policy {
    let message = step.input(&format!("ancient-{kind}-message"));
    let after =
        days(step.input("days-before-ancient"), lowered).or(Stated::Known(DEFAULT_ANCIENT_DAYS, step.site()));
    let mut policy = policy(step, item, kind, account, lowered);
    policy.name = format!("{}: very old {}", step.name(), item.name());
    policy.stale_days = if message.is_absent() { Stated::Known(-1.0, step.site()) } else { after };
    policy.mark_message = message;
    policy.ignores_activity = flag(step.input("use-created-date-for-ancient"));
    policy
}

fn policy(step: &Step<'_>, item: Item, kind: &str, account: usize, lowered: &mut Lowered) -> Policy {
    let site = step.site();
    let exempt = listed(GuardKind::ExemptLabels, step.input(&format!("exempt-{kind}-labels")));
    Policy {
        item,
        name: String::new(),
        site,
        account,
        enabled: step.enabled(flag(step.input("dry-run"))),
        stale_days: Stated::Absent,
        close_days: days(step.input("days-before-close"), lowered)
            .or(Stated::Known(DEFAULT_CLOSE_DAYS, site)),
        mark_message: Stated::Absent,
        close_message: Stated::Absent,
        mark_label: step.input(&format!("stale-{kind}-label")).or(Stated::Known("Stale".to_owned(), site)),
        close_label: step.input("closed-for-staleness-label"),
        deletes_branch: None,
        ignores_activity: Stated::Absent,
        guards: exempt.into_iter().chain(step.approval()).collect(),
    }
}
