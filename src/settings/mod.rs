//! `botiquette.toml`: which rules run, how much they matter, and what no bot's configuration can say.
//! May know rules by name and the model's facts; never a dialect or an output format.

mod apply;
mod discover;
mod exceptions;
mod exclude;
mod extend;
mod file;
mod overrides;
mod schema;

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use crate::diagnostic::Caps;
use crate::mistake::Mistake;
use crate::rules::Rulebook;

pub use discover::find;
pub use exclude::Excluded;
pub use file::{FailOn, Profile};
pub use schema::schema;

/// The name of a settings file.
pub const FILE_NAME: &str = "botiquette.toml";

/// The settings of a run; the default is what no file changes.
#[derive(Debug, Default)]
pub struct Settings {
    /// Where they come from.
    pub path: Option<PathBuf>,
    /// Whether automations that are switched off are judged, too, as information.
    pub include_disabled: bool,
    /// Whether findings that comments and settings silence count all the same.
    pub no_suppressions: bool,
    /// Whether files that the user names can be excluded, too.
    pub force_exclude: bool,
    text: String,
    file: file::File,
    /// What these settings extend.
    base: Option<Box<Settings>>,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The system's, or the user's who named the file.
    #[error("{}: cannot be read ({source})", .path.display())]
    Unreadable {
        /// The settings file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The author's: of the settings, or of a rule file that they name.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Mistakes(Vec<Mistake>),
}

impl Settings {
    /// Reads a settings file and what it extends.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        Self::read_own(path)?.extended(&mut Vec::new())
    }

    fn read_own(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| SettingsError::Unreadable { path: path.to_path_buf(), source })?;
        Self::parse(path, text)
    }

    /// Reads the text of a settings file; what it extends is left out.
    pub fn parse(path: &Path, text: String) -> Result<Self, SettingsError> {
        let file = toml::from_str(&text)
            .map_err(|error| SettingsError::Mistakes(vec![Mistake::from_toml(path, &text, &error)]))?;
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
    pub fn baseline(&self) -> Option<PathBuf> {
        let named = |layer: &&Self| Some(layer.folder().join(layer.file.baseline.as_ref()?));
        self.layers().iter().rev().find_map(named)
    }

    /// The settings files that hold, what is extended first.
    #[must_use]
    pub fn paths(&self) -> Vec<&Path> {
        self.layers().iter().filter_map(|layer| layer.path.as_deref()).collect()
    }

    /// The folder that paths in the file are relative to.
    fn folder(&self) -> &Path {
        self.path.as_deref().and_then(Path::parent).unwrap_or_else(|| Path::new(""))
    }

    fn mistake(&self, range: &std::ops::Range<usize>, message: impl Into<String>) -> Mistake {
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let span = crate::source::Span::new(offset(range.start), offset(range.end));
        Mistake::new(self.path.as_deref().unwrap_or_else(|| Path::new(FILE_NAME)), &self.text, span, message)
    }
}
