//! Looking for settings in one document: what was found from the top is remembered, what was passed is counted as
//! understood, and all of it together is bounded.

use std::collections::HashMap;
use std::rc::Rc;

use super::condition::is_stated;
use super::way::{Found, Scope, Way};
use crate::dialect::reading::Reader;
use crate::model::Use;
use crate::source::Span;
use crate::syntax::NodeRef;

/// The work that a document may cause: so much in any case, and so much for each of its nodes and bytes, the more, the
/// more settings the dialect file names. Entries of a list that all refer to one long list elsewhere would otherwise
/// cost the square.
const FREE: usize = 20_000;
const FOR_EACH_NODE: usize = 8;
const FOR_EACH_BYTE: usize = 2;

/// What was looked up and made of one document.
pub(super) struct Looking<'t> {
    pub(super) reader: Reader<'t>,
    /// By the place of its key, what became of an entry.
    pub(super) marks: HashMap<Span, Use>,
    /// Entries by their names, for the way that leads to the names.
    pub(super) names: HashMap<usize, HashMap<String, NodeRef<'t>>>,
    from_top: HashMap<usize, Rc<[Found<'t>]>>,
    left: usize,
}

impl<'t> Looking<'t> {
    /// For a dialect file that names so many settings.
    pub(super) fn new(reader: Reader<'t>, named: usize) -> Self {
        let tree = reader.candidate.tree;
        let nodes = tree.node_count().saturating_mul(FOR_EACH_NODE).saturating_mul(1 + named);
        let left = tree.text().len().saturating_mul(FOR_EACH_BYTE).saturating_add(nodes).saturating_add(FREE);
        Self { reader, marks: HashMap::new(), names: HashMap::new(), from_top: HashMap::new(), left }
    }

    /// Begins another document.
    pub(super) fn forget(&mut self) {
        self.from_top.clear();
        self.names.clear();
    }

    /// Takes so much of what is allowed; false once it is used up.
    pub(super) fn pay(&mut self, price: usize) -> bool {
        self.left = self.left.saturating_sub(price);
        self.left > 0
    }

    /// Whether too much was asked for.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left == 0
    }

    /// The settings at the end of a way; none once too much was looked for.
    pub(super) fn find(&mut self, way: &Way, scope: &Scope<'t>) -> Rc<[Found<'t>]> {
        if self.is_exhausted() {
            return Rc::new([]);
        }
        if let Some(known) = self.from_top.get(&way.number) {
            let known = Rc::clone(known);
            self.pay(1 + known.len());
            return known;
        }
        let mut steps = 0;
        let found: Rc<[Found<'t>]> = way.go(scope, &mut |_, _| steps += 1).into();
        self.pay(1 + steps + found.len());
        if way.is_from_top() {
            self.from_top.insert(way.number, Rc::clone(&found));
        }
        found
    }

    /// The settings at the end of a way that say something.
    pub(super) fn stated(&mut self, way: &Way, scope: &Scope<'t>) -> Vec<Found<'t>> {
        let reader = self.reader;
        self.find(way, scope).iter().copied().filter(|found| is_stated(&reader, found.value)).collect()
    }

    /// Notes what becomes of the entries on a way: those before the last are sections, in which all else is unknown.
    pub(super) fn mark(&mut self, way: &Way, scope: &Scope<'t>, end: Use) {
        if self.is_exhausted() || (way.is_from_top() && self.from_top.contains_key(&way.number)) {
            return;
        }
        let marks = &mut self.marks;
        let mut steps = 0;
        way.go(scope, &mut |entry, is_last| {
            steps += 1;
            if entry.key.defined().is_none() {
                let mark = marks.entry(entry.key.span()).or_insert(Use::Unknown);
                if is_last && *mark != Use::Used {
                    *mark = end;
                }
            }
        });
        self.pay(1 + steps);
    }
}
