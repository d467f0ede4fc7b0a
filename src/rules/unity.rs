//! Findings that take several files for one account say why they do; where nothing proves it, they count one level
//! less.

use super::rule::Detect;
use super::rulebook::Rulebook;
use crate::diagnostic::{Finding, Severity, Subject};
use crate::model::{Basis, Model, Unity};

/// Adds the note, and lowers the severity, wherever a finding needs several files of one account. What each
/// file shows by itself rests on nothing else.
pub(super) fn say(findings: &mut [Finding], rulebook: &Rulebook, model: &Model) {
    let needs_several = |finding: &&mut Finding| {
        let detect = rulebook.rule(&finding.rule).map(|rule| &rule.detect);
        !matches!(detect, Some(Detect::Match { .. }))
    };
    for finding in findings.iter_mut().filter(needs_several) {
        let file = finding.primary.place.file;
        let is_spread = finding.related.iter().any(|label| label.place.file != file);
        let unity = finding.subjects.iter().find_map(|subject| unity(*subject, model));
        let Some(unity) = unity.filter(|_| is_spread) else { continue };
        let mut note = match &unity.basis {
            Basis::Handle(handle) => format!("these files speak of one account: `{handle}`"),
            Basis::Secret(name) => format!("these files sign in with the same secret, `{name}`"),
            Basis::Instance => "the tool reads these files as one bot".to_owned(),
        };
        if !unity.is_proven {
            note.push_str("; nothing proves that it is the same account, so this counts one level less");
            finding.severity = match finding.severity {
                Severity::Error => Severity::Warning,
                _ => Severity::Info,
            };
        }
        finding.notes.push(note);
    }
}

fn unity(subject: Subject, model: &Model) -> Option<&Unity> {
    let account = match subject {
        Subject::Account(account) => usize::try_from(account).ok()?,
        Subject::Automation(number) | Subject::Action(number, _) => {
            model.automations.get(usize::try_from(number).ok()?)?.account
        }
        Subject::File(_) => return None,
    };
    model.accounts.get(account)?.unity.as_ref()
}
