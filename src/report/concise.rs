//! One line per finding: `path:line:column: severity[rule] title (main label)`.

use std::io::{self, Write};

use super::{location, text};
use crate::diagnostic::{Finding, Report};
use crate::source::Sources;

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
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
    if label.is_empty() {
        format!("{severity}[{rule}] {title}")
    } else {
        format!("{severity}[{rule}] {title} ({label})")
    }
}
