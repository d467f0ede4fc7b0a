//! What settings change about a run: profiles, facts, thresholds; and that the schema agrees with the reader.
//! The command line's side of it is in `tests/cli/settings.trycmd`.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use std::fs;
use std::path::Path;

use botiquette::rules::Rulebook;
use botiquette::settings::{Settings, schema};
use botiquette::{Input, Request, lint_with};

/// A bot that writes to people, with no way to make it stop and nobody who reads answers.
const NEWSLETTER: &str = r#"
account: { handle: "@news", platform: mastodon, auth: official-api, bot: true, operator: "@kim", contact: kim@example.org }
automations:
  - { on: { schedule: weekly }, do: { dm: { to: own-followers, text: "What is new in town: {title}" } }, limits: { per-day: 5 } }
"#;

/// A bot that only posts what a feed says.
const FEED: &str = r#"
account: { handle: "@headlines", platform: mastodon, auth: official-api, bot: true, operator: "@kim" }
automations:
  - { on: { feed-item: "https://example.org/feed.xml" }, do: { post: "{title} {url}" }, limits: { per-day: 8 } }
"#;

/// The names of the rules that speak about a conduct file under settings, with their severities.
fn rules(config: &str, settings: &str) -> Vec<String> {
    let mut rulebook = Rulebook::built_in().unwrap();
    let mut settings = Settings::parse(Path::new("botiquette.toml"), settings.to_owned()).unwrap();
    settings.add_to(&mut rulebook).unwrap();
    settings.apply(&mut rulebook, None, &[], &[]);
    let input = Input::Stdin { name: "bot.yaml".to_owned(), bytes: config.as_bytes().to_vec() };
    let request =
        Request { inputs: vec![input], dialect: botiquette::dialect::find("conduct"), rulebook: &rulebook };
    let findings = lint_with(&request, &settings).report.findings;
    findings.iter().map(|finding| format!("{} {}", finding.severity, finding.rule)).collect()
}

fn has(found: &[String], rule: &str) -> bool {
    found.iter().any(|found| found.ends_with(&format!(" {rule}")))
}

#[test]
fn facts_meet_what_is_missing() {
    let bare = rules(NEWSLETTER, "");
    assert!(has(&bare, "missing-opt-out"), "{bare:?}");
    for facts in [
        "facts = { opt-out = \"write STOP\" }",
        "[accounts.\"@news\".facts]\nopt-out = { steps = 1 }",
        "[accounts.News]\nfacts = { opt-out = \"write STOP\" }",
    ] {
        let found = rules(NEWSLETTER, facts);
        assert!(!has(&found, "missing-opt-out"), "{facts}: {found:?}");
    }
    let other = rules(NEWSLETTER, "[accounts.\"@else\".facts]\nopt-out = \"write STOP\"");
    assert!(has(&other, "missing-opt-out"), "{other:?}");
}

#[test]
fn a_feed_is_not_asked_for_what_a_conversation_needs() {
    let bare = rules(FEED, "");
    assert!(has(&bare, "broadcast-only"), "{bare:?}");
    let found = rules(FEED, "profile = \"feed\"");
    assert!(!has(&found, "broadcast-only"), "{found:?}");
    let contacts = rules(NEWSLETTER, "profile = \"feed\"");
    assert!(has(&contacts, "missing-opt-out"), "{contacts:?}");
}

/// A bot that answers everybody who follows with an advertisement.
const PITCH: &str = r#"
account: { handle: "@shop", platform: mastodon, auth: official-api, bot: true, operator: "@kim" }
automations:
  - { on: followed, do: { dm: "Thanks for the follow! Get 20% off in our shop: {link}" } }
"#;

#[test]
fn strict_words_weigh_more() {
    let level = |settings: &str| {
        let found = rules(PITCH, settings);
        found.iter().find_map(|found| found.strip_suffix(" first-contact-pitch")).map(str::to_owned)
    };
    assert_eq!(level("").as_deref(), Some("warning"));
    assert_eq!(level("profile = \"strict\"").as_deref(), Some("error"));
    let said = "profile = \"strict\"\nseverity = { first-contact-pitch = \"info\" }";
    assert_eq!(level(said).as_deref(), Some("info"));
    // What rests on no words stays what it is.
    let follow =
        PITCH.replace("dm: \"Thanks for the follow! Get 20% off in our shop: {link}\"", "follow: initiator");
    let found = rules(&follow, "profile = \"strict\"");
    assert!(found.contains(&"warning auto-follow-back".to_owned()), "{found:?}");
}

#[test]
fn strict_numbers_are_stricter() {
    assert!(!has(&rules(FEED, ""), "post-flood"));
    assert!(has(&rules(FEED, "profile = \"strict\""), "post-flood"));
    assert!(has(&rules(FEED, "[thresholds]\nposts-per-day = 6"), "post-flood"));
    let found = rules(FEED, "[thresholds]\nposts-per-day = { warning = 1, error = 2 }");
    assert!(found.contains(&"error post-flood".to_owned()), "{found:?}");
    assert!(!has(&rules(FEED, "profile = \"strict\"\n[thresholds]\nposts-per-day = 9"), "post-flood"));
}

#[test]
fn severities_and_switches() {
    let config = "account: \"@a\"\nautomations:\n  - { on: followed, do: follow, limits: { per-day: 3 } }\n";
    let severe = rules(config, "[severity]\nauto-follow-back = \"error\"");
    assert!(severe.contains(&"error auto-follow-back".to_owned()), "{severe:?}");
    assert!(!has(&rules(config, "[severity]\nauto-follow-back = \"off\""), "auto-follow-back"));
    assert!(!has(
        &rules(config, "[[overrides]]\npaths = [\"bot.*\"]\nignore = [\"follow\"]"),
        "auto-follow-back"
    ));
    assert!(has(
        &rules(config, "[[overrides]]\npaths = [\"other/\"]\nignore = [\"follow\"]"),
        "auto-follow-back"
    ));
    assert!(has(&rules(config, "profile = \"community\""), "auto-follow-back"));
}

#[test]
fn the_schema_agrees_with_the_reader() {
    let validator = jsonschema::validator_for(&schema(&Rulebook::built_in().unwrap())).unwrap();
    let is_valid = |text: &str| {
        let value: toml::Table = toml::from_str(text).unwrap();
        validator.is_valid(&serde_json::to_value(value).unwrap())
    };
    let folder = crate::root().join("tests/cli/settings.in");
    for name in ["botiquette.toml", "plain.toml", "broken-rules.toml"] {
        assert!(is_valid(&fs::read_to_string(folder.join(name)).unwrap()), "{name}");
    }
    // Every key of the file that `botiquette init` writes, switched on.
    let init = fs::read_to_string(crate::root().join("crates/botiquette-cli/src/init.toml")).unwrap();
    assert!(is_valid(&init.replace("#:", "")));
    for text in [
        "extend = [\"a.toml\"]",
        "exclude = \"drafts/\"",
        "[[suppressions]]\npath = \"a.json\"",
        "[[suppressions]]\npath = \"a.json\"\nrule = \"post-flood\"\nwhy = \"so\"",
        "profil = \"strict\"",
        "profile = \"strickt\"",
        "[thresholds]\nfollows-a-day = 3",
        "[facts]\nreplies = { whitin = 1 }",
        "[assume]\nshare = 0",
        "[[overrides]]\nignore = []",
        "[severity]\nfollow-churn = \"of\"",
    ] {
        assert!(!is_valid(text), "{text}");
    }
}
