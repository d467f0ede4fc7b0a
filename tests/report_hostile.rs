//! Every line of `tests/report/injections.txt` is put into every place of a report that shows foreign text,
//! and the report is written in every format: nothing of it may become syntax, an order or a colour.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

use std::fs;

use botiquette::diagnostic::{
    Confidence, FileOutcome, FileStatus, Finding, Label, Report, Severity, fingerprints,
};
use botiquette::report::{self, Format, Style};
use botiquette::source::{FileId, Place, SourceFile, Sources, Span};
use serde_json::Value;

fn injections() -> Vec<String> {
    let text = fs::read_to_string(crate::root().join("tests/report/injections.txt")).expect("injections");
    text.lines().filter(|line| !line.starts_with("# ")).map(unescape).collect()
}

/// `\n`, `\r`, `\t`, `\\` and `\u{…}` as in Rust.
pub(crate) fn unescape(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        match (character, rest.as_str().chars().next()) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('r')) => text.push('\r'),
            ('\\', Some('t')) => text.push('\t'),
            ('\\', Some('u')) if rest.as_str().starts_with("u{") => {
                let end = rest.as_str().find('}').expect("a closing brace");
                let code = u32::from_str_radix(&rest.as_str()[2..end], 16).expect("a number");
                text.push(char::from_u32(code).expect("a character"));
                rest = rest.as_str()[end + 1..].chars();
                continue;
            }
            ('\\', Some(other)) => text.push(other),
            (character, _) => {
                text.push(character);
                continue;
            }
        }
        rest.next();
    }
    text
}

/// A report of one finding that says `hostile` wherever it can.
fn report(hostile: &str) -> (Report, Sources) {
    let mut sources = Sources::default();
    let text = format!("{hostile}\n{hostile}: |\n  {hostile}\n");
    sources.push(SourceFile::new(format!("bots/{hostile}"), text.clone()));
    sources.push(SourceFile::new(hostile, text.clone()));
    let label = |file, start: usize, end: usize| Label {
        place: Place { file: FileId(file), span: Span::new(start as u32, end as u32) },
        text: hostile.to_owned(),
    };
    let length = hostile.len();
    let finding = Finding {
        rule: hostile.to_owned().into(),
        family: hostile.to_owned().into(),
        title: hostile.to_owned(),
        severity: Severity::Error,
        confidence: Confidence::High,
        message: hostile.to_owned(),
        help: hostile.to_owned(),
        primary: label(1, 0, length),
        related: vec![label(0, length + 1, 2 * length + 1), label(1, length + 1, text.len())],
        notes: vec![hostile.to_owned()],
        hops: vec![label(0, 0, length), label(1, 0, length)],
        subjects: Vec::new(),
        values: [(hostile.to_owned(), hostile.to_owned())].into(),
        suppressed: None,
        whose: hostile.to_owned(),
        fix: None,
        fingerprint: String::new(),
    };
    let files = [0, 1].map(|file| FileOutcome {
        file: FileId(file),
        status: FileStatus::Linted,
        dialect: Some("conduct"),
        automations: 1,
        named: true,
        because: "".into(),
        coverage: None,
    });
    let mut report = Report { files: files.into(), findings: vec![finding], ..Report::default() };
    report.problems.push(hostile.to_owned());
    report.findings[0].fingerprint = fingerprints(&report.findings, &sources).remove(0);
    (report, sources)
}

