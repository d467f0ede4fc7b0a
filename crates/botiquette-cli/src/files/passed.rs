//! What a search passes over, and why: asked for when somebody wonders why a file is missing in the report.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::discover::{Ignores, Passed, is_lock_file, is_other_peoples_code, is_unsearched, walk_of};
use super::ignores::unreadable_around;

/// A file or folder that a search does not look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PassedOver {
    /// Its path, as the others are shown.
    pub(crate) path: PathBuf,
    /// Why: a phrase that completes "not looked at: …".
    pub(crate) why: &'static str,
}

/// What a search below these paths leaves out: each file that `could_be` a configuration, and whole folders.
pub(crate) fn passed_over<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
    could_be: impl Fn(&Path) -> bool,
) -> Vec<PassedOver> {
    let mut found = Vec::new();
    for root in paths {
        let root = root.as_ref();
        if root.is_dir() && unreadable_around(root).is_none() {
            let seen: HashSet<PathBuf> = walk_of(root, Ignores::Heeded, &Passed::default())
                .filter_map(Result::ok)
                .map(ignore::DirEntry::into_path)
                .collect();
            Search { root, seen, could_be: &could_be, found: &mut found }.folder(root);
        }
    }
    found
}

struct Search<'s, F> {
    root: &'s Path,
    /// What the search itself comes to see.
    seen: HashSet<PathBuf>,
    could_be: &'s F,
    found: &'s mut Vec<PassedOver>,
}

impl<F: Fn(&Path) -> bool> Search<'_, F> {
    fn folder(&mut self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name());
            let Ok(kind) = entry.file_type() else { continue };
            let seen = self.seen.contains(&path);
            if kind.is_dir() && name != ".git" {
                if seen {
                    self.folder(&path);
                } else if is_other_peoples_code(&name) {
                    self.pass(&path, "a folder of other people's code");
                } else if is_unsearched(&name) {
                    self.pass(&path, "a hidden folder");
                } else {
                    self.pass(&path, IGNORED);
                }
            } else if !kind.is_dir() && (self.could_be)(&path) {
                if kind.is_symlink() {
                    self.pass(&path, "a symbolic link; name it to follow it");
                } else if !seen {
                    self.pass(&path, IGNORED);
                } else if is_lock_file(&name) {
                    self.pass(&path, "a lock file");
                }
            }
        }
    }

    fn pass(&mut self, path: &Path, why: &'static str) {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        let shown = if self.root == Path::new(".") { below } else { path };
        self.found.push(PassedOver { path: shown.to_path_buf(), why });
    }
}

const IGNORED: &str = "ignored by git or an .ignore file; name it to lint it";
