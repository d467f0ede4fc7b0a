//! GitHub Actions workflows: when they run, their jobs and steps, and what their expressions come to.
//! What a step does to people is the business of the file that knows the step ([`STEPS`]).

use std::cell::Cell;

use super::callers::{self, Given};
pub(super) use super::step::Step;
use super::step::{BY_HAND, CALL};
use super::{
    EXPRESSES, auto_comment, aws_stale, comment_actions, greeting, issue_manager, issues_helper,
    lock_threads, no_response, reusable, script, social, stale_action, support_requests,
};
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::syntax::{Kind, NodeRef};

/// The dialect.
#[rustfmt::skip] // One line for each hint.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "github-workflow",
    title: "GitHub Actions workflow",
    reference: "docs/dialects/github-workflow.md",
    recognised_by: "`jobs` with a step that is understood, such as `uses: actions/stale@v10`",
    expresses: EXPRESSES,
    hints: &[
        "actions/stale",
        "/lock-threads",
        "/no-response",
        "/support-requests",
        "first-interaction",
        "wow-actions/welcome",
        "/auto-comment",
        "/create-or-update-comment",
        "/sticky-pull-request-comment",
        "/add-pr-comment",
        "/actions-comment-pull-request",
        "/comment-on-pr",
        "/new-pull-request-comment-action",
        "/actions-comment-on-issue",
        "/close-issue",
        "/close-pull",
        "/close-fork-pulls",
        "/issue-closer",
        "/auto-close-issues",
        "/repo-lockdown",
        "issues.createComment",
        "issues.update",
        "pulls.update",
        "issues.lock",
        "gh issue",
        "gh pr",
        "gh api",
        "/issues-helper",
        "/issue-manager",
        "/stale-issue-cleanup",
        "/closed-issue-message",
        "/closed-issues-message",
        "/action-create-comment",
        "/create-comment",
        "/actions-label-merge-conflict",
        "/maintain-one-comment",
        "/lock-issues",
        "/please-star",
        "/no-free-usage-action",
        "/user/following",
        "/user/starred",
        "twitter-together",
        "mastodon-github-action",
        "CONSUMER_KEY",
        "BLUESKY_",
        "BSKY_",
        "INSTAGRAM_",
        "MASTODON_",
        "TWITTER_",
    ],
    detect,
    lower,
};

/// A step whose conduct is understood.
pub(super) struct KnownStep {
    /// Whether a step is one of these.
    pub(super) is_it: fn(&Step<'_>) -> bool,
    /// Says what it does.
    pub(super) lower: fn(&Step<'_>, &mut Lowered),
}

/// Every step that is understood. Another one is another file and another entry here.
#[rustfmt::skip] // One line for each.
const STEPS: &[KnownStep] = &[
    stale_action::STEP,
    lock_threads::STEP,
    no_response::STEP,
    support_requests::STEP,
    greeting::STEP,
    auto_comment::STEP,
    comment_actions::STEP,
    issues_helper::STEP,
    issue_manager::STEP,
    aws_stale::STEP,
    script::STEP,
    social::STEP,
];

/// Every job that is understood as a whole.
const REUSED: [KnownStep; 1] = [reusable::STEP];

fn detect(candidate: &Candidate<'_>) -> bool {
    let mut found = false;
    for document in candidate.tree.documents() {
        Workflow::new(*candidate, document, None).each_step(|step| found |= known(step).next().is_some());
    }
    found
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let workflow = Workflow::new(*candidate, document, None);
        if let (true, Some(jobs)) = (workflow.events.is_empty(), document.entry("jobs")) {
            let site = candidate.site(jobs.key);
            let help = "add for example `on: { schedule: [{ cron: \"30 1 * * *\" }] }`, or delete the file";
            lowered.remark(RemarkKind::Inert, site, "without a trigger (`on:`) this never runs", help);
        }
        let is_called = workflow.events.first().is_some_and(|event| event.text().trim() == CALL);
        let callers = if is_called { callers::of(candidate) } else { Vec::new() };
        if callers.is_empty() {
            lower_once(&workflow, lowered);
        }
        // It runs once for each caller, with what that one gives.
        for given in callers {
            lower_once(&Workflow::new(*candidate, document, Some(given)), lowered);
        }
    }
}

/// Says what the steps of a workflow do, with the inputs of one caller.
fn lower_once(workflow: &Workflow<'_>, lowered: &mut Lowered) {
    workflow.each_step(|step| {
        for known in known(step) {
            (known.lower)(step, lowered);
        }
    });
    if let (0, Some(jobs)) = (workflow.lookups.get(), workflow.root.entry("jobs")) {
        let text = "its expressions stand for so much that not all of them are looked at";
        let help = "write values out instead of variables made of variables";
        lowered.remark(RemarkKind::Malformed, workflow.candidate.site(jobs.key), text, help);
    }
}

/// What a step does. A script may do several things, which several entries understand.
fn known<'s>(step: &'s Step<'_>) -> impl Iterator<Item = &'static KnownStep> + use<'s> {
    let is_job = step.node.span() == step.job.value.span();
    let known = if is_job { &REUSED[..] } else { STEPS };
    known.iter().filter(|known| (known.is_it)(step))
}

/// A workflow file.
pub(super) struct Workflow<'t> {
    pub(super) candidate: Candidate<'t>,
    pub(super) root: NodeRef<'t>,
    /// The nodes that name the events that start it.
    pub(super) events: Vec<NodeRef<'t>>,
    /// What the workflow that calls it gives it, where one of the same repository does.
    pub(super) given: Option<Given>,
    /// Names in expressions that may still be looked up.
    lookups: Cell<usize>,
}

/// Names that are looked up in any workflow; longer ones may have as many more as they have bytes. Variables that
/// stand for many others, which stand for many others, would ask for millions.
const LOOKUPS: usize = 10_000;

impl<'t> Workflow<'t> {
    fn new(candidate: Candidate<'t>, root: NodeRef<'t>, given: Option<Given>) -> Self {
        let mut events = Vec::new();
        if let Some(on) = root.get("on") {
            match on.kind() {
                Kind::Scalar => events.push(on),
                Kind::Sequence => events.extend(on.items()),
                // A schedule without times, as one that is commented out leaves behind, never fires.
                Kind::Mapping => events.extend(
                    on.entries()
                        .filter(|event| {
                            event.key.text() != "schedule" || event.value.kind() == Kind::Sequence
                        })
                        .map(|event| event.key),
                ),
            }
        }
        events.retain(|event| event.kind() == Kind::Scalar && !event.text().trim().is_empty());
        // What happens by itself decides, above all the clock.
        events.sort_by_key(|event| match event.text() {
            "schedule" => 0,
            BY_HAND => 2,
            _ => 1,
        });
        let lookups = Cell::new(LOOKUPS + candidate.tree.text().len());
        Self { candidate, root, events, given, lookups }
    }

    /// Whether one more name may be looked up; counts it.
    pub(super) fn may_look_up(&self) -> bool {
        let left = self.lookups.get();
        self.lookups.set(left.saturating_sub(1));
        left > 0
    }

    fn each_step(&self, mut visit: impl FnMut(&Step<'_>)) {
        for job in self.root.get("jobs").into_iter().flat_map(NodeRef::entries) {
            if job.value.get("uses").is_some() {
                visit(&Step::new(self, job, job.value));
            }
            for node in job.value.get("steps").into_iter().flat_map(NodeRef::items) {
                visit(&Step::new(self, job, node));
            }
        }
    }
}
