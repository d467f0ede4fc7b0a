//! Bots' own configuration files: what is understood, line by line, and what must not be mistaken for a bot.
//! Asserts on the lowered model, not on rules.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

use std::path::Path;

use botiquette::dialect::{self, Candidate, Lowered, Origin};
use botiquette::model::{
    AudienceKind, Auth, Automation, Bound, Event, FactKind, GuardKind, LimitKind, Site, Stated, SwitchKind,
    Verb,
};
use botiquette::source::FileId;
use botiquette::syntax::{Syntax, parse};

/// What is understood of a file of this name, if it is taken for a bot's own configuration.
fn read(name: &str, text: &str) -> Option<Lowered> {
    let syntax = Syntax::from_path(Path::new(name)).unwrap();
    let parsed = parse(text, syntax);
    assert_eq!(parsed.errors, [], "{text}");
    let candidate = Candidate {
        path: Path::new(name),
        file: FileId(0),
        tree: &parsed.tree,
        origin: Origin::Named,
        beside: None,
    };
    let dialect = dialect::detect(&candidate).filter(|dialect| dialect.name() == "adhoc")?;
    Some(dialect.lower(&candidate))
}

fn bot(name: &str, text: &str) -> Lowered {
    read(name, text).unwrap_or_else(|| panic!("not recognised:\n{text}"))
}

fn line(text: &str, site: Site) -> usize {
    text[..site.used.span.start as usize].matches('\n').count() + 1
}

/// The only automation of this verb.
fn job(lowered: &Lowered, verb: Verb) -> &Automation {
    let of_verb =
        |automation: &&Automation| automation.actions.first().is_some_and(|action| action.verb == verb);
    let found: Vec<_> = lowered.model.automations.iter().filter(of_verb).collect();
    let [only] = found.as_slice() else { panic!("{} automations of {verb}", found.len()) };
    only
}

fn has(lowered: &Lowered, verb: Verb) -> bool {
    lowered
        .model
        .automations
        .iter()
        .flat_map(|automation| &automation.actions)
        .any(|action| action.verb == verb)
}

/// The number of a limit and its line.
fn limit(text: &str, automation: &Automation, kind: LimitKind) -> Option<(f64, usize)> {
    automation.limits.number(kind).map(|(number, site)| (number, line(text, site)))
}

#[test]
fn follow_and_churn_in_yaml() {
    let text = "growth:
  follow_followers_of: [big_account]
  follows_per_day: 400
  unfollow_after_days: 2
welcome_dm: {enabled: true, text: Thanks!}
replies: {enabled: false}
dry_run: false
";
    let lowered = bot("bot.yaml", text);
    let follow = job(&lowered, Verb::Follow);
    let audience = &follow.actions[0].audience;
    assert_eq!((audience.kind, audience.of[0].text.as_str()), (AudienceKind::FollowersOf, "big_account"));
    assert_eq!(line(text, audience.site), 2);
    assert_eq!(limit(text, follow, LimitKind::PerDay), Some((400.0, 3)));
    let unfollow = job(&lowered, Verb::Unfollow);
    let trigger = &unfollow.triggers[0];
    assert_eq!((trigger.event, trigger.after.get()), (Event::NotFollowedBack, Some(2.0)));
    assert_eq!(line(text, trigger.after.site().unwrap()), 4);
    assert_eq!(unfollow.actions[0].audience.kind, AudienceKind::FollowedByTool);
    let welcome = job(&lowered, Verb::Dm);
    assert_eq!(welcome.triggers[0].event, Event::Followed);
    assert_eq!(welcome.actions[0].audience.kind, AudienceKind::Initiator);
    assert_eq!(welcome.actions[0].texts[0].text, "Thanks!");
    assert!(!has(&lowered, Verb::Reply));
    assert!(!lowered.model.accounts[0].is_on(SwitchKind::DryRun));
}

