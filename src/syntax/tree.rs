//! The one tree of all syntaxes: a flat array of nodes in pre-order, with byte spans.
//! Scalars are not interpreted here; [`super::NodeRef`] is the way to look at nodes.

use super::{NodeRef, Syntax};
use crate::source::Span;

/// What a node is, aliases followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Keys with values.
    Mapping,
    /// Items in order.
    Sequence,
    /// Text, a number, a truth value or nothing.
    Scalar,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Without quotes. Also collections.
    Plain,
    /// `'…'`, in TOML also `'''…'''`.
    SingleQuoted,
    /// `"…"`, in TOML also `"""…"""`.
    DoubleQuoted,
    /// YAML's `|`.
    Literal,
    /// YAML's `>`.
    Folded,
}

/// A comment, its mark (`#`, `;`, `//`, `/* */`) included, its line break not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
}

/// What is stored of a node: the kinds of [`Kind`], and aliases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    Mapping,
    Sequence,
    Scalar,
    Alias,
}

/// Bits of [`Node::flags`].
pub(super) mod flags {
    /// The node has an entry in `Tree::tags`.
    pub(in crate::syntax) const TAGGED: u8 = 1;
    /// The node has an entry in `Tree::anchors`.
    pub(in crate::syntax) const ANCHORED: u8 = 2;
    /// A mapping with an unquoted key `<<`.
    pub(in crate::syntax) const MERGES: u8 = 4;
    /// A scalar that looked like `{{ … }}` and was read as a mapping within a mapping.
    pub(in crate::syntax) const BRACES: u8 = 8;
}

/// One node, 20 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) span: Span,
    /// Index just past this node and everything below it.
    pub(super) next: u32,
    /// For a scalar whose text is not its source text: one more than its index in `Tree::cooked_spans`.
    /// For an alias: the index of the node it stands for, or its own where it is not followed.
    pub(super) extra: u32,
    pub(super) stored: Stored,
    pub(super) style: Style,
    pub(super) flags: u8,
}

/// A file's text as a tree.
#[derive(Clone, Debug)]
pub struct Tree<'s> {
    pub(super) text: &'s str,
    pub(super) syntax: Syntax,
    pub(super) nodes: Vec<Node>,
    /// Indices of the documents' root nodes.
    pub(super) documents: Vec<u32>,
    pub(super) comments: Vec<Comment>,
    /// Tags and anchors with the node they belong to, in the order of nodes.
    pub(super) tags: Vec<(u32, Span)>,
    pub(super) anchors: Vec<(u32, Span)>,
    /// The texts of all scalars that differ from their source (escapes, folding), one after the other.
    pub(super) cooked: String,
    pub(super) cooked_spans: Vec<Span>,
}

impl<'s> Tree<'s> {
    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &'s str {
        self.text
    }

    /// The syntax it was read as.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The root node of each document that could be read, in order. Only YAML has more than one; a text
    /// of nothing but comments has none.
    pub fn documents(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.documents.iter().map(|&index| NodeRef::new(self, index))
    }

    /// All comments, in order.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// The number of nodes, for statistics.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The node at an index. An index outside the tree, which no cursor has, gives an empty scalar.
    pub(super) fn node(&self, index: u32) -> Node {
        const NOTHING: Node = Node {
            span: Span::at(0),
            next: u32::MAX,
            extra: 0,
            stored: Stored::Scalar,
            style: Style::Plain,
            flags: 0,
        };
        self.nodes.get(index as usize).copied().unwrap_or(NOTHING)
    }
}

/// The entry of a node in one of the side tables, which are in the order of nodes.
pub(super) fn side_entry(table: &[(u32, Span)], index: u32) -> Option<Span> {
    let at = table.binary_search_by_key(&index, |&(node, _)| node).ok()?;
    table.get(at).map(|&(_, span)| span)
}
