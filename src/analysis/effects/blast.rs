//! How many people a whole set-up reaches in a day, at worst, who did not ask for it.

use std::collections::BTreeMap;

use super::build::Effects;
use super::nodes::Node;
use crate::model::{Action, AudienceKind, Consent, Event, LimitKind, Site, Stated, Verb, View};

/// The reach of one account.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// People a day who did not ask; infinite where nothing bounds them.
    pub per_day: f64,
    /// The acts that contribute, the largest first.
    pub contributors: Vec<Contributor>,
    /// The same for people of whom nothing says whether they asked.
    pub open: Option<Box<Reach>>,
    /// Whether it reaches people who did not ask, however often that may be.
    pub unasked: bool,
    /// People a day whom it names in front of others, infinite where nothing bounds them, and the acts that do. They
    /// get no message and do not count among those above.
    pub named: Vec<Contributor>,
    /// Whether it deals with people who share a place with it, whose number is not its to choose.
    pub in_its_place: bool,
    /// Whether it drops people: unfollows, blocks, mutes.
    pub drops: bool,
    /// Whether people whom it reaches turned to it or subscribed.
    pub asked: bool,
    /// The events whose number had to be assumed, each once.
    pub assumed: Vec<Event>,
    /// Whether one run a day had to be assumed.
    pub assumed_daily_run: bool,
    /// Whether the number of open items had to be assumed, and whether only new ones count.
    pub assumed_items: Option<bool>,
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
    /// Whether a limit holds whose number only a run knows.
    pub unknown: bool,
}

/// The reach of each account that contacts anybody, by its number in the model; `firings` are those of the
/// graph's automations. Who did not ask counts; of whom nothing is known is kept apart.
#[must_use]
pub fn reach(effects: &Effects<'_>, firings: &[f64]) -> BTreeMap<usize, Reach> {
    let mut acts: BTreeMap<usize, Shared> = BTreeMap::new();
    let mut open: BTreeMap<usize, Shared> = BTreeMap::new();
    let mut named: BTreeMap<usize, Shared> = BTreeMap::new();
    let mut reaches: BTreeMap<usize, Reach> = BTreeMap::new();
    for (number, (node, fires)) in effects.nodes.iter().zip(firings).enumerate() {
        let no_outreach = is_no_outreach(node);
        for (act, action) in node.acts.iter().enumerate() {
            let view = node.view.on(action);
            let known = view.consent();
            if view.is_approved() {
                continue;
            }
            if view.names_in_public() {
                let (per_day, shared) = of_each_time(&view, *fires);
                let contributor = Contributor { node: number, act, per_day, unknown: false };
                let reach = reaches.entry(node.account).or_default();
                if per_day > 0.0 {
                    reach.assume(node, &view, (per_day, *fires));
                }
                named.entry(node.account).or_default().insert(shared.unwrap_or(action.site), contributor);
            }
            if !view.is_contact() {
                if let Some(deals) = deals_with_people(action.verb) {
                    reaches.entry(node.account).or_default().deal(deals);
                }
                continue;
            }
            let (per_day, shared) = people(&view, action, *fires, node.items);
            let never = view.rate().per_day == Some(0.0);
            if !never {
                let in_its_place = no_outreach && is_of_the_place(action.audience.kind);
                reaches.entry(node.account).or_default().tell(known, in_its_place);
            }
            if no_outreach || known.is_some_and(|consent| consent > Consent::Gesture) {
                continue;
            }
            let unknown = per_day.is_infinite() && is_limited_later(&view);
            let contributor = Contributor { node: number, act, per_day, unknown };
            // A limit that stands at one place holds once, however many automations share it.
            let kept = if known.is_some() { &mut acts } else { &mut open };
            let entry = kept.entry(node.account).or_default();
            let most = entry.entry(shared.unwrap_or(action.site)).or_insert(contributor);
            if contributor.per_day > most.per_day {
                *most = contributor;
            }
            if per_day > 0.0 {
                let reach = reaches.entry(node.account).or_default();
                let reach = if known.is_some() { reach } else { reach.open.get_or_insert_default() };
                reach.assume(node, &view, (per_day, *fires));
            }
        }
    }
    for (account, acts) in acts {
        let Some(reach) = reaches.get_mut(&account) else { continue };
        reach.per_day = acts.values().map(|act| act.per_day).sum();
        reach.contributors = largest_first(acts);
    }
    for (account, acts) in named {
        let Some(reach) = reaches.get_mut(&account) else { continue };
        reach.named = acts.into_values().collect();
        reach.named.sort_by(|a, b| b.per_day.total_cmp(&a.per_day).then(a.node.cmp(&b.node)));
    }
    for (account, acts) in open {
        let Some(reach) = reaches.get_mut(&account).and_then(|reach| reach.open.as_mut()) else { continue };
        reach.contributors = largest_first(acts);
    }
    reaches
}

