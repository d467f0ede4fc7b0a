//! The children of mappings and sequences: entries with merge keys resolved, items, duplicate keys.

use std::collections::hash_map::{Entry as Slot, RandomState};
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

use super::tree::{Stored, flags};
use super::{Kind, NodeRef, Style, Tree, Value};

/// A key with its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t> {
    /// The key; in YAML it may be a collection.
    pub key: NodeRef<'t>,
    /// The value.
    pub value: NodeRef<'t>,
}

/// A key that a mapping has more than once.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate<'t> {
    /// The entry that has the key first.
    pub first: Entry<'t>,
    /// A later entry with the same key.
    pub repeated: Entry<'t>,
}

impl Duplicate<'_> {
    /// Whether both entries say the same, as far as scalars go.
    #[must_use]
    pub fn values_are_equal(&self) -> bool {
        let (first, repeated) = (self.first.value, self.repeated.value);
        first.kind() == repeated.kind() && first.raw() == repeated.raw()
    }
}

/// The items of a sequence, in order.
#[derive(Clone, Debug)]
pub struct Items<'t> {
    parent: NodeRef<'t>,
    at: u32,
    end: u32,
}

/// The entries of a mapping: its own in source order, then those merged into it.
#[derive(Clone, Debug)]
pub struct Entries<'t> {
    own: Items<'t>,
    merged: std::vec::IntoIter<Entry<'t>>,
    merges: bool,
}

