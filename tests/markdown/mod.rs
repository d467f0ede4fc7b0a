//! Rules as Markdown pages: one page for each rule, one list for each family and one of all.

#![allow(clippy::expect_used, reason = "a page that cannot be made fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write;

use botiquette::rules::{Example, Page, Rule, Rulebook, page};

/// The command that writes the pages anew.
pub(crate) const RENEW: &str = "UPDATE_DOCS=1 cargo test --test all rule_pages";

/// All pages by their paths below `docs/rules/`.
pub(crate) fn pages(rulebook: &Rulebook) -> BTreeMap<String, String> {
    let mut families: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    let mut pages = BTreeMap::new();
    for rule in rulebook.rules() {
        families.entry(&rule.family).or_default().push(rule);
        let page = page(&rule.name).expect("a built-in rule").expect("a sound file");
        pages.insert(format!("{}/{}.md", rule.family, rule.name), rule_page(rulebook, rule, &page));
    }
    for (family, rules) in &families {
        pages.insert(format!("{family}/README.md"), family_page(family, rules));
    }
    pages.insert("README.md".to_owned(), overview(rulebook, &families));
    pages
}

fn overview(rulebook: &Rulebook, families: &BTreeMap<&str, Vec<&Rule>>) -> String {
    let mut out = String::from("# Rules\n");
    made_from("rules/", &mut out);
    let (rules, families_count) = (rulebook.rules().len(), families.len());
    line(
        &format!(
            "{rules} rules in {families_count} families. `botiquette explain RULE` shows the same pages."
        ),
        &mut out,
    );
    line("", &mut out);
    line(
        "An error harms or coerces somebody by design; a warning is usually unwelcome; info is hygiene.",
        &mut out,
    );
    for (family, rules) in families {
        line(
            &format!(
                "\n## [{family}]({family}/README.md)\n\n| rule | severity | what it finds |\n|---|---|---|"
            ),
            &mut out,
        );
        for rule in rules {
            row(rule, &format!("{family}/"), &rule.title, &mut out);
        }
    }
    out
}

fn family_page(family: &str, rules: &[&Rule]) -> String {
    let mut out = format!("# Rules: {family}\n");
    made_from(&format!("rules/{family}/"), &mut out);
    line("[All families](../README.md)\n\n| rule | severity | what it finds |\n|---|---|---|", &mut out);
    for rule in rules {
        row(rule, "", &rule.what, &mut out);
    }
    out
}

fn row(rule: &Rule, folder: &str, text: &str, out: &mut String) {
    let text = prose(text).replace('|', "\\|");
    line(&format!("| [{0}]({folder}{0}.md) | {1} | {text} |", rule.name, rule.severity), out);
}

fn rule_page(rulebook: &Rulebook, rule: &Rule, page: &Page) -> String {
    let mut out = format!("# {}\n", rule.name);
    let file = format!("rules/{}/{}.toml", rule.family, rule.name);
    made_from(&file, &mut out);
    line(&format!("**{}**\n", prose(&rule.title)), &mut out);
    let (severity, confidence, since) = (rule.severity, rule.confidence, &rule.since);
    line(
        &format!(
            "{severity} · {confidence} confidence · family [{}](README.md) · since {since} · [rule file](../../../{file})",
            rule.family
        ),
        &mut out,
    );
    for (heading, text) in [("What", &rule.what), ("Why", &rule.why), ("Instead", &rule.instead)] {
        line(&format!("\n## {heading}\n\n{}", prose(text)), &mut out);
    }
    let changes = format!("{} as a rule; the last of these that holds wins:", capital(&severity.to_string()));
    list("Severity changes", &changes, page.adjustments.iter().map(|text| prose(text)), &mut out);
    let tried = "`botiquette lint --fix` makes the safe ones, with `--unsafe-fixes` the others, too; the first that works is taken:";
    list("Fixes", tried, page.fixes.iter().map(|text| prose(text)), &mut out);
    list("Thresholds", "", page.thresholds.iter().map(|text| prose(text)), &mut out);
    let link =
        |other: &Rule| format!("[{0}](../{1}/{0}.md): {2}", other.name, other.family, prose(&other.title));
    let covers = rule.subsumes.iter().filter_map(|name| rulebook.rule(name)).map(link);
    let why = "A finding of these about the same thing becomes a note of this one:";
    list("Covers", why, covers, &mut out);
    list("Covered by", "", rulebook.covering(&rule.name).map(link), &mut out);
    list("Known false positives", "", page.false_positives.iter().map(|text| prose(text)), &mut out);
    examples(&page.examples, &mut out);
    list("Sources", "", page.sources.iter().map(|text| source(text)), &mut out);
    out
}

fn examples(examples: &[Example], out: &mut String) {
    if !examples.is_empty() {
        line("\n## Examples", out);
    }
    for example in examples {
        let verdict = if example.is_bad { "Bad" } else { "Good" };
        let severity = example.severity.as_ref().map(|severity| format!(" ({severity})")).unwrap_or_default();
        let note =
            if example.note.is_empty() { String::new() } else { format!(": {}", prose(&example.note)) };
        line(&format!("\n{verdict}{severity}{note}\n\n```yaml\n{}\n```", example.config.trim_end()), out);
    }
}

/// A heading, a sentence and a list; nothing where there are no items.
fn list(heading: &str, intro: &str, items: impl Iterator<Item = String>, out: &mut String) {
    let items: Vec<String> = items.map(|item| format!("* {item}")).collect();
    if items.is_empty() {
        return;
    }
    line(&format!("\n## {heading}\n"), out);
    if !intro.is_empty() {
        line(&format!("{intro}\n"), out);
    }
    line(&items.join("\n"), out);
}

/// Says to whoever wants to edit the page where its text comes from.
fn made_from(path: &str, out: &mut String) {
    line(&format!("\n<!-- Made from {path}: edit there, then run {RENEW} -->\n"), out);
}

/// `name: address` as a link.
fn source(text: &str) -> String {
    match text.rsplit_once(": ") {
        Some((name, address)) if address.starts_with("https://") => format!("[{}]({address})", prose(name)),
        _ => prose(text),
    }
}

/// Text of a rule file as Markdown: only what stands between backticks keeps its meaning.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(number, part)| {
        let mut escaped = String::new();
        for character in part.chars() {
            if number % 2 == 0 && matches!(character, '\\' | '*' | '_' | '<' | '[' | ']') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
        escaped
    });
    parts.collect::<Vec<_>>().join("`")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn line(text: &str, out: &mut String) {
    writeln!(out, "{text}").expect("memory does not fail");
}
