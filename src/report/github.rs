//! GitHub's workflow commands: each finding is an annotation at its line, the worst first, as many as GitHub
//! shows; one last line counts all.

use std::io::{self, Write};

use super::{counts, repository, text, worst_first};
use crate::diagnostic::{Finding, Report, Severity};
use crate::source::Sources;

/// GitHub shows this many annotations of each kind and step, and drops the rest without a word.
const MOST_OF_A_KIND: usize = 10;

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let findings = worst_first(report);
    let mut left_out = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let kind: Vec<&&Finding> = findings.iter().filter(|finding| finding.severity == severity).collect();
        for finding in kind.iter().take(MOST_OF_A_KIND) {
            writeln!(out, "{}", annotation(finding, report, sources))?;
        }
        if let Some(more) = kind.len().checked_sub(MOST_OF_A_KIND).filter(|more| *more > 0) {
            left_out.push(text::counted(more, &severity.to_string()));
        }
    }
    let (found, read) = counts(report);
    let left_out = if left_out.is_empty() {
        String::new()
    } else {
        format!("; not shown as annotations: {}", left_out.join(", "))
    };
    writeln!(out, "{found} in {read}{left_out}")
}

/// `::error file=bot.yaml,line=3,endLine=3,col=5,endColumn=9,title=follow-ratchet::…`
fn annotation(finding: &Finding, report: &Report, sources: &Sources) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let place = finding.primary.place;
    let mut properties = vec![("file", repository::shown(place.file, report, sources))];
    if let Some(file) = sources.get(place.file) {
        let start = file.position(place.span.start);
        let end = file.position(place.span.end.max(place.span.start));
        properties.push(("line", start.line.to_string()));
        // GitHub refuses columns for what spans several lines.
        if start.line == end.line {
            properties.push(("endLine", end.line.to_string()));
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
    }
    properties
        .push(("title", format!("{}: {}", text::one_line(&finding.rule), text::one_line(&finding.title))));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{command} {}::{}", properties.join(","), data(&message(finding)))
}

fn message(finding: &Finding) -> String {
    let help = if finding.help.is_empty() { String::new() } else { format!("Instead: {}", finding.help) };
    let parts = [text::sentence(&finding.primary.text), finding.message.clone(), help];
    let parts: Vec<String> =
        parts.iter().map(|part| text::one_line(part)).filter(|part| !part.is_empty()).collect();
    // A command without a message is none.
    if parts.is_empty() { text::sentence(&finding.title) } else { parts.join("\n") }
}

/// A message as the runner reads it back.
fn data(text: &str) -> String {
    text::tame(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as the runner reads it back: `:` and `,` end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
