//! Findings on a page, each with its lines.

use std::io::{self, Write};

use botiquette::diagnostic::Finding;
use botiquette::narrate::capital;
use botiquette::report::rule_page;
use botiquette::source::{Place, Span};

use super::text::{code, text};
use super::{MOST, Page, at};

/// Lines of a file around a finding.
const AROUND: u32 = 1;

/// Writes the findings, of very many the first.
pub(super) fn findings(page: &Page<'_>, findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings.iter().take(MOST) {
        let severity = finding.severity.to_string();
        writeln!(out, "<section class=\"finding {severity}\">")?;
        let rule = match rule_page(&finding.rule, &finding.family) {
            Some(link) => format!("<a href=\"{link}\">{}</a>", text(&finding.rule)),
            None => text(&finding.rule),
        };
        writeln!(
            out,
            "<h4><span class=\"kind\">{severity}</span> {} <span class=\"faint\">({rule})</span></h4>",
            text(&finding.title)
        )?;
        excerpt(page, finding.primary.place, out)?;
        if !finding.primary.text.is_empty() {
            writeln!(out, "<p class=\"faint\">{}</p>", text(&capital(&finding.primary.text)))?;
        }
        writeln!(out, "<p>{}</p>", text(&finding.message))?;
        if !finding.help.is_empty() {
            writeln!(out, "<p><strong>Instead:</strong> {}</p>", text(&finding.help))?;
        }
        for note in &finding.notes {
            writeln!(out, "<p class=\"faint\">{}</p>", text(&capital(note)))?;
        }
        writeln!(out, "</section>")?;
    }
    match findings.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "<p>and {more} more</p>"),
    }
}

/// The line of a place and those around it.
fn excerpt(page: &Page<'_>, place: Place, out: &mut dyn Write) -> io::Result<()> {
    let Some(file) = page.outcome.sources.get(place.file) else { return Ok(()) };
    let line = file.position(place.span.start).line;
    write!(out, "<pre>")?;
    for number in line.saturating_sub(AROUND).max(1)..=line.saturating_add(AROUND) {
        let Some(span) = file.line_span(number) else { continue };
        let inside = |offset: u32| offset.clamp(span.start, span.end);
        let (from, to) = if number == line {
            (inside(place.span.start), inside(place.span.end.max(place.span.start)))
        } else {
            (span.end, span.end)
        };
        let part = |start, end| code(file.slice(Span::new(start, end)));
        let marked = if from < to { format!("<b>{}</b>", part(from, to)) } else { String::new() };
        writeln!(out, "{number:>5}  {}{marked}{}", part(span.start, from), part(to, span.end))?;
    }
    writeln!(out, "</pre>\n<p>{}</p>", at(page, place))
}
