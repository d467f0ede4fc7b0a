//! What an automation does to whom: `follows them back`, `publicly posts a message`. One row for each verb.

use super::message::message;
use super::people::{Initiator, people, posts};
use super::words::{amount, days, names, quote};
use crate::model::{Action, AudienceKind, Event, Stated, Text, Verb, Visibility};

/// As whom it is done, where the action says so: ` as kim and lee`. `authors` are the accounts whose posts set it off:
/// where all of them act, each acts on what the others post.
pub(super) fn voices(action: &Action, authors: &[Text]) -> String {
    let all = |texts: &[Text]| {
        let mut all: Vec<String> =
            texts.iter().map(|text| text.text.trim_start_matches('@').to_owned()).collect();
        all.sort();
        all
    };
    if action.acts_as.is_empty() {
        String::new()
    } else if action.acts_as.len() > 1 && all(&action.acts_as) == all(authors) {
        " as the others".to_owned()
    } else {
        format!(" as {}", names(&action.acts_as))
    }
}

/// How likely it is, where it does not always happen.
pub(super) fn chance(action: &Action) -> Option<String> {
    if matches!(action.probability, Stated::Unknown(_)) {
        return Some("only where a run decides so".to_owned());
    }
    match action.probability.get()? {
        chance if chance <= 0.0 => Some("in fact never".to_owned()),
        chance if chance < 1.0 => Some(format!("{} times in a hundred", amount((chance * 100.0).round()))),
        _ => None,
    }
}

