//! One story for one chain: where an act that is a finding by itself also sets off a cycle, in front of a
//! crowd, both are told together.

use super::rulebook::Rulebook;
use crate::diagnostic::{Covers, Finding, Label, Subject};

/// Ties findings about cycles to the findings about what sets them off, so that the stronger one tells the
/// whole chain. `fed` holds the numbers of findings about cycles, with the acts that feed each.
pub(super) fn tell(findings: &mut [Finding], fed: &[(usize, Vec<Subject>)], rulebook: &Rulebook) {
    for (cycle, feeders) in fed.iter().filter(|(_, feeders)| !feeders.is_empty()) {
        let Some(cycle) = findings.get(*cycle).cloned() else { continue };
        let tells = |finding: &&mut Finding| {
            rulebook.covers(&finding.rule, &cycle.rule)
                && finding.subjects.iter().any(|subject| feeders.contains(subject))
        };
        for finding in findings.iter_mut().filter(tells) {
            finding.subjects.extend(cycle.subjects.first());
            finding.related.push(cycle.primary.clone());
            finding.related.extend(cycle.related.iter().cloned());
            let crowd = "the crowd answers, and each answer sets off 1".to_owned();
            let opening = Label { place: finding.primary.place, text: crowd };
            finding.hops = std::iter::once(opening).chain(cycle.hops.iter().cloned()).collect();
        }
    }
}
