//! SARIF 2.1.0, as code-scanning platforms read it. What GitHub cuts or refuses is kept within its limits here,
//! the worst findings first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{markdown, repository, rule_page, text, worst_first};
use crate::diagnostic::{
    Confidence, FileStatus, Finding, Fix, Label, Report, RuleCard, Severity, SuppressedBy,
};
use crate::source::{FileId, Place, Sources};

/// GitHub shows this many results of a run, and takes no file with more than 25,000.
pub(super) const MOST_RESULTS: usize = 5_000;

/// Each further place is a link in the text: nobody follows more. GitHub keeps 100.
const MOST_PLACES: usize = 20;

/// GitHub keeps this many steps of a code flow.
const MOST_STEPS: usize = 1_000;

/// GitHub takes no longer descriptions of a rule.
const LONGEST_DESCRIPTION: usize = 1_000;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME_PAGE: &str = "https://github.com/botiquette/botiquette";

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let writer = Writer { report, sources };
    // What is silenced stays in the log, marked, after everything that counts.
    let silenced = report.findings.iter().filter(|finding| !finding.is_live());
    let findings: Vec<&Finding> = worst_first(report).into_iter().chain(silenced).collect();
    let kept = findings.get(..MOST_RESULTS.min(findings.len())).unwrap_or_default();
    let rules = introduced(report, kept);
    let index: BTreeMap<&str, usize> =
        rules.iter().enumerate().map(|(index, rule)| (rule.name.as_ref(), index)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "botiquette",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME_PAGE,
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [writer.invocation()],
            "results": kept.iter().map(|finding| writer.result(finding, &index)).collect::<Vec<_>>(),
        }],
    });
    let log = serde_json::to_string_pretty(&log).map_err(io::Error::from)?;
    writeln!(out, "{}", text::harmless_json(&log))
}

/// The rules that ran, and those of findings that no rule of the run stands behind.
fn introduced(report: &Report, kept: &[&Finding]) -> Vec<RuleCard> {
    let mut rules: BTreeMap<&str, RuleCard> =
        report.rules.iter().map(|rule| (rule.name.as_ref(), rule.clone())).collect();
    for finding in kept {
        rules.entry(&finding.rule).or_insert_with(|| RuleCard::of(finding));
    }
    rules.into_values().collect()
}

fn rule(card: &RuleCard) -> Value {
    let description = text::cut(&format!("{} {}", card.what, card.why), LONGEST_DESCRIPTION);
    let mut rule = json!({
        "id": card.name,
        "shortDescription": { "text": text::cut(&text::sentence(&card.title), LONGEST_DESCRIPTION) },
        "fullDescription": { "text": filled(&description, &card.title) },
        "help": {
            "text": format!("{} {}\n\nInstead: {}", card.what, card.why, card.instead),
            "markdown": help(card),
        },
        "defaultConfiguration": { "level": level(card.severity) },
        "properties": {
            "tags": [card.family],
            "precision": precision(card.confidence),
            "problem.severity": problem_severity(card.severity),
        },
    });
    if let (Some(page), Some(fields)) = (rule_page(&card.name, &card.family), rule.as_object_mut()) {
        fields.insert("helpUri".to_owned(), page.into());
    }
    rule
}

/// Our own rules are written in Markdown; those of a pack are somebody's text and stay text.
fn help(card: &RuleCard) -> String {
    let text = |text: &str| {
        if card.name.contains('/') { markdown::escape(text) } else { text::one_line(text) }
    };
    let (what, why, instead) = (text(&card.what), text(&card.why), text(&card.instead));
    let page = rule_page(&card.name, &card.family)
        .map_or_else(String::new, |page| format!("\n\n[More about this rule]({page})"));
    format!("{what}\n\n**Why it matters:** {why}\n\n**Instead:** {instead}{page}")
}

/// The writer of one run.
struct Writer<'r> {
    report: &'r Report,
    sources: &'r Sources,
}

