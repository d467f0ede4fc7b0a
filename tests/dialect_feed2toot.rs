//! feed2toot: which feeds are posted, for whom to see, and whether it remembers what it posted.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{Event, GuardKind, Verb, Visibility};

use crate::linted::{lines, lint_text};

const LOGIN: &str =
    "[mastodon]\ninstance_url=https://social.example\nuser_credentials=/etc/f2t/user.secret\n";
const FEED: &str = "[rss]\nuri=https://example.org/rss\ntoot={title}\\n{link}\n";
const CACHE: &str = "[cache]\ncachefile=/var/lib/f2t/seen.db\n";

fn read(text: &str) -> Outcome {
    let outcome = lint_text("feed2toot.ini", text);
    assert_eq!(outcome.report.files[0].dialect, Some("feed2toot"), "{text}");
    outcome
}

#[test]
fn new_items_are_posted() {
    let outcome =
        read(&format!("{LOGIN}{CACHE}{FEED}uri_list=/etc/f2t/more.txt\ntitle_pattern=rain, snow\n"));
    let automation = &outcome.model.automations[0];
    let feeds: Vec<_> = automation.triggers[0].filters.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(automation.triggers[0].event, Event::FeedItem);
    assert_eq!(feeds, ["https://example.org/rss", "/etc/f2t/more.txt"]);
    let action = &automation.actions[0];
    assert_eq!((action.verb, action.visible_to()), (Verb::Post, Visibility::Public));
    assert_eq!(action.texts[0].text, "{title}\n{link}");
    let words: Vec<_> = automation.guards[0].values.iter().map(|text| text.text.as_str()).collect();
    assert_eq!((automation.guards[0].kind, words), (GuardKind::Relevance, vec!["rain", "snow"]));
    assert!(outcome.report.findings.is_empty(), "{:?}", outcome.report.findings);
}

#[test]
fn visibilities() {
    for (word, visibility) in [
        ("unlisted", Visibility::Unlisted),
        ("private", Visibility::Followers),
        ("direct", Visibility::Private),
    ] {
        let outcome = read(&format!("{LOGIN}toot_visibility={word}\n{CACHE}{FEED}"));
        assert_eq!(outcome.model.automations[0].actions[0].visible_to(), visibility, "{word}");
    }
    let wrong = read(&format!("{LOGIN}toot_visibility=quiet\n{CACHE}{FEED}"));
    assert_eq!(lines(&wrong, "malformed-config"), [4]);
}

#[test]
fn without_memory_every_run_posts_everything_again() {
    assert_eq!(lines(&read(&format!("{LOGIN}{FEED}")), "backlog-flood"), [6]);
    assert_eq!(lines(&read(&format!("{LOGIN}[cache]\ncache_limit=100\n{FEED}")), "backlog-flood").len(), 1);
    assert_eq!(lines(&read(&format!("{LOGIN}{CACHE}{FEED}")), "backlog-flood").len(), 0);
}

#[test]
fn files_with_one_login_are_one_account() {
    let instance = |text: &str| read(text).model.accounts[0].identity.instance.clone();
    let text = format!("{LOGIN}{CACHE}{FEED}");
    assert_eq!(instance(&text).as_deref(), Some("feed2toot:/etc/f2t/user.secret"));
    assert_ne!(instance(&text), instance(&text.replace("user.secret", "other.secret")));
}

#[test]
fn keys_that_it_does_not_know() {
    let text = format!(
        "{LOGIN}visibility=public\n{CACHE}{FEED}link_pattern=x\nlink_pattern_case_sensitive=no\n[mine]\na=b\n"
    );
    assert_eq!(lines(&read(&text), "unknown-key"), [4]);
}

#[test]
fn nothing_to_read_and_other_files() {
    let idle = read(&format!("{LOGIN}[rss]\nuri=\ntoot={{title}}\n"));
    assert_eq!(idle.model.automations.len(), 0);
    for (name, text) in [
        ("reader.ini", FEED.to_owned()),
        ("client.ini", format!("{LOGIN}[window]\nwidth=3\n")),
        ("bot.yaml", "mastodon: {instance_url: x}\nrss: {uri: y}\n".to_owned()),
    ] {
        assert_ne!(lint_text(name, &text).report.files[0].dialect, Some("feed2toot"), "{text}");
    }
}
