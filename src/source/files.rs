//! Where settings and what they name are read from: a disk, a git revision, a map in memory. The library itself
//! asks only through these two traits.

use std::fmt;
use std::path::{Path, PathBuf};

use super::ReadError;

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
