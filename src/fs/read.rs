//! The one reader of files, whether they are named or found.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use crate::source::{ReadError, decode_within, take};

/// Reads a regular file of at most `limit` bytes as UTF-8 text. A byte order mark stays.
///
/// # Errors
/// See [`ReadError`].
pub fn read(path: &Path, limit: u64) -> Result<String, ReadError> {
    let from_io = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::Unreadable(error),
    };
    let file = open(path).map_err(from_io)?;
    let metadata = file.metadata().map_err(from_io)?;
    if !metadata.is_file() {
        return Err(ReadError::NotRegular);
    }
    if metadata.len() > limit {
        return Err(ReadError::TooLarge { limit });
    }
    let expected = usize::try_from(metadata.len()).unwrap_or(0);
    decode_within(take(file, limit, expected).map_err(from_io)?, limit)
}

/// Opens a file to read it, and waits for nobody: a pipe without a writer would never open.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_missing_or_too_large() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        assert!(matches!(read(&path, 10), Err(ReadError::NotFound)));
        std::fs::write(&path, "0123456789").unwrap();
        assert_eq!(read(&path, 10).unwrap(), "0123456789");
        assert!(matches!(read(&path, 9), Err(ReadError::TooLarge { limit: 9 })));
        let error = read(folder.path(), 10_000_000).unwrap_err();
        assert!(matches!(error, ReadError::NotRegular) && !error.is_not_text());
    }
}
