//! The two versions that are compared: on the disk or in git revisions. Each file gets the name that it has in both,
//! so that both are read under the same settings, and what differs is the bot and not the linter.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::fs::{Revision, plain, real};
use botiquette::source::{MAX_FILE_BYTES, spelled};
use botiquette::{Input, Loaded, NoText};

use super::Arguments;
use crate::Failure;
use crate::files::{Candidate, Ignores, Search, files_of};

/// A version: its files by the name that both versions have for them.
#[derive(Default)]
pub(super) struct Version {
    /// As the user wrote it.
    pub(super) name: String,
    /// The files.
    pub(super) files: Vec<File>,
    /// What could not be looked at.
    pub(super) problems: Vec<String>,
    /// Where it is read from, unless from the disk.
    pub(super) revision: Option<Revision>,
}

/// A file of a version.
pub(super) struct File {
    /// The path under which it is read: that of the older version.
    pub(super) path: PathBuf,
    /// Where it really is, for people.
    pub(super) shown: String,
    /// Whether the user named it.
    pub(super) named: bool,
    pub(super) text: Result<String, NoText>,
}

/// Where a version is.
struct Place {
    revision: Option<Revision>,
    /// A whole path in a revision, as it was written on the disk.
    path: PathBuf,
}

/// Both versions that the arguments name.
pub(super) fn versions(arguments: &Arguments) -> Result<(Version, Version), Failure> {
    let ignores = if arguments.isolated { Ignores::Unheeded } else { Ignores::Heeded };
    if let Some(range) = &arguments.revision {
        return of_range(range, &arguments.paths, ignores);
    }
    let [old, new] = arguments.paths.as_slice() else {
        let why = "two versions are compared: name OLD and NEW, or `--revision A..B`";
        return Err(Failure::Usage(why.to_owned()));
    };
    let (before, after) = (place(old)?, place(new)?);
    let mut old = read(&before, old, ignores)?;
    let mut new = read(&after, new, ignores)?;
    for (version, place) in [(&old, &before), (&new, &after)] {
        if version.files.is_empty() && version.problems.is_empty() && place.revision.is_some() {
            return Err(missing(&version.name));
        }
    }
    let (from, to) = (labelled(&before.path), labelled(&after.path));
    relabel(&mut old, &from, &from);
    relabel(&mut new, &to, &from);
    Ok((old, new))
}

fn missing(name: &str) -> Failure {
    let how = "paths of a revision begin at the root of its repository, or with `./` here";
    Failure::Usage(format!("{name}: there is no such file or folder; {how}"))
}

/// Two revisions, or one and the working tree, of the same paths.
fn of_range(range: &str, paths: &[String], ignores: Ignores) -> Result<(Version, Version), Failure> {
    let (from, to) = range.split_once("..").unwrap_or((range, ""));
    if to.starts_with('.') || to.contains("..") || from.is_empty() {
        let why = "is no range of revisions; write A..B, or A for what changed since then";
        return Err(Failure::Usage(format!("--revision `{range}` {why}")));
    }
    let here = [".".to_owned()];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut old = Version { name: from.to_owned(), revision: Some(revision(from)?), ..Version::default() };
    let to_disk = to.is_empty();
    let mut new = Version {
        name: if to_disk { "the working tree".to_owned() } else { to.to_owned() },
        revision: if to_disk { None } else { Some(revision(to)?) },
        ..Version::default()
    };
    for path in paths {
        let whole = plain(Path::new(path)).unwrap_or_else(|| PathBuf::from(path));
        let mut found = false;
        for version in [&mut old, &mut new] {
            if version.revision.is_none() && !Path::new(path).exists() {
                continue;
            }
            let place = match version.revision.clone() {
                Some(revision) => Place { path: within(&revision, &whole), revision: Some(revision) },
                None => Place { revision: None, path: PathBuf::from(path) },
            };
            let mut more = read(&place, path, ignores)?;
            found |= !more.files.is_empty() || !more.problems.is_empty() || place.revision.is_none();
            for file in &mut more.files {
                file.path = labelled(&file.path);
            }
            version.files.append(&mut more.files);
            version.problems.append(&mut more.problems);
        }
        if !found {
            return Err(Failure::Usage(format!("{path}: there is no such file or folder in both versions")));
        }
    }
    for file in &mut new.files {
        file.shown = spelled(&file.path);
    }
    Ok((old, new))
}

