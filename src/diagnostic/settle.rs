//! One harm, one finding: findings that a stronger one covers become notes inside it, and what is left is
//! put in order.

use std::collections::{HashMap, HashSet};

use super::{Finding, Subject};

/// Which rules cover which.
pub trait Covers {
    /// Pairs of a rule and a weaker one, whose findings on the same subject it covers.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)>;
}

/// Removes covered and repeated findings, and sorts the rest by file, position, severity and rule.
#[must_use]
pub fn settle(mut findings: Vec<Finding>, rules: &impl Covers) -> Vec<Finding> {
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    findings.dedup_by(|b, a| a.rule == b.rule && a.primary == b.primary);
    let covered_by = covered_by(&findings, rules);
    let mut notes: HashMap<usize, Vec<String>> = HashMap::new();
    let mut known = HashSet::new();
    for (finding, stronger) in findings.iter().zip(&covered_by) {
        let Some(stronger) = *stronger else { continue };
        if known.insert((stronger, &finding.rule, &finding.title)) {
            notes.entry(stronger).or_default().push(note(finding));
        }
    }
    for (stronger, mut notes) in notes {
        if let Some(finding) = findings.get_mut(stronger) {
            if let Some(more) = notes.len().checked_sub(MOST_NOTES).filter(|more| *more > 0) {
                notes.truncate(MOST_NOTES);
                notes.push(format!("and {more} more"));
            }
            finding.notes.extend(notes);
        }
    }
    let mut kept = covered_by.iter().map(Option::is_none);
    findings.retain(|_| kept.next().unwrap_or(true));
    findings
}

/// How a stronger finding tells a weaker one.
#[must_use]
pub fn note(weaker: &Finding) -> String {
    format!("also {}: {}", weaker.rule, weaker.title)
}

/// Weaker findings that a stronger one names.
const MOST_NOTES: usize = 20;

/// For each finding the first one that covers it. Thousands of findings may be about one subject, but only of so
/// many rules; so each subject knows the first finding of each rule.
fn covered_by(findings: &[Finding], rules: &impl Covers) -> Vec<Option<usize>> {
    let mut stronger: HashMap<&str, Vec<&str>> = HashMap::new();
    for (strong, weak) in rules.pairs() {
        stronger.entry(weak).or_default().push(strong);
    }
    let covers: HashSet<&str> = stronger.values().flatten().copied().collect();
    let mut first: HashMap<(Subject, &str), usize> = HashMap::new();
    for (number, finding) in findings.iter().enumerate() {
        if covers.contains(&*finding.rule) {
            for subject in &finding.subjects {
                first.entry((*subject, &finding.rule)).or_insert(number);
            }
        }
    }
    let covering = |finding: &Finding| {
        let subject = *finding.subjects.first()?;
        let candidates = stronger.get(&*finding.rule)?.iter();
        candidates.filter_map(|rule| first.get(&(subject, *rule)).copied()).min()
    };
    findings.iter().map(covering).collect()
}
