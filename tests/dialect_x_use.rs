//! x-use: accounts with switches of their own, settings for all others, and a browser that may hide.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{AudienceKind, Auth, LimitKind, Stated, SwitchKind, Verb};

use crate::linted::{actions, acts, line, lines, lint_text, loud_rules};

fn read_any(text: &str) -> Outcome {
    lint_text("config/accounts.json", text)
}

fn read(text: &str) -> Outcome {
    let outcome = read_any(text);
    assert_eq!(outcome.report.files[0].dialect, Some("x-use"), "{text}");
    outcome
}

/// One account with two words, two profiles and these switches, one on each line from the fifth.
fn account(switches: &[&str]) -> Outcome {
    let switches = switches.join(",\n");
    read(&format!(
        "[{{\"account_id\": \"kim\", \"cookie_file_path\": \"k.json\", \"community_id\": \"7\",\n\
         \"target_keywords\": [\"roses\", \"tulips\"],\n\
         \"competitor_profiles\": [\"https://x.com/ann\", \"https://x.com/bob/\"],\n\
         \"action_config\": {{\"enable_competitor_reposts\": false,\n{switches}}}}}]"
    ))
}

fn switches(outcome: &Outcome) -> Vec<SwitchKind> {
    let switches = outcome.model.accounts.iter().flat_map(|account| &account.switches);
    switches.filter(|switch| switch.on.get() == Some(true)).map(|switch| switch.kind).collect()
}

#[test]
fn each_switch_does_its_deed_with_its_default_limit() {
    for (switch, verb, audience, per_run) in [
        ("enable_keyword_replies", Verb::Reply, AudienceKind::Initiator, 6.0),
        ("enable_keyword_retweets", Verb::Repost, AudienceKind::Public, 2.0),
        ("enable_liking_tweets", Verb::Like, AudienceKind::Search, 5.0),
        ("enable_community_engagement", Verb::Like, AudienceKind::Members, 3.0),
    ] {
        let outcome = account(&[&format!("\"{switch}\": true")]);
        assert_eq!(acts(&outcome)[0], (verb, audience), "{switch}");
        let first = actions(&outcome).next().unwrap();
        assert_eq!(first.limits.number(LimitKind::PerRun).unwrap().0, per_run, "{switch}");
        assert_eq!(line(&outcome, first.site), 5, "{switch}");
        assert_eq!(acts(&account(&[&format!("\"{switch}\": false")])), [], "{switch}");
    }
}

#[test]
fn limits_are_for_each_word_or_profile() {
    let outcome = account(&["\"enable_keyword_replies\": true", "\"max_replies_per_keyword_run\": 4"]);
    let (most, site) = actions(&outcome).next().unwrap().limits.number(LimitKind::PerRun).unwrap();
    assert_eq!((most, line(&outcome, site)), (8.0, 6));
    let zero = account(&["\"enable_keyword_replies\": true", "\"max_replies_per_keyword_run\": 0"]);
    assert_eq!(acts(&zero), []);
    assert_eq!(lines(&zero, "inert-setting"), [5]);
}

#[test]
fn posts_of_others_are_rewritten_reposted_or_quoted() {
    for (kind, verb, model) in [
        ("repost", Verb::Post, Some(true)),
        ("retweet", Verb::Repost, None),
        ("quote_tweet", Verb::Quote, Some(true)),
    ] {
        let outcome = account(&[
            "\"enable_competitor_reposts\": true",
            &format!("\"competitor_post_interaction_type\": \"{kind}\""),
        ]);
        let action = actions(&outcome).next().unwrap();
        assert_eq!((action.verb, action.model_generated.get()), (verb, model), "{kind}");
        let from = outcome.model.automations[0].triggers[0].from.as_ref().unwrap();
        let names: Vec<_> = from.of.iter().map(|text| text.text.as_str()).collect();
        assert_eq!(names, ["ann", "bob"]);
    }
    let decides = account(&["\"enable_competitor_reposts\": true", "\"enable_engagement_decision\": true"]);
    assert_eq!(acts(&decides), [(Verb::Post, AudienceKind::Public), (Verb::Like, AudienceKind::Named)]);
}

