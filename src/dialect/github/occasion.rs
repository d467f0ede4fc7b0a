//! What sets a workflow step off, in the words of the model: events and their types, the crons of a schedule
//! added up, and what the conditions (`if:`) leave of them.

use super::step::Step;
use crate::model::{Event, Guard, GuardKind, Schedule, Site, Stated, Text, Trigger};
use crate::syntax::{Kind, NodeRef};

/// Events of the platform, their types, and what they are in the model.
const EVENTS: &[(&str, &str, Event)] = &[
    ("issues", "opened", Event::IssueOpened),
    ("issues", "closed", Event::ItemClosed),
    ("issues", "labeled", Event::Labelled),
    ("pull_request", "opened", Event::PrOpened),
    ("pull_request", "ready_for_review", Event::PrOpened),
    ("pull_request", "synchronize", Event::Pushed),
    ("pull_request", "closed", Event::ItemClosed),
    ("pull_request", "labeled", Event::Labelled),
    ("issue_comment", "created", Event::Commented),
    ("pull_request_review", "submitted", Event::Commented),
    ("pull_request_review_comment", "created", Event::Commented),
    ("discussion", "created", Event::IssueOpened),
    ("discussion", "labeled", Event::Labelled),
    ("discussion_comment", "created", Event::Commented),
    ("push", "", Event::Pushed),
    ("workflow_dispatch", "", Event::Manual),
];

/// Events that run on a part of their types where the workflow names none.
const USUAL_TYPES: &[(&str, &[&str])] = &[("pull_request", &["opened", "synchronize", "reopened"])];

/// What sets a step off.
pub(super) struct Occasion {
    /// The events, none of which a condition prevents.
    pub(super) triggers: Vec<Trigger>,
    /// What the conditions ask for that only a run knows.
    pub(super) guards: Vec<Guard>,
}

impl Occasion {
    /// What sets this step off.
    pub(super) fn of(step: &Step<'_>) -> Self {
        let mut triggers = Vec::new();
        for event in &step.workflow.events {
            triggers_of(step, *event, &mut triggers);
        }
        let guards = conditions_of(step);
        // A label that starts it is part of the event.
        let labels = guards.iter().filter(|guard| guard.kind == GuardKind::OnlyLabels);
        let labels: Vec<_> = labels.flat_map(|guard| guard.values.clone()).collect();
        for trigger in triggers.iter_mut().filter(|trigger| trigger.event == Event::Labelled) {
            trigger.filters.clone_from(&labels);
        }
        Self { triggers, guards }
    }

    /// The part of it that these events are.
    pub(super) fn only(mut self, events: &[Event]) -> Self {
        self.triggers.retain(|trigger| events.contains(&trigger.event));
        self
    }
}

/// Adds what one event of a workflow sets off.
fn triggers_of(step: &Step<'_>, event: NodeRef<'_>, triggers: &mut Vec<Trigger>) {
    let name = event.text().trim();
    let site = step.site_of(event);
    if name == "schedule" {
        if step.prevented(name, None).is_none() {
            triggers.push(clock(step, site));
        }
        return;
    }
    // The same event with the rights of the base branch.
    let family = if name == "pull_request_target" { "pull_request" } else { name };
    let mut rows = EVENTS.iter().filter(|(event, ..)| *event == family).peekable();
    if rows.peek().is_none() && step.prevented(name, None).is_none() {
        triggers.push(Trigger::new(Event::Webhook, site));
    }
    let types = types_of(step, name, family);
    for (_, kind, event) in rows {
        let named = kind.is_empty() || types.as_ref().is_none_or(|types| types.iter().any(|one| one == kind));
        let kind = Some(*kind).filter(|kind| !kind.is_empty());
        let is_new = triggers.iter().all(|known| known.event != *event || known.site != site);
        if named && is_new && step.prevented(name, kind).is_none() {
            triggers.push(Trigger::new(*event, site));
        }
    }
}

/// The types on which an event runs the workflow; none where all of them do.
fn types_of<'w>(step: &Step<'w>, name: &str, family: &str) -> Option<Vec<&'w str>> {
    let types = step.workflow.root.get("on").and_then(|on| on.get(name)).and_then(|event| event.get("types"));
    match types {
        Some(types) if types.kind() == Kind::Scalar => Some(vec![types.text().trim()]),
        Some(types) => Some(types.items().map(|one| one.text().trim()).collect()),
        None => USUAL_TYPES.iter().find(|(event, _)| *event == family).map(|(_, types)| types.to_vec()),
    }
}

/// The clock: several crons add up.
fn clock(step: &Step<'_>, site: Site) -> Trigger {
    let mut schedule: Stated<Schedule> = Stated::Absent;
    let crons = step.workflow.root.get("on").and_then(|on| on.get("schedule"));
    let crons = crons.into_iter().flat_map(NodeRef::items).filter_map(|item| item.get("cron"));
    for cron in crons {
        let site = step.site_of(cron);
        let one = Schedule::from_cron(cron.text());
        schedule = match (schedule, one) {
            (Stated::Known(sum, first), Some(one)) => Stated::Known(sum.and(one), first),
            (Stated::Absent, Some(one)) => Stated::Known(one, site),
            _ => Stated::Unknown(site),
        };
    }
    Trigger::new(Event::Schedule, site).scheduled(schedule)
}

/// The guards that conditions amount to, read part by part.
fn conditions_of(step: &Step<'_>) -> Vec<Guard> {
    let mut guards = Vec::new();
    for condition in step.conditions() {
        let site = step.site_of(condition);
        for part in condition.text().split("&&").flat_map(|part| part.split("||")) {
            guards.extend(guard_of(part.trim(), site));
        }
    }
    guards
}

/// What one part of a condition asks for. What it says of the run itself is no guard.
fn guard_of(part: &str, site: Site) -> Option<Guard> {
    let says = |words: &[&str]| words.iter().any(|word| part.contains(word));
    let is_negated = part.contains("!=") || part.trim_start_matches(['(', ' ', '$', '{']).starts_with('!');
    if says(&["github.event.action", "github.event_name", "github.event.inputs"]) {
        return None;
    }
    let kind = if says(&["label"]) {
        if is_negated { GuardKind::ExemptLabels } else { GuardKind::OnlyLabels }
    } else if says(&["[bot]", "user.type", "sender.type", "github.actor", "triggering_actor"]) && is_negated {
        GuardKind::ExcludeBots
    } else if says(&["FIRST_TIME"]) {
        GuardKind::FirstTime
    } else if says(&["comment.body"]) {
        GuardKind::Keyword
    } else if says(&[".draft"]) {
        GuardKind::ExemptDrafts
    } else if says(&["github.event.", "steps.", "needs.", "failure()", "cancelled()"]) {
        GuardKind::Relevance
    } else {
        return None;
    };
    let values = quoted(part).map(|text| Text { text: text.to_owned(), site }).collect();
    Some(Guard { values, ..Guard::new(kind, site) })
}

/// The texts in single quotes.
fn quoted(part: &str) -> impl Iterator<Item = &str> {
    part.split('\'').skip(1).step_by(2).filter(|text| !text.is_empty())
}
