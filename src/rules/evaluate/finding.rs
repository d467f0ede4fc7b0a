//! Findings from what rules matched: labels, adjustments, subjects.

use std::collections::{BTreeMap, HashSet};

use super::Evaluation;
use super::hits::Hit;
use super::words::fill;
use crate::analysis::Discovery;
use crate::diagnostic::{Finding, Label, Subject};
use crate::model::{Action, Model, Site, View, position};
use crate::rules::condition::Truth;
use crate::rules::fields::Reading;
use crate::rules::rule::{Part, Rule};
use crate::rules::stories::Fed;
use crate::source::Place;

impl<'m> Evaluation<'m, '_> {
    /// A finding from what a rule matched; `others` are the second actions of a pair.
    pub(super) fn finding(&self, rule: &Rule, hits: &[Hit<'m>], others: &[Hit<'m>]) -> Option<Finding> {
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
                    .is_none_or(|condition| condition.holds(view, self.context) == Truth::Yes)
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
                hits.iter().any(|hit| adjustment.condition.holds(&hit.view, self.context) == Truth::Yes);
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
            suppressed: None,
            whose: String::new(),
            fix: None,
            fingerprint: String::new(),
        }
    }
}

/// A finding with the rule's words and these labels, the first of which is the main one.
pub(super) fn new_finding(rule: &Rule, labels: Vec<(Site, String)>) -> Finding {
    let mut seen: HashSet<Place> = HashSet::new();
    let mut unique = Vec::new();
    for (site, text) in labels {
        if seen.insert(site.used) {
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

/// The finding of an analysis, with the acts that feed its cycle.
pub(super) fn discovered(rule: &Rule, discovery: &Discovery<'_>, model: &Model) -> Option<Fed> {
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
    let feeders = discovery.feeders.iter();
    let feeders = feeders.filter_map(|(number, act)| subject(Some(*number), Some(act), model)).collect();
    Some(Fed { finding, feeders })
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
pub(super) fn subject(automation: Option<usize>, action: Option<&Action>, model: &Model) -> Option<Subject> {
    let number = automation?;
    let index = u32::try_from(number).ok()?;
    let Some(action) = action else { return Some(Subject::Automation(index)) };
    let owner = model.automations.get(number)?;
    let otherwise = || Some(owner.actions.len() + position(&owner.otherwise, action)?);
    let position = position(&owner.actions, action).or_else(otherwise)?;
    Some(Subject::Action(index, u32::try_from(position).ok()?))
}
