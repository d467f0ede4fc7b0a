//! The files of a run and their text. (Stub: only the face that the report writers use.)

use std::path::PathBuf;

use super::FileId;

/// A point in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
    /// Byte offset.
    pub offset: u32,
}

/// One input with its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as shown to people.
    pub path: PathBuf,
    /// The text, decoded.
    pub text: String,
}

impl SourceFile {
    /// Where a byte offset stands; an offset beyond the text is its end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let mut end = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        Position { line: line as u32, column: column as u32, offset: end as u32 }
    }
}

/// The files of a run, indexed by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<SourceFile>);

impl Sources {
    /// The file with this number.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.0.get(id.0 as usize)
    }

    /// Adds a file and gives it its number.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.0.push(file);
        FileId(self.0.len() as u32 - 1)
    }
}
