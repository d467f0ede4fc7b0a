//! What sets an automation off, said or implied.

use std::collections::BTreeSet;

use crate::model::{Audience, AudienceKind, Event, Site, Stated, Text, Trigger, Verb, Visibility};
use crate::reader::account::has_rooms;
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::lower::Lowering;
use crate::reader::lower::texts::names_to_others;
use crate::reader::sense::Deed;

impl Lowering {
    /// What sets it off: what the file names, what its texts are about, else the clock.
    pub(crate) fn triggers(&self, frame: &Frame) -> Vec<Trigger> {
        let mut triggers = frame.triggers.clone();
        let answers = frame.doings.iter().any(|doing| doing.deed == Deed::Verb(Verb::Reply));
        if let (Some(called), true, true) = (&self.scope.called, triggers.is_empty(), answers) {
            triggers.push(called.clone());
        }
        let own = frame.doings.iter().find_map(|doing| doing.event.map(|event| (event, doing.site)));
        if let Some((event, site)) = own
            && !triggers.iter().any(|trigger| trigger.event == event)
            && triggers.iter().all(|trigger| trigger.event == Event::Schedule)
        {
            triggers = vec![Trigger::new(event, site)];
        }
        // `answer_answers` beside words that are searched for: both set it off.
        let searches = frame.audiences.iter().find(|audience| audience.kind == AudienceKind::Search);
        if let (Some(search), [Trigger { event: Event::Reply, .. }]) = (searches, triggers.as_slice())
            && frame.doings.iter().any(|doing| doing.deed == Deed::Verb(Verb::Reply))
        {
            triggers.insert(0, Trigger::new(Event::PostMatch, search.site));
        }
        if triggers.iter().all(|trigger| trigger.event == Event::Schedule)
            && let Some((event, site)) = self.implied(frame)
        {
            triggers = vec![Trigger::new(event, site)];
        }
        // Applause for a named account waits for its posts.
        if triggers.iter().all(|trigger| trigger.event == Event::Schedule)
            && let Some(named) = frame
                .audiences
                .iter()
                .chain(frame.doings.iter().flat_map(|doing| &doing.audiences))
                .find(|audience| {
                    audience.kind == AudienceKind::Named && !audience.of.is_empty() && audience.of.len() <= 5
                })
            && frame.doings.iter().any(|doing| {
                matches!(
                    doing.deed,
                    Deed::Verb(Verb::Like | Verb::Repost | Verb::Quote | Verb::Vote | Verb::React)
                        | Deed::Mirror
                )
            })
            && !frame
                .doings
                .iter()
                .any(|doing| matches!(doing.deed, Deed::Verb(Verb::Follow | Verb::Dm | Verb::Post)))
        {
            let mut trigger = Trigger::new(Event::PostBy, named.site);
            trigger.from = Some(named.clone());
            triggers = vec![trigger];
        }
        if triggers.is_empty() {
            let site = frame
                .schedule
                .site()
                .unwrap_or_else(|| frame.doings.first().map_or(frame.site, |doing| doing.site));
            triggers.push(Trigger::new(Event::Schedule, site));
        }
        if triggers.iter().any(|trigger| trigger.event == Event::Fallback)
            && !triggers.iter().any(|trigger| trigger.event.is_inbound())
        {
            let site = triggers.first().map_or(frame.site, |trigger| trigger.site);
            triggers.push(Trigger::new(Event::DmReceived, site));
        }
        // `poll: 2m` says how often it looks for what it then posts.
        if let (true, [trigger]) = (frame.looks, triggers.as_mut_slice())
            && trigger.event == Event::Schedule
            && frame
                .doings
                .iter()
                .all(|doing| doing.deed == Deed::Verb(Verb::Post) || doing.deed == Deed::Say)
            && !frame.doings.iter().flat_map(|doing| &doing.texts).any(|said| said.speech.acts())
        {
            trigger.event = Event::FeedItem;
        }
        // A bot takes down and puts out where it has the say: among its members.
        if let Some(measure) = frame.doings.iter().find(|doing| is_measure(doing)) {
            for trigger in triggers.iter_mut().filter(|trigger| trigger.event == Event::PostMatch) {
                trigger.from.get_or_insert_with(|| Audience::new(AudienceKind::Members, measure.site));
            }
        }
        // `accounts: [kim]` beside `trigger: new_post`: whose posts it waits for.
        let named = frame
            .audiences
            .iter()
            .find(|audience| audience.kind == AudienceKind::Named && !audience.of.is_empty());
        for trigger in triggers
            .iter_mut()
            .filter(|trigger| trigger.event == Event::PostMatch && trigger.filters.is_empty())
        {
            if named.is_some() && frame.filters.is_empty() {
                trigger.event = Event::PostBy;
            }
        }
        for trigger in
            triggers.iter_mut().filter(|trigger| trigger.event == Event::PostBy && trigger.from.is_none())
        {
            trigger.from = named.cloned();
        }
        for trigger in &mut triggers {
            // `on: messageCreate, contains: duck`: in rooms everybody's messages are heard.
            let overheard =
                frame.any_message && trigger.event == Event::DmReceived && !frame.filters.is_empty();
            if overheard && has_rooms(self.platform) {
                trigger.event = Event::PostMatch;
            }
            trigger.event = self.on_platform(trigger.event, frame);
            if trigger.schedule.is_absent() && trigger.event == Event::Schedule {
                trigger.schedule = frame.schedule.clone();
            }
            let waits = matches!(
                trigger.event,
                Event::PostMatch
                    | Event::PostBy
                    | Event::Mention
                    | Event::Reply
                    | Event::Commented
                    | Event::DmReceived
                    | Event::Trend
            );
            if trigger.filters.is_empty()
                && waits
                && (trigger.event == Event::DmReceived
                    || frame
                        .doings
                        .iter()
                        .any(|doing| doing.deed != Deed::Pass && doing.deed != Deed::Ignore))
            {
                trigger.filters.clone_from(&frame.filters);
            }
            // `pattern: "^!define"`: nobody writes so by accident.
            let called =
                !trigger.filters.is_empty() && trigger.filters.iter().all(|text| is_call(&text.text));
            if called && matches!(trigger.event, Event::PostMatch | Event::DmReceived) {
                trigger.event = Event::Command;
            }
            if trigger.after.is_absent()
                && matches!(
                    trigger.event,
                    Event::NoReply | Event::NotFollowedBack | Event::MemberIdle | Event::InvoiceOverdue
                )
            {
                trigger.after = frame.after.clone();
                if let (true, Stated::Known(schedule, site)) =
                    (trigger.after.is_absent() && trigger.event == Event::NoReply, &frame.schedule)
                {
                    trigger.after = Stated::Known(1.0 / schedule.per_day.max(1e-6), *site);
                }
            }
            if trigger.repeats.is_absent() {
                trigger.repeats = frame.repeats.clone();
            }
        }
        let mut seen = BTreeSet::new();
        triggers.retain(|trigger| {
            let texts = |texts: &[Text]| texts.iter().map(|text| text.text.clone()).collect::<Vec<_>>();
            let from = trigger.from.as_ref().map(|from| (from.kind, texts(&from.of)));
            let what = (trigger.event, from, texts(&trigger.filters));
            seen.insert(what) || !trigger.schedule.is_absent()
        });
        triggers
    }

