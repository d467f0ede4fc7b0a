//! The rulebook: all rules with the tables they share, and which of them are switched on.

use super::condition::Tables;
use super::cues::Cues;
use super::pattern::Budget;
use super::problem::Problem;
use super::rule::{self, Rule};
use super::thresholds::Thresholds;
use super::value::{EMBEDDED, Embedded};
use crate::analysis::effects::Assumptions;
use crate::diagnostic::Covers;

/// Rules, thresholds and cues of one run.
#[derive(Debug)]
pub struct Rulebook {
    rules: Vec<Rule>,
    enabled: Vec<bool>,
    thresholds: Thresholds,
    assumptions: Assumptions,
    cues: Cues,
    /// What the patterns of packs may still take.
    patterns: Budget,
}

/// A built-in rule file that cannot be used: our bug, which the test suite finds before a user can.
#[derive(Debug, thiserror::Error)]
#[error("the built-in rule file {path} is broken: {problem} (this is a bug in botiquette, please report it)")]
pub struct BrokenRulebook {
    /// The file's path below `rules/`.
    pub path: String,
    /// The first problem in it.
    pub problem: Problem,
}

impl Rulebook {
    /// The rules that are part of the binary, all switched on.
    pub fn built_in() -> Result<Self, BrokenRulebook> {
        let broken = |path: &str| {
            let path = path.to_owned();
            move |problems: Vec<Problem>| {
                let problem = problems.into_iter().next();
                let problem =
                    problem.unwrap_or_else(|| Problem::new(crate::source::Span::default(), "unreadable"));
                BrokenRulebook { path, problem }
            }
        };
        let thresholds = Thresholds::built_in().map_err(broken("thresholds.toml"))?;
        let assumptions = Assumptions::built_in().map_err(broken("effects.toml"))?;
        let cues = Cues::built_in();
        let patterns = Budget::default();
        let tables = Tables { thresholds: &thresholds, cues: &cues, patterns: &patterns };
        let mut rules = Vec::new();
        for file in rule_files() {
            let (family, stem) = family_and_stem(file.path);
            rules.push(rule::load(&file.table, family, stem, tables).map_err(broken(file.path))?);
        }
        let enabled = vec![true; rules.len()];
        Ok(Self { rules, enabled, thresholds, assumptions, cues, patterns })
    }

    /// All rules, by family and name.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of this name.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == name)
    }

    /// The rules whose findings cover those of this one.
    pub fn covering(&self, name: &str) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.subsumes.iter().any(|weaker| weaker == name))
    }

    /// Whether findings of one rule cover those of another on the same subject.
    pub(crate) fn covers(&self, stronger: &str, weaker: &str) -> bool {
        self.rule(stronger).is_some_and(|rule| rule.subsumes.iter().any(|name| name == weaker))
    }

    /// What the effect graph assumes about people.
    #[must_use]
    pub const fn assumptions(&self) -> &Assumptions {
        &self.assumptions
    }

    /// The same, to be set.
    pub(crate) const fn assumptions_mut(&mut self) -> &mut Assumptions {
        &mut self.assumptions
    }

    /// The rules that are switched on.
    pub fn enabled(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().zip(&self.enabled).filter(|(_, enabled)| **enabled).map(|(rule, _)| rule)
    }

    /// Switches rules on or off; `keep` is asked for each.
    pub fn retain(&mut self, keep: impl Fn(&Rule) -> bool) {
        for (rule, enabled) in self.rules.iter().zip(&mut self.enabled) {
            *enabled = *enabled && keep(rule);
        }
    }

    /// Whether two rulebooks find the same in everything: the same built-in rules run with the same numbers.
    pub(crate) fn judges_like(&self, other: &Self) -> bool {
        let has_packs = |book: &Self| book.rules.iter().any(|rule| rule.name.contains('/'));
        self.enabled == other.enabled
            && self.thresholds.iter().eq(other.thresholds.iter())
            && self.assumptions.iter().eq(other.assumptions.iter())
            && !has_packs(self)
            && !has_packs(other)
    }

    /// The numbers that rules compare with.
    #[must_use]
    pub const fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// The numbers that rules compare with, to be tuned before a run.
    pub(crate) const fn thresholds_mut(&mut self) -> &mut Thresholds {
        &mut self.thresholds
    }

    /// Adds a rule, switched on.
    pub(crate) fn push(&mut self, rule: Rule) {
        self.rules.push(rule);
        self.enabled.push(true);
    }

    /// The cue families that a message shows, by name: what rules compare `text.cues` with.
    #[must_use]
    pub fn cues_in(&self, message: &str) -> Vec<&str> {
        self.cues.families_in(message)
    }

    pub(crate) const fn tables(&self) -> Tables<'_> {
        Tables { thresholds: &self.thresholds, cues: &self.cues, patterns: &self.patterns }
    }
}

impl Covers for Rulebook {
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rules.iter().flat_map(|rule| rule.subsumes.iter().map(|weaker| (&*rule.name, &**weaker)))
    }
}

/// The text of a built-in rule file.
#[must_use]
pub fn rule_text(name: &str) -> Option<&'static str> {
    rule_files().find(|file| family_and_stem(file.path).1 == name).map(|file| file.text)
}

/// The embedded files that are rules: those in a family's folder.
fn rule_files() -> impl Iterator<Item = &'static Embedded> {
    let is_other = |path: &str| path.starts_with("cues/") || path.starts_with("dialects/");
    EMBEDDED.iter().filter(move |file| file.path.contains('/') && !is_other(file.path))
}

/// `follow/auto-follow-back.toml` is `auto-follow-back` of the family `follow`.
fn family_and_stem(path: &str) -> (&str, &str) {
    let (family, file) = path.split_once('/').unwrap_or(("", path));
    (family, file.strip_suffix(".toml").unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use super::super::value::Value;
    use super::*;

    #[test]
    fn built_in_files_pass_the_checks_of_users_files() {
        let rulebook = Rulebook::built_in().unwrap();
        for file in rule_files() {
            let (family, stem) = family_and_stem(file.path);
            let value = Value::parse(file.text).unwrap();
            let problems = rule::load(&value, family, stem, rulebook.tables()).err().unwrap_or_default();
            assert_eq!(problems, [], "{}", file.path);
        }
    }
}
