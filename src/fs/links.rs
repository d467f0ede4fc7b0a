//! Where a path really leads, link by link. What is linted may be a stranger's, and a symbolic link in it may lead
//! anywhere: code that reads or writes asks here first, and can say why a path is refused.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// More links in one path are a circle; systems stop at the same number.
const MOST_LINKS: usize = 40;

/// A path with its links resolved, and the links on the way.
#[derive(Debug)]
pub struct Followed {
    /// Where it leads, without links, `.` and `..`. Nothing need be there.
    pub real: PathBuf,
    /// Where each link on the way stands, itself without links.
    links: Vec<PathBuf>,
    /// Whether the path itself is a link, as opposed to a folder on its way.
    pub is_link: bool,
}

/// A step on the way.
enum Step {
    Start(PathBuf),
    Up,
    Down(OsString),
}

/// Resolves a path.
///
/// # Errors
/// If a folder on the way is missing or cannot be searched, or links form a circle.
pub fn follow(path: &Path) -> io::Result<Followed> {
    let mut found = Followed { real: PathBuf::new(), links: Vec::new(), is_link: false };
    // The next step is at the end.
    let mut ahead = steps(&std::path::absolute(path)?);
    while let Some(step) = ahead.pop() {
        let name = match step {
            Step::Start(root) => {
                found.real = root;
                continue;
            }
            Step::Up => {
                found.real.pop();
                continue;
            }
            Step::Down(name) => name,
        };
        let next = found.real.join(name);
        match fs::symlink_metadata(&next) {
            Ok(metadata) if metadata.is_symlink() => {
                if found.links.len() >= MOST_LINKS {
                    return Err(io::Error::other("symbolic links lead in a circle"));
                }
                found.is_link |= ahead.is_empty();
                ahead.extend(steps(&fs::read_link(&next)?));
                found.links.push(next);
            }
            Ok(_) => found.real = next,
            Err(error) if error.kind() == io::ErrorKind::NotFound && ahead.is_empty() => found.real = next,
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The steps of a path, the first one last.
fn steps(path: &Path) -> Vec<Step> {
    let mut root = PathBuf::new();
    let mut steps = Vec::new();
    for part in path.components() {
        match part {
            Component::Prefix(_) | Component::RootDir => root.push(part),
            Component::CurDir => {}
            Component::ParentDir => steps.push(Step::Up),
            Component::Normal(name) => steps.push(Step::Down(name.to_owned())),
        }
    }
    if !root.as_os_str().is_empty() {
        steps.insert(0, Step::Start(root));
    }
    steps.reverse();
    steps
}

impl Followed {
    /// Whether a link on the way may be a stranger's: it stands in a repository or below the current folder.
    #[must_use]
    pub fn passes_a_strangers_link(&self) -> bool {
        let here = follow(Path::new(".")).map(|here| here.real).ok();
        self.links.iter().filter(|link| !is_of_the_system(link)).any(|link| {
            here.as_ref().is_some_and(|here| link.starts_with(here)) || repository_around(link).is_some()
        })
    }

    /// Whether a link that stands in a repository has led out of it.
    #[must_use]
    pub fn leaves_a_repository(&self) -> bool {
        let mut roots = self.links.iter().filter_map(|link| repository_around(link));
        roots.any(|root| !self.real.starts_with(root))
    }
}

/// A path without links, `.` and `..`. Nothing need be there.
///
/// # Errors
/// If a folder on the way is missing or cannot be searched.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    follow(path).map(|found| found.real)
}

/// Whether a link that stands in a repository leads this path out of it: a stranger may have put it there.
#[must_use]
pub fn leads_out(path: &Path) -> bool {
    follow(path).is_ok_and(|found| found.leaves_a_repository())
}

/// The folder with `.git` that holds this real path; in worktrees and submodules `.git` is a file.
fn repository_around(real: &Path) -> Option<&Path> {
    real.ancestors().skip(1).find(|folder| folder.join(".git").exists())
}

/// The repository that a folder is in, or else the folder itself, without links.
pub(super) fn root_of(folder: &Path) -> io::Result<PathBuf> {
    let real = follow(folder)?.real;
    let root = real.ancestors().find(|folder| folder.join(".git").exists());
    Ok(root.unwrap_or(&real).to_path_buf())
}

/// Whether a real path belongs to the system rather than to anybody's files: what is read there may be the memory
/// of a process, and what is written there is no file.
#[must_use]
pub fn is_of_the_system(real: &Path) -> bool {
    cfg!(unix) && ["/proc", "/sys", "/dev"].iter().any(|folder| real.starts_with(folder))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let root = follow(folder.path()).unwrap().real;
        fs::create_dir_all(root.join("repo/.git")).unwrap();
        fs::create_dir_all(root.join("repo/bots")).unwrap();
        fs::write(root.join("repo/bots/a.yaml"), "").unwrap();
        fs::write(root.join("secret"), "").unwrap();
        symlink("bots/a.yaml", root.join("repo/inside")).unwrap();
        symlink("../../secret", root.join("repo/bots/outside")).unwrap();
        symlink("bots", root.join("repo/folder")).unwrap();
        symlink("repo/bots/outside", root.join("mine")).unwrap();
        symlink("circle", root.join("circle")).unwrap();
        // Path, where it leads, whether it is a link itself, whether it leaves the repository.
        for (path, real, is_link, leaves) in [
            ("repo/bots/a.yaml", "repo/bots/a.yaml", false, false),
            ("repo/inside", "repo/bots/a.yaml", true, false),
            ("repo/folder/a.yaml", "repo/bots/a.yaml", false, false),
            ("repo/folder/../new", "repo/new", false, false),
            ("repo/bots/outside", "secret", true, true),
            ("repo/folder/outside", "secret", true, true),
            ("mine", "secret", true, true),
            ("secret", "secret", false, false),
        ] {
            let found = follow(&root.join(path)).unwrap();
            assert_eq!(found.real, root.join(real), "{path}");
            assert_eq!((found.is_link, found.leaves_a_repository()), (is_link, leaves), "{path}");
        }
        assert!(follow(&root.join("circle")).is_err());
        assert!(follow(&root.join("nowhere/new")).is_err());
    }
}
