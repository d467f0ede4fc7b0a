//! Offsets to lines and columns, for the edge where people read them.

use serde::Serialize;

use super::Span;

/// The byte order mark that some editors put before UTF-8 text. It is not part of the first line.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The byte offset, moved into the text and back to the start of its character.
pub(crate) fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, counted from 1. LF, CRLF and CR each end a line.
    pub line: u32,
    /// Column, counted from 1 in Unicode scalar values. A byte order mark is no column.
    pub column: u32,
    /// Bytes from the start of the file, a byte order mark included.
    pub offset: u32,
}

/// Where each line of a text starts. Costs one pass over the text; built for files with findings only.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Characters before each block of [`BLOCK`] bytes, so that no position has to count a long line from its start.
    characters: Vec<u32>,
    /// The same of characters beyond U+FFFF, which are two units of UTF-16.
    wide: Vec<u32>,
}

/// A place as editors count it: the Language Server Protocol, JavaScript, Java.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Utf16Position {
    /// Line, counted from 0.
    pub line: u32,
    /// Units of UTF-16 before it on the line. A byte order mark is none.
    pub character: u32,
}

/// Bytes between two places at which characters are counted beforehand.
const BLOCK: usize = 1 << 8;

impl LineIndex {
    /// Finds the line starts of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_half_of_crlf = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            if !is_first_half_of_crlf {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        let (mut sum, mut wide_sum) = (0, 0);
        let mut index = Self { starts, characters: Vec::new(), wide: Vec::new() };
        for block in bytes.chunks(BLOCK) {
            index.characters.push(sum);
            index.wide.push(wide_sum);
            sum += count(block);
            wide_sum += count_wide(block);
        }
        index
    }

    /// How many lines there are; a final line break starts one more, empty line.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The position of a byte offset in the text this index was built from. An offset beyond the end
    /// counts as the end, one inside a character as that character's start.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let offset = boundary(text, offset as usize);
        let offset_u32 = u32::try_from(offset).unwrap_or(u32::MAX);
        let line = self.starts.partition_point(|&start| start <= offset_u32).max(1);
        let start = self.starts.get(line - 1).map_or(0, |&start| start as usize);
        let mark = u32::from(start == 0 && offset > 0 && text.starts_with(BYTE_ORDER_MARK));
        let column = self.characters_before(text, offset) - self.characters_before(text, start) - mark + 1;
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), column, offset: offset_u32 }
    }

    /// The same as editors count it.
    #[must_use]
    pub fn utf16(&self, text: &str, offset: u32) -> Utf16Position {
        let Position { line, column, offset } = self.position(text, offset);
        let start = self.starts.get(line as usize - 1).map_or(0, |&start| start as usize);
        let wide = |offset| before(&self.wide, text, offset, count_wide);
        Utf16Position { line: line - 1, character: column - 1 + wide(offset as usize) - wide(start) }
    }

    /// The byte offset of a place as editors count it; beyond the end of a line its end, `None` beyond the last
    /// line.
    #[must_use]
    pub fn offset_of_utf16(&self, text: &str, position: Utf16Position) -> Option<u32> {
        let line = self.span(text, position.line.checked_add(1)?)?;
        let content = line.slice(text);
        let shown = if line.start == 0 { content.trim_start_matches(BYTE_ORDER_MARK) } else { content };
        let mut units = 0;
        let before = shown.chars().take_while(|character| {
            units += character.len_utf16();
            units <= position.character as usize
        });
        let bytes = content.len() - shown.len() + before.map(char::len_utf8).sum::<usize>();
        Some(line.start + u32::try_from(bytes).ok()?)
    }

    /// How many characters begin before a byte offset.
    fn characters_before(&self, text: &str, offset: usize) -> u32 {
        before(&self.characters, text, offset, count)
    }

    /// The line of a byte offset, counted from 1, found without a look at the text.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The bytes of a line, counted from 1, without its line break; `None` beyond the last line.
    #[must_use]
    pub fn span(&self, text: &str, line: u32) -> Option<Span> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = match self.starts.get(index + 1) {
            Some(&next) => {
                let content = Span::new(start, next).slice(text).trim_end_matches(['\n', '\r']);
                start + u32::try_from(content.len()).unwrap_or(0)
            }
            None => u32::try_from(text.len()).unwrap_or(u32::MAX),
        };
        Some(Span::new(start, end))
    }
}

