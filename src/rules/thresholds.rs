//! The one table of numbers that rules compare with: `rules/thresholds.toml`, tuned by settings.

use std::collections::BTreeMap;

use super::problem::Problem;
use super::value::{Data, EMBEDDED, Value};
use crate::diagnostic::Severity;

/// Where the table stands in the embedded rulebook.
const TABLE: &str = "thresholds.toml";

/// A number with its levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// Above (or below) this it is a warning.
    pub warning: f64,
    /// Above (or below) this it is an error, if it can be one.
    pub error: Option<f64>,
    /// The warning level of the strict profile, where that differs.
    pub strict: Option<f64>,
    /// Where the number comes from.
    pub why: String,
}

/// All thresholds by name.
#[derive(Clone, Debug, Default)]
pub struct Thresholds(BTreeMap<String, Threshold>);

impl Thresholds {
    /// The catalogue's defaults.
    pub fn built_in() -> Result<Self, Vec<Problem>> {
        EMBEDDED
            .iter()
            .find(|file| file.path == TABLE)
            .map_or_else(|| Ok(Self::default()), |file| Self::load(&file.table))
    }

    fn load(table: &Value) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut thresholds = BTreeMap::new();
        for (key, value) in table.entries().unwrap_or(&[]) {
            match threshold(value) {
                Ok(threshold) => {
                    thresholds.insert(key.text.to_string(), threshold);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Self(thresholds)) } else { Err(problems) }
    }

    /// A threshold by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Threshold> {
        self.0.get(name)
    }

    /// The number at a level; the warning level where there is no error level.
    #[must_use]
    pub fn number(&self, name: &str, level: Severity) -> Option<f64> {
        let threshold = self.get(name)?;
        Some(if level == Severity::Error {
            threshold.error.unwrap_or(f64::INFINITY)
        } else {
            threshold.warning
        })
    }

    /// Sets the levels of a threshold. An error level never stays below the warning level it was not set with.
    pub(crate) fn set(&mut self, name: &str, warning: Option<f64>, error: Option<f64>) {
        if let Some(threshold) = self.0.get_mut(name) {
            threshold.warning = warning.unwrap_or(threshold.warning);
            threshold.error = error.or_else(|| Some(threshold.error?.max(threshold.warning)));
        }
    }

    /// Takes the strict level wherever there is one.
    pub(crate) fn make_strict(&mut self) {
        for threshold in self.0.values_mut() {
            threshold.warning = threshold.strict.unwrap_or(threshold.warning);
        }
    }

    /// All thresholds in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Threshold)> {
        self.0.iter().map(|(name, threshold)| (name.as_str(), threshold))
    }
}

fn threshold(value: &Value) -> Result<Threshold, Problem> {
    let number = |key: &str| match value.get(key).map(|value| (&value.data, value.span)) {
        None => Ok(None),
        Some((Data::Integer(number), _)) => Ok(Some(*number as f64)),
        Some((Data::Float(number), _)) => Ok(Some(*number)),
        Some((_, span)) => Err(Problem::new(span, format!("`{key}` must be a number"))),
    };
    let warning =
        number("warning")?.ok_or_else(|| Problem::new(value.span, "a threshold needs `warning`"))?;
    let why = value
        .get("why")
        .and_then(Value::text)
        .ok_or_else(|| Problem::new(value.span, "a threshold needs `why`: where the number comes from"))?;
    Ok(Threshold { warning, error: number("error")?, strict: number("strict")?, why: why.to_string() })
}
