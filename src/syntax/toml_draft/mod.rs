//! The tables of a TOML document while they are being filled, statement by statement: what a header opens, where a
//! dotted key leads, which key stands twice. Knows no tree.

mod entry;
mod events;
mod scalar;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use toml_parser::decoder::ScalarKind;
use toml_parser::{ErrorSink, ParseError};

pub(super) use entry::{Content, Entry};
pub(super) use scalar::{decoded, to_span};

use super::builder::to_u32;
use crate::source::Span;
use entry::{NONE, Origin};
use scalar::{foreign, scalar};

/// The number of the document's own table.
pub(super) const ROOT: u32 = 0;

/// How many parts a dotted key may have, and how deep values may nest.
pub(super) const DEEPEST: u32 = 80;

/// The entries so far. Receives the events of one statement after the other.
pub(super) struct Draft<'s> {
    text: &'s str,
    entries: Vec<Entry>,
    /// Entries by their table and key: by a hash of both, and of how many others were met under such a hash.
    by_key: HashMap<u64, u32>,
    hasher: RandomState,
    /// The header that is being read, and whether it is one of an array.
    header: Option<(Span, bool)>,
    /// The table that statements go into; none where its header makes no sense.
    table: Option<u32>,
    /// The parts of the key that is being read.
    keys: Vec<Span>,
    /// Arrays and inline tables that are being read; none for those that have no place.
    open: Vec<Option<u32>>,
}

