//! What changes in numbers: people reached in a day, and how often things are done in a day.

use std::collections::BTreeMap;

use super::{Change, Known, Numbers, Statement, Topic, Version};
use crate::describe::{Description, Reach};
use crate::narrate::{amount, capital};
use crate::rules::{DailyRate, Uncounted, shown};

/// How often in a day, as far as that can be known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// What is known; zero where nothing is.
    pub per_day: f64,
    /// Why there is more than that, if so.
    pub uncounted: Option<Uncounted>,
}

impl Amount {
    /// Whether it is none at all.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.per_day <= 0.0 && self.uncounted.is_none()
    }

    /// `up to 40 a day`, `none`, `without a limit that is stated`.
    fn said(&self) -> String {
        let known = format!("up to {} a day", shown(self.per_day));
        let open = match self.uncounted {
            Some(Uncounted::Later) => "up to a number that is filled in later",
            Some(Uncounted::Unlimited) => "without a limit that is stated",
            None if self.is_none() => return "none".to_owned(),
            None => return known,
        };
        if self.per_day > 0.0 { format!("{known} and more {open}") } else { open.to_owned() }
    }
}

/// Compares how many people two accounts reach in a day who did not ask.
pub(super) fn reach(old: &Description, new: &Description) -> Option<Statement> {
    // Nothing is done any more: that is told.
    if new.does.is_empty() || old.does.is_empty() {
        return None;
    }
    let said = |of: &Description| of.reach.sentence(of.unknown.is_empty());
    let only_named = || "It only names people in front of others.".to_owned();
    let (before, now) = (said(old).unwrap_or_else(only_named), said(new).unwrap_or_else(only_named));
    if before == now {
        return None;
    }
    let is_simple = |reach: &Reach| (reach.per_day > 0.0) && reach.per_day.is_finite() && !reach.unsaid;
    let text = if is_simple(&old.reach) && is_simple(&new.reach) {
        format!("{}, before up to {}.", now.trim_end_matches('.'), amount(old.reach.per_day.ceil()))
    } else {
        format!("{now} Before: {before}")
    };
    let (was, is) = (old.reach.assumptions(), new.reach.assumptions());
    let details = match (was.is_empty() || was == is, is.is_empty()) {
        (_, true) => Vec::new(),
        (true, false) => vec![is],
        (false, false) => vec![format!("Now: {is}"), format!("Before: {was}")],
    };
    let numbers = Numbers {
        unit: "people who did not ask".to_owned(),
        before: people(&old.reach),
        after: people(&new.reach),
    };
    let change = Change::Changed;
    let at = Some((Version::New, new.site));
    Some(Statement { topic: Topic::Reach, change, text, details, numbers: Some(numbers), at })
}

fn people(reach: &Reach) -> Amount {
    if reach.per_day.is_finite() {
        return Amount { per_day: reach.per_day.ceil(), uncounted: None };
    }
    let why = if reach.limited_later { Uncounted::Later } else { Uncounted::Unlimited };
    Amount { per_day: 0.0, uncounted: Some(why) }
}

/// Compares how often two accounts do what rules count.
pub(super) fn rates(
    (before, old): (&Known<'_>, usize),
    (after, new): (&Known<'_>, usize),
    at: &Description,
) -> Vec<Statement> {
    let none = BTreeMap::new();
    let (old, new) = (before.rates.get(&old).unwrap_or(&none), after.rates.get(&new).unwrap_or(&none));
    let units: std::collections::BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut told = Vec::new();
    for unit in units {
        let before = old.get(unit).copied().unwrap_or_default();
        let after = new.get(unit).copied().unwrap_or_default();
        if before == after {
            continue;
        }
        let change = match (before.is_none(), after.is_none()) {
            (true, _) => Change::New,
            (_, true) => Change::Gone,
            _ => Change::Changed,
        };
        let text = format!("{}: {}, before {}.", capital(unit), after.said(), before.said());
        let numbers = Some(Numbers { unit: unit.to_owned(), before, after });
        let at = Some((Version::New, at.site));
        told.push(Statement { topic: Topic::Rate, change, text, details: Vec::new(), numbers, at });
    }
    told
}

/// How often each account does what.
pub(super) type Rates<'s> = BTreeMap<usize, BTreeMap<&'s str, Amount>>;

pub(super) fn by_account(rates: &[DailyRate]) -> Rates<'_> {
    let mut accounts = Rates::new();
    for rate in rates {
        let known = accounts.entry(rate.account).or_default().entry(rate.unit.as_str()).or_default();
        known.per_day += rate.per_day;
        known.uncounted = known.uncounted.max(rate.uncounted);
    }
    accounts
}
