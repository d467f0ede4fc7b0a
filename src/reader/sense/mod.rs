//! What phrases mean: the act, the event, the people and the amount that the words of one name or value state
//! together. `greet_new_followers`, `newFollowerGreeting` and `greet` under `when: new follower` come out alike.

mod act;
mod amount;
mod event;
mod people;

pub(crate) use act::{Act, Deed, act};
pub(crate) use amount::{limit, negated};
pub(crate) use event::{event, inbound};
pub(crate) use people::{list_source, people};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AudienceKind, Event, Verb};
    use crate::reader::words::Phrase;

    pub(crate) fn said(text: &str) -> Option<(Deed, Option<Event>)> {
        act(&Phrase::read(text)).map(|act| (act.deed, act.event))
    }

    #[test]
    fn acts_with_what_sets_them_off() {
        let follow = Deed::Verb(Verb::Follow);
        for (text, deed, event) in [
            ("auto_follow_back", follow, Some(Event::Followed)),
            ("follow", follow, None),
            ("greet_new_followers", Deed::Greet, Some(Event::Followed)),
            ("newFollowerGreeting", Deed::Greet, Some(Event::Followed)),
            ("unfollow_shaming", Deed::Shame, Some(Event::Unfollowed)),
            ("reply_to_mentions", Deed::Verb(Verb::Reply), Some(Event::Mention)),
            ("ignore_mentions", Deed::Ignore, Some(Event::Mention)),
            ("mark_read", Deed::Verb(Verb::Archive), None),
            ("follow_up", Deed::Nudge, None),
        ] {
            assert_eq!(said(text), Some((deed, event)), "{text}");
        }
    }

    #[test]
    fn events_in_the_place_of_an_event() {
        for (text, expected) in [
            ("notification.follow", Event::Followed),
            ("new_follower", Event::Followed),
            ("someone unfollows", Event::Unfollowed),
            ("follower.lost", Event::Unfollowed),
            ("guildMemberRemove", Event::MemberLeft),
            ("joined", Event::MemberJoined),
            ("direct_message", Event::DmReceived),
            ("no_reply", Event::NoReply),
            ("every 1h", Event::Schedule),
        ] {
            assert_eq!(event(&Phrase::read(text)), Some(expected), "{text}");
        }
    }

    #[test]
    fn people_by_their_relation() {
        for (text, expected) in [
            ("followers_of_followers", AudienceKind::FollowersOf),
            ("my_followers", AudienceKind::OwnFollowers),
            ("people_who_asked", AudienceKind::OptInList),
            ("non_followers", AudienceKind::NonFollowers),
            ("all_friends", AudienceKind::Contacts),
        ] {
            assert_eq!(people(&Phrase::read(text)), Some(expected), "{text}");
        }
    }
}