/// An action as a clause without its subject, and without the accounts that do it.
pub(super) fn act(action: &Action, event: Option<Event>, initiator: &Initiator) -> String {
    let audience = &action.audience;
    let to_initiator = audience.kind == AudienceKind::Initiator;
    let nobody = audience.kind == AudienceKind::Public;
    let who = || people(audience, initiator);
    let posts = || posts(audience, initiator);
    let text = |noun: &str| message(action, noun, &initiator.person);
    let sends = |noun: &str| match audience.kind {
        AudienceKind::Public => format!("sends {}", text(noun)),
        AudienceKind::Initiator if initiator.is_known() => format!("sends {} {}", who(), text(noun)),
        _ => format!("sends {} to {}", text(noun), who()),
    };
    let thing = || if to_initiator { initiator.thing.clone() } else { posts() };
    match action.verb {
        Verb::Follow if to_initiator && event == Some(Event::Followed) => back(initiator),
        Verb::Follow if to_initiator && event == Some(Event::Happening) => {
            "follows whoever did it".to_owned()
        }
        Verb::Follow => format!("follows {}", who()),
        Verb::Unfollow => format!("unfollows {}", who()),
        Verb::Block => format!("blocks {}", who()),
        Verb::Mute => format!("mutes {}", who()),
        Verb::RemoveFollower => format!("removes {} from your followers", who()),
        Verb::Dm => sends("a private message"),
        Verb::Email => sends("an e-mail"),
        Verb::Sms => sends("a text message"),
        Verb::Push => sends("a push notification"),
        Verb::Reply if manner_is(action, "likeliest") => "gives the likeliest of its answers".to_owned(),
        Verb::Reply => match action.visibility.get() {
            Some(Visibility::Private) => {
                format!("replies in private to {} with {}", who(), text("a message"))
            }
            _ => format!("replies to {}{}", who(), with(&text("a message"))),
        },
        Verb::Mention if nobody => "mentions people".to_owned(),
        Verb::Mention => format!("mentions {}{}", who(), with(&text("a message"))),
        Verb::Post => post(action, event, initiator),
        Verb::Repost => format!("reposts {}", posts()),
        Verb::Quote => format!("publicly quotes {}{}", posts(), with(&text("a message"))),
        Verb::Like => match action.times.get() {
            Some(times) if times > 1.0 => format!("likes {}, {} for each person", posts(), amount(times)),
            _ => format!("likes {}", posts()),
        },
        Verb::React => format!("reacts to {}{}", posts(), manner(action, " with ", "")),
        Verb::ViewStory if to_initiator && initiator.person == "them" => "looks at their stories".to_owned(),
        Verb::ViewStory => format!("looks at the stories of {}", who()),
        Verb::Vote => vote(action, &posts()),
        Verb::Star => match audience.kind {
            AudienceKind::Named if !audience.of.is_empty() => format!("stars {}", who()),
            AudienceKind::List => "stars repositories on a list".to_owned(),
            _ => format!("gives stars to {}", who()),
        },
        Verb::Endorse => format!("endorses {}", who()),
        Verb::Invite => format!("invites {}", who()),
        Verb::Tag => format!("tags {}", who()),
        Verb::ListAdd => format!("puts {} on a list", who()),
        Verb::ListRemove => format!("takes {} off a list", who()),
        Verb::Review => format!("publishes {}", text("a review")),
        Verb::Report => format!("reports {} to the platform", who()),
        Verb::OpenIssue => format!("opens {}", text("an issue")),
        Verb::OpenPr => format!("opens {}", text("a pull request")),
        Verb::Commit => "changes the code".to_owned(),
        Verb::Comment if action.manner.known().is_some_and(|manner| manner.contains("update")) => {
            format!("keeps one comment up to date{}", with(&text("a message")))
        }
        Verb::Comment
            if to_initiator && (is_item(event) || is_unsaid(event) || event == Some(Event::Command)) =>
        {
            format!("writes {}", text("a comment"))
        }
        Verb::Comment => format!("writes {} under {}", text("a comment"), posts()),
        Verb::Close => format!("closes {}", item(event, initiator)),
        Verb::FailCheck => format!("lets a check of {} fail", item(event, initiator)),
        Verb::Reopen => format!("opens {} again", item(event, initiator)),
        Verb::Lock => format!("locks {}", item(event, initiator)),
        Verb::Label if manner_is(action, "flair") => format!("sets its flair{}", words_of(action)),
        Verb::Label if manner_is(action, "flair above") => {
            format!("sets the flair of the post above it{}", words_of(action))
        }
        Verb::Label => format!("labels {}{}", item(event, initiator), manner(action, " ", "")),
        Verb::Unlabel => format!("takes the label{} away", manner(action, " ", "")),
        Verb::DeleteContent if manner_is(action, "branch") => "deletes its branch".to_owned(),
        Verb::DeleteContent if manner_is(action, "above") => "removes the post above it".to_owned(),
        Verb::DeleteContent if to_initiator => format!("removes {}", thing()),
        Verb::DeleteContent => format!("removes {}", posts()),
        Verb::HoldForReview => format!("holds {} for a moderator", written(initiator)),
        Verb::Timeout => format!("silences {}{}", who(), lasting(action)),
        Verb::Kick => format!("throws {} out", who()),
        Verb::Ban => format!("bans {}{}", who(), lasting(action)),
        Verb::MarkPerson => format!("marks {} for everyone to see{}", who(), words_of(action)),
        Verb::Assign => format!("assigns it to {}", who()),
        Verb::RequestReview => format!("asks {} for a review", who()),
        Verb::Notify => format!("tells {}", who()),
        Verb::Handoff => format!("hands over to {}{}", who(), answer_within(action)),
        Verb::CreateTicket => "opens a ticket with your team".to_owned(),
        Verb::CallWebhook => "calls another system".to_owned(),
        Verb::Subscribe => format!("puts {} on a mailing list{}", who(), manner(action, " (", ")")),
        Verb::SuppressContact => format!("never contacts {} again", who()),
        Verb::QueueForReview => "puts it in a queue that a person reads".to_owned(),
        Verb::Suggest => format!("makes a suggestion to {}", who()),
        Verb::Draft => "writes a draft that a person may send".to_owned(),
        Verb::Count => "counts how often, without names".to_owned(),
        Verb::Collect if audience.kind == AudienceKind::Operator => "keeps it for you alone".to_owned(),
        Verb::Collect if nobody || to_initiator => "collects data".to_owned(),
        Verb::Collect => format!("collects data about {}", who()),
        Verb::Archive => format!("puts {} away unanswered", thing()),
        Verb::TradeEngagement => "buys or swaps followers, likes or stars".to_owned(),
        Verb::Pause => "stops for a while".to_owned(),
        Verb::SetRole if to_initiator && initiator.person == "them" => {
            format!("changes their role{}", manner(action, " (", ")"))
        }
        Verb::SetRole => format!("changes the role of {}{}", who(), manner(action, " (", ")")),
        Verb::RunCode => "runs code that the linter cannot read".to_owned(),
    }
}

fn back(initiator: &Initiator) -> String {
    if initiator.person == "them" {
        "follows them back".to_owned()
    } else {
        format!("follows back {}", initiator.person)
    }
}

/// A publication, with who can see it.
fn post(action: &Action, event: Option<Event>, initiator: &Initiator) -> String {
    let said = message(action, "a message", &initiator.person);
    let (said, mark) = match said.strip_suffix(MARKED) {
        Some(said) => (said.to_owned(), MARKED),
        None => (said, ""),
    };
    let is_copy = event == Some(Event::PostBy) && said == "a message";
    let said = if is_copy { "a copy of it".to_owned() } else { said };
    let mark = if is_copy && !mark.is_empty() { ", marked as one" } else { mark };
    format!("{}{mark}", placed(action, &said))
}

