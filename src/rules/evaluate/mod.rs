//! Runs the rules on a model and turns what they match into findings.
//! Each kind of detection is one function; labels and adjustments are shared.

mod finding;
mod hits;
mod rates;
mod words;

use std::collections::BTreeMap;

use self::finding::discovered;
use self::hits::{Actions, Hit, by_account};
use super::condition::{Condition, Tables, Truth};
use super::fields::Level;
use super::rule::{Detect, OncePer, Rule};
use super::rulebook::Rulebook;
use crate::diagnostic::Finding;
use crate::model::{Model, Property, World};

/// Evaluates the enabled rules of a rulebook on a model.
pub fn evaluate(rulebook: &Rulebook, model: &Model) -> Vec<Finding> {
    let world = World::new(model);
    let evaluation = Evaluation { tables: rulebook.tables(), world: &world };
    let actions = evaluation.live_actions();
    let mut findings = Vec::new();
    for rule in rulebook.enabled() {
        match &rule.detect {
            Detect::Match { each, condition } => {
                evaluation.matches(rule, *each, condition, &actions, &mut findings)
            }
            Detect::Missing { when, unless, requires } => {
                evaluation.missing(rule, when, unless, *requires, &actions, &mut findings);
            }
            Detect::Together { first, second, unless } => {
                evaluation.together(rule, (first, second), unless, &actions, &mut findings);
            }
            Detect::Rate { budgets } => evaluation.rates(rule, budgets, &actions, &mut findings),
            Detect::Graph(analysis) => {
                let found = analysis.run(&world, rulebook.thresholds());
                findings.extend(found.iter().filter_map(|discovery| discovered(rule, discovery, model)));
            }
            Detect::Engine => {}
        }
    }
    findings
}

struct Evaluation<'m, 't> {
    tables: Tables<'t>,
    world: &'m World<'m>,
}

impl<'m> Evaluation<'m, '_> {
    fn matches(
        &self,
        rule: &Rule,
        each: Level,
        condition: &Condition,
        actions: &Actions<'m>,
        findings: &mut Vec<Finding>,
    ) {
        let hits = match each {
            Level::Action => self.select(condition, actions),
            Level::Automation => self.automations(condition),
            Level::Account => self.accounts(condition),
        };
        let mut groups: BTreeMap<(usize, Option<usize>, usize), Vec<Hit<'m>>> = BTreeMap::new();
        for (number, hit) in hits.into_iter().enumerate() {
            let key = match rule.once_per {
                OncePer::Account => (hit.account, None, 0),
                OncePer::Automation => (hit.account, hit.automation, 0),
                OncePer::Action => (hit.account, hit.automation, number),
            };
            groups.entry(key).or_default().push(hit);
        }
        findings.extend(groups.into_values().filter_map(|hits| self.finding(rule, &hits, &[])));
    }

    fn automations(&self, condition: &Condition) -> Vec<Hit<'m>> {
        let numbers = 0..self.world.model.automations.len();
        let views = numbers.filter_map(|number| Some((number, self.world.automation(number)?)));
        views
            .filter(|(_, view)| view.is_live() && condition.holds(view, self.tables) == Truth::Yes)
            .filter_map(|(number, view)| {
                Some(Hit { account: view.automation?.account, automation: Some(number), view })
            })
            .collect()
    }

    fn accounts(&self, condition: &Condition) -> Vec<Hit<'m>> {
        let numbers = 0..self.world.model.accounts.len();
        let views = numbers.filter_map(|account| Some((account, self.world.account(account)?)));
        views
            .filter(|(_, view)| condition.holds(view, self.tables) == Truth::Yes)
            .map(|(account, view)| Hit { account, automation: None, view })
            .collect()
    }

    /// A need that actions of an account create and nothing on it meets.
    fn missing(
        &self,
        rule: &Rule,
        when: &Condition,
        unless: &[Condition],
        requires: Option<Property>,
        actions: &Actions<'m>,
        findings: &mut Vec<Finding>,
    ) {
        for (account, hits) in by_account(self.select(when, actions)) {
            let Some(view) = self.world.account(account) else { continue };
            let expressible = requires.is_none_or(|property| view.account.can_express(property));
            let own = actions.by_account.get(account).cloned().unwrap_or(0..0);
            let own = actions.all.get(own).unwrap_or(&[]);
            let met = unless.iter().any(|condition| {
                condition.holds(&view, self.tables) != Truth::No
                    || own.iter().any(|hit| condition.holds(&hit.view, self.tables) != Truth::No)
            });
            if expressible && !met {
                findings.extend(self.finding(rule, &hits, &[]));
            }
        }
    }

    /// Two kinds of action that are harmful together, on one account.
    fn together(
        &self,
        rule: &Rule,
        (first, second): (&Condition, &Condition),
        unless: &[Condition],
        actions: &Actions<'m>,
        findings: &mut Vec<Finding>,
    ) {
        let mut seconds = by_account(self.select(second, actions));
        for (account, firsts) in by_account(self.select(first, actions)) {
            let Some(others) = seconds.remove(&account) else { continue };
            let cleared = self.world.account(account).is_none_or(|view| {
                unless.iter().any(|condition| condition.holds(&view, self.tables) != Truth::No)
            });
            if !cleared {
                findings.extend(self.finding(rule, &firsts, &others));
            }
        }
    }
}
