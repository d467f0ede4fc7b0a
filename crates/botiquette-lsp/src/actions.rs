//! What can be done about a finding with one key: a suppression, an explanation.

use std::path::Path;
use std::str::FromStr;

use botiquette::diagnostic::Report;
use botiquette::exempt::{exempt, is_reason};
use botiquette::report::rule_page;
use botiquette::rules::Rulebook;
use botiquette::settings::{FILE_NAME, is_own_file};
use botiquette::source::Span;
use botiquette::{Finding, Fix, Outcome, Safety};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Command, MessageType,
    ShowDocumentParams, Uri, WorkspaceEdit,
};
use serde::Deserialize;
use serde_json::json;

use crate::client::{Abilities, Client};
use crate::diagnostics::Sayer;
use crate::edit;
use crate::extent::file_id;
use crate::server::Asked;
use crate::uri;

/// Opens the page of a rule: `["follow-ratchet"]`.
pub(crate) const EXPLAIN: &str = "botiquette.explain";

/// Suppresses a finding with a reason: `[{ "uri": …, "rule": …, "line": …, "reason": … }]`.
pub(crate) const SUPPRESS: &str = "botiquette.suppress";

/// All commands.
pub(crate) const COMMANDS: [&str; 2] = [EXPLAIN, SUPPRESS];

/// Stands where the reason is to be written; it counts as none.
const TO_BE_WRITTEN: &str = "…";

/// What is suppressed, and why.
#[derive(Debug, Deserialize)]
pub(crate) struct Suppress {
    pub(crate) uri: Uri,
    rule: String,
    /// From 0.
    line: u32,
    reason: String,
}

/// The actions for what is found in a range.
pub(crate) fn at(asked: &Asked<'_>, params: &CodeActionParams, can: Abilities) -> Vec<CodeActionOrCommand> {
    let only = params.context.only.as_deref();
    let wanted = |kind: &CodeActionKind| {
        let is_part = |only: &CodeActionKind| {
            kind.as_str()
                .strip_prefix(only.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        only.is_none_or(|only| only.iter().any(|only| only.as_str().is_empty() || is_part(only)))
    };
    let Some(outcome) = asked.area.outcome(asked.file.path()).filter(|_| wanted(&CodeActionKind::QUICKFIX))
    else {
        return Vec::new();
    };
    let range = can.encoding.span(asked.file, params.range);
    let touches = |span: Span| span.start <= range.end && range.start <= span.end;
    let found = findings_in(outcome, asked).filter(|finding| touches(finding.primary.place.span));
    found.flat_map(|finding| for_finding(asked, outcome, finding, can)).collect()
}

fn findings_in<'o>(outcome: &'o Outcome, asked: &Asked<'_>) -> impl Iterator<Item = &'o Finding> + use<'o> {
    let file = file_id(outcome, asked.file);
    outcome.findings().filter(move |finding| Some(finding.primary.place.file) == file)
}

/// All actions for one finding, the best first.
fn for_finding(
    asked: &Asked<'_>,
    outcome: &Outcome,
    finding: &Finding,
    can: Abilities,
) -> Vec<CodeActionOrCommand> {
    let sayer = Sayer { area: asked.area, buffers: asked.buffers, can };
    let diagnostics = vec![sayer.finding(outcome, finding, asked.file)];
    let rule = &finding.rule;
    let quick = |title: String| CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(diagnostics.clone()),
        ..CodeAction::default()
    };
    let fix = repair(asked, outcome, finding, can).map(|(fix, edit)| CodeAction {
        edit: Some(edit),
        is_preferred: (fix.safety == Safety::Safe).then_some(true),
        ..quick(format!("Fix `{rule}`: {}", fix.title))
    });
    let ignore = suppression(asked, outcome, finding, TO_BE_WRITTEN, can)
        .map(|edit| CodeAction { edit: Some(edit), ..quick(format!("Ignore `{rule}` here, and write why")) });
    let command = Command::new("Explain".to_owned(), EXPLAIN.to_owned(), Some(vec![json!(rule)]));
    let explain = CodeAction { command: Some(command), ..quick(format!("Explain `{rule}`")) };
    fix.into_iter().chain(ignore).chain([explain]).map(CodeActionOrCommand::CodeAction).collect()
}

