//! Builds the network of a model: which automation can set off which, and what can prevent it.

use std::collections::{BTreeSet, HashMap};

use super::assumptions::Assumptions;
use super::brakes::Brake;
use super::cycles::components;
use super::growth;
use super::induction::{Completion, Effect, Only, Place, effects};
use super::matching::{Labels, Match, Wanted};
use super::network::{Hop, Kind, Network, Via};
use super::nodes::{self, Node};
use super::places::{Places, Spot};
use crate::model::{Action, AudienceKind, Event, Verb, Visibility, World};

/// So many automations are a large graph, which nobody looks at hop by hop.
const LARGE: usize = 1000;

/// Listeners to one event that a hop is drawn to; more of them change no verdict, only the picture.
pub(super) const fn most_listeners(nodes: usize) -> usize {
    if nodes < LARGE { 16 } else { 4 }
}

/// The effect graph of a model.
#[derive(Clone, Debug)]
pub struct Effects<'m> {
    /// The automations that can fire, in the order of the model.
    pub nodes: Vec<Node<'m>>,
    /// Which sets off which.
    pub network: Network,
    /// What each hop of the network rests on, in the same order.
    pub causes: Vec<Cause>,
}

/// What a hop rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The act: its position in the source automation.
    pub act: usize,
    /// The event that the target waits for; none where a list of people grows.
    pub event: Option<Event>,
    /// Whether it is proven, rather than possible.
    pub certain: bool,
}

impl<'m> Effects<'m> {
    /// Builds the effect graph of all accounts of a run.
    #[must_use]
    pub fn new(world: &'m World<'m>, assumptions: &Assumptions) -> Self {
        let places = Places::new(world.model);
        let nodes = nodes::nodes(world, assumptions, &places);
        let mut builder = Builder {
            assumptions,
            places: &places,
            listeners: listeners(&nodes),
            callers: vec![BTreeSet::new(); nodes.len()],
            wanted: HashMap::new(),
            hops: Vec::new(),
            causes: Vec::new(),
            nodes: &nodes,
        };
        for (hop, cause) in growth::hops(&nodes, assumptions) {
            builder.hops.push(hop);
            builder.causes.push(cause);
        }
        // Who is called by one of our own accounts answers that account: names first, then answers.
        builder.draw(|action| action.audience.kind != AudienceKind::Initiator);
        builder.draw(|action| action.audience.kind == AudienceKind::Initiator);
        let Builder { mut hops, mut causes, .. } = builder;
        hops.shrink_to_fit();
        causes.shrink_to_fit();
        let network = Network {
            base: nodes.iter().map(|node| node.base).collect(),
            cap: nodes.iter().map(|node| node.cap).collect(),
            slow: nodes.iter().map(|node| node.slow).collect(),
            hops,
        };
        let mut effects = Self { nodes, network, causes };
        effects.credit_exact_copies();
        effects
    }

    /// Exact de-duplication ends a ring only where no hop of the ring changes the text on its way.
    fn credit_exact_copies(&mut self) {
        if !self.nodes.iter().any(|node| node.drops_exact_copies) {
            return;
        }
        let edits = |member: &usize| self.nodes.get(*member).is_some_and(Node::edits_copies);
        let rings = components(&self.network);
        let edited: BTreeSet<usize> = rings
            .into_iter()
            .filter(|ring| ring.members.iter().any(edits))
            .flat_map(|ring| ring.members)
            .collect();
        for hop in &mut self.network.hops {
            let drops = self.nodes.get(hop.target).is_some_and(|node| node.drops_exact_copies);
            if drops && !edited.contains(&hop.target) {
                hop.brakes.add(Brake::Dedupe);
            }
        }
    }
}

/// Which automations wait for an event at a place.
type Listeners = HashMap<(Event, Spot), Audience>;

/// The automations that wait for one event at one place.
#[derive(Default)]
struct Audience {
    /// Their numbers, in ascending order.
    nodes: Vec<usize>,
    /// How many of them wait for certain words. What somebody says holds the words of one of them, not of all.
    choosy: usize,
}

