//! botiquette reads the configuration a bot will run, works out what that bot will do to people,
//! and points at the lines that make it antisocial, with what to do instead.

pub mod diagnostic;
pub mod report;
pub mod source;

use std::path::PathBuf;

use diagnostic::Report;
use source::Sources;

/// One thing to lint.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file, or a folder to search.
    Path(PathBuf),
    /// Text that came from standard input.
    Stdin {
        /// The name it is shown under and recognised by.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// Which rules run: rule names or family names.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these; empty means all.
    pub select: Vec<String>,
    /// Never these.
    pub ignore: Vec<String>,
}

/// What to lint and how.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The inputs, in the order of the report.
    pub inputs: Vec<Input>,
    /// Read every input as this dialect instead of recognising it.
    pub dialect: Option<String>,
    /// Which rules run.
    pub selection: Selection,
    /// How many threads; as many as there are cores when not given.
    pub jobs: Option<usize>,
}

/// The report of a run and the texts its places point into.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What was found.
    pub report: Report,
    /// The files of the run.
    pub sources: Sources,
}

/// Lints the inputs. (Stub.)
#[must_use]
pub fn lint(_request: &Request) -> Outcome {
    Outcome::default()
}
