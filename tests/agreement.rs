//! What `lint`, `describe`, `graph` and the checklist say about the same bots does not differ: over all samples.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use botiquette::describe::describe;
use botiquette::graph::Drawing;
use botiquette::hygiene::{State, checklists};
use botiquette::rules::shown;
use botiquette::{Linter, Outcome};

/// Each sample alone, and each folder in which some stand together.
fn samples() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["sample-configs", "tests/catalogue"] {
        let mut open = vec![crate::root().join(folder)];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path.clone());
                    // The top folders hold tools that have nothing to do with each other.
                    found
                        .extend(path.parent().is_some_and(|above| !above.ends_with("tests")).then_some(path));
                } else {
                    found.push(path);
                }
            }
        }
    }
    found.sort();
    found
}

fn linter() -> &'static Linter {
    static LINTER: OnceLock<Linter> = OnceLock::new();
    LINTER.get_or_init(|| Linter::builder().include_info(true).build().unwrap())
}

/// What was found and understood, once for all tests.
fn outcomes() -> impl Iterator<Item = (&'static Path, &'static Linter, &'static Outcome)> {
    static OUTCOMES: OnceLock<Vec<(PathBuf, Outcome)>> = OnceLock::new();
    let all = || {
        samples().into_iter().map(|path| {
            let outcome = linter().check_inputs(crate::inputs_at(&path));
            (path, outcome)
        })
    };
    let outcomes = OUTCOMES.get_or_init(|| all().collect());
    outcomes.iter().map(|(path, outcome)| (path.as_path(), linter(), outcome))
}

fn shown_path(path: &Path) -> String {
    path.strip_prefix(crate::root()).unwrap_or(path).display().to_string()
}

/// A rate that `lint` counts stands in the description of the account, with the same number.
#[test]
fn rates_are_the_same() {
    let mut compared = 0;
    for (path, linter, outcome) in outcomes() {
        let rates = linter.rates(outcome);
        for finding in outcome.findings() {
            for (name, value) in &finding.values {
                let Some(unit) = name.strip_suffix("-per-day") else { continue };
                if !["excessive-rate", "post-flood"].contains(&&*finding.rule) {
                    continue;
                }
                compared += 1;
                let same = rates
                    .iter()
                    .any(|rate| rate.unit.replace(' ', "-") == unit && shown(rate.per_day) == *value);
                assert!(same, "{}: {name} is {value}, not among {rates:?}", shown_path(path));
            }
        }
    }
    assert!(compared > 20, "{compared}");
}

/// Whoever is contacted, followed, listed, named or pinged is reached: a description never says "nobody" there, and
/// the checklist knows that the account reaches people.
#[test]
fn whoever_is_named_is_reached() {
    let (mut reaching, mut named) = (0, 0);
    for (path, linter, outcome) in outcomes() {
        let path = shown_path(path);
        let world = outcome.world();
        let descriptions = describe(&outcome.model, linter.rulebook().assumptions());
        let lists = checklists(&outcome.model);
        for description in &descriptions {
            let view = world.account(description.number).unwrap();
            let acts: Vec<_> = view
                .actions_of_account()
                .filter(|view| !view.is_approved() && view.rate().per_day != Some(0.0))
                .collect();
            let names = acts.iter().any(|view| view.names_in_public());
            let contacts = acts.iter().any(|view| view.is_contact());
            let reach = &description.reach;
            let says_nobody =
                reach.per_day == 0.0 && !(reach.unasked || reach.unsaid || reach.asked || reach.in_its_place);
            assert!(!contacts || !says_nobody, "{path}: {} reaches somebody", description.account);
            assert!(!names || !reach.named.is_empty(), "{path}: {} names somebody", description.account);
            reaching += usize::from(contacts);
            named += usize::from(names);
            if !(names || contacts) {
                continue;
            }
            let list = lists.iter().find(|list| list.account == description.account).unwrap();
            let state = list.lines.iter().find(|(line, _)| line.id == "E-4").unwrap().1;
            assert_ne!(state, State::NotApplicable, "{path}: {}", description.account);
        }
    }
    assert!(reaching > 100 && named > 4, "{reaching} {named}");
}

/// A rule about people who did not ask contradicts a checklist that says they all did.
#[test]
fn the_checklist_praises_nothing_that_is_found() {
    let mut compared = 0;
    for (path, _, outcome) in outcomes() {
        let names: BTreeSet<String> =
            ["unfollow-shaming", "stranger-auto-follow", "cold-outreach", "auto-follow-back"]
                .into_iter()
                .map(str::to_owned)
                .collect();
        let [only] = outcome.model.accounts.as_slice() else { continue };
        let found = outcome.findings().any(|finding| names.contains(&*finding.rule));
        let lists = checklists(&outcome.model);
        let Some(list) = lists.iter().find(|list| list.account == only.name).filter(|_| found) else {
            continue;
        };
        let state = list.lines.iter().find(|(line, _)| line.id == "E-4").unwrap().1;
        compared += 1;
        assert_ne!(state, State::Present, "{}", shown_path(path));
    }
    assert!(compared > 10, "{compared}");
}

/// The picture shows what the description tells, and the same circles.
#[test]
fn the_picture_shows_what_is_told() {
    let mut circles = 0;
    for (path, linter, outcome) in outcomes() {
        let path = shown_path(path);
        let descriptions = describe(&outcome.model, linter.rulebook().assumptions());
        let world = outcome.world();
        let drawing = Drawing::new(&linter.study(&world));
        if drawing.left_out > 0 {
            continue;
        }
        let told = descriptions.iter().map(|description| description.circles.len()).sum::<usize>();
        // Those that die out are drawn, and no matter for a description.
        let never_end = drawing.cycles.iter().filter(|cycle| cycle.severity.is_some()).count();
        assert_eq!(never_end, told, "{path}");
        circles += told;
        let does = descriptions.iter().any(|description| !description.does.is_empty());
        assert!(does || drawing.cards.is_empty(), "{path}: something is drawn that nobody tells");
    }
    assert!(circles > 10, "{circles}");
}
