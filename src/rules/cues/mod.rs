//! Cue families: patterns that show what a message does, by language, from `rules/cues/<language>.toml`.
//! One pass over plain words tells which patterns a message could match; only those are ever compiled.

mod fold;
mod message;
mod spin;
mod start;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use self::words::{CUES, FAMILIES};
use super::pattern::Pattern;
use super::value::embedded;

pub(crate) use self::fold::message as fold_message;
pub(crate) use self::message::Message;

/// Where families are named that look like others.
const TABLES: &str = "cues/any.toml";

/// The families whose words are cut out before another one is tested.
const TRAPS: &str = "traps";

/// The families that another one does not stand beside: who says "take your time" does not press.
const SILENCERS: &str = "silencers";

/// As many messages as are remembered; a run with more of them starts over.
const REMEMBERED: usize = 4096;

/// The number of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Family(u8);

/// Some families.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Families(u64);

/// A pattern of a family, folded as messages are.
#[derive(Debug)]
struct Cue {
    family: Family,
    pattern: Pattern,
}

/// All cue families, each with the patterns of every language.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    /// For each family those that look like it and mean something else: "I am not a bot" for "a bot".
    traps: Vec<Families>,
    /// For each family those beside which it does not count.
    silencers: Vec<Families>,
    remembered: Mutex<HashMap<String, Arc<Message>>>,
}

impl Family {
    const fn bit(self) -> u64 {
        1 << self.0
    }

    const fn alone(self) -> Families {
        Families(self.bit())
    }

    /// The family of this name.
    pub(crate) fn find(name: &str) -> Option<Self> {
        FAMILIES.binary_search(&name).ok().and_then(|number| u8::try_from(number).ok()).map(Self)
    }
}

impl Families {
    const fn has(self, family: Family) -> bool {
        self.0 & family.bit() != 0
    }

    /// Each of them.
    fn all(self) -> impl Iterator<Item = Family> {
        (0..64).map(Family).filter(move |family| self.has(*family))
    }
}

impl Cue {
    const fn new(family: u8, text: &'static str) -> Self {
        Self { family: Family(family), pattern: Pattern::for_folded(text) }
    }
}

impl Cues {
    /// The families of the rulebook.
    pub(crate) fn built_in() -> Self {
        Self { traps: related(TRAPS), silencers: related(SILENCERS), remembered: Mutex::default() }
    }

    /// The names of the families.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        FAMILIES.iter().copied()
    }

    /// Whether a message shows a cue of this family.
    pub(crate) fn shows(&self, family: Family, message: &Message) -> bool {
        let of = |table: &[Families]| table.get(usize::from(family.0)).copied().unwrap_or_default();
        message.shows(family, of(&self.traps)) && !message.shows_any(of(&self.silencers))
    }

    /// The families that a message shows, in the order of their names.
    pub(crate) fn families_in(&self, text: &str) -> Vec<&'static str> {
        let message = self.message(text);
        let shown = |name: &&str| Family::find(name).is_some_and(|family| self.shows(family, &message));
        Self::names().filter(shown).collect()
    }

    /// A text as patterns see it, remembered for the next question.
    pub(crate) fn message(&self, text: &str) -> Arc<Message> {
        let remembered = || self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(message) = remembered().get(text) {
            return Arc::clone(message);
        }
        let message = Arc::new(Message::new(text));
        let mut remembered = remembered();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(text.to_owned(), Arc::clone(&message));
        message
    }
}

/// For each family, the families that a table names for it.
fn related(table: &str) -> Vec<Families> {
    let mut related = vec![Families::default(); FAMILIES.len()];
    let entries = embedded(TABLES).and_then(|file| file.get(table)).and_then(|table| table.entries());
    for (name, value) in entries.unwrap_or(&[]) {
        let of = Family::find(&name.text).and_then(|family| related.get_mut(usize::from(family.0)));
        let Some(of) = of else { continue };
        let names = value.items().unwrap_or(std::slice::from_ref(value)).iter();
        let families = names.filter_map(|name| Family::find(name.text()?));
        *of = families.fold(*of, |some, family| Families(some.0 | family.bit()));
    }
    related
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(cues: &Cues, family: &str, text: &str) -> bool {
        cues.families_in(text).contains(&family)
    }

    #[test]
    fn every_pattern_compiles_and_every_family_has_some() {
        let broken: Vec<_> = CUES.iter().filter(|cue| cue.pattern.compiled(0).is_none()).collect();
        assert!(broken.is_empty(), "{broken:?}");
        assert!(FAMILIES.is_sorted() && FAMILIES.len() <= 64, "{FAMILIES:?}");
        for name in FAMILIES {
            let family = Family::find(name).unwrap();
            assert!(CUES.iter().any(|cue| cue.family == family), "{name}");
        }
    }

    #[test]
    fn every_trap_and_silencer_is_a_family() {
        for table in [TRAPS, SILENCERS] {
            for (name, value) in embedded(TABLES).unwrap().get(table).unwrap().entries().unwrap() {
                let others = value.items().unwrap_or(std::slice::from_ref(value));
                let names = others.iter().map(|other| other.text().unwrap()).chain([&name.text]);
                names.for_each(|name| assert!(Family::find(name).is_some(), "{name}"));
            }
        }
    }

    #[test]
    fn who_leaves_people_free_does_not_press_them() {
        let cues = Cues::built_in();
        assert!(shows(&cues, "nonresp", "Three people have not voted."));
        assert!(!shows(&cues, "nonresp", "Three people have not voted, and that is fine."));
    }

    #[test]
    fn what_a_trap_holds_does_not_count() {
        let cues = Cues::built_in();
        assert!(shows(&cues, "denybot", "No soy un bot."));
        assert!(!shows(&cues, "disclose", "No soy un bot."));
        assert!(shows(&cues, "disclose", "Soy un bot."));
        assert!(shows(&cues, "disclose", "I'm not a bot. OK, I'm a bot."));
        assert!(!shows(&cues, "shame", "Shame on us!"));
        assert!(shows(&cues, "shame", "Shame on us? Shame on you!"));
        assert!(!shows(&cues, "trade", "We never follow back."));
    }

    #[test]
    fn disguises_do_not_help() {
        let cues = Cues::built_in();
        for text in
            ["fоllоw fоr fоllоw", "Ｆ４Ｆ", "{nice|cool|follow} {weather|day|for} {today|follow}", "𝗳𝟰𝗳"]
        {
            assert!(shows(&cues, "trade", text), "{text}");
        }
    }
}
