//! Mjolnir's configuration, from files to findings.

#![allow(clippy::unwrap_used)]

use botiquette::Outcome;
use botiquette::model::{Event, Verb};

use crate::linted;

fn lint_text(text: &str) -> Outcome {
    linted::lint_text("config/production.yaml", text)
}

fn dialect(text: &str) -> Option<&'static str> {
    linted::dialect(&lint_text(text))
}

/// Findings as `line rule`, in order.
fn findings(text: &str) -> Vec<String> {
    linted::findings(&lint_text(text))
}

const ROOM: &str =
    "managementRoom: '#mods:harbour.example'\nhomeserverUrl: https://harbour.example\nnoop: false\n";

#[test]
fn files_are_recognised_by_their_room_and_two_more_keys() {
    assert_eq!(dialect(ROOM), Some("mjolnir"));
    for other in [
        "managementRoom: x\nnoop: true\n",
        "homeserverUrl: x\nnoop: true\naccessToken: y\n",
        "managementRoom: x\nhomeserver: y\nlogLevel: z\n",
    ] {
        assert_ne!(dialect(other), Some("mjolnir"), "{other}");
    }
}

#[test]
fn normal_operation_is_quiet() {
    let text = format!(
        "{ROOM}automaticallyRedactForReasons: [spam]\nforwardMentionsToManagementRoom: false\nprotections:\n  wordlist:\n    words: [rude]\n    minutesBeforeTrusting: 0\nnsfwSensitivity: .1\nconfirmWildcardBan: true\n"
    );
    assert_eq!(findings(&text), [""; 0]);
}

#[test]
fn written_secrets_are_reported_and_references_are_not() {
    assert_eq!(findings(&format!("{ROOM}accessToken: syt_9aB8cD7eF6\n")), ["4 hardcoded-secret"]);
    let password = "encryption:\n  use: true\n  username: mod\n  password: tall-Mast-77\n";
    assert_eq!(findings(&format!("{ROOM}{password}")), ["7 hardcoded-secret"]);
    for value in ["${TOKEN}", "''", "changeme", "YOUR_TOKEN_HERE"] {
        assert_eq!(findings(&format!("{ROOM}accessToken: {value}\n")), [""; 0], "{value}");
    }
}

#[test]
fn the_shipped_room_is_an_example() {
    assert_eq!(findings(&ROOM.replace("harbour.example'", "example.org'")), ["1 example-config"]);
}

#[test]
fn it_acts_on_mentions_and_on_bans_by_moderators() {
    let text = format!(
        "{ROOM}automaticallyRedactForReasons:\n- spam\n- ads\nforwardMentionsToManagementRoom: true\n"
    );
    let model = lint_text(&text).model;
    let acts: Vec<_> = model
        .automations
        .iter()
        .map(|automation| {
            let trigger = automation.triggers.first().unwrap();
            (trigger.event, trigger.filters.len(), automation.actions.first().unwrap().verb)
        })
        .collect();
    assert_eq!(acts, [(Event::Mention, 0, Verb::Notify), (Event::Sanctioned, 2, Verb::DeleteContent)]);
    let quiet = format!("{ROOM}automaticallyRedactForReasons: []\n");
    assert_eq!(lint_text(&quiet).model.automations.len(), 0);
}
