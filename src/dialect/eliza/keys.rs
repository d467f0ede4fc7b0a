//! The settings by which an environment file is recognised, and those that hold secrets.

use crate::syntax::NodeRef;

/// Settings of which an environment file has at least two. Names that other bots use as well are not among
/// them, nor is any way to sign in.
static MARKS: &[&str] = &[
    "TWITTER_DRY_RUN",
    "TWITTER_POLL_INTERVAL",
    "TWITTER_SEARCH_ENABLE",
    "TWITTER_TARGET_USERS",
    "TWITTER_SPACES_ENABLE",
    "TWITTER_RETRY_LIMIT",
    "TWITTER_APPROVAL_ENABLED",
    "ENABLE_TWITTER_POST_GENERATION",
    "POST_INTERVAL_MIN",
    "POST_INTERVAL_MAX",
    "ENABLE_ACTION_PROCESSING",
    "MAX_ACTIONS_PROCESSING",
    "ACTION_TIMELINE_TYPE",
    "TWITTER_RANDOM_INTERACT_LIKE_CHANCE",
    "TWITTER_RANDOM_INTERACT_RETWEET_CHANCE",
    "TWITTER_POST_ENABLE",
    "TWITTER_ENABLE_POST",
    "TWITTER_ENABLE_REPLIES",
    "TWITTER_ENABLE_ACTIONS",
    "TWITTER_ENABLE_DISCOVERY",
    "TWITTER_POST_INTERVAL_MIN",
    "TWITTER_POST_INTERVAL_MAX",
    "TWITTER_MAX_FOLLOWS_PER_CYCLE",
    "INSTAGRAM_POST_INTERVAL_MIN",
    "INSTAGRAM_ENABLE_ACTION_PROCESSING",
];

/// Words of which every file of this dialect holds one.
pub(super) static HINTS: &[&str] = &[
    "TWITTER_DRY_RUN",
    "TWITTER_POLL_INTERVAL",
    "TWITTER_SEARCH_ENABLE",
    "TWITTER_TARGET_USERS",
    "TWITTER_SPACES_ENABLE",
    "TWITTER_RETRY_LIMIT",
    "TWITTER_APPROVAL_ENABLED",
    "TWITTER_POST_",
    "POST_GENERATION",
    "POST_INTERVAL_M",
    "ACTION_PROCESSING",
    "ACTIONS_PROCESSING",
    "ACTION_TIMELINE_TYPE",
    "TWITTER_RANDOM_INTERACT_",
    "TWITTER_ENABLE_",
    "TWITTER_MAX_FOLLOWS_PER_CYCLE",
    "messageExamples",
    "postExamples",
    "modelProvider",
];

/// Whether a mapping has at least two different marks.
pub(super) fn has_two_marks(document: NodeRef<'_>) -> bool {
    let mut found = document.entries().map(|entry| entry.key.text()).filter(|key| MARKS.contains(key));
    found.next().is_some_and(|first| found.any(|other| other != first))
}

/// Whether a setting of this name holds a secret.
pub(super) fn is_secret(name: &str) -> bool {
    const SECRET: &[&str] = &["PASSWORD", "TOKEN", "SECRET", "COOKIES", "CT0"];
    let upper = name.to_ascii_uppercase();
    let is_public = upper.contains("PUBLIC") || upper.contains("ADDRESS");
    let is_key = upper.ends_with("_KEY") || upper.ends_with("APIKEY");
    !is_public && (is_key || upper.split('_').any(|word| SECRET.contains(&word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_holds_a_hint() {
        for mark in MARKS {
            assert!(HINTS.iter().any(|hint| mark.contains(hint)), "{mark}");
        }
    }

    #[test]
    fn secrets_by_their_names() {
        for name in
            ["TWITTER_PASSWORD", "OPENAI_API_KEY", "DISCORD_API_TOKEN", "TWITTER_2FA_SECRET", "apiKey"]
        {
            assert!(is_secret(name), "{name}");
        }
        for name in ["TWITTER_USERNAME", "WALLET_PUBLIC_KEY", "MAX_TOKENS_PER_DAY", "POST_INTERVAL_MIN"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
