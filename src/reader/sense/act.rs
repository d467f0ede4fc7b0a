//! Which act a phrase names.

use super::{inbound, negated, people};
use crate::model::{AudienceKind, Event, Verb};
use crate::reader::concept::{Concept as C, Concepts};
use crate::reader::words::Phrase;

/// What is done, as far as one phrase tells; the company decides the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// A verb of the model.
    Verb(Verb),
    /// Says something, wherever the company says.
    Say,
    /// Sends a message, to whom the company says.
    Message,
    /// Welcomes somebody.
    Greet,
    /// Says goodbye.
    Farewell,
    /// Thanks somebody.
    Thank,
    /// Asks again.
    Nudge,
    /// Makes somebody look bad.
    Shame,
    /// Advertises.
    Pitch,
    /// Passes something on to somebody.
    Pass,
    /// Does nothing about it.
    Ignore,
    /// Keeps answers out.
    Close,
    /// Looks for people.
    Collect,
    /// Lets a person decide.
    Review,
    /// Drops or removes, whom the company says.
    Remove,
    /// Adds somebody, to what the company says.
    Add,
    /// Repeats what another one says.
    Mirror,
    /// Trades follows or likes.
    Trade,
    /// Sends a mail, to whom the company says.
    Mail,
}

impl Deed {
    /// Whether something is said, and the company decides how.
    pub(crate) const fn speaks(self) -> bool {
        matches!(
            self,
            Self::Say
                | Self::Message
                | Self::Greet
                | Self::Farewell
                | Self::Thank
                | Self::Nudge
                | Self::Shame
                | Self::Pitch
        )
    }
}

/// What a phrase says of an act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    /// What is done.
    pub(crate) deed: Deed,
    /// What sets it off, if the phrase says so: `follow_back`, `welcome_new_members`.
    pub(crate) event: Option<Event>,
    /// Whom it reaches, if the phrase says so: `unfollow_non_followers`.
    pub(crate) people: Option<AudienceKind>,
    /// Whether the phrase says that it shall not happen.
    pub(crate) negated: bool,
}

impl Act {
    /// An act of which nothing further is said.
    pub(crate) const fn of(deed: Deed) -> Self {
        Self { deed, event: None, people: None, negated: false }
    }
}

/// Concepts that name a deed, in no order.
const DEEDS: &[(C, Deed)] = &[
    (C::Follow, Deed::Verb(Verb::Follow)),
    (C::Unfollow, Deed::Verb(Verb::Unfollow)),
    (C::Like, Deed::Verb(Verb::Like)),
    (C::Repost, Deed::Verb(Verb::Repost)),
    (C::Quote, Deed::Verb(Verb::Quote)),
    (C::Dm, Deed::Verb(Verb::Dm)),
    (C::Reply, Deed::Verb(Verb::Reply)),
    (C::Comment, Deed::Verb(Verb::Comment)),
    (C::Ping, Deed::Verb(Verb::Mention)),
    (C::Invite, Deed::Verb(Verb::Invite)),
    (C::Kick, Deed::Verb(Verb::Kick)),
    (C::Ban, Deed::Verb(Verb::Ban)),
    (C::Block, Deed::Verb(Verb::Block)),
    (C::Mute, Deed::Verb(Verb::Mute)),
    (C::Vote, Deed::Verb(Verb::Vote)),
    (C::React, Deed::Verb(Verb::React)),
    (C::View, Deed::Verb(Verb::ViewStory)),
    (C::Star, Deed::Verb(Verb::Star)),
    (C::Endorse, Deed::Verb(Verb::Endorse)),
    (C::Handoff, Deed::Verb(Verb::Handoff)),
    (C::Ticket, Deed::Verb(Verb::CreateTicket)),
    (C::Archive, Deed::Verb(Verb::Archive)),
    (C::Delete, Deed::Verb(Verb::DeleteContent)),
    (C::Subscribe, Deed::Verb(Verb::Subscribe)),
    (C::Count, Deed::Verb(Verb::Count)),
    (C::List, Deed::Verb(Verb::ListAdd)),
    (C::Forward, Deed::Pass),
    (C::Ignore, Deed::Ignore),
    (C::Closed, Deed::Close),
    (C::Review, Deed::Review),
    (C::Collect, Deed::Collect),
    (C::Remove, Deed::Remove),
    (C::Add, Deed::Add),
    (C::Mirror, Deed::Mirror),
    (C::Trade, Deed::Trade),
    (C::Post, Deed::Verb(Verb::Post)),
    (C::Mail, Deed::Mail),
];

