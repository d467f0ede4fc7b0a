//! What is not read, not answered or not handed over, and what only looks so.

use crate::model::{Event, Trigger};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::{Concept as C, Concepts};
use crate::reader::roles::value::{Given, denies};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Subs, Walk};
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `inbox: { fetch: no }`, `incoming: { read: false }`: the same, said of a whole section.
    pub(crate) fn inbox_is_not_read(&mut self, item: &Item<'t>, given: Given, frame: &Frame) -> bool {
        const READS: [&str; 5] = ["read", "fetch", "check", "poll", "load"];
        let section = frame.section();
        let about = section.words.len() == 1 && section.any(&[C::Inbox, C::Mention, C::Dm]);
        let reads = item.phrase.words.len() == 1 && READS.iter().any(|word| item.phrase.word(word));
        if !about || !reads || !matches!(given, Given::Off | Given::Number(0.0)) {
            return false;
        }
        let event = sense::inbound(&section, None).unwrap_or(Event::DmReceived);
        self.ignores(item, event, frame);
        true
    }

    /// `fetch_mentions: no`, `listen_dm: false`, `read_replies: never`: what people write is not looked at.
    pub(crate) fn is_not_read(&mut self, item: &Item<'t>, given: Given, event: Event, frame: &Frame) -> bool {
        const IN: [C; 6] = [C::Mention, C::Dm, C::Message, C::Inbox, C::Reply, C::Comment];
        const READS: [&str; 9] =
            ["read", "fetch", "listen", "check", "poll", "watch", "process", "load", "handle"];
        let phrase = &item.phrase;
        let reads = |word: &crate::reader::words::Word| READS.contains(&word.text.as_str());
        let is_reading = phrase.words.iter().any(reads)
            && phrase.words.iter().all(|word| {
                reads(word) || word.concepts.meets(Concepts::of(&IN)) || word.concepts.has(C::New)
            });
        // `listen: { mentions: true, direct_messages: false }`
        let section = frame.section();
        const HEARS: [&str; 7] =
            ["inbound", "incoming", "listening", "listener", "listeners", "notifications", "stream"];
        let hears = HEARS.iter().any(|word| section.word(word)) || section.only(&[C::Inbox]);
        let listens = section.words.len() == 1 && (section.words.iter().any(reads) || hears);
        let is_noun = phrase.words.len() <= 3
            && phrase.words.iter().all(|word| {
                word.concepts.meets(Concepts::of(&IN))
                    || word.concepts.is_empty()
                    || word.concepts.has(C::Trigger)
            });
        let is_noun = is_noun
            || listens
                && given == Given::On
                && phrase.words.first().is_some_and(|word| word.concepts.meets(Concepts::of(&IN)));
        let off = matches!(given, Given::Off | Given::Number(0.0))
            || given == Given::Said && item.value.kind() == Kind::Scalar && {
                const PUTS_AWAY: [C; 7] =
                    [C::Ignore, C::Closed, C::Archive, C::Remove, C::Delete, C::Mute, C::Disabled];
                denies(item.said()) || listens && item.said().any(&PUTS_AWAY)
            };
        if listens && is_noun && given == Given::On {
            // Comments on a site of forums are anybody's.
            if event == Event::Commented && self.platforms.contains(&"reddit") {
                return true;
            }
            let site = self.reader.site(item.value);
            if let Some(scope) = self.scope_of(frame.account) {
                scope.hears.get_or_insert(site);
            }
            return true;
        }
        if !(is_reading || listens && is_noun) || !off {
            return false;
        }
        self.ignores(item, event, frame);
        true
    }

    /// What happens is ignored, as the setting says.
    pub(crate) fn ignores(&mut self, item: &Item<'t>, event: Event, frame: &Frame) {
        let mut handler = frame.inner(item.key.text(), self.reader.site(item.key));
        handler.joint = true;
        handler.triggers = vec![Trigger::new(event, self.reader.site(item.key))];
        handler.doings.push(Doing::of(Deed::Ignore, self.reader.site(item.value)));
        self.finish(handler, Subs::new());
    }

    /// `handoff: false`, `escalation: null`, `agents: []`: no person takes over.
    pub(crate) fn hand_over_is_off(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let hands = phrase.any(&[C::Handoff, C::Ticket])
            || phrase.has(C::Operator) && phrase.any(&[C::Forward, C::Say, C::Ping])
            || phrase.has(C::Operator) && phrase.only(&[C::Operator, C::Acquaintance, C::List, C::To])
            || phrase.has(C::Forward) && phrase.only(&[C::Forward, C::To]);
        if !hands || phrase.any(&[C::Text, C::Keyword, C::Max]) {
            return false;
        }
        let off = matches!(given, Given::Off | Given::Nothing)
            || given == Given::Said && item.value.kind() == Kind::Scalar && {
                let value = item.said();
                value.only(&[C::Ignore, C::Not, C::Disabled]) || value.only_words(&["never"])
            };
        if !off || given == Given::Nothing && phrase.words.len() > 2 {
            return false;
        }
        self.without_person(frame.account, self.reader.site(item.value));
        true
    }
}

/// `mentions_of_partners: none` is about what the bot itself says, `on_reply_no: do_not_insist` about whoever declined:
/// nothing is done, and nobody's message is put away.
pub(crate) fn refrains(item: &Item<'_>, given: Given) -> bool {
    let words = &item.phrase.words;
    let denies_it = match given {
        Given::Off => true,
        Given::Said => item.value.kind() == Kind::Scalar && item.said().starts(C::Not),
        _ => false,
    };
    let comes_in = |word: &crate::reader::words::Word| {
        word.concepts.meets(Concepts::of(&[C::Mention, C::Reply, C::Message]))
    };
    let specified =
        words.iter().rev().take_while(|word| !comes_in(word)).any(|word| word.concepts.is_empty());
    let declined = words.len() >= 3 && item.phrase.starts(C::Trigger) && item.phrase.ends(C::Not);
    // `after_no: never_again`
    let after_no = words.len() == 2 && item.phrase.starts(C::Delay) && item.phrase.ends(C::Not);
    // `no_answer: nothing`: whoever keeps silent is left alone.
    let nothing = || given == Given::Said && item.value.kind() == Kind::Scalar && denies(item.said());
    let silent = item.phrase.has(C::Idle) || item.phrase.starts(C::Not) && item.phrase.has(C::Reply);
    let left_alone = silent && (denies_it || given == Given::Nothing || nothing());
    left_alone
        || denies_it && after_no
        || denies_it && (declined || specified && words.len() <= 4 && words.first().is_some_and(comes_in))
}

/// `listen: { posts: true }`: what it hears, and nothing that it posts.
pub(crate) fn hears_posts(item: &Item<'_>, given: Given, frame: &Frame) -> bool {
    let section = frame.section();
    let listens = section.words.len() == 1
        && (["listen", "listening", "watch", "stream", "inbound"].iter().any(|word| section.word(word)));
    listens && matches!(given, Given::On | Given::Off) && item.phrase.only(&[C::Post, C::Feed, C::Message])
}
