//! Runs the rules on a model and turns what they match into findings.
//! Each kind of detection is one function; labels and adjustments are shared.

use std::collections::{BTreeMap, HashMap};

use super::condition::{Condition, Tables, Truth};
use super::fields::{Datum, Level, Reading};
use super::rule::{Budget, Detect, OncePer, Part, Rule};
use super::rulebook::Rulebook;
use super::{stories, unity};
use crate::analysis::{Discovery, Study};
use crate::diagnostic::{Finding, Label, Severity, Subject};
use crate::model::{Action, Model, Property, Site, Verb, View, World};
use crate::source::Place;

/// An action that a rule matched, with the numbers that identify it.
#[derive(Clone, Copy)]
struct Hit<'m> {
    account: usize,
    automation: Option<usize>,
    view: View<'m>,
}

/// Evaluates the enabled rules of a rulebook on a model.
pub fn evaluate(rulebook: &Rulebook, model: &Model) -> Vec<Finding> {
    let world = World::new(model);
    let evaluation = Evaluation { tables: rulebook.tables(), world: &world };
    let actions = evaluation.live_actions();
    let study = Study::new(&world, rulebook.thresholds(), rulebook.assumptions());
    let mut findings = Vec::new();
    let mut fed = Vec::new();
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
                for discovery in analysis.run(&study) {
                    let Some(finding) = discovered(rule, &discovery, model) else { continue };
                    let feeders = discovery.feeders.iter();
                    let feeders =
                        feeders.filter_map(|(number, act)| subject(Some(*number), Some(act), model));
                    fed.push((findings.len(), feeders.collect()));
                    findings.push(finding);
                }
            }
            Detect::Engine => {}
        }
    }
    stories::tell(&mut findings, &fed, rulebook);
    unity::say(&mut findings, model);
    findings
}

struct Evaluation<'m, 't> {
    tables: Tables<'t>,
    world: &'m World<'m>,
}

/// Live actions, by verb, so that a rule meets only the actions that can match it.
struct Actions<'m> {
    all: Vec<Hit<'m>>,
    by_verb: HashMap<Verb, Vec<usize>>,
    by_account: Vec<std::ops::Range<usize>>,
}

