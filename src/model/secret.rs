//! Secrets that stand in a configuration: what kind they seem to be, and never more than a glimpse of them.
//! The value itself is not kept, so no report can print it.

use std::borrow::Cow;

use super::Site;
use crate::mask::{self, FILLERS};

/// At most this many characters of a secret are ever kept.
const SHOWN: usize = 4;

/// A value of a key such as `password`, `token` or `secret`, without the value.
#[derive(Clone, Debug, PartialEq)]
pub struct Secret {
    /// The key under which it stands.
    pub key: String,
    /// The glimpse that may be shown: a few leading characters and an ellipsis.
    pub masked: String,
    /// What the value seems to be.
    pub kind: SecretKind,
    /// Where the value stands, exactly, so that a report can cover it.
    pub site: Site,
}

/// What the value of a secret's key seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// Something to be filled in, a reference to another place, a public key, a hash, or encrypted.
    Placeholder,
    /// A text that could be the secret itself.
    Literal,
    /// A text with the form of a known platform's token.
    Token,
}

impl Secret {
    /// A secret by its key and value, of which only a glimpse is kept; nothing where the value is blank.
    #[must_use]
    pub fn new(key: &str, value: &str, site: Site) -> Option<Self> {
        let value = value.trim();
        (!value.is_empty()).then(|| Self {
            key: key.to_owned(),
            masked: mask(value),
            kind: SecretKind::of(value),
            site,
        })
    }
}

/// A quarter of the value, at most four characters: a short password shows next to nothing.
fn mask(value: &str) -> String {
    let length = value.chars().count();
    let mut masked: String = value.chars().take((length / 4).min(SHOWN)).collect();
    masked.push('…');
    masked
}

impl SecretKind {
    /// What a value that is not blank seems to be.
    #[must_use]
    pub fn of(value: &str) -> Self {
        if is_token(value) {
            Self::Token
        } else if is_placeholder(value) {
            Self::Placeholder
        } else {
            Self::Literal
        }
    }
}

/// The text with every secret covered that is recognised by its form, for texts that are written out again.
#[must_use]
pub fn covered(text: &str) -> Cow<'_, str> {
    mask::covered(text)
}

/// Beginnings of tokens, and how long the rest is at least.
const TOKENS: &[(&str, usize)] = &[
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("github_pat_", 30),
    ("glpat-", 18),
    ("xoxb-", 20),
    ("xoxa-", 20),
    ("xoxp-", 20),
    ("xapp-", 20),
    ("sk-ant-", 20),
    ("sk_live_", 16),
    ("https://hooks.slack.com/services/", 20),
    ("https://discord.com/api/webhooks/", 20),
    ("https://discordapp.com/api/webhooks/", 20),
];

fn is_token(value: &str) -> bool {
    let rest_of = |prefix: &str| value.strip_prefix(prefix);
    let prefixed = TOKENS.iter().any(|(prefix, least)| {
        rest_of(prefix).is_some_and(|rest| rest.len() >= *least && !is_filler(rest) && !rest.contains('<'))
    });
    prefixed || is_telegram_token(value) || is_app_password(value) || mask::is_token(value)
}

/// `123456789:` and 35 characters.
fn is_telegram_token(value: &str) -> bool {
    value.split_once(':').is_some_and(|(number, rest)| {
        (8..=10).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && rest.len() == 35
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !is_filler(rest)
    })
}

/// Four groups of four lower-case letters or digits, as Bluesky gives them.
fn is_app_password(value: &str) -> bool {
    let groups: Vec<_> = value.split('-').collect();
    let plain = |group: &&str| {
        group.len() == 4 && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    groups.len() == 4 && groups.iter().all(plain) && !is_filler(value)
}

/// Beginnings of values that point elsewhere, are encrypted, or may be public.
const REFERENCES: &[&str] = &[
    "$",
    "env:",
    "env.",
    "env(",
    "!secret",
    "!vault",
    "vault:",
    "op://",
    "ssm:",
    "aws:",
    "gcp:",
    "keyring:",
    "file:",
    "/run/secrets/",
    "secrets.",
    "secret:",
    "enc[",
    "sops",
    "ssh-",
    "-----begin public",
    "sha256:",
    "sha1:",
    "md5:",
    "{{",
    "<",
    "[",
];

/// More words than [`FILLERS`] that are no secret where one is wanted.
const MORE_FILLERS: &[&str] = &["none", "null", "insert", "replace", "enter", "true", "false", "your"];

fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    let begins_as_filler = ["your", "my-", "my_", "insert", "enter", "replace", "example", "changeme"]
        .iter()
        .any(|filler| lower.starts_with(filler));
    REFERENCES.iter().any(|reference| lower.starts_with(reference))
        || FILLERS.contains(&lower.as_str())
        || MORE_FILLERS.contains(&lower.as_str())
        || begins_as_filler
        || is_filler(value)
        || is_variable(value)
        || is_slot(value)
}

