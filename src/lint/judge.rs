//! Which findings count: settings weigh them, stronger ones cover weaker ones, exceptions silence some.

use std::collections::HashSet;

use super::subjects::automations_of;
use crate::diagnostic::suppress::Exceptions;
use crate::diagnostic::{self, FileOutcome, Finding, Label, Report, Severity};
use crate::engine::{exceptions::Asked, exceptions::Seen, gate};
use crate::model::{Model, Stated};
use crate::settings::{Heed, Scopes};
use crate::source::{FileId, Sources};

/// Takes out what the run does not heed of the files' own wishes. Returns where a change would let more pass.
pub(super) fn loosened(
    scopes: &Scopes<'_>,
    asked: &mut Asked,
    hidden: &[FileId],
    files: &[FileOutcome],
    sources: &mut Sources,
) -> Vec<Label> {
    let settings = scopes.whole().settings;
    match &settings.heed {
        Heed::Everything => Vec::new(),
        Heed::Nothing => {
            *asked = Asked::default();
            Vec::new()
        }
        Heed::AsIn(revision) => {
            let mut labels = gate::keep_known(&mut asked.exceptions, revision.as_ref(), sources);
            labels.extend(gate::of_settings(&settings.proposed, sources));
            labels.extend(gate::of_ignore_files(hidden, files));
            labels
        }
    }
}

/// What counts of the findings: settings weigh them, stronger ones cover weaker ones, exceptions silence some.
pub(super) fn judge(
    report: &mut Report,
    model: &Model,
    scopes: &Scopes<'_>,
    mut asked: Asked,
    loosened: Vec<Label>,
    sources: &mut Sources,
) {
    let settings = scopes.whole().settings;
    if settings.no_suppressions {
        asked = Asked::default();
    } else {
        asked.exceptions.extend(scopes.exceptions(&report.files, sources));
    }
    let mut exceptions = Exceptions::new(asked.exceptions);
    let automations = |finding: &Finding| automations_of(finding, model);
    // What the settings drop here was found all the same: an exception for it is not unused.
    exceptions.meet(&report.findings, automations);
    let mut asleep = match settings.include_disabled {
        true => asleep(scopes, model, sources, &report.findings),
        false => Vec::new(),
    };
    exceptions.meet(&asleep, automations);
    scopes.weigh(&mut report.findings, model, sources);
    scopes.weigh(&mut asleep, model, sources);
    let asleep = asleep.into_iter().map(|finding| Finding { severity: Severity::Info, ..finding });
    report.findings.extend(asleep);
    report.findings = diagnostic::settle(std::mem::take(&mut report.findings), scopes);
    exceptions.silence(&mut report.findings, automations);
    let idle = if settings.no_suppressions { Vec::new() } else { scopes.idle(&report.files, model, sources) };
    let seen = Seen { scopes, sources, files: &report.files, model };
    let mut remarks = seen.unused(&exceptions);
    remarks.extend(seen.unexplained(&exceptions));
    remarks.extend(seen.slips(asked.slips));
    remarks.extend(seen.idle(idle));
    remarks.extend(seen.loosened(loosened));
    if !remarks.is_empty() {
        scopes.weigh(&mut remarks, model, sources);
        report.findings.extend(remarks);
        report.findings.sort_by(|one, other| one.order().cmp(&other.order()));
    }
}

/// What would be found if everything that is switched off were on, and is not found as it is.
fn asleep(scopes: &Scopes<'_>, model: &Model, sources: &Sources, awake: &[Finding]) -> Vec<Finding> {
    if model.automations.iter().all(|automation| automation.enabled.get() != Some(false)) {
        return Vec::new();
    }
    let mut model = model.clone();
    for automation in &mut model.automations {
        automation.enabled = Stated::Absent;
    }
    let mut findings = scopes.evaluate(&model, sources);
    let known: HashSet<_> = awake.iter().map(|known| (&known.rule, known.primary.place)).collect();
    findings.retain(|finding| !known.contains(&(&finding.rule, finding.primary.place)));
    for finding in &mut findings {
        finding.notes.push("only if what is switched off is switched on".to_owned());
    }
    findings
}
