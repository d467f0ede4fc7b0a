//! Whether a file is a bot's at all: independent signs are weighed. A file that the user names gets the benefit of
//! the doubt; one that a search finds must convince.

pub(crate) mod kinds;
pub(crate) mod prefilter;
mod records;
mod told;

use crate::dialect::Origin;
use crate::model::{AudienceKind, Event, FactKind, Stated, SwitchKind, Verb};
use crate::reader::clauses::frame::Doing;
use crate::reader::sense::Deed;
use crate::reader::walk::{Use, Walk};

/// What speaks for a bot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// A platform is named.
    pub(crate) platform: bool,
    /// Some of them.
    pub(crate) platforms: Vec<&'static str>,
    /// What some of the acts are called.
    pub(crate) deeds: Vec<&'static str>,
    /// It signs in.
    pub(crate) login: bool,
    /// It says of itself that it is a bot, or has a profile or a persona.
    pub(crate) profile: bool,
    /// How many clauses say what is done to people.
    pub(crate) acts: usize,
    /// How many of them also say what sets them off or whom they reach, in words of their own.
    pub(crate) told: usize,
    /// How many acts happen to others than the bot's own side.
    pub(crate) outward: usize,
    /// How many texts are said.
    pub(crate) texts: usize,
    /// Whether something runs by the clock.
    pub(crate) clock: bool,
    /// A key speaks of something else than people.
    pub(crate) elsewhere: bool,
    /// It holds the records of a site.
    pub(crate) records: bool,
    /// How many clauses there are.
    pub(crate) clauses: usize,
    /// How many values are sentences: in translations nearly all are.
    pub(crate) sentences: usize,
    /// How many entries of the file were understood, of how many.
    pub(crate) used: (usize, usize),
}

/// A named file with so much is a bot's.
const NAMED: u32 = 3;
/// A found file with so much is a bot's.
pub(crate) const FOUND: u32 = 5;
/// Entries of which something must have been made, in per cent of those that are not clutter.
const NAMED_SHARE: usize = 38;
const FOUND_SHARE: usize = 55;
const CLEAR_SHARE: usize = 70;
/// Why a file is turned away of which too little has a meaning.
const OFF_TOPIC: &str = "most of its entries are about something else than what a bot does";
/// So few entries may all be sentences.
const FEW_ENTRIES: usize = 60;
/// Acts for a hundred entries that were understood.
const FOUND_ACTS: usize = 4;

