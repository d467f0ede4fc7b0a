//! Which people a phrase names, and where a list of them comes from.

use crate::model::{AudienceKind, ListSource};
use crate::reader::concept::Concept as C;
use crate::reader::words::Phrase;

/// The people that a phrase names.
pub(crate) fn people(phrase: &Phrase) -> Option<AudienceKind> {
    let has = |concept| phrase.has(concept);
    if has(C::Asked) {
        return Some(AudienceKind::OptInList);
    }
    if has(C::OneSided) {
        return Some(AudienceKind::NonFollowers);
    }
    // `everyone_followed_today`: whom it followed itself.
    if phrase.word("followed") && has(C::Follow) && phrase.any(&[C::Everyone, C::Day, C::New, C::People]) {
        return Some(AudienceKind::FollowedByTool);
    }
    if has(C::Follower) && has(C::Idle) || has(C::Member) && has(C::Idle) {
        return Some(AudienceKind::NonResponders);
    }
    let followers = phrase.words.iter().filter(|word| word.concepts.has(C::Follower)).count();
    let others =
        has(C::Rival) || phrase.pair(C::Follower, C::Source) || phrase.word("their") || phrase.word("second");
    let follow_others = has(C::Follow) && has(C::People) && !has(C::New) && phrase.words.len() >= 4;
    if followers >= 2
        || follow_others
        || has(C::Follower) && others
        || has(C::Follow) && has(C::People) && phrase.word("stage1")
    {
        return Some(AudienceKind::FollowersOf);
    }
    // `subscribers_of_kim`: on many platforms whoever follows is called so.
    if phrase.pair(C::Subscriber, C::Source) {
        return Some(AudienceKind::FollowersOf);
    }
    if has(C::Following) && (others || phrase.pair(C::Following, C::Source)) {
        return Some(AudienceKind::FollowingOf);
    }
    [
        (C::Engager, AudienceKind::EngagersOf),
        (C::Rival, AudienceKind::FollowersOf),
        (C::Leaver, AudienceKind::List),
        (C::Subscriber, AudienceKind::OptInList),
        (C::Subscribe, AudienceKind::OptInList),
        (C::Customer, AudienceKind::List),
        (C::Acquaintance, AudienceKind::Contacts),
        (C::Follower, AudienceKind::OwnFollowers),
        (C::Following, AudienceKind::OwnFollowing),
        (C::Member, AudienceKind::Members),
        (C::Lead, AudienceKind::List),
        (C::Stranger, AudienceKind::Random),
        (C::Operator, AudienceKind::Operator),
        (C::Keyword, AudienceKind::Search),
    ]
    .into_iter()
    .find(|(concept, _)| has(*concept))
    .map(|(_, kind)| kind)
    .or_else(|| (has(C::Idle)).then_some(AudienceKind::NonResponders))
}

/// How words for what somebody paid for begin, in the languages of the lexicon.
const BOUGHT: [&str; 17] = [
    "bought",
    "purchased",
    "gekauft",
    "eingekauft",
    "zugekauft",
    "zukauf",
    "comprad",
    "achete",
    "acheté",
    "acquistat",
    "comprat",
    "gekocht",
    "aangekocht",
    "купленн",
    "satin al",
    "satinal",
    "購入",
];

/// Where a list of people comes from, as the words tell.
pub(crate) fn list_source(phrase: &Phrase) -> Option<ListSource> {
    // `people who bought from us` are customers; a list that was bought is none.
    let buyers = phrase.word("who") || phrase.word("us") || phrase.word("before") || phrase.word("people");
    let bought = phrase
        .words
        .iter()
        .any(|word| BOUGHT.iter().any(|start| word.text.to_lowercase().starts_with(start)));
    if bought && !buyers || phrase.word("apollo") {
        return Some(ListSource::Bought);
    }
    if phrase.has(C::Customer) && !phrase.has(C::Collect) {
        return Some(ListSource::Customers);
    }
    if phrase.has(C::Collect) && !phrase.has(C::Asked) {
        return Some(ListSource::Scraped);
    }
    None
}
