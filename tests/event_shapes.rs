//! Every way to write an event with every way to write what is done then (`tests/shapes/events.toml`): who writes one
//! of each must be understood, whichever they are.
#![allow(clippy::unwrap_used, reason = "data that cannot be read fails the test")]

use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shapes {
    rule: String,
    head: String,
    events: Vec<String>,
    acts: Vec<String>,
    rules: Vec<String>,
    words: Vec<String>,
}

#[test]
fn each_event_is_understood_with_each_act() {
    let path = crate::root().join("tests/shapes/events.toml");
    let shapes: Shapes = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let tables = [(&shapes.events, &shapes.acts), (&shapes.rules, &shapes.words)];
    let pairs = tables.iter().flat_map(|(events, acts)| {
        events.iter().flat_map(|event| acts.iter().map(move |act| event.replace('@', act)))
    });
    let rulebook = Rulebook::built_in().unwrap();
    let deaf: Vec<String> = pairs
        .filter(|pair| {
            let text = format!("{}{pair}\n", shapes.head);
            let inputs = vec![Input::Stdin { name: "bot.yaml".to_owned(), bytes: text.into_bytes() }];
            let outcome = lint(&Request { inputs, dialect: None, rulebook: &rulebook });
            !outcome.report.findings.iter().any(|finding| finding.rule == shapes.rule)
        })
        .collect();
    assert!(deaf.is_empty(), "not understood:\n  {}", deaf.join("\n  "));
}
