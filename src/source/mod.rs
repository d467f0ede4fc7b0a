//! Bytes to text: which files a run reads, their encoding, and where lines begin.
//! Knows nothing of bots.

mod file;
mod span;

pub use file::{Position, SourceFile, Sources};
pub use span::{FileId, Place, Span};
