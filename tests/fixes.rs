//! Fixes: each rule that has some shows one on an example; whatever is fixed in examples and samples of every layout
//! is judged here once more, by other parsers and by a run of its own.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use botiquette::diagnostic::{Finding, Safety};
use botiquette::fix::{fix, propose};
use botiquette::rules::{Rulebook, page};
use botiquette::{Input, Linter, Outcome};
use serde_json::Value;

use crate::dice::Dice;

/// So many files are fixed in an ordinary run; `BOTIQUETTE_FIX_CASES` says how many otherwise.
const CASES: usize = 400;

fn input(name: &str, text: &str) -> Vec<Input> {
    vec![Input::Stdin { name: name.to_owned(), bytes: text.as_bytes().to_vec() }]
}

fn linter(dialect: Option<&str>) -> Linter {
    let builder = Linter::builder().include_info(true);
    dialect.into_iter().fold(builder, |builder, name| builder.dialect(name)).build().unwrap()
}

fn with_fixes(linter: &Linter, name: &str, text: &str) -> Outcome {
    let inputs = input(name, text);
    let mut outcome = linter.check_inputs(inputs.clone());
    propose(linter, &inputs, &mut outcome);
    outcome
}

/// The text after the fix of a finding.
fn fixed(text: &str, finding: &Finding) -> String {
    let fix = finding.fix.as_ref().unwrap();
    let mut new = text.to_owned();
    for edit in fix.edits.iter().rev() {
        let span = edit.place.span;
        new.replace_range(span.start as usize..span.end as usize, &edit.text);
    }
    new
}

/// An example as YAML, JSON and TOML.
fn written(config: &str) -> Vec<(&'static str, String)> {
    let mut all = vec![("example.yaml", config.to_owned())];
    if let Ok(value) = serde_yaml::from_str::<Value>(config) {
        all.push(("example.json", serde_json::to_string_pretty(&value).unwrap()));
        all.extend(toml::to_string(&value).ok().map(|toml| ("example.toml", toml)));
    }
    all
}

#[test]
fn every_rule_with_a_fix_shows_it_in_an_example() {
    let linter = linter(Some("conduct"));
    let rulebook = Rulebook::built_in().unwrap();
    let mut table = String::new();
    let mut shown = BTreeSet::new();
    let mut silent = Vec::new();
    for rule in rulebook.rules().iter().filter(|rule| rule.has_fix()) {
        let (mut tried, mut found) = (0, 0);
        let mut titles: BTreeSet<String> = BTreeSet::new();
        let examples = page(&rule.name).unwrap().unwrap().examples;
        for example in examples.iter().filter(|example| example.is_bad) {
            for (name, text) in written(&example.config) {
                let outcome = with_fixes(&linter, name, &text);
                for finding in outcome.findings().filter(|finding| finding.rule == rule.name) {
                    tried += 1;
                    if let Some(fix) = &finding.fix {
                        found += 1;
                        titles.insert(format!("{} ({})", fix.title, fix.safety));
                    }
                }
            }
        }
        if found > 0 {
            shown.insert(rule.name.to_string());
        } else {
            silent.push(rule.name.to_string());
        }
        let titles: Vec<String> = titles.into_iter().collect();
        table.push_str(&format!("{}: {found} of {tried}: {}\n", rule.name, titles.join("; ")));
    }
    println!("{table}\n{} rules; silent: {silent:?}", shown.len());
    assert!(shown.len() >= 25, "only {} rules show a fix", shown.len());
    insta::assert_snapshot!("fixes_of_examples", table);
}

/// What another parser reads in a file, by its name; none where it cannot read it.
fn read(name: &str, text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    let kind = Path::new(name).extension().and_then(|kind| kind.to_str()).unwrap_or("env");
    match kind {
        "json" => serde_json::from_str(text).ok(),
        "toml" => serde_json::to_value(toml::from_str::<toml::Value>(text).ok()?).ok(),
        "yaml" | "yml" => {
            let documents = serde_yaml::Deserializer::from_str(text);
            let values = documents.map(|document| serde::Deserialize::deserialize(document).ok());
            let values: Vec<serde_yaml::Value> = values.collect::<Option<_>>()?;
            serde_json::to_value(values).ok()
        }
        _ => Some(Value::Array(
            text.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with(['#', ';']))
                .map(Value::from)
                .collect(),
        )),
    }
}

