//! GramAddict's keys, one group at a time: what is on, whom it reaches, how often, and where that stands.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::diagnostic::Severity;
use botiquette::model::{
    AudienceKind, Auth, Event, GuardKind, LimitKind, Property, Site, SwitchKind, Verb, World,
};

use crate::linted::{actions, acts, line, lint_text};

fn read(text: &str) -> Outcome {
    let outcome = lint_text("accounts/kim/config.yml", text);
    assert_eq!(outcome.report.files[0].dialect, Some("gramaddict"), "{text}");
    outcome
}

/// The daily rate of the first action with this verb, and the line that decides it.
fn rate(outcome: &Outcome, verb: Verb) -> (f64, u32) {
    let world = World::new(&outcome.model);
    let rate = (0..outcome.model.automations.len())
        .filter_map(|number| world.automation(number))
        .flat_map(|view| view.actions().collect::<Vec<_>>())
        .find(|view| view.action.is_some_and(|action| action.verb == verb))
        .unwrap()
        .rate();
    (rate.per_day.unwrap(), line(outcome, rate.sites[0]))
}

/// What the file remarks about settings without effect: the lines.
fn inert(outcome: &Outcome) -> Vec<u32> {
    let findings = outcome.report.findings.iter().filter(|finding| finding.rule == "inert-setting");
    findings.map(|finding| line(outcome, Site { used: finding.primary.place, defined: None })).collect()
}

#[test]
fn jobs_times_percentages() {
    let outcome = read(
        "blogger-followers: [a, b]\nhashtag-posts-top: [art]\nfollow-percentage: '30-40'\nlikes-count: 2\n",
    );
    let expected = [
        (Verb::Follow, AudienceKind::FollowersOf),
        (Verb::Like, AudienceKind::FollowersOf),
        (Verb::Follow, AudienceKind::Search),
        (Verb::Like, AudienceKind::Search),
    ];
    assert_eq!(acts(&outcome), expected);
    let follow = actions(&outcome).next().unwrap();
    assert_eq!(follow.probability.get(), Some(0.4));
    assert_eq!((line(&outcome, follow.site), line(&outcome, follow.audience.site)), (3, 1));
    assert_eq!(follow.audience.of.len(), 2);
}

#[test]
fn every_job_has_its_audience() {
    for (job, kind) in [
        ("blogger-following: [a]", AudienceKind::FollowingOf),
        ("blogger-post-likers: [a]", AudienceKind::EngagersOf),
        ("blogger: [a]", AudienceKind::Named),
        ("place-likers-recent: [paris]", AudienceKind::Search),
        ("interact-from-file: [people.txt 10-15]", AudienceKind::List),
        ("blogger-followers: ${rivals}", AudienceKind::FollowersOf),
        ("blogger-followers: solo", AudienceKind::FollowersOf),
    ] {
        let outcome = read(&format!("{job}\nfollow-percentage: 5\nunfollow-delay: 1\n"));
        assert_eq!(acts(&outcome), [(Verb::Follow, kind)], "{job}");
    }
    for (job, kind) in [
        ("unfollow", AudienceKind::FollowedByTool),
        ("unfollow-any", AudienceKind::OwnFollowing),
        ("unfollow-non-followers", AudienceKind::NonFollowers),
        ("unfollow-any-non-followers", AudienceKind::NonFollowers),
        ("unfollow-any-followers", AudienceKind::OwnFollowing),
    ] {
        let outcome = read(&format!("{job}: 10-20\ntotal-unfollows-limit: 30\nunfollow-delay: 15\n"));
        assert_eq!(acts(&outcome), [(Verb::Unfollow, kind)], "{job}");
        assert_eq!(actions(&outcome).next().unwrap().delay.get(), Some(15.0));
        assert_eq!(rate(&outcome, Verb::Unfollow), (20.0, 1));
    }
}

#[test]
fn what_is_off_does_nothing() {
    for off in ["0", "'0'", "\"0-0\"", "false", "''", "no", "[]", "none", ""] {
        let text = format!("unfollow-any: {off}\nblogger-followers: [a]\nfollow-percentage: {off}\n");
        assert_eq!(acts(&read(&text)), [], "{off}");
    }
    for switch in ["do-follow: false", "total-follows-limit: 0", "# nothing"] {
        let text = format!("blogger-followers: [a]\nfollow-percentage: 50\n{switch}\n");
        assert_eq!(acts(&read(&text)).is_empty(), switch != "# nothing", "{switch}");
    }
    let twice = "unfollow-any: 50\nworking-hours: [9-10]\nunfollow-any: 0\n";
    assert_eq!(acts(&read(twice)), [], "the last one counts");
}

