//! Paths as text.

use std::path::Path;

/// A path as all sentences and reports spell it: bytes that are no UTF-8 become `\xff`, so that two different paths
/// never look the same.
#[must_use]
pub fn spelled(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}
