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

/// The text with every unsafe character written out, as in `\u{1b}`, and without commands to build servers.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        let orders = COMMANDS.iter().any(|command| text.contains(command));
        return if orders { Cow::Owned(tame_with(text, "\\u{5b}")) } else { Cow::Borrowed(text) };
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_unsafe(character) {
            safe.extend(character.escape_unicode());
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(tame_with(&safe, "\\u{5b}"))
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

/// Writes as `\uXXXX` what JSON allows but a terminal might obey. Such characters stand only within
/// strings, except the line feeds between fields.
pub(super) fn harmless_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        if character != '\n' && is_unsafe(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(character);
        }
    }
    tame_with(&safe, "\\u005b")
}

/// How commands to build servers begin that are obeyed anywhere in a line of output.
const COMMANDS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

fn tame_with(text: &str, bracket: &str) -> String {
    let mut text = text.to_owned();
    for command in COMMANDS.iter().filter_map(|command| command.strip_suffix('[')) {
        text = text.replace(&format!("{command}["), &format!("{command}{bracket}"));
    }
    text
}

/// The text without anything that a build server takes for a command when it reads our output: `##[…]` anywhere,
/// `::…` at the beginning of a line.
pub(super) fn tame(text: &str) -> String {
    let mut tame = String::with_capacity(text.len());
    for line in tame_with(text, "\\u{5b}").split_inclusive('\n') {
        match line.trim_start().strip_prefix("::") {
            Some(rest) => {
                let indent = line.len() - line.trim_start().len();
                tame.push_str(line.get(..indent).unwrap_or(""));
                tame.push_str("\\u{3a}:");
                tame.push_str(rest);
            }
            None => tame.push_str(line),
        }
    }
    tame
}

/// A title or label as a sentence: on one line, with a capital and a full stop; empty stays empty.
pub(super) fn sentence(text: &str) -> String {
    let text = one_line(text);
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return text };
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), characters.as_str())
}

/// The text, or as many of its characters as allowed.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
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
    fn build_servers_are_given_no_orders() {
        assert_eq!(tame("a\n  ::error::x ::y"), "a\n  \\u{3a}:error::x ::y");
        assert_eq!(
            tame("see ##[group]x and ##vso[y] # [z]"),
            "see ##\\u{5b}group]x and ##vso\\u{5b}y] # [z]"
        );
        assert_eq!(harmless_json("[\"##[error]\"]"), "[\"##\\u005berror]\"]");
    }

    #[test]
    fn titles_become_sentences() {
        assert_eq!(sentence("follows back"), "Follows back.");
        assert_eq!((sentence(""), sentence("why?").as_str()), (String::new(), "Why?"));
        assert_eq!((cut("größer", 3).as_str(), cut("abc", 3).as_str()), ("grö…", "abc"));
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
