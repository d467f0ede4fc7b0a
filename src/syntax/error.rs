//! What can go wrong while reading, the limits of a reading, and its result.

use super::Tree;
use crate::source::Span;

/// Caps on what one file may ask for. Each one that is hit is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nodes per file. The default, 5,000,000, is 100 MB of tree: room for 100,000 automations in one
    /// file, and for any file of ordinary density below the limit on file size.
    pub nodes: u32,
    /// Nesting of collections, aliases followed. The default, 128, is ten times what configurations
    /// need and leaves a recursive reader far from the end of its stack. TOML stops at 80 by itself.
    pub depth: u32,
    /// Nodes that all aliases of a file together may stand for. The default, 1,000,000, bounds the work
    /// of a reader that follows every alias; files in the wild stay below a few thousand.
    pub alias_nodes: u64,
    /// Nodes that aliases may stand for in any file, however small. Beyond them, aliases may stand for so many
    /// times the nodes that are written out. The defaults, 20,000 and 8, keep the work in step with the file:
    /// otherwise a few kilobytes of aliases to a long list could stand for a million values.
    pub alias_nodes_free: u64,
    /// See [`Limits::alias_nodes_free`].
    pub alias_nodes_per_node: u64,
    /// Syntax errors per file. The default, 100, is more than anybody reads.
    pub errors: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            nodes: 5_000_000,
            depth: 128,
            alias_nodes: 1_000_000,
            alias_nodes_free: 20_000,
            alias_nodes_per_node: 8,
            errors: 100,
        }
    }
}

/// A limit that was hit while the rest of the document could be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitHit {
    /// The alias at this place, and later ones, are not followed: together they would stand for too many
    /// nodes or nest too deeply.
    #[error("aliases stand for more values than the limit allows; this one and later ones are not followed")]
    Aliases(Span),
    /// The alias at this place stands for a collection that holds it; it is not followed.
    #[error("the alias stands for a collection that holds it; it is not followed")]
    SelfReference(Span),
    /// Reading stopped here, after too many errors.
    #[error("too many syntax errors; the rest of the file was not read")]
    Errors(Span),
}

/// A piece of a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where reading failed.
    pub span: Span,
    /// What is wrong: lower case, no final period.
    pub message: String,
    /// The quote or bracket that was opened and never closed.
    pub opening: Option<Span>,
    /// What to do about it, where there is something to say.
    pub help: Option<String>,
    /// Whether the file is a template (Jinja, Helm, ERB) that gives a configuration only when rendered.
    pub template: bool,
}

impl SyntaxError {
    /// An error at a place.
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), opening: None, help: None, template: false }
    }

    /// The same error with advice.
    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same error with the delimiter that was left open.
    pub(super) fn with_opening(mut self, opening: Option<Span>) -> Self {
        self.opening = opening;
        self
    }
}

/// The result of a reading.
#[derive(Clone, Debug)]
pub struct Parsed<'s> {
    /// What could be read.
    pub tree: Tree<'s>,
    /// What could not, in order; at most one per YAML or JSON document.
    pub errors: Vec<SyntaxError>,
    /// Limits that were hit, each kind once.
    pub limits: Vec<LimitHit>,
}
