//! Secrets that are recognised without a name before them: tokens by their form, and credentials in addresses.

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::harmless::is_harmless;
use super::keys::Holds;
use super::shapes;

/// What signs in is not longer than this; so a text full of `@` is still read in one go.
const LONGEST: usize = 200;

/// `proxy.example:8080:user:password`, as lists of proxies have it.
static PROXY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?-u:\b)(?:[A-Za-z0-9_-]+\.)+[A-Za-z0-9_-]+:[0-9]{2,5}:([!-~&&[^:@"',/]]+:[!-~&&[^:@"',/]]+)"#,
    )
    .ok()
});

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    shapes::find(text, found);
    let mut signs = memchr::memchr_iter(b'@', text.as_bytes()).peekable();
    while let Some(at) = signs.next() {
        // Of several in one word the last stands before the host.
        let between = signs.peek().and_then(|next| text.get(at + 1..*next));
        if between.is_none_or(|between| between.contains(ends_word) || between.contains("://")) {
            found.extend(before_at(text, at));
        }
    }
    if !has_port_within(text) {
        return;
    }
    if let Some(proxy) = PROXY.as_ref() {
        for hit in proxy.captures_iter(text).filter_map(|hit| hit.get(1)) {
            found.push(Found { start: hit.start(), end: hit.end(), telling: true });
        }
    }
}

/// Whether a number stands between two colons: without one, the pattern of proxies is not even built.
fn has_port_within(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|colon| {
        let rest = bytes.get(colon + 1..).unwrap_or_default();
        let digits = rest.iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
        digits > 1 && rest.get(digits) == Some(&b':')
    })
}

fn ends_word(character: char) -> bool {
    character.is_whitespace() || matches!(character, '"' | '\'' | '`' | '<' | '>' | ',')
}

/// `user:password` of `https://user:password@host`, also without the scheme where a port follows.
fn before_at(text: &str, at: usize) -> Option<Found> {
    let host = text.get(at + 1..)?;
    if !host.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '[' | '$' | '{')) {
        return None;
    }
    let mut from = at.saturating_sub(LONGEST);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..at)?;
    let window = match window.rfind(ends_word) {
        Some(place) => window.get(place + 1..)?,
        None => window,
    };
    let (user, has_scheme) = match window.rfind("://") {
        Some(place) => (window.get(place + 3..)?, true),
        None => (window.rsplit(['=', '(']).next()?, false),
    };
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let host_end =
        host.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(host.len());
    let has_port = host
        .get(host_end..)?
        .strip_prefix(':')
        .is_some_and(|port| port.starts_with(|first: char| first.is_ascii_digit()));
    // A slash belongs to the path, unless a password stands before it: `https://town.example/@kim`.
    let is_path = user
        .split_once('/')
        .is_some_and(|(before, _)| before.split_once(':').is_none_or(|(_, port)| is_number(port)));
    let signs_in = match (has_scheme, password.is_empty()) {
        (true, false) => !is_path,
        (true, true) => !is_path && (name.len() >= 16 || name.len() >= 8 && name.contains(char::is_numeric)),
        (false, false) => has_port && !user.contains('/'),
        (false, true) => false,
    };
    let secret = if password.is_empty() { name } else { password };
    let counts = signs_in && !is_harmless(secret, Holds::Password);
    counts.then(|| Found { start: at - user.len(), end: at, telling: true })
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        let mut found = Vec::new();
        find(text, &mut found);
        found.first().and_then(|found| text.get(found.start..found.end))
    }

    #[test]
    fn what_signs_in_is_found() {
        for (text, secret) in [
            ("proxy: http://kim:hunter2@proxy.example:8080", "kim:hunter2"),
            ("https://kim:p/w:d@feed.example/rss", "kim:p/w:d"),
            ("proxy=kim:hunter2@10.0.0.1:3128", "kim:hunter2"),
            ("10.0.0.1:3128:kim:hunter2", "kim:hunter2"),
            ("https://0123456789abcdef0@git.example", "0123456789abcdef0"),
        ] {
            assert_eq!(first(text), Some(secret), "{text}");
        }
    }

    #[test]
    fn handles_and_mail_addresses_are_none() {
        for text in [
            "https://town.example/@kim",
            "https://town.example:8080/@kim",
            "ssh://git@git.example/a",
            "mailto:kim@town.example",
            "acct:kim@town.example",
            "http://${USER}:${PASS}@proxy.example",
            "@kim@town.example and kim@town.example",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
