//! AutoModerator's rules, from documents to findings.

#![allow(clippy::unwrap_used)]

use botiquette::Outcome;
use botiquette::model::{Action, Event, GuardKind, Verb};

use crate::linted;

fn lint_text(text: &str) -> Outcome {
    linted::lint_text("wiki/rules.yaml", text)
}

/// The dialect that a text is read as.
fn dialect(text: &str) -> Option<&'static str> {
    linted::dialect(&lint_text(text))
}

/// Findings as `line rule`, in order.
fn findings(text: &str) -> Vec<String> {
    linted::findings(&lint_text(text))
}

#[track_caller]
fn reports(text: &str, expected: &[&str]) {
    assert_eq!(findings(text), expected, "\n{text}");
    assert_eq!(dialect(text), Some("automoderator"), "\n{text}");
}

/// The actions of all rules.
fn actions(text: &str) -> Vec<Action> {
    lint_text(text).model.automations.into_iter().flat_map(|automation| automation.actions).collect()
}

fn verbs(text: &str) -> Vec<Verb> {
    actions(text).iter().map(|action| action.verb).collect()
}

#[test]
fn files_are_recognised_by_two_keys_of_which_one_acts() {
    for text in [
        "action: remove\naction_reason: x\n",
        "title+body (includes): [x]\naction: report\n",
        "~domain: example.org\nComment: why\nmodmail: look\n",
        "type: text submission\nset_flair: Question\n",
        "author:\n  post_karma: '< 2'\naction: filter\n",
        "# only words\n---\n---\nbody: x\naction: spam\nmoderators_exempt: false\n",
    ] {
        assert_eq!(dialect(text), Some("automoderator"), "{text}");
    }
    for text in [
        "action: remove\npath: /tmp\n",
        "type: comment\nbody: hello\n",
        "title: A post\ntext: Weekly thread\nrepeat: 1 week\nsticky: true\n",
        "action: report\ncomment: see the log\n",
        "title: [x]\nbody: [y]\n",
        "- action: remove\n  action_reason: x\n",
    ] {
        assert_ne!(dialect(text), Some("automoderator"), "{text}");
    }
}

#[test]
fn reasons_and_code_are_no_pitch_and_call_nobody() {
    for text in [
        "type: submission\ndomain: [pans.example]\naction: remove\ncomment: \"Shops have [a thread](https://pans.example/thread) of their own.\"\n",
        "type: submission\nbody_shorter_than: 40\ncomment: \"Please see [the guide](https://www.reddit.com/r/pans/wiki/ask) and ask [the mods](https://www.reddit.com/message/compose?to=/r/pans).\"\n",
        "type: comment\nbody (regex): '^!style'\ncomment: |\n    Paste this:\n\n        @import url(https://pans.example/a.css);\n        @media print { }\n        @layer base;\n        @font-face { }\n",
    ] {
        reports(text, &[]);
    }
    reports(
        "type: submission\nflair_text: [Question]\ncomment: \"Get 20% off with code PANS20: https://pans.example/shop\"\n",
        &["3 first-contact-pitch"],
    );
}

#[test]
fn checks_are_told_as_they_decide() {
    let told = |text: &str| {
        let model = lint_text(text).model;
        let world = botiquette::model::World::new(&model);
        botiquette::narrate::sentence(&world.automation(0).unwrap())
    };
    let both = told(
        "type: link submission\ntitle (includes): [pan, pot]\nbody#2 (includes): [lid]\naction: report\n",
    );
    assert!(both.contains("submits a link that matches “lid” and also either “pan” or “pot”"), "{both}");
    let not = told(
        "~title (includes): [pan]\ndomain: [a.example]\nauthor:\n  account_age: '< 3 days'\naction: filter\n",
    );
    assert!(not.contains("its title does not match “pan”"), "{not}");
    assert!(not.contains("its author's account is less than 3 days old"), "{not}");
    let any = told("author: [kim, ana]\naction: filter\naction_reason: look\n");
    assert!(any.contains("kim or ana posts"), "{any}");
}

