//! Paths to files: what a run looks at, in a fixed order, each file once.
//! Folders are walked with their ignore files respected; files named by the user are always taken.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use botiquette::fs::leads_out;
use botiquette::source::{ReadError, spelled};
use ignore::WalkBuilder;

use super::ignores::{unreadable_around, unreadable_in};

/// Folders that hold other people's code or the version history, whatever the ignore files say.
const SKIPPED_FOLDERS: [&str; 7] =
    [".git", "node_modules", "bower_components", "site-packages", "__pycache__", "venv", "virtualenv"];

/// The hidden folders in which automation lives; others belong to tools and editors.
const SEARCHED_HIDDEN: [&str; 3] = [".github", ".gitea", ".forgejo"];

/// Lock files and the like: large, machine-written, never a bot's configuration.
const SKIPPED_FILES: [&str; 12] = [
    "Cargo.lock",
    "Pipfile.lock",
    "bun.lock",
    "composer.lock",
    "conda-lock.yml",
    "npm-shrinkwrap.json",
    "package-lock.json",
    "packages.lock.json",
    "pnpm-lock.yaml",
    "poetry.lock",
    "project.assets.json",
    "yarn.lock",
];

/// A file to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The path as shown to the user.
    pub path: PathBuf,
    /// Whether the user named this file, as opposed to a folder that holds it.
    pub named: bool,
}

/// Whether a search leaves out what ignore files name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ignores {
    /// It does, as git does.
    #[default]
    Heeded,
    /// It looks at everything, for those who do not trust the ignore files.
    Unheeded,
}

/// What discovery found, and what it stumbled over.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Files in the order of the paths given, those of one folder sorted by path.
    pub files: Vec<Candidate>,
    /// Paths that could not be followed; the others were.
    pub problems: Vec<DiscoveryProblem>,
}

/// Why a path gives no files.
#[derive(Debug, thiserror::Error)]
pub enum DiscoveryProblem {
    /// The user named something that is not there.
    #[error("{}: there is no such file or folder; check the path", spelled(.path))]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// A link in a repository leads out of it.
    #[error("{}: {}", spelled(.path), ReadError::LeavesRepository)]
    LeavesRepository {
        /// The path as given.
        path: PathBuf,
    },
    /// An ignore file that may have no end.
    #[error("{}: is no small regular file; its folder is not searched", spelled(.path))]
    Ignores {
        /// The ignore file.
        path: PathBuf,
    },
    /// Something below a folder cannot be read.
    #[error("{}: cannot be searched ({source})", spelled(.path))]
    Walk {
        /// The path that the user gave.
        path: PathBuf,
        /// What the walk says, usually with the exact place.
        source: ignore::Error,
    },
}

/// Finds the files to look at: named files as they are, folders searched for names that `could_be` a
/// configuration (usually [`botiquette::syntax::Syntax::from_path`] decides).
///
/// A walk respects `.gitignore`, `.ignore` and the global git excludes, sees hidden files (`.env`) but of hidden
/// folders only those in which automation lives (`.github`), and does not follow symbolic links, so it neither loops nor leaves the
/// folder. A link that the user names is followed, but none that stands in a repository and leads out of it: names
/// of changed files come from whoever changed them.
pub fn discover<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
    could_be: impl Fn(&Path) -> bool,
) -> Discovery {
    discover_with(paths, could_be, Ignores::Heeded)
}

/// The same, with or without ignore files.
pub fn discover_with<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
    could_be: impl Fn(&Path) -> bool,
    ignores: Ignores,
) -> Discovery {
    let mut search = Search { found: Discovery::default(), seen: HashMap::new(), could_be, ignores };
    for path in paths {
        let path = path.as_ref();
        match path.metadata() {
            Ok(_) if leads_out(path) => {
                search.found.problems.push(DiscoveryProblem::LeavesRepository { path: path.to_path_buf() });
            }
            Ok(metadata) if metadata.is_dir() => search.walk(path),
            Ok(_) => {
                let identity = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
                search.add(identity, Candidate { path: path.to_path_buf(), named: true });
            }
            Err(_) => search.found.problems.push(DiscoveryProblem::Missing { path: path.to_path_buf() }),
        }
    }
    search.found
}

struct Search<F> {
    found: Discovery,
    /// Real path to index in `found.files`.
    seen: HashMap<PathBuf, usize>,
    could_be: F,
    ignores: Ignores,
}

