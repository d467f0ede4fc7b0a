//! The workflow step `uses: actions-cool/issues-helper@…`. Its input `actions` names what it does: base actions are done to
//! the issue that started it, advanced ones look for issues themselves.

use super::greeting::Greeting;
use super::lock_threads::check_reason;
use super::no_response::NoResponse;
use super::occasion::Occasion;
use super::stale_action::{days, flag};
use super::workflow::{KnownStep, Step};
use super::{account, act, comment, label, listed};
use crate::dialect::Lowered;
use crate::model::{
    Action, Audience, AudienceKind, Automation, Event, Guard, GuardKind, Site, Stated, Text, Trigger, Verb,
};

/// The step.
pub(super) const STEP: KnownStep =
    KnownStep { is_it: |step| step.is_action("actions-cool/issues-helper"), lower };

/// Inputs that limit which issues an advanced action looks at; what they weigh is a choice that the workflow makes.
const CHOICES: &[&str] =
    &["issue-creator", "issue-assignee", "issue-mentioned", "title-includes", "body-includes"];

/// The label of inactive issues where none is given.
const INACTIVE: &str = "inactive";

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let Stated::Known(names, site) = step.input("actions") else { return };
    let account = account(lowered, step.path(), &step.speaker(&["token"], &[]), step.site());
    let mut base: Vec<Action> = Vec::new();
    for name in names.split(',').map(str::trim) {
        match name {
            "check-inactive" | "close-issues" | "lock-issues" => {
                let automation = search(step, name, account, site, lowered);
                match automation {
                    Search::Asked(policy) => policy.lower(lowered),
                    Search::Found(automation) => lowered.automation(*automation),
                }
            }
            "welcome" => {
                let occasion = Occasion::of(step).only(&[Event::IssueOpened]);
                let greeting =
                    Greeting { name: step.name().to_owned(), site, account, message: step.input("body") };
                let enabled = step.enabled(Stated::Absent);
                let mut automation = greeting.automation(enabled, occasion.triggers, occasion.guards);
                automation.actions.extend(label(&step.input("labels")));
                lowered.automation(automation);
            }
            "mark-duplicate" if flag(step.input("close-issue")).get() == Some(true) => {
                // Somebody who may writes the command.
                let mut command = Guard::new(GuardKind::Keyword, site);
                command.values = vec![Text { text: "Duplicate of".to_owned(), site }];
                let occasion = Occasion::of(step);
                lowered.automation(Automation {
                    guards: occasion.guards.into_iter().chain([command]).collect(),
                    triggers: occasion.triggers,
                    actions: vec![act(Verb::Close, site)],
                    ..plain(step, account, site)
                });
            }
            name => base.extend(base_action(step, name, site, lowered)),
        }
    }
    if !base.is_empty() {
        let occasion = Occasion::of(step);
        lowered.automation(Automation {
            guards: occasion.guards,
            triggers: occasion.triggers,
            actions: base,
            ..plain(step, account, site)
        });
    }
}

fn plain(step: &Step<'_>, account: usize, site: Site) -> Automation {
    Automation {
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        ..Automation::default()
    }
}

/// What is done to the issue that started the step, or to one that is written out.
fn base_action(step: &Step<'_>, name: &str, site: Site, lowered: &mut Lowered) -> Option<Action> {
    let mut action = match name {
        "create-comment" => comment(&step.input("body"))?,
        "close-issue" => act(Verb::Close, site),
        "open-issue" => act(Verb::Reopen, site),
        "lock-issue" => {
            let reason = step.input("lock-reason");
            check_reason(&reason, lowered);
            Action { manner: reason, ..act(Verb::Lock, site) }
        }
        "update-issue" if step.input("state").known().is_some_and(|state| state == "closed") => {
            act(Verb::Close, site)
        }
        "update-comment" => {
            let manner = Stated::Known("update-single".to_owned(), site);
            Action { manner, ..comment(&step.input("body"))? }
        }
        "delete-comment" => act(Verb::DeleteContent, site),
        "add-labels" | "set-labels" => label(&step.input("labels"))?,
        _ => return None,
    };
    if let Stated::Known(number, place) = step.input("issue-number")
        && number.trim().parse::<u64>().is_ok()
    {
        let of = vec![Text { text: format!("#{}", number.trim()), site: place }];
        action.audience = Audience::new(AudienceKind::Named, place).of(of);
    }
    Some(action)
}

/// What an action that looks for issues amounts to.
enum Search {
    /// Somebody asked with a label, and no answer came.
    Asked(Box<NoResponse>),
    Found(Box<Automation>),
}

fn search(step: &Step<'_>, name: &str, account: usize, site: Site, lowered: &mut Lowered) -> Search {
    let message = step.input("body");
    let after = days(step.input("inactive-day"), lowered);
    let labels = step.input("labels");
    let guards = guards(step);
    if let ("close-issues", false, false) = (name, labels.is_absent(), after.is_absent()) {
        return Search::Asked(Box::new(NoResponse {
            name: step.name().to_owned(),
            site,
            account,
            enabled: step.enabled(Stated::Absent),
            days: after,
            label: labels,
            message,
            guards,
        }));
    }
    let is_closed = step.input("issue-state").known().is_some_and(|state| state == "closed");
    let event = match (after.is_absent(), is_closed) {
        (true, _) => Event::Schedule,
        (false, true) => Event::ItemClosed,
        (false, false) => Event::IssueIdle,
    };
    let mut triggers = Occasion::of(step).triggers;
    let mut trigger = Trigger::new(event, after.site().unwrap_or(site));
    trigger.schedule = triggers
        .iter()
        .find_map(|trigger| trigger.schedule.site().map(|_| trigger.schedule.clone()))
        .unwrap_or_default();
    if event == Event::ItemClosed {
        trigger.items = vec![Text { text: "issue".to_owned(), site }];
    }
    let mode = step.input("inactive-mode");
    if mode.known().is_some_and(|mode| mode.trim().starts_with("issue-created")) {
        trigger.ignores_activity = mode.map(|_| true);
    }
    if event != Event::Schedule {
        trigger.after = after;
        triggers = vec![trigger];
    }
    let only = listed(GuardKind::OnlyLabels, labels);
    let mut actions: Vec<Action> = comment(&message).into_iter().collect();
    actions.extend(match name {
        "close-issues" => Some(act(Verb::Close, site)),
        "lock-issues" => Some(Action { manner: step.input("lock-reason"), ..act(Verb::Lock, site) }),
        _ => label(&step.input("inactive-label").or(Stated::Known(INACTIVE.to_owned(), site))),
    });
    if event == Event::Schedule {
        for action in actions.iter_mut().filter(|action| action.verb == Verb::Comment) {
            let of = vec![Text { text: "issue".to_owned(), site }];
            action.audience = Audience::new(AudienceKind::OpenItems, action.site).of(of);
        }
    }
    // What has the label, or is closed or locked, is not found again.
    let once = Guard::new(GuardKind::OncePerThread, site);
    Search::Found(Box::new(Automation {
        triggers,
        guards: guards.into_iter().chain(only).chain(step.approval()).chain([once]).collect(),
        actions,
        ..plain(step, account, site)
    }))
}

fn guards(step: &Step<'_>) -> Vec<Guard> {
    let exempt = listed(GuardKind::ExemptLabels, step.input("exclude-labels"));
    let chosen = CHOICES.iter().find_map(|input| step.input(input).site());
    let chosen = chosen.map(|site| Guard::new(GuardKind::Relevance, site));
    exempt.into_iter().chain(chosen).collect()
}
