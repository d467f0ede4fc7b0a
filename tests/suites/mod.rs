//! Finds the conformance suites, which are no part of this project: in the folder that
//! `BOTIQUETTE_SUITES` names, else in `../shared/suites`.

#![allow(clippy::unwrap_used, reason = "a suite that cannot be read fails the test")]

use std::path::{Path, PathBuf};

/// The folder of a suite, or `None`, with a note on standard error, where it is not installed.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let suites = std::env::var_os("BOTIQUETTE_SUITES")
        .map_or_else(|| crate::root().join("../shared/suites"), PathBuf::from);
    let folder = suites.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {name} is not at {}", folder.display());
    None
}

/// All files below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