#[test]
fn brackets_may_close_at_the_margin() {
    let text = "domain: [\n    a.example,\n]\naction: filter\naction_reason: \"a\"\n---\nauthor: {\n  post_karma: '< 2'\n}\naction: filter\n";
    reports(text, &[]);
    assert_eq!(verbs(text), [Verb::HoldForReview, Verb::HoldForReview]);
}

#[test]
fn a_removal_that_nobody_hears_of_is_reported_where_it_is_ordered() {
    reports("title (includes): [protest]\naction: remove\n", &["2 silent-removal"]);
    reports(
        "type: crosspost submission\naction: spam\naction_reason: no crossposts\n",
        &["2 silent-removal"],
    );
    reports("author: [kim, ana]\naction: remove\naction_reason: enough\n", &["2 silent-removal"]);
    reports("reports: 4\naction: remove\naction_reason: four reports\n", &["2 silent-removal"]);
    reports("~title (starts-with): '['\naction: remove\n", &["2 silent-removal"]);
    reports("standard: video hosting sites\naction: remove\n", &["2 silent-removal"]);
}

#[test]
fn a_removal_that_somebody_hears_of_is_not() {
    for told in ["comment: No politics here.", "message: No politics here.", "modmail: please look"] {
        reports(&format!("title (includes): [protest]\naction: remove\n{told}\n"), &[]);
        reports(
            &format!("title (includes): [protest]\nAction: remove\n{}\n", told.replacen('m', "M", 1)),
            &[],
        );
    }
    for action in ["filter", "report", "approve"] {
        reports(&format!("title (includes): [protest]\naction: {action}\naction_reason: x\n"), &[]);
    }
}

#[test]
fn plain_defence_against_spam_needs_no_letter() {
    for check in [
        "domain: [example.org, shop.example]",
        "url+body (includes): ['discord.gg/']",
        r"title+body (regex): ['\bt\.me/\w+']",
        "title+body (includes): [free robux]",
        "standard: amazon affiliate links",
        "author: { account_age: '< 3 days' }",
        "author: { combined_karma: < -10 }",
        "author: { contributor_quality: '< moderate' }",
        "author: { has_verified_email: false }",
        "author: [remind_bot, haikubot]",
    ] {
        reports(&format!("{check}\naction: remove\naction_reason: spam\n"), &[]);
    }
    // Gates for people who have been there long are no gates, and the place's own posts no links.
    reports("author: { account_age: '> 5 years' }\naction: remove\n", &["2 silent-removal"]);
    reports("domain: self.gardening\naction: remove\naction_reason: x\n", &["2 silent-removal"]);
    reports("~domain: example.org\naction: remove\naction_reason: x\n", &["2 silent-removal"]);
}

#[test]
fn rules_with_the_same_checks_are_judged_together() {
    let pair =
        |first: &str, second: &str| format!("title: [protest]\n{first}\n---\ntitle: [protest]\n{second}\n");
    reports(&pair("action: remove", "comment: No politics here, please."), &[]);
    reports(&pair("comment: No politics here, please.", "action: remove"), &[]);
    reports(&pair("action: remove", "set_flair: Politics"), &["2 silent-removal"]);
    // The higher number comes first; of equals, the first of the file.
    let explained = "action: remove\ncomment: No politics here.";
    reports(&pair("action: remove", &format!("{explained}\npriority: 5")), &["1 inert-setting"]);
    reports(&pair(explained, "action: remove\npriority: -1"), &["5 inert-setting"]);
    reports(&pair("action: remove", explained), &["2 silent-removal", "4 inert-setting"]);
    // A word of welcome for all posts explains no removal.
    let welcome = "type: submission\ncomment: Welcome.\n---\ntitle: [protest]\naction: remove\n";
    reports(welcome, &["5 silent-removal"]);
}

