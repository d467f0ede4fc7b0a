//! What the commands show of the rulebook and of the dialects: plain data, and the one place
//! where it is asked for. Loaded only by commands that name rules or dialects.

use botiquette::diagnostic::{Confidence, Severity};
use serde::Serialize;

/// A rule in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RuleSummary {
    pub(super) name: String,
    pub(super) family: String,
    pub(super) severity: Severity,
    pub(super) confidence: Confidence,
    pub(super) title: String,
}

/// Everything `explain` says about a rule. Empty texts are left out.
#[derive(Clone, Debug)]
pub(super) struct RulePage {
    pub(super) summary: RuleSummary,
    pub(super) since: String,
    pub(super) what: String,
    pub(super) why: String,
    pub(super) instead: String,
    pub(super) false_positives: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) examples: Vec<Example>,
}

/// A configuration that shows a rule.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) bad: bool,
    pub(super) note: String,
    pub(super) config: String,
}

/// A tool whose files are understood.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DialectSummary {
    pub(super) name: String,
    pub(super) tool: String,
    /// How its files are recognised.
    pub(super) recognised: String,
    /// What its files can say about conduct, in short words.
    pub(super) expresses: Vec<String>,
}

/// All rules, in the order of the rulebook.
pub(super) fn rules() -> Vec<RuleSummary> {
    Vec::new()
}

/// The page of a rule.
pub(super) fn page(_name: &str) -> Option<RulePage> {
    None
}

/// All dialects, in the order in which they are tried.
pub(super) fn dialects() -> Vec<DialectSummary> {
    Vec::new()
}
