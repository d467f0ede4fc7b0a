//! Published actions that post to social networks: which input holds the text, and where it goes.

use crate::dialect::github::workflow::Step;

/// A published action that posts.
pub(super) struct Poster {
    /// Its repository.
    name: &'static str,
    /// The platform.
    pub(super) platform: &'static str,
    /// The input that holds the text.
    pub(super) text: &'static str,
    /// Whether people read the text as a pull request before it is posted.
    pub(super) is_reviewed: bool,
}

const fn poster(name: &'static str, platform: &'static str, text: &'static str) -> Poster {
    Poster { name, platform, text, is_reviewed: false }
}

const fn reviewed(name: &'static str, platform: &'static str) -> Poster {
    Poster { name, platform, text: "", is_reviewed: true }
}

/// Every action that is known.
const POSTERS: &[Poster] = &[
    reviewed("twitter-together/action", "twitter"),
    reviewed("gr2m/twitter-together", "twitter"),
    reviewed("joschi/toot-together", "mastodon"),
    poster("cbrgm/mastodon-github-action", "mastodon", "message"),
    poster("rzr/fediverse-action", "mastodon", "message"),
    poster("sumit4613/post-to-mastodon", "mastodon", "message"),
    poster("jmuk/fediverse-post", "mastodon", "message"),
    poster("ethomson/send-tweet-action", "twitter", "status"),
    poster("nearform-actions/github-action-notify-twitter", "twitter", "message"),
    poster("twwd/twitter-github-action", "twitter", "tweet_body"),
    poster("myConsciousness/bluesky-post", "bluesky", "text"),
    poster("zentered/bluesky-post-action", "bluesky", "post"),
];

/// The action that a step uses, if it is one of these.
pub(super) fn poster_of(step: &Step<'_>) -> Option<&'static Poster> {
    POSTERS.iter().find(|poster| step.is_action(poster.name))
}
