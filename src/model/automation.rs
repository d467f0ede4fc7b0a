//! An automation: when it runs, under which conditions, what it does to whom, and how often.

use super::details::{ActionDetails, AudienceDetails, Details, GuardDetails, TriggerDetails};
use super::{AudienceKind, Event, GuardKind, Limits, ListSource, Schedule, Site, Stated, Verb, Visibility};

/// One rule of a bot: triggers, guards, actions, limits.
#[derive(Clone, Debug, Default)]
pub struct Automation {
    /// Its name in the configuration, or one made from its content.
    pub name: String,
    /// Where it stands.
    pub site: Site,
    /// The account it acts as: an index into the accounts of the model.
    pub account: usize,
    /// Off when the configuration says so, or when the whole bot only rehearses.
    pub enabled: Stated<bool>,
    /// Any of these sets it off.
    pub triggers: Vec<Trigger>,
    /// All of these must let it pass.
    pub guards: Vec<Guard>,
    /// What it does, in order.
    pub actions: Vec<Action>,
    /// What it does when a guard does not let it pass.
    pub otherwise: Vec<Action>,
    /// Limits on the automation as a whole.
    pub limits: Limits,
}

/// What sets an automation off. Its rarer fields are those of [`TriggerDetails`].
#[derive(Clone, Debug)]
pub struct Trigger {
    /// The event.
    pub event: Event,
    /// Where it is named.
    pub site: Site,
    /// Whose act it must be.
    pub from: Option<Audience>,
    /// Words, searches, commands or feeds that it must match.
    pub filters: Vec<Text>,
    pub(crate) details: Details<TriggerDetails>,
}

/// A condition between trigger and action. Its rarer field is that of [`GuardDetails`].
#[derive(Clone, Debug)]
pub struct Guard {
    /// What it checks.
    pub kind: GuardKind,
    /// Where it stands.
    pub site: Site,
    /// What it checks for: labels, words, names.
    pub values: Vec<Text>,
    pub(crate) details: Details<GuardDetails>,
}

/// One act of an automation. Its rarer fields are those of [`ActionDetails`].
#[derive(Clone, Debug)]
pub struct Action {
    /// What is done.
    pub verb: Verb,
    /// Where it is written.
    pub site: Site,
    /// Who is reached.
    pub audience: Audience,
    /// The message, in each of its variants; empty where nothing is said or nothing is known.
    pub texts: Vec<Text>,
    /// Days between the trigger and this act.
    pub delay: Stated<f64>,
    /// A direction, scope or manner: `up`, `forever`, `all`, `update-single`.
    pub manner: Stated<String>,
    pub(crate) details: Details<ActionDetails>,
}

/// Who an action reaches, or whose act a trigger waits for. Its rarer fields are those of [`AudienceDetails`].
#[derive(Clone, Debug)]
pub struct Audience {
    /// The kind of audience.
    pub kind: AudienceKind,
    /// Where it is named.
    pub site: Site,
    /// Of whom, which list, which search.
    pub of: Vec<Text>,
    pub(crate) details: Details<AudienceDetails>,
}

/// A piece of text and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The text, without quotes and escapes.
    pub text: String,
    /// Where it stands.
    pub site: Site,
}

impl Automation {
    /// Gives back what its lists hold in reserve: a list with one action has room for four, and a large file has
    /// tens of thousands of such lists.
    pub(crate) fn shrink(&mut self) {
        for trigger in &mut self.triggers {
            trigger.filters.shrink_to_fit();
            trigger.from.iter_mut().for_each(Audience::shrink);
            trigger.details.shrink();
        }
        for action in self.actions.iter_mut().chain(&mut self.otherwise) {
            action.texts.shrink_to_fit();
            action.audience.shrink();
            action.details.shrink();
        }
        for guard in &mut self.guards {
            guard.values.shrink_to_fit();
            guard.details.shrink();
        }
        self.triggers.shrink_to_fit();
        self.guards.shrink_to_fit();
        self.actions.shrink_to_fit();
        self.otherwise.shrink_to_fit();
    }
}

