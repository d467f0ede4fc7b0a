//! The drawing as a mermaid flowchart. Everything that mermaid could take for more than text is written as a
//! number.

use std::io::{self, Write};

use super::drawing::{Arrow, Cycle, Drawing};

const CLASSES: &str = "  classDef danger fill:#fdecea,stroke:#b3261e,stroke-width:3px,color:#1b1f24
  classDef source fill:#eaf2fb,stroke:#0b4a8f,color:#0b4a8f
";

/// Writes the flowchart.
pub(super) fn write(drawing: &Drawing, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    writeln!(out, "  accTitle: effect graph")?;
    writeln!(out, "  accDescr: {}", drawing.summary())?;
    for (account, name, cards) in drawing.groups().filter(|(_, _, cards)| !cards.is_empty()) {
        writeln!(out, "  subgraph g{account}[\"{}\"]", text(name))?;
        for number in cards {
            writeln!(out, "    a{number}[\"{}\"]", card(drawing, number))?;
        }
        writeln!(out, "  end")?;
    }
    let mut links = Vec::new();
    for (number, source) in drawing.sources.iter().enumerate() {
        writeln!(out, "  s{number}([\"{}\"]):::source", text(&source.says))?;
        for target in &source.targets {
            writeln!(out, "  s{number} --> a{target}")?;
            links.push(None);
        }
    }
    for arrow in &drawing.arrows {
        let dangerous = drawing.is_dangerous(arrow);
        let line = if dangerous {
            "==>"
        } else if arrow.is_live() {
            "-->"
        } else {
            "-.->"
        };
        writeln!(out, "  a{} {line}|\"{}\"| a{}", arrow.from, label(arrow), arrow.to)?;
        links.push(style(arrow, dangerous));
    }
    out.write_all(CLASSES.as_bytes())?;
    let endangered: Vec<String> = (0..drawing.cards.len())
        .filter(|number| drawing.danger(*number).is_some())
        .map(|number| format!("a{number}"))
        .collect();
    if !endangered.is_empty() {
        writeln!(out, "  class {} danger", endangered.join(","))?;
    }
    for (number, style) in links.iter().enumerate() {
        if let Some(style) = style {
            writeln!(out, "  linkStyle {number} {style}")?;
        }
    }
    Ok(())
}

const fn style(arrow: &Arrow, dangerous: bool) -> Option<&'static str> {
    if dangerous {
        Some("stroke:#b3261e,stroke-width:4px")
    } else if arrow.is_live() {
        None
    } else {
        Some("stroke:#767d86")
    }
}

fn card(drawing: &Drawing, number: usize) -> String {
    let Some(card) = drawing.cards.get(number) else { return String::new() };
    let warning = drawing.danger(number).map(Cycle::words);
    let lines = std::iter::once(&card.title).chain(&card.deeds).chain(&warning);
    lines.map(|line| text(line)).collect::<Vec<_>>().join("<br/>")
}

fn label(arrow: &Arrow) -> String {
    arrow.words().iter().map(|line| text(line)).collect::<Vec<_>>().join("<br/>")
}

/// Text that is nothing but text: punctuation as numbers, and at the beginning also what would open a list.
fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (place, character) in text.chars().enumerate() {
        let harmless = !character.is_ascii_punctuation() || " .,:@_-/()'".contains(character);
        let opens_a_list = place == 0 && (character.is_ascii_digit() || character == '-');
        if harmless && !opens_a_list {
            safe.push(character);
        } else {
            safe.push_str(&format!("#{};", u32::from(character)));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (given, written) in [
            ("@grow: back", "@grow: back"),
            ("a\"] --> b", "a#34;#93; --#62; b"),
            ("`md` #1;", "#96;md#96; #35;1#59;"),
            ("1. first", "#49;. first"),
            ("<script>%%", "#60;script#62;#37;#37;"),
        ] {
            assert_eq!(text(given), written);
        }
    }
}
