//! GitLab's code quality report: a JSON array, one entry for each finding.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{repository, text, worst_first};
use crate::diagnostic::{Finding, Report, Severity, hash};
use crate::source::Sources;

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut met = BTreeMap::new();
    let entries: Vec<Entry<'_>> = worst_first(report)
        .into_iter()
        .map(|finding| {
            let location = location(finding, report, sources);
            let fingerprint = fingerprint(finding, &location.path, &mut met);
            Entry {
                description: description(finding),
                check_name: &finding.rule,
                fingerprint,
                severity: severity(finding.severity),
                location,
            }
        })
        .collect();
    let json = serde_json::to_string_pretty(&entries).map_err(io::Error::from)?;
    writeln!(out, "{}", text::harmless_json(&json))
}

fn location(finding: &Finding, report: &Report, sources: &Sources) -> Location {
    let place = finding.primary.place;
    let lines = sources.get(place.file).map_or(Lines { begin: 1, end: 1 }, |file| Lines {
        begin: file.position(place.span.start).line,
        end: file.position(place.span.end.max(place.span.start)).line,
    });
    Location { path: repository::shown(place.file, report, sources), lines }
}

/// GitLab does not show the name of the check, so the text begins with it.
fn description(finding: &Finding) -> String {
    let (rule, title) = (text::one_line(&finding.rule), text::one_line(&finding.title));
    let label = text::one_line(&finding.primary.text);
    if label.is_empty() { format!("{rule}: {title}") } else { format!("{rule}: {title} ({label})") }
}

/// Of two entries with one fingerprint, GitLab would show only the first.
fn fingerprint(finding: &Finding, path: &str, met: &mut BTreeMap<u128, u32>) -> String {
    let hashed = hash([path, &finding.rule, &finding.fingerprint]);
    let times = met.entry(hashed).or_default();
    *times += 1;
    let hashed = if *times == 1 { hashed } else { hash([&hashed.to_string(), &times.to_string()]) };
    format!("{hashed:032x}")
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    }
}
