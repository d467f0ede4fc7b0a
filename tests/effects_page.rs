//! `docs/effects.md` tells the numbers and causes of `rules/effects.toml`, all of them, as they are.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::fs;

fn read(path: &str) -> String {
    fs::read_to_string(crate::root().join(path)).unwrap()
}

#[test]
fn every_assumption_and_cause_is_told() {
    let page = read("docs/effects.md");
    let table: toml::Table = read("rules/effects.toml").parse().unwrap();
    let mut missing = Vec::new();
    for (name, assumption) in table["assume"].as_table().unwrap() {
        let value = &assumption["value"];
        let number = value.as_float().map_or_else(|| value.to_string(), |number| number.to_string());
        let row = format!("| `{name}` | {number} | {} |", assumption["why"].as_str().unwrap());
        if !page.contains(&row) {
            missing.push(row);
        }
    }
    for effect in table["effect"].as_array().unwrap() {
        let list = |key: &str| {
            let words = effect[key].as_array().unwrap().iter();
            words.map(|word| word.as_str().unwrap()).collect::<Vec<_>>().join(", ")
        };
        let acts = format!("| {}", list("acts"));
        let event = format!("| {} |", list("event"));
        let told = page.lines().any(|line| line.starts_with(&acts) && line.contains(&event));
        if !told {
            missing.push(format!("{acts} {event}"));
        }
    }
    assert!(missing.is_empty(), "not in docs/effects.md:\n{}", missing.join("\n"));
}