impl<'t> NodeRef<'t> {
    /// The items of a sequence; nothing for other kinds.
    #[must_use]
    pub fn items(self) -> Items<'t> {
        if self.kind() == Kind::Sequence { self.children() } else { Items { parent: self, at: 0, end: 0 } }
    }

    /// The entries of a mapping; nothing for other kinds. Repeated keys are all there.
    ///
    /// In YAML, mappings named by an unquoted `<<` key are merged in: own keys win over merged ones, and
    /// earlier ones over later ones. What comes through an alias says so ([`NodeRef::defined`]).
    #[must_use]
    pub fn entries(self) -> Entries<'t> {
        let merged = if self.merges() { self.merged_entries() } else { Vec::new() };
        Entries { own: self.own_children(), merged: merged.into_iter(), merges: self.merges() }
    }

    /// The value of a key; of a repeated key the last, as most readers take it. Looks at every key: to
    /// read many keys of a big mapping, go through [`NodeRef::entries`] instead.
    #[must_use]
    pub fn get(self, key: &str) -> Option<NodeRef<'t>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// The entry of a key, found like [`NodeRef::get`].
    #[must_use]
    pub fn entry(self, key: &str) -> Option<Entry<'t>> {
        let is_wanted = |entry: &Entry<'_>| entry.key.kind() == Kind::Scalar && entry.key.text() == key;
        let mut found = None;
        let mut items = self.own_children();
        while items.at < items.end {
            let at = items.at;
            let value_at = self.tree.node(at).next;
            items.at = self.tree.node(value_at).next;
            if value_at < items.end && self.may_be(at, key) {
                let entry = self.entry_at(at);
                let is_own = !(self.merges() && is_merge_key(entry.key));
                found = Some(entry).filter(|entry| is_own && is_wanted(entry)).or(found);
            }
        }
        found.or_else(|| {
            // A vector is built only where there is something to merge.
            if self.merges() { self.merged_entries().into_iter().find(is_wanted) } else { None }
        })
    }

    /// Whether a key can have this text, by its length alone: many keys are asked for in mappings of many keys.
    fn may_be(self, at: u32, key: &str) -> bool {
        let node = self.tree.node(at);
        let is_as_written = node.stored == Stored::Scalar && node.style == Style::Plain && node.extra == 0;
        !is_as_written || node.span.len() as usize == key.len()
    }

    /// Keys that the mapping itself has more than once, in the order of the repetitions. Keys are the
    /// same when they mean the same text; the number `1` and the text `"1"` are two keys.
    #[must_use]
    pub fn duplicates(self) -> Vec<Duplicate<'t>> {
        // Most mappings are so small that comparing all pairs is cheaper than hashing.
        const SMALL: usize = 16;
        let mut few = [(0, ("", false)); SMALL];
        let mut many = FirstKeys::default();
        let mut duplicates = Vec::new();
        for (number, (at, entry)) in self.numbered_entries().enumerate() {
            let key = meaning(entry.key);
            let first = if let Some(slot) = few.get_mut(number) {
                *slot = (at, key);
                few.iter().take(number).find(|(_, other)| *other == key).map(|(first, _)| *first)
            } else {
                if number == SMALL {
                    for (at, key) in few {
                        many.first(self, key, at);
                    }
                }
                many.first(self, key, at)
            };
            duplicates.extend(first.map(|first| Duplicate { first: self.entry_at(first), repeated: entry }));
        }
        duplicates
    }

    /// The mapping's own entries with scalar keys, each with the index of its key.
    fn numbered_entries(self) -> impl Iterator<Item = (u32, Entry<'t>)> {
        let mut items = self.own_children();
        let entries = std::iter::from_fn(move || {
            let at = items.at;
            Some((at, Entry { key: items.next()?, value: items.next()? }))
        });
        entries.filter(move |(_, entry)| {
            entry.key.kind() == Kind::Scalar && !(self.merges() && is_merge_key(entry.key))
        })
    }

    /// The entry whose key has this index.
    fn entry_at(self, at: u32) -> Entry<'t> {
        Entry { key: self.follow(at), value: self.follow(self.tree.node(at).next) }
    }

    /// The entries that the mapping itself has.
    pub(super) fn own_entries(self) -> Entries<'t> {
        Entries { own: self.own_children(), merged: Vec::new().into_iter(), merges: self.merges() }
    }

    fn merges(self) -> bool {
        self.node().flags & flags::MERGES != 0
    }

    fn children(self) -> Items<'t> {
        Items { parent: self, at: self.index + 1, end: self.node().next }
    }

    fn own_children(self) -> Items<'t> {
        if self.kind() == Kind::Mapping { self.children() } else { Items { parent: self, at: 0, end: 0 } }
    }

    /// What merge keys add. Each mapping is visited once: a second visit could add nothing, and a file
    /// that merges every mapping twice into the next would otherwise cost 2^n.
    fn merged_entries(self) -> Vec<Entry<'t>> {
        let mut merged = Vec::new();
        let mut keys = HashSet::new();
        let mut visited = HashSet::new();
        let mut to_visit = vec![self];
        while let Some(source) = to_visit.pop() {
            if !visited.insert(source.index) {
                continue;
            }
            let first_to_visit = to_visit.len();
            if source.kind() == Kind::Sequence {
                to_visit.extend(source.items());
            }
            let mut children = source.own_children();
            while let (Some(key), Some(value)) = (children.next(), children.next()) {
                if is_merge_key(key) {
                    to_visit.push(value);
                } else {
                    let is_new = key.kind() != Kind::Scalar || keys.insert(key.text());
                    if is_new && source.index != self.index {
                        merged.push(Entry { key, value });
                    }
                }
            }
            // The last one is popped first.
            if let Some(added) = to_visit.get_mut(first_to_visit..) {
                added.reverse();
            }
        }
        merged
    }
}

impl<'s> Tree<'s> {
    /// All repeated keys of the file, mapping by mapping.
    pub fn duplicate_keys(&self) -> impl Iterator<Item = Duplicate<'_>> {
        let indices = (0..).zip(&self.nodes);
        let mappings = indices.filter(|(_, node)| node.stored == Stored::Mapping).map(|(index, _)| index);
        mappings.flat_map(|index| NodeRef::new(self, index).duplicates())
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = NodeRef<'t>;

    fn next(&mut self) -> Option<NodeRef<'t>> {
        if self.at >= self.end {
            return None;
        }
        let index = self.at;
        self.at = self.parent.tree.node(index).next;
        Some(self.parent.follow(index))
    }
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        while let (Some(key), Some(value)) = (self.own.next(), self.own.next()) {
            if !(self.merges && is_merge_key(key)) {
                return Some(Entry { key, value });
            }
        }
        self.merged.next()
    }
}

