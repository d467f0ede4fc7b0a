//! Keys that name an event, with what happens then.

use crate::model::{Audience, AudienceKind, Event, Text, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::{Concept as C, Concepts};
use crate::reader::roles::value::{Given, is_sentence};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Subs, Walk};
use crate::reader::words::{Phrase, Word};
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `new_fan: add_them`, `new_subscriber_action: follow`: somebody new, and what is done then.
    fn tells_what_newcomers_get(&self, item: &Item<'t>, given: Given) -> bool {
        let phrase = &item.phrase;
        let newcomers = phrase.words.len() == 1 && (phrase.word("newcomer") || phrase.word("newcomers"));
        let is_new = (newcomers
            || phrase.has(C::New) && phrase.any(&[C::Follower, C::Member, C::Subscriber]))
            && !phrase.any(&[C::Text, C::Message, C::Max, C::Min, C::Day, C::Per, C::To, C::Channel]);
        let acts = |text: &Text| !is_sentence(&text.text) && sense::act(&Phrase::read(&text.text)).is_some();
        is_new && given == Given::Said && {
            let texts = self.reader.texts(item.value);
            !texts.is_empty() && texts.iter().all(acts)
        }
    }

    /// `on_match: [like, retweet]`, `lost_followers: announce`: a key that names an event, wherever it stands.
    pub(crate) fn event_key(
        &mut self,
        item: &Item<'t>,
        given: Given,
        frame: &mut Frame,
        depth: usize,
    ) -> bool {
        let phrase = &item.phrase;
        let newcomers = self.tells_what_newcomers_get(item, given);
        // `si_depart: { publier: … }`: if somebody goes.
        let conditional = given == Given::Nested
            && phrase.starts(C::Guard)
            && phrase.any(&[C::Leave, C::Leaver, C::Join, C::Lost])
            && !phrase.has(C::Not);
        let marked = phrase.starts(C::Trigger) && !phrase.only(&[C::Trigger, C::Items, C::Action])
            || phrase.any(&[C::Leaver]) && !phrase.any(&[C::Text, C::Source, C::To, C::Max])
            || phrase.has(C::Fallback) && phrase.words.len() <= 2
            || newcomers
            || conditional
            || tells_what_people_did(phrase) && self.says_what_is_done(item, given);
        let in_section = self.event_of_section(item, given, frame);
        if !marked && in_section.is_none() || phrase.any(&[C::Stop, C::Text, C::Schedule]) {
            return false;
        }
        let named = in_section.or_else(|| sense::event(phrase));
        let Some(event) = named.filter(|event| *event != Event::Schedule) else {
            return self.tells_event_itself(item, given, frame);
        };
        // `when_tape_diary_posts`: another account's posts.
        let own = between(phrase).and_then(|words| self.own_sections.get(&joined(words)).cloned());
        let is_own = own.is_some();
        let author = own.or_else(|| author(phrase));
        let is_known = phrase.words.iter().all(|word| !word.concepts.is_empty());
        let by_other = event == Event::PostMatch && (!is_known || is_own) && !phrase.has(C::Keyword)
            || event == Event::PostBy && is_own;
        // `partner: { account: kim, when_partner_posts: … }`: the section says who it is.
        let is_named = frame
            .audiences
            .iter()
            .any(|audience| audience.kind == AudienceKind::Named && !audience.of.is_empty());
        let event = if by_other { Event::PostBy } else { event };
        if event == Event::Fallback
            && frame.joint
            && !frame.triggers.is_empty()
            && given == Given::Said
            && !is_sentence(item.value.text())
            && self.texts_named(item.value.text()).is_empty()
        {
            return false;
        }
        let counts = matches!(given, Given::Said | Given::Nested)
            || event.is_inbound() && (given == Given::Off || is_empty_list(item, given));
        if !counts {
            return false;
        }
        // Whom the section looks for is not who is new.
        if newcomers {
            let apart = Frame { audiences: Vec::new(), limits: Default::default(), ..frame.clone() };
            self.handler(item, event, given, &apart, depth);
            return true;
        }
        // What the section says of words and people holds for its events, too.
        let Some(author) = author.filter(|_| by_other && !is_named) else {
            self.handler(item, event, given, frame, depth);
            return true;
        };
        let site = self.reader.site(item.key);
        let mut trigger = Trigger::new(event, site);
        let of = vec![Text { text: author, site }];
        trigger.from = Some(Audience::new(AudienceKind::Named, site).of(of));
        self.handler_of(item, trigger, given, frame, depth);
        true
    }

    /// `followers: { on_new: follow }`, `incoming: { follower: follow }`: the section and its key name an event together.
    fn event_of_section(&mut self, item: &Item<'t>, given: Given, frame: &Frame) -> Option<Event> {
        const SUBJECTS: [C; 10] = [
            C::Follower,
            C::Follow,
            C::Member,
            C::Subscriber,
            C::Mention,
            C::Comment,
            C::Reply,
            C::Dm,
            C::Message,
            C::Inbox,
        ];
        const HAPPENS: [C; 6] = [C::Trigger, C::New, C::Lost, C::Leave, C::Join, C::Leaver];
        let section = frame.section();
        let phrase = &item.phrase;
        let completes = phrase.only(&HAPPENS) && section.only(&SUBJECTS)
            || phrase.only(&SUBJECTS) && section.only(&[C::New, C::Lost]);
        if frame.name.is_empty() || !completes || !self.says_what_is_done(item, given) {
            return None;
        }
        let words = section.words.iter().chain(&phrase.words).cloned().collect();
        let whole = Phrase { words, concepts: section.concepts.and(phrase.concepts) };
        // `on: […]` alone says nothing of somebody new.
        if phrase.only(&[C::Trigger]) { None } else { sense::event(&whole) }
    }

    /// Whether what stands under a key says what is done: acts by their names, or a section that tells of one.
    fn says_what_is_done(&mut self, item: &Item<'t>, given: Given) -> bool {
        match given {
            Given::Said => {
                let texts = self.reader.texts(item.value);
                let acts = |text: &Text| !is_sentence(&text.text) && is_done_to_people(&text.text);
                !texts.is_empty() && texts.iter().all(acts)
            }
            // `new: { action: add_to_list }` is looked at later.
            Given::Nested => {
                let named =
                    item.value.entries().find(|entry| Phrase::read(entry.key.text()).only(&[C::Action]));
                self.does_something(item.value)
                    && named.is_none_or(|entry| {
                        entry.value.kind() != Kind::Scalar || is_done_to_people(entry.value.text())
                    })
            }
            _ => false,
        }
    }

    /// `on_new: follow_back`: the act says what sets it off.
    fn tells_event_itself(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if given != Given::Said || item.value.kind() != Kind::Scalar {
            return false;
        }
        let value = item.said();
        let act = sense::act(value).filter(|act| act.event.is_some() && value.words.len() <= 4);
        frame.doings.extend(act.map(|act| Doing::new(&act, self.reader.site(item.value))));
        act.is_some()
    }

    /// `no_return: drop`, `non_reciprocal: remove`: what happens to who does not follow back.
    pub(crate) fn one_sided(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if given != Given::Said || item.value.kind() != Kind::Scalar {
            return false;
        }
        let value = item.said();
        // `when_grace_is_over: let_go_if_one_sided` says all of it.
        let in_value = value.has(C::OneSided)
            && value.words.len() <= 5
            && !item.phrase.any(&[C::Not, C::Except, C::Guard, C::Text, C::Trigger, C::Source, C::To]);
        // `not_following: kick`
        let in_key = item.phrase.has(C::OneSided)
            || item.phrase.words.len() <= 5
                && lacks(&item.phrase)
                && item.phrase.any(&[C::Follow, C::Following, C::Follower, C::Back])
                && !item.phrase.any(&[C::Text, C::To])
            // `if_they_dont: unfollow`
            || item.phrase.words.len() <= 3 && item.phrase.starts(C::Guard) && lacks(&item.phrase);
        // `unfollow_if: no_return`
        let drops_if = item.phrase.any(&[C::Unfollow, C::Remove])
            && item.phrase.any(&[C::Guard, C::Trigger])
            && (value.has(C::OneSided) || value.has(C::Not) && value.any(&[C::Back, C::Mutual, C::Follow]));
        if drops_if {
            let site = self.reader.site(item.value);
            let mut doing = Doing::of(Deed::Verb(Verb::Unfollow), site);
            doing.audiences.push(Audience::new(AudienceKind::NonFollowers, site));
            frame.doings.push(doing);
            return true;
        }
        if !in_key && !in_value {
            return false;
        }
        let removes = value.any(&[C::Remove, C::Unfollow, C::Delete, C::Kick, C::Block, C::Ban, C::Mute]);
        if !removes || value.has(C::Not) {
            return false;
        }
        let site = self.reader.site(item.value);
        let act = sense::Act {
            deed: Deed::Verb(Verb::Unfollow),
            event: None,
            people: Some(crate::model::AudienceKind::NonFollowers),
            negated: false,
        };
        frame.doings.push(Doing::new(&act, site));
        true
    }

    /// `/help: …`, `!uptime: …`: what people call up, and get as an answer.
    pub(crate) fn command(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if self.summon(item, given, frame) {
            return true;
        }
        let key = item.key.text();
        if !key.starts_with(['/', '!']) || key.len() < 2 || key.contains("://") {
            return false;
        }
        if !self.stop_command(item, frame) {
            self.called_up(item, frame);
        }
        true
    }

    /// `summon: "!setlist"`, `wake_word: /ask`: the word by which people call the bot, wherever it then answers.
    fn summon(&mut self, item: &Item<'t>, given: Given, frame: &Frame) -> bool {
        let text = item.value.text();
        let is_word = given == Given::Said
            && item.value.kind() == Kind::Scalar
            && text.len() <= 30
            && text.starts_with('!')
            && text.len() > 1
            && !text.contains(char::is_whitespace);
        let roles = [C::Ping, C::Mention, C::Trigger, C::Command, C::Keyword];
        if !is_word
            || !item.phrase.any(&roles)
            || frame.joint
            || item.phrase.any(&[C::Stop, C::Except, C::Ignore])
        {
            return false;
        }
        let mut trigger = Trigger::new(Event::Command, self.reader.site(item.value));
        trigger.filters.push(self.reader.text(item.value));
        if let Some(scope) = self.scope_of(frame.account) {
            scope.called.get_or_insert(trigger);
        }
        true
    }

    /// What people get who call something up.
    pub(crate) fn called_up(&mut self, item: &Item<'t>, frame: &Frame) {
        let key = item.key.text();
        let value = if item.value.kind() == Kind::Scalar { item.said() } else { &Phrase::default() };
        let site = self.reader.site(item.key);
        let mut inner = frame.inner(key, site);
        inner.joint = true;
        inner.triggers =
            vec![Trigger { filters: vec![self.reader.text(item.key)], ..Trigger::new(Event::Command, site) }];
        let hands = value.any(&[C::Forward, C::Handoff, C::Ticket, C::Operator, C::Ping]);
        let deed = if hands { Deed::Pass } else { Deed::Verb(Verb::Reply) };
        inner.doings.push(Doing::of(deed, site));
        self.finish(inner, Subs::new());
    }

    /// `if_they_answer_no: { … }`: what happens in one case of a conversation.
    pub(crate) fn case(&mut self, item: &Item<'t>, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        if phrase.has(C::Stop) && self.stop_command_of(item, frame) {
            return true;
        }
        // One answer among others is chosen like a command.
        let event = if phrase.has(C::Idle) { Event::NoReply } else { Event::Command };
        let site = self.reader.site(item.key);
        let mut inner = frame.inner(item.key.text(), site);
        inner.joint = true;
        inner.triggers =
            vec![Trigger { filters: vec![self.reader.text(item.key)], ..Trigger::new(event, site) }];
        let inner = self.filled(item.value, inner, depth + 1);
        self.finish(inner, Subs::new());
        true
    }

    /// A key that names an event, with what happens then below it.
    pub(crate) fn handler(
        &mut self,
        item: &Item<'t>,
        event: Event,
        given: Given,
        frame: &Frame,
        depth: usize,
    ) {
        let known = frame
            .triggers
            .iter()
            .find(|trigger| trigger.event == event && event == Event::PostBy && trigger.from.is_some())
            .cloned();
        let trigger = known.unwrap_or_else(|| Trigger::new(event, self.reader.site(item.key)));
        self.handler_of(item, trigger, given, frame, depth);
    }

    /// What happens below a key when this sets it off.
    pub(crate) fn handler_of(
        &mut self,
        item: &Item<'t>,
        trigger: Trigger,
        given: Given,
        frame: &Frame,
        depth: usize,
    ) {
        let event = trigger.event;
        let site = self.reader.site(item.key);
        let mut inner = frame.inner(item.key.text(), site);
        inner.joint = true;
        inner.triggers = vec![trigger];
        if let Some(act) = sense::act(&item.phrase)
            && !is_what_happens(act.deed, event, &item.phrase)
        {
            inner.named = Some((act, site));
        }
        match given {
            Given::Nested if item.value.kind() == Kind::Mapping => {
                self.node(item.value, inner, depth + 1);
                return;
            }
            Given::Off | Given::Nothing | Given::Number(0.0) => {
                if event.is_inbound() && (given == Given::Off || is_empty_list(item, given)) {
                    inner.doings.push(Doing::of(Deed::Ignore, self.reader.site(item.value)));
                }
            }
            Given::On | Given::Unknown | Given::Number(_) | Given::Unlimited => {}
            Given::Said | Given::Nested => self.acts(item.value, &mut inner, depth),
        }
        self.finish(inner, Subs::new());
    }
}

