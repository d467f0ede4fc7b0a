//! Moderation: what a moderator acts against, with what is done about it, as a section, a setting or a whole list.

use crate::model::{Audience, AudienceKind, Event, Text, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, duration_in, given, unit_in};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// What is done to whoever broke a rule, or to what they wrote.
const MEASURES: [C; 6] = [C::Ban, C::Kick, C::Mute, C::Block, C::Delete, C::Remove];
/// Words of a list that are looked at.
const MOST_WORDS: usize = 50;
/// A longer name says more than what is acted against.
const LONGEST: usize = 4;

impl<'t> Walk<'t> {
    /// `caps: { decision: delete, message: … }`, `links: ban`: what somebody writes, and what happens then.
    pub(crate) fn offence(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let sanctions = frame.joint && frame.event() == Some(Event::PostMatch);
        // What is acted against in a section that is about nothing else: how many capitals, which words.
        if sanctions && names_offence(&item.phrase) && given != Given::Nested && !is_measure(item.said()) {
            let words = self.reader.texts(item.value);
            if let (Kind::Sequence, Some(trigger)) = (item.value.kind(), frame.triggers.first_mut()) {
                trigger.filters.extend(words.into_iter().take(MOST_WORDS));
            }
            return true;
        }
        // `on_violation: timeout`
        if sanctions && item.phrase.has(C::Trigger) && item.phrase.has(C::Offence) && given == Given::Said {
            self.acts(item.value, frame, depth);
            return true;
        }
        let is_answered = match given {
            Given::Said => item.value.kind() == Kind::Scalar && is_measure(item.said()),
            Given::Nested => item.value.kind() == Kind::Mapping && self.holds_measure(item),
            _ => false,
        };
        if !names_offence(&item.phrase) || !is_answered {
            return false;
        }
        let trigger = self.offence_in(item);
        self.handler_of(item, trigger, given, frame, depth);
        true
    }

    /// `[automod]` with `on_violation = "timeout"` and `callout = "…"`: all of the section happens at an offence.
    pub(crate) fn moderates(&self, items: &[Item<'t>], frame: &mut Frame) {
        let measure = |item: &Item<'t>| item.value.kind() == Kind::Scalar && is_measure(item.said());
        let at_offence = |item: &&Item<'t>| item.phrase.has(C::Offence) && item.phrase.words.len() <= LONGEST;
        if frame.whole || !frame.triggers.is_empty() || !items.iter().any(measure) {
            return;
        }
        // `{ if: flair is empty, action: remove, comment: "Please add one." }` where a bot moderates a forum.
        let explains = |item: &&Item<'t>| {
            item.value.kind() == Kind::Scalar
                && item.phrase.any(&[C::Comment, C::Reply, C::Text])
                && crate::reader::roles::value::is_sentence(item.value.text())
        };
        if let (true, Some(reason)) = (self.platforms.contains(&"reddit"), items.iter().find(explains)) {
            let condition = items.iter().find(|item| item.phrase.only_words(&["if", "when", "condition"]));
            let site = self.reader.site(condition.unwrap_or(reason).key);
            let filters = condition.map(|item| self.reader.text(item.value)).into_iter().collect();
            let from = Some(Audience::new(AudienceKind::Members, site));
            frame.triggers.push(Trigger { filters, from, ..Trigger::new(Event::PostMatch, site) });
            frame.joint = true;
            return;
        }
        let handled = items
            .iter()
            .any(|item| names_offence(&item.phrase) && !item.phrase.has(C::Trigger) && measure(item));
        if let Some(first) = items.iter().find(at_offence).filter(|_| !handled) {
            frame.triggers.push(self.offence_in(first));
            frame.joint = true;
        }
    }

