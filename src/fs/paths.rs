//! Paths as names: what can be said of two paths without reading what is there, and, where there is a file system,
//! whether they are one file.

use std::path::{Component, Path, PathBuf};

/// The whole path without `.` and `..`; links are not followed, a file need not be there.
#[must_use]
pub fn plain(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut found = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => {
                found.pop();
            }
            Component::CurDir => {}
            other => found.push(other),
        }
    }
    Some(found)
}

/// What two paths of one file have in common: the path without links where the file is there, else the plain path.
#[must_use]
pub(crate) fn identity(path: &Path) -> PathBuf {
    path.canonicalize().ok().or_else(|| plain(path)).unwrap_or_else(|| path.to_path_buf())
}

/// Whether nothing is there any more.
#[must_use]
pub(crate) fn is_gone(path: &Path) -> bool {
    !path.exists()
}
