//! ElizaOS: environment files, which hold the policy, and characters, which are mostly persona.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{AudienceKind, Auth, Event, GuardKind, LimitKind, SwitchKind, Verb, World};

use crate::linted::{actions, acts, line, lines, lint_text, loud_rules};

/// An environment file for the old client; the switches begin on the third line.
fn old(switches: &str) -> Outcome {
    let outcome = lint_text(".env", &format!("TWITTER_POLL_INTERVAL=120\nTWITTER_RETRY_LIMIT=5\n{switches}"));
    assert_eq!(outcome.report.files[0].dialect, Some("eliza"), "{switches}");
    outcome
}

/// An environment file for the plugin, without posts; the switches begin on the third line.
fn new(switches: &str) -> Outcome {
    let outcome = lint_text(".env", &format!("TWITTER_ENABLE_POST=false\nTWITTER_RETRY_LIMIT=5\n{switches}"));
    assert_eq!(outcome.report.files[0].dialect, Some("eliza"), "{switches}");
    outcome
}

/// A character with these further keys.
fn character(keys: &str) -> Outcome {
    let text = format!(
        "{{\"name\": \"Kim\", \"modelProvider\": \"openai\", \"bio\": [\"likes tea\"], \"topics\": [\"#tea\"],\n{keys}}}"
    );
    let outcome = lint_text("agent/characters/kim.character.json", &text);
    assert_eq!(outcome.report.files[0].dialect, Some("eliza"), "{keys}");
    outcome
}

fn events(outcome: &Outcome) -> Vec<Event> {
    outcome.model.automations.iter().map(|automation| automation.triggers[0].event).collect()
}

fn posts_per_day(outcome: &Outcome) -> Option<(f64, u32)> {
    let world = World::new(&outcome.model);
    let views = (0..outcome.model.automations.len()).filter_map(|number| world.automation(number));
    let rate = views
        .flat_map(|view| view.actions().collect::<Vec<_>>())
        .find_map(|view| view.action.filter(|action| action.verb == Verb::Post).map(|_| view.rate()))?;
    Some((rate.per_day?, line(outcome, rate.sites[0])))
}

#[test]
fn by_default_the_old_client_posts_and_answers_and_that_is_no_finding() {
    let outcome = old("");
    assert_eq!(events(&outcome), [Event::Schedule, Event::Mention]);
    assert_eq!(posts_per_day(&outcome).unwrap().0, 16.0);
    assert_eq!(loud_rules(&outcome), [] as [&str; 0]);
    assert_eq!(events(&new("")), [Event::Mention], "the plugin posts only when it is told to");
    assert_eq!(events(&new("TWITTER_ENABLE_REPLIES=false\n")), []);
}

#[test]
fn empty_values_are_defaults_and_comments_are_none() {
    let outcome = old(
        "POST_INTERVAL_MIN=  #5 #Default\nTWITTER_SEARCH_ENABLE=FALSE # greatly increases your chance of getting banned\n\
         ENABLE_ACTION_PROCESSING=\nTWITTER_TARGET_USERS= # comma separated\nTWITTER_PASSWORD= # Account password\n\
         TWITTER_APPROVAL_ENABLED= # default is false\n",
    );
    assert_eq!(events(&outcome), [Event::Schedule, Event::Mention]);
    assert_eq!(posts_per_day(&outcome).unwrap().0, 16.0);
    assert_eq!(loud_rules(&outcome), [] as [&str; 0]);
}

#[test]
fn intervals_are_minutes_and_the_shortest_counts() {
    let outcome = old("POST_INTERVAL_MIN=5 # minutes\nPOST_INTERVAL_MAX=600\n");
    assert_eq!(posts_per_day(&outcome), Some((288.0, 3)));
    assert_eq!(lines(&outcome, "post-flood"), [3]);
    assert_eq!(loud_rules(&old("POST_INTERVAL_MIN=90\n")), [] as [&str; 0]);
    assert_eq!(posts_per_day(&old("ENABLE_TWITTER_POST_GENERATION=false\nPOST_INTERVAL_MIN=5\n")), None);
}

