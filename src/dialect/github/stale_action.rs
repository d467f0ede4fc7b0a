//! The workflow step `uses: actions/stale@…`. Its inputs come in threes: one for issues, one for pull
//! requests, and one for both, which loses to those. All of them are texts; lists are separated by commas.

use super::stale::{self, Policy};
use super::workflow::{KnownStep, Step};
use super::{Item, account, listed};
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Guard, GuardKind, Stated};

/// The step.
pub(super) const STEP: KnownStep = KnownStep { is_it: |step| step.is_action("actions/stale"), lower };

/// The names of one setting: for issues, for pull requests, for both. Empty where there is none.
type Names = [&'static str; 3];

const STALE_DAYS: Names = ["days-before-issue-stale", "days-before-pr-stale", "days-before-stale"];
const CLOSE_DAYS: Names = ["days-before-issue-close", "days-before-pr-close", "days-before-close"];
const MARK_MESSAGE: Names = ["stale-issue-message", "stale-pr-message", ""];
const SKIP_MARK_MESSAGE: Names = ["skip-stale-issue-message", "skip-stale-pr-message", ""];
const CLOSE_MESSAGE: Names = ["close-issue-message", "close-pr-message", ""];
const MARK_LABEL: Names = ["stale-issue-label", "stale-pr-label", ""];
const CLOSE_LABEL: Names = ["close-issue-label", "close-pr-label", ""];
const DELETE_BRANCH: Names = ["", "delete-branch", ""];
const DEBUG_ONLY: Names = ["", "", "debug-only"];
const UNMARK: Names =
    ["remove-issue-stale-when-updated", "remove-pr-stale-when-updated", "remove-stale-when-updated"];
const IGNORE_UPDATES: Names = ["ignore-issue-updates", "ignore-pr-updates", "ignore-updates"];

/// Inputs that keep items out, and the guard that each stands for.
const LISTS: &[(Names, GuardKind)] = &[
    (["only-issue-labels", "only-pr-labels", "only-labels"], GuardKind::OnlyLabels),
    (["any-of-issue-labels", "any-of-pr-labels", "any-of-labels"], GuardKind::OnlyLabels),
    (["only-issue-types", "", ""], GuardKind::OnlyLabels),
    (["exempt-issue-labels", "exempt-pr-labels", ""], GuardKind::ExemptLabels),
    // Its name in version 1.
    (["exempt-issue-label", "exempt-pr-label", ""], GuardKind::ExemptLabels),
    (["exempt-issue-milestones", "exempt-pr-milestones", "exempt-milestones"], GuardKind::ExemptMilestones),
    (["exempt-issue-assignees", "exempt-pr-assignees", "exempt-assignees"], GuardKind::ExemptAssigned),
    (["", "", "start-date"], GuardKind::AgeLimit),
];

/// Inputs that keep items out when they are `true`.
const SWITCHES: &[(Names, GuardKind)] = &[
    (
        ["exempt-all-issue-milestones", "exempt-all-pr-milestones", "exempt-all-milestones"],
        GuardKind::ExemptMilestones,
    ),
    (
        ["exempt-all-issue-assignees", "exempt-all-pr-assignees", "exempt-all-assignees"],
        GuardKind::ExemptAssigned,
    ),
    (["", "exempt-draft-pr", ""], GuardKind::ExemptDrafts),
    // Whatever somebody took on has been read.
    (["", "", "include-only-assigned"], GuardKind::Relevance),
];

/// Inputs that say nothing about conduct.
const NEUTRAL: &[&str] = &[
    "repo-token",
    "operations-per-run",
    "ascending",
    "sort-by",
    "enable-statistics",
    "close-issue-reason",
    "labels-to-add-when-unstale",
    "labels-to-remove-when-stale",
    "labels-to-remove-when-unstale",
];

/// The versions that have an input, from the `action.yml` of every tag: the first, the last, and the inputs.
/// Those that are not named here came with version 3 and stayed; an input of another version does nothing.
const VERSIONS: &[(u32, u32, &[&str])] = &[
    (
        1,
        NEWEST,
        &[
            "repo-token",
            "stale-issue-message",
            "stale-pr-message",
            "days-before-stale",
            "days-before-close",
            "stale-issue-label",
            "stale-pr-label",
            "operations-per-run",
        ],
    ),
    (1, 1, &["exempt-issue-label", "exempt-pr-label"]),
    (2, NEWEST, &["exempt-issue-labels", "exempt-pr-labels", "only-labels", "debug-only"]),
    (3, 3, &["skip-stale-issue-message", "skip-stale-pr-message"]),
    (
        4,
        NEWEST,
        &[
            "exempt-draft-pr",
            "ignore-updates",
            "ignore-issue-updates",
            "ignore-pr-updates",
            "labels-to-add-when-unstale",
            "labels-to-remove-when-unstale",
        ],
    ),
    (5, NEWEST, &["close-issue-reason", "include-only-assigned"]),
    (8, NEWEST, &["labels-to-remove-when-stale"]),
    (10, NEWEST, &["sort-by", "only-issue-types"]),
];

const NEWEST: u32 = u32::MAX;

/// The version in which most inputs came.
const USUAL_VERSIONS: (u32, u32) = (3, NEWEST);

/// Inputs that got another name in version 2.
const RENAMED: &[(&str, &str)] =
    &[("exempt-issue-label", "exempt-issue-labels"), ("exempt-pr-label", "exempt-pr-labels")];

const DEFAULT_STALE_DAYS: f64 = 60.0;
const DEFAULT_CLOSE_DAYS: f64 = 7.0;
const DEFAULT_LABEL: &str = "Stale";

/// Up to this version an item without a message for its kind is left alone.
const SILENT_MEANS_OFF: u32 = 3;

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    unknown_inputs(step, lowered);
    let speaker = step.speaker(&["repo-token"], &[]);
    let account = account(lowered, step.path(), &speaker, step.site());
    let policies = Item::ALL.into_iter().map(|item| policy(step, item, account, lowered)).collect();
    stale::lower(policies, lowered);
}

