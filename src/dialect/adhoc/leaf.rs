//! What one leaf says: to the account if it is about the bot as a whole, else to the job of its verb.

use super::given::{Given, duration, given, listed};
use super::vocabulary::{Idea, Key, Role};
use super::walk::{Context, Walk};
use crate::model::{Audience, AudienceKind, Bound, LimitKind, Schedule, Stated, Text, Verb};
use crate::syntax::{Entry, Kind, NodeRef};

/// A leaf with everything that is needed to read it.
#[derive(Clone, Copy)]
pub(super) struct Leaf<'t, 'l> {
    pub(super) key: &'l Key,
    pub(super) name: NodeRef<'t>,
    pub(super) value: NodeRef<'t>,
    pub(super) context: &'l Context,
}

impl<'t> Walk<'t> {
    /// Reads a leaf: a scalar or a list of scalars.
    pub(super) fn leaf(&mut self, key: &Key, entry: Entry<'t>, context: &Context) {
        let leaf = Leaf { key, name: entry.key, value: entry.value, context };
        let given = given(&self.reader, entry.value);
        if key.words.is_empty() || self.about_account(leaf, &given) || self.names_modes(leaf, &given) {
            return;
        }
        let own = key.verb(&self.survey.platforms).map(|(verb, _)| verb);
        match own.or(context.verb.as_ref().map(|(verb, _)| *verb)) {
            Some(verb) => self.about_verb(leaf, verb, own.is_some(), &given),
            None => self.about_everything(leaf, &given),
        }
    }

    /// `modes: [like, follow]`: the value names verbs.
    fn names_modes(&mut self, leaf: Leaf<'t, '_>, given: &Given) -> bool {
        let plain = |idea| matches!(idea, Idea::Role(Role::Modes | Role::Bot | Role::Plain | Role::Enabled));
        if *given != Given::Said || !leaf.key.has(Role::Modes) || !leaf.key.is_only(plain) {
            return false;
        }
        let mut found = false;
        for mode in listed(&self.reader, leaf.value) {
            let words = self.vocabulary.read(&mode.text);
            // A mode is a name such as `follow-classic`, not a sentence.
            if words.words.len() > 4 {
                continue;
            }
            let Some((verb, _)) = words.verb(&self.survey.platforms) else { continue };
            let key = leaf.context.job(verb, words.event(), None);
            found = true;
            self.survey.moded = true;
            if let Some(job) = self.job(key, mode.site) {
                job.lives(mode.site);
            }
        }
        found
    }

    /// A leaf without a verb around it: audiences, limits and the clock of the whole account.
    fn about_everything(&mut self, leaf: Leaf<'t, '_>, given: &Given) {
        if let Some(schedule) = self.schedule(leaf, given) {
            self.survey.scheduled = true;
            if let Some(scope) = self.scope_of(leaf.context)
                && scope.schedule.is_absent()
            {
                scope.schedule = schedule;
            }
            return;
        }
        if let Some(audience) = self.audience(leaf, given) {
            if let Some(scope) = self.scope_of(leaf.context) {
                scope.audiences.push(audience);
            }
            return;
        }
        let counts_acts = |idea| {
            matches!(idea, Idea::Limit(_) | Idea::Role(Role::Cap | Role::Plain | Role::Modes | Role::Bot))
        };
        let kind = leaf.limit_kind();
        if let (Some(kind), Given::Number(number)) = (kind, given)
            && *number > 0.0
            && leaf.key.has(Role::Modes)
            && leaf.key.is_only(counts_acts)
        {
            let bound = Stated::Known(Bound::AtMost(*number), self.reader.site(leaf.value));
            if let Some(scope) = self.scope_of(leaf.context) {
                scope.account.limits.set(kind, bound);
            }
        }
    }

    /// How often something runs, if the leaf says so.
    pub(super) fn schedule(&self, leaf: Leaf<'t, '_>, given: &Given) -> Option<Stated<Schedule>> {
        if !leaf.key.has(Role::Schedule) || leaf.key.has(Role::Unrelated) {
            return None;
        }
        let site = self.reader.site(leaf.value);
        let unit = leaf.key.unit();
        let per_day = leaf.key.words.join(" ").ends_with("per day");
        match given {
            Given::Number(number) if *number > 0.0 => match unit {
                _ if per_day => Some(Stated::Known(Schedule::times_per_day(*number), site)),
                Some(unit) => Some(Stated::Known(every(number * unit), site)),
                None => Some(Stated::Unknown(site)),
            },
            Given::Said if leaf.value.kind() == Kind::Scalar => {
                let parsed = Schedule::parse(leaf.value.text());
                Some(parsed.map_or(Stated::Unknown(site), |schedule| Stated::Known(schedule, site)))
            }
            Given::Unknown => Some(Stated::Unknown(site)),
            _ => None,
        }
    }

