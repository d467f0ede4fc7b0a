//! One automation as the effect graph sees it: what it waits for, what it does, how often, and which brakes
//! it carries.

use super::assumptions::Assumptions;
use super::brakes::{Brake, Brakes};
use super::network::{Slow, Via};
use super::places::{Places, Spot};
use crate::model::{
    Action, AudienceKind, Event, GuardKind, LimitKind, SwitchKind, Text, Trigger, Verb, View, World,
};

/// A cap of so many messages in one thread, or to one person, ends a conversation.
const FEW_ANSWERS: f64 = 5.0;

/// The limits that can be brakes.
const BRAKING: &[LimitKind] =
    &[LimitKind::Cooldown, LimitKind::PerUser, LimitKind::PerUserDay, LimitKind::PerThread];

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

    /// The events of its triggers, in order.
    fn events(&self, places: &Places) -> Vec<(Event, Spot)> {
        let mut events = Vec::new();
        for trigger in self.triggers() {
            match trigger.event {
                Event::PostBy => {
                    let names = trigger.from.iter().flat_map(|from| &from.of).chain(&trigger.filters);
                    events.extend(names.map(|name| (Event::PostBy, places.named(&name.text))));
                }
                Event::PostMatch => events.push((Event::PostMatch, places.hears_at(self.account))),
                event => events.push((event, Spot::Account(self.account))),
            }
        }
        events.sort();
        events.dedup();
        events.shrink_to_fit();
        events
    }

    /// What it goes and fetches where the clock starts it.
    fn fetched(&self, places: &Places) -> Vec<(Event, Spot)> {
        let here = Spot::Account(self.account);
        let mut events = Vec::new();
        if self.triggers().iter().all(|trigger| trigger.event.is_stream()) {
            return events;
        }
        for action in &self.acts {
            match (action.verb, action.audience.kind) {
                (Verb::Repost | Verb::Quote, AudienceKind::Named) => {
                    let names = action.audience.of.iter();
                    events.extend(names.map(|name| (Event::PostBy, places.named(&name.text))));
                }
                (Verb::Unfollow, AudienceKind::NonFollowers) => {
                    events.push((Event::NotFollowedBack, here.clone()));
                }
                (Verb::Follow, kind) if is_gathered(kind) => events.push((Event::NewCandidate, here.clone())),
                _ => {}
            }
        }
        events.sort();
        events.dedup();
        events.retain(|(event, spot)| !self.waits_for_at(*event, spot));
        events.shrink_to_fit();
        events
    }

    /// Words, labels or commands that an event of this kind must bring.
    pub(super) fn wanted(&self, event: Event) -> Vec<&'m Text> {
        let own = self.triggers().iter().filter(|trigger| trigger.event == event);
        // The names of a `post-by` say whose post, not which words.
        let words = own.filter(|_| event != Event::PostBy).flat_map(|trigger| &trigger.filters);
        let guard = match event {
            Event::Labelled => Some(GuardKind::OnlyLabels),
            Event::PostMatch | Event::Mention | Event::Reply | Event::DmReceived | Event::Commented => {
                Some(GuardKind::Keyword)
            }
            _ => None,
        };
        let guards = self.view.guards().filter(|known| Some(known.kind) == guard);
        words.chain(guards.flat_map(|guard| &guard.values)).collect()
    }

    /// Those of its events that must bring certain words.
    fn events_with_words(&self) -> Vec<Event> {
        let mut events: Vec<Event> = self.triggers().iter().map(|trigger| trigger.event).collect();
        events.extend(self.fetches.iter().map(|(event, _)| *event));
        events.sort_unstable();
        events.dedup();
        let has_keyword = self.view.has_guard(GuardKind::Keyword);
        events.retain(|event| event.is_inbound() && (has_keyword || !self.wanted(*event).is_empty()));
        events
    }

    /// Whether an event of this kind must bring certain words.
    pub(super) fn is_choosy(&self, event: Event) -> bool {
        self.choosy.contains(&event)
    }

    /// The brakes on a hop that this automation would receive.
    pub(super) fn brakes_for(&self, event: Event, via: Via, from: &Self, action: &Action) -> Brakes {
        let has = |kind| self.view.has_guard(kind);
        let remembers = !self.view.account.is_on(SwitchKind::VolatileMemory);
        let few = |kind| self.limit_of(kind).is_some_and(|most| most <= FEW_ANSWERS);
        let daily = self.limit_of(LimitKind::Cooldown).is_some_and(|days| days >= 1.0);
        let once_each = has(GuardKind::OncePerUser)
            || has(GuardKind::FirstTime)
            || daily
            || few(LimitKind::PerUser)
            || few(LimitKind::PerUserDay);
        let own = from.account == self.account;
        let knows_mark = has(GuardKind::ExcludeMirrored) && action.marked.get() != Some(false);
        let mark = has(GuardKind::AutomaticMark) || from.view.has_guard(GuardKind::AutomaticMark);
        let marked_bot = via == Via::Ourselves
            && from.account != self.account
            && from.view.account.profile.bot_flag.get() == Some(true);
        let deaf = (via == Via::Bot && self.is_deaf_to_machines(event))
            || (marked_bot && has(GuardKind::ExcludeBots));
        [
            (self.view.is_approved(), Brake::Approval),
            (has(GuardKind::ExcludeSelf), Brake::ExcludeSelf),
            (has(GuardKind::ExcludeBots), Brake::ExcludeBots),
            (mark, Brake::AutomaticMark),
            (once_each && remembers, Brake::OncePerUser),
            ((has(GuardKind::OncePerThread) && remembers) || few(LimitKind::PerThread), Brake::OncePerThread),
            (knows_mark, Brake::OriginMark),
            (has(GuardKind::Dedupe) && remembers, Brake::Dedupe),
            (has(GuardKind::OriginalsOnly), Brake::OriginalsOnly),
            // Another account's acts are not its own.
            (own && has(GuardKind::PlatformIgnoresSelf), Brake::PlatformIgnoresSelf),
            (deaf, Brake::CannotMatch),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, brake)| brake)
        .collect()
    }

    /// Whether a machine that does not know the bot could not set it off: it waits for certain words, or for
    /// people of the team.
    fn is_deaf_to_machines(&self, event: Event) -> bool {
        let conversation = event.is_inbound();
        let team = self.triggers().iter().filter(|trigger| trigger.event == event).all(|trigger| {
            let from = trigger.from.as_ref().map(|from| from.kind);
            matches!(from, Some(AudienceKind::Team | AudienceKind::Operator))
        });
        conversation && (team || self.is_choosy(event))
    }

    /// The first number of such a limit: on an act, on the automation, or on the account.
    fn limit_of(&self, kind: LimitKind) -> Option<f64> {
        self.brakes.iter().find(|(known, _)| *known == kind).map(|(_, number)| *number)
    }

    /// The limits that end conversations, looked up once: there may be thousands of acts, and as many hops.
    fn limits(&self) -> Vec<(LimitKind, f64)> {
        let first = |kind| self.acts.iter().find_map(|action| self.view.on(action).bound(kind));
        BRAKING.iter().filter_map(|kind| Some((*kind, first(*kind)?.0))).collect()
    }

    /// Firings a day from outside: the clock, and what people do.
    fn base_rate(&self, assumptions: &Assumptions) -> f64 {
        let rates = self.acts.iter().filter_map(|action| self.view.on(action).rate().per_day);
        let rate = rates.fold(None, |most: Option<f64>, rate| Some(most.map_or(rate, |most| most.max(rate))));
        let triggers = self.triggers().iter();
        triggers
            .map(|trigger| match trigger.event {
                Event::Schedule if rate.is_none() && self.reaches_a_crowd() => f64::INFINITY,
                Event::Schedule => {
                    rate.or_else(|| self.view.runs_per_day().map(|(runs, _)| runs)).unwrap_or(1.0)
                }
                Event::Manual => 0.0,
                event => assumptions.per_day(event),
            })
            .sum()
    }

    /// Whether a run without a limit goes through more people than anybody counts.
    fn reaches_a_crowd(&self) -> bool {
        self.acts.iter().any(|action| {
            let many = !matches!(action.audience.kind, AudienceKind::Initiator | AudienceKind::Public);
            self.view.on(action).is_contact() && many && !action.audience.is_finite()
        })
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

/// Whether an audience is collected by machine, so that somebody can be found in it again.
const fn is_gathered(kind: AudienceKind) -> bool {
    use AudienceKind::{EngagersOf, FollowersOf, FollowingOf, List, Random, Search};
    matches!(kind, FollowersOf | FollowingOf | EngagersOf | Search | List | Random)
}

/// Firings a day that an automation allows itself, over the acts that people notice.
fn cap(view: &View<'_>, acts: &[&Action], assumptions: &Assumptions) -> f64 {
    let outward = acts.iter().any(|action| action.verb.is_outward());
    let counted = acts.iter().filter(|action| action.verb.is_outward() || !outward);
    let caps = counted.map(|action| {
        let view = view.on(action);
        let rate = view.rate();
        let stated = rate.per_day.filter(|_| !rate.assumed_daily_run);
        stated.or_else(|| bounded(&view, assumptions)).unwrap_or(f64::INFINITY)
    });
    caps.fold(None, |most: Option<f64>, cap| Some(most.map_or(cap, |most| most.max(cap))))
        .unwrap_or(f64::INFINITY)
}

/// A bound that is not written as a daily number: a total, so many for each person or thread, a number that
/// only a run knows. Then what people cause in a day is taken as the cap.
fn bounded(view: &View<'_>, assumptions: &Assumptions) -> Option<f64> {
    let automation = view.automation?;
    let number = |kind| {
        let own = view.action.and_then(|action| action.limits.number(kind));
        own.or_else(|| automation.limits.number(kind)).map(|(number, _)| number)
    };
    let unknown = [LimitKind::PerRun, LimitKind::PerDay, LimitKind::PerHour]
        .into_iter()
        .any(|kind| view.limit(kind).is_some_and(|bound| matches!(bound, crate::model::Stated::Unknown(_))));
    let events: f64 = automation.triggers.iter().map(|trigger| assumptions.per_day(trigger.event)).sum();
    let each = [LimitKind::PerThread, LimitKind::PerUser, LimitKind::PerUserDay].into_iter().find_map(number);
    let forgets =
        view.account.is_on(SwitchKind::VolatileMemory) && view.guards().any(|guard| guard.kind.remembers());
    let ends = view.has_guard(GuardKind::AgeLimit) || view.has_guard(GuardKind::Window);
    number(LimitKind::Total)
        .or_else(|| each.map(|each| each * events))
        .or_else(|| (unknown || forgets || ends).then_some(events))
}

/// How many open items an act on all of them meets in one firing; with a memory, as many as are new.
fn open_items(view: &View<'_>, assumptions: &Assumptions) -> f64 {
    let remembers = view.guards().any(|guard| guard.kind.remembers());
    assumptions.number(if remembers { "other-event" } else { "open-items" })
}

/// How an automation waits for items that have been quiet for days.
fn slow(view: &View<'_>, trigger: &Trigger, assumptions: &Assumptions) -> Option<Slow> {
    let waits = matches!(trigger.event, Event::IssueIdle | Event::PrIdle | Event::ItemClosed);
    let days = trigger.after.get().filter(|days| waits && *days >= 1.0)?;
    let of_trigger = trigger.from.as_ref().and_then(|from| from.size.get());
    let of_acts = view.automation?.actions.iter().find_map(|action| action.audience.size.get());
    let items = of_trigger.or(of_acts).unwrap_or_else(|| assumptions.number("open-items"));
    Some(Slow { days, items })
}

/// Whether an account works in an issue tracker, by its platform or by what it waits for.
fn is_tracker(view: &View<'_>) -> bool {
    const TRACKERS: &[&str] =
        &["github", "gitlab", "gitea", "forgejo", "codeberg", "bitbucket", "jira", "bugzilla", "phabricator"];
    let platform = view.account.identity.platform.known();
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    platform.is_some_and(|platform| TRACKERS.contains(&platform.as_str()))
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