impl<'m> Evaluation<'m, '_> {
    fn live_actions(&self) -> Actions<'m> {
        let mut actions = Actions { all: Vec::new(), by_verb: HashMap::new(), by_account: Vec::new() };
        for account in 0..self.world.model.accounts.len() {
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
            actions.by_account.push(first..actions.all.len());
        }
        actions
    }

    /// The actions that satisfy a condition, in the order of the configuration.
    fn select(&self, condition: &Condition, actions: &Actions<'m>) -> Vec<Hit<'m>> {
        let holds = |hit: &&Hit<'m>| condition.holds(&hit.view, self.tables) == Truth::Yes;
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

    /// Daily rates above a threshold, summed over an account. A limit that stands at one place holds once,
    /// however many jobs share it.
    fn rates(&self, rule: &Rule, budgets: &[Budget], actions: &Actions<'m>, findings: &mut Vec<Finding>) {
        let mut over: BTreeMap<usize, Vec<Excess<'m, '_>>> = BTreeMap::new();
        for budget in budgets {
            for (account, hits) in by_account(self.select(&budget.condition, actions)) {
                if let Some(excess) = self.excess(budget, &hits) {
                    over.entry(account).or_default().push(excess);
                }
            }
        }
        for (account, mut excesses) in over {
            // The rule file lists its budgets from the most to the least intrusive.
            excesses.sort_by_key(|excess| std::cmp::Reverse(excess.severity));
            findings.extend(rate_finding(rule, account, &excesses));
        }
    }

    fn excess<'b>(&self, budget: &'b Budget, hits: &[Hit<'m>]) -> Option<Excess<'m, 'b>> {
        let mut shares: BTreeMap<Site, (f64, Hit<'m>)> = BTreeMap::new();
        let mut assumed = false;
        for hit in hits {
            let rate = hit.view.rate();
            let (Some(per_day), Some(action)) = (rate.per_day, hit.view.action) else { continue };
            assumed |= rate.assumed_daily_run;
            let site = rate.sites.first().copied().unwrap_or(action.site);
            let share = shares.entry(site).or_insert((per_day, *hit));
            share.0 = share.0.max(per_day);
        }
        let total: f64 = shares.values().map(|(per_day, _)| per_day).sum();
        let warning = self.tables.thresholds.number(&budget.threshold, Severity::Warning)?;
        let error = self.tables.thresholds.number(&budget.threshold, Severity::Error)?;
        if total <= warning {
            return None;
        }
        let severity = if total > error { Severity::Error } else { Severity::Warning };
        let mut sites: Vec<_> = shares.into_iter().collect();
        sites.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
        Some(Excess { budget, total, warning, severity, sites, assumed })
    }

    /// A finding from what a rule matched; `others` are the second actions of a pair.
    fn finding(&self, rule: &Rule, hits: &[Hit<'m>], others: &[Hit<'m>]) -> Option<Finding> {
        let first = hits.first()?;
        let mut labels = Vec::new();
        for spec in &rule.labels {
            let views: Vec<View<'m>> = match spec.of {
                Part::First => hits.iter().map(|hit| hit.view).collect(),
                Part::Second => others.iter().map(|hit| hit.view).collect(),
                Part::Account => first.view.actions_of_account().collect(),
            };
            let wanted = |view: &&View<'m>| {
                spec.condition
                    .as_ref()
                    .is_none_or(|condition| condition.holds(view, self.tables) == Truth::Yes)
            };
            for view in views.iter().filter(wanted) {
                let mut reading = Reading::default();
                (spec.at.read)(view, &mut reading);
                let shown = if spec.all { usize::MAX } else { 1 };
                let known = reading.values.iter().filter(|(datum, _)| spec.points_at(datum));
                let known = known.map(|(_, site)| *site);
                let sites: Vec<Site> =
                    known.take(shown).chain(reading.unknown.filter(|_| spec.only.is_empty())).collect();
                let shown = sites.into_iter().take(shown);
                labels.extend(shown.map(|site| (site, fill(&spec.text, view))));
            }
        }
        if labels.is_empty() {
            labels.push((fallback_site(&first.view), rule.title.to_string()));
        }
        let mut finding = new_finding(rule, labels);
        for adjustment in &rule.adjustments {
            let holds =
                hits.iter().any(|hit| adjustment.condition.holds(&hit.view, self.tables) == Truth::Yes);
            if holds {
                finding.severity = adjustment.severity.unwrap_or(finding.severity);
                finding.confidence = adjustment.confidence.unwrap_or(finding.confidence);
                finding.notes.extend(adjustment.note.as_ref().map(|note| note.to_string()));
            }
        }
        finding.subjects = subjects(hits.iter().chain(others), self.world.model);
        Some(finding)
    }
}

