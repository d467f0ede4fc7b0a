//! A second look at what happens to somebody who wants a person, in whatever words: a request that leads back to the menu,
//! a hand-over that goes to nobody, an instruction to keep people from people.

use crate::model::{Event, FactKind, Site, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given};
use crate::reader::sense::Deed;
use crate::reader::speech::Speech;
use crate::reader::walk::{DEEPEST, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// As many words as a request has, or what is done about it.
const MOST_WORDS: usize = 14;
/// Words for a person that are too common to mean somebody of the bot's own side elsewhere.
const PERSON: [&str; 13] = [
    "human",
    "person",
    "supervisor",
    "manager",
    "representative",
    "someone",
    "somebody",
    "operator",
    "agent",
    "staff",
    "mensch",
    "persona",
    "menselijk",
];
/// Words by which people ask.
const ASKS: [&str; 16] = [
    "speak",
    "talk",
    "want",
    "wants",
    "wanted",
    "ask",
    "asks",
    "asked",
    "request",
    "requested",
    "requests",
    "says",
    "insist",
    "connect",
    "reach",
    "chat",
];
/// Words for what leads nowhere.
const NOWHERE: [&str; 22] = [
    "faq",
    "menu",
    "start",
    "restart",
    "welcome",
    "bot",
    "robot",
    "machine",
    "none",
    "nobody",
    "never",
    "topic",
    "topics",
    "help article",
    "unsupported",
    "removed",
    "repeat",
    "again",
    "questions",
    "coupon",
    "loop",
    "home",
];

impl<'t> Walk<'t> {
    /// Looks once more at a file of which it is not known yet what becomes of somebody who wants a person.
    pub(crate) fn look_for_person_requests(&mut self, document: NodeRef<'t>) {
        let Some(scope) = self.scopes.first() else { return };
        let reads = scope.account.facts.iter().any(|fact| fact.kind == FactKind::RepliesMonitoredBy);
        if scope.personless.is_some() || scope.read_by.is_some() || reads {
            return;
        }
        // What a setting says is told before what a text says.
        let place = self.no_person_in(document, false, 0).or_else(|| self.no_person_in(document, true, 0));
        let Some((key, site)) = place else { return };
        self.without_person(0, site);
        self.mark(key, Use::Used);
        // Who speaks of handing over talks with people.
        let answers = |clause: &Frame| {
            clause.event().is_some_and(|event| event.is_inbound() || event == Event::Command)
                && clause
                    .doings
                    .iter()
                    .any(|doing| doing.deed == Deed::Verb(Verb::Reply) || doing.deed.speaks())
        };
        if !self.clauses.iter().any(answers) {
            let mut clause = Frame { joint: true, site, ..Frame::default() };
            clause.triggers = vec![Trigger::new(Event::DmReceived, site)];
            clause.doings.push(Doing::of(Deed::Verb(Verb::Reply), site));
            self.clause(clause);
        }
    }

    /// The first place where somebody who wants a person gets none.
    fn no_person_in(&mut self, node: NodeRef<'t>, texts: bool, depth: usize) -> Option<(NodeRef<'t>, Site)> {
        if depth > DEEPEST || !self.spend() {
            return None;
        }
        for item in node.items().take(100) {
            if let Some(found) = self.no_person_in(item, texts, depth + 1) {
                return Some(found);
            }
        }
        let asked =
            node.entries().enumerate().find(|(_, entry)| self.waits_for_request(entry.key, entry.value));
        if let Some((at, asked)) = asked {
            let others: Vec<_> = node
                .entries()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, entry)| entry.value)
                .collect();
            if !others.is_empty() && !others.iter().any(|value| self.brings_person(*value, 2)) {
                return Some((asked.key, self.reader.site(asked.value)));
            }
        }
        for entry in node.entries().take(200) {
            let told = match texts {
                true => tells_to_keep(entry.value),
                false => self.keeps_from_people(entry.key, entry.value),
            };
            if told {
                return Some((entry.key, self.reader.site(entry.value)));
            }
            if entry.value.kind() != Kind::Scalar
                && let Some(found) = self.no_person_in(entry.value, texts, depth + 1)
            {
                return Some(found);
            }
        }
        None
    }

    /// `when: user asks for a person`, `match: "(speak|talk) to someone"`: whether a rule waits for such a request.
    fn waits_for_request(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) -> bool {
        const WAITS: [C; 4] = [C::Trigger, C::Guard, C::Keyword, C::Message];
        const NAMES: [&str; 6] = ["if", "match", "matches", "contains", "says", "intent"];
        let phrase = self.phrase(key);
        let waits = phrase.words.len() <= 3
            && (phrase.any(&WAITS) || NAMES.iter().any(|word| phrase.word(word)))
            && !phrase.any(&[C::Not, C::Except]);
        let said = || Phrase::read(value.text());
        let asks = |said: &Phrase| {
            said.words.len() <= 2 || said.has(C::Handoff) || ASKS.iter().any(|word| said.word(word))
        };
        waits
            && value.kind() == Kind::Scalar
            && !phrase.has(C::Max)
            && asks(&said())
            && asks_for_person(&said())
    }

    /// Whether something that is done brings a person in, or names a way to one.
    fn brings_person(&mut self, value: NodeRef<'t>, depth: usize) -> bool {
        const BRINGS: [C; 5] = [C::Handoff, C::Forward, C::Ticket, C::Operator, C::Mail];
        let brings = |text: &str| {
            let said = Phrase::read(text);
            let nobody = said.any(&[C::Not, C::Ignore]) || NOWHERE.iter().any(|word| said.word(word));
            let names = text.contains('@') || text.chars().filter(char::is_ascii_digit).count() >= 6;
            names || said.any(&BRINGS) && !nobody || Speech::of(text).contact
        };
        match value.kind() {
            Kind::Scalar => brings(value.text()),
            _ if depth == 0 => false,
            Kind::Sequence => value.items().take(20).any(|item| self.brings_person(item, depth - 1)),
            Kind::Mapping => value.entries().take(20).any(|entry| {
                let key = Phrase::read(entry.key.text());
                let off = matches!(given(&self.reader, entry.value), Given::Off | Given::Nothing);
                key.any(&BRINGS) && !off || self.brings_person(entry.value, depth - 1)
            }),
        }
    }

    /// Whether an entry says that there is no person, or that a request for one leads back.
    fn keeps_from_people(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) -> bool {
        let phrase = self.phrase(key);
        let scalar = value.kind() == Kind::Scalar;
        let hands = phrase.any(&[C::Handoff, C::Ticket]) || escalates(&phrase);
        let told = given(&self.reader, value);
        // `agent_seats: 0`, `human_in_chain: false`, `operators: []`
        let counted = matches!(told, Given::Number(0.0) | Given::Off | Given::Nothing)
            && phrase.words.len() <= 4
            && PERSON.iter().any(|word| phrase.word(word))
            && !["fake", "name", "names"].iter().any(|word| phrase.word(word))
            && !phrase.any(&[
                C::Bio,
                C::Profile,
                C::Except,
                C::Text,
                C::Delay,
                C::Per,
                C::Once,
                C::Again,
                C::Max,
            ]);
        let people = hands || counted || asks_for_person(&phrase);
        if !people || phrase.words.len() > 6 || phrase.any(&[C::Keyword, C::Schedule, C::Max]) {
            return false;
        }
        let negated = phrase.any(&[C::Not, C::Disabled, C::Ignore]);
        match told {
            Given::Off | Given::Number(0.0) => !negated,
            Given::Number(number) => hands && number == -1.0,
            Given::On => negated && hands,
            Given::Nothing => (hands || counted) && !phrase.any(&[C::Text]),
            // `operator: "Kim, at #bot-talk"` says who it is.
            Given::Said if scalar && phrase.only(&[C::Operator]) && value.text().contains(' ') => false,
            Given::Said if scalar => {
                let said = Phrase::read(value.text());
                let nowhere = said.words.len() <= MOST_WORDS
                    && (NOWHERE.iter().any(|word| said.word(word)) || said.any(&[C::Ignore, C::Fallback]))
                    && !value.text().contains(['@', '{']);
                nowhere && !self.brings_person(value, 1)
            }
            Given::Nested if hands || value.entries().count() >= 3 => {
                let rows: Vec<NodeRef<'t>> = value.entries().take(20).map(|entry| entry.value).collect();
                // `escalation_matrix: { low: faq, high: faq }`
                let nowhere = |row: &NodeRef<'t>| {
                    let said = Phrase::read(row.text());
                    row.kind() == Kind::Scalar
                        && (said.words.len() <= 3 && NOWHERE.iter().any(|word| said.word(word))
                            || matches!(given(&self.reader, *row), Given::Off | Given::Nothing))
                };
                hands && !rows.is_empty() && rows.iter().all(nowhere)
            }
            _ => false,
        }
    }
}

/// Whether a text keeps people from people, or tells a language model to.
fn tells_to_keep(value: NodeRef<'_>) -> bool {
    value.kind() == Kind::Scalar
        && value.text().contains(' ')
        && Speech::of_short(value.text()).keeps_from_people
}

/// Whether words ask for a person. A word for one is enough where it stands alone.
fn asks_for_person(phrase: &Phrase) -> bool {
    let person =
        phrase.has(C::Operator) && !phrase.only_words(&["me"]) || PERSON.iter().any(|word| phrase.word(word));
    let asks = phrase.any(&[C::Say, C::Asked, C::Command]) || ASKS.iter().any(|word| phrase.word(word));
    let short = phrase.words.len() <= 2 && PERSON.iter().any(|word| phrase.word(word));
    phrase.words.len() <= MOST_WORDS
        && !phrase.any(&[C::Profile, C::Bio])
        && (phrase.has(C::Handoff) || person && asks || short)
}

/// Whether words mean that somebody else takes over: `escalation`, `support_tier_2`.
fn escalates(phrase: &Phrase) -> bool {
    phrase.words.iter().any(|word| {
        let word = word.text.as_str();
        word.starts_with("escal") || word.starts_with("eskal") || word.starts_with("opschal")
    })
}
