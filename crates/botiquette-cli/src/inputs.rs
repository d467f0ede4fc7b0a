//! What a run looks at and how it reads it: the arguments that `lint`, `describe` and `graph` have in common.

use std::io;
use std::path::{Path, PathBuf};

use botiquette::Input;
use botiquette::settings::is_pattern;
use botiquette::source::{MAX_FILE_BYTES, take};

use super::Failure;

/// The name of what has none.
const STDIN: &str = "<stdin>";

#[derive(clap::Args, Clone, Debug)]
pub(super) struct Inputs {
    /// Files and folders; `-` reads standard input [default: .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Read standard input under this name: it decides about settings and dialect, and is reported
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,

    /// Read every input as this dialect instead of recognising it (see `botiquette dialects`)
    #[arg(long, value_name = "NAME")]
    pub(super) dialect: Option<String>,

    /// Use these settings for all files instead of those nearest to each
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,

    /// Use no settings file
    #[arg(long)]
    pub(super) no_config: bool,

    /// Obey nothing that the linted folder says about linting: no settings found there, no
    /// comments, no ignore files
    #[arg(long, conflicts_with = "force_exclude")]
    pub(super) isolated: bool,

    /// Leave out what a search finds and this pattern fits, as in .gitignore; may be given several times
    #[arg(long, value_name = "PATTERN")]
    pub(super) exclude: Vec<String>,

    /// Exclude files that are named here, too
    #[arg(long)]
    pub(super) force_exclude: bool,
}

impl Inputs {
    /// What can be known to be wrong before anything is read.
    pub(super) fn check(&self) -> Result<(), Failure> {
        needs_file("--config", self.config.as_deref())?;
        if let Some(pattern) = self.exclude.iter().find(|pattern| !is_pattern(pattern)) {
            let why = "this pattern cannot be used; it is written as in .gitignore";
            return Err(Failure::Usage(format!("--exclude `{pattern}`: {why}")));
        }
        if self.paths.iter().filter(|path| is_stdin(path)).count() > 1 {
            return Err(Failure::Usage("standard input (`-`) can be read only once".to_owned()));
        }
        Ok(())
    }

    /// Whether standard input is among the inputs. A name for it says so, too.
    pub(super) fn reads_stdin(&self) -> bool {
        self.stdin_filename.is_some() || self.paths.iter().any(|path| is_stdin(path))
    }

    /// The files and folders; the current folder where nothing is named.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() && !self.reads_stdin() {
            return vec![PathBuf::from(".")];
        }
        self.paths.iter().filter(|path| !is_stdin(path)).cloned().collect()
    }

    /// Every path that says where settings are looked for, standard input by its name.
    pub(super) fn shown(&self) -> Vec<PathBuf> {
        let mut shown = self.paths();
        shown.extend(self.reads_stdin().then(|| PathBuf::from(self.stdin_name())));
        shown
    }

    fn stdin_name(&self) -> &str {
        self.stdin_filename.as_deref().unwrap_or(STDIN)
    }

    /// What comes from standard input, if it is asked for.
    pub(super) fn typed(&self) -> Result<Option<Input>, Failure> {
        if !self.reads_stdin() {
            return Ok(None);
        }
        let bytes = take(io::stdin().lock(), MAX_FILE_BYTES, 0)
            .map_err(|source| Failure::System { doing: "read standard input", source })?;
        Ok(Some(Input::Stdin { name: self.stdin_name().to_owned(), bytes }))
    }
}

/// Refuses `-` where only a file will do.
pub(super) fn needs_file(option: &str, file: Option<&Path>) -> Result<(), Failure> {
    if file.is_some_and(is_stdin) {
        return Err(Failure::Usage(format!("{option} needs a file; write `./-` if it is called `-`")));
    }
    Ok(())
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}
