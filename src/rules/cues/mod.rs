//! Cue families: patterns that show what a message does, by language, from `rules/cues/<language>.toml`.
//! One pass over plain words tells which patterns a message could match; only those are ever compiled.

mod fold;
mod spin;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use aho_corasick::AhoCorasick;

use super::pattern::Pattern;
use super::value::EMBEDDED;

/// The table that names, for a family, those whose words are cut out before it is tested.
const TRAPS: &str = "traps";

/// As many messages as are remembered; a run with more of them starts over.
const REMEMBERED: usize = 4096;

/// So many messages are searched word by word before an automaton of all words is worth building.
const FEW: usize = 32;

/// A pattern of a family, folded as messages are.
#[derive(Debug)]
struct Cue {
    family: &'static str,
    pattern: Pattern,
}

impl Cue {
    const fn new(family: &'static str, text: &'static str, needles: &'static [&'static str]) -> Self {
        Self { family, pattern: Pattern::for_folded(text, needles) }
    }
}

mod embedded {
    use super::Cue;

    include!(concat!(env!("OUT_DIR"), "/cues.rs"));
}

/// All cue families, each with the patterns of every language.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    /// The families by name, each with those that look like it and mean something else: "I am not a bot"
    /// for "a bot".
    families: BTreeMap<&'static str, Vec<&'static str>>,
    remembered: Mutex<HashMap<String, Arc<[&'static str]>>>,
}

/// All needles in one automaton, each with the number of its pattern.
struct Words {
    automaton: AhoCorasick,
    owners: Vec<usize>,
}

impl Words {
    /// The automaton of all needles, built when the first run needs it.
    fn all() -> Option<&'static Self> {
        static WORDS: OnceLock<Option<Words>> = OnceLock::new();
        let build = || {
            let cues = embedded::CUES.iter().enumerate();
            let words =
                cues.flat_map(|(number, cue)| cue.pattern.needles().iter().map(move |word| (*word, number)));
            let (words, owners): (Vec<_>, Vec<_>) = words.unzip();
            Some(Self { automaton: AhoCorasick::new(words).ok()?, owners })
        };
        WORDS.get_or_init(build).as_ref()
    }

    /// The patterns that a folded message could match, in one pass.
    fn plausible(&self, folded: &str) -> Vec<&'static Cue> {
        let found = self.automaton.find_overlapping_iter(folded);
        let mut numbers: Vec<usize> =
            found.filter_map(|word| self.owners.get(word.pattern().as_usize()).copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let with_words = numbers.into_iter().filter_map(|number| embedded::CUES.get(number));
        with_words.chain(embedded::CUES.iter().filter(|cue| cue.pattern.needles().is_empty())).collect()
    }
}

impl Cues {
    /// The families of the rulebook.
    pub(crate) fn built_in() -> Self {
        let mut families: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        for cue in &embedded::CUES {
            families.entry(cue.family).or_default();
        }
        for file in EMBEDDED.iter().filter(|file| file.path.starts_with("cues/")) {
            for (family, value) in file.table.get(TRAPS).and_then(|traps| traps.entries()).unwrap_or(&[]) {
                let names = value.items().unwrap_or(std::slice::from_ref(value)).iter();
                let traps = names.filter_map(|name| name.text().map(AsRef::as_ref)).collect();
                families.insert(family.text.as_ref(), traps);
            }
        }
        Self { families, remembered: Mutex::default() }
    }

    /// The names of the families.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.families.keys().copied()
    }

    /// Whether a message shows a cue of this family.
    pub(crate) fn shows(&self, family: &str, message: &str) -> bool {
        self.shown(message).contains(&family)
    }

    /// The families that a message shows, in the order of their names.
    pub(crate) fn families_in(&self, message: &str) -> Vec<&str> {
        self.shown(message).to_vec()
    }

    /// The families that a message shows, remembered for the next question.
    fn shown(&self, message: &str) -> Arc<[&'static str]> {
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shown) = remembered().get(message) {
            return Arc::clone(shown);
        }
        let words = if remembered().len() < FEW { None } else { Words::all() };
        let variants = spin::messages(message);
        let mut shown: Vec<_> =
            variants.iter().flat_map(|variant| self.shown_by(&fold::message(variant), words)).collect();
        shown.sort_unstable();
        shown.dedup();
        let shown: Arc<[&'static str]> = shown.into();
        let mut remembered = remembered();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(message.to_owned(), Arc::clone(&shown));
        shown
    }

    /// The families that a folded message shows, those left out that it shows only within a trap.
    fn shown_by(&self, folded: &str, words: Option<&Words>) -> Vec<&'static str> {
        let plausible = words.map_or_else(
            || embedded::CUES.iter().filter(|cue| cue.pattern.is_plausible(folded)).collect(),
            |words| words.plausible(folded),
        );
        let matching: Vec<_> = plausible.into_iter().filter(|cue| cue.pattern.matches(folded)).collect();
        let is_more_than_a_trap = |family: &&'static str| {
            let traps = self.families.get(family).map_or(&[][..], Vec::as_slice);
            let mut traps = matching.iter().filter(|cue| traps.contains(&cue.family)).peekable();
            if traps.peek().is_none() {
                return true;
            }
            // What is cut leaves a mark that no pattern crosses by accident.
            let cut = traps.fold(folded.to_owned(), |text, trap| trap.pattern.cut(&text, " \u{1F} "));
            matching.iter().any(|cue| cue.family == *family && cue.pattern.matches(&cut))
        };
        matching.iter().map(|cue| cue.family).filter(is_more_than_a_trap).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_every_family_has_some() {
        let broken: Vec<_> = embedded::CUES.iter().filter(|cue| cue.pattern.compiled().is_none()).collect();
        assert!(broken.is_empty(), "{broken:?}");
        let has_patterns = |name: &str| embedded::CUES.iter().any(|cue| cue.family == name);
        for (family, traps) in &Cues::built_in().families {
            assert!(
                has_patterns(family) && traps.iter().all(|trap| has_patterns(trap)),
                "{family}: {traps:?}"
            );
        }
    }

    #[test]
    fn nearly_every_pattern_is_refused_by_plain_words() {
        let without: Vec<_> = embedded::CUES.iter().filter(|cue| cue.pattern.needles().is_empty()).collect();
        assert!(without.len() * 10 < embedded::CUES.len(), "{without:#?}");
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
