//! What `tests/bounds/cases.toml` says about inputs that are too much, and how much patterns of one's own may take.

#![allow(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::path::Path;

use botiquette::diagnostic::Finding;
use botiquette::rules::{RuleFile, Rulebook};
use botiquette::settings::Settings;
use botiquette::{Input, Request, lint_with};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    says: String,
    #[serde(default = "bot")]
    file: String,
    #[serde(default)]
    settings: String,
    n: usize,
    parts: Vec<Part>,
    gives: BTreeMap<String, usize>,
    #[serde(default)]
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
enum Part {
    Once(String),
    Each(String),
}

fn bot() -> String {
    "bot.yaml".to_owned()
}

impl Case {
    fn text(&self) -> String {
        let part = |part: &Part| match part {
            Part::Once(text) => text.clone(),
            Part::Each(text) => (0..self.n).map(|n| text.replace("{n}", &n.to_string())).collect(),
        };
        self.parts.iter().map(part).collect()
    }

    fn findings(&self) -> Vec<Finding> {
        let mut rulebook = Rulebook::built_in().unwrap();
        let mut settings = Settings::parse(Path::new("botiquette.toml"), self.settings.clone()).unwrap();
        settings.add_to(&mut rulebook).unwrap();
        settings.apply(&mut rulebook, None, &[], &[]);
        let input = Input::Stdin { name: self.file.clone(), bytes: self.text().into_bytes() };
        let request = Request { inputs: vec![input], dialect: None, rulebook: &rulebook };
        lint_with(&request, &settings).report.findings
    }
}

#[test]
fn too_much_is_said_to_be_too_much() {
    for case in crate::cases::<Case>("tests/bounds/cases.toml") {
        let findings = case.findings();
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for finding in &findings {
            *told.entry(finding.rule.to_string()).or_default() += 1;
            *told.entry(format!("{} {}", finding.severity, finding.rule)).or_default() += 1;
        }
        for (rule, count) in &case.gives {
            assert_eq!(told.get(rule).copied().unwrap_or_default(), *count, "{}: {told:?}", case.says);
        }
        let holds = |finding: &Finding| {
            finding.title.contains(&case.words) || finding.primary.text.contains(&case.words)
        };
        assert!(case.words.is_empty() || findings.iter().any(holds), "{}: {findings:#?}", case.says);
    }
}

#[test]
fn patterns_of_a_pack_have_a_budget_together() {
    let rule = |number: usize| RuleFile {
        path: format!("large-{number}.toml").into(),
        text: format!(
            r#"name = "large-{number}"
title = "a long pattern"
severity = "warning"
confidence = "low"
since = "0.1.0"
what = "It has a long pattern."
why = "It takes memory."
instead = "Write a short one."

[detect]
each = "action"
where = {{ "text|matches" = ["\\w{{15}}"] }}

[[label]]
at = "text"
text = "here"
"#
        ),
    };
    let files: Vec<RuleFile> = (0..100).map(rule).collect();
    let mut rulebook = Rulebook::built_in().unwrap();
    let few = rulebook.add("few", files.get(..4).unwrap());
    assert_eq!(few, [], "a few long patterns are all right");
    let mistakes = rulebook.add("many", &files);
    let refused = mistakes.iter().filter(|mistake| mistake.message.contains("together they may take"));
    let refused = refused.count();
    assert!(refused > 0 && refused == mistakes.len(), "{mistakes:#?}");
}
