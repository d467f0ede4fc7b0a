//! Ignore files that are not safe to read, such as a `.gitignore` that is a link to a device. A folder with one is not
//! searched, and the run says so.

use std::fs;
use std::path::{Path, PathBuf};

use botiquette::fs::{is_of_the_system, leads_out, real};
use botiquette::source::MAX_SETTINGS_BYTES;

const NAMES: [&str; 2] = [".gitignore", ".ignore"];

/// The ignore file of a folder that is no small regular file, if there is one.
pub(super) fn unreadable_in(folder: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| folder.join(name)).find(|path| is_unreadable(path))
}

/// The same for a folder and all above it, whose ignore files hold in it, too.
pub(super) fn unreadable_around(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    folder.ancestors().find_map(unreadable_in)
}

fn is_unreadable(path: &Path) -> bool {
    let Ok(own) = fs::symlink_metadata(path) else { return false };
    if own.is_symlink() && (leads_out(path) || real(path).is_ok_and(|real| is_of_the_system(&real))) {
        return true;
    }
    // A link to nothing hides nothing.
    fs::metadata(path).is_ok_and(|it| !it.is_file() || it.len() > MAX_SETTINGS_BYTES)
}