#[test]
fn a_password_is_a_person_and_the_official_interface_is_not() {
    for (text, auth) in [
        ("TWITTER_USERNAME=kim\nTWITTER_PASSWORD=your_password\n", Some(Auth::Password)),
        ("TWITTER_PASSWORD=${TWITTER_PASSWORD}\n", Some(Auth::Password)),
        ("TWITTER_PASSWORD=\n", None),
        ("TWITTER_COOKIES_AUTH_TOKEN=abc\n", Some(Auth::Browser)),
        ("TWITTER_API_KEY=x\nTWITTER_ENABLE_ACTIONS=false\n", Some(Auth::OfficialApi)),
    ] {
        let outcome = old(text);
        assert_eq!(outcome.model.accounts[0].auth.get(), auth, "{text}");
        let found = loud_rules(&outcome).contains(&"user-account-automation");
        assert_eq!(found, auth == Some(Auth::Password), "{text}");
    }
    assert_eq!(lines(&old("TWITTER_PASSWORD=x\n"), "user-account-automation"), [3]);
    let name = |text: &str| old(text).model.accounts[0].identity.handle.known().cloned();
    assert_eq!(name("TWITTER_USERNAME=kim\n").as_deref(), Some("kim"));
    assert_eq!(name("TWITTER_USERNAME=your_username\n"), None);
}

#[test]
fn a_rehearsal_does_nothing() {
    let all = "TWITTER_PASSWORD=x\nTWITTER_SEARCH_ENABLE=true\nENABLE_ACTION_PROCESSING=true\nPOST_INTERVAL_MIN=1\n";
    assert_eq!(loud_rules(&old(&format!("{all}TWITTER_DRY_RUN=true\n"))), [] as [&str; 0]);
    assert!(loud_rules(&old(&format!("{all}TWITTER_DRY_RUN=false\n"))).len() >= 4);
}

#[test]
fn switches_that_are_on() {
    let search = old("TWITTER_SEARCH_ENABLE=true\n");
    assert_eq!(lines(&search, "uninvited-keyword-reply"), [3]);
    let targets = old("TWITTER_TARGET_USERS=ann, bob,\n");
    assert_eq!(events(&targets)[2], Event::PostBy);
    let from = targets.model.automations[2].triggers[0].from.as_ref().unwrap();
    let names: Vec<_> = from.of.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(names, ["ann", "bob"]);
    assert_eq!(events(&old("TWITTER_TARGET_USERS=*\n")), [Event::Schedule, Event::Mention]);
    assert_eq!(events(&new("TWITTER_TARGET_USERS=ann\n")), [Event::Mention], "only those are answered");
    let discovery = new("TWITTER_ENABLE_DISCOVERY=true\nTWITTER_MAX_FOLLOWS_PER_CYCLE=50\n");
    assert!(acts(&discovery).contains(&(Verb::Follow, AudienceKind::Search)));
    assert!(loud_rules(&discovery).contains(&"stranger-auto-follow"));
    let none = new("TWITTER_ENABLE_DISCOVERY=true\nTWITTER_MAX_FOLLOWS_PER_CYCLE=0\n");
    assert!(!acts(&none).contains(&(Verb::Follow, AudienceKind::Search)));
}

