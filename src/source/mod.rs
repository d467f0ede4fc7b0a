//! Bytes to text: which files a run reads, their encoding, and where lines begin.
//! Knows nothing of bots.

mod span;

pub use span::{FileId, Place, Span};
