//! A mistake in a file that somebody wrote for botiquette: settings, or rules of their own. It knows its place
//! and shows a part of the line; how it is printed is up to the caller.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::mask::{Mask, masked};
use crate::source::{SourceFile, Span};

/// Columns of a line that are shown around a mistake.
const WIDEST: usize = 100;

/// What comes before a mistake takes at most this many of them.
const BEFORE: usize = 40;

/// A message quotes names of the file, which can be of any length.
const LONGEST_MESSAGE: usize = 400;

/// More mistakes of a run are counted, not told: nobody reads them, and a build log has to hold them.
pub const MOST_TOLD: usize = 20;

/// One mistake, at its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", crate::source::spelled(.path))]
pub struct Mistake {
    /// The file.
    pub path: PathBuf,
    /// Its line, from 1.
    pub line: u32,
    /// Its column, from 1, in characters.
    pub column: u32,
    /// What is wrong and, where there is one, the nearest valid name.
    pub message: String,
    /// The part of the line that is shown.
    text: String,
    /// How many characters of it stand before what is underlined.
    before: usize,
    /// How many characters are underlined.
    width: usize,
}

/// A file in which there may be mistakes, with its secrets masked before anything of it is shown: whoever proposes
/// settings can name any file there, and it may be none of settings at all.
#[derive(Debug)]
pub struct Suspect {
    file: SourceFile,
    mask: Mask,
}

impl Suspect {
    /// A file by its text.
    #[must_use]
    pub fn new(path: &Path, text: &str) -> Self {
        Self::masked(path, text, false)
    }

    /// A file that cannot be read as what it should be, and may be anything.
    #[must_use]
    pub fn broken(path: &Path, text: &str) -> Self {
        Self::masked(path, text, true)
    }

    fn masked(path: &Path, text: &str, is_broken: bool) -> Self {
        let mut mask = Mask::default();
        let secrets = mask.learn(path, text, is_broken);
        Self { file: SourceFile::new(path, masked(text, secrets)), mask: mask.learned() }
    }

    /// A mistake at a range of bytes.
    #[must_use]
    pub fn mistake(&self, span: Span, message: impl Into<String>) -> Mistake {
        let position = self.file.position(span.start);
        let line = self.file.line_span(position.line).unwrap_or_default();
        let (text, before, width) = cut(self.file.slice(line), span, line.start);
        let message = self.said(&message.into());
        let path = self.file.path().to_path_buf();
        Mistake { path, line: position.line, column: position.column, message, text, before, width }
    }

    /// A message about the file, of which it may quote a part: without secrets, and not too long.
    #[must_use]
    pub fn said(&self, message: &str) -> String {
        crate::plain::cut(&self.mask.cover(message), LONGEST_MESSAGE)
    }

    /// What the TOML reader complains about, with the nearest name where it expected one of several.
    #[must_use]
    pub fn toml_mistake(&self, error: &toml::de::Error) -> Mistake {
        let span = error.span().unwrap_or(0..0);
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        self.mistake(Span::new(offset(span.start), offset(span.end)), in_words(error))
    }
}

/// The reader's words, as they are said to people who write settings.
fn in_words(error: &toml::de::Error) -> String {
    let (what, expected) = error.message().split_once(", expected ").unwrap_or((error.message(), ""));
    let quoted = |text: &'_ str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let known = quoted(expected);
    match quoted(what).first() {
        Some(name) if what.starts_with("unknown ") && !known.is_empty() => {
            let near = crate::names::did_you_mean(name, known.iter().map(String::as_str));
            let list = format!("; known are {}", known.join(", "));
            format!(
                "{}{}",
                what.replace("field", "key").replace("variant", "word"),
                if near.is_empty() { list } else { near }
            )
        }
        _ => plainly(error.message().trim()),
    }
}

/// What serde says about a value, in words for people who never heard of it.
fn plainly(message: &str) -> String {
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("{name} is missing");
    }
    let belongs = |wanted: &str| format!("{} belongs here", form(wanted));
    if let Some(wanted) = message.strip_prefix("wanted ") {
        return belongs(wanted);
    }
    let split = |start: &str| message.strip_prefix(start)?.split_once(", expected ");
    if let Some((found, wanted)) = split("invalid type: ") {
        return format!("{}, not {}", belongs(wanted), form(found));
    }
    if let Some((_, wanted)) = split("invalid value: ").or_else(|| split("invalid length ")) {
        return belongs(wanted);
    }
    message.to_owned()
}

