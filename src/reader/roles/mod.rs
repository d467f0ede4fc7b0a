//! Roles of single entries: each slot of a clause has a file that knows which keys and values fill it.

pub(crate) mod audience;
mod guard;
mod keywords;
mod limit;
mod people_file;
mod place;
pub(crate) mod recurrence;
mod repeat;
mod text;
mod time;
mod trigger;
pub(crate) mod value;

use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, is_window};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Walk};
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// What a value says of one slot.
    pub(crate) fn slot(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        if given == Given::Nested && item.value.kind() == Kind::Mapping {
            return false;
        }
        let names_act = sense::act(phrase).is_some_and(|act| {
            !matches!(
                act.deed,
                Deed::Review
                    | Deed::Collect
                    | Deed::Say
                    | Deed::Remove
                    | Deed::Verb(crate::model::Verb::Count)
            )
        }) && !(phrase.has(C::Message) && frame.joint);
        let apart = names_act && frame.name.is_empty() && !phrase.has(C::Except);
        let is_window =
            phrase.ends(C::Hour) && item.value.kind() == Kind::Scalar && is_window(item.value.text());
        (!apart || is_window) && (self.repeat(item, given, frame) || self.guard(item, given, frame))
            || self.carries(item, given, frame)
            || self.voices(item, given, frame)
            || !names_act && self.place(item, frame)
            || !names_act && self.schedule(item, given, frame)
            || !names_act && self.delay(item, given, frame)
            || !names_act && self.limit(item, given, frame)
            || !names_act && self.keywords(item, given, frame)
            || self.audience(item, given, frame)
            || self.people_file(item, frame)
            || self.goes_nowhere(phrase, given, site, frame)
    }
}
