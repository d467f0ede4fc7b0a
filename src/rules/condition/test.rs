//! A field compared with literals.

use super::literal::{Literal, literal};
use super::{Context, Tables, Truth};
use crate::model::View;
use crate::rules::fields::{self, Datum, Field, FieldKind, Reading};
use crate::rules::problem::Problem;
use crate::rules::value::{Key, Value};

/// A comparison of one field.
#[derive(Debug)]
pub(crate) struct Test {
    pub(crate) field: &'static Field,
    pub(crate) operator: Operator,
    pub(crate) literals: Vec<Literal>,
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// Some value equals one of the literals; text ignores case.
    Is,
    /// Every value equals one of the literals, and there is a value.
    Every,
    /// Some value equals none of the literals.
    OtherThan,
    /// Some number is greater.
    Over,
    /// Some number is less.
    Under,
    /// Some text contains one of the literals, ignoring case.
    Contains,
    /// Some text matches one of the patterns, ignoring case.
    Matches,
    /// Nothing is stated, or only blank text.
    Missing,
    /// Blank text is stated.
    Empty,
    /// Something is stated that cannot be known before it runs.
    Unknown,
}

pub(in crate::rules) const OPERATORS: &[(&str, Operator)] = &[
    ("is", Operator::Is),
    ("every", Operator::Every),
    ("other-than", Operator::OtherThan),
    ("over", Operator::Over),
    ("under", Operator::Under),
    ("contains", Operator::Contains),
    ("matches", Operator::Matches),
    ("missing", Operator::Missing),
    ("empty", Operator::Empty),
    ("unknown", Operator::Unknown),
];

impl Test {
    pub(super) fn load(
        key: &Key,
        value: &Value,
        tables: Tables<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let (name, operator) = key.text.split_once('|').unwrap_or((&key.text, "is"));
        let Some(field) = fields::find(name.trim()) else {
            problems.push(Problem::unknown(
                key.span,
                "field",
                name.trim(),
                fields::all().map(|field| field.name),
            ));
            return None;
        };
        let Some((_, operator)) = OPERATORS.iter().find(|(spelling, _)| *spelling == operator.trim()) else {
            let known = OPERATORS.iter().map(|(spelling, _)| *spelling);
            problems.push(Problem::unknown(key.span, "comparison", operator.trim(), known));
            return None;
        };
        let items = value.items().unwrap_or(std::slice::from_ref(value));
        let literals =
            items.iter().filter_map(|item| literal(field, *operator, item, tables, problems)).collect();
        Some(Self { field, operator: *operator, literals })
    }

    pub(super) fn holds<'m>(&self, view: &View<'m>, context: Context<'_>) -> Truth {
        context.memory.shared(self, view, || self.holds_here(view, context))
    }

    fn holds_here<'m>(&self, view: &View<'m>, context: Context<'_>) -> Truth {
        let mut reading = Reading::default();
        (self.field.read)(view, &mut reading);
        let compare = |datum: &Datum<'_>| match self.field.kind {
            FieldKind::Cue => self.shows_cue(datum, context),
            _ => self
                .literals
                .iter()
                .any(|literal| literal.compares(self.operator, datum, context.tables.thresholds)),
        };
        let known = match self.operator {
            Operator::Missing => {
                reading.values.iter().all(|(datum, _)| is_blank(datum)) == self.expects_true()
            }
            Operator::Empty => reading.values.iter().any(|(datum, _)| is_blank(datum)) == self.expects_true(),
            Operator::Unknown => return Truth::from(reading.unknown.is_some() == self.expects_true()),
            Operator::Every => {
                !reading.values.is_empty() && reading.values.iter().all(|(datum, _)| compare(datum))
            }
            Operator::OtherThan => reading.values.iter().any(|(datum, _)| !compare(datum)),
            _ => reading.values.iter().any(|(datum, _)| compare(datum)),
        };
        match (known, reading.unknown) {
            (false, Some(_)) => Truth::Unknown,
            (true, Some(_)) if self.operator == Operator::Missing => Truth::Unknown,
            (known, _) => Truth::from(known),
        }
    }

    fn shows_cue(&self, datum: &Datum<'_>, context: Context<'_>) -> bool {
        let Datum::Text(text) = datum else { return false };
        let cues = context.tables.cues;
        let message = context.memory.message(text, cues);
        let mut families = self.literals.iter().filter_map(Literal::family);
        families.any(|family| cues.shows(family, &message))
    }

    /// The literal of a comparison that is written `field|missing = true`.
    fn expects_true(&self) -> bool {
        !matches!(self.literals.first(), Some(Literal::Flag(false)))
    }
}

fn is_blank(datum: &Datum<'_>) -> bool {
    matches!(datum, Datum::Text(text) if text.trim().is_empty())
}
