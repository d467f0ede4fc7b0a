//! How far a settings file reaches: into its repository, or, where there is none, into its own folder. What it
//! names there must be a small regular file, so that no settings can show or swallow anything else.

use std::io;
use std::path::{Path, PathBuf};

use super::links::{follow, is_of_the_system, leads_out, plain, root_of};
use super::read::{ReadError, read};
use super::revision::Revision;

/// Largest file of settings or of a rule: 1 MiB. Nobody writes more by hand.
pub const MAX_SETTINGS_BYTES: u64 = 1024 * 1024;

/// The folder that settings may reach into.
#[derive(Clone, Debug)]
pub struct Reach {
    root: PathBuf,
    /// Read from this revision, not from the disk.
    at: Option<Revision>,
}

impl Reach {
    /// The reach of the settings file at a path.
    ///
    /// # Errors
    /// If its folder cannot be found, or a link in a repository leads out of it.
    pub fn of(settings: &Path) -> Result<Self, ReadError> {
        if leads_out(settings) {
            return Err(ReadError::LeavesRepository);
        }
        let folder = settings.parent().filter(|folder| !folder.as_os_str().is_empty());
        let root = root_of(folder.unwrap_or_else(|| Path::new("."))).map_err(from_io)?;
        Ok(Self { root, at: None })
    }

    /// The reach of settings as they were in a revision.
    #[must_use]
    pub fn at(revision: &Revision) -> Self {
        Self { root: revision.root().to_path_buf(), at: Some(revision.clone()) }
    }

    /// The revision that is read from, if it is not the disk.
    #[must_use]
    pub const fn revision(&self) -> Option<&Revision> {
        self.at.as_ref()
    }

    /// Refuses what is out of reach: a path that leads elsewhere, itself or by links, or to what git and the
    /// system keep.
    ///
    /// # Errors
    /// [`ReadError::OutOfReach`], or what the system says.
    pub fn check(&self, path: &Path) -> Result<(), ReadError> {
        self.real(path).map(drop)
    }

    /// Reads a TOML file within reach.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read_toml(&self, path: &Path) -> Result<String, ReadError> {
        let real = self.real(path)?;
        // The name counts that the file really has: a link called `x.toml` may lead to `.env`.
        if real.extension().is_none_or(|extension| extension != "toml") {
            return Err(ReadError::NotToml);
        }
        self.text(path, MAX_SETTINGS_BYTES)
    }

    /// Reads a file within reach of at most `limit` bytes.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(&self, path: &Path, limit: u64) -> Result<String, ReadError> {
        self.check(path)?;
        self.text(path, limit)
    }

    /// The files with this extension at a path: itself, or below a folder. None where the disk has to be searched.
    #[must_use]
    pub fn listed(&self, path: &Path, extension: &str) -> Option<io::Result<Vec<PathBuf>>> {
        let files = self.at.as_ref()?.files_below(path);
        let fits = |file: &PathBuf| file.extension().is_some_and(|found| found == extension);
        Some(files.map(|files| files.into_iter().filter(fits).collect()))
    }

    fn text(&self, path: &Path, limit: u64) -> Result<String, ReadError> {
        match &self.at {
            Some(revision) => revision.read(path, limit),
            None => read(path, limit),
        }
    }

    fn real(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let real = match &self.at {
            // In a revision there are no links, whatever the working tree has in their place.
            Some(_) => plain(path).unwrap_or_default(),
            None => follow(path).map_err(from_io)?.real,
        };
        let below = real.strip_prefix(&self.root).ok();
        let is_gits = |below: &Path| below.components().any(|part| part.as_os_str() == ".git");
        if below.is_none_or(is_gits) || is_of_the_system(&real) {
            return Err(ReadError::OutOfReach { root: self.root.clone() });
        }
        Ok(real)
    }
}

fn from_io(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::Unreadable(error),
    }
}
