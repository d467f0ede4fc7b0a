//! The report for machines, as `report.schema.json` describes it. Within one schema number,
//! fields are added, never changed or taken away.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{rule_page, text};
use crate::diagnostic::{self, Confidence, FileOutcome, FileStatus, Finding, Safety, Severity};
use crate::model;
use crate::source::{Place, Sources};

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    files: Vec<File>,
    findings: Vec<Entry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct File {
    path: String,
    status: &'static str,
    dialect: Option<&'static str>,
    automations: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Coverage>,
}

#[derive(Serialize)]
struct Coverage {
    settings: usize,
    understood: usize,
    clutter: usize,
    unknown: Vec<Unread>,
}

#[derive(Serialize)]
struct Unread {
    key: String,
    line: u32,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    family: &'a str,
    severity: Severity,
    confidence: Confidence,
    title: &'a str,
    message: &'a str,
    help: &'a str,
    url: Option<String>,
    #[serde(flatten)]
    place: Region,
    labels: Vec<Label<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hops: Vec<Label<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    values: &'a BTreeMap<String, String>,
    fix: Option<Fix<'a>>,
    suppressed: Option<Suppressed<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    #[serde(flatten)]
    place: Region,
    text: &'a str,
}

#[derive(Serialize)]
struct Region {
    path: String,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Region,
    text: &'a str,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    by: &'static str,
    reason: &'a str,
    place: Option<Region>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    known: usize,
}

pub(super) fn write(
    report: &diagnostic::Report,
    sources: &Sources,
    one_line: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let report = document(report, sources);
    let json = if one_line { serde_json::to_string(&report) } else { serde_json::to_string_pretty(&report) };
    let json = json.map_err(io::Error::from)?;
    writeln!(out, "{}", text::harmless_json(&json))
}

/// The report as it is written, for documents that hold more than it.
pub(super) fn document<'r>(report: &'r diagnostic::Report, sources: &Sources) -> impl Serialize + use<'r> {
    let summary = report.summary();
    Report {
        schema: "botiquette-report/1",
        files: report.files.iter().map(|outcome| file(outcome, sources)).collect(),
        findings: report.findings.iter().map(|finding| entry(finding, sources)).collect(),
        summary: Summary {
            files: summary.files,
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            suppressed: summary.suppressed,
            known: summary.known,
        },
    }
}

fn file(outcome: &FileOutcome, sources: &Sources) -> File {
    File {
        path: sources.get(outcome.file).map_or(String::new(), |file| text::path(file.path())),
        status: match outcome.status {
            FileStatus::Linted => "linted",
            FileStatus::Unrecognised => "unrecognised",
            FileStatus::Failed => "failed",
        },
        dialect: outcome.dialect,
        automations: outcome.automations,
        coverage: outcome.coverage.as_ref().map(|covered| coverage(covered, sources)),
    }
}

fn coverage(covered: &model::Coverage, sources: &Sources) -> Coverage {
    let unread = |(key, site): (String, model::Site)| Unread {
        key,
        line: sources.get(site.used.file).map_or(1, |file| file.position(site.used.span.start).line),
    };
    Coverage {
        settings: covered.settings(),
        understood: covered.used,
        clutter: covered.clutter,
        unknown: covered.shortest_first().into_iter().map(unread).collect(),
    }
}

fn entry<'a>(finding: &'a Finding, sources: &Sources) -> Entry<'a> {
    let label =
        |label: &'a diagnostic::Label| Label { place: region(label.place, sources), text: &label.text };
    Entry {
        rule: &finding.rule,
        family: &finding.family,
        severity: finding.severity,
        confidence: finding.confidence,
        title: &finding.title,
        message: &finding.message,
        help: &finding.help,
        url: rule_page(&finding.rule, &finding.family),
        place: region(finding.primary.place, sources),
        labels: std::iter::once(&finding.primary).chain(&finding.related).map(label).collect(),
        hops: finding.hops.iter().map(label).collect(),
        notes: &finding.notes,
        values: &finding.values,
        fix: finding.fix.as_ref().map(|fix| of_fix(fix, sources)),
        suppressed: finding.suppressed.as_ref().map(|silenced| Suppressed {
            by: silenced.by.name(),
            reason: &silenced.reason,
            place: silenced.place.map(|place| region(place, sources)),
        }),
    }
}

fn of_fix<'a>(fix: &'a diagnostic::Fix, sources: &Sources) -> Fix<'a> {
    let edits = fix.edits.iter();
    let edits = edits.map(|edit| Edit { place: region(edit.place, sources), text: &edit.text });
    Fix { title: &fix.title, safety: fix.safety, edits: edits.collect() }
}

fn region(place: Place, sources: &Sources) -> Region {
    let file = sources.get(place.file);
    let point = |offset| {
        file.map_or(Point { line: 1, column: 1, offset }, |file| {
            let position = file.position(offset);
            Point { line: position.line, column: position.column, offset: position.offset }
        })
    };
    Region {
        path: file.map_or(String::new(), |file| text::path(file.path())),
        start: point(place.span.start),
        end: point(place.span.end),
    }
}