#[test]
fn the_same_bot_in_every_syntax_and_spelling() {
    let files = [
        (
            "bot.yaml",
            "auto_follow: true\nfollow_hashtags: [cats]\nmax-follows-per-day: 40\nunfollowAfterDays: 3\n",
        ),
        (
            "bot.json",
            r##"{"autoFollow": true, "followHashtags": ["cats"], "maxFollowsPerDay": 40, "un-follow_after_days": "3"}"##,
        ),
        (
            "bot.toml",
            "Auto_Follow = true\nfollow_hashtags = ['cats']\nmax_follows_per_day = 40\nunfollow_after_days = 3\n",
        ),
        (
            ".env",
            "AUTO_FOLLOW=1\nFOLLOW_HASHTAGS=cats\nexport MAX_FOLLOWS_PER_DAY=40\nUNFOLLOW_AFTER_DAYS=3\n",
        ),
        (
            "bot.ini",
            "[bot]\nautofollow = yes\nfollowhashtags = cats\nmaxfollowsperday = 40\nunfollowafterdays = 3\n",
        ),
    ];
    for (name, text) in files {
        let lowered = bot(name, text);
        let follow = job(&lowered, Verb::Follow);
        assert_eq!(follow.actions[0].audience.kind, AudienceKind::Search, "{name}");
        assert_eq!(follow.actions[0].audience.of[0].text, "cats", "{name}");
        assert_eq!(follow.limits.number(LimitKind::PerDay).map(|(number, _)| number), Some(40.0), "{name}");
        assert_eq!(job(&lowered, Verb::Unfollow).triggers[0].after.get(), Some(3.0), "{name}");
    }
}

#[test]
fn caps_in_an_environment_file() {
    let text = "FOLLOW_SPREE_DAILY_CAP=650\nLIKE_BOT_PER_CYCLE=22\nLIKE_BOT_DAILY_CAP=1800\nMAX_RETWEETS_PER_DAY=80\nRETWEET_MIN_LIKES=25\nRETWEET_SEARCHES_PER_CYCLE=99\nLLM_MAX_CALLS_PER_HOUR=32\n";
    let lowered = bot(".env.example", text);
    assert_eq!(limit(text, job(&lowered, Verb::Follow), LimitKind::PerDay), Some((650.0, 1)));
    let like = job(&lowered, Verb::Like);
    assert_eq!(limit(text, like, LimitKind::PerRun), Some((22.0, 2)));
    assert_eq!(limit(text, like, LimitKind::PerDay), Some((1800.0, 3)));
    let repost = job(&lowered, Verb::Repost);
    assert_eq!(limit(text, repost, LimitKind::PerDay), Some((80.0, 4)));
    assert_eq!(limit(text, repost, LimitKind::PerRun), None);
    assert_eq!(lowered.model.automations.len(), 3);
}

#[test]
fn sections_with_their_own_switch_and_a_login() {
    let text = r#"{"accounts": [{
  "username": "someone",
  "password": "secret",
  "follow_people": {
    "enabled": true,
    "source_account": "rival",
    "amount_per_day": 30,
    "extras": {"like_recent_posts": true, "like_count": 3}
  },
  "unfollow_people": {"enabled": true, "unfollow_after": "12h"},
  "comment_on_posts": {"enabled": true, "comment_on_tag": "art", "per_day": 50, "comments": ["Nice!", "Wow, great"]},
  "dm_people": {"enabled": false, "message": "hi"}
}]}"#;
    let lowered = bot("config.json", text);
    assert_eq!(lowered.model.accounts.len(), 1);
    let account = &lowered.model.accounts[0];
    assert_eq!(account.auth.get(), Some(Auth::Password));
    assert_eq!(line(text, account.auth.site().unwrap()), 3);
    let follow = job(&lowered, Verb::Follow);
    assert_eq!(limit(text, follow, LimitKind::PerDay), Some((30.0, 7)));
    let first = &follow.actions[0];
    assert_eq!((line(text, first.site), line(text, first.audience.site)), (6, 6));
    let like = &job(&lowered, Verb::Like).actions[0];
    assert_eq!((like.audience.kind, line(text, like.audience.site)), (AudienceKind::FollowersOf, 6));
    let unfollow = job(&lowered, Verb::Unfollow);
    assert_eq!(unfollow.actions[0].audience.kind, AudienceKind::FollowedByTool);
    let comment = &job(&lowered, Verb::Comment).actions[0];
    assert_eq!(comment.texts.len(), 2);
    assert_eq!(comment.texts[1].text, "Wow, great");
    assert!(!has(&lowered, Verb::Dm));
}

