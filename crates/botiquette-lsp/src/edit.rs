//! Edits: the least that turns one text into another, for any number of files.

use std::path::Path;

use botiquette::SourceFile;
use botiquette::source::Span;
use lsp_types::{
    CreateFile, CreateFileOptions, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use crate::client::Abilities;

/// The one edit that turns a text into another: what both begin and end with stays.
pub(crate) fn between(path: &Path, old: &str, new: &str, can: Abilities) -> TextEdit {
    let same = old.bytes().zip(new.bytes()).take_while(|(one, other)| one == other).count();
    let start = floor(old, same);
    let most = old.len().min(new.len()) - start;
    let same = old.bytes().rev().zip(new.bytes().rev()).take(most);
    let mut kept = same.take_while(|(one, other)| one == other).count();
    while !old.is_char_boundary(old.len() - kept) {
        kept -= 1;
    }
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span::new(offset(start), offset(old.len() - kept));
    let file = SourceFile::new(path, old);
    let text = new.get(start..new.len() - kept).unwrap_or_default();
    TextEdit::new(can.encoding.range(&file, span), text.to_owned())
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The edit of one file, whose version is known where it is open.
pub(crate) fn of_file(uri: Uri, version: Option<i32>, edit: TextEdit, can: Abilities) -> WorkspaceEdit {
    if can.versioned_edits {
        let edits = vec![OneOf::Left(edit)];
        let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
    }
    #[expect(clippy::mutable_key_type, reason = "addresses are never changed")]
    let changes = [(uri, vec![edit])].into_iter().collect();
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

/// A new file with this text; none where the client cannot make one.
pub(crate) fn new_file(uri: Uri, text: String, can: Abilities) -> Option<WorkspaceEdit> {
    if !(can.versioned_edits && can.new_files) {
        return None;
    }
    let options = Some(CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) });
    let create = CreateFile { uri: uri.clone(), options, annotation_id: None };
    let start = lsp_types::Position::new(0, 0);
    let edit = TextEdit::new(lsp_types::Range::new(start, start), text);
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
    let changes = DocumentChanges::Operations(vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits: vec![OneOf::Left(edit)] }),
    ]);
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_as_small_as_it_can_be() {
        for (old, new, range, text) in [
            ("a\nb\n", "a\n# c\nb\n", [1, 0, 1, 0], "# c\n"),
            ("aaa", "aaaa", [0, 3, 0, 3], "a"),
            ("aé", "aê", [0, 1, 0, 2], "ê"),
            ("same", "same", [0, 4, 0, 4], ""),
            ("", "new", [0, 0, 0, 0], "new"),
        ] {
            let edit = between(Path::new("a"), old, new, Abilities::default());
            let (start, end) = (edit.range.start, edit.range.end);
            assert_eq!([start.line, start.character, end.line, end.character], range, "{old:?}");
            assert_eq!(edit.new_text, text, "{old:?}");
        }
    }
}