    /// The event that the texts and the people leave only one reading for.
    pub(crate) fn implied(&self, frame: &Frame) -> Option<(Event, Site)> {
        let said = || frame.doings.iter().flat_map(|doing| &doing.texts);
        let of = |wanted: fn(&Said) -> bool| said().find(|said| wanted(said)).map(|said| said.text.site);
        let deed =
            |wanted: Deed| frame.doings.iter().find(|doing| doing.deed == wanted).map(|doing| doing.site);
        let kinds = || frame.audiences.iter().chain(frame.doings.iter().flat_map(|doing| &doing.audiences));
        if let Some(doing) =
            frame.doings.iter().find(|doing| matches!(doing.deed, Deed::Verb(Verb::Unfollow) | Deed::Remove))
        {
            let one_sided = kinds().find(|audience| audience.kind == AudienceKind::NonFollowers);
            if !frame.after.is_absent()
                && (one_sided.is_some() || doing.deed == Deed::Verb(Verb::Unfollow))
                && frame.schedule.is_absent()
            {
                return Some((Event::NotFollowedBack, frame.after.site().unwrap_or(doing.site)));
            }
            return None;
        }
        // Whoever is named as put out was.
        if let Some(site) = of(|said| said.speech.punished && names_to_others(said)) {
            return Some((Event::Sanctioned, site));
        }
        // Whoever is told to answer did not.
        let insists = frame.repeats.get() == Some(true)
            || frame.schedule.get().is_some_and(|schedule| schedule.per_day >= 1.0);
        if let Some(site) = of(|said| said.speech.nudges || said.speech.guilt || said.speech.threatens)
            .or_else(|| {
                let silent = || kinds().any(|audience| audience.kind == AudienceKind::NonResponders);
                deed(Deed::Nudge).filter(|_| insists || silent())
            })
        {
            let subscribed = kinds().any(|audience| audience.kind == AudienceKind::OptInList);
            let publicly = frame.place.is_some_and(|(place, _)| place == Visibility::Public)
                || frame.doings.iter().any(|doing| {
                    doing.deed == Deed::Verb(Verb::Post) || doing.deed == Deed::Verb(Verb::Mention)
                });
            let names = said().any(|said| said.speech.names);
            if begins_with_strangers(frame) || kinds().any(is_search_for_words) {
                return None;
            }
            if !subscribed && (!publicly || names) && !said().any(|said| said.speech.pings_all) {
                return Some((Event::NoReply, site));
            }
        }
        if let Some(site) = of(|said| said.speech.farewell && said.speech.names) {
            // A round-up by the clock names them all the same.
            let round_up = self.chat && frame.schedule.get().is_some();
            return (!round_up).then_some((Event::Unfollowed, site));
        }
        if deed(Deed::Shame).or_else(|| deed(Deed::Farewell)).is_some()
            && said().any(|said| said.speech.names)
        {
            return Some((Event::Unfollowed, deed(Deed::Shame).or_else(|| deed(Deed::Farewell))?));
        }
        // `goodbye_message: on`
        if let Some(site) = deed(Deed::Farewell).filter(|_| said().next().is_none() && self.chat) {
            return Some((Event::Unfollowed, site));
        }
        if let Some(site) = of(|said| said.speech.confused) {
            return Some((Event::Fallback, site));
        }
        if let Some(site) = of(|said| said.speech.promises) {
            return Some((Event::DmReceived, site));
        }
        if let Some(site) = deed(Deed::Thank)
            .or_else(|| of(|said| said.speech.thanks && said.text.text.to_lowercase().contains("follow")))
        {
            return Some((Event::Followed, site));
        }
        if let Some(site) = deed(Deed::Greet) {
            // "Hello, I'm the bot" opens a conversation; "Welcome!" meets somebody new.
            // What names somebody, or is said in a room, meets whoever comes in there.
            let meets =
                |said: &Said| said.speech.greets || said.speech.thanks || self.chat && said.speech.names;
            let in_room = self.chat && frame.place.is_some_and(|(place, _)| place == Visibility::Public);
            let opens = said().next().is_some() && !said().any(meets) && !in_room;
            return Some(match (opens && (self.chat || self.platform.is_none()), self.chat) {
                (true, _) => (Event::Command, site),
                (false, true) => (Event::MemberJoined, site),
                (false, false) => (Event::Followed, site),
            });
        }
        // What a moderator takes down, and says why, somebody has posted.
        let takes_down = frame
            .doings
            .iter()
            .find(|doing| matches!(doing.deed, Deed::Remove | Deed::Verb(Verb::DeleteContent)))
            .filter(|_| self.platform == Some("reddit") && deed(Deed::Verb(Verb::Comment)).is_some());
        if let Some(doing) = takes_down {
            return Some((Event::PostMatch, doing.site));
        }
        // Whoever is put out for words has written them.
        let measure = frame.doings.iter().find(|doing| is_measure(doing));
        if let (Some(_), Some(words)) = (measure, kinds().find(|audience| is_search_for_words(audience))) {
            return Some((Event::PostMatch, words.site));
        }
        // `{ match: [human], do: handoff }`: who says the words is passed on.
        let passes = frame
            .doings
            .iter()
            .any(|doing| matches!(doing.deed, Deed::Pass | Deed::Verb(Verb::Handoff | Verb::CreateTicket)));
        if let (true, true, Some(words)) =
            (passes, self.chat, kinds().find(|audience| is_search_for_words(audience)))
        {
            return Some((Event::DmReceived, words.site));
        }
        let speaks = frame
            .doings
            .iter()
            .any(|doing| matches!(doing.deed, Deed::Verb(Verb::Reply | Verb::Comment) | Deed::Mirror));
        let says = frame.doings.iter().any(|doing| doing.deed == Deed::Say);
        let search = kinds().find(|audience| {
            audience.kind == AudienceKind::Search && (speaks || says && is_search_for_words(audience))
        });
        if let Some(search) = search {
            // Where everybody talks in rooms, the words are said there; elsewhere whoever writes to the bot is answered.
            let event = match (self.chat, self.scope.hears) {
                _ if self.scope.public.is_some() => Event::PostMatch,
                (true, _) if has_rooms(self.platform) => Event::PostMatch,
                (true, _) => Event::DmReceived,
                (false, Some(_)) => Event::Mention,
                (false, None) => Event::PostMatch,
            };
            return Some((event, search.site));
        }
        if let Some(doing) = frame.doings.iter().find(|doing| doing.deed == Deed::Verb(Verb::Reply)) {
            let reached = kinds().any(|audience| audience.kind != AudienceKind::Operator);
            if let (Some(public), false) = (self.scope.public, reached) {
                return Some((Event::PostMatch, public));
            }
            if !reached && self.chat {
                return Some((Event::DmReceived, doing.site));
            }
            if !reached {
                return Some((Event::Mention, doing.site));
            }
        }
        None
    }

