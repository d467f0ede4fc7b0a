//! Words of strangers, made safe to show: the one place that knows what could fool a terminal, a build server or a
//! reader. Every writer of every command sends foreign text through it. Knows nothing of findings; of formats, only
//! how HTML and XML write text.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

/// How commands to build servers begin that are obeyed anywhere in a line of output, without their bracket.
const COMMANDS: [&str; 3] = ["##", "##vso", "##teamcity"];

/// Whether a terminal or a reader could be fooled by it: control characters, signs that turn the direction of
/// writing, and characters that are there but cannot be seen.
pub(crate) const fn is_unsafe(character: char) -> bool {
    matches!(character,
        // Control characters, C0, DEL and C1.
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Hyphens, joiners and fillers without ink.
        | '\u{ad}' | '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        // Directions and line ends.
        | '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // Tags, and selectors that carry bytes unseen. Those behind emoji, U+FE0E and U+FE0F, are not among them.
        | '\u{fe00}'..='\u{fe0d}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text with every unsafe character written out, as in `\u{1b}`, and without commands to build servers.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) && !holds_command(text) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    push_escaped(&mut safe, text);
    Cow::Owned(without_commands(safe, "\\u{5b}"))
}

/// The text on one line, safe to show: white space of any kind becomes one space.
#[must_use]
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    escape(&words.join(" ")).into_owned()
}

/// The text with everything that HTML and XML read as markup written as entities, for elements and attributes alike.
/// What else could fool a reader is the business of [`escape`].
#[must_use]
pub fn entities(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            character => safe.push(character),
        }
    }
    safe
}

/// The text with typographic signs as ASCII has them, for places that show nothing else. Words of other languages
/// stay as they are.
#[must_use]
pub fn in_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '“' | '”' | '„' | '«' | '»' => plain.push('"'),
            '‘' | '’' | '‚' => plain.push('\''),
            '–' | '—' | '‐' | '‑' | '−' => plain.push('-'),
            '…' => plain.push_str("..."),
            '→' => plain.push_str("->"),
            '×' => plain.push('x'),
            '•' | '·' => plain.push('*'),
            '≤' => plain.push_str("<="),
            '≥' => plain.push_str(">="),
            '≈' => plain.push('~'),
            '\u{a0}' | '\u{202f}' => plain.push(' '),
            other => plain.push(other),
        }
    }
    plain
}

/// The last look at a text before it is written: whatever slipped through is written out, and no line begins like
/// a command to a build server. In colour, the escape sequences are ours and stay.
#[must_use]
pub fn guarded(text: &str, in_color: bool) -> String {
    let mut safe = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let words = line.trim_start();
        let (indent, words) = line.split_at(line.len() - words.len());
        push_line(&mut safe, indent, in_color);
        match words.strip_prefix("::") {
            Some(rest) => {
                safe.push_str("\\u{3a}:");
                push_line(&mut safe, rest, in_color);
            }
            None => push_line(&mut safe, words, in_color),
        }
        safe.push_str(end);
    }
    without_commands(safe, "\\u{5b}")
}

fn push_line(safe: &mut String, text: &str, in_color: bool) {
    for (number, part) in text.split('\u{1b}').enumerate() {
        if number > 0 {
            safe.push_str(if in_color { "\u{1b}" } else { "\\u{1b}" });
        }
        push_escaped(safe, part);
    }
}

fn push_escaped(safe: &mut String, text: &str) {
    for character in text.chars() {
        if is_unsafe(character) {
            safe.extend(character.escape_unicode());
        } else {
            safe.push(character);
        }
    }
}

/// Writes what `write` writes, after a last look at it.
pub(crate) fn write_guarded(
    in_color: bool,
    unicode: bool,
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut written = Vec::new();
    write(&mut written)?;
    let safe = guarded(&String::from_utf8_lossy(&written), in_color);
    let safe = if unicode { safe } else { in_ascii(&safe) };
    out.write_all(safe.as_bytes())
}

/// Writes a document as JSON in which everything that a terminal or a build server might obey is `\uXXXX`: readers
/// get every character as it was.
///
/// # Errors
/// Only those of `out`.
pub fn write_json(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string_pretty(document)?;
    writeln!(out, "{}", harmless_json(&json))
}

/// The same on one line, for those who read one document after another.
///
/// # Errors
/// Only those of `out`.
pub fn write_json_line(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let json = serde_json::to_string(document)?;
    writeln!(out, "{}", harmless_json(&json))
}

/// Writes as `\uXXXX` what JSON allows but a terminal might obey. Such characters stand only within
/// strings, except the line feeds between fields.
pub(crate) fn harmless_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut from = 0;
    for (at, character) in json.char_indices().filter(|(_, it)| *it != '\n' && is_unsafe(*it)) {
        safe.push_str(json.get(from..at).unwrap_or_default());
        for unit in character.encode_utf16(&mut [0; 2]) {
            safe.push_str(&format!("\\u{unit:04x}"));
        }
        from = at + character.len_utf8();
    }
    safe.push_str(json.get(from..).unwrap_or_default());
    without_commands(safe, "\\u005b")
}

