//! The rulebook's words keep to one convention: headlines and labels are fragments, everything that
//! explains is a sentence, and names mean what they stand for.

use botiquette::rules::{Rulebook, rule_text};
use toml::{Table, Value};

/// The longest text that tools which show findings take.
const LONGEST: usize = 1024;

/// Names that keep their capital at the start of a fragment.
const NAMES: &[&str] =
    &["X", "GitHub", "DM", "DMs", "Discord", "Instagram", "Mastodon", "YAML", "TOML", "JSON"];

/// What is wrong with a fragment: it starts small and has no period.
fn fragment(text: &str) -> Option<&'static str> {
    let first = text.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
    if text.starts_with(char::is_uppercase) && !NAMES.contains(&first) {
        Some("starts with a capital")
    } else if text.ends_with('.') {
        Some("ends with a period")
    } else {
        one_line(text)
    }
}

/// What is wrong with a sentence: it starts with a capital, maybe after a quote, and ends with one period.
fn sentence(text: &str) -> Option<&'static str> {
    if !text.trim_start_matches(['"', '`']).starts_with(char::is_uppercase) {
        Some("starts without a capital")
    } else if !text.ends_with('.') || text.ends_with("..") {
        Some("does not end with one period")
    } else {
        one_line(text)
    }
}

fn one_line(text: &str) -> Option<&'static str> {
    if text.len() > LONGEST {
        Some("is too long")
    } else if text.contains('\n') || text.trim() != text {
        Some("has stray white space")
    } else {
        None
    }
}

/// The texts at a key, or at a key of every table in a list.
fn texts<'t>(file: &'t Table, list: &str, key: &str) -> Vec<&'t str> {
    let tables = file.get(list).and_then(Value::as_array).into_iter().flatten();
    tables.filter_map(|table| table.get(key).and_then(Value::as_str)).collect()
}

fn items<'t>(file: &'t Table, key: &str) -> Vec<&'t str> {
    file.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn fragments_and_sentences() {
    let mut problems = Vec::new();
    for rule in Rulebook::built_in().unwrap().rules() {
        let file: Table = rule_text(&rule.name).unwrap().parse().unwrap();
        let mut fragments = vec![rule.title.as_ref()];
        fragments.extend(texts(&file, "label", "text"));
        fragments.extend(texts(&file, "adjust", "note"));
        fragments.extend(texts(&file, "example", "note"));
        fragments.extend(items(&file, "false-positives"));
        let fragments = fragments.into_iter().map(|text| (text, fragment(text)));
        let sentences = [&rule.what, &rule.why, &rule.instead].map(|text| (text.as_ref(), sentence(text)));
        for (text, problem) in fragments.chain(sentences) {
            problems.extend(problem.map(|problem| format!("{}: {text:?} {problem}", rule.name)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn sources_have_a_name_and_an_address() {
    for rule in Rulebook::built_in().unwrap().rules() {
        let file: Table = rule_text(&rule.name).unwrap().parse().unwrap();
        for source in items(&file, "sources") {
            let is_linked =
                source.rsplit_once(": ").is_some_and(|(_, address)| address.starts_with("https://"));
            assert!(is_linked, "{}: {source:?} is not `name: address`", rule.name);
        }
    }
}

/// That a name is its file's and a family its folder's, the rulebook checks while it loads.
#[test]
fn rules_cover_rules_that_exist_and_no_circle() {
    let rulebook = Rulebook::built_in().unwrap();
    for rule in rulebook.rules() {
        for weaker in &rule.subsumes {
            let weaker = rulebook.rule(weaker).unwrap_or_else(|| panic!("{}: no rule {weaker}", rule.name));
            assert!(
                !weaker.subsumes.contains(&rule.name),
                "{} and {} cover each other",
                rule.name,
                weaker.name
            );
            assert_ne!(weaker.name, rule.name, "a rule covers itself");
        }
    }
}

#[test]
fn names_are_words_with_hyphens_and_no_rule_is_called_like_a_family() {
    let rulebook = Rulebook::built_in().unwrap();
    for rule in rulebook.rules() {
        for name in [&rule.name, &rule.family] {
            let is_plain = name.split('-').all(|word| {
                !word.is_empty()
                    && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
            });
            assert!(is_plain, "{name}");
        }
        assert!(rulebook.rules().iter().all(|other| other.family != rule.name), "{}", rule.name);
    }
}
