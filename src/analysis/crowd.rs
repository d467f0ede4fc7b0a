//! Accounts of one owner that like, repost or follow the same thing, or themselves: a crowd made by one hand.
//! Seen where one action names several accounts, where automations of one owner share a target, where an account cheers
//! for itself, and where accounts of one hand cheer for each other.

use std::collections::{BTreeMap, BTreeSet};

use super::voices::{Cast, bare, is_a_test, is_called, is_same_name, plain};
use super::{Discovery, live_actions};
use crate::model::{Account, Action, AudienceKind, Event, Site, Text, Verb, View, World};
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
    let friends = Friends::new(world);
    for account in 0..world.model.accounts.len() {
        // One account's applause by several voices is one finding, however many jobs it has.
        let mut by_many: Vec<(usize, &Action, Site, String)> = Vec::new();
        // Accounts that each do their part of one job.
        let mut shares: BTreeMap<usize, Vec<(&Action, String)>> = BTreeMap::new();
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
            if let ([voice], false) = (voices.as_slice(), action.acts_as.is_empty()) {
                shares.entry(number).or_default().push((action, voice.name.clone()));
            }
            if voices.len() >= 2 {
                let text = format!("{} accounts {} the same thing", voices.len(), verb(action));
                by_many.push((number, action, action.site, text));
            } else if applauds_itself(&view, action) {
                by_many.push((number, action, action.site, "the account cheers for itself".to_owned()));
            } else if let Some(friend) =
                friends.of_one_hand(&view, action, friends.speaker(action).unwrap_or(account))
            {
                let text = format!("cheers for `{friend}`, which the same hands run");
                by_many.push((number, action, action.site, text));
            } else if let Some(stage) = stage(&view, action) {
                let name = voices.first().map(|voice| voice.name.clone()).unwrap_or_default();
                stages.entry(stage).or_default().push(Cheer { account, automation: number, action, name });
            }
        }
        for (number, acts) in shares {
            let names: BTreeSet<&str> = acts.iter().map(|(_, name)| name.as_str()).collect();
            if names.len() >= 2 {
                let of_many = acts.iter().map(|(action, name)| {
                    (number, *action, action.site, format!("`{name}` does its part for the same post"))
                });
                by_many.extend(of_many);
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
    // One file with several accounts is one owner's, who may still work for several people: only whom it names counts.
    let named = || {
        let waits =
            |event| view.automation.is_some_and(|own| own.triggers.iter().any(|it| it.event == event));
        action.audience.kind == AudienceKind::Named || waits(Event::PostBy) && !waits(Event::PostMatch)
    };
    let owner = match view.account.owner_group.known() {
        Some(owner) => owner.to_lowercase(),
        None if named() && !matches!(action.verb, Verb::Repost | Verb::Follow) => {
            format!("file {:?}", view.account.site.used.file)
        }
        None => return None,
    };
    let mut of: Vec<String> = targets(view, action).map(|text| plain(&text.text)).collect();
    of.sort();
    of.dedup();
    (!of.is_empty()).then_some((owner, of))
}

/// Whom or what an action applauds, by name.
fn targets<'m>(view: &View<'m>, action: &'m Action) -> impl Iterator<Item = &'m Text> {
    let named = action.audience.kind == AudienceKind::Named && !action.audience.of.is_empty();
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    let shared = triggers
        .iter()
        .filter(move |trigger| !named && matches!(trigger.event, Event::PostBy | Event::PostMatch))
        .flat_map(|trigger| trigger.filters.iter().chain(trigger.from.iter().flat_map(|from| &from.of)));
    action.audience.of.iter().filter(move |_| named).chain(shared)
}

/// Which accounts of the run applaud which others of it.
struct Friends<'m> {
    accounts: &'m [Account],
    /// The accounts by their names without signs and servers.
    by_name: BTreeMap<String, Vec<usize>>,
    pairs: BTreeSet<(usize, usize)>,
}

/// So many accounts of one name are told apart by their servers.
const MOST_OF_ONE_NAME: usize = 20;

impl<'m> Friends<'m> {
    fn new(world: &'m World<'m>) -> Self {
        let accounts = &world.model.accounts;
        let mut friends = Self { accounts, by_name: BTreeMap::new(), pairs: BTreeSet::new() };
        // One account has nobody to applaud.
        if accounts.len() < 2 {
            return friends;
        }
        for (number, account) in accounts.iter().enumerate() {
            let Some(handle) = account.identity.handle.known() else { continue };
            let same = friends.by_name.entry(bare(handle)).or_default();
            if same.len() < MOST_OF_ONE_NAME {
                same.push(number);
            }
        }
        for account in 0..accounts.len() {
            for (_, view) in live_actions(world, account) {
                let Some(action) = view.action.filter(|action| applauds(action.verb)) else { continue };
                let others: Vec<usize> =
                    targets(&view, action).filter_map(|text| friends.named(account, &text.text)).collect();
                friends.pairs.extend(others.into_iter().map(|other| (account, other)));
            }
        }
        friends
    }

    /// The account of the run that an action is done with, where it names one.
    fn speaker(&self, action: &Action) -> Option<usize> {
        let [name] = action.acts_as.as_slice() else { return None };
        self.named(usize::MAX, &name.text)
    }

    /// The other account of the run that a text means.
    fn named(&self, own: usize, text: &str) -> Option<usize> {
        let same = self.by_name.get(&bare(text))?;
        same.iter().copied().find(|number| {
            let handle = self.accounts.get(*number).and_then(|account| account.identity.handle.known());
            *number != own && handle.is_some_and(|handle| is_same_name(handle, text))
        })
    }

    /// The account that is applauded, where the same hands run both: one file holds them, they have one owner, or each
    /// applauds the other. To repost a sister is no applause by itself, and neither is to follow her.
    fn of_one_hand(&self, view: &View<'_>, action: &Action, account: usize) -> Option<&'m str> {
        if matches!(action.verb, Verb::Repost | Verb::Follow) || self.pairs.is_empty() {
            return None;
        }
        let own = self.accounts.get(account)?;
        let others = targets(view, action).filter_map(|text| self.named(account, &text.text));
        let mut others = others.filter_map(|other| Some((other, self.accounts.get(other)?)));
        let friend = others.find(|(number, other)| {
            let owner = own.owner_group.known();
            own.site.used.file == other.site.used.file
                || owner.is_some() && owner == other.owner_group.known()
                || self.pairs.contains(&(*number, account))
        });
        friend.map(|(_, other)| other.identity.handle.known().unwrap_or(&other.name).as_str())
    }
}

fn identities_sentence(action: &Action) -> String {
    let names: Vec<_> = action.acts_as.iter().take(3).map(|text| text.text.as_str()).collect();
    format!("one program runs {} identities: {}", action.acts_as.len(), names.join(", "))
}
