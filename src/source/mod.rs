//! Bytes to text: which files a run reads, their encoding, and where lines begin.
//! Knows nothing of bots or syntaxes.

mod discover;
mod file;
mod lines;
mod passed;
mod read;
mod span;
mod write;

pub use discover::{Candidate, Discovery, DiscoveryProblem, discover};
pub use file::{SourceFile, Sources};
pub use lines::{LineIndex, Position};
pub use passed::{PassedOver, passed_over};
pub use read::{MAX_FILE_BYTES, ReadError, decode, read};
pub use span::{FileId, Place, Span};
pub use write::{check_writable, replace};
