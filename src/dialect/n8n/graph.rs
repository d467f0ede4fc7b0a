//! A workflow as a graph: steps by name, the connections between them, and what lies on the way from one
//! step to another. A disabled step does nothing and passes on what it gets.

use std::collections::HashMap;

use crate::dialect::reading::{Reader, flag_of};
use crate::syntax::{Kind, NodeRef};

/// Up to so many steps it is worth asking which of them no way goes around.
const FEW: usize = 400;

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
        reach(&self.next, start, None)
    }

    /// Which steps come before this one.
    pub(super) fn before(&self, end: usize) -> Vec<bool> {
        reach(&self.before, end, None)
    }

    /// Which of these steps every way from `start` to `end` passes. In a very large workflow nobody counts
    /// the ways, and all of them are taken to lie on each.
    pub(super) fn unavoidable(&self, start: usize, end: usize, among: &[usize]) -> Vec<usize> {
        let is_large = self.steps.len() > FEW;
        let passes = |step: usize| {
            is_large || !reach(&self.next, start, Some(step)).get(end).copied().unwrap_or(false)
        };
        among.iter().copied().filter(|&step| step != start && step != end && passes(step)).collect()
    }
}

/// The steps that can be reached, without setting foot on one of them.
fn reach(edges: &[Vec<usize>], start: usize, without: Option<usize>) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut left = vec![start];
    while let Some(step) = left.pop() {
        for &next in edges.get(step).into_iter().flatten() {
            if Some(next) != without
                && let Some(seen) = seen.get_mut(next).filter(|seen| !**seen)
            {
                *seen = true;
                left.push(next);
            }
        }
    }
    seen
}
