//! The accounts that an action speaks with: the automation's own, or those it names.

use std::collections::HashMap;

use crate::model::{Account, Action, FactKind, View, World};

/// One account that carries an action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Voice {
    /// Its handle or name, in lower case and without the sign.
    pub(super) name: String,
    /// The platform, where it is known.
    pub(super) platform: Option<String>,
}

/// The accounts of a run, by every name that the configuration may use for them.
pub(super) struct Cast<'m> {
    by_name: HashMap<String, &'m Account>,
}

impl<'m> Cast<'m> {
    pub(super) fn new(world: &World<'m>) -> Self {
        let mut by_name = HashMap::new();
        for account in &world.model.accounts {
            let handle = account.identity.handle.known();
            for name in [Some(&account.name), handle].into_iter().flatten() {
                by_name.entry(plain(name)).or_insert(account);
            }
        }
        Self { by_name }
    }

    /// The accounts that carry an action.
    pub(super) fn voices(&self, view: &View<'_>, action: &Action) -> Vec<Voice> {
        if action.acts_as.is_empty() {
            return vec![voice_of(view.account)];
        }
        let mut voices: Vec<Voice> = action
            .acts_as
            .iter()
            .map(|text| {
                let name = plain(&text.text);
                let unknown = || Voice { platform: platform_in(&name), name: name.clone() };
                self.by_name.get(&name).map_or_else(unknown, |account| voice_of(account))
            })
            .collect();
        voices.sort();
        voices.dedup();
        voices
    }
}

fn voice_of(account: &Account) -> Voice {
    let handle = account.identity.handle.known().unwrap_or(&account.name);
    let platform = account.identity.platform.known().cloned().or_else(|| platform_in(handle));
    Voice { name: plain(handle), platform }
}

/// Whether a text in the configuration means this account.
pub(super) fn is_called(account: &Account, text: &str) -> bool {
    let wanted = plain(text);
    !wanted.is_empty()
        && (plain(&account.name) == wanted
            || account.identity.handle.known().is_some_and(|handle| plain(handle) == wanted))
}

/// A handle as it is compared: without the sign, in lower case.
pub(super) fn plain(handle: &str) -> String {
    handle.trim().trim_start_matches('@').to_lowercase()
}

/// Whether two texts are one handle, however each is written: `@kim@example.org`, `kim`, `Kim`, `k_i_m`.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    let host = |text: &str| named_alone(text).split_once('@').map(|(_, host)| host.to_owned());
    let name = bare(one);
    !name.is_empty()
        && name == bare(other)
        && host(one).is_none_or(|one| host(other).is_none_or(|other| one == other))
}

/// The letters and digits of a name, without its server.
pub(super) fn bare(handle: &str) -> String {
    let handle = named_alone(handle);
    let name = handle.split('@').next().unwrap_or_default();
    name.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// A handle without what stands before it: `account:@kim`.
fn named_alone(handle: &str) -> String {
    plain(handle.rsplit_once(":@").map_or(handle, |(_, name)| name))
}

/// The network that a full handle shows: `@me@host` and `me.bsky.social`.
fn platform_in(handle: &str) -> Option<String> {
    let handle = plain(handle);
    if handle.contains('@') {
        Some("fediverse".to_owned())
    } else if handle.ends_with(".bsky.social") {
        Some("bluesky".to_owned())
    } else {
        None
    }
}

/// Whether the account only serves tests.
pub(super) fn is_a_test(account: &Account) -> bool {
    let environment = account.fact(FactKind::Environment).and_then(|fact| fact.value.known());
    environment.is_some_and(|environment| environment == "test")
}