/// The form of a value, as people call it.
fn form(serde: &str) -> &str {
    const FORMS: [(&str, &str); 18] = [
        ("string or table", "a word"),
        ("enum", "a word"),
        ("a string", "a text"),
        ("string", "a text"),
        ("a nonzero", "a whole number from 1"),
        ("integer", "a number"),
        ("u32", "a whole number"),
        ("u64", "a whole number"),
        ("i64", "a whole number"),
        ("f64", "a number"),
        ("floating point", "a number"),
        ("a boolean", "true or false"),
        ("boolean", "a truth value"),
        ("a sequence", "a list"),
        ("sequence", "a list"),
        ("a map", "a table"),
        ("map", "a table"),
        ("struct", "a table"),
    ];
    FORMS.iter().find(|(start, _)| serde.starts_with(start)).map_or("something else", |(_, plain)| plain)
}

/// The part of a line around a span, how many characters stand before the span there, and how many it has.
fn cut(line: &str, span: Span, line_start: u32) -> (String, usize, usize) {
    let start = (span.start.saturating_sub(line_start) as usize).min(line.len());
    let end = (span.end.saturating_sub(line_start) as usize).clamp(start, line.len());
    let (before, rest) = (line.get(..start).unwrap_or_default(), line.get(start..).unwrap_or_default());
    let mut text = String::new();
    let has_room = line.chars().nth(WIDEST).is_none();
    let most = if has_room { WIDEST } else { BEFORE };
    let kept: Vec<char> = before.chars().rev().take(most).collect();
    let is_cut = before.chars().nth(most).is_some();
    text.extend(is_cut.then_some('…'));
    text.extend(kept.iter().rev());
    let shown_before = text.chars().count();
    let room = WIDEST - shown_before;
    text.extend(rest.chars().take(room));
    text.extend(rest.chars().nth(room).map(|_| '…'));
    let width = line.get(start..end).unwrap_or_default().chars().take(room).count().max(1);
    // A tab is as wide as one character here, so that the underline stands below what it means.
    let text = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    (text, shown_before, width)
}

impl Mistake {
    /// How many characters are underlined.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// The line with its number, cut around what is meant, which is underlined.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let number = self.line.to_string();
        let shown = crate::plain::escape(&self.text);
        // What is written out longer moves the underline.
        let before: String = self.text.chars().take(self.before).collect();
        let before = crate::plain::escape(&before).chars().count();
        format!(
            "  {number} | {shown}\n  {} | {}{}",
            " ".repeat(number.len()),
            " ".repeat(before),
            "^".repeat(self.width)
        )
    }
}

/// Mistakes one below the other, as many as anybody reads.
pub(crate) fn listed(mistakes: &[Mistake], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (number, mistake) in mistakes.iter().take(MOST_TOLD).enumerate() {
        let line_feed = if number > 0 { "\n" } else { "" };
        write!(out, "{line_feed}{mistake}")?;
    }
    match mistakes.len().checked_sub(MOST_TOLD) {
        None | Some(0) => Ok(()),
        Some(more) => write!(out, "\nand at least {more} more mistakes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, start: usize, end: usize) -> String {
        let suspect = Suspect::new(Path::new("botiquette.toml"), text);
        suspect.mistake(Span::new(start as u32, end as u32), "wrong").excerpt()
    }

    #[test]
    fn lines_are_cut_around_the_place() {
        assert_eq!(excerpt("a = 1\nbad = 2\n", 6, 9), "  2 | bad = 2\n    | ^^^");
        let long = format!("x = [\"{}\", \"bad\", \"{}\"]", "a".repeat(5000), "b".repeat(5000));
        let at = long.find("bad").unwrap();
        let shown = excerpt(&long, at, at + 3);
        let [line, marks] = shown.lines().collect::<Vec<_>>()[..] else { panic!("{shown}") };
        assert!(line.chars().count() <= WIDEST + 8, "{shown}");
        assert_eq!(line.find("bad").map(|at| line[..at].chars().count()), marks.find('^'), "{shown}");
    }

    #[test]
    fn secrets_of_other_files_are_masked() {
        let environment = "HOME=/root\0AWS_SECRET_ACCESS_KEY=Zq8vR2nX5tLw9YbK\0PATH=/bin";
        let shown = excerpt(environment, 0, 4);
        assert!(!shown.contains("R2nX5t"), "{shown}");
        let suspect = Suspect::new(Path::new("x"), "api-token: hunter2-real\n");
        assert_eq!(suspect.mistake(Span::at(0), "no `hunter2-real`").message, "no `${MASKED}`");
    }
}
