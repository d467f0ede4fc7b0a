//! Where settings are looked for: the nearest `botiquette.toml` from a path upwards, up to the repository's root.

use std::path::{Path, PathBuf};

use super::FILE_NAME;
use crate::source::real;

/// The settings file that holds for a path: in its folder or the nearest one above. The search ends at a folder
/// with `.git` (a folder, or a file in worktrees and submodules) and at the root of the file system.
#[must_use]
pub fn find(path: &Path) -> Option<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent()? };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let absolute = std::path::absolute(folder).ok()?;
    for (above, ancestor) in absolute.ancestors().enumerate() {
        let candidate = ancestor.join(FILE_NAME);
        if candidate.is_file() {
            return Some(if above == 0 { shown(folder) } else { candidate });
        }
        if ancestor.join(".git").exists() {
            return None;
        }
    }
    None
}

/// Where the settings for a path may be, below the root of a repository: the nearest first.
pub(super) fn candidates(root: &Path, path: &Path) -> Vec<PathBuf> {
    let Ok(path) = real(path) else { return vec![root.join(FILE_NAME)] };
    let folders = path.ancestors().skip(usize::from(!path.is_dir()));
    // Shown as the user sees them, from the current folder where they are below it.
    let here = real(Path::new(".")).unwrap_or_default();
    let shown = |path: PathBuf| path.strip_prefix(&here).map(Path::to_path_buf).unwrap_or(path);
    folders
        .take_while(|folder| folder.starts_with(root))
        .map(|folder| shown(folder.join(FILE_NAME)))
        .collect()
}

/// The settings file of the folder that the user named, as they named it.
fn shown(folder: &Path) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(FILE_NAME) } else { folder.join(FILE_NAME) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_one_within_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("repo/bots/deep")).unwrap();
        fs::create_dir_all(root.join("repo/vendor/module")).unwrap();
        fs::write(root.join(FILE_NAME), "").unwrap();
        fs::write(root.join("repo/bots/deep/bot.yaml"), "").unwrap();
        assert_eq!(find(&root.join("repo/bots/deep")), Some(root.join(FILE_NAME)));
        fs::create_dir(root.join("repo/.git")).unwrap();
        assert_eq!(find(&root.join("repo/bots/deep")), None);
        fs::write(root.join("repo").join(FILE_NAME), "").unwrap();
        assert_eq!(find(&root.join("repo/bots/deep/bot.yaml")), Some(root.join("repo").join(FILE_NAME)));
        fs::write(root.join("repo/bots").join(FILE_NAME), "").unwrap();
        assert_eq!(find(&root.join("repo/bots/deep/bot.yaml")), Some(root.join("repo/bots").join(FILE_NAME)));
        fs::write(root.join("repo/vendor/module/.git"), "gitdir: elsewhere").unwrap();
        assert_eq!(find(&root.join("repo/vendor/module")), None);
    }
}
