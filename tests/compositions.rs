//! Bots that meet (`effects/compositions.toml`): the findings about cycles, the other rules that belong to the
//! verdict, and the gains of the cycles.

#![expect(clippy::unwrap_used, reason = "data that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use botiquette::analysis::Study;
use botiquette::diagnostic::Finding;
use botiquette::model::World;
use botiquette::rules::Rulebook;
use botiquette::settings::Settings;
use botiquette::{Input, Outcome, Request, lint_with};
use serde::Deserialize;

/// The rules that tell of cycles.
const LOOPS: &[&str] = &["follow-ratchet", "self-trigger", "reply-loop", "mirror-loop", "amplification-loop"];

/// Recorded gains have six digits.
const CLOSE: f64 = 1e-4;

#[derive(Deserialize)]
struct Data {
    composition: Vec<Composition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Composition {
    case: String,
    text: String,
    loops: Vec<String>,
    #[serde(default)]
    others: Vec<String>,
    story: Option<String>,
    worst: f64,
    typical: f64,
    #[serde(default)]
    assume: BTreeMap<String, f64>,
    files: BTreeMap<String, String>,
}

fn compositions() -> Vec<Composition> {
    let path = crate::root().join("tests/effects/compositions.toml");
    toml::from_str::<Data>(&fs::read_to_string(path).unwrap()).unwrap().composition
}

fn prepare(assume: &BTreeMap<String, f64>) -> (Rulebook, Settings) {
    let mut rulebook = Rulebook::built_in().unwrap();
    let lines: String = assume.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
    let mut settings = Settings::parse(Path::new("botiquette.toml"), format!("[assume]\n{lines}")).unwrap();
    settings.add_to(&mut rulebook).unwrap();
    settings.apply(&mut rulebook, None, &[], &[]);
    (rulebook, settings)
}

/// Rule and severity of each finding, and of those that it tells as part of its story, which carry no
/// severity of their own.
fn said(findings: &[Finding]) -> Vec<(String, Option<String>)> {
    let mut said = Vec::new();
    for finding in findings {
        said.push((finding.rule.to_string(), Some(finding.severity.to_string())));
        for note in &finding.notes {
            let told = note.strip_prefix("also ").and_then(|rest| rest.split_once(':'));
            said.extend(told.map(|(rule, _)| (rule.to_owned(), None)));
        }
    }
    said
}

fn is_said(said: &[(String, Option<String>)], wanted: &str) -> bool {
    let (rule, severity) = wanted.split_once(' ').unwrap();
    said.iter().any(|(known, level)| known == rule && level.as_deref().is_none_or(|level| level == severity))
}

fn check(composition: &Composition) -> Vec<String> {
    let (rulebook, settings) = prepare(&composition.assume);
    let inputs = composition
        .files
        .iter()
        .map(|(name, text)| Input::Stdin { name: name.clone(), bytes: text.clone().into_bytes() })
        .collect();
    let request = Request { inputs, dialect: None, rulebook: &rulebook };
    let Outcome { report, model, .. } = lint_with(&request, &settings);
    let said = said(&report.findings);
    let mut wrong = Vec::new();
    for wanted in composition.loops.iter().chain(&composition.others) {
        if !is_said(&said, wanted) {
            wrong.push(format!("`{wanted}` is not found"));
        }
    }
    for (rule, severity) in said.iter().filter(|(rule, _)| LOOPS.contains(&rule.as_str())) {
        if !composition.loops.iter().any(|wanted| wanted.starts_with(&format!("{rule} "))) {
            wrong.push(format!("`{rule}` is found ({severity:?})"));
        }
    }
    if let Some(teller) = &composition.story {
        let told = report.findings.iter().filter(|finding| LOOPS.contains(&finding.rule.as_ref())).count();
        let tells = report.findings.iter().any(|finding| finding.rule == *teller && finding.hops.len() > 2);
        if told > 0 || !tells {
            wrong.push(format!("`{teller}` does not tell the whole story"));
        }
    }
    let world = World::new(&model);
    let study = Study::new(&world, rulebook.thresholds(), rulebook.assumptions());
    let most = |gains: &mut dyn Iterator<Item = f64>| gains.fold(0.0, f64::max);
    let worst = most(&mut study.components().iter().map(|component| component.worst));
    let typical = most(&mut study.components().iter().map(|component| component.typical));
    if (worst - composition.worst).abs() > CLOSE || (typical - composition.typical).abs() > CLOSE {
        wrong.push(format!(
            "gains {worst} and {typical}, recorded {} and {}",
            composition.worst, composition.typical
        ));
    }
    if !wrong.is_empty() {
        wrong.push(format!("found: {said:?}"));
    }
    wrong
}

#[test]
fn every_composition_has_its_verdict_and_gains() {
    let compositions = compositions();
    assert!(compositions.len() > 30);
    let wrong: Vec<String> = compositions
        .iter()
        .map(|composition| (composition, check(composition)))
        .filter(|(_, wrong)| !wrong.is_empty())
        .map(|(composition, wrong)| {
            format!("{} ({}): {}", composition.case, composition.text, wrong.join("; "))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
