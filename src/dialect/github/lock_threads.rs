//! The workflow step `uses: dessant/lock-threads@…` and forks of the same name. Version 3 gave most inputs
//! new names, and each version ignores those of the other.

use super::lock::{self, Lock};
use super::stale_action::days;
use super::workflow::{KnownStep, Step};
use super::{account, listed};
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Guard, GuardKind, Stated};

/// The step.
pub(super) const STEP: KnownStep =
    KnownStep { is_it: |step| step.action_name().starts_with("lock-threads"), lower };

/// What an input decides.
#[derive(Clone, Copy, PartialEq)]
enum Meaning {
    Days,
    Comment,
    Reason,
    Label,
    /// Keeps conversations out, or limits the lock to some.
    Guard(GuardKind),
    /// Nothing about conduct.
    Neutral,
}

/// Inputs with their names up to version 2 and since version 3. `{}` is the kind of conversation.
const INPUTS: &[(Meaning, &str, &str)] = &[
    (Meaning::Days, "{}-lock-inactive-days", "{}-inactive-days"),
    (Meaning::Comment, "{}-lock-comment", "{}-comment"),
    (Meaning::Reason, "{}-lock-reason", "{}-lock-reason"),
    (Meaning::Label, "{}-lock-labels", "add-{}-labels"),
    (Meaning::Neutral, "", "remove-{}-labels"),
    (Meaning::Guard(GuardKind::OnlyLabels), "{}-include-labels", "include-any-{}-labels"),
    (Meaning::Guard(GuardKind::OnlyLabels), "", "include-all-{}-labels"),
    (Meaning::Guard(GuardKind::ExemptLabels), "{}-exclude-labels", "exclude-any-{}-labels"),
    (Meaning::Guard(GuardKind::AgeLimit), "{}-exclude-created-before", "exclude-{}-created-before"),
    (Meaning::Guard(GuardKind::AgeLimit), "", "exclude-{}-created-after"),
    (Meaning::Guard(GuardKind::AgeLimit), "", "exclude-{}-created-between"),
    (Meaning::Guard(GuardKind::AgeLimit), "", "exclude-{}-closed-before"),
    (Meaning::Guard(GuardKind::AgeLimit), "", "exclude-{}-closed-after"),
    (Meaning::Guard(GuardKind::AgeLimit), "", "exclude-{}-closed-between"),
];

/// Inputs that are the same for all kinds and versions.
const COMMON: [&str; 3] = ["github-token", "process-only", "log-output"];

/// Kinds of conversation: in names of inputs, in `process-only`, and in messages.
const KINDS: [(&str, &str, &str); 3] = [
    ("issue", "issues", "issues"),
    ("pr", "prs", "pull requests"),
    ("discussion", "discussions", "discussions"),
];

/// The last version with the old names.
const OLD_NAMES: u32 = 2;
const DEFAULT_DAYS: f64 = 365.0;
const DEFAULT_REASON: &str = "resolved";
/// The reasons that the platform knows; a blank one is none.
pub(super) const REASONS: [&str; 4] = ["resolved", "off-topic", "too heated", "spam"];

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let is_old = step.major_version().is_some_and(|version| version <= OLD_NAMES);
    unknown_inputs(step, is_old, lowered);
    let speaker = step.speaker(&["github-token"], &[]);
    let account = account(lowered, step.path(), &speaker, step.site());
    let only = only(step, lowered);
    let mut locks = Vec::new();
    for (kind, in_list, words) in KINDS {
        let included = match &only {
            Stated::Known(list, _) => list.iter().any(|listed| listed == in_list || listed == kind),
            Stated::Unknown(_) => true,
            // Discussions came later, and most versions leave them alone unless they are named.
            Stated::Absent => kind != "discussion" || given(step, is_old, kind),
        };
        locks.push(Lock { included, ..lock(step, is_old, (kind, words), account, lowered) });
    }
    lock::lower(locks, lowered);
}

