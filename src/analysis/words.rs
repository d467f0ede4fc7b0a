//! How one step of a cycle leads to the next, in words.

use super::effects::{Cause, Hop, Via};
use crate::model::Event;

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
