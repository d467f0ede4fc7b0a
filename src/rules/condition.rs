//! Conditions: tables of field tests that combine with `any`, `all`, `not`, `at-least` and `somewhere`.
//! Three-valued: what cannot be known before the bot runs never satisfies a condition.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::cues::Cues;
use super::fields::{self, Datum, FIELDS, Field, FieldKind, Level, Reading};
use super::problem::Problem;
use super::thresholds::Thresholds;
use super::value::{Data, Key, Value};
use crate::diagnostic::Severity;
use crate::model::View;
use crate::source::Span;

/// A user's pattern may grow to this many bytes when compiled; the crate's default is ten times as much.
const PATTERN_SIZE: usize = 1 << 20;

/// A condition on a view.
#[derive(Debug)]
pub(crate) enum Condition {
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// At least so many of these hold.
    AtLeast(usize, Vec<Condition>),
    /// Some action of the same account satisfies this.
    Somewhere(Box<Condition>),
    /// A field compares so.
    Test(Test),
}

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

pub(super) const OPERATORS: &[(&str, Operator)] = &[
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

/// What a field is compared with.
#[derive(Debug)]
pub(crate) enum Literal {
    Text(Cow<'static, str>),
    Number(f64),
    Threshold(Cow<'static, str>, Severity),
    Flag(bool),
    Pattern(Pattern),
}

/// A pattern that is compiled when a text first needs it.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: Cow<'static, str>,
    /// Words of which every match holds one, in lower case; empty where nothing can be said.
    needles: &'static [&'static str],
    compiled: OnceLock<Option<Regex>>,
}

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/needles.rs"));
}

/// What the build found out about a pattern of the rulebook.
fn needles_of(pattern: &str) -> &'static [&'static str] {
    let found = embedded::NEEDLES.binary_search_by_key(&pattern, |(text, _)| text);
    found.ok().and_then(|number| embedded::NEEDLES.get(number)).map_or(&[], |(_, needles)| needles)
}

impl Pattern {
    fn compile(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&self.text).case_insensitive(true).size_limit(PATTERN_SIZE).build()
    }

    fn matches(&self, text: &str) -> bool {
        if !self.needles.is_empty() {
            let folded = text.to_lowercase();
            if !self.needles.iter().any(|needle| folded.contains(needle)) {
                return false;
            }
        }
        let pattern = self.compiled.get_or_init(|| self.compile().ok());
        pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }
}

/// Three-valued truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    No,
    Unknown,
    Yes,
}

/// What conditions are checked against when they are loaded, and use when they are evaluated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables<'t> {
    pub(crate) thresholds: &'t Thresholds,
    pub(crate) cues: &'t Cues,
}

impl Condition {
    /// Reads a condition table; every problem is reported, the rest is still read.
    pub(crate) fn load(value: &Value, tables: Tables<'_>, problems: &mut Vec<Problem>) -> Self {
        let Some(entries) = value.entries() else {
            problems.push(Problem::new(value.span, "a condition is a table of fields"));
            return Self::All(Vec::new());
        };
        let mut all = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            match key.text.as_ref() {
                "any" => all.push(Self::Any(load_list(value, tables, problems))),
                "all" => all.extend(load_list(value, tables, problems)),
                "not" => {
                    let unwanted = load_list(value, tables, problems);
                    all.extend(unwanted.into_iter().map(|condition| Self::Not(Box::new(condition))));
                }
                "somewhere" => all.push(Self::Somewhere(Box::new(Self::load(value, tables, problems)))),
                "nowhere" => {
                    let unwanted = load_list(value, tables, problems);
                    all.extend(
                        unwanted
                            .into_iter()
                            .map(|condition| Self::Not(Box::new(Self::Somewhere(Box::new(condition))))),
                    );
                }
                "at-least" => all.push(load_at_least(value, tables, problems)),
                _ => all.extend(Test::load(key, value, tables, problems).map(Self::Test)),
            }
        }
        if all.len() == 1 { all.remove(0) } else { Self::all(all) }
    }

    /// All of these, the cheap ones first: what words say is asked only where the structure fits.
    pub(crate) fn all(mut parts: Vec<Self>) -> Self {
        parts.sort_by_key(Self::cost);
        Self::All(parts)
    }

    /// How dear a condition is, roughly: structure, then other actions, then patterns, then cues.
    fn cost(&self) -> u8 {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                parts.iter().map(Self::cost).max().unwrap_or(0)
            }
            Self::Not(part) => part.cost(),
            Self::Somewhere(part) => part.cost().max(1),
            Self::Test(test) => match (test.field.kind, test.operator) {
                (FieldKind::Cue, _) => 3,
                (_, Operator::Matches) => 2,
                _ => 0,
            },
        }
    }

    /// Whether the condition holds for a view.
    pub(crate) fn holds<'m>(&self, view: &View<'m>, tables: Tables<'_>) -> Truth {
        match self {
            Self::All(all) => all.iter().fold_truth(Truth::Yes, Truth::No, |part| part.holds(view, tables)),
            Self::Any(any) => any.iter().fold_truth(Truth::No, Truth::Yes, |part| part.holds(view, tables)),
            Self::Not(condition) => condition.holds(view, tables).negate(),
            Self::AtLeast(count, of) => {
                let truths: Vec<_> = of.iter().map(|part| part.holds(view, tables)).collect();
                let yes = truths.iter().filter(|truth| **truth == Truth::Yes).count();
                let open = truths.iter().filter(|truth| **truth == Truth::Unknown).count();
                match () {
                    () if yes >= *count => Truth::Yes,
                    () if yes + open >= *count => Truth::Unknown,
                    () => Truth::No,
                }
            }
            Self::Somewhere(condition) => somewhere(condition, view, tables),
            Self::Test(test) => test.holds(view, tables),
        }
    }

    /// What a view must hold for every field of the condition to be read.
    pub(crate) fn level(&self) -> Level {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                parts.iter().map(Self::level).max().unwrap_or(Level::Account)
            }
            Self::Not(condition) => condition.level(),
            Self::Somewhere(_) => Level::Account,
            Self::Test(test) => test.field.level,
        }
    }

    /// The words that a field must have for the condition to hold, if it insists on some.
    pub(crate) fn required_words(&self, field: &str) -> Option<Vec<&str>> {
        match self {
            Self::Test(test) if test.field.name == field && test.operator == Operator::Is => {
                test.literals.iter().map(|literal| literal.text()).collect()
            }
            Self::All(all) => all.iter().find_map(|part| part.required_words(field)),
            Self::Any(any) => {
                let each: Option<Vec<_>> = any.iter().map(|part| part.required_words(field)).collect();
                each.filter(|each| !each.is_empty()).map(|each| each.concat())
            }
            _ => None,
        }
    }
}

