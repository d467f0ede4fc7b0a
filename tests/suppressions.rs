//! What `tests/suppressions/cases.toml` says about suppressions, and that suppressing everything leaves nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

use botiquette::diagnostic::{FileStatus, Finding};
use botiquette::exempt::exempt;
use botiquette::report::{self, Format, Style};
use botiquette::rules::Rulebook;
use botiquette::settings::Settings;
use botiquette::syntax::Syntax;
use botiquette::{Input, Outcome, Request, lint, lint_with};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    says: String,
    #[serde(default = "yaml")]
    file: String,
    text: String,
    #[serde(default)]
    settings: String,
    #[serde(default)]
    live: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    told: Vec<String>,
}

fn yaml() -> String {
    "bot.yaml".to_owned()
}

impl Case {
    fn run(&self, no_suppressions: bool) -> Outcome {
        let mut rulebook = Rulebook::built_in().unwrap();
        let mut settings = Settings::parse(Path::new("botiquette.toml"), self.settings.clone()).unwrap();
        settings.no_suppressions = no_suppressions;
        settings.add_to(&mut rulebook).unwrap();
        settings.apply(&mut rulebook, None, &[], &[]);
        let inputs = vec![Input::Stdin { name: self.file.clone(), bytes: self.text.clone().into_bytes() }];
        let dialect = botiquette::dialect::find("conduct");
        lint_with(&Request { inputs, dialect, rulebook: &rulebook }, &settings)
    }
}

/// Line and rule of findings; of those of the bot itself only the rules that the cases are about.
fn said<'f>(outcome: &Outcome, findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
    let about = ["unfollow-shaming", "auto-follow-back", "unused-suppression", "suppression-without-reason"];
    let line = |finding: &Finding| {
        let place = finding.primary.place;
        outcome.sources.get(place.file).unwrap().position(place.span.start).line
    };
    findings
        .filter(|finding| about.contains(&finding.rule.as_ref()))
        .map(|finding| format!("{} {}", line(finding), finding.rule))
        .collect()
}

#[test]
fn cases() {
    let mut failures = Vec::new();
    for case in crate::cases::<Case>("tests/suppressions/cases.toml") {
        let outcome = case.run(false);
        let live = said(&outcome, outcome.report.live());
        let silent = said(&outcome, outcome.report.findings.iter().filter(|finding| !finding.is_live()));
        let titles: Vec<&str> = outcome.report.live().map(|finding| finding.title.as_str()).collect();
        let told = case.told.iter().all(|title| titles.contains(&title.as_str()));
        if live != case.live || silent != case.silent || !told {
            failures.push(format!("{}: live {live:?}, silent {silent:?}, {titles:?}", case.says));
        }
        assert_eq!(outcome.report.summary().suppressed, case.silent.len(), "{}", case.says);
        let audited = case.run(true);
        assert_eq!(audited.report.summary().suppressed, 0, "{}", case.says);
        for silent in &case.silent {
            let all = said(&audited, audited.report.live());
            assert!(all.contains(silent), "{}: an auditor sees {all:?}", case.says);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Copies a folder and returns the files in the copy.
fn copy(from: &Path, to: &Path) -> Vec<PathBuf> {
    fs::create_dir_all(to).unwrap();
    let mut files = Vec::new();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            files.extend(copy(&entry.path(), &target));
        } else {
            fs::copy(entry.path(), &target).unwrap();
            files.push(target);
        }
    }
    files
}

fn text_of(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| error.to_string())
}

/// For every sample of every dialect.
#[test]
fn what_is_suppressed_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let rulebook = Rulebook::built_in().unwrap();
    let mut left = Vec::new();
    let mut suppressed = 0;
    for path in copy(&crate::root().join("sample-configs"), folder.path()) {
        let run = || {
            let inputs = crate::inputs_at(&path);
            lint(&Request { inputs, dialect: None, rulebook: &rulebook })
        };
        let before = run();
        let has_comments = Syntax::from_path(&path).is_some_and(|syntax| syntax != Syntax::Json);
        let linted = before.report.files.iter().all(|file| file.status == FileStatus::Linted);
        if !has_comments || !linted || before.report.live().next().is_none() {
            continue;
        }
        let done = exempt(&before.report, &before.sources, "shown on purpose", folder.path(), &text_of);
        assert_eq!(done.refused, [], "{}", path.display());
        done.edited.iter().for_each(|edited| fs::write(&edited.path, &edited.text).unwrap());
        let after = run();
        suppressed += after.report.summary().suppressed;
        left.extend(after.report.live().map(|finding| format!("{}: {}", path.display(), finding.rule)));
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
    assert!(suppressed > 50, "{suppressed}");
}

#[test]
fn where_no_comment_can_stand_entries_of_the_settings_do_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bot.json");
    let text = r#"{ "account": "@x", "automations": [{ "id": "w", "on": "followed", "do": "follow" }] }"#;
    fs::write(&path, text).unwrap();
    let rulebook = Rulebook::built_in().unwrap();
    let inputs = crate::inputs_at(&path);
    let request = Request { inputs, dialect: botiquette::dialect::find("conduct"), rulebook: &rulebook };
    let before = lint(&request);
    let done = exempt(&before.report, &before.sources, "friends only", folder.path(), &text_of);
    assert!(done.edited.is_empty());
    let settings = Settings::parse(&folder.path().join("botiquette.toml"), done.entries).unwrap();
    let after = lint_with(&request, &settings);
    assert_eq!(after.report.live().count(), 0, "{:?}", after.report.findings);
    assert_eq!(after.report.summary().suppressed, before.report.live().count());
}

#[test]
fn the_schema_of_reports_knows_them() {
    let schema: serde_json::Value = serde_json::from_str(botiquette::report::JSON_SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut suppressed = 0;
    for case in crate::cases::<Case>("tests/suppressions/cases.toml") {
        let outcome = case.run(false);
        let mut json = Vec::new();
        let style = Style::default();
        report::write(Format::Json, &outcome.report, &outcome.sources, &style, &mut json).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert!(validator.is_valid(&json), "{}: {:?}", case.says, validator.validate(&json).unwrap_err());
        let findings = json["findings"].as_array().unwrap();
        suppressed += findings.iter().filter(|finding| !finding["suppressed"].is_null()).count();
    }
    assert!(suppressed > 10, "{suppressed}");
}
