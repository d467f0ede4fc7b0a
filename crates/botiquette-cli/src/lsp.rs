//! `botiquette lsp`: the language server on standard input and output, for editors. It finds files and settings as
//! `lint` does.

use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use botiquette::syntax::Syntax;

use super::files::discover;
use super::{Failure, Verdict, governing};

/// Serve an editor: findings while typing, over the Language Server Protocol
///
/// Editors start it by themselves; docs/editors.md says how to set them up.
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Speak on standard input and output, as it always does; some editors say so
    #[arg(long, hide = true)]
    stdio: bool,
}

/// The files and settings that `lint` finds.
struct Found;

impl botiquette_lsp::Disk for Found {
    fn files(&self, folder: &Path) -> Vec<PathBuf> {
        let found = discover([folder], |path| Syntax::from_path(path).is_some());
        found.files.into_iter().map(|file| file.path).collect()
    }

    fn settings(&self, file: &Path) -> Option<PathBuf> {
        governing::of(file)
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let Arguments { stdio: _ } = arguments;
    let said_goodbye = botiquette_lsp::serve(&Found, BufReader::new(io::stdin()), io::stdout());
    Ok(if said_goodbye { Verdict::Clean } else { Verdict::Findings })
}
