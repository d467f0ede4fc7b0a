//! How far a settings file reaches: into its repository, or, where there is none, into its own folder. What it
//! names there must be a small regular file, so that no settings can show or swallow anything else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::links::{follow, is_of_the_system, leads_out, root_of};
use super::paths::plain;
use super::read::read;
use super::revision::Revision;
use crate::source::{Files, MAX_SETTINGS_BYTES, ReadError, is_package, is_toml, spelled};

/// The folder that settings may reach into.
#[derive(Clone, Debug)]
pub struct Reach {
    root: PathBuf,
    /// Read from this revision, not from the disk.
    at: Option<Revision>,
}

impl Reach {
    /// The reach of the settings file at a path, which speaks about a folder.
    ///
    /// # Errors
    /// If its folder cannot be found, or a link in a repository leads out of it.
    pub fn of(settings: &Path, folder: &Path) -> Result<Self, ReadError> {
        if leads_out(settings) {
            return Err(ReadError::LeavesRepository);
        }
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let root = root_of(folder).map_err(from_io)?;
        Ok(Self { root, at: None })
    }

    /// The reach of settings as they were in a revision.
    #[must_use]
    pub fn at(revision: &Revision) -> Self {
        Self { root: revision.root().to_path_buf(), at: Some(revision.clone()) }
    }

    /// Refuses what is out of reach: a path that leads elsewhere, itself or by links, or to what git and the
    /// system keep.
    fn check(&self, path: &Path) -> Result<(), ReadError> {
        self.real(path).map(drop)
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

impl Files for Reach {
    fn read(&self, path: &Path, limit: u64) -> Result<String, ReadError> {
        self.check(path)?;
        self.text(path, limit)
    }

    fn read_toml(&self, path: &Path) -> Result<String, ReadError> {
        let real = self.real(path)?;
        // The name counts that the file really has: a link called `x.toml` may lead to `.env`.
        if !is_toml(&real) {
            return Err(ReadError::NotToml);
        }
        self.text(path, MAX_SETTINGS_BYTES)
    }

    fn read_settings(&self, path: &Path) -> Result<String, ReadError> {
        let real = self.real(path)?;
        // As above, and a package's description is one only under its own name.
        if !(is_toml(&real) || is_package(path) && is_package(&real)) {
            return Err(ReadError::NotToml);
        }
        self.text(path, MAX_SETTINGS_BYTES)
    }

    fn toml_files(&self, path: &Path) -> Result<Vec<PathBuf>, String> {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", spelled(path));
        self.check(path).map_err(|error| failed(&error))?;
        let mut files = match &self.at {
            Some(revision) => revision.files_below(path).map_err(|error| failed(&error))?,
            None => match fs::metadata(path) {
                Ok(it) if it.is_dir() => files_below(path).map_err(|error| failed(&error))?,
                Ok(_) => return Ok(vec![path.to_path_buf()]),
                Err(_) => return Err(failed(&"there is no such file or folder; check the path")),
            },
        };
        files.retain(|file| is_toml(file));
        Ok(files)
    }
}

/// The files below a folder, sorted. Links are not followed, hidden folders not searched.
fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut files = Vec::new();
    for entry in entries {
        let kind = entry.file_type()?;
        if kind.is_file() {
            files.push(entry.path());
        } else if kind.is_dir() && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            files.extend(files_below(&entry.path())?);
        }
    }
    Ok(files)
}

fn from_io(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::Unreadable(error),
    }
}
