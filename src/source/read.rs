//! The bytes of one file to text, or the reason why they are none, wherever the bytes come from. Messages complete the
//! sentence "PATH: …" and say what to do.

use std::io::{self, Read};
use std::path::PathBuf;

/// Largest file that is read by default: 16 MiB, a hundred times the largest configuration seen in the wild.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Largest file of settings or of a rule: 1 MiB. Nobody writes more by hand.
pub const MAX_SETTINGS_BYTES: u64 = 1024 * 1024;

/// Why a file gives no text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("there is no such file; check the path")]
    NotFound,
    /// The system refuses.
    #[error("cannot be read ({0}); check that it is a file and that you may read it")]
    Unreadable(#[source] io::Error),
    /// A folder, a pipe, a device: nothing whose end is known.
    #[error("is no regular file; give the text of a pipe on standard input (`-`)")]
    NotRegular,
    /// A link that stands in a repository leads out of it.
    #[error("a symbolic link leads to it, out of the repository; name the file itself")]
    LeavesRepository,
    /// Settings name something that they may not reach.
    #[error("is out of reach: settings read files below {} only", super::spelled(.root))]
    OutOfReach {
        /// The folder that they may reach into.
        root: PathBuf,
    },
    /// Settings name something else than settings or rules.
    #[error("is no `*.toml` file")]
    NotToml,
    /// More bytes than allowed.
    #[error("is larger than {limit} bytes; raise the limit on file size or exclude the file")]
    TooLarge {
        /// The limit in force, in bytes.
        limit: u64,
    },
    /// A NUL byte, which no text holds.
    #[error("looks like a binary file (NUL at byte {offset}); exclude it")]
    Binary {
        /// Where the first NUL is.
        offset: usize,
    },
    /// A UTF-16 byte order mark.
    #[error("is UTF-16 text; re-save it as UTF-8")]
    Utf16,
    /// Some other encoding.
    #[error("is not UTF-8 text (first bad byte at {offset}); re-save it as UTF-8")]
    NotUtf8 {
        /// Where the first byte stands that is not UTF-8.
        offset: usize,
    },
}

impl ReadError {
    /// Whether the file was read and is simply no text. A caller may stay quiet about such a file when
    /// nobody named it.
    #[must_use]
    pub fn is_not_text(&self) -> bool {
        matches!(self, Self::Binary { .. } | Self::Utf16 | Self::NotUtf8 { .. })
    }

    /// What the file is, where nobody needs to worry unless they named it: no text, or far too large.
    #[must_use]
    pub fn harmless(&self) -> Option<&'static str> {
        match self {
            Self::Binary { .. } => Some("a binary file"),
            Self::Utf16 => Some("UTF-16 text; re-save it as UTF-8"),
            Self::NotUtf8 { .. } => Some("not UTF-8 text"),
            Self::TooLarge { .. } => Some("too large for a configuration"),
            _ => None,
        }
    }
}

/// Reads a stream that has no size (standard input) up to one byte more than [`decode_within`] takes.
///
/// # Errors
/// What the system says.
pub fn take(stream: impl Read, limit: u64, expected: usize) -> io::Result<Vec<u8>> {
    // The size that the system names may be wrong (a growing file), so the read is capped in any case.
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Turns at most `limit` bytes that were read into text.
///
/// # Errors
/// [`ReadError::TooLarge`], and those of [`decode`].
pub fn decode_within(bytes: Vec<u8>, limit: u64) -> Result<String, ReadError> {
    if bytes.len() as u64 > limit { Err(ReadError::TooLarge { limit }) } else { decode(bytes) }
}

/// Turns bytes that were read elsewhere into text.
///
/// # Errors
/// [`ReadError::Utf16`], [`ReadError::Binary`] or [`ReadError::NotUtf8`].
pub fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ReadError::Utf16);
    }
    if let Some(offset) = memchr::memchr(0, &bytes) {
        return Err(ReadError::Binary { offset });
    }
    String::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 { offset: error.utf8_error().valid_up_to() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_byte_order_mark() {
        assert_eq!(decode(b"\xef\xbb\xbfa: 1".to_vec()).unwrap(), "\u{feff}a: 1");
    }

    #[test]
    fn says_why_bytes_are_no_text() {
        let message = |bytes: &[u8]| {
            let error = decode(bytes.to_vec()).unwrap_err();
            assert!(error.is_not_text());
            error.to_string()
        };
        assert_eq!(message(b"\xff\xfea\0"), "is UTF-16 text; re-save it as UTF-8");
        assert_eq!(message(b"\xfe\xff\0a"), "is UTF-16 text; re-save it as UTF-8");
        assert_eq!(message(b"a\0b"), "looks like a binary file (NUL at byte 1); exclude it");
        assert_eq!(message(b"caf\xe9: 1"), "is not UTF-8 text (first bad byte at 3); re-save it as UTF-8");
    }

    #[test]
    fn refuses_what_is_too_large() {
        assert!(matches!(decode_within(vec![b'a'; 11], 10), Err(ReadError::TooLarge { limit: 10 })));
    }
}
