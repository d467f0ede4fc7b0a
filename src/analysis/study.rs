//! What all analyses of a run share: the model, the numbers, and the effect graph, built on demand.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::effects::{Assumptions, Component, Effects, Kind, components};
use crate::model::World;
use crate::rules::Thresholds;

/// The material of a run's analyses.
#[derive(Debug)]
pub struct Study<'m> {
    /// All accounts and automations.
    pub world: &'m World<'m>,
    /// The numbers that rules compare with.
    pub thresholds: &'m Thresholds,
    /// The numbers that the effect graph assumes.
    pub assumptions: &'m Assumptions,
    graph: OnceLock<(Effects<'m>, Vec<Component>)>,
    crowds: OnceLock<HashMap<usize, Vec<usize>>>,
}

impl<'m> Study<'m> {
    /// A study of a model under these numbers.
    #[must_use]
    pub const fn new(world: &'m World<'m>, thresholds: &'m Thresholds, assumptions: &'m Assumptions) -> Self {
        Self { world, thresholds, assumptions, graph: OnceLock::new(), crowds: OnceLock::new() }
    }

    fn graph(&self) -> &(Effects<'m>, Vec<Component>) {
        self.graph.get_or_init(|| {
            let effects = Effects::new(self.world, self.assumptions);
            let components = components(&effects.network);
            (effects, components)
        })
    }

    /// Who sets off whom.
    pub fn effects(&self) -> &Effects<'m> {
        &self.graph().0
    }

    /// The hops, by their places in the network, in which a crowd sets off an automation.
    pub(super) fn fed_by_crowds(&self, node: usize) -> &[usize] {
        let crowds = self.crowds.get_or_init(|| {
            let mut crowds: HashMap<usize, Vec<usize>> = HashMap::new();
            for (place, hop) in self.effects().network.hops.iter().enumerate() {
                if hop.kind == Kind::Conversation && hop.events > 1.0 && hop.is_live() {
                    crowds.entry(hop.target).or_default().push(place);
                }
            }
            crowds
        });
        crowds.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The groups of automations that set each other off.
    pub fn components(&self) -> &[Component] {
        &self.graph().1
    }
}
