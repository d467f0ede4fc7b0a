//! What a change of configuration does to people: two versions understood, matched account by account and automation
//! by automation, and told in sentences and numbers. The sentences are those of `describe`; what is unknown is said to
//! be unknown. May know the model, its analyses, descriptions and findings; never a report or a terminal.

mod account;
mod automations;
mod findings;
mod numbers;
mod pairs;
mod points;

use crate::analysis::effects::Assumptions;
use crate::describe::{Description, describe};
use crate::diagnostic::Finding;
use crate::model::{Model, Site, World};
use crate::rules::DailyRate;
use crate::source::{FileId, Sources};

pub use findings::{Fate, FindingChange, FindingChanges};
pub use numbers::Amount;

/// One of the two versions.
pub struct Side<'s> {
    /// What was understood.
    pub model: &'s Model,
    /// What was found, also what is suppressed.
    pub findings: &'s [Finding],
    /// The texts that places point into.
    pub sources: &'s Sources,
    /// The numbers of the effect graph.
    pub assumptions: &'s Assumptions,
    /// How often each account does what rules count, also where there is no number.
    pub rates: &'s [DailyRate],
    /// The name of a file by which it is found again in the other version.
    pub file: &'s dyn Fn(FileId) -> String,
}

/// Which version a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// The one before.
    Old,
    /// The one after.
    New,
}

/// What is told about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What an automation does.
    Automation,
    /// Who the account is, and what holds for everything it does.
    Account,
    /// How many people are reached who did not ask.
    Reach,
    /// How often something is done in a day.
    Rate,
    /// What feeds itself.
    Loop,
    /// Good practice, as in the checklist.
    Practice,
    /// What cannot be known.
    Unknown,
}

/// In which direction something changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    New,
    /// It is there no more.
    Gone,
    /// It is another one.
    Changed,
}

/// One thing that changes.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What it is about.
    pub topic: Topic,
    /// In which direction.
    pub change: Change,
    /// What changes, as a sentence.
    pub text: String,
    /// Further sentences: the whole of what is done now or was done before, and assumptions.
    pub details: Vec<String>,
    /// The numbers before and after, of what has numbers.
    pub numbers: Option<Numbers>,
    /// Where that stands.
    pub at: Option<(Version, Site)>,
}

/// A number before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// What is counted: `follows`.
    pub unit: String,
    /// How many a day before.
    pub before: Amount,
    /// How many a day after.
    pub after: Amount,
}

/// What changes for one account.
#[derive(Clone, Debug)]
pub struct AccountChange {
    /// How it is called, at last.
    pub account: String,
    /// How it was called before, if otherwise.
    pub before: Option<String>,
    /// Whether it is new or gone as a whole.
    pub change: Change,
    /// What changes, one by one.
    pub statements: Vec<Statement>,
}

/// Everything that changes.
#[derive(Debug)]
pub struct Comparison<'s> {
    /// Accounts for which something changes, those of the new version first.
    pub accounts: Vec<AccountChange>,
    /// Findings that came and went.
    pub findings: FindingChanges<'s>,
}

impl Comparison<'_> {
    /// Whether nothing changes, as far as is understood.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty() && self.findings.changes.is_empty()
    }
}

/// A version with what is asked of it again and again.
struct Known<'s> {
    side: &'s Side<'s>,
    world: World<'s>,
    descriptions: Vec<Description>,
    rates: numbers::Rates<'s>,
}

impl<'s> Known<'s> {
    fn new(side: &'s Side<'s>) -> Self {
        let descriptions = describe(side.model, side.assumptions);
        Self { side, world: World::new(side.model), descriptions, rates: numbers::by_account(side.rates) }
    }

    fn description(&self, account: usize) -> Option<&Description> {
        // They are in the order of the accounts.
        let place = self.descriptions.binary_search_by_key(&account, |description| description.number);
        self.descriptions.get(place.ok()?)
    }
}

/// Compares two versions of a configuration.
#[must_use]
pub fn compare<'s>(old: &'s Side<'s>, new: &'s Side<'s>) -> Comparison<'s> {
    let (before, after) = (Known::new(old), Known::new(new));
    let accounts = pairs::accounts(old, new);
    let mut same = findings::Same::new(&accounts);
    let mut changes = Vec::new();
    for (one, other) in accounts.all(new.model.accounts.len(), old.model.accounts.len()) {
        let (told, matched) = account::changes((&before, one), (&after, other));
        same.automations.extend(matched);
        changes.extend(told);
    }
    Comparison { accounts: changes, findings: findings::changes(old, new, &same) }
}
