//! What a run gives back.

use crate::diagnostic::{Baseline, FileOutcome, Finding, Report};
use crate::model::{Model, World};
use crate::source::{Place, SourceFile, Sources};

/// What a run found and understood, and the texts that its places point into. Secrets are masked in all of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings, files and problems, as the writers of [`crate::report`] take them.
    pub report: Report,
    /// The files of the run.
    pub sources: Sources,
    /// What was understood: accounts with their automations.
    pub model: Model,
    /// What the baselines of the run hold and is fixed; one for each of them.
    pub fixed: Vec<Baseline>,
}

impl Outcome {
    /// The findings that nothing suppresses, by file and place.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.report.live()
    }

    /// What became of each file.
    #[must_use]
    pub fn files(&self) -> &[FileOutcome] {
        &self.report.files
    }

    /// Problems with files that are no findings: one sentence each.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.report.problems
    }

    /// The file of a place, which knows its path, its lines and its positions.
    #[must_use]
    pub fn file(&self, place: Place) -> Option<&SourceFile> {
        self.sources.get(place.file)
    }

    /// Accounts, automations and how they belong together: see [`crate::Linter::study`].
    #[must_use]
    pub fn world(&self) -> World<'_> {
        World::new(&self.model)
    }
}