/// Whether a value names an act that people notice.
fn is_done_to_people(text: &str) -> bool {
    sense::act(&Phrase::read(text)).is_some_and(|act| {
        !matches!(
            act.deed,
            Deed::Review | Deed::Collect | Deed::Add | Deed::Verb(Verb::ListAdd | Verb::Count)
        )
    })
}

/// Whether words tell what somebody has done: `followed`, `followed_by`, `someone_follows`, `got_mentioned`.
pub(crate) fn tells_what_people_did(phrase: &Phrase) -> bool {
    const BESIDE: [&str; 8] = ["by", "me", "us", "got", "was", "is", "been", "has"];
    let somebody =
        ["someone", "somebody", "anyone", "anybody", "jemand", "alguien", "alguem", "qualcuno", "iemand"];
    let acts = |word: &&Word| word.concepts.meets(Concepts::of(&DONE_BY_PEOPLE));
    let past = |word: &&Word| acts(word) && word.text.ends_with("ed");
    let known = phrase.words.iter().all(|word| {
        acts(&word)
            || BESIDE.contains(&word.text.as_str())
            || word.concepts.meets(Concepts::of(&[C::New, C::Everyone, C::People]))
    });
    let by_somebody = phrase.words.first().is_some_and(|word| somebody.contains(&word.text.as_str()));
    known
        && phrase.words.iter().filter(acts).count() == 1
        && (phrase.words.iter().any(|word| past(&word)) || by_somebody && phrase.words.len() >= 2)
}

