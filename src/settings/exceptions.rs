//! `[[suppressions]]`: exceptions for files that have no comments, by path, rule and name of the automation.

use super::Settings;
use super::overrides::globs;
use crate::diagnostic::suppress::{Exception, Scope, grammar};
use crate::diagnostic::{FileOutcome, SuppressedBy};
use crate::source::{FileId, Place, Sources, Span};

impl Settings {
    /// The exceptions that the settings make for the files of a run.
    pub(crate) fn exceptions(&self, files: &[FileOutcome], sources: &mut Sources) -> Vec<Exception> {
        self.layers().into_iter().flat_map(|layer| layer.own_exceptions(files, sources)).collect()
    }

    fn own_exceptions(&self, files: &[FileOutcome], sources: &mut Sources) -> Vec<Exception> {
        if self.file.suppressions.is_empty() {
            return Vec::new();
        }
        let Some(own) = self.source(sources) else { return Vec::new() };
        let place = |range: std::ops::Range<usize>| {
            let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
            Place { file: own, span: Span::new(offset(range.start), offset(range.end)) }
        };
        let exempt = self.file.suppressions.iter();
        exempt
            .filter_map(|exempt| {
                let (range, exempt) = (exempt.span(), exempt.get_ref());
                let globs = globs(std::slice::from_ref(&exempt.path))?;
                let covered = |file: &FileId| {
                    sources.get(*file).is_some_and(|source| self.covers(&globs, source.path()))
                };
                let files = files.iter().map(|outcome| outcome.file).filter(covered).collect();
                Some(Exception {
                    by: SuppressedBy::Settings,
                    rules: vec![(exempt.rule.get_ref().clone(), place(exempt.rule.span()))],
                    reason: grammar::said(&exempt.reason),
                    place: place(range),
                    scope: Scope::Files(files, exempt.automation.clone()),
                })
            })
            .collect()
    }
}
