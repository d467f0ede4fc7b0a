//! Whether something holds: settings that are on, or that say one of some words.

use std::fmt;

use super::looking::Looking;
use super::reference::fits;
use super::way::{Scope, Way};
use crate::dialect::reading::{Reader, flag_of, number_of};
use crate::syntax::{Kind, NodeRef, Value};

/// What `when` and `unless` ask for: one question.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// Any of these settings will do.
    pub(super) any: Vec<Way>,
    /// What it must say; where this is empty, it must be on.
    pub(super) is: Vec<Wanted>,
    /// Or so much a number must be, and so many items a list must have.
    pub(super) at_least: Option<f64>,
    /// What holds where none of them is there.
    pub(super) default: bool,
    /// Whether it must not hold.
    pub(super) negated: bool,
}

/// What a setting must say.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    /// Anything at all.
    Any,
    Flag(bool),
    /// A text; a star in it stands for anything.
    Text(String),
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Flag(flag) => flag.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// An answer; unknown is what only a run can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    Unknown,
}

impl Truth {
    const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// Whether all conditions hold.
pub(super) fn all<'t>(conditions: &[Condition], looking: &mut Looking<'t>, scope: &Scope<'t>) -> Truth {
    let mut answer = Truth::Yes;
    for condition in conditions {
        match condition.holds(looking, scope) {
            Truth::No => return Truth::No,
            Truth::Unknown => answer = Truth::Unknown,
            Truth::Yes => {}
        }
    }
    answer
}

impl Condition {
    fn holds<'t>(&self, looking: &mut Looking<'t>, scope: &Scope<'t>) -> Truth {
        let mut answer = None;
        for way in &self.any {
            for found in looking.find(way, scope).iter() {
                let one = self.asks(&looking.reader, found.value);
                let best = answer.unwrap_or(Truth::No);
                answer = Some(match (best, one) {
                    (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
                    (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                    _ => Truth::No,
                });
            }
        }
        match (answer.unwrap_or(Truth::of(self.default)), self.negated) {
            (Truth::Yes, true) => Truth::No,
            (Truth::No, true) => Truth::Yes,
            (answer, _) => answer,
        }
    }

    fn asks<'t>(&self, reader: &Reader<'t>, node: NodeRef<'t>) -> Truth {
        if node.templated() {
            return Truth::Unknown;
        }
        let says = |wanted: &Wanted| match wanted {
            Wanted::Any => is_stated(reader, node),
            Wanted::Flag(flag) => reader.flag(node).get() == Some(*flag),
            Wanted::Text(text) => node.kind() == Kind::Scalar && fits(text, node.text().trim()),
        };
        if let Some(least) = self.at_least {
            return Truth::of(amount(reader, node).is_some_and(|amount| amount >= least));
        }
        Truth::of(if self.is.is_empty() { is_on(reader, node) } else { self.is.iter().any(says) })
    }
}

/// A number, or how many items a list or a table has.
fn amount<'t>(reader: &Reader<'t>, node: NodeRef<'t>) -> Option<f64> {
    let count = match node.kind() {
        Kind::Scalar => return number_of(&node.value(reader.schema)),
        Kind::Sequence => node.items().count(),
        Kind::Mapping => node.entries().count(),
    };
    u32::try_from(count).ok().map(f64::from)
}

/// Whether a setting says anything.
pub(super) fn is_stated<'t>(reader: &Reader<'t>, node: NodeRef<'t>) -> bool {
    match node.kind() {
        Kind::Scalar => match node.value(reader.schema) {
            Value::Null => false,
            Value::Str(text) => !text.trim().is_empty(),
            _ => true,
        },
        Kind::Sequence => node.items().next().is_some(),
        Kind::Mapping => node.entries().next().is_some(),
    }
}

/// Whether a setting does something: true, above zero, filled in.
pub(super) fn is_on<'t>(reader: &Reader<'t>, node: NodeRef<'t>) -> bool {
    match node.kind() {
        Kind::Sequence => node.items().next().is_some(),
        Kind::Mapping => node.entries().next().is_some(),
        Kind::Scalar => {
            let said = node.value(reader.schema);
            let is_text = matches!(said, Value::Str(text) if !text.trim().is_empty());
            let flag = match said {
                Value::Bool(flag) => Some(flag),
                Value::Str(text) => flag_of(text),
                _ => None,
            };
            flag.unwrap_or_else(|| number_of(&said).map_or(is_text, |number| number > 0.0))
        }
    }
}
