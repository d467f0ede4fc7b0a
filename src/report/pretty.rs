//! For people: a headline, excerpts with underlined places, why it matters, what to do instead;
//! at the end one line that counts, and how much of the named files was understood.

use std::collections::HashSet;
use std::io::{self, Write};

use owo_colors::Style as Paint;

use super::excerpt::excerpts;
use super::snippet::{draw, severity_paint};
use super::{Style, location, rule_page, statistics, text, understood};
use crate::diagnostic::{FileStatus, Finding, Report, Severity};
use crate::source::Sources;

/// Prose is not set wider than this, however wide the terminal.
const WIDEST_PROSE: usize = 100;

pub(super) fn write(
    report: &Report,
    sources: &Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut told = HashSet::new();
    for (index, finding) in report.live().enumerate().filter(|_| !style.statistics) {
        if index > 0 {
            writeln!(out)?;
        }
        let is_new = told.insert((&finding.rule, &finding.message, &finding.help));
        write_finding(finding, is_new || !style.group, sources, style, out)?;
    }
    if style.statistics {
        statistics::write(report, out)?;
    }
    if style.summary {
        if report.live().next().is_some() {
            writeln!(out)?;
        }
        if let Some(line) = summary(report, style) {
            writeln!(out, "{line}")?;
        }
        understood::lines(report, sources)
            .iter()
            .chain(&more(report, style))
            .flat_map(|line| text::wrap(line, style.width))
            .try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(())
}

/// Where to read more, once for all findings: those with links have it in their own lines.
fn more(report: &Report, style: &Style) -> Option<String> {
    let mut rules: Vec<&str> = report.live().map(|finding| &*finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    match rules.as_slice() {
        _ if style.hyperlinks => None,
        [] => None,
        [only] => Some(format!("more: botiquette explain {}", text::escape(only))),
        _ => Some("more: botiquette explain RULE, with a name in brackets".to_owned()),
    }
}

/// A finding; where it says for the first time why, with the reason and what to do.
fn write_finding(
    finding: &Finding,
    says_why: bool,
    sources: &Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", headline(finding, style))?;
    let (excerpts, left_out) = excerpts(finding, sources, style);
    if excerpts.is_empty() {
        writeln!(out, "  {}", location(finding.primary.place, sources))?;
    }
    for excerpt in &excerpts {
        write!(out, "{}", draw(excerpt, finding.severity, style))?;
    }
    if says_why {
        write_prose("why", &finding.message, style, out)?;
        write_prose("help", &finding.help, style, out)?;
    }
    for note in &finding.notes {
        write_prose("note", note, style, out)?;
    }
    if left_out > 0 {
        let more = format!("and {} like these", text::counted(left_out, "more place"));
        write_prose("note", &more, style, out)?;
    }
    if let Some(page) = rule_page(&finding.rule, &finding.family).filter(|_| style.hyperlinks) {
        let word = paint("  more:", Paint::new().bold(), style);
        writeln!(out, "{word} {}", link(&page, &page))?;
    }
    Ok(())
}

/// A text that leads to a page.
fn link(page: &str, text: &str) -> String {
    format!("\u{1b}]8;;{page}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

/// What the further lines of a title are indented by.
const INDENT: usize = 4;

/// `error[unfollow-shaming]: names people in public for leaving`
fn headline(finding: &Finding, style: &Style) -> String {
    let rule = text::escape(&finding.rule).into_owned();
    let rule = match rule_page(&finding.rule, &finding.family) {
        Some(page) if style.hyperlinks => link(&page, &rule),
        _ => rule,
    };
    let severity = finding.severity.to_string();
    let color = severity_paint(finding.severity);
    let before = severity.len() + text::escape(&finding.rule).chars().count() + "[]: ".len();
    let mut title = String::from(": ");
    for (number, line) in text::wrap_after(before, INDENT, &finding.title, style.width).iter().enumerate() {
        if number > 0 {
            title.push_str(&format!("\n{:INDENT$}", ""));
        }
        title.push_str(line);
    }
    format!(
        "{}{}{}",
        paint(&severity, color, style),
        paint(&format!("[{rule}]"), color, style),
        paint(&title, Paint::new().bold(), style)
    )
}

/// `  help: delete the public message`, wrapped beside its word; nothing for an empty text.
fn write_prose(word: &str, prose: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if prose.trim().is_empty() {
        return Ok(());
    }
    let indent = "  help: ".len();
    let width = style.width.min(WIDEST_PROSE).saturating_sub(indent).max(20);
    let word = paint(&format!("{word:>6}:"), Paint::new().bold(), style);
    for (index, line) in text::wrap(prose, width).iter().enumerate() {
        if index == 0 {
            writeln!(out, "{word} {line}")?;
        } else {
            writeln!(out, "{:indent$}{line}", "")?;
        }
    }
    Ok(())
}

/// `2 errors, 1 warning in 3 files`, with what could not be linted; nothing where there was nothing to lint.
fn summary(report: &Report, style: &Style) -> Option<String> {
    let summary = report.summary();
    let counts = [
        (summary.errors, Severity::Error),
        (summary.warnings, Severity::Warning),
        (summary.infos, Severity::Info),
    ];
    let mut found: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| {
            paint(&text::counted(count, &severity.to_string()), severity_paint(severity), style)
        })
        .collect();
    if found.is_empty() {
        found.push(paint("no findings", Paint::new().green(), style));
    }
    let mut line = found.join(", ");
    if summary.files > 0 {
        line.push_str(&format!(" in {}", text::counted(summary.files, "file")));
    } else if report.live().next().is_none() {
        return None;
    }
    if summary.suppressed > 0 {
        line.push_str(&format!("; {} suppressed", summary.suppressed));
    }
    if summary.known > 0 {
        line.push_str(&format!("; {} in the baseline", summary.known));
    }

    let failed = report.files.iter().filter(|file| file.status == FileStatus::Failed).count();
    let passed_over =
        report.files.iter().filter(|file| file.named && file.status == FileStatus::Unrecognised).count();
    if failed > 0 {
        line.push_str(&format!("; {} could not be linted", text::counted(failed, "file")));
    }
    if let [only] = report.files.as_slice()
        && only.status == FileStatus::Linted
    {
        line.push_str("; rules across files saw only this one");
    }
    if passed_over > 0 {
        line.push_str(&format!("; {} no bot configuration", is_or_are(passed_over)));
    }
    Some(line)
}

fn is_or_are(files: usize) -> String {
    if files == 1 { "1 file is".to_owned() } else { format!("{files} files are") }
}

fn paint(text: &str, paint: Paint, style: &Style) -> String {
    if style.color { paint.style(text).to_string() } else { text.to_owned() }
}