impl Trigger {
    /// A trigger on this event, with nothing further known.
    #[must_use]
    pub fn new(event: Event, site: Site) -> Self {
        Self { event, site, from: None, filters: Vec::new(), details: Details::NONE }
    }

    /// The filters check by check: one of each must match. At least one check, which may be empty.
    pub fn each_check(&self) -> impl Iterator<Item = &[Text]> {
        let all = if self.checks.is_empty() { Some(self.filters.as_slice()) } else { None };
        let mut rest = self.filters.as_slice();
        let checks = self.checks.iter().map(move |&size| {
            let (check, after) = rest.split_at(size.min(rest.len()));
            rest = after;
            check
        });
        all.into_iter().chain(checks)
    }

    /// The same trigger, as the clock fires it.
    #[must_use]
    pub fn scheduled(mut self, schedule: Stated<Schedule>) -> Self {
        self.schedule = schedule;
        self
    }
}

impl Guard {
    /// A guard of this kind, with nothing further known.
    #[must_use]
    pub const fn new(kind: GuardKind, site: Site) -> Self {
        Self { kind, site, values: Vec::new(), details: Details::NONE }
    }

    /// The same guard, with what it asks for as a clause.
    #[must_use]
    pub fn saying(mut self, clause: &str) -> Self {
        self.said = clause.to_owned();
        self
    }
}

impl Action {
    /// An action on an audience, with nothing further known.
    #[must_use]
    pub fn new(verb: Verb, site: Site, audience: Audience) -> Self {
        Self {
            verb,
            site,
            audience,
            texts: Vec::new(),
            delay: Stated::Absent,
            manner: Stated::Absent,
            details: Details::NONE,
        }
    }

    /// The same act, done in this manner.
    #[must_use]
    pub fn in_manner(mut self, manner: Stated<String>) -> Self {
        self.manner = manner;
        self
    }

    /// The stated visibility, or the one its verb has by nature.
    #[must_use]
    pub fn visible_to(&self) -> Visibility {
        self.visibility.get().unwrap_or_else(|| self.verb.default_visibility())
    }
}

impl Audience {
    /// An audience of this kind, with nothing further known.
    #[must_use]
    pub const fn new(kind: AudienceKind, site: Site) -> Self {
        Self { kind, site, of: Vec::new(), details: Details::NONE }
    }

    /// The same audience, of these accounts, lists or searches.
    #[must_use]
    pub fn of(mut self, of: Vec<Text>) -> Self {
        self.of = of;
        self
    }

    /// The same audience, of this size.
    #[must_use]
    pub fn sized(mut self, size: Stated<f64>) -> Self {
        self.size = size;
        self
    }

    /// The same audience, as a list from this source.
    #[must_use]
    pub fn sourced(mut self, source: Stated<ListSource>) -> Self {
        self.source = source;
        self
    }

    fn shrink(&mut self) {
        self.of.shrink_to_fit();
        self.details.shrink();
    }

    /// Whether it grows with our own followers, follows or contacts.
    #[must_use]
    pub fn is_self_referential(&self) -> bool {
        use AudienceKind::{EngagersOf, FollowersOf, FollowingOf, OwnFollowers, OwnFollowing};
        match self.kind {
            FollowersOf | FollowingOf | EngagersOf => self
                .of
                .iter()
                .any(|text| matches!(AudienceKind::parse(&text.text), Some(OwnFollowers | OwnFollowing))),
            _ => false,
        }
    }

    /// Whether it runs out of people: named accounts, a team, an opt-in or static list.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        match self.kind {
            AudienceKind::Named
            | AudienceKind::OptInList
            | AudienceKind::OpenItems
            | AudienceKind::Operator
            | AudienceKind::Team => true,
            AudienceKind::List => self.source.get() == Some(ListSource::Static) || self.size.get().is_some(),
            _ => self.size.get().is_some(),
        }
    }
}
