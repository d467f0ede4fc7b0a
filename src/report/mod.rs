//! The report of a run, written for people or for machines: one file per output format.
//! May know findings and sources; never how a finding came about, and never the environment.

mod concise;
#[cfg(feature = "pretty")]
mod excerpt;
mod github;
mod gitlab;
mod json;
mod junit;
#[cfg(feature = "pretty")]
mod line;
mod markdown;
#[cfg(feature = "pretty")]
mod pretty;
mod repository;
mod sarif;
#[cfg(feature = "pretty")]
mod snippet;
mod statistics;
mod text;
#[cfg(feature = "pretty")]
mod understood;

use std::io::{self, Write};

use serde::Serialize;

pub use markdown::{escape as escape_markdown, write as write_summary};
pub use text::wrap;

pub use crate::plain::{entities, escape, guarded, in_ascii, one_line, write_json, write_json_line};

use crate::diagnostic::{FileStatus, Finding, Report};
use crate::plain::write_guarded;
use crate::source::{Place, Sources};

/// The JSON Schema of the `json` format.
pub const JSON_SCHEMA: &str = include_str!("report.schema.json");

const RULE_PAGE_BASE: &str = "https://github.com/botiquette/botiquette/blob/main/docs/rules/";

/// How a report is written. A new format is a variant here and in [`Format::ALL`], a file beside this one and an arm in
/// [`write()`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Excerpts with underlined places, for people.
    #[cfg(feature = "pretty")]
    #[default]
    Pretty,
    /// One line per finding, for people in a hurry and for editors.
    #[cfg_attr(not(feature = "pretty"), default)]
    Concise,
    /// Everything, for machines: see [`JSON_SCHEMA`].
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML, for build servers.
    Junit,
}

impl Format {
    /// All formats.
    pub const ALL: &[Self] = &[
        #[cfg(feature = "pretty")]
        Self::Pretty,
        Self::Concise,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];
}

/// What the place of writing can show. The writers look at nothing else: not at the environment,
/// not at the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Colour with ANSI sequences.
    pub color: bool,
    /// Draw with box characters instead of ASCII.
    pub unicode: bool,
    /// Columns that text and excerpts may take.
    pub width: usize,
    /// Link the names of rules to their pages (OSC 8).
    pub hyperlinks: bool,
    /// End with a line that counts findings and files, where the format has one.
    pub summary: bool,
    /// Say the same reason and advice once, where a rule finds more than one thing.
    pub group: bool,
    /// Count the findings of each rule instead of showing them.
    pub statistics: bool,
    /// Write JSON on one line, for those who read one report after another.
    pub one_line: bool,
}

impl Default for Style {
    /// What any file or pipe can take: no escape sequences, 100 columns.
    fn default() -> Self {
        Self {
            color: false,
            unicode: true,
            width: 100,
            hyperlinks: false,
            summary: true,
            group: true,
            statistics: false,
            one_line: false,
        }
    }
}

/// Writes the report.
///
/// # Errors
/// Only those of `out`.
pub fn write(
    format: Format,
    report: &Report,
    sources: &Sources,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        // What is written for people may stand in the log of a build, whose server reads it too.
        #[cfg(feature = "pretty")]
        Format::Pretty => {
            let in_color = style.color || style.hyperlinks;
            write_guarded(in_color, style.unicode, out, |out| pretty::write(report, sources, style, out))
        }
        Format::Concise => {
            write_guarded(false, style.unicode, out, |out| concise::write(report, sources, style, out))
        }
        Format::Json => json::write(report, sources, style.one_line, out),
        Format::Sarif => sarif::write(report, sources, out),
        Format::Github => github::write(report, sources, out),
        Format::Gitlab => gitlab::write(report, sources, out),
        Format::Junit => junit::write(report, sources, out),
    }
}

/// What [`Format::Json`] writes, for a document that holds more: write that with [`write_json_line`].
pub fn document<'r>(report: &'r Report, sources: &Sources) -> impl Serialize + use<'r> {
    json::document(report, sources)
}

/// How many findings a format has no room for.
#[must_use]
pub const fn left_out(format: Format, report: &Report) -> usize {
    match format {
        Format::Sarif => report.findings.len().saturating_sub(sarif::MOST_RESULTS),
        _ => 0,
    }
}

/// The findings that count, the worst and surest first; what is alike stays in the order of files and lines.
fn worst_first(report: &Report) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.is_live()).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse((finding.severity, finding.confidence)));
    findings
}

/// How much was found, and in how many files: `2 errors, 1 warning` and `3 files`.
fn counts(report: &Report) -> (String, String) {
    let summary = report.summary();
    let kinds = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")];
    let found: Vec<String> = kinds
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| text::counted(count, kind))
        .collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    let mut read = text::counted(summary.files, "file");
    if summary.suppressed > 0 {
        read.push_str(&format!("; {} suppressed", summary.suppressed));
    }
    let failed = report.files.iter().filter(|file| file.status == FileStatus::Failed).count();
    if failed > 0 {
        read.push_str(&format!("; {} could not be linted", text::counted(failed, "file")));
    }
    (found, read)
}

/// Where a finding's rule is explained. Rules of a pack (`acme/no-giveaways`) have no page of ours,
/// and nothing but a plain name may become part of a link.
#[must_use]
pub fn rule_page(rule: &str, family: &str) -> Option<String> {
    let plain =
        |name: &str| name.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    let ours = plain(rule) && plain(family);
    ours.then(|| format!("{RULE_PAGE_BASE}{family}/{rule}.md"))
}

/// `path:line:column` of a place, as editors and terminals link it.
fn location(place: Place, sources: &Sources) -> String {
    let Some(file) = sources.get(place.file) else { return "<unknown>".to_owned() };
    let position = file.position(place.span.start);
    format!("{}:{}:{}", text::escape(&text::path(file.path())), position.line, position.column)
}
