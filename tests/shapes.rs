//! Home-made configurations (`tests/shapes/`): what is found in them must not get less. `tests/shapes/README.md`
//! says where they come from.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use botiquette::diagnostic::Severity;
use botiquette::rules::Rulebook;
use botiquette::{Outcome, Request, lint};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Behaviours {
    behaviour: Vec<Behaviour>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Behaviour {
    number: u32,
    name: String,
    rules: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sets {
    set: Vec<Set>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Set {
    folder: String,
    trade: String,
    first_run: [f64; 2],
    at_line: usize,
    quiet: usize,
}

/// A row of `labels.tsv`.
struct Label {
    file: String,
    behaviour: u32,
    bad: bool,
    lines: Vec<u32>,
}

fn root() -> PathBuf {
    crate::root().join("tests/shapes")
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    toml::from_str(&std::fs::read_to_string(root().join(name)).unwrap()).unwrap()
}

/// The labels of a set by unit: a file, or a folder whose files act together.
fn units(folder: &Path) -> BTreeMap<String, Vec<Label>> {
    let mut units: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for row in std::fs::read_to_string(folder.join("labels.tsv")).unwrap().lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [file, number, verdict, lines, _why] = cells.as_slice() else { panic!("no label: {row}") };
        let unit = file.split('/').next().unwrap().to_owned();
        units.entry(unit).or_default().push(Label {
            file: (*file).to_owned(),
            behaviour: number.parse().unwrap(),
            bad: *verdict == "bad",
            lines: lines.split(['|', ',']).map(|line| line.trim().parse().unwrap()).collect(),
        });
    }
    units
}

/// Errors and warnings with every place they point at, as file and line.
fn told(rulebook: &Rulebook, folder: &Path, unit: &str) -> Vec<(String, Vec<(PathBuf, u32)>)> {
    let inputs = crate::inputs_at(folder.join(unit));
    let outcome: Outcome = lint(&Request { inputs, dialect: None, rulebook });
    let findings = outcome.report.findings.iter().filter(|finding| finding.severity > Severity::Info);
    findings
        .map(|finding| {
            let labels = std::iter::once(&finding.primary).chain(&finding.related);
            let places = labels.map(|label| {
                let source = outcome.sources.get(label.place.file).unwrap();
                (source.path().to_owned(), source.position(label.place.span.start).line)
            });
            (finding.rule.to_string(), places.collect())
        })
        .collect()
}

#[test]
fn what_was_understood_stays_understood() {
    let rulebook = Rulebook::built_in().unwrap();
    let behaviours: Behaviours = read("behaviours.toml");
    let sets: Sets = read("sets.toml");
    let mut lost = Vec::new();
    for set in sets.set {
        assert!(!set.trade.is_empty() && set.first_run.iter().all(|share| (0.0..=1.0).contains(share)));
        let folder = root().join(&set.folder);
        let (mut at_line, mut quiet) = (0, 0);
        let mut missed = Vec::new();
        for (unit, labels) in units(&folder) {
            let told = told(&rulebook, &folder, &unit);
            for label in labels {
                if !label.bad {
                    quiet += usize::from(told.is_empty());
                    continue;
                }
                let behaviour =
                    behaviours.behaviour.iter().find(|one| one.number == label.behaviour).unwrap();
                let file = folder.join(&label.file);
                let found = told.iter().any(|(rule, places)| {
                    behaviour.rules.contains(rule)
                        && places.iter().any(|(path, line)| *path == file && label.lines.contains(line))
                });
                at_line += usize::from(found);
                if !found {
                    missed.push(format!("{}: {}", label.file, behaviour.name));
                }
            }
        }
        if at_line < set.at_line || quiet < set.quiet {
            let missed = missed.join("\n    ");
            lost.push(format!(
                "{}: {at_line} of {} at line, {quiet} of {} decent files quiet; not found:\n    {missed}",
                set.folder, set.at_line, set.quiet
            ));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