/// What a message that shows its origin ends with.
const MARKED: &str = ", marked as a copy";

/// `posts … in #room for the team`.
fn placed(action: &Action, said: &str) -> String {
    let channel = matches!(action.audience.kind, AudienceKind::Named | AudienceKind::Public)
        && !action.audience.of.is_empty();
    let place = if channel { format!(" in {}", names(&action.audience.of)) } else { String::new() };
    match action.visibility {
        Stated::Unknown(_) if channel => format!("posts {said}{place}, for whoever reads there"),
        Stated::Unknown(_) => format!("posts {said}{place}, for readers who are chosen later"),
        _ => match action.visible_to() {
            Visibility::Public | Visibility::Thread if channel => format!("posts {said}{place}"),
            Visibility::Public | Visibility::Thread => format!("publicly posts {said}"),
            Visibility::Unlisted => format!("posts {said}{place}, in public but outside the timelines"),
            Visibility::Followers => format!("posts {said}{place} for your followers"),
            Visibility::Team => format!("posts {said}{place} for the team"),
            Visibility::ModOnly => format!("posts {said}{place} for the moderators"),
            Visibility::Operator => format!("posts {said}{place} for you alone"),
            Visibility::Private => format!("posts {said}{place}, not in public"),
        },
    }
}

/// ` with a message …`, unless there is nothing to say about the message.
fn with(said: &str) -> String {
    if said == "a message" { String::new() } else { format!(" with {said}") }
}

/// Whether the event is about an item of a tracker, rather than about a person.
const fn is_item(event: Option<Event>) -> bool {
    matches!(
        event,
        Some(
            Event::IssueOpened
                | Event::IssueIdle
                | Event::PrOpened
                | Event::PrIdle
                | Event::ItemClosed
                | Event::Reopened
                | Event::Labelled
                | Event::Pushed
                | Event::Commented
                | Event::PostMatch
        )
    )
}

/// Whether the event says nothing of an item that somebody wrote.
const fn is_unsaid(event: Option<Event>) -> bool {
    matches!(
        event,
        Some(Event::Schedule | Event::Manual | Event::Webhook | Event::Happening | Event::NoReply)
    )
}

/// The item that is dealt with: what set the automation off, or what was talked about, else some items.
fn item(event: Option<Event>, initiator: &Initiator) -> &str {
    match (initiator.thing.as_str(), event) {
        ("it" | "issues" | "pull requests", _) => &initiator.thing,
        (_, Some(Event::NoReply | Event::Commented | Event::Command)) => "it",
        _ => "items",
    }
}

/// What somebody wrote, where it may be told from their other posts.
fn written(initiator: &Initiator) -> &str {
    if initiator.thing == "their posts" { "what they wrote" } else { &initiator.thing }
}

fn manner(action: &Action, before: &str, after: &str) -> String {
    match &action.manner {
        Stated::Known(manner, _) if !manner.is_empty() => format!("{before}{}{after}", quote(manner)),
        Stated::Unknown(_) => format!("{before}something that is filled in later{after}"),
        _ => String::new(),
    }
}

fn manner_is(action: &Action, wanted: &str) -> bool {
    action.manner.known().is_some_and(|manner| manner == wanted)
}

/// ` (“Solved”)`: the words of a mark.
fn words_of(action: &Action) -> String {
    action.texts.first().map_or_else(String::new, |text| format!(" ({})", quote(&text.text)))
}

/// `votes it up`, `votes down posts that match`.
fn vote(action: &Action, posts: &str) -> String {
    let direction = action.manner.known().filter(|manner| matches!(manner.as_str(), "up" | "down"));
    match direction {
        Some(direction) if posts == "it" => format!("votes it {direction}"),
        Some(direction) => format!("votes {direction} {posts}"),
        None => format!("votes on {posts}"),
    }
}

/// ` for ever`, ` for 7 days`, as far as it is said.
fn lasting(action: &Action) -> String {
    match action.manner.known().map(String::as_str) {
        Some("forever" | "permanent") => " for ever".to_owned(),
        Some(manner) => match crate::model::parse_duration(manner) {
            Some(time) => format!(" for {}", days(time)),
            None => String::new(),
        },
        None => String::new(),
    }
}

fn answer_within(action: &Action) -> String {
    match action.within {
        Stated::Known(time, _) => format!(" for an answer within {}", days(time)),
        Stated::Unknown(_) => " for an answer within a time that is filled in later".to_owned(),
        Stated::Absent => String::new(),
    }
}
