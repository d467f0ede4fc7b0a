//! Looking at one node: a small, copyable cursor that follows aliases and remembers where it did.
//!
//! A tree is safe to walk recursively: nesting and the nodes that aliases stand for are limited, and no
//! node is below itself.

use std::fmt;

use super::tree::{Node, Stored, flags, side_entry};
use super::{Kind, Schema, Style, Syntax, Tree, Value, scalar, template};
use crate::source::Span;

/// A node of a [`Tree`], aliases followed.
#[derive(Clone, Copy)]
pub struct NodeRef<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) index: u32,
    /// The outermost alias on the way to this node, or [`DIRECT`].
    via: u32,
}

/// [`NodeRef::via`] of a node that was reached without an alias.
const DIRECT: u32 = u32::MAX;

impl<'t> NodeRef<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, index: u32) -> Self {
        Self { tree, index: 0, via: DIRECT }.follow(index)
    }

    /// The node at an index, reached from this one.
    pub(super) fn follow(self, index: u32) -> Self {
        let node = self.tree.node(index);
        if node.stored != Stored::Alias {
            return Self { index, ..self };
        }
        let via = if self.via == DIRECT { index } else { self.via };
        Self { index: node.extra, via, ..self }
    }

    /// The tree that the node is part of.
    #[must_use]
    pub fn tree(self) -> &'t Tree<'t> {
        self.tree
    }

    pub(super) fn node(self) -> Node {
        self.tree.node(self.index)
    }

    /// What the node is.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.node().stored {
            Stored::Mapping => Kind::Mapping,
            Stored::Sequence => Kind::Sequence,
            // An alias that is its own target is one that is not followed: a value nobody knows.
            Stored::Scalar | Stored::Alias => Kind::Scalar,
        }
    }

    /// Where the node is used: where it stands or, behind an alias, where the alias stands.
    ///
    /// Quotes and brackets are part of it, tags and anchors are not. A collection without brackets ends
    /// with its last child. A block scalar covers its content, from the first to the last visible
    /// character. A value that is not written has the empty range where it would stand. A TOML table
    /// starts at its header and ends with its own keys; tables below it that have headers of their own
    /// lie elsewhere.
    #[must_use]
    pub fn span(self) -> Span {
        match self.via {
            DIRECT => self.node().span,
            via => self.tree.node(via).span,
        }
    }

    /// Where the node itself stands, if it was reached through an alias.
    #[must_use]
    pub fn defined(self) -> Option<Span> {
        (self.via != DIRECT).then(|| self.node().span)
    }

    /// Everything that was written for this node where it stands: tag, anchor and, for a block scalar,
    /// the line that introduces it. What an edit replaces.
    #[must_use]
    pub fn written(self) -> Span {
        let node = self.node();
        let mut span = node.span;
        if matches!(node.style, Style::Literal | Style::Folded) {
            span.start = self.block_scalar_header().unwrap_or(span.start);
        }
        let properties = [self.tag_span(), self.anchor_span()];
        properties.into_iter().flatten().fold(span, Span::join)
    }

    /// The source text of the node itself, quotes and brackets included.
    #[must_use]
    pub fn raw(self) -> &'t str {
        self.node().span.slice(self.tree.text)
    }

    /// The text that a scalar means, without quotes, escapes and folding; empty for collections.
    #[must_use]
    pub fn text(self) -> &'t str {
        let node = self.node();
        if node.stored == Stored::Scalar && node.extra > 0 {
            let cooked = self.tree.cooked_spans.get(node.extra as usize - 1);
            return cooked.map_or("", |span| span.slice(&self.tree.cooked));
        }
        match (self.kind(), node.style) {
            (Kind::Scalar, Style::Plain) => self.raw(),
            (Kind::Scalar, Style::SingleQuoted | Style::DoubleQuoted) => {
                let raw = self.raw();
                raw.get(1..raw.len().saturating_sub(1)).unwrap_or("")
            }
            _ => "",
        }
    }

    /// How a scalar is written.
    #[must_use]
    pub fn style(self) -> Style {
        self.node().style
    }

    /// The YAML tag as written, such as `!secret` or `!!str`.
    #[must_use]
    pub fn tag(self) -> Option<&'t str> {
        self.tag_span().map(|span| span.slice(self.tree.text))
    }

    /// The YAML anchor without its `&`.
    #[must_use]
    pub fn anchor(self) -> Option<&'t str> {
        self.anchor_span().map(|span| span.slice(self.tree.text).trim_start_matches('&'))
    }

    /// What a scalar means under a schema. Collections give [`Value::Null`].
    #[must_use]
    pub fn value(self, schema: Schema) -> Value<'t> {
        if self.kind() != Kind::Scalar {
            return Value::Null;
        }
        let is_plain = self.style() == Style::Plain && self.node().flags & flags::BRACES == 0;
        scalar::resolve(self.text(), is_plain, self.tag(), schema)
    }

    /// The schema that readers of this syntax use when nothing else is known.
    #[must_use]
    pub fn schema(self) -> Schema {
        self.tree.syntax.schema()
    }

    /// Whether the whole scalar is something that only a run knows: an expression (`{{ x }}`,
    /// `${{ x }}`, `<%= x %>`), a variable (`${X}`, `env:X`, `%(x)s`, in `.env` and `.ini` also `$X`), a
    /// value behind a tag (`!secret x`), or an alias that is not followed. Text around an expression
    /// makes it a text.
    #[must_use]
    pub fn templated(self) -> bool {
        self.kind() == Kind::Scalar && (self.node().stored == Stored::Alias || self.template_name().is_some())
    }

    /// What a templated scalar refers to, such as `X` of `${X}` or `secrets.X` of `${{ secrets.X }}`.
    #[must_use]
    pub fn template_name(self) -> Option<&'t str> {
        if self.kind() != Kind::Scalar || self.node().stored == Stored::Alias {
            return None;
        }
        let bare_names = matches!(self.tree.syntax, Syntax::Dotenv | Syntax::Ini);
        let text = self.text();
        template::reference(text, bare_names).or_else(|| {
            let is_looked_up = self.tag().is_some_and(template::is_lookup_tag);
            is_looked_up.then_some(text.trim())
        })
    }

    fn tag_span(self) -> Option<Span> {
        let is_tagged = self.node().flags & flags::TAGGED != 0;
        is_tagged.then(|| side_entry(&self.tree.tags, self.index)).flatten()
    }

    fn anchor_span(self) -> Option<Span> {
        let is_anchored = self.node().flags & flags::ANCHORED != 0;
        is_anchored.then(|| side_entry(&self.tree.anchors, self.index)).flatten()
    }

    /// Where the `|` or `>` of a block scalar stands: the last one on the last line with anything on it
    /// before the content, comments aside.
    fn block_scalar_header(self) -> Option<u32> {
        let before = self.tree.text.get(..self.node().span.start as usize)?.trim_end();
        let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let comments = &self.tree.comments;
        let next = comments.partition_point(|comment| (comment.span.start as usize) < line_start);
        let line_end = comments.get(next).map_or(before.len(), |comment| comment.span.start as usize);
        let line = before.get(line_start..line_end.min(before.len()))?;
        let header = line.rfind(['|', '>'])?;
        u32::try_from(line_start + header).ok()
    }
}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} {:?} at {}..{}", self.kind(), self.raw(), self.span().start, self.span().end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    #[test]
    fn spans_leave_out_what_a_reader_would_not_underline() {
        let text = "a: !t &x 'q'\nb: >- # | no\n\n   fold\n   ed \n\nc:\n  - 1\n  - 2\n\n# end\nd:\n";
        let parsed = parse(text, Syntax::Yaml);
        let root = parsed.tree.documents().next().unwrap();
        let span = |key| root.get(key).unwrap().span().slice(text);
        assert_eq!(span("a"), "'q'");
        assert_eq!(span("b"), "fold\n   ed");
        assert_eq!(span("c"), "- 1\n  - 2");
        assert_eq!(span("d"), "");
        let written = |key| root.get(key).unwrap().written().slice(text);
        assert_eq!(written("a"), "!t &x 'q'");
        assert_eq!(written("b"), ">- # | no\n\n   fold\n   ed");
        assert_eq!(root.get("b").unwrap().text(), "\nfold ed ");
        assert_eq!(root.get("a").unwrap().tag(), Some("!t"));
        assert_eq!(root.get("a").unwrap().anchor(), Some("x"));
    }

    #[test]
    fn an_alias_is_used_in_one_place_and_defined_in_another() {
        let text = "a: &x {k: v}\nb: *x\n";
        let parsed = parse(text, Syntax::Yaml);
        let root = parsed.tree.documents().next().unwrap();
        let used = root.get("b").unwrap();
        assert_eq!((used.kind(), used.span().slice(text)), (Kind::Mapping, "*x"));
        assert_eq!(used.defined().unwrap().slice(text), "{k: v}");
        let inner = used.get("k").unwrap();
        assert_eq!((inner.text(), inner.span().slice(text)), ("v", "*x"));
        assert_eq!(inner.defined().unwrap().slice(text), "v");
        assert_eq!(root.get("a").unwrap().defined(), None);
    }

    #[test]
    fn an_alias_within_itself_is_not_followed() {
        let parsed = parse("a: &x [*x]\n", Syntax::Yaml);
        let root = parsed.tree.documents().next().unwrap();
        let inner = root.get("a").unwrap().items().next().unwrap();
        assert_eq!((inner.kind(), inner.templated()), (Kind::Scalar, true));
        assert_eq!(parsed.limits.len(), 1);
    }
}
