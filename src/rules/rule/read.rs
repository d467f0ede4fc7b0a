//! The reader of rule files: checks every name in the file, and goes on after a mistake.

use std::borrow::Cow;

use super::{Adjustment, LabelSpec, OncePer, Part, Rule};
use crate::diagnostic::{Confidence, Severity};
use crate::rules::condition::{Condition, Tables};
use crate::rules::fields::{self, Field, FieldKind};
use crate::rules::problem::Problem;
use crate::rules::value::{Data, Key, Value};

/// Keys of a rule file.
const KEYS: &[&str] = &[
    "name",
    "title",
    "severity",
    "confidence",
    "since",
    "subsumes",
    "once-per",
    "what",
    "why",
    "instead",
    "false-positives",
    "sources",
    "detect",
    "label",
    "adjust",
    "example",
    "fix",
];

/// Reads a rule file. `family` is its folder. All problems are returned, each at its place.
pub(in crate::rules) fn load(
    value: &Value,
    family: &str,
    stem: &str,
    tables: Tables<'_>,
) -> Result<Rule, Vec<Problem>> {
    let mut reader = Reader { value, tables, problems: Vec::new() };
    reader.known_keys(value, KEYS);
    let rule = Rule {
        name: reader.text("name"),
        family: Cow::Owned(family.to_owned()),
        title: reader.text("title"),
        severity: reader.severity("severity"),
        confidence: reader.confidence("confidence"),
        since: reader.text("since"),
        subsumes: reader.texts("subsumes"),
        what: reader.text("what"),
        why: reader.text("why"),
        instead: reader.text("instead"),
        once_per: reader.once_per(),
        detect: reader.detect(),
        labels: reader.labels(),
        adjustments: reader.adjustments(),
        fixes: reader.fixes(),
    };
    if rule.name != stem {
        reader.refuse(value, &format!("the rule is called `{}` but its file `{stem}.toml`", rule.name));
    }
    if reader.problems.is_empty() { Ok(rule) } else { Err(reader.problems) }
}

pub(super) struct Reader<'v, 't> {
    pub(super) value: &'v Value,
    pub(super) tables: Tables<'t>,
    pub(super) problems: Vec<Problem>,
}

