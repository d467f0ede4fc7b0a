//! A look at the bytes of a file before it is parsed: most files hold no word that could be a bot's verb, at least
//! not where a key or a short value stands. Errs on the side of parsing; the vocabulary decides afterwards.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// How a stem must stand in its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// Anywhere: the stem is rare enough, and words may be written together.
    Anywhere,
    /// At the beginning or the end of a word: `admin` holds no `dm`.
    Edge,
    /// A whole word, or its plural: `start` is no `star`.
    Whole,
    /// Anywhere, but only next to the name of a platform on which it is a verb.
    OnPlatform,
}

/// Beginnings of the words by which the vocabulary names verbs; a test compares them with it.
const STEMS: &[(&str, Stand)] = &[
    ("follow", Stand::Anywhere),
    ("like", Stand::Edge),
    ("liking", Stand::Edge),
    ("fav", Stand::Edge),
    ("heart", Stand::Edge),
    ("story", Stand::Edge),
    ("stories", Stand::Edge),
    ("tweet", Stand::Anywhere),
    ("toot", Stand::Edge),
    ("skeet", Stand::Edge),
    ("repost", Stand::Anywhere),
    ("reblog", Stand::Anywhere),
    ("reshare", Stand::Anywhere),
    ("boost", Stand::Edge),
    ("rt", Stand::Whole),
    ("quote", Stand::Edge),
    ("dm", Stand::Edge),
    ("pm", Stand::Whole),
    ("message", Stand::Anywhere),
    ("msg", Stand::Edge),
    ("inmail", Stand::Anywhere),
    ("repl", Stand::Edge),
    ("respon", Stand::Edge),
    ("comment", Stand::Edge),
    ("invit", Stand::Anywhere),
    ("block", Stand::Edge),
    ("star", Stand::Whole),
    ("starring", Stand::Whole),
    ("vote", Stand::Edge),
    ("post", Stand::Edge),
    ("publish", Stand::Edge),
    ("status", Stand::Whole),
    ("subscribe", Stand::Edge),
    ("connect", Stand::OnPlatform),
    ("note", Stand::OnPlatform),
    ("friend", Stand::OnPlatform),
    ("endorse", Stand::OnPlatform),
    ("member", Stand::OnPlatform),
    ("user", Stand::OnPlatform),
    ("scrape", Stand::OnPlatform),
];

/// Platforms that have verbs of their own.
const PLATFORMS: &[&str] = &[
    "linkedin",
    "telegram",
    "telethon",
    "pyrogram",
    "api_hash",
    "apihash",
    "facebook",
    "vkontakte",
    "vk_",
    "vk:",
    "[vk",
    "\"vk",
    "fb_",
    "fb:",
    "[fb",
    "tg_",
    "tg:",
    "[tg",
];

/// Values longer than this are sentences or data.
const LONGEST_VALUE: usize = 40;
const MOST_WORDS: usize = 4;

/// Whether a text holds a word that may be a bot's verb, where such a word would have to stand.
pub(super) fn names_a_verb(text: &str) -> bool {
    let Some(stems) = automaton() else { return true };
    let bytes = text.as_bytes();
    let mut on_platform = None;
    stems.find_overlapping_iter(bytes).any(|found| {
        let Some((_, stand)) = STEMS.get(found.pattern().as_usize()) else { return true };
        let word = Word { bytes, start: found.start(), end: found.end() };
        match stand {
            Stand::Anywhere => {}
            Stand::Edge if word.begins() || word.ends() => {}
            Stand::Whole if word.begins() && word.ends() => {}
            Stand::OnPlatform if *on_platform.get_or_insert_with(|| names_a_platform(bytes)) => {}
            _ => return false,
        }
        word.is_key() || word.begins() && word.ends() && word.is_short_value()
    })
}

/// What a file is whose outermost lines show that it is of another kind.
pub(super) fn other_kind(text: &str) -> Option<&'static str> {
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
    (has_line("jobs:") && has_line("on:")).then_some("a workflow of GitHub Actions")
}

fn automaton() -> Option<&'static AhoCorasick> {
    static STEMS_FOUND: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let stems = || STEMS.iter().map(|(stem, _)| stem);
    STEMS_FOUND
        .get_or_init(|| {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .kind(Some(AhoCorasickKind::DFA))
                .build(stems())
                .ok()
        })
        .as_ref()
}

fn names_a_platform(bytes: &[u8]) -> bool {
    let platforms = AhoCorasick::builder().ascii_case_insensitive(true).build(PLATFORMS);
    platforms.is_ok_and(|platforms| platforms.is_match(bytes))
}

