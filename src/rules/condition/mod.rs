//! Conditions: tables of field tests that combine with `any`, `all`, `not`, `at-least` and `somewhere`.
//! Three-valued: what cannot be known before the bot runs never satisfies a condition.

mod literal;
mod memory;
mod test;
mod truth;

use self::test::{Operator, Test};
use self::truth::FoldTruth;
use super::cues::Cues;
use super::fields::{FieldKind, Level};
use super::pattern::Budget;
use super::problem::Problem;
use super::thresholds::Thresholds;
use super::value::{Data, Value};
use crate::model::View;

pub(super) use self::memory::Memory;
pub(super) use self::test::OPERATORS;
pub(crate) use self::truth::Truth;

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

/// What conditions are checked against when they are loaded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables<'t> {
    pub(crate) thresholds: &'t Thresholds,
    pub(crate) cues: &'t Cues,
    /// What patterns of somebody's own may still take.
    pub(crate) patterns: &'t Budget,
}

/// What conditions use when they are evaluated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'t> {
    pub(crate) tables: Tables<'t>,
    pub(crate) memory: &'t Memory,
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

    /// Whether the condition looks for what a message shows; words that excuse do not count.
    pub(crate) fn asks_for_cues(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) | Self::AtLeast(_, parts) => {
                parts.iter().any(Self::asks_for_cues)
            }
            Self::Somewhere(part) => part.asks_for_cues(),
            Self::Test(test) => test.field.name == "text.cues",
            Self::Not(_) => false,
        }
    }

    /// Whether the condition holds for a view.
    pub(crate) fn holds<'m>(&self, view: &View<'m>, context: Context<'_>) -> Truth {
        match self {
            Self::All(all) => all.iter().fold_truth(Truth::Yes, Truth::No, |part| part.holds(view, context)),
            Self::Any(any) => any.iter().fold_truth(Truth::No, Truth::Yes, |part| part.holds(view, context)),
            Self::Not(condition) => condition.holds(view, context).negate(),
            Self::AtLeast(count, of) => {
                let truths: Vec<_> = of.iter().map(|part| part.holds(view, context)).collect();
                let yes = truths.iter().filter(|truth| **truth == Truth::Yes).count();
                let open = truths.iter().filter(|truth| **truth == Truth::Unknown).count();
                match () {
                    () if yes >= *count => Truth::Yes,
                    () if yes + open >= *count => Truth::Unknown,
                    () => Truth::No,
                }
            }
            Self::Somewhere(condition) => somewhere(condition, view, context),
            Self::Test(test) => test.holds(view, context),
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

/// Whether some action of the account satisfies a condition; found out once for each account.
fn somewhere(condition: &Condition, view: &View<'_>, context: Context<'_>) -> Truth {
    context.memory.somewhere(condition, view.account, || {
        let mut best = condition.holds(&view.without_action(), context);
        for action_view in view.actions_of_account() {
            if best == Truth::Yes {
                break;
            }
            best = best.max_truth(condition.holds(&action_view, context));
        }
        best
    })
}