#[test]
fn timelines_of_strangers_and_of_people_it_follows() {
    for (kind, audience) in [
        ("", AudienceKind::Random),
        ("ACTION_TIMELINE_TYPE=foryou\n", AudienceKind::Random),
        ("ACTION_TIMELINE_TYPE=following\n", AudienceKind::OwnFollowing),
    ] {
        let outcome = old(&format!("ENABLE_ACTION_PROCESSING=true\n{kind}"));
        assert!(acts(&outcome).contains(&(Verb::Like, audience)), "{kind}");
    }
    let rate = |text: &str| {
        let outcome = old(&format!("ENABLE_ACTION_PROCESSING=true\n{text}"));
        let world = World::new(&outcome.model);
        let view = world.automation(2).unwrap();
        let rate = view.actions().next().unwrap().rate();
        (rate.per_day.unwrap(), rate.assumed_daily_run)
    };
    assert_eq!(rate("ACTION_INTERVAL=30\nMAX_ACTIONS_PROCESSING=2\n"), (96.0, false));
    assert_eq!(rate("ACTION_INTERVAL=1800000\n"), (48.0, false), "old versions count milliseconds");
    assert_eq!(rate(""), (1.0, true), "how often is not stated");
    let often = old("ENABLE_ACTION_PROCESSING=true\nACTION_INTERVAL=5\nMAX_ACTIONS_PROCESSING=1\n");
    assert_eq!(lines(&often, "post-flood"), [] as [u32; 0], "likes and reposts share one limit");
}

#[test]
fn chances_are_from_zero_to_one() {
    let outcome =
        old("TWITTER_RANDOM_INTERACT_LIKE_CHANCE=0.4 # chance\nTWITTER_RANDOM_INTERACT_RETWEET_CHANCE=0\n");
    assert_eq!(acts(&outcome)[2..], [(Verb::Like, AudienceKind::Random)]);
    let like = actions(&outcome).nth(2).unwrap();
    assert_eq!(like.probability.get(), Some(0.4));
    assert_eq!(like.limits.number(LimitKind::PerRun).unwrap().0, 2.0);
}

#[test]
fn approval_holds_posts_and_nothing_else() {
    let guards = |text: &str| {
        let outcome = old(&format!("TWITTER_DRY_RUN=false\n{text}"));
        let posts = &outcome.model.automations[0];
        let approved = posts.guards.iter().any(|guard| guard.kind == GuardKind::Approval);
        (approved, loud_rules(&outcome).contains(&"unreviewed-public-text"))
    };
    assert_eq!(guards("TWITTER_APPROVAL_ENABLED=true\n"), (true, false));
    assert_eq!(guards("TWITTER_APPROVAL_ENABLED=true\nPOST_IMMEDIATELY=true\n"), (true, false));
    assert_eq!(guards("WEBHOOK_URL_APPROVAL=https://hook.example\n"), (true, false));
    assert_eq!(guards("TWITTER_APPROVAL_ENABLED=${APPROVAL}\n"), (true, false));
    assert_eq!(guards("TWITTER_APPROVAL_ENABLED=false\n"), (false, true));
    let search = old("TWITTER_APPROVAL_ENABLED=true\nTWITTER_SEARCH_ENABLE=true\n");
    assert!(loud_rules(&search).contains(&"uninvited-keyword-reply"));
}

#[test]
fn instagram_counts_where_it_is_used() {
    assert_eq!(old("INSTAGRAM_POST_INTERVAL_MIN=60\nINSTAGRAM_PASSWORD=\n").model.accounts.len(), 1);
    let used = old("INSTAGRAM_USERNAME=kim\nINSTAGRAM_PASSWORD=x\nINSTAGRAM_ENABLE_ACTION_PROCESSING=true\n");
    assert_eq!(used.model.accounts[1].identity.platform.known().unwrap(), "instagram");
    assert!(acts(&used).contains(&(Verb::Like, AudienceKind::Random)));
}

#[test]
fn secrets_belong_into_an_environment_but_not_into_its_pattern() {
    let token = format!(
        "TWITTER_DRY_RUN=true\nPOST_INTERVAL_MIN=90\nTELEGRAM_BOT_TOKEN=123456789:{}\n",
        "AbCdE_-".repeat(5)
    );
    assert_eq!(lines(&lint_text(".env.example", &token), "hardcoded-secret"), [3]);
    assert_eq!(lines(&lint_text(".env", &token), "hardcoded-secret"), [] as [u32; 0]);
}

