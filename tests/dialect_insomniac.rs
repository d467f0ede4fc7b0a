//! Insomniac's parameters: only those that are enabled count, and chains of files belong together.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::diagnostic::Severity;
use botiquette::model::{AudienceKind, Auth, LimitKind, Stated, SwitchKind, Verb, World};

use crate::linted::{acts, line, lint_text};

fn read(text: &str) -> Outcome {
    let outcome = lint_text("flow/step-1.json", text);
    assert_eq!(outcome.report.files[0].dialect, Some("insomniac"), "{text}");
    outcome
}

/// A file with these parameters enabled, one on each line from the second.
fn enabled(parameters: &[(&str, &str)]) -> String {
    let lines: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!(r#"{{"parameter-name": "{name}", "enabled": true, "value": {value}}}"#))
        .collect();
    format!("[\n{}\n]", lines.join(",\n"))
}

/// The daily rate of the first action, and the line that decides it.
fn rate(outcome: &Outcome) -> Option<(f64, u32)> {
    let world = World::new(&outcome.model);
    let rate = world.automation(0)?.actions().next()?.rate();
    Some((rate.per_day?.round(), line(outcome, rate.sites[0])))
}

#[test]
fn only_what_is_enabled_counts() {
    let on = enabled(&[("interact", r#"["@rival-followers"]"#), ("follow_percentage", r#""100""#)]);
    assert_eq!(acts(&read(&on)), [(Verb::Follow, AudienceKind::FollowersOf)]);
    assert_eq!(acts(&read(&on.replace("true", "false"))), []);
    assert_eq!(acts(&read(&on.replace(r#""100""#, r#""0""#))), []);
}

#[test]
fn sources_are_grouped_by_kind_and_keep_their_lines() {
    let outcome = read(&enabled(&[
        ("username", r#""kim""#),
        (
            "interact",
            "[\n\"@a-followers\",\n\"@b\",\n\"@c-following\",\n\"art-top-likers\",\n\"P-paris-recent-posts\",\n\"@kim-followers\"]",
        ),
        ("likes_count", r#""1-2""#),
    ]));
    let kinds: Vec<_> = acts(&outcome).into_iter().map(|(_, kind)| kind).collect();
    let expected = [
        AudienceKind::FollowersOf,
        AudienceKind::FollowingOf,
        AudienceKind::Search,
        AudienceKind::OwnFollowers,
    ];
    assert_eq!(kinds, expected);
    let first = &outcome.model.automations[0].actions[0];
    let of: Vec<_> =
        first.audience.of.iter().map(|text| (text.text.as_str(), line(&outcome, text.site))).collect();
    assert_eq!(of, [("a", 4), ("b", 5)]);
    assert_eq!(line(&outcome, first.site), 10);
}

#[test]
fn switches_of_an_unfollow_job_choose_whom() {
    for (switch, kind) in [
        ("min_following", AudienceKind::FollowedByTool),
        ("unfollow_followed_by_anyone", AudienceKind::OwnFollowing),
        ("unfollow_non_followers", AudienceKind::NonFollowers),
    ] {
        let outcome = read(&enabled(&[("unfollow", r#""20-40""#), (switch, r#""True""#)]));
        assert_eq!(acts(&outcome), [(Verb::Unfollow, kind)], "{switch}");
        assert_eq!(rate(&outcome), Some((40.0, 2)), "{switch}");
    }
    assert_eq!(acts(&read(&enabled(&[("unfollow_non_followers", r#""True""#)]))), []);
}

#[test]
fn the_smallest_limit_decides() {
    let with = |name: &str, value: &str| {
        let interact = ("interact", r#"["@rival-followers", "art-top-likers"]"#);
        rate(&read(&enabled(&[interact, ("follow_percentage", r#""50""#), (name, value)])))
    };
    assert_eq!(with("total_follow_limit", r#""15-20""#), Some((20.0, 4)));
    assert_eq!(with("total_successful_interactions_limit", r#""30""#), Some((30.0, 4)));
    assert_eq!(with("successful_interactions_limit_per_source", r#""6-8""#), Some((16.0, 4)));
    assert_eq!(with("debug", r#""True""#), Some((140.0, 2)), "seventy people for each source");
}

#[test]
fn rounds_in_a_day() {
    let runs = |parameters: &[(&str, &str)]| {
        let mut all = vec![("unfollow", r#""10""#)];
        all.extend_from_slice(parameters);
        read(&enabled(&all)).model.automations[0].limits.get(LimitKind::RunsPerDay).cloned()
    };
    let number = |parameters: &[(&str, &str)]| match runs(parameters) {
        Some(Stated::Known(botiquette::model::Bound::AtMost(number), _)) => number.round(),
        other => panic!("{other:?}"),
    };
    let chain = ("next_config_file", r#""step-2.json""#);
    let length = ("session_length_in_mins_limit", r#""50-60""#);
    assert_eq!(runs(&[]), None);
    assert_eq!(number(&[("repeat", r#""180-220""#), length]), 6.0);
    assert_eq!(number(&[("repeat", r#""160-220""#), length, chain]), 5.0);
    assert_eq!(number(&[("repeat", r#""60""#), length, ("working_hours", r#""9-21""#)]), 6.0);
    assert!(matches!(runs(&[("repeat", r#""0""#), chain]), Some(Stated::Unknown(_))));
}

#[test]
fn chains_share_an_account_and_need_a_pause() {
    let chain = ("next_config_file", r#""step-2.json""#);
    let outcome = read(&enabled(&[chain, ("repeat", r#""10""#)]));
    assert_eq!(outcome.model.accounts[0].identity.instance.as_deref(), Some("insomniac flow"));
    assert!(outcome.report.findings.is_empty());
    let outcome = read(&enabled(&[chain]));
    assert_eq!(outcome.report.findings[0].rule, "inert-setting");
    let alone = read(&enabled(&[("repeat", r#""10""#)]));
    assert_eq!(alone.model.accounts[0].identity.instance, None);
}

#[test]
fn comments_and_messages_have_their_texts() {
    let outcome = read(&enabled(&[
        ("interact", r#"["art-top-posts"]"#),
        ("comment_percentage", r#""15""#),
        ("comments_list", r#"["Wow!", "So nice"]"#),
        ("dm_list", r#"["Thanks for the follow"]"#),
        ("dm_to_new_followers", r#""1-10""#),
        ("dont_indicate_softban", r#""True""#),
    ]));
    assert_eq!(acts(&outcome), [(Verb::Comment, AudienceKind::Search), (Verb::Dm, AudienceKind::Initiator)]);
    let texts: Vec<_> = outcome.model.automations.iter().map(|a| a.actions[0].texts.len()).collect();
    assert_eq!(texts, [2, 1]);
    assert!(outcome.model.accounts[0].is_on(SwitchKind::DisableBlockDetection));
    assert_eq!(outcome.model.accounts[0].auth.get(), Some(Auth::Browser));
    let silent = enabled(&[("interact", r#"["art-top-posts"]"#), ("comment_percentage", r#""15""#)]);
    assert_eq!(acts(&read(&silent)), [], "without a list of comments there is nothing to say");
}

#[test]
fn samples_show_what_they_say() {
    let sample = |name: &str| {
        read(
            &std::fs::read_to_string(crate::root().join(format!("sample-configs/insomniac/{name}"))).unwrap(),
        )
    };
    assert!(acts(&sample("growth/1-follow.json")).contains(&(Verb::Follow, AudienceKind::FollowersOf)));
    assert_eq!(acts(&sample("growth/2-unfollow.json")), [(Verb::Unfollow, AudienceKind::NonFollowers)]);
    let quiet = sample("quiet/all-off.json");
    assert_eq!(acts(&quiet), []);
    assert!(quiet.report.findings.iter().all(|finding| finding.severity == Severity::Info));
}
