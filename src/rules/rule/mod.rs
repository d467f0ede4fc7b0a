//! A rule as its file defines it: what it detects, what it says, and when a finding matters more or less.

mod detect;
mod fix;
mod read;

use std::borrow::Cow;

use super::called::is_called;
use super::condition::Condition;
use super::fields::{self, Datum, Field};
use crate::analysis::Analysis;
use crate::diagnostic::{Confidence, RuleCard, Severity};
use crate::model::Property;

pub(super) use fix::{FixSpec, Literal, MENDS, Remedy, Said};
pub(super) use read::load;

/// A rule, ready to be evaluated.
#[derive(Debug)]
pub struct Rule {
    /// Its name; the stem of its file.
    pub name: Cow<'static, str>,
    /// Its family; the folder of its file.
    pub family: Cow<'static, str>,
    /// The headline of a finding: lower case, no final period.
    pub title: Cow<'static, str>,
    /// How much a finding matters where no adjustment says otherwise.
    pub severity: Severity,
    /// How sure a finding is where no adjustment says otherwise.
    pub confidence: Confidence,
    /// The version that brought it.
    pub since: Cow<'static, str>,
    /// Weaker rules whose findings on the same subject this one covers.
    pub subsumes: Vec<Cow<'static, str>>,
    /// What the configuration does: one sentence.
    pub what: Cow<'static, str>,
    /// Who is hurt: one or two sentences.
    pub why: Cow<'static, str>,
    /// What to do instead: one sentence.
    pub instead: Cow<'static, str>,
    /// How many findings one account can have.
    pub(crate) once_per: OncePer,
    pub(crate) detect: Detect,
    pub(crate) labels: Vec<LabelSpec>,
    pub(crate) adjustments: Vec<Adjustment>,
    pub(crate) fixes: Vec<FixSpec>,
}

impl Rule {
    /// Whether the rule is meant by its name, its family, a pattern, or `ALL`.
    #[must_use]
    pub fn is_called(&self, said: &str) -> bool {
        is_called(said, &self.name, &self.family)
    }

    /// Whether one of these words means the rule.
    #[must_use]
    pub fn is_one_of(&self, names: &[String]) -> bool {
        names.iter().any(|name| self.is_called(name))
    }

    /// How a report introduces it.
    #[must_use]
    pub fn card(&self) -> RuleCard {
        RuleCard {
            name: self.name.clone(),
            family: self.family.clone(),
            title: self.title.clone(),
            severity: self.severity,
            confidence: self.confidence,
            what: self.what.clone(),
            why: self.why.clone(),
            instead: self.instead.clone(),
        }
    }

    /// Whether it finds what is not there.
    #[must_use]
    pub const fn is_about_absence(&self) -> bool {
        matches!(self.detect, Detect::Missing { .. })
    }

    /// Whether what it finds may depend on other files than the one that it points at.
    #[must_use]
    pub(crate) const fn looks_across_files(&self) -> bool {
        matches!(self.detect, Detect::Missing { .. } | Detect::Together { .. } | Detect::Graph(_))
    }

    /// Whether it looks for what the words of a message show.
    #[must_use]
    pub fn is_about_words(&self) -> bool {
        match &self.detect {
            Detect::Match { condition, .. } => condition.asks_for_cues(),
            Detect::Missing { when, .. } => when.asks_for_cues(),
            Detect::Together { first, second, .. } => first.asks_for_cues() || second.asks_for_cues(),
            Detect::Rate { .. } | Detect::Graph(_) | Detect::Engine => false,
        }
    }
}

/// What gets a finding of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OncePer {
    /// The whole account: many jobs of one kind are one finding.
    Account,
    /// Each automation.
    Automation,
    /// Each action.
    Action,
}

/// How a rule finds what it is about.
#[derive(Debug)]
pub(crate) enum Detect {
    /// Actions (or automations, or accounts) that satisfy a condition.
    Match { each: fields::Level, condition: Condition },
    /// Actions that create a need which nothing on the account meets.
    Missing { when: Condition, unless: Vec<Condition>, requires: Option<Property> },
    /// Two kinds of action on one account.
    Together { first: Condition, second: Condition, unless: Vec<Condition> },
    /// Daily rates, summed over the account, above a threshold.
    Rate { budgets: Vec<Budget> },
    /// A named analysis in Rust.
    Graph(Analysis),
    /// The engine itself reports it while reading files.
    Engine,
}

/// One kind of action whose rates are summed.
#[derive(Debug)]
pub(crate) struct Budget {
    pub(crate) condition: Condition,
    pub(crate) threshold: Cow<'static, str>,
    pub(crate) unit: Cow<'static, str>,
    /// Whether it is what one person gets, rather than all together.
    pub(crate) per_person: bool,
}

/// What a finding underlines.
#[derive(Debug)]
pub(crate) struct LabelSpec {
    /// The field whose site is underlined.
    pub(crate) at: &'static Field,
    /// Whose field: the matched action's, the second one's, or that of other actions of the account.
    pub(crate) of: Part,
    /// Only where this holds as well.
    pub(crate) condition: Option<Condition>,
    /// Only values that are one of these; any value where it is empty.
    pub(crate) only: Vec<Cow<'static, str>>,
    /// Underlines every value of the field, not only the first.
    pub(crate) all: bool,
    /// What is said, with `{field}` filled in.
    pub(crate) text: Cow<'static, str>,
}

impl LabelSpec {
    /// Whether a value of its field is one that it underlines.
    pub(crate) fn points_at(&self, datum: &Datum<'_>) -> bool {
        let is = |text: &str| self.only.iter().any(|wanted| wanted == text);
        self.only.is_empty()
            || match datum {
                Datum::Word(word) => is(word),
                Datum::Text(text) => is(text),
                Datum::Number(_) | Datum::Flag(_) => false,
            }
    }
}

/// Which actions a label belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What the rule matched; of a pair, the first.
    First,
    /// The second of a pair.
    Second,
    /// Every live action of the account; with `where`, those that matter.
    Account,
}

/// A condition under which a finding matters more or less.
#[derive(Debug)]
pub(crate) struct Adjustment {
    pub(crate) severity: Option<Severity>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) note: Option<Cow<'static, str>>,
    pub(crate) condition: Condition,
}
