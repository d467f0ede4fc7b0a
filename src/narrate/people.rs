//! Who is reached, in words, and how the person or item that set an automation off is called.

use super::words::{amount, any_of, listed, names, quotes};
use crate::model::{Audience, AudienceKind, Event, ListSource, Stated, Text, Trigger};

/// How a sentence speaks of whoever set the automation off, and of what they did or own.
pub(super) struct Initiator {
    /// As an object: `them`, `its author`, `whoever follows you`.
    pub(super) person: String,
    /// What of theirs is meant: `their post`, `the issue`.
    pub(super) thing: String,
}

impl Initiator {
    /// After a clause that has told what happened.
    pub(super) fn known(event: Option<Event>) -> Self {
        let (person, thing) = match event {
            Some(Event::PostMatch) => ("its author", "it"),
            Some(Event::PostBy) => ("that account", "it"),
            Some(Event::IssueOpened | Event::IssueIdle | Event::PrOpened | Event::PrIdle) => {
                ("its author", "it")
            }
            Some(Event::ItemClosed | Event::Reopened | Event::Labelled | Event::Pushed) => {
                ("its author", "it")
            }
            Some(Event::ReportFiled) => ("whoever it is about", "it"),
            Some(Event::Mention | Event::Reply | Event::Commented | Event::ReviewPosted) => {
                ("them", "what they wrote")
            }
            Some(Event::Command | Event::Fallback) => ("them", "what they wrote"),
            Some(Event::DmReceived | Event::EmailReceived) => ("them", "their message"),
            Some(
                Event::Schedule
                | Event::Manual
                | Event::FeedItem
                | Event::Webhook
                | Event::Happening
                | Event::Error
                | Event::Trend,
            )
            | None => ("people", "their posts"),
            Some(_) => ("them", "their posts"),
        };
        Self { person: person.to_owned(), thing: thing.to_owned() }
    }

    /// After an act on the same people: `them`, or the authors of the posts that it dealt with.
    pub(super) fn again(posts: bool) -> Self {
        let (person, thing) = if posts { ("their authors", "them") } else { ("them", "their posts") };
        Self { person: person.to_owned(), thing: thing.to_owned() }
    }

    /// Whether a pronoun says who it is.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.person.as_str(), "them" | "its author")
    }

    /// Where nothing was told before: `whoever mentions it`.
    pub(super) fn unknown(trigger: Option<&Trigger>) -> Self {
        let event = trigger.map(|trigger| trigger.event);
        let person = event.map_or("somebody", whoever);
        let thing = match event {
            Some(Event::PostMatch) => "posts that match".to_owned(),
            Some(Event::PostBy) => format!("posts of {}", watched(trigger)),
            Some(Event::DmReceived | Event::EmailReceived) => "messages".to_owned(),
            Some(Event::IssueOpened | Event::IssueIdle) => "issues".to_owned(),
            Some(Event::PrOpened | Event::PrIdle) => "pull requests".to_owned(),
            Some(Event::ItemClosed | Event::Reopened | Event::Labelled | Event::Commented) => {
                "items".to_owned()
            }
            Some(Event::Schedule | Event::Manual | Event::FeedItem) | None => "their posts".to_owned(),
            _ => format!("posts of {person}"),
        };
        Self { person: person.to_owned(), thing }
    }
}

/// The accounts whose posts a trigger waits for.
fn watched(trigger: Option<&Trigger>) -> String {
    let of = trigger.and_then(|trigger| trigger.from.as_ref()).map_or(&[][..], |from| &from.of);
    let of = if of.is_empty() { trigger.map_or(&[][..], |trigger| &trigger.filters) } else { of };
    if of.is_empty() { "the account it watches".to_owned() } else { names(of) }
}

fn whoever(event: Event) -> &'static str {
    match event {
        Event::Followed => "whoever follows",
        Event::Unfollowed => "whoever unfollows",
        Event::BlockedUs => "whoever blocks it",
        Event::Mention => "whoever mentions it",
        Event::Reply => "whoever replies",
        Event::DmReceived | Event::EmailReceived => "whoever writes to it",
        Event::Commented => "whoever comments",
        Event::Reposted => "whoever reposts it",
        Event::Liked => "whoever likes it",
        Event::Happening => "whoever did it",
        Event::PostBy => "the account it watches",
        Event::PostMatch => "whoever posts a match",
        Event::MemberJoined => "whoever joins",
        Event::MemberLeft => "whoever leaves",
        Event::MemberIdle => "quiet members",
        Event::OptedIn => "whoever subscribes",
        Event::OptedOut => "whoever says stop",
        Event::NotFollowedBack => "whoever did not follow back",
        Event::NoReply => "whoever did not answer",
        Event::InvoiceOverdue => "whoever has not paid",
        Event::ReviewPosted => "whoever reviews you",
        Event::ReportFiled => "whoever is reported",
        Event::IssueOpened => "whoever opens an issue",
        Event::IssueIdle => "authors of quiet issues",
        Event::PrOpened => "whoever opens a pull request",
        Event::PrIdle => "authors of quiet pull requests",
        Event::Pushed => "whoever pushes code",
        Event::Command => "whoever gives a command",
        Event::FormSubmitted => "whoever sends a form",
        Event::LoggedIn => "whoever signs in",
        Event::NewCandidate => "new people it finds",
        Event::Sanctioned => "whoever was punished",
        Event::Fallback => "whoever it does not understand",
        _ => "people",
    }
}