fn policy(step: &Step<'_>, item: Item, account: usize, lowered: &mut Lowered) -> Policy {
    let site = step.site();
    let text = |names| find(step, names, item);
    let mut stale_days = days(text(STALE_DAYS), lowered).or(Stated::Known(DEFAULT_STALE_DAYS, site));
    let mut mark_message = text(MARK_MESSAGE);
    if mark_message.is_absent() && step.major_version().is_some_and(|version| version <= SILENT_MEANS_OFF) {
        stale_days = Stated::Known(-1.0, site);
    }
    if flag(text(SKIP_MARK_MESSAGE)).get() == Some(true) {
        mark_message = Stated::Absent;
    }
    Policy {
        item,
        name: format!("{}: {}", step.name(), item.name()),
        site,
        account,
        enabled: step.enabled(flag(text(DEBUG_ONLY))),
        stale_days,
        close_days: days(text(CLOSE_DAYS), lowered).or(Stated::Known(DEFAULT_CLOSE_DAYS, site)),
        mark_message,
        close_message: text(CLOSE_MESSAGE),
        mark_label: text(MARK_LABEL).or(Stated::Known(DEFAULT_LABEL.to_owned(), site)),
        close_label: text(CLOSE_LABEL),
        deletes_branch: match flag(text(DELETE_BRANCH)) {
            Stated::Known(true, site) => Some(site),
            _ => None,
        },
        ignores_activity: ignores_activity(flag(text(UNMARK)), flag(text(IGNORE_UPDATES))),
        guards: guards(step, item),
    }
}

/// The value of a setting for one kind of item: its own input, else the common one.
fn find(step: &Step<'_>, [issues, pulls, both]: Names, item: Item) -> Stated<String> {
    let own = match item {
        Item::Issues => issues,
        Item::Pulls => pulls,
    };
    let own = if has_input(step, own) { step.input(own) } else { Stated::Absent };
    own.or(if has_input(step, both) { step.input(both) } else { Stated::Absent })
}

/// The first and the last version that have an input.
fn versions_of(input: &str) -> (u32, u32) {
    let row = VERSIONS.iter().find(|(.., inputs)| inputs.iter().any(|name| name.eq_ignore_ascii_case(input)));
    row.map_or(USUAL_VERSIONS, |(first, last, _)| (*first, *last))
}

