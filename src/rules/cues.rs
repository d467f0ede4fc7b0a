//! Cue families: patterns that show what a message does, by language, from `rules/cues/<language>.toml`.
//! A family's pattern is compiled when a message first needs it, never before.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::value::EMBEDDED;

/// All cue families, each with the patterns of every language.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    families: BTreeMap<String, Family>,
}

#[derive(Debug, Default)]
struct Family {
    patterns: Vec<String>,
    compiled: OnceLock<Option<Regex>>,
}

impl Cues {
    /// The families of the rulebook.
    pub(crate) fn built_in() -> Self {
        let mut cues = Self::default();
        for file in EMBEDDED.iter().filter(|file| file.path.starts_with("cues/")) {
            for (key, value) in file.table.entries().unwrap_or(&[]) {
                let family = cues.families.entry(key.text.to_string()).or_default();
                let patterns = value.items().unwrap_or(std::slice::from_ref(value));
                family
                    .patterns
                    .extend(patterns.iter().filter_map(|item| item.text().map(|text| text.to_string())));
            }
        }
        cues
    }

    /// The names of the families.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.families.keys().map(String::as_str)
    }

    /// Whether a message shows a cue of this family.
    pub(crate) fn shows(&self, family: &str, message: &str) -> bool {
        self.families
            .get(family)
            .and_then(Family::pattern)
            .is_some_and(|pattern| pattern.is_match(&fold(message)))
    }

    /// The families whose patterns do not compile, with the reason; a test keeps this empty.
    #[cfg(test)]
    pub(crate) fn broken(&self) -> Vec<String> {
        let broken = self.families.iter().filter(|(_, family)| family.pattern().is_none());
        broken.map(|(name, family)| format!("{name}: {:?}", family.patterns)).collect()
    }
}

impl Family {
    fn pattern(&self) -> Option<&Regex> {
        let compile = || {
            let joined =
                self.patterns.iter().map(|pattern| format!("(?:{pattern})")).collect::<Vec<_>>().join("|");
            RegexBuilder::new(&joined).case_insensitive(true).build().ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

/// Folds white space and typographic apostrophes, so that patterns need only one spelling.
fn fold(message: &str) -> String {
    let mut folded = String::with_capacity(message.len());
    for character in message.chars() {
        match character {
            '\u{2019}' | '\u{2018}' | '\u{02BC}' => folded.push('\''),
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(Cues::built_in().broken(), Vec::<String>::new());
    }
}
