//! n8n workflows as JSON: a graph of nodes. Every way from a trigger to a node that reaches people is an
//! automation; what every such way must pass is a guard.

mod deeds;
mod defaults;
mod graph;
mod nodes;
mod schedule;
mod secrets;

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "n8n",
    title: "n8n workflows",
    reference: "https://docs.n8n.io/integrations, nodes as of version 1.100, defaults of 2.41 (see docs/dialects/n8n.md)",
    recognised_by: "`nodes` with types such as `n8n-nodes-base.twitter`, and `connections`",
    // A reply, an opt-out or a hand-over may well be another workflow.
    expresses: &[],
    hints: &["n8n-nodes"],
    detect,
    lower,
};

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| workflows(document).next().is_some())
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Json);
    for document in candidate.tree.documents() {
        for workflow in workflows(document) {
            deeds::lower(reader, workflow, lowered);
        }
    }
}

/// The workflows of a file: itself, those of a list, or the one that a template wraps.
fn workflows(document: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let wrapped = document.get("workflow");
    [Some(document), wrapped].into_iter().flatten().chain(document.items()).filter(|node| is_workflow(*node))
}

fn is_workflow(node: NodeRef<'_>) -> bool {
    let is_n8n = |step: NodeRef<'_>| step.get("type").is_some_and(|kind| kind.text().contains("n8n-nodes"));
    let connects = node.get("connections").is_some_and(|connections| connections.kind() == Kind::Mapping);
    connects && node.get("nodes").is_some_and(|nodes| nodes.items().any(is_n8n))
}
