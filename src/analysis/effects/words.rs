//! The word lists of `rules/effects.toml`, read once.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::rules::{Value, embedded};

/// Whether a platform is an issue tracker.
pub(super) fn is_tracker(platform: &str) -> bool {
    static TRACKERS: OnceLock<HashSet<String>> = OnceLock::new();
    TRACKERS.get_or_init(|| list("trackers")).contains(platform)
}

/// Whether a slot whose name ends with this word is filled with a number, a date or a link.
pub(super) fn is_plain_slot(last_word: &str) -> bool {
    static PLAIN: OnceLock<HashSet<String>> = OnceLock::new();
    PLAIN.get_or_init(|| list("plain-slots")).contains(last_word)
}

/// A list of the table; a broken one is empty, which a test would notice.
fn list(name: &str) -> HashSet<String> {
    let words = embedded("effects.toml").and_then(|table| table.get("words"));
    let items = words.and_then(|words| words.get(name)).and_then(Value::items).unwrap_or(&[]);
    items.iter().filter_map(|item| Some(item.text()?.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        assert!(is_tracker("github") && !is_tracker("mastodon"));
        assert!(is_plain_slot("count") && !is_plain_slot("text"));
    }
}