#[test]
fn modifiers_without_a_job_are_inert() {
    let outcome =
        read("total-pm-limit: 300\nunfollow-delay: 15\nfollow-percentage: 100\ncomment-percentage: 0\n");
    assert_eq!(acts(&outcome), []);
    assert_eq!(inert(&outcome), [1, 2, 3]);
    let outcome = read("blogger-followers: [a]\nfollow-percentage: 100\ntotal-follows-limit: 5\n");
    assert_eq!(inert(&outcome), [] as [u32; 0]);
}

#[test]
fn totals_are_shared_and_the_smallest_limit_decides() {
    let jobs = "blogger-followers: [a]\nhashtag-likers-top: [b]\nfollow-percentage: 50\nlikes-count: 1-3\n";
    let with = |limits: &str| read(&format!("{jobs}{limits}"));
    assert_eq!(rate(&with("total-follows-limit: 40-50\n"), Verb::Follow), (50.0, 5));
    assert_eq!(
        rate(&with(""), Verb::Follow),
        (50.0, 3),
        "the tool's own limit, at the key that makes it act"
    );
    assert_eq!(rate(&with("total-successful-interactions-limit: 20\n"), Verb::Follow), (20.0, 5));
    assert_eq!(rate(&with("total-successful-interactions-limit: 20\n"), Verb::Like), (60.0, 5));
    let daily = with("total-follows-limit: 40\nrepeat: 60\ndaily-follows-cap: 70\n");
    assert_eq!(rate(&daily, Verb::Follow), (70.0, 7));
    let several =
        read("unfollow: 20\nunfollow-any: 20\nunfollow-any-followers: 20\ntotal-unfollows-limit: 50\n");
    assert_eq!(rate(&several, Verb::Unfollow), (50.0, 4), "together they reach the total");
    let goal = with("total-follows-limit: 40\ndaily-follows-goal: 5\n");
    assert_eq!(rate(&goal, Verb::Follow), (40.0, 5), "a goal is no limit");
}

#[test]
fn sessions_in_a_day() {
    let per_day = |schedule: &str| {
        let text = format!("unfollow-any: 10\nunfollow-delay: 1\n{schedule}\n");
        let outcome = read(&text);
        outcome.model.automations[0].limits.number(LimitKind::RunsPerDay).map(|(runs, _)| runs.round())
    };
    assert_eq!(per_day("total-sessions: 3"), None, "nothing says how often it runs");
    assert_eq!(per_day("repeat: 180-200"), Some(6.0));
    assert_eq!(per_day("repeat: 180-200\ntotal-sessions: 2"), Some(2.0));
    assert_eq!(per_day("repeat: 180-200\ntotal-sessions: -1"), Some(6.0));
    assert_eq!(per_day("repeat: 120\nworking-hours: [8.00-9.30, '14:00-15:30']"), Some(2.0));
    assert_eq!(per_day("repeat: 120\nworking-hours: [5.00-3.00]"), Some(8.0), "across midnight");
    assert_eq!(per_day("repeat: 120\nworking-hours: ${HOURS}"), None);
}

#[test]
fn messages_close_the_inbox_and_likes_do_not() {
    let closed = |text: &str| read(text).model.accounts[0].can_express(Property::Inbound);
    assert!(closed("blogger-followers: [a]\npm-percentage: 10\n"));
    assert!(closed("welcoming: 3-5\nlikes-count: 1\nspeed-multiplier: 1\n"));
    assert!(!closed("blogger-followers: [a]\nlikes-count: 1\npm-percentage: 0\n"));
}

#[test]
fn forks_write_to_people_who_followed() {
    let outcome =
        read("welcoming: 3-5\ndm-followback: 2\nai-dm-enabled: true\nlikes-count: 0\nspeed-multiplier: 1\n");
    assert_eq!(acts(&outcome), [(Verb::Dm, AudienceKind::Initiator), (Verb::Dm, AudienceKind::Initiator)]);
    assert!(
        outcome.model.automations.iter().all(|automation| automation.triggers[0].event == Event::Followed)
    );
    assert_eq!(actions(&outcome).next().unwrap().model_generated.get(), Some(true));
    assert_eq!(rate(&outcome, Verb::Dm), (5.0, 1));
}

