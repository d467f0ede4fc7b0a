//! Where settings and what they name are read from: a disk, a git revision, a map in memory. The library itself
//! asks only through these two traits.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::{MAX_SETTINGS_BYTES, ReadError};

/// Files that settings may name.
pub trait Files: fmt::Debug + Send + Sync {
    /// Reads a file of at most `limit` bytes.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn read(&self, path: &Path, limit: u64) -> Result<String, ReadError>;

    /// Reads a TOML file: settings, or a rule.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn read_toml(&self, path: &Path) -> Result<String, ReadError>;

    /// Reads a file of settings: a TOML file, or a `package.json`.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn read_settings(&self, path: &Path) -> Result<String, ReadError> {
        if is_package(path) { self.read(path, MAX_SETTINGS_BYTES) } else { self.read_toml(path) }
    }

    /// The `*.toml` files at a path, in order: the file itself, or all below a folder.
    ///
    /// # Errors
    /// A sentence that begins with the path.
    fn toml_files(&self, path: &Path) -> Result<Vec<PathBuf>, String>;
}

/// Files as they were in a revision that is trusted more than what is linted.
pub trait Earlier: fmt::Debug + Send + Sync {
    /// What people call the revision.
    fn name(&self) -> &str;

    /// The text that a file had; none where it was not there or was no text.
    fn text(&self, path: &Path) -> Option<String>;
}

/// Files in memory: paths and texts.
impl Files for BTreeMap<PathBuf, String> {
    fn read(&self, path: &Path, limit: u64) -> Result<String, ReadError> {
        let text = self.get(path).ok_or(ReadError::NotFound)?;
        if text.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { Ok(text.clone()) }
    }

    fn read_toml(&self, path: &Path) -> Result<String, ReadError> {
        if !is_toml(path) {
            return Err(ReadError::NotToml);
        }
        self.read(path, MAX_SETTINGS_BYTES)
    }

    fn toml_files(&self, path: &Path) -> Result<Vec<PathBuf>, String> {
        Ok(self.keys().filter(|file| file.starts_with(path) && is_toml(file)).cloned().collect())
    }
}

/// Whether a file is called as the file in which a package of JavaScript is described.
pub(crate) fn is_package(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "package.json")
}

/// Whether a file is called a TOML file.
pub(crate) fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::settings::Settings;

    #[test]
    fn settings_build_on_others_in_memory() {
        let text = "extend = \"base/house.toml\"\n";
        let files: BTreeMap<PathBuf, String> =
            [("botiquette.toml", text), ("base/house.toml", "ignore = [\"pace\"]")]
                .map(|(path, text)| (PathBuf::from(path), text.to_owned()))
                .into();
        let settings = Settings::read_from(Path::new("botiquette.toml"), Arc::new(files)).unwrap();
        assert_eq!(settings.paths(), [Path::new("base/house.toml"), Path::new("botiquette.toml")]);
        let alone: BTreeMap<PathBuf, String> = [(PathBuf::from("botiquette.toml"), text.to_owned())].into();
        let error = Settings::read_from(Path::new("botiquette.toml"), Arc::new(alone)).unwrap_err();
        assert!(error.to_string().contains("there is no such file"), "{error}");
    }
}
