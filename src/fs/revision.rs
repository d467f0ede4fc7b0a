//! A git revision as a place to read from: what the repository's keepers have agreed on, while the working tree may
//! be a stranger's. Asks the `git` program for plain objects; nothing in the repository is run.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::links::{real, root_of};
use super::paths::plain;
use crate::source::{Earlier, MAX_FILE_BYTES, ReadError, decode_within, take};

/// More than the names of all files of the largest repositories.
const MAX_LISTING_BYTES: u64 = 64 * 1024 * 1024;

/// A commit of a repository.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The repository's folder, without links.
    root: PathBuf,
    /// As the user wrote it.
    name: String,
    commit: String,
}

/// Why a revision cannot be read from.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// The user's, or the build server's, which may have fetched too little.
    #[error("there is no git revision `{name}` here{said}; fetch it first")]
    Unknown {
        /// As the user wrote it.
        name: String,
        /// What git says.
        said: String,
    },
    /// The system's.
    #[error("cannot run git ({0})")]
    NoGit(#[from] io::Error),
}

impl Revision {
    /// The revision of this name in the repository around a folder.
    ///
    /// # Errors
    /// If there is none.
    pub fn open(folder: &Path, name: &str) -> Result<Self, RevisionError> {
        let root = root_of(folder)?;
        let unknown = |said: String| RevisionError::Unknown { name: name.to_owned(), said };
        if name.starts_with('-') {
            return Err(unknown(" (it looks like an option)".to_owned()));
        }
        let commit = format!("{name}^{{commit}}");
        let output = git(&root).args(["rev-parse", "--verify", &commit]).stderr(Stdio::piped()).output()?;
        let commit = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if !output.status.success()
            || commit.is_empty()
            || !commit.bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().next().map(|line| format!(" ({line})")).unwrap_or_default();
            return Err(unknown(said));
        }
        Ok(Self { root, name: name.to_owned(), commit })
    }

    /// The repository's folder, without links.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text that a file had. Links in the working tree do not matter: the path is taken as it is written.
    ///
    /// # Errors
    /// [`ReadError::NotFound`] where it did not exist, and whatever else keeps it from being a text.
    pub fn read(&self, path: &Path, limit: u64) -> Result<String, ReadError> {
        let object = format!("{}:{}", self.commit, self.below(path).ok_or(ReadError::NotFound)?);
        let (bytes, whole) =
            self.ask(&["cat-file", "blob", &object], limit).map_err(ReadError::Unreadable)?;
        match whole {
            true => decode_within(bytes, limit),
            false if bytes.len() as u64 > limit => Err(ReadError::TooLarge { limit }),
            false => Err(ReadError::NotFound),
        }
    }

    /// The files that were below a folder, or the file itself.
    ///
    /// # Errors
    /// What the system says.
    pub fn files_below(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        let Some(below) = self.below(path) else { return Ok(Vec::new()) };
        let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", "--full-tree", &self.commit, "--"];
        if !below.is_empty() {
            arguments.push(&below);
        }
        let (listing, _) = self.ask(&arguments, MAX_LISTING_BYTES)?;
        Ok(self.paths(&listing).collect())
    }

    /// The files that git keeps of the working tree, with or without changes: what ignore files say about them does
    /// not matter to git either.
    ///
    /// # Errors
    /// What the system says.
    pub fn tracked(&self) -> io::Result<HashSet<PathBuf>> {
        let (listing, _) = self.ask(&["ls-files", "-z"], MAX_LISTING_BYTES)?;
        Ok(self.paths(&listing).collect())
    }

    fn paths<'l>(&self, listing: &'l [u8]) -> impl Iterator<Item = PathBuf> + use<'l> {
        let root = self.root.clone();
        let names = listing.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        names.map(move |name| root.join(String::from_utf8_lossy(name).as_ref()))
    }

    /// A path as git has it: from the root, with forward slashes; empty for the root itself.
    fn below(&self, path: &Path) -> Option<String> {
        let below = |path: &Path| path.strip_prefix(&self.root).map(Path::to_path_buf).ok();
        let found = plain(path).and_then(|path| below(&path)).or_else(|| below(&real(path).ok()?))?;
        Some(found.to_str()?.replace('\\', "/"))
    }

    /// What git answers, cut after the limit, and whether that is all and it succeeded.
    fn ask(&self, arguments: &[&str], limit: u64) -> io::Result<(Vec<u8>, bool)> {
        let mut child =
            git(&self.root).args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let answer = match child.stdout.take() {
            Some(stdout) => take(stdout, limit, 0),
            None => Ok(Vec::new()),
        };
        // A program whose answer was cut sees its pipe closed, and ends.
        let success = child.wait()?.success();
        let answer = answer?;
        let whole = success && answer.len() as u64 <= limit;
        Ok((answer, whole))
    }
}

impl Earlier for Revision {
    fn name(&self) -> &str {
        &self.name
    }

    fn text(&self, path: &Path) -> Option<String> {
        self.read(path, MAX_FILE_BYTES).ok()
    }
}

/// git in a folder, with nothing that waits for anybody or fetches anything.
fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(root)
        .args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"])
        .args(["-c", "core.fsmonitor=false"])
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null());
    command
}
