//! One story for one chain: if an act is a finding by itself and also sets off a cycle in front of a crowd, both are
//! told together.

use super::rulebook::Rulebook;
use crate::diagnostic::{Finding, Label, Subject};

/// A finding of an analysis, with the acts that set its cycle off from outside.
#[derive(Clone, Debug)]
pub(super) struct Fed {
    pub(super) finding: Finding,
    pub(super) feeders: Vec<Subject>,
}

/// Ties findings about cycles to the findings about what sets them off, so that the stronger one tells the
/// whole chain.
pub(super) fn tell(findings: &mut [Finding], cycles: &[Fed], rulebook: &Rulebook) {
    for Fed { finding: cycle, feeders } in cycles {
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
