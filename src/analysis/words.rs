//! Hops of a cycle in words: what an automation does, and how that sets off the next one.

use super::effects::{Cause, Hop, Node, Via};
use crate::model::{Action, AudienceKind, Event, Verb};

/// Whoever is meant where no event tells, and an act without words of its own.
pub(crate) const NOBODY_KNOWN: &str = "the person concerned";
pub(crate) const NOTHING_KNOWN: &str = "does something to";

/// What an act of an automation is, in a few words without a subject.
pub(super) fn deed(node: &Node<'_>, action: &Action) -> String {
    known_deed(node, action).unwrap_or_else(|| format!("does `{}`", action.verb))
}

/// The same, where there are words for it.
pub(crate) fn known_deed(node: &Node<'_>, action: &Action) -> Option<String> {
    let whom = node
        .view
        .automation
        .and_then(|automation| automation.triggers.iter().find_map(|trigger| doer(trigger.event)));
    Some(match action.verb {
        Verb::Follow => follow(node, action),
        Verb::Unfollow => "unfollows people who did not follow back".to_owned(),
        verb if action.audience.kind == AudienceKind::Initiator => match whom {
            Some(doer) => format!("{} {doer}", does_to(verb)),
            None => format!("{} {NOBODY_KNOWN}", does_to(verb)),
        },
        verb if verb.is_publication() => match whom {
            Some(doer) if crate::model::names_person(&first_text(action)) => {
                format!("publishes a message that names {doer}")
            }
            _ => publishes(verb).to_owned(),
        },
        _ => return None,
    })
}

fn first_text(action: &Action) -> String {
    action.texts.first().map(|text| text.text.clone()).unwrap_or_default()
}

fn follow(node: &Node<'_>, action: &Action) -> String {
    let ours = |kind| action.audience.of.iter().any(|text| AudienceKind::parse(&text.text) == Some(kind));
    let whom = match () {
        () if ours(AudienceKind::OwnFollowers) => "your followers",
        () if ours(AudienceKind::OwnFollowing) => "accounts you follow",
        () => "other accounts",
    };
    match action.audience.kind {
        _ if node.returns_follows(action) => "follows back whoever follows".to_owned(),
        AudienceKind::FollowersOf => format!("follows the followers of {whom}"),
        AudienceKind::FollowingOf => format!("follows whoever {whom} follow"),
        AudienceKind::EngagersOf => format!("follows people who react to {whom}"),
        _ => "follows people it finds".to_owned(),
    }
}

/// Whoever caused an event.
const fn doer(event: Event) -> Option<&'static str> {
    Some(match event {
        Event::Followed => "whoever follows",
        Event::Unfollowed => "whoever unfollows",
        Event::Mention => "whoever mentions it",
        Event::Reply => "whoever replies to it",
        Event::DmReceived => "whoever writes to it",
        Event::EmailReceived => "whoever mails it",
        Event::Commented => "whoever comments",
        Event::MemberJoined => "whoever joins",
        Event::MemberLeft => "whoever leaves",
        Event::Liked => "whoever likes a post",
        Event::Reposted => "whoever reposts it",
        Event::PostBy | Event::PostMatch => "whoever posted",
        _ => return None,
    })
}

const fn does_to(verb: Verb) -> &'static str {
    match verb {
        Verb::Dm | Verb::Sms | Verb::Push => "writes a private message to",
        Verb::Email => "mails",
        Verb::Reply => "replies to",
        Verb::Comment => "comments for",
        Verb::Mention => "mentions",
        Verb::Like | Verb::React => "likes a post of",
        Verb::Repost => "reposts",
        Verb::Quote => "quotes",
        Verb::Invite => "invites",
        Verb::Post => "posts for",
        Verb::Label => "labels the item of",
        Verb::Unlabel => "takes a label from the item of",
        Verb::Close => "closes the item of",
        _ => NOTHING_KNOWN,
    }
}

const fn publishes(verb: Verb) -> &'static str {
    match verb {
        Verb::Repost => "reposts",
        Verb::Quote => "quotes",
        _ => "posts",
    }
}

/// How an act sets off the next automation.
pub(super) fn consequence(hop: &Hop, cause: Cause) -> &'static str {
    match cause.event {
        None => "their followers are the next ones to follow",
        Some(Event::Followed) if hop.via == Via::Ourselves => "the follow is noticed there",
        Some(Event::Followed) => "some of them follow you",
        Some(Event::NotFollowedBack) => "most of them do not follow back",
        Some(Event::NewCandidate) => "whoever was dropped can be found again",
        Some(Event::PostBy) => "the copy is a new post",
        Some(Event::PostMatch) => "the post holds the words that are looked for",
        Some(Event::Pushed) => "the push starts a new run",
        Some(Event::Labelled) => "the label counts as an event",
        Some(Event::IssueIdle | Event::PrIdle) => "the item falls quiet again",
        Some(Event::Webhook) => "the call arrives there",
        Some(Event::Error) => "too many requests fail, and trying again makes more",
        Some(Event::MemberJoined) => "some accept",
        Some(_) if hop.via == Via::Ourselves => "its own message counts as one",
        Some(_) if hop.events > 1.0 => "the crowd answers",
        Some(_) => "an answer comes back, from another bot without fail",
    }
}