/// How much of two readings differs: what is gone, what is new, and what says something else.
#[derive(Debug, Default, PartialEq)]
struct Difference {
    gone: usize,
    new: usize,
    changed: usize,
}

fn compare(one: &Value, other: &Value, found: &mut Difference) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (key, value) in one {
                match other.get(key) {
                    Some(other) => compare(value, other, found),
                    None => found.gone += 1,
                }
            }
            found.new += other.keys().filter(|key| !one.contains_key(*key)).count();
        }
        (Value::Array(one), Value::Array(other)) if one.len() > other.len() => {
            let mut rest = other.iter().peekable();
            for item in one {
                // An item stays as it is or with something gone in it; else it is gone itself.
                let mut within = Difference::default();
                let stays = |other: &&Value| {
                    compare(item, other, &mut within);
                    within.new == 0 && within.changed == 0
                };
                found.gone += if rest.next_if(stays).is_some() { within.gone } else { 1 };
            }
            found.changed += rest.count();
        }
        (Value::Array(one), Value::Array(other)) => {
            one.iter().zip(other).for_each(|(one, other)| compare(one, other, found));
            found.new += other.len() - one.len();
        }
        (one, other) => found.changed += usize::from(one != other),
    }
}

/// How often each rule finds something.
fn rules(outcome: &Outcome) -> BTreeMap<String, usize> {
    let mut rules = BTreeMap::new();
    for finding in outcome.findings() {
        *rules.entry(finding.rule.to_string()).or_default() += 1;
    }
    rules
}

/// What is wrong with a fix; nothing where all is well.
fn judged(linter: &Linter, name: &str, text: &str, outcome: &Outcome, finding: &Finding) -> Option<String> {
    let fix = finding.fix.as_ref().unwrap();
    let new = fixed(text, finding);
    let Some(after) = read(name, &new) else { return Some("another parser cannot read it".to_owned()) };
    let mut found = Difference::default();
    compare(&read(name, text).unwrap(), &after, &mut found);
    let deletes = fix.edits.iter().all(|edit| edit.text.is_empty() || edit.text == " []");
    let inserts = fix.edits.iter().all(|edit| edit.place.span.is_empty());
    let lines_only = name.ends_with("env") || name.ends_with("ini");
    let is_meant = match (deletes, inserts) {
        // The same value under another name.
        _ if fix.title == "correct the name" && found.gone == 1 => found.new == 1 && found.changed == 0,
        // Several ways together: each edit adds something or changes something.
        _ if fix.title.contains(", and ") => {
            found.gone == 0 && (2..=fix.edits.len()).contains(&(found.new + found.changed))
        }
        (true, _) => found.gone > 0 && found.new == 0 && found.changed == 0,
        (_, true) => found.new > 0 && found.gone == 0 && found.changed == 0,
        _ => found.changed > 0 && found.gone == 0 && found.new == 0,
    };
    if !is_meant && !lines_only {
        return Some(format!("changes something else: {found:?}"));
    }
    let (before, left) = (rules(outcome), rules(&linter.check_inputs(input(name, &new))));
    let count = |rules: &BTreeMap<String, usize>, rule: &str| rules.get(rule).copied().unwrap_or(0);
    if count(&left, &finding.rule) >= count(&before, &finding.rule) {
        return Some("the finding is still there".to_owned());
    }
    if let Some((rule, _)) = left.iter().find(|(rule, left)| **left > count(&before, rule)) {
        return Some(format!("brings {rule}"));
    }
    let lone = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
    if text.contains("\r\n") && lone(text) == 0 && lone(&new) > 0 {
        return Some("brings line breaks of another kind".to_owned());
    }
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with(['#', ';'])).count();
    let gone: usize = fix
        .edits
        .iter()
        .map(|edit| comments(&text[edit.place.span.start as usize..edit.place.span.end as usize]))
        .sum();
    (comments(&new) + gone < comments(text)).then(|| "a comment is gone".to_owned())
}

