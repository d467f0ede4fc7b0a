//! Every example in every rule file, run through the whole linter: bad ones give exactly their rule at
//! their line, good ones give nothing. The same example written in YAML and JSON must agree.

use botiquette::diagnostic::{Finding, Severity};
use botiquette::rules::{Example, Rulebook, page};
use botiquette::{Input, Outcome, Request, lint};

fn lint_text(rulebook: &Rulebook, name: &str, text: &str) -> Outcome {
    let input = Input::Stdin { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    lint(&Request { inputs: vec![input], dialect: botiquette::dialect::find("conduct"), rulebook })
}

/// What is wrong with an example, in words; nothing if it does what it says.
fn check(rulebook: &Rulebook, rule: &str, severity: Severity, example: &Example) -> Option<String> {
    let outcome = lint_text(rulebook, "example.yaml", &example.config);
    let loud: Vec<&Finding> =
        outcome.report.findings.iter().filter(|finding| finding.severity > Severity::Info).collect();
    let said = loud.iter().map(|finding| format!("{} ({:?})", finding.rule, line(&outcome, finding)));
    let said = said.collect::<Vec<_>>().join(", ");
    let unwanted =
        loud.iter().find(|finding| finding.rule != rule && !example.also.iter().any(|a| *a == finding.rule));
    if let Some(unwanted) = unwanted {
        return Some(format!("also reports {}: {}", unwanted.rule, unwanted.primary.text));
    }
    let all = outcome.report.findings.iter().filter(|finding| finding.rule == rule);
    let own: Vec<&Finding> =
        all.filter(|finding| example.is_bad || finding.severity > Severity::Info).collect();
    match (example.is_bad, own.as_slice()) {
        (false, []) => None,
        (false, _) => Some(format!("a good example is reported: {said}")),
        (true, []) => Some(format!("is not reported; found: [{said}]")),
        (true, [finding]) => {
            let wanted = example.severity.clone().unwrap_or_else(|| format!("{severity:?}").to_lowercase());
            let found = format!("{:?}", finding.severity).to_lowercase();
            if Some(line(&outcome, finding)) != example.line {
                Some(format!("is reported at line {}, not {:?}", line(&outcome, finding), example.line))
            } else if wanted != found {
                Some(format!("is of severity {found}, not {wanted}"))
            } else {
                None
            }
        }
        (true, many) => Some(format!("is reported {} times", many.len())),
    }
}

fn line(outcome: &Outcome, finding: &Finding) -> u32 {
    let place = finding.primary.place;
    outcome.sources.get(place.file).map_or(0, |file| file.position(place.span.start).line)
}

#[test]
fn every_example_does_what_it_says() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut failures = Vec::new();
    let (mut bad, mut good) = (0, 0);
    for rule in rulebook.rules() {
        let page = page(&rule.name).unwrap().unwrap_or_else(|problems| panic!("{}: {problems:?}", rule.name));
        for (number, example) in page.examples.iter().enumerate() {
            if example.is_bad {
                bad += 1;
            } else {
                good += 1;
            }
            if let Some(failure) = check(&rulebook, &rule.name, rule.severity, example) {
                let verdict = if example.is_bad { "bad" } else { "good" };
                failures.push(format!("{} example {} ({verdict}): {failure}", rule.name, number + 1));
            }
        }
        let is_engine = rule.family == "engine";
        let bad_here = page.examples.iter().filter(|example| example.is_bad).count();
        if !is_engine && (bad_here == 0 || bad_here == page.examples.len()) {
            failures.push(format!("{} needs a bad and a good example", rule.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    println!("{} rules, {bad} bad and {good} good examples", rulebook.rules().len());
}

/// What a text is reported for, whatever its syntax: rules with severities, sorted.
fn verdicts(rulebook: &Rulebook, name: &str, text: &str) -> Vec<String> {
    let outcome = lint_text(rulebook, name, text);
    let findings = outcome.report.findings.iter();
    let mut verdicts: Vec<_> =
        findings.map(|finding| format!("{} {}", finding.severity, finding.rule)).collect();
    verdicts.sort();
    verdicts
}

/// Drops what TOML cannot write: an empty value says the same as none.
fn without_nulls(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value::{Array, Null, Object};
    match value {
        Object(map) => {
            let kept = map.into_iter().filter(|(_, value)| *value != Null);
            Object(kept.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        Array(items) => Array(items.into_iter().filter(|item| *item != Null).map(without_nulls).collect()),
        other => other,
    }
}

#[test]
fn the_same_conduct_in_yaml_toml_and_json_gives_the_same_findings() {
    let rulebook = Rulebook::built_in().unwrap();
    let mut compared = 0;
    for rule in rulebook.rules().iter().filter(|rule| rule.family != "engine") {
        for (number, example) in page(&rule.name).unwrap().unwrap().examples.iter().enumerate() {
            let value: serde_json::Value = serde_yaml::from_str(&example.config).unwrap();
            let json = serde_json::to_string_pretty(&value).unwrap();
            let toml = toml::to_string(&without_nulls(value)).unwrap();
            let yaml = verdicts(&rulebook, "example.yaml", &example.config);
            let at = format!("{} example {}", rule.name, number + 1);
            assert_eq!(verdicts(&rulebook, "example.json", &json), yaml, "{at} as JSON:\n{json}");
            assert_eq!(verdicts(&rulebook, "example.toml", &toml), yaml, "{at} as TOML:\n{toml}");
            compared += 1;
        }
    }
    assert!(compared > 100, "only {compared} examples compared");
}
