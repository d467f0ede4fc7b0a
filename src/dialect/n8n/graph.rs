//! A workflow as a graph: steps by name, the connections between them, and what lies on the way from one
//! step to another. A disabled step does nothing and passes on what it gets.

use std::collections::HashMap;

use crate::dialect::reading::{Reader, flag_of};
use crate::syntax::{Kind, NodeRef};

/// One step.
#[derive(Clone, Copy)]
pub(super) struct Step<'t> {
    /// Its mapping.
    pub(super) node: NodeRef<'t>,
    /// The last part of its type: `twitter` of `n8n-nodes-base.twitter`.
    pub(super) kind: &'t str,
    /// Its parameters.
    pub(super) parameters: Option<NodeRef<'t>>,
    /// Whether it is switched off.
    pub(super) disabled: bool,
}

/// All steps of a workflow.
pub(super) struct Graph<'t> {
    pub(super) steps: Vec<Step<'t>>,
    next: Vec<Vec<usize>>,
    before: Vec<Vec<usize>>,
}

impl<'t> Step<'t> {
    fn of(node: NodeRef<'t>) -> Option<Self> {
        let kind = node.get("type")?.text();
        let kind = kind.rsplit('.').next().unwrap_or(kind);
        let parameters = node.get("parameters").filter(|node| node.kind() == Kind::Mapping);
        let disabled = node.get("disabled").is_some_and(|node| flag_of(node.text()) == Some(true));
        Some(Self { node, kind, parameters, disabled })
    }

    /// A parameter.
    pub(super) fn get(&self, key: &str) -> Option<NodeRef<'t>> {
        self.parameters?.get(key)
    }

    /// The text of a parameter, or what the node takes where none is written.
    pub(super) fn text(&self, key: &str, usual: &'t str) -> &'t str {
        self.get(key).filter(|node| node.kind() == Kind::Scalar).map_or(usual, NodeRef::text)
    }

    /// Where the step is best pointed at: its type, which no other line of it shares.
    pub(super) fn site(&self, reader: &Reader<'t>) -> crate::model::Site {
        reader.site(self.node.get("type").unwrap_or(self.node))
    }
}

impl<'t> Graph<'t> {
    /// Reads steps and connections. A connection to a step that is not there leads nowhere.
    pub(super) fn of(workflow: NodeRef<'t>) -> Self {
        let steps: Vec<Step<'t>> =
            workflow.get("nodes").into_iter().flat_map(NodeRef::items).filter_map(Step::of).collect();
        let names: HashMap<&str, usize> = steps
            .iter()
            .enumerate()
            .filter_map(|(number, step)| Some((step.node.get("name")?.text(), number)))
            .collect();
        let mut graph =
            Self { next: vec![Vec::new(); steps.len()], before: vec![Vec::new(); steps.len()], steps };
        for from in workflow.get("connections").into_iter().flat_map(NodeRef::entries) {
            let Some(&start) = names.get(from.key.text()) else { continue };
            let outputs = from.value.get("main").into_iter().flat_map(NodeRef::items);
            for target in outputs.flat_map(NodeRef::items) {
                let end = target.get("node").and_then(|name| names.get(name.text()));
                if let Some(&end) = end {
                    graph.connect(start, end);
                }
            }
        }
        graph
    }

    fn connect(&mut self, start: usize, end: usize) {
        if let (Some(next), Some(before)) = (self.next.get_mut(start), self.before.get_mut(end)) {
            next.push(end);
            before.push(start);
        }
    }

    /// Which steps come after this one.
    pub(super) fn after(&self, start: usize) -> Vec<bool> {
        reach(&self.next, start)
    }

    /// Which steps come before this one.
    pub(super) fn before(&self, end: usize) -> Vec<bool> {
        reach(&self.before, end)
    }

    /// For each step that can be reached from `start`, the last step before it that every way passes.
    pub(super) fn gates(&self, start: usize) -> Gates {
        Gates::of(self, start)
    }
}

/// The last step before each step that every way from a start passes: its immediate dominator. Found by going
/// over the steps in the order of a depth-first search until nothing changes (Cooper, Harvey and Kennedy).
pub(super) struct Gates {
    start: usize,
    gate: Vec<Option<usize>>,
}

impl Gates {
    fn of(graph: &Graph<'_>, start: usize) -> Self {
        let order = finished(&graph.next, start);
        let mut rank = vec![0; graph.steps.len()];
        for (number, &step) in order.iter().enumerate() {
            if let Some(rank) = rank.get_mut(step) {
                *rank = number;
            }
        }
        let rank = |step: usize| rank.get(step).copied().unwrap_or_default();
        let mut gates = Self { start, gate: vec![None; graph.steps.len()] };
        gates.set(start, start);
        let mut changed = true;
        while changed {
            changed = false;
            for &step in order.iter().rev().filter(|&&step| step != start) {
                let known = graph.before.get(step).into_iter().flatten().copied();
                let known = known.filter(|&before| gates.get(before).is_some());
                let Some(gate) = known.reduce(|a, b| gates.meet(a, b, &rank)) else { continue };
                changed |= gates.get(step) != Some(gate);
                gates.set(step, gate);
            }
        }
        gates
    }

    fn get(&self, step: usize) -> Option<usize> {
        self.gate.get(step).copied().flatten()
    }

    fn set(&mut self, step: usize, gate: usize) {
        if let Some(slot) = self.gate.get_mut(step) {
            *slot = Some(gate);
        }
    }

    /// The last step that is a gate of both.
    fn meet(&self, mut a: usize, mut b: usize, rank: &impl Fn(usize) -> usize) -> usize {
        while a != b {
            let lower = if rank(a) < rank(b) { &mut a } else { &mut b };
            match self.get(*lower) {
                Some(gate) if gate != *lower => *lower = gate,
                _ => return self.start,
            }
        }
        a
    }

    /// The steps that every way from the start to this one passes, without both ends, the first one first.
    pub(super) fn before(&self, end: usize) -> Vec<usize> {
        let next = |&step: &usize| self.get(step).filter(|&gate| gate != step && gate != self.start);
        let mut passed: Vec<usize> = std::iter::successors(next(&end), next).collect();
        passed.reverse();
        passed
    }
}

/// The steps that can be reached, in the order in which a depth-first search is done with them.
fn finished(edges: &[Vec<usize>], start: usize) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![(start, 0)];
    let mut order = Vec::new();
    if let Some(seen) = seen.get_mut(start) {
        *seen = true;
    }
    while let Some((step, at)) = open.pop() {
        match edges.get(step).and_then(|next| next.get(at)) {
            Some(&next) => {
                open.push((step, at + 1));
                if let Some(seen) = seen.get_mut(next).filter(|seen| !**seen) {
                    *seen = true;
                    open.push((next, 0));
                }
            }
            None => order.push(step),
        }
    }
    order
}

/// The steps that can be reached.
fn reach(edges: &[Vec<usize>], start: usize) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut left = vec![start];
    while let Some(step) = left.pop() {
        for &next in edges.get(step).into_iter().flatten() {
            if let Some(seen) = seen.get_mut(next).filter(|seen| !**seen) {
                *seen = true;
                left.push(next);
            }
        }
    }
    seen
}
