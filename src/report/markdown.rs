//! A summary for the page of a build, in Markdown: a table of findings, the worst first, then counts.
//! Everything that comes from a configuration is text there, never markup.

use std::io::{self, Write};

use super::{counts, repository, rule_page, text, worst_first};
use crate::diagnostic::{Finding, Report, Severity};
use crate::source::Sources;

/// A page with more rows is read by nobody, and GitHub drops a summary of more than 1 MiB.
const MOST_ROWS: usize = 100;

/// Writes the summary.
///
/// # Errors
/// Only those of `out`.
pub fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## botiquette\n")?;
    let (found, read) = counts(report);
    writeln!(out, "**{}** in {read}\n", text::sentence(&found).trim_end_matches('.'))?;
    let findings = worst_first(report);
    if !findings.is_empty() {
        writeln!(out, "| | Where | Rule | What |\n|---|---|---|---|")?;
        for finding in findings.iter().take(MOST_ROWS) {
            writeln!(out, "{}", row(finding, report, sources))?;
        }
        writeln!(out)?;
        if let Some(more) = findings.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
            writeln!(out, "…and {}.\n", text::counted(more, "more finding"))?;
        }
    }
    if !report.problems.is_empty() {
        writeln!(out, "Could not be read:\n")?;
        for problem in report.problems.iter().take(MOST_ROWS) {
            writeln!(out, "- {}", escape(problem))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn row(finding: &Finding, report: &Report, sources: &Sources) -> String {
    let severity = match finding.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let place = finding.primary.place;
    let line = sources.get(place.file).map_or(1, |file| file.position(place.span.start).line);
    let path = escape(&repository::shown(place.file, report, sources));
    let rule = escape(&finding.rule);
    let rule = match rule_page(&finding.rule, &finding.family) {
        Some(page) => format!("[{rule}]({page})"),
        None => rule,
    };
    let mut what = escape(&text::sentence(&finding.title));
    if !finding.primary.text.trim().is_empty() {
        what.push_str(&format!(" <br><sub>{}</sub>", escape(&finding.primary.text)));
    }
    format!("| {severity} | <code>{path}:{line}</code> | {rule} | {what} |")
}

/// Text that stays text in Markdown, also in a table: every sign that could be markup, a link or a mention is
/// written as a character reference, which no Markdown reader takes for syntax.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    let text = text::one_line(text);
    let mut following = text.chars().skip(1);
    for character in text.chars() {
        // A full stop within a word could make a link of it.
        let harmless = matches!(character, '-' | ',' | ';' | '/' | '\'')
            || character == '.' && following.clone().next().is_none_or(|next| next == ' ');
        following.next();
        match character {
            '!'..='/' | ':'..='@' | '['..='`' | '{'..='~' if !harmless => {
                safe.push_str(&format!("&#{};", u32::from(character)));
            }
            character => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(escape("a [b](c) <i>|\n- x"), "a &#91;b&#93;&#40;c&#41; &#60;i&#62;&#124; - x");
        assert_eq!(escape("& @kim `x` #1"), "&#38; &#64;kim &#96;x&#96; &#35;1");
    }
}
