//! The fields that rule files may name: one table row each, with what it reads from the model, in one file
//! for each thing that fields are about. A rule speaks of fields; where a field stands in a file, only the
//! model's sites know.

mod account;
mod action;
mod automation;
mod facts;
mod guard;
mod limits;
mod profile;
mod text;
mod trigger;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{Action, Site, Stated, Text, View};

/// One value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum<'m> {
    /// A word of one of the model's vocabularies.
    Word(&'static str),
    /// Text as written.
    Text(&'m str),
    /// A number; durations are days.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// What a field holds for one view: values with their sites, or a site where it cannot be known.
#[derive(Debug, Default)]
pub(crate) struct Reading<'m> {
    /// The known values.
    pub(crate) values: Vec<(Datum<'m>, Site)>,
    /// Where the configuration names something that cannot be known.
    pub(crate) unknown: Option<Site>,
}

/// The kind of literal that a field is compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldKind {
    /// A word from this list.
    Words(Vocabulary),
    /// Any text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// The name of a cue family.
    Cue,
}

/// One of the model's word lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vocabulary {
    /// Whether it has this word.
    pub(crate) knows: fn(&str) -> bool,
    /// Every word, for suggestions and schemas.
    pub(crate) all: fn() -> Vec<&'static str>,
}

/// What a view must hold for the field to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// An account.
    Account,
    /// An automation.
    Automation,
    /// An action.
    Action,
}

/// A field of the model.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name in rule files.
    pub(crate) name: &'static str,
    /// What it is compared with.
    pub(crate) kind: FieldKind,
    /// What it needs.
    pub(crate) level: Level,
    /// What it tells, for the documentation.
    pub(crate) about: &'static str,
    /// Reads it.
    pub(crate) read: for<'m> fn(&View<'m>, &mut Reading<'m>),
}

impl<'m> Reading<'m> {
    fn push(&mut self, datum: Datum<'m>, site: Site) {
        self.values.push((datum, site));
    }

    fn stated<T>(&mut self, stated: &'m Stated<T>, datum: impl FnOnce(&'m T) -> Datum<'m>) {
        match stated {
            Stated::Known(value, site) => self.push(datum(value), *site),
            Stated::Unknown(site) => self.unknown = Some(*site),
            Stated::Absent => {}
        }
    }

    fn texts(&mut self, texts: &'m [Text]) {
        for text in texts {
            self.push(Datum::Text(&text.text), text.site);
        }
    }
}

/// Spellings of a vocabulary.
macro_rules! spellings {
    ($list:ty) => {
        $crate::rules::fields::FieldKind::Words($crate::rules::fields::Vocabulary {
            knows: |word| <$list>::parse(word).is_some(),
            all: || <$list>::ALL.iter().map(|word| word.name()).collect(),
        })
    };
}

/// A row of a table.
macro_rules! field {
    ($name:literal, $kind:expr, $level:ident, $about:literal, $read:expr) => {
        $crate::rules::fields::Field {
            name: $name,
            kind: $kind,
            level: $crate::rules::fields::Level::$level,
            about: $about,
            read: $read,
        }
    };
}

use {field, spellings};

/// Every table, by level and topic.
const TABLES: &[&[Field]] = &[
    profile::FIELDS,
    facts::FIELDS,
    account::FIELDS,
    automation::FIELDS,
    trigger::FIELDS,
    guard::FIELDS,
    action::FIELDS,
    limits::FIELDS,
    text::FIELDS,
];

/// Every field, by level and topic.
pub(crate) fn all() -> impl Iterator<Item = &'static Field> {
    TABLES.iter().copied().flatten()
}

/// Looks a field up by name.
pub(crate) fn find(name: &str) -> Option<&'static Field> {
    static BY_NAME: LazyLock<HashMap<&str, &Field>> =
        LazyLock::new(|| all().map(|field| (field.name, field)).collect());
    BY_NAME.get(name).copied()
}

fn act<'m>(view: &View<'m>, out: &mut Reading<'m>, read: impl FnOnce(&'m Action, &mut Reading<'m>)) {
    if let Some(action) = view.action {
        read(action, out);
    }
}
fn flag<'m>(view: &View<'m>, out: &mut Reading<'m>, read: impl FnOnce(&Action, &View<'m>) -> bool) {
    if let Some(action) = view.action {
        out.push(Datum::Flag(read(action, view)), action.site);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_documented() {
        let mut names: Vec<_> = all().map(|field| field.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(all().all(|field| !field.about.is_empty() && !field.about.ends_with('.')));
    }
}