#[test]
fn a_login_is_known_by_its_platform_even_while_it_is_to_be_filled_in() {
    for text in [
        "instagram:\n  username: ''\n  password: ''\nmax_likes: 700\n",
        "instagram_settings: {username: your_username, password: your_password, text_message: Hello there}\n",
    ] {
        let lowered = bot("config.yaml", text);
        let account = &lowered.model.accounts[0];
        assert_eq!(account.auth.get(), Some(Auth::Password), "{text}");
        assert_eq!(account.identity.platform.known().map(String::as_str), Some("instagram"));
        assert!(account.identity.handle.is_absent(), "a placeholder is no handle");
    }
    let without = bot(
        "config.yaml",
        "credentials: {username: null, password: null}\nauto_follow: true\nhashtags: [a]\n",
    );
    assert!(without.model.accounts[0].auth.is_absent());
}

#[test]
fn numbers_without_a_unit_are_unknown() {
    let text = "bot_modes: like-classic, follow-classic\nhashtags: [f4f]\nminUnfollowWaitTime: 1440\nmax_follows: 30\nmaxUnfollowsPerDay: 300\n";
    let lowered = bot("config.yaml", text);
    let unfollow = job(&lowered, Verb::Unfollow);
    assert!(matches!(unfollow.triggers[0].after, Stated::Unknown(_)));
    let like = job(&lowered, Verb::Like);
    assert_eq!(like.actions[0].audience.of[0].text, "f4f");
    assert!(like.actions.iter().any(|action| action.verb == Verb::Follow));
    let templated = bot("config.yaml", "follow: {enabled: true, max_per_day: '${CAP}'}\nbot: {name: x}\n");
    let cap = job(&templated, Verb::Follow).limits.get(LimitKind::PerDay).cloned();
    assert!(matches!(cap, Some(Stated::Unknown(_))));
    let endless = bot("config.yaml", "bot: {follows_per_day: unlimited}\n");
    let cap = job(&endless, Verb::Follow).limits.get(LimitKind::PerDay).cloned();
    assert!(matches!(cap, Some(Stated::Known(Bound::Unlimited, _))));
}

#[test]
fn off_is_off_in_every_spelling() {
    for value in ["false", "no", "off", "0", "''", "null", "'false'", "~", "'0'"] {
        let text = format!("bot_name: x\nhashtags: [a]\nauto_follow: {value}\nfollow_enabled: {value}\n");
        assert!(read("bot.yaml", &text).is_none(), "{text}");
    }
    for text in [
        "AUTO_FOLLOW=\nBOT_NAME=x\n",
        "#AUTO_FOLLOW=true\nBOT_NAME=x\n",
        "BOT_AUTO_FOLLOW=off\nMAX_FOLLOWS_PER_DAY=20\n",
        "BOT_MAX_FOLLOWS_PER_DAY=0\n",
    ] {
        assert!(read(".env", text).is_none(), "{text}");
    }
}

#[test]
fn a_section_that_is_off_or_about_something_else_says_nothing() {
    for text in [
        "bot: {follow: {enabled: false, per_day: 300, hashtags: [a]}}\n",
        "bot: {growth: {enabled: 'off', follow: {per_day: 300}, dm: {message: hi}}}\n",
        "bot_name: x\nlogging: {follow: {enabled: true, per_day: 500}}\n",
        "bot_name: x\nnotifications: {follow: true, dm: {enabled: true, message: x}}\n",
        "bot_name: x\ntweet_filters: {max_likes: 2000, min_retweets: 10, is_quote: false}\n",
        "bot_name: x\nblocklist: {words: [follow, like]}\n",
    ] {
        assert!(read("bot.yaml", text).is_none(), "{text}");
    }
}

