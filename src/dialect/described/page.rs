//! The page of a dialect that is data, in Markdown, made from its file: `docs/dialects/`.

use std::fmt::Write as _;

use super::examples::DialectExample;
use super::reference::Reference;
use super::template::{Table, Template};
use super::way::Way;
use super::{Automation, Described};

/// The page of a dialect with these examples.
#[must_use]
pub fn page(described: &Described, examples: &[DialectExample]) -> String {
    let mut page = format!("# {}\n\n{} <{}>.", described.name, sentence(&described.title), described.link);
    if !described.version.is_empty() {
        let _ = write!(page, " Read: {}.", described.version);
    }
    page.push_str("\n\n");
    if !described.about.is_empty() {
        let _ = write!(page, "{}\n\n", described.about.trim());
    }
    let _ = write!(page, "## Recognised by\n\n{}.\n\n## What is understood\n\n", described.recognised_by);
    page.push_str("| keys | meaning |\n|---|---|\n");
    for (keys, meaning) in rows(described) {
        let _ = writeln!(page, "| {keys} | {meaning} |");
    }
    if !described.inert.is_empty() {
        let keys: Vec<String> = described.inert.iter().map(code).collect();
        let _ = write!(page, "\n## What is ignored\n\n{}\n", keys.join(", "));
    }
    if !described.closed.is_empty() {
        let keys: Vec<String> = described.closed.iter().map(code).collect();
        let _ = write!(page, "\nOther keys of {} are remarked.\n", keys.join(", "));
    }
    for example in examples {
        let verdict = if example.is_bad { "Bad" } else { "Good" };
        let note = if example.note.is_empty() { String::new() } else { format!(": {}", example.note) };
        let found = match example.rules.as_slice() {
            [] => String::new(),
            rules => format!("\n\nFound: {}.", rules.join(", ")),
        };
        let config = example.config.trim_end();
        let _ = write!(page, "\n## {verdict}{note}\n\n```\n{config}\n```{found}\n");
    }
    page
}

/// What each setting says, in the order of the file.
fn rows(described: &Described) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let account = &described.account;
    if !account.each.is_empty() {
        rows.push((codes(&account.each), "one account for each entry".to_owned()));
    }
    of_table(&account.said, "the account's", &mut rows);
    if !account.secrets.is_empty() {
        rows.push((codes(&account.secrets), "secrets that may stand in the file".to_owned()));
    }
    if let Some(Template::Reference(reference)) = &account.instance {
        rows.push((codes(&reference.ways), "files that say the same here are of one account".to_owned()));
    }
    of_table(&described.common, "the account's", &mut rows);
    for automation in &described.automations {
        of_automation(automation, &mut rows);
    }
    rows
}

fn of_automation(automation: &Automation, rows: &mut Vec<(String, String)>) {
    let name = automation.said.entries.iter().find(|(word, ..)| word == "id");
    let name = match name.map(|(.., value)| value) {
        Some(Template::Text(text, _)) => format!("`{text}`"),
        _ => "an automation".to_owned(),
    };
    let on = shape(&automation.said, "on");
    let deed = shape(&automation.said, "do");
    let says = format!("{name}: on {on}, {deed}");
    if automation.each.is_empty() {
        let at: Vec<&Way> = automation.at.iter().collect();
        let asked = automation.said.conditions.iter().filter(|condition| !condition.negated);
        let ways: Vec<&Way> = at.into_iter().chain(asked.flat_map(|condition| &condition.any)).collect();
        let keys: Vec<String> = ways.into_iter().map(code).collect();
        rows.push((if keys.is_empty() { "(always)".to_owned() } else { keys.join(", ") }, says));
    } else {
        rows.push((format!("each of {}", codes(&automation.each)), says));
    }
    of_table(&automation.said, "its", rows);
}

/// The words right below `on` or `do`.
fn shape(said: &Table, word: &str) -> String {
    let Some((.., value)) = said.entries.iter().find(|(known, ..)| known == word) else {
        return String::new();
    };
    let mut words = Vec::new();
    heads(value, &mut words);
    let mut told = Vec::new();
    for word in words {
        if !told.contains(&word) {
            told.push(word);
        }
    }
    told.join(" and ")
}

