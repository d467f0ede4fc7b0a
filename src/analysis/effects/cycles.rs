//! The cycles of a network: its strongly connected components, what each is called, how bad it is, and the
//! shortest way round.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::brakes::Brake;
use super::gain::{never_ends, spectral_radius};
use super::network::{Case, EPSILON, Hop, Kind, Network, Slow, Via, gains};
use crate::diagnostic::Severity;

/// What a cycle is called: the rule that reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Loop {
    /// An automation sets itself off.
    SelfTrigger,
    /// The same item is copied round.
    Mirror,
    /// Two sides answer each other.
    Reply,
    /// Following feeds itself.
    Ratchet,
    /// Anything else that feeds itself.
    Amplification,
}

/// Automations that set each other off.
#[derive(Clone, Debug)]
pub struct Component {
    /// Their numbers, in ascending order.
    pub members: Vec<usize>,
    /// The live hops among them.
    pub hops: Vec<Hop>,
    /// The places of these hops in the network, in the same order.
    pub places: Vec<usize>,
    /// Firings that one firing causes in the next turn, with automatic peers about.
    pub worst: f64,
    /// The same with people alone.
    pub typical: f64,
}

impl Loop {
    /// Its name in findings and data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SelfTrigger => "self-trigger",
            Self::Mirror => "mirror-loop",
            Self::Reply => "reply-loop",
            Self::Ratchet => "follow-ratchet",
            Self::Amplification => "amplification-loop",
        }
    }
}

/// The components that contain a cycle of live hops, in the order of their first member.
///
/// Kosaraju's algorithm, because it needs no recursion: a chain of a hundred thousand automations is only
/// long, not deep.
#[must_use]
pub fn components(network: &Network) -> Vec<Component> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(network.len(), network.hops.len());
    let nodes: Vec<_> = (0..network.len()).map(|_| graph.add_node(())).collect();
    for hop in network.live() {
        if let (Some(source), Some(target)) = (nodes.get(hop.source), nodes.get(hop.target)) {
            graph.add_edge(*source, *target, ());
        }
    }
    let mut member_of = vec![usize::MAX; network.len()];
    let mut found: Vec<Vec<usize>> = Vec::new();
    for group in kosaraju_scc(&graph) {
        let alone = group.len() == 1 && group.iter().all(|node| !graph.contains_edge(*node, *node));
        if !alone {
            let mut members: Vec<usize> = group.into_iter().map(|node| node.index()).collect();
            members.sort_unstable();
            found.push(members);
        }
    }
    drop(graph);
    found.sort_unstable();
    for (number, members) in found.iter().enumerate() {
        for node in members {
            if let Some(slot) = member_of.get_mut(*node) {
                *slot = number;
            }
        }
    }
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); found.len()];
    for (place, hop) in network.hops.iter().enumerate().filter(|(_, hop)| hop.is_live()) {
        let number = member_of.get(hop.source).copied().unwrap_or(usize::MAX);
        if member_of.get(hop.target) == Some(&number)
            && let Some(list) = places.get_mut(number)
        {
            list.push(place);
        }
    }
    let components = found.into_iter().zip(places);
    components.map(|(members, places)| Component::new(members, places, &network.hops)).collect()
}

impl Component {
    fn new(members: Vec<usize>, places: Vec<usize>, all: &[Hop]) -> Self {
        // Most components are small, and a large run has one for each automation.
        let mut hops = Vec::with_capacity(places.len());
        hops.extend(places.iter().filter_map(|place| all.get(*place)).copied());
        let place: HashMap<usize, usize> =
            members.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        let radius = |case| {
            let gains = gains(&hops, case);
            let local: Vec<_> = gains
                .into_iter()
                .filter_map(|(source, target, gain)| Some((*place.get(&source)?, *place.get(&target)?, gain)))
                .collect();
            spectral_radius(members.len(), &local)
        };
        let (worst, typical) = (radius(Case::Worst), radius(Case::Typical));
        Self { members, hops, places, worst, typical }
    }

    /// Whether it keeps going once something sets it off.
    #[must_use]
    pub fn never_ends(&self) -> bool {
        never_ends(self.worst)
    }

