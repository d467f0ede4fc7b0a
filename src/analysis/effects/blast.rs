//! How many people a whole set-up reaches in a day, at worst, who did not ask for it.

use std::collections::BTreeMap;

use super::build::Effects;
use super::nodes::Node;
use crate::model::{Action, AudienceKind, Event, Site, Verb, View};

/// The reach of one account.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// People a day who did not ask; infinite where nothing bounds them.
    pub per_day: f64,
    /// The acts that contribute, the largest first.
    pub contributors: Vec<Contributor>,
    /// The events whose number had to be assumed, each once.
    pub assumed: Vec<Event>,
    /// Whether one run a day had to be assumed.
    pub assumed_daily_run: bool,
    /// Whether more happens than people and the clock cause, because what it does sets it off again.
    pub feeds_itself: bool,
}

/// An act that reaches people who did not ask.
#[derive(Clone, Copy, Debug)]
pub struct Contributor {
    /// Its automation, by its number in the graph.
    pub node: usize,
    /// Its position among the acts of the automation.
    pub act: usize,
    /// People a day; infinite where nothing bounds them.
    pub per_day: f64,
}

/// The reach of each account that contacts anybody unasked, by its number in the model; `firings` are those of
/// the graph's automations.
#[must_use]
pub fn reach(effects: &Effects<'_>, firings: &[f64]) -> BTreeMap<usize, Reach> {
    let mut acts: BTreeMap<usize, BTreeMap<Site, Contributor>> = BTreeMap::new();
    let mut reaches: BTreeMap<usize, Reach> = BTreeMap::new();
    for (number, (node, fires)) in effects.nodes.iter().zip(firings).enumerate() {
        if is_no_outreach(node) {
            continue;
        }
        for (act, action) in node.acts.iter().enumerate() {
            let view = node.view.on(action);
            if !view.is_unsolicited() || view.is_approved() {
                continue;
            }
            let (per_day, shared) = people(&view, action, *fires, node.items);
            let contributor = Contributor { node: number, act, per_day };
            // A limit that stands at one place holds once, however many automations share it.
            let entry = acts.entry(node.account).or_default();
            let known = entry.entry(shared.unwrap_or(action.site)).or_insert(contributor);
            if contributor.per_day > known.per_day {
                *known = contributor;
            }
            if per_day > 0.0 {
                reaches.entry(node.account).or_default().assume(node, &view, per_day);
            }
        }
    }
    for (account, acts) in acts {
        let Some(reach) = reaches.get_mut(&account) else { continue };
        reach.per_day = acts.values().map(|act| act.per_day).sum();
        reach.contributors = acts.into_values().filter(|act| act.per_day > 0.0).collect();
        reach.contributors.sort_by(|a, b| b.per_day.total_cmp(&a.per_day).then(a.node.cmp(&b.node)));
    }
    reaches
}

/// People a day whom an act reaches, and where the limit stands that decides.
fn people(view: &View<'_>, action: &Action, fires: f64, items: f64) -> (f64, Option<Site>) {
    let rate = view.rate();
    let limit = rate.sites.first().copied().filter(|_| rate.per_day.is_some());
    match (action.audience.kind, rate.per_day) {
        (AudienceKind::Initiator, Some(most)) if most <= fires => (most, limit),
        (AudienceKind::Initiator, _) => (fires, None),
        (_, Some(most)) => (most, limit),
        (AudienceKind::OpenItems, _) => (fires * action.audience.size.get().unwrap_or(items), None),
        _ if action.audience.is_finite() => (fires * action.audience.of.len().max(1) as f64, None),
        _ if fires > 0.0 => (f64::INFINITY, None),
        _ => (0.0, None),
    }
}

/// Whether it deals with people who share a place with it, or warns of danger: moderation, talk in one's own
/// rooms, public emergencies. How many there are is not the bot's to choose.
fn is_no_outreach(node: &Node<'_>) -> bool {
    use AudienceKind::{Members, Named, Team};
    use Verb::{Ban, Close, DeleteContent, HoldForReview, Kick, Lock, Timeout};
    let moderates = node.acts.iter().any(|action| {
        matches!(action.verb, Ban | Close | DeleteContent | HoldForReview | Kick | Lock | Timeout)
    });
    let warns = node.triggers().iter().any(|trigger| trigger.event == Event::Crisis);
    let mut from = node.triggers().iter().filter_map(|trigger| trigger.from.as_ref());
    moderates || warns || from.any(|from| matches!(from.kind, Members | Named | Team))
}

impl Reach {
    /// Notes what had to be assumed for a number.
    fn assume(&mut self, node: &Node<'_>, view: &View<'_>, per_day: f64) {
        let rate = view.rate();
        self.assumed_daily_run |= rate.assumed_daily_run;
        let is_capped = rate.per_day.is_some_and(|most| most <= per_day);
        if per_day.is_infinite() || is_capped || node.base <= 0.0 {
            return;
        }
        self.feeds_itself |= per_day > node.base;
        let events = node.triggers().iter().map(|trigger| trigger.event);
        for event in events.filter(|event| !matches!(event, Event::Schedule | Event::Manual)) {
            if !self.assumed.contains(&event) {
                self.assumed.push(event);
            }
        }
    }
}
