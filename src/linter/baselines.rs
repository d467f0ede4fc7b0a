//! The baselines of a linter: read, and held against an outcome.

use std::collections::BTreeSet;

use super::Linter;
use crate::diagnostic::{Baseline, BaselineError, Finding};
use crate::fs::identity;
use crate::lint::Outcome;

/// A baseline, and the numbers of the settings that name it; none where it holds for everything.
#[derive(Debug)]
pub(super) struct Known {
    baseline: Baseline,
    of: Option<BTreeSet<usize>>,
}

impl Linter {
    /// Another baseline for everything, or none.
    #[doc(hidden)]
    pub fn set_baseline(&mut self, baseline: Option<Baseline>) {
        self.baselines = baseline.into_iter().map(|baseline| Known { baseline, of: None }).collect();
    }

    /// The baselines that settings name, each for the files that these govern.
    ///
    /// # Errors
    /// If one of them cannot be used.
    #[doc(hidden)]
    pub fn read_baselines(&mut self) -> Result<(), BaselineError> {
        let mut known: Vec<Known> = Vec::new();
        for (number, one) in self.all().enumerate().filter(|(_, one)| !one.settings.no_suppressions) {
            let Some(path) = one.settings.baseline_path() else { continue };
            let same = |known: &&mut Known| identity(known.baseline.path()) == identity(&path);
            if let Some(Known { of: Some(of), .. }) = known.iter_mut().find(same) {
                of.insert(number);
            } else if let Some(baseline) = one.settings.baseline()? {
                known.push(Known { baseline, of: Some(BTreeSet::from([number])) });
            }
        }
        self.baselines = known;
        Ok(())
    }

    /// The baselines that hold.
    #[doc(hidden)]
    pub fn baselines(&self) -> impl Iterator<Item = &Baseline> {
        self.baselines.iter().map(|known| &known.baseline)
    }

    /// Silences what the baselines hold, and notes what of them is fixed.
    pub(super) fn silence_known(&self, outcome: &mut Outcome) {
        for Known { baseline, of } in &self.baselines {
            let sources = &outcome.sources;
            let concerns = |finding: &Finding| {
                let of_file = || self.number(finding, sources);
                of.as_ref().is_none_or(|of| of.contains(&of_file()))
            };
            let left = baseline.silence_some(&mut outcome.report, sources, concerns);
            // A rule that is no more finds nothing.
            let ran = |name: &str| {
                self.all().any(|one| {
                    one.rulebook.rule(name).is_none() || one.rulebook.enabled().any(|rule| rule.name == name)
                })
            };
            outcome.fixed.push(left.fixed(&outcome.report, sources, ran));
        }
    }
}
