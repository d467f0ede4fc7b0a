//! What sets a workflow step off, in the words of the model: events and their types, the crons of a schedule
//! added up, and what the conditions (`if:`) leave of them.

use super::step::Step;
use super::{conditions, happenings};
use crate::model::{Event, Guard, GuardKind, Schedule, Site, Stated, Text, Trigger};
use crate::syntax::{Kind, NodeRef};

/// Events of the platform, their types, and what they are in the model.
const EVENTS: &[(&str, &str, Event)] = &[
    ("issues", "opened", Event::IssueOpened),
    ("issues", "closed", Event::ItemClosed),
    ("issues", "reopened", Event::Reopened),
    ("issues", "labeled", Event::Labelled),
    ("pull_request", "opened", Event::PrOpened),
    ("pull_request", "ready_for_review", Event::PrOpened),
    ("pull_request", "synchronize", Event::Pushed),
    ("pull_request", "closed", Event::ItemClosed),
    ("pull_request", "reopened", Event::Reopened),
    ("pull_request", "labeled", Event::Labelled),
    ("issue_comment", "created", Event::Commented),
    ("pull_request_review", "submitted", Event::Commented),
    ("pull_request_review_comment", "created", Event::Commented),
    ("discussion", "created", Event::IssueOpened),
    ("discussion", "closed", Event::ItemClosed),
    ("discussion", "reopened", Event::Reopened),
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
        let mut guards = conditions::guards(step);
        // What was merged is no longer merely closed.
        if let Some(merged) = conditions::merged(&guards) {
            for trigger in triggers.iter_mut().filter(|trigger| trigger.event == Event::ItemClosed) {
                let site = trigger.site;
                trigger.traits = vec![Text { text: "it is merged".to_owned(), site }];
            }
            if triggers.iter().all(|trigger| trigger.event == Event::ItemClosed) {
                guards.remove(merged);
            }
        }
        // A label that starts it is part of the event.
        let labels = guards.iter().filter(|guard| guard.kind == GuardKind::OnlyLabels);
        let labels: Vec<_> = labels.flat_map(|guard| guard.values.clone()).collect();
        for trigger in triggers.iter_mut().filter(|trigger| trigger.event == Event::Labelled) {
            trigger.filters.clone_from(&labels);
        }
        Self { triggers, guards }
    }

    /// Whether anything sets it off besides a pull request that is opened, changed or talked about.
    pub(super) fn publishes(&self) -> bool {
        self.triggers.iter().any(|trigger| {
            let on_pull_request = trigger.items.iter().any(|item| item.text == "pull request");
            !(trigger.event == Event::PrOpened || on_pull_request)
        })
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
    let types = types_of(step, name, family);
    for (_, kind, event) in EVENTS.iter().filter(|(event, ..)| *event == family) {
        let named = kind.is_empty() || types.as_ref().is_none_or(|types| types.iter().any(|one| one == kind));
        let kind = Some(*kind).filter(|kind| !kind.is_empty());
        let is_new = triggers.iter().all(|known| known.event != *event || known.site != site);
        if named && is_new && step.prevented(name, kind).is_none() {
            let mut trigger = Trigger::new(*event, site);
            if *event == Event::Reopened {
                trigger.site = type_site(step, name, "reopened").unwrap_or(site);
            }
            let about = match event {
                Event::ItemClosed | Event::Reopened | Event::Labelled => happenings::item(family),
                Event::Pushed if family == "pull_request" => happenings::item(family),
                Event::Pushed if only_tags(step) => Some("tag"),
                Event::IssueOpened => happenings::item(family).filter(|item| *item != "issue"),
                Event::PrOpened if kind == Some("ready_for_review") => Some("draft"),
                Event::Commented if family == "pull_request_review" => Some("review"),
                _ => None,
            };
            trigger.items = about.map(|text| Text { text: text.to_owned(), site }).into_iter().collect();
            triggers.push(trigger);
        }
    }
    others(step, (name, family), types.as_deref(), site, triggers);
}

/// Whether a push is one of tags alone.
fn only_tags(step: &Step<'_>) -> bool {
    let push = step.workflow.root.get("on").and_then(|on| on.get("push"));
    push.is_some_and(|push| push.get("tags").is_some() && push.get("branches").is_none())
}

/// Where a type of an event is named.
fn type_site(step: &Step<'_>, name: &str, kind: &str) -> Option<Site> {
    let types = step.workflow.root.get("on")?.get(name)?.get("types")?;
    if types.kind() == Kind::Scalar {
        return Some(step.site_of(types));
    }
    types.items().find(|one| one.text().trim() == kind).map(|one| step.site_of(one))
}

/// Adds the types of an event that are no event of the model, and events that have no type.
fn others(
    step: &Step<'_>,
    (name, family): (&str, &str),
    types: Option<&[&str]>,
    site: Site,
    triggers: &mut Vec<Trigger>,
) {
    let is_known = |kind: &str| EVENTS.iter().any(|(event, known, _)| *event == family && *known == kind);
    let mut words: Vec<String> = Vec::new();
    let has_rows = EVENTS.iter().any(|(event, ..)| *event == family);
    match types {
        Some(types) => {
            for kind in types.iter().filter(|kind| !is_known(kind)) {
                if step.prevented(name, Some(kind)).is_none() {
                    words.push(happenings::words(family, Some(kind)));
                }
            }
        }
        None if !has_rows && step.prevented(name, None).is_none() => {
            words.push(happenings::words(family, None))
        }
        None => {}
    }
    if words.is_empty() {
        return;
    }
    let mut trigger = Trigger::new(happenings::event(family), site);
    if trigger.event == Event::Happening {
        trigger.filters = words.into_iter().map(|text| Text { text, site }).collect();
    }
    triggers.push(trigger);
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
