//! What sets a clause off: `when: new_follower`, `on: [mention, dm]`.

use crate::model::{Audience, AudienceKind, Event, Guard, GuardKind, Stated, Text, Trigger};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::audience::is_file;
use crate::reader::roles::value::{Given, call_in, duration_in, schedule_in};
use crate::reader::sense::{self};
use crate::reader::walk::{Item, Subs, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// `when: new_follower`, `on: [mention, dm]`, `event: { type: follow }`.
    pub(crate) fn trigger(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        let is_role = phrase.has(C::Trigger) && phrase.only(&[C::Trigger, C::Items, C::Action]);
        let is_condition = (frame.joint || frame.rule)
            && frame.triggers.is_empty()
            && phrase.words.len() == 1
            && (phrase.word("if") || phrase.word("wenn") || phrase.word("si") || phrase.word("se"));
        let is_said = is_condition && given == Given::Said && item.value.kind() == Kind::Scalar;
        if !is_role && !is_said {
            return false;
        }
        if is_condition && !is_role {
            let value = item.said();
            // `if: still_not_following`
            let site = self.reader.site(item.value);
            if value.has(C::OneSided) || value.has(C::Not) && value.any(&[C::Follow, C::Following, C::Mutual])
            {
                frame.audiences.push(Audience::new(AudienceKind::NonFollowers, site));
                frame.triggers.push(Trigger::new(Event::NotFollowedBack, site));
                return true;
            }
            let arrives = sense::inbound(value, None).is_some()
                || value.any(&[C::Leaver, C::Unfollow, C::Join, C::Leave, C::Idle, C::Keyword])
                || value.has(C::New) && value.any(&[C::Follower, C::Follow, C::Member, C::Subscriber])
                || crate::reader::walk::event_key::tells_what_people_did(value);
            let called = call_in(item.value.text()).is_some();
            let own = self.own_posts_in(item.value.text(), site).is_some();
            return (arrives || called || own) && !value.has(C::Not) && self.event_in(item.value, frame);
        }
        match item.value.kind() {
            Kind::Scalar if given == Given::Said => {
                self.event_in(item.value, frame)
                    || self.watched(item, frame)
                    || self.unknown_event(item, frame)
            }
            Kind::Sequence if given == Given::Said => {
                let before = frame.triggers.len();
                for value in item.value.items() {
                    self.event_in(value, frame);
                }
                frame.triggers.len() > before
            }
            Kind::Mapping if phrase.words.len() == 1 => {
                let inner = self.items_of(item.value);
                let is_event = inner.iter().any(|item| {
                    item.phrase.any(&[C::Trigger, C::Action, C::Keyword, C::Schedule, C::Source])
                        && item.phrase.words.len() == 1
                        || item.phrase.word("author")
                });
                if !is_event {
                    return false;
                }
                for item in &inner {
                    // `when: { author_role: show }`: the accounts of that role.
                    if ["author", "account", "role"].iter().any(|word| item.phrase.word(word))
                        && item.value.kind() == Kind::Scalar
                        && self.groups.contains_key(&item.value.text().to_lowercase())
                        && self.event_in(item.value, frame)
                    {
                        continue;
                    }
                    // `trigger: { type: follow }`
                    let names =
                        item.phrase.only(&[C::Action, C::Trigger]) && item.value.kind() == Kind::Scalar;
                    if !(names && self.event_in(item.value, frame)) {
                        self.entry(item, frame, &mut Subs::new(), depth + 1);
                    }
                }
                true
            }
            _ => false,
        }
    }

    /// `trigger: any_sensor_event`: an event of the bot's own, by its name.
    fn unknown_event(&self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let text = item.value.text();
        let is_name = text.contains(['_', '.'])
            && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-'))
            && text.starts_with(char::is_alphabetic)
            && Phrase::read(text).unknown() > 0;
        let says_when = item.phrase.words.len() == 1 && !item.phrase.word("watch");
        if !is_name || !says_when || frame.whole || !frame.triggers.is_empty() || is_file(text) {
            return false;
        }
        let mut trigger = Trigger::new(Event::Happening, self.reader.site(item.value));
        trigger.filters.push(self.reader.text(item.value));
        frame.triggers.push(trigger);
        frame.joint = true;
        true
    }

    /// `watch: quartz_daily`: a name that says nothing else is the account whose posts are waited for.
    fn watched(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let text = item.value.text();
        let is_name = !text.contains([' ', '/', ':', '*', '#', '?'])
            && !is_file(text)
            && text.chars().any(char::is_alphabetic)
            && Phrase::read(text).unknown() > 0;
        let watches = item.phrase.words.len() == 1 && item.phrase.word("watch");
        if !watches || !is_name || frame.whole {
            return false;
        }
        let site = self.reader.site(item.value);
        let mut trigger = Trigger::new(Event::PostBy, site);
        trigger.from = Some(Audience::new(AudienceKind::Named, site).of(vec![self.reader.text(item.value)]));
        frame.triggers.push(trigger);
        frame.joint = true;
        true
    }

    /// The event that a value names, with the schedule or the names that stand beside it.
    pub(crate) fn event_in(&mut self, value: NodeRef<'t>, frame: &mut Frame) -> bool {
        if value.kind() != Kind::Scalar {
            return false;
        }
        let text = value.text();
        let site = self.reader.site(value);
        let by_clock = || call_in(text).filter(|(name, _)| Phrase::read(name).has(C::Schedule));
        let clock = by_clock().map_or(text, |(_, line)| line);
        if let Some(schedule) = schedule_in(clock) {
            let mut trigger = Trigger::new(Event::Schedule, site);
            trigger.schedule = Stated::Known(schedule, site);
            frame.schedule = Stated::Known(schedule, site);
            frame.triggers.push(trigger);
            return true;
        }
        if let Some(trigger) = self.own_posts_in(text, site) {
            frame.triggers.push(trigger);
            frame.joint = true;
            return true;
        }
        if text.starts_with('@') && self.own_names.contains(&crate::reader::walk::catalogue::plain_name(text))
        {
            frame.triggers.push(Trigger::new(Event::Mention, site));
            frame.joint = true;
            return true;
        }
        if text.starts_with('@') && !text.contains(' ') || self.groups.contains_key(&text.to_lowercase()) {
            let mut trigger = Trigger::new(Event::PostBy, site);
            let of = match self.groups.get(&text.to_lowercase()) {
                Some(nodes) => nodes.iter().take(50).map(|node| self.reader.text(*node)).collect(),
                None => vec![self.reader.text(value)],
            };
            trigger.from = Some(Audience::new(AudienceKind::Named, site).of(of));
            frame.triggers.push(trigger);
            frame.joint = true;
            return true;
        }
        // `the day before, 18h`: some time of the day, and nothing that people do.
        if text.len() < 30 && text.split([' ', '_']).skip(1).any(is_clock) {
            let mut trigger = Trigger::new(Event::Schedule, site);
            trigger.schedule = Stated::Unknown(site);
            frame.schedule = Stated::Unknown(site);
            frame.triggers.push(trigger);
            return true;
        }
        let (name, detail) = match text.split_once(':') {
            Some((name, detail)) if !name.contains(' ') && !detail.is_empty() => (name, Some(detail)),
            _ => (text, None),
        };
        // `followed_by(anyone)` waits for nothing in particular.
        let (name, detail) = match call_in(text) {
            Some((name, inner)) => {
                let anything = inner.is_empty() || Phrase::read(inner).only(&[C::Everyone, C::People]);
                (name, (!anything).then_some(inner))
            }
            None => (name, detail),
        };
        let phrase = Phrase::read(name);
        if phrase.has(C::Review) && !is_file(text) {
            frame.guards.push(Guard::new(GuardKind::Approval, site));
            return true;
        }
        let Some(event) = sense::event(&phrase) else { return false };
        // `stream.online` happens to something of the bot's own.
        let of_its_own = event == Event::PostMatch
            && phrase.words.first().is_some_and(|word| word.text == "stream")
            && text.contains('.');
        if of_its_own {
            let filters = vec![self.reader.text(value)];
            frame.triggers.push(Trigger { filters, ..Trigger::new(Event::Webhook, site) });
            frame.joint = true;
            return true;
        }
        frame.any_message |= event == Event::DmReceived
            && phrase.has(C::Message)
            && !phrase.any(&[C::Dm, C::Inbox, C::Private]);
        let mut trigger = Trigger::new(event, site);
        if event == Event::PostMatch
            && let Some(author) = self.own_author_of(text).or_else(|| author_of(text, &phrase))
        {
            trigger.event = Event::PostBy;
            trigger.from =
                Some(Audience::new(AudienceKind::Named, site).of(vec![Text { text: author, site }]));
        }
        if let Some(detail) = detail {
            let of = vec![Text { text: detail.trim().to_owned(), site }];
            if event == Event::PostBy || Phrase::read(name).has(C::Post) {
                trigger.event = Event::PostBy;
                trigger.from = Some(Audience::new(AudienceKind::Named, site).of(of));
            } else {
                trigger.filters = of;
            }
        }
        if let Some(days) = duration_in(&silence_in(text)) {
            trigger.after = Stated::Known(days, site);
        }
        frame.triggers.push(trigger);
        frame.joint = true;
        true
    }

    /// The account of the file that posts in `shop.publishes`.
    fn own_author_of(&self, text: &str) -> Option<String> {
        let (author, what) = text.split_once(['.', ' '])?;
        let known = self.own_sections.get(&author.to_lowercase())?;
        Phrase::read(what).only(&[C::Post]).then(|| known.clone())
    }
}