/// How many there are before a byte offset of what is known at the start of each block.
fn before(known: &[u32], text: &str, offset: usize, count: fn(&[u8]) -> u32) -> u32 {
    let block = offset / BLOCK;
    let (known, from) = known.get(block).map_or((0, 0), |known| (*known, block * BLOCK));
    known + text.as_bytes().get(from..offset).map_or(0, count)
}

/// Characters beyond U+FFFF that begin in these bytes.
fn count_wide(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|byte| **byte >= 0b1111_0000).count()).unwrap_or(u32::MAX)
}

/// Characters that begin in these bytes of UTF-8 text: every byte but those that continue one.
fn count(bytes: &[u8]) -> u32 {
    let begin = bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count();
    u32::try_from(begin).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_and_column(text: &str, offset: u32) -> (u32, u32) {
        let position = LineIndex::new(text).position(text, offset);
        (position.line, position.column)
    }

    #[test]
    fn every_line_break_counts_once() {
        for text in ["a\nb\nc", "a\r\nb\r\nc", "a\rb\rc", "a\r\nb\rc"] {
            let index = LineIndex::new(text);
            assert_eq!(index.count(), 3, "{text:?}");
            let lines: Vec<_> = (1..=3).map(|line| index.span(text, line).unwrap().slice(text)).collect();
            assert_eq!(lines, ["a", "b", "c"], "{text:?}");
            assert_eq!(index.span(text, 4), None);
            assert_eq!(index.span(text, 0), None);
        }
    }

    #[test]
    fn columns_of_long_lines_are_counted_in_characters() {
        let text = format!("\u{feff}{}\n{}x", "ä".repeat(5000), "日本".repeat(3000));
        let offset = |character: usize| u32::try_from(text.char_indices().nth(character).unwrap().0).unwrap();
        assert_eq!(line_and_column(&text, offset(1)), (1, 1));
        assert_eq!(line_and_column(&text, offset(4500)), (1, 4500));
        assert_eq!(line_and_column(&text, offset(5002)), (2, 1));
        assert_eq!(line_and_column(&text, offset(5002 + 6000)), (2, 6001));
        assert_eq!(line_and_column(&text, u32::MAX), (2, 6002));
    }

    #[test]
    fn editors_count_units_of_utf16() {
        let text = format!("\u{feff}é🦀x\r\n{}🦀y", "🦀ä".repeat(300));
        let index = LineIndex::new(&text);
        let at = |wanted: char| u32::try_from(text.rfind(wanted).unwrap()).unwrap();
        for (offset, line, character) in [(0, 0, 0), (3, 0, 0), (at('x'), 0, 3), (at('y'), 1, 902)] {
            let position = Utf16Position { line, character };
            assert_eq!(index.utf16(&text, offset), position);
            assert_eq!(index.offset_of_utf16(&text, position), Some(offset.max(3)));
        }
        let offset = |line, character| index.offset_of_utf16(&text, Utf16Position { line, character });
        assert_eq!(offset(0, 2), offset(0, 1), "within a character: its start");
        assert_eq!(offset(0, 99), Some(at('x') + 1), "beyond the line: its end");
        assert_eq!(offset(2, 0), None);
    }

    #[test]
    fn blank_lines_are_lines() {
        let text = "a\n\n\r\n";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        assert!((2..=4).all(|line| index.span(text, line).unwrap().is_empty()));
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        assert_eq!(line_and_column("x: 🦀é!", 3), (1, 4));
        assert_eq!(line_and_column("x: 🦀é!", 7), (1, 5));
        assert_eq!(line_and_column("x: 🦀é!", 9), (1, 6));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        assert_eq!(line_and_column("\u{feff}key: 1\nb: 2", 3), (1, 1));
        assert_eq!(line_and_column("\u{feff}key: 1\nb: 2", 0), (1, 1));
        assert_eq!(line_and_column("\u{feff}key: 1\nb: 2", 10), (2, 1));
    }

    #[test]
    fn odd_offsets_are_brought_to_the_nearest_start() {
        assert_eq!(line_and_column("🦀", 2), (1, 1));
        assert_eq!(line_and_column("a\nb", 99), (2, 2));
        assert_eq!(line_and_column("", 0), (1, 1));
    }
}
