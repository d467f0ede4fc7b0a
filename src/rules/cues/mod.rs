//! Cue families: patterns that show what a message does, by language, from `rules/cues/<language>.toml`.
//! All patterns meet a message in one pass; they are compiled when a message first needs one, never before.

mod fold;
mod spin;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder, bytes};

use super::value::EMBEDDED;

/// The table that names, for a family, those whose words are cut out before it is tested.
const TRAPS: &str = "traps";

/// As many messages as are remembered; a run with more of them starts over.
const REMEMBERED: usize = 4096;

/// What all patterns of one script may grow to when compiled.
const COMPILED_SIZE: usize = 64 << 20;

/// All cue families, each with the patterns of every language.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    families: Vec<Family>,
    numbers: BTreeMap<String, usize>,
    /// Patterns of the Latin alphabet, which are plain letters once folded: by far the most.
    plain: OnceLock<Option<(bytes::RegexSet, Vec<usize>)>>,
    /// Patterns of all other scripts, met only by messages that have such letters.
    other: OnceLock<Option<(RegexSet, Vec<usize>)>>,
    remembered: Mutex<HashMap<String, Arc<[usize]>>>,
}

#[derive(Debug, Default)]
struct Family {
    patterns: Vec<String>,
    /// Families that look like this one and mean something else: "I am not a bot" for "a bot".
    traps: Vec<usize>,
    alone: OnceLock<Option<Regex>>,
}

impl Cues {
    /// The families of the rulebook.
    pub(crate) fn built_in() -> Self {
        let mut cues = Self::default();
        for file in EMBEDDED.iter().filter(|file| file.path.starts_with("cues/")) {
            for (key, value) in file.table.entries().unwrap_or(&[]) {
                if key.text == TRAPS {
                    for (family, traps) in value.entries().unwrap_or(&[]) {
                        let traps = texts(traps).map(|trap| cues.number(trap)).collect();
                        let number = cues.number(&family.text);
                        cues.family(number, |family| family.traps = traps);
                    }
                } else {
                    let number = cues.number(&key.text);
                    cues.family(number, |family| family.patterns.extend(texts(value).map(str::to_owned)));
                }
            }
        }
        cues
    }

    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.families.push(Family::default());
        self.numbers.insert(name.to_owned(), self.families.len() - 1);
        self.families.len() - 1
    }

    fn family(&mut self, number: usize, change: impl FnOnce(&mut Family)) {
        if let Some(family) = self.families.get_mut(number) {
            change(family);
        }
    }

    /// The names of the families.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.numbers.keys().map(String::as_str)
    }

    /// Whether a message shows a cue of this family.
    pub(crate) fn shows(&self, family: &str, message: &str) -> bool {
        self.numbers.get(family).is_some_and(|number| self.shown(message).contains(number))
    }

    /// The families that a message shows, in the order of their names.
    pub(crate) fn families_in(&self, message: &str) -> Vec<&str> {
        let shown = self.shown(message);
        self.numbers
            .iter()
            .filter(|(_, number)| shown.contains(number))
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The numbers of the families that a message shows, remembered for the next question.
    fn shown(&self, message: &str) -> Arc<[usize]> {
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shown) = remembered().get(message) {
            return Arc::clone(shown);
        }
        let mut shown: Vec<usize> = spin::messages(message)
            .iter()
            .flat_map(|variant| self.shown_by(&fold::message(variant)))
            .collect();
        shown.sort_unstable();
        shown.dedup();
        let shown: Arc<[usize]> = shown.into();
        let mut remembered = remembered();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(message.to_owned(), Arc::clone(&shown));
        shown
    }

    /// The families that a folded message shows.
    fn shown_by(&self, folded: &str) -> Vec<usize> {
        let mut shown: Vec<usize> = Vec::new();
        if let Some((set, owners)) = self.plain() {
            shown.extend(set.matches(folded.as_bytes()).iter().filter_map(|number| owners.get(number)));
        }
        if !folded.is_ascii()
            && let Some((set, owners)) = self.other()
        {
            shown.extend(set.matches(folded).iter().filter_map(|number| owners.get(number)));
        }
        let is_more_than_a_trap = |number: &usize| {
            let Some(family) = self.families.get(*number) else { return false };
            let mut traps = family.traps.iter().filter(|trap| shown.contains(trap)).peekable();
            if traps.peek().is_none() {
                return true;
            }
            let cut = traps.filter_map(|trap| self.families.get(*trap)?.alone()).fold(
                folded.to_owned(),
                // What is cut leaves a mark that no pattern crosses by accident.
                |text, trap| trap.replace_all(&text, " \u{1F} ").into_owned(),
            );
            family.alone().is_some_and(|pattern| pattern.is_match(&cut))
        };
        shown.iter().copied().filter(is_more_than_a_trap).collect()
    }

    /// The patterns whose folded spelling is plain, or is not, with the family of each.
    fn patterns(&self, plain: bool) -> (Vec<String>, Vec<usize>) {
        let families = self.families.iter().enumerate();
        families
            .flat_map(|(number, family)| family.patterns.iter().map(move |pattern| (pattern, number)))
            .map(|(pattern, number)| (fold::pattern(pattern), number))
            .filter(|(pattern, _)| pattern.is_ascii() == plain)
            .unzip()
    }

    fn plain(&self) -> Option<&(bytes::RegexSet, Vec<usize>)> {
        let compile = || {
            let (patterns, owners) = self.patterns(true);
            let mut builder = bytes::RegexSetBuilder::new(patterns);
            let builder = builder.unicode(false).case_insensitive(true).size_limit(COMPILED_SIZE);
            Some((builder.build().ok()?, owners))
        };
        self.plain.get_or_init(compile).as_ref()
    }

    fn other(&self) -> Option<&(RegexSet, Vec<usize>)> {
        let compile = || {
            let (patterns, owners) = self.patterns(false);
            let mut builder = RegexSetBuilder::new(patterns);
            Some((builder.case_insensitive(true).size_limit(COMPILED_SIZE).build().ok()?, owners))
        };
        self.other.get_or_init(compile).as_ref()
    }
}

