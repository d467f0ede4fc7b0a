//! What is told about a rule beyond its findings: read from its file by `explain`, by the pages of
//! `docs/rules/` and by the tests, never by a run.

use super::examples::{self, Example};
use super::pack::RuleFile;
use super::phrase::phrase;
use super::problem::Problem;
use super::rulebook::rule_text;
use super::thresholds::{Threshold, Thresholds};
use super::value::{Data, Value};
use crate::analysis::Analysis;

/// The parts of a rule that no run needs.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Where the rule is wrong or does not apply.
    pub false_positives: Vec<String>,
    /// What the rule rests on.
    pub sources: Vec<String>,
    /// Bad and good conduct files.
    pub examples: Vec<Example>,
    /// When a finding matters more or less, or is more or less sure. The last one that holds wins.
    pub adjustments: Vec<String>,
    /// How a finding can be fixed, and whether that takes something away; the first that works is taken.
    pub fixes: Vec<String>,
    /// The numbers that the rule compares with, as they come with botiquette, and why.
    pub thresholds: Vec<String>,
}

/// Reads the page of a built-in rule; `None` where there is no such rule.
pub fn page(name: &str) -> Option<Result<Page, Vec<Problem>>> {
    Some(read(rule_text(name)?))
}

/// Reads the page of somebody's own rule from its file.
pub fn page_of(file: &RuleFile) -> Result<Page, Vec<Problem>> {
    read(&file.text)
}

fn read(text: &str) -> Result<Page, Vec<Problem>> {
    let file = Value::parse(text).map_err(|errors| {
        let problem = |error: &toml::de::Error| Problem::new(crate::source::Span::default(), error.message());
        errors.iter().map(problem).collect::<Vec<_>>()
    })?;
    let known = Thresholds::built_in()?;
    let texts = |key: &str| {
        items(&file, key).iter().filter_map(|item| item.text().map(|text| text.to_string())).collect()
    };
    Ok(Page {
        false_positives: texts("false-positives"),
        sources: texts("sources"),
        examples: examples::read(&file)?,
        adjustments: items(&file, "adjust").iter().filter_map(adjustment).collect(),
        fixes: items(&file, "fix").iter().filter_map(fix).collect(),
        thresholds: comparisons(&file)
            .iter()
            .filter_map(|comparison| Some(comparison.tell(known.get(&comparison.name)?)))
            .collect(),
    })
}

fn items<'v>(file: &'v Value, key: &str) -> &'v [Value] {
    file.get(key).and_then(Value::items).unwrap_or(&[])
}

/// `limit it to 20 a day (safe)`.
fn fix(table: &Value) -> Option<String> {
    let text = |key: &str| table.get(key).and_then(Value::text);
    Some(format!("{} ({})", text("title")?, text("safety")?))
}

/// `error if …`, or the note instead of the condition; nothing for a note that changes nothing.
fn adjustment(table: &Value) -> Option<String> {
    let text = |key: &str| table.get(key).and_then(Value::text);
    let confidence = text("confidence").map(|level| format!("{level} confidence"));
    let levels: Vec<String> =
        text("severity").map(ToString::to_string).into_iter().chain(confidence).collect();
    if levels.is_empty() {
        return None;
    }
    let when = match text("note") {
        Some(note) => format!(": {note}"),
        None => format!(" if {}", phrase(table.get("where")?)),
    };
    Some(format!("{}{when}", levels.join(", ")))
}

/// A threshold that a rule names, and the levels that it looks at.
#[derive(Debug, PartialEq)]
struct Comparison {
    name: String,
    warning: bool,
    error: bool,
}

impl Comparison {
    fn tell(&self, threshold: &Threshold) -> String {
        let strict = threshold.strict.map(|number| format!("{number} with the strict profile"));
        let warning = [Some(threshold.warning.to_string()), strict].into_iter().flatten();
        let error = threshold.error.filter(|_| self.error).map(|number| format!("{number} for an error"));
        let numbers: Vec<String> = warning.filter(|_| self.warning).chain(error).collect();
        format!("`{}`: {} ({})", self.name, numbers.join(", "), threshold.why)
    }
}

/// The thresholds that a rule file names, in the order of the file.
fn comparisons(file: &Value) -> Vec<Comparison> {
    let mut found = Vec::new();
    for (key, value) in file.entries().unwrap_or(&[]) {
        if matches!(key.text.as_ref(), "detect" | "label" | "adjust") {
            collect("", value, &mut found);
        }
    }
    found
}

fn collect(key: &str, value: &Value, found: &mut Vec<Comparison>) {
    match &value.data {
        Data::Text(text) => match (key, text.strip_prefix('@')) {
            ("threshold", _) => note(text, true, true, found),
            ("analysis", _) => {
                if let Some(name) = Analysis::parse(text).and_then(Analysis::threshold) {
                    note(name, true, false, found);
                }
            }
            (_, Some(name)) => match name.strip_suffix(".error") {
                Some(name) => note(name, false, true, found),
                None => note(name, true, false, found),
            },
            (_, None) => {}
        },
        Data::List(items) => items.iter().for_each(|item| collect(key, item, found)),
        Data::Table(entries) => entries.iter().for_each(|(key, value)| collect(&key.text, value, found)),
        Data::Integer(_) | Data::Float(_) | Data::Boolean(_) => {}
    }
}

fn note(name: &str, warning: bool, error: bool, found: &mut Vec<Comparison>) {
    match found.iter_mut().find(|comparison| comparison.name == name) {
        Some(comparison) => {
            comparison.warning |= warning;
            comparison.error |= error;
        }
        None => found.push(Comparison { name: name.to_owned(), warning, error }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_which_numbers_a_rule_looks_at() {
        let file = r#"
            [detect]
            each = "action"
            where = { "action.delay|under" = "@close-days", "action.per-day|over" = "@likes-per-day" }
            [[adjust]]
            severity = "error"
            where = { "action.per-day|over" = "@likes-per-day.error" }
            [[adjust]]
            severity = "info"
            confidence = "low"
            note = "only a guess"
            where = { "action.private" = true }
            [[adjust]]
            note = "by the way"
            where = { "action.private" = true }
        "#;
        let page = read(file).unwrap();
        assert_eq!(
            page.adjustments,
            [
                "error if `action.per-day` is over the error level of `likes-per-day`",
                "info, low confidence: only a guess",
            ]
        );
        let starts: Vec<_> = page.thresholds.iter().filter_map(|told| told.split(" (").next()).collect();
        assert_eq!(starts, ["`close-days`: 7", "`likes-per-day`: 30, 300 for an error"]);
    }
}
