//! Places in texts as the client counts them: lines from 0, and on a line units of UTF-16 or bytes.

use botiquette::source::Span;
use botiquette::{SourceFile, Utf16Position};
use lsp_types::{Position, PositionEncodingKind, Range};

/// What is counted on a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// As every client can.
    #[default]
    Utf16,
    /// Bytes, where the client offers it.
    Utf8,
}

impl Encoding {
    /// Bytes are the least work for both sides.
    pub(crate) fn choose(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offers = offered.unwrap_or_default();
        if offers.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    pub(crate) const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf8 => PositionEncodingKind::UTF8,
        }
    }

    pub(crate) fn position(self, file: &SourceFile, offset: u32) -> Position {
        let utf16 = file.utf16(offset);
        let character = match self {
            Self::Utf16 => utf16.character,
            Self::Utf8 => {
                let position = file.position(offset);
                let start = file.line_span(position.line).unwrap_or_default().start;
                let mark = if start == 0 { mark(file) } else { 0 };
                position.offset.saturating_sub(start + mark)
            }
        };
        Position { line: utf16.line, character }
    }

    pub(crate) fn range(self, file: &SourceFile, span: Span) -> Range {
        Range { start: self.position(file, span.start), end: self.position(file, span.end) }
    }

    /// The byte offset of a place; beyond a line its end, beyond the text its end.
    pub(crate) fn offset(self, file: &SourceFile, position: Position) -> u32 {
        let end = u32::try_from(file.text().len()).unwrap_or(u32::MAX);
        match self {
            Self::Utf16 => {
                let Position { line, character } = position;
                file.offset_of_utf16(Utf16Position { line, character }).unwrap_or(end)
            }
            Self::Utf8 => {
                let line = position.line.checked_add(1).and_then(|line| file.line_span(line));
                let Some(line) = line else { return end };
                let mark = if line.start == 0 { mark(file) } else { 0 };
                let at = line.start.saturating_add(mark).saturating_add(position.character).min(line.end);
                // Within a character: its start.
                file.position(at).offset
            }
        }
    }

    pub(crate) fn span(self, file: &SourceFile, range: Range) -> Span {
        let (one, other) = (self.offset(file, range.start), self.offset(file, range.end));
        Span::new(one.min(other), one.max(other))
    }
}

/// The bytes of a byte order mark, which no editor counts.
fn mark(file: &SourceFile) -> u32 {
    if file.text().starts_with('\u{feff}') { 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_countings_come_back_to_the_byte() {
        let file = SourceFile::new("a.yaml", "\u{feff}é: 🦀x\r\n日本: y\n");
        let at = |wanted: char| u32::try_from(file.text().find(wanted).unwrap()).unwrap();
        for (wanted, utf16, utf8) in [('x', (0, 5), (0, 8)), ('y', (1, 4), (1, 8)), ('é', (0, 0), (0, 0))] {
            for (encoding, (line, character)) in [(Encoding::Utf16, utf16), (Encoding::Utf8, utf8)] {
                let position = Position { line, character };
                assert_eq!(encoding.position(&file, at(wanted)), position, "{wanted} {encoding:?}");
                assert_eq!(encoding.offset(&file, position), at(wanted), "{wanted} {encoding:?}");
            }
        }
        for encoding in [Encoding::Utf16, Encoding::Utf8] {
            let offset = |line, character| encoding.offset(&file, Position { line, character });
            assert_eq!(offset(0, u32::MAX), at('\r'));
            assert_eq!(offset(u32::MAX, u32::MAX), u32::try_from(file.text().len()).unwrap());
            assert_eq!(offset(0, 4), at('🦀'), "within a character");
        }
    }

    #[test]
    fn every_place_is_one_between_characters() {
        let file = SourceFile::new("a.yaml", "\u{feff}é🦀\r\n\n\r日x");
        for encoding in [Encoding::Utf16, Encoding::Utf8] {
            for line in 0..6 {
                for character in 0..12 {
                    let offset = encoding.offset(&file, Position { line, character });
                    assert!(file.text().is_char_boundary(offset as usize), "{encoding:?} {line}:{character}");
                    let there_and_back = encoding.offset(&file, encoding.position(&file, offset));
                    assert_eq!(there_and_back, offset, "{encoding:?} {line}:{character}");
                }
            }
        }
    }
}