impl<'v> Reader<'v, '_> {
    pub(super) fn refuse(&mut self, at: &Value, message: &str) {
        self.problems.push(Problem::new(at.span, message));
    }

    pub(super) fn known_keys(&mut self, table: &Value, known: &[&str]) {
        for (Key { text, span }, _) in table.entries().unwrap_or(&[]) {
            if !known.contains(&text.as_ref()) {
                self.problems.push(Problem::unknown(*span, "key", text, known.iter().copied()));
            }
        }
    }

    fn text(&mut self, key: &str) -> Cow<'static, str> {
        match self.value.get(key) {
            Some(Value { data: Data::Text(text), .. }) if !text.trim().is_empty() => text.clone(),
            Some(other) => {
                self.refuse(other, &format!("`{key}` must be text"));
                Cow::Borrowed("")
            }
            None => {
                self.refuse(self.value, &format!("a rule needs `{key}`"));
                Cow::Borrowed("")
            }
        }
    }

    fn texts(&mut self, key: &str) -> Vec<Cow<'static, str>> {
        let Some(value) = self.value.get(key) else { return Vec::new() };
        value.items().unwrap_or(&[]).iter().filter_map(|item| item.text().cloned()).collect()
    }

    fn severity(&mut self, key: &str) -> Severity {
        let text = self.text(key);
        self.parse_severity(&text, self.value.get(key)).unwrap_or(Severity::Warning)
    }

    fn parse_severity(&mut self, text: &str, at: Option<&Value>) -> Option<Severity> {
        match text {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            other => {
                let span = at.map_or(self.value.span, |value| value.span);
                self.problems.push(Problem::unknown(span, "severity", other, ["error", "warning", "info"]));
                None
            }
        }
    }

    fn confidence(&mut self, key: &str) -> Confidence {
        let text = self.text(key);
        self.parse_confidence(&text, self.value.get(key)).unwrap_or(Confidence::Medium)
    }

    fn parse_confidence(&mut self, text: &str, at: Option<&Value>) -> Option<Confidence> {
        match text {
            "high" => Some(Confidence::High),
            "medium" => Some(Confidence::Medium),
            "low" => Some(Confidence::Low),
            other => {
                let span = at.map_or(self.value.span, |value| value.span);
                self.problems.push(Problem::unknown(span, "confidence", other, ["high", "medium", "low"]));
                None
            }
        }
    }

    fn once_per(&mut self) -> OncePer {
        let Some(value) = self.value.get("once-per") else { return OncePer::Automation };
        match value.text().map(Cow::as_ref) {
            Some("account") => OncePer::Account,
            Some("automation") => OncePer::Automation,
            Some("action") => OncePer::Action,
            _ => {
                self.refuse(value, "`once-per` is \"account\", \"automation\" or \"action\"");
                OncePer::Automation
            }
        }
    }

    pub(super) fn condition(&mut self, value: &Value) -> Condition {
        Condition::load(value, self.tables, &mut self.problems)
    }

    pub(super) fn conditions(&mut self, value: Option<&Value>) -> Vec<Condition> {
        let Some(value) = value else { return Vec::new() };
        let items = value.items().unwrap_or(std::slice::from_ref(value));
        items.iter().map(|item| self.condition(item)).collect()
    }

    pub(super) fn required(&mut self, table: &'v Value, key: &str) -> Condition {
        if let Some(value) = table.get(key) {
            self.condition(value)
        } else {
            self.refuse(table, &format!("this kind of detection needs `{key}`"));
            Condition::All(Vec::new())
        }
    }

    fn labels(&mut self) -> Vec<LabelSpec> {
        let mut labels = Vec::new();
        for label in self.value.get("label").and_then(Value::items).unwrap_or(&[]) {
            self.known_keys(label, &["at", "of", "where", "only", "all", "text"]);
            let name = label.get("at").and_then(Value::text).map_or("", Cow::as_ref);
            let Some(field) = fields::find(name) else {
                self.problems.push(Problem::unknown(
                    label.span,
                    "field",
                    name,
                    fields::all().map(|field| field.name),
                ));
                continue;
            };
            let of = match label.get("of").and_then(Value::text).map(Cow::as_ref) {
                None | Some("first") => Part::First,
                Some("second") => Part::Second,
                Some("account") => Part::Account,
                Some(_) => {
                    self.refuse(label, "`of` is \"first\", \"second\" or \"account\"");
                    Part::First
                }
            };
            let text = label.get("text").and_then(Value::text).cloned().unwrap_or_default();
            if text.trim().is_empty() {
                self.refuse(label, "a label needs `text`");
            }
            let condition = label.get("where").map(|value| self.condition(value));
            let all = matches!(label.get("all").map(|value| &value.data), Some(Data::Boolean(true)));
            let only = self.only(label, field);
            labels.push(LabelSpec { at: field, of, condition, only, all, text });
        }
        labels
    }

    /// The values that a label is limited to; words must be in the field's list.
    fn only(&mut self, label: &Value, field: &Field) -> Vec<Cow<'static, str>> {
        let mut only = Vec::new();
        for item in label.get("only").and_then(Value::items).unwrap_or(&[]) {
            let word = item.text().cloned().unwrap_or_default();
            match field.kind {
                FieldKind::Words(words) if !(words.knows)(&word) => {
                    self.problems.push(Problem::unknown(item.span, "word", &word, (words.all)()));
                }
                _ => only.push(word),
            }
        }
        only
    }

    fn adjustments(&mut self) -> Vec<Adjustment> {
        let mut adjustments = Vec::new();
        for table in self.value.get("adjust").and_then(Value::items).unwrap_or(&[]) {
            self.known_keys(table, &["severity", "confidence", "note", "where"]);
            let severity = table.get("severity").and_then(|value| {
                let text = value.text().cloned().unwrap_or_default();
                self.parse_severity(&text, Some(value))
            });
            let confidence = table.get("confidence").and_then(|value| {
                let text = value.text().cloned().unwrap_or_default();
                self.parse_confidence(&text, Some(value))
            });
            let note = table.get("note").and_then(Value::text).cloned();
            adjustments.push(Adjustment {
                severity,
                confidence,
                note,
                condition: self.required(table, "where"),
            });
        }
        adjustments
    }
}
