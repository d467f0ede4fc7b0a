//! tgcf: what is forwarded where, by which account, with which traces of its origin.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{Action, AudienceKind, Auth, Event, GuardKind, SecretKind, Stated, Verb, Visibility};

use crate::linted::{line, lines, lint_text};

/// Version 0.2, by hand.
fn yaml(text: &str) -> Outcome {
    let outcome = lint_text("relay/tgcf.config.yml", text);
    assert_eq!(outcome.report.files[0].dialect, Some("tgcf"), "{text}");
    outcome
}

/// Version 1: these forwards, and these settings beside them.
fn json(forwards: &str, beside: &str) -> Outcome {
    let text = format!("{{\n\"forwards\": [{forwards}],\n{beside}\n\"bot_messages\": {{}}}}");
    let outcome = lint_text("relay/tgcf.config.json", &text);
    assert_eq!(outcome.report.files[0].dialect, Some("tgcf"), "{text}");
    outcome
}

const NONE: [u32; 0] = [];
const PAIR: &str = r#"{"source": "kitchen", "dest": ["menu"], "offset": 0}"#;

/// `source → destination` of every copy, in order.
fn pairs(outcome: &Outcome) -> Vec<String> {
    let automations = outcome.model.automations.iter();
    automations
        .flat_map(|automation| {
            let from = automation.triggers[0].from.clone().unwrap().of[0].text.clone();
            automation.actions.iter().map(move |action| format!("{from} → {}", action.audience.of[0].text))
        })
        .collect()
}

fn action(outcome: &Outcome) -> &Action {
    &outcome.model.automations[0].actions[0]
}

#[test]
fn each_forward_names_both_ends() {
    let outcome = yaml(
        "forwards:\n- source: kitchen\n  dest: [menu, -1001]\n- source: https://t.me/menu\n  dest: ['@kitchen']\nadmins: [kim]\nlive: {delete_sync: true}\n",
    );
    assert_eq!(pairs(&outcome), ["@kitchen → @menu", "@kitchen → -1001", "@menu → @kitchen"]);
    let trigger = &outcome.model.automations[0].triggers[0];
    assert_eq!((trigger.event, line(&outcome, trigger.site)), (Event::PostBy, 2));
    let action = action(&outcome);
    assert_eq!((action.verb, action.audience.kind), (Verb::Post, AudienceKind::Public));
    assert_eq!(line(&outcome, action.site), 3);
    assert!(matches!(action.visibility, Stated::Unknown(_)), "a name does not tell who reads there");
}

#[test]
fn what_does_not_happen() {
    let off = r#"{"source": "a", "dest": ["b"], "use_this": false, "offset": 0}"#;
    let empty = r#"{"source": "", "dest": ["b"], "offset": 0}"#;
    let nowhere = r#"{"source": "a", "dest": [], "offset": 0}"#;
    for forward in [off, empty, nowhere] {
        assert_eq!(pairs(&json(forward, "")), Vec::<String>::new(), "{forward}");
    }
}

#[test]
fn of_two_forwards_with_one_source_the_last_counts() {
    let outcome =
        yaml("forwards:\n- source: a\n  dest: [b]\n- source: '@A'\n  dest: [c]\npast: {delay: 1}\n");
    assert_eq!(pairs(&outcome), ["@A → @c"]);
    assert_eq!(lines(&outcome, "inert-setting"), [2]);
}

#[test]
fn saved_messages_and_persons_are_no_audience() {
    let outcome = yaml("forwards:\n- source: a\n  dest: [me, 12345678]\nplugins: {}\n");
    let actions = &outcome.model.automations[0].actions;
    assert_eq!((actions[0].verb, actions[0].audience.kind), (Verb::Collect, AudienceKind::Operator));
    assert_eq!((actions[1].verb, actions[1].visible_to()), (Verb::Post, Visibility::Private));
    assert_eq!(outcome.report.findings.len(), 0);
}

