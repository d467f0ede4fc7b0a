//! The examples in rule files: each is a conduct file with a verdict, run as a test and shown by `explain`.

use super::problem::Problem;
use super::value::{Data, Value};
use crate::source::Span;

/// An example of a rule file.
#[derive(Clone, Debug)]
pub struct Example {
    /// Whether the rule must speak.
    pub is_bad: bool,
    /// What the example shows; empty where it speaks for itself.
    pub note: String,
    /// The conduct file.
    pub config: String,
    /// For bad ones: the 1-based line of the finding.
    pub line: Option<u32>,
    /// For bad ones: the severity, where it differs from the rule's.
    pub severity: Option<String>,
    /// Other rules that the example is allowed to meet.
    pub also: Vec<String>,
    /// Where the example stands in the rule file.
    pub span: Span,
}

/// Reads the examples of a whole rule file.
pub(crate) fn read(file: &Value) -> Result<Vec<Example>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut examples = Vec::new();
    for value in file.get("example").and_then(Value::items).unwrap_or(&[]) {
        match example(value) {
            Ok(example) => examples.push(example),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(examples) } else { Err(problems) }
}

fn example(value: &Value) -> Result<Example, Problem> {
    const KEYS: &[&str] = &["verdict", "note", "config", "line", "severity", "also"];
    for (key, _) in value.entries().unwrap_or(&[]) {
        if !KEYS.contains(&key.text.as_ref()) {
            return Err(Problem::unknown(key.span, "key", &key.text, KEYS.iter().copied()));
        }
    }
    let text = |key: &str| value.get(key).and_then(Value::text).map(|text| text.to_string());
    let is_bad = match text("verdict").as_deref() {
        Some("bad") => true,
        Some("good") => false,
        _ => return Err(Problem::new(value.span, "`verdict` is \"bad\" or \"good\"")),
    };
    let config = text("config").ok_or_else(|| Problem::new(value.span, "an example needs `config`"))?;
    let line = match value.get("line").map(|line| &line.data) {
        Some(Data::Integer(line)) => u32::try_from(*line).ok(),
        _ => None,
    };
    if is_bad && line.is_none() {
        return Err(Problem::new(value.span, "a bad example needs `line`: where the finding must stand"));
    }
    let also = value.get("also").and_then(Value::items).unwrap_or(&[]);
    let also = also.iter().filter_map(|name| name.text().map(|name| name.to_string())).collect();
    Ok(Example {
        is_bad,
        note: text("note").unwrap_or_default(),
        config,
        line,
        severity: text("severity"),
        also,
        span: value.span,
    })
}
