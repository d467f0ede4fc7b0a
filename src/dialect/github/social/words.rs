//! What names say: of scripts, subcommands, steps and jobs. Words are judged whole, never parts of them:
//! `followers` is a noun, `follow-up` is no follow, and whoever does not follow back is described, not followed.

use crate::model::{AudienceKind, Verb};

/// Something that a name says is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// What.
    pub(super) verb: Verb,
    /// To whom, where the name tells.
    pub(super) whom: Option<AudienceKind>,
}

/// Names that begin so speak of looking, building or keeping books.
const LOOKS: &[&str] = &[
    "analyse", "analyze", "backup", "badge", "build", "cache", "check", "checkout", "commit", "compile",
    "count", "create", "debug", "detect", "download", "dry", "export", "fetch", "find", "get", "graph",
    "history", "install", "lint", "list", "load", "log", "logs", "mark", "monitor", "notify", "prepare",
    "preview", "print", "push", "readme", "report", "restore", "save", "setup", "show", "simulate",
    "snapshot", "stats", "summary", "test", "tests", "track", "tracker", "update", "upload", "view", "watch",
];

/// Names that end so speak of looking as well.
const LOOKERS: &[&str] = &[
    "alert",
    "alerts",
    "analyser",
    "analyzer",
    "analysis",
    "badge",
    "checker",
    "dashboard",
    "detector",
    "finder",
    "list",
    "log",
    "monitor",
    "notifier",
    "report",
    "scanner",
    "stats",
    "tracker",
    "watcher",
];

const UNFOLLOW: &[&str] =
    &["unfollow", "unfollows", "unfollowing", "autounfollow", "unfollowbot", "unfollower"];
const FOLLOW: &[&str] = &["follow", "autofollow", "followback", "followbacks", "followbot", "followall"];

/// What comes behind `follow` where nobody is followed: versions, links, logs, letters, and artists.
const NOT_PEOPLE: &[&str] = &[
    "artist",
    "artists",
    "branch",
    "file",
    "files",
    "latest",
    "link",
    "links",
    "log",
    "logs",
    "playlist",
    "redirect",
    "redirects",
    "release",
    "releases",
    "symlink",
    "symlinks",
    "tag",
    "tags",
    "through",
    "up",
    "update",
    "updates",
    "ups",
    "upstream",
    "version",
    "versions",
];

const NOT: &[&str] =
    &["arent", "didnt", "doesnt", "dont", "havent", "isnt", "never", "no", "non", "not", "wont", "without"];
const WHO: &[&str] = &["that", "which", "who", "whoever", "whom", "whose"];
const NON_FOLLOWERS: &[&str] = &[
    "nonfollower",
    "nonfollowers",
    "nonmutual",
    "nonmutuals",
    "nonfollowbacks",
    "unfollowers",
    "unreciprocated",
];

/// Words that say whom a follow goes to.
const WHOM: &[(&str, AudienceKind)] = &[
    ("back", AudienceKind::OwnFollowers),
    ("followback", AudienceKind::OwnFollowers),
    ("followbacks", AudienceKind::OwnFollowers),
    ("followers", AudienceKind::OwnFollowers),
    ("mutual", AudienceKind::OwnFollowers),
    ("mutuals", AudienceKind::OwnFollowers),
    ("commenters", AudienceKind::EngagersOf),
    ("likers", AudienceKind::EngagersOf),
    ("stargazers", AudienceKind::EngagersOf),
    ("hashtag", AudienceKind::Search),
    ("hashtags", AudienceKind::Search),
    ("keyword", AudienceKind::Search),
    ("keywords", AudienceKind::Search),
    ("search", AudienceKind::Search),
    ("strangers", AudienceKind::Search),
    ("trending", AudienceKind::Search),
    ("random", AudienceKind::Random),
];

/// Places to post to, as names call them.
const PLACES: &[&str] = &[
    "bluesky",
    "bsky",
    "facebook",
    "fediverse",
    "instagram",
    "linkedin",
    "mastodon",
    "reddit",
    "twitter",
    "x",
];

/// Words that are an act by themselves.
const ACTS: &[(&str, Verb)] = &[
    ("autotweet", Verb::Post),
    ("skeet", Verb::Post),
    ("toot", Verb::Post),
    ("tooter", Verb::Post),
    ("tweet", Verb::Post),
    ("tweeter", Verb::Post),
    ("autoretweet", Verb::Repost),
    ("reblog", Verb::Repost),
    ("retweet", Verb::Repost),
    ("autolike", Verb::Like),
    ("autodm", Verb::Dm),
    ("autostar", Verb::Star),
];

