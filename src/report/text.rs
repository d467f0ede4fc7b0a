//! Paths, counts and sentences as reports show them, and prose wrapped to a width.
//! Knows nothing of findings or formats.

use std::path::Path;

use unicode_width::UnicodeWidthStr;

#[cfg(feature = "pretty")]
pub(super) use crate::plain::is_unsafe;
pub(super) use crate::plain::{cut, escape, harmless_json, one_line};
use crate::source::spelled;

/// The path with forward slashes, without a leading `./`; bytes that are not UTF-8 become `\xff`,
/// so that two different paths never look the same.
pub(super) fn path(path: &Path) -> String {
    let text = spelled(path);
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

/// The same for a text that begins behind `before` columns, whose further lines are indented.
#[cfg(feature = "pretty")]
pub(super) fn wrap_after(before: usize, indent: usize, text: &str, width: usize) -> Vec<String> {
    // A word of the right width keeps the place of what stands before.
    let place = "x".repeat(before.saturating_sub(1).max(1));
    let first = wrap(&format!("{place} {}", one_line(text)), width).into_iter().next().unwrap_or_default();
    let first = first.get(place.len()..).unwrap_or_default().trim_start().to_owned();
    let rest = one_line(text).get(first.len()..).unwrap_or_default().trim_start().to_owned();
    let mut lines = vec![first];
    if !rest.is_empty() {
        lines.extend(wrap(&rest, width.saturating_sub(indent).max(20)));
    }
    lines
}

/// `1 file`, `2 files`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The text without anything that a build server takes for a command when it reads our output: `##[…]` anywhere,
/// `::…` at the beginning of a line.
pub(super) fn tame(text: &str) -> String {
    crate::plain::guarded(text, false)
}

/// A title or label as a sentence: on one line, with a capital and a full stop; empty stays empty.
pub(super) fn sentence(text: &str) -> String {
    let text = one_line(text);
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return text };
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_sentences() {
        assert_eq!(sentence("follows back"), "Follows back.");
        assert_eq!((sentence(""), sentence("why?").as_str()), (String::new(), "Why?"));
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

    #[cfg(feature = "pretty")]
    #[test]
    fn titles_go_on_below_where_they_begin() {
        assert_eq!(wrap_after(6, 2, "one two three four", 14), ["one two", "three four"]);
        assert_eq!(wrap_after(6, 2, "one", 14), ["one"]);
        assert_eq!(wrap_after(20, 2, "onetwothree four", 14), ["", "onetwothree four"]);
        assert_eq!(wrap_after(6, 2, "", 14), [""]);
    }

    #[test]
    fn prose_is_wrapped_by_columns() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("see https://example.org/long now", 8), ["see", "https://example.org/long", "now"]);
        assert_eq!(wrap("フォロー して", 9), ["フォロー", "して"]);
    }
}
