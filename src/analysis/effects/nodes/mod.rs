//! One automation as the effect graph sees it: what it waits for, what it does, how often, and which brakes
//! it carries.

mod braking;
mod events;
mod rates;

use super::assumptions::Assumptions;
use super::network::Slow;
use super::places::{Places, Spot};
use super::words;
use crate::model::{Action, AudienceKind, Event, GuardKind, LimitKind, Text, Trigger, Verb, View, World};
use rates::{cap, open_items, slow};

/// An automation that can fire.
#[derive(Clone, Debug)]
pub struct Node<'m> {
    /// Its number in the model.
    pub automation: usize,
    /// Its account's number in the model.
    pub account: usize,
    /// The automation in its surroundings.
    pub view: View<'m>,
    /// What it does, both branches.
    pub acts: Vec<&'m Action>,
    /// The events that set it off, and where they arrive.
    pub waits_for: Vec<(Event, Spot)>,
    /// Events whose outcome its scheduled acts go and fetch. They give it something to do, not a reason.
    pub fetches: Vec<(Event, Spot)>,
    /// Events that must bring certain words, labels or commands.
    choosy: Vec<Event>,
    /// Those of its limits that can be brakes.
    brakes: Vec<(LimitKind, f64)>,
    /// Firings a day from outside.
    pub base: f64,
    /// Firings a day that it allows itself; infinite without a cap.
    pub cap: f64,
    /// How it waits, if it waits for days.
    pub slow: Option<Slow>,
    /// Whether it works in an issue tracker.
    pub is_tracker: bool,
    /// How many open items an act on all of them meets.
    pub items: f64,
    /// Whether it drops exact copies of what it saw.
    pub drops_exact_copies: bool,
}

/// The automations of a model that can fire.
pub(super) fn nodes<'m>(world: &'m World<'m>, assumptions: &Assumptions, places: &Places) -> Vec<Node<'m>> {
    let numbers = 0..world.model.automations.len();
    let mut nodes = Vec::with_capacity(numbers.len());
    let live = numbers
        .filter_map(|number| Some((number, world.automation(number)?)))
        .filter(|(_, view)| view.is_live());
    nodes.extend(live.filter_map(|(number, view)| Node::new(number, view, assumptions, places)));
    nodes
}

impl<'m> Node<'m> {
    fn new(number: usize, view: View<'m>, assumptions: &Assumptions, places: &Places) -> Option<Self> {
        let automation = view.automation?;
        let acts: Vec<&Action> = automation.actions.iter().chain(&automation.otherwise).collect();
        let cap = cap(&view, &acts, assumptions);
        let mut node = Self {
            automation: number,
            account: automation.account,
            view,
            acts,
            waits_for: Vec::new(),
            fetches: Vec::new(),
            choosy: Vec::new(),
            brakes: Vec::new(),
            base: 0.0,
            cap,
            slow: automation.triggers.iter().find_map(|trigger| slow(&view, trigger, assumptions)),
            is_tracker: is_tracker(&view),
            items: open_items(&view, assumptions),
            drops_exact_copies: view.has_guard(GuardKind::DedupeExact),
        };
        node.base = node.base_rate(assumptions);
        node.waits_for = node.events(places);
        node.fetches = node.fetched(places);
        node.choosy = node.events_with_words();
        node.brakes = node.limits();
        Some(node)
    }

    pub(super) fn triggers(&self) -> &'m [Trigger] {
        self.view.automation.map_or(&[], |automation| &automation.triggers)
    }

    /// Whether an event of this kind can set it off, wherever it arrives.
    pub(super) fn reacts_to(&self, event: Event) -> bool {
        let first = self.waits_for.partition_point(|(known, _)| *known < event);
        self.waits_for.get(first).is_some_and(|(known, _)| *known == event)
    }

    /// Whether an event at this place sets it off.
    pub(super) fn waits_for_at(&self, event: Event, spot: &Spot) -> bool {
        self.waits_for.binary_search_by(|(known, place)| (known, place).cmp(&(&event, spot))).is_ok()
    }

    /// Whether it publishes.
    pub(super) fn publishes(&self) -> bool {
        self.acts.iter().any(|action| action.verb.is_publication())
    }

    /// Whether what it copies on is no longer the same text.
    pub(super) fn edits_copies(&self) -> bool {
        self.acts.iter().filter(|action| action.verb.is_publication()).any(|action| {
            let changed = |text: &Text| {
                let mut slots = crate::model::slots(&text.text);
                let whole = slots
                    .next()
                    .is_some_and(|slot| slot.start == 0 && slot.end == text.text.trim_end().len());
                !whole
            };
            action.verb == Verb::Quote || action.texts.iter().any(changed)
        })
    }

    /// Whether an act follows people who follow us already.
    pub(crate) fn returns_follows(&self, action: &Action) -> bool {
        let each = action.audience.kind == AudienceKind::Initiator && self.reacts_to(Event::Followed);
        action.verb == Verb::Follow && (each || action.audience.kind == AudienceKind::OwnFollowers)
    }

    /// Whether an act drops people for not following back.
    pub(super) fn drops_who_did_not_return(&self, action: &Action) -> bool {
        let each = action.audience.kind == AudienceKind::Initiator && self.reacts_to(Event::NotFollowedBack);
        action.verb == Verb::Unfollow && (each || action.audience.kind == AudienceKind::NonFollowers)
    }
}

/// Whether an account works in an issue tracker, by its platform or by what it waits for.
fn is_tracker(view: &View<'_>) -> bool {
    let platform = view.account.identity.platform.known();
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    platform.is_some_and(|platform| words::is_tracker(platform))
        || triggers.iter().any(|trigger| {
            matches!(
                trigger.event,
                Event::IssueIdle
                    | Event::PrIdle
                    | Event::IssueOpened
                    | Event::PrOpened
                    | Event::Labelled
                    | Event::ItemClosed
                    | Event::Reopened
                    | Event::Pushed
            )
        })
}