/// What people do to an account or a group, as far as others wait for it.
const DONE_BY_PEOPLE: [C; 8] =
    [C::Follow, C::Unfollow, C::Like, C::Mention, C::Join, C::Leave, C::Repost, C::Subscribe];

/// Whether words say that something is not there: `not_in_followers`, `missing`, `they_dont`.
pub(crate) fn lacks(phrase: &Phrase) -> bool {
    const LACKS: [&str; 8] = ["missing", "absent", "without", "dont", "doesnt", "didnt", "wont", "isnt"];
    phrase.has(C::Not) || LACKS.iter().any(|word| phrase.word(word))
}

/// `on_mention: []`: nothing happens then.
fn is_empty_list(item: &Item<'_>, given: Given) -> bool {
    given == Given::Nothing && item.value.kind() == Kind::Sequence
}

/// Whether the words of an event name what people do, and not what is done then: `unfollow: { say: … }`.
fn is_what_happens(deed: Deed, event: Event, phrase: &Phrase) -> bool {
    !phrase.has(C::Back)
        && matches!(
            (deed, event),
            (Deed::Verb(Verb::Unfollow), Event::Unfollowed)
                | (Deed::Verb(Verb::Follow), Event::Followed)
                | (Deed::Remove | Deed::Verb(Verb::Kick | Verb::Ban), Event::MemberLeft | Event::Unfollowed)
                | (Deed::Add | Deed::Verb(Verb::Invite), Event::MemberJoined)
                | (Deed::Verb(Verb::Like), Event::Liked)
                | (Deed::Verb(Verb::Repost), Event::Reposted)
        )
}

/// The words between the event and the post: `lead` in `on_lead_post`.
fn between(phrase: &Phrase) -> Option<&[Word]> {
    let posts = phrase.words.iter().rposition(|word| word.concepts.has(C::Post))?;
    phrase.words.get(1..posts)
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join("_")
}

/// Who posts in `when_tape_diary_posts`: all words between the first and the one of posting, as the lexicon knows them
/// or not.
fn author(phrase: &Phrase) -> Option<String> {
    let words = between(phrase)?;
    let is_name = words.iter().any(|word| word.concepts.is_empty())
        && !words.iter().any(|word| word.concepts.has(C::New) || word.concepts.has(C::Everyone));
    is_name.then(|| joined(words))
}

/// Whether the words of a section name an event by themselves: `on_join`, `new_follower`, `lost_followers`.
pub(crate) fn names_event(phrase: &Phrase) -> bool {
    (phrase.starts(C::Trigger)
        || phrase.any(&[C::New, C::Lost, C::Leaver, C::Join, C::Leave, C::Fallback, C::Idle, C::OneSided]))
        && !phrase.any(&[C::Items])
        || phrase.has(C::Unfollow) && phrase.any(&[C::Shame, C::Farewell, C::Say, C::Post])
}
