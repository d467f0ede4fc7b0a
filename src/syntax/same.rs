//! Whether an edit changed only what it was meant to change. Compares two trees node by node in every respect: kinds,
//! texts, tags, anchors, aliases and comments.

use std::collections::BTreeMap;

use super::tree::{Stored, side_entry};
use super::{NodeRef, Slot, Tree, Value};
use crate::source::Span;

/// A change that is meant.
#[derive(Clone, Debug)]
pub enum Change<'t> {
    /// An entry with its key, or an item, is gone. Any node of it.
    Gone(Slot<'t>),
    /// A scalar says this.
    Says(Slot<'t>, String),
    /// A mapping has these entries more, behind the one with this value, or where it had none.
    Has(Slot<'t>, Option<Slot<'t>>, Vec<(String, Given)>),
}

/// A value that is added.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A number, a switch or a word, as the file already writes such.
    Word(String),
    /// A text.
    Text(String),
    /// Further keys with values.
    Table(Vec<(String, Self)>),
}

/// One node on its way through a tree.
#[derive(Clone, Debug, PartialEq)]
enum Step<'a> {
    Document,
    Open(Stored, [&'a str; 2]),
    Close,
    Alias(&'a str),
    Scalar { text: String, is: Option<&'static str>, marks: [&'a str; 2] },
}

/// Whether the new tree says what the old one says, but for the changes, and keeps every comment that does not stand
/// within a node that is gone.
#[must_use]
pub fn says_the_same_but(old: &Tree<'_>, new: &Tree<'_>, changes: &[Change<'_>]) -> bool {
    let Some(plan) = Plan::new(old, changes) else { return false };
    let expected = steps(old, &plan);
    let found = steps(new, &Plan::default());
    let same =
        expected.len() == found.len() && expected.iter().zip(&found).all(|(one, other)| agree(one, other));
    same && comments_kept(old, new, &plan)
}

/// The changes by the numbers of the nodes.
#[derive(Default)]
struct Plan {
    gone: BTreeMap<u32, u32>,
    says: BTreeMap<u32, String>,
    /// Those of a whole mapping, at its end.
    has: BTreeMap<u32, Vec<(String, Given)>>,
    /// Those that stand before a node.
    before: BTreeMap<u32, Vec<(String, Given)>>,
    /// The bytes of what is gone.
    spans: Vec<Span>,
}

impl Plan {
    /// None where a change would reach beyond its own place.
    fn new(tree: &Tree<'_>, changes: &[Change<'_>]) -> Option<Self> {
        let mut plan = Self::default();
        for change in changes {
            let (Change::Gone(slot) | Change::Says(slot, _) | Change::Has(slot, ..)) = change;
            if slot.is_repeated() || !std::ptr::eq(slot.tree, tree) {
                return None;
            }
            match change {
                Change::Gone(slot) => {
                    for node in slot.member() {
                        plan.gone.insert(node.index, node.node().next);
                    }
                    plan.spans.push(slot.member().into_iter().map(Slot::extent).reduce(Span::join)?);
                }
                Change::Says(slot, text) => {
                    plan.says.insert(slot.index, text.clone());
                }
                Change::Has(slot, behind, entries) => {
                    let next = behind.map_or(slot.node().next, |behind| behind.node().next);
                    let (of, at) = match next == slot.node().next {
                        true => (&mut plan.has, slot.index),
                        false => (&mut plan.before, next),
                    };
                    of.entry(at).or_default().extend(entries.iter().cloned());
                }
            }
        }
        Some(plan)
    }
}

/// The nodes of a tree in order, as they should be after the changes.
fn steps<'t>(tree: &'t Tree<'_>, plan: &Plan) -> Vec<Step<'t>> {
    let mut steps = Vec::with_capacity(tree.nodes.len());
    let mut open: Vec<(u32, u32)> = Vec::new();
    let mut index = 0;
    let count = u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX);
    while index < count {
        close(&mut open, index, plan, &mut steps);
        plan.before.get(&index).into_iter().flatten().for_each(|entry| add(entry, &mut steps));
        if tree.documents.binary_search(&index).is_ok() {
            steps.push(Step::Document);
        }
        if let Some(next) = plan.gone.get(&index) {
            index = *next;
            continue;
        }
        let slot = Slot { tree, index };
        match slot.node().stored {
            Stored::Alias => steps.push(Step::Alias(slot.raw())),
            Stored::Scalar => steps.push(scalar(slot, plan.says.get(&index))),
            stored => {
                steps.push(Step::Open(stored, marks(slot)));
                open.push((index, slot.node().next));
            }
        }
        index += 1;
    }
    close(&mut open, count, plan, &mut steps);
    steps
}

