//! Paths and the `file:` addresses that editors call them by.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;

/// The path of a `file:` address; none of what is no file, or has no absolute path.
pub(crate) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    // `file://host/share` is a share of another machine.
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decoded(path.strip_prefix('/').map(|_| path)?)?;
    let path = if cfg!(windows) { path.trim_start_matches('/').replace('/', "\\") } else { path };
    Some(PathBuf::from(path)).filter(|path| path.is_absolute())
}

/// The address of an absolute path.
pub(crate) fn of_path(path: &Path) -> Option<Uri> {
    let text = path.to_str()?;
    let text = if cfg!(windows) { format!("/{}", text.replace('\\', "/")) } else { text.to_owned() };
    let mut uri = String::from("file://");
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri::from_str(&uri).ok()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_as_they_went() {
        for path in ["/a/b.yaml", "/with space/ü#?%.yaml", "/c:/x"] {
            let uri = of_path(Path::new(path)).unwrap();
            assert_eq!(to_path(&uri).as_deref(), Some(Path::new(path)), "{}", uri.as_str());
        }
        let path = |uri: &str| to_path(&Uri::from_str(uri).unwrap());
        assert_eq!(path("file:///a%2Fb?x#y"), Some(PathBuf::from("/a/b")));
        assert_eq!(path("file://localhost/a"), Some(PathBuf::from("/a")));
        for no_file in ["untitled:Untitled-1", "file://server/share", "file:///%ff", "https://e.org/a.yaml"] {
            assert_eq!(path(no_file), None, "{no_file}");
        }
    }
}
