//! What words say of own accounts and of what they do for each other.

use crate::model::Verb;
use crate::reader::concept::Concept as C;
use crate::reader::sense::Deed;
use crate::reader::walk::catalogue::ACCOUNTS;
use crate::reader::words::Phrase;

/// As many words as a key with an act has.
pub(super) const MOST_WORDS: usize = 6;

/// Which act of carrying a phrase names.
pub(super) fn carrying(phrase: &Phrase) -> Option<Deed> {
    if phrase.any(&[C::Max, C::Min, C::Per, C::Delay]) && phrase.words.len() > 2 {
        return None;
    }
    let pairs = [
        (C::Repost, Deed::Verb(Verb::Repost)),
        (C::Forward, Deed::Verb(Verb::Repost)),
        (C::Mirror, Deed::Mirror),
        (C::Quote, Deed::Verb(Verb::Quote)),
        (C::Like, Deed::Verb(Verb::Like)),
        (C::Vote, Deed::Verb(Verb::Vote)),
        (C::React, Deed::Verb(Verb::React)),
        (C::Comment, Deed::Verb(Verb::Comment)),
    ];
    if phrase.word("same") && phrase.any(&[C::Text, C::Message, C::Post]) {
        return Some(Deed::Mirror);
    }
    pairs.into_iter().find(|(concept, _)| phrase.has(*concept)).map(|(_, deed)| deed)
}

/// Whether words say whose accounts they are: `our_pages`, `sisters`, `second_accounts`.
pub(super) fn is_ours(phrase: &Phrase) -> bool {
    let people = || phrase.any(&[C::People, C::Follower, C::Member, C::Customer, C::Engager]);
    phrase.has(C::Sister)
        || phrase.word("ours")
        || ["our", "own", "mine"].iter().any(|word| phrase.word(word)) && names_accounts(phrase)
        || phrase.word("fake") && (people() || names_accounts(phrase))
}

/// Whether words say by whom something is done: `with`, `by`, `as`, `boosts_from`.
pub(super) fn acts_with(phrase: &Phrase) -> bool {
    // Words so short are no part of the lexicon, where they would cut others.
    const BY: [&str; 13] =
        ["with", "by", "as", "via", "using", "mit", "avec", "con", "com", "met", "als", "como", "come"];
    let by = BY.iter().any(|word| phrase.word(word));
    by && !phrase.word("read by") && !phrase.word("answered by")
        || phrase.words.len() >= 2
            && phrase.words.last().is_some_and(|word| word.text == "from")
            && carrying(phrase).is_some()
}

/// Whether words mean the other accounts: `others`, `the two others`, `die anderen`.
pub(super) fn is_others(phrase: &Phrase) -> bool {
    ["others", "other"].iter().any(|word| phrase.word(word))
}

/// Whether a denial stands before what is done: "neither likes nor boosts".
pub(super) fn refuses(said: &Phrase) -> bool {
    let denies = said.words.iter().position(|word| {
        word.concepts.has(C::Not) || matches!(word.text.as_str(), "neither" | "nor" | "never")
    });
    let acts = said.words.iter().position(|word| {
        word.concepts.has(C::Repost) || word.concepts.has(C::Like) || word.concepts.has(C::Forward)
    });
    denies.is_some_and(|denies| acts.is_none_or(|acts| denies < acts))
}

/// Whether words mean accounts: `accounts`, `pages`, `profiles`.
pub(super) fn names_accounts(phrase: &Phrase) -> bool {
    phrase.words.iter().any(|word| ACCOUNTS.contains(&word.text.as_str()))
        || ["account", "handle", "login", "handles", "logins"].iter().any(|word| phrase.word(word))
}

/// Whether words say that several do something for each other.
pub(super) fn is_mutual(phrase: &Phrase) -> bool {
    phrase.has(C::Mutual)
        || ["each other", "one another", "mutually", "cross", "all to all"]
            .iter()
            .any(|word| phrase.word(word))
        || phrase.words.len() <= MOST_WORDS
            && phrase.words.first().is_some_and(|word| matches!(word.text.as_str(), "each" | "every"))
            && carrying(phrase).is_some()
}

/// Whether a text can be the name of an account.
pub(super) fn is_handle(text: &str) -> bool {
    let name = text.trim().trim_start_matches('@');
    !name.is_empty()
        && name.len() <= 60
        && !name.contains([' ', '/', ':', '{', '#', '*'])
        && name.chars().any(char::is_alphabetic)
        && crate::dialect::flag_of(name).is_none()
        && !crate::reader::roles::audience::is_file(name)
}

/// A name as it is compared.
pub(super) fn plain(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase()
}
