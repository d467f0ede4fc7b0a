//! `botiquette.toml`: which rules run, how much they matter, and what no bot's configuration can say.
//! May know rules by name and the model's facts; it hands out dialect files and
//! carries what was made of them, but knows no dialect, and no output format.

mod apply;
mod exceptions;
mod exclude;
mod extend;
mod file;
mod heed;
mod idle;
mod looser;
mod overrides;
mod schema;
mod scopes;
mod within;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Baseline, BaselineError, Caps};
#[cfg(feature = "fs")]
use crate::fs::Reach;
use crate::mistake::{Mistake, Suspect, listed};
use crate::rules::Rulebook;
use crate::source::{Files, MAX_FILE_BYTES, ReadError};

pub use exclude::{EXCLUDED, EXCLUDED_INPUT, Excluded, is_pattern};
pub use file::{FailOn, Profile};
pub use heed::Heed;
pub use looser::Looser;
pub use schema::schema;
pub(crate) use scopes::nearest;
pub use scopes::{Scope, Scopes};
pub use within::{PLACES, holds_settings, is_own_file, is_shared_file};

/// The name of a settings file.
pub const FILE_NAME: &str = "botiquette.toml";

/// Why nothing is read that a mere text of settings names.
const NO_FILES: &str = "these settings are a text without files";

/// The settings of a run; the default is what no file changes.
#[derive(Debug, Default)]
pub struct Settings {
    /// Where they come from.
    pub path: Option<PathBuf>,
    /// Whether automations that are switched off are judged, too, as information.
    pub include_disabled: bool,
    /// Whether findings that comments and settings silence, leave out or weigh less count all the same.
    pub no_suppressions: bool,
    /// What is heeded of what the files and their folders say.
    pub heed: Heed,
    /// In what settings that are only proposed would be looser than these; told as findings.
    pub proposed: Vec<Looser>,
    /// Whether files that the user names can be excluded, too.
    pub force_exclude: bool,
    /// Patterns of a run that exclude like those of the file, seen from the current folder.
    pub also_exclude: Vec<String>,
    text: String,
    /// The text as mistakes show it, masked when the first one is found.
    suspect: OnceLock<Suspect>,
    file: file::File,
    /// Where the files are read from that they name; none for a text that was never a file.
    files: Option<Arc<dyn Files>>,
    /// What these settings extend.
    base: Option<Box<Settings>>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The system's, or the user's who named the file.
    #[error("{}: {source}", crate::source::spelled(.path))]
    Unreadable {
        /// The settings file.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// The author's: of the settings, or of a rule file that they name.
    #[error(fmt = mistakes_listed)]
    Mistakes(Vec<Mistake>),
}

fn mistakes_listed(mistakes: &[Mistake], out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    listed(mistakes, out)
}

/// The folder that a settings file speaks about: its own, or, from within `.config`, the one around that.
#[must_use]
pub fn folder_of(settings: &Path) -> PathBuf {
    let folder = settings.parent().unwrap_or_else(|| Path::new(""));
    let inside = folder.file_name().is_some_and(|name| name == ".config")
        && settings.file_name().is_some_and(|name| name == FILE_NAME);
    let around = if inside { folder.parent() } else { None };
    around.unwrap_or(folder).to_path_buf()
}

impl Settings {
    /// Reads a settings file and what it extends, as far as it reaches.
    #[cfg(feature = "fs")]
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let unreadable = |source| SettingsError::Unreadable { path: path.to_path_buf(), source };
        Self::read_from(path, Arc::new(Reach::of(path, &folder_of(path)).map_err(unreadable)?))
    }

    /// Reads a settings file and what it extends from these files, which need not be on a disk.
    pub fn read_from(path: &Path, files: Arc<dyn Files>) -> Result<Self, SettingsError> {
        Self::read_own(path, &files)?.extended(&files, &mut Vec::new())
    }

    fn read_own(path: &Path, files: &Arc<dyn Files>) -> Result<Self, SettingsError> {
        let text = files
            .read_settings(path)
            .map_err(|source| SettingsError::Unreadable { path: path.to_path_buf(), source })?;
        Ok(Self { files: Some(Arc::clone(files)), ..Self::parse(path, text)? })
    }

    /// Reads the text of a settings file. What it extends is left out, and the files that it names cannot be read:
    /// see [`Settings::read_from`].
    pub fn parse(path: &Path, text: String) -> Result<Self, SettingsError> {
        let file = within::read(path, &text).map_err(SettingsError::Mistakes)?;
        let settings = Self { path: Some(path.to_path_buf()), text, file, ..Self::default() };
        let mistakes = settings.check_values();
        if mistakes.is_empty() { Ok(settings) } else { Err(SettingsError::Mistakes(mistakes)) }
    }