fn heads(value: &Template, words: &mut Vec<String>) {
    match value {
        Template::Text(text, _) => words.push(format!("`{text}`")),
        Template::List(items, _) => items.iter().for_each(|item| heads(item, words)),
        Template::Reference(reference) => {
            words.extend(reference.words.iter().filter_map(|(_, word)| match word {
                Template::Text(text, _) => Some(format!("`{text}`")),
                _ => None,
            }));
        }
        Template::Table(table) => {
            for (word, _, value) in &table.entries {
                match word.as_str() {
                    "verb" | "event" => heads(value, words),
                    word if crate::model::Verb::parse(word).is_some()
                        || crate::model::Event::parse(word).is_some() =>
                    {
                        words.push(format!("`{word}`"));
                    }
                    _ => {}
                }
            }
        }
        Template::Each(each) => heads(&each.template, words),
        Template::Plain(..) => {}
    }
}

/// One row for each reference in a table.
fn of_table(table: &Table, of: &str, rows: &mut Vec<(String, String)>) {
    for (word, _, value) in &table.entries {
        of_value(value, of, word, rows);
    }
}

fn of_value(value: &Template, of: &str, word: &str, rows: &mut Vec<(String, String)>) {
    match value {
        Template::Text(..) | Template::Plain(..) => {}
        Template::List(items, _) => items.iter().for_each(|item| of_value(item, of, word, rows)),
        Template::Table(table) => {
            for (inner, _, value) in &table.entries {
                let is_wiring = matches!(word, "on" | "do" | "if" | "limits" | "facts" | "switches");
                let word = if is_wiring { inner.clone() } else { format!("{word}, {inner}") };
                of_value(value, of, &word, rows);
            }
        }
        Template::Each(each) => {
            let mut inner = Vec::new();
            of_value(&each.template, of, word, &mut inner);
            let each = codes(&each.ways);
            rows.extend(
                inner.into_iter().map(|(keys, meaning)| (format!("{keys} of each of {each}"), meaning)),
            );
        }
        // What holds under conditions of its own, and what else holds.
        Template::Reference(reference)
            if reference.value.as_ref().is_some_and(|value| plain(value).is_none()) =>
        {
            let alternatives = reference.value.iter().chain(&reference.default);
            alternatives.for_each(|value| of_value(value, of, word, rows));
        }
        Template::Reference(reference) => {
            rows.push((keys_of(reference), meaning(reference, of, word)));
            let otherwise = reference.default.iter().filter(|value| plain(value).is_none());
            otherwise.for_each(|value| of_value(value, of, word, rows));
        }
    }
}

fn keys_of(reference: &Reference) -> String {
    let asked = reference.conditions.iter().flat_map(|condition| &condition.any);
    let ways: Vec<&Way> =
        if reference.ways.is_empty() { asked.collect() } else { reference.ways.iter().collect() };
    ways.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

fn meaning(reference: &Reference, of: &str, word: &str) -> String {
    let mut said = format!("{of} `{word}`");
    if let Some(unit) = &reference.unit {
        let _ = write!(said, ", in {unit}");
    }
    if let Some(value) = reference.value.as_ref().and_then(plain) {
        let _ = write!(said, ": `{value}`");
    }
    let words: Vec<String> = reference
        .words
        .iter()
        .filter_map(|(word, meaning)| {
            Some(format!("`{word}` is `{}`", plain(meaning).filter(|text| !text.is_empty())?))
        })
        .collect();
    if !words.is_empty() {
        let _ = write!(said, ": {}", words.join(", "));
    }
    if let Some(default) = reference.default.as_ref().and_then(plain) {
        let _ = write!(said, "; `{default}` where nothing is said");
    }
    said
}

fn plain(template: &Template) -> Option<&str> {
    match template {
        Template::Text(text, _) | Template::Plain(text, _) => Some(text),
        _ => None,
    }
}

fn codes(ways: &[Way]) -> String {
    ways.iter().map(code).collect::<Vec<_>>().join(", ")
}

/// A way, as it stands in a cell.
fn code(way: &Way) -> String {
    format!("`{}`", way.text.replace('|', "\\|").replace('`', "'"))
}

/// A title as the beginning of a sentence.
fn sentence(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}:", letters.as_str())
}
