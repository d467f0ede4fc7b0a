//! Runs the rules on a model and turns what they match into findings.
//! Each kind of detection is one function; labels and adjustments are shared.

mod finding;
mod hits;
mod rates;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use self::finding::discovered;
use self::hits::{Actions, Hit, by_account};
pub use self::rates::{DailyRate, Uncounted};
pub use self::words::round as shown;
use super::condition::{Condition, Context, Memory, Truth};
use super::fields::Level;
use super::rule::{Detect, OncePer, Rule};
use super::rulebook::Rulebook;
use super::stories::{self, Fed};
use super::unity;
use crate::analysis::Study;
use crate::diagnostic::Finding;
use crate::model::{Model, Property, World};
use crate::parallel::{both, in_order};

/// So many automations are evaluated at once: enough to make a thread worth while, few enough for their
/// messages to stay at hand.
const PART: usize = 256;

/// Fewer automations than this are done before threads would have started.
const FEW: usize = 32;

/// Evaluates the enabled rules of a rulebook on a model. The findings stand in the order of the rules, then of
/// the accounts, whatever the threads did.
pub fn evaluate(rulebook: &Rulebook, model: &Model) -> Vec<Finding> {
    let world = World::new(model);
    let rules: Vec<&Rule> = rulebook.enabled().collect();
    let is_small = model.automations.len() < FEW;
    let of_accounts = || {
        in_order(parts(&world), is_small, |accounts| {
            let memory = Memory::default();
            let context = Context { tables: rulebook.tables(), memory: &memory };
            let evaluation = Evaluation { context, world: &world, accounts };
            let actions = evaluation.live_actions();
            in_order(rules.iter().collect(), is_small, |rule| evaluation.findings(rule, &actions))
        })
    };
    let study = Study::new(&world, rulebook.thresholds(), rulebook.assumptions());
    let of_analyses = || {
        in_order(rules.iter().collect(), is_small, |rule| match rule.detect {
            Detect::Graph(analysis) => {
                let found = analysis.run(&study);
                found.iter().filter_map(|discovery| discovered(rule, discovery, model)).collect()
            }
            _ => Vec::new(),
        })
    };
    let (of_accounts, of_analyses) = both(is_small, of_accounts, of_analyses);
    let fed: Vec<Fed> = of_analyses.iter().flatten().filter(|fed| !fed.feeders.is_empty()).cloned().collect();
    let mut by_rule: Vec<Vec<Finding>> = of_analyses
        .into_iter()
        .map(|found: Vec<Fed>| found.into_iter().map(|fed| fed.finding).collect())
        .collect();
    for part in of_accounts {
        by_rule.iter_mut().zip(part).for_each(|(findings, more)| add(findings, more));
    }
    let mut findings = Vec::new();
    by_rule.into_iter().for_each(|more| add(&mut findings, more));
    stories::tell(&mut findings, &fed, rulebook);
    unity::say(&mut findings, rulebook, model);
    findings
}

/// How often each account does in a day, at most, what rules about rates count; whether a rule is on or not. What is
/// done at all is among them, also where it has no number.
pub fn daily_rates(rulebook: &Rulebook, model: &Model) -> Vec<DailyRate> {
    let world = World::new(model);
    let memory = Memory::default();
    let context = Context { tables: rulebook.tables(), memory: &memory };
    let evaluation = Evaluation { context, world: &world, accounts: 0..model.accounts.len() };
    let actions = evaluation.live_actions();
    let mut daily = Vec::new();
    for rule in rulebook.rules() {
        if let Detect::Rate { budgets } = &rule.detect {
            evaluation.daily(budgets, &actions, &mut daily);
        }
    }
    daily.sort_by(|one, other| one.account.cmp(&other.account).then(other.per_day.total_cmp(&one.per_day)));
    daily
}

/// Adds findings to others. The many of one rule, or of one account, are not copied.
fn add(findings: &mut Vec<Finding>, more: Vec<Finding>) {
    if findings.is_empty() { *findings = more } else { findings.extend(more) }
}

/// Ranges of accounts that are evaluated together.
fn parts(world: &World<'_>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut first, mut size) = (0, 0);
    let count = world.model.accounts.len();
    for account in 0..count {
        size += world.automations_of(account).len().max(1);
        if size >= PART || account + 1 == count {
            parts.push(first..account + 1);
            (first, size) = (account + 1, 0);
        }
    }
    parts
}

/// The evaluation of some neighbouring accounts.
struct Evaluation<'m, 't> {
    context: Context<'t>,
    world: &'m World<'m>,
    accounts: Range<usize>,
}

impl<'m> Evaluation<'m, '_> {
    /// What a rule finds in these accounts; analyses look at all accounts at once, elsewhere.
    fn findings(&self, rule: &Rule, actions: &Actions<'m>) -> Vec<Finding> {
        let mut findings = Vec::new();
        match &rule.detect {
            Detect::Match { each, condition } => {
                self.matches(rule, *each, condition, actions, &mut findings);
            }
            Detect::Missing { when, unless, requires } => {
                self.missing(rule, when, unless, *requires, actions, &mut findings);
            }
            Detect::Together { first, second, unless } => {
                self.together(rule, (first, second), unless, actions, &mut findings);
            }
            Detect::Rate { budgets } => self.rates(rule, budgets, actions, &mut findings),
            Detect::Graph(_) | Detect::Engine => {}
        }
        findings
    }

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
        findings.reserve_exact(groups.len());
        findings.extend(groups.into_values().filter_map(|hits| self.finding(rule, &hits, &[])));
    }

    fn automations(&self, condition: &Condition) -> Vec<Hit<'m>> {
        let numbers = self.accounts.clone().flat_map(|account| self.world.automations_of(account));
        let views = numbers.filter_map(|number| Some((*number, self.world.automation(*number)?)));
        views
            .filter(|(_, view)| view.is_live() && condition.holds(view, self.context) == Truth::Yes)
            .filter_map(|(number, view)| {
                Some(Hit { account: view.automation?.account, automation: Some(number), view })
            })
            .collect()
    }

    fn accounts(&self, condition: &Condition) -> Vec<Hit<'m>> {
        let views = self.accounts.clone().filter_map(|account| Some((account, self.world.account(account)?)));
        views
            .filter(|(_, view)| condition.holds(view, self.context) == Truth::Yes)
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
            let own = actions.of(account);
            let met = unless.iter().any(|condition| {
                condition.holds(&view, self.context) != Truth::No
                    || own.iter().any(|hit| condition.holds(&hit.view, self.context) != Truth::No)
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
                unless.iter().any(|condition| condition.holds(&view, self.context) != Truth::No)
            });
            if !cleared {
                findings.extend(self.finding(rule, &firsts, &others));
            }
        }
    }
}
