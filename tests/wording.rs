//! What messages show, by their words and the context they stand in. The messages, the contexts and what makes
//! a category are data under `tests/wording/`. Each message is judged twice: by its cues in its stated context,
//! and, where the rulebook has the category's rule, as a conduct file through the whole linter.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a table that cannot be read fails the test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use botiquette::diagnostic::Severity;
use botiquette::model::{names_person, slots};
use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};
use serde::Deserialize;
use serde_json::json;

/// A line of a table of messages.
struct Message {
    text: String,
    is_bad: bool,
    /// The rule that it breaks, or that it resembles; `other` where it resembles none.
    category: String,
    event: String,
    visibility: String,
}

/// What makes a message bad in one category.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[derive(Default)]
struct Category {
    visibility: Vec<String>,
    event: Vec<String>,
    person: bool,
    automated: bool,
    undecidable: bool,
    any: Vec<Sign>,
    not: Vec<Sign>,
}

/// One sign: all that is stated must hold.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Sign {
    cues: Vec<String>,
    event: Vec<String>,
    leaver: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Contexts {
    event: BTreeMap<String, Stand>,
    beyond_a_message: Beyond,
}

#[derive(Deserialize)]
struct Stand {
    on: String,
    #[serde(default)]
    approved: bool,
}

#[derive(Deserialize)]
struct Beyond {
    rules: Vec<String>,
}

fn data(name: &str) -> PathBuf {
    crate::root().join("tests/wording").join(name)
}

fn read<T: for<'d> Deserialize<'d>>(name: &str) -> T {
    toml::from_str(&fs::read_to_string(data(name)).unwrap()).unwrap()
}

/// Reads a table: text, verdict, category and context, with tabs between them.
fn messages(path: &Path) -> Vec<Message> {
    let text = fs::read_to_string(path).unwrap();
    let message = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, verdict, category, context, ..] = columns.as_slice() else { panic!("short line: {line}") };
        let context: BTreeMap<_, _> = context.split("; ").filter_map(|part| part.split_once('=')).collect();
        let of = |key: &str| context.get(key).map_or(String::new(), |value| value.replace('_', "-"));
        Message {
            text: (*text).to_owned(),
            is_bad: *verdict == "bad",
            category: category.trim_start_matches("benign/").to_owned(),
            event: of("event"),
            visibility: of("visibility"),
        }
    };
    text.lines().skip(1).map(message).collect()
}

impl Category {
    /// Whether a message is bad in this category; nothing where words cannot tell.
    fn judge(&self, message: &Message, rulebook: &Rulebook) -> Option<bool> {
        if self.undecidable {
            return None;
        }
        let fits = |wanted: &[String], found: &String| wanted.is_empty() || wanted.contains(found);
        let by_machine = !matches!(message.event.as_str(), "approved-by-human" | "handoff" | "manual");
        let context = fits(&self.visibility, &message.visibility)
            && fits(&self.event, &message.event)
            && (!self.person || names_person(&message.text))
            && (!self.automated || by_machine);
        let cues = rulebook.cues_in(&message.text);
        let holds = |sign: &Sign| {
            (sign.cues.is_empty() || sign.cues.iter().any(|cue| cues.contains(&cue.as_str())))
                && fits(&sign.event, &message.event)
                && (!sign.leaver || names_leaver(&message.text))
        };
        Some(context && self.any.iter().any(holds) && !self.not.iter().any(holds))
    }
}

fn names_leaver(text: &str) -> bool {
    slots(text).any(|slot| {
        let word = slot.last_word();
        ["unfollower", "leaver", "quitter"].iter().any(|leaver| word.trim_end_matches('s').ends_with(leaver))
    })
}

