//! A whole automation as one sentence: when, what, how much, under which conditions.

use std::borrow::Cow;

use super::acts::{act, chance, voices};
use super::guards::guards;
use super::limits::{limits, runs};
use super::people::Initiator;
use super::triggers::clause;
use super::words::{capital, days, listed};
use crate::model::{
    Action, Audience, AudienceKind, Automation, Event, Guard, GuardKind, Stated, Text, Trigger, Verb, View,
};

/// What an automation does, as one sentence for somebody who never saw its file.
#[must_use]
pub fn sentence(view: &View<'_>) -> String {
    let Some(automation) = view.automation else { return String::new() };
    let mut said = format!("{} {}", when(automation), acts(&automation.actions, automation));
    for part in limits(&automation.limits).into_iter().chain(conditions(automation)) {
        said.push_str(", ");
        said.push_str(&part);
    }
    if !automation.otherwise.is_empty() {
        said.push_str("; otherwise it ");
        said.push_str(&acts(&automation.otherwise, automation));
    }
    let said = match automation.enabled {
        Stated::Known(false, _) => format!("If it were on: {said}"),
        Stated::Unknown(_) => format!("If it is switched on, which the file leaves open: {said}"),
        _ => capital(&said),
    };
    format!("{said}.")
}

/// The clause that begins the sentence, with the subject of what follows.
fn when(automation: &Automation) -> String {
    let clause = occasion(automation);
    let comma = clause.starts_with("when") || clause.starts_with("as soon as") || clause.contains(", or ");
    if comma { format!("{clause}, it") } else { format!("{clause} it") }
}

/// When an automation acts: `every hour`, `when someone follows you`.
#[must_use]
pub fn occasion(automation: &Automation) -> String {
    let by_the_clock = matches!(automation.triggers.as_slice(), [only] if only.event == Event::Schedule && only.schedule.is_absent());
    match runs(&automation.limits).filter(|_| by_the_clock) {
        Some(runs) => runs,
        None => clause(&automation.triggers),
    }
}

/// The conditions; how old things may be is said once, by the trigger that knows.
fn conditions(automation: &Automation) -> Vec<String> {
    let age = automation.triggers.iter().find_map(|trigger| trigger.max_age.get());
    let others = automation.guards.iter().filter(|guard| age.is_none() || guard.kind != GuardKind::AgeLimit);
    // A label that sets it off is said there.
    let labels: Vec<&Text> = automation
        .triggers
        .iter()
        .filter(|trigger| trigger.event == Event::Labelled)
        .flat_map(|trigger| &trigger.filters)
        .collect();
    let is_said = |guard: &Guard| {
        guard.kind == GuardKind::OnlyLabels
            && automation.triggers.iter().all(|trigger| trigger.event == Event::Labelled)
            && !guard.values.is_empty()
            && guard.values.iter().all(|value| labels.iter().any(|label| label.text == value.text))
    };
    let mut said = guards(others.filter(|guard| !is_said(guard)));
    said.extend(age.map(|age| format!("leaving out what is older than {}", days(age))));
    said
}

/// Actions in order; those that wait say for how long, and people who were named before are not named again.
fn acts(actions: &[Action], automation: &Automation) -> String {
    let event = automation.triggers.first().map(|trigger| trigger.event);
    let known = Initiator::known(event);
    let mut waited = 0.0;
    let mut clauses: Vec<String> = Vec::new();
    let mut before: Option<&Action> = None;
    let actions = alternatives(actions);
    let actions: Vec<Cow<'_, Action>> = actions.iter().map(|action| meant(action, automation)).collect();
    let authors = automation.triggers.first().and_then(|trigger| trigger.from.as_ref());
    let authors = authors.map_or(&[][..], |from| from.of.as_slice());
    let mut after = actions.iter().skip(1);
    for action in &actions {
        let action: &Action = action;
        // Accounts that do the next thing, too, are named once, at the end.
        let goes_on = after.next().is_some_and(|next| {
            next.acts_as.iter().map(|text| &text.text).eq(action.acts_as.iter().map(|text| &text.text))
        });
        let voices = if goes_on { String::new() } else { voices(action, authors) };
        let repeated = before.filter(|before| is_same(&before.audience, &action.audience));
        let said = match repeated {
            Some(before) => {
                let mut action = action.clone();
                action.audience = Audience::new(AudienceKind::Initiator, action.audience.site);
                act(&action, None, &Initiator::again(is_about_posts(before.verb)))
            }
            None => act(action, event, &known),
        };
        if repeated.is_none() {
            before = Some(action);
        }
        let said = said + &voices;
        clauses.push(timed(said, action, &mut waited, clauses.is_empty()) + &beside(action));
    }
    if clauses.is_empty() { "does nothing".to_owned() } else { listed(&clauses, "and") }
}