#[test]
fn what_is_on_by_default_alone_is_not_held_against_a_file() {
    let defaults = account(&["\"enable_thread_analysis\": true"]);
    assert_eq!(loud_rules(&defaults), [] as [&str; 0]);
    let text =
        r#"[{"account_id": "kim", "competitor_profiles": ["https://x.com/ann"], "action_config": {}}]"#;
    let outcome = read(text);
    assert_eq!(acts(&outcome), [(Verb::Post, AudienceKind::Public)]);
    assert!(matches!(actions(&outcome).next().unwrap().model_generated, Stated::Unknown(_)));
    assert_eq!(loud_rules(&outcome), [] as [&str; 0]);
}

#[test]
fn old_names_count_where_new_ones_are_absent() {
    let outcome = read(
        r#"[{"account_id": "kim", "target_keywords": [], "target_keywords_override": ["roses"],
            "action_config_override": {"enable_competitor_reposts": false, "enable_liking_tweets": true}}]"#,
    );
    assert_eq!(acts(&outcome), [], "the new name wins, even when it is empty");
    assert_eq!(lines(&outcome, "inert-setting"), [2]);
    let outcome = read(
        r#"[{"account_id": "kim", "target_keywords_override": ["roses"],
            "action_config_override": {"enable_competitor_reposts": false, "enable_liking_tweets": true}}]"#,
    );
    assert_eq!(acts(&outcome), [(Verb::Like, AudienceKind::Search)]);
}

#[test]
fn an_inactive_account_does_nothing() {
    let text = r#"[{"account_id": "kim", "is_active": ACTIVE, "proxy": "pool:x", "target_keywords": ["a"],
        "action_config": {"enable_keyword_replies": true, "enable_liking_tweets": true}}]"#;
    assert_eq!(loud_rules(&read(&text.replace("ACTIVE", "false"))), [] as [&str; 0]);
    assert!(loud_rules(&read(&text.replace("ACTIVE", "true"))).contains(&"uninvited-keyword-reply"));
}

#[test]
fn likes_of_the_feed_are_not_implemented() {
    let outcome = account(&["\"like_tweets_from_feed\": true"]);
    assert_eq!(acts(&outcome), []);
    assert_eq!(lines(&outcome, "inert-setting"), [5]);
    let own = account(&["\"enable_liking_tweets\": true", "\"like_tweets_from_keywords\": [\"moss\"]"]);
    assert_eq!(actions(&own).next().unwrap().audience.of[0].text, "moss");
}

#[test]
fn the_browser_hides_only_where_it_obeys() {
    let with = |kind: &str, rest: &str| {
        read(&format!(
            "{{\"twitter_automation\": {{\"action_config\": {{}}}},\n\
             \"browser_settings\": {{\"type\": \"{kind}\",\n{rest}}}}}"
        ))
    };
    let both = "\"use_undetected_chromedriver\": true,\n\"enable_stealth\": true";
    assert_eq!(switches(&with("chrome", both)), [SwitchKind::UndetectedDriver, SwitchKind::Stealth]);
    let firefox = with("firefox", both);
    assert_eq!(switches(&firefox), []);
    assert_eq!(lines(&firefox, "inert-setting"), [3, 4]);
    assert_eq!(
        switches(&with("firefox", "\"user_agent_generation\": \"random\"")),
        [SwitchKind::SpoofedAgent]
    );
    assert_eq!(switches(&with("firefox", "\"user_agent_generation\": \"custom\"")), []);
    let pools = |list: &str| with("firefox", &format!("\"proxy_pools\": {{\"eu\": {list}}}"));
    assert_eq!(switches(&pools("[\"http://a\", \"http://b\"]")), [SwitchKind::RotateIdentity]);
    assert_eq!(switches(&pools("[\"http://a\"]")), []);
    assert_eq!(switches(&with("firefox", "\"proxy\": \"http://a\"")), []);
    assert_eq!(lines(&with("chrome", both), "detection-evasion"), [3]);
}