/// The messages that their words and context judge wrongly, with how many were judged and left open.
fn misjudged(messages: &[Message], rulebook: &Rulebook) -> (Vec<String>, usize, usize) {
    let categories: BTreeMap<String, Category> = read("categories.toml");
    let (mut wrong, mut judged, mut open) = (Vec::new(), 0, 0);
    for message in messages {
        // A harmless message must be harmless in every category, not only in the one it resembles.
        let all = categories.iter();
        let meant = all.filter(|(name, _)| !message.is_bad || **name == message.category);
        let verdicts: Vec<(&String, bool)> =
            meant.filter_map(|(name, category)| Some((name, category.judge(message, rulebook)?))).collect();
        if verdicts.is_empty() {
            open += 1;
            continue;
        }
        judged += 1;
        let found: Vec<&str> =
            verdicts.iter().filter(|(_, bad)| *bad).map(|(name, _)| name.as_str()).collect();
        if message.is_bad == found.is_empty() {
            let cues = rulebook.cues_in(&message.text);
            let verdict = if message.is_bad { "missed" } else { "false alarm" };
            let context = format!("{}, {}", message.event, message.visibility);
            wrong.push(format!(
                "{verdict}: {} ({}; {context}) found {found:?}, shows {cues:?}",
                message.text, message.category
            ));
        }
    }
    (wrong, judged, open)
}

/// The conduct file of a bot that sends a message in its context.
fn conduct(message: &Message, contexts: &Contexts) -> String {
    let stand = contexts.event.get(&message.event);
    let event = stand.map_or(message.event.as_str(), |stand| stand.on.as_str());
    let on = if event == "schedule" { json!({ "schedule": "daily" }) } else { json!(event) };
    let text = &message.text;
    let act = match message.visibility.as_str() {
        "private" => json!({ "dm": text }),
        "operator" | "team" => json!({ "notify": message.visibility, "text": text }),
        "thread" => json!({ "comment": text }),
        _ if matches!(event, "post-match" | "mention" | "dm-received") => json!({ "reply": text }),
        visibility => json!({ "post": text, "visibility": visibility }),
    };
    let mut automation = json!({ "on": on, "do": act, "limits": { "per-day": 3 } });
    if stand.is_some_and(|stand| stand.approved) {
        automation["if"] = json!({ "approval": "kim" });
    }
    let account = json!({ "handle": "@sample", "platform": "mastodon", "auth": "official-api", "bot": true, "operator": "@kim", "contact": "kim@example.org" });
    let facts = json!({ "replies": { "monitored-by": "@kim" } });
    json!({ "account": account, "automations": [automation], "facts": facts }).to_string()
}

/// The rules that a conduct file breaks, those inside stronger findings included.
fn broken_rules(text: &str, rulebook: &Rulebook) -> BTreeSet<String> {
    let input = Input::Stdin { name: "message.json".to_owned(), bytes: text.as_bytes().to_vec() };
    let outcome =
        lint(&Request { inputs: vec![input], dialect: botiquette::dialect::find("conduct"), rulebook });
    let mut broken = BTreeSet::new();
    for finding in outcome.report.findings.iter().filter(|finding| finding.severity > Severity::Info) {
        broken.insert(finding.rule.to_string());
        let covered = finding.notes.iter().filter_map(|note| note.strip_prefix("also ")?.split_once(':'));
        broken.extend(covered.map(|(name, _)| name.to_owned()));
    }
    broken
}

/// The messages that the rules judge wrongly, with how many were linted and how many have no rule yet.
fn mislinted(messages: &[Message], rulebook: &Rulebook) -> (Vec<String>, usize, usize) {
    let contexts: Contexts = read("contexts.toml");
    let (mut wrong, mut linted, mut skipped) = (Vec::new(), 0, 0);
    for message in messages {
        let beyond = contexts.beyond_a_message.rules.contains(&message.category);
        if beyond || rulebook.rule(&message.category).is_none() {
            skipped += 1;
            continue;
        }
        linted += 1;
        let text = conduct(message, &contexts);
        let broken = broken_rules(&text, rulebook);
        if broken.contains(&message.category) != message.is_bad {
            let how = if message.is_bad { "missed" } else { "false alarm" };
            wrong.push(format!("{how}: {}: {} → {broken:?}\n  {text}", message.category, message.text));
        }
    }
    (wrong, linted, skipped)
}

