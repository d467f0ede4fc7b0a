//! Finds the exceptions for a finding without looking at each of them. Exceptions for the same rule at the same place
//! form a group, so thousands of equal ones cost no more than one.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Exception, Scope};
use crate::diagnostic::Finding;
use crate::source::{FileId, Span};

/// A rule within an exception: the numbers of both.
type Named = (usize, usize);

/// All groups, by rule and file.
#[derive(Debug, Default)]
pub(super) struct Index {
    groups: Vec<Group>,
    about: HashMap<FileId, HashMap<String, About>>,
}

/// Exceptions that meet the same findings.
#[derive(Debug, Default)]
struct Group {
    members: Vec<Named>,
    /// The first exception, and the first one with a reason.
    first: Option<usize>,
    explained_by: Option<usize>,
    is_met: bool,
    is_unexplained: bool,
}

/// The groups about one rule in one file, by their numbers.
#[derive(Debug, Default)]
struct About {
    whole_file: Option<usize>,
    automations: HashMap<String, usize>,
    spans: HashMap<Span, usize>,
    /// The spans in order, each with the furthest end so far.
    parts: Vec<(Span, u32)>,
}

impl Index {
    pub(super) fn new(all: &[Exception]) -> Self {
        let mut index = Self::default();
        for (number, exception) in all.iter().enumerate() {
            for (position, (rule, _)) in exception.rules.iter().enumerate() {
                for file in exception.scope.files() {
                    index.add(rule, *file, exception, (number, position));
                }
            }
        }
        for about in index.about.values_mut().flat_map(HashMap::values_mut) {
            let mut spans: Vec<Span> = about.spans.keys().copied().collect();
            spans.sort_unstable();
            let mut furthest = 0;
            about.parts = spans
                .into_iter()
                .map(|span| {
                    furthest = furthest.max(span.end);
                    (span, furthest)
                })
                .collect();
        }
        index
    }

    fn add(&mut self, rule: &str, file: FileId, exception: &Exception, named: Named) {
        let groups = &mut self.groups;
        let mut join = |known: &mut Option<usize>| {
            let number = *known.get_or_insert_with(|| {
                groups.push(Group::default());
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(number) {
                group.members.push(named);
                group.first.get_or_insert(named.0);
                if !exception.reason.is_empty() {
                    group.explained_by.get_or_insert(named.0);
                }
            }
            number
        };
        let about = self.about.entry(file).or_default().entry(rule.to_owned()).or_default();
        match &exception.scope {
            Scope::Files(_, None) => {
                join(&mut about.whole_file);
            }
            Scope::Files(_, Some(automation)) => {
                let number = join(&mut about.automations.get(automation).copied());
                about.automations.insert(automation.clone(), number);
            }
            Scope::Parts(_, parts) => {
                for part in parts {
                    let number = join(&mut about.spans.get(part).copied());
                    about.spans.insert(*part, number);
                }
            }
        }
    }

    /// Notes that a finding meets exceptions. Those that meet it beside one with a reason need none of their own.
    pub(super) fn meet(&mut self, finding: &Finding, automations: &[&str]) {
        let met = self.met_by(finding, automations);
        let explained = met.iter().filter_map(|number| self.groups.get(*number));
        let explained = explained.into_iter().any(|group| group.explained_by.is_some());
        for number in met {
            if let Some(group) = self.groups.get_mut(number) {
                group.is_met = true;
                group.is_unexplained |= !explained;
            }
        }
    }

    /// The exception that silences a finding: the first one with a reason, else the first one.
    pub(super) fn best(&self, finding: &Finding, automations: &[&str]) -> Option<usize> {
        let met = self.met_by(finding, automations);
        let groups = || met.iter().filter_map(|number| self.groups.get(*number));
        let explained = groups().filter_map(|group| group.explained_by).min();
        explained.or_else(|| groups().filter_map(|group| group.first).min())
    }

    /// The rules of exceptions that met a finding.
    pub(super) fn met(&self) -> HashSet<Named> {
        let met = self.groups.iter().filter(|group| group.is_met);
        met.flat_map(|group| group.members.iter().copied()).collect()
    }

    /// The exceptions that met a finding for which nobody gave a reason, in order.
    pub(super) fn unexplained(&self) -> BTreeSet<usize> {
        let unexplained = self.groups.iter().filter(|group| group.is_unexplained);
        unexplained.flat_map(|group| group.members.iter().map(|(number, _)| *number)).collect()
    }

    fn met_by(&self, finding: &Finding, automations: &[&str]) -> Vec<usize> {
        let place = finding.primary.place;
        let about = self.about.get(&place.file).and_then(|rules| rules.get(&*finding.rule));
        let Some(about) = about else { return Vec::new() };
        let mut met: Vec<usize> = about.whole_file.into_iter().collect();
        met.extend(automations.iter().filter_map(|name| about.automations.get(*name)));
        let start = place.span.start;
        let before = about.parts.partition_point(|(span, _)| span.start <= start);
        let before = about.parts.get(..before).unwrap_or_default().iter().rev();
        let near = before.take_while(|(_, furthest)| start <= *furthest);
        met.extend(near.filter(|(span, _)| start <= span.end).filter_map(|(span, _)| about.spans.get(span)));
        met
    }
}
