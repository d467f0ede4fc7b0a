//! What a run is given: inputs, with their texts or why they have none.

use std::path::PathBuf;
use std::sync::Arc;

use crate::dialect::Tool;
use crate::rules::Rulebook;
use crate::source::ReadError;

/// One thing to lint.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file with its text.
    File(Loaded),
    /// Something that could not be looked at: a sentence that begins with its path.
    Problem(String),
    /// Bytes that came from standard input, or have no file for some other reason.
    Stdin {
        /// The name it is shown under and recognised by.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// What to lint and how.
#[derive(Clone, Debug)]
pub struct Request<'r> {
    /// The inputs, in the order of the report.
    pub inputs: Vec<Input>,
    /// Read every input as this dialect instead of recognising it.
    pub dialect: Option<Tool<'r>>,
    /// The rules, with those switched on that shall run.
    pub rulebook: &'r Rulebook,
}

/// A file on its way.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its name, as it is shown and recognised.
    pub path: PathBuf,
    /// Whether the user named it, as opposed to a folder that holds it.
    pub named: bool,
    /// Whether ignore files would hide it, were they heeded.
    pub hidden: bool,
    /// Its text.
    pub text: Result<String, NoText>,
}

/// Why a file has no text.
#[derive(Clone, Debug)]
pub enum NoText {
    /// It could not be read.
    Unread(Arc<ReadError>),
    /// It is left out, for this reason.
    Excluded(&'static str),
}