#[test]
fn negations_switch_off() {
    for text in [
        "twitter: {no_auto_dm: true}\n",
        "twitter: {disable_follow: true, max_follows_per_day: 20}\n",
        "twitter: {do_not_follow: true}\n",
        "twitter: {never_unfollow: true}\n",
    ] {
        assert!(read("bot.yaml", text).is_none(), "{text}");
    }
}

#[test]
fn rehearsals_and_approvals_are_seen() {
    let lowered = bot(".env", "BOT_DRY_RUN=true\nBOT_MAX_FOLLOWS_PER_RUN=50\nBOT_DISCOVERY_MODE=followers\n");
    assert!(lowered.model.accounts[0].is_on(SwitchKind::DryRun));
    assert_eq!(job(&lowered, Verb::Follow).actions[0].audience.kind, AudienceKind::FollowersOf);
    let lowered = bot(
        "b.yaml",
        "twitter: {auto_follow: true, approval_mode: true, require_consent: yes}\nmutuals_only: true\nopt_out_url: https://example.org/stop\n",
    );
    let account = &lowered.model.accounts[0];
    let kinds: Vec<_> = account.guards.iter().map(|guard| guard.kind).collect();
    for kind in [GuardKind::Approval, GuardKind::OptedIn, GuardKind::MutualsOnly] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    assert_eq!(account.facts[0].kind, FactKind::OptOut);
    let lowered = bot("b.yaml", "twitter: {auto_follow: true, human_approval: false}\n");
    assert!(lowered.model.accounts[0].is_on(SwitchKind::SkipApproval));
}

#[test]
fn events_come_from_the_key() {
    for (text, verb, event) in [
        ("nostr: {auto_follow_back: true}\n", Verb::Follow, Event::Followed),
        ("autoFollowBack: true\nmastodon_token: x\n", Verb::Follow, Event::Followed),
        ("twitter: {dm_new_followers: true}\n", Verb::Dm, Event::Followed),
        ("twitter: {auto_unfollow_back: true}\n", Verb::Unfollow, Event::Unfollowed),
        ("discord: {token: x, welcome_dm: {enabled: true, text: Hi}}\n", Verb::Dm, Event::MemberJoined),
        ("discord: {token: x, auto_dm_on_join: true}\n", Verb::Dm, Event::MemberJoined),
        ("FB_COMMENT_AUTO_DM: true\n", Verb::Dm, Event::Commented),
    ] {
        let lowered = bot("bot.yaml", text);
        let automation = job(&lowered, verb);
        assert_eq!(automation.triggers[0].event, event, "{text}");
        assert_eq!(automation.actions[0].audience.kind, AudienceKind::Initiator, "{text}");
    }
    let lowered = bot("bot.yaml", "twitter: {unfollow_non_followers: true}\n");
    assert_eq!(job(&lowered, Verb::Unfollow).actions[0].audience.kind, AudienceKind::NonFollowers);
}

#[test]
fn a_bot_that_answers_when_called_is_understood_as_one() {
    let text = "mastodon: {access_token: x}
profile: {bot: true, contact: '@maintainer'}
replies:
  enabled: true
  only_when_mentioned: true
  max_per_author_per_day: 2
hand_off_to: '@maintainer'
approval_mode: true
";
    let lowered = bot("bot.yaml", text);
    let reply = job(&lowered, Verb::Reply);
    assert_eq!(reply.triggers[0].event, Event::Mention);
    assert_eq!(reply.actions[0].audience.kind, AudienceKind::Initiator);
    assert_eq!(limit(text, reply, LimitKind::PerUserDay), Some((2.0, 6)));
    let account = &lowered.model.accounts[0];
    assert_eq!(account.profile.bot_flag.get(), Some(true));
    assert_eq!(account.facts[0].kind, FactKind::RepliesMonitoredBy);
    assert_eq!(account.guards[0].kind, GuardKind::Approval);
}

