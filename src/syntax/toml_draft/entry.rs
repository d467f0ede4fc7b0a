//! One entry of a TOML document, and how it came about.

use crate::source::Span;

/// No entry has this number.
pub(super) const NONE: u32 = u32::MAX;

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::syntax) enum Content {
    Scalar,
    Array,
    Table,
}

/// How it came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// As a value.
    Value,
    /// By a header of its own; for an array, by the headers of its tables.
    Header,
    /// By a header that leads through it.
    PathOfHeader,
    /// By a dotted key that leads through it.
    PathOfKey,
}

/// An entry of a table or an array, 36 bytes: a file may hold a million.
#[derive(Clone, Copy, Debug)]
pub(in crate::syntax) struct Entry {
    /// Where its key stands; empty for items.
    pub(in crate::syntax) key: Span,
    /// Where its value stands; of a table with a header, the header.
    pub(in crate::syntax) value: Span,
    /// The table or array that it belongs to.
    pub(super) parent: u32,
    /// Its own first entry.
    pub(in crate::syntax) first: u32,
    pub(super) last: u32,
    /// The entry after it.
    pub(in crate::syntax) next: u32,
    pub(in crate::syntax) content: Content,
    pub(super) origin: Origin,
}

impl Entry {
    pub(super) fn new(key: Span, value: Span, content: Content, origin: Origin) -> Self {
        Self { key, value, parent: NONE, first: NONE, last: NONE, next: NONE, content, origin }
    }

    /// Whether it stands in the body of the table that it belongs to, rather than under a header of its own.
    pub(in crate::syntax) fn is_in_body(self) -> bool {
        matches!(self.origin, Origin::Value | Origin::PathOfKey)
    }
}