/// The edit after which the finding is gone, tried on a copy of the files.
fn repair(
    asked: &Asked<'_>,
    outcome: &Outcome,
    finding: &Finding,
    can: Abilities,
) -> Option<(Fix, WorkspaceEdit)> {
    let path = asked.file.path();
    let old = asked.file.text();
    let fix = asked.area.fix_of(finding, outcome)?;
    let mut new = old.to_owned();
    for edit in fix.edits.iter().rev() {
        let span = edit.place.span;
        let range = span.start as usize..span.end as usize;
        old.get(range.clone())?;
        new.replace_range(range, &edit.text);
    }
    let buffer = asked.buffers.get(path);
    let uri = buffer.map(|buffer| buffer.uri.clone()).or_else(|| uri::of_path(path))?;
    let edit = edit::between(path, old, &new, can);
    Some((fix, edit::of_file(uri, buffer.map(|buffer| buffer.version), edit, can)))
}

/// The suppression that a client asks for.
pub(crate) fn suppress(asked: &Asked<'_>, wish: &Suppress, can: Abilities) -> Option<WorkspaceEdit> {
    if !is_reason(&wish.reason) {
        return None;
    }
    let outcome = asked.area.outcome(asked.file.path())?;
    let line = |finding: &Finding| asked.file.utf16(finding.primary.place.span.start).line;
    let finding = findings_in(outcome, asked)
        .find(|finding| finding.rule == wish.rule && line(finding) == wish.line)?;
    suppression(asked, outcome, finding, &wish.reason, can)
}

/// A comment above what the finding is about; for a format without comments an entry in the settings.
fn suppression(
    asked: &Asked<'_>,
    outcome: &Outcome,
    finding: &Finding,
    reason: &str,
    can: Abilities,
) -> Option<WorkspaceEdit> {
    let path = asked.file.path();
    let own = outcome.files().iter().find(|file| file.file == finding.primary.place.file)?;
    let alone = Report { files: vec![own.clone()], findings: vec![finding.clone()], ..Report::default() };
    let near = path.parent().unwrap_or(path).join(FILE_NAME);
    let settings = asked.area.settings().unwrap_or(&near);
    let folder = settings.parent().unwrap_or_else(|| Path::new(""));
    let text_of = |_: &Path| Ok(asked.file.text().to_owned());
    let done = exempt(&alone, &outcome.sources, reason, folder, &text_of);
    if let Some(edited) = done.edited.first() {
        let edit = edit::between(path, asked.file.text(), &edited.text, can);
        let buffer = asked.buffers.get(path);
        let uri = buffer.map(|buffer| buffer.uri.clone()).or_else(|| uri::of_path(path))?;
        return Some(edit::of_file(uri, buffer.map(|buffer| buffer.version), edit, can));
    }
    // In a file of other things an entry has another form.
    if done.entries.is_empty() || !is_own_file(settings) {
        return None;
    }
    let buffer = asked.buffers.get(settings);
    let uri = buffer.map(|buffer| buffer.uri.clone()).or_else(|| uri::of_path(settings))?;
    let saved = || asked.area.file(settings).map(|file| file.text().to_owned());
    let Some(old) = buffer.map(|buffer| buffer.text.clone()).or_else(saved) else {
        return edit::new_file(uri, done.entries, can);
    };
    let gap = if old.is_empty() || old.ends_with("\n\n") { "" } else { "\n" };
    let end = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    let new = format!("{old}{end}{gap}{}", done.entries);
    let edit = edit::between(settings, &old, &new, can);
    Some(edit::of_file(uri, buffer.map(|buffer| buffer.version), edit, can))
}

/// Opens the page of a rule, or says what stands there.
pub(crate) fn explain(rule: &str, client: &mut Client) {
    let Ok(rulebook) = Rulebook::built_in() else { return };
    let Some(rule) = rulebook.rule(rule) else {
        client.tell(
            MessageType::INFO,
            "this rule has no page; rest the pointer on the finding to read about it",
        );
        return;
    };
    let page = rule_page(&rule.name, &rule.family).and_then(|page| Uri::from_str(&page).ok());
    match page.filter(|_| client.can.shows_documents) {
        Some(uri) => client.ask(
            "window/showDocument",
            ShowDocumentParams { uri, external: Some(true), take_focus: Some(true), selection: None },
        ),
        None => {
            let said = format!("{}: {} {} Instead: {}", rule.name, rule.what, rule.why, rule.instead);
            client.tell(MessageType::INFO, &botiquette::report::one_line(&said));
        }
    }
}