/// Whether a text cannot stand in YAML or TOML as it is: only [`quoted`] it is read back unchanged and obeyed by
/// nobody.
pub(crate) fn needs_quotes(text: &str) -> bool {
    let obeyed = |line: &str| line.trim_start().starts_with("::");
    text.chars().any(|character| character != '\n' && is_unsafe(character))
        || holds_command(text)
        || (text.contains('\n') && text.split('\n').any(obeyed))
}

/// The text in double quotes, on one line, as both YAML and TOML read it back.
pub(crate) fn quoted(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 2);
    safe.push('"');
    for character in text.chars() {
        match character {
            '"' => safe.push_str("\\\""),
            '\\' => safe.push_str("\\\\"),
            '\n' => safe.push_str("\\n"),
            '\t' => safe.push_str("\\t"),
            unsafe_one if is_unsafe(unsafe_one) => match u32::from(unsafe_one) {
                short @ 0..=0xffff => safe.push_str(&format!("\\u{short:04X}")),
                long => safe.push_str(&format!("\\U{long:08X}")),
            },
            harmless => safe.push(harmless),
        }
    }
    safe.push('"');
    without_commands(safe, "\\u005B")
}

fn holds_command(text: &str) -> bool {
    text.contains("##")
        && COMMANDS.iter().any(|command| text.match_indices(command).any(|(at, _)| opens(text, at, command)))
}

fn opens(text: &str, at: usize, command: &str) -> bool {
    text.as_bytes().get(at + command.len()) == Some(&b'[')
}

/// The text with the bracket of every command written out.
fn without_commands(text: String, bracket: &str) -> String {
    if !holds_command(&text) {
        return text;
    }
    COMMANDS
        .iter()
        .fold(text, |text, command| text.replace(&format!("{command}["), &format!("{command}{bracket}")))
}

/// The text, or as many of its characters as allowed.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_between_characters() {
        assert_eq!((cut("größer", 3).as_str(), cut("abc", 3).as_str()), ("grö…", "abc"));
    }

    #[test]
    fn what_could_fool_a_reader_is_written_out() {
        assert_eq!(escape("a\u{1b}[31mb\u{202e}c\u{200b}"), "a\\u{1b}[31mb\\u{202e}c\\u{200b}");
        assert_eq!(escape("größer 🤖 フォロー ❤️"), "größer 🤖 フォロー ❤️");
        assert_eq!(one_line("one\n\ttwo\r\nthree"), "one two three");
    }

    #[test]
    fn markup_becomes_entities() {
        assert_eq!(
            entities("<a href=\"x\">'ä' & b</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;ä&#39; &amp; b&lt;/a&gt;"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        for hidden in
            "\u{ad}\u{180e}\u{200b}\u{200c}\u{200d}\u{3164}\u{115f}\u{ffa0}\u{2800}\u{e0041}\u{e0101}".chars()
        {
            assert_eq!(escape(&format!("a{hidden}b")), format!("a{}b", hidden.escape_unicode()));
        }
    }

    #[test]
    fn build_servers_are_given_no_orders() {
        assert_eq!(guarded("a\n  ::error::x ::y", false), "a\n  \\u{3a}:error::x ::y");
        assert_eq!(guarded("\u{a0}\u{3000}::error::x", false), "\u{a0}\u{3000}\\u{3a}:error::x");
        assert_eq!(guarded("a\r::error::x", false), "a\\u{d}::error::x");
        assert_eq!(guarded("\u{1b}[1mred\u{9b}", true), "\u{1b}[1mred\\u{9b}");
        assert_eq!(
            guarded("see ##[group]x and ##vso[y] # [z]", false),
            "see ##\\u{5b}group]x and ##vso\\u{5b}y] # [z]"
        );
        assert_eq!(harmless_json("[\"##[error]\"]"), "[\"##\\u005berror]\"]");
    }

    #[test]
    fn quoted_texts_are_read_back() {
        for text in ["a\n::error::\"b\"\\", "\u{1b}\u{202e}\u{e0041}\t", "##vso[x] ##[y] ###[z]", "größer"]
        {
            let quoted = quoted(text);
            assert!(!quoted.contains(is_unsafe) && !holds_command(&quoted), "{quoted}");
            assert_eq!(serde_yaml::from_str::<String>(&quoted).unwrap(), text);
            let table: toml::Table = toml::from_str(&format!("a = {quoted}")).unwrap();
            assert_eq!(table["a"].as_str(), Some(text));
        }
    }
}
