//! The checklist of good practice: the reference bot gets the full score, and silence is not held against a
//! format that cannot speak.

#![expect(clippy::unwrap_used, reason = "a configuration that cannot be read fails the test")]

use botiquette::hygiene::{Checklist, State, checklist_lines, checklists};
use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};

fn read(inputs: Vec<Input>) -> Vec<Checklist> {
    let rulebook = Rulebook::built_in().unwrap();
    checklists(&lint(&Request { inputs, dialect: None, rulebook: &rulebook }).model)
}

fn of_file(path: &str) -> Vec<Checklist> {
    read(crate::inputs_at(crate::root().join(path)))
}

/// The states of the checklist of a conduct file with one account.
fn of_conduct(text: &str) -> impl Fn(&str) -> Option<State> + use<> {
    let lists = read(vec![Input::Stdin { name: "bot.yaml".to_owned(), bytes: text.as_bytes().to_vec() }]);
    assert_eq!(lists.len(), 1);
    move |id| lists.first()?.lines.iter().find(|(line, _)| line.id == id).map(|(_, state)| *state)
}

#[test]
fn the_reference_gets_the_full_score() {
    let lists = of_file("tests/catalogue/decent/reference.yaml");
    assert_eq!(lists.len(), 1);
    for list in &lists {
        let lacking =
            list.lines.iter().filter(|(_, state)| matches!(state, State::Absent | State::NotStated));
        let lacking: Vec<_> = lacking.map(|(line, _)| line.id).collect();
        assert_eq!(lacking, Vec::<&str>::new());
        assert_eq!((list.percent(), list.earned()), (Some(100), list.possible()));
        assert_eq!(list.lines.len(), checklist_lines().count());
        // Nothing in it is written by a model or punishes anybody.
        assert_eq!(list.count(State::NotApplicable), 1);
    }
}

#[test]
fn a_feed_is_not_asked_for_what_only_contact_needs() {
    let feed = of_conduct(
        "account: { handle: \"@news\", bot: true }\n\
         automations: [{ on: { feed-item: \"https://example.org/feed\" }, do: { post: \"{title}\" } }]\n",
    );
    for id in ["E-4", "E-6", "E-8", "E-11", "E-12", "E-13", "E-18"] {
        assert_eq!(feed(id), Some(State::NotApplicable), "{id}");
    }
    assert_eq!(feed("E-1"), Some(State::Present));
    assert_eq!(feed("E-2"), Some(State::NotStated));
}

#[test]
fn three_answers() {
    let with = |account: &str, rest: &str| {
        of_conduct(&format!(
            "account: {{ handle: \"@x\"{account} }}\nautomations:\n  - {{ on: followed, do: {{ dm: hi }}{rest} }}\n"
        ))
    };
    let plain = with("", "");
    for (id, state) in [
        ("E-1", State::NotStated),
        ("E-4", State::Absent),
        ("E-6", State::Absent),
        ("E-14", State::Absent),
        ("E-21", State::NotStated),
    ] {
        assert_eq!(plain(id), Some(state), "{id}");
    }
    assert_eq!(with(", bot: false", "")("E-1"), Some(State::Absent));
    assert_eq!(with(", bot: \"${BOT}\"", "")("E-1"), Some(State::NotStated));
    assert_eq!(with("", ", limits: { per-day: 5 }")("E-14"), Some(State::Present));
    assert_eq!(with("", ", if: { approval: kim }")("E-4"), Some(State::Present));
    assert_eq!(with(", auth: password", "")("E-21"), Some(State::Absent));
}

#[test]
fn silence_of_a_format_that_cannot_speak_is_no_absence() {
    for list in of_file("tests/catalogue/decent/needs-info") {
        assert_eq!(list.count(State::Absent), 0);
    }
}

#[test]
fn what_does_nothing_has_no_checklist() {
    let lists = read(vec![Input::Stdin {
        name: "bot.yaml".to_owned(),
        bytes: b"account: \"@x\"\nautomations: [{ on: followed, do: follow, enabled: false }]\n".to_vec(),
    }]);
    assert!(lists.is_empty());
}