/// Whether the version that the step uses has an input.
fn has_input(step: &Step<'_>, input: &str) -> bool {
    let version = step.major_version().unwrap_or(NEWEST);
    let (first, last) = versions_of(input);
    (first..=last).contains(&version)
}

/// Days, read as the action reads them: the number at the start of the text.
pub(super) fn days(text: Stated<String>, lowered: &mut Lowered) -> Stated<f64> {
    match text {
        Stated::Known(text, site) if text.contains("${{") => Stated::Unknown(site),
        Stated::Known(text, site) => {
            let text = text.trim();
            let end =
                text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.'))).unwrap_or(text.len());
            if let Some(Ok(number)) = text.get(..end).map(str::parse) {
                return Stated::Known(number, site);
            }
            let help = "write a number of days, or -1 for never";
            lowered.remark(RemarkKind::Malformed, site, "this is no number of days", help);
            Stated::Unknown(site)
        }
        other => other.map(|_| 0.0),
    }
}

/// A switch; only `true` and `false` switch anything.
pub(super) fn flag(text: Stated<String>) -> Stated<bool> {
    match text {
        Stated::Known(text, site) => match text.trim() {
            "true" => Stated::Known(true, site),
            "false" => Stated::Known(false, site),
            text if text.contains("${{") => Stated::Unknown(site),
            _ => Stated::Absent,
        },
        other => other.map(|_| false),
    }
}

fn ignores_activity(unmarks: Stated<bool>, ignores: Stated<bool>) -> Stated<bool> {
    let keeps_mark = unmarks.map(|unmarks| !unmarks);
    if keeps_mark.get() == Some(true) { keeps_mark } else { ignores.or(keeps_mark) }
}

fn guards(step: &Step<'_>, item: Item) -> Vec<Guard> {
    let lists = LISTS.iter().filter_map(|(names, kind)| listed(*kind, find(step, *names, item)));
    let switches = SWITCHES.iter().filter_map(|(names, kind)| {
        let on = flag(find(step, *names, item));
        let guard = |site| match kind {
            GuardKind::Relevance => Guard::new(*kind, site).saying("somebody is assigned to it"),
            kind => Guard::new(*kind, site),
        };
        (on.get() != Some(false)).then(|| on.site().map(guard)).flatten()
    });
    // The mark stands until somebody reacts, and only then is there another one.
    let once = Guard::new(GuardKind::OncePerThread, step.site());
    lists.chain(switches).chain(step.approval()).chain([once]).collect()
}

/// Remarks on inputs that this version of the action does not have.
fn unknown_inputs(step: &Step<'_>, lowered: &mut Lowered) {
    let threes = [
        STALE_DAYS,
        CLOSE_DAYS,
        MARK_MESSAGE,
        SKIP_MARK_MESSAGE,
        CLOSE_MESSAGE,
        MARK_LABEL,
        CLOSE_LABEL,
        DELETE_BRANCH,
        DEBUG_ONLY,
        UNMARK,
        IGNORE_UPDATES,
    ];
    let guards = LISTS.iter().chain(SWITCHES).map(|(names, _)| *names);
    let all = || threes.into_iter().chain(guards.clone()).flatten().chain(NEUTRAL.iter().copied());
    let known: Vec<_> = all().filter(|input| has_input(step, input)).collect();
    let elsewhere = |input: &str| {
        let same = |other: &str| other.eq_ignore_ascii_case(input);
        let names =
            RENAMED.iter().find_map(|(old, new)| same(old).then_some(*new).or(same(new).then_some(*old)));
        let first = all().any(same).then(|| versions_of(input).0);
        match (names.filter(|name| has_input(step, name)), first) {
            (Some(name), _) => Some(format!("write `{name}`")),
            (None, Some(first)) if step.major_version().is_some_and(|version| version < first) => {
                Some(format!("use version {first} or a later one"))
            }
            (None, Some(_)) => Some("delete it".to_owned()),
            (None, None) => None,
        }
    };
    step.unknown_inputs("actions/stale", &known, elsewhere, lowered);
}
