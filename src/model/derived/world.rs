//! The model with indexes for what is looked up often: automations by account, awaited handles, routed events.

use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use super::View;
use crate::model::{Event, Model};

/// A model with an index of the automations of each account, so that no question scans the whole run.
#[derive(Debug)]
pub struct World<'m> {
    /// All accounts and automations of the run.
    pub model: &'m Model,
    automations_of: Vec<Vec<usize>>,
    /// Handles whose posts some automation waits for, folded.
    pub(super) sources: HashSet<String>,
    /// The events that automations of each account route; found when somebody first asks.
    pub(super) routed: Vec<OnceLock<BTreeSet<Event>>>,
}

impl<'m> World<'m> {
    /// Indexes a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let mut automations_of = vec![Vec::new(); model.accounts.len()];
        let mut sources = HashSet::new();
        for (number, automation) in model.automations.iter().enumerate() {
            if let Some(list) = automations_of.get_mut(automation.account) {
                list.push(number);
            }
            let posts = automation.triggers.iter().filter(|trigger| trigger.event == Event::PostBy);
            let from = posts.filter_map(|trigger| trigger.from.as_ref());
            sources.extend(from.flat_map(|from| &from.of).map(|text| fold_handle(&text.text)));
        }
        let routed = vec![OnceLock::new(); model.accounts.len()];
        Self { model, automations_of, sources, routed }
    }

    /// The numbers of an account's automations.
    #[must_use]
    pub fn automations_of(&self, account: usize) -> &[usize] {
        self.automations_of.get(account).map_or(&[], Vec::as_slice)
    }

    /// An account on its own.
    #[must_use]
    pub fn account(&'m self, account: usize) -> Option<View<'m>> {
        let number = account;
        let account = self.model.accounts.get(number)?;
        Some(View { world: self, number, account, automation: None, action: None })
    }

    /// An automation with its account.
    #[must_use]
    pub fn automation(&'m self, number: usize) -> Option<View<'m>> {
        let automation = self.model.automations.get(number)?;
        Some(View { automation: Some(automation), ..self.account(automation.account)? })
    }
}

/// A handle without its sign, in lower case.
pub(super) fn fold_handle(handle: &str) -> String {
    handle.trim_start_matches('@').to_lowercase()
}
