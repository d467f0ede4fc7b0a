//! Pictures of the effect graph: every folder of `graph/` in each format, names that try to break out, and
//! pictures that are cut to size.

#![expect(clippy::unwrap_used, reason = "a picture that cannot be drawn fails the test")]

use std::fmt::Write as _;
use std::path::PathBuf;

use botiquette::analysis::Study;
use botiquette::graph::{self, Drawing, Format};
use botiquette::model::World;
use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};

const FORMATS: &[(Format, &str)] =
    &[(Format::Mermaid, "mermaid"), (Format::Dot, "dot"), (Format::Json, "json"), (Format::Svg, "svg")];

fn draw(inputs: Vec<Input>) -> Drawing {
    let rulebook = Rulebook::built_in().unwrap();
    let outcome = lint(&Request { inputs, dialect: None, rulebook: &rulebook });
    let world = World::new(&outcome.model);
    Drawing::new(&Study::new(&world, rulebook.thresholds(), rulebook.assumptions()))
}

fn draw_text(text: &str) -> Drawing {
    draw(vec![Input::Stdin { name: "bot.yaml".into(), bytes: text.as_bytes().to_vec() }])
}

fn written(drawing: &Drawing, format: Format) -> String {
    let mut out = Vec::new();
    graph::write(drawing, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn folder() -> PathBuf {
    crate::root().join("tests/graph")
}

#[test]
fn pictures_are_as_they_were() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for case in ["ratchet", "mirrors", "decent"] {
        let drawing = draw(crate::inputs_at(folder().join(case)));
        for (format, name) in FORMATS {
            let written = written(&drawing, *format);
            settings.bind(|| insta::assert_snapshot!(format!("{case}-{name}"), written));
        }
    }
}

#[test]
fn the_ratchet_is_one_ring_that_never_ends() {
    let drawing = draw(crate::inputs_at(folder().join("ratchet")));
    let [cycle] = drawing.cycles.as_slice() else { panic!("{:?}", drawing.cycles) };
    assert_eq!(cycle.words(), "follow-ratchet: never ends (error)");
    assert_eq!(cycle.members.len(), 2);
    assert!(drawing.arrows.iter().all(|arrow| drawing.is_dangerous(arrow)));
}

#[test]
fn a_decent_bot_has_only_arrows_that_a_brake_stops() {
    let drawing = draw(crate::inputs_at(folder().join("decent")));
    assert!(!drawing.arrows.is_empty());
    assert!(drawing.arrows.iter().all(|arrow| !arrow.is_live()));
    assert!(written(&drawing, Format::Svg).contains("stopped by"));
}

/// Names that mean something to a format.
const HOSTILE: &[&str] = &[
    r#"a"]; b --> c["#,
    "</text></svg><script>alert(1)</script>",
    "]]> --> <!-- &quot; &#x41;",
    r"back\slash\n \",
    "`md` **bold** [link](javascript:alert(1))",
    "1. end",
    "%%{init: {}}%%",
    "line\nbreak\r\nand\ttab",
    "bell\u{7} escape\u{1b}[31m null-like\u{0}",
    "right\u{202e}left zero\u{200b}width \u{ffff}",
    "click a0 href \"x\"",
    "🤖フォローバック長い名前長い名前長い名前長い名前",
];

fn hostile(name: &str) -> Drawing {
    // YAML allows this character only when it is written out.
    let quoted = serde_json::to_string(name).unwrap().replace('\u{ffff}', "\\uffff");
    draw_text(&format!(
        "account: {{ handle: {quoted}, platform: twitter }}\nautomations:\n  - {{ id: {quoted}, on: mention, do: {{ reply: hi }} }}\n"
    ))
}

#[test]
fn hostile_names_stay_text_in_svg() {
    for name in HOSTILE {
        let drawing = hostile(name);
        assert_eq!(drawing.cards.len(), 1, "{name:?}");
        let svg = written(&drawing, Format::Svg);
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        let known = ["svg", "title", "desc", "style", "rect", "g", "path", "text"];
        for element in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(known.contains(&element.tag_name().name()), "{name:?}: {element:?}");
            assert!(element.attributes().all(|attribute| !attribute.name().starts_with("on")), "{name:?}");
        }
        assert!(!svg.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{name:?}");
    }
}

#[test]
fn hostile_names_stay_text_in_mermaid_and_dot() {
    let plain = hostile("plain");
    for name in HOSTILE {
        let drawing = hostile(name);
        for format in [Format::Mermaid, Format::Dot] {
            let (written, usual) = (written(&drawing, format), written(&plain, format));
            assert_eq!(written.lines().count(), usual.lines().count(), "{name:?}: {written}");
            for (line, usual) in written.lines().zip(usual.lines()) {
                // What stands outside of quoted strings is the same whatever the name is.
                assert_eq!(outside_strings(line), outside_strings(usual), "{name:?}: {line}");
            }
        }
    }
}

/// A line without its quoted strings; a backslash keeps a quote from ending one.
fn outside_strings(line: &str) -> String {
    let (mut outside, mut inside, mut escaped) = (String::new(), false, false);
    for character in line.chars() {
        match character {
            '"' if !escaped => inside = !inside,
            character if !inside => outside.push(character),
            _ => {}
        }
        escaped = inside && character == '\\' && !escaped;
    }
    assert!(!inside, "a string has no end: {line}");
    outside
}

#[test]
fn a_large_picture_is_cut_to_its_cycles() {
    let mut text = String::from("account: { handle: \"@grow\", platform: twitter }\nautomations:\n");
    for number in 0..250 {
        let _ = writeln!(
            text,
            "  - {{ id: feed-{number}, on: {{ feed-item: f }}, do: {{ post: \"{{title}}\" }} }}"
        );
    }
    text.push_str("  - { id: back, on: followed, do: follow }\n");
    text.push_str(
        "  - { id: crawl, on: { schedule: hourly }, do: { follow: { followers-of: own-followers } } }\n",
    );
    let drawing = draw_text(&text);
    assert_eq!(drawing.cards.len() + drawing.left_out, 252);
    assert!(drawing.cards.len() <= 200);
    let titles: Vec<&str> = drawing.cards.iter().map(|card| card.title.as_str()).collect();
    assert!(titles.contains(&"back") && titles.contains(&"crawl"), "{titles:?}");
    assert!(written(&drawing, Format::Svg).contains("left out"));
}

#[test]
fn three_that_do_the_same_are_one_card_of_a_picture_and_three_for_machines() {
    let mut text = String::from("account: { handle: \"@grow\", platform: twitter }\nautomations:\n");
    text.push_str("  - { id: back, on: followed, do: follow }\n");
    for number in 1..=3 {
        let _ = writeln!(
            text,
            "  - {{ id: crawl-{number}, on: {{ schedule: hourly }}, do: {{ follow: {{ followers-of: own-followers }} }}, if: {{ once-per-user: true }} }}"
        );
    }
    let drawing = draw_text(&text);
    assert!(written(&drawing, Format::Mermaid).contains("crawl-1 and 2 like it"));
    assert!(written(&drawing, Format::Json).contains("\"crawl-3\""));
}

#[test]
fn a_crowd_of_arrows_is_drawn_all_the_same() {
    let mut text = String::from("account: { handle: \"@many\", platform: twitter }\nautomations:\n");
    for number in 0..40 {
        let _ = writeln!(text, "  - {{ id: reply-{number}, on: mention, do: {{ reply: \"hi {number}\" }} }}");
    }
    let drawing = draw_text(&text);
    assert!(drawing.arrows.len() > 600, "{}", drawing.arrows.len());
    assert!(roxmltree::Document::parse(&written(&drawing, Format::Svg)).is_ok());
}