#[test]
fn accounts_of_a_list_stay_apart() {
    let text = "bots:
  - {name: loud, twitter_token: a, follow: true, unfollow: true, targets: [x, y]}
  - {name: calm, twitter_token: b, auto_reply: true, approval: true, max_replies_per_user_per_day: 2}
  - {name: idle, twitter_token: c}
";
    let lowered = bot("bots.yaml", text);
    assert_eq!(lowered.model.accounts.len(), 2);
    assert_eq!(job(&lowered, Verb::Follow).account, 0);
    assert_eq!(job(&lowered, Verb::Unfollow).account, 0);
    assert_eq!(job(&lowered, Verb::Reply).account, 1);
    assert_eq!(lowered.model.accounts[1].guards[0].kind, GuardKind::Approval);
    assert!(lowered.model.accounts[0].guards.is_empty());
}

#[test]
fn items_of_a_list_do_not_switch_each_other_off() {
    let text = "twitter: {token: x}
tasks:
  - {name: a, follow: true, hashtags: [x], per_day: 30}
  - {name: b, follow: false}
";
    let lowered = bot("bot.yaml", text);
    assert_eq!(job(&lowered, Verb::Follow).actions[0].audience.kind, AudienceKind::Search);
}

#[test]
fn evasion_is_a_switch_only_where_something_rotates_or_hides() {
    let base = "instagram: {username: a, password: b}\nauto_follow: true\n";
    for (setting, kind) in [
        ("proxies: [a, b]", SwitchKind::RotateIdentity),
        ("rotate_proxies: true", SwitchKind::RotateIdentity),
        ("use_undetected_chromedriver: true", SwitchKind::UndetectedDriver),
        ("enable_stealth: true", SwitchKind::Stealth),
        ("user_agent_rotation: true", SwitchKind::SpoofedAgent),
    ] {
        let lowered = bot("bot.yaml", &format!("{base}{setting}\n"));
        assert!(lowered.model.accounts[0].is_on(kind), "{setting}");
    }
    for setting in [
        "proxy: http://a",
        "use_proxy: true",
        "proxies: [a]",
        "user_agent: x",
        "stealth: false",
        "delay: {min_ms: 1, max_ms: 2}",
    ] {
        let lowered = bot("bot.yaml", &format!("{base}{setting}\n"));
        let account = &lowered.model.accounts[0];
        assert!(account.switches.iter().all(|switch| switch.on.get() == Some(false)), "{setting}");
    }
}

#[test]
fn runs_make_a_schedule_of_limits_per_run() {
    let text = "RUN_INTERVAL_MINUTES=30\nBOT_FOLLOWS_PER_RUN=5\nPOST_INTERVAL_HOURS=6\nPOLL_SECONDS=5\n";
    let lowered = bot(".env", text);
    let runs = lowered.model.accounts[0].limits.number(LimitKind::RunsPerDay);
    assert_eq!(runs.map(|(number, site)| (number, line(text, site))), Some((48.0, 1)));
    let trigger = &job(&lowered, Verb::Post).triggers[0];
    assert_eq!(trigger.schedule.get().map(|schedule| schedule.per_day), Some(4.0));
}

fn mistaken(what: &str, lowered: &Lowered) -> String {
    let names: Vec<&str> =
        lowered.model.automations.iter().map(|automation| automation.name.as_str()).collect();
    format!("{what} ({})", names.join(", "))
}