/// Acts of which only one happens, told as one act with all their messages.
fn alternatives(actions: &[Action]) -> Vec<Cow<'_, Action>> {
    let mut told: Vec<Cow<'_, Action>> = Vec::new();
    for action in actions {
        match told.last_mut() {
            Some(last) if last.one_of && action.one_of && last.verb == action.verb => {
                last.to_mut().texts.extend(action.texts.iter().cloned());
            }
            _ => told.push(Cow::Borrowed(action)),
        }
    }
    told
}

/// The act as it is meant: what a search finds is what it waits for, where both search for the same; of a member who
/// posts, the post is meant and not those of all members.
fn meant<'a>(action: &'a Action, automation: &Automation) -> Cow<'a, Action> {
    let [trigger] = automation.triggers.as_slice() else { return Cow::Borrowed(action) };
    if !is_what_it_waits_for(trigger, action) {
        return Cow::Borrowed(action);
    }
    let mut action = action.clone();
    action.audience = Audience::new(AudienceKind::Initiator, action.audience.site);
    Cow::Owned(action)
}

fn is_what_it_waits_for(trigger: &Trigger, action: &Action) -> bool {
    let same = |texts: &[Text]| {
        let words = |texts: &[Text]| texts.iter().map(|text| text.text.clone()).collect::<Vec<_>>();
        words(texts) == words(&action.audience.of)
    };
    let from = trigger.from.as_ref();
    let is_from = |kind: AudienceKind| from.is_some_and(|from| from.kind == kind);
    match (trigger.event, action.audience.kind) {
        (Event::PostMatch, AudienceKind::Search) => same(&trigger.filters),
        (Event::PostMatch, AudienceKind::Members) => {
            is_from(AudienceKind::Members) && is_about_posts(action.verb)
        }
        (Event::PostBy, AudienceKind::Named) => {
            action.verb != Verb::Post && (same(&trigger.filters) || from.is_some_and(|from| same(&from.of)))
        }
        // Of what was reported, one thing is meant.
        (Event::ReportFiled, AudienceKind::Members) => action.audience.size.get() == Some(1.0),
        _ => false,
    }
}

/// How likely and how much, in parentheses.
fn beside(action: &Action) -> String {
    let parts: Vec<String> = chance(action).into_iter().chain(limits(&action.limits)).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// The clause with the time that passes before it.
fn timed(said: String, action: &Action, waited: &mut f64, first: bool) -> String {
    match action.delay {
        Stated::Known(delay, _) if delay > *waited => {
            let time = days(delay - *waited);
            *waited = delay;
            if first && action.verb == Verb::Unfollow {
                return format!("{said} after {time}");
            }
            if first { format!("waits {time}, then {said}") } else { format!("{time} later {said}") }
        }
        Stated::Known(delay, _) if delay == 0.0 && !first => format!("{said} at once"),
        Stated::Unknown(_) if first => format!("waits some time, then {said}"),
        Stated::Unknown(_) => format!("some time later {said}"),
        _ => said,
    }
}

/// Whether two acts go to the same people, who take some words to name.
fn is_same(one: &Audience, other: &Audience) -> bool {
    let short = matches!(
        one.kind,
        AudienceKind::Initiator | AudienceKind::Public | AudienceKind::Operator | AudienceKind::Team
    );
    let texts = |audience: &Audience| audience.of.iter().map(|text| text.text.clone()).collect::<Vec<_>>();
    !short && one.kind == other.kind && texts(one) == texts(other)
}

/// Whether an act deals with posts rather than with people.
const fn is_about_posts(verb: Verb) -> bool {
    matches!(verb, Verb::Like | Verb::React | Verb::Vote | Verb::Repost | Verb::Quote | Verb::Comment)
}