/// A stem in its surroundings.
struct Word<'b> {
    bytes: &'b [u8],
    start: usize,
    end: usize,
}

impl Word<'_> {
    fn at(&self, position: usize) -> u8 {
        self.bytes.get(position).copied().unwrap_or(b'\n')
    }

    fn before(&self) -> u8 {
        self.start.checked_sub(1).map_or(b'\n', |position| self.at(position))
    }

    /// Whether a word begins here, also in the middle of `autoLike`.
    fn begins(&self) -> bool {
        let (before, first) = (self.before(), self.at(self.start));
        !before.is_ascii_alphabetic() || before.is_ascii_lowercase() && first.is_ascii_uppercase()
    }

    /// Whether a word ends here, but for an ending of grammar.
    fn ends(&self) -> bool {
        let rest = self.bytes.get(self.end..).unwrap_or_default();
        let last = self.at(self.end.saturating_sub(1));
        let length = rest
            .iter()
            .take(6)
            .take_while(|byte| {
                byte.is_ascii_alphabetic() && !(byte.is_ascii_uppercase() && last.is_ascii_lowercase())
            })
            .count();
        let ending = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
        matches!(
            ending.as_slice(),
            b"" | b"s"
                | b"d"
                | b"ed"
                | b"es"
                | b"r"
                | b"er"
                | b"ers"
                | b"rs"
                | b"ing"
                | b"y"
                | b"ies"
                | b"ying"
                | b"e"
                | b"se"
                | b"ses"
                | b"nd"
                | b"nse"
                | b"nder"
                | b"der"
                | b"ders"
                | b"ied"
        )
    }

    /// Whether it is part of a key: `…: ` or `… =` follows, with nothing between but what keys are made of.
    fn is_key(&self) -> bool {
        let rest = self.bytes.get(self.end..).unwrap_or_default();
        let of_key =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' ' | b'/');
        let length = rest.iter().take(80).take_while(|byte| of_key(byte)).count();
        let rest = rest.get(length..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let next = rest.iter().take(8).find(|byte| !matches!(byte, b' ' | b'\t'));
        matches!(next, Some(b':' | b'='))
    }

    /// Whether it stands in a short value or item, as the name of a mode would.
    fn is_short_value(&self) -> bool {
        let is_limit = |byte: &u8| {
            matches!(
                byte,
                b'\n' | b'\r' | b',' | b'[' | b']' | b'{' | b'}' | b'"' | b'\'' | b':' | b'=' | b'|' | b';'
            )
        };
        let before = self.bytes.get(..self.start).unwrap_or_default();
        let after = self.bytes.get(self.end..).unwrap_or_default();
        let left = before.iter().rev().take(LONGEST_VALUE + 1).take_while(|byte| !is_limit(byte)).count();
        let right = after.iter().take(LONGEST_VALUE + 1).take_while(|byte| !is_limit(byte)).count();
        let value = self.bytes.get(self.start - left.min(self.start)..self.end + right).unwrap_or_default();
        let words =
            value.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty() && *word != b"-");
        value.len() <= LONGEST_VALUE && words.count() <= MOST_WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::{Idea, vocabulary};
    use super::*;

    #[test]
    fn every_verb_of_the_vocabulary_is_seen_in_every_spelling() {
        let verbs = vocabulary().phrases_of(|idea| matches!(idea, Idea::Verb(_) | Idea::VerbOn(..)));
        assert!(verbs.len() > 50);
        for words in verbs {
            let camel: Vec<String> =
                words.iter().map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..])).collect();
            for key in [words.join("_"), words.join("-"), words.join("_").to_uppercase(), camel.concat()] {
                for text in [
                    format!("{key}: true\nlinkedin: 1"),
                    format!("{{\"{key}s\" : 1}}\nlinkedin"),
                    format!("{key}=1\nlinkedin"),
                ] {
                    assert!(names_a_verb(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn ordinary_words_and_sentences_name_no_verb() {
        for text in [
            "admin: true\nhosts: [a]\nstart: 1\nunlikely_event: 2",
            "description: whatever you may like to read, tell us in your comment",
            "connection: postgres\nmembers: 3",
            "about: this program has many friends who reply to it on most days of the week",
        ] {
            assert!(!names_a_verb(text), "{text}");
        }
        for text in [
            "maxfollowsperday=3",
            "autolike: 1",
            "modes: like, follow-classic",
            "tasks:\n  - dm\n",
            "DM_TEXT=x",
        ] {
            assert!(names_a_verb(text), "{text}");
        }
    }
}
