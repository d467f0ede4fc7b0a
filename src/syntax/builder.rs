//! Builds a [`Tree`] from a reader's events: opens and closes collections, resolves aliases, keeps the
//! limits. Knows no syntax.

use super::tree::{Node, Stored, flags};
use super::{Comment, LimitHit, Limits, Parsed, Style, Syntax, SyntaxError, Tree};
use crate::source::{Span, boundary};

/// A collection that is being read.
struct Open {
    node: u32,
    /// Children so far; in a mapping, keys and values.
    children: u32,
    /// Nodes that an alias-following reader would have seen before this one.
    reached_before: u64,
    /// Levels of collections below this one so far, aliases followed.
    height: u32,
    /// End of the last child.
    last_end: u32,
    flow: bool,
    /// The number of its anchor.
    anchor: Option<usize>,
}

/// A node that aliases may stand for.
struct Target {
    node: u32,
    reached: u64,
    height: u32,
    closed: bool,
}

pub(super) struct Builder<'s> {
    tree: Tree<'s>,
    limits: Limits,
    open: Vec<Open>,
    /// Anchored nodes by the number that the reader gives them.
    targets: std::collections::HashMap<usize, Target>,
    /// Nodes that an alias-following reader would have seen so far.
    reached: u64,
    /// How many of them through aliases.
    reached_by_alias: u64,
    /// Sizes of the tree's tables at the start of the document, to return to when it turns out broken.
    checkpoint: Checkpoint,
    errors: Vec<SyntaxError>,
    limit_hits: Vec<LimitHit>,
}

#[derive(Default)]
struct Checkpoint {
    nodes: usize,
    tags: usize,
    anchors: usize,
    cooked: usize,
    cooked_spans: usize,
}

impl<'s> Builder<'s> {
    pub(super) fn new(text: &'s str, syntax: Syntax, limits: &Limits) -> Self {
        let tree = Tree {
            text,
            syntax,
            // About one node per 16 bytes in ordinary files: one allocation for most of them.
            nodes: Vec::with_capacity(text.len() / 16 + 4),
            documents: Vec::new(),
            comments: Vec::new(),
            tags: Vec::new(),
            anchors: Vec::new(),
            cooked: String::new(),
            cooked_spans: Vec::new(),
        };
        Self {
            tree,
            limits: limits.clone(),
            open: Vec::new(),
            targets: Default::default(),
            reached: 0,
            reached_by_alias: 0,
            checkpoint: Checkpoint::default(),
            errors: Vec::new(),
            limit_hits: Vec::new(),
        }
    }

    /// Starts a document. Ends the one before.
    pub(super) fn begin_document(&mut self) {
        self.open.clear();
        self.targets.clear();
        self.checkpoint = Checkpoint {
            nodes: self.tree.nodes.len(),
            tags: self.tree.tags.len(),
            anchors: self.tree.anchors.len(),
            cooked: self.tree.cooked.len(),
            cooked_spans: self.tree.cooked_spans.len(),
        };
    }

    /// What was wrong first; nothing where every document could be read.
    pub(super) fn first_error(&self) -> Option<&SyntaxError> {
        self.errors.first()
    }

    /// Ends a document and keeps it.
    pub(super) fn end_document(&mut self) {
        if self.tree.nodes.len() > self.checkpoint.nodes {
            self.tree.documents.push(to_u32(self.checkpoint.nodes));
        }
        self.begin_document();
    }

    /// Forgets what was read of the document. Its comments stay.
    pub(super) fn abandon_document(&mut self) {
        let Checkpoint { nodes, tags, anchors, cooked, cooked_spans } = self.checkpoint;
        self.tree.nodes.truncate(nodes);
        self.tree.tags.truncate(tags);
        self.tree.anchors.truncate(anchors);
        self.tree.cooked.truncate(cooked);
        self.tree.cooked_spans.truncate(cooked_spans);
        self.begin_document();
    }

    /// Adds a scalar. `cooked` is its text where that is not the source without quotes.
    pub(super) fn scalar(&mut self, span: Span, style: Style, cooked: Option<&str>) {
        let extra = cooked.map_or(0, |cooked| {
            let start = to_u32(self.tree.cooked.len());
            self.tree.cooked.push_str(cooked);
            self.tree.cooked_spans.push(Span::new(start, to_u32(self.tree.cooked.len())));
            to_u32(self.tree.cooked_spans.len())
        });
        let is_merge_key = style == Style::Plain && span.len() == 2 && span.slice(self.tree.text) == "<<";
        if is_merge_key && self.tree.syntax == Syntax::Yaml {
            self.mark_merge();
        }
        self.push(span, Stored::Scalar, style, extra);
    }