/// Words that look alike and mean something else; each must stay quiet, next to a bot sign that would do.
#[test]
fn collisions() {
    let snippets = [
        // following links, files, ends of logs, releases, players, charts
        "bot: {follow_redirects: true, followRedirects: yes}",
        "bot: {follow_symlinks: true, followSymlinks: true}",
        "bot: {http: {nofollow: true, no_follow: true}}",
        "twitter: {x: 1}\nServiceSettings: {ThreadAutoFollow: true}",
        "bot: {logs: {tail: {auto_follow: true}}}\nscrollback: 100",
        "bot: {camera: {auto_follow: true, target: player}}",
        "bot: {chart: {auto_follow: true}}",
        "bot: {auto_follow: true, copy_trading: {leverage: 5}, schedule: hourly}",
        "bot: {auto_follow_patterns: [logs-*]}\nremote_cluster: eu",
        "bot: {follow_up: true, max_followups: 3, follow_up_length: 20}",
        "bot: {check_follow_timeout: 30, follow_check_timeout: 5}",
        "bot: {min_followers: 100, max_followers: 5000, followers_goal: 1000}",
        "bot: {unfollowTracking: true}",
        // private messages that are none
        "bot: {max_consecutive_auto_reply: 3}",
        "mail: {is_auto_reply: true, options_auto_reply: true}\nbot: x",
        "twitter: {db: {auto_dm_db: main, dm_database: dms}}",
        "bot: {storage: {dm.basesize: 20G, dm_thinpool: x}}",
        "bot: {ConnectionString: x, MONGODB_CONNECTION_STRING: y, max_connections: 20}",
        "instagram: {no_ig_connection_check: true}",
        "bot: {messageExamples: [a, b]}",
        "bot: {pm: npm, pm2: {instances: 2}}",
        // closing, boosting, quoting
        "bot: {auto_close_brackets: true, autoclose: true}",
        "bot: {voice: {similarity_boost: 0.7, use_speaker_boost: true}, search: {score_boost: 2}}",
        "bot: {singleQuote: true, quote_char: '\"', quote_currency: USD}",
        // limits that are no courtesy
        "bot: {RATE_LIMIT_WINDOW_MS: 1000, API_RATE_LIMIT: 60, rate_limit_per_minute: 10, max_tokens: 100}",
        "bot: {LLM_MAX_CALLS_PER_HOUR: 30}",
        // words inside words
        "bot: {driver_options: x, optional: true, optimize_streaming_latency: 3, temperature: 0.5, persona: kind}",
        "bot: {unlikely: true, dislikes_per_day: 4, childlike: true}",
        // likes of a post as a measure
        "bot: {maxLikesToLikeMedia: 600, minLikesToLikeMedia: 3, like_count_threshold: 5}",
        // sentences as keys
        "bot: {\"i would like a pizza\": \"sure\", \"do you follow me\": \"yes\"}",
        // translations
        "bot: {follow: Follow, unfollow: Unfollow, like: Like, reply: Reply, dm: Direct message}",
        // block lists
        "bot: {unwantedUsernames: [follow, like, free], forbidden_words: [follow4follow]}",
        // approvals elsewhere
        "bot: {require_human_approval: true, max_order_size: 3}",
    ];
    let taken: Vec<String> =
        snippets.iter().filter_map(|text| Some(mistaken(text, &read("config.yaml", text)?))).collect();
    assert!(taken.is_empty(), "taken for bots:\n{}", taken.join("\n"));
}

