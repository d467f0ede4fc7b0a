//! The lines of a text, for the line formats.

use super::builder::to_u32;
use crate::source::Span;

/// One line: where it starts, and its text without the line break.
#[derive(Clone, Copy)]
pub(super) struct Line<'s> {
    pub(super) start: usize,
    pub(super) text: &'s str,
}

impl<'s> Line<'s> {
    /// Where it stands.
    pub(super) fn span(self) -> Span {
        Span::new(to_u32(self.start), to_u32(self.start + self.text.len()))
    }

    /// The line up to a byte of it.
    pub(super) fn to(self, at: usize) -> Self {
        Self { text: self.text.get(..at).unwrap_or(self.text), ..self }
    }

    /// The line from a byte of it on.
    pub(super) fn from(self, at: usize) -> Self {
        Self { start: self.start + at, text: self.text.get(at..).unwrap_or("") }
    }

    /// The line without the white space around it.
    pub(super) fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        Self { text: self.from(start).text.trim_end(), ..self.from(start) }
    }
}

/// The lines of a text. LF, CRLF and CR end them.
pub(super) struct Lines<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Lines<'s> {
    /// All lines, without a byte order mark.
    pub(super) fn new(text: &'s str) -> Self {
        Self::at(text, if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 })
    }

    /// The rest of the line at an offset, and the lines after it.
    pub(super) fn at(text: &'s str, at: usize) -> Self {
        Self { text, at }
    }

    /// Goes on with the line after the one that `offset` is in, if that is further on.
    pub(super) fn skip_to(&mut self, offset: usize) {
        if offset > self.at {
            self.at = offset;
            self.next();
        }
    }
}

impl<'s> Iterator for Lines<'s> {
    type Item = Line<'s>;

    fn next(&mut self) -> Option<Line<'s>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let line = Line { start: self.at, text: rest.get(..length).unwrap_or("") };
        let line_break = rest.get(length..).unwrap_or("");
        self.at += length + if line_break.starts_with("\r\n") { 2 } else { line_break.len().min(1) };
        Some(line)
    }
}