    /// Opens a mapping or sequence. Returns the error to report when it would nest too deeply.
    pub(super) fn open(&mut self, stored: Stored, span: Span, flow: bool) -> Result<(), SyntaxError> {
        if self.open.len() >= self.limits.depth as usize {
            let message = format!("nested more than {} levels deep", self.limits.depth);
            return Err(SyntaxError::new(span, message));
        }
        let reached_before = self.reached;
        let node = self.push(span, stored, Style::Plain, 0);
        self.open.push(Open {
            node,
            children: 0,
            reached_before,
            height: 0,
            last_end: span.end,
            flow,
            anchor: None,
        });
        Ok(())
    }

    /// Closes the innermost collection, at `end` or else at the end of its last child.
    pub(super) fn close(&mut self, end: Option<u32>) {
        let Some(closed) = self.open.pop() else { return };
        let next = to_u32(self.tree.nodes.len());
        let end = end.unwrap_or(closed.last_end);
        if let Some(node) = self.tree.nodes.get_mut(closed.node as usize) {
            node.next = next;
            node.span.end = end.max(node.span.start);
        }
        if closed.flow && closed.children == 2 && self.is_template_in_braces(closed.node) {
            self.collapse_to_scalar(closed.node);
        }
        if let Some(parent) = self.open.last_mut() {
            parent.last_end = parent.last_end.max(end);
            parent.height = parent.height.max(closed.height + 1);
        }
        if let Some(number) = closed.anchor {
            let reached = self.reached - closed.reached_before;
            let target = Target { node: closed.node, reached, height: closed.height + 1, closed: true };
            self.targets.insert(number, target);
        }
    }

    /// Adds an alias for the anchored node with this number.
    pub(super) fn alias(&mut self, span: Span, number: usize) {
        let Some(&Target { node, reached, height, closed }) = self.targets.get(&number) else {
            return self.alias_not_followed(span, LimitHit::Aliases(span));
        };
        if !closed {
            return self.alias_not_followed(span, LimitHit::SelfReference(span));
        }
        let depth = self.open.len() + height as usize;
        let reached_by_alias = self.reached_by_alias.saturating_add(reached);
        if depth > self.limits.depth as usize || reached_by_alias > self.most_by_alias() {
            return self.alias_not_followed(span, LimitHit::Aliases(span));
        }
        self.push(span, Stored::Alias, Style::Plain, node);
        self.reached += reached;
        self.reached_by_alias = reached_by_alias;
        if let Some(parent) = self.open.last_mut() {
            parent.height = parent.height.max(height);
        }
    }

    /// How many nodes aliases may stand for, as far as the file was read.
    fn most_by_alias(&self) -> u64 {
        let written = self.tree.nodes.len() as u64;
        let in_step = written.saturating_mul(self.limits.alias_nodes_per_node);
        self.limits.alias_nodes.min(in_step.max(self.limits.alias_nodes_free))
    }

    fn alias_not_followed(&mut self, span: Span, hit: LimitHit) {
        self.note_limit(hit);
        let own_index = to_u32(self.tree.nodes.len());
        self.push(span, Stored::Alias, Style::Plain, own_index);
    }

    /// Notes a limit, each kind once.
    fn note_limit(&mut self, hit: LimitHit) {
        let same_kind = |known: &LimitHit| std::mem::discriminant(known) == std::mem::discriminant(&hit);
        if !self.limit_hits.iter().any(same_kind) {
            self.limit_hits.push(hit);
        }
    }

    /// Notes the anchor of the node added last.
    pub(super) fn anchor(&mut self, span: Span, number: usize) {
        let node = self.annotate_last(flags::ANCHORED);
        self.tree.anchors.push((node, span));
        let closed = self.tree.node(node).stored == Stored::Scalar;
        if let Some(open) = self.open.last_mut().filter(|open| open.node == node) {
            open.anchor = Some(number);
        }
        self.targets.insert(number, Target { node, reached: 1, height: 0, closed });
    }

    /// Notes the tag of the node added last.
    pub(super) fn tag(&mut self, span: Span) {
        let node = self.annotate_last(flags::TAGGED);
        self.tree.tags.push((node, span));
    }