/// Concepts that say how something is said; a deed beside them says by which way.
const MANNERS: &[(C, Deed)] = &[
    (C::Shame, Deed::Shame),
    (C::Farewell, Deed::Farewell),
    (C::Nudge, Deed::Nudge),
    (C::Greet, Deed::Greet),
    (C::Thank, Deed::Thank),
    (C::Pitch, Deed::Pitch),
    (C::Say, Deed::Say),
    (C::Message, Deed::Message),
];

/// Words before a deed that make it an event: `on_follow`, `after follow`, `reply to mentions`, `new follow`.
const INTRODUCES_EVENT: Concepts = Concepts::of(&[C::Trigger, C::To, C::New, C::Delay, C::Source, C::Lost]);

/// Things that are published.
const MEDIA: &[&str] = &[
    "clip", "picture", "photo", "video", "reel", "story", "meme", "deal", "article", "joke", "episode",
    "item",
];

/// What is done, if the phrase says so.
pub(crate) fn act(phrase: &Phrase) -> Option<Act> {
    let negated = negated(phrase);
    let people = people(phrase);
    if phrase.has(C::OneSided) {
        let removes = phrase.any(&[C::Unfollow, C::Remove, C::Kick, C::Block, C::Delete]);
        return removes.then_some(Act {
            deed: Deed::Verb(Verb::Unfollow),
            event: None,
            people: Some(AudienceKind::NonFollowers),
            negated: false,
        });
    }
    // `COMMENT_AUTO_DM`: who comments gets a message.
    let place = |concept| phrase.words.iter().position(|word| word.concepts.has(concept));
    if let (Some(comment), Some(message)) = (place(C::Comment), place(C::Dm))
        && comment < message
        && !phrase.word("and")
    {
        return Some(Act {
            deed: Deed::Verb(Verb::Dm),
            event: Some(Event::Commented),
            people: None,
            negated,
        });
    }
    if let Some(act) = of_statuses(phrase) {
        return Some(Act { negated, ..act });
    }
    // `inbox_message`: what lands in somebody's inbox.
    if phrase.words.len() == 2 && phrase.starts(C::Inbox) && phrase.ends(C::Message) {
        return Some(Act { deed: Deed::Verb(Verb::Dm), event: None, people: None, negated });
    }
    // `DM_ANSWER`, `mention_reply`: what somebody who wrote is answered.
    const WRITES: [C; 5] = [C::Mention, C::Dm, C::Inbox, C::Comment, C::Message];
    let writes = phrase.words.first().is_some_and(|word| word.concepts.meets(Concepts::of(&WRITES)));
    let answers = phrase.words.len() == 2 && writes && phrase.ends(C::Reply) && !phrase.plural(C::Reply);
    if answers {
        let event = inbound(phrase, Some(1));
        return Some(Act { deed: Deed::Verb(Verb::Reply), event, people: None, negated });
    }
    let returns = phrase.has(C::Back)
        && (phrase.any(&[C::Follow, C::Add, C::Mirror, C::Subscribe])
            || phrase.only(&[C::Back, C::Enabled, C::Everyone]));
    let mirrors = phrase.any(&[C::Mirror, C::Add]) && phrase.has(C::New);
    if (returns || mirrors) && !phrase.any(&[C::Unfollow, C::Remove]) {
        return Some(Act {
            deed: Deed::Verb(Verb::Follow),
            event: Some(Event::Followed),
            people: None,
            negated,
        });
    }
    // `max_new_followers`: as many as it follows.
    if phrase.any(&[C::Max, C::Day]) && phrase.has(C::New) && phrase.has(C::Follower) {
        return Some(Act { deed: Deed::Verb(Verb::Follow), event: None, people: None, negated });
    }
    // `clips_per_day: 72`: what is made is published.
    if phrase.any(&[C::Per, C::Day, C::Hour])
        && !phrase.has(C::View)
        && phrase
            .words
            .iter()
            .any(|word| MEDIA.contains(&crate::reader::words::tokens::singular(&word.text).as_str()))
    {
        return Some(Act { deed: Deed::Verb(Verb::Post), event: None, people: None, negated });
    }
    let (at, deed) = deed(phrase)?;
    // `unfollow_alert: { text: "…" }`: what is said when somebody does.
    if deed == Deed::Verb(Verb::Unfollow) && phrase.has(C::Forward) {
        return Some(Act { deed: Deed::Say, event: Some(Event::Unfollowed), people: None, negated });
    }
    // `remove_from_mailing_lists` changes a list, and nobody hears of it.
    if deed == Deed::Remove && phrase.has(C::List) && phrase.any(&[C::Dm, C::Mail, C::Subscribe]) {
        return None;
    }
    // `add_to_review_list` notes somebody.
    let deed = match deed {
        // `add_to_review_queue`
        Deed::Add | Deed::Verb(Verb::ListAdd) if phrase.has(C::Review) => Deed::Pass,
        Deed::Add if phrase.has(C::List) => Deed::Verb(Verb::ListAdd),
        deed => deed,
    };
    // Whoever is put on a list has not subscribed.
    let people =
        people.filter(|kind| deed != Deed::Verb(Verb::Subscribe) || *kind != AudienceKind::OptInList);
    // `abonnements`, `подписки`: in some languages what is done and whom it is done to are one word.
    let same_word = |word: &crate::reader::words::Word| word.concepts.has(C::Following);
    let people = people.filter(|kind| {
        *kind != AudienceKind::OwnFollowing
            || phrase.words.iter().enumerate().any(|(number, word)| number != at && same_word(word))
    });
    // Whoever copies lists of members looks for people.
    let deed = match deed {
        Deed::Mirror
            if phrase.any(&[C::Member, C::Follower, C::Acquaintance, C::Lead])
                && phrase.any(&[C::List, C::Source]) =>
        {
            Deed::Collect
        }
        deed => deed,
    };
    let manner = MANNERS.iter().find(|(concept, _)| phrase.has(*concept)).map(|(_, deed)| *deed);
    let unfollows_back = deed == Deed::Verb(Verb::Unfollow) && phrase.has(C::Back);
    // A private message that greets or thanks goes to whoever is new.
    let greets = deed == Deed::Verb(Verb::Dm) && matches!(manner, Some(Deed::Greet | Deed::Thank));
    let event = event_beside(phrase, at)
        .or(unfollows_back.then_some(Event::Unfollowed))
        // `welcome_newsletter` greets who subscribed.
        .or((greets && phrase.word("newsletter")).then_some(Event::OptedIn))
        .or(greets.then_some(Event::Followed))
        // `comment_on_posts`: posts are what it comments on, and set nothing off.
        .filter(|event| {
            !(deed == Deed::Verb(Verb::Comment)
                && matches!(event, Event::PostBy | Event::PostMatch | Event::FeedItem))
        });
    Some(Act { deed: joined(deed, manner), event, people, negated })
}

