//! Comments on events that are named by their keys (`issuesOpened`, `pullRequestClosed`): the app auto-comment
//! and the workflow steps that took its keys over.

use super::occasion::Occasion;
use super::workflow::{KnownStep, Step};
use super::{account, act, comment, happenings, unsent};
use crate::dialect::Lowered;
use crate::model::{Automation, Event, Site, Stated, Text, Trigger, Verb};

/// The steps `uses: wow-actions/auto-comment@…` and `bubkoo/auto-comment@…`.
pub(super) const STEP: KnownStep = KnownStep { is_it: |step| step.action_name() == "auto-comment", lower };

/// What happens to an item, in keys, and what it is in the model.
const HAPPENINGS: &[(&str, Event)] = &[
    ("Opened", Event::IssueOpened),
    ("Closed", Event::ItemClosed),
    ("Labeled", Event::Labelled),
    ("Synchronize", Event::Pushed),
    ("ReadyForReview", Event::PrOpened),
    ("Edited", Event::Happening),
    ("Deleted", Event::Happening),
    ("Transferred", Event::Happening),
    ("Pinned", Event::Happening),
    ("Unpinned", Event::Happening),
    ("Reopened", Event::Reopened),
    ("Assigned", Event::Happening),
    ("Unassigned", Event::Happening),
    ("Unlabeled", Event::Happening),
    ("Locked", Event::Happening),
    ("Unlocked", Event::Happening),
    ("Milestoned", Event::Happening),
    ("Demilestoned", Event::Happening),
    ("ReviewRequested", Event::Happening),
    ("ReviewRequestRemoved", Event::Happening),
];

/// What a key says: whether it is about pull requests, and the event.
pub(super) fn event_of(key: &str) -> Option<(bool, Event)> {
    let (is_pull, happening) = match key.strip_prefix("pullRequest") {
        Some(rest) => (true, rest),
        // An early version of the app left the `s` out.
        None => (false, key.strip_prefix("issues").or_else(|| key.strip_prefix("issue"))?),
    };
    let (_, event) = HAPPENINGS.iter().find(|(name, _)| *name == happening)?;
    Some((is_pull, if is_pull && *event == Event::IssueOpened { Event::PrOpened } else { *event }))
}

/// The trigger of a key: its event, and what happens to which kind of item.
pub(super) fn trigger_of(key: &str, site: Site) -> Option<Trigger> {
    let (is_pull, event) = event_of(key)?;
    let mut trigger = Trigger::new(event, site);
    let family = if is_pull { "pull_request" } else { "issues" };
    let text = |text: &str| vec![Text { text: text.to_owned(), site }];
    match event {
        Event::ItemClosed | Event::Labelled | Event::Pushed | Event::Reopened => {
            trigger.items = happenings::item(family).map(text)?;
        }
        Event::Happening => {
            let happening = HAPPENINGS.iter().find(|(name, _)| key.ends_with(name))?.0;
            let mut kind = String::new();
            for letter in happening.chars() {
                if letter.is_ascii_uppercase() && !kind.is_empty() {
                    kind.push('_');
                }
                kind.push(letter.to_ascii_lowercase());
            }
            trigger.filters = text(&happenings::words(family, Some(&kind)));
        }
        _ => {}
    }
    Some(trigger)
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let account = account(lowered, step.path(), &step.speaker(&["GITHUB_TOKEN"], &[]), step.site());
    for input in step.inputs() {
        let key = input.key.text();
        let (name, verb) = match key.strip_suffix("Reactions") {
            Some(name) => (name, Verb::React),
            None => (key.strip_suffix("Comment").unwrap_or(key), Verb::Comment),
        };
        let Some((is_pull, _)) = event_of(name) else { continue };
        let message = step.input(key);
        let actions: Vec<_> = match verb {
            Verb::Comment => comment(&message).into_iter().collect(),
            verb => message.site().map(|site| act(verb, site)).into_iter().collect(),
        };
        let family = if is_pull { ["pull_request", "pull_request_target"] } else { ["issues", ""] };
        let Some(node) = step.workflow.events.iter().find(|event| family.contains(&event.text())) else {
            let kind = if is_pull { "pull requests" } else { "issues" };
            unsent(&message, &format!("{kind} do not start this workflow"), lowered);
            continue;
        };
        lowered.automation(Automation {
            name: key.to_owned(),
            site: step.site_of(input.key),
            account,
            enabled: step.enabled(Stated::Absent),
            triggers: trigger_of(name, step.site_of(*node)).into_iter().collect(),
            guards: Occasion::of(step).guards,
            actions,
            ..Automation::default()
        });
    }
}
