//! How platforms spell their names.

/// Names that are more than a capital letter, and places that are no platform with an account page.
const SPELLED: &[(&str, &str)] = &[
    ("bigbluebutton", "BigBlueButton"),
    ("bluesky", "Bluesky"),
    ("buymeacoffee", "Buy Me a Coffee"),
    ("devto", "DEV"),
    ("dev.to", "DEV"),
    ("email", "e-mail"),
    ("fediverse", "the Fediverse"),
    ("github", "GitHub"),
    ("gitlab", "GitLab"),
    ("hackernews", "Hacker News"),
    ("irc", "IRC"),
    ("linkedin", "LinkedIn"),
    ("msteams", "Microsoft Teams"),
    ("nextcloud", "Nextcloud"),
    ("onlyfans", "OnlyFans"),
    ("pixelfed", "Pixelfed"),
    ("producthunt", "Product Hunt"),
    ("rocketchat", "Rocket.Chat"),
    ("sms", "text messages"),
    ("soundcloud", "SoundCloud"),
    ("stackoverflow", "Stack Overflow"),
    ("tiktok", "TikTok"),
    ("vk", "VK"),
    ("wechat", "WeChat"),
    ("whatsapp", "WhatsApp"),
    ("xmpp", "XMPP"),
    ("youtube", "YouTube"),
];

/// A platform as it writes itself: `GitHub` for `github`, `Nostr` for `nostr`.
#[must_use]
pub fn platform_name(platform: &str) -> String {
    let spelled = SPELLED.iter().find(|(name, _)| *name == platform).map(|(_, name)| (*name).to_owned());
    spelled.unwrap_or_else(|| {
        let mut letters = platform.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_have_their_own_names() {
        for (platform, name) in
            [("github", "GitHub"), ("nostr", "Nostr"), ("misskey", "Misskey"), ("youtube", "YouTube")]
        {
            assert_eq!(platform_name(platform), name);
        }
        // In order, so that a second row of the same name is seen.
        assert!(SPELLED.windows(2).all(|rows| matches!(rows, [a, b] if a.0 != b.0)));
    }
}
