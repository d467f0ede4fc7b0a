//! Paths as platforms want them: from the root of the repository, with forward slashes. Looks at no file
//! system: what counts as root is said by the report.

use std::path::{Component, Path, PathBuf};

use super::text;
use crate::diagnostic::Report;
use crate::source::{FileId, Sources};

/// The path of a file, from the root of the repository if it lies there.
pub(super) fn path(file: FileId, report: &Report, sources: &Sources) -> PathBuf {
    let Some(file) = sources.get(file) else { return PathBuf::from("<unknown>") };
    let Some(home) = &report.home else { return tidy(file.path()) };
    let whole = tidy(&home.started_in.join(file.path()));
    whole.strip_prefix(tidy(&home.root)).map(Path::to_path_buf).unwrap_or(whole)
}

/// The same as text that any reader may see.
pub(super) fn shown(file: FileId, report: &Report, sources: &Sources) -> String {
    text::one_line(&text::path(&path(file, report, sources)))
}

/// Takes out `.` and, as far as it can be done by name alone, `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if tidy.file_name().is_some() => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

/// A path as a URI reference: every byte that is no plain letter, digit or separator is written as `%XX`, so
/// that no name is taken for a scheme, a query or an escape.
pub(super) fn uri(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut uri = String::with_capacity(bytes.len() + 8);
    if path.is_absolute() {
        uri.push_str(if bytes.first() == Some(&b'/') { "file://" } else { "file:///" });
    }
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(*byte));
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Home;
    use crate::source::SourceFile;

    fn from(started_in: &str, given: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.push(SourceFile::new(given, ""));
        let home = Home { started_in: started_in.into(), root: "/repo".into() };
        uri(&path(file, &Report { home: Some(home), ..Report::default() }, &sources))
    }

    #[cfg(unix)]
    #[test]
    fn paths_begin_at_the_root_of_the_repository() {
        let cases = [
            ("/repo", "./bots/a.yaml", "bots/a.yaml"),
            ("/repo/bots", "a.yaml", "bots/a.yaml"),
            ("/repo/bots", "../x/./a.yaml", "x/a.yaml"),
            ("/repo", "/repo/bots/a.yaml", "bots/a.yaml"),
            ("/repo", "/etc/bot.yaml", "file:///etc/bot.yaml"),
            ("/repo", "../outside.yaml", "file:///outside.yaml"),
        ];
        for (started_in, given, expected) in cases {
            assert_eq!(from(started_in, given), expected, "{started_in} {given}");
        }
    }

    #[test]
    fn names_are_no_syntax() {
        assert_eq!(uri(Path::new("a b:c?d#e%f/ü.yaml")), "a%20b%3Ac%3Fd%23e%25f/%C3%BC.yaml");
        assert_eq!(uri(Path::new("\n::error.yaml")), "%0A%3A%3Aerror.yaml");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_stay_what_they_are() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(uri(Path::new(std::ffi::OsStr::from_bytes(b"bot\xff.yaml"))), "bot%FF.yaml");
    }
}