/// Which acts nobody wants, for `tests/wording/acts/`.
#[derive(Deserialize)]
struct Acts {
    unwanted: Vec<String>,
}

/// What a table of speech acts expects, against what the cues say. Each line: a text, whether it `shows` an act
/// or is `quiet`, the act (several with bars between them: one of these), the language and who might write so.
fn misread(path: &Path, unwanted: &[String], rulebook: &Rulebook) -> (Vec<String>, usize) {
    let text = fs::read_to_string(path).unwrap();
    let (mut wrong, mut read) = (Vec::new(), 0);
    for line in text.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, expectation, acts, ..] = columns.as_slice() else { panic!("short line: {line}") };
        let acts: Vec<&str> = acts.split('|').collect();
        let shown = rulebook.cues_in(text);
        let named = shown.iter().any(|family| acts.contains(family));
        let harmful = shown.iter().any(|family| unwanted.iter().any(|act| act == family));
        read += 1;
        match *expectation {
            "shows" if !named => wrong.push(format!("missed {acts:?}: {text} shows {shown:?}")),
            "quiet" if named || harmful => wrong.push(format!("false alarm {shown:?}: {text}")),
            "shows" | "quiet" => {}
            other => panic!("{other}: {line}"),
        }
    }
    (wrong, read)
}

#[test]
fn speech_acts() {
    let rulebook = Rulebook::built_in().unwrap();
    let acts: Acts = read("acts.toml");
    let english = crate::root().join("rules/cues/en.toml");
    let english: toml::Table = toml::from_str(&fs::read_to_string(english).unwrap()).unwrap();
    for act in &acts.unwanted {
        assert!(english.contains_key(act), "{act} is no family");
    }
    let mut paths: Vec<PathBuf> =
        fs::read_dir(data("acts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in paths {
        let (misread, read) = misread(&path, &acts.unwanted, &rulebook);
        println!("{}: {read} read, {} wrongly", path.display(), misread.len());
        wrong.extend(misread);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn our_messages() {
    // Sarcasm and allusion: what no list of words can know without accusing the innocent.
    const BEYOND_WORDS: usize = 1;
    let rulebook = Rulebook::built_in().unwrap();
    let messages = messages(&data("messages.tsv"));
    let (wrong, judged, _) = misjudged(&messages, &rulebook);
    println!("{judged} messages judged, {} wrongly:\n{}", wrong.len(), wrong.join("\n"));
    let alarms: Vec<_> = wrong.iter().filter(|line| line.starts_with("false alarm")).collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
    assert!(wrong.len() <= BEYOND_WORDS, "{}", wrong.join("\n"));
    let (wrong, linted, skipped) = mislinted(&messages, &rulebook);
    println!("{linted} messages linted, {skipped} have no rule");
    assert!(!wrong.iter().any(|line| line.starts_with("false alarm")), "{}", wrong.join("\n"));
    assert!(wrong.len() <= BEYOND_WORDS, "{}", wrong.join("\n"));
}

#[test]
fn reference_messages() {
    let path = crate::root().join("../shared/data/messages.tsv");
    if !path.is_file() {
        println!("skipped: there are no reference messages beside this checkout");
        return;
    }
    let rulebook = Rulebook::built_in().unwrap();
    let messages = messages(&path);
    let (wrong, judged, open) = misjudged(&messages, &rulebook);
    println!("{judged} messages judged, {} wrongly, {open} cannot be decided by words", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (wrong, linted, skipped) = mislinted(&messages, &rulebook);
    println!("{linted} messages linted, {skipped} have no rule of their own");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