impl<'s> Draft<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        let root = Entry::new(Span::at(0), Span::at(0), Content::Table, Origin::Header);
        Self {
            text,
            entries: vec![root],
            by_key: HashMap::new(),
            hasher: RandomState::new(),
            header: None,
            table: Some(ROOT),
            keys: Vec::new(),
            open: Vec::new(),
        }
    }

    /// The entries, once all statements are read.
    pub(super) fn finish(self) -> Vec<Entry> {
        self.entries
    }

    /// Ends a statement, however much of it could be read.
    pub(super) fn end_statement(&mut self, error: &mut dyn ErrorSink) {
        if self.header.is_some() {
            self.open_table(None, error);
        }
        self.keys.clear();
        self.open.clear();
    }

    fn get(&self, at: u32) -> Option<&Entry> {
        self.entries.get(at as usize)
    }

    fn get_mut(&mut self, at: u32) -> Option<&mut Entry> {
        self.entries.get_mut(at as usize)
    }

    /// Adds an entry at the end of a table or array.
    fn add(&mut self, parent: u32, entry: Entry) -> u32 {
        let at = to_u32(self.entries.len());
        self.entries.push(Entry { parent, ..entry });
        let before = self.get_mut(parent).map_or(NONE, |parent| std::mem::replace(&mut parent.last, at));
        if let Some(before) = self.get_mut(before) {
            before.next = at;
        } else if let Some(parent) = self.get_mut(parent) {
            parent.first = at;
        }
        at
    }

    /// The entry of a table with this key, or the place for one.
    fn find(&self, table: u32, key: Span) -> Result<u32, u64> {
        let text = decoded(self.text, key);
        let mut others = 0_u32;
        loop {
            let hash = self.hasher.hash_one((table, &text, others));
            let Some(at) = self.by_key.get(&hash) else { return Err(hash) };
            let is_it = |entry: &Entry| entry.parent == table && decoded(self.text, entry.key) == text;
            if self.get(*at).is_some_and(is_it) {
                return Ok(*at);
            }
            others += 1;
        }
    }

    fn add_at(&mut self, place: u64, table: u32, entry: Entry) -> u32 {
        let at = self.add(table, entry);
        self.by_key.insert(place, at);
        at
    }

    /// The table that a path leads to; the tables on its way are made where they are missing.
    fn descend(
        &mut self,
        from: u32,
        path: &[Span],
        origin: Origin,
        error: &mut dyn ErrorSink,
    ) -> Option<u32> {
        let mut table = from;
        for key in path {
            table = match self.find(table, *key) {
                Err(place) => self.add_at(place, table, Entry::new(*key, *key, Content::Table, origin)),
                Ok(at) => self.enter(at, *key, origin, error)?,
            };
        }
        Some(table)
    }

    /// The table at an entry that a path leads through, if it may be filled from there.
    fn enter(&mut self, at: u32, key: Span, origin: Origin, error: &mut dyn ErrorSink) -> Option<u32> {
        let text = self.text;
        let entry = self.get_mut(at)?;
        let into = match (entry.content, entry.origin) {
            (Content::Table, Origin::PathOfHeader | Origin::PathOfKey) => {
                if origin == Origin::PathOfKey {
                    entry.origin = origin;
                }
                return Some(at);
            }
            (Content::Table, Origin::Header) if origin == Origin::PathOfHeader => return Some(at),
            (Content::Array, Origin::Header) if origin == Origin::PathOfHeader => return Some(entry.last),
            (_, Origin::Header) => {
                error.report_error(duplicate(key));
                return None;
            }
            (Content::Table, _) => "inline table",
            (Content::Array, _) => "array",
            (Content::Scalar, _) => match scalar(text, entry.value).0 {
                ScalarKind::String => "string",
                ScalarKind::Boolean(_) => "boolean",
                ScalarKind::DateTime => "datetime",
                ScalarKind::Float => "float",
                ScalarKind::Integer(_) => "integer",
            },
        };
        let message = format!("cannot extend value of type {into} with a dotted key");
        error.report_error(ParseError::new(message).with_unexpected(foreign(key)));
        None
    }

    /// Opens the table of the header that was read up to `end`, or as far as it could be read.
    fn open_table(&mut self, end: Option<u32>, error: &mut dyn ErrorSink) {
        let Some((open, is_array)) = self.header.take() else { return };
        let keys = std::mem::take(&mut self.keys);
        let end = end.or(keys.last().map(|key| key.end)).unwrap_or(open.end);
        self.table = self.table_of(Span::new(open.start, end), is_array, &keys, error);
        self.keys = keys;
        self.keys.clear();
    }

    fn table_of(
        &mut self,
        header: Span,
        is_array: bool,
        keys: &[Span],
        error: &mut dyn ErrorSink,
    ) -> Option<u32> {
        let (key, path) = split(keys, error)?;
        let parent = self.descend(ROOT, path, Origin::PathOfHeader, error)?;
        let new = |content| Entry::new(key, header, content, Origin::Header);
        let found = self.find(parent, key);
        if is_array {
            let array = match found {
                Ok(at) => at,
                Err(place) => self.add_at(place, parent, new(Content::Array)),
            };
            let known = self.get(array)?;
            if (known.content, known.origin) != (Content::Array, Origin::Header) {
                error.report_error(duplicate(key));
                return None;
            }
            return Some(self.add(array, Entry { key: Span::at(0), ..new(Content::Table) }));
        }
        let at = match found {
            Ok(at) => at,
            Err(place) => return Some(self.add_at(place, parent, new(Content::Table))),
        };
        let entry = self.get_mut(at)?;
        let is_table = entry.content == Content::Table;
        if !(is_table && entry.origin == Origin::PathOfHeader) {
            error.report_error(duplicate(key));
        }
        let (first, last) = if is_table { (entry.first, entry.last) } else { (NONE, NONE) };
        *entry = Entry { parent, first, last, next: entry.next, ..new(Content::Table) };
        Some(at)
    }

    /// Adds a value: an item of the innermost open array, or under the key that was read.
    fn put(&mut self, content: Content, value: Span, error: &mut dyn ErrorSink) -> Option<u32> {
        let keys = std::mem::take(&mut self.keys);
        let put = self.put_under(&keys, content, value, error);
        self.keys = keys;
        self.keys.clear();
        put
    }

    fn put_under(
        &mut self,
        keys: &[Span],
        content: Content,
        value: Span,
        error: &mut dyn ErrorSink,
    ) -> Option<u32> {
        let parent = self.open.last().copied().unwrap_or(self.table)?;
        if self.get(parent)?.content == Content::Array {
            return Some(self.add(parent, Entry::new(Span::at(0), value, content, Origin::Value)));
        }
        let (key, path) = split(keys, error)?;
        let table = self.descend(parent, path, Origin::PathOfKey, error)?;
        match self.find(table, key) {
            Err(place) => Some(self.add_at(place, table, Entry::new(key, value, content, Origin::Value))),
            Ok(_) => {
                error.report_error(duplicate(key));
                None
            }
        }
    }

    fn close(&mut self, span: toml_parser::Span) {
        if let Some(entry) = self.open.pop().flatten().and_then(|at| self.get_mut(at)) {
            entry.value.end = to_u32(span.end());
        }
    }
}

/// The last part of a dotted key and the parts before it.
fn split<'k>(keys: &'k [Span], error: &mut dyn ErrorSink) -> Option<(Span, &'k [Span])> {
    let (key, path) = keys.split_last()?;
    if path.len() >= DEEPEST as usize {
        error.report_error(ParseError::new("nested too deeply").with_unexpected(foreign(*key)));
        return None;
    }
    Some((*key, path))
}

fn duplicate(key: Span) -> ParseError {
    ParseError::new("duplicate key").with_unexpected(foreign(key))
}
