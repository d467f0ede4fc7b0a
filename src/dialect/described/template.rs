//! What a dialect file says in place of a conduct file: the same words, with references to settings where a conduct
//! file has values.

use super::condition::Condition;
use super::each::Each;
use super::reference::Reference;
use super::way::Way;
use crate::source::Span;

/// A value of a dialect file.
#[derive(Clone, Debug)]
pub(super) enum Template {
    /// A text, said by the file itself.
    Text(String, Span),
    /// A number or a truth value, said by the file itself.
    Plain(String, Span),
    /// Several; those that come to nothing are left out.
    List(Vec<Template>, Span),
    /// Words with what belongs to them.
    Table(Table),
    /// What a setting says.
    Reference(Box<Reference>),
    /// The same for each entry of a list.
    Each(Box<Each>),
}

/// Words with what belongs to them, which are there if all conditions hold.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) entries: Vec<(String, Span, Template)>,
    pub(super) conditions: Vec<Condition>,
    pub(super) span: Span,
}

impl Template {
    /// Hands out every way in it, those that begin at entries of its own included.
    pub(super) fn each_way<'s>(&'s self, with: &mut dyn FnMut(&'s Way)) {
        match self {
            Self::Text(..) | Self::Plain(..) => {}
            Self::List(items, _) => items.iter().for_each(|item| item.each_way(with)),
            Self::Table(table) => table.each_way(with),
            Self::Reference(reference) => reference.each_way(with),
            Self::Each(each) => each.each_way(with),
        }
    }
}

impl Table {
    /// Hands out every way in it.
    pub(super) fn each_way<'s>(&'s self, with: &mut dyn FnMut(&'s Way)) {
        self.conditions.iter().flat_map(|condition| &condition.any).for_each(&mut *with);
        self.entries.iter().for_each(|(_, _, value)| value.each_way(with));
    }
}
