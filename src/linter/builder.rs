//! The parts of a linter, chosen one by one.

use std::path::{Path, PathBuf};

use crate::diagnostic::Baseline;
use crate::fs::plain;
use crate::rules::RuleFile;
use crate::settings::{FailOn, Profile, Settings};

/// What a [`Linter`](crate::Linter) is made of. Everything can be left out.
#[derive(Debug, Default)]
pub struct LinterBuilder {
    pub(super) settings: Settings,
    pub(super) below: Vec<(Vec<PathBuf>, Settings)>,
    pub(super) bare: Option<Vec<PathBuf>>,
    pub(super) searched: Vec<PathBuf>,
    pub(super) whole: Option<PathBuf>,
    pub(super) packs: Vec<(String, Vec<RuleFile>)>,
    pub(super) dialect_files: Vec<RuleFile>,
    pub(super) profile: Option<Profile>,
    pub(super) select: Vec<String>,
    pub(super) ignore: Vec<String>,
    pub(super) dialect: Option<String>,
    /// The outer one: whether it replaces the baseline that the settings name.
    pub(super) baseline: Option<Option<Baseline>>,
    pub(super) fail_on: Option<FailOn>,
    pub(super) include_info: bool,
}

impl LinterBuilder {
    /// Settings as `botiquette.toml` has them. They govern every file that no folder's own settings do.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Settings of a folder: the nearest ones above a file govern it, and what is found in it.
    #[must_use]
    pub fn settings_below(self, folder: impl AsRef<Path>, settings: Settings) -> Self {
        self.settings_of([folder], settings)
    }

    /// The same for folders that need not be below each other.
    #[doc(hidden)]
    #[must_use]
    pub fn settings_of(
        mut self,
        folders: impl IntoIterator<Item = impl AsRef<Path>>,
        settings: Settings,
    ) -> Self {
        self.below.push((folders.into_iter().map(whole_path).collect(), settings));
        self
    }

    /// Folders that no settings of the folders above govern. With them, every folder of the inputs is named.
    #[doc(hidden)]
    #[must_use]
    pub fn bare(mut self, folders: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        self.bare = Some(folders.into_iter().map(whole_path).collect());
        self
    }

    /// Folders of which the project holds all files: entries of settings that fit no file there are reported.
    #[must_use]
    pub fn searched(mut self, folders: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        self.searched.extend(folders.into_iter().map(whole_path));
        self
    }

    /// The folder that all inputs have in common. Its settings say what concerns a run as a whole: how many findings
    /// a report holds, and what the effect graph of `graph` and `describe` assumes.
    #[must_use]
    pub fn whole(mut self, folder: impl AsRef<Path>) -> Self {
        self.whole = Some(folder.as_ref().to_path_buf());
        self
    }

    /// Your own rules, called `pack/…`, besides those that the settings name.
    #[must_use]
    pub fn rules(mut self, pack: impl Into<String>, files: Vec<RuleFile>) -> Self {
        self.packs.push((pack.into(), files));
        self
    }

    /// Your own dialects, from dialect files, besides those that the settings name.
    #[must_use]
    pub fn dialects(mut self, files: Vec<RuleFile>) -> Self {
        self.dialect_files.extend(files);
        self
    }

    /// The defaults for a kind of bot, instead of those of the settings.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Only these rules or families, instead of those of the settings.
    #[must_use]
    pub fn select(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.select.extend(names.into_iter().map(Into::into));
        self
    }

    /// Not these rules or families, nor those that the settings ignore.
    #[must_use]
    pub fn ignore(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ignore.extend(names.into_iter().map(Into::into));
        self
    }

    /// Reads every file as this dialect instead of recognising it.
    #[must_use]
    pub fn dialect(mut self, name: impl Into<String>) -> Self {
        self.dialect = Some(name.into());
        self
    }

    /// Findings that were there before and do not count, or none, instead of the baseline that the settings name.
    #[must_use]
    pub fn baseline(mut self, baseline: impl Into<Option<Baseline>>) -> Self {
        self.baseline = Some(baseline.into());
        self
    }

    /// The least severity that makes [`Linter::fails`](crate::Linter::fails) true, instead of that of the settings.
    #[must_use]
    pub fn fail_on(mut self, severity: impl Into<FailOn>) -> Self {
        self.fail_on = Some(severity.into());
        self
    }

    /// Reports findings of severity info, too. They are always reported where they make a run fail, and in the
    /// profile `strict`.
    #[must_use]
    pub const fn include_info(mut self, include: bool) -> Self {
        self.include_info = include;
        self
    }
}

fn whole_path(path: impl AsRef<Path>) -> PathBuf {
    plain(path.as_ref()).unwrap_or_else(|| path.as_ref().to_path_buf())
}
