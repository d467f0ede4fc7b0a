//! The neutral drawing: a card for each automation, sources outside, one arrow between two cards, and the
//! cycles. Every text in it is one line without anything that could fool a reader.

use std::collections::BTreeMap;

use super::{cut, labels};
use crate::analysis::effects::{Brake, Cause, Component, Hop, Node, Via};
use crate::analysis::loops::class_of;
use crate::analysis::{Study, loops};
use crate::diagnostic::Severity;
use crate::model::Event;
use crate::plain::one_line;

/// The effect graph, ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The names of the accounts that cards belong to.
    pub accounts: Vec<String>,
    /// The automations.
    pub cards: Vec<Card>,
    /// What sets them off from outside.
    pub sources: Vec<Source>,
    /// How they set each other off.
    pub arrows: Vec<Arrow>,
    /// Automations that set each other off in a ring, those that never end first.
    pub cycles: Vec<Cycle>,
    /// How many automations a picture of this size has no room for.
    pub left_out: usize,
}

/// An automation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its name in the configuration.
    pub title: String,
    /// What it does, in words.
    pub deeds: Vec<String>,
    /// Its account's place in the drawing.
    pub account: usize,
}

/// Something that happens outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What happens, in words.
    pub says: String,
    /// The account at which it happens.
    pub account: usize,
    /// The cards that it sets off.
    pub targets: Vec<usize>,
}

/// All ways in which one automation sets off another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The card that acts.
    pub from: usize,
    /// The card that is set off.
    pub to: usize,
    /// How it comes about; empty where brakes remove every way.
    pub says: Vec<&'static str>,
    /// The ways that a brake removes.
    pub stopped: Vec<Stop>,
    /// The cycle that it is a part of.
    pub cycle: Option<usize>,
}

/// A way that a brake removes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stop {
    /// How it would come about.
    pub says: &'static str,
    /// The brake's name.
    pub by: &'static str,
}

/// Automations that set each other off in a ring.
#[derive(Clone, Debug, PartialEq)]
pub struct Cycle {
    /// What it is called: the rule that reports it.
    pub class: &'static str,
    /// How bad it is; none for a cycle that dies out.
    pub severity: Option<Severity>,
    /// Its cards, in the order of the way round, then those beside it.
    pub members: Vec<usize>,
    /// Firings that one firing causes, with people alone.
    pub typical: f64,
    /// The same with automatic peers about.
    pub worst: f64,
}

impl Arrow {
    /// Whether nothing stops it.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        !self.says.is_empty()
    }

    /// What stands on it.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        if self.is_live() {
            return self.says.iter().map(|&says| says.to_owned()).collect();
        }
        let mut brakes: Vec<&str> = self.stopped.iter().map(|stop| stop.by).collect();
        brakes.sort_unstable();
        brakes.dedup();
        let ways = self.stopped.iter().map(|stop| stop.says.to_owned());
        let mut words: Vec<String> = ways.take(1).collect();
        words.push(format!("stopped by {}", brakes.join(", ")));
        words
    }
}

impl Cycle {
    /// Whether it goes on for ever.
    #[must_use]
    pub const fn never_ends(&self) -> bool {
        self.severity.is_some()
    }

    /// What it is and how bad, in a few words.
    #[must_use]
    pub fn words(&self) -> String {
        match self.severity {
            Some(severity) => format!("{}: never ends ({severity})", self.class),
            None => "dies out".to_owned(),
        }
    }
}

impl Drawing {
    /// Draws the effect graph of a study.
    #[must_use]
    pub fn new(study: &Study<'_>) -> Self {
        let effects = study.effects();
        let mut drawing = Self::default();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for node in &effects.nodes {
            let account = *places.entry(node.account).or_insert_with(|| {
                drawing.accounts.push(one_line(&node.view.account.name));
                drawing.accounts.len() - 1
            });
            drawing.cards.push(card(node, account));
            drawing.add_sources(node, account);
        }
        drawing.cycles = cycles(study);
        drawing.arrows = arrows(&effects.network.hops, &effects.causes);
        for arrow in drawing.arrows.iter_mut().filter(|arrow| arrow.is_live()) {
            let inside =
                |cycle: &Cycle| cycle.members.contains(&arrow.from) && cycle.members.contains(&arrow.to);
            arrow.cycle = drawing.cycles.iter().position(inside);
        }
        cut::to_size(drawing)
    }

    /// The cycle that never ends and that a card is a part of.
    #[must_use]
    pub fn danger(&self, card: usize) -> Option<&Cycle> {
        self.cycles.iter().find(|cycle| cycle.never_ends() && cycle.members.contains(&card))
    }

    /// Whether an arrow is a part of a cycle that never ends.
    #[must_use]
    pub fn is_dangerous(&self, arrow: &Arrow) -> bool {
        arrow.cycle.and_then(|cycle| self.cycles.get(cycle)).is_some_and(Cycle::never_ends)
    }