fn revision(name: &str) -> Result<Revision, Failure> {
    Revision::open(Path::new("."), name).map_err(|error| Failure::Usage(error.to_string()))
}

/// `REV:path`, or a path of the disk. What is there is a path, whatever it is called.
fn place(text: &str) -> Result<Place, Failure> {
    if text == "-" {
        let why =
            "standard input cannot be compared; write it to a file first, or `./-` if a file is called `-`";
        return Err(Failure::Usage(why.to_owned()));
    }
    let on_disk = || Place { revision: None, path: PathBuf::from(text) };
    // A letter before the colon is a drive of Windows.
    let Some((name, path)) = text.split_once(':').filter(|(name, _)| name.len() > usize::from(cfg!(windows)))
    else {
        return Ok(on_disk());
    };
    if name.is_empty() || Path::new(text).exists() {
        return Ok(on_disk());
    }
    let revision = revision(name)?;
    let is_from_here = path == "." || path.starts_with("./") || path.starts_with("../");
    let path = match is_from_here {
        true => within(&revision, &plain(Path::new(path)).unwrap_or_default()),
        false => plain(&revision.root().join(path)).unwrap_or_else(|| revision.root().to_path_buf()),
    };
    Ok(Place { revision: Some(revision), path })
}

/// A whole path as it is below the root of a repository, which has no links.
fn within(revision: &Revision, path: &Path) -> PathBuf {
    if path.starts_with(revision.root()) {
        return path.to_path_buf();
    }
    let (Some(here), Ok(really)) = (plain(Path::new(".")), real(Path::new("."))) else {
        return path.to_path_buf();
    };
    path.strip_prefix(here).map(|below| really.join(below)).unwrap_or_else(|_| path.to_path_buf())
}

/// The files at a place.
fn read(place: &Place, name: &str, ignores: Ignores) -> Result<Version, Failure> {
    let mut version =
        Version { name: name.to_owned(), revision: place.revision.clone(), ..Version::default() };
    let Some(revision) = &place.revision else {
        let search = Search::new(std::slice::from_ref(&place.path), ignores, None, |_| None);
        for input in search.inputs() {
            match input {
                Input::Problem(problem) => version.problems.push(problem),
                Input::File(Loaded { path, named, text, .. }) => {
                    version.files.push(File { shown: spelled(&path), path, named, text });
                }
                Input::Stdin { .. } => {}
            }
        }
        return Ok(version);
    };
    let files = files_of(revision, &place.path)
        .map_err(|source| Failure::System { doing: "list the files of a revision", source })?;
    for Candidate { path, named } in files {
        let below = path.strip_prefix(revision.root()).unwrap_or(&path);
        let revision_name = botiquette::source::Earlier::name(revision);
        let shown = format!("{revision_name}:{}", spelled(below).replace('\\', "/"));
        let text = revision.read(&path, MAX_FILE_BYTES).map_err(|error| NoText::Unread(Arc::new(error)));
        version.files.push(File { path, shown, named, text });
    }
    Ok(version)
}

/// A path as it is seen from here.
fn labelled(path: &Path) -> PathBuf {
    let whole = plain(path).unwrap_or_else(|| path.to_path_buf());
    let heres = [plain(Path::new(".")), real(Path::new(".")).ok()];
    let below = heres.iter().flatten().find_map(|here| whole.strip_prefix(here).ok());
    below.map_or_else(|| whole.clone(), Path::to_path_buf)
}

/// Gives the files the paths that they would have in the other version; of two single files, the folder.
fn relabel(version: &mut Version, own: &Path, other: &Path) {
    for file in &mut version.files {
        let path = labelled(&file.path);
        file.path = match path.strip_prefix(own) {
            Ok(below) if !below.as_os_str().is_empty() => other.join(below),
            _ => match (other.parent(), path.file_name()) {
                (Some(folder), Some(name)) if file.named => folder.join(name),
                _ => path,
            },
        };
    }
}

impl Version {
    /// The file that is read under this path.
    pub(super) fn file(&self, path: &Path) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// What is read, without the files that are left out.
    pub(super) fn inputs(&self, left_out: &BTreeMap<PathBuf, String>) -> Vec<Input> {
        let files = self.files.iter().filter(|file| !left_out.contains_key(&file.path));
        let input = |file: &File| {
            Input::File(Loaded {
                path: file.path.clone(),
                named: file.named,
                hidden: false,
                text: file.text.clone(),
            })
        };
        files.map(input).collect()
    }
}