impl<F: Fn(&Path) -> bool> Search<F> {
    fn walk(&mut self, root: &Path) {
        if let Some(path) = unreadable_around(root).filter(|_| self.ignores == Ignores::Heeded) {
            self.found.problems.push(DiscoveryProblem::Ignores { path });
            return;
        }
        let passed = Passed::default();
        // Links are not followed below the root, so the real path of the root gives that of every file.
        let real_root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        for entry in walk_of(root, self.ignores, &passed) {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && self.is_candidate(path) {
                        let below = path.strip_prefix(root).unwrap_or(path);
                        let shown = if root == Path::new(".") { below } else { path };
                        self.add(
                            real_root.join(below),
                            Candidate { path: shown.to_path_buf(), named: false },
                        );
                    }
                }
                Err(source) => {
                    self.found.problems.push(DiscoveryProblem::Walk { path: root.to_path_buf(), source });
                }
            }
        }
        let passed = std::mem::take(&mut *passed.lock().unwrap_or_else(PoisonError::into_inner));
        self.found.problems.extend(passed.into_iter().map(|path| DiscoveryProblem::Ignores { path }));
    }

    fn add(&mut self, identity: PathBuf, candidate: Candidate) {
        let next = self.found.files.len();
        let index = *self.seen.entry(identity).or_insert(next);
        match self.found.files.get_mut(index) {
            Some(known) => known.named |= candidate.named,
            None => self.found.files.push(candidate),
        }
    }

    fn is_candidate(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| !is_lock_file(name)) && (self.could_be)(path)
    }
}

/// Ignore files that a walk could not use; their folders are left out.
pub(super) type Passed = Arc<Mutex<Vec<PathBuf>>>;

/// The walk through a folder.
pub(super) fn walk_of(root: &Path, ignores: Ignores, passed: &Passed) -> ignore::Walk {
    let heeded = ignores == Ignores::Heeded;
    let passed = Arc::clone(passed);
    WalkBuilder::new(root)
        .standard_filters(heeded)
        .hidden(false)
        .sort_by_file_path(Path::cmp)
        .filter_entry(move |entry| {
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let name = entry.file_name();
            if !is_folder || entry.depth() == 0 {
                return true;
            }
            if is_other_peoples_code(name) || is_unsearched(name) {
                return false;
            }
            let Some(path) = unreadable_in(entry.path()).filter(|_| heeded) else { return true };
            passed.lock().unwrap_or_else(PoisonError::into_inner).push(path);
            false
        })
        .build()
}

/// Whether a folder of this name holds other people's code or the version history.
pub(super) fn is_other_peoples_code(name: &OsStr) -> bool {
    is_any_of(name, &SKIPPED_FOLDERS)
}

/// Whether a folder of this name is hidden and none of those that matter.
pub(super) fn is_unsearched(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") && !is_any_of(name, &SEARCHED_HIDDEN)
}

/// Whether a file of this name is a lock file.
pub(super) fn is_lock_file(name: &OsStr) -> bool {
    is_any_of(name, &SKIPPED_FILES)
}

fn is_any_of(name: &OsStr, names: &[&str]) -> bool {
    names.iter().any(|&candidate| name == candidate)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use botiquette::syntax::Syntax;

    fn search<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Discovery {
        discover(paths, |path| Syntax::from_path(path).is_some())
    }

    fn write(folder: &Path, paths: &[&str]) {
        for path in paths {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "a: 1\n").unwrap();
        }
    }

    fn names(folder: &Path, found: &Discovery) -> Vec<String> {
        let shown = |file: &Candidate| file.path.strip_prefix(folder).unwrap().display().to_string();
        found.files.iter().map(shown).collect()
    }

    #[test]
    fn a_walk_takes_configurations_and_skips_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(
            root,
            &[
                ".env",
                ".cache/x.json",
                ".git/config.yaml",
                ".github/stale.yml",
                "b/a.toml",
                "config.yaml.dist",
                "ignored/x.yaml",
                "main.py",
                "node_modules/x/x.json",
                "package-lock.json",
                "x.yaml/inner.json",
            ],
        );
        fs::write(root.join(".ignore"), "ignored/\n").unwrap();
        let found = search([root]);
        assert_eq!(
            names(root, &found),
            [".env", ".github/stale.yml", "b/a.toml", "config.yaml.dist", "x.yaml/inner.json"]
        );
        assert!(found.problems.is_empty() && found.files.iter().all(|file| !file.named));
    }

    #[test]
    fn a_file_given_twice_is_read_once_and_counts_as_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, &["a.yaml", "b.yaml", "notes.txt"]);
        let found = search([
            root.to_path_buf(),
            root.join("b.yaml"),
            root.join("../").join(root.file_name().unwrap()).join("b.yaml"),
            root.join("notes.txt"),
        ]);
        assert_eq!(names(root, &found), ["a.yaml", "b.yaml", "notes.txt"]);
        assert_eq!(found.files.iter().map(|file| file.named).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn a_missing_path_is_a_problem_and_the_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["a.yaml"]);
        let found = search([folder.path().join("nope"), folder.path().join("a.yaml")]);
        assert_eq!(found.files.len(), 1);
        let [problem] = found.problems.as_slice() else { panic!("{:?}", found.problems) };
        assert!(problem.to_string().contains("nope: there is no such file or folder"));
    }

    #[cfg(unix)]
    #[test]
    fn a_cycle_of_links_does_not_loop() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, &["a/a.yaml"]);
        std::os::unix::fs::symlink(root, root.join("a/up")).unwrap();
        assert_eq!(names(root, &search([root])), ["a/a.yaml"]);
    }
}
