//! Stale policies: mark what nobody touched for a while, close it a while later. What every tool of this
//! kind says in its own keys, put into the words of the model.

use super::{Item, act, comment, label};
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Action, Automation, Guard, Site, Stated, Trigger, Verb};

/// A stale policy for one kind of item. Negative days mean never.
pub(super) struct Policy {
    /// What it is about.
    pub(super) item: Item,
    /// Its name: which step it is, where several share a file.
    pub(super) name: String,
    /// Where it stands.
    pub(super) site: Site,
    /// The account that acts.
    pub(super) account: usize,
    /// Off when nothing really happens.
    pub(super) enabled: Stated<bool>,
    /// Days without activity until the item is marked.
    pub(super) stale_days: Stated<f64>,
    /// Days between mark and closing.
    pub(super) close_days: Stated<f64>,
    /// The message that announces it; none is a silent mark.
    pub(super) mark_message: Stated<String>,
    /// The message of the closing; none is a silent closing.
    pub(super) close_message: Stated<String>,
    /// The label of marked items.
    pub(super) mark_label: Stated<String>,
    /// The label of closed items.
    pub(super) close_label: Stated<String>,
    /// Where it says that the branch of a closed pull request is deleted.
    pub(super) deletes_branch: Option<Site>,
    /// Whether activity does not save the item.
    pub(super) ignores_activity: Stated<bool>,
    /// Which items it is limited to and which are exempt.
    pub(super) guards: Vec<Guard>,
}

/// Adds the automations of policies that belong together, and remarks on messages that none of them sends.
pub(super) fn lower(policies: Vec<Policy>, lowered: &mut Lowered) {
    let messages = || policies.iter().flat_map(Policy::messages);
    let mut settled: Vec<Site> = messages().filter(|(_, sent, _)| *sent).map(|(site, ..)| site).collect();
    for (site, _, why) in messages() {
        if !settled.contains(&site) {
            settled.push(site);
            let help = "delete the message, or set the days that send it";
            lowered.remark(RemarkKind::Inert, site, format!("nobody gets this message: {why}"), help);
        }
    }
    for policy in policies {
        if policy.marks() {
            lowered.automation(policy.automation());
        }
    }
}

impl Policy {
    fn marks(&self) -> bool {
        !is_never(&self.stale_days)
    }

    fn closes(&self) -> bool {
        self.marks() && !is_never(&self.close_days)
    }

    /// Where each message stands, whether it is sent, and if not, why. What is never marked by machine may
    /// still be marked by hand, and is then closed.
    fn messages(&self) -> impl Iterator<Item = (Site, bool, String)> {
        let reason = |verb| format!("{} are never {verb}", self.item.name());
        let mark = self.mark_message.site().map(|site| (site, self.marks(), reason("marked")));
        let close = self.close_message.site();
        let close = close.map(|site| (site, !is_never(&self.close_days), reason("closed")));
        mark.into_iter().chain(close)
    }

    fn automation(self) -> Automation {
        let mut trigger = Trigger::new(self.item.idle(), self.stale_days.site().unwrap_or(self.site));
        trigger.after = self.stale_days.clone();
        trigger.ignores_activity = self.ignores_activity.clone();
        Automation {
            name: self.name.clone(),
            site: self.site,
            account: self.account,
            enabled: self.enabled.clone(),
            triggers: vec![trigger],
            actions: self.actions(),
            guards: self.guards,
            ..Automation::default()
        }
    }

    fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        actions.extend(comment(&self.mark_message));
        actions.extend(label(&self.mark_label));
        if !self.closes() {
            return actions;
        }
        let first_of_closing = actions.len();
        let close_site = self.close_days.site().unwrap_or(self.site);
        actions.push(act(Verb::Close, close_site));
        actions.extend(comment(&self.close_message));
        actions.extend(label(&self.close_label));
        if self.item == Item::Pulls {
            actions.extend(self.deletes_branch.map(|site| {
                act(Verb::DeleteContent, site).in_manner(Stated::Known("branch".to_owned(), site))
            }));
        }
        for action in actions.iter_mut().skip(first_of_closing) {
            action.delay = self.close_days.clone();
        }
        actions
    }
}

fn is_never(days: &Stated<f64>) -> bool {
    days.get().is_some_and(|days| days < 0.0)
}
