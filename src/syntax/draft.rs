//! A tree that is put together by code: its scalars have texts of their own, and places in a text that was read. So
//! what is made of a file can be looked at like the file, and points into it.

use super::builder::Builder;
use super::tree::Stored;
use super::{Limits, Style, Syntax, Tree};
use crate::source::Span;

/// A tree that is being put together.
pub(crate) struct Draft<'s> {
    builder: Builder<'s>,
    /// Collections that are open in vain, because they nest too deeply: what stands in them is left out.
    lost: usize,
}

impl<'s> Draft<'s> {
    /// An empty tree, with places in this text.
    pub(crate) fn new(text: &'s str, syntax: Syntax) -> Self {
        Self { builder: Builder::new(text, syntax, &Limits::default()), lost: 0 }
    }

    /// Ends a document; what comes next belongs to another one.
    pub(crate) fn end_document(&mut self) {
        self.builder.end_document();
    }

    /// Opens a mapping, of which keys and values follow in turn.
    pub(crate) fn open_mapping(&mut self, at: Span) {
        self.open(Stored::Mapping, at);
    }

    /// Opens a sequence.
    pub(crate) fn open_sequence(&mut self, at: Span) {
        self.open(Stored::Sequence, at);
    }

    /// Closes what was opened last, which stands here.
    pub(crate) fn close(&mut self, at: Span) {
        match self.lost.checked_sub(1) {
            Some(lost) => self.lost = lost,
            None => self.builder.close(Some(at.end)),
        }
    }

    /// Adds a scalar of this text; a plain one may mean a number or a truth value.
    pub(crate) fn scalar(&mut self, at: Span, text: &str, is_plain: bool) {
        if self.lost == 0 {
            let style = if is_plain { Style::Plain } else { Style::DoubleQuoted };
            self.builder.scalar(at, style, Some(text));
        }
    }

    /// The tree of all documents.
    pub(crate) fn finish(self) -> Tree<'s> {
        self.builder.finish().tree
    }

    fn open(&mut self, stored: Stored, at: Span) {
        if self.lost > 0 || self.builder.open(stored, at, false).is_err() {
            self.lost += 1;
            if self.lost == 1 {
                self.builder.scalar(at, Style::Plain, Some(""));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Schema, Value};

    #[test]
    fn what_is_put_together_points_into_the_text() {
        let text = "max = 12";
        let (key, value) = (Span::new(0, 3), Span::new(6, 8));
        let mut draft = Draft::new(text, Syntax::Ini);
        draft.open_mapping(value);
        draft.scalar(key, "per-day", false);
        draft.scalar(value, "24", true);
        draft.close(value);
        draft.end_document();
        let tree = draft.finish();
        let root = tree.documents().next().unwrap();
        let node = root.get("per-day").unwrap();
        assert_eq!((node.value(Schema::Yaml12), node.span(), node.raw()), (Value::Int(24), value, "12"));
    }

    #[test]
    fn what_nests_too_deeply_is_left_out() {
        let mut draft = Draft::new("", Syntax::Yaml);
        let deep = 5000;
        (0..deep).for_each(|_| draft.open_sequence(Span::at(0)));
        draft.scalar(Span::at(0), "x", false);
        (0..deep).for_each(|_| draft.close(Span::at(0)));
        draft.end_document();
        assert!(draft.finish().node_count() < deep);
    }
}
