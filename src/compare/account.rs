//! What changes for one account: what it does, who it is, how many people it reaches, what feeds itself, which good
//! practice it shows, what cannot be known.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{AccountChange, Change, Known, Statement, Topic, Version, automations, numbers};
use crate::describe::{Circle, Description};
use crate::hygiene::{State, checklist};
use crate::model::{Account, FactKind, Site};
use crate::narrate::{capital, days};

/// The automations of both versions that are the same.
type Same = Vec<(usize, usize)>;

/// What changes between an account and the one that it was; nothing where nothing does.
pub(super) fn changes(
    (before, old): (&Known<'_>, Option<usize>),
    (after, new): (&Known<'_>, Option<usize>),
) -> (Option<AccountChange>, Same) {
    let was = old.and_then(|number| before.side.model.accounts.get(number));
    let is = new.and_then(|number| after.side.model.accounts.get(number));
    let of_old = old.and_then(|number| before.description(number));
    let of_new = new.and_then(|number| after.description(number));
    let change = match (was, is) {
        (None, _) => Change::New,
        (_, None) => Change::Gone,
        _ => Change::Changed,
    };
    let is_whole = change != Change::Changed;
    let (mut told, same) = automations::changes((before, old), (after, new), is_whole);
    match (of_old, of_new) {
        (Some(one), Some(other)) => {
            told.extend(passed_on((before, old), (after, new), other));
            told.extend(who(one, other));
            told.extend(numbers::reach(one, other));
            if let (Some(old), Some(new)) = (old, new) {
                told.extend(numbers::rates((before, old), (after, new), other));
            }
            told.extend(circles(&one.circles, &other.circles));
            told.extend(unknown(one, other));
        }
        (None, Some(other)) => {
            let first = Some((Version::New, other.site));
            told.splice(0..0, other.who.iter().map(|said| sentence(Change::New, said.clone(), first)));
            if let Some(reach) =
                other.reach.sentence(other.unknown.is_empty()).filter(|_| !other.does.is_empty())
            {
                let text = format!("How many people it reaches: {reach}");
                told.push(Statement { topic: Topic::Reach, ..sentence(Change::New, text, first) });
            }
            told.extend(circles(&[], &other.circles));
        }
        (Some(one), None) => told.extend(circles(&one.circles, &[])),
        (None, None) => {}
    }
    if let (Some(was), Some(is)) = (was, is) {
        told.extend(facts(was, is));
    }
    if let (Some(old), Some(new)) = (old, new) {
        told.extend(practice((before, old), (after, new)));
    }
    let name = is.or(was).map(|account| account.name.clone()).unwrap_or_default();
    let called = was.filter(|was| was.name != name).map(|was| was.name.clone());
    let is_anything = !told.is_empty() || called.is_some();
    let account = AccountChange { account: name, before: called, change, statements: told };
    (is_anything.then_some(account), same)
}

fn sentence(change: Change, text: String, at: Option<(Version, Site)>) -> Statement {
    Statement { topic: Topic::Account, change, text, details: Vec::new(), numbers: None, at }
}

/// Whether anything that is done still reaches a person of the account's own.
fn passed_on(
    (before, old): (&Known<'_>, Option<usize>),
    (after, new): (&Known<'_>, Option<usize>),
    description: &Description,
) -> Option<Statement> {
    let reaches = |known: &Known<'_>, account: Option<usize>| {
        let view = account.and_then(|account| known.world.account(account));
        view.is_some_and(|view| {
            view.actions_of_account()
                .any(|view| view.action.is_some_and(|action| action.verb.reaches_a_person()))
        })
    };
    let at = Some((Version::New, description.site));
    match (reaches(before, old), reaches(after, new)) {
        (true, false) => Some(sentence(
            Change::Gone,
            "No automation passes anything on to a person any more.".to_owned(),
            at,
        )),
        (false, true) => {
            Some(sentence(Change::New, "An automation passes something on to a person now.".to_owned(), at))
        }
        _ => None,
    }
}

/// What is said of the account as a whole; the first sentence says who it is.
fn who(old: &Description, new: &Description) -> Vec<Statement> {
    let at = Some((Version::New, new.site));
    let mut told = Vec::new();
    if let (Some(was), Some(is)) = (old.who.first(), new.who.first())
        && was != is
    {
        let mut changed = sentence(Change::Changed, is.clone(), at);
        changed.details.push(format!("Before: {was}"));
        told.push(changed);
    }
    let rest = |of: &Description| of.who.iter().skip(1).cloned().collect::<Vec<_>>();
    let (were, are) = (rest(old), rest(new));
    let come = are.iter().filter(|said| !were.contains(said));
    told.extend(come.map(|said| sentence(Change::New, format!("Now: {said}"), at)));
    let gone = were.iter().filter(|said| !are.contains(said));
    let then = Some((Version::Old, old.site));
    told.extend(gone.map(|said| sentence(Change::Gone, format!("No longer: {said}"), then)));
    told
}

/// What is claimed about the account and no automation shows.
fn facts(old: &Account, new: &Account) -> Vec<Statement> {
    let kinds: BTreeSet<FactKind> = old.facts.iter().chain(&new.facts).map(|fact| fact.kind).collect();
    let value = |of: &Account, kind: FactKind| {
        of.fact(kind).map(|fact| {
            let known = fact.value.known().map(|value| claimed(kind, value));
            (known.unwrap_or_else(|| "something that is filled in later".to_owned()), fact.value.site())
        })
    };
    let at = |version, site: Option<Site>, account: &Account| Some((version, site.unwrap_or(account.site)));
    let mut told = Vec::new();
    for kind in kinds {
        let about = capital(&kind.name().replace(['.', '-'], " "));
        let (change, text, at) = match (value(old, kind), value(new, kind)) {
            (Some((was, _)), Some((is, site))) if was != is => {
                let text = format!("{about}: {is}, before {was}.");
                (Change::Changed, text, at(Version::New, site, new))
            }
            (None, Some((is, site))) => (Change::New, format!("{about}: {is}."), at(Version::New, site, new)),
            (Some((was, site)), None) => {
                let text = format!("{about}: nothing is said any more, before {was}.");
                (Change::Gone, text, at(Version::Old, site, old))
            }
            _ => continue,
        };
        told.push(sentence(change, text, at));
    }
    told
}

fn claimed(kind: FactKind, value: &str) -> String {
    match value.parse::<f64>().ok().filter(|_| kind.is_duration()) {
        Some(time) if time.is_finite() => days(time),
        _ => format!("“{value}”"),
    }
}

/// Circles that arise or vanish. One of the same kind that goes another way round is the same.
fn circles(old: &[Circle], new: &[Circle]) -> Vec<Statement> {
    let way =
        |circle: &Circle| -> Vec<String> { circle.steps.iter().map(|step| step.deed.clone()).collect() };
    let (gone, arisen) =
        unpaired(old.iter().collect(), new.iter().collect(), |circle| (circle.class, way(circle)));
    let (left, arisen) = unpaired(gone, arisen, |circle| circle.class);
    let told = |circle: &Circle, version, change, text: String| {
        let steps = circle.steps.iter().enumerate().map(|(number, step)| {
            let again = if number + 1 == circle.steps.len() { ", and so on from the start" } else { "" };
            format!("{}. {} {}, {}{again}", number + 1, step.account, step.deed, step.then)
        });
        Statement {
            topic: Topic::Loop,
            change,
            text,
            details: steps.collect(),
            numbers: None,
            at: circle.steps.first().map(|step| (version, step.site)),
        }
    };
    let come = arisen
        .into_iter()
        .map(|circle| told(circle, Version::New, Change::New, format!("Feeds itself now. {}", circle.words)));
    let gone = left.into_iter().map(|circle| {
        told(circle, Version::Old, Change::Gone, format!("No longer feeds itself. Before: {}", circle.words))
    });
    come.chain(gone).collect()
}

/// Lines of the checklist that a configuration showed and shows no more, and the other way round.
fn practice((before, old): (&Known<'_>, usize), (after, new): (&Known<'_>, usize)) -> Vec<Statement> {
    let (Some(was), Some(is)) = (before.world.account(old), after.world.account(new)) else {
        return Vec::new();
    };
    let (Some(old), Some(new)) = (checklist(was), checklist(is)) else { return Vec::new() };
    let at = Some((Version::New, is.account.site));
    let mut told = Vec::new();
    for ((line, before), (_, now)) in old.lines.iter().zip(&new.lines) {
        let is_open = |state: &State| matches!(state, State::Absent | State::NotStated);
        let (change, text) = match (before, now) {
            (State::Present, now) if is_open(now) => {
                (Change::Gone, format!("The file no longer shows that it {}.", line.says))
            }
            (before, State::Present) if is_open(before) => {
                (Change::New, format!("The file now shows that it {}.", line.says))
            }
            _ => continue,
        };
        told.push(Statement { topic: Topic::Practice, ..sentence(change, text, at) });
    }
    told
}

/// What was known, or not there, and cannot be known now.
fn unknown<'d>(old: &'d Description, new: &'d Description) -> Vec<Statement> {
    let all = |of: &'d Description| of.unknown.iter().collect::<Vec<_>>();
    let (_, fresh) = unpaired(all(old), all(new), |(_, what)| what.as_str());
    let told = fresh.into_iter().map(|(site, what)| {
        let text = format!("Cannot be known now: {what}.");
        Statement { topic: Topic::Unknown, ..sentence(Change::New, text, Some((Version::New, *site))) }
    });
    told.collect()
}

/// What is in one version only: each of the old pairs with one of the new that has the same key.
fn unpaired<'a, T, K: Ord>(
    old: Vec<&'a T>,
    new: Vec<&'a T>,
    key: impl Fn(&'a T) -> K,
) -> (Vec<&'a T>, Vec<&'a T>) {
    let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
    for (number, one) in old.iter().enumerate() {
        waiting.entry(key(one)).or_default().push_back(number);
    }
    let mut is_new = Vec::new();
    let mut paired = BTreeSet::new();
    for one in new {
        match waiting.get_mut(&key(one)).and_then(VecDeque::pop_front) {
            Some(number) => drop(paired.insert(number)),
            None => is_new.push(one),
        }
    }
    let gone = old.into_iter().enumerate().filter(|(number, _)| !paired.contains(number));
    (gone.map(|(_, one)| one).collect(), is_new)
}