    /// The cards of each account, under its name.
    pub(super) fn groups(&self) -> impl Iterator<Item = (usize, &str, Vec<usize>)> {
        self.accounts.iter().enumerate().map(|(account, name)| {
            let numbers = 0..self.cards.len();
            let own = numbers
                .filter(|number| self.cards.get(*number).is_some_and(|card| card.account == account))
                .collect();
            (account, name.as_str(), own)
        })
    }

    /// What the whole picture says, in a sentence.
    pub(super) fn summary(&self) -> String {
        let endless: Vec<String> =
            self.cycles.iter().filter(|cycle| cycle.never_ends()).map(Cycle::words).collect();
        let mut summary = match endless.as_slice() {
            [] if self.arrows.iter().any(Arrow::is_live) => "no cycle goes on for ever".to_owned(),
            [] if !self.arrows.is_empty() => "brakes stop whatever could set something else off".to_owned(),
            [] => "nothing here sets anything else off".to_owned(),
            [only] => only.clone(),
            [first, ..] if endless.iter().all(|other| other == first) => {
                format!("{} cycles, each a {first}", endless.len())
            }
            all => format!("{} cycles that never end", all.len()),
        };
        if self.left_out > 0 {
            summary.push_str(&format!(", and {} more automations are left out", self.left_out));
        }
        summary
    }

    fn add_sources(&mut self, node: &Node<'_>, account: usize) {
        let number = self.cards.len().saturating_sub(1);
        for trigger in node.view.automation.into_iter().flat_map(|automation| &automation.triggers) {
            let says = labels::source(trigger);
            let known =
                self.sources.iter_mut().find(|source| source.account == account && source.says == says);
            match known {
                Some(source) if source.targets.last() == Some(&number) => {}
                Some(source) => source.targets.push(number),
                None => self.sources.push(Source { says, account, targets: vec![number] }),
            }
        }
    }
}

fn card(node: &Node<'_>, account: usize) -> Card {
    let name = node.view.automation.map(|automation| one_line(&automation.name)).unwrap_or_default();
    let title = if name.is_empty() { "automation".to_owned() } else { name };
    let mut deeds: Vec<String> = Vec::new();
    for action in &node.acts {
        let deed = labels::deed(node, action);
        if !deeds.contains(&deed) {
            deeds.push(deed);
        }
    }
    Card { title, deeds, account }
}

/// The cycles, those that never end first.
fn cycles(study: &Study<'_>) -> Vec<Cycle> {
    let draw = |component: &Component| Cycle {
        class: class_of(component).name(),
        severity: component.never_ends().then(|| loops::severity(study, component)),
        members: in_order(component),
        typical: component.typical,
        worst: component.worst,
    };
    let (endless, dying): (Vec<Cycle>, Vec<Cycle>) =
        study.components().iter().map(draw).partition(Cycle::never_ends);
    endless.into_iter().chain(dying).collect()
}

/// The members in the order of a way round; those that it passes by come last.
fn in_order(component: &Component) -> Vec<usize> {
    let longest = component
        .members
        .iter()
        .take(MOST_STARTS)
        .map(|start| component.way_round(*start))
        .max_by_key(Vec::len)
        .unwrap_or_default();
    let way = longest.iter().filter_map(|place| component.hops.get(*place)).map(|hop| hop.source);
    let mut order: Vec<usize> = Vec::new();
    for member in way.chain(component.members.iter().copied()) {
        if !order.contains(&member) {
            order.push(member);
        }
    }
    order
}

/// Members that a way round is looked for from: enough to find one that is worth drawing.
const MOST_STARTS: usize = 8;

/// One arrow for all hops between the same two automations.
fn arrows(hops: &[Hop], causes: &[Cause]) -> Vec<Arrow> {
    type Ways = (Vec<(Option<Event>, Via)>, Vec<(Option<Event>, Via, Brake)>);
    let mut pairs: BTreeMap<(usize, usize), Ways> = BTreeMap::new();
    for (hop, cause) in hops.iter().zip(causes) {
        let (live, stopped) = pairs.entry((hop.source, hop.target)).or_default();
        match hop.broken_by() {
            None => live.push((cause.event, hop.via)),
            Some(brake) => stopped.push((cause.event, hop.via, brake)),
        }
    }
    pairs
        .into_iter()
        .map(|((from, to), (live, stopped))| {
            let mut stopped: Vec<Stop> = stopped
                .into_iter()
                .map(|(event, via, brake)| Stop { says: labels::hop(event, via, false), by: brake.name() })
                .collect();
            stopped.sort();
            stopped.dedup();
            Arrow { from, to, says: says(&live), stopped, cycle: None }
        })
        .collect()
}

/// The labels of live hops, each once; where people and bots do the same, one label stands for both.
fn says(live: &[(Option<Event>, Via)]) -> Vec<&'static str> {
    let mut says = Vec::new();
    for (event, via) in live {
        let both = live.contains(&(*event, Via::Person)) && live.contains(&(*event, Via::Bot));
        if both && *via == Via::Bot {
            continue;
        }
        let label = labels::hop(*event, *via, both);
        if !says.contains(&label) {
            says.push(label);
        }
    }
    says
}
