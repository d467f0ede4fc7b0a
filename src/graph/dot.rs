//! The drawing for Graphviz.

use std::io::{self, Write};

use super::drawing::{Cycle, Drawing};

const HEAD: &str = "\
digraph effects {
  rankdir=LR
  node [shape=box style=\"rounded,filled\" fillcolor=\"#f6f8fa\" color=\"#767d86\" fontname=\"sans-serif\"]
  edge [color=\"#57606a\" fontname=\"sans-serif\" fontsize=11]
";

/// Writes the graph.
pub(super) fn write(drawing: &Drawing, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    writeln!(out, "  label={}", quoted(&[drawing.summary()]))?;
    for (account, name, cards) in drawing.groups().filter(|(_, _, cards)| !cards.is_empty()) {
        writeln!(out, "  subgraph cluster_{account} {{")?;
        writeln!(out, "    label={}", quoted(&[name]))?;
        for number in cards {
            write_card(drawing, number, out)?;
        }
        writeln!(out, "  }}")?;
    }
    for (number, source) in drawing.sources.iter().enumerate() {
        let look = "shape=box style=\"rounded,filled\" fillcolor=\"#eaf2fb\" color=\"#0b4a8f\" fontsize=11";
        writeln!(out, "  s{number} [label={} {look}]", quoted(&[&source.says]))?;
        for target in &source.targets {
            writeln!(out, "  s{number} -> a{target} [color=\"#0b4a8f\"]")?;
        }
    }
    for arrow in &drawing.arrows {
        let look = if drawing.is_dangerous(arrow) {
            " color=\"#b3261e\" fontcolor=\"#b3261e\" penwidth=3"
        } else if arrow.is_live() {
            ""
        } else {
            " style=dashed color=\"#767d86\" fontcolor=\"#656d76\""
        };
        writeln!(out, "  a{} -> a{} [label={}{look}]", arrow.from, arrow.to, quoted(&arrow.words()))?;
    }
    writeln!(out, "}}")
}

fn write_card(drawing: &Drawing, number: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(card) = drawing.cards.get(number) else { return Ok(()) };
    let danger = drawing.danger(number).map(Cycle::words);
    let look = if danger.is_some() { " fillcolor=\"#fdecea\" color=\"#b3261e\" penwidth=3" } else { "" };
    let lines: Vec<&String> = std::iter::once(&card.title).chain(&card.deeds).chain(&danger).collect();
    writeln!(out, "    a{number} [label={}{look}]", quoted(&lines))
}

/// A quoted string of these lines. Graphviz reads backslashes and character references in labels.
fn quoted<T: AsRef<str>>(lines: &[T]) -> String {
    let safe = |line: &T| line.as_ref().replace('\\', "\\\\").replace('&', "&amp;").replace('"', "\\\"");
    format!("\"{}\"", lines.iter().map(safe).collect::<Vec<_>>().join("\\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_where_it_should() {
        assert_eq!(quoted(&[r#"a" -> b ["#, r"\N\"]), r#""a\" -> b [\n\\N\\""#);
        assert_eq!(quoted(&["&quot;"]), "\"&amp;quot;\"");
    }
}