#[test]
fn one_proxy_is_no_pool() {
    for (proxy, rotates) in
        [("\"pool:eu\"", true), ("\"http://a:1\"", false), ("null", false), ("\"\"", false)]
    {
        let text = format!(r#"[{{"account_id": "kim", "proxy": {proxy}, "action_config": {{}}}}]"#);
        assert_eq!(!switches(&read(&text)).is_empty(), rotates, "{proxy}");
    }
}

#[test]
fn accounts_of_one_file_that_like_the_same_are_a_crowd() {
    let one = |name: &str, words: &str| {
        format!(
            r#"{{"account_id": "{name}", "target_keywords": {words},
            "action_config": {{"enable_competitor_reposts": false, "enable_liking_tweets": true}}}}"#
        )
    };
    let crowd = format!("[{}, {}]", one("ann", r#"["a", "b"]"#), one("bob", r#"["b", "a"]"#));
    assert!(loud_rules(&read(&crowd)).contains(&"sockpuppet-amplification"));
    let apart = format!("[{}, {}]", one("ann", r#"["a"]"#), one("bob", r#"["b"]"#));
    assert!(!loud_rules(&read(&apart)).contains(&"sockpuppet-amplification"));
}

#[test]
fn secrets_are_cookies_passwords_and_keys_written_out() {
    let outcome = read(
        r#"[{"account_id": "kim", "action_config": {}, "password": "correct-horse", "cookies": [
            {"name": "auth_token", "value": "f00dfacecafe"},
            {"name": "lang", "value": "en"}, {"name": "ct0", "value": "${CT0}"}]}]"#,
    );
    let keys: Vec<_> = outcome.model.accounts[0].secrets.iter().map(|secret| secret.key.as_str()).collect();
    assert_eq!(keys, ["auth_token", "password"]);
    assert_eq!(outcome.model.accounts[0].auth.get(), Some(Auth::Browser));
}

#[test]
fn drafts_that_nobody_approves() {
    let with = |draft: &str| {
        read(&format!(
            "{{\"twitter_automation\": {{\"action_config\": {{\"enable_competitor_reposts\": true}}}},\n\
             \"mcp\": {{\"draft_mode\": {draft}}}}}"
        ))
    };
    assert_eq!(switches(&with("false")), [SwitchKind::SkipApproval]);
    assert_eq!(switches(&with("true")), []);
}

#[test]
fn slips_are_remarked_and_the_rest_is_understood() {
    let outcome =
        account(&["\"enable_keyword_reply\": true", "\"_note\": \"x\"", "\"enable_liking_tweets\": true"]);
    assert_eq!(lines(&outcome, "unknown-key"), [5]);
    assert_eq!(acts(&outcome), [(Verb::Like, AudienceKind::Search)]);
    let broken = read(
        "[{\"account_id\": \"kim\", \"action_config\": {}},\n{\"target_keywords\": []},\n\
         {\"account_id\": \"ann\", \"action_config\": 5}]",
    );
    assert_eq!(lines(&broken, "malformed-config"), [2, 3]);
}

#[test]
fn other_lists_of_accounts_are_not_taken_for_it() {
    for text in [
        r#"[{"account_id": "12", "balance": 5}]"#,
        r#"{"twitter_automation": true}"#,
        r#"{"browser_settings": {"type": "chrome", "headless": true}}"#,
        r#"[1, "account_id", null]"#,
    ] {
        assert_ne!(read_any(text).report.files[0].dialect, Some("x-use"), "{text}");
    }
}