fn load_list(value: &Value, tables: Tables<'_>, problems: &mut Vec<Problem>) -> Vec<Condition> {
    let items = value.items().unwrap_or(std::slice::from_ref(value));
    items.iter().map(|item| Condition::load(item, tables, problems)).collect()
}

fn load_at_least(value: &Value, tables: Tables<'_>, problems: &mut Vec<Problem>) -> Condition {
    let count = match value.get("count").map(|count| &count.data) {
        Some(Data::Integer(count)) => usize::try_from(*count).ok(),
        _ => None,
    };
    match (count, value.get("of")) {
        (Some(count), Some(of)) => Condition::AtLeast(count, load_list(of, tables, problems)),
        _ => {
            problems
                .push(Problem::new(value.span, "`at-least` needs `count` (a number) and `of` (conditions)"));
            Condition::All(Vec::new())
        }
    }
}

/// Whether some action of the account satisfies a condition.
fn somewhere(condition: &Condition, view: &View<'_>, tables: Tables<'_>) -> Truth {
    let mut best = condition.holds(&view.without_action(), tables);
    for action_view in view.actions_of_account() {
        if best == Truth::Yes {
            break;
        }
        best = best.max_truth(condition.holds(&action_view, tables));
    }
    best
}

impl Test {
    fn load(key: &Key, value: &Value, tables: Tables<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let (name, operator) = key.text.split_once('|').unwrap_or((&key.text, "is"));
        let Some(field) = fields::find(name.trim()) else {
            problems.push(Problem::unknown(
                key.span,
                "field",
                name.trim(),
                FIELDS.iter().map(|field| field.name),
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

    fn holds<'m>(&self, view: &View<'m>, tables: Tables<'_>) -> Truth {
        let mut reading = Reading::default();
        (self.field.read)(view, &mut reading);
        let compare = |datum: &Datum<'_>| match self.field.kind {
            FieldKind::Cue => self.shows_cue(datum, tables.cues),
            _ => {
                self.literals.iter().any(|literal| literal.compares(self.operator, datum, tables.thresholds))
            }
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

    fn shows_cue(&self, datum: &Datum<'_>, cues: &Cues) -> bool {
        let Datum::Text(message) = datum else { return false };
        self.literals.iter().filter_map(Literal::text).any(|family| cues.shows(family, message))
    }

    /// The literal of a comparison that is written `field|missing = true`.
    fn expects_true(&self) -> bool {
        !matches!(self.literals.first(), Some(Literal::Flag(false)))
    }
}

/// Whether two texts say the same, whatever their case and white space.
fn is_same_text(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    one.eq_ignore_ascii_case(other) || words(one) == words(other)
}

fn is_blank(datum: &Datum<'_>) -> bool {
    matches!(datum, Datum::Text(text) if text.trim().is_empty())
}

/// Reads one literal and checks it against the field.
fn literal(
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
            if tables.cues.names().any(|name| name == text) {
                Some(Literal::Text(text.clone()))
            } else {
                refuse(Problem::unknown(value.span, "cue family", text, tables.cues.names()))
            }
        }
        (Data::Text(text), FieldKind::Text) if operator == Operator::Matches => {
            // Patterns of the binary are checked by a test; compiling them all would slow every start.
            let is_embedded = matches!(text, Cow::Borrowed(_));
            let needles = if is_embedded { needles_of(text) } else { &[] };
            let pattern = Pattern { text: text.clone(), needles, compiled: OnceLock::new() };
            match if is_embedded { None } else { pattern.compile().err() } {
                None => Some(Literal::Pattern(pattern)),
                Some(error) => {
                    refuse(Problem::new(value.span, format!("this pattern cannot be used: {error}")))
                }
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

impl Literal {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
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

    fn compares(&self, operator: Operator, datum: &Datum<'_>, thresholds: &Thresholds) -> bool {
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

impl Truth {
    const fn negate(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    const fn max_truth(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

/// Folds three-valued truths: `decisive` ends the search, `Unknown` beats `otherwise`.
trait FoldTruth: Iterator + Sized {
    fn fold_truth(self, otherwise: Truth, decisive: Truth, truth: impl Fn(Self::Item) -> Truth) -> Truth {
        let mut result = otherwise;
        for item in self {
            match truth(item) {
                found if found == decisive => return decisive,
                Truth::Unknown => result = Truth::Unknown,
                _ => {}
            }
        }
        result
    }
}

impl<I: Iterator> FoldTruth for I {}