/// A rate above its threshold.
struct Excess<'m, 'b> {
    budget: &'b Budget,
    total: f64,
    warning: f64,
    severity: Severity,
    sites: Vec<(Site, (f64, Hit<'m>))>,
    assumed: bool,
}

fn rate_finding(rule: &Rule, account: usize, excesses: &[Excess<'_, '_>]) -> Option<Finding> {
    let mut labels = Vec::new();
    for excess in excesses {
        let unit = &excess.budget.unit;
        for (number, (site, (share, _))) in excess.sites.iter().enumerate() {
            let text = if number == 0 {
                format!(
                    "up to {} {unit} a day; more than {} is a lot for people",
                    round(excess.total),
                    excess.warning
                )
            } else {
                format!("{} of them", round(*share))
            };
            labels.push((*site, text));
        }
    }
    if labels.is_empty() {
        return None;
    }
    let mut finding = new_finding(rule, labels);
    finding.severity = excesses.iter().map(|excess| excess.severity).max()?;
    if excesses.iter().any(|excess| excess.assumed) {
        finding
            .notes
            .push("the configuration does not say how often it runs; one run a day is assumed".to_owned());
    }
    for excess in excesses {
        let key = format!("{}-per-day", excess.budget.unit.replace(' ', "-"));
        finding.values.insert(key, round(excess.total));
    }
    finding.subjects.push(Subject::Account(u32::try_from(account).unwrap_or(u32::MAX)));
    Some(finding)
}

/// Numbers as people write them: whole where they are large, one digit where they are small.
fn round(number: f64) -> String {
    if number >= 10.0 || number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}

fn by_account(hits: Vec<Hit<'_>>) -> BTreeMap<usize, Vec<Hit<'_>>> {
    let mut accounts: BTreeMap<usize, Vec<Hit<'_>>> = BTreeMap::new();
    for hit in hits {
        accounts.entry(hit.account).or_default().push(hit);
    }
    accounts
}

fn fallback_site(view: &View<'_>) -> Site {
    let automation = view.automation.map(|automation| automation.site);
    view.action.map(|action| action.site).or(automation).unwrap_or(view.account.site)
}

impl Rule {
    /// A finding with the rule's words, at one place.
    pub(crate) fn finding(&self, primary: Label) -> Finding {
        Finding {
            rule: self.name.clone(),
            family: self.family.clone(),
            title: self.title.to_string(),
            severity: self.severity,
            confidence: self.confidence,
            message: format!("{} {}", self.what, self.why),
            help: self.instead.to_string(),
            primary,
            related: Vec::new(),
            notes: Vec::new(),
            hops: Vec::new(),
            subjects: Vec::new(),
            values: BTreeMap::new(),
        }
    }
}

/// A finding with the rule's words and these labels, the first of which is the main one.
fn new_finding(rule: &Rule, labels: Vec<(Site, String)>) -> Finding {
    let mut seen: Vec<Place> = Vec::new();
    let mut unique = Vec::new();
    for (site, text) in labels {
        if !seen.contains(&site.used) {
            seen.push(site.used);
            unique.push(Label { place: site.used, text });
            if let Some(defined) = site.defined {
                let place = Place { file: site.used.file, span: defined };
                unique.push(Label { place, text: "defined here".to_owned() });
            }
        }
    }
    let mut unique = unique.into_iter();
    let primary = unique.next().unwrap_or(Label { place: Place::default(), text: String::new() });
    let mut finding = rule.finding(primary);
    finding.related = unique.collect();
    finding
}

fn discovered(rule: &Rule, discovery: &Discovery<'_>, model: &Model) -> Option<Finding> {
    if discovery.labels.is_empty() {
        return None;
    }
    let mut finding = new_finding(rule, discovery.labels.clone());
    finding.severity = discovery.severity.unwrap_or(finding.severity);
    finding.confidence = discovery.confidence.unwrap_or(finding.confidence);
    finding.notes.clone_from(&discovery.notes);
    let hops = discovery.hops.iter();
    finding.hops = hops.map(|(site, text)| Label { place: site.used, text: text.clone() }).collect();
    for (automation, action) in &discovery.actions {
        finding.subjects.extend(subject(Some(*automation), Some(action), model));
    }
    finding.subjects.push(Subject::Account(u32::try_from(discovery.account).unwrap_or(u32::MAX)));
    Some(finding)
}

fn subjects<'h, 'm: 'h>(hits: impl Iterator<Item = &'h Hit<'m>>, model: &Model) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    for hit in hits {
        let account = Subject::Account(u32::try_from(hit.account).unwrap_or(u32::MAX));
        subjects.push(subject(hit.automation, hit.view.action, model).unwrap_or(account));
    }
    subjects
}

/// The identity of an action within the model.
fn subject(automation: Option<usize>, action: Option<&Action>, model: &Model) -> Option<Subject> {
    let number = automation?;
    let index = u32::try_from(number).ok()?;
    let Some(action) = action else { return Some(Subject::Automation(index)) };
    let owner = model.automations.get(number)?;
    let actions = owner.actions.iter().chain(&owner.otherwise);
    let position = actions.into_iter().position(|candidate| std::ptr::eq(candidate, action))?;
    Some(Subject::Action(index, u32::try_from(position).ok()?))
}

/// Fills `{field}` in a label's text with the field's first values.
fn fill(template: &str, view: &View<'_>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            text.push_str(after);
            return text;
        };
        text.push_str(&value_of(name, view));
        rest = tail;
    }
    text.push_str(rest);
    text
}

/// The values of a field in words: at most three, then how many more.
fn value_of(name: &str, view: &View<'_>) -> String {
    const SHOWN: usize = 3;
    let Some(field) = super::fields::find(name) else { return String::new() };
    let mut reading = Reading::default();
    (field.read)(view, &mut reading);
    let mut words: Vec<String> = reading
        .values
        .iter()
        .map(|(datum, _)| match datum {
            Datum::Word(word) => word.replace('-', " "),
            Datum::Text(text) => text.chars().take(40).collect(),
            Datum::Number(number) if number.is_infinite() => "unlimited".to_owned(),
            Datum::Number(number) => round(*number),
            Datum::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        })
        .collect();
    words.dedup();
    let more = words.len().saturating_sub(SHOWN);
    words.truncate(SHOWN);
    let listed = words.join(", ");
    if more > 0 { format!("{listed} and {more} more") } else { listed }
}
