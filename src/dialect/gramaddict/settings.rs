//! The flat settings of GramAddict and of its ancestor Insomniac: which are there, which are switched on,
//! what they say. A setting that is there with `0`, `false` or nothing is off; one that is not there is
//! neither on nor off. Of a repeated setting the last one counts.

use std::collections::HashMap;

use crate::dialect::reading::{Reader, flag_of, number_in, range_in};
use crate::model::{Site, Text};
use crate::syntax::{Entry, Kind, NodeRef, Value};

/// The settings of one file.
pub(in crate::dialect) struct Settings<'t> {
    pub(in crate::dialect) reader: Reader<'t>,
    entries: HashMap<&'t str, Entry<'t>>,
}

impl<'t> Settings<'t> {
    /// Settings given as a name and a value each, in the order of the file.
    pub(in crate::dialect) fn new(reader: Reader<'t>, entries: impl Iterator<Item = Entry<'t>>) -> Self {
        Self { reader, entries: entries.map(|entry| (entry.key.text(), entry)).collect() }
    }

    /// The value of a setting, on or off.
    pub(in crate::dialect) fn value(&self, key: &str) -> Option<NodeRef<'t>> {
        self.entries.get(key).map(|entry| entry.value)
    }

    /// Where the name of a setting stands.
    pub(in crate::dialect) fn name_site(&self, key: &str) -> Option<Site> {
        self.entries.get(key).map(|entry| self.reader.site(entry.key))
    }

    /// Where the value of a setting stands; its name, where the value takes several lines.
    pub(in crate::dialect) fn site(&self, key: &str) -> Option<Site> {
        let entry = self.entries.get(key)?;
        let node = if entry.value.kind() == Kind::Scalar && !entry.value.span().is_empty() {
            entry.value
        } else {
            entry.key
        };
        Some(self.reader.site(node))
    }

    /// Whether a setting is there and does something.
    pub(in crate::dialect) fn is_on(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| self.does_something(value))
    }

    /// Whether a setting is there and switched off.
    pub(in crate::dialect) fn is_off(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| !self.does_something(value))
    }

    fn does_something(&self, node: NodeRef<'t>) -> bool {
        match node.kind() {
            Kind::Sequence => node.items().any(|item| self.does_something(item)),
            Kind::Mapping => node.entries().next().is_some(),
            Kind::Scalar if node.templated() => true,
            Kind::Scalar => match node.value(self.reader.schema) {
                Value::Null => false,
                Value::Bool(flag) => flag,
                Value::Int(number) => number != 0,
                Value::Float(number) => number != 0.0,
                Value::Str(text) => says_something(text),
                Value::BigInt(_) | Value::Timestamp(_) => true,
            },
        }
    }

    /// A positive number; of a range such as `40-50` the upper end.
    pub(in crate::dialect) fn number(&self, key: &str) -> Option<(f64, Site)> {
        let value = self.value(key)?;
        let number = self.reader.number(value).get().filter(|number| *number > 0.0)?;
        Some((number, self.reader.site(value)))
    }

    /// The lower end of a number or range.
    pub(in crate::dialect) fn least(&self, key: &str) -> Option<f64> {
        range_in(self.value(key)?.text()).map(|(low, _)| low)
    }

    /// The texts of a list, or of one text.
    pub(in crate::dialect) fn texts(&self, key: &str) -> Vec<Text> {
        self.value(key).map_or_else(Vec::new, |value| self.reader.texts(value))
    }
}

/// Whether a text is more than a way to write "off".
fn says_something(text: &str) -> bool {
    let text = text.trim();
    let is_none = text.is_empty() || text.eq_ignore_ascii_case("none") || text.eq_ignore_ascii_case("null");
    !is_none && flag_of(text) != Some(false) && number_in(text) != Some(0.0)
}
