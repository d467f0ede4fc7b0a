//! Bytes to text: which files a run reads, their encoding, and where lines begin.
//! Knows nothing of bots or syntaxes.

mod discover;
mod file;
mod ignores;
mod lines;
mod links;
mod passed;
mod reach;
mod read;
mod revision;
#[cfg(unix)]
mod signals;
mod span;
mod write;

pub use discover::{Candidate, Discovery, DiscoveryProblem, Ignores, discover, discover_with};
pub use file::{SourceFile, Sources};
pub(crate) use lines::boundary;
pub use lines::{LineIndex, Position};
pub use links::{leads_out, plain, real};
pub use passed::{PassedOver, passed_over};
pub use reach::{MAX_SETTINGS_BYTES, Reach};
pub use read::{MAX_FILE_BYTES, ReadError, decode, decode_within, read, take};
pub use revision::{Revision, RevisionError};
pub use span::{FileId, Place, Span};
pub use write::{Target, append, open_device, replace};