/// The event that the key of a text names.
pub(crate) fn own_event(phrase: &Phrase) -> Option<Event> {
    crate::reader::walk::event_key::names_event(phrase)
        .then(|| sense::event(phrase))
        .flatten()
        .filter(|event| *event != Event::Schedule)
}

/// The part of a text that says how long: `no reply for 3d`.
fn silence_in(text: &str) -> String {
    let start = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(text.len());
    text.get(start..).unwrap_or_default().to_owned()
}

/// Who posts in `shop.posts`, `mumfinds posts`: the first part, if the lexicon has no other meaning for it.
fn author_of(text: &str, phrase: &Phrase) -> Option<String> {
    let (author, what) = text.split_once(['.', ' '])?;
    let first = phrase.words.first()?;
    let main = matches!(author, "main" | "lead" | "primary" | "principal" | "shop" | "brand");
    ((first.concepts.is_empty() || main) && Phrase::read(what).only(&[C::Post, C::New]))
        .then(|| author.to_owned())
}

/// Whether a word is a time of the day: `18h`, `7:30`, `18h30`.
fn is_clock(word: &str) -> bool {
    let (hours, minutes) = word.split_once([':', 'h']).unwrap_or(("", ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    hours.parse::<u8>().is_ok_and(|hour| hour <= 24) && digits(minutes) && minutes.len() <= 2
}
