//! What is found, as editors show it: findings, mistakes in settings, and hints at what was not understood.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use botiquette::mistake::Mistake;
use botiquette::report::{one_line, rule_page};
use botiquette::source::{Place, Span};
use botiquette::{Finding, Label, Outcome, Severity, SourceFile};
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Uri,
};
use std::str::FromStr;

use crate::buffers::Buffers;
use crate::client::{Abilities, Options};
use crate::places::Area;
use crate::uri;

/// Where it comes from, as the client shows it.
const SOURCE: &str = "botiquette";

/// Findings about something that has no effect: editors show it faded.
const WITHOUT_EFFECT: [&str; 2] = ["inert-setting", "unused-suppression"];

/// A finding has at most so many further places; nobody follows more.
const MOST_PLACES: usize = 20;

/// So many hints a file.
const MOST_HINTS: usize = 100;

/// Diagnostics by file.
pub(crate) type ByFile = BTreeMap<PathBuf, Vec<Diagnostic>>;

/// What is said about the files of an area.
pub(crate) struct Sayer<'a> {
    pub(crate) area: &'a Area,
    pub(crate) buffers: &'a Buffers,
    pub(crate) can: Abilities,
}

impl Sayer<'_> {
    /// All that a check has found.
    pub(crate) fn all(&self, outcome: &Outcome, wants: Options) -> ByFile {
        let mut said = ByFile::new();
        let mut files: BTreeMap<PathBuf, SourceFile> = BTreeMap::new();
        for finding in outcome.findings() {
            let Some(path) = outcome.file(finding.primary.place).map(|file| file.path().to_path_buf()) else {
                continue;
            };
            if !files.contains_key(&path) {
                let Some(file) = self.area.file(&path) else { continue };
                files.insert(path.clone(), file);
            }
            let Some(file) = files.get(&path) else { continue };
            said.entry(path).or_default().push(self.finding(outcome, finding, file));
        }
        if wants.hints {
            self.hints(outcome, &mut said);
        }
        said
    }

    /// One finding in the file in which it is reported.
    pub(crate) fn finding(&self, outcome: &Outcome, finding: &Finding, file: &SourceFile) -> Diagnostic {
        let page = rule_page(&finding.rule, &finding.family).filter(|_| self.can.pages);
        let without_effect = WITHOUT_EFFECT.contains(&finding.rule.as_ref());
        Diagnostic {
            range: self.can.encoding.range(file, finding.primary.place.span),
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.rule.to_string())),
            code_description: page
                .and_then(|page| Some(CodeDescription { href: Uri::from_str(&page).ok()? })),
            source: Some(SOURCE.to_owned()),
            message: message(finding),
            related_information: self.related(outcome, finding),
            tags: (self.can.tags && without_effect).then(|| vec![DiagnosticTag::UNNECESSARY]),
            data: None,
        }
    }

    fn related(&self, outcome: &Outcome, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
        let labels = finding
            .related
            .iter()
            .chain(finding.hops.iter().filter(|hop| hop.place != finding.primary.place));
        let mut seen = Vec::new();
        let mut further = Vec::new();
        for label in labels.filter(|label| !label.text.trim().is_empty()) {
            if further.len() < MOST_PLACES && !seen.contains(&label.place) {
                seen.push(label.place);
                further.extend(self.further(outcome, label));
            }
        }
        (self.can.related && !further.is_empty()).then_some(further)
    }

    fn further(&self, outcome: &Outcome, label: &Label) -> Option<DiagnosticRelatedInformation> {
        let location = self.location(outcome, label.place)?;
        Some(DiagnosticRelatedInformation { location, message: one_line(&label.text) })
    }

    fn location(&self, outcome: &Outcome, place: Place) -> Option<Location> {
        let path = outcome.file(place)?.path();
        let file = self.area.file(path)?;
        Some(Location { uri: self.uri(path)?, range: self.can.encoding.range(&file, place.span) })
    }

    fn uri(&self, path: &Path) -> Option<Uri> {
        self.buffers.get(path).map(|buffer| buffer.uri.clone()).or_else(|| uri::of_path(path))
    }

    /// Mistakes in settings and in rule files, where they are.
    pub(crate) fn mistakes(&self, said: &mut ByFile) {
        let (mistakes, why) = self.area.mistakes();
        for mistake in mistakes {
            let text = self.buffers.get(&mistake.path).map(|buffer| buffer.text.clone());
            let file = match text {
                Some(text) => SourceFile::new(&mistake.path, text),
                None => self.area.file(&mistake.path).unwrap_or_else(|| SourceFile::new(&mistake.path, "")),
            };
            let diagnostic = self.error(&file, span_of(mistake, &file), &mistake.message);
            said.entry(mistake.path.clone()).or_default().push(diagnostic);
        }
        if let (Some(why), Some(path)) = (why, self.area.settings()) {
            let file = SourceFile::new(path, "");
            said.entry(path.to_path_buf()).or_default().push(self.error(&file, Span::at(0), why));
        }
    }

    fn error(&self, file: &SourceFile, span: Span, message: &str) -> Diagnostic {
        Diagnostic {
            range: self.can.encoding.range(file, span),
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some(SOURCE.to_owned()),
            message: one_line(message),
            ..Diagnostic::default()
        }
    }

    /// Settings of which nothing was made.
    fn hints(&self, outcome: &Outcome, said: &mut ByFile) {
        for coverage in &outcome.model.coverage {
            let Some(path) = outcome.sources.get(coverage.file).map(SourceFile::path) else { continue };
            let Some(file) = self.area.file(path) else { continue };
            let hints = coverage.unknown.iter().take(MOST_HINTS).map(|unread| Diagnostic {
                range: self.can.encoding.range(&file, unread.site.used.span),
                severity: Some(DiagnosticSeverity::HINT),
                source: Some(SOURCE.to_owned()),
                message: format!("not understood: {}", one_line(&coverage.path(unread))),
                ..Diagnostic::default()
            });
            said.entry(path.to_path_buf()).or_default().extend(hints);
        }
    }
}

/// `names people in public for leaving: the message`.
fn message(finding: &Finding) -> String {
    let (title, label) = (one_line(&finding.title), one_line(&finding.primary.text));
    // Some labels only point.
    if matches!(label.trim(), "" | "here") || label == title { title } else { format!("{title}: {label}") }
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}

/// What a mistake underlines, in bytes.
fn span_of(mistake: &Mistake, file: &SourceFile) -> Span {
    let line = file.line_span(mistake.line).unwrap_or_default();
    let shown = file.slice(line);
    let shown = shown.trim_start_matches('\u{feff}');
    let start = line.end.saturating_sub(u32::try_from(shown.len()).unwrap_or_default());
    let byte = |characters: usize| {
        let bytes: usize = shown.chars().take(characters).map(char::len_utf8).sum();
        start + u32::try_from(bytes).unwrap_or_default()
    };
    let before = (mistake.column as usize).saturating_sub(1);
    Span::new(byte(before), byte(before + mistake.width()))
}
