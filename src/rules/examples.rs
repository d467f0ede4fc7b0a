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

/// What the examples of rule and dialect files have in common.
pub(crate) struct Verdict {
    /// Whether something must be found.
    pub(crate) is_bad: bool,
    /// What the example shows; empty where it speaks for itself.
    pub(crate) note: String,
    /// What is linted.
    pub(crate) config: String,
}

impl Verdict {
    /// What an example says of itself, with no key but these.
    pub(crate) fn read(example: &Value, keys: &[&str]) -> Result<Self, Problem> {
        for (key, _) in example.entries().unwrap_or(&[]) {
            if !keys.contains(&key.text.as_ref()) {
                return Err(Problem::unknown(key.span, "key", &key.text, keys.iter().copied()));
            }
        }
        let is_bad = match text(example, "verdict").as_deref() {
            Some("bad") => true,
            Some("good") => false,
            _ => return Err(Problem::new(example.span, "`verdict` is \"bad\" or \"good\"")),
        };
        let config =
            text(example, "config").ok_or_else(|| Problem::new(example.span, "an example needs `config`"))?;
        Ok(Self { is_bad, note: text(example, "note").unwrap_or_default(), config })
    }
}

/// The text of a key of an example.
fn text(example: &Value, key: &str) -> Option<String> {
    example.get(key).and_then(Value::text).map(|text| text.to_string())
}

/// Reads each example of a file, or says all that is wrong with them.
pub(crate) fn each<E>(
    file: &Value,
    example: impl Fn(&Value) -> Result<E, Problem>,
) -> Result<Vec<E>, Vec<Problem>> {
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

/// Reads the examples of a whole rule file.
pub(crate) fn read(file: &Value) -> Result<Vec<Example>, Vec<Problem>> {
    each(file, example)
}

fn example(value: &Value) -> Result<Example, Problem> {
    const KEYS: &[&str] = &["verdict", "note", "config", "line", "severity", "also"];
    let Verdict { is_bad, note, config } = Verdict::read(value, KEYS)?;
    let line = match value.get("line").map(|line| &line.data) {
        Some(Data::Integer(line)) => u32::try_from(*line).ok(),
        _ => None,
    };
    if is_bad && line.is_none() {
        return Err(Problem::new(value.span, "a bad example needs `line`: where the finding must stand"));
    }
    let also = value.get("also").and_then(Value::items).unwrap_or(&[]);
    let also = also.iter().filter_map(|name| name.text().map(|name| name.to_string())).collect();
    Ok(Example { is_bad, note, config, line, severity: text(value, "severity"), also, span: value.span })
}
