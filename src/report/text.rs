//! Text from configurations and paths, made safe to show, and prose wrapped to a width.
//! Knows nothing of findings or formats.

use std::borrow::Cow;
use std::path::Path;

use unicode_width::UnicodeWidthStr;

/// Whether a terminal or a reader could be fooled by it: control characters, bidirectional
/// overrides, and characters that are there but cannot be seen.
pub(super) fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with every unsafe character written out, as in `\u{1b}`.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_unsafe(character) {
            safe.extend(character.escape_unicode());
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

/// The text on one line, safe to show: white space of any kind becomes one space.
#[must_use]
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    escape(&words.join(" ")).into_owned()
}

/// The path with forward slashes, without a leading `./`; bytes that are not UTF-8 become `\xff`,
/// so that two different paths never look the same.
pub(super) fn path(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    match text.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => text,
    }
}

/// Breaks the text into lines of at most `width` columns, at white space. A word that is longer
/// keeps a line of its own, so that addresses can still be copied.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = one_line(text);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `1 file`, `2 files`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_fool_a_reader_is_written_out() {
        assert_eq!(escape("a\u{1b}[31mb\u{202e}c\u{200b}"), "a\\u{1b}[31mb\\u{202e}c\\u{200b}");
        assert_eq!(escape("größer 🤖 フォロー"), "größer 🤖 フォロー");
        assert_eq!(one_line("one\n\ttwo\r\nthree"), "one two three");
    }

    #[test]
    fn paths_are_the_same_everywhere() {
        assert_eq!(path(Path::new("./bots/a.yaml")), "bots/a.yaml");
        assert_eq!(path(Path::new(".")), ".");
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_no_text_stay_apart() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let shown = |bytes| path(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(shown(b"bot\xff.yaml"), "bot\\xff.yaml");
        assert_ne!(shown(b"bot\xfe.yaml"), shown(b"bot\xff.yaml"));
    }

    #[test]
    fn prose_is_wrapped_by_columns() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("see https://example.org/long now", 8), ["see", "https://example.org/long", "now"]);
        assert_eq!(wrap("フォロー して", 9), ["フォロー", "して"]);
    }
}
