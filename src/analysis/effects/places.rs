//! Where events arrive and who is reached: accounts of ours by every name a configuration may use for them,
//! channels and accounts of others by the name alone, and platforms as a whole.

use std::collections::HashMap;

use super::super::voices::plain;
use crate::model::{Action, AudienceKind, Model, Text, Visibility};

/// A place where an event can arrive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// At one of our accounts.
    Account(usize),
    /// At an account or channel that is only known by name.
    Named(String),
    /// Anywhere on a platform.
    Platform(String),
}

/// The accounts of a run, by name.
#[derive(Debug)]
pub(super) struct Places {
    by_name: HashMap<String, usize>,
    platforms: Vec<Option<String>>,
}

impl Places {
    /// Indexes the accounts of a model. Where two share a name, the first has it.
    #[must_use]
    pub(super) fn new(model: &Model) -> Self {
        let mut by_name = HashMap::new();
        for (number, account) in model.accounts.iter().enumerate() {
            let handle = account.identity.handle.known();
            for name in [Some(&account.name), handle].into_iter().flatten() {
                by_name.entry(plain(name)).or_insert(number);
            }
        }
        let platforms = model.accounts.iter().map(|account| account.identity.platform.known().cloned());
        Self { by_name, platforms: platforms.collect() }
    }

    /// The place that a name means.
    #[must_use]
    pub(super) fn named(&self, name: &str) -> Spot {
        let name = plain(name);
        self.by_name.get(&name).map_or_else(|| Spot::Named(name), |account| Spot::Account(*account))
    }

    /// Our accounts among these names.
    pub(super) fn ours<'t>(&'t self, names: &'t [Text]) -> impl Iterator<Item = usize> + 't {
        names.iter().filter_map(|name| self.by_name.get(&plain(&name.text)).copied())
    }

    /// The spot at which an account hears what strangers post: its platform, or only itself where the
    /// platform is not known.
    #[must_use]
    pub(super) fn hears_at(&self, account: usize) -> Spot {
        let platform = self.platforms.get(account).cloned().flatten();
        platform.map_or(Spot::Account(account), Spot::Platform)
    }

    /// The accounts that carry an act.
    #[must_use]
    pub(super) fn speakers(&self, account: usize, action: &Action) -> Vec<Spot> {
        if action.acts_as.is_empty() {
            return vec![Spot::Account(account)];
        }
        action.acts_as.iter().map(|text| self.named(&text.text)).collect()
    }

    /// Where a publication can be read: in the channel that it names, or at the account and on its platform.
    #[must_use]
    pub(super) fn published(&self, account: usize, action: &Action) -> Vec<Spot> {
        if matches!(action.visible_to(), Visibility::Private | Visibility::Operator) {
            return Vec::new();
        }
        let whom = matches!(action.audience.kind, AudienceKind::Named | AudienceKind::Public);
        let into_channel = whom && !action.audience.of.is_empty();
        let mut spots = if into_channel && action.verb.is_publication() {
            action.audience.of.iter().map(|text| self.named(&text.text)).collect()
        } else {
            self.speakers(account, action)
        };
        let platforms: Vec<Spot> = spots
            .iter()
            .filter_map(|spot| match spot {
                Spot::Account(number) => self.platforms.get(*number).cloned().flatten(),
                _ => None,
            })
            .map(Spot::Platform)
            .collect();
        spots.extend(platforms);
        spots.sort();
        spots.dedup();
        spots
    }
}
