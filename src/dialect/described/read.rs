//! The reader of templates, references and conditions: every name is checked, and reading goes on after a mistake.

use super::condition::{Condition, Wanted};
use super::each::Each;
use super::reference::{ANY, Reading, Reference};
use super::template::{Table, Template};
use super::way::Way;
use crate::model::unit_in_days;
use crate::rules::{Data, Problem, Value};

/// Keys of a reference.
pub(super) const REFERENCE: &[&str] =
    &["key", "value", "when", "unless", "as", "words", "open", "unit", "times", "replace", "form", "default"];

/// Keys of what is said for each entry of a list.
pub(super) const EACH: &[&str] = &["each", "named"];

/// Keys of a condition.
pub(super) const CONDITION: &[&str] = &["key", "is", "at-least", "default"];

/// Units of time.
pub(super) const UNITS: &[&str] = &["seconds", "minutes", "hours", "days", "weeks"];

/// More in one file is a mistake, or somebody's joke.
const MOST_WAYS: usize = 1000;
const MOST_DEPTH: usize = 16;
const MOST_WORDS: usize = 200;

/// A dialect file that is being read.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
    ways: usize,
}

impl Reader {
    pub(super) fn refuse(&mut self, at: &Value, message: impl Into<String>) {
        self.problems.push(Problem::new(at.span, message));
    }

    pub(super) fn known_keys(&mut self, table: &Value, known: &[&str]) {
        for (key, _) in table.entries().unwrap_or(&[]) {
            if !known.contains(&key.text.as_ref()) {
                self.problems.push(Problem::unknown(key.span, "key", &key.text, known.iter().copied()));
            }
        }
    }

    /// A text that is not blank; empty where it is not there.
    pub(super) fn text(&mut self, table: &Value, key: &str) -> String {
        let Some(value) = table.get(key) else { return String::new() };
        match value.text().filter(|text| !text.trim().is_empty()) {
            Some(text) => text.to_string(),
            None => {
                self.refuse(value, format!("`{key}` is a text"));
                String::new()
            }
        }
    }