/// Acts by the place where the limit stands that they share.
type Shared = BTreeMap<Site, Contributor>;

fn largest_first(acts: Shared) -> Vec<Contributor> {
    let mut acts: Vec<Contributor> = acts.into_values().filter(|act| act.per_day > 0.0).collect();
    acts.sort_by(|a, b| b.per_day.total_cmp(&a.per_day).then(a.node.cmp(&b.node)));
    acts
}

/// People a day, where each time it is one, and where the limit stands that decides.
fn of_each_time(view: &View<'_>, fires: f64) -> (f64, Option<Site>) {
    let rate = view.rate();
    match rate.on_a_day {
        Some(most) if most <= fires => (most, rate.sites.first().copied()),
        _ => (fires, None),
    }
}

/// People a day whom an act reaches, and where the limit stands that decides.
fn people(view: &View<'_>, action: &Action, fires: f64, items: f64) -> (f64, Option<Site>) {
    let rate = view.rate();
    let limit = rate.sites.first().copied().filter(|_| rate.per_day.is_some());
    // A clock that fires once a week does all of it on one day.
    let fires = view.runs_on_a_day().filter(|_| fires > 0.0).map_or(fires, |runs| fires.max(runs));
    match (action.audience.kind, rate.on_a_day) {
        (AudienceKind::Initiator, _) => of_each_time(view, fires),
        (_, Some(most)) => (most, limit),
        (AudienceKind::OpenItems, _) => (fires * action.audience.size.get().unwrap_or(items), None),
        _ if action.audience.is_finite() => (fires * action.audience.of.len().max(1) as f64, None),
        _ if fires > 0.0 => (f64::INFINITY, None),
        _ => (0.0, None),
    }
}

/// Whether the number of a limit is filled in later.
fn is_limited_later(view: &View<'_>) -> bool {
    [LimitKind::PerRun, LimitKind::PerHour, LimitKind::PerDay]
        .into_iter()
        .any(|kind| matches!(view.limit(kind), Some(Stated::Unknown(_))))
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

/// What an act that contacts nobody does to people all the same.
#[derive(Clone, Copy)]
enum Deals {
    /// It decides about people or their things in a place that it looks after.
    Moderates,
    /// It ends a tie with them.
    Drops,
}

const fn deals_with_people(verb: Verb) -> Option<Deals> {
    match verb {
        Verb::Ban
        | Verb::Close
        | Verb::DeleteContent
        | Verb::FailCheck
        | Verb::HoldForReview
        | Verb::Kick
        | Verb::Lock
        | Verb::MarkPerson
        | Verb::Reopen
        | Verb::Timeout => Some(Deals::Moderates),
        Verb::Block | Verb::Mute | Verb::RemoveFollower | Verb::Unfollow => Some(Deals::Drops),
        _ => None,
    }
}

/// Whether these are people who are there, rather than sought elsewhere.
const fn is_of_the_place(audience: AudienceKind) -> bool {
    use AudienceKind::{Initiator, Members, Named, NonResponders};
    matches!(audience, Initiator | Members | Named | NonResponders)
}

impl Reach {
    /// Notes what is known of people who are reached.
    fn tell(&mut self, consent: Option<Consent>, in_its_place: bool) {
        match consent {
            _ if in_its_place => self.in_its_place = true,
            None => {
                self.open.get_or_insert_default();
            }
            Some(consent) if consent > Consent::Gesture => self.asked = true,
            Some(_) => self.unasked = true,
        }
    }

    /// Notes what an act does to people whom it does not contact.
    fn deal(&mut self, deals: Deals) {
        match deals {
            Deals::Moderates => self.in_its_place = true,
            Deals::Drops => self.drops = true,
        }
    }

    /// Notes what had to be assumed for a number.
    fn assume(&mut self, node: &Node<'_>, view: &View<'_>, (per_day, fires): (f64, f64)) {
        let rate = view.rate();
        self.assumed_daily_run |= rate.assumed_daily_run;
        let is_capped = rate.per_day.is_some_and(|most| most <= per_day);
        if per_day.is_infinite() || is_capped || node.base <= 0.0 {
            return;
        }
        self.feeds_itself |= fires > node.base + 1e-9;
        let of_items = view.action.is_some_and(|action| {
            action.audience.kind == AudienceKind::OpenItems && action.audience.size.get().is_none()
        });
        if of_items {
            self.assumed_items = Some(view.guards().any(|guard| guard.kind.remembers()));
        }
        let events = node.triggers().iter().map(|trigger| trigger.event);
        for event in events.filter(|event| !matches!(event, Event::Schedule | Event::Manual)) {
            if !self.assumed.contains(&event) {
                self.assumed.push(event);
            }
        }
    }
}