    /// On platforms of chat, people join and leave; elsewhere they follow and unfollow.
    fn on_platform(&self, event: Event, frame: &Frame) -> Event {
        let follows =
            frame.doings.iter().any(|doing| matches!(doing.deed, Deed::Verb(Verb::Follow) | Deed::Add));
        match event {
            Event::PostMatch if !frame.voices.is_empty() => Event::PostBy,
            Event::Followed if self.chat && !follows => Event::MemberJoined,
            Event::Unfollowed if self.chat => Event::MemberLeft,
            Event::MemberJoined
                if self.platform.is_some()
                    && !self.chat
                    && self.platform != Some("reddit")
                    && self.platform != Some("facebook")
                    && self.platform != Some("vk") =>
            {
                Event::Followed
            }
            // Who is followed for it has followed.
            Event::OptedIn if follows => Event::Followed,
            Event::MemberJoined if follows && !self.chat && self.platform.is_none() => Event::Followed,
            event => event,
        }
    }
}

/// Whether a sequence writes to people on a list first, and asks again only later.
fn begins_with_strangers(frame: &Frame) -> bool {
    let asks = |said: &Said| said.speech.nudges || said.speech.guilt || said.speech.threatens;
    let first = frame.doings.iter().find(|doing| !doing.texts.is_empty());
    let mut people = frame.audiences.iter().chain(frame.doings.iter().flat_map(|doing| &doing.audiences));
    let nobody = frame.audiences.is_empty() && frame.doings.iter().all(|doing| doing.audiences.is_empty());
    frame.sequence
        && first.is_some_and(|doing| !doing.texts.iter().any(asks))
        && (nobody
            || people.any(|audience| {
                matches!(
                    audience.kind,
                    AudienceKind::List
                        | AudienceKind::Search
                        | AudienceKind::FollowersOf
                        | AudienceKind::EngagersOf
                        | AudienceKind::Members
                )
            }))
}

/// Whether somebody is put out or silenced, or what they wrote is taken down.
const fn is_measure(doing: &Doing) -> bool {
    matches!(
        doing.deed,
        Deed::Remove
            | Deed::Verb(
                Verb::Ban | Verb::Kick | Verb::Mute | Verb::Timeout | Verb::Block | Verb::DeleteContent
            )
    )
}

/// Whether people are looked for by words of theirs that the file names.
fn is_search_for_words(audience: &Audience) -> bool {
    audience.kind == AudienceKind::Search
        && !audience.of.is_empty()
        && !audience.of.iter().any(|text| text.text.contains("://"))
}

/// Whether words are a command by which somebody calls a bot, or the pattern of one: `!define`, `^/ask (\\w+)`.
fn is_call(text: &str) -> bool {
    let text = text.trim_start_matches(['^', '\\', '(']);
    text.starts_with(['!', '/']) && text.chars().nth(1).is_some_and(char::is_alphabetic)
}
