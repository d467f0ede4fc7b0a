//! Where a node is written: between which neighbours, in which collection, and how far. Edits are made of this.
//! Unlike a [`super::NodeRef`], a slot never follows an alias.

use super::tree::{Node, Stored, flags};
use super::{Kind, NodeRef, Style, Syntax, Tree};
use crate::source::Span;

/// A node as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) index: u32,
}

/// What a node is for the collection around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The root of a document.
    Root,
    /// The key of an entry.
    Key,
    /// The value of an entry.
    Value,
    /// An item of a sequence.
    Item,
}

impl<'s> Tree<'s> {
    /// The node that is written at a span, the innermost of several; none where no node has exactly this span, or
    /// only one that is not written at all.
    #[must_use]
    pub fn slot_at(&self, span: Span) -> Option<Slot<'_>> {
        let index = self.nodes.iter().rposition(|node| node.span == span && !span.is_empty())?;
        Some(Slot { tree: self, index: u32::try_from(index).ok()? })
    }

    /// Every node, in the order of the tree.
    pub fn slots(&self) -> impl Iterator<Item = Slot<'_>> {
        (0..).zip(&self.nodes).map(|(index, _)| Slot { tree: self, index })
    }
}

impl<'t> Slot<'t> {
    pub(super) fn node(self) -> Node {
        self.tree.node(self.index)
    }

    const fn at(self, index: u32) -> Self {
        Self { index, ..self }
    }

    /// The tree that it is part of.
    #[must_use]
    pub const fn tree(self) -> &'t Tree<'t> {
        self.tree
    }

    /// How the file is written.
    #[must_use]
    pub fn syntax(self) -> Syntax {
        self.tree.syntax
    }

    /// The same node to look at; an alias shows what it stands for.
    #[must_use]
    pub fn look(self) -> NodeRef<'t> {
        NodeRef::new(self.tree, self.index)
    }

    /// The kind of node; none for an alias.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self.node().stored {
            Stored::Mapping => Some(Kind::Mapping),
            Stored::Sequence => Some(Kind::Sequence),
            Stored::Scalar => Some(Kind::Scalar),
            Stored::Alias => None,
        }
    }

    /// How a scalar is written.
    #[must_use]
    pub fn style(self) -> Style {
        self.node().style
    }

    /// Whether a tag says what the node is.
    #[must_use]
    pub fn is_tagged(self) -> bool {
        self.node().flags & flags::TAGGED != 0
    }

    /// Its bytes, as [`NodeRef::span`] has them.
    #[must_use]
    pub fn span(self) -> Span {
        self.node().span
    }

    /// Its source text.
    #[must_use]
    pub fn raw(self) -> &'t str {
        self.span().slice(self.tree.text)
    }

    /// From its first to its last byte: tag, anchor, the head of a block scalar and everything below it included.
    #[must_use]
    pub fn extent(self) -> Span {
        let last = self.node().next;
        let written = (self.index..last).map(|index| self.at(index));
        let written = written.map(|slot| match slot.kind() {
            None => slot.span(),
            Some(_) => slot.look().written(),
        });
        written.reduce(Span::join).unwrap_or_default()
    }

    /// Whether it lies within another node, or is that node.
    #[must_use]
    pub fn is_within(self, other: Self) -> bool {
        (other.index..other.node().next).contains(&self.index)
    }

    /// Whether it is the same node.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.index == other.index
    }

    /// The collection in which it stands.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let is_around = |slot: &Self| {
            matches!(slot.kind(), Some(Kind::Mapping | Kind::Sequence)) && slot.node().next > self.index
        };
        (0..self.index).rev().map(|index| self.at(index)).find(is_around)
    }

    /// What stands directly in it: items, or keys and values in turn.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let end = if self.kind() == Some(Kind::Scalar) { 0 } else { self.node().next };
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let child = self.at(next);
            (next < end).then(|| {
                next = child.node().next.max(next + 1);
                child
            })
        })
    }

    /// What it is for the collection around it.
    #[must_use]
    pub fn role(self) -> Role {
        let Some(parent) = self.parent() else { return Role::Root };
        if parent.kind() == Some(Kind::Sequence) {
            return Role::Item;
        }
        let position = parent.children().position(|child| child.is(self)).unwrap_or_default();
        if position.is_multiple_of(2) { Role::Key } else { Role::Value }
    }

    /// The nodes that go together with it: key and value of its entry, or the item alone.
    #[must_use]
    pub fn member(self) -> Vec<Self> {
        match self.role() {
            Role::Root | Role::Item => vec![self],
            Role::Key => vec![self, self.at(self.node().next)],
            Role::Value => {
                let keys = self.parent().into_iter().flat_map(Self::children).step_by(2);
                let own = keys.take_while(|key| key.index < self.index).last();
                own.into_iter().chain([self]).collect()
            }
        }
    }

    /// The value of a key that a mapping itself has, the last where it is repeated.
    #[must_use]
    pub fn own(self, key: &str) -> Option<Self> {
        if self.kind() != Some(Kind::Mapping) {
            return None;
        }
        let is_wanted = |slot: &Self| slot.kind() == Some(Kind::Scalar) && slot.look().text() == key;
        self.children().step_by(2).filter(is_wanted).last().map(|key| self.at(key.node().next))
    }

    /// Whether an alias repeats it, something in it, or something around it: an edit here is one there, too.
    #[must_use]
    pub fn is_repeated(self) -> bool {
        let aliases = self.tree.nodes.iter().filter(|node| node.stored == Stored::Alias);
        let own = self.index..self.node().next;
        aliases.map(|alias| alias.extra).any(|target| {
            let repeated = target..self.tree.node(target).next;
            own.contains(&target) || repeated.contains(&self.index)
        })
    }

    /// Whether a collection is written with brackets.
    #[must_use]
    pub fn has_brackets(self) -> bool {
        let raw = self.raw();
        match self.kind() {
            Some(Kind::Mapping) => raw.starts_with('{'),
            // A header of TOML begins with a bracket, too, and ends before its keys.
            Some(Kind::Sequence) => raw.starts_with('[') && raw.ends_with(']') && !self.is_of_headers(),
            _ => false,
        }
    }

    /// Whether it is a list of TOML's tables with headers.
    fn is_of_headers(self) -> bool {
        let is_header = |item: Self| item.raw().starts_with("[[") && item.kind() == Some(Kind::Mapping);
        self.syntax() == Syntax::Toml && self.children().next().is_some_and(is_header)
    }
}
