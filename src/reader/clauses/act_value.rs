//! What the value of an act says: whom, how often, when, with which words.

use crate::model::{Audience, AudienceKind, Event, Stated, Text, Verb};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept as C;
use crate::reader::roles::audience::is_file;
use crate::reader::roles::recurrence::weekdays_in;
use crate::reader::roles::value::{Given, duration_in, is_address, is_sentence, listed, names_in};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// What the text value of an act's key says: to whom, when, what, or how.
    pub(crate) fn act_said(&mut self, item: &Item<'t>, doing: &mut Doing, sub: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let texts: Vec<Text> = self.reader.texts(item.value);
        let sentences = texts.iter().any(|text| is_sentence(&text.text));
        // `add_to: gone.txt`: names are noted.
        let notes = doing.deed == Deed::Add || phrase.ends(C::To) && doing.deed.speaks();
        if notes && texts.iter().all(|text| is_file(&text.text)) && !texts.is_empty() {
            doing.deed = Deed::Pass;
            return true;
        }
        // `SEND_TO: pupils_who_ticked_the_box` of the whole file: whom everything goes to.
        if !sub.name.contains('.')
            && doing.deed == Deed::Say
            && phrase.ends(C::To)
            && item.value.kind() == Kind::Scalar
        {
            let site = self.reader.site(item.value);
            if let Some(kind) = sense::people(item.said()) {
                let audience = Audience::new(kind, site).of(texts);
                if let Some(scope) = self.scope_of(sub.account) {
                    scope.people.push(audience);
                }
                doing.off = true;
                return true;
            }
        }
        // `reminder_days: [tue, fri]`: when.
        let days = listed(&self.reader, item.value);
        let week = days.iter().map(|day| weekdays_in(&day.text)).sum::<Option<f64>>();
        // Short words for days are names, too: `sam`, `mo`.
        let long = days.iter().all(|day| day.text.chars().count() > 3);
        let clear = phrase.any(&[C::Day, C::Schedule]) || long;
        if let (Some(week), true) = (week, clear && !days.is_empty()) {
            sub.weekdays = Some(week.min(7.0));
            doing.aside = true;
            return true;
        }
        // `REPLY_ON=any_message`: what it replies to.
        if phrase.words.len() == 2 && phrase.ends(C::Trigger) && item.value.kind() == Kind::Scalar {
            let event = sense::event(item.said()).filter(|event| event.is_inbound());
            if event.is_some() {
                doing.event = event;
                sub.any_message |= event == Some(Event::DmReceived) && item.said().has(C::Message);
                return true;
            }
        }
        let silent = matches!(
            doing.deed,
            Deed::Verb(
                Verb::Follow
                    | Verb::Unfollow
                    | Verb::Like
                    | Verb::Repost
                    | Verb::Kick
                    | Verb::Ban
                    | Verb::Block
                    | Verb::Mute
                    | Verb::Vote
                    | Verb::React
            ) | Deed::Remove
                | Deed::Add
        );
        // `follow_back: never_automatic`
        if silent && !sentences && item.value.kind() == Kind::Scalar && item.said().starts(C::Not) {
            doing.off = true;
            return true;
        }
        if silent && sentences && item.value.kind() == Kind::Scalar {
            // `follow: only the ones that sam ticked`
            let value = item.said();
            let site = self.reader.site(item.value);
            if value.starts(C::Not) {
                doing.off = true;
            } else if value.any(&[C::Review, C::Operator]) {
                sub.guards.push(crate::model::Guard::new(crate::model::GuardKind::Approval, site));
            } else if value.has(C::Asked) {
                sub.guards.push(crate::model::Guard::new(crate::model::GuardKind::OptedIn, site));
            } else if let Some(kind) = sense::people(value) {
                let of = texts.iter().flat_map(names_in).collect();
                doing.audiences.push(Audience::new(kind, site).of(of));
            }
            return true;
        }
        // `replies_only_if: the visitor writes first` is a condition.
        let restricts = || item.said().starts(C::Only);
        if sentences && item.value.kind() == Kind::Scalar && (phrase.any(&[C::Only, C::Guard]) || restricts())
        {
            let site = self.reader.site(item.value);
            sub.guards.push(crate::model::Guard::new(crate::model::GuardKind::OptedIn, site));
            return true;
        }
        // `offer: [parking, waste]` leads to other nodes of the dialogue.
        if !silent && texts.len() >= 2 && texts.iter().all(|text| self.nodes.contains(text.text.as_str())) {
            return false;
        }
        if let Some(schedule) = self.schedule_of(item, Given::Said) {
            sub.schedule = schedule;
            return true;
        }
        // `dm_to_whom: followers of @kim and @lee` tells of people.
        let told = phrase.any(&[C::To, C::People, C::Source]) && !phrase.has(C::Text);
        if sentences && told && item.value.kind() == Kind::Scalar {
            let value = item.said();
            if let Some(kind) = sense::people(value) {
                let of = texts.iter().flat_map(names_in).collect();
                doing.audiences.push(Audience::new(kind, self.reader.site(item.value)).of(of));
                return true;
            }
        }
        if sentences || phrase.has(C::Text) {
            let named: Vec<Text> = if sentences {
                texts
            } else {
                texts
                    .iter()
                    .flat_map(|text| {
                        let found = self.texts_named(&text.text);
                        if found.is_empty() { vec![text.clone()] } else { found }
                    })
                    .collect()
            };
            doing.texts.extend(named.into_iter().map(Said::of));
            return true;
        }
        if let Some((kind, bound)) = self.limit_of(item, Given::Said) {
            sub.limits.set(kind, bound);
            return true;
        }
        let site = self.reader.site(item.value);
        // `first_upvotes_from: [ACC_2, ACC_3]`: other accounts that do it.
        let applauds = matches!(
            doing.deed,
            Deed::Verb(
                Verb::Vote
                    | Verb::Like
                    | Verb::Repost
                    | Verb::React
                    | Verb::Star
                    | Verb::Follow
                    | Verb::Comment
            )
        );
        let by = phrase.words.last().is_some_and(|word| {
            matches!(word.text.as_str(), "from" | "by" | "as" | "via" | "with" | "using")
        });
        // `follow_from: [followers_of:@kim]` says whom; `likes_from: [sis, bro]` says who.
        let by = by && doing.deed != Deed::Verb(Verb::Follow);
        if applauds
            && by
            && texts.len() + item.value.text().matches(',').count() >= 2
            && !texts.iter().any(|text| text.text.starts_with('#'))
        {
            sub.voices.extend(listed(&self.reader, item.value));
            return true;
        }
        if phrase.has(C::Keyword) {
            sub.audiences
                .push(Audience::new(AudienceKind::Search, site).of(listed(&self.reader, item.value)));
            return true;
        }
        // `status_react_emojis: "🌱"`: what it reacts with is nobody's name.
        if doing.deed == Deed::Verb(Verb::React)
            && texts.iter().all(|text| !text.text.contains(char::is_alphanumeric))
        {
            return true;
        }
        let mut understood = false;
        for text in listed(&self.reader, item.value) {
            if is_address(&text.text) || Phrase::read(text.text.trim_start_matches('@')).only(&[C::Operator])
            {
                sub.audiences.push(Audience::new(AudienceKind::Operator, site).of(vec![text]));
                understood = true;
                continue;
            }
            let by = sense::act(&Phrase::read(&text.text)).map(|act| act.deed);
            let speaks = matches!(
                doing.deed,
                Deed::Say
                    | Deed::Message
                    | Deed::Nudge
                    | Deed::Greet
                    | Deed::Thank
                    | Deed::Pitch
                    | Deed::Farewell
            );
            if let (
                true,
                Some(
                    by @ (Deed::Verb(Verb::Dm | Verb::Post | Verb::Reply | Verb::Comment | Verb::Mention)
                    | Deed::Mail),
                ),
            ) = (speaks, by)
            {
                // `send_via: dm`
                doing.deed = by;
                understood = true;
                continue;
            }
            let named = self.texts_named(&text.text);
            if !named.is_empty() {
                doing.texts.extend(named.into_iter().map(Said::of));
                understood = true;
                continue;
            }
            let name = text.text.split(':').next().unwrap_or_default();
            let value = Phrase::read(name);
            if value.any(&[C::Review, C::Asked]) {
                // `follow: only ticked ones`
                sub.guards.push(crate::model::Guard::new(
                    if value.has(C::Asked) {
                        crate::model::GuardKind::OptedIn
                    } else {
                        crate::model::GuardKind::Approval
                    },
                    text.site,
                ));
            }
            if doing.deed == Deed::Verb(Verb::Mention) && value.has(C::Operator) {
                doing.deed = Deed::Pass;
                understood = true;
                continue;
            }
            if value.has(C::Not) && value.words.len() == 1 || value.only(&[C::Disabled]) {
                doing.off = true;
                return true;
            }
            if let Some(days) = duration_in(&text.text) {
                doing.delay = Stated::Known(days, text.site);
                understood = true;
                continue;
            }
            let arrives = value.has(C::New) && value.any(&[C::Follower, C::Follow, C::Everyone, C::Member]);
            if arrives {
                doing.event = sense::event(&value);
                understood = true;
            } else if value.has(C::Leaver) || value.has(C::Lost) {
                doing.event = Some(Event::Unfollowed);
                understood = true;
            } else if let Some(kind) = sense::people(&value).filter(|kind| {
                !(*kind == AudienceKind::FollowersOf
                    && value.has(C::Rival)
                    && !value.words.iter().any(|word| word.text.contains("follower"))
                    && !value.has(C::Follower)
                    && text.text.contains(['_', '.']))
            }) {
                let mut audience = Audience::new(kind, text.site);
                // `follow_followers_of: big_fans`: a name, although it has a word for people in it.
                if phrase.any(&[C::Follower, C::Rival]) && value.unknown() > 0 {
                    audience.kind = AudienceKind::FollowersOf;
                    audience.of.push(text);
                    doing.audiences.push(audience);
                    understood = true;
                    continue;
                }
                if let Some((_, of)) = text.text.split_once(':') {
                    audience.of.push(Text { text: of.trim().to_owned(), site: text.site });
                    if kind == AudienceKind::OwnFollowers {
                        audience.kind = AudienceKind::FollowersOf;
                    }
                }
                doing.audiences.push(audience);
                understood = true;
            } else if let (Deed::Verb(Verb::Subscribe), Some(event)) = (doing.deed, sense::event(&value)) {
                doing.event.get_or_insert(event);
                understood = true;
            } else if let Some(event) = sense::event(&value).filter(|event| event.is_inbound()) {
                doing.event.get_or_insert(event);
                understood = true;
            } else if value.any(&[C::Everyone, C::Enabled]) {
                if value.has(C::Everyone)
                    && doing.event.is_none()
                    && doing.audiences.is_empty()
                    && !value.word("always")
                {
                    // Everybody who is invited is somebody whom the account knows.
                    let kind = match doing.deed {
                        Deed::Verb(Verb::Invite) => AudienceKind::Contacts,
                        _ => AudienceKind::Random,
                    };
                    doing.audiences.push(Audience::new(kind, text.site));
                }
                understood = true;
            } else if let Some(act) = sense::act(&value).filter(|act| {
                act.deed != doing.deed && !phrase.any(&[C::People, C::To, C::Source, C::Everyone])
            }) {
                // `no_return: drop`: the value says what is done.
                self.put(act, text.site, &value, sub);
                understood = true;
            } else if is_said_aloud(doing.deed)
                && value.unknown() == value.words.len()
                && !text.text.starts_with(['@', '#'])
                && !phrase.any(&[C::To, C::Source, C::People, C::Trigger, C::Schedule])
            {
                // `comment: [wow, nice]` are texts; `pm: npm` is no message to anybody.
                if !text.text.contains(' ') && item.value.kind() == Kind::Scalar {
                    return false;
                }
                doing.texts.push(Said::of(text));
                understood = true;
            } else if value.unknown() == value.words.len()
                || text.text.starts_with(['@', '#'])
                || value.has(C::Rival)
                // `favourite: [harbour_news]`: a name, although it has a known word in it.
                || silent && value.unknown() > 0 && !text.text.contains(' ')
            {
                let kind =
                    if text.text.starts_with('#') { AudienceKind::Search } else { AudienceKind::Named };
                match sub.audiences.iter_mut().find(|audience| audience.kind == kind && audience.site == site)
                {
                    Some(audience) => audience.of.push(text),
                    None => sub.audiences.push(Audience::new(kind, site).of(vec![text])),
                }
                understood = true;
            }
        }
        understood
    }
}

/// Whether an act says something, so that a value without a known word may be what is said.
const fn is_said_aloud(deed: Deed) -> bool {
    matches!(
        deed,
        Deed::Say
            | Deed::Message
            | Deed::Greet
            | Deed::Thank
            | Deed::Pitch
            | Deed::Verb(Verb::Dm | Verb::Post | Verb::Reply | Verb::Comment | Verb::Quote)
    )
}
