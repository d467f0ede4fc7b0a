//! A look at the bytes of a file that a search found, before it is parsed: a bot's file names its platform, and most
//! files name none. Errs on the side of parsing.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::OnceLock;

/// Words by which files name a platform of people; a test compares them with the idioms.
const PLATFORMS: &[&str] = &[
    "instagram",
    "ig_",
    "ig:",
    "insta",
    "twitter",
    "tweet",
    "tweep",
    "x_",
    "linkedin",
    "li_at",
    "facebook",
    "fb_",
    "fb:",
    "[fb",
    "\"fb",
    "tiktok",
    "tt_",
    "threads_net",
    "thread_net",
    "pinterest",
    "mastodon",
    "toot",
    "fedi",
    "pleroma",
    "misskey",
    "firefish",
    "sharkey",
    "calckey",
    "iceshrimp",
    "akkoma",
    "gotosocial",
    "firefish",
    "sharkey",
    "bluesky",
    "bsky",
    "atproto",
    "skeet",
    "nostr",
    "nsec",
    "reddit",
    "youtube",
    "yt_",
    "tumblr",
    "github",
    "gh_",
    "vkontakte",
    "vk_",
    "vk:",
    "[vk",
    "\"vk",
    "discord",
    "guild",
    "telegram",
    "tg_",
    "tg:",
    "[tg",
    "\"tg",
    "telethon",
    "pyrogram",
    "api_hash",
    "apihash",
    "slack",
    "matrix",
    "irc",
    "twitch",
    "lemmy",
    "signal",
    "viber",
    "whatsapp",
    "wa_",
    "\"wa\"",
    "[wa",
    "wa:",
    "smtp",
    "mailer",
    "mailgun",
    "sendgrid",
    "mailchimp",
    "platform",
    "plataforma",
    "plattform",
    "plateforme",
    "piattaforma",
    "network",
    "instance:",
    "\"instance",
    "homeserver",
    "server: http",
];

/// Why a text that a search found can be told not to be a bot's without parsing it, if it can.
pub(crate) fn refusal(text: &str) -> Option<&'static str> {
    if !platforms().is_none_or(|platforms| platforms.is_match(text)) {
        return Some("it names no platform of people");
    }
    other_kind(text)
}

pub(crate) fn platforms() -> Option<&'static AhoCorasick> {
    static FOUND: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(PLATFORMS)
                .ok()
        })
        .as_ref()
}

/// What a file is whose outermost lines show that it is of another kind.
pub(crate) fn other_kind(text: &str) -> Option<&'static str> {
    let has_line = |start: &str| {
        text.starts_with(start)
            || memchr::memmem::find(text.as_bytes(), format!("\n{start}").as_bytes()).is_some()
    };
    if has_line("apiVersion: ") && has_line("kind: ") {
        return Some("a Kubernetes manifest");
    }
    if has_line("services:") && ["    image: ", "    build: "].into_iter().any(has_line) {
        return Some("a compose file");
    }
    // Bots have jobs and handlers, too; steps and runners are those of a workflow.
    let is_workflow = has_line("jobs:")
        && has_line("on:")
        && ["\n    steps:", "\n    runs-on:", "\n    uses:"]
            .iter()
            .any(|key| memchr::memmem::find(text.as_bytes(), key.as_bytes()).is_some());
    is_workflow.then_some("a workflow of GitHub Actions")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::idioms::{Idea, vocabulary};

    #[test]
    fn every_platform_passes() {
        for words in vocabulary().phrases_of(|idea| matches!(idea, Idea::Platform(_))) {
            let text = format!("{}_token: x", words.join("_"));
            assert_eq!(refusal(&text), None, "{text}");
        }
    }

    #[test]
    fn ordinary_files_do_not() {
        for text in ["port: 80\nhost: a\n", "name: web\nreplicas: 2\n"] {
            assert!(refusal(text).is_some(), "{text}");
        }
    }
}