fn write(format: Format, hostile: &str) -> String {
    let (report, sources) = report(hostile);
    let mut out = Vec::new();
    let style = Style { width: 60, ..Style::default() };
    report::write(format, &report, &sources, &style, &mut out).expect("memory does not fail");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn summary(hostile: &str) -> String {
    let (report, sources) = report(hostile);
    let mut out = Vec::new();
    report::write_summary(&report, &sources, &mut out).expect("memory does not fail");
    String::from_utf8(out).expect("summaries are UTF-8")
}

/// What could move a cursor, colour a line, turn text around or be there unseen.
fn is_raw(character: char) -> bool {
    character.is_control() && character != '\n'
        || "\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{feff}".contains(character)
        || ('\u{202a}'..='\u{202e}').contains(&character)
        || ('\u{2066}'..='\u{2069}').contains(&character)
}

#[test]
fn nothing_raw_and_no_orders_in_any_format() {
    for hostile in injections() {
        let mut written: Vec<(String, String)> =
            Format::ALL.iter().map(|format| (format!("{format:?}"), write(*format, &hostile))).collect();
        written.push(("summary".to_owned(), summary(&hostile)));
        for (format, text) in written {
            assert_eq!(text.find(is_raw), None, "{format}: {hostile:?}\n{text}");
            for order in ["##[", "##vso[", "##teamcity["] {
                assert!(!text.contains(order), "{format}: {hostile:?}\n{text}");
            }
            let orders = text.lines().filter(|line| line.trim_start().starts_with("::")).count();
            assert_eq!(orders, usize::from(format == "Github"), "{format}: {hostile:?}\n{text}");
        }
    }
}

#[test]
fn github_reads_back_one_annotation_at_its_place() {
    for hostile in injections() {
        let text = write(Format::Github, &hostile);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1..], ["1 error in 2 files"], "{text}");
        // As the runner takes a command apart.
        let (command, message) = lines[0].trim_start_matches("::").split_once("::").expect("two parts");
        let (command, properties) = command.split_once(' ').expect("a command and its properties");
        assert_eq!(command, "error", "{text}");
        assert!(!message.trim().is_empty(), "{text}");
        let names: Vec<&str> =
            properties.split(',').map(|property| property.split('=').next().unwrap_or("")).collect();
        let allowed = ["file", "line", "endLine", "col", "endColumn", "title"];
        assert!(names.iter().all(|name| allowed.contains(name)), "{text}");
        assert_eq!(names.iter().filter(|name| **name == "line").count(), 1, "{text}");
        assert!(properties.contains(",line=1,"), "{text}");
    }
}

#[test]
fn json_keeps_its_shape() {
    for hostile in injections() {
        let json = |format| -> Value { serde_json::from_str(&write(format, &hostile)).expect("JSON") };
        let plain = json(Format::Json);
        assert_eq!(plain["findings"][0]["title"], hostile.as_str());
        assert_eq!(plain["findings"].as_array().map(Vec::len), Some(1));
        let gitlab = json(Format::Gitlab);
        assert_eq!(gitlab.as_array().map(Vec::len), Some(1));
        let sarif = json(Format::Sarif);
        let result = &sarif["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], hostile.as_str());
        let uri =
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("URI");
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~/%:".contains(c);
        assert!(uri.chars().all(allowed), "{uri}");
        // Only the links that are ours: to the two related places.
        let text = result["message"]["text"].as_str().expect("text");
        let links = text.replace("\\\\", "").replace("\\]", "").matches("](").count();
        assert_eq!(links, 2, "{text}");
    }
}

#[test]
fn junit_keeps_its_shape() {
    use quick_xml::events::Event;
    for hostile in injections() {
        let text = write(Format::Junit, &hostile);
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut elements = Vec::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
                Event::Start(tag) | Event::Empty(tag) => {
                    tag.attributes().for_each(|attribute| drop(attribute.expect("attribute")));
                    elements.push(tag.name().as_ref().to_owned());
                }
                Event::Comment(_) | Event::CData(_) | Event::PI(_) => panic!("{text}"),
                Event::Eof => break,
                _ => {}
            }
        }
        let expected = [
            "testsuites",
            "testsuite",
            "testcase",
            "testsuite",
            "testcase",
            "failure",
            "testsuite",
            "testcase",
            "error",
        ];
        assert_eq!(elements, expected, "{text}");
        assert!(!text.contains(['\u{fffe}', '\u{ffff}']), "{text}");
    }
}

#[test]
fn the_summary_has_one_row_and_no_markup_of_strangers() {
    for hostile in injections() {
        let text = summary(&hostile);
        assert_eq!(text.lines().filter(|line| line.starts_with('|')).count(), 3, "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with('#')).count(), 1, "{text}");
        let row = text.lines().filter(|line| line.starts_with('|')).nth(2).expect("a row");
        assert_eq!(row.matches('|').count(), 5, "{row}");
        let ours = ["<code>", "</code>", "<br>", "<sub>", "</sub>"];
        let rest = ours.iter().fold(text.clone(), |text, tag| text.replace(tag, ""));
        assert!(!rest.contains(['<', '>', '`', '~']), "{rest}");
        assert!(!rest.contains("](") && !rest.contains("://") && !rest.contains("www."), "{rest}");
        assert!(!rest.contains('@'), "{rest}");
    }
}