/// What keys of a big mapping were seen. Keeps numbers instead of texts: a file may have a million keys.
#[derive(Default)]
struct FirstKeys<'t> {
    hasher: RandomState,
    /// Where a key with this hash stands first.
    by_hash: HashMap<u64, u32>,
    /// Keys that share their hash with another one.
    others: HashMap<(&'t str, bool), u32>,
}

impl<'t> FirstKeys<'t> {
    /// Where in the mapping this key stood before; else it is noted.
    fn first(&mut self, mapping: NodeRef<'t>, key: (&'t str, bool), at: u32) -> Option<u32> {
        let slot = match self.by_hash.entry(self.hasher.hash_one(key)) {
            Slot::Vacant(slot) => {
                slot.insert(at);
                return None;
            }
            Slot::Occupied(slot) => *slot.get(),
        };
        if meaning(mapping.follow(slot)) == key {
            return Some(slot);
        }
        match self.others.entry(key) {
            Slot::Vacant(slot) => {
                slot.insert(at);
                None
            }
            Slot::Occupied(slot) => Some(*slot.get()),
        }
    }
}

/// What makes two keys the same.
fn meaning(key: NodeRef<'_>) -> (&str, bool) {
    (key.text(), is_text(key))
}

/// Whether a key of a mapping that merges is one of its merge keys.
fn is_merge_key(key: NodeRef<'_>) -> bool {
    key.style() == Style::Plain && key.raw() == "<<"
}

/// Whether a key stands for a text, as opposed to a number or a truth value.
fn is_text(key: NodeRef<'_>) -> bool {
    matches!(key.value(key.schema()), Value::Str(_))
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Syntax, parse};

    fn entries(text: &str, key: &str) -> Vec<(String, String)> {
        let parsed = parse(text, Syntax::Yaml);
        assert_eq!(parsed.errors, []);
        let root = parsed.tree.documents().next().unwrap();
        let entries = root.get(key).unwrap().entries();
        entries.map(|entry| (entry.key.text().to_owned(), entry.value.text().to_owned())).collect()
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn own_keys_win_then_earlier_merges() {
        let text = "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2, z: 2}\nc:\n  <<: [*b, *a, {w: 4}]\n  z: 3\n";
        assert_eq!(entries(text, "c"), owned(&[("z", "3"), ("y", "2"), ("x", "1"), ("w", "4")]));
    }

    #[test]
    fn a_merged_value_remembers_both_places() {
        let text = "a: &a {x: 1}\nb: {<<: *a}\n";
        let parsed = parse(text, Syntax::Yaml);
        let value = parsed.tree.documents().next().unwrap().get("b").unwrap().get("x").unwrap();
        assert_eq!(value.span().slice(text), "*a");
        assert_eq!(value.defined().unwrap().slice(text), "1");
    }

    #[test]
    fn a_quoted_merge_key_is_a_key() {
        assert_eq!(entries("a: {'<<': 1}\n", "a"), owned(&[("<<", "1")]));
    }

    #[test]
    fn the_last_of_a_repeated_key_counts_and_all_are_reported() {
        let parsed = parse("a: 1\nb: 2\n\"a\": 3\na: 4\n1: x\n'1': y\n", Syntax::Yaml);
        let root = parsed.tree.documents().next().unwrap();
        assert_eq!(root.get("a").unwrap().text(), "4");
        let places: Vec<_> =
            parsed.tree.duplicate_keys().map(|d| (d.first.key.raw(), d.repeated.key.raw())).collect();
        assert_eq!(places, [("a", "\"a\""), ("a", "a")]);
    }

    #[test]
    fn duplicates_of_big_and_small_mappings_agree() {
        let text: String = (0..40).map(|number| format!("k{}: 1\n", number % 30)).collect();
        let parsed = parse(&text, Syntax::Yaml);
        let repeated: Vec<_> = parsed.tree.duplicate_keys().map(|d| d.repeated.key.text()).collect();
        assert_eq!(repeated.len(), 10);
        assert_eq!(repeated.first(), Some(&"k0"));
    }
}
