//! Rasa's domains, rules and stories, from files to findings.

#![allow(clippy::unwrap_used)]

use botiquette::diagnostic::Severity;
use botiquette::model::{Event, Verb};
use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};

use crate::linted::{self, lint_text};

/// The dialect that a text is read as.
fn dialect(text: &str) -> Option<&'static str> {
    linted::dialect(&lint_text("domain.yml", text))
}

/// Findings at warning level or above, as `line rule`, in order.
fn loud(text: &str) -> Vec<String> {
    let outcome = lint_text("domain.yml", text);
    assert_eq!(outcome.report.files.first().and_then(|file| file.dialect), Some("rasa"), "{text}");
    linted::loud(&outcome)
}

/// A domain of a parcel service with more intents, answers and actions, each on its line.
/// Its own part ends on line 6; further intents follow, then answers, then actions.
fn domain(intents: &[&str], answers: &[(&str, &str)], actions: &[&str]) -> String {
    let mut text = "version: '3.1'\nintents:\n- order_status\n- refund\n- complaint\n- [a, b]\n"
        .replace("- [a, b]\n", "- greet\n");
    for intent in ["deny", "affirm", "inform", "goodbye", "thanks", "repeat", "hours"].iter().chain(intents) {
        text += &format!("- {intent}\n");
    }
    text += "responses:\n  utter_hello: [{ text: Hello }]\n";
    for (name, said) in answers {
        text += &format!("  {name}: [{{ text: \"{said}\" }}]\n");
    }
    text += "actions:\n";
    for action in ["action_order_status"].iter().chain(actions) {
        text += &format!("- {action}\n");
    }
    text
}

const DISCLOSED: (&str, &str) = ("utter_iamabot", "I am a bot.");

#[test]
fn files_are_recognised_by_their_content() {
    for text in [
        "intents: [greet]\nresponses:\n  utter_greet:\n  - text: Hello\n",
        "templates:\n  utter_greet:\n  - Hello\n",
        "intents:\n- greet: { use_entities: true }\nactions:\n- utter_greet\n",
        "rules:\n- rule: hello\n  steps:\n  - intent: greet\n  - action: utter_greet\n",
        "version: '3.1'\nstories:\n- story: hello\n  steps:\n  - checkpoint: begun\n",
    ] {
        assert_eq!(dialect(text), Some("rasa"), "{text}");
    }
    for text in [
        "rules:\n- rule: no steps\n",
        "domain: example.org\nrules:\n- host: a\n",
        "intents: [a, b]\nresponses: { ok: 200 }\n",
        "nlu:\n- intent: greet\n  examples: '- hello'\n",
        "rules:\n- rule: x\n  steps:\n  - run: make\n",
    ] {
        assert_ne!(dialect(text), Some("rasa"), "{text}");
    }
}

#[test]
fn an_assistant_without_people_is_reported_where_it_did_not_understand() {
    let text = domain(&[], &[DISCLOSED, ("utter_default", "Say it again?")], &[]);
    assert_eq!(loud(&text), ["17 no-human-handoff"], "{text}");
    let guessing = domain(&[], &[DISCLOSED], &[]);
    assert_eq!(loud(&guessing), ["2 no-human-handoff"], "{guessing}");
}

#[test]
fn any_way_to_a_person_is_enough() {
    let said = ("utter_default", "Say it again?");
    for contact in [
        "Write to desk@example.org.",
        "Call us any time.",
        "Ring 020 7946 0123.",
        "Nuestro equipo: llámanos.",
    ] {
        let text = domain(&[], &[DISCLOSED, said, ("utter_where", contact)], &[]);
        assert_eq!(loud(&text), [""; 0], "{text}");
    }
    for action in ["action_human_handoff", "action_create_ticket", "action_send_email"] {
        let text = domain(&[], &[DISCLOSED, said], &[action]);
        assert_eq!(loud(&text), [""; 0], "{text}");
    }
    let text = domain(&["talk_to_human"], &[DISCLOSED, said], &[]);
    assert_eq!(loud(&text), [""; 0], "{text}");
}

#[test]
fn trials_and_small_talk_need_no_person() {
    let trial =
        "intents: [greet, order, refund, bot_challenge]\nresponses:\n  utter_default: [{ text: What? }]\n";
    assert_eq!(loud(trial), [""; 0]);
    let jokes = domain(&[], &[DISCLOSED], &[]).replace("order_status", "joke").replace("refund", "riddle");
    assert_eq!(loud(&jokes), [""; 0], "{jokes}");
}

#[test]
fn a_promise_without_an_action_is_no_person() {
    let text = domain(&["talk_to_person"], &[DISCLOSED, ("utter_wait", "Someone will be in touch.")], &[]);
    let without_actions = text.replace("- action_order_status\n", "").replace("actions:\n", "");
    let found = loud(&without_actions);
    assert!(found.contains(&"18 hollow-acknowledgement".to_owned()), "{found:?}");
    // An action that may keep the promise clears it.
    assert_eq!(loud(&text), [""; 0], "{text}");
}

