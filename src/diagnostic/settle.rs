//! One harm, one finding: findings that a stronger one covers become notes inside it, and what is left is
//! put in order.

use std::collections::BTreeMap;

use super::{Finding, Subject};

/// Which rules a rule covers, by name.
pub trait Covers {
    /// Whether findings of `stronger` cover those of `weaker` on the same subject.
    fn covers(&self, stronger: &str, weaker: &str) -> bool;
}

/// Removes covered and repeated findings, and sorts the rest by file, position, severity and rule.
#[must_use]
pub fn settle(mut findings: Vec<Finding>, rules: &impl Covers) -> Vec<Finding> {
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    findings.dedup_by(|b, a| a.rule == b.rule && a.primary == b.primary);
    let mut by_subject: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
    for (number, finding) in findings.iter().enumerate() {
        for subject in &finding.subjects {
            by_subject.entry(*subject).or_default().push(number);
        }
    }
    let mut covered_by: Vec<Option<usize>> = vec![None; findings.len()];
    for (weaker, finding) in findings.iter().enumerate() {
        let candidates = finding.subjects.first().and_then(|subject| by_subject.get(subject));
        let stronger = candidates.into_iter().flatten().find(|stronger| {
            findings.get(**stronger).is_some_and(|candidate| rules.covers(&candidate.rule, &finding.rule))
        });
        if let Some(slot) = covered_by.get_mut(weaker) {
            *slot = stronger.copied();
        }
    }
    let notes: Vec<(usize, String)> = findings
        .iter()
        .zip(&covered_by)
        .filter_map(|(finding, stronger)| {
            Some(((*stronger)?, format!("also {}: {}", finding.rule, finding.title)))
        })
        .collect();
    for (stronger, note) in notes {
        if let Some(finding) = findings.get_mut(stronger)
            && !finding.notes.contains(&note)
        {
            finding.notes.push(note);
        }
    }
    let mut kept = covered_by.iter().map(Option::is_none);
    findings.retain(|_| kept.next().unwrap_or(true));
    findings
}
