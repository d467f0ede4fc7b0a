//! pleroma-bot: which account mirrors what, for whom to see, and whether it says so.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{Account, Event, GuardKind, Stated, Verb, Visibility};

use crate::linted::{line, lines, lint_text};

fn read_as(text: &str) -> Outcome {
    lint_text("config.yml", text)
}

fn read(text: &str) -> Outcome {
    let outcome = read_as(text);
    assert_eq!(outcome.report.files[0].dialect, Some("pleroma-bot"), "{text}");
    outcome
}

/// One mirror with these further keys, from the fifth line on.
fn mirror(keys: &str) -> Outcome {
    let head = "pleroma_base_url: https://social.example/\nusers:\n- pleroma_username: weather\n";
    read(&format!("{head}  twitter_username: weather_office\n{keys}"))
}

fn account(outcome: &Outcome) -> &Account {
    &outcome.model.accounts[0]
}

#[test]
fn a_mirror_is_a_post_for_a_post() {
    let outcome = mirror("");
    let automation = &outcome.model.automations[0];
    let trigger = &automation.triggers[0];
    assert_eq!((trigger.event, line(&outcome, trigger.site)), (Event::PostBy, 4));
    assert_eq!(trigger.from.as_ref().unwrap().of[0].text, "weather_office");
    let action = &automation.actions[0];
    assert_eq!((action.verb, action.visible_to()), (Verb::Post, Visibility::Unlisted));
    let handle = account(&outcome).identity.handle.known().map(String::as_str);
    assert_eq!(handle, Some("@weather@social.example"));
    assert!(outcome.report.findings.is_empty(), "{:?}", outcome.report.findings);
}

#[test]
fn settings_outside_the_list_hold_for_all_without_their_own() {
    let outcome = read(
        "visibility: public\nsignature: true\nusers:\n- {pleroma_username: a, twitter_username: x}\n- {pleroma_username: b, twitter_username: [y, z], visibility: direct, signature: false}\n",
    );
    let seen: Vec<_> = outcome
        .model
        .automations
        .iter()
        .map(|automation| (automation.actions[0].visible_to(), automation.actions[0].marked.get()))
        .collect();
    assert_eq!(seen, [(Visibility::Public, Some(true)), (Visibility::Private, Some(false))]);
}

#[test]
fn a_feed_takes_the_place_of_an_account() {
    let outcome = mirror("  rss: https://example.org/feed.xml\n");
    let trigger = &outcome.model.automations[0].triggers[0];
    assert_eq!(
        (trigger.event, trigger.filters[0].text.as_str()),
        (Event::FeedItem, "https://example.org/feed.xml")
    );
    assert_eq!(outcome.model.automations.len(), 1);
    assert!(
        account(&outcome).enforced_by_tool.contains(&GuardKind::AgeLimit),
        "it goes on from its last post"
    );
}

#[test]
fn profiles_say_what_they_say() {
    let text = "  bot: true\n  support_account: kim\n  bio_text: \"Mirror of {{ twitter_username }}, ask @{{ support_account }}{{ mood }}\"\n";
    let outcome = mirror(text);
    let profile = &account(&outcome).profile;
    assert_eq!(profile.bot_flag.get(), Some(true));
    assert_eq!(profile.contact.known().map(String::as_str), Some("kim"));
    let bio = profile.bio.known().map(String::as_str);
    assert_eq!(bio, Some("Mirror of weather_office, ask @kim{{ mood }}"));
    let untouched = mirror(&format!("{text}  no_profile: true\n"));
    assert!(account(&untouched).profile.bio.is_absent());
}

#[test]
fn a_number_is_an_account_without_a_name() {
    let outcome = read("users:\n- {pleroma_username: 24660, twitter_username: x}\n");
    assert!(matches!(account(&outcome).identity.handle, Stated::Unknown(_)));
}

#[test]
fn many_sources_without_a_word_about_them() {
    let many = "users:\n- pleroma_username: digest\n  twitter_username: [a, b, c]\n";
    assert_eq!(lines(&read(many), "cloned-posts"), [3]);
    for kind in ["  signature: true\n", "  bio_text: I mirror three accounts\n", "  visibility: direct\n"] {
        assert_eq!(lines(&read(&format!("{many}{kind}")), "cloned-posts").len(), 0, "{kind}");
    }
    assert_eq!(lines(&read(&many.replace(", c", "")), "cloned-posts").len(), 0);
}

#[test]
fn how_many_it_fetches_is_not_how_often_it_posts() {
    let outcome = mirror("  max_tweets: 3200\n  delay_post: 0.1\n");
    assert!(outcome.report.findings.is_empty(), "{:?}", outcome.report.findings);
}

#[test]
fn guards() {
    let originals = mirror("  include_rts: false\n");
    assert_eq!(originals.model.automations[0].guards[0].kind, GuardKind::OriginalsOnly);
    assert_eq!(mirror("  include_rts: true\n").model.automations[0].guards.len(), 0);
    let remembers = |outcome: &Outcome| account(outcome).enforced_by_tool.contains(&GuardKind::Dedupe);
    assert!(remembers(&mirror("")));
    assert!(!remembers(&mirror("  avoid_duplicates: false\n")));
}

#[test]
fn tokens_stand_where_they_stand_once() {
    let outcome = read(
        "twitter_token: a8Hf3kQz9LmP\nusers:\n- {pleroma_username: a, pleroma_token: q2Wv7nRt5XyZ}\n- {pleroma_username: b, pleroma_token: XXXXXXXX}\n",
    );
    let keys = |number: usize| -> Vec<&str> {
        outcome.model.accounts[number].secrets.iter().map(|secret| secret.key.as_str()).collect()
    };
    assert_eq!((keys(0), keys(1)), (vec!["pleroma_token", "twitter_token"], vec!["pleroma_token"]));
    assert_eq!(lines(&outcome, "hardcoded-secret").len(), 1, "a row of X is to be filled in");
}

#[test]
fn old_names_and_wrong_values() {
    let outcome = mirror("  pleroma_url: https://other.example\n  visibility: hidden\n  my_own_word: fine\n");
    assert_eq!(lines(&outcome, "unknown-key"), [5]);
    assert_eq!(lines(&outcome, "malformed-config"), [6]);
    assert_eq!(outcome.model.automations.len(), 1);
    let broken = read("users:\n- just a name\n- {pleroma_username: a, twitter_username: x}\n");
    assert_eq!((lines(&broken, "malformed-config"), broken.model.automations.len()), (vec![2], 1));
}

#[test]
fn other_lists_of_users_are_not_its() {
    for text in ["users:\n- {twitter_username: a, name: b}\n", "users:\n- pleroma_username\n"] {
        assert_ne!(read_as(text).report.files[0].dialect, Some("pleroma-bot"), "{text}");
    }
}