impl Family {
    /// All patterns of the family as one.
    fn alone(&self) -> Option<&Regex> {
        let compile = || {
            let folded = self.patterns.iter().map(|pattern| format!("(?:{})", fold::pattern(pattern)));
            let joined = folded.collect::<Vec<_>>().join("|");
            RegexBuilder::new(&joined).case_insensitive(true).size_limit(COMPILED_SIZE).build().ok()
        };
        self.alone.get_or_init(compile).as_ref()
    }
}

/// One text, or a list of them.
fn texts(value: &super::value::Value) -> impl Iterator<Item = &str> {
    let items = value.items().unwrap_or(std::slice::from_ref(value));
    items.iter().filter_map(|item| item.text().map(AsRef::as_ref))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        let cues = Cues::built_in();
        let broken: Vec<_> = cues.families.iter().filter(|family| family.alone().is_none()).collect();
        assert!(broken.is_empty(), "{broken:?}");
        assert!(cues.plain().is_some() && cues.other().is_some());
        let empty = cues.families.iter().find(|family| family.patterns.is_empty());
        assert!(empty.is_none(), "a trap names a family without patterns: {empty:?}");
    }

    #[test]
    fn what_a_trap_holds_does_not_count() {
        let cues = Cues::built_in();
        assert!(cues.shows("denybot", "No soy un bot."));
        assert!(!cues.shows("disclose", "No soy un bot."));
        assert!(cues.shows("disclose", "Soy un bot."));
        assert!(cues.shows("disclose", "I'm not a bot. OK, I'm a bot."));
        assert!(!cues.shows("shame", "Shame on us!"));
        assert!(cues.shows("shame", "Shame on us? Shame on you!"));
        assert!(!cues.shows("trade", "We never follow back."));
    }

    #[test]
    fn disguises_do_not_help() {
        let cues = Cues::built_in();
        for text in
            ["fоllоw fоr fоllоw", "Ｆ４Ｆ", "{nice|cool|follow} {weather|day|for} {today|follow}", "𝗳𝟰𝗳"]
        {
            assert!(cues.shows("trade", text), "{text}");
        }
    }
}