impl Evidence {
    pub(crate) fn of(walk: &Walk<'_>) -> Self {
        let mut evidence = Self { platform: !walk.platforms.is_empty(), ..Self::default() };
        // Accounts that act on each other's posts are somebody's, wherever their keys stand.
        let network =
            walk.own_handles.len() >= 2 && walk.clauses.iter().any(|clause| !clause.voices.is_empty());
        evidence.login =
            network || walk.scopes.iter().any(|scope| scope.signs_in || !scope.account.auth.is_absent());
        evidence.profile = walk.scopes.iter().any(|scope| {
            let profile = &scope.account.profile;
            !profile.bot_flag.is_absent()
                || !profile.bio.is_absent()
                || scope.persona.is_some()
                || !scope.account.switches.is_empty()
        });
        if walk.scopes.iter().any(|scope| {
            scope.persona.is_some()
                && scope
                    .account
                    .switches
                    .iter()
                    .any(|switch| matches!(switch.kind, SwitchKind::DeniesBot | SwitchKind::HumanPersona))
        }) {
            evidence.acts += 1;
            evidence.told += 1;
        }
        // A way out, or none, is one of somebody who writes to people.
        if walk
            .scopes
            .iter()
            .any(|scope| scope.account.facts.iter().any(|fact| fact.kind == FactKind::OptOutScope))
        {
            evidence.acts += 1;
            evidence.told += 1;
        }
        evidence.acts += usize::from(walk.bounded);
        for clause in &walk.clauses {
            let inward = |doing: &&Doing| {
                let mut audiences = doing.audiences.iter().chain(&clause.audiences).peekable();
                audiences.peek().is_some()
                    && audiences.all(|audience| audience.kind == AudienceKind::Operator)
            };
            // What somebody wrote is theirs; other content is the bot's own.
            let takes_down = clause.triggers.iter().any(|trigger| trigger.event == Event::PostMatch);
            let of_people = |doing: &&Doing| {
                let is_taken_down = takes_down && doing.deed == Deed::Verb(Verb::DeleteContent);
                (social(doing) || is_taken_down) && !inward(doing)
            };
            let acts = clause.doings.iter().filter(of_people).count();
            clause.doings.iter().filter(of_people).for_each(|doing| evidence.note(doing));
            let texts = clause.doings.iter().flat_map(|doing| &doing.texts).chain(&clause.texts);
            let said = texts.clone().count();
            let named = texts.filter(|said| said.speech.names).count();
            let told = clause.triggers.iter().any(|trigger| trigger.event != Event::Schedule)
                || clause.doings.iter().any(|doing| doing.event.is_some() || !doing.audiences.is_empty())
                || !clause.audiences.is_empty()
                || named > 0
                || said > 0
                || !clause.limits.is_empty();
            // Texts alone are an act where the file says when, to whom, or what they do.
            let speaks = clause.doings.is_empty()
                && (named > 0
                    || !clause.filters.is_empty()
                    || !clause.audiences.is_empty()
                    || !matches!(clause.schedule, Stated::Absent)
                    || clause.triggers.iter().any(|trigger| trigger.event != Event::Schedule)
                    || clause.texts.iter().any(|said| said.speech.acts()));
            let acts = if acts == 0 && said > 0 && speaks { 1 } else { acts };
            evidence.acts += acts;
            let passes = clause.doings.iter().filter(|doing| is_passing(doing)).count();
            evidence.outward += acts.saturating_sub(passes);
            evidence.told += usize::from(acts > 0 && told);
            evidence.texts += said;
            evidence.clock |= !matches!(clause.schedule, Stated::Absent);
        }
        evidence.platforms = walk.platforms.clone();
        evidence.platforms.dedup();
        evidence.platforms.truncate(3);
        let used = walk.uses.iter().filter(|(_, what)| *what == Use::Used).count();
        let clutter = walk.uses.iter().filter(|(_, what)| *what == Use::Clutter).count();
        evidence.sentences = walk.sentences;
        evidence.elsewhere = walk.elsewhere;
        evidence.records = records::are_data(&walk.reader.candidate);
        evidence.clauses = walk.clauses.len();
        evidence.profile |= walk.says_bot;
        evidence.used = (used, walk.uses.len() - clutter);
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

    /// Why it is not enough, if it is not. In a bot's file most entries are about what the bot does; in other files
    /// that speak with the same words few are.
    pub(crate) fn refusal(&self, origin: Origin) -> Option<&'static str> {
        let named = origin == Origin::Named;
        let (used, all) = self.used;
        let share = |percent: usize| used * 100 >= all * percent;
        // `chart: yes` of a bot that counts outweighs little.
        if self.elsewhere && !(named && self.told > 0 && self.score() >= FOUND) {
            return Some("a file about something else than people");
        }
        if self.records {
            return Some("records of a site, with counts and authors, rather than settings");
        }
        if self.acts == 0 && !(named && self.clauses > 0 && self.platform && self.login && share(FOUND_SHARE))
        {
            return Some("nothing in it is understood that a bot does to people");
        }
        if self.score() < needed(origin) {
            return Some("too little speaks for a bot");
        }
        if !share(if named { NAMED_SHARE } else { FOUND_SHARE }) {
            return Some(OFF_TOPIC);
        }
        // What belongs to a bot's file need not name a platform again, nor sign in.
        if matches!(origin, Origin::Named | Origin::Beside) {
            return None;
        }
        // Web applications tell their operators by mail, too.
        if self.outward == 0 {
            return Some("nothing in it is done to people outside");
        }
        if origin == Origin::AmongFew {
            return (self.told < 2).then_some("too little speaks for a bot");
        }
        // In-house chats and private servers have no name; then everything else must speak for a bot.
        let stranger = self.profile && self.texts > 0 && self.score() > FOUND;
        // Secrets often stand elsewhere: then all the rest must speak for a bot.
        let signed_elsewhere = self.platform && stranger && self.told >= 2 && share(CLEAR_SHARE);
        if !self.login && !signed_elsewhere || !self.platform && !stranger {
            return Some("a file that a search finds must name a platform and a login");
        }
        if self.sentences * 3 > all && all > FEW_ENTRIES {
            return Some("many of its values are sentences, as in a translation");
        }
        let dense = self.acts * 100 >= used * FOUND_ACTS;
        (!dense).then_some("few of its entries are about what a bot does to people")
    }
}

/// How much must speak for a bot.
const fn needed(origin: Origin) -> u32 {
    match origin {
        Origin::Named | Origin::Beside => NAMED,
        Origin::AmongFew | Origin::Found => FOUND,
    }
}

/// Whether an act happens to people. Saying something counts where it is told what.
fn social(doing: &Doing) -> bool {
    match doing.deed {
        Deed::Verb(Verb::Count | Verb::ListAdd | Verb::DeleteContent) | Deed::Collect | Deed::Remove => false,
        Deed::Say | Deed::Message | Deed::Nudge | Deed::Greet | Deed::Thank | Deed::Pitch => {
            !doing.texts.is_empty()
        }
        // A server of mail alone sends nothing.
        Deed::Mail => !doing.texts.is_empty() || !doing.audiences.is_empty(),
        _ => true,
    }
}

/// Whether an act only tells the bot's own side.
const fn is_passing(doing: &Doing) -> bool {
    matches!(
        doing.deed,
        Deed::Pass | Deed::Ignore | Deed::Verb(Verb::Handoff | Verb::CreateTicket | Verb::Notify)
    )
}