/// `AUTO_REACT_STATUS`, `auto_view_stories`: what all contacts put up for a day is reacted to, answered or looked at.
fn of_statuses(phrase: &Phrase) -> Option<Act> {
    const STATUSES: [&str; 4] = ["status", "statuses", "story", "stories"];
    // `watch_stories: { of: … }`
    let stories = ["story", "stories"].iter().any(|word| phrase.word(word));
    if stories && phrase.word("watch") && phrase.words.len() <= 3 {
        return Some(Act::of(Deed::Verb(Verb::ViewStory)));
    }
    let is_about = phrase.word("auto") && STATUSES.iter().any(|word| phrase.word(word));
    let verb = match () {
        () if !is_about => return None,
        () if phrase.has(C::React) => Verb::React,
        () if phrase.has(C::Like) => Verb::Like,
        () if phrase.has(C::Reply) => Verb::Reply,
        () if phrase.has(C::View) || phrase.word("read") || phrase.word("seen") => Verb::ViewStory,
        () => return None,
    };
    Some(Act { people: Some(AudienceKind::Contacts), ..Act::of(Deed::Verb(verb)) })
}

/// The deed that counts, with the number of its word.
pub(crate) fn deed(phrase: &Phrase) -> Option<(usize, Deed)> {
    let amount = phrase.any(&[C::Max, C::Min, C::Per, C::Day, C::Hour]);
    let introduced = |at: usize| {
        !amount
            && at
                .checked_sub(1)
                .and_then(|before| phrase.words.get(before))
                .is_some_and(|word| word.concepts.meets(INTRODUCES_EVENT) && word.text != "event")
    };
    let mut later = None;
    for (at, word) in phrase.words.iter().enumerate() {
        let Some((_, deed)) = DEEDS.iter().find(|(concept, _)| word.concepts.has(*concept)) else { continue };
        if introduced(at) {
            continue;
        }
        // A general word gives way to a particular one: `post_reply`, `add_like`.
        let general =
            matches!(deed, Deed::Verb(Verb::Post) | Deed::Add | Deed::Verb(Verb::Count | Verb::ListAdd));
        match (general, later) {
            (false, _) => return Some((at, *deed)),
            (true, None) => later = Some((at, *deed)),
            (true, Some(_)) => {}
        }
    }
    later.or_else(|| {
        let manner = |word: &crate::reader::words::Word| {
            MANNERS.iter().find(|(concept, _)| word.concepts.has(*concept)).map(|(_, deed)| *deed)
        };
        let mut manners = phrase.words.iter().enumerate().filter_map(|(at, word)| Some((at, manner(word)?)));
        let first = manners.next()?;
        // `send_reminder` is a reminder; `say` alone is anything.
        if first.1 == Deed::Say {
            manners.find(|(_, deed)| *deed != Deed::Say).or(Some(first))
        } else {
            Some(first)
        }
    })
}

