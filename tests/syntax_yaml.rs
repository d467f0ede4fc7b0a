//! The YAML reader against yaml-test-suite: every valid case gives the events that the suite expects,
//! every invalid one is refused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use crate::suites;

use std::fs;
use std::path::Path;

use botiquette::syntax::{Kind, NodeRef, Style, Syntax, parse};

/// Invalid by the standard, and read nevertheless: PyYAML, which most bots read their files with, accepts them
/// (brackets and quoted texts that go on in the first column).
const READ_NEVERTHELESS: [&str; 2] = ["9C9N", "QB6E"];

#[test]
fn valid_cases_give_the_expected_events_and_invalid_ones_are_refused() {
    let Some(suite) = suites::folder("yaml-test-suite") else { return };
    let (mut valid, mut invalid, mut failures) = (0, 0, Vec::new());
    for input in suites::files(&suite).iter().filter(|path| path.ends_with("in.yaml")) {
        let case = input.parent().unwrap();
        let name = case.strip_prefix(&suite).unwrap().display().to_string();
        let text = fs::read_to_string(input).unwrap();
        let parsed = parse(&text, Syntax::Yaml);
        if case.join("error").exists() {
            invalid += 1;
            if parsed.errors.is_empty() != READ_NEVERTHELESS.contains(&name.as_str()) {
                failures.push(format!("{name}: accepted, or refused although PyYAML reads it"));
            }
            continue;
        }
        valid += 1;
        let found: Vec<String> = parsed.tree.documents().flat_map(events).collect();
        let expected = expected_events(case);
        if !parsed.errors.is_empty() || found != expected {
            failures.push(format!("{name}: {:?}\n{found:#?}\nexpected {expected:#?}", parsed.errors));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!((valid, invalid), (308, 94));
}

/// The suite's events without what the tree does not keep: document marks, bracket style, the names of tags.
fn expected_events(case: &Path) -> Vec<String> {
    let events = fs::read_to_string(case.join("test.event")).unwrap();
    let lines = events.lines().filter(|line| !line.ends_with("STR") && !line.contains("DOC"));
    lines.map(without_details).collect()
}

fn without_details(line: &str) -> String {
    let (event, mut rest) = line.split_at(4);
    let mut result = event.to_owned();
    while let Some(word) = rest.strip_prefix(' ') {
        if let Some(after) = word.strip_prefix("[]").or_else(|| word.strip_prefix("{}")) {
            rest = after;
        } else if word.starts_with('<') {
            let end = word.find('>').unwrap() + 1;
            result.push_str(" <>");
            rest = &word[end..];
        } else if word.starts_with(['&', '*']) {
            let end = word.find(' ').unwrap_or(word.len());
            result.push_str(&rest[..=end]);
            rest = &word[end..];
        } else {
            result.push_str(rest);
            break;
        }
    }
    result
}

fn events(node: NodeRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    add_events(node, &mut found);
    found
}

fn add_events(node: NodeRef<'_>, found: &mut Vec<String>) {
    if node.defined().is_some() {
        // Children of an alias are not visited, so this is the alias itself.
        return found.push(format!("=ALI {}", node.span().slice(text_of(node))));
    }
    let anchor = node.anchor().map_or(String::new(), |anchor| format!(" &{anchor}"));
    let tag = if node.tag().is_some() { " <>" } else { "" };
    match node.kind() {
        Kind::Mapping => {
            found.push(format!("+MAP{anchor}{tag}"));
            for entry in node.entries() {
                add_events(entry.key, found);
                add_events(entry.value, found);
            }
            found.push("-MAP".to_owned());
        }
        Kind::Sequence => {
            found.push(format!("+SEQ{anchor}{tag}"));
            node.items().for_each(|item| add_events(item, found));
            found.push("-SEQ".to_owned());
        }
        Kind::Scalar => {
            let style = match node.style() {
                Style::Plain => ':',
                Style::SingleQuoted => '\'',
                Style::DoubleQuoted => '"',
                Style::Literal => '|',
                Style::Folded => '>',
            };
            found.push(format!("=VAL{anchor}{tag} {style}{}", escaped(node.text())));
        }
    }
}

fn text_of(node: NodeRef<'_>) -> &str {
    node.tree().text()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{8}' => escaped.push_str("\\b"),
            other => escaped.push(other),
        }
    }
    escaped
}
