//! Accounts of one owner that like, repost or follow the same thing, or themselves: a crowd made by one hand.
//! Seen where one action names several accounts, where automations of one owner share a target, and where an
//! account cheers for itself.

use std::collections::{BTreeMap, BTreeSet};

use super::voices::{Cast, is_a_test, is_called, plain};
use super::{Discovery, live_actions};
use crate::model::{Action, AudienceKind, Event, Site, Verb, View, World};
use crate::rules::Thresholds;

/// An act of applause by one account.
struct Cheer<'m> {
    account: usize,
    automation: usize,
    action: &'m Action,
    name: String,
}

/// The owner of accounts and what they applaud.
type Stage = (String, Vec<String>);

/// From this number of identities on, accounts are a crowd.
pub(super) const THRESHOLD: &str = "credential-set";

/// Finds crowds over all accounts of the run.
pub(super) fn find<'m>(world: &'m World<'m>, thresholds: &Thresholds) -> Vec<Discovery<'m>> {
    let identities = thresholds.get(THRESHOLD).map_or(f64::INFINITY, |threshold| threshold.warning);
    let cast = Cast::new(world);
    let mut found = Vec::new();
    let mut stages: BTreeMap<Stage, Vec<Cheer<'m>>> = BTreeMap::new();
    for account in 0..world.model.accounts.len() {
        // One account's applause by several voices is one finding, however many jobs it has.
        let mut by_many: Vec<(usize, &Action, Site, String)> = Vec::new();
        for (number, view) in live_actions(world, account) {
            let Some(action) = view.action else { continue };
            if view.is_approved() || is_a_test(view.account) {
                continue;
            }
            let voices = cast.voices(&view, action);
            if action.verb == Verb::RunCode && voices.len() as f64 >= identities {
                let site = action.acts_as.first().map_or(action.site, |first| first.site);
                by_many.push((number, action, site, identities_sentence(action)));
            }
            if !applauds(action.verb) {
                continue;
            }
            if voices.len() >= 2 {
                let text = format!("{} accounts {} the same thing", voices.len(), verb(action));
                by_many.push((number, action, action.site, text));
            } else if applauds_itself(&view, action) {
                by_many.push((number, action, action.site, "the account cheers for itself".to_owned()));
            } else if let Some(stage) = stage(&view, action) {
                let name = voices.first().map(|voice| voice.name.clone()).unwrap_or_default();
                stages.entry(stage).or_default().push(Cheer { account, automation: number, action, name });
            }
        }
        found.extend(discovery(account, by_many));
    }
    for cheers in stages.into_values() {
        let names: BTreeSet<_> = cheers.iter().map(|cheer| cheer.name.as_str()).collect();
        let Some(first) = cheers.first().filter(|_| names.len() >= 2) else { continue };
        let acts = cheers.iter().map(|cheer| {
            let text = format!("`{}`, of the same owner, does this too", cheer.name);
            (cheer.automation, cheer.action, cheer.action.site, text)
        });
        found.extend(discovery(first.account, acts.collect()));
    }
    found
}

fn discovery<'m>(account: usize, acts: Vec<(usize, &'m Action, Site, String)>) -> Option<Discovery<'m>> {
    if acts.is_empty() {
        return None;
    }
    Some(Discovery {
        actions: acts.iter().map(|(number, action, ..)| (*number, *action)).collect(),
        labels: acts.into_iter().map(|(_, _, site, text)| (site, text)).collect(),
        ..Discovery::of(account)
    })
}

/// Verbs that make something look liked.
const fn applauds(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Like
            | Verb::React
            | Verb::Repost
            | Verb::Quote
            | Verb::Vote
            | Verb::Follow
            | Verb::Comment
            | Verb::Star
            | Verb::Review
            | Verb::Endorse
    )
}

fn verb(action: &Action) -> &'static str {
    match action.verb {
        Verb::React => "react to",
        Verb::Vote => "vote on",
        Verb::Comment => "comment on",
        other => other.name(),
    }
}

/// Whether an account likes, reposts or follows itself.
fn applauds_itself(view: &View<'_>, action: &Action) -> bool {
    if matches!(action.verb, Verb::Comment | Verb::React | Verb::Vote) {
        // A first comment below one's own post adds something, and reactions below it are the options of a poll.
        return false;
    }
    let own = |texts: &[crate::model::Text]| {
        !texts.is_empty() && texts.iter().all(|text| is_called(view.account, &text.text))
    };
    let named = action.audience.kind == AudienceKind::Named && own(&action.audience.of);
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    let own_post = triggers.iter().any(|trigger| {
        let from_us =
            trigger.from.as_ref().is_some_and(|from| from.kind == AudienceKind::Named && own(&from.of));
        trigger.event == Event::PostBy && from_us
    });
    named || (own_post && action.audience.kind != AudienceKind::Named)
}

/// What the account applauds, where it belongs to a declared group of accounts.
fn stage(view: &View<'_>, action: &Action) -> Option<Stage> {
    let owner = view.account.owner_group.known()?.to_lowercase();
    let mut of: Vec<String> = if action.audience.kind == AudienceKind::Named {
        action.audience.of.iter().map(|text| plain(&text.text)).collect()
    } else {
        let triggers = &view.automation?.triggers;
        let shared =
            triggers.iter().filter(|trigger| matches!(trigger.event, Event::PostBy | Event::PostMatch));
        shared
            .flat_map(|trigger| trigger.filters.iter().chain(trigger.from.iter().flat_map(|from| &from.of)))
            .map(|text| plain(&text.text))
            .collect()
    };
    of.sort();
    of.dedup();
    (!of.is_empty()).then_some((owner, of))
}

fn identities_sentence(action: &Action) -> String {
    let names: Vec<_> = action.acts_as.iter().take(3).map(|text| text.text.as_str()).collect();
    format!("one program runs {} identities: {}", action.acts_as.len(), names.join(", "))
}