/// A deed with the manner that stands beside it: `shame_post` shames, `welcome_dm` is a private message.
pub(crate) fn joined(deed: Deed, manner: Option<Deed>) -> Deed {
    match (deed, manner) {
        (
            Deed::Verb(Verb::Unfollow),
            Some(manner @ (Deed::Shame | Deed::Farewell | Deed::Say | Deed::Nudge)),
        ) => manner,
        (Deed::Verb(Verb::Post | Verb::Count), Some(Deed::Shame)) => Deed::Shame,
        (Deed::Verb(Verb::Post), Some(Deed::Farewell)) => Deed::Farewell,
        (deed, _) => deed,
    }
}

/// What sets an act off, as the words beside it say.
fn event_beside(phrase: &Phrase, at: usize) -> Option<Event> {
    let others = phrase.words.iter().enumerate().filter(|(number, _)| *number != at);
    let concepts = others.fold(Concepts::default(), |all, (_, word)| all.and(word.concepts));
    let has = |concept| concepts.has(concept);
    let own = phrase.words.get(at).map(|word| word.concepts).unwrap_or_default();
    if has(C::Leaver) || has(C::Unfollow) || has(C::Lost) && (has(C::Follower) || has(C::Follow)) {
        return Some(Event::Unfollowed);
    }
    if own.has(C::Unfollow) && phrase.any(&[C::Shame, C::Farewell]) {
        return Some(Event::Unfollowed);
    }
    // `unfollow_inactive` says whom, and waits for nobody.
    if has(C::Idle) && !own.has(C::Unfollow) || phrase.has(C::OneSided) {
        return Some(if has(C::Member) { Event::MemberIdle } else { Event::NoReply });
    }
    if has(C::Join) || has(C::New) && has(C::Member) {
        return Some(Event::MemberJoined);
    }
    if has(C::Leave) && (has(C::Member) || has(C::Trigger) || phrase.any(&[C::Farewell, C::Shame])) {
        return Some(Event::MemberLeft);
    }
    let follows = has(C::Follow) || has(C::Follower) || own.has(C::Follow) && has(C::Follower);
    if own.has(C::Follow) && has(C::New) && has(C::Everyone) {
        return Some(Event::Followed);
    }
    if follows && (has(C::New) || has(C::Trigger) || has(C::Delay) || has(C::Thank) || has(C::Greet)) {
        return Some(Event::Followed);
    }
    if phrase.any(&[
        C::Reply,
        C::Say,
        C::Forward,
        C::Ignore,
        C::Archive,
        C::Like,
        C::Closed,
        C::Remove,
        C::Review,
    ]) && let Some(event) = inbound(phrase, Some(at))
    {
        return Some(event);
    }
    None
}
