//! The effect graph against recorded answers of a reference model: a thousand random networks
//! (`effects/random.json`, made by `effects/generate.py`), compared in verdict, gains and firings.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "data that cannot be read fails the test")]

use std::fs;

use botiquette::analysis::effects::{Brake, Component, Hop, Kind, Network, Slow, Via, components, firings};
use botiquette::diagnostic::Severity;
use serde_json::Value;

/// Recorded numbers have nine digits; slow power iterations of the reference end a little early.
const CLOSE: f64 = 1e-3;

#[test]
fn a_thousand_random_networks_agree() {
    let path = crate::root().join("tests/effects/random.json");
    let networks: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(networks.len(), 1000);
    let differences: Vec<String> = networks
        .iter()
        .enumerate()
        .flat_map(|(number, recorded)| {
            compare(recorded).into_iter().map(move |text| format!("{number}: {text}"))
        })
        .collect();
    assert!(differences.is_empty(), "{} differ\n{}", differences.len(), differences.join("\n"));
}

fn compare(recorded: &Value) -> Vec<String> {
    let network = network(recorded);
    let components = components(&network);
    let mut differences = Vec::new();
    let verdict = verdict(&components, &network);
    if verdict != recorded["verdict"] {
        differences.push(format!("verdict {verdict}, recorded {}", recorded["verdict"]));
    }
    let most = |gain: fn(&Component) -> f64| components.iter().map(gain).fold(0.0, f64::max);
    for (name, found) in
        [("worst", most(|component| component.worst)), ("typical", most(|component| component.typical))]
    {
        let wanted = recorded[name].as_f64().unwrap();
        if (found - wanted).abs() > CLOSE * wanted.max(1.0) {
            differences.push(format!("{name} {found}, recorded {wanted}"));
        }
    }
    for (node, found) in firings(&network, &components).into_iter().enumerate() {
        let wanted = recorded["firings"][node].as_f64().unwrap_or(f64::INFINITY);
        let same =
            found.is_infinite() && wanted.is_infinite() || (found - wanted).abs() <= CLOSE * wanted.max(1.0);
        if !same {
            differences.push(format!("firings of {node} {found}, recorded {wanted}"));
        }
    }
    differences
}

fn verdict(components: &[Component], network: &Network) -> String {
    let mut said: Vec<String> = components
        .iter()
        .filter(|component| component.never_ends())
        .map(|component| {
            let severity = match component.severity(network) {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            };
            format!("{} {severity}", component.class().name())
        })
        .collect();
    said.sort();
    if said.is_empty() { "fine".to_owned() } else { said.join(", ") }
}

fn network(recorded: &Value) -> Network {
    let numbers = |name: &str, other: f64| -> Vec<f64> {
        recorded[name].as_array().unwrap().iter().map(|value| value.as_f64().unwrap_or(other)).collect()
    };
    let size = usize::try_from(recorded["size"].as_u64().unwrap()).unwrap();
    let slow = recorded["slow"]
        .as_array()
        .map(|pair| Slow { days: pair[0].as_f64().unwrap(), items: pair[1].as_f64().unwrap() });
    Network {
        base: numbers("base", 0.0),
        cap: numbers("cap", f64::INFINITY),
        hops: recorded["hops"].as_array().unwrap().iter().map(hop).collect(),
        slow: vec![slow; size],
    }
}

fn hop(recorded: &Value) -> Hop {
    let node = |place: usize| usize::try_from(recorded[place].as_u64().unwrap()).unwrap();
    let number = |place: usize| recorded[place].as_f64().unwrap();
    Hop {
        source: node(0),
        target: node(1),
        kind: match recorded[2].as_str().unwrap() {
            "conversation" => Kind::Conversation,
            "recruitment" => Kind::Recruitment,
            "echo" => Kind::Echo,
            _ => Kind::State,
        },
        via: match recorded[3].as_str().unwrap() {
            "self" => Via::Ourselves,
            "platform" => Via::Platform,
            "human" => Via::Person,
            _ => Via::Bot,
        },
        typical: number(4),
        worst: number(5),
        events: number(6),
        brakes: recorded[7].as_array().unwrap().iter().map(|name| brake(name.as_str().unwrap())).collect(),
    }
}

/// The brakes under the names that the reference model has for them.
fn brake(name: &str) -> Brake {
    match name {
        "human_approval" => Brake::Approval,
        "exclude_self" => Brake::ExcludeSelf,
        "exclude_bots" => Brake::ExcludeBots,
        "auto_submitted" => Brake::AutomaticMark,
        "once_per_user" => Brake::OncePerUser,
        "once_per_thread" => Brake::OncePerThread,
        "finite_audience" => Brake::FiniteAudience,
        "origin_marker" => Brake::OriginMark,
        "dedupe_exact" => Brake::Dedupe,
        "originals_only" => Brake::OriginalsOnly,
        "cannot_match" => Brake::CannotMatch,
        "platform_no_retrigger" => Brake::PlatformIgnoresSelf,
        other => unreachable!("no brake is called {other}"),
    }
}
