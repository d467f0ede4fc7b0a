//! Which settings govern a file, and which speak for the run as a whole.

use std::path::Path;

use super::{Linter, Prepared};
use crate::diagnostic::Finding;
use crate::dialect::Tool;
use crate::lint::Outcome;
use crate::rules::Rulebook;
use crate::settings::{Scopes, Settings, nearest};
use crate::source::Sources;

impl Linter {
    pub(super) fn scopes(&self) -> Scopes<'_> {
        Scopes::new(
            self.first.scope(),
            self.others.iter().map(Prepared::scope).collect(),
            self.folders.clone(),
            self.whole,
        )
        .searched(self.searched.clone())
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Prepared> {
        std::iter::once(&self.first).chain(&self.others)
    }

    fn get(&self, number: usize) -> &Prepared {
        number.checked_sub(1).and_then(|number| self.others.get(number)).unwrap_or(&self.first)
    }

    /// The number of the settings that govern the file of a finding.
    pub(super) fn number(&self, finding: &Finding, sources: &Sources) -> usize {
        sources.get(finding.primary.place.file).map_or(0, |file| nearest(&self.folders, file.path()))
    }

    pub(super) fn of(&self, finding: &Finding, outcome: &Outcome) -> &Prepared {
        self.get(self.number(finding, &outcome.sources))
    }

    /// The rules that speak for the run as a whole.
    #[doc(hidden)]
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.get(self.whole).rulebook
    }

    /// The settings that speak for the run as a whole, applied.
    #[doc(hidden)]
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.get(self.whole).settings
    }

    /// The same, to say what is only proposed.
    #[doc(hidden)]
    pub fn settings_mut(&mut self) -> &mut Settings {
        let whole = self.whole.checked_sub(1).and_then(|number| self.others.get_mut(number));
        &mut whole.unwrap_or(&mut self.first).settings
    }

    /// The settings that govern a path, and the rules under them.
    #[doc(hidden)]
    #[must_use]
    pub fn at(&self, path: &Path) -> (&Settings, &Rulebook) {
        let one = self.get(nearest(&self.folders, path));
        (&one.settings, &one.rulebook)
    }

    /// The dialects of one's own, all of them.
    #[doc(hidden)]
    pub fn own_dialects(&self) -> impl Iterator<Item = Tool<'_>> {
        self.all().flat_map(|one| one.dialects.iter())
    }

    /// The settings of the run, all of them.
    #[doc(hidden)]
    pub fn all_settings(&self) -> impl Iterator<Item = &Settings> {
        self.all().map(|one| &one.settings)
    }
}
