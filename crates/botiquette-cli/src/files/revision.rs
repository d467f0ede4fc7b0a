//! The files of a git revision, chosen as a search of a folder chooses them. What git keeps is looked at, whatever
//! ignore files say.

use std::io;
use std::path::{Path, PathBuf};

use botiquette::fs::Revision;
use botiquette::syntax::Syntax;

use super::discover::{Candidate, is_lock_file, is_other_peoples_code, is_unsearched};

/// The files at a path of a revision: the file itself, or those below the folder that could be a configuration. The
/// path is a whole one, as are those that are returned.
///
/// # Errors
/// If git cannot be asked.
pub(crate) fn files_of(revision: &Revision, path: &Path) -> io::Result<Vec<Candidate>> {
    let mut files: Vec<Candidate> = revision
        .files_below(path)?
        .into_iter()
        .filter_map(|file| {
            let below = file.strip_prefix(path).unwrap_or(&file).to_path_buf();
            let named = below.as_os_str().is_empty();
            (named || is_candidate(&below)).then_some(Candidate { path: file, named })
        })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Whether a search of a folder would look at the file at this path below it.
fn is_candidate(below: &Path) -> bool {
    let mut folders: Vec<PathBuf> = below.components().map(|part| PathBuf::from(part.as_os_str())).collect();
    let Some(name) = folders.pop() else { return false };
    let passed = |folder: &PathBuf| {
        let name = folder.as_os_str();
        is_other_peoples_code(name) || is_unsearched(name)
    };
    !folders.iter().any(passed) && !is_lock_file(name.as_os_str()) && Syntax::from_path(below).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_searched_like_a_folder() {
        for (path, looked_at) in [
            ("bots/a.yaml", true),
            (".github/workflows/stale.yml", true),
            (".env", true),
            (".vscode/a.json", false),
            ("node_modules/x/a.json", false),
            ("package-lock.json", false),
            ("main.py", false),
            ("", false),
        ] {
            assert_eq!(is_candidate(Path::new(path)), looked_at, "{path}");
        }
    }
}
