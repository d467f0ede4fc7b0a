//! One line per finding: `path:line:column: severity[rule] title (main label)`.

use std::io::{self, Write};

use super::{Style, location, statistics, text};
use crate::diagnostic::{Finding, Report};
use crate::source::Sources;

pub(super) fn write(
    report: &Report,
    sources: &Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    if style.statistics {
        return statistics::write(report, out);
    }
    for finding in report.live() {
        let place = location(finding.primary.place, sources);
        writeln!(out, "{place}: {}", headline(finding))?;
    }
    Ok(())
}

fn headline(finding: &Finding) -> String {
    let (severity, rule, title) = (finding.severity, &finding.rule, text::one_line(&finding.title));
    let label = text::one_line(&finding.primary.text);
    let rule = text::escape(rule);
    if says_nothing_new(&label, &title) {
        format!("{severity}[{rule}] {title}")
    } else {
        format!("{severity}[{rule}] {title} ({label})")
    }
}

/// Whether all words of a label stand in the title already, or it only points.
fn says_nothing_new(label: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (label, title) = (words(label), words(title));
    label.iter().all(|word| title.contains(word)) || label == ["here"]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_more_than_the_title() {
        for (label, title, nothing) in [
            ("a giveaway", "announces a giveaway", true),
            ("here", "the key `a` is not known", true),
            ("", "x", true),
            ("50 a day", "follows too many: 50 a day", true),
            ("follows whoever follows", "follows back every follower, unread", false),
        ] {
            assert_eq!(says_nothing_new(label, title), nothing, "{label}");
        }
    }
}
