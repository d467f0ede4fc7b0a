//! `botiquette forecast`: what it counts, what it leaves open, and that it agrees with the effect graph.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

use std::process::{Command, Output};

use botiquette::analysis::effects::Assumptions;
use botiquette::forecast::{Forecast, Plan, What, forecast, write_svg};
use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};
use serde::Deserialize;
use serde_json::Value;

const PLAN: Plan = Plan { days: 30, seed: 1 };

fn of_inputs(inputs: Vec<Input>, plan: Plan) -> Vec<Forecast> {
    let rulebook = Rulebook::built_in().unwrap();
    let outcome = lint(&Request { inputs, dialect: None, rulebook: &rulebook });
    forecast(&outcome.model, &Assumptions::built_in().unwrap(), plan)
}

fn of_text(automations: &str, plan: Plan) -> Forecast {
    let text = format!("account: {{ handle: '@b', platform: mastodon }}\nautomations:\n{automations}");
    let input = Input::Stdin { name: "bot.yaml".to_owned(), bytes: text.into_bytes() };
    of_inputs(vec![input], plan).remove(0)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    shows: String,
    #[serde(default = "thirty")]
    days: usize,
    automations: String,
    /// `what case: number`, after all days, rounded.
    ends: Vec<String>,
    #[serde(default)]
    exact: bool,
    #[serde(default)]
    uncounted: Vec<String>,
    #[serde(default)]
    exhausted: bool,
}

const fn thirty() -> usize {
    30
}

#[test]
fn each_case_ends_where_it_should() {
    for case in crate::cases::<Case>("tests/forecast/cases.toml") {
        let forecast = of_text(&case.automations, Plan { days: case.days, ..PLAN });
        let mut ends = Vec::new();
        let mut exact = true;
        for series in &forecast.series {
            ends.push(format!("{}: {:.0}", series.what.name(), series.typical.end()));
            if series.typical != series.worst {
                ends.push(format!("{} at worst: {:.0}", series.what.name(), series.worst.end()));
            }
            exact &= series.typical.is_exact && series.worst.is_exact;
        }
        assert_eq!(ends, case.ends, "{}", case.shows);
        assert_eq!(exact && !ends.is_empty(), case.exact, "{}", case.shows);
        let uncounted: Vec<String> =
            forecast.uncounted.iter().map(|one| format!("{:?}: {}", one.why, one.deed)).collect();
        assert_eq!(uncounted, case.uncounted, "{}", case.shows);
        assert_eq!(!forecast.exhausted.is_empty(), case.exhausted, "{}", case.shows);
    }
}

/// Two settings that are harmless alone: together they follow hundreds of people within a month.
#[test]
fn the_ratchet_shows_its_curve() {
    let inputs = crate::inputs_at(crate::root().join("sample-configs/conduct/ratchet"));
    let all = of_inputs(inputs, PLAN);
    let [account] = all.as_slice() else { panic!("one account: {all:?}") };
    let follows = account.series.iter().find(|series| series.what == What::Follows).unwrap();
    let curve = &follows.typical;
    assert!(curve.end() > 1000.0, "{}", curve.end());
    assert!(curve.in_all.windows(2).all(|days| days[1] >= days[0]), "it only ever grows");
    let words: Vec<&str> = account.assumed.iter().map(|assumed| assumed.words.as_str()).collect();
    assert!(words.iter().any(|words| words.contains("people who are followed follow back")), "{words:?}");
}

/// Chance and expectation say the same where nothing is limited; where something is, chance says less.
#[test]
fn seeds_change_little_and_the_same_seed_nothing() {
    let busy = "  - { on: followed, do: { dm: hi }, limits: { per-day: 52 } }\n";
    let ends: Vec<f64> = (0..4)
        .map(|seed| of_text(busy, Plan { days: 30, seed: seed * 1000 }).series[0].typical.end())
        .collect();
    assert!(ends.iter().all(|end| (end - ends[0]).abs() < 0.02 * ends[0]), "{ends:?}");
    assert_eq!(ends[1], of_text(busy, Plan { days: 30, seed: 1000 }).series[0].typical.end());
    let free = of_text("  - { on: followed, do: { dm: hi } }\n", PLAN).series[0].typical.end();
    assert!(ends[0] < free && ends[0] > 0.9 * free, "{} of {free}", ends[0]);
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(crate::root())
        .args(arguments)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .output()
        .unwrap()
}

#[test]
fn pictures_are_whole_and_say_what_they_show() {
    let folder = ["sample-configs/conduct/ratchet", "tests/graph/ratchet", "tests/graph/decent"];
    for folder in folder {
        let output = run(&["forecast", folder, "--days", "90", "--format", "svg"]);
        let picture = String::from_utf8(output.stdout).unwrap();
        let document = roxmltree::Document::parse(&picture).unwrap();
        let text: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
        assert!(text.iter().any(|text| text.contains("in the next 90 days")), "{folder}: {text:?}");
        assert!(picture.contains("prefers-color-scheme:dark"), "{folder}");
        let desc = document.descendants().find(|node| node.has_tag_name("desc")).unwrap();
        assert!(!desc.text().unwrap().is_empty());
        for number in picture.split(['"', ' ', 'M', 'L', 'H']).filter_map(|part| part.parse::<f64>().ok()) {
            assert!(number.is_finite() && number > -100.0, "{folder}: {number}");
        }
    }
}

#[test]
fn the_picture_of_the_ratchet() {
    let inputs = crate::inputs_at(crate::root().join("sample-configs/conduct/ratchet"));
    let mut picture = Vec::new();
    write_svg(&of_inputs(inputs, Plan { days: 90, seed: 1 }), 90, &mut picture).unwrap();
    insta::assert_snapshot!(String::from_utf8(picture).unwrap());
}

#[test]
fn json_is_valid_by_its_schema() {
    let output = run(&["schema", "forecast"]);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let output = run(&["forecast", "sample-configs", "--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mistakes: Vec<String> = schema.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(mistakes, Vec::<String>::new());
    let accounts = document["accounts"].as_array().unwrap();
    assert!(accounts.len() > 20, "only {} accounts", accounts.len());
    assert!(!schema.is_valid(&serde_json::json!({ "schema": "botiquette-forecast/1" })));
}

/// No line falls, no day is missing, and at worst there is never less.
#[test]
fn curves_of_all_samples_are_sound() {
    let inputs = crate::inputs_at(crate::root().join("sample-configs"));
    for account in of_inputs(inputs, Plan { days: 14, seed: 1 }) {
        for series in &account.series {
            let name = format!("{} {}", account.account, series.what.name());
            for curve in [&series.typical, &series.worst] {
                assert_eq!((curve.per_day.len(), curve.in_all.len()), (14, 14), "{name}");
                assert!(curve.per_day.iter().all(|count| count.is_finite() && *count >= 0.0), "{name}");
                assert!(curve.in_all.windows(2).all(|days| days[1] >= days[0]), "{name}");
            }
            let slack = if series.worst.is_exact { 1e-9 } else { 0.05 * series.typical.end() + 1.0 };
            let is_open = !account.uncounted.is_empty();
            assert!(is_open || series.worst.end() + slack >= series.typical.end(), "{name}");
        }
    }
}
