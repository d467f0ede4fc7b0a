//! Bytes to text: encoding, where lines begin, and places in texts.
//! Knows nothing of bots, syntaxes or file systems.

mod file;
mod files;
mod lines;
mod read;
mod span;
mod spelled;

pub use file::{SourceFile, Sources};
pub use files::{Earlier, Files};
#[cfg(feature = "fs")]
pub(crate) use files::{is_package, is_toml};
pub(crate) use lines::boundary;
pub use lines::{LineIndex, Position, Utf16Position};
pub use read::{MAX_FILE_BYTES, MAX_SETTINGS_BYTES, ReadError, decode, decode_within, take};
pub use span::{FileId, Place, Span};
pub use spelled::spelled;