    /// A list of texts, or one of them.
    pub(super) fn texts<'v>(&mut self, table: &'v Value, key: &str) -> Vec<(&'v str, &'v Value)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let items = value.items().unwrap_or(std::slice::from_ref(value));
        let mut texts = Vec::new();
        for item in items {
            match item.text() {
                Some(text) => texts.push((text.as_ref(), item)),
                None => self.refuse(item, format!("`{key}` is a text, or a list of them")),
            }
        }
        texts
    }

    /// A number of one of these words.
    pub(super) fn flag(&mut self, table: &Value, key: &str) -> bool {
        match table.get(key).map(|value| (&value.data, value)) {
            None => false,
            Some((Data::Boolean(flag), _)) => *flag,
            Some((_, value)) => {
                self.refuse(value, format!("`{key}` is true or false"));
                false
            }
        }
    }

    /// Ways to settings.
    pub(super) fn ways(&mut self, table: &Value, key: &str) -> Vec<Way> {
        self.texts(table, key).into_iter().filter_map(|(text, at)| self.way(text, at)).collect()
    }

    /// A way to a setting.
    pub(super) fn way(&mut self, text: &str, at: &Value) -> Option<Way> {
        self.ways += 1;
        if self.ways > MOST_WAYS {
            if self.ways == MOST_WAYS + 1 {
                self.refuse(at, format!("a dialect file names at most {MOST_WAYS} settings"));
            }
            return None;
        }
        match Way::parse(text, self.ways) {
            Ok(way) => Some(way),
            Err(message) => {
                self.refuse(at, message);
                None
            }
        }
    }

    /// A part of a conduct file, with references.
    pub(super) fn template(&mut self, value: &Value, depth: usize) -> Template {
        if depth > MOST_DEPTH {
            self.refuse(value, "this nests too deeply");
            return Template::List(Vec::new(), value.span);
        }
        match &value.data {
            Data::Text(text) => Template::Text(text.to_string(), value.span),
            Data::Integer(number) => Template::Plain(number.to_string(), value.span),
            Data::Float(number) => Template::Plain(number.to_string(), value.span),
            Data::Boolean(flag) => Template::Plain(flag.to_string(), value.span),
            Data::List(items) => {
                Template::List(items.iter().map(|item| self.template(item, depth + 1)).collect(), value.span)
            }
            Data::Table(_) if value.get("each").is_some() => Template::Each(Box::new(Each {
                ways: self.ways(value, "each"),
                named: self.names(value),
                template: self.words_of(value, EACH, depth),
            })),
            Data::Table(_) => self.words_of(value, &[], depth),
        }
    }

    /// A reference, or a table of words, without the keys that the caller reads.
    fn words_of(&mut self, value: &Value, without: &[&str], depth: usize) -> Template {
        if value.get("key").is_some() || value.get("value").is_some() {
            Template::Reference(Box::new(self.reference(value, without, depth)))
        } else {
            Template::Table(self.table(value, without, depth))
        }
    }

    /// Where names stand: the same for every entry, so that they are looked up once.
    fn names(&mut self, value: &Value) -> Vec<Way> {
        let named = self.ways(value, "named");
        if let Some(at) = value.get("named").filter(|_| !named.iter().all(Way::is_from_top)) {
            self.refuse(at, "`named` begins at the top of the file: `/checks.*.rules.*.name`");
        }
        named
    }

    /// A table of words, without the keys that the caller reads.
    pub(super) fn table(&mut self, value: &Value, without: &[&str], depth: usize) -> Table {
        let conditions = self.conditions(value);
        let is_word = |key: &str| !matches!(key, "when" | "unless") && !without.contains(&key);
        let entries = value.entries().unwrap_or(&[]).iter().filter(|(key, _)| is_word(&key.text));
        let entries =
            entries.map(|(key, value)| (key.text.to_string(), key.span, self.template(value, depth + 1)));
        Table { entries: entries.collect(), conditions, span: value.span }
    }

    fn reference(&mut self, value: &Value, without: &[&str], depth: usize) -> Reference {
        self.known_keys(value, &[REFERENCE, without].concat());
        if value.get("key").is_some() && value.get("value").is_some() {
            self.refuse(value, "either a `key` says it, or a `value`");
        }
        let inner =
            |reader: &mut Self, key: &str| value.get(key).map(|value| reader.template(value, depth + 1));
        Reference {
            ways: self.ways(value, "key"),
            value: inner(self, "value"),
            conditions: self.conditions(value),
            reading: self.reading(value),
            words: self.words(value, depth),
            is_open: self.flag(value, "open"),
            unit: self.unit(value),
            times: self.times(value),
            replace: self.replacements(value),
            form: self.form(value),
            default: inner(self, "default"),
        }
    }

    fn reading(&mut self, value: &Value) -> Reading {
        let text = self.text(value, "as");
        let known = Reading::ALL.iter().find(|(name, _)| *name == text);
        if known.is_none() && !text.is_empty() {
            let span = value.get("as").map_or(value.span, |at| at.span);
            let names = Reading::ALL.iter().map(|(name, _)| *name);
            self.problems.push(Problem::unknown(span, "way of reading", &text, names));
        }
        known.map_or(Reading::Value, |(_, reading)| *reading)
    }

    fn words(&mut self, value: &Value, depth: usize) -> Vec<(String, Template)> {
        let Some(words) = value.get("words") else { return Vec::new() };
        let Some(entries) = words.entries() else {
            self.refuse(words, "`words` is a table: what the tool writes, and what it means");
            return Vec::new();
        };
        if entries.len() > MOST_WORDS {
            self.refuse(words, format!("`words` holds at most {MOST_WORDS} words"));
            return Vec::new();
        }
        entries.iter().map(|(key, value)| (key.text.to_string(), self.template(value, depth + 1))).collect()
    }

    fn unit(&mut self, value: &Value) -> Option<String> {
        let unit = self.text(value, "unit");
        if unit.is_empty() {
            return None;
        }
        if unit_in_days(&unit).is_none() {
            let span = value.get("unit").map_or(value.span, |at| at.span);
            self.problems.push(Problem::unknown(span, "unit", &unit, UNITS.iter().copied()));
        }
        Some(unit)
    }

    fn times(&mut self, value: &Value) -> Option<f64> {
        let at = value.get("times")?;
        let number = at.number().filter(|number| number.is_finite() && *number > 0.0);
        if number.is_none() {
            self.refuse(at, "`times` is a number above zero");
        }
        number
    }

    fn replacements(&mut self, value: &Value) -> Vec<(String, String)> {
        let Some(table) = value.get("replace") else { return Vec::new() };
        let mut all = Vec::new();
        for (key, value) in table.entries().unwrap_or(&[]) {
            match value.text() {
                Some(text) if !key.text.is_empty() => all.push((key.text.to_string(), text.to_string())),
                _ => self.refuse(value, "`replace` is a table of texts"),
            }
        }
        if all.is_empty() {
            self.refuse(table, "`replace` is a table of texts");
        }
        all
    }

    fn form(&mut self, value: &Value) -> Option<String> {
        let form = self.text(value, "form");
        if form.is_empty() {
            return None;
        }
        if !form.contains("{}") {
            let at = value.get("form").unwrap_or(value);
            self.refuse(at, "`form` holds `{}`, where the value goes");
        }
        Some(form)
    }

    /// `when` and `unless`.
    pub(super) fn conditions(&mut self, table: &Value) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (key, negated) in [("when", false), ("unless", true)] {
            let Some(value) = table.get(key) else { continue };
            let items = value.items().unwrap_or(std::slice::from_ref(value));
            conditions.extend(items.iter().filter_map(|item| self.condition(item, key, negated)));
        }
        conditions
    }

    fn condition(&mut self, value: &Value, key: &str, negated: bool) -> Option<Condition> {
        if let Some(text) = value.text() {
            let any = self.way(text, value)?;
            return Some(Condition {
                any: vec![any],
                is: Vec::new(),
                at_least: None,
                default: false,
                negated,
            });
        }
        if value.get("key").is_none() {
            let message =
                format!("`{key}` names a setting: `{key} = \"welcome.enabled\"`, or `{{ key = …, is = … }}`");
            self.refuse(value, message);
            return None;
        }
        self.known_keys(value, CONDITION);
        let any = self.ways(value, "key");
        let mut is = Vec::new();
        let wanted = value.get("is");
        for item in wanted.map_or(&[][..], |value| value.items().unwrap_or(std::slice::from_ref(value))) {
            match &item.data {
                Data::Boolean(flag) => is.push(Wanted::Flag(*flag)),
                Data::Text(text) if text == ANY => is.push(Wanted::Any),
                Data::Text(text) if text.matches(ANY).count() > 1 => {
                    self.refuse(item, "a star stands once in a text, for anything");
                }
                Data::Text(text) => is.push(Wanted::Text(text.trim().to_owned())),
                Data::Integer(number) => is.push(Wanted::Text(number.to_string())),
                _ => self.refuse(item, "`is` is a text, a number, true or false, or a list of them"),
            }
        }
        let at_least = value.get("at-least").and_then(Value::number);
        if value.get("at-least").is_some() && (at_least.is_none() || wanted.is_some()) {
            self.refuse(value, "`at-least` is a number, and stands instead of `is`");
        }
        Some(Condition { any, is, at_least, default: self.flag(value, "default"), negated })
    }
}
