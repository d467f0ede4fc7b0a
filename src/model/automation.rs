//! An automation: when it runs, under which conditions, what it does to whom, and how often.

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

/// What sets an automation off.
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
    /// Days that must pass first, for events of silence (`issue-idle`, `no-reply`).
    pub after: Stated<f64>,
    /// How often the clock fires.
    pub schedule: Stated<Schedule>,
    /// Whether activity in the meantime is ignored.
    pub ignores_activity: Stated<bool>,
    /// Items older than this many days are left out.
    pub max_age: Stated<f64>,
    /// A number that the event must reach: reports, stars, failures.
    pub count: Stated<f64>,
    /// Whether it repeats until the person reacts.
    pub repeats: Stated<bool>,
}

/// A condition between trigger and action.
#[derive(Clone, Debug)]
pub struct Guard {
    /// What it checks.
    pub kind: GuardKind,
    /// Where it stands.
    pub site: Site,
    /// What it checks for: labels, words, names.
    pub values: Vec<Text>,
    /// Days for which it holds; absent means for ever.
    pub window: Stated<f64>,
}

/// One act of an automation.
#[derive(Clone, Debug)]
pub struct Action {
    /// What is done.
    pub verb: Verb,
    /// Where it is written.
    pub site: Site,
    /// Who is reached.
    pub audience: Audience,
    /// Who can see it.
    pub visibility: Stated<Visibility>,
    /// The message, in each of its variants; empty where nothing is said or nothing is known.
    pub texts: Vec<Text>,
    /// Days between the trigger and this act.
    pub delay: Stated<f64>,
    /// Days within which a person answers, for hand-overs.
    pub within: Stated<f64>,
    /// The accounts that act, where they are not the automation's own.
    pub acts_as: Vec<Text>,
    /// Limits on this act alone.
    pub limits: Limits,
    /// Chance that it happens, from 0 to 1.
    pub probability: Stated<f64>,
    /// How often it is done to one person each time (three likes for each profile).
    pub times: Stated<f64>,
    /// Whether a language model writes the text.
    pub model_generated: Stated<bool>,
    /// Whether the configuration declares it to be promotion.
    pub promotion: Stated<bool>,
    /// Whether the copy carries a mark that it is one.
    pub marked: Stated<bool>,
    /// A direction, scope or manner: `up`, `forever`, `all`, `update-single`.
    pub manner: Stated<String>,
}

/// Who an action reaches, or whose act a trigger waits for.
#[derive(Clone, Debug)]
pub struct Audience {
    /// The kind of audience.
    pub kind: AudienceKind,
    /// Where it is named.
    pub site: Site,
    /// Of whom, which list, which search.
    pub of: Vec<Text>,
    /// Where the list comes from.
    pub source: Stated<ListSource>,
    /// How many people it holds, if that is known.
    pub size: Stated<f64>,
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
            trigger.from.iter_mut().for_each(|from| from.of.shrink_to_fit());
        }
        for action in self.actions.iter_mut().chain(&mut self.otherwise) {
            action.texts.shrink_to_fit();
            action.audience.of.shrink_to_fit();
        }
        self.guards.iter_mut().for_each(|guard| guard.values.shrink_to_fit());
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
        Self {
            event,
            site,
            from: None,
            filters: Vec::new(),
            after: Stated::Absent,
            schedule: Stated::Absent,
            ignores_activity: Stated::Absent,
            max_age: Stated::Absent,
            count: Stated::Absent,
            repeats: Stated::Absent,
        }
    }
}

impl Guard {
    /// A guard of this kind, with nothing further known.
    #[must_use]
    pub const fn new(kind: GuardKind, site: Site) -> Self {
        Self { kind, site, values: Vec::new(), window: Stated::Absent }
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
            visibility: Stated::Absent,
            texts: Vec::new(),
            delay: Stated::Absent,
            within: Stated::Absent,
            acts_as: Vec::new(),
            limits: Limits::default(),
            probability: Stated::Absent,
            times: Stated::Absent,
            model_generated: Stated::Absent,
            promotion: Stated::Absent,
            marked: Stated::Absent,
            manner: Stated::Absent,
        }
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
        Self { kind, site, of: Vec::new(), source: Stated::Absent, size: Stated::Absent }
    }

    /// The same audience, of these accounts, lists or searches.
    #[must_use]
    pub fn of(mut self, of: Vec<Text>) -> Self {
        self.of = of;
        self
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
            AudienceKind::Named | AudienceKind::OptInList | AudienceKind::Operator | AudienceKind::Team => {
                true
            }
            AudienceKind::List => self.source.get() == Some(ListSource::Static) || self.size.get().is_some(),
            _ => self.size.get().is_some(),
        }
    }
}