fn listeners(nodes: &[Node<'_>]) -> Listeners {
    let mut listeners: Listeners = HashMap::new();
    for (number, node) in nodes.iter().enumerate() {
        for (event, spot) in node.waits_for.iter().chain(&node.fetches) {
            let audience: &mut Audience = listeners.entry((*event, spot.clone())).or_default();
            audience.nodes.push(number);
            audience.choosy += usize::from(node.is_choosy(*event));
        }
    }
    listeners
}

struct Builder<'b, 'm> {
    assumptions: &'b Assumptions,
    places: &'b Places,
    nodes: &'b [Node<'m>],
    listeners: Listeners,
    /// Our accounts that set off each automation by name, and so are its initiator.
    callers: Vec<BTreeSet<usize>>,
    /// What an automation waits for with an event, prepared when first asked for.
    wanted: HashMap<(usize, Event), Waited>,
    hops: Vec<Hop>,
    /// What each of them rests on.
    causes: Vec<Cause>,
}

/// What must match for an event to set an automation off.
enum Waited {
    Words(Wanted),
    /// One of these labels is set.
    Labels(Labels),
    /// One of these labels is taken away.
    Freed(Labels),
}

impl<'m> Builder<'_, 'm> {
    /// Draws the hops of all acts that `wanted` picks.
    fn draw(&mut self, wanted: impl Fn(&Action) -> bool) {
        for (number, node) in self.nodes.iter().enumerate() {
            for (act, action) in node.acts.iter().enumerate().filter(|(_, action)| wanted(action)) {
                let rows = effects().iter().filter(|effect| effect.acts.contains(&action.verb));
                for effect in rows {
                    if !self.happens(node, action, effect) {
                        continue;
                    }
                    let spots = self.spots(number, node, action, effect);
                    for event in events(node, action, effect) {
                        for spot in &spots {
                            self.link(Source { number, node, act, action }, effect, event, spot);
                        }
                    }
                }
            }
        }
    }

    /// Whether an act has this effect at all.
    fn happens(&self, node: &Node<'_>, action: &Action, effect: &Effect) -> bool {
        let audience = &action.audience;
        let inside = matches!(audience.kind, AudienceKind::Operator | AudienceKind::Team);
        let by_others = matches!(effect.by, Completion::Peers | Completion::People);
        if by_others {
            let all_ours = !audience.of.is_empty()
                && audience.kind == AudienceKind::Named
                && self.places.ours(&audience.of).count() == audience.of.len();
            if inside || all_ours {
                return false;
            }
        }
        match effect.only {
            Some(Only::NamesSomebody) => names_in_public(action),
            Some(Only::Tracker) => node.is_tracker,
            Some(Only::Retry) => true,
            None if effect.at != Place::Us => true,
            None => match action.verb {
                // Following back somebody who follows us already is no news to them.
                Verb::Follow => !node.returns_follows(action),
                Verb::Unfollow => node.drops_who_did_not_return(action),
                _ => true,
            },
        }
    }

    /// Where the event of an effect arrives.
    fn spots(&self, number: usize, node: &Node<'_>, action: &Action, effect: &Effect) -> Vec<Spot> {
        let account = |account| Spot::Account(account);
        match effect.at {
            Place::Us => self.places.speakers(node.account, action),
            Place::Published => self.places.published(node.account, action),
            Place::Them => match action.audience.kind {
                AudienceKind::Named => self.places.ours(&action.audience.of).map(account).collect(),
                AudienceKind::Initiator => {
                    let callers = self.callers.get(number).into_iter().flatten();
                    callers.copied().filter(|caller| *caller != node.account).map(account).collect()
                }
                _ => Vec::new(),
            },
        }
    }

    /// Draws hops from an act to the automations that wait for what it causes.
    fn link(&mut self, source: Source<'_, 'm>, effect: &Effect, event: Event, spot: &Spot) {
        let Some(listening) = self.listeners.get(&(event, spot.clone())) else { return };
        let itself = source.node.waits_for_at(event, spot).then_some(source.number);
        let choosy = listening.choosy;
        let others = listening.nodes.iter().copied().filter(|target| *target != source.number);
        let targets: Vec<usize> =
            itself.into_iter().chain(others.take(most_listeners(self.nodes.len()))).collect();
        for target in targets {
            let Some(to) = self.nodes.get(target) else { continue };
            let same = to.acts.iter().any(|other| other.verb == source.action.verb);
            if effect.only == Some(Only::Retry) && !same {
                continue;
            }
            if effect.at == Place::Them
                && source.action.audience.kind == AudienceKind::Named
                && let Some(callers) = self.callers.get_mut(target)
            {
                callers.insert(source.node.account);
            }
            let among = if to.is_choosy(event) { choosy.max(1) as f64 } else { 1.0 };
            self.hop(&source, (target, to), effect, event, among);
        }
    }

    /// One hop for each way in which an effect is completed. A person who answers sets off one of `among`
    /// automations.
    fn hop(
        &mut self,
        source: &Source<'_, 'm>,
        (target, to): (usize, &Node<'m>),
        effect: &Effect,
        event: Event,
        among: f64,
    ) {
        let matched = self.matching(source.action, (target, to), event, effect);
        let kind = kind(effect, source, (target, to));
        let events = effect.times.as_deref().map_or(1.0, |name| self.assumptions.number(name));
        for via in effect.ways() {
            let (typical, worst) = self.chances(effect, source.action, *via);
            let (typical, worst) =
                if *via == Via::Person { (typical / among, worst / among) } else { (typical, worst) };
            let mut brakes = to.brakes_for(event, *via, source.node, source.action);
            if matched == Match::Cannot {
                brakes.add(Brake::CannotMatch);
            }
            let hop = Hop { source: source.number, target, kind, via: *via, typical, worst, events, brakes };
            let cause = Cause { act: source.act, event: Some(event), certain: matched == Match::Must };
            // A hop that a brake removes only matters to somebody who looks at it.
            if self.nodes.len() < LARGE || hop.is_live() {
                self.hops.push(hop);
                self.causes.push(cause);
            }
        }
    }

    /// Whether what an act brings is what the target waits for. What people answer is theirs to say.
    fn matching(
        &mut self,
        action: &Action,
        (target, to): (usize, &Node<'m>),
        event: Event,
        effect: &Effect,
    ) -> Match {
        let is_known = matches!(event, Event::Webhook | Event::Labelled | Event::IssueIdle | Event::PrIdle);
        if effect.at == Place::Us && !is_known {
            return Match::Must;
        }
        let wanted = self.wanted.entry((target, event)).or_insert_with(|| match event {
            Event::Labelled => Waited::Labels(Labels::waited_for(&to.wanted(event))),
            Event::IssueIdle | Event::PrIdle => Waited::Freed(Labels::set_by(&to.acts)),
            _ => Waited::Words(Wanted::new(&to.wanted(event))),
        });
        match wanted {
            Waited::Labels(labels) => labels.hold(action),
            Waited::Freed(labels) => labels.freed_by(action),
            Waited::Words(words) if event == Event::Webhook => words.carried_by(action),
            Waited::Words(words) => words.held_by(&action.texts),
        }
    }

    /// The chances of a hop: with people alone, and with automatic peers about.
    fn chances(&self, effect: &Effect, action: &Action, via: Via) -> (f64, f64) {
        let share = effect.share.as_deref().map_or(1.0, |name| self.assumptions.number(name));
        let share = if effect.complement { 1.0 - share } else { share };
        let happens = action.probability.get().unwrap_or(1.0).clamp(0.0, 1.0);
        match via {
            Via::Bot => (0.0, happens),
            _ => (share * happens, share * happens),
        }
    }
}

/// An act and who does it.
#[derive(Clone, Copy)]
struct Source<'b, 'm> {
    number: usize,
    node: &'b Node<'m>,
    act: usize,
    action: &'m Action,
}

/// The events of an effect; an answer comes back on the channel on which the conversation began.
fn events(node: &Node<'_>, action: &Action, effect: &Effect) -> Vec<Event> {
    const CHANNELS: &[Event] = &[Event::DmReceived, Event::EmailReceived, Event::Commented];
    let answers = matches!(action.verb, Verb::Reply | Verb::Comment) && effect.events.contains(&Event::Reply);
    let own: Vec<Event> =
        CHANNELS.iter().copied().filter(|channel| answers && node.reacts_to(*channel)).collect();
    if own.is_empty() { effect.events.clone() } else { own }
}

/// Whether a message, in front of everybody, names the person it is about.
fn names_in_public(action: &Action) -> bool {
    let public = matches!(action.visible_to(), Visibility::Public | Visibility::Followers);
    public && action.texts.iter().any(|text| crate::model::names_person(&text.text))
}

/// What goes round: a copy echoes, a word among the team or between our own systems is a state, the rest is
/// talk. An automation that hears itself talks to itself.
fn kind(effect: &Effect, source: &Source<'_, '_>, (target, to): (usize, &Node<'_>)) -> Kind {
    let among_us = matches!(source.action.visible_to(), Visibility::Team | Visibility::ModOnly);
    match effect.at {
        Place::Published if source.number == target => effect.kind,
        Place::Published if among_us || !to.publishes() => Kind::State,
        Place::Published => Kind::Echo,
        Place::Them if source.action.audience.kind == AudienceKind::Named => Kind::State,
        _ => effect.kind,
    }
}
