//! What tests of dialects share: a text linted under a name, and what was found and understood in short.

use botiquette::diagnostic::Severity;
use botiquette::model::{Action, AudienceKind, Site, Verb};
use botiquette::rules::Rulebook;
use botiquette::source::Place;
use botiquette::{Input, Outcome, Request, lint};

/// Lints a text under the name of a file, without settings.
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
pub(crate) fn lint_text(name: &str, text: &str) -> Outcome {
    let rulebook = Rulebook::built_in().unwrap();
    let input = Input::Stdin { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    lint(&Request { inputs: vec![input], dialect: None, rulebook: &rulebook })
}

/// The dialect that the first file was read as.
pub(crate) fn dialect(outcome: &Outcome) -> Option<&'static str> {
    outcome.report.files.first().and_then(|file| file.dialect)
}

/// Every finding, as `line rule`, in order.
pub(crate) fn findings(outcome: &Outcome) -> Vec<String> {
    listed(outcome, Severity::Info)
}

/// Findings at warning level or above, as `line rule`, in order.
pub(crate) fn loud(outcome: &Outcome) -> Vec<String> {
    listed(outcome, Severity::Warning)
}

/// The rules of findings at warning level or above, in order.
pub(crate) fn loud_rules(outcome: &Outcome) -> Vec<&str> {
    let found = outcome.report.findings.iter().filter(|finding| finding.severity > Severity::Info);
    found.map(|finding| &*finding.rule).collect()
}

/// The lines of all findings of a rule.
pub(crate) fn lines(outcome: &Outcome, rule: &str) -> Vec<u32> {
    let found = outcome.report.findings.iter().filter(|finding| finding.rule == rule);
    found.map(|finding| line_at(outcome, finding.primary.place)).collect()
}

/// The line where something is used.
pub(crate) fn line(outcome: &Outcome, site: Site) -> u32 {
    line_at(outcome, site.used)
}

/// What is done, and to whom.
pub(crate) fn acts(outcome: &Outcome) -> Vec<(Verb, AudienceKind)> {
    actions(outcome).map(|action| (action.verb, action.audience.kind)).collect()
}

/// The actions of all automations.
pub(crate) fn actions(outcome: &Outcome) -> impl Iterator<Item = &Action> {
    outcome.model.automations.iter().flat_map(|automation| &automation.actions)
}

fn listed(outcome: &Outcome, least: Severity) -> Vec<String> {
    let found = outcome.report.findings.iter().filter(|finding| finding.severity >= least);
    found.map(|finding| format!("{} {}", line_at(outcome, finding.primary.place), finding.rule)).collect()
}

#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
fn line_at(outcome: &Outcome, place: Place) -> u32 {
    outcome.sources.get(place.file).unwrap().position(place.span.start).line
}