/// One character over and over: `xxxx-xxxx`, `****`, `...`.
fn is_filler(value: &str) -> bool {
    let mut letters =
        value.chars().filter(|c| !matches!(c, '-' | '_' | ':' | ' ')).map(|c| c.to_ascii_lowercase());
    letters.next().is_none_or(|first| letters.all(|letter| letter == first))
}

/// A name between the marks of a template, where a deployment fills in the value: `{TOKEN}`, `%TOKEN%`, `@TOKEN@`,
/// `__TOKEN__`, `#{TOKEN}#`.
fn is_slot(value: &str) -> bool {
    const MARKS: &[(&str, &str)] = &[("#{", "}#"), ("{", "}"), ("%", "%"), ("@", "@"), ("__", "__")];
    let is_name = |name: &str| {
        let name = name.trim();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    MARKS.iter().any(|(open, close)| {
        value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(is_name)
    })
}

/// The name of an environment variable: `BOT_TOKEN`.
fn is_variable(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_uppercase())
        && value.contains('_')
        && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_glimpse_is_kept() {
        let secret = |value: &str| Secret::new("token", value, Site::default()).map(|secret| secret.masked);
        assert_eq!(secret("hunter2-real").as_deref(), Some("hun…"));
        assert_eq!(secret("abc").as_deref(), Some("…"));
        assert_eq!(secret(&"ghp_a1b2c3d4".repeat(4)).as_deref(), Some("ghp_…"));
        assert_eq!(secret("  "), None);
    }

    #[test]
    fn known_tokens() {
        let telegram = format!("123456789:{}", "AbCdE_-".repeat(5));
        let github = format!("ghp_{}", "a1B2c3".repeat(6));
        for value in [telegram.as_str(), github.as_str(), "ab12-cd34-ef56-gh78"] {
            assert_eq!(SecretKind::of(value), SecretKind::Token, "{value}");
        }
    }

    #[test]
    fn tokens_within_a_text_are_covered() {
        let token = format!("ghp_{}", "a1B2c3".repeat(6));
        assert_eq!(covered(&format!("run with {token} now")), "run with ${MASKED} now");
        assert_eq!(covered("see https://example.org/a-b-c-d"), "see https://example.org/a-b-c-d");
    }

    #[test]
    fn placeholders_are_no_secrets() {
        for value in [
            "changeme",
            "<your token>",
            "xxxx-xxxx-xxxx-xxxx",
            "your-token-here",
            "$TOKEN",
            "env:TOKEN",
            "BOT_TOKEN",
            "ENC[AES256_GCM,data:x]",
            "ssh-ed25519 AAAA",
            "sha256:9f86d081",
            "********",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ] {
            assert_ne!(SecretKind::of(value), SecretKind::Token, "{value}");
        }
        assert_eq!(SecretKind::of("hunter2-real"), SecretKind::Literal);
        for value in ["changeme", "<your token>", "env:TOKEN", "BOT_TOKEN", "ENC[AES256_GCM]", "********"] {
            assert_eq!(SecretKind::of(value), SecretKind::Placeholder, "{value}");
        }
        for value in ["{TOKEN}", "{{ token }}", "%BOT_TOKEN%", "@TOKEN@", "__TOKEN__", "#{Bot.Token}#"] {
            assert_eq!(SecretKind::of(value), SecretKind::Placeholder, "{value}");
        }
        for value in ["{a!b}", "%7f9a", "@7f9a@", "__9a", "{}x"] {
            assert_eq!(SecretKind::of(value), SecretKind::Literal, "{value}");
        }
    }
}
