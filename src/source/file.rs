//! The texts of a run: one [`SourceFile`] per input, numbered by [`FileId`].

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::{FileId, LineIndex, Place, Position, Span, Utf16Position};

/// One input: its path as shown to the user, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: PathBuf,
    text: String,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// A file with its text. A byte order mark stays in the text, so that offsets count it.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// The path as shown to the user.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a range, or the empty string where the range does not fit.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text)
    }

    /// Line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// Line and column of a byte offset as editors count them, in units of UTF-16.
    #[must_use]
    pub fn utf16(&self, offset: u32) -> Utf16Position {
        self.lines().utf16(&self.text, offset)
    }

    /// The byte offset of a place as editors count it; `None` beyond the last line.
    #[must_use]
    pub fn offset_of_utf16(&self, position: Utf16Position) -> Option<u32> {
        self.lines().offset_of_utf16(&self.text, position)
    }

    /// The bytes of a line, counted from 1, without its line break.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Option<Span> {
        self.lines().span(&self.text, line)
    }

    /// The line index, built when first asked for.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// The files of a run, by number.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Replaces the text of a file by one with the same offsets and lines, whose secrets are masked.
    pub(crate) fn put_masked(&mut self, id: FileId, text: String) {
        if let Some(file) = self.files.get_mut(id.0 as usize).filter(|file| file.text.len() == text.len()) {
            file.text = text;
        }
    }

    /// Adds a file and gives it the next number.
    pub fn push(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// The file with this number.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files with their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text at a place, or the empty string where there is none.
    #[must_use]
    pub fn place_text(&self, place: Place) -> &str {
        self.get(place.file).map_or("", |file| file.slice(place.span))
    }
}
