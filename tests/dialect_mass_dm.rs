//! Tools for mass messages: whom they write to, as whom, and what does not happen.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{
    AudienceKind, Auth, Bound, GuardKind, LimitKind, ListSource, Stated, SwitchKind, Verb,
};

use crate::linted::{acts, lint_text};

fn read(name: &str, text: &str) -> Outcome {
    let outcome = lint_text(name, text);
    assert_eq!(outcome.report.files[0].dialect, Some("mass-dm"), "{text}");
    outcome
}

fn guards(outcome: &Outcome) -> Vec<GuardKind> {
    outcome.model.automations[0].guards.iter().map(|guard| guard.kind).collect()
}

/// The rules that speak, without those about the file itself.
fn rules(outcome: &Outcome) -> Vec<&str> {
    let mut rules: Vec<&str> = outcome.report.findings.iter().map(|finding| &*finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

#[test]
fn one_message_for_everybody_who_was_scraped() {
    let text = "direct_message_settings:\n  individual_delay: 90\n  max_dms_per_token: 0\n  skip_completed: true\n  friend_before_DM: true\n  block_after_dm: false\nproxy_settings: {proxy_from_file: true}\ncaptcha_settings: {captcha_api_key: ''}\n";
    let outcome = read("config.yml", text);
    assert_eq!(acts(&outcome), [(Verb::Dm, AudienceKind::List), (Verb::Follow, AudienceKind::List)]);
    let action = &outcome.model.automations[0].actions[0];
    assert_eq!(action.audience.source.get(), Some(ListSource::Scraped));
    assert!(matches!(action.limits.get(LimitKind::PerRun), Some(Stated::Known(Bound::Unlimited, _))));
    assert_eq!(guards(&outcome), [GuardKind::OncePerUser]);
    let account = &outcome.model.accounts[0];
    assert_eq!(account.auth.get(), Some(Auth::UserToken));
    let switches: Vec<_> = account.switches.iter().map(|switch| switch.kind).collect();
    assert_eq!(switches, [SwitchKind::RotateIdentity], "no key, nobody who solves captchas");
    for rule in ["cold-outreach", "user-account-automation", "detection-evasion"] {
        assert!(rules(&outcome).contains(&rule), "{rule}: {:?}", rules(&outcome));
    }
}

#[test]
fn the_same_without_sections() {
    let text = r#"{"individual_delay": 7, "rate_limit_delay": 80, "remove_dead_tokens": true, "max_dms_per_token": 9}"#;
    let outcome = read("config.json", text);
    assert_eq!(acts(&outcome), [(Verb::Dm, AudienceKind::List)]);
    let limits = &outcome.model.automations[0].actions[0].limits;
    assert_eq!(limits.number(LimitKind::PerRun).map(|(most, _)| most), Some(9.0));
}

#[test]
fn texts_and_tokens_in_the_file() {
    let text = r#"{"token": "mZ3kQ81xTfLw", "message": "come to our server", "dm_already_dmed_users": "False", "dm_each_token": 12}"#;
    let outcome = read("config.json", text);
    assert_eq!(outcome.model.automations[0].actions[0].texts[0].text, "come to our server");
    assert_eq!(guards(&outcome), [GuardKind::OncePerUser]);
    assert_eq!(outcome.model.accounts[0].secrets[0].key, "token");
    assert_eq!(guards(&read("config.json", &text.replace("False", "True"))), []);
}

#[test]
fn empty_lists_send_nothing() {
    let with = |tokens: &str, users: &str| {
        let text = format!(
            r#"{{"dm_settings": {{"auto_friend_request": true}}, "message_templates": [{{"name": "a", "content": "hi"}}], "tokens": {tokens}, "users": {users}, "scraping": {{"servers": []}}, "rate_limits": {{"messages_per_minute": 2}}}}"#
        );
        read("config/default.json", &text)
    };
    assert_eq!(acts(&with("[]", "[]")), []);
    assert_eq!(rules(&with("[]", "[]")), Vec::<&str>::new());
    let live = with(r#"["mZ3kQ81xTfLw"]"#, "[]");
    assert_eq!(acts(&live), [(Verb::Dm, AudienceKind::List), (Verb::Follow, AudienceKind::List)]);
    let action = &live.model.automations[0].actions[0];
    assert_eq!(action.texts[0].text, "hi");
    assert_eq!(action.limits.number(LimitKind::PerHour).map(|(most, _)| most), Some(120.0));
}

#[test]
fn bots_write_to_members_or_to_people_by_name() {
    let text = r#"{"UseMemberIDs": true, "UseTargetsList": false, "Token": "", "targets": ["1", "2"], "exceptions": ["3"]}"#;
    let outcome = read("settings.json", text);
    assert_eq!(acts(&outcome), [(Verb::Dm, AudienceKind::Members)]);
    assert_eq!(outcome.model.accounts[0].auth.get(), Some(Auth::OfficialApi));
    assert_eq!(guards(&outcome), [GuardKind::SuppressionList]);
    let named = read("settings.json", &text.replace("List\": false", "List\": true"));
    assert_eq!(acts(&named), [(Verb::Dm, AudienceKind::Named)]);
    let all =
        r#"{"token": "x", "message": {"content": "hello all"}, "exclude_ids": [], "message_limit": 40}"#;
    let outcome = read("settings.json", all);
    assert_eq!((acts(&outcome), guards(&outcome)), (vec![(Verb::Dm, AudienceKind::Members)], vec![]));
}

#[test]
fn single_signs_are_no_tool() {
    for text in [
        r#"{"token": "x", "message": {"content": "hi"}}"#,
        r#"{"individual_delay": 5, "colour": "red"}"#,
        r#"{"dm_settings": {"allow": true}, "tokens": []}"#,
        r#"{"exclude_ids": [4], "message_limit": 10}"#,
    ] {
        assert_ne!(lint_text("config.json", text).report.files[0].dialect, Some("mass-dm"), "{text}");
    }
}
