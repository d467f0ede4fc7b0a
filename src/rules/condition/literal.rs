//! What fields are compared with, checked against the field when it is read.

use std::borrow::Cow;

use super::Tables;
use super::test::Operator;
use crate::diagnostic::Severity;
use crate::rules::cues::{Cues, Family};
use crate::rules::fields::{Datum, Field, FieldKind};
use crate::rules::pattern::Pattern;
use crate::rules::problem::Problem;
use crate::rules::thresholds::Thresholds;
use crate::rules::value::{Data, Value};
use crate::source::Span;

/// What a field is compared with.
#[derive(Debug)]
pub(crate) enum Literal {
    Text(Cow<'static, str>),
    Number(f64),
    Threshold(Cow<'static, str>, Severity),
    Flag(bool),
    Cue(Family),
    Pattern(Pattern),
}

/// Reads one literal and checks it against the field.
pub(super) fn literal(
    field: &Field,
    operator: Operator,
    value: &Value,
    tables: Tables<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Literal> {
    let mut refuse = |problem: Problem| {
        problems.push(problem);
        None
    };
    if matches!(operator, Operator::Missing | Operator::Empty | Operator::Unknown) {
        return match value.data {
            Data::Boolean(flag) => Some(Literal::Flag(flag)),
            _ => refuse(Problem::new(value.span, "this comparison takes true or false")),
        };
    }
    match (&value.data, field.kind) {
        (Data::Text(text), FieldKind::Number) => match text.strip_prefix('@') {
            Some(reference) => threshold(reference, value.span, tables.thresholds).map_or_else(refuse, Some),
            None => refuse(Problem::new(
                value.span,
                "this field takes a number, or a threshold such as \"@close-days\"",
            )),
        },
        (Data::Text(text), FieldKind::Words(words)) => {
            if (words.knows)(text) {
                Some(Literal::Text(text.clone()))
            } else {
                refuse(Problem::unknown(value.span, "word", text, (words.all)()))
            }
        }
        (Data::Text(text), FieldKind::Cue) => {
            let unknown = || Problem::unknown(value.span, "cue family", text, Cues::names());
            Family::find(text).map_or_else(|| refuse(unknown()), |family| Some(Literal::Cue(family)))
        }
        (Data::Text(text), FieldKind::Text) if operator == Operator::Matches => {
            let pattern = match text {
                Cow::Borrowed(text) => Ok(Pattern::embedded(text)),
                Cow::Owned(text) => Pattern::own(text, tables.patterns),
            };
            match pattern {
                Ok(pattern) => Some(Literal::Pattern(pattern)),
                Err(error) => refuse(Problem::new(value.span, error.to_string())),
            }
        }
        (Data::Text(text), FieldKind::Text) => Some(Literal::Text(text.clone())),
        (Data::Integer(number), FieldKind::Number) => Some(Literal::Number(*number as f64)),
        (Data::Float(number), FieldKind::Number) => Some(Literal::Number(*number)),
        (Data::Boolean(flag), FieldKind::Flag) => Some(Literal::Flag(*flag)),
        (_, kind) => refuse(Problem::new(value.span, format!("`{}` takes {}", field.name, kind.expects()))),
    }
}

fn threshold(reference: &str, span: Span, thresholds: &Thresholds) -> Result<Literal, Problem> {
    let (name, level) = match reference.split_once('.') {
        Some((name, "error")) => (name, Severity::Error),
        Some((_, other)) => return Err(Problem::unknown(span, "level", other, ["error"])),
        None => (reference, Severity::Warning),
    };
    if thresholds.get(name).is_none() {
        return Err(Problem::unknown(span, "threshold", name, thresholds.iter().map(|(name, _)| name)));
    }
    Ok(Literal::Threshold(Cow::Owned(name.to_owned()), level))
}

impl Literal {
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn family(&self) -> Option<Family> {
        match self {
            Self::Cue(family) => Some(*family),
            _ => None,
        }
    }

    fn number(&self, thresholds: &Thresholds) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Threshold(name, level) => thresholds.number(name, *level),
            _ => None,
        }
    }

    pub(super) fn compares(&self, operator: Operator, datum: &Datum<'_>, thresholds: &Thresholds) -> bool {
        match (operator, datum) {
            (Operator::Over, Datum::Number(value)) => {
                self.number(thresholds).is_some_and(|limit| *value > limit)
            }
            (Operator::Under, Datum::Number(value)) => {
                self.number(thresholds).is_some_and(|limit| *value < limit)
            }
            (Operator::Matches, Datum::Text(text)) => {
                matches!(self, Self::Pattern(pattern) if pattern.matches(text))
            }
            (Operator::Contains, Datum::Text(text)) => {
                self.text().is_some_and(|part| text.to_lowercase().contains(&part.to_lowercase()))
            }
            (Operator::Is | Operator::Every | Operator::OtherThan, Datum::Word(word)) => {
                self.text() == Some(word)
            }
            (Operator::Is | Operator::Every | Operator::OtherThan, Datum::Text(text)) => {
                self.text().is_some_and(|wanted| is_same_text(wanted, text))
            }
            (Operator::Is | Operator::Every | Operator::OtherThan, Datum::Number(value)) => {
                self.number(thresholds) == Some(*value)
            }
            (Operator::Is | Operator::Every | Operator::OtherThan, Datum::Flag(flag)) => {
                matches!(self, Self::Flag(wanted) if wanted == flag)
            }
            _ => false,
        }
    }
}

impl FieldKind {
    const fn expects(self) -> &'static str {
        match self {
            Self::Words(_) => "a word of its list",
            Self::Text => "text",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Cue => "the name of a cue family",
        }
    }
}

/// Whether two texts say the same, whatever their case and white space.
fn is_same_text(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split_whitespace(), other.split_whitespace());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(word), Some(same)) if is_same_word(word, same) => {}
            _ => return false,
        }
    }
}

fn is_same_word(one: &str, other: &str) -> bool {
    let ascii = one.is_ascii() && other.is_ascii();
    one.eq_ignore_ascii_case(other) || (!ascii && one.to_lowercase() == other.to_lowercase())
}
