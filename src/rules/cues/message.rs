//! A message as patterns see it, and what it was found to show. Families are looked for when somebody asks.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{CUES, Cue, Families, Family, fold, spin, words};

/// A message with the families that it shows, as far as somebody asked.
#[derive(Debug)]
pub(crate) struct Message {
    /// What the message can become; only texts that could show something.
    variants: Vec<Variant>,
    decided: AtomicU64,
    shown: AtomicU64,
}

#[derive(Debug)]
struct Variant {
    folded: String,
    /// Numbers of the cues that it could show, in order.
    cues: Vec<u16>,
}

impl Message {
    pub(super) fn new(text: &str) -> Self {
        let folded = spin::messages(text).into_iter().map(|variant| fold::message(&variant));
        let variants = folded
            .map(|folded| Variant { cues: words::plausible(&folded), folded })
            .filter(|variant| !variant.cues.is_empty());
        Self { variants: variants.collect(), decided: AtomicU64::new(0), shown: AtomicU64::new(0) }
    }

    /// Whether it shows a family, and not only within one of its traps.
    pub(super) fn shows(&self, family: Family, traps: Families) -> bool {
        let bit = family.bit();
        if self.decided.load(Ordering::Acquire) & bit != 0 {
            return self.shown.load(Ordering::Relaxed) & bit != 0;
        }
        let shows = self.variants.iter().any(|variant| variant.shows(family, traps));
        if shows {
            self.shown.fetch_or(bit, Ordering::Relaxed);
        }
        self.decided.fetch_or(bit, Ordering::Release);
        shows
    }

    /// Whether it shows one of these families.
    pub(super) fn shows_any(&self, families: Families) -> bool {
        families.all().any(|family| self.shows(family, Families::default()))
    }
}

impl Variant {
    fn shows(&self, family: Family, traps: Families) -> bool {
        let shows = |text: &str| self.cues(family.alone()).any(|cue| cue.pattern.matches(text));
        if !shows(&self.folded) {
            return false;
        }
        // What is cut leaves a mark that no pattern crosses by accident.
        let traps = self.cues(traps).filter(|trap| trap.pattern.matches(&self.folded));
        let cut = traps.fold(None, |text: Option<String>, trap| {
            Some(trap.pattern.cut(text.as_deref().unwrap_or(&self.folded), " \u{1F} "))
        });
        cut.is_none_or(|cut| shows(&cut))
    }

    /// The cues of some families that it could show.
    fn cues(&self, families: Families) -> impl Iterator<Item = &'static Cue> {
        let cues = self.cues.iter().filter_map(|number| CUES.get(usize::from(*number)));
        cues.filter(move |cue| families.has(cue.family))
    }
}
