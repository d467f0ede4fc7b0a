//! What automations newly do, no longer do, or do differently.

use std::collections::BTreeSet;

use super::pairs::{self, Automations, Numbered, acts};
use super::points::points;
use super::{Change, Known, Statement, Topic, Version};
use crate::model::View;
use crate::narrate::{deed, listed, sentence};

/// Deeds that one sentence lists; the whole sentence stands below it.
const MOST_DEEDS: usize = 3;

/// What changes in what an account does, and which automations are the same. `is_whole` where the account as a whole is
/// new or gone.
pub(super) fn changes(
    (before, old): (&Known<'_>, Option<usize>),
    (after, new): (&Known<'_>, Option<usize>),
    is_whole: bool,
) -> (Vec<Statement>, Vec<(usize, usize)>) {
    let (olds, news) = (all(before, old), all(after, new));
    let Automations { same, gone, new } = pairs::automations(&olds, &news);
    let mut told = Vec::new();
    let (done_before, done_now) = (deeds_of(&olds), deeds_of(&news));
    for (_, view) in news.iter().filter(|(number, _)| new.binary_search(number).is_ok()) {
        told.push(one(view, Version::New, &done_before, is_whole));
    }
    for (_, view) in olds.iter().filter(|(number, _)| gone.binary_search(number).is_ok()) {
        told.push(one(view, Version::Old, &done_now, is_whole));
    }
    for (one, other) in &same {
        if let (Some(one), Some(other)) = (before.world.automation(*one), after.world.automation(*other)) {
            told.extend(pair(&one, &other));
        }
    }
    (told, same)
}

/// The automations of an account.
fn all<'k>(known: &'k Known<'_>, account: Option<usize>) -> Vec<Numbered<'k>> {
    let Some(account) = account else { return Vec::new() };
    let numbers = known.world.automations_of(account).iter();
    numbers.filter_map(|number| Some((*number, known.world.automation(*number)?))).collect()
}

/// What is really done.
fn deeds_of(views: &[Numbered<'_>]) -> BTreeSet<String> {
    views.iter().filter(|(_, view)| view.is_live()).flat_map(|(_, view)| deeds(view)).collect()
}

/// What an automation does, in a few words for each act that people notice.
fn deeds(view: &View<'_>) -> Vec<String> {
    let mut deeds: Vec<String> = Vec::new();
    let mut all: Vec<View<'_>> = view.actions().collect();
    if all.iter().any(is_noticed) {
        all.retain(is_noticed);
    }
    for deed in all.iter().map(deed) {
        if !deeds.contains(&deed) {
            deeds.push(deed);
        }
    }
    if deeds.is_empty() {
        deeds.push(deed(view));
    }
    deeds
}

/// Deeds as one clause.
fn said(mut deeds: Vec<String>) -> String {
    if deeds.len() > MOST_DEEDS {
        deeds.truncate(MOST_DEEDS);
        deeds.push("more".to_owned());
    }
    listed(&deeds, "and")
}

fn is_noticed(view: &View<'_>) -> bool {
    view.action.is_some_and(|action| action.verb.is_outward())
}

/// An automation that is only in one version. `elsewhere` is what the account does in the other one: what is done
/// there, too, neither comes nor goes.
fn one(view: &View<'_>, version: Version, elsewhere: &BTreeSet<String>, is_whole: bool) -> Statement {
    let deeds = deeds(view);
    let is_new = version == Version::New;
    let only: Vec<String> = deeds.iter().filter(|deed| !elsewhere.contains(*deed)).cloned().collect();
    let is_known = only.is_empty();
    let whole = sentence(view);
    let text = match (view.is_live(), is_new) {
        _ if is_whole => whole.clone(),
        (true, true) if is_known => format!("One more automation that {}.", said(deeds)),
        (true, true) => format!("Now also {}.", said(only)),
        (true, false) if is_known => format!("One automation fewer that {}.", said(deeds)),
        (true, false) => format!("No longer {}.", said(only)),
        (false, true) => format!("New, but switched off: an automation that {}.", said(deeds)),
        (false, false) => format!("Gone, and was switched off before: an automation that {}.", said(deeds)),
    };
    let details = if is_whole { Vec::new() } else { vec![whole] };
    statement(view, version, if is_new { Change::New } else { Change::Gone }, text, details)
}

/// An automation that is in both versions; nothing where it does the same.
fn pair(old: &View<'_>, new: &View<'_>) -> Option<Statement> {
    let (before, now) = (sentence(old), sentence(new));
    let points = points(old, new);
    let (was_on, is_on) = (old.is_live(), new.is_live());
    if before == now && points.is_empty() && was_on == is_on {
        return None;
    }
    let (does, did) = (said(deeds(new)), said(deeds(old)));
    let both = vec![format!("Now: {now}"), format!("Before: {before}")];
    let statement = |change, text| Some(statement(new, Version::New, change, text, both.clone()));
    match (was_on, is_on) {
        (false, true) => return statement(Change::New, format!("Switched on: {does}.")),
        (true, false) => return statement(Change::Gone, format!("Switched off: {does}.")),
        _ => {}
    }
    let off = if is_on { "" } else { "Still switched off: " };
    let points = points.join("; ");
    let text = if acts(old) != acts(new) && did != does {
        format!("{off}It {does}; before, it {did}.")
    } else if points.is_empty() {
        format!("{off}It {does}, otherwise than before.")
    } else {
        format!("{off}It {does}: {points}.")
    };
    statement(Change::Changed, text)
}

fn statement(
    view: &View<'_>,
    version: Version,
    change: Change,
    text: String,
    details: Vec<String>,
) -> Statement {
    let at = view.automation.map(|automation| (version, automation.site));
    Statement { topic: Topic::Automation, change, text, details, numbers: None, at }
}
