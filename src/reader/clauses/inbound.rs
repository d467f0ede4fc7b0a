//! Keys that name what comes in, and what becomes of it: `mentions: ignore`, `inbox: kim`.

use crate::model::{AudienceKind, Event, Fact, FactKind, Site, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::clauses::unread::{hears_posts, refrains};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given, is_address, is_sentence, listed};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Subs, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// What happens to whoever writes: `mentions: forward`, `dms: { archive: true }`, `inbox: none`,
    /// `notifications: disabled`, `replies_to: desk@…`.
    pub(crate) fn inbound(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        if self.hand_over_is_off(item, given, frame) {
            return true;
        }
        if self.inbox_is_not_read(item, given, frame) || hears_posts(item, given, frame) {
            return true;
        }
        // `incoming: { direct: trash }`
        let section = frame.section();
        let direct = phrase.only_words(&["direct"])
            && (section.has(C::Inbox)
                || ["incoming", "inbound", "notifications"].iter().any(|word| section.word(word)));
        let direct = direct.then_some(Event::DmReceived);
        let Some(event) = sense::inbound(phrase, None).or(direct) else { return false };
        // `never_mention: [spam]`, `mass_dm: off`: what the bot itself leaves be.
        let denied = matches!(given, Given::Off | Given::Nothing);
        if refrains(item, given) {
            return true;
        }
        if phrase.starts(C::Not) && !denied || phrase.word("mass") && denied {
            return false;
        }
        // `if_they_answer_no: { … }` is one case of a conversation.
        if phrase.starts(C::Guard) && item.value.kind() == Kind::Mapping {
            return false;
        }
        // `message_in_channel: "#welcome"` says where.
        if phrase.has(C::Channel) && item.value.kind() == Kind::Scalar && item.value.text().starts_with('#') {
            return false;
        }
        // `remove_from_mailing_lists: all` is about lists.
        if phrase.has(C::Remove) && phrase.any(&[C::List, C::Subscribe]) {
            return false;
        }
        // `other_replies: { to: "the volunteers' phone", answered_by: "june" }`
        if given == Given::Nested
            && item.value.entries().any(|entry| {
                let key = entry.key.text();
                key.ends_with("by") && is_read(&Phrase::read(key))
            })
        {
            let mut handler = frame.inner(item.key.text(), site);
            handler.joint = true;
            handler.triggers = vec![Trigger::new(event, self.reader.site(item.key))];
            handler.doings.push(Doing::of(Deed::Pass, site));
            for entry in self.items_of(item.value) {
                let value = self.reader.stated_text(entry.value);
                let Some(scope) = self.scope_of(frame.account) else { break };
                scope.read_by.get_or_insert(site);
                if entry.key.text().ends_with("by") && entry.value.kind() == Kind::Scalar {
                    let profile = &mut scope.account.profile;
                    profile.operator = std::mem::take(&mut profile.operator).or(value.clone());
                    scope.account.facts.push(Fact { kind: FactKind::RepliesMonitoredBy, value });
                }
                self.mark(entry.key, Use::Used);
            }
            self.finish(handler, Subs::new());
            return true;
        }
        // `answers_read_by: thelma`, `answers_read_how_often: every weekday`
        let read = is_read(phrase);
        if read && matches!(given, Given::Said | Given::On) && item.value.kind() == Kind::Scalar {
            let value = item.said();
            if !value.has(C::Ignore) && !value.starts(C::Not) {
                let site = self.reader.site(item.value);
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.read_by.get_or_insert(site);
                }
                return true;
            }
        }
        if frame.joint
            && !frame.triggers.is_empty()
            && !frame.triggers.iter().any(|trigger| trigger.event == event)
            && phrase.words.len() == 1
            && !phrase.has(C::Mention)
        {
            return false;
        }
        // `mention_here: false`: nobody is pinged.
        let pings_nobody = given == Given::Off
            && phrase.starts(C::Mention)
            && !phrase.plural(C::Mention)
            && phrase.words.len() == 2
            && (phrase.any(&[C::Everyone, C::People, C::Member, C::Follower]) || phrase.word("here"));
        if pings_nobody {
            return true;
        }
        // `stream: { words: […], reply: { text: "…" } }` answers those whom it looks for.
        let searches = frame.audiences.iter().any(|audience| audience.kind == AudienceKind::Search);
        let answers = phrase.words.len() == 1
            && phrase.only(&[C::Reply, C::Comment])
            && !phrase.plural(C::Reply)
            && item
                .value
                .entries()
                .any(|entry| Phrase::read(entry.key.text()).any(&[C::Text, C::Message, C::Greet]));
        if searches && answers {
            return false;
        }
        if self.is_not_read(item, given, event, frame) {
            return true;
        }
        let outbound = phrase.any(&[
            C::Text,
            C::Max,
            C::Per,
            C::Day,
            C::Hour,
            C::Keyword,
            C::Nudge,
            C::Greet,
            C::Pitch,
            C::Thank,
            C::Say,
            C::Follow,
            C::Unfollow,
            C::Invite,
            C::Delay,
            C::Next,
            C::New,
            C::Stranger,
        ]);
        if phrase.any(&[C::Closed]) {
            let closed = match given {
                Given::Off => {
                    phrase.word("allow")
                        || phrase.concepts.has(C::Closed)
                            && (phrase.word("allow reply") || phrase.word("allow comment"))
                }
                Given::On => !phrase.words.iter().any(|word| word.text.starts_with("allow")),
                Given::Said => {
                    let value = item.said();
                    !value.has(C::Everyone)
                }
                Given::Nothing => false,
                _ => false,
            };
            if closed {
                self.closes_replies(frame.account, site);
                frame.inner("", site);
            }
            return true;
        }
        if matches!(given, Given::Off | Given::Nothing) && says_how_it_posts(phrase, frame) {
            return true;
        }
        let mut handler = frame.inner(item.key.text(), self.reader.site(item.key));
        handler.joint = true;
        handler.triggers = vec![Trigger::new(event, self.reader.site(item.key))];
        let passes = phrase.any(&[C::Mail, C::Forward, C::Handoff, C::Ticket, C::Operator, C::Review]);
        match given {
            // `ignore_mentions: true`
            Given::On
                if phrase.any(&[C::Ignore, C::Archive])
                    || phrase.any(&[C::Remove]) && phrase.has(C::Everyone) =>
            {
                handler.doings.push(Doing::of(Deed::Ignore, self.reader.site(item.key)));
            }
            Given::On | Given::Unknown | Given::Said if passes && !outbound => {
                handler.doings.push(Doing::of(Deed::Pass, site));
            }
            Given::Off if phrase.any(&[C::Ignore]) => return true,
            Given::Off
                if !phrase.only(&[
                    C::Mention,
                    C::Dm,
                    C::Message,
                    C::Inbox,
                    C::Reply,
                    C::Comment,
                    C::Forward,
                    C::Handoff,
                    C::Operator,
                    C::New,
                    C::Mail,
                    C::Everyone,
                ]) =>
            {
                return false;
            }
            Given::Off | Given::Nothing if !outbound && (given == Given::Off || phrase.words.len() <= 2) => {
                // `auto_answer: false` says only that no machine answers.
                if given == Given::Off && phrase.has(C::Enabled) {
                    return true;
                }
                // `mention: false` beside a text: nobody is pinged.
                if given == Given::Off
                    && phrase.only(&[C::Mention])
                    && !phrase.plural(C::Mention)
                    && frame.joint
                {
                    return true;
                }
                let is_message_key = phrase.only(&[C::Message]) && !phrase.plural(C::Message)
                    || phrase.only(&[C::Reply, C::Comment])
                        && !phrase.plural(C::Reply)
                        && !phrase.plural(C::Comment)
                        && given == Given::Nothing;
                if is_message_key {
                    return false;
                }
                if given == Given::Nothing && !phrase.any(&[C::Forward, C::Handoff, C::Inbox]) {
                    return false;
                }
                handler.doings.push(Doing::of(Deed::Ignore, site));
            }
            Given::Said
                if phrase.any(&[C::Remove, C::Archive]) && phrase.any(&[C::Everyone, C::Schedule]) =>
            {
                handler.doings.push(Doing::of(Deed::Ignore, self.reader.site(item.key)));
            }
            Given::Said if !outbound => {
                if !self.inbound_said(item, &mut handler, site) {
                    // `replies: open` is no act, whatever the value means.
                    let plain = phrase.words.len() == 1
                        && item.value.kind() == Kind::Scalar
                        && !is_sentence(item.value.text());
                    return plain
                        && (phrase.plural(C::Reply)
                            || phrase.plural(C::Comment)
                            || phrase.plural(C::Mention)
                            || phrase.plural(C::Dm)
                            || phrase.has(C::Inbox))
                        && self.texts_named(item.value.text()).is_empty();
                }
            }
            Given::Nested if item.value.kind() == Kind::Mapping && !outbound => {
                if phrase.any(&[C::Enabled, C::Everyone]) {
                    return false;
                }
                // `message: { template: "Hi {name}!" }` is one that is sent.
                let is_sent = phrase.only(&[C::Message])
                    && !phrase.plural(C::Message)
                    && item.value.entries().any(|entry| Phrase::read(entry.key.text()).has(C::Text))
                    && !item.value.entries().any(|entry| {
                        Phrase::read(entry.key.text()).any(&[C::Reply, C::Forward, C::Handoff, C::Ignore])
                    });
                if is_sent {
                    return false;
                }
                if !self.is_about_inbound(item.value) {
                    return false;
                }
                let mut filled = self.filled(item.value, handler, depth + 1);
                self.replies_when_on(item, &mut filled);
                self.inbound_section(item, &mut filled);
                self.finish(filled, Subs::new());
                return true;
            }
            Given::Nested
                if !outbound
                    && (phrase.plural(C::Mention)
                        || phrase.plural(C::Dm)
                        || phrase.has(C::Mention)
                        || phrase.has(C::Dm) && item.value.kind() == Kind::Sequence) =>
            {
                self.acts(item.value, &mut handler, depth);
            }
            _ => return false,
        }
        self.finish(handler, Subs::new());
        true
    }

    /// `replies: { enabled: true, only_when_mentioned: true }`: it answers.
    fn replies_when_on(&mut self, item: &Item<'t>, handler: &mut Frame) {
        if !handler.doings.is_empty() || !handler.texts.is_empty() || !item.phrase.has(C::Reply) {
            return;
        }
        let items = self.items_of(item.value);
        let on = items.iter().any(|item| {
            crate::reader::walk::section::is_switch(&item.phrase)
                && given(&self.reader, item.value) == Given::On
        });
        if !on {
            return;
        }
        let site = self.reader.site(item.key);
        if let Some(only) = items.iter().find(|item| item.phrase.has(C::Only) && item.phrase.has(C::Mention))
        {
            handler.triggers = vec![Trigger::new(Event::Mention, self.reader.site(only.key))];
        }
        handler.doings.push(Doing::of(Deed::Verb(Verb::Reply), site));
    }

    /// What a scalar or a list says of messages that come in.
    fn inbound_said(&mut self, item: &Item<'t>, handler: &mut Frame, site: Site) -> bool {
        let texts = listed(&self.reader, item.value);
        if texts.iter().any(|text| {
            is_address(&text.text) || text.text.starts_with("telegram:") || text.text.starts_with("mailto:")
        }) {
            handler.doings.push(Doing::of(Deed::Pass, site));
            return true;
        }
        if item.value.kind() == Kind::Scalar && is_sentence(item.value.text()) {
            return false;
        }
        // `answers: [yes, later, not there]` may be chosen.
        let is_act = |value: NodeRef<'t>| {
            let value = Phrase::read(value.text());
            value.any(&[C::Ignore, C::Operator]) || value.has(C::Not) || sense::act(&value).is_some()
        };
        let options = item.value.kind() == Kind::Sequence
            && item.phrase.has(C::Reply)
            && item.value.items().count() >= 2
            && !item.value.items().all(is_act);
        if options {
            return true;
        }
        let mut understood = false;
        for value in match item.value.kind() {
            Kind::Sequence => item.value.items().collect::<Vec<_>>(),
            _ => vec![item.value],
        } {
            let phrase = Phrase::read(value.text());
            let site = self.reader.site(value);
            let negative = phrase.any(&[
                C::Ignore,
                C::Disabled,
                C::Closed,
                C::Archive,
                C::Remove,
                C::Delete,
                C::Mute,
                C::Block,
            ]) || phrase.has(C::Not);
            let positive =
                phrase.any(&[C::Mail, C::Forward, C::Handoff, C::Ticket, C::Operator, C::Review, C::Say]);
            if phrase.has(C::Closed) {
                self.closes_replies(handler.account, site);
                understood = true;
            }
            if negative {
                handler.doings.push(Doing::of(Deed::Ignore, site));
                understood = true;
            } else if positive {
                handler.doings.push(Doing::of(Deed::Pass, site));
                understood = true;
            } else if let Some(act) = sense::act(&phrase) {
                self.put(act, site, &phrase, handler);
                understood = true;
            }
        }
        understood
    }

    /// Whether a section is about what comes in, rather than about messages that are sent.
    fn is_about_inbound(&mut self, node: NodeRef<'t>) -> bool {
        let items = self.items_of(node);
        let sends = items.iter().any(|item| {
            let phrase = &item.phrase;
            // `reenviar_a: desk@…`: a small word that counts elsewhere.
            let limits = phrase.any(&[C::Day, C::Hour, C::Per, C::Max])
                && !phrase.any(&[C::Reply, C::People])
                && !is_address(item.value.text());
            let after = phrase.has(C::Delay) && phrase.has(C::Follow);
            let to = phrase.any(&[C::To, C::People]) && item.value.kind() == Kind::Scalar && {
                let value = item.said();
                value.any(&[
                    C::Follower,
                    C::Follow,
                    C::Member,
                    C::Everyone,
                    C::Acquaintance,
                    C::Lead,
                    C::Stranger,
                ]) && !is_address(item.value.text())
            };
            let acts = item.value.kind() == Kind::Mapping
                && sense::act(phrase).is_some_and(|act| {
                    act.event.is_none()
                        && matches!(
                            act.deed,
                            Deed::Verb(
                                Verb::Follow | Verb::Like | Verb::Repost | Verb::Invite | Verb::ViewStory
                            )
                        )
                });
            // What goes out by the clock answers nobody.
            let clock = phrase.only(&[C::Schedule]);
            acts || limits || after || to || clock || phrase.any(&[C::Nudge, C::Pitch, C::Keyword])
        });
        !sends
    }

    /// A section about what comes in that names whom it goes to, or nobody.
    fn inbound_section(&mut self, item: &Item<'t>, handler: &mut Frame) {
        let operator = handler.audiences.iter().position(|audience| audience.kind == AudienceKind::Operator);
        if let Some(at) = operator {
            let audience = handler.audiences.remove(at);
            let mut doing = Doing::of(Deed::Pass, audience.site);
            doing.audiences.push(audience);
            handler.doings.push(doing);
        }
        let items = self.items_of(item.value);
        for inner in &items {
            let value = given(&self.reader, inner.value);
            let site = self.reader.site(inner.value);
            // `read_inbox: never`, `comments: hidden` were read as entries; `to: desk@…` and `read_by: sam` say who reads.
            let reads = inner.phrase.any(&[C::Operator, C::Forward, C::To, C::People, C::Mail])
                && matches!(value, Given::Said | Given::Unknown | Given::On);
            let said = inner.said();
            if reads
                && !said.any(&[C::Ignore])
                && !said.has(C::Not)
                && !handler.doings.iter().any(|doing| doing.deed == Deed::Pass || doing.deed == Deed::Ignore)
            {
                handler.doings.push(Doing::of(Deed::Pass, site));
                self.mark(inner.key, Use::Used);
            } else if inner.phrase.has(C::Operator)
                && (said.has(C::Ignore) || value == Given::Nothing || value == Given::Off)
            {
                handler.doings.push(Doing::of(Deed::Ignore, site));
            }
        }
    }
}

