//! One rule of such a tool as automations: what its conditions leave, put into triggers and guards, with its deeds.

use super::checks::{Checks, Left};
use crate::dialect::github::comment;
use crate::model::{
    Action, Audience, AudienceKind, Automation, Event, Guard, GuardKind, Limits, Schedule, Site, Stated,
    Text, Trigger, Verb,
};

/// What the items of a tracker are called.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub(super) issue: &'static str,
    pub(super) pull: &'static str,
}

/// The names on GitHub.
pub(super) const GITHUB: Names = Names { issue: "issue", pull: "pull request" };

/// A rule.
pub(super) struct Policy {
    pub(super) name: String,
    pub(super) site: Site,
    pub(super) account: usize,
    pub(super) enabled: Stated<bool>,
    pub(super) names: Names,
    pub(super) checks: Checks,
    pub(super) when: When,
    pub(super) actions: Vec<Action>,
    pub(super) limits: Limits,
}

/// When the tool looks.
pub(super) enum When {
    /// By the clock, at everything that fits.
    Clock(Stated<Schedule>),
    /// Whenever something changes; this event where the conditions name none.
    Events(Event),
}

impl Policy {
    /// Its automations: one for each kind of item that falls quiet, else one.
    pub(super) fn automations(self) -> Vec<Automation> {
        if self.actions.is_empty() {
            return Vec::new();
        }
        let mut left = self.checks.left();
        let triggers = self.triggers(&mut left);
        let is_clock = triggers.iter().any(|trigger| trigger.event == Event::Schedule);
        let of = self.items(&left);
        let mut actions = self.actions;
        if is_clock && left.closed != Some(true) {
            for action in actions.iter_mut().filter(|action| is_told(action)) {
                action.audience = Audience::new(AudienceKind::OpenItems, action.site).of(of.clone());
            }
        }
        let mut guards = left.guards;
        remember(&mut guards, &actions);
        let is_quiet =
            triggers.iter().all(|trigger| matches!(trigger.event, Event::IssueIdle | Event::PrIdle));
        let groups =
            if is_quiet { triggers.into_iter().map(|one| vec![one]).collect() } else { vec![triggers] };
        let automation = |triggers: Vec<Trigger>| Automation {
            name: self.name.clone(),
            site: self.site,
            account: self.account,
            enabled: self.enabled.clone(),
            triggers,
            guards: guards.clone(),
            actions: actions.clone(),
            limits: self.limits.clone(),
            ..Automation::default()
        };
        groups.into_iter().map(automation).collect()
    }

    fn items(&self, left: &Left) -> Vec<Text> {
        let (issues, pulls) = left.items();
        let kinds = [(issues, self.names.issue), (pulls, self.names.pull)];
        let kinds = kinds.into_iter().filter(|(is_meant, _)| *is_meant);
        kinds.map(|(_, name)| Text { text: name.to_owned(), site: self.site }).collect()
    }

    fn triggers(&self, left: &mut Left) -> Vec<Trigger> {
        let schedule = match &self.when {
            When::Clock(schedule) => schedule.clone(),
            When::Events(_) => Stated::Absent,
        };
        let items = self.items(left);
        if let Some((days, by_age)) = &left.quiet {
            let (issues, pulls) = left.items();
            let events = match left.closed {
                Some(true) => vec![(Event::ItemClosed, items)],
                _ => {
                    let item = |name: &str| vec![Text { text: name.to_owned(), site: self.site }];
                    let kinds = [
                        (issues, Event::IssueIdle, item(self.names.issue)),
                        (pulls, Event::PrIdle, item(self.names.pull)),
                    ];
                    kinds.into_iter().filter(|(is, ..)| *is).map(|(_, event, items)| (event, items)).collect()
                }
            };
            let trigger = |(event, items): (Event, Vec<Text>)| {
                let mut trigger = Trigger::new(event, days.site().unwrap_or(self.site));
                trigger.items = items;
                trigger.after = days.clone();
                trigger.schedule = schedule.clone();
                if *by_age {
                    trigger.ignores_activity = days.clone().map(|_| true);
                }
                trigger
            };
            return events.into_iter().map(trigger).collect();
        }
        let fallback = match &self.when {
            When::Clock(_) => {
                let mut trigger = Trigger::new(Event::Schedule, schedule.site().unwrap_or(self.site));
                trigger.schedule = schedule;
                return vec![trigger];
            }
            When::Events(event) => *event,
        };
        let is_merged = left.merged;
        let mut happened = left.happened.clone();
        if happened.is_empty() && left.closed == Some(true) {
            happened.push((Event::ItemClosed, Vec::new(), self.site));
        }
        // Where nothing else starts it, a label that must be there does.
        if happened.is_empty()
            && let Some(place) = left.guards.iter().position(|guard| guard.kind == GuardKind::OnlyLabels)
        {
            let label = left.guards.remove(place);
            happened.push((Event::Labelled, label.values, label.site));
        }
        if happened.is_empty() {
            happened.push((fallback, Vec::new(), self.site));
        }
        let trigger = |(event, filters, site): (Event, Vec<Text>, Site)| {
            let mut trigger = Trigger { filters, ..Trigger::new(event, site) };
            if matches!(event, Event::ItemClosed | Event::Labelled | Event::Pushed | Event::Reopened) {
                trigger.items.clone_from(&items);
            }
            if event == Event::ItemClosed && is_merged {
                trigger.traits = vec![Text { text: "it is merged".to_owned(), site }];
            }
            trigger
        };
        happened.into_iter().map(trigger).collect()
    }
}

/// A comment, pointed at where the deed is named.
pub(super) fn said(message: &Stated<String>, site: Site) -> Option<Action> {
    comment(message).map(|told| Action { site, ..told })
}

/// Whether people in the item are told something.
const fn is_told(action: &Action) -> bool {
    matches!(action.verb, Verb::Comment | Verb::Reply)
        && matches!(action.audience.kind, AudienceKind::Initiator)
}

/// A label that the rule sets and whose items it leaves out is its memory.
fn remember(guards: &mut Vec<Guard>, actions: &[Action]) {
    let is_set = |label: &Text| {
        actions.iter().any(|action| action.verb == Verb::Label && action.manner.known() == Some(&label.text))
    };
    let mut site = None;
    for guard in guards.iter_mut().filter(|guard| guard.kind == GuardKind::ExemptLabels) {
        let before = guard.values.len();
        guard.values.retain(|label| !is_set(label));
        if guard.values.len() < before {
            site = Some(guard.site);
        }
    }
    if let Some(site) = site {
        guards.retain(|guard| guard.kind != GuardKind::ExemptLabels || !guard.values.is_empty());
        guards.push(Guard::new(GuardKind::OncePerThread, site));
    }
}
