//! Sentences about automations: some word for word, and rules of style for all of the catalogue and all samples.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

use botiquette::analysis::effects::Assumptions;
use botiquette::describe::{Description, describe};
use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};

fn described(inputs: Vec<Input>) -> Vec<Description> {
    let rulebook = Rulebook::built_in().unwrap();
    let outcome = lint(&Request { inputs, dialect: None, rulebook: &rulebook });
    describe(&outcome.model, &Assumptions::built_in().unwrap())
}

fn of_text(text: &str) -> Description {
    let input = Input::Stdin { name: "bot.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    described(vec![input]).remove(0)
}

fn of_folder(folder: &str) -> Vec<Description> {
    described(crate::inputs_at(crate::root().join(folder)))
}

/// An automation, what is said of it, and the same in a few words.
const SAID: &[(&str, &str, &str)] = &[
    (
        "{ on: unfollowed, do: { post: '@{handle} has left us' } }",
        "When someone unfollows you, it publicly posts a message that names them (“@[name] has left us”).",
        "posts a message that names whoever unfollows",
    ),
    (
        "{ on: followed, do: follow }",
        "When someone follows you, it follows them back.",
        "follows back whoever follows",
    ),
    (
        "{ on: { schedule: '0 9 * * *' }, do: { follow: { followers-of: own-followers } }, limits: { per-run: 25 } }",
        "Every day at 9 o'clock it follows the followers of your followers, at most 25 each run.",
        "follows the followers of your followers",
    ),
    (
        "{ on: { post-match: '#coffee' }, if: { approval: kim }, do: { reply: '{text}' } }",
        "When someone posts something that matches “#coffee”, it replies to its author with a text that is filled in \
         later, only if a person approves first.",
        "replies to whoever posts a match",
    ),
    (
        "{ on: { mention: { exclude: [self, bots] } }, if: { once-per-user: true }, do: { reply: hello } }",
        "When someone mentions you, it replies to them with a message (“hello”), ignoring itself and other bots, once \
         for each person.",
        "replies to whoever mentions it",
    ),
    (
        "{ on: { issue-idle: 60d }, do: [{ label: stale }, { wait: 14d }, close], enabled: false }",
        "If it were on: when an issue has been quiet for 60 days, it labels it “stale” and 14 days later closes it.",
        "labels issues “stale”",
    ),
];

#[test]
fn sentences_read_as_people_speak() {
    for (automation, sentence, deed) in SAID {
        let description = of_text(&format!("account: '@b'\nautomations: [{automation}]\n"));
        let told = description.does.iter().chain(&description.off).next().unwrap();
        assert_eq!((told.sentence.as_str(), told.deed.as_str()), (*sentence, *deed));
    }
}

#[test]
fn conditions_of_an_account_are_said_once() {
    let text = "account: '@b'\nif: { dedupe: true, exclude-bots: true }\n\
                automations: [{ on: mention, do: { reply: hello } }]\n";
    let said = of_text(text).who.join(" ");
    let conditions = "Conditions on everything it does: ignoring other bots, never twice for the same thing.";
    assert!(said.ends_with(conditions), "{said}");
}

#[test]
fn all_sentences_keep_the_rules_of_style() {
    let mut count = 0;
    for description in of_folder("sample-configs").iter().chain(&of_folder("tests/catalogue")) {
        for told in description.does.iter().chain(&description.off) {
            let (sentence, deed) = (&told.sentence, &told.deed);
            count += 1;
            let begins = sentence.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
            assert!(begins && sentence.ends_with('.'), "{sentence}");
            for wrong in ["  ", "{", "}", " ,", "..", "with a message with"] {
                assert!(!sentence.contains(wrong), "{wrong}: {sentence}");
            }
            assert!(deed.starts_with(char::is_lowercase) && !deed.ends_with('.'), "{deed}");
            assert!((5..=60).contains(&deed.chars().count()), "{deed}");
        }
    }
    assert!(count > 150, "only {count} sentences");
}

#[test]
fn reach_names_its_numbers() {
    let welcome = of_text("account: '@b'\nautomations: [{ on: followed, do: { dm: hi } }]\n").reach;
    assert_eq!(welcome.per_day, 50.0);
    assert_eq!(welcome.assumed.len(), 1);
    assert_eq!(welcome.assumed[0].words, "that 50 times a day someone follows you");
    let hourly = "{ on: { schedule: hourly }, do: { follow: { search: art } }, limits: { per-run: 4 } }";
    let capped = of_text(&format!("account: '@b'\nautomations: [{hourly}]\n")).reach;
    assert_eq!((capped.per_day, capped.assumed.len(), capped.contributors.len()), (96.0, 0, 1));
    let endless = of_text(
        "account: '@b'\nautomations: [{ on: { schedule: daily }, do: { follow: { search: art } } }]\n",
    );
    assert!(endless.reach.per_day.is_infinite());
    let answers = of_text("account: '@b'\nautomations: [{ on: mention, do: { reply: hi } }]\n");
    assert_eq!(answers.reach.per_day, 0.0);
}

#[test]
fn what_cannot_be_known_is_said() {
    let text = "account: { handle: '@b', bot: '${BOT}' }\n\
                automations:\n  - { on: { schedule: '${WHEN}' }, do: { run-code: x }, limits: { per-day: '${MOST}' } }\n";
    let unknown: Vec<String> = of_text(text).unknown.into_iter().map(|(_, what)| what).collect();
    assert_eq!(
        unknown,
        [
            "whether it is marked as automated",
            "when it runs",
            "what the code does that is run here",
            "how many at most (per day)",
        ]
    );
}