#[test]
fn deeds_reach_the_right_people() {
    let text = "type: comment\nbody: x\ncomment: a\nmessage: b\nmodmail: c\naction: filter\nset_locked: true\nauthor:\n  is_submitter: true\n  set_flair: [Helper, green]\nparent_submission:\n  set_flair: { text: Solved, css_class: s }\n  set_locked: false\n";
    assert_eq!(
        verbs(text),
        [
            Verb::HoldForReview,
            Verb::Comment,
            Verb::Dm,
            Verb::Notify,
            Verb::Lock,
            Verb::MarkPerson,
            Verb::Label
        ]
    );
    let marks: Vec<_> =
        actions(text).iter().flat_map(|action| action.texts.clone()).map(|t| t.text).collect();
    assert_eq!(marks, ["a", "b", "c", "Helper", "Solved"]);
    let outcome = lint_text("reports: 2\ncomment: Please be kind.\naction: remove\n");
    let automation = outcome.model.automations.first().unwrap();
    assert_eq!(automation.triggers.first().unwrap().event, Event::ReportFiled);
    assert!(automation.actions.iter().all(|action| action.audience.kind.name() == "members"));
    let outcome = lint_text("author:\n  account_age: < 60 hours\n  post_karma: '< 3'\naction: filter\n");
    let guards: Vec<_> = outcome.model.automations.first().unwrap().guards.iter().map(|g| g.kind).collect();
    assert_eq!(guards, [GuardKind::ProfileNumbers, GuardKind::ProfileNumbers]);
}

#[test]
fn public_shame_is_reported_and_a_reason_is_not() {
    let shaming = "title: [x]\naction: remove\ncomment: Look at u/{{author}}, shame on you all.\n";
    assert!(
        findings(shaming).iter().any(|finding| finding == "3 sanction-callout"),
        "{:?}",
        findings(shaming)
    );
    reports(
        "title: [x]\naction: remove\ncomment: 'u/{{author}}, removed under rule 2: add a source.'\n",
        &[],
    );
    reports(
        "body: [x]\naction: remove\nmodmail: '{{permalink}} by {{author}}'\nauthor:\n  set_flair: Troll\n",
        &["5 sanction-callout"],
    );
}

#[test]
fn keys_and_values_are_checked_as_the_tool_does() {
    reports("titel (includes): [x]\nbody: [y]\naction: filter\naction_reason: z\n", &["1 unknown-key"]);
    reports("title (include): [x]\nbody: [y]\naction: filter\naction_reason: z\n", &["1 unknown-key"]);
    reports("title#1 (regex): ['x']\ntitle#2: [y]\naction: filter\nmoderators_exempt: no\n", &[]);
    reports(
        "title: [x]\naction: delete\nmoderators_exempt: true\ncomment: y\nmodmail: z\n",
        &["2 malformed-config"],
    );
    reports("author: { title: x, post_karma: < 2 }\naction: filter\n", &["1 unknown-key"]);
    reports("title: [x]\ncomment_locked: true\nset_flair: y\n", &["2 inert-setting"]);
    reports("action: remove\naction_reason: looks for nothing\n", &["1 inert-setting"]);
    reports(
        "type: comment\nbody+title: [x]\n---\nset_flair: [a]\ntype: text submission\n",
        &["1 inert-setting"],
    );
    reports("title: [“x”, \"y\"]\naction: filter\naction_reason: z\n", &["1 inert-setting"]);
}

#[test]
fn a_forgotten_separator_is_a_duplicate_key() {
    let text =
        "title: [x]\naction: filter\naction_reason: one\n\ntitle: [y]\naction: report\naction_reason: two\n";
    reports(text, &["5 duplicate-key", "6 duplicate-key", "7 duplicate-key"]);
}

#[test]
fn broken_documents_leave_the_others() {
    let text = "title: [x\n---\ntitle: [protest]\naction: remove\n--- \n# words\n---\n";
    assert_eq!(findings(text), ["1 syntax-error", "4 silent-removal"]);
}
