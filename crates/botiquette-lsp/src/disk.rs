//! Reads files and settings from the disk; open buffers take precedence.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use botiquette::source::{Files, ReadError};

/// Where files are found. The command answers it the way it finds its own, so that an editor shows what it reports.
pub trait Disk {
    /// The files below a folder that may be a bot's configuration.
    fn files(&self, folder: &Path) -> Vec<PathBuf>;

    /// The settings that hold for a file.
    fn settings(&self, file: &Path) -> Option<PathBuf>;
}

/// Files within the reach of settings, with what is typed in place of what is saved.
#[derive(Debug)]
pub(crate) struct Overlaid<F> {
    pub(crate) files: F,
    pub(crate) open: BTreeMap<PathBuf, String>,
}

impl<F: Files> Overlaid<F> {
    /// What is typed counts only where the file itself could be read, or is not there yet.
    fn typed(&self, path: &Path, read: Result<String, ReadError>) -> Result<String, ReadError> {
        match (&read, self.open.get(path)) {
            (Ok(_) | Err(ReadError::NotFound), Some(typed)) => Ok(typed.clone()),
            _ => read,
        }
    }
}

impl<F: Files> Files for Overlaid<F> {
    fn read(&self, path: &Path, limit: u64) -> Result<String, ReadError> {
        self.typed(path, self.files.read(path, limit))
    }

    fn read_toml(&self, path: &Path) -> Result<String, ReadError> {
        self.typed(path, self.files.read_toml(path))
    }

    fn toml_files(&self, path: &Path) -> Result<Vec<PathBuf>, String> {
        self.files.toml_files(path)
    }
}
