//! Entries about people: who may be asked for, and whom a section describes.

use crate::model::{Stated, Verb};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given};
use crate::reader::sense::{self, Deed};
use crate::reader::speech::Speech;
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `human_requested: no_match`, a node `speak_to_agent` that leads back to the menu: who asks for a person gets none.
    pub(crate) fn asks_for_person(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let leads = phrase.only(&[C::Operator])
            && item.value.kind() == Kind::Scalar
            && self.nodes.contains(item.value.text());
        let asks = leads
            || phrase.has(C::Handoff)
            || phrase.has(C::Operator) && phrase.any(&[C::Say, C::Asked, C::Command, C::Comment, C::Message]);
        // `transfer_status: faq` is about money.
        if !asks || phrase.unknown() > 0 || phrase.any(&[C::Text, C::Keyword, C::Max]) {
            return false;
        }
        let site = self.reader.site(item.value);
        let fails = match given {
            Given::Said if item.value.kind() == Kind::Scalar => {
                let value = item.said();
                leads && !value.any(&[C::Handoff, C::Operator, C::Forward, C::Ticket])
                    || value.has(C::Fallback)
                    || value.word("menu")
                    || value.word("start")
                    || value.word("faq")
                    || Speech::of(item.value.text()).confused
            }
            Given::Nested if item.value.kind() == Kind::Mapping => {
                let items = self.items_of(item.value);
                let back = items.iter().any(|item| {
                    item.phrase.has(C::Next)
                        && !item.said().any(&[C::Handoff, C::Operator, C::Forward, C::Ticket])
                });
                let hands = items.iter().any(|item| {
                    let value =
                        if item.value.kind() == Kind::Scalar { item.said() } else { &Phrase::default() };
                    item.phrase.any(&[C::Forward, C::Operator, C::Ticket, C::To, C::Handoff])
                        || item.phrase.any(&[C::Action]) && value.any(&[C::Forward, C::Handoff, C::Ticket])
                });
                back && !hands
            }
            _ => return false,
        };
        if fails {
            self.without_person(frame.account, site);
        }
        fails
    }

    /// A list of mappings that describe people, and nothing that is done.
    pub(crate) fn people_described(&mut self, item: &Item<'t>, frame: &mut Frame, depth: usize) -> bool {
        let mut found = Vec::new();
        let items: Vec<Item<'t>> =
            item.value.items().take(40).flat_map(|inner| self.items_of(inner)).collect();
        let plain = |item: &Item<'t>| {
            !item.phrase.any(&[
                C::Password,
                C::Token,
                C::Session,
                C::Enabled,
                C::Text,
                C::Schedule,
                C::Trigger,
            ]) && given(&self.reader, item.value) != Given::Nested
                && !sense::act(&item.phrase)
                    .is_some_and(|act| matches!(act.deed, Deed::Verb(verb) if verb != Verb::ListAdd))
        };
        if items.is_empty() || !items.iter().all(plain) {
            return false;
        }
        for inner in item.value.items().take(40) {
            if inner.kind() != Kind::Mapping {
                return false;
            }
            let outer = frame.audiences.len();
            let filled = self.filled(inner, frame.inner("", self.reader.site(inner)), depth + 1);
            if filled.is_live() {
                return false;
            }
            let mut audiences: Vec<crate::model::Audience> =
                filled.audiences.into_iter().skip(outer).collect();
            if let (Some(site), true) = (
                filled.collects.filter(|_| frame.collects.is_none()),
                audiences.is_empty() || frame.name.is_empty(),
            ) {
                let mut audience = crate::model::Audience::new(crate::model::AudienceKind::List, site);
                audience.source = Stated::Known(crate::model::ListSource::Scraped, site);
                audiences = vec![audience];
            }
            found.push(Frame { audiences, ..Frame::default() });
        }
        let whole = frame.name.is_empty();
        for inner in found {
            let mut joined = crate::reader::lower::audience::joined(inner.audiences);
            if whole {
                let described =
                    Frame { audiences: joined.clone(), account: frame.account, ..Frame::default() };
                self.note_targets(&described, 0);
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.people.append(&mut joined);
                }
            } else {
                frame.audiences.append(&mut joined);
            }
        }
        true
    }
}