    /// Somebody writes what the name of an entry says.
    fn offence_in(&self, item: &Item<'t>) -> Trigger {
        let site = self.reader.site(item.key);
        // Words that are listed count instead of the name of the list.
        let filters = match item.value.kind() {
            Kind::Sequence => Vec::new(),
            _ => vec![Text { text: item.key.text().to_owned(), site }],
        };
        let from = Some(Audience::new(AudienceKind::Members, site));
        Trigger { filters, from, ..Trigger::new(Event::PostMatch, site) }
    }

    /// Whether an entry of a section says what is done: `decision: delete`, `ban: true`, `timeout_minutes: 10`.
    fn holds_measure(&mut self, item: &Item<'t>) -> bool {
        self.items_of(item.value).iter().any(|entry| {
            let switched = || matches!(given(&self.reader, entry.value), Given::On | Given::Number(_));
            match entry.value.kind() {
                Kind::Scalar => is_measure(entry.said()) || is_measure(&entry.phrase) && switched(),
                Kind::Sequence => {
                    entry.phrase.has(C::Action)
                        && entry.value.items().take(10).any(|value| is_measure(&Phrase::read(value.text())))
                }
                Kind::Mapping => false,
            }
        })
    }

    /// `duration: 3d`, `timeout_seconds: 600`, `ban_days: 0` where somebody is put out: for how long.
    pub(crate) fn lasts(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let is_length = phrase.words.iter().all(|word| {
            ["duration", "length", "timeout"].contains(&word.text.as_str())
                || word.concepts.has(C::Mute)
                || word.concepts.has(C::Ban)
                || word.concepts.has(C::Kick)
                || unit_in(&Phrase { words: vec![word.clone()], concepts: word.concepts }).is_some()
        });
        let sanctioned = frame.joint && frame.event() == Some(Event::PostMatch);
        // `ban_after: 3`: after so many offences.
        let counts =
            phrase.has(C::Delay) && phrase.any(&[C::Ban, C::Kick, C::Mute]) && unit_in(phrase).is_none();
        if let (true, true, Given::Number(_)) = (sanctioned, counts, given) {
            let act = sense::act(phrase);
            frame.doings.extend(act.map(|act| Doing::new(&act, self.reader.site(item.key))));
            return act.is_some();
        }
        if !sanctioned || !is_length || item.value.kind() != Kind::Scalar {
            return false;
        }
        let days = match given {
            Given::Number(amount) => unit_in(phrase).map(|unit| amount * unit),
            Given::Said => duration_in(item.value.text()),
            _ => None,
        };
        let Some(days) = days else { return false };
        frame.lasts = Some((format!("{}s", (days * 86_400.0).round()), self.reader.site(item.value)));
        let silences = |doing: &Doing| {
            matches!(doing.deed, Deed::Verb(Verb::Ban | Verb::Kick | Verb::Mute | Verb::Timeout))
        };
        // `timeout_seconds: 600` alone says what is done, too.
        if phrase.word("timeout") && !frame.doings.iter().any(silences) {
            frame.doings.push(Doing::of(Deed::Verb(Verb::Timeout), self.reader.site(item.key)));
        }
        true
    }
}

/// Whether a section lists what is acted against: `moderator: { caps: { decision: delete } }` is no team.
pub(crate) fn lists_offences(section: NodeRef<'_>) -> bool {
    section.entries().take(30).any(|entry| names_offence(&Phrase::read(entry.key.text())))
}

/// Whether a name says what is acted against, and not who is spared or where it is told.
fn names_offence(phrase: &Phrase) -> bool {
    phrase.has(C::Offence)
        && phrase.words.len() <= LONGEST
        && !phrase.any(&[C::Except, C::Text, C::To, C::Source, C::Schedule, C::Delay])
}

/// Whether a name or a short value says that something is taken down, or somebody put out or silenced.
fn is_measure(phrase: &Phrase) -> bool {
    (phrase.any(&MEASURES) || phrase.word("timeout"))
        && phrase.words.len() <= LONGEST
        && !phrase.any(&[C::Not, C::OneSided, C::Follower, C::Except])
}