#[test]
fn the_question_who_speaks_must_have_an_answer() {
    let contact = ("utter_where", "Call us.");
    let silent = domain(&[], &[contact], &[]);
    assert_eq!(loud(&silent), ["2 undisclosed-bot"], "{silent}");
    for answer in ["I'm a bot.", "I am OrderBot", "soy su asistente virtual"] {
        let text = domain(&[], &[contact, ("utter_hi", answer)], &[]);
        assert_eq!(loud(&text), [""; 0], "{text}");
    }
    for intent in ["bot_challenge", "chitchat/bot_challenge", "who_are_you"] {
        let text = domain(&[intent], &[contact], &[]);
        assert_eq!(loud(&text), [""; 0], "{text}");
    }
    let text = domain(&[], &[contact, ("utter_chitchat/bot_challenge", "Who knows?")], &[]);
    assert_eq!(loud(&text), [""; 0], "{text}");
    // The answer may be in code, as the greeting is, or among small talk in another file.
    assert_eq!(loud(&silent.replace("utter_hello", "utter_bye")), [""; 0]);
    assert_eq!(loud(&domain(&["chitchat"], &[contact], &[])), [""; 0]);
    let here = domain(&["chitchat"], &[contact, ("utter_chitchat/weather", "Fine, I hope.")], &[]);
    assert_eq!(loud(&here), ["2 undisclosed-bot"], "{here}");
}

#[test]
fn an_answer_that_denies_the_machine_is_reported_where_it_stands() {
    let text = domain(
        &["bot_challenge"],
        &[("utter_no", "I'm a real person, promise!"), ("utter_x", "Call us.")],
        &[],
    );
    assert_eq!(loud(&text), ["17 human-impersonation"], "{text}");
}

#[test]
fn parts_of_a_domain_tell_of_no_absence() {
    for part in [
        "intents:\n- order\n- refund\n- complaint\nactions:\n- action_order\n",
        "responses:\n  utter_default: [{ text: What? }]\n",
    ] {
        assert_eq!(loud(part), [""; 0], "{part}");
    }
}

#[test]
fn rules_and_stories_lead_from_intents_to_answers() {
    let text = "rules:\n- rule: missed\n  steps:\n  - or:\n    - intent: nlu_fallback\n    - intent: out_of_scope\n  - action: utter_default\nstories:\n- story: s\n  steps:\n  - intent: greet\n  - slot_was_set: [name: x]\n  - action: utter_greet\n  - action: form\n  - intent: talk_to_person\n    entities: []\n  - action: action_handover\n";
    assert_eq!(loud(text), [""; 0]);
    let model = lint_text("data/rules.yml", text).model;
    let turns: Vec<_> = model
        .automations
        .iter()
        .map(|turn| {
            let trigger = turn.triggers.first().unwrap();
            (trigger.event, trigger.filters.len(), turn.actions.iter().map(|a| a.verb).collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        turns,
        [
            (Event::Fallback, 2, vec![Verb::Reply]),
            (Event::DmReceived, 1, vec![Verb::Reply]),
            (Event::DmReceived, 1, vec![Verb::Handoff]),
        ]
    );
}

#[test]
fn a_domain_and_its_rules_are_judged_together() {
    let text = domain(&["talk_to_person"], &[DISCLOSED, ("utter_default", "Say it again?")], &[])
        .replace("talk_to_person", "vent");
    let fallback = "rules:\n- rule: missed\n  steps:\n  - intent: nlu_fallback\n  - action: utter_default\n";
    assert_eq!(loud(&format!("{text}{fallback}")), ["18 no-human-handoff"]);
    let handover = "- rule: person\n  steps:\n  - intent: talk_to_person\n  - action: action_handover\n";
    assert_eq!(loud(&format!("{text}{fallback}{handover}")), [""; 0]);
}

#[test]
fn files_of_one_project_are_judged_together() {
    let rulebook = Rulebook::built_in().unwrap();
    let rules_of = |files: &[(&str, &str)]| {
        let inputs = files
            .iter()
            .map(|(name, text)| Input::Stdin { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() })
            .collect();
        let outcome = lint(&Request { inputs, dialect: None, rulebook: &rulebook });
        let loud = outcome.report.findings.into_iter().filter(|finding| finding.severity > Severity::Info);
        loud.map(|finding| finding.rule.to_string()).collect::<Vec<_>>()
    };
    let domain = domain(&["vent"], &[DISCLOSED, ("utter_default", "Say it again?")], &[]);
    let fallback = "rules:\n- rule: missed\n  steps:\n  - intent: nlu_fallback\n  - action: utter_default\n";
    let handover =
        "stories:\n- story: person\n  steps:\n  - intent: talk_to_person\n  - action: action_handover\n";
    assert_eq!(rules_of(&[("p/data/rules.yml", fallback)]), [""; 0]);
    let both = [("p/domain.yml", domain.as_str()), ("p/data/rules.yml", fallback)];
    assert_eq!(rules_of(&both), ["no-human-handoff"]);
    let all = [both[0], both[1], ("p/data/stories.yml", handover)];
    assert_eq!(rules_of(&all), [""; 0]);
    let stranger = [both[0], both[1], ("q/data/stories.yml", handover)];
    assert_eq!(rules_of(&stranger), ["no-human-handoff"]);
}

#[test]
fn files_of_one_project_belong_together() {
    let instance = |name: &str| {
        let text = "rules:\n- rule: r\n  steps:\n  - intent: greet\n  - action: utter_greet\n";
        lint_text(name, text).model.accounts.first().unwrap().identity.instance.clone().unwrap()
    };
    for name in ["bot/data/rules.yml", "bot/data/core/stories.yml", "bot/domain/main.yml", "bot/domain.yml"] {
        assert_eq!(instance(name), "rasa:bot", "{name}");
    }
    assert_eq!(instance("data/rules.yml"), instance("domain.yml"));
}