    /// Notes a comment.
    pub(super) fn comment(&mut self, span: Span) {
        self.tree.comments.push(Comment { span });
    }

    /// Notes an error.
    pub(super) fn error(&mut self, mut error: SyntaxError) {
        if self.errors.len() < self.limits.errors {
            error.span = fit(error.span, self.tree.text);
            self.errors.push(error);
        } else {
            self.note_limit(LimitHit::Errors(fit(error.span, self.tree.text)));
        }
    }

    /// Whether there were so many errors that reading on is pointless.
    pub(super) fn has_too_many_errors(&self) -> bool {
        self.limit_hits.iter().any(|hit| matches!(hit, LimitHit::Errors(_)))
    }

    /// The error to report once the file has more nodes than allowed.
    pub(super) fn check_size(&self, at: Span) -> Result<(), SyntaxError> {
        if self.tree.nodes.len() <= self.limits.nodes as usize {
            return Ok(());
        }
        Err(SyntaxError::new(at, format!("more than {} values in one file", self.limits.nodes)))
    }

    /// The opening bracket of the innermost flow collection that is not closed yet.
    pub(super) fn open_bracket(&self) -> Option<Span> {
        let open = self.open.iter().rev().find(|open| open.flow)?;
        let start = self.tree.node(open.node).span.start;
        Some(Span::new(start, start + 1))
    }

    /// End of the node added last: where a reader that failed had got to.
    pub(super) fn last_end(&self) -> u32 {
        self.tree.nodes.last().map_or(0, |node| node.span.end)
    }

    /// The finished tree, with a closing word on templates where reading failed.
    pub(super) fn finish(mut self) -> Parsed<'s> {
        self.tree.comments.sort_by_key(|comment| comment.span);
        super::template::explain(self.tree.text, &mut self.errors);
        Parsed { tree: self.tree, errors: self.errors, limits: self.limit_hits }
    }

    fn push(&mut self, span: Span, stored: Stored, style: Style, extra: u32) -> u32 {
        let index = to_u32(self.tree.nodes.len());
        self.tree.nodes.push(Node { span, next: index + 1, extra, stored, style, flags: 0 });
        self.reached += 1;
        if let Some(parent) = self.open.last_mut() {
            parent.children += 1;
            parent.last_end = parent.last_end.max(span.end);
        }
        index
    }

    fn annotate_last(&mut self, flag: u8) -> u32 {
        if let Some(node) = self.tree.nodes.last_mut() {
            node.flags |= flag;
        }
        to_u32(self.tree.nodes.len()).saturating_sub(1)
    }

    /// The key about to be added is `<<`: notes it at its mapping.
    fn mark_merge(&mut self) {
        let Some(parent) = self.open.last().filter(|parent| parent.children.is_multiple_of(2)) else {
            return;
        };
        if let Some(node) = self.tree.nodes.get_mut(parent.node as usize)
            && node.stored == Stored::Mapping
        {
            node.flags |= flags::MERGES;
        }
    }

    /// Whether a flow mapping with one entry is `{{ … }}`: its key is a mapping, its value empty.
    fn is_template_in_braces(&self, index: u32) -> bool {
        let (outer, key) = (self.tree.node(index), self.tree.node(index + 1));
        let source = outer.span.slice(self.tree.text);
        outer.stored == Stored::Mapping
            && key.stored == Stored::Mapping
            && self.tree.node(key.next).span.is_empty()
            && source.starts_with("{{")
            && source.ends_with("}}")
    }

    fn collapse_to_scalar(&mut self, index: u32) {
        self.tree.nodes.truncate(index as usize + 1);
        self.targets.retain(|_, target| target.node <= index);
        for table in [&mut self.tree.tags, &mut self.tree.anchors] {
            table.truncate(table.partition_point(|&(node, _)| node <= index));
        }
        if let Some(node) = self.tree.nodes.last_mut() {
            node.stored = Stored::Scalar;
            node.next = index + 1;
            node.flags |= flags::BRACES;
        }
    }
}

/// Brings a reader's span to character boundaries of the text.
fn fit(span: Span, text: &str) -> Span {
    let place = |offset: u32| to_u32(boundary(text, offset as usize));
    let start = place(span.start);
    Span::new(start, place(span.end).max(start))
}

/// Offsets and indices fit 32 bits: a text of 4 GiB is refused before it gets here.
pub(super) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
