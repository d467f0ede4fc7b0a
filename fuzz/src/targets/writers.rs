//! Writers: what is written is read by the reader it is for, and holds no character that gives orders to a terminal.

use std::path::Path;

use botiquette::diagnostic::Baseline;
use botiquette::dialect::{self, conduct};
use botiquette::graph;
use botiquette::report::{self, Format, Style};
use botiquette::{Input, Outcome, Request, lint};

use super::Case;
use super::lint::{draw, lint_case, rulebook};

const PICTURES: [graph::Format; 4] =
    [graph::Format::Mermaid, graph::Format::Dot, graph::Format::Svg, graph::Format::Json];

pub(super) fn run(case: &Case) {
    let outcome = lint_case(case);
    let lengths = case.files.iter().map(|(_, text)| text.len()).sum::<usize>();
    let style = Style { width: lengths % 130, unicode: lengths % 2 == 0, ..Style::default() };
    for format in Format::ALL.iter().copied() {
        reports(format, &outcome, &style);
    }
    let mut summary = Vec::new();
    let written = report::write_summary(&outcome.report, &outcome.sources, &mut summary);
    plain("summary", &text(written, summary));
    pictures(&outcome);
    conduct_file(&outcome);
    baseline(&outcome);
}

fn reports(format: Format, outcome: &Outcome, style: &Style) {
    let mut out = Vec::new();
    let written = report::write(format, &outcome.report, &outcome.sources, style, &mut out);
    let out = text(written, out);
    plain(&format!("{format:?}"), &out);
    match format {
        Format::Json | Format::Sarif | Format::Gitlab => json(&out),
        Format::Junit => xml(&out),
        Format::Github => commands(&out, outcome),
        Format::Concise => {
            let live = outcome.report.live().count();
            assert!(out.lines().count() <= live + 1, "more lines than findings:\n{out}");
        }
        Format::Pretty => {}
    }
}

/// Orders to the build server are those that we give.
fn commands(out: &str, outcome: &Outcome) {
    let live = outcome.report.live().count();
    let orders: Vec<&str> = out.lines().filter(|line| line.trim_start().starts_with("::")).collect();
    let ours = |line: &&str| {
        ["::error file=", "::warning file=", "::notice file="].iter().any(|start| line.starts_with(start))
    };
    assert!(orders.iter().all(ours) && orders.len() <= live, "an order of a stranger:\n{out}");
}

fn pictures(outcome: &Outcome) {
    let drawing = draw(outcome);
    for format in PICTURES {
        let mut out = Vec::new();
        let written = graph::write(&drawing, format, &mut out);
        let out = text(written, out);
        match format {
            graph::Format::Json => json(&out),
            graph::Format::Svg => xml(&out),
            graph::Format::Mermaid | graph::Format::Dot => {}
        }
    }
}

/// What was understood, as a conduct file, is one without mistakes.
fn conduct_file(outcome: &Outcome) {
    let written = conduct::write(&outcome.model).unwrap_or_else(|error| panic!("no conduct file: {error}"));
    let inputs = vec![Input::Stdin { name: "written.yaml".to_owned(), bytes: written.clone().into_bytes() }];
    let read = lint(&Request { inputs, dialect: dialect::find("conduct"), rulebook: rulebook() });
    let about_text = ["malformed-config", "syntax-error", "duplicate-key", "unknown-key"];
    let mistakes: Vec<&str> = read
        .report
        .findings
        .iter()
        .filter(|finding| about_text.contains(&finding.rule.as_ref()))
        .map(|finding| finding.title.as_str())
        .collect();
    assert!(mistakes.is_empty(), "a conduct file with mistakes: {mistakes:?}\n{written}");
    assert_eq!(
        read.model.automations.len(),
        outcome.model.automations.len(),
        "automations got lost:\n{written}"
    );
}

/// A baseline that was written silences all that was found.
fn baseline(outcome: &Outcome) {
    let path = Path::new("baseline.json");
    let text = Baseline::of(&outcome.report, &outcome.sources, path).text();
    let read = Baseline::parse(path, &text)
        .unwrap_or_else(|error| panic!("a baseline that cannot be read: {error}"));
    let mut report = outcome.report.clone();
    read.silence(&mut report, &outcome.sources);
    assert_eq!(report.live().count(), 0, "found again in spite of the baseline");
}

fn text(written: std::io::Result<()>, out: Vec<u8>) -> String {
    written.unwrap_or_else(|error| panic!("cannot be written: {error}"));
    String::from_utf8(out).unwrap_or_else(|error| panic!("is no text: {error}"))
}

fn json(out: &str) {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(out) {
        panic!("is no JSON: {error}\n{out}");
    }
}

fn xml(out: &str) {
    if let Err(error) = roxmltree::Document::parse(out) {
        panic!("is no XML: {error}\n{out}");
    }
}

/// No control characters, and none that turn the direction of a text.
fn plain(what: &str, out: &str) {
    let raw = |character: char| {
        character.is_control() && character != '\n'
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    assert_eq!(out.find(raw), None, "{what} holds a raw control: {out:?}");
}