/// Files with their names and the dialect that they are read as: samples, bad examples, and several of them in one.
fn materials() -> Vec<(String, String, Option<&'static str>)> {
    let mut all = Vec::new();
    let mut folders: Vec<PathBuf> =
        vec![crate::root().join("sample-configs"), crate::root().join("tests/catalogue")];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            let name = path.strip_prefix(crate::root()).unwrap().display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path)
                && !name.ends_with(".md")
            {
                all.push((name, text, None));
            }
        }
    }
    let rulebook = Rulebook::built_in().unwrap();
    for rule in rulebook.rules().iter().filter(|rule| rule.has_fix()) {
        for example in page(&rule.name).unwrap().unwrap().examples.iter().filter(|example| example.is_bad) {
            let texts = written(&example.config).into_iter();
            all.extend(texts.map(|(name, text)| (name.to_owned(), text, Some("conduct"))));
        }
    }
    all
}

/// The automations of both, where both are conduct files of one syntax.
fn joined(name: &str, one: &str, other: &str) -> Option<String> {
    let (mut one, other) = (read(name, one)?, read(name, other)?);
    let is_list = one.is_array();
    let part = |value: &Value| if is_list { value.get(0).cloned() } else { Some(value.clone()) };
    let more = part(&other)?.get("automations")?.as_array()?.clone();
    let root = if is_list { one.get_mut(0)? } else { &mut one };
    root.get_mut("automations")?.as_array_mut()?.extend(more);
    match Path::new(name).extension()?.to_str()? {
        "json" => serde_json::to_string_pretty(root).ok(),
        "toml" => toml::to_string(root).ok(),
        _ => serde_yaml::to_string(root).ok(),
    }
}

/// Another layout of the same values; the text itself where the other parser disagrees.
fn laid_out(name: &str, text: &str, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    let Some(value) = read(name, &text) else { return text };
    for _ in 0..dice.roll(8) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let at = dice.roll(lines.len());
        let Some(line) = lines.get(at) else { break };
        let bare = line.trim_end_matches(['\r', '\n']);
        let end = &line[bare.len()..];
        let indent = &bare[..bare.len() - bare.trim_start().len()];
        let new = match dice.roll(6) {
            0 => text.replace("\r\n", "\n").replace('\n', "\r\n"),
            1 => format!("{}{indent}# note {at}{end}{}", lines[..at].concat(), lines[at..].concat()),
            2 => format!("{}{bare}  # beside {at}{end}{}", lines[..at].concat(), lines[at + 1..].concat()),
            3 => format!("{}{end}{}", lines[..at].concat(), lines[at..].concat()),
            4 => text.trim_end().to_owned(),
            _ => format!("\u{feff}{}", text.trim_start_matches('\u{feff}')),
        };
        if !name.ends_with(".json") && read(name, &new).as_ref() == Some(&value)
            || name.ends_with(".json") && serde_json::from_str::<Value>(&new).is_ok_and(|new| new == value)
        {
            text = new;
        }
    }
    text
}

