//! Tables: of events and what is done then, of words and answers, of posts and their times.

use crate::model::{Event, Stated, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::given;
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Subs, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// Words with what is answered to each, as a table. Returns whether the section is one.
    pub(crate) fn answers_to_words(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let items = match item.value.kind() {
            Kind::Mapping => self.items_of(item.value),
            _ => return false,
        };
        let is_answer = |row: &Item<'t>| {
            let named = || !self.texts_named(row.value.text()).is_empty();
            row.value.kind() == Kind::Scalar
                && (row.phrase.words.len() == 1
                    && !row.phrase.any(&[C::Text, C::Mode, C::Except])
                    && crate::reader::roles::value::is_sentence(row.value.text())
                    || named())
        };
        let rows: Vec<bool> = items.iter().map(is_answer).collect();
        let answers = rows.iter().filter(|is_answer| **is_answer).count();
        if answers < 2 || answers * 2 < items.len() {
            return false;
        }
        for (row, is_answer) in items.iter().zip(rows) {
            self.mark(row.key, Use::Used);
            if !is_answer {
                continue;
            }
            let site = self.reader.site(row.key);
            let mut inner = Frame { joint: true, ..frame.inner(row.key.text(), site) };
            let word = self.reader.text(row.key);
            // In rooms and in public anybody's words are heard; elsewhere somebody asks for what they name.
            let platform = self.platforms.first().copied();
            let listens = ["listener", "listen"].iter().any(|word| Phrase::read(&frame.name).word(word));
            let overheard = listens
                || crate::reader::account::has_rooms(platform)
                || !self.is_chat() && (platform.is_some() || item.phrase.word("triggers"));
            let event = if overheard { Event::PostMatch } else { Event::Command };
            inner.triggers = vec![Trigger { filters: vec![word], ..Trigger::new(event, site) }];
            let mut doing = Doing::of(Deed::Verb(Verb::Reply), site);
            let named = self.texts_named(row.value.text());
            let own = named.is_empty().then(|| self.reader.text(row.value));
            doing.texts.extend(named.into_iter().chain(own).map(Said::of));
            inner.doings.push(doing);
            self.finish(inner, Subs::new());
        }
        true
    }

    /// `schedule: { forecast: "0 7 * * *" }`: posts by name, each with its time and the text of that name.
    pub(crate) fn timetable(&mut self, node: NodeRef<'t>, frame: &Frame) -> bool {
        let items = self.items_of(node);
        let times = |item: &Item<'t>| {
            item.value.kind() == Kind::Scalar
                && crate::reader::roles::value::schedule_in(item.value.text()).is_some()
        };
        if items.is_empty()
            || !items
                .iter()
                .all(|item| times(item) && !item.phrase.any(&[C::Schedule, C::Per, C::Day, C::Hour]))
        {
            return false;
        }
        for item in &items {
            let site = self.reader.site(item.key);
            let mut inner = frame.inner(item.key.text(), site);
            let schedule = crate::reader::roles::value::schedule_in(item.value.text());
            inner.schedule = schedule
                .map_or(Stated::Absent, |schedule| Stated::Known(schedule, self.reader.site(item.value)));
            let act = sense::act(&item.phrase).filter(|act| matches!(act.deed, Deed::Verb(_)));
            let act = act.unwrap_or(sense::Act::of(Deed::Verb(Verb::Post)));
            let mut doing = Doing::new(&act, site);
            let texts = self.texts_named(item.key.text());
            doing.texts.extend(texts.into_iter().map(Said::of));
            inner.doings.push(doing);
            self.mark(item.key, Use::Used);
            self.finish(inner, Subs::new());
        }
        true
    }

    /// A table from events to what is done: each key is an event.
    pub(crate) fn table(&mut self, node: NodeRef<'t>, frame: &Frame, depth: usize) {
        match node.kind() {
            Kind::Mapping => {
                let items = self.items_of(node);
                let is_rule =
                    items.iter().any(|item| item.phrase.has(C::Trigger) && item.phrase.words.len() == 1);
                let events = items.iter().filter(|item| sense::event(&item.phrase).is_some()).count();
                // `on: { raid.closed: [{ say: … }] }`: events of the bot's own, by their names.
                let acts = items.iter().filter(|item| self.does_something(item.value)).count();
                if is_rule || events * 2 < items.len() && acts < items.len() {
                    self.node(node, frame.clone(), depth + 1);
                    return;
                }
                // What is no event stands together, as in any section.
                let (mut rest, mut subs) = (frame.clone(), Subs::new());
                for item in items {
                    let given = given(&self.reader, item.value);
                    match occasion(&item) {
                        Some(event) => {
                            self.handler(&item, event, given, frame, depth);
                            self.mark(item.key, Use::Used);
                        }
                        None if self.does_something(item.value) => {
                            let site = self.reader.site(item.key);
                            let mut trigger = Trigger::new(Event::Happening, site);
                            trigger.filters.push(self.reader.text(item.key));
                            self.handler_of(&item, trigger, given, frame, depth);
                            self.mark(item.key, Use::Used);
                        }
                        None => self.entry(&item, &mut rest, &mut subs, depth + 1),
                    }
                }
                self.finish(rest, subs);
            }
            _ => self.node(node, frame.clone(), depth + 1),
        }
    }

    /// Whether what stands under an event says what is done, or what is said.
    pub(crate) fn does_something(&mut self, node: NodeRef<'t>) -> bool {
        let tells = |key: &Phrase| sense::act(key).is_some() || key.any(&[C::Action, C::Text]);
        match node.kind() {
            Kind::Mapping => self.items_of(node).iter().any(|item| tells(&item.phrase)),
            Kind::Sequence => node.items().take(20).any(|step| match step.kind() {
                Kind::Scalar => sense::act(&Phrase::read(step.text())).is_some(),
                _ => step.entries().any(|entry| tells(&Phrase::read(entry.key.text()))),
            }),
            Kind::Scalar => false,
        }
    }
}

/// The event that a key of a table names. `raid_posted` and `stream.online` are about something of its own: nobody
/// posted.
fn occasion(item: &Item<'_>) -> Option<Event> {
    let event = sense::event(&item.phrase)?;
    let own = event == Event::PostMatch && item.phrase.unknown() > 0 && !item.phrase.has(C::Keyword);
    (!own).then_some(event)
}

/// Whether a section holds events and what happens then.
pub(crate) fn is_table_of_events(phrase: &Phrase) -> bool {
    const HANDLERS: &[&str] = &["handlers", "handler", "listeners", "reactions"];
    const EVENTS: &[&str] = &[
        "events",
        "event",
        "watchers",
        "watcher",
        "observers",
        "ereignisse",
        "beobachter",
        "eventos",
        "evenements",
        "eventi",
        "gebeurtenissen",
        "olaylar",
        "sucesos",
        "acontecimentos",
        "avvenimenti",
        "события",
        "出来事",
        "イベント",
    ];
    let alone = phrase.words.len() == 1 && EVENTS.iter().any(|word| phrase.word(word));
    alone
        || phrase.only(&[C::Trigger, C::Items, C::React, C::Action])
            && (phrase.has(C::Trigger) || HANDLERS.iter().any(|word| phrase.word(word)))
}
