//! Puts a text in the place of a file: whole or not at all, with the permissions it had, and never through a
//! link that leads out of the folder where we work.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Writes a text beside a file and moves it into its place.
///
/// # Errors
/// What the system says; also where the file is read-only or a link leads out of the current folder.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = target(path)?;
    let permissions = match fs::metadata(&target) {
        Ok(known) if known.permissions().readonly() => return Err(refusal("it is read-only")),
        Ok(known) => Some(known.permissions()),
        Err(_) => None,
    };
    let beside = temporary(&target)?;
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.sync_all()?;
        fs::rename(&beside, &target)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

/// Tries whether [`replace`] could write the file, and changes nothing.
///
/// # Errors
/// Those of [`replace`].
pub fn check_writable(path: &Path) -> io::Result<()> {
    let target = target(path)?;
    match fs::metadata(&target) {
        Ok(known) if known.is_dir() => return Err(refusal("it is a folder")),
        Ok(known) if known.permissions().readonly() => return Err(refusal("it is read-only")),
        _ => {}
    }
    let beside = temporary(&target)?;
    OpenOptions::new().write(true).create_new(true).open(&beside)?;
    fs::remove_file(&beside)
}

/// A name in the same folder, so that moving it is one step.
fn temporary(target: &Path) -> io::Result<PathBuf> {
    let name = target.file_name().ok_or_else(|| refusal("it has no name"))?;
    let mut beside = std::ffi::OsString::from(format!(".botiquette-{}-", std::process::id()));
    beside.push(name);
    Ok(target.with_file_name(beside))
}

/// The file itself, links followed as far as they may be.
fn target(path: &Path) -> io::Result<PathBuf> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|known| known.is_symlink());
    let Ok(real) = path.canonicalize() else {
        return if is_link { Err(refusal("it is a link to nothing")) } else { Ok(path.to_path_buf()) };
    };
    let here = Path::new(".").canonicalize()?;
    let looks_inside = path.is_relative() && path.components().all(|part| part != Component::ParentDir)
        || path.starts_with(&here);
    if !real.starts_with(&here) && (looks_inside || is_link) {
        return Err(refusal("a link leads to it, out of this folder"));
    }
    Ok(real)
}

fn refusal(why: &'static str) -> io::Error {
    io::Error::other(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_nothing_else_is_left_behind() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bot.sh.yaml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
        check_writable(&path).unwrap();
        replace(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o750);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_and_read_only_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.yaml"), folder.path().join("link.yaml"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(replace(&link, "new").is_err());
        let mut permissions = fs::metadata(&real).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&real, permissions).unwrap();
        assert!(replace(&real, "new").is_err() && check_writable(&real).is_err());
        assert_eq!(fs::read_to_string(&real).unwrap(), "old");
    }
}
