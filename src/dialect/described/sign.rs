//! How a file is recognised: by keys that it has, and by its path, never by its path alone.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::condition::{self, Condition, Truth};
use super::looking::Looking;
use super::read::Reader;
use super::way::{Scope, Way};
use crate::dialect::{Candidate, reading};
use crate::rules::{Data, Problem, Value};
use crate::syntax::{NodeRef, Syntax};

/// Keys of `[recognise]`.
pub(super) const KEYS: &[&str] =
    &["paths", "syntax", "keys", "any", "optional", "at-least", "refuse", "when", "unless", "before-others"];

/// The syntaxes by name.
pub(super) const SYNTAXES: &[(&str, &[Syntax])] = &[
    ("yaml", &[Syntax::Yaml]),
    ("json", &[Syntax::Json, Syntax::Jsonc]),
    ("toml", &[Syntax::Toml]),
    ("env", &[Syntax::Dotenv]),
    ("ini", &[Syntax::Ini]),
];

/// What a file must have to be of a dialect.
#[derive(Clone, Debug)]
pub(super) struct Signs {
    /// Patterns of `.gitignore`, as they are written; any path where there are none.
    pub(super) patterns: Vec<String>,
    paths: Option<Gitignore>,
    pub(super) syntaxes: Vec<&'static str>,
    /// All of these.
    pub(super) keys: Vec<Way>,
    /// Of each of these lists one.
    pub(super) any: Vec<Vec<Way>>,
    /// At least so many of these.
    pub(super) optional: Vec<Way>,
    pub(super) at_least: usize,
    /// None of these.
    pub(super) refuse: Vec<Way>,
    /// What must hold as well.
    pub(super) conditions: Vec<Condition>,
    /// Whether it is asked before the dialects of botiquette.
    pub(super) is_first: bool,
}

impl Signs {
    /// Reads `[recognise]`.
    pub(super) fn read(file: &Value, reader: &mut Reader) -> Self {
        let table = file.get("recognise");
        if table.is_none() {
            reader.refuse(file, "a dialect needs `[recognise]`: the keys that its files have");
        }
        let table = table.unwrap_or(file);
        if file.get("recognise").is_some() {
            reader.known_keys(table, KEYS);
        }
        let patterns: Vec<_> = reader.texts(table, "paths");
        let paths = globs(&patterns, reader);
        let mut signs = Self {
            patterns: patterns.iter().map(|(pattern, _)| (*pattern).to_owned()).collect(),
            paths,
            syntaxes: syntaxes(table, reader),
            keys: reader.ways(table, "keys"),
            any: any(table, reader),
            optional: reader.ways(table, "optional"),
            at_least: 0,
            refuse: reader.ways(table, "refuse"),
            conditions: reader.conditions(table),
            is_first: reader.flag(table, "before-others"),
        };
        match table.get("at-least").map(|value| &value.data) {
            Some(Data::Integer(number)) => signs.at_least = usize::try_from(*number).unwrap_or(0),
            Some(_) => reader.refuse(table, "`at-least` is a whole number"),
            None if !signs.optional.is_empty() => signs.at_least = 1,
            None => {}
        }
        let has_keys = !signs.keys.is_empty() || !signs.any.is_empty() || signs.at_least > 0;
        if file.get("recognise").is_some() && !has_keys && reader.problems.is_empty() {
            reader.refuse(table, "a path alone tells no tool: name `keys` that its files have");
        }
        signs
    }

    /// Whether a file is of the dialect.
    pub(super) fn fit(&self, candidate: &Candidate<'_>) -> bool {
        self.fits_path(candidate.path, candidate.tree.syntax())
            && candidate.tree.documents().any(|document| self.fit_document(candidate, document))
    }

    /// Whether a document has the keys, and they say what they must.
    pub(super) fn fit_document<'t>(&self, candidate: &Candidate<'t>, top: NodeRef<'t>) -> bool {
        let scope = Scope::whole(top);
        let has = |way: &Way| !way.go(&scope, &mut |_, _| {}).is_empty();
        self.keys.iter().all(has)
            && self.any.iter().all(|any| any.iter().any(has))
            && self.optional.iter().filter(|way| has(way)).take(self.at_least).count() >= self.at_least
            && !self.refuse.iter().any(has)
            && (self.conditions.is_empty() || {
                let schema = candidate.tree.syntax().schema();
                let mut looking = Looking::new(reading::Reader::new(*candidate, schema), 0);
                condition::all(&self.conditions, &mut looking, &scope) == Truth::Yes
            })
    }

    fn fits_path(&self, path: &Path, syntax: Syntax) -> bool {
        let listed = |name: &&str| SYNTAXES.iter().any(|(known, are)| known == name && are.contains(&syntax));
        let relative = path.strip_prefix("/").unwrap_or(path);
        let fits = |paths: &Gitignore| paths.matched(relative, false).is_ignore();
        (self.syntaxes.is_empty() || self.syntaxes.iter().any(listed)) && self.paths.as_ref().is_none_or(fits)
    }

    /// Words of which every file of the dialect holds at least one; none where there are no such words.
    pub(super) fn hints(&self) -> Vec<&str> {
        self.keys
            .iter()
            .filter_map(longest_key)
            .max_by_key(|key| key.len())
            .map(|key| vec![key])
            .or_else(|| self.any.iter().find_map(|any| any.iter().map(longest_key).collect()))
            .or_else(|| self.optional.iter().map(longest_key).collect())
            .unwrap_or_default()
    }
}

/// The longest key of a way that is written out.
fn longest_key(way: &Way) -> Option<&str> {
    way.keys().max_by_key(|key| key.len())
}

fn globs(patterns: &[(&str, &Value)], reader: &mut Reader) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    for (pattern, at) in patterns {
        if let Err(error) = builder.add_line(None, pattern) {
            reader.refuse(at, format!("this pattern cannot be used: {error}"));
        }
    }
    if patterns.is_empty() { None } else { builder.build().ok() }
}

fn syntaxes(table: &Value, reader: &mut Reader) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (text, at) in reader.texts(table, "syntax") {
        match SYNTAXES.iter().find(|(name, _)| *name == text) {
            Some((name, _)) => found.push(*name),
            None => {
                let names = SYNTAXES.iter().map(|(name, _)| *name);
                reader.problems.push(Problem::unknown(at.span, "syntax", text, names));
            }
        }
    }
    found
}

/// `any = ["a", "b"]`, or several such lists.
fn any(table: &Value, reader: &mut Reader) -> Vec<Vec<Way>> {
    let Some(value) = table.get("any") else { return Vec::new() };
    let Some(items) = value.items() else {
        reader.refuse(value, "`any` is a list of keys, or a list of such lists");
        return Vec::new();
    };
    if !items.iter().any(|item| item.items().is_some()) {
        return vec![reader.ways(table, "any")];
    }
    let mut lists = Vec::new();
    for item in items {
        let texts = item.items().unwrap_or(std::slice::from_ref(item));
        let ways = texts.iter().filter_map(|text| match text.text() {
            Some(key) => reader.way(key, text),
            None => {
                reader.refuse(text, "a key is a text");
                None
            }
        });
        lists.push(ways.collect());
    }
    lists
}
