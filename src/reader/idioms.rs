//! Idioms of settings (`rules/vocabulary.toml`), made ready for looking up: phrases that mean something as a whole,
//! such as switches of the whole bot, credentials, platforms. Nothing here knows a word of them; the file does.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{AudienceKind, Event, FactKind, GuardKind, LimitKind, SwitchKind, Verb};
use crate::reader::words::tokens::singular;
use crate::rules::{Value, embedded};

/// The words of a key in the singular.
pub(crate) fn words(key: &str) -> Vec<String> {
    crate::reader::words::tokens::words(key).iter().map(|word| singular(word)).collect()
}

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Idea {
    /// A verb's words with another meaning.
    Nothing,
    Verb(Verb),
    /// A verb, if the file names this platform.
    VerbOn(&'static str, Verb),
    Limit(LimitKind),
    Audience(AudienceKind),
    /// A kind of people, where it is the value of a key.
    AudienceValue(AudienceKind),
    Event(Event),
    Guard(GuardKind),
    Switch(SwitchKind),
    Fact(FactKind),
    Platform(&'static str),
    Role(Role),
}

/// Defines the roles with their names in the table.
macro_rules! roles {
    ($($variant:ident = $name:literal,)+) => {
        /// How a part of a key tells to read the value; each is explained in the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Role { $($variant,)+ }

        impl Role {
            fn parse(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

roles! {
    Enabled = "enabled", Plain = "plain", Automatic = "automatic", Negation = "negation", Filter = "filter",
    Exclude = "exclude", Unrelated = "unrelated", Cap = "cap", LowerEnd = "lower-end", Delay = "delay", Interval = "interval", After = "after",
    Chance = "chance", Times = "times", Text = "text", Modes = "modes", Model = "model",
    Schedule = "schedule", Bot = "bot", Username = "username", Password = "password", Session = "session",
    UserToken = "user-token", Secret = "secret", Handle = "handle", Placeholder = "placeholder", Machine = "machine",
    Accounts = "accounts", ProfileBot = "profile-bot", ProfileBio = "profile-bio",
    PlatformName = "platform-name", ItemVerb = "item-verb", ItemList = "item-list", EventName = "event-name",
    AudienceName = "audience-name", Thanks = "thanks",
    ProfileOperator = "profile-operator", ProfileContact = "profile-contact", Void = "void",
}

/// A phrase found in a key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) idea: Idea,
    /// Its first word, counted from the start of the key.
    pub(crate) start: usize,
    /// One past its last word.
    pub(crate) end: usize,
}

/// A key as words, with the ideas found in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key {
    pub(crate) words: Vec<String>,
    pub(crate) hits: Vec<Hit>,
}

impl Key {
    /// Whether a part of the key plays this role.
    pub(crate) fn has(&self, role: Role) -> bool {
        self.hits.iter().any(|hit| hit.idea == Idea::Role(role))
    }

    /// What the first idea that `pick` accepts stands for; of several, the one of the longest phrase.
    pub(crate) fn pick<T>(&self, pick: impl Fn(Idea) -> Option<T>) -> Option<T> {
        let found = self.hits.iter().filter_map(|hit| Some((hit.end - hit.start, pick(hit.idea)?)));
        // The first of equals: `max_by_key` would take the last.
        found.rev().max_by_key(|(length, _)| *length).map(|(_, found)| found)
    }

    /// Whether every word belongs to an idea that `accepts` takes.
    pub(crate) fn is_only(&self, accepts: impl Fn(Idea) -> bool) -> bool {
        let covers =
            |word| self.hits.iter().any(|hit| hit.start <= word && word < hit.end && accepts(hit.idea));
        !self.words.is_empty() && (0..self.words.len()).all(covers)
    }

    /// Whether the key ends with a phrase of this role.
    pub(crate) fn ends_with(&self, role: Role) -> bool {
        // `token_env`: the variable that holds it.
        let named = self.words.last().is_some_and(|word| word == "env");
        let end = self.words.len().saturating_sub(usize::from(named));
        self.hits.iter().any(|hit| hit.idea == Idea::Role(role) && hit.end == end)
    }

    /// The verb of the key: what the machine does by itself, else what a limit counts, else the first.
    /// What people do comes after words such as `on` and `per`.
    pub(crate) fn verb(&self, platforms: &[&str]) -> Option<(Verb, Hit)> {
        let verbs: Vec<(Verb, Hit)> = self
            .hits
            .iter()
            .filter_map(|hit| match hit.idea {
                Idea::Verb(verb) => Some((verb, *hit)),
                Idea::VerbOn(platform, verb) if platforms.contains(&platform) => Some((verb, *hit)),
                _ => None,
            })
            .collect();
        let before =
            |hit: &Hit| hit.start.checked_sub(1).and_then(|at| self.words.get(at)).map(String::as_str);
        let first = |hit: &Hit| self.words.get(hit.start).map(String::as_str);
        let automatic =
            verbs.iter().find(|(_, hit)| first(hit) == Some("auto") || before(hit) == Some("auto"));
        let limit = self.hits.iter().find(|hit| matches!(hit.idea, Idea::Limit(_)) && hit.start > 0);
        let counted = || {
            let limit = limit?;
            verbs.iter().rev().find(|(_, hit)| hit.end <= limit.start)
        };
        let own = |(verb, hit): &&(Verb, Hit)| *verb != Verb::Post && !before(hit).is_some_and(is_context);
        automatic
            .or_else(|| counted().filter(|(verb, _)| *verb != Verb::Post))
            .or_else(|| verbs.iter().find(own))
            .or_else(|| verbs.first())
            .copied()
    }
}

/// Whether the words after this one are a circumstance, not what is done.
fn is_context(word: &str) -> bool {
    matches!(word, "per" | "after" | "on" | "from" | "of" | "when" | "if" | "before" | "for" | "by" | "to")
}

/// The whole table.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Phrases by their first word.
    phrases: HashMap<String, Vec<(Vec<String>, Idea)>>,
    /// Every word of every phrase, to take apart words that were written together.
    known: std::collections::HashSet<String>,
    kinds: Vec<(String, Vec<String>)>,
    /// Kinds of other files: their name, and the paths of keys that they have.
    shapes: Vec<(&'static str, Vec<Vec<String>>)>,
    elsewhere: Vec<Vec<String>>,
}

/// The vocabulary, read once.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| embedded("vocabulary.toml").map(Vocabulary::new).unwrap_or_default())
}

impl Vocabulary {
    pub(crate) fn new(table: &'static Value) -> Self {
        let mut vocabulary = Self::default();
        for phrase in texts(table.get("nothing")) {
            vocabulary.add(&phrase, Idea::Nothing);
        }
        for section in SECTIONS {
            for (name, phrases) in entries(table.get(section.name)) {
                let Some(idea) = (section.idea)(name) else { continue };
                for phrase in texts(Some(phrases)) {
                    vocabulary.add(&phrase, idea);
                }
            }
        }
        for (platform, verbs) in entries(table.get("platform-verbs")) {
            for (name, phrases) in entries(Some(verbs)) {
                let Some(verb) = Verb::parse(name) else { continue };
                for phrase in texts(Some(phrases)) {
                    vocabulary.add(&phrase, Idea::VerbOn(platform, verb));
                }
            }
        }
        for (kind, platforms) in entries(table.get("platform-kinds")) {
            vocabulary.kinds.push((kind.to_owned(), texts(Some(platforms))));
        }
        if let Some(elsewhere) = table.get("elsewhere") {
            for (name, shapes) in entries(elsewhere.get("shapes")) {
                for shape in shapes.items().unwrap_or(&[]) {
                    let paths = texts(Some(shape));
                    let paths = paths.iter().map(|path| path.split('/').map(str::to_owned).collect());
                    vocabulary.shapes.push((name, paths.collect()));
                }
            }
            vocabulary.elsewhere = texts(elsewhere.get("words")).iter().map(|text| words(text)).collect();
        }
        vocabulary
    }

    pub(crate) fn add(&mut self, phrase: &str, idea: Idea) {
        let words: Vec<String> = phrase.split(' ').map(singular).collect();
        self.known.extend(words.iter().filter(|word| word.len() >= 3 || *word == "dm").cloned());
        if let Some(first) = words.first() {
            self.phrases.entry(first.clone()).or_default().push((words, idea));
        }
    }

    /// Reads a key: its words and what they stand for.
    pub(crate) fn read(&self, key: &str) -> Key {
        let words: Vec<String> = words(key).into_iter().flat_map(|word| self.apart(word)).collect();
        let mut hits = Vec::new();
        for (start, word) in words.iter().enumerate() {
            for (phrase, idea) in self.phrases.get(word).into_iter().flatten() {
                let end = start + phrase.len();
                if words.get(start..end).is_some_and(|found| found == phrase) {
                    hits.push(Hit { idea: *idea, start, end });
                }
            }
        }
        keep_longest_verbs(&mut hits);
        Key { words, hits }
    }

    /// Takes words apart that were written together (`autofollow`), if all of it is known words.
    pub(crate) fn apart(&self, word: String) -> Vec<String> {
        // Longer ones are data; shorter ones cannot be two words.
        if !(5..=40).contains(&word.len()) || self.known.contains(&word) || !word.is_ascii() {
            return vec![word];
        }
        // From each position, the longest known word from which the rest can be taken apart as well.
        let mut next: Vec<Option<usize>> = vec![None; word.len() + 1];
        for start in (0..word.len()).rev() {
            let ends = (start + 2..=word.len()).rev();
            let fits = |end: &usize| {
                let rest_fits = *end == word.len() || next.get(*end).copied().flatten().is_some();
                rest_fits && word.get(start..*end).is_some_and(|part| self.known.contains(&singular(part)))
            };
            let found = ends.into_iter().find(fits);
            if let Some(slot) = next.get_mut(start) {
                *slot = found;
            }
        }
        let mut parts = Vec::new();
        let mut start = 0;
        while let Some(end) = next.get(start).copied().flatten() {
            parts.extend(word.get(start..end).map(singular));
            start = end;
        }
        if parts.is_empty() { vec![word] } else { parts }
    }

    /// Whether a platform is of a kind such as `chat`.
    /// The platform of exactly this name, in any case.
    pub(crate) fn platform_called(&self, name: &str) -> Option<&'static str> {
        let name = name.trim().to_lowercase();
        let ideas = self.phrases.values().flatten().map(|(_, idea)| *idea);
        ideas
            .filter_map(|idea| if let Idea::Platform(known) = idea { Some(known) } else { None })
            .find(|known| *known == name)
    }

    pub(crate) fn is_kind(&self, platform: &str, kind: &str) -> bool {
        self.kinds.iter().any(|(name, platforms)| name == kind && platforms.iter().any(|p| p == platform))
    }

    /// The phrases of such ideas, as words.
    #[cfg(test)]
    pub(crate) fn phrases_of(&self, wanted: impl Fn(Idea) -> bool) -> Vec<&[String]> {
        let all = self.phrases.values().flatten();
        all.filter(|(_, idea)| wanted(*idea)).map(|(words, _)| words.as_slice()).collect()
    }

    /// Whether a key speaks of something else than people.
    pub(crate) fn speaks_of_another(&self, key: &Key) -> bool {
        self.elsewhere.iter().any(|phrase| key.words.windows(phrase.len()).any(|found| found == phrase))
    }

    /// The kinds of other files, each with paths of keys that all must be there.
    pub(crate) fn shapes(&self) -> &[(&'static str, Vec<Vec<String>>)] {
        &self.shapes
    }
}

/// Where two verbs overlap, or a verb with `nothing` or an event, the longer phrase holds.
fn keep_longest_verbs(hits: &mut Vec<Hit>) {
    let of_verb = |hit: &Hit| matches!(hit.idea, Idea::Verb(_) | Idea::VerbOn(..) | Idea::Nothing);
    let verbs: Vec<Hit> = hits.iter().copied().filter(of_verb).collect();
    let may_be_covered = |hit: &Hit| of_verb(hit) || matches!(hit.idea, Idea::Event(_));
    hits.retain(|hit| {
        let covered = |other: &Hit| {
            let overlaps = other.start < hit.end && hit.start < other.end;
            overlaps && other.end - other.start > hit.end - hit.start
        };
        !may_be_covered(hit) || !verbs.iter().any(covered)
    });
}

/// A section of the table whose names are words of the model.
struct Section {
    name: &'static str,
    idea: fn(&'static str) -> Option<Idea>,
}

const SECTIONS: &[Section] = &[
    Section { name: "verbs", idea: |name| Verb::parse(name).map(Idea::Verb) },
    Section { name: "limits", idea: |name| LimitKind::parse(name).map(Idea::Limit) },
    Section { name: "audiences", idea: |name| AudienceKind::parse(name).map(Idea::Audience) },
    Section { name: "audience-values", idea: |name| AudienceKind::parse(name).map(Idea::AudienceValue) },
    Section { name: "events", idea: |name| Event::parse(name).map(Idea::Event) },
    Section { name: "guards", idea: |name| GuardKind::parse(name).map(Idea::Guard) },
    Section { name: "switches", idea: |name| SwitchKind::parse(name).map(Idea::Switch) },
    Section { name: "facts", idea: |name| FactKind::parse(name).map(Idea::Fact) },
    Section { name: "platforms", idea: |name| Some(Idea::Platform(name)) },
    Section { name: "roles", idea: |name| Role::parse(name).map(Idea::Role) },
];

pub(crate) fn entries(table: Option<&'static Value>) -> impl Iterator<Item = (&'static str, &'static Value)> {
    let entries = table.and_then(Value::entries).unwrap_or(&[]);
    entries.iter().map(|(key, value)| (key.text.as_ref(), value))
}

pub(crate) fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::items).unwrap_or(&[]);
    items.iter().filter_map(|item| item.text().map(|text| text.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_table_is_a_word_of_the_model() {
        let table = embedded("vocabulary.toml").unwrap();
        for section in SECTIONS {
            assert!(entries(table.get(section.name)).next().is_some(), "[{}] is missing", section.name);
            for (name, phrases) in entries(table.get(section.name)) {
                assert!((section.idea)(name).is_some(), "[{}] {name}", section.name);
                assert!(!texts(Some(phrases)).is_empty(), "[{}] {name} is empty", section.name);
            }
        }
    }

    #[test]
    fn the_verb_is_what_is_done_not_what_it_is_about() {
        for (key, verb) in [
            ("like_tweets_from_keywords", Verb::Like),
            ("FAVORITE_REPOSTS_PER_CYCLE", Verb::Repost),
            ("likes_per_follow", Verb::Like),
            ("FB_COMMENT_AUTO_DM", Verb::Dm),
            ("unfollow_non_followers", Verb::Unfollow),
            ("un-follow", Verb::Unfollow),
            ("autofollow", Verb::Follow),
            ("reply_to_tweets", Verb::Reply),
            ("direct_message_new_followers", Verb::Dm),
        ] {
            assert_eq!(vocabulary().read(key).verb(&[]).map(|(verb, _)| verb), Some(verb), "{key}");
        }
        for key in ["follow_redirects", "nofollow", "dm_basesize", "unlikely", "followers", "dislikes"] {
            assert_eq!(vocabulary().read(key).verb(&[]).map(|(verb, _)| verb), None, "{key}");
        }
    }
}
