//! Whether a file is a bot's at all: independent signs are weighed. A file that the user names gets the benefit of
//! the doubt; one that a search finds must convince.

use super::sense::Deed;
use super::walk::Walk;
use crate::model::{Stated, Verb};

/// What speaks for a bot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// A platform is named.
    pub(crate) platform: bool,
    /// It signs in.
    pub(crate) login: bool,
    /// It says of itself that it is a bot, or has a profile.
    pub(crate) profile: bool,
    /// How many clauses say what is done to people.
    pub(crate) acts: usize,
    /// How many of them also say when, to whom or what.
    pub(crate) told: usize,
    /// How many texts name a person.
    pub(crate) texts: usize,
    /// Whether something runs by the clock.
    pub(crate) clock: bool,
}

/// A named file with so much is a bot's.
const NAMED: u32 = 3;
/// A found file with so much is a bot's.
const FOUND: u32 = 6;

impl Evidence {
    pub(super) fn of(walk: &Walk<'_>) -> Self {
        let mut evidence = Self { platform: !walk.platforms.is_empty(), ..Self::default() };
        evidence.login = walk.scopes.iter().any(|scope| scope.signs_in || !scope.account.auth.is_absent());
        evidence.profile = walk.scopes.iter().any(|scope| {
            let profile = &scope.account.profile;
            !profile.bot_flag.is_absent() || !profile.bio.is_absent() || !scope.account.switches.is_empty()
        });
        for clause in &walk.clauses {
            let acts = clause.doings.iter().filter(|doing| social(doing.deed)).count();
            let texts = clause.doings.iter().flat_map(|doing| &doing.texts).chain(&clause.texts);
            let named = texts.filter(|said| said.speech.names).count();
            let told = !clause.triggers.is_empty() || !clause.audiences.is_empty() || named > 0 || !clause.limits.is_empty();
            evidence.acts += acts;
            evidence.told += usize::from(acts > 0 && told);
            evidence.texts += named;
            evidence.clock |= !matches!(clause.schedule, Stated::Absent);
        }
        evidence
    }

    /// The sum of the signs.
    pub(crate) fn score(&self) -> u32 {
        let capped = |number: usize, most: u32| u32::try_from(number).unwrap_or(most).min(most);
        u32::from(self.platform) * 2
            + u32::from(self.login)
            + u32::from(self.profile)
            + capped(self.acts, 2)
            + capped(self.told, 2)
            + capped(self.texts, 1)
            + u32::from(self.clock)
    }

    /// Whether it is enough.
    pub(crate) fn is_enough(&self, named: bool) -> bool {
        self.score() >= if named { NAMED } else { FOUND }
    }
}

/// Whether an act happens to people.
const fn social(deed: Deed) -> bool {
    !matches!(deed, Deed::Verb(Verb::Count | Verb::ListAdd | Verb::DeleteContent) | Deed::Collect | Deed::Wait | Deed::Remove)
}
