//! Paths as names: what can be said of two paths without reading what is there, and, where there is a file system,
//! whether they are one file.

use std::path::{Component, Path, PathBuf};

/// The whole path without `.` and `..`; links are not followed, a file need not be there. Without a file system a
/// path stays relative to where the paths of a run begin.
#[must_use]
pub fn plain(path: &Path) -> Option<PathBuf> {
    #[cfg(feature = "fs")]
    return {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        std::path::absolute(path).ok().map(|path| lexical(&path))
    };
    #[cfg(not(feature = "fs"))]
    Some(lexical(path))
}

/// A path without `.`, and without `..` as far as it can be, by its words alone.
pub(crate) fn lexical(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            // Above the root there is the root; above where relative paths begin there may be more.
            Component::ParentDir => match found.components().next_back() {
                Some(Component::Normal(_)) => drop(found.pop()),
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => found.push(part),
            },
            other => found.push(other),
        }
    }
    found
}

/// A key that all paths of one file share: the path without links where the file is there, else the plain path.
pub(crate) fn identity(path: &Path) -> PathBuf {
    #[cfg(feature = "fs")]
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    plain(path).unwrap_or_else(|| path.to_path_buf())
}

/// Whether it is known that nothing is there any more.
pub(crate) fn is_gone(path: &Path) -> bool {
    cfg!(feature = "fs") && !path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_up_are_taken() {
        for (path, expected) in [
            ("", ""),
            ("./a/../b", "b"),
            ("a/..", ""),
            ("../a", "../a"),
            ("a/../../b", "../b"),
            ("../../a/..", "../.."),
            ("/../a/./b/..", "/a"),
        ] {
            assert_eq!(lexical(Path::new(path)), Path::new(expected), "{path}");
        }
    }
}
