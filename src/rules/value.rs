//! A TOML value with spans, either embedded at build time or read from a user's file.
//! Rule files are checked through this type, so built-in and user-written ones go the same way.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::Span;

/// A file of the rulebook that is part of the binary.
#[derive(Debug)]
pub(crate) struct Embedded {
    /// Its path below `rules/`, with forward slashes.
    pub(crate) path: &'static str,
    /// Its whole text, for what is only read on request.
    pub(crate) text: &'static str,
    /// Its content without examples and references.
    pub(crate) table: Value,
}

/// A value and where it stands in its file.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// The value.
    pub(crate) data: Data,
    /// Its bytes in the file.
    pub(crate) span: Span,
}

/// The kinds of value that rule files use.
#[derive(Clone, Debug)]
pub(crate) enum Data {
    /// A string.
    Text(Cow<'static, str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// An array.
    List(Cow<'static, [Value]>),
    /// A table, in source order.
    Table(Cow<'static, [(Key, Value)]>),
}

/// The key of a table entry.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// The key, without quotes.
    pub(crate) text: Cow<'static, str>,
    /// Its bytes in the file.
    pub(crate) span: Span,
}

mod embedded {
    use super::{Data, Embedded, Key, Value};
    use crate::source::Span;
    use std::borrow::Cow;

    include!(concat!(env!("OUT_DIR"), "/rulebook.rs"));
}

pub(crate) use embedded::EMBEDDED;

/// The content of an embedded file, by its path below `rules/`.
pub(crate) fn embedded(path: &str) -> Option<&'static Value> {
    EMBEDDED.iter().find(|file| file.path == path).map(|file| &file.table)
}

impl Value {
    /// Reads a TOML text; the errors are those of the TOML grammar.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<toml::de::Error>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(from_table(table.get_ref(), to_span(&table.span())))
    }

    /// The entries, if it is a table.
    pub(crate) fn entries(&self) -> Option<&[(Key, Self)]> {
        match &self.data {
            Data::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, if it is an array.
    pub(crate) fn items(&self) -> Option<&[Self]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub(crate) fn text(&self) -> Option<&Cow<'static, str>> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self.data {
            Data::Integer(number) => Some(number as f64),
            Data::Float(number) => Some(number),
            _ => None,
        }
    }

    /// Whether it is `true`.
    pub(crate) const fn is_true(&self) -> bool {
        matches!(self.data, Data::Boolean(true))
    }

    /// The value of a key, if it is a table that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()?.iter().find(|(name, _)| name.text == key).map(|(_, value)| value)
    }
}

fn to_span(range: &std::ops::Range<usize>) -> Span {
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    Span::new(offset(range.start), offset(range.end))
}

fn from_table(table: &DeTable<'_>, span: Span) -> Value {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let text = Cow::Owned(key.get_ref().clone().into_owned());
            (Key { text, span: to_span(&key.span()) }, from_value(value))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Value { data: Data::Table(Cow::Owned(entries)), span }
}

/// Values come from small files of known depth: the TOML parser refuses deeper nesting.
fn from_value(value: &Spanned<DeValue<'_>>) -> Value {
    let span = to_span(&value.span());
    let data = match value.get_ref() {
        DeValue::String(text) => Data::Text(Cow::Owned(text.clone().into_owned())),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Data::Integer(number),
            Err(_) => Data::Text(Cow::Owned(number.as_str().to_owned())),
        },
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or_else(|_| Data::Text(Cow::Owned(number.as_str().to_owned())), Data::Float),
        DeValue::Boolean(flag) => Data::Boolean(*flag),
        DeValue::Datetime(date) => Data::Text(Cow::Owned(date.to_string())),
        DeValue::Array(items) => Data::List(Cow::Owned(items.iter().map(from_value).collect())),
        DeValue::Table(table) => return from_table(table, span),
    };
    Value { data, span }
}