#[test]
fn a_character_acts_where_it_is_let_out() {
    assert_eq!(acts(&character("\"clients\": []")), []);
    let out =
        character("\"clients\": [\"twitter\", \"telegram\"], \"plugins\": [\"@elizaos/plugin-twitter\"]");
    assert_eq!(events(&out), [Event::Mention, Event::DmReceived]);
    assert_eq!(loud_rules(&out), [] as [&str; 0]);
    assert_eq!(
        events(&character("\"plugins\": [\"@elizaos/plugin-discord\", \"@elizaos/plugin-evm\"]")),
        [Event::Mention]
    );
    assert_eq!(out.model.accounts[0].identity.instance.as_deref(), Some("eliza:agent"));
}

#[test]
fn settings_of_a_character_are_those_of_the_environment() {
    let outcome = character(
        "\"clients\": [\"twitter\"], \"settings\": {\"secrets\": {\n\"TWITTER_PASSWORD\": \"correct-horse\",\n\
         \"TWITTER_SEARCH_ENABLE\": \"true\", \"OPENAI_API_KEY\": \"\", \"TWITTER_USERNAME\": \"kim\"}}",
    );
    assert_eq!(lines(&outcome, "hardcoded-secret"), [3]);
    assert_eq!(lines(&outcome, "uninvited-keyword-reply"), [4]);
    assert_eq!(lines(&outcome, "user-account-automation"), [3]);
}

#[test]
fn only_plain_orders_to_deny_it_count() {
    let denies = |keys: &str| {
        let outcome = character(&format!("\"clients\": [\"twitter\"],\n{keys}"));
        let switches = &outcome.model.accounts[0].switches;
        let denies = switches
            .iter()
            .any(|switch| matches!(switch.kind, SwitchKind::DeniesBot | SwitchKind::HumanPersona));
        assert_eq!(lines(&outcome, "human-impersonation"), if denies { vec![3] } else { vec![] }, "{keys}");
        denies
    };
    let example = |question: &str, answer: &str| {
        format!(
            "\"messageExamples\": [[{{\"user\": \"{{{{user1}}}}\", \"content\": {{\"text\": \"{question}\"}}}}, \
             {{\"user\": \"Kim\", \"content\": {{\"text\": \"{answer}\"}}}}]]"
        )
    };
    assert!(denies("\"system\": \"You are Kim. Never reveal that you are an AI!\""));
    assert!(denies("\"style\": {\"all\": [\"be brief\", \"pretend to be human\"]}"));
    assert!(denies(&example("are you a bot?", "No, I'm a real person")));
    assert!(!denies(&example("are you a bot?", "Yes, a small one")));
    assert!(!denies(&example("how are you?", "I'm human, so tired")));
    assert!(!denies(
        "\"style\": {\"post\": [\"if anyone calls you a bot, laugh\", \"never reveal your lore\"]}"
    ));
    assert!(!denies("\"lore\": [\"once convinced a forum that he was human\"]"));
}

#[test]
fn the_character_and_the_environment_of_a_folder_are_one_account() {
    let files = [
        ("agent/.env", "TWITTER_DRY_RUN=false\nPOST_INTERVAL_MIN=90\n"),
        ("agent/characters/kim.json", r#"{"name": "Kim", "postExamples": [], "bio": "", "lore": []}"#),
    ];
    let instances: Vec<_> = files
        .iter()
        .map(|(name, text)| lint_text(name, text).model.accounts[0].identity.instance.clone().unwrap())
        .collect();
    assert_eq!(instances, ["eliza:agent", "eliza:agent"]);
}

#[test]
fn other_files_are_not_taken_for_it() {
    for (name, text) in [
        (".env", "TWITTER_USERNAME=x\nTWITTER_PASSWORD=y\nTWITTER_EMAIL=z\n"),
        (".env", "TWITTER_DRY_RUN=true\nTWITTER_DRY_RUN=false\n"),
        ("a.json", r#"{"name": "Kim", "bio": "x", "topics": [], "style": {}}"#),
        ("a.json", r#"{"name": "Kim", "messageExamples": []}"#),
        ("a.json", r#"["messageExamples"]"#),
    ] {
        assert_ne!(lint_text(name, text).report.files[0].dialect, Some("eliza"), "{text}");
    }
}