/// Words that are an act in front of these.
const ACTS_ON: &[(&[&str], &[&str], Verb)] = &[
    (&["like", "favorite", "favourite"], &["photos", "posts", "tweets", "toots"], Verb::Like),
    (&["star", "stars", "starring"], &["repo", "repos", "repositories", "projects"], Verb::Star),
    (&["auto", "mass", "bulk"], &["star", "stars", "starring"], Verb::Star),
    (&["star"], &["back", "boost", "bot", "booster", "grow", "growth", "grower"], Verb::Star),
    (&["auto", "send", "welcome"], &["dm", "dms"], Verb::Dm),
];

/// The words of a name, in lower case: parted by signs, capitals and digits.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars().filter(|letter| !matches!(letter, '\'' | '’')) {
        let parts = !letter.is_alphanumeric()
            || (before.is_lowercase() && letter.is_uppercase())
            || (before.is_ascii_digit() != letter.is_ascii_digit() && before.is_alphanumeric());
        if parts {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(last) = words.last_mut()
        {
            last.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words.into_iter().flat_map(taken_apart).collect()
}

/// Pieces of names that run words together: `autostargrow`, `massfollowbot`.
const PIECES: &[&str] = &[
    "auto", "back", "boost", "booster", "bot", "bulk", "dm", "farm", "follow", "git", "github", "grow",
    "growth", "grower", "hub", "insta", "like", "liker", "likes", "mass", "repo", "repos", "smart", "star",
    "stars", "super", "tweet", "twitter", "unfollow", "user", "users",
];

/// The pieces of a word that is put together of an act and other known pieces; the word itself where it is not, or
/// where it is known as it stands.
fn taken_apart(word: String) -> Vec<String> {
    let is_known = [FOLLOW, UNFOLLOW, NON_FOLLOWERS].iter().any(|list| list.contains(&word.as_str()))
        || ACTS.iter().any(|(act, _)| *act == word)
        || WHOM.iter().any(|(whom, _)| *whom == word)
        || PLACES.contains(&word.as_str());
    if is_known || word.len() > 40 {
        return vec![word];
    }
    let mut pieces: Vec<String> = Vec::new();
    let mut rest = word.as_str();
    while !rest.is_empty() {
        let longest = PIECES.iter().filter(|piece| rest.starts_with(**piece)).max_by_key(|piece| piece.len());
        let Some(piece) = longest else { return vec![word] };
        pieces.push((*piece).to_owned());
        rest = rest.get(piece.len()..).unwrap_or("");
    }
    let acts = ["follow", "unfollow", "star", "stars", "like", "tweet", "dm"];
    if pieces.len() > 1 && any_of(&pieces, &acts) { pieces } else { vec![word] }
}

/// Whether one of the words is in a list.
pub(super) fn any_of(words: &[String], list: &[&str]) -> bool {
    words.iter().any(|word| list.contains(&word.as_str()))
}

/// Whether a name speaks of looking, building or keeping books, and of nothing else.
pub(super) fn looks(name: &str) -> bool {
    let words = words(name);
    let is = |word: Option<&String>, list: &[&str]| word.is_some_and(|word| list.contains(&word.as_str()));
    looks_by_trade(name) || (is(words.first(), LOOKS) && !any_of(&words, &["and", "then"]))
}

/// Whether a name is that of something that looks: `unfollow tracker`.
pub(super) fn looks_by_trade(name: &str) -> bool {
    words(name).last().is_some_and(|last| LOOKERS.contains(&last.as_str()))
}

/// What a name says is done. Names that speak of looking say nothing.
pub(super) fn said(name: &str) -> Vec<Said> {
    let words = words(name);
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(&word.as_str()));
    if looks(name) {
        return Vec::new();
    }
    // "Check and unfollow" does more than looking.
    let and = words.iter().position(|word| word == "and" || word == "then");
    let first = if is(0, LOOKS) { and.map_or(0, |at| at + 1) } else { 0 };
    let mut said = People::read(words.get(first..).unwrap_or_default()).said();
    for at in first..words.len() {
        let acts = ACTS.iter().filter(|(word, _)| is(at, &[word])).map(|(_, verb)| *verb);
        let on = ACTS_ON.iter().filter(|(first, next, _)| is(at, first) && is(at + 1, next)).map(|row| row.2);
        for verb in acts.chain(on) {
            if said.iter().all(|known| known.verb != verb) {
                said.push(Said { verb, whom: None });
            }
        }
    }
    let posts = any_of(&words, &["announce", "crosspost", "post", "poster", "posting", "publish", "share"]);
    if posts && any_of(&words, PLACES) && said.iter().all(|said| said.verb != Verb::Post) {
        said.push(Said { verb: Verb::Post, whom: None });
    }
    said
}