/// Counted is each fix that is proposed for a finding of a file, and each file on which all fixes are made together.
/// It is wrong if another parser cannot read what comes of it, if anything else is gone, new or changed than fits the
/// kind of its edits, if a run of its own still finds what was fixed or anything new, or if a line break of another
/// kind has come in or a comment is gone.
#[test]
fn fixes_of_random_layouts_do_what_they_say_and_nothing_else() {
    let cases = std::env::var("BOTIQUETTE_FIX_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases: usize = cases.unwrap_or(CASES);
    let materials = materials();
    let linters = [linter(None), linter(Some("conduct"))];
    let mut dice = Dice(0x0b07_1ce5);
    let mut wrong = Vec::new();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for case in 0..cases {
        let (name, text, dialect) = &materials[dice.roll(materials.len())];
        let linter = &linters[usize::from(dialect.is_some())];
        let mut text = text.clone();
        if dialect.is_some() && dice.roll(2) == 0 {
            let others: Vec<_> =
                materials.iter().filter(|(other, _, of)| other == name && of.is_some()).collect();
            if let Some(both) = joined(name, &text, &others[dice.roll(others.len())].1) {
                text = both;
            }
        }
        let text = laid_out(name, &text, &mut dice);
        if read(name, &text).is_none() {
            continue;
        }
        let outcome = with_fixes(linter, name, &text);
        let kind = name.rsplit('.').next().unwrap_or_default();
        for finding in outcome.findings().filter(|finding| finding.fix.is_some()) {
            *counted.entry(kind.to_owned()).or_default() += 1;
            if let Some(why) = judged(linter, name, &text, &outcome, finding) {
                let title = &finding.fix.as_ref().unwrap().title;
                let new = fixed(&text, finding);
                wrong.push(format!(
                    "case {case}, {name}, {}: {title}: {why}\n{text}\n--- after\n{new}",
                    finding.rule
                ));
            }
        }
        let before = rules(&outcome);
        let all = fix(linter, input(name, &text), Safety::Unsafe);
        if let Some(new) = all.texts.values().next() {
            *counted.entry("all of a file".to_owned()).or_default() += 1;
            let left = rules(&linter.check_inputs(input(name, new)));
            let is_new =
                |(rule, count): (&String, &usize)| before.get(rule).is_none_or(|known| known < count);
            let grown: Vec<_> = left.iter().filter(|entry| is_new(*entry)).collect();
            let again = fix(linter, input(name, new), Safety::Unsafe);
            if read(name, new).is_none() || !grown.is_empty() || !again.texts.is_empty() {
                wrong.push(format!("case {case}, {name}, all: {grown:?}\n{text}\n--- after\n{new}"));
            }
        }
    }
    println!("fixes judged, by kind of file: {counted:?}; wrong: {}", wrong.len());
    let heads: Vec<&str> = wrong.iter().filter_map(|wrong| wrong.lines().next()).collect();
    let first = wrong.first().map_or("", String::as_str);
    assert!(wrong.is_empty(), "{} wrong:\n{}\nthe first:\n{first}", wrong.len(), heads.join("\n"));
    assert!(counted.values().sum::<usize>() > cases / 2, "only {counted:?} of {cases}");
}

/// One of `tests/fixes/cases.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    name: String,
    #[serde(default, rename = "unsafe")]
    takes_away: bool,
    before: String,
    after: Option<String>,
}

#[test]
fn files_become_what_the_cases_say() {
    let cases: Vec<Case> = crate::cases("tests/fixes/cases.toml");
    let linter = linter(None);
    let mut wrong = String::new();
    for case in &cases {
        let most = if case.takes_away { Safety::Unsafe } else { Safety::Safe };
        let done = fix(&linter, input(&case.name, &case.before), most);
        let found = done.texts.get(Path::new(&case.name)).unwrap_or(&case.before);
        let wanted = case.after.as_ref().unwrap_or(&case.before);
        if found != wanted {
            let done: Vec<_> =
                done.done.iter().map(|done| format!("{}: {}", done.rule, done.title)).collect();
            wrong.push_str(&format!("== {}\n{done:?}\n{found}\n", case.about));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn machines_are_told_which_bytes_are_replaced() {
    let text = "account: { handle: '@x', platform: mastodon, bot: no }\nautomations:\n  - on: unfollowed\n    do:\n      - post: '@{handle} has left us. Shame!'\n      - count\n    limits: { per-day: 1 }\n";
    let outcome = with_fixes(&linter(None), "bots/é.yaml", text);
    let written = |format| {
        let mut out = Vec::new();
        let style = botiquette::report::Style::default();
        botiquette::report::write(format, &outcome.report, &outcome.sources, &style, &mut out).unwrap();
        serde_json::from_slice::<Value>(&out).unwrap()
    };
    let json = written(botiquette::report::Format::Json);
    let schema: Value = serde_json::from_str(botiquette::report::JSON_SCHEMA).unwrap();
    let mistakes: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(mistakes, [""; 0]);
    let fixes = |list: &Value, key: &str| -> Vec<Value> {
        list.as_array().unwrap().iter().map(|one| one[key].clone()).filter(|fix| !fix.is_null()).collect()
    };
    let shown = |fixes: Vec<Value>| serde_json::to_string_pretty(&fixes).unwrap();
    insta::assert_snapshot!("fixes_for_json", shown(fixes(&json["findings"], "fix")));
    let sarif = written(botiquette::report::Format::Sarif);
    insta::assert_snapshot!("fixes_for_sarif", shown(fixes(&sarif["runs"][0]["results"], "fixes")));
}