/// Ordinary files that many repositories have.
#[test]
fn ordinary_files() {
    let files = [
        (
            "package.json",
            r#"{"name": "follow-bot", "version": "1.0.0", "keywords": ["follow", "twitter"], "scripts": {"follow": "node follow.js"}, "dependencies": {"twitter-api-v2": "1.0.0"}}"#,
        ),
        (
            "Cargo.toml",
            "[package]\nname = 'auto-follow'\nkeywords = ['bot', 'follow']\n[dependencies]\ntwitter = '1'\n",
        ),
        (
            "pyproject.toml",
            "[build-system]\nrequires = []\n[project]\nname = 'like-bot'\nkeywords = ['twitter', 'like']\n",
        ),
        (
            "docker-compose.yml",
            "version: '3'\nservices:\n  bot:\n    environment: {AUTO_FOLLOW: 'true', TWITTER_TOKEN: x}\n",
        ),
        (
            "deployment.yaml",
            "apiVersion: v1\nkind: ConfigMap\ndata: {AUTO_FOLLOW: 'true', TWITTER_TOKEN: x, MAX_FOLLOWS_PER_DAY: '100'}\n",
        ),
        (
            ".github/workflows/follow.yml",
            "on: push\njobs:\n  follow:\n    runs-on: ubuntu-latest\n    env: {AUTO_FOLLOW: true, TWITTER_TOKEN: x}\n    steps: []\n",
        ),
        (".coderabbit.yaml", "language: en\nreviews: {profile: chill}\nchat: {auto_reply: true}\n"),
        ("codecov.yml", "comment: {layout: diff, require_changes: true}\ncoverage: {status: {}}\n"),
        (
            ".eslintrc.json",
            r#"{"extends": "x", "rules": {"quotes": ["error", "single"], "no-inline-comments": 1}}"#,
        ),
        ("domain.yml", "intents: [greet]\nresponses: {utter_greet: [{text: hi}]}\n"),
        ("config.yml", "language: en\npipeline: []\npolicies: []\n"),
        (
            "workflow.json",
            r#"{"nodes": [{"parameters": {"follow": true, "twitter": true, "text": "x"}}], "connections": {}}"#,
        ),
        ("automations.yaml", "homeassistant: {}\ntelegram_bot: {auto_reply: true}\n"),
        (
            ".env",
            "TELEGRAM_BOT_TOKEN=x\nDATABASE_URL=postgres://u:p@h/db\nFOLLOW_REDIRECTS=true\nMAX_COMMENTS_PER_PAGE=20\nREPLY_TIMEOUT=30\nSMTP_USERNAME=a\nSMTP_PASSWORD=b\n",
        ),
        (".env.sample", "GITHUB_USER=YOUR_NAME\nTOKEN=x\nMONGODB_DBNAME=twitter-dms\n"),
        (
            "mirror.toml",
            "[mastodon]\naccess_token = 'x'\n[rss]\npoll_seconds = 300\nsubscriptions = ['https://example.org/feed']\n",
        ),
        (
            "bot_config.json",
            r#"{"bot": {"symbol": "BTC", "auto_follow": true, "stop_loss": 2, "max_trades_per_day": 5}, "telegram_token": "x"}"#,
        ),
    ];
    let taken: Vec<String> =
        files.iter().filter_map(|(name, text)| Some(mistaken(name, &read(name, text)?))).collect();
    assert!(taken.is_empty(), "taken for bots:\n{}", taken.join("\n"));
}

#[test]
fn a_switch_that_is_a_template_is_unknown() {
    let lowered = bot("bot.yaml", "twitter: {follow: {enabled: '${FOLLOW}', per_day: 10}}\n");
    assert!(matches!(job(&lowered, Verb::Follow).enabled, Stated::Unknown(_)));
}

#[test]
fn messages_to_the_operator_reach_nobody_else() {
    let text = "mastodon: {token: x, username_to_dm: '@admin'}\n";
    let lowered = read("bot.yaml", text).unwrap_or_default();
    let mut actions = lowered.model.automations.iter().flat_map(|automation| &automation.actions);
    assert!(actions.all(|action| action.audience.kind == AudienceKind::Operator), "{text}");
}

#[test]
fn aliases_do_not_multiply_the_work() {
    let mut text = String::from("twitter: {token: x}\nbot: &a0 {follow: true, per_day: 5}\n");
    for level in 1..40 {
        text.push_str(&format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1));
    }
    assert!(read("bot.yaml", &text).is_some());
}

#[test]
fn every_bad_sample_is_recognised() {
    let folder = crate::root().join("sample-configs/adhoc");
    let mut bad = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.contains(".bad.") {
            bad += 1;
            assert!(dialect::may_be_bot(&std::fs::read_to_string(&path).unwrap()), "{name}");
            assert!(read(&name, &std::fs::read_to_string(&path).unwrap()).is_some(), "{name}");
        }
    }
    assert_eq!(bad, 5);
}
