//! What is open in the editor: texts with their versions, changed as it is typed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use botiquette::SourceFile;
use lsp_types::{TextDocumentContentChangeEvent, Uri};

use crate::position::Encoding;

/// An open file.
#[derive(Clone, Debug)]
pub(crate) struct Buffer {
    /// As the client calls it.
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) text: String,
}

/// All open files.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    by_path: BTreeMap<PathBuf, Buffer>,
}

impl Buffers {
    pub(crate) fn open(&mut self, path: &Path, buffer: Buffer) {
        self.by_path.insert(path.to_path_buf(), buffer);
    }

    /// Changes a text; returns the new one. What was never opened is not known.
    pub(crate) fn change(
        &mut self,
        path: &Path,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Option<&str> {
        let buffer = self.by_path.get_mut(path)?;
        buffer.version = version;
        for change in changes {
            let Some(range) = change.range else {
                buffer.text = change.text;
                continue;
            };
            let file = SourceFile::new(path, std::mem::take(&mut buffer.text));
            let span = encoding.span(&file, range);
            let (before, after) =
                (file.text().get(..span.start as usize), file.text().get(span.end as usize..));
            buffer.text = [before.unwrap_or_default(), &change.text, after.unwrap_or_default()].concat();
        }
        Some(&buffer.text)
    }

    pub(crate) fn close(&mut self, path: &Path) -> Option<Buffer> {
        self.by_path.remove(path)
    }

    pub(crate) fn get(&self, path: &Path) -> Option<&Buffer> {
        self.by_path.get(path)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Path, &Buffer)> {
        self.by_path.iter().map(|(path, buffer)| (path.as_path(), buffer))
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use lsp_types::{Position, Range};

    use super::*;

    #[test]
    fn changes_are_made_in_order_and_odd_ranges_are_brought_into_the_text() {
        let path = Path::new("/a.yaml");
        let change = |range: Option<[u32; 4]>, text: &str| TextDocumentContentChangeEvent {
            range: range.map(|[a, b, c, d]| Range::new(Position::new(a, b), Position::new(c, d))),
            range_length: None,
            text: text.to_owned(),
        };
        let mut buffers = Buffers::default();
        let uri = Uri::from_str("file:///a.yaml").unwrap();
        buffers.open(path, Buffer { uri, version: 1, text: "a: 🦀\nb: 2\n".to_owned() });
        let mut after = |changes| buffers.change(path, 2, changes, Encoding::Utf16).map(str::to_owned);
        assert_eq!(
            after(vec![change(Some([0, 3, 0, 5]), "1"), change(Some([1, 0, 1, 1]), "c")]).unwrap(),
            "a: 1\nc: 2\n"
        );
        assert_eq!(after(vec![change(Some([9, 9, 7, 7]), "end")]).unwrap(), "a: 1\nc: 2\nend");
        assert_eq!(after(vec![change(Some([1, 0, 0, 0]), "")]).unwrap(), "c: 2\nend");
        assert_eq!(after(vec![change(None, "new")]).unwrap(), "new");
        assert_eq!(buffers.change(Path::new("/b"), 1, Vec::new(), Encoding::Utf8), None);
    }
}
