//! Locks: a conversation that was closed and has been quiet for a while is shut for good. What the action and
//! the app say in their own keys, put into the words of the model.

use super::{act, comment, label, unsent};
use crate::dialect::Lowered;
use crate::model::{Automation, Event, Guard, Site, Stated, Text, Trigger, Verb};

/// What happens to one kind of closed conversation.
pub(super) struct Lock {
    /// What is locked: issues, pull requests or discussions.
    pub(super) kind: &'static str,
    /// Its name: which step it is, where several share a file.
    pub(super) name: String,
    /// Where it stands.
    pub(super) site: Site,
    /// The account that acts.
    pub(super) account: usize,
    /// Off when it does not run.
    pub(super) enabled: Stated<bool>,
    /// Whether this kind is locked at all.
    pub(super) included: bool,
    /// Days without activity after the closing.
    pub(super) days: Stated<f64>,
    /// The message before it is locked; none is a silent lock.
    pub(super) message: Stated<String>,
    /// The reason that the platform shows.
    pub(super) reason: Stated<String>,
    /// The label of locked conversations.
    pub(super) label: Stated<String>,
    /// Which conversations it is limited to and which are exempt.
    pub(super) guards: Vec<Guard>,
}

/// Adds the automations of locks that belong together, and remarks on messages that none of them sends.
pub(super) fn lower(locks: Vec<Lock>, lowered: &mut Lowered) {
    let sent: Vec<Site> =
        locks.iter().filter(|lock| lock.included).filter_map(|lock| lock.message.site()).collect();
    for lock in locks {
        if lock.included {
            lock.lower(lowered);
        } else if lock.message.site().is_some_and(|site| !sent.contains(&site)) {
            unsent(&lock.message, &format!("{} are never locked", lock.kind), lowered);
        }
    }
}

impl Lock {
    fn lower(self, lowered: &mut Lowered) {
        let mut trigger = Trigger::new(Event::ItemClosed, self.days.site().unwrap_or(self.site));
        trigger.after = self.days.clone();
        let item = self.kind.strip_suffix('s').unwrap_or(self.kind).to_owned();
        trigger.items = vec![Text { text: item, site: self.site }];
        let lock_site = self.days.site().unwrap_or(self.site);
        let lock = act(Verb::Lock, lock_site).in_manner(self.reason.clone());
        let actions = comment(&self.message).into_iter().chain(label(&self.label)).chain([lock]).collect();
        lowered.automation(Automation {
            name: format!("{}: {}", self.name, self.kind),
            site: self.site,
            account: self.account,
            enabled: self.enabled,
            triggers: vec![trigger],
            guards: self.guards,
            actions,
            ..Automation::default()
        });
    }
}
