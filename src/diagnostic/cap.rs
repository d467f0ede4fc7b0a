//! A cap on findings, so that no input makes a report without end. The most severe ones stay, and how many are left
//! out is part of the result.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Finding, Severity};
use crate::source::{FileId, Place};

/// How many findings a report may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// In one file.
    pub per_file: usize,
    /// In all files together.
    pub per_run: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { per_file: 1000, per_run: 10_000 }
    }
}

/// Findings that were left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// How many.
    pub count: usize,
    /// Whether the limit of one file leaves them out; else that of the run.
    pub of_file: bool,
    /// Where the first of them stands.
    pub first: Place,
    /// The worst severity among those that nothing silences.
    pub worst: Option<Severity>,
}

/// Keeps as many findings as allowed, in their order: live ones before silenced ones, severe ones before mild ones.
/// `unsaid` counts, for some files, what was found and never became a finding.
#[must_use]
pub fn cap(
    findings: Vec<Finding>,
    per_file: impl Fn(FileId) -> usize,
    per_run: usize,
    unsaid: &BTreeMap<FileId, usize>,
) -> (Vec<Finding>, Vec<LeftOut>) {
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (number, finding) in findings.iter().enumerate() {
        by_file.entry(finding.primary.place.file).or_default().push(number);
    }
    let mut left_out = Vec::new();
    let mut kept = vec![true; findings.len()];
    for (file, numbers) in &by_file {
        let more = unsaid.get(file).copied().unwrap_or_default();
        left_out.extend(
            thin(&findings, numbers, per_file(*file), more, &mut kept)
                .map(|found| LeftOut { of_file: true, ..found }),
        );
    }
    let rest: Vec<usize> = (0..findings.len()).filter(|number| kept.get(*number) == Some(&true)).collect();
    left_out.extend(thin(&findings, &rest, per_run, 0, &mut kept));
    let mut kept = kept.into_iter();
    let findings = findings.into_iter().filter(|_| kept.next().unwrap_or(true)).collect();
    (findings, left_out)
}

/// Marks those of some findings that are too many as not kept.
fn thin(
    findings: &[Finding],
    numbers: &[usize],
    most: usize,
    unsaid: usize,
    kept: &mut [bool],
) -> Option<LeftOut> {
    if numbers.len() <= most && unsaid == 0 {
        return None;
    }
    let mut ranked: Vec<(&Finding, usize)> =
        numbers.iter().filter_map(|number| Some((findings.get(*number)?, *number))).collect();
    ranked.sort_by_key(|(finding, number)| (!finding.is_live(), Reverse(finding.severity), *number));
    let dropped = ranked.split_off(most.min(ranked.len()));
    for (_, number) in &dropped {
        if let Some(slot) = kept.get_mut(*number) {
            *slot = false;
        }
    }
    let places = dropped.iter().map(|(finding, _)| finding.primary.place);
    let first = places.min().or_else(|| ranked.last().map(|(finding, _)| finding.primary.place))?;
    let live = dropped.iter().filter(|(finding, _)| finding.is_live());
    let worst = live.map(|(finding, _)| finding.severity).max();
    Some(LeftOut { count: dropped.len() + unsaid, of_file: false, first, worst })
}
