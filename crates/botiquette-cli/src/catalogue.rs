//! The rulebook and the dialects as plain data, for the commands that show them. Loaded only by commands that name
//! rules or dialects.

use botiquette::diagnostic::{Confidence, Severity};
use botiquette::dialect::described::{Described, DialectExample, examples, text_of};
use botiquette::dialect::{self, Own, Tool};
use botiquette::rules::{self, Rule, RuleFile, Rulebook};
use botiquette::settings::{Settings, SettingsError};
use serde::Serialize;

use super::{Failure, governing};

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
    pub(super) adjustments: Vec<String>,
    pub(super) fixes: Vec<String>,
    pub(super) thresholds: Vec<String>,
    /// The rules whose findings it covers, and those that cover its own.
    pub(super) covers: Vec<String>,
    pub(super) covered_by: Vec<String>,
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

/// Everything `explain` says about a dialect.
#[derive(Clone, Debug)]
pub(super) struct DialectPage {
    pub(super) summary: DialectSummary,
    pub(super) reference: String,
    pub(super) about: String,
    pub(super) examples: Vec<DialectExample>,
}

/// The rules that are part of the binary.
pub(super) fn rulebook() -> Result<Rulebook, Failure> {
    Rulebook::built_in().map_err(Failure::Bug)
}

/// The rules that a run in this folder would have: with those that its settings add.
fn rulebook_here() -> Result<(Rulebook, Settings), Failure> {
    let mut rulebook = rulebook()?;
    let settings = governing::here()?;
    settings.add_to(&mut rulebook).map_err(Failure::Settings)?;
    Ok((rulebook, settings))
}

/// All rules, in the order of the rulebook.
pub(super) fn rules() -> Result<Vec<RuleSummary>, Failure> {
    let (rulebook, _) = rulebook_here()?;
    Ok(rulebook.rules().iter().map(summary).collect())
}

/// The page of a rule.
pub(super) fn page(name: &str) -> Result<Option<RulePage>, Failure> {
    let (rulebook, settings) = rulebook_here()?;
    let Some(rule) = rulebook.rule(name) else { return Ok(None) };
    let own = || {
        let stem = name.rsplit('/').next().unwrap_or(name);
        let file = settings.rule_files().into_iter().find(|file| file.stem() == stem)?;
        Some(rules::page_of(&file))
    };
    let page = rules::page(name).or_else(own).and_then(Result::ok).unwrap_or_default();
    let example =
        |example: rules::Example| Example { bad: example.is_bad, note: example.note, config: example.config };
    Ok(Some(RulePage {
        summary: summary(rule),
        since: rule.since.to_string(),
        what: rule.what.to_string(),
        why: rule.why.to_string(),
        instead: rule.instead.to_string(),
        adjustments: page.adjustments,
        fixes: page.fixes,
        thresholds: page.thresholds,
        covers: rule.subsumes.iter().map(ToString::to_string).collect(),
        covered_by: rulebook.covering(name).map(|rule| rule.name.to_string()).collect(),
        false_positives: page.false_positives,
        sources: page.sources,
        examples: page.examples.into_iter().map(example).collect(),
    }))
}

pub(super) fn summary(rule: &Rule) -> RuleSummary {
    RuleSummary {
        name: rule.name.to_string(),
        family: rule.family.to_string(),
        severity: rule.severity,
        confidence: rule.confidence,
        title: rule.title.to_string(),
    }
}

/// The dialects that the settings of this folder add.
fn own_dialects() -> Result<(Own, Settings), Failure> {
    let settings = governing::here()?;
    let (own, mistakes) = Own::read(&settings.dialect_files());
    if mistakes.is_empty() {
        Ok((own, settings))
    } else {
        Err(Failure::Settings(SettingsError::Mistakes(mistakes)))
    }
}

/// All dialects: the built-in ones, those of one's own, and the reader of unknown formats.
pub(super) fn dialects() -> Result<Vec<DialectSummary>, Failure> {
    let (own, _) = own_dialects()?;
    let mut all: Vec<_> = dialect::built_in().map(dialect_summary).collect();
    // The reader of unknown formats comes last.
    let last = all.pop();
    Ok(all.into_iter().chain(own.iter().map(dialect_summary)).chain(last).collect())
}

/// The page of a dialect.
pub(super) fn dialect_page(name: &str) -> Result<Option<DialectPage>, Failure> {
    let (own, settings) = own_dialects()?;
    let Some(tool) = dialect::find(name).or_else(|| own.find(name)) else { return Ok(None) };
    let file = match text_of(name) {
        Some(text) => Some(RuleFile { path: format!("{name}.toml").into(), text: text.to_owned() }),
        None => settings.dialect_files().into_iter().find(|file| file.stem() == name),
    };
    let file = file.filter(|_| matches!(tool, Tool::Described(_)));
    Ok(Some(DialectPage {
        summary: dialect_summary(tool),
        reference: tool.reference().into_owned(),
        about: if let Tool::Described(Described { about, .. }) = tool {
            about.clone()
        } else {
            String::new()
        },
        examples: file.and_then(|file| examples(&file).ok()).unwrap_or_default(),
    }))
}

fn dialect_summary(tool: Tool<'_>) -> DialectSummary {
    DialectSummary {
        name: tool.name().to_owned(),
        tool: tool.title().to_owned(),
        recognised: tool.recognised_by().to_owned(),
        expresses: tool.expresses().iter().map(|property| property.name().to_owned()).collect(),
    }
}
