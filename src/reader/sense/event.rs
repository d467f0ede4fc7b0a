//! Which event a phrase names.

use crate::model::Event;
use crate::reader::concept::Concept as C;
use crate::reader::words::Phrase;

/// The event of somebody writing to the account that the words name, apart from the one of this number.
pub(crate) fn inbound(phrase: &Phrase, apart_from: Option<usize>) -> Option<Event> {
    phrase.words.iter().enumerate().filter(|(at, _)| Some(*at) != apart_from).find_map(|(_, word)| {
        let has = |concept| word.concepts.has(concept);
        Some(match () {
            () if has(C::Mention) => Event::Mention,
            () if has(C::Dm) || has(C::Message) || has(C::Inbox) => Event::DmReceived,
            () if has(C::Comment) => Event::Commented,
            () if has(C::Reply) => Event::Reply,
            () => return None,
        })
    })
}

/// What sets something off, where the phrase stands in the place of an event.
pub(crate) fn event(phrase: &Phrase) -> Option<Event> {
    let has = |concept| phrase.has(concept);
    let first_of =
        |pairs: &[(C, Event)]| pairs.iter().find(|(concept, _)| has(*concept)).map(|(_, event)| *event);
    if has(C::OneSided) {
        return Some(Event::NotFollowedBack);
    }
    if has(C::Not) && has(C::Follow) && has(C::Back) {
        return Some(Event::NotFollowedBack);
    }
    if has(C::Idle) {
        return Some(if has(C::Member) && !phrase.any(&[C::Reply, C::Message]) {
            Event::MemberIdle
        } else {
            Event::NoReply
        });
    }
    if has(C::Leaver) || has(C::Unfollow) || has(C::Lost) && phrase.any(&[C::Follower, C::Follow, C::People])
    {
        return Some(Event::Unfollowed);
    }
    // `on_member_remove`, `memberRemoved`
    let removed = has(C::Member) && phrase.any(&[C::Remove, C::Kick, C::Ban]) && !has(C::Max);
    if has(C::Leave) || removed || has(C::Lost) && has(C::Member) {
        return Some(if has(C::Subscriber) { Event::OptedOut } else { Event::MemberLeft });
    }
    if has(C::Stop) {
        return Some(Event::OptedOut);
    }
    if has(C::Fallback) {
        return Some(Event::Fallback);
    }
    if has(C::Error) {
        return Some(Event::Error);
    }
    if has(C::Offence) {
        return Some(Event::PostMatch);
    }
    if has(C::Follow) || has(C::Follower) && !has(C::Post) {
        return Some(Event::Followed);
    }
    // `memberAdd`
    let added = has(C::Member) && has(C::Add) && phrase.words.len() == 2;
    if has(C::Join) || has(C::New) && has(C::Member) || added {
        return Some(Event::MemberJoined);
    }
    if has(C::New) && has(C::Subscriber) || has(C::Subscribe) || has(C::Asked) {
        return Some(Event::OptedIn);
    }
    if has(C::Sister) || has(C::Post) && (has(C::New) || has(C::Source)) && !has(C::Keyword) {
        return Some(Event::PostBy);
    }
    first_of(&[
        (C::Keyword, Event::PostMatch),
        (C::Mention, Event::Mention),
        (C::Ping, Event::Mention),
        (C::Dm, Event::DmReceived),
        (C::Inbox, Event::DmReceived),
        (C::Comment, Event::Commented),
        (C::Reply, Event::Reply),
        (C::Message, Event::DmReceived),
        (C::Like, Event::Liked),
        (C::Repost, Event::Reposted),
        (C::Quote, Event::Reposted),
        (C::Command, Event::Command),
        (C::Feed, Event::FeedItem),
        (C::Post, Event::PostMatch),
        (C::Schedule, Event::Schedule),
    ])
    .or_else(|| {
        let clock = phrase.any(&[C::Second, C::Minute, C::Hour, C::Day, C::Week, C::Month, C::Per]);
        clock.then_some(Event::Schedule)
    })
    .or_else(|| (has(C::New) && phrase.any(&[C::Everyone, C::People])).then_some(Event::Followed))
}