    /// Who is reached, if the leaf says so. An empty list says of which kind, but nobody.
    pub(super) fn audience(&self, leaf: Leaf<'t, '_>, given: &Given) -> Option<Audience> {
        let key = leaf.key;
        if key.has(Role::Exclude)
            || key.has(Role::Cap)
            || key.has(Role::Delay)
            || key.has(Role::Chance)
            || key.has(Role::Model)
        {
            return None;
        }
        let site = self.reader.site(leaf.value);
        if let Some(kind) = self.people_named(leaf) {
            return Some(Audience::new(kind, site));
        }
        let kind = key.audience().or_else(|| self.list_of_people(leaf)).or_else(|| self.tags(leaf))?;
        let texts = listed(&self.reader, leaf.value);
        if kind != AudienceKind::Operator && texts.iter().any(|text| self.is_operator(text)) {
            return Some(Audience::new(AudienceKind::Operator, site).of(texts));
        }
        let needs_names = matches!(
            kind,
            AudienceKind::FollowersOf
                | AudienceKind::FollowingOf
                | AudienceKind::EngagersOf
                | AudienceKind::Search
                | AudienceKind::Named
        );
        match given {
            Given::Said | Given::Unknown => Some(self.people(kind, leaf, site)),
            Given::Number(number) if !needs_names && *number > 0.0 => Some(Audience::new(kind, site)),
            Given::On => Some(Audience::new(kind, site)),
            Given::Nothing if needs_names && kind != AudienceKind::Named => Some(Audience::new(kind, site)),
            _ => None,
        }
    }

    /// Whom a list of accounts stands for: its section says so (`targets: { accounts: […] }`), or it is the
    /// section of a verb, which reaches them.
    fn list_of_people(&self, leaf: Leaf<'t, '_>) -> Option<AudienceKind> {
        let is_person =
            |idea| matches!(idea, Idea::Role(Role::Accounts | Role::Username | Role::Handle | Role::Plain));
        if !leaf.is_list() || !leaf.key.is_only(is_person) {
            return None;
        }
        let path = format!("{} {}", leaf.context.section, leaf.name.text());
        let by_section = self.vocabulary.read(&path).audience();
        by_section.or(leaf.context.verb.is_some().then_some(AudienceKind::Named))
    }

    /// `tags: [a, b]`: next to a login, what the bot looks for; elsewhere, anything.
    fn tags(&self, leaf: Leaf<'t, '_>) -> Option<AudienceKind> {
        let is_tags =
            leaf.key.words == ["tag"] && leaf.context.verb.is_none_or(|(verb, _)| verb != Verb::Post);
        // There can be as many scopes as documents, so they are asked last.
        let signs_in = || self.survey.scopes.iter().any(|scope| !scope.account.auth.is_absent());
        (is_tags && leaf.is_list() && signs_in()).then_some(AudienceKind::Search)
    }

    /// Whether a name stands for the people who run the bot.
    fn is_operator(&self, text: &Text) -> bool {
        text.text.len() < 20
            && self.vocabulary.read(&text.text).is_only(|idea| idea == Idea::Audience(AudienceKind::Operator))
    }
}

impl Leaf<'_, '_> {
    /// The period that a number is for: said by the key, else by the sections around it.
    pub(super) fn limit_kind(&self) -> Option<LimitKind> {
        let own: Vec<LimitKind> = self
            .key
            .hits
            .iter()
            .filter_map(|hit| if let Idea::Limit(kind) = hit.idea { Some(kind) } else { None })
            .collect();
        match own.as_slice() {
            kinds if kinds.contains(&LimitKind::PerUser) && kinds.contains(&LimitKind::PerDay) => {
                Some(LimitKind::PerUserDay)
            }
            // `total_follows_per_day` is for the day.
            [LimitKind::Total, other, ..] => Some(*other),
            [first, ..] => Some(*first),
            [] => self.context.limit,
        }
    }

    /// Whether the key itself, or a section around it, has this role.
    pub(super) fn has(&self, role: Role) -> bool {
        self.key.has(role) || self.context.roles.contains(&role)
    }

    /// A duration of this leaf, in days.
    pub(super) fn days(&self, walk: &Walk<'_>) -> Stated<f64> {
        duration(&walk.reader, self.key, self.value)
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        self.value.kind() == Kind::Sequence
    }
}

/// The schedule that fires once in this many days, without the dust of binary fractions.
pub(super) fn every(days: f64) -> Schedule {
    const GRAIN: f64 = 1e6;
    Schedule::times_per_day((GRAIN / days).round() / GRAIN)
}

/// Verbs that carry a text.
pub(super) const fn speaks(verb: Verb) -> bool {
    matches!(verb, Verb::Dm | Verb::Comment | Verb::Reply | Verb::Post | Verb::Quote | Verb::Invite)
}
