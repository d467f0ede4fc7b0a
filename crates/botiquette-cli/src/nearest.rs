//! Where settings are looked for, on the disk or in a revision: the nearest `botiquette.toml` from a path upwards, up to the repository's root.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::fs::{Reach, Revision, real};
use botiquette::settings::{FILE_NAME, Settings, SettingsError};
use botiquette::source::ReadError;

/// The settings file that holds for a path: in its folder or the nearest one above. The search ends at a folder
/// with `.git` (a folder, or a file in worktrees and submodules) and at the root of the file system.
#[must_use]
pub(super) fn find(path: &Path) -> Option<PathBuf> {
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

/// The settings that hold for a path: the nearest ones, or none.
pub(super) fn read(path: &Path) -> Result<Settings, SettingsError> {
    find(path).map_or_else(|| Ok(Settings::default()), |file| Settings::read(&file))
}

/// The settings that held for a path in a revision, and what they extended; the default where there were none.
pub(super) fn read_at(revision: &Revision, path: &Path) -> Result<Settings, SettingsError> {
    let reach = Arc::new(Reach::at(revision));
    for candidate in candidates(revision.root(), path) {
        match Settings::read_from(&candidate, reach.clone()) {
            Err(SettingsError::Unreadable { source: ReadError::NotFound, .. }) => {}
            result => return result,
        }
    }
    Ok(Settings::default())
}

/// Where the settings for a path may be, below the root of a repository: the nearest first.
fn candidates(root: &Path, path: &Path) -> Vec<PathBuf> {
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
