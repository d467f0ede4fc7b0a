//! Mastodon Echo Bot and `MastoFeed`: what is repeated, how, and that following the source is no outreach.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{Event, GuardKind, SwitchKind, Verb};

use crate::linted::lint_text;

fn read(text: &str) -> Outcome {
    let outcome = lint_text("config/parser.yaml.dist", text);
    assert_eq!(outcome.report.files[0].dialect, Some("mastodon-echo-bot"), "{text}");
    outcome
}

fn acts(outcome: &Outcome) -> Vec<(Event, Verb)> {
    let automations = outcome.model.automations.iter();
    automations.map(|automation| (automation.triggers[0].event, automation.actions[0].verb)).collect()
}

const ACCOUNT: &str = "mastodon_parser:\n  storage_file: seen.yaml\n  accounts:\n  - user: '@choir@social.example'\n    toots: True\n";

#[test]
fn posts_of_the_same_network_are_boosted() {
    let outcome = read(&format!("{ACCOUNT}    retoots: False\n    keywords_filter_profile: concerts\n"));
    assert_eq!(acts(&outcome), [(Event::PostBy, Verb::Repost)]);
    let automation = &outcome.model.automations[0];
    assert_eq!(automation.triggers[0].from.as_ref().unwrap().of[0].text, "@choir@social.example");
    assert_eq!(automation.actions[0].marked.get(), Some(true));
    let guards: Vec<_> = automation.guards.iter().map(|guard| guard.kind).collect();
    assert_eq!(guards, [GuardKind::Relevance, GuardKind::OriginalsOnly]);
}

#[test]
fn following_the_source_is_part_of_it() {
    let outcome = read(&format!("{ACCOUNT}    auto_follow: True\n"));
    assert_eq!(acts(&outcome), [(Event::PostBy, Verb::Repost), (Event::Schedule, Verb::Follow)]);
    assert!(outcome.report.findings.is_empty(), "{:?}", outcome.report.findings);
    assert_eq!(acts(&read(&format!("{ACCOUNT}    auto_follow: False\n"))).len(), 1);
}

#[test]
fn where_all_is_off_nothing_is_read() {
    let off = ACCOUNT.replace("toots: True", "toots: False\n    retoots: False\n    auto_follow: True");
    assert_eq!(acts(&read(&off)), []);
}

#[test]
fn everything_else_is_copied() {
    let outcome = read(
        "feed_parser:\n  storage_file: f.yaml\n  sites:\n  - {name: News, url: 'https://example.org/rss', show_name: True}\ntelegram_parser:\n  storage_file: t.yaml\n  api_hash: 0a1b2c3d4e5f60718293\n  channels:\n  - {id: -1001, name: Choir, show_name: False}\n  chats:\npublisher: {only_older_toot: True, dry_run: False}\n",
    );
    assert_eq!(acts(&outcome), [(Event::PostBy, Verb::Post), (Event::FeedItem, Verb::Post)]);
    let marked: Vec<_> =
        outcome.model.automations.iter().map(|automation| automation.actions[0].marked.get()).collect();
    assert_eq!(marked, [Some(false), Some(true)]);
    assert_eq!(outcome.model.accounts[0].secrets[0].key, "api_hash");
}

#[test]
fn files_of_one_folder_are_one_bot() {
    let main = read(
        "app: {name: Echo, user: '@echo@social.example', admin: '@kim@social.example'}\npublisher:\n  dry_run: True\n  only_older_toot: True\n",
    );
    let account = &main.model.accounts[0];
    assert!(account.is_on(SwitchKind::DryRun));
    assert_eq!(account.profile.operator.known().map(String::as_str), Some("@kim@social.example"));
    assert_eq!(account.identity.instance, read(ACCOUNT).model.accounts[0].identity.instance);
}

#[test]
fn other_parsers_are_not_its() {
    for text in [
        "feed_parser:\n  sites: [a]\n",
        "publisher:\n  dry_run: true\n",
        "mastodon_parser: {storage_file: a}\n",
    ] {
        assert_ne!(lint_text("a.yaml", text).report.files[0].dialect, Some("mastodon-echo-bot"), "{text}");
    }
}
