//! What a rule file says about fixing what it finds: in the model's words, never in those of a format.

use std::borrow::Cow;

use super::read::Reader;
use super::{Condition, Rule};
use crate::diagnostic::Safety;
use crate::model::{GuardKind, parse_duration};
use crate::rules::fields::{self, Field};
use crate::rules::problem::Problem;
use crate::rules::value::{Data, Value};

/// One way to make a finding go away. Of several, the first that works is taken.
#[derive(Debug)]
pub(crate) struct FixSpec {
    /// What it does, as a wish: lower case, no final period.
    pub(crate) title: Cow<'static, str>,
    pub(crate) safety: Safety,
    pub(crate) remedy: Remedy,
    /// Only where this holds.
    pub(crate) condition: Option<Condition>,
    /// Only values of the field that are one of these; any value where it is empty.
    pub(crate) only: Vec<Cow<'static, str>>,
}

impl FixSpec {
    /// Whether it makes a safety switch work that did nothing.
    pub(crate) fn revives_a_switch(&self) -> bool {
        matches!(&self.remedy, Remedy::State(stated) if stated.iter().any(|(said, _)| {
            matches!(said, Said::Field(field) if field.name.starts_with("account.dead-switch"))
        }))
    }
}

/// What is done.
#[derive(Debug)]
pub(crate) enum Remedy {
    /// What the field points at is taken out.
    Remove(&'static Field),
    /// What the finding points at is taken out.
    RemoveHere,
    /// The configuration states these.
    State(Vec<(Said, Literal)>),
    /// A misspelt name becomes the nearest known one.
    Name,
    /// What is said twice in the same words is said once.
    Repetition,
    /// A message names the days that its setting keeps.
    Days,
}

/// What is stated.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Said {
    /// A field.
    Field(&'static Field),
    /// That there is a guard of this kind.
    Guard(GuardKind),
}

impl Said {
    /// Its name in rule files.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Field(field) => field.name.to_owned(),
            Self::Guard(kind) => format!("guard.{}", kind.name()),
        }
    }
}

/// What it is stated to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// A number.
    Number(f64),
    /// The number of a threshold.
    Threshold(Cow<'static, str>),
    /// Yes or no.
    Flag(bool),
    /// A text, such as a duration.
    Text(Cow<'static, str>),
}

impl Rule {
    /// Whether its file says how to fix what it finds.
    #[must_use]
    pub fn has_fix(&self) -> bool {
        !self.fixes.is_empty()
    }
}

/// What `mend` can say.
pub(crate) const MENDS: &[&str] = &["name", "days", "repetition"];

impl Reader<'_, '_> {
    pub(super) fn fixes(&mut self) -> Vec<FixSpec> {
        let tables = self.value.get("fix").and_then(Value::items).unwrap_or(&[]);
        tables.iter().filter_map(|table| self.fix(table)).collect()
    }

    fn fix(&mut self, table: &Value) -> Option<FixSpec> {
        self.known_keys(table, &["title", "safety", "remove", "state", "mend", "where", "only"]);
        let title = table.get("title").and_then(Value::text).cloned().unwrap_or_default();
        if title.trim().is_empty() {
            self.refuse(table, "a fix needs `title`");
        }
        let safety = match table.get("safety").and_then(Value::text).map(Cow::as_ref) {
            Some("safe") => Safety::Safe,
            Some("unsafe") => Safety::Unsafe,
            _ => {
                self.refuse(table, "`safety` is \"safe\" or \"unsafe\"");
                return None;
            }
        };
        let condition = table.get("where").map(|value| self.condition(value));
        let only = table.get("only").and_then(Value::items).unwrap_or(&[]);
        let only = only.iter().filter_map(|item| item.text().cloned()).collect();
        let remedy = match (table.get("remove"), table.get("state"), table.get("mend")) {
            (Some(field), None, None) => self.removal(field),
            (None, Some(stated), None) => self.stated(stated),
            (None, None, Some(what)) => self.mend(what),
            _ => {
                self.refuse(table, "a fix has one of `remove`, `state` and `mend`");
                None
            }
        };
        Some(FixSpec { title, safety, remedy: remedy?, condition, only })
    }

    fn removal(&mut self, value: &Value) -> Option<Remedy> {
        match value.text().map(Cow::as_ref) {
            Some("here") => Some(Remedy::RemoveHere),
            name => self.field(name.unwrap_or_default(), value).map(Remedy::Remove),
        }
    }

    fn mend(&mut self, value: &Value) -> Option<Remedy> {
        match value.text().map(Cow::as_ref) {
            Some("name") => Some(Remedy::Name),
            Some("days") => Some(Remedy::Days),
            Some("repetition") => Some(Remedy::Repetition),
            other => {
                let known = MENDS.iter().copied();
                self.problems.push(Problem::unknown(value.span, "mend", other.unwrap_or_default(), known));
                None
            }
        }
    }

    fn field(&mut self, name: &str, at: &Value) -> Option<&'static Field> {
        let field = fields::find(name);
        if field.is_none() {
            let known = fields::all().map(|field| field.name);
            self.problems.push(Problem::unknown(at.span, "field", name, known));
        }
        field
    }

    fn stated(&mut self, table: &Value) -> Option<Remedy> {
        let mut all = Vec::new();
        for (key, value) in table.entries().unwrap_or(&[]) {
            let kind = key.text.strip_prefix("guard.").and_then(GuardKind::parse);
            let said = match kind {
                Some(kind) => Said::Guard(kind),
                None => Said::Field(self.field(&key.text, value)?),
            };
            all.push((said, self.literal(value)?));
        }
        if all.is_empty() {
            self.refuse(table, "`state` is a table of what is said and how");
            return None;
        }
        Some(Remedy::State(all))
    }

    fn literal(&mut self, value: &Value) -> Option<Literal> {
        match &value.data {
            Data::Boolean(flag) => Some(Literal::Flag(*flag)),
            Data::Text(text) => match text.strip_prefix('@') {
                Some(name) if self.tables.thresholds.get(name).is_some() => {
                    Some(Literal::Threshold(name.to_owned().into()))
                }
                Some(name) => {
                    let known = self.tables.thresholds.iter().map(|(name, _)| name);
                    self.problems.push(Problem::unknown(value.span, "threshold", name, known));
                    None
                }
                None => Some(Literal::Text(text.clone())),
            },
            _ => match value.number() {
                Some(number) => Some(Literal::Number(number)),
                None => {
                    self.refuse(value, "what is stated is a number, a text, `true` or `false`");
                    None
                }
            },
        }
    }
}

impl Literal {
    /// The number that it is; of a duration, in days.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => parse_duration(text),
            Self::Flag(_) | Self::Threshold(_) => None,
        }
    }
}