/// Whether a name says that somebody reads or answers.
fn is_read(phrase: &Phrase) -> bool {
    const READS: [&str; 6] = ["read", "reads", "answered", "monitored", "checked", "handled"];
    phrase.words.iter().any(|known| {
        READS.iter().any(|word| known.text == *word || known.text.starts_with(&format!("{word} ")))
    })
}

/// `delivery: { mentions: none }`, `repost: { replies: false }`: how posts look and which are taken, and nothing of
/// what comes in.
fn says_how_it_posts(phrase: &Phrase, frame: &Frame) -> bool {
    if frame.whole || !phrase.only(&[C::Mention, C::Reply, C::Like, C::Repost, C::Comment]) {
        return false;
    }
    // `between_accounts: { boost: false, reply: false }`: what is not done.
    let does = phrase.words.len() == 1 && ["reply", "comment"].iter().any(|word| phrase.word(word));
    let section = frame.section();
    let hears =
        section.any(&[C::Inbox, C::Dm, C::Mention, C::Reply, C::Comment, C::Message, C::People, C::Profile]);
    let posts = section.any(&[C::Post, C::Repost, C::Mirror, C::Sister, C::Feed, C::Text, C::Public]);
    let between = section.words.iter().any(|word| word.text == "account" || word.text == "accounts");
    (!hears || between && does) && (posts || does || phrase.word("mention") || phrase.word("mentions"))
}
