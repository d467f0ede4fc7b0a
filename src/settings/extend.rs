//! `extend`: settings that build on those of one other local file. What is nearer wins; lists of what is ignored,
//! excluded, overridden or suppressed add up.

use std::path::PathBuf;
use std::sync::Arc;

use super::Settings;
use super::SettingsError;
use super::file::File;
use crate::fs::identity;
use crate::source::Files;

/// More would be a mistake, or somebody's joke.
const MOST_FILES: usize = 10;

impl Settings {
    /// These settings with what they extend; `seen` holds the files on the way here.
    pub(super) fn extended(
        mut self,
        files: &Arc<dyn Files>,
        seen: &mut Vec<PathBuf>,
    ) -> Result<Self, SettingsError> {
        let Some(named) = &self.file.extend else { return Ok(self) };
        let mistake =
            |message: String| Err(SettingsError::Mistakes(vec![self.mistake(&named.span(), message)]));
        if named.get_ref().contains("://") {
            return mistake("only a local file can be extended".to_owned());
        }
        seen.extend(self.path.as_deref().map(identity));
        let path = self.folder().join(named.get_ref());
        if seen.contains(&identity(&path)) {
            return mistake(format!("`{}` extends this file in turn", named.get_ref()));
        }
        if seen.len() >= MOST_FILES {
            return mistake(format!("more than {MOST_FILES} files extend each other"));
        }
        match Self::read_own(&path, files) {
            Ok(base) => self.base = Some(Box::new(base.extended(files, seen)?)),
            Err(SettingsError::Unreadable { source, .. }) => {
                return mistake(format!("`{}`: {source}", named.get_ref()));
            }
            Err(error) => return Err(error),
        }
        Ok(self)
    }

    /// All files that hold, what is extended first.
    pub(super) fn layers(&self) -> Vec<&Self> {
        let mut layers = self.base.as_deref().map(Self::layers).unwrap_or_default();
        layers.push(self);
        layers
    }

    /// What the nearest file says that says anything.
    pub(super) fn nearest<T>(&self, said: impl Fn(&File) -> Option<T>) -> Option<T> {
        self.layers().iter().rev().find_map(|layer| said(&layer.file))
    }
}

#[cfg(test)]
#[cfg(feature = "fs")]
mod tests {
    use std::fs;

    use super::*;
    use crate::settings::{FailOn, Profile};

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn what_is_nearer_wins() {
        let folder = folder(&[
            ("base/house.toml", "profile = \"feed\"\nfail-on = \"info\"\nbaseline = \"old.json\"\n"),
            ("botiquette.toml", "extend = \"base/house.toml\"\nfail-on = \"warning\"\n"),
        ]);
        let settings = Settings::read(&folder.path().join("botiquette.toml")).unwrap();
        assert_eq!((settings.profile(), settings.fail_on()), (Profile::Feed, Some(FailOn::Warning)));
        assert_eq!(settings.baseline_path(), Some(folder.path().join("base/old.json")));
        assert_eq!(settings.paths().len(), 2);
    }

    #[test]
    fn what_cannot_be_extended_is_told_at_its_place() {
        let folder = folder(&[
            ("a.toml", "extend = \"b.toml\""),
            ("b.toml", "extend = \"./a.toml\""),
            ("self.toml", "extend = \"self.toml\""),
            ("gone.toml", "extend = \"nowhere.toml\""),
            ("far.toml", "extend = \"https://example.org/x.toml\""),
            ("broken.toml", "extend = \"typo.toml\""),
            ("typo.toml", "\nprofil = \"strict\""),
        ]);
        for (name, message) in [
            ("a.toml", "b.toml:1:10: `./a.toml` extends this file in turn"),
            ("self.toml", "self.toml:1:10: `self.toml` extends this file in turn"),
            ("gone.toml", "gone.toml:1:10: `nowhere.toml`: there is no such file"),
            ("far.toml", "far.toml:1:10: only a local file can be extended"),
            ("broken.toml", "typo.toml:2:1: unknown key `profil`"),
        ] {
            let error = Settings::read(&folder.path().join(name)).unwrap_err().to_string();
            assert!(error.contains(message), "{name}: {error}");
        }
    }
}