    /// The same with people alone, or with automatic peers about.
    #[must_use]
    pub fn never_ends_in(&self, case: Case) -> bool {
        match case {
            Case::Typical => never_ends(self.typical),
            Case::Worst => self.never_ends(),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn class(&self) -> Loop {
        let kinds: BTreeSet<Kind> = self.hops.iter().map(|hop| hop.kind).collect();
        let only = |kind| kinds.iter().all(|other| *other == kind);
        if self.members.len() == 1 && self.hops.iter().all(|hop| hop.via == Via::Ourselves) {
            Loop::SelfTrigger
        } else if only(Kind::Echo) {
            Loop::Mirror
        } else if only(Kind::Conversation) {
            Loop::Reply
        } else if kinds.contains(&Kind::Recruitment) {
            Loop::Ratchet
        } else {
            Loop::Amplification
        }
    }

    /// How bad it is, for a component that never ends. A ratchet stays an error under a cap: it moves one
    /// way, only slower.
    #[must_use]
    pub fn severity(&self, network: &Network) -> Severity {
        let class = self.class();
        if class == Loop::Ratchet {
            return Severity::Error;
        }
        if self.members.iter().any(|node| network.cap(*node).is_finite()) {
            return Severity::Warning;
        }
        if let Some(slow) = self.slow(network).filter(|slow| slow.days >= 1.0) {
            return if slow.per_day() < 1.0 { Severity::Info } else { Severity::Warning };
        }
        let certain = self.hops.iter().any(|hop| matches!(hop.via, Via::Ourselves | Via::Platform));
        if class == Loop::Reply || certain || self.typical >= 1.0 - EPSILON {
            Severity::Error
        } else {
            Severity::Warning
        }
    }

    /// The wait that lets the fewest items through.
    fn slow(&self, network: &Network) -> Option<Slow> {
        let waits = self.members.iter().filter_map(|node| network.slow(*node));
        waits.min_by(|a, b| a.per_day().total_cmp(&b.per_day()))
    }

    /// The shortest way round from a member back to it: the places of its hops in [`Self::hops`]; empty if
    /// there is none.
    #[must_use]
    pub fn way_round(&self, start: usize) -> Vec<usize> {
        let mut leaving: HashMap<usize, Vec<(usize, &Hop)>> = HashMap::new();
        for (place, hop) in self.hops.iter().enumerate() {
            leaving.entry(hop.source).or_default().push((place, hop));
        }
        let mut reached_by: HashMap<usize, (usize, &Hop)> = HashMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front().filter(|_| !reached_by.contains_key(&start)) {
            for (place, hop) in leaving.get(&node).into_iter().flatten() {
                if let Entry::Vacant(unseen) = reached_by.entry(hop.target) {
                    unseen.insert((*place, hop));
                    waiting.push_back(hop.target);
                }
            }
        }
        let mut way = Vec::new();
        let mut node = start;
        while let Some((place, hop)) = reached_by.get(&node) {
            way.push(*place);
            node = hop.source;
            if node == start {
                break;
            }
        }
        way.reverse();
        way
    }

    /// The brake that would end the cycle with the fewest changes: the first of these that leaves no cycle
    /// that never ends, when one member gets it.
    #[must_use]
    pub fn cheapest_brake(&self, candidates: &[Brake]) -> Option<(usize, Brake)> {
        if self.members.len() > MOST_TRIED {
            return None;
        }
        candidates.iter().find_map(|brake| {
            let member = self.members.iter().find(|member| self.ends_with(**member, *brake))?;
            Some((*member, *brake))
        })
    }

    /// Whether a brake on one member ends it.
    fn ends_with(&self, member: usize, brake: Brake) -> bool {
        self.ends_without(|hop| hop.target == member && brake.breaks(hop.kind, hop.via))
    }

    /// Whether it would end if some of its hops did not happen.
    #[must_use]
    pub fn ends_without(&self, stops: impl Fn(&Hop) -> bool) -> bool {
        let place = |node: usize| self.members.binary_search(&node).ok();
        let hops =
            self.hops.iter().filter(|hop| !stops(hop)).filter_map(|hop| {
                Some(Hop { source: place(hop.source)?, target: place(hop.target)?, ..*hop })
            });
        let network =
            Network { base: vec![0.0; self.members.len()], hops: hops.collect(), ..Network::default() };
        components(&network).iter().all(|component| !component.never_ends())
    }
}

/// Components larger than this get no advice which single brake would end them.
const MOST_TRIED: usize = 32;
