//! Entries of settings that fit nothing: a pattern of a suppression or an override that no file fits, a name that no
//! account has. Told only where the run looked at all that the entry could mean.

use std::path::PathBuf;

use super::Settings;
use super::overrides::{globs, is_about};
use crate::fs::plain;
use crate::model::Model;
use crate::source::{FileId, SourceFile, Sources, Span};

/// An entry that fits nothing, and what it is.
pub(super) struct Idle {
    pub(super) at: std::ops::Range<usize>,
    pub(super) what: String,
}

impl Settings {
    /// Whether a run that searched these folders saw everything that this file can speak about.
    pub(super) fn is_within(&self, searched: &[PathBuf]) -> bool {
        plain(&self.folder()).is_some_and(|own| searched.iter().any(|folder| own.starts_with(folder)))
    }

    /// The entries of this file, not of what it extends, that fit none of these files and no account.
    pub(super) fn idle(&self, files: &[FileId], model: &Model, sources: &Sources) -> Vec<Idle> {
        let mut idle = Vec::new();
        let mut pattern = |glob: &super::file::Name, of: &str| {
            let fits = globs(std::slice::from_ref(glob)).is_some_and(|globs| {
                let mut paths = files.iter().filter_map(|file| sources.get(*file).map(SourceFile::path));
                paths.any(|path| self.covers(&globs, path))
            });
            // What is taken back by a `!` fits by leaving out.
            if !fits && !glob.get_ref().starts_with('!') {
                let what = format!("`{}` of {of} fits no file", glob.get_ref());
                idle.push(Idle { at: glob.span(), what });
            }
        };
        for exempt in &self.file.suppressions {
            pattern(&exempt.get_ref().path, "a suppression");
        }
        for glob in self.file.overrides.iter().flat_map(|part| &part.paths) {
            pattern(glob, "an override");
        }
        for name in self.file.accounts.keys() {
            if !model.accounts.iter().any(|account| is_about(name.get_ref(), account)) {
                let what = format!("no account is called `{}`", name.get_ref());
                idle.push(Idle { at: name.span(), what });
            }
        }
        idle
    }

    /// This file among the sources of the run.
    pub(super) fn source(&self, sources: &mut Sources) -> Option<FileId> {
        let path = self.path.as_ref()?;
        let known = sources.iter().find(|(_, file)| file.path() == path).map(|(id, _)| id);
        Some(known.unwrap_or_else(|| sources.push(SourceFile::new(path.clone(), self.text.clone()))))
    }
}

pub(super) fn span(range: &std::ops::Range<usize>) -> Span {
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span::new(offset(range.start), offset(range.end))
}
