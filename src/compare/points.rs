//! How an automation differs from its old version: when, how much, under which conditions, with which words.

use crate::model::{Action, Audience, Limits, Text, View};
use crate::narrate::{guards, limits, occasion};

/// What differs, as clauses; nothing where only the acts themselves do, or nothing.
pub(super) fn points(old: &View<'_>, new: &View<'_>) -> Vec<String> {
    let (Some(before), Some(now)) = (old.automation, new.automation) else { return Vec::new() };
    let mut points = Vec::new();
    let (when, once) = (occasion(now), occasion(before));
    if when != once {
        points.push(format!("{when}, before {once}"));
    }
    points.extend(amounts(&before.limits, &now.limits));
    let (were, are) = (all(old), all(new));
    if were.len() == are.len() {
        for (one, other) in were.iter().zip(&are) {
            points.extend(amounts(&one.limits, &other.limits));
        }
    }
    points.extend(conditions(guards(before.guards.iter()), guards(now.guards.iter())));
    if !same_texts(were.iter().map(|act| &act.texts), are.iter().map(|act| &act.texts)) {
        points.push("what it says is worded otherwise".to_owned());
    }
    let filters = |view: &View<'_>| -> Vec<String> {
        let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
        triggers
            .iter()
            .flat_map(|trigger| words(&trigger.filters).into_iter().chain(from(trigger.from.as_ref())))
            .collect()
    };
    if when == once && filters(old) != filters(new) {
        points.push("it listens for other words or other people".to_owned());
    }
    let people =
        |acts: &[&Action]| -> Vec<String> { acts.iter().flat_map(|act| words(&act.audience.of)).collect() };
    if people(&were) != people(&are) {
        points.push("the people or posts that it goes to are chosen otherwise".to_owned());
    }
    points
}

fn all<'m>(view: &View<'m>) -> Vec<&'m Action> {
    view.actions().filter_map(|view| view.action).collect()
}

fn words(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.text.clone()).collect()
}

fn from(audience: Option<&Audience>) -> Vec<String> {
    audience.map(|audience| words(&audience.of)).unwrap_or_default()
}

fn same_texts<'t>(
    old: impl Iterator<Item = &'t Vec<Text>>,
    new: impl Iterator<Item = &'t Vec<Text>>,
) -> bool {
    old.map(|texts| words(texts)).eq(new.map(|texts| words(texts)))
}

/// `at most 200 a day, before at most 40 a day`.
fn amounts(old: &Limits, new: &Limits) -> Option<String> {
    match (limits(old), limits(new)) {
        (before, now) if before == now => None,
        (Some(before), Some(now)) => Some(format!("{now}, before {before}")),
        (None, Some(now)) => Some(format!("{now}, before without a limit of its own")),
        (Some(before), None) => Some(format!("without a limit of its own, before {before}")),
        (None, None) => None,
    }
}

/// Conditions that come and go.
fn conditions(old: Vec<String>, new: Vec<String>) -> Vec<String> {
    let come: Vec<&String> = new.iter().filter(|clause| !old.contains(clause)).collect();
    let gone: Vec<&String> = old.iter().filter(|clause| !new.contains(clause)).collect();
    let mut said: Vec<String> = come.into_iter().map(|clause| format!("now {clause}")).collect();
    said.extend(gone.into_iter().map(|clause| format!("no longer {clause}")));
    said
}
