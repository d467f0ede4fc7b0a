//! The actions of a run, and those that satisfy a condition.

use std::collections::{BTreeMap, HashMap};

use super::Evaluation;
use crate::model::{Verb, View};
use crate::rules::condition::{Condition, Truth};

/// An action that a rule matched, with the numbers that identify it.
#[derive(Clone, Copy)]
pub(super) struct Hit<'m> {
    pub(super) account: usize,
    pub(super) automation: Option<usize>,
    pub(super) view: View<'m>,
}

/// Live actions, by verb, so that a rule meets only the actions that can match it.
pub(super) struct Actions<'m> {
    pub(super) all: Vec<Hit<'m>>,
    by_verb: HashMap<Verb, Vec<usize>>,
    by_account: HashMap<usize, std::ops::Range<usize>>,
}

impl<'m> Actions<'m> {
    /// Those of one account.
    pub(super) fn of(&self, account: usize) -> &[Hit<'m>] {
        self.by_account.get(&account).and_then(|range| self.all.get(range.clone())).unwrap_or(&[])
    }
}

impl<'m> Evaluation<'m, '_> {
    pub(super) fn live_actions(&self) -> Actions<'m> {
        let mut actions = Actions { all: Vec::new(), by_verb: HashMap::new(), by_account: HashMap::new() };
        for account in self.accounts.clone() {
            let first = actions.all.len();
            for number in self.world.automations_of(account) {
                let Some(view) = self.world.automation(*number).filter(View::is_live) else { continue };
                for view in view.actions() {
                    if let Some(action) = view.action {
                        actions.by_verb.entry(action.verb).or_default().push(actions.all.len());
                    }
                    actions.all.push(Hit { account, automation: Some(*number), view });
                }
            }
            actions.by_account.insert(account, first..actions.all.len());
        }
        actions
    }

    /// The actions that satisfy a condition, in the order of the configuration.
    pub(super) fn select(&self, condition: &Condition, actions: &Actions<'m>) -> Vec<Hit<'m>> {
        let holds = |hit: &&Hit<'m>| condition.holds(&hit.view, self.context) == Truth::Yes;
        match condition.required_words("action.verb") {
            None => actions.all.iter().filter(holds).copied().collect(),
            Some(words) => {
                let mut numbers: Vec<usize> = words
                    .into_iter()
                    .filter_map(Verb::parse)
                    .filter_map(|verb| actions.by_verb.get(&verb))
                    .flatten()
                    .copied()
                    .collect();
                numbers.sort_unstable();
                numbers.dedup();
                numbers
                    .into_iter()
                    .filter_map(|number| actions.all.get(number))
                    .filter(holds)
                    .copied()
                    .collect()
            }
        }
    }
}

pub(super) fn by_account(hits: Vec<Hit<'_>>) -> BTreeMap<usize, Vec<Hit<'_>>> {
    let mut accounts: BTreeMap<usize, Vec<Hit<'_>>> = BTreeMap::new();
    for hit in hits {
        accounts.entry(hit.account).or_default().push(hit);
    }
    accounts
}