fn lock(
    step: &Step<'_>,
    is_old: bool,
    (kind, words): (&str, &'static str),
    account: usize,
    lowered: &mut Lowered,
) -> Lock {
    let site = step.site();
    let text = |meaning| {
        let names = INPUTS.iter().filter(|(other, ..)| *other == meaning);
        names
            .map(|row| step.input(&name(row, is_old, kind)))
            .find(|text| !text.is_absent())
            .unwrap_or_default()
    };
    let reason = text(Meaning::Reason);
    check_reason(&reason, lowered);
    // A blank reason is none; only where nothing is written, there is a default.
    let names = INPUTS.iter().filter(|(meaning, ..)| *meaning == Meaning::Reason);
    let is_blank = names.map(|row| name(row, is_old, kind)).any(|name| step.input_node(&name).is_some());
    let usual = if is_blank { Stated::Absent } else { Stated::Known(DEFAULT_REASON.to_owned(), site) };
    Lock {
        kind: words,
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        included: true,
        days: days(text(Meaning::Days), lowered).or(Stated::Known(DEFAULT_DAYS, site)),
        message: text(Meaning::Comment),
        reason: reason.or(usual),
        label: text(Meaning::Label),
        guards: guards(step, is_old, kind),
    }
}

/// The name of an input in this version; empty where it has none.
fn name((_, old, new): &(Meaning, &str, &str), is_old: bool, kind: &str) -> String {
    if is_old { old } else { new }.replace("{}", kind)
}

/// Whether any input of this kind is given.
fn given(step: &Step<'_>, is_old: bool, kind: &str) -> bool {
    INPUTS.iter().any(|row| step.input_node(&name(row, is_old, kind)).is_some())
}

/// The kinds that `process-only` names; none where it says nothing.
fn only(step: &Step<'_>, lowered: &mut Lowered) -> Stated<Vec<String>> {
    let list = step.input("process-only").map(|list| {
        list.split(',').map(|part| part.trim().to_ascii_lowercase()).filter(|part| !part.is_empty()).collect()
    });
    if let Stated::Known(kinds, site) = &list {
        let kinds: &Vec<String> = kinds;
        let is_known = |kind: &String| KINDS.iter().any(|(one, many, _)| kind == one || kind == many);
        if let Some(wrong) = kinds.iter().find(|kind| !is_known(kind)) {
            let text = format!("`{wrong}` is no kind of conversation");
            let help = "write `issues`, `prs`, `discussions`, or several of them";
            lowered.remark(RemarkKind::Malformed, *site, text, help);
        }
    }
    list
}

/// Remarks on a reason that the platform does not know.
pub(super) fn check_reason(reason: &Stated<String>, lowered: &mut Lowered) {
    if let Stated::Known(text, site) = reason
        && !text.contains("${{")
        && !REASONS.contains(&text.trim())
    {
        let help = format!("write one of `{}`, or leave it out", REASONS.join("`, `"));
        lowered.remark(RemarkKind::Malformed, *site, "this is no reason for a lock", help);
    }
}

fn guards(step: &Step<'_>, is_old: bool, kind: &str) -> Vec<Guard> {
    let guards = INPUTS.iter().filter_map(|row| {
        let Meaning::Guard(guard) = row.0 else { return None };
        listed(guard, step.input(&name(row, is_old, kind)))
    });
    guards.chain(step.approval()).collect()
}

fn unknown_inputs(step: &Step<'_>, is_old: bool, lowered: &mut Lowered) {
    let names = |is_old| -> Vec<String> {
        let kinds = KINDS.iter().flat_map(|(kind, ..)| INPUTS.iter().map(|row| name(row, is_old, kind)));
        kinds.collect()
    };
    let (own, others) = (names(is_old), names(!is_old));
    let known: Vec<_> = own.iter().map(String::as_str).chain(COMMON).collect();
    let renamed = |input: &str| {
        let place = others.iter().position(|other| !other.is_empty() && other.eq_ignore_ascii_case(input))?;
        own.get(place).filter(|name| !name.is_empty()).map(|name| format!("write `{name}`"))
    };
    step.unknown_inputs("lock-threads", &known, renamed, lowered);
}