/// Who is reached: `everyone who follows you`, `the followers of @rival`.
pub(super) fn people(audience: &Audience, initiator: &Initiator) -> String {
    let who = who(audience, initiator);
    match audience.size {
        Stated::Known(size, _) if audience.kind != AudienceKind::Named => {
            format!("{who} (up to {} people)", amount(size))
        }
        _ => who,
    }
}

fn who(audience: &Audience, initiator: &Initiator) -> String {
    let of = &audience.of;
    let with = |plain: &str, start: &str| {
        if of.is_empty() { plain.to_owned() } else { format!("{start} {}", quotes(of, "or")) }
    };
    match audience.kind {
        AudienceKind::Initiator => initiator.person.clone(),
        AudienceKind::Operator => "you".to_owned(),
        AudienceKind::Team => "your team".to_owned(),
        AudienceKind::Named if of.is_empty() => "accounts given by name".to_owned(),
        AudienceKind::Named => names(of),
        AudienceKind::OptInList => with("everyone who subscribed", "everyone who subscribed to"),
        AudienceKind::List => list(audience),
        AudienceKind::OwnFollowers => "everyone who follows you".to_owned(),
        AudienceKind::OwnFollowing => "everyone you follow".to_owned(),
        AudienceKind::NonFollowers => "people who do not follow you back".to_owned(),
        AudienceKind::FollowedByTool => "people it followed earlier".to_owned(),
        AudienceKind::Members => "all members".to_owned(),
        AudienceKind::NonResponders => "members who have not answered".to_owned(),
        AudienceKind::OpenItems => format!("everyone in {}", open_items(of)),
        AudienceKind::Contacts => "all your contacts".to_owned(),
        AudienceKind::FollowersOf => format!("the followers of {}", accounts(of)),
        AudienceKind::FollowingOf => format!("the people whom {} follow", accounts(of)),
        AudienceKind::EngagersOf => format!("people who react to {}", accounts(of)),
        AudienceKind::Search => with("people found by a search", "people found by a search for"),
        AudienceKind::Inactive => "people you follow who have gone quiet".to_owned(),
        AudienceKind::Random => "people picked at random".to_owned(),
        AudienceKind::Public => "the public".to_owned(),
    }
}

/// `every open issue`, `every open issue or pull request`.
fn open_items(kinds: &[Text]) -> String {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.text.clone()).collect();
    let kinds = if kinds.is_empty() { "issue or pull request".to_owned() } else { listed(&kinds, "or") };
    format!("every open {kinds}")
}

/// Posts of an audience: `posts by everyone who follows you`.
pub(super) fn posts(audience: &Audience, initiator: &Initiator) -> String {
    match audience.kind {
        AudienceKind::Initiator => initiator.thing.clone(),
        AudienceKind::Public if initiator.thing == "their posts" => "posts".to_owned(),
        AudienceKind::Public => initiator.thing.clone(),
        AudienceKind::OpenItems => open_items(&audience.of),
        // A thread by its number.
        AudienceKind::Named
            if audience.of.iter().all(|of| of.text.starts_with('#')) && !audience.of.is_empty() =>
        {
            names(&audience.of)
        }
        AudienceKind::Search if audience.of.is_empty() => "posts found by a search".to_owned(),
        AudienceKind::Search => format!("posts found by a search for {}", quotes(&audience.of, "or")),
        _ => format!("posts by {}", people(audience, initiator)),
    }
}

/// Accounts of which somebody is a follower; our own circles may stand in for names.
fn accounts(of: &[Text]) -> String {
    if of.is_empty() {
        return "other accounts".to_owned();
    }
    let said = |text: &Text| Text {
        text: match AudienceKind::parse(&text.text) {
            Some(AudienceKind::OwnFollowers) => "your followers".to_owned(),
            Some(AudienceKind::OwnFollowing) => "the people you follow".to_owned(),
            _ => text.text.clone(),
        },
        site: text.site,
    };
    names(&of.iter().map(said).collect::<Vec<_>>())
}

fn list(audience: &Audience) -> String {
    let name = if audience.of.is_empty() { String::new() } else { format!(" ({})", names(&audience.of)) };
    let kind = match audience.source.get() {
        None if audience.of.is_empty() && audience.source.is_absent() => "people whom the file does not name",
        Some(ListSource::Static) | None => "the people on a list",
        Some(ListSource::Scraped) => "the people on a list scraped from the net",
        Some(ListSource::Bought) => "the people on a bought list",
        Some(ListSource::Exported) => "the people on a list of somebody's followers",
        Some(ListSource::Customers) => "customers who agreed to it",
    };
    format!("{kind}{name}")
}

/// Whose act a trigger waits for, as a subject: `someone`, `a member`.
pub(super) fn subject(from: Option<&Audience>) -> String {
    let Some(from) = from else { return "someone".to_owned() };
    match from.kind {
        AudienceKind::Members => "a member".to_owned(),
        AudienceKind::OwnFollowers => "one of your followers".to_owned(),
        AudienceKind::OwnFollowing => "someone you follow".to_owned(),
        AudienceKind::Team => "someone on the team".to_owned(),
        AudienceKind::Operator => "the operator".to_owned(),
        AudienceKind::OptInList => "a subscriber".to_owned(),
        AudienceKind::Contacts => "one of your contacts".to_owned(),
        AudienceKind::Named if from.of.is_empty() => "an account that it watches".to_owned(),
        AudienceKind::Named => any_of(&from.of),
        AudienceKind::Initiator | AudienceKind::Public | AudienceKind::Random => "anyone".to_owned(),
        _ => format!("someone among {}", who(from, &Initiator::known(None))),
    }
}