/// What a name says about following.
#[derive(Default)]
struct People {
    follows: bool,
    unfollows: bool,
    /// Speaks of people who do not follow back.
    non_followers: bool,
    /// Speaks of people by saying that they follow.
    followers: bool,
    whom: Option<AudienceKind>,
}

impl People {
    fn read(words: &[String]) -> Self {
        let mut people = Self::default();
        let (mut negated, mut describes) = (false, false);
        for (at, word) in words.iter().enumerate() {
            let word = word.as_str();
            let next = words.get(at + 1).map_or("", String::as_str);
            negated |= NOT.contains(&word);
            describes |= WHO.contains(&word);
            if NON_FOLLOWERS.contains(&word) || (negated && matches!(word, "mutual" | "mutuals")) {
                people.non_followers = true;
            } else if UNFOLLOW.contains(&word) {
                people.unfollows = true;
                (negated, describes) = (false, false);
            } else if word.starts_with("follow") && negated {
                people.non_followers = true;
                negated = false;
            } else if word.starts_with("follow") && describes {
                people.followers = true;
            } else if FOLLOW.contains(&word) && !NOT_PEOPLE.contains(&next) {
                people.follows = true;
            }
            if !negated {
                people.whom = people.whom.or(whom(word, next));
            }
        }
        people
    }

    fn said(&self) -> Vec<Said> {
        let mut said = Vec::new();
        if self.follows {
            let described = self.followers.then_some(AudienceKind::OwnFollowers);
            said.push(Said { verb: Verb::Follow, whom: described.or(self.whom) });
        }
        if self.unfollows {
            let whom = self.non_followers.then_some(AudienceKind::NonFollowers);
            said.push(Said { verb: Verb::Unfollow, whom });
        }
        said
    }
}

fn whom(word: &str, next: &str) -> Option<AudienceKind> {
    match (word, next) {
        ("followers", "of" | "from") => Some(AudienceKind::FollowersOf),
        ("following" | "followings" | "followees", "of") => Some(AudienceKind::FollowingOf),
        _ => WHOM.iter().find(|(known, _)| *known == word).map(|(_, whom)| *whom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_words(name: &str) -> String {
        let parts = said(name).into_iter().map(|said| match said.whom {
            Some(whom) => format!("{} {whom}", said.verb),
            None => said.verb.to_string(),
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn names_say_what_is_done() {
        for (name, expected) in [
            ("follow.py", "follow"),
            ("Auto Follow Back", "follow own-followers"),
            ("autoFollowBack", "follow own-followers"),
            ("followback_bot", "follow own-followers"),
            ("Follow everyone who follows us", "follow own-followers"),
            ("follow-followers-of", "follow followers-of"),
            ("follow_stargazers", "follow stargazers"),
            ("unfollow_non_followers.py", "unfollow non-followers"),
            ("Unfollow users who don't follow back", "unfollow non-followers"),
            ("unfollow those not following back", "unfollow non-followers"),
            ("follow_unfollow", "follow, unfollow"),
            ("check and unfollow", "unfollow"),
            ("tweet", "post"),
            ("Post to Mastodon", "post"),
            ("autoStar", "star"),
            ("autostargrow", "star"),
            ("massfollowbot", "follow"),
            ("githubunfollow.py", "unfollow"),
            ("stargrow (stars repositories of new users)", "star"),
            ("star repos", "star"),
        ] {
            let expected = expected.replace("stargazers", "engagers-of");
            assert_eq!(in_words(name), expected, "{name}");
        }
    }

    #[test]
    fn looking_and_other_follows_say_nothing() {
        for name in [
            "followers",
            "count-followers",
            "Find users to unfollow",
            "update follow log",
            "follow-up",
            "follow latest release",
            "auto follow artists",
            "list who unfollowed",
            "no-follow-back",
            "get_following",
            "post-build",
            "unfollow-checker",
        ] {
            assert_eq!(in_words(name), "", "{name}");
        }
    }
}