/// Closes the collections that end before a node.
fn close(open: &mut Vec<(u32, u32)>, before: u32, plan: &Plan, steps: &mut Vec<Step<'_>>) {
    while let Some((index, _)) = open.pop_if(|(_, end)| *end <= before) {
        plan.has.get(&index).into_iter().flatten().for_each(|entry| add(entry, steps));
        steps.push(Step::Close);
    }
}

fn add((key, given): &(String, Given), steps: &mut Vec<Step<'_>>) {
    let scalar = |text: String, is| Step::Scalar { text, is, marks: ["", ""] };
    steps.push(scalar(key.clone(), None));
    match given {
        // Formats that have only texts have them as texts.
        Given::Number(number) => steps.push(scalar(number.to_string(), None)),
        Given::Flag(flag) => steps.push(scalar(flag.to_string(), None)),
        Given::Word(word) => steps.push(scalar(word.clone(), None)),
        Given::Text(text) => steps.push(scalar(text.clone(), Some("text"))),
        Given::Table(entries) => {
            steps.push(Step::Open(Stored::Mapping, ["", ""]));
            entries.iter().for_each(|entry| add(entry, steps));
            steps.push(Step::Close);
        }
    }
}

fn scalar<'t>(slot: Slot<'t>, says: Option<&String>) -> Step<'t> {
    let node = NodeRef::new(slot.tree, slot.index);
    match says {
        Some(text) => Step::Scalar { text: text.clone(), is: None, marks: marks(slot) },
        None => Step::Scalar { text: node.text().to_owned(), is: Some(kind_of(node)), marks: marks(slot) },
    }
}

/// What a scalar is; what was written anew may have been given quotes that it needs.
fn kind_of(node: NodeRef<'_>) -> &'static str {
    match node.value(node.schema()) {
        Value::Null => "nothing",
        Value::Bool(_) => "flag",
        Value::Str(_) => "text",
        _ => "number",
    }
}

/// The tag and the anchor of a node.
fn marks(slot: Slot<'_>) -> [&str; 2] {
    let entry = |table: &[(u32, Span)]| side_entry(table, slot.index).unwrap_or_default();
    [&slot.tree.tags, &slot.tree.anchors].map(|table| entry(table).slice(slot.tree.text))
}

fn agree(expected: &Step<'_>, found: &Step<'_>) -> bool {
    match (expected, found) {
        (
            Step::Scalar { text, is, marks },
            Step::Scalar { text: other, is: other_is, marks: other_marks },
        ) => text == other && marks == other_marks && (is.is_none() || is == other_is),
        (one, other) => one == other,
    }
}

/// Whether every comment outside of what is gone is still there. One that shares the last line of what is gone
/// speaks about it and may go with it.
fn comments_kept(old: &Tree<'_>, new: &Tree<'_>, plan: &Plan) -> bool {
    let may_go = |span: Span| {
        plan.spans.iter().any(|gone| {
            let between = Span::new(gone.end, span.start).slice(old.text);
            gone.contains(span) || (span.start >= gone.end && !between.contains(['\n', '\r']))
        })
    };
    let mut found = new.comments.iter().map(|comment| comment.span.slice(new.text)).peekable();
    for comment in &old.comments {
        let words = comment.span.slice(old.text);
        if found.next_if(|other| *other == words).is_none() && !may_go(comment.span) {
            return false;
        }
    }
    found.next().is_none()
}
