//! The workflow step `uses: dessant/support-requests@…`: somebody labels an issue as a support request, and it
//! is commented on, closed and perhaps locked.

use super::lock_threads::check_reason;
use super::occasion::Occasion;
use super::stale_action::flag;
use super::workflow::{KnownStep, Step};
use super::{account, act, comment};
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Action, Automation, Event, Site, Stated, Text, Trigger, Verb};

/// The step.
pub(super) const STEP: KnownStep =
    KnownStep { is_it: |step| step.action_name().starts_with("support-requests"), lower };

const INPUTS: &[&str] = &[
    "github-token",
    "support-label",
    "issue-comment",
    "close-issue",
    "issue-close-reason",
    "lock-issue",
    "issue-lock-reason",
];

const DEFAULT_LABEL: &str = "support";
const DEFAULT_REASON: &str = "off-topic";

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    step.unknown_inputs("support-requests", INPUTS, |_| None, lowered);
    let site = step.site();
    let account = account(lowered, step.path(), &step.speaker(&["github-token"], &[]), site);
    let label = step.input("support-label").or(Stated::Known(DEFAULT_LABEL.to_owned(), site));
    let mut trigger = Trigger::new(Event::Labelled, label.site().unwrap_or(site));
    trigger.items = vec![Text { text: "issue".to_owned(), site }];
    trigger.filters =
        label.known().map(|text| Text { text: text.clone(), site: trigger.site }).into_iter().collect();
    let actions = actions(step, site, lowered);
    lowered.automation(Automation {
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        triggers: vec![trigger],
        guards: Occasion::of(step).guards,
        actions,
        ..Automation::default()
    });
}

fn actions(step: &Step<'_>, site: Site, lowered: &mut Lowered) -> Vec<Action> {
    let message = match step.input_node("issue-comment") {
        // The action has a message of its own; a blank one is none.
        None => Stated::Unknown(site),
        Some(_) => step.input("issue-comment"),
    };
    let closes = flag(step.input("close-issue")).or(Stated::Known(true, site));
    let locks = flag(step.input("lock-issue")).or(Stated::Known(false, site));
    let reason = step.input("issue-lock-reason");
    check_reason(&reason, lowered);
    if let (Some(false), Some(place)) = (locks.get(), reason.site()) {
        let help = "delete it, or lock the issues with `lock-issue: true`";
        lowered.remark(RemarkKind::Inert, place, "nothing is locked, so this reason is never given", help);
    }
    let mut actions: Vec<_> = comment(&message).into_iter().collect();
    if closes.get() == Some(true) {
        actions.push(act(Verb::Close, closes.site().unwrap_or(site)));
    }
    if locks.get() == Some(true) {
        let manner = reason.or(Stated::Known(DEFAULT_REASON.to_owned(), site));
        actions.push(act(Verb::Lock, locks.site().unwrap_or(site)).in_manner(manner));
    }
    actions
}
