//! A job that runs a workflow of another repository, whose name says that it speaks to people, closes or locks: what it does
//! stands elsewhere, which is said. One of the same repository is linted where it stands.

use super::occasion::Occasion;
use super::workflow::{KnownStep, Step};
use super::{account, act};
use crate::dialect::Lowered;
use crate::model::{Automation, Stated, Verb};

/// The job.
pub(super) const STEP: KnownStep = KnownStep { is_it, lower };

/// Words in names of workflows that do something to people.
const WORDS: &[&str] = &[
    "stale",
    "lock",
    "close",
    "greet",
    "welcome",
    "no-response",
    "noresponse",
    "triage",
    "comment",
    "first-interaction",
    "remind",
    "nudge",
    "follow",
    "star-",
    "stargazer",
    "inactive",
];

fn is_it(step: &Step<'_>) -> bool {
    let uses = step.node.get("uses").map_or("", |uses| uses.text()).trim();
    let Some((_, name)) = uses.split_once("/.github/workflows/") else { return false };
    let name = name.split('@').next().unwrap_or("").to_ascii_lowercase();
    // `lockfile` and `clock` lock nobody.
    let speaks =
        WORDS.iter().any(|word| name.contains(word)) && !name.contains("lockfile") && !name.contains("clock");
    !uses.starts_with("./") && speaks
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let site = step.site();
    let account = account(lowered, step.path(), &step.speaker(&[], &[]), site);
    let occasion = Occasion::of(step);
    lowered.automation(Automation {
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        triggers: occasion.triggers,
        guards: occasion.guards,
        actions: vec![act(Verb::RunCode, site)],
        ..Automation::default()
    });
}