    /// Adds the rules of one's own to a rulebook, and checks every name against it.
    pub fn add_to(&self, rulebook: &mut Rulebook) -> Result<(), SettingsError> {
        let mut mistakes: Vec<Mistake> =
            self.layers().iter().flat_map(|layer| layer.add_rules(rulebook)).collect();
        // A rule that could not be read would be told as unknown, too.
        if mistakes.is_empty() {
            mistakes = self.layers().iter().flat_map(|layer| layer.check_names(rulebook)).collect();
        }
        if mistakes.is_empty() { Ok(()) } else { Err(SettingsError::Mistakes(mistakes)) }
    }

    /// Sets what rules compare with, and which of them run. A profile and a selection of the command line
    /// replace those of the file; what is ignored there is ignored as well.
    pub fn apply(
        &mut self,
        rulebook: &mut Rulebook,
        profile: Option<Profile>,
        select: &[String],
        ignore: &[String],
    ) {
        self.file.profile = profile.or(self.file.profile);
        self.tune(rulebook);
        self.choose(rulebook, select, ignore);
    }

    /// The least severity that makes a run fail, if the file says one.
    #[must_use]
    pub fn fail_on(&self) -> Option<FailOn> {
        self.nearest(|file| file.fail_on)
    }

    /// The profile.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.nearest(|file| file.profile).unwrap_or_default()
    }

    /// How many findings a report may hold.
    pub(crate) fn caps(&self) -> Caps {
        let size = |number: NonZeroU32| usize::try_from(number.get()).unwrap_or(usize::MAX);
        let usual = Caps::default();
        Caps {
            per_file: self.nearest(|file| file.max_findings.per_file).map_or(usual.per_file, size),
            per_run: self.nearest(|file| file.max_findings.per_run).map_or(usual.per_run, size),
        }
    }

    /// The baseline that the file names.
    #[must_use]
    pub fn baseline_path(&self) -> Option<PathBuf> {
        let named = |layer: &&Self| Some(layer.folder().join(layer.file.baseline.as_ref()?));
        self.layers().iter().rev().find_map(named)
    }

    /// The baseline that the file names, read.
    ///
    /// # Errors
    /// If it is out of reach, cannot be read or is no baseline.
    pub fn baseline(&self) -> Result<Option<Baseline>, BaselineError> {
        let Some(path) = self.baseline_path() else { return Ok(None) };
        // All files that extend each other are read from one place.
        let text = match &self.files {
            Some(files) => files.read(&path, MAX_FILE_BYTES).map_err(|error| error.to_string()),
            None => Err(NO_FILES.to_owned()),
        };
        match text {
            Ok(text) => Baseline::parse(&path, &text).map(Some),
            Err(why) => Err(BaselineError::Unreadable { path, why }),
        }
    }

    /// The settings files that hold, what is extended first.
    #[must_use]
    pub fn paths(&self) -> Vec<&Path> {
        self.layers().iter().filter_map(|layer| layer.path.as_deref()).collect()
    }

    /// Keys of these settings that [`Settings::no_suppressions`] does not set aside, although they change what is
    /// found.
    #[must_use]
    pub fn left_in_force(&self) -> Vec<&'static str> {
        let layers = self.layers();
        let any = |says: fn(&file::File) -> bool| layers.iter().any(|layer| says(&layer.file));
        let used = [
            ("profile", matches!(self.profile(), Profile::Community | Profile::Feed)),
            ("[dialects]", any(|file| !file.dialects.paths.is_empty())),
            ("[thresholds]", any(|file| !file.thresholds.is_empty())),
            ("[facts]", any(|file| !file.facts.is_empty())),
            ("[accounts]", any(|file| file.accounts.values().any(|account| !account.facts.is_empty()))),
            ("[assume]", any(|file| !file.assume.is_empty())),
        ];
        used.into_iter().filter(|(_, is_used)| *is_used).map(|(name, _)| name).collect()
    }

    /// The folder that paths in the file are relative to.
    fn folder(&self) -> PathBuf {
        self.path.as_deref().map(folder_of).unwrap_or_default()
    }

    fn mistake(&self, range: &std::ops::Range<usize>, message: impl Into<String>) -> Mistake {
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let span = crate::source::Span::new(offset(range.start), offset(range.end));
        let path = || self.path.as_deref().unwrap_or_else(|| Path::new(FILE_NAME));
        self.suspect.get_or_init(|| Suspect::new(path(), &self.text)).mistake(span, message)
    }
}
