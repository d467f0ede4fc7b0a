//! The engine's own diagnostics: files that cannot be read as what they are, keys that are there twice,
//! and what a dialect remarks about its file. Their words stand in `rules/engine/`, like those of any rule.

pub(crate) mod exceptions;
pub(crate) mod gate;
mod own;

use crate::diagnostic::{Finding, Label, LeftOut, Severity, Subject};
use crate::dialect::{Candidate, MOST_REMARKS, Remark, RemarkKind};
use crate::rules::{Rule, Rulebook};
use crate::source::{FileId, Place, Span};
use crate::syntax::{LimitHit, SyntaxError};

pub use own::OWN_SETTINGS;
pub(crate) use own::own;

/// One finding for each broken document.
pub(crate) fn syntax_errors(
    file: FileId,
    text: &str,
    errors: &[SyntaxError],
    rulebook: &Rulebook,
) -> Vec<Finding> {
    let Some(rule) = rulebook.active("syntax-error") else { return Vec::new() };
    errors
        .iter()
        .map(|error| {
            let place = Place { file, span: visible(error.span, text) };
            let mut finding = rule.finding(Label { place, text: error.message.clone() });
            if let Some(opening) = error.opening {
                let place = Place { file, span: opening };
                finding.related.push(Label { place, text: "opened here".to_owned() });
            }
            if error.template {
                finding.severity = Severity::Warning;
            }
            if let Some(help) = &error.help {
                finding.help.clone_from(help);
            }
            finding.subjects.push(Subject::File(file.0));
            finding
        })
        .collect()
}

/// One finding for each limit that the file hit; what was read until then is still linted.
pub(crate) fn limit_hits(file: FileId, hits: &[LimitHit], rulebook: &Rulebook) -> Vec<Finding> {
    let Some(rule) = rulebook.active("syntax-error") else { return Vec::new() };
    hits.iter()
        .map(|hit| {
            let (LimitHit::Aliases(span) | LimitHit::SelfReference(span) | LimitHit::Errors(span)) = hit;
            let label = Label { place: Place { file, span: *span }, text: "from here on".to_owned() };
            let mut finding = rule.finding(label);
            finding.title = hit.to_string();
            finding.severity = Severity::Warning;
            finding.subjects.push(Subject::File(file.0));
            finding
        })
        .collect()
}

/// One finding for each key that a mapping has twice with different values; info where they are equal.
/// Of very many only the first ones; the number is that of the others.
pub(crate) fn duplicate_keys(candidate: &Candidate<'_>, rulebook: &Rulebook) -> (Vec<Finding>, usize) {
    let Some(rule) = rulebook.active("duplicate-key") else { return (Vec::new(), 0) };
    let place = |span| Place { file: candidate.file, span };
    let mut duplicates = candidate.tree.duplicate_keys();
    let findings = duplicates.by_ref().take(MOST_REMARKS);
    let findings = findings
        .map(|duplicate| {
            let label = Label {
                place: place(duplicate.repeated.key.span()),
                text: format!("`{}` again; most readers keep this one", duplicate.repeated.key.text()),
            };
            let mut finding = rule.finding(label);
            let first =
                Label { place: place(duplicate.first.key.span()), text: "first given here".to_owned() };
            finding.related.push(first);
            if duplicate.values_are_equal() {
                finding.severity = Severity::Info;
            }
            finding.subjects.push(Subject::File(candidate.file.0));
            finding
        })
        .collect();
    (findings, duplicates.count())
}

/// One finding for each file, and one for the run, that has more findings than a report may hold. It is as
/// severe as the worst of them, so that great numbers never get past a gate.
pub(crate) fn left_out<'r>(
    left_out: Vec<LeftOut>,
    rulebook: impl Fn(FileId) -> &'r Rulebook,
) -> Vec<Finding> {
    let finding = |found: LeftOut| {
        let rule = rulebook(found.first.file).rule("too-many-findings")?;
        let whose = if found.of_file { "in this file" } else { "in this run" };
        let text = format!("{} more {whose}, the first one here", found.count);
        let mut finding = rule.finding(Label { place: found.first, text });
        finding.severity = found.worst.unwrap_or(Severity::Info).max(finding.severity);
        finding.subjects.push(Subject::File(found.first.file.0));
        Some(finding)
    };
    left_out.into_iter().filter_map(finding).collect()
}

/// Remarks of a dialect: mistakes are errors, the rest is information.
pub(crate) fn remarks(remarks: &[Remark], rulebook: &Rulebook) -> Vec<Finding> {
    remarks
        .iter()
        .filter_map(|remark| {
            let rule = rulebook.active(rule_of(remark.kind))?;
            let label = Label { place: remark.site.used, text: "here".to_owned() };
            let mut finding = rule.finding(label);
            finding.title.clone_from(&remark.text);
            // The title says it all; the reason would repeat itself at every slip.
            finding.message.clear();
            if !remark.help.is_empty() {
                finding.help.clone_from(&remark.help);
            }
            finding.subjects.push(Subject::File(remark.site.used.file.0));
            Some(finding)
        })
        .collect()
}

const fn rule_of(kind: RemarkKind) -> &'static str {
    match kind {
        RemarkKind::Malformed => "malformed-config",
        RemarkKind::UnknownKey => "unknown-key",
        RemarkKind::Inert => "inert-setting",
        RemarkKind::Example => "example-config",
    }
}

/// A span that shows: an empty one is widened to the character it points at, where there is one.
fn visible(span: Span, text: &str) -> Span {
    if !span.is_empty() {
        return span;
    }
    let rest = text.get(span.start as usize..).unwrap_or("");
    let width = rest.chars().next().filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
    Span::new(span.start, span.start + u32::try_from(width).unwrap_or(0))
}

impl Rulebook {
    /// The rule of this name, if it is switched on.
    pub(crate) fn active(&self, name: &str) -> Option<&Rule> {
        self.enabled().find(|rule| rule.name == name)
    }
}