impl Writer<'_> {
    fn result(&self, finding: &Finding, rules: &BTreeMap<&str, usize>) -> Value {
        let related: Vec<&Label> = finding.related.iter().take(MOST_PLACES).collect();
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": { "text": message(finding, &related) },
            "locations": [self.location(&finding.primary)],
            "suppressions": self.suppressions(finding),
            "properties": { "confidence": finding.confidence, "values": finding.values },
        });
        let Some(fields) = result.as_object_mut() else { return result };
        let mut add = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        if let Some(index) = rules.get(finding.rule.as_ref()) {
            add("ruleIndex", (*index).into());
        }
        if !finding.fingerprint.is_empty() {
            // GitHub looks at the first name only; the second one says how it was made.
            let print = &finding.fingerprint;
            add("partialFingerprints", json!({ "primaryLocationLineHash": print, "botiquette/v1": print }));
        }
        if !related.is_empty() {
            let locations = related.iter().zip(1..).map(|(label, id): (&&Label, usize)| {
                let mut location = self.location(label);
                if let Some(fields) = location.as_object_mut() {
                    fields.insert("id".to_owned(), id.into());
                }
                location
            });
            add("relatedLocations", locations.collect());
        }
        if let Some(fix) = &finding.fix {
            add("fixes", json!([self.fix(fix)]));
        }
        if !finding.hops.is_empty() {
            let steps = finding.hops.iter().take(MOST_STEPS);
            let steps: Vec<Value> = steps.map(|hop| json!({ "location": self.location(hop) })).collect();
            add("codeFlows", json!([{ "threadFlows": [{ "locations": steps }] }]));
        }
        result
    }

    /// An edit, file by file.
    fn fix(&self, fix: &Fix) -> Value {
        let mut files: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
        for edit in &fix.edits {
            let region = self.physical(edit.place).get("region").cloned().unwrap_or_default();
            let replacement = json!({ "deletedRegion": region, "insertedContent": { "text": edit.text } });
            files.entry(edit.place.file).or_default().push(replacement);
        }
        let changes = files.into_iter().map(|(file, replacements)| {
            let place = Place { file, ..Place::default() };
            let artifact = self.physical(place).get("artifactLocation").cloned().unwrap_or_default();
            json!({ "artifactLocation": artifact, "replacements": replacements })
        });
        let changes: Vec<Value> = changes.collect();
        let text = format!("{} ({})", text::sentence(&fix.title).trim_end_matches('.'), fix.safety);
        json!({ "description": { "text": plain(&text) }, "artifactChanges": changes })
    }

    fn location(&self, label: &Label) -> Value {
        let mut location = json!({ "physicalLocation": self.physical(label.place) });
        if let Some(fields) = location.as_object_mut().filter(|_| !label.text.trim().is_empty()) {
            let text = plain(&text::one_line(&label.text));
            fields.insert("message".to_owned(), json!({ "text": text }));
        }
        location
    }

    fn physical(&self, place: Place) -> Value {
        let path = repository::path(place.file, self.report, self.sources);
        let mut artifact = json!({ "uri": repository::uri(&path) });
        if let Some(fields) = artifact.as_object_mut().filter(|_| path.is_relative()) {
            fields.insert("uriBaseId".to_owned(), "%SRCROOT%".into());
        }
        let region = self.sources.get(place.file).map_or_else(
            || json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 }),
            |file| {
                let start = file.position(place.span.start);
                let end = file.position(place.span.end.max(place.span.start));
                json!({
                    "startLine": start.line, "startColumn": start.column,
                    "endLine": end.line, "endColumn": end.column,
                })
            },
        );
        json!({ "artifactLocation": artifact, "region": region })
    }

    /// What silences a finding. An empty list says that nothing does.
    fn suppressions(&self, finding: &Finding) -> Vec<Value> {
        let suppression = finding.suppressed.iter().map(|silenced| {
            let kind = match silenced.by {
                SuppressedBy::Comment => "inSource",
                SuppressedBy::Settings | SuppressedBy::Baseline => "external",
            };
            let reason = text::one_line(&silenced.reason);
            let mut suppression =
                json!({ "kind": kind, "justification": filled(&reason, silenced.by.name()) });
            if let (Some(place), Some(fields)) = (silenced.place, suppression.as_object_mut()) {
                let location = json!({ "physicalLocation": self.physical(place) });
                fields.insert("location".to_owned(), location);
            }
            suppression
        });
        suppression.collect()
    }

    /// Whether every input was read, and what was wrong with those that were not.
    fn invocation(&self) -> Value {
        let failed = self.report.files.iter().any(|file| file.status == FileStatus::Failed);
        let problems = self.report.problems.iter().map(
            |problem| json!({ "level": "error", "message": { "text": plain(&text::one_line(problem)) } }),
        );
        json!({
            "executionSuccessful": !failed && self.report.problems.is_empty(),
            "toolExecutionNotifications": problems.collect::<Vec<_>>(),
        })
    }
}

/// GitHub makes the first sentence the title; related places are shown only where the text links them.
fn message(finding: &Finding, related: &[&Label]) -> String {
    let mut message = plain(&text::sentence(&finding.title));
    let mut add = |part: &str| {
        if !part.is_empty() {
            message.push('\n');
            message.push_str(part);
        }
    };
    let label = text::one_line(&finding.primary.text);
    add(&plain(&text::sentence(&label)));
    add(&plain(&text::one_line(&finding.message)));
    if !finding.help.is_empty() {
        add(&plain(&format!("Instead: {}", text::one_line(&finding.help))));
    }
    for note in &finding.notes {
        add(&plain(&format!("Note: {}", text::one_line(note))));
    }
    let links = related.iter().zip(1..).map(|(label, id): (&&Label, usize)| {
        let text = text::one_line(&label.text);
        let text = if text.is_empty() { "another place".to_owned() } else { text };
        format!("[{}]({id})", literal(&text))
    });
    let links: Vec<String> = links.collect();
    if !links.is_empty() {
        let more = finding.related.len().saturating_sub(related.len());
        let more = if more > 0 {
            format!(", and {} like these", text::counted(more, "more place"))
        } else {
            String::new()
        };
        add(&format!("See also: {}{more}", links.join(", ")));
    }
    filled(&message, &finding.rule)
}

/// Text without links: SARIF reads `[words](target)` in messages as one.
fn plain(text: &str) -> String {
    if text.contains("](") { literal(text) } else { text.to_owned() }
}

fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// GitHub refuses empty texts.
fn filled(text: &str, otherwise: &str) -> String {
    if text.trim().is_empty() { otherwise.to_owned() } else { text.to_owned() }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

const fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

const fn precision(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}
