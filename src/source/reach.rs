//! How far a settings file reaches: into its repository, or, where there is none, into its own folder. What it
//! names there must be a small regular file, so that no settings can show or swallow anything else.

use std::io;
use std::path::{Path, PathBuf};

use super::links::{follow, is_of_the_system, leads_out, root_of};
use super::read::{ReadError, read};

/// Largest file of settings or of a rule: 1 MiB. Nobody writes more by hand.
pub const MAX_SETTINGS_BYTES: u64 = 1024 * 1024;

/// The folder that settings may reach into.
#[derive(Clone, Debug)]
pub struct Reach {
    root: PathBuf,
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
        Ok(Self { root: root_of(folder.unwrap_or_else(|| Path::new("."))).map_err(from_io)? })
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
        read(path, MAX_SETTINGS_BYTES)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let found = follow(path).map_err(from_io)?;
        let below = found.real.strip_prefix(&self.root).ok();
        let is_gits = |below: &Path| below.components().any(|part| part.as_os_str() == ".git");
        if below.is_none_or(is_gits) || is_of_the_system(&found.real) {
            return Err(ReadError::OutOfReach { root: self.root.clone() });
        }
        Ok(found.real)
    }
}

fn from_io(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::Unreadable(error),
    }
}
