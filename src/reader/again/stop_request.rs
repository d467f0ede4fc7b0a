//! A second look at what happens to somebody who says stop, in whatever words: a rule that hears it and goes on, a setting
//! that does not honour it, a text that says that there is no way out.

use crate::model::{FactKind, Site};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given};
use crate::reader::speech::Speech;
use crate::reader::walk::{DEEPEST, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// As many words as a value has that names words to stop, or what is done.
const MOST_WORDS: usize = 14;
/// Words of settings by which a request is carried out: off means that it is not.
const HONOURS: [&str; 14] = [
    "honour",
    "honor",
    "respect",
    "obey",
    "process",
    "handle",
    "accept",
    "allow",
    "allowed",
    "permitted",
    "works",
    "possible",
    "apply",
    "heed",
];
/// Words for what is done instead of letting somebody go.
const INSTEAD: [&str; 16] = [
    "menu",
    "pass",
    "keep",
    "help",
    "offer",
    "survey",
    "nothing",
    "log",
    "tag",
    "count",
    "discount",
    "coupon",
    "deny",
    "trash",
    "drop silently",
    "reinscribe",
];

/// Beginnings of words for a stop that is undone.
const UNDOES: [&str; 12] = [
    "resub", "reenrol", "reimport", "readd", "restor", "forget", "expir", "reset", "reactiv", "reinscri",
    "esquec", "olvid",
];
/// Words for what somebody has to bring who wants to leave.
const HURDLES: [&str; 7] = ["letter", "fax", "passport", "signature", "captcha", "fee", "notary"];

/// What becomes of a request, as far as words tell.
#[derive(Clone, Copy, Default)]
struct Outcome {
    /// Somebody is let go, or a person decides.
    lets_go: bool,
    /// It goes on, or nothing happens.
    goes_on: bool,
}

impl Outcome {
    fn and(self, other: Self) -> Self {
        Self { lets_go: self.lets_go || other.lets_go, goes_on: self.goes_on || other.goes_on }
    }

    const fn fails(self) -> bool {
        self.goes_on && !self.lets_go
    }
}

impl<'t> Walk<'t> {
    /// Looks once more at a file of which it is not known yet what a stop does.
    pub(crate) fn look_for_stop_requests(&mut self, document: NodeRef<'t>) {
        let Some(scope) = self.scopes.first() else { return };
        let known =
            [FactKind::OptOutScope, FactKind::OptOutExpires, FactKind::OptOutSteps, FactKind::OptOutDelay];
        if scope.account.facts.iter().any(|fact| known.contains(&fact.kind)) {
            return;
        }
        if let Some((key, site)) = self.unheard(document, 0) {
            self.opt_out_fails(0, site);
            self.mark(key, Use::Used);
        }
    }

    /// The first place where somebody who says stop is not let go.
    fn unheard(&mut self, node: NodeRef<'t>, depth: usize) -> Option<(NodeRef<'t>, Site)> {
        if depth > DEEPEST || !self.spend() {
            return None;
        }
        for item in node.items().take(100) {
            if let Some(found) = self.unheard(item, depth + 1) {
                return Some(found);
            }
        }
        let heard = node.entries().enumerate().find(|(_, entry)| self.hears_stop(entry.key, entry.value));
        if let Some((at, heard)) = heard {
            let others = node.entries().enumerate();
            let others =
                others.filter(|(other, entry)| *other != at && !holds_words(&Phrase::read(entry.key.text())));
            let outcomes = others.map(|(_, entry)| self.outcome(entry.key, entry.value, 2));
            if outcomes.fold(Outcome::default(), Outcome::and).fails() {
                return Some((heard.key, self.reader.site(heard.value)));
            }
        }
        for entry in node.entries().take(200) {
            if self.is_refused(entry.key, entry.value) {
                return Some((entry.key, self.reader.site(entry.value)));
            }
            if entry.value.kind() != Kind::Scalar
                && let Some(found) = self.unheard(entry.value, depth + 1)
            {
                return Some(found);
            }
        }
        None
    }

    /// `when: message matches "stop|unsubscribe"`, `event: user.opted_out`: whether a rule waits for a stop.
    fn hears_stop(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) -> bool {
        const WAITS: [C; 4] = [C::Trigger, C::Guard, C::Keyword, C::Message];
        const NAMES: [&str; 7] = ["if", "match", "matches", "contains", "says", "text", "word"];
        let phrase = self.phrase(key);
        let waits = phrase.words.len() <= 3
            && (phrase.any(&WAITS) || NAMES.iter().any(|word| phrase.word(word)))
            && !phrase.any(&[C::Not, C::Except]);
        waits
            && value.kind() != Kind::Mapping
            && self.reader.texts(value).iter().any(|text| {
                let said = Phrase::read(&text.text);
                said.has(C::Stop) && said.words.len() <= MOST_WORDS && !said.has(C::Not)
            })
    }

    /// Whether an entry about stopping says that nobody gets out.
    fn is_refused(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) -> bool {
        let phrase = self.phrase(key);
        let is_text = value.kind() == Kind::Scalar && value.text().contains(' ');
        if is_text && Speech::of(value.text()).no_way_out {
            return true;
        }
        let given = given(&self.reader, value);
        // `audience: [subscribed, unsubscribed]`
        let to_all = phrase.any(&[C::To, C::People]) && !phrase.any(&[C::Not, C::Except]);
        if to_all && given == Given::Said && value.kind() == Kind::Sequence {
            let texts = self.reader.texts(value);
            return texts.iter().any(|text| Phrase::read(&text.text).only(&[C::Stop]));
        }
        let about = phrase.has(C::Stop)
            && phrase.words.len() <= 6
            && !phrase.word("stop on")
            && !phrase.any(&[C::Text, C::Max])
            && !holds_words(&phrase);
        if !about {
            return false;
        }
        let undoes = phrase.any(&[C::GoesOn, C::Again, C::Add])
            || UNDOES.iter().any(|word| phrase.words.iter().any(|own| own.text.starts_with(word)));
        let honours = phrase.any(&[C::Except, C::Guard, C::Enabled])
            || HONOURS.iter().any(|word| phrase.words.iter().any(|own| own.text.starts_with(word)));
        let never = value.kind() == Kind::Scalar && {
            let said = Phrase::read(value.text());
            said.words.len() <= 2 && said.only(&[C::Not, C::Ignore, C::Disabled])
        };
        match given {
            Given::Off | Given::Number(0.0) => honours,
            Given::Said if never => honours || !undoes && !phrase.has(C::Except),
            Given::On => undoes || phrase.any(&[C::Ignore, C::Disabled]),
            Given::Number(_) => undoes,
            Given::Said if undoes && value.kind() == Kind::Scalar => !Phrase::read(value.text()).has(C::Not),
            Given::Said | Given::Nested => self.outcome(key, value, 2).fails(),
            _ => false,
        }
    }

    /// What becomes of somebody, as an entry and what stands below it tell.
    fn outcome(&mut self, key: NodeRef<'t>, value: NodeRef<'t>, depth: usize) -> Outcome {
        let phrase = self.phrase(key);
        // A key that says stop tells what it is about, and not what is done.
        let lets_go = phrase.any(&[C::Remove, C::Delete, C::Handoff, C::Operator, C::Forward]);
        let named = Outcome { lets_go: lets_go && !phrase.has(C::Not), goes_on: of_words(&phrase).goes_on };
        let honours = phrase.any(&[C::Enabled]) || HONOURS.iter().any(|word| phrase.word(word));
        match given(&self.reader, value) {
            // `remember_forever: true` keeps the no.
            Given::On if phrase.has(C::Again) && !phrase.any(&[C::GoesOn, C::Ignore]) => Outcome::default(),
            Given::On => named,
            Given::Off => Outcome { goes_on: honours || named.lets_go, lets_go: named.goes_on },
            Given::Said => {
                let texts = self.reader.texts(value);
                let told = texts.iter().take(20).map(|text| {
                    let said = Phrase::read(&text.text);
                    let long = said.words.len() > MOST_WORDS;
                    if long { Outcome::default() } else { of_words(&said) }
                });
                // `remove_from: newsletter`, `drop_recipient: now`
                told.fold(Outcome { lets_go: named.lets_go, goes_on: false }, Outcome::and)
            }
            Given::Nested if depth > 0 => {
                let inner: Vec<_> = value
                    .entries()
                    .filter(|entry| !holds_words(&Phrase::read(entry.key.text())))
                    .map(|entry| (entry.key, entry.value))
                    .collect();
                let listed: Vec<_> = value.items().take(20).flat_map(|item| item.entries()).collect();
                let listed = listed.into_iter().map(|entry| (entry.key, entry.value));
                let scalars = value.items().filter(|item| item.kind() == Kind::Scalar).take(20);
                let said = scalars
                    .map(|item| of_words(&Phrase::read(item.text())))
                    .fold(Outcome::default(), Outcome::and);
                inner
                    .into_iter()
                    .chain(listed)
                    .map(|(key, value)| self.outcome(key, value, depth - 1))
                    .fold(said, Outcome::and)
            }
            _ => Outcome::default(),
        }
    }
}

/// Whether a key holds the words that people say, and not what is done then.
fn holds_words(phrase: &Phrase) -> bool {
    phrase.any(&[C::Command, C::Keyword, C::Trigger, C::Text]) && !phrase.starts(C::Trigger)
        || ["word", "words", "command", "phrase", "phrases"].iter().any(|word| phrase.word(word))
        || phrase.words.last().is_some_and(|word| word.text.ends_with("words") || word.text.ends_with("word"))
}

/// What words say becomes of somebody.
fn of_words(phrase: &Phrase) -> Outcome {
    const LETS_GO: [C; 8] =
        [C::Remove, C::Delete, C::Stop, C::Handoff, C::Operator, C::Forward, C::Farewell, C::Mute];
    const GOES_ON: [C; 5] = [C::Ignore, C::GoesOn, C::Again, C::Disabled, C::Archive];
    let denied = phrase.has(C::Not);
    let again = denied && phrase.any(&[C::Again, C::Nudge, C::Message, C::Dm, C::Say]);
    let named = INSTEAD.iter().chain(&HURDLES).any(|word| phrase.word(word));
    let goes_on = !again && (phrase.any(&GOES_ON) || named || denied && phrase.any(&LETS_GO));
    Outcome { lets_go: again || phrase.any(&LETS_GO) && !denied && !phrase.any(&GOES_ON), goes_on }
}