#[test]
fn our_own_followers_are_our_own() {
    let outcome = read("username: kim\nblogger-followers: [kim, rival]\nfollow-percentage: 10\n");
    let expected = [(Verb::Follow, AudienceKind::FollowersOf), (Verb::Follow, AudienceKind::OwnFollowers)];
    assert_eq!(acts(&outcome), expected);
}

#[test]
fn scraping_touches_nobody() {
    let outcome = read("blogger-followers: [a]\nfollow-percentage: 50\nscrape-to-file: found.txt\n");
    assert_eq!(acts(&outcome), [(Verb::Collect, AudienceKind::FollowersOf)]);
}

#[test]
fn the_account() {
    let outcome = read(
        "username: kim\npassword: hunter2\nrotate-ip: true\ncloned-app-mode: 1\ndisable-block-detection: false\n\
         can-reinteract-after: 48\nworking-hours: [9.00-18.00]\nspeed-multiplier: 1\n",
    );
    let account = &outcome.model.accounts[0];
    assert_eq!(account.identity.platform.known().map(String::as_str), Some("instagram"));
    assert_eq!(account.identity.handle.known().map(String::as_str), Some("kim"));
    assert_eq!(account.identity.instance.as_deref(), Some("gramaddict accounts/kim"));
    assert_eq!(account.auth.get(), Some(Auth::Password));
    assert_eq!(account.auth.site().map(|site| line(&outcome, site)), Some(2));
    assert!(account.is_on(SwitchKind::RotateIdentity) && account.is_on(SwitchKind::ClonedApp));
    assert!(!account.is_on(SwitchKind::DisableBlockDetection));
    let guards: Vec<_> = account.guards.iter().map(|guard| (guard.kind, guard.window.get())).collect();
    assert_eq!(guards, [(GuardKind::OncePerUser, Some(2.0)), (GuardKind::QuietHours, None)]);
    let example = read("username: myusername\nlikes-count: 1\nspeed-multiplier: 1\n");
    assert!(example.model.accounts[0].identity.handle.known().is_none());
    assert!(example.report.findings.iter().any(|finding| finding.rule == "example-config"));
}

#[test]
fn filters_guard_and_do_nothing() {
    let outcome =
        read("skip_if_private: true\nmin_potency_ratio: 0.5\nmax_followers: 900\nblacklist_words: [nobot]\n");
    assert!(outcome.model.automations.is_empty());
    let guards: Vec<_> = outcome.model.accounts[0].guards.iter().map(|guard| guard.kind).collect();
    assert_eq!(guards, [GuardKind::ProfileNumbers, GuardKind::SkipNobot]);
}

#[test]
fn look_alikes_are_left_alone() {
    for text in [
        "telegram-api-token: 1\ntelegram-chat-id: 2\n",
        "feed: https://example.org/feed.xml\nrepeat: 10\nusername: kim\n",
        "working-hours: 9-17\nteam: support\n",
        "player:\n  speed-multiplier: 2\n  likes-count: 3\n",
        "[follow-percentage, likes-count]\n",
        "follow-percentage: 1\nfollow-percentage: 2\n",
    ] {
        assert_eq!(lint_text("config-examples/config.yml", text).report.files[0].dialect, None, "{text}");
    }
}

#[test]
fn odd_values_are_survived() {
    for value in
        ["{a: 1}", "[[1], {b: 2}]", "!secret x", "*nowhere", "1e400", "-5", "12:30", "2024-01-01", "~"]
    {
        for key in ["blogger-followers", "unfollow", "repeat", "working-hours", "total-sessions", "username"]
        {
            let text = format!("{key}: {value}\nfollow-percentage: 5\nlikes-count: 1\n");
            lint_text("accounts/kim/config.yml", &text);
        }
    }
}

#[test]
fn samples_show_what_they_say() {
    let loud = |name: &str| {
        let text =
            std::fs::read_to_string(crate::root().join(format!("sample-configs/gramaddict/{name}"))).unwrap();
        let outcome = read(&text);
        let loud = outcome.report.findings.iter().filter(|finding| finding.severity > Severity::Info).count();
        (acts(&outcome), loud)
    };
    let (acts, _) = loud("growth/config.yml");
    assert!(acts.contains(&(Verb::Dm, AudienceKind::FollowersOf)));
    assert!(acts.contains(&(Verb::Unfollow, AudienceKind::NonFollowers)));
    assert_eq!(loud("quiet/config.yml"), (vec![(Verb::Like, AudienceKind::OwnFollowing)], 0));
    assert_eq!(loud("quiet/filters.yml"), (vec![], 0));
}
