//! Tokens that are recognised by their form: platforms give them a beginning of their own, so that people and programs
//! know them wherever they stand.

use std::sync::LazyLock;

use regex::Regex;

use super::Found;

/// Who gives out a token, and how it looks.
const SHAPES: &[(&str, &str)] = &[
    ("GitHub", r"gh[pousr]_[A-Za-z0-9]{16,}"),
    ("GitHub, fine-grained", r"github_pat_[A-Za-z0-9_]{20,}"),
    ("GitLab", r"gl[a-z]{2,5}-[A-Za-z0-9_.-]{16,}"),
    ("Slack", r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}"),
    ("Slack app", r"xapp-[A-Za-z0-9-]{10,}"),
    ("Slack webhook", r"https://hooks\.slack\.com/[a-z]+/[A-Za-z0-9/_-]{16,}"),
    (
        "Discord webhook",
        r"https://(?:[a-z]+\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[A-Za-z0-9/_-]{16,}",
    ),
    ("Discord", r"[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{5,7}\.[A-Za-z0-9_-]{25,}"),
    ("Teams webhook", r"https://[A-Za-z0-9.-]+\.webhook\.office\.com/[A-Za-z0-9@/_-]{16,}"),
    ("Telegram", r"(?:bot)?[0-9]{6,12}:[A-Za-z0-9_-]{30,}"),
    ("Matrix", r"syt_[A-Za-z0-9_+/=-]{16,}"),
    ("AWS", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}"),
    ("Google API", r"AIza[A-Za-z0-9_-]{30,}"),
    ("Google OAuth", r"(?:ya29\.|GOCSPX-)[A-Za-z0-9_-]{20,}"),
    ("OpenAI, Anthropic and others", r"sk-[A-Za-z0-9_-]{16,}"),
    ("Stripe", r"(?:sk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,}"),
    ("Hugging Face", r"hf_[A-Za-z0-9]{16,}"),
    ("npm", r"npm_[A-Za-z0-9]{16,}"),
    ("PyPI", r"pypi-[A-Za-z0-9_-]{20,}"),
    ("Docker", r"dckr_pat_[A-Za-z0-9_-]{16,}"),
    ("DigitalOcean", r"do[opr]_v1_[a-f0-9]{20,}"),
    ("SendGrid", r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    ("Mailgun", r"key-[0-9a-f]{32}"),
    ("Twilio", r"[AS][CK][0-9a-f]{32}"),
    ("Twitter bearer", r"A{10,}[A-Za-z0-9%]{30,}"),
    ("Twitch", r"oauth:[a-z0-9]{30,}"),
    ("Facebook", r"EAA[A-Za-z0-9]{30,}"),
    ("Instagram", r"IG[A-Z]{2}[A-Za-z0-9_-]{40,}"),
    ("Shopify", r"shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{20,}"),
    ("Notion", r"(?:secret|ntn)_[A-Za-z0-9]{30,}"),
    ("Linear", r"lin_api_[A-Za-z0-9]{20,}"),
    ("Grafana", r"gl(?:sa|c)_[A-Za-z0-9_]{20,}"),
    ("age", r"AGE-SECRET-KEY-1[A-Z0-9]{20,}"),
    ("JSON Web Token", r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_=-]{4,}(?:\.[A-Za-z0-9_.+/=-]*)?"),
    ("HTTP header", r"(?i:bearer|basic)[ \t]+[A-Za-z0-9._~+/=-]{12,}"),
    ("Bluesky app password", r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}"),
];

/// Behind an escape such as `\n` a token begins in the middle of a word.
static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let shapes: Vec<&str> = SHAPES.iter().map(|(_, shape)| *shape).collect();
    let boundary = r"(?:\\[nrt]|(?-u:\b)|(?m:^)|--)";
    Regex::new(&format!(r"{boundary}(?:{})", shapes.join("|"))).ok()
});

/// Every token in a text.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    private_keys(text, found);
    if !may_hold_token(text) {
        return;
    }
    let Some(token) = TOKEN.as_ref() else { return };
    for hit in token.find_iter(text) {
        if is_real(hit.as_str()) {
            found.push(Found { start: hit.start(), end: hit.end(), telling: true });
        }
    }
}

/// Whether some word is as long and as random as the shortest token: without one, the patterns are not even built.
fn may_hold_token(text: &str) -> bool {
    const SHORTEST: usize = 12;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.~+/=:%".contains(byte);
    text.as_bytes().split(|byte| !is_part(byte)).any(|word| {
        let count = |wanted: fn(&u8) -> bool| word.iter().filter(|byte| wanted(byte)).count();
        word.len() >= SHORTEST && (count(u8::is_ascii_digit) > 0 || count(u8::is_ascii_uppercase) > 3)
    })
}

/// Private keys, from their first line to their last, or to the end of the text.
fn private_keys(text: &str, found: &mut Vec<Found>) {
    let mut from = 0;
    while let Some(begin) = text.get(from..).and_then(|rest| rest.find("-----BEGIN ")).map(|at| from + at) {
        let rest = text.get(begin..).unwrap_or_default();
        let head =
            rest.get("-----BEGIN ".len()..).unwrap_or_default().split("-----").next().unwrap_or_default();
        from = begin + 1;
        if head.len() < 40 && head.contains("PRIVATE KEY") {
            let end = rest.find("-----END").map_or(text.len(), |end| begin + end);
            found.push(Found { start: begin, end, telling: false });
            from = end.max(from);
        }
    }
}

/// Whether a value as a whole is a token.
#[must_use]
pub(crate) fn is_token(value: &str) -> bool {
    let whole = |token: &Regex| token.find(value).is_some_and(|hit| hit.len() == value.len());
    may_hold_token(value)
        && !value.contains(char::is_whitespace)
        && is_real(value)
        && TOKEN.as_ref().is_some_and(whole)
}

/// Words and patterns to be filled in have the form, too, but neither digits nor anything else that chance gives.
fn is_real(token: &str) -> bool {
    let random = token.bytes().any(|byte| byte.is_ascii_digit())
        || token.bytes().filter(u8::is_ascii_uppercase).count() > 3;
    random && !is_filler(token)
}

/// One character over and over behind the beginning: `ghp_xxxx`.
fn is_filler(token: &str) -> bool {
    let tail: Vec<char> = token.chars().rev().take(8).filter(|c| c.is_alphanumeric()).collect();
    tail.first().is_none_or(|first| tail.iter().all(|other| other.eq_ignore_ascii_case(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_a_pattern() {
        for (whose, shape) in SHAPES {
            assert!(Regex::new(shape).is_ok(), "{whose}");
        }
        assert!(TOKEN.is_some());
    }

    #[test]
    fn words_are_no_tokens() {
        for text in [
            "a task-list-for-moderators, basic understanding of things",
            "sees more-than-four-word names",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sk-learn-for-everybody-out-there",
            "https://example.org/a-b-c-d",
        ] {
            let mut found = Vec::new();
            find(text, &mut found);
            assert_eq!(found, [], "{text}");
        }
    }

    #[test]
    fn private_keys_are_found_whole() {
        let text = "a -----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY----- b -----BEGIN PRIVATE KEY-----\nx";
        let mut found = Vec::new();
        find(text, &mut found);
        let keys: Vec<&str> = found.iter().filter_map(|found| text.get(found.start..found.end)).collect();
        assert_eq!(keys.len(), 2, "{keys:?}");
        assert!(keys[0].ends_with("abc\n") && keys[1].ends_with("\nx"), "{keys:?}");
    }
}