#[test]
fn who_signs_in() {
    for (login, auth) in [
        (r#""login": {"user_type": 0, "BOT_TOKEN": "x"},"#, Some(Auth::OfficialApi)),
        (r#""login": {"user_type": 1, "SESSION_STRING": "x"},"#, Some(Auth::UserToken)),
        ("", None),
    ] {
        assert_eq!(json(PAIR, login).model.accounts[0].auth.get(), auth, "{login}");
    }
    let outcome = json(
        PAIR,
        r#""login": {"user_type": 1, "USERNAME": "@kim", "API_HASH": "0a1b2c3d4e5f60718293", "SESSION_STRING": "${SESSION}", "BOT_TOKEN": ""},"#,
    );
    let account = &outcome.model.accounts[0];
    assert_eq!(account.identity.handle.known().map(String::as_str), Some("@kim"));
    assert_eq!(account.identity.secret.as_deref(), Some("SESSION"));
    let secrets: Vec<_> = account.secrets.iter().map(|secret| (secret.key.as_str(), secret.kind)).collect();
    assert_eq!(secrets, [("API_HASH", SecretKind::Literal)]);
}

#[test]
fn past_mode_needs_a_person() {
    let bot = json(PAIR, r#""mode": 1, "login": {"user_type": 0},"#);
    assert_eq!(pairs(&bot), Vec::<String>::new());
    assert_eq!(lines(&bot, "inert-setting"), [3]);
    let person = json(PAIR, r#""mode": 1, "login": {"user_type": 1},"#);
    assert_eq!(pairs(&person), ["@kitchen → @menu"]);
    assert_eq!(action(&person).manner.known().map(String::as_str), Some("history"));
    assert!(action(&json(PAIR, r#""mode": 0,"#)).manner.is_absent());
}

#[test]
fn a_program_does_not_hear_itself_while_it_runs() {
    let deaf = |outcome: &Outcome| {
        outcome.model.accounts[0].enforced_by_tool.contains(&GuardKind::PlatformIgnoresSelf)
    };
    assert!(deaf(&json(PAIR, "")));
    assert!(
        !deaf(&json(PAIR, r#""mode": 1, "login": {"user_type": 1},"#)),
        "it reads what earlier runs sent"
    );
    assert!(!deaf(&json(PAIR, r#""plugins": {"sender": {"check": true}},"#)), "another account sends");
    assert!(!deaf(&yaml("forwards:\n- {source: a, dest: [b], offset: 0}\n")), "the mode is not in the file");
}

#[test]
fn filters_are_guards() {
    let guards = |outcome: &Outcome| -> Vec<(GuardKind, usize)> {
        let guards = outcome.model.accounts[0].guards.iter();
        guards.map(|guard| (guard.kind, guard.values.len())).collect()
    };
    let lists =
        "text: {blacklist: [spam, scam], whitelist: [soup]}, users: {blacklist: [7]}, files: {whitelist: []}";
    let outcome = yaml(&format!("forwards:\n- {{source: a, dest: [b]}}\nplugins: {{filter: {{{lists}}}}}\n"));
    assert_eq!(guards(&outcome), [(GuardKind::WordFilter, 2), (GuardKind::ExcludeBots, 1)]);
    assert_eq!(outcome.model.automations[0].triggers[0].filters[0].text, "soup");
    let unchecked = r#""plugins": {"filter": {"check": false, "text": {"blacklist": ["spam"]}}},"#;
    assert_eq!(guards(&json(PAIR, unchecked)), []);
    assert_eq!(guards(&json(PAIR, &unchecked.replace("false", "true"))), [(GuardKind::WordFilter, 1)]);
}

#[test]
fn copies_that_show_or_hide_their_origin() {
    let marked = |beside: &str| action(&json(PAIR, beside)).marked.get();
    assert_eq!(marked(""), None, "silence means no, and is no statement");
    assert_eq!(marked(r#""show_forwarded_from": false,"#), Some(false));
    assert_eq!(marked(r#""show_forwarded_from": true,"#), Some(true));
    let caption =
        r#""show_forwarded_from": false, "plugins": {"caption": {"check": true, "footer": "via @Kitchen"}},"#;
    assert_eq!(marked(caption), Some(true), "the caption names the source");
    assert_eq!(action(&json(PAIR, caption)).texts[0].text, "via @Kitchen");
    assert_eq!(marked(&caption.replace("\"check\": true", "\"check\": false")), Some(false));
}

#[test]
fn passing_off_is_found_and_a_plain_copy_is_not() {
    let hidden = r#""show_forwarded_from": false,"#;
    let strips = r#""show_forwarded_from": false, "plugins": {"replace": {"check": true, "regex": true, "text": {"@\\w+": ""}}},"#;
    assert_eq!(lines(&json(PAIR, hidden), "cloned-posts"), NONE);
    assert_eq!(lines(&json(PAIR, strips), "cloned-posts"), [3]);
    let silent = strips.replace(hidden, "");
    assert_eq!(lines(&json(PAIR, &silent), "cloned-posts"), [3], "nothing is shown where nothing is said");
    for harmless in [
        strips.replace("@\\\\w+", "colour"),
        strips.replace("\"regex\": true", "\"regex\": false"),
        strips.replace("\"check\": true", "\"check\": false"),
        strips.replace("from\": false", "from\": true"),
    ] {
        assert_eq!(lines(&json(PAIR, &harmless), "cloned-posts"), NONE, "{harmless}");
    }
    let forward = |source: &str, dest: &str| PAIR.replace("kitchen", source).replace("menu", dest);
    let many = [forward("a", "x"), forward("b", "x"), forward("c", "x")].join(", ");
    assert_eq!(lines(&json(&many, hidden), "cloned-posts"), [3]);
    let saved = [forward("a", "me"), forward("b", "me"), forward("c", "me")].join(", ");
    assert_eq!(lines(&json(&saved, hidden), "cloned-posts"), NONE);
}

#[test]
fn changes_are_lost_on_a_message_that_is_forwarded_itself() {
    let plugins = r#""show_forwarded_from": true, "plugins": {"caption": {"check": true, "header": "hi"}, "fmt": {"check": false}},"#;
    let outcome = json(PAIR, plugins);
    assert_eq!(lines(&outcome, "inert-setting"), [3]);
    assert_eq!(action(&outcome).texts, []);
    assert_eq!(lines(&json(PAIR, &plugins.replace("from\": true", "from\": false")), "inert-setting"), NONE);
}

#[test]
fn patterns_without_the_switch_for_patterns() {
    let plugins =
        r#""plugins": {"replace": {"check": true, "text": {"https?://\\S+": "", "@theirs": "@ours"}}},"#;
    let outcome = json(PAIR, plugins);
    assert_eq!(lines(&outcome, "inert-setting"), [3]);
    assert!(outcome.model.accounts[0].switches.len() == 1, "a name needs no pattern");
    let switched = plugins.replace("\"text\"", "\"regex\": true, \"text\"");
    assert_eq!(lines(&json(PAIR, &switched), "inert-setting"), NONE);
}

#[test]
fn settings_of_the_other_mode() {
    assert_eq!(lines(&json(PAIR, r#""past": {"delay": 5},"#), "inert-setting"), [3]);
    assert_eq!(lines(&json(PAIR, r#""past": {"delay": 0},"#), "inert-setting"), NONE);
    let past = r#""mode": 1, "login": {"user_type": 1}, "live": {"delete_sync": true},"#;
    assert_eq!(lines(&json(PAIR, past), "inert-setting"), [3]);
}

#[test]
fn unknown_and_broken_parts_are_remarked_and_the_rest_is_read() {
    let outcome =
        yaml("forwards:\n- source: a\n  dest: b\n  ofset: 1\n- nonsense\nmode: 1\nshow_forwarded: true\n");
    assert_eq!(pairs(&outcome), ["@a → @b"]);
    assert_eq!(lines(&outcome, "malformed-config"), [3, 5]);
    assert_eq!(lines(&outcome, "unknown-key"), [4, 6, 7]);
}

#[test]
fn other_forwards_are_not_tgcf() {
    for (name, text) in [
        ("ports.yml", "forwards:\n- {source: 8080, dest: 80}\n"),
        ("mail.yml", "forwards:\n- {from: a@b.example, to: c@d.example}\nlive: true\n"),
        ("mail.json", r#"{"forwards": [], "login": {}}"#),
    ] {
        assert_ne!(lint_text(name, text).report.files[0].dialect, Some("tgcf"), "{text}");
    }
}
