//! Whether a fix does what it should and nothing else: what a run finds and understands is compared with what it
//! found and understood before.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::attempt::Attempt;
use crate::diagnostic::{Finding, Safety, Severity, Subject};
use crate::lint::Outcome;
use crate::model::Action;
use crate::source::FileId;

/// What a fix is meant for.
pub(super) struct Aim<'f> {
    /// The findings that shall be gone.
    pub(super) targets: Vec<&'f Finding>,
    pub(super) safety: Safety,
    /// Whether only words change.
    pub(super) changes_words: bool,
    /// Whether acts may come to rest: what is fixed is the switch that promises so.
    pub(super) may_rest: bool,
}

/// Whether all targets are gone, no finding is new or weighs more, every file is read as before, and no act is gone
/// that the targets are not about; after a safe fix, none at all.
pub(super) fn is_good(before: &Outcome, after: &Outcome, attempt: &Attempt<'_>, aim: &Aim<'_>) -> bool {
    reads_alike(before, after)
        && nothing_is_new(before, after, &aim.targets)
        && aim.targets.iter().all(|target| is_gone(target, after, attempt))
        && acts_stay(before, after, aim)
}

fn reads_alike(before: &Outcome, after: &Outcome) -> bool {
    let read = |outcome: &Outcome| -> Vec<_> {
        let files = outcome.report.files.iter();
        files.map(|file| (file.file, file.status, file.dialect)).collect()
    };
    read(before) == read(after) && before.report.problems == after.report.problems
}

type Weights = BTreeMap<(FileId, String), Vec<Reverse<Severity>>>;

/// How severe the findings of each rule in each file are, the worst first.
fn weights<'f>(findings: impl Iterator<Item = &'f Finding>) -> Weights {
    let mut weights = Weights::new();
    for finding in findings {
        let of = (finding.primary.place.file, finding.rule.to_string());
        weights.entry(of).or_default().push(Reverse(finding.severity));
    }
    weights.values_mut().for_each(|severities| severities.sort_unstable());
    weights
}

fn nothing_is_new(before: &Outcome, after: &Outcome, targets: &[&Finding]) -> bool {
    let is_target = |finding: &&Finding| targets.iter().any(|target| std::ptr::eq(*target, *finding));
    let known = weights(before.findings().filter(|finding| !is_target(finding)));
    weights(after.findings()).iter().all(|(of, found)| {
        let known = known.get(of).map_or(&[][..], Vec::as_slice);
        found.len() <= known.len()
            && found.iter().zip(known).all(|(Reverse(one), Reverse(other))| one <= other)
    })
}

/// Whether no finding of the rule stands where the target stood, moved by the edits before it.
fn is_gone(target: &Finding, after: &Outcome, attempt: &Attempt<'_>) -> bool {
    let place = target.primary.place;
    let mut start = i64::from(place.span.start);
    let edits = attempt.files.get(&place.file).map_or(&[][..], |made| made.edits.as_slice());
    for edit in edits.iter().filter(|edit| edit.span.start <= place.span.start) {
        if edit.span.end > place.span.start {
            return true;
        }
        start += i64::try_from(edit.text.len()).unwrap_or(0) - i64::from(edit.span.len());
    }
    after.findings().all(|finding| {
        finding.rule != target.rule
            || finding.primary.place.file != place.file
            || i64::from(finding.primary.place.span.start) != start
    })
}

/// What somebody gets: how often it is written down, and how often that is switched on.
type Acts = BTreeMap<String, Count>;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    all: usize,
    live: usize,
}

fn acts_stay(before: &Outcome, after: &Outcome, aim: &Aim<'_>) -> bool {
    let (was, is) = (acts(before, aim), acts(after, aim));
    let of = |acts: &Acts, act: &str| acts.get(act).copied().unwrap_or_default();
    let meant = meant(before, aim);
    let never_more = is.iter().all(|(act, count)| {
        let had = of(&was, act);
        count.all <= had.all && count.live <= had.live
    });
    let keeps = was.iter().all(|(act, had)| {
        let count = of(&is, act);
        match aim.safety {
            Safety::Safe => count.all == had.all && (count.live == had.live || aim.may_rest),
            Safety::Unsafe => had.all.saturating_sub(count.all) <= of(&meant, act).all,
        }
    });
    never_more && keeps
}

fn act(action: &Action, aim: &Aim<'_>) -> String {
    let texts: Vec<&str> = match aim.changes_words {
        true => Vec::new(),
        false => action.texts.iter().map(|text| text.text.as_str()).collect(),
    };
    format!("{} {} {} {texts:?}", action.site.used.file.0, action.verb.name(), action.audience.kind.name())
}

fn acts(outcome: &Outcome, aim: &Aim<'_>) -> Acts {
    let mut acts = Acts::new();
    let world = outcome.world();
    let numbers = 0..outcome.model.automations.len();
    for view in numbers.filter_map(|number| world.automation(number)) {
        for action in view.actions().filter_map(|view| view.action) {
            let count = acts.entry(act(action, aim)).or_default();
            count.all += 1;
            count.live += usize::from(view.is_live());
        }
    }
    acts
}

/// The acts that the targets are about.
fn meant(outcome: &Outcome, aim: &Aim<'_>) -> Acts {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let subjects: BTreeSet<Subject> =
        aim.targets.iter().flat_map(|target| target.subjects.iter().copied()).collect();
    let mut meant = Acts::new();
    for (number, automation) in outcome.model.automations.iter().enumerate() {
        for (position, action) in automation.actions.iter().chain(&automation.otherwise).enumerate() {
            let is_subject = subjects.iter().any(|subject| match subject {
                Subject::Automation(wanted) => index(*wanted) == number,
                Subject::Action(wanted, action) => (index(*wanted), index(*action)) == (number, position),
                Subject::Account(_) | Subject::File(_) => false,
            });
            if is_subject {
                meant.entry(act(action, aim)).or_default().all += 1;
            }
        }
    }
    meant
}
