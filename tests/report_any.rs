//! Whatever the text, the labels and the width: a report is written, and nothing in it is raw.

use botiquette::diagnostic::{Confidence, Finding, Label, Report, Severity};
use botiquette::report::{self, Format, Style};
use botiquette::source::{FileId, Place, SourceFile, Sources, Span};
use proptest::prelude::*;

/// What configurations are made of, and what they should not be.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z:{}|\"' -]{1,12}",
        2 => Just("\n".to_owned()),
        1 => "[\t\r\u{0}\u{1b}\u{7f}\u{9b}]",
        1 => "[é€フ🤖👍🏽\u{200d}\u{fe0f}\u{301}\u{202e}\u{feff}]",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn label() -> impl Strategy<Value = Label> {
    (0..2u32, 0..400u32, 0..400u32, "[a-z \u{1b}\n]{0,40}").prop_map(|(file, start, end, text)| Label {
        place: Place { file: FileId(file), span: Span::new(start, end) },
        text,
    })
}

/// The same cases in every run: a test must not fail on some days only. Raise the number to search for more.
fn fixed(cases: u32) -> ProptestConfig {
    let rng_seed = proptest::test_runner::RngSeed::Fixed(20_110_425);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(fixed(256))]

    #[test]
    fn any_report_is_written(
        text in text(),
        primary in label(),
        related in proptest::collection::vec(label(), 0..6),
        width in 0..130usize,
        unicode: bool,
    ) {
        let mut sources = Sources::default();
        sources.push(SourceFile::new("bot.yaml", text));
        let finding = Finding {
            rule: "some-rule".into(),
            family: "some".into(),
            title: "some title".into(),
            severity: Severity::Warning,
            confidence: Confidence::Low,
            message: String::new(),
            help: String::new(),
            primary,
            related,
            notes: Vec::new(),
            hops: Vec::new(),
            subjects: Vec::new(),
            values: Default::default(),
            suppressed: None,
            whose: String::new(),
            fix: None,
            fingerprint: String::new(),
        };
        let report = Report { findings: vec![finding], ..Report::default() };
        let style = Style { width, unicode, ..Style::default() };
        for format in [Format::Pretty, Format::Concise, Format::Json, Format::Sarif, Format::Github, Format::Gitlab, Format::Junit] {
            let mut out = Vec::new();
            report::write(format, &report, &sources, &style, &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            let raw = |character: char| {
                character.is_control() && character != '\n' || "\u{202e}\u{feff}".contains(character)
            };
            prop_assert_eq!(out.find(raw), None);
        }
    }
}
