//! The fields that rule files may name: one table row each, with what it reads from the model.
//! A rule speaks of fields; where a field stands in a file, only the model's sites know.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{
    Account, AccountKind, Action, AudienceKind, Auth, Bound, Consent, Event, FactKind, GuardKind, LimitKind,
    ListSource, Property, SecretKind, Site, Stated, SwitchFlaw, SwitchKind, Text, Verb, View, Visibility,
    names_person, parse_duration, pings, slots,
};

/// One value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum<'m> {
    /// A word of one of the model's vocabularies.
    Word(&'static str),
    /// Text as written.
    Text(&'m str),
    /// A number; durations are days.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// What a field holds for one view: values with their sites, or a site where it cannot be known.
#[derive(Debug, Default)]
pub(crate) struct Reading<'m> {
    /// The known values.
    pub(crate) values: Vec<(Datum<'m>, Site)>,
    /// Where the configuration names something that cannot be known.
    pub(crate) unknown: Option<Site>,
}

/// The kind of literal that a field is compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldKind {
    /// A word from this list.
    Words(Vocabulary),
    /// Any text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// The name of a cue family.
    Cue,
}

/// One of the model's word lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vocabulary {
    /// Whether it has this word.
    pub(crate) knows: fn(&str) -> bool,
    /// Every word, for suggestions and schemas.
    pub(crate) all: fn() -> Vec<&'static str>,
}

/// What a view must hold for the field to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// An account.
    Account,
    /// An automation.
    Automation,
    /// An action.
    Action,
}

/// A field of the model.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name in rule files.
    pub(crate) name: &'static str,
    /// What it is compared with.
    pub(crate) kind: FieldKind,
    /// What it needs.
    pub(crate) level: Level,
    /// What it tells, for the documentation.
    pub(crate) about: &'static str,
    /// Reads it.
    pub(crate) read: for<'m> fn(&View<'m>, &mut Reading<'m>),
}

impl<'m> Reading<'m> {
    fn push(&mut self, datum: Datum<'m>, site: Site) {
        self.values.push((datum, site));
    }

    fn stated<T>(&mut self, stated: &'m Stated<T>, datum: impl FnOnce(&'m T) -> Datum<'m>) {
        match stated {
            Stated::Known(value, site) => self.push(datum(value), *site),
            Stated::Unknown(site) => self.unknown = Some(*site),
            Stated::Absent => {}
        }
    }

    fn texts(&mut self, texts: &'m [Text]) {
        for text in texts {
            self.push(Datum::Text(&text.text), text.site);
        }
    }
}

/// Looks a field up by name.
pub(crate) fn find(name: &str) -> Option<&'static Field> {
    static BY_NAME: LazyLock<HashMap<&str, &Field>> =
        LazyLock::new(|| FIELDS.iter().map(|field| (field.name, field)).collect());
    BY_NAME.get(name).copied()
}

/// Spellings of a vocabulary.
macro_rules! spellings {
    ($list:ty) => {
        FieldKind::Words(Vocabulary {
            knows: |word| <$list>::parse(word).is_some(),
            all: || <$list>::ALL.iter().map(|word| word.name()).collect(),
        })
    };
}

/// A row of the table.
macro_rules! field {
    ($name:literal, $kind:expr, $level:ident, $about:literal, $read:expr) => {
        Field { name: $name, kind: $kind, level: Level::$level, about: $about, read: $read }
    };
}

use FieldKind::{Cue, Flag, Number, Text as Words};

/// Every field, by level and topic.
pub(crate) static FIELDS: &[Field] = &[
    field!("account", Words, Account, "the account's name; a place to point at", |view, out| {
        out.push(Datum::Text(&view.account.name), view.account.site);
    }),
    field!("account.kind", spellings!(AccountKind), Account, "bot, person or organisation", |view, out| {
        out.stated(&view.account.kind, |kind| Datum::Word(kind.name()));
    }),
    field!("account.auth", spellings!(Auth), Account, "how it signs in", |view, out| {
        out.stated(&view.account.auth, |auth| Datum::Word(auth.name()));
    }),
    field!("account.platform", Words, Account, "the platform, in lower case", |view, out| {
        out.stated(&view.account.identity.platform, |text| Datum::Text(text));
    }),
    field!("account.handle", Words, Account, "its handle", |view, out| {
        out.stated(&view.account.identity.handle, |text| Datum::Text(text));
    }),
    field!("account.bot-flag", Flag, Account, "the platform's mark for automated accounts", |view, out| {
        out.stated(&view.account.profile.bot_flag, |flag| Datum::Flag(*flag));
    }),
    field!("account.bio", Words, Account, "the profile's description", |view, out| {
        out.stated(&view.account.profile.bio, |text| Datum::Text(text));
    }),
    field!("account.bio-cues", Cue, Account, "cue families that the description shows", |view, out| {
        out.stated(&view.account.profile.bio, |text| Datum::Text(text));
    }),
    field!("account.avatar", Words, Account, "the profile's picture; empty means none", |view, out| {
        out.stated(&view.account.profile.avatar, |text| Datum::Text(text));
    }),
    field!("account.url", Words, Account, "the profile's link", |view, out| {
        out.stated(&view.account.profile.url, |text| Datum::Text(text));
    }),
    field!("account.operator", Words, Account, "who runs it", |view, out| {
        out.stated(&view.account.profile.operator, |text| Datum::Text(text));
    }),
    field!("account.contact", Words, Account, "where to write to", |view, out| {
        out.stated(&view.account.profile.contact, |text| Datum::Text(text));
    }),
    field!("account.posts", Number, Account, "how many posts it has", |view, out| {
        out.stated(&view.account.profile.posts, |number| Datum::Number(*number));
    }),
    field!("account.ratio", Number, Account, "followers divided by following", |view, out| {
        let profile = &view.account.profile;
        if let (Stated::Known(followers, site), Some(following)) =
            (&profile.followers, profile.following.get())
            && following > 0.0
        {
            out.push(Datum::Number(followers / following), *site);
        }
    }),
    field!("account.following", Number, Account, "how many accounts it follows", |view, out| {
        out.stated(&view.account.profile.following, |number| Datum::Number(*number));
    }),
    field!("account.fact", spellings!(FactKind), Account, "the facts that are stated", |view, out| {
        for fact in &view.account.facts {
            if let Some(site) = fact.value.site() {
                out.push(Datum::Word(fact.kind.name()), site);
            }
        }
    }),
    field!("account.mode", Words, Account, "the declared mode: feed, alerts, mutuals", |view, out| {
        fact(view.account, FactKind::Mode, out);
    }),
    field!("account.environment", Words, Account, "test or production", |view, out| {
        fact(view.account, FactKind::Environment, out);
    }),
    field!("account.content", Words, Account, "who writes the content", |view, out| {
        fact(view.account, FactKind::Content, out);
    }),
    field!("account.opt-out", Words, Account, "how people can stop it, in words", |view, out| {
        fact(view.account, FactKind::OptOut, out);
    }),
    field!("account.topic", Words, Account, "what it is about, and what the bot is for", |view, out| {
        fact(view.account, FactKind::Topic, out);
        fact(view.account, FactKind::Purpose, out);
    }),
    field!("account.opt-out-delay", Number, Account, "days until an opt-out takes effect", |view, out| {
        number_fact(view.account, FactKind::OptOutDelay, out);
    }),
    field!(
        "account.opt-out-expires",
        Number,
        Account,
        "days after which an opt-out is forgotten",
        |view, out| {
            number_fact(view.account, FactKind::OptOutExpires, out);
        }
    ),
    field!("account.opt-out-scope", Words, Account, "what an opt-out covers", |view, out| {
        fact(view.account, FactKind::OptOutScope, out);
    }),
    field!("account.opt-out-steps", Number, Account, "steps to leave", |view, out| {
        number_fact(view.account, FactKind::OptOutSteps, out);
    }),
    field!("account.opt-in-steps", Number, Account, "steps to join", |view, out| {
        number_fact(view.account, FactKind::OptInSteps, out);
    }),
    field!("account.opt-out-excess", Number, Account, "steps to leave beyond those to join", |view, out| {
        let (mut leave, mut join) = (Reading::default(), Reading::default());
        number_fact(view.account, FactKind::OptOutSteps, &mut leave);
        number_fact(view.account, FactKind::OptInSteps, &mut join);
        if let (Some((Datum::Number(leave), site)), Some((Datum::Number(join), _))) =
            (leave.values.first(), join.values.first())
        {
            out.push(Datum::Number(leave - join), *site);
        }
    }),
    field!("account.replies-within", Number, Account, "days until people get an answer", |view, out| {
        number_fact(view.account, FactKind::RepliesWithin, out);
    }),
    field!("account.switch", spellings!(SwitchKind), Account, "switches that are on", |view, out| {
        switches(view.account, true, out);
    }),
    field!("account.switch-off", spellings!(SwitchKind), Account, "switches that are off", |view, out| {
        switches(view.account, false, out);
    }),
    field!(
        "account.evasion",
        spellings!(SwitchKind),
        Account,
        "switches that are on and hide the bot from its platform",
        |view, out| {
            switches(view.account, true, out);
            out.values.retain(|(datum, _)| {
                matches!(datum, Datum::Word(word) if SwitchKind::parse(word).is_some_and(SwitchKind::hides_the_bot))
            });
        }
    ),
    field!(
        "account.dead-switch",
        Words,
        Account,
        "safety switches that are declared and not obeyed, where they are declared",
        |view, out| {
            for switch in &view.account.dead_switches {
                out.push(Datum::Text(&switch.name), switch.declared);
            }
        }
    ),
    field!(
        "account.dead-switch-flaw",
        spellings!(SwitchFlaw),
        Account,
        "why they are not obeyed, where they are ignored",
        |view, out| {
            for switch in &view.account.dead_switches {
                out.push(Datum::Word(switch.flaw.name()), switch.ignored);
            }
        }
    ),
    field!(
        "account.secret",
        Words,
        Account,
        "passwords and tokens written out, masked; placeholders are left out",
        |view, out| {
            for secret in view.account.secrets.iter().filter(|secret| secret.kind != SecretKind::Placeholder)
            {
                out.push(Datum::Text(&secret.masked), secret.site);
            }
        }
    ),
    field!(
        "account.secret-key",
        Words,
        Account,
        "the keys of passwords and tokens that are written out",
        |view, out| {
            for secret in view.account.secrets.iter().filter(|secret| secret.kind != SecretKind::Placeholder)
            {
                out.push(Datum::Text(&secret.key), secret.site);
            }
        }
    ),
    field!(
        "account.token-shape",
        Flag,
        Account,
        "whether a secret has the form of a known platform's token",
        |view, out| {
            for secret in view.account.secrets.iter().filter(|secret| secret.kind != SecretKind::Placeholder)
            {
                out.push(Datum::Flag(secret.kind == SecretKind::Token), secret.site);
            }
        }
    ),
    field!(
        "account.expresses",
        spellings!(Property),
        Account,
        "what its formats can express",
        |view, out| {
            for property in &view.account.expressible {
                out.push(Datum::Word(property.name()), view.account.site);
            }
        }
    ),
    field!(
        "account.routes",
        spellings!(Event),
        Account,
        "inbound events that reach a person or are answered",
        |view, out| {
            for event in Event::ALL.iter().filter(|event| event.is_inbound() && view.routes(**event)) {
                out.push(Datum::Word(event.name()), view.account.site);
            }
        }
    ),
    field!(
        "account.reacts-to",
        spellings!(Event),
        Account,
        "events that any automation reacts to",
        |view, out| {
            for automation in view.automations() {
                for trigger in &automation.triggers {
                    out.push(Datum::Word(trigger.event.name()), trigger.site);
                }
            }
        }
    ),
    field!("account.is-source", Flag, Account, "whether some automation waits for its posts", |view, out| {
        out.push(Datum::Flag(view.is_source()), view.account.site);
    }),
    field!(
        "account.own-repost-share",
        Number,
        Account,
        "share of content that repeats accounts of the same owner",
        |view, out| {
            if let Some((share, site)) = super::shares::own_repost_share(view) {
                out.push(Datum::Number(share), site);
            }
        }
    ),
    field!(
        "account.announcement-share",
        Number,
        Account,
        "share of content that comes from own feeds or promotes",
        |view, out| {
            if let Some((share, site)) = super::shares::announcement_share(view) {
                out.push(Datum::Number(share), site);
            }
        }
    ),
    field!(
        "account.comments-per-item",
        Number,
        Account,
        "comments that it adds to each issue, pull request or arrival",
        |view, out| out.push(Datum::Number(view.comments_per_item() as f64), view.account.site)
    ),
    field!("automation", Words, Automation, "the automation's name; a place to point at", |view, out| {
        if let Some(automation) = view.automation {
            out.push(Datum::Text(&automation.name), automation.site);
        }
    }),
    field!("automation.approved", Flag, Automation, "whether a person decides each time", |view, out| {
        flag(view, out, |_, view| view.is_approved());
    }),
    field!(
        "automation.does",
        spellings!(Verb),
        Automation,
        "everything it does: of an action, in the same branch",
        |view, out| {
            for action in view.branch() {
                out.push(Datum::Word(action.verb.name()), action.site);
            }
        }
    ),
    field!(
        "automation.private-messages",
        Number,
        Automation,
        "private messages in one firing",
        |view, out| {
            if let Some(automation) = view.automation {
                let messages = automation.actions.iter().filter(|action| action.verb.is_private_message());
                out.push(Datum::Number(messages.count() as f64), automation.site);
            }
        }
    ),
    field!("automation.verbs", spellings!(Verb), Automation, "all that it does", |view, out| {
        let automation = view.automation.into_iter();
        for action in automation.flat_map(|automation| automation.actions.iter().chain(&automation.otherwise))
        {
            out.push(Datum::Word(action.verb.name()), action.site);
        }
    }),
    field!("trigger.event", spellings!(Event), Automation, "what sets it off", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.push(Datum::Word(trigger.event.name()), trigger.site);
        }
    }),
    field!("trigger.from", spellings!(AudienceKind), Automation, "whose act it must be", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            if let Some(from) = &trigger.from {
                out.push(Datum::Word(from.kind.name()), from.site);
            }
        }
    }),
    field!("trigger.filter", Words, Automation, "words, searches or commands it must match", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.texts(&trigger.filters);
        }
    }),
    field!(
        "trigger.from-sister",
        Flag,
        Automation,
        "whether it waits for an account of the same owner",
        |view, out| {
            for from in view
                .automation
                .iter()
                .flat_map(|automation| &automation.triggers)
                .filter_map(|t| t.from.as_ref())
            {
                out.push(Datum::Flag(super::shares::is_sister(view, from)), from.site);
            }
        }
    ),
    field!("trigger.after", Number, Automation, "days of silence before it runs", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.after, |days| Datum::Number(*days));
        }
    }),
    field!(
        "trigger.ignores-activity",
        Flag,
        Automation,
        "whether activity in the meantime is ignored",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                out.stated(&trigger.ignores_activity, |flag| Datum::Flag(*flag));
            }
        }
    ),
    field!(
        "trigger.hour",
        Number,
        Automation,
        "hours of the day, 0 to 23, in which the clock is known to fire",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                match &trigger.schedule {
                    Stated::Known(schedule, site) => {
                        for hour in schedule.hours_of_day() {
                            out.push(Datum::Number(f64::from(hour)), *site);
                        }
                    }
                    Stated::Unknown(site) => out.unknown = Some(*site),
                    Stated::Absent => {}
                }
            }
        }
    ),
    field!(
        "trigger.routed",
        Flag,
        Automation,
        "whether a person reads what arrives so, or an answer with content follows",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                out.push(Datum::Flag(view.routes(trigger.event)), trigger.site);
            }
        }
    ),
    field!("trigger.max-age", Number, Automation, "days after which an item is too old", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.max_age, |days| Datum::Number(*days));
        }
    }),
    field!("trigger.count", Number, Automation, "the number that the event must reach", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.count, |count| Datum::Number(*count));
        }
    }),
    field!("trigger.repeats", Flag, Automation, "whether it repeats until the person reacts", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.repeats, |flag| Datum::Flag(*flag));
        }
    }),
    field!(
        "trigger.stream",
        Flag,
        Automation,
        "whether events arrive in a stream that nobody controls",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                out.push(Datum::Flag(trigger.event.is_stream()), trigger.site);
            }
        }
    ),
    field!("guard", spellings!(GuardKind), Automation, "the guards before the action", |view, out| {
        for guard in view.guards() {
            out.push(Datum::Word(guard.kind.name()), guard.site);
        }
        for kind in &view.account.enforced_by_tool {
            out.push(Datum::Word(kind.name()), view.account.site);
        }
    }),
    field!(
        "guard.memory",
        Number,
        Automation,
        "days for which it remembers whom or what it dealt with",
        |view, out| {
            for guard in view.guards().filter(|guard| guard.kind.remembers()) {
                match guard.window {
                    Stated::Absent => out.push(Datum::Number(f64::INFINITY), guard.site),
                    _ => out.stated(&guard.window, |days| Datum::Number(*days)),
                }
            }
            if view.account.enforced_by_tool.iter().any(|kind| kind.remembers()) {
                out.push(Datum::Number(f64::INFINITY), view.account.site);
            }
        }
    ),
    field!("guard.elsewhere", Words, Automation, "where else people's conduct is looked at", |view, out| {
        for guard in view.guards().filter(|guard| guard.kind == GuardKind::ElsewhereConduct) {
            out.texts(&guard.values);
        }
    }),
    field!("guard.window", Number, Automation, "days for which a guard remembers", |view, out| {
        for guard in view.guards() {
            out.stated(&guard.window, |days| Datum::Number(*days));
        }
    }),
    field!("guard.labels", Words, Automation, "labels that limit or exempt", |view, out| {
        for guard in view.guards() {
            if matches!(guard.kind, GuardKind::OnlyLabels | GuardKind::ExemptLabels) {
                out.texts(&guard.values);
            }
        }
    }),
    field!("guard.only-labels", Words, Automation, "labels that an item must have", |view, out| {
        for guard in view.guards().filter(|guard| guard.kind == GuardKind::OnlyLabels) {
            out.texts(&guard.values);
        }
    }),
    field!("guard.exempt-labels", Words, Automation, "labels that protect an item", |view, out| {
        for guard in view.guards().filter(|guard| guard.kind == GuardKind::ExemptLabels) {
            out.texts(&guard.values);
        }
    }),
    field!(
        "guard.only-label-cues",
        Cue,
        Automation,
        "cue families of labels that an item must have",
        |view, out| {
            for guard in view.guards().filter(|guard| guard.kind == GuardKind::OnlyLabels) {
                out.texts(&guard.values);
            }
        }
    ),
    field!(
        "guard.exempt-label-cues",
        Cue,
        Automation,
        "cue families of labels that protect an item",
        |view, out| {
            for guard in view.guards().filter(|guard| guard.kind == GuardKind::ExemptLabels) {
                out.texts(&guard.values);
            }
        }
    ),
    field!("action", spellings!(Verb), Action, "the act; a place to point at", |view, out| {
        act(view, out, |action, out| out.push(Datum::Word(action.verb.name()), action.site));
    }),
    field!("action.verb", spellings!(Verb), Action, "what is done", |view, out| {
        act(view, out, |action, out| out.push(Datum::Word(action.verb.name()), action.site));
    }),
    field!("action.audience", spellings!(AudienceKind), Action, "who is reached", |view, out| {
        act(view, out, |action, out| {
            out.push(Datum::Word(action.audience.kind.name()), action.audience.site)
        });
    }),
    field!("action.audience-of", Words, Action, "of whom, which list, which search", |view, out| {
        act(view, out, |action, out| out.texts(&action.audience.of));
    }),
    field!(
        "action.audience-of-cues",
        Cue,
        Action,
        "cue families that the names of the search show",
        |view, out| {
            act(view, out, |action, out| out.texts(&action.audience.of));
        }
    ),
    field!(
        "action.self-referential",
        Flag,
        Action,
        "whether the audience grows with our own followers",
        |view, out| {
            act(view, out, |action, out| {
                out.push(Datum::Flag(action.audience.is_self_referential()), action.audience.site);
            });
        }
    ),
    field!("action.finite", Flag, Action, "whether the audience runs out of people", |view, out| {
        act(view, out, |action, out| {
            out.push(Datum::Flag(action.audience.is_finite()), action.audience.site)
        });
    }),
    field!("action.size", Number, Action, "how many people the audience holds", |view, out| {
        act(view, out, |action, out| out.stated(&action.audience.size, |size| Datum::Number(*size)));
    }),
    field!(
        "action.list-source",
        spellings!(ListSource),
        Action,
        "where a list of people comes from",
        |view, out| {
            act(view, out, |action, out| {
                out.stated(&action.audience.source, |source| Datum::Word(source.name()))
            });
        }
    ),
    field!("action.visibility", spellings!(Visibility), Action, "who can see it", |view, out| {
        act(view, out, |action, out| match &action.visibility {
            Stated::Known(visibility, site) => out.push(Datum::Word(visibility.name()), *site),
            Stated::Unknown(site) => out.unknown = Some(*site),
            Stated::Absent => out.push(Datum::Word(action.visible_to().name()), action.site),
        });
    }),
    field!(
        "action.consent",
        spellings!(Consent),
        Action,
        "what the person reached has agreed to",
        |view, out| {
            if let (Some(action), Some(consent)) = (view.action, view.consent()) {
                out.push(Datum::Word(consent.name()), action.audience.site);
            }
        }
    ),
    field!("action.contact", Flag, Action, "whether it lands with one person", |view, out| {
        flag(view, out, |_, view| view.is_contact());
    }),
    field!("action.unsolicited", Flag, Action, "whether it reaches somebody who did not ask", |view, out| {
        flag(view, out, |_, view| view.is_unsolicited());
    }),
    field!("action.outward", Flag, Action, "whether people notice it", |view, out| {
        flag(view, out, |action, _| action.verb.is_outward());
    }),
    field!("action.private", Flag, Action, "whether it is a private message", |view, out| {
        flag(view, out, |action, _| action.verb.is_private_message());
    }),
    field!("action.publication", Flag, Action, "whether it publishes content", |view, out| {
        flag(view, out, |action, _| action.verb.is_publication());
    }),
    field!(
        "action.capped",
        Flag,
        Action,
        "whether something bounds how many people it reaches in a day",
        |view, out| {
            flag(view, out, |_, view| view.is_capped());
        }
    ),
    field!("action.recurring", Flag, Action, "whether the same person can be reached again", |view, out| {
        flag(view, out, |_, view| view.is_recurring());
    }),
    field!("action.per-day", Number, Action, "contacts or posts in a day, at worst", |view, out| {
        let rate = view.rate();
        if let (Some(per_day), Some(action)) = (rate.per_day, view.action) {
            out.push(Datum::Number(per_day), rate.sites.first().copied().unwrap_or(action.site));
        }
    }),
    field!("action.delay", Number, Action, "days between the trigger and the act", |view, out| {
        act(view, out, |action, out| out.stated(&action.delay, |days| Datum::Number(*days)));
    }),
    field!(
        "action.idle-days",
        Number,
        Action,
        "days of silence before the act, its delay included",
        |view, out| {
            let after = view
                .automation
                .iter()
                .flat_map(|automation| &automation.triggers)
                .map(|trigger| &trigger.after);
            if let (Some(action), Some(Stated::Known(after, site))) = (view.action, after.into_iter().next())
            {
                match action.delay {
                    Stated::Known(delay, _) => out.push(Datum::Number(after + delay), *site),
                    Stated::Absent => out.push(Datum::Number(*after), *site),
                    Stated::Unknown(site) => out.unknown = Some(site),
                }
            }
        }
    ),
    field!(
        "action.gap",
        Number,
        Action,
        "days since the message before it in the same sequence",
        |view, out| {
            if let (Some(action), Some(days)) = (view.action, view.days_since_last_message()) {
                out.push(Datum::Number(days), action.site);
            }
        }
    ),
    field!("action.lasts", Number, Action, "days for which a ban, time-out or lock holds", |view, out| {
        act(view, out, |action, out| lasting(action, out));
    }),
    field!("action.within", Number, Action, "days within which a person answers", |view, out| {
        act(view, out, |action, out| out.stated(&action.within, |days| Datum::Number(*days)));
    }),
    field!("action.times", Number, Action, "how often it is done to one person each time", |view, out| {
        act(view, out, |action, out| out.stated(&action.times, |times| Datum::Number(*times)));
    }),
    field!("action.acts-as", Words, Action, "the accounts that act", |view, out| {
        act(view, out, |action, out| out.texts(&action.acts_as));
    }),
    field!("action.voices", Number, Action, "how many named accounts act", |view, out| {
        act(view, out, |action, out| {
            if let Some(first) = action.acts_as.first() {
                out.push(Datum::Number(action.acts_as.len() as f64), first.site);
            }
        });
    }),
    field!(
        "action.comments-on-every-item",
        Flag,
        Action,
        "whether it adds a comment to each item of its kind",
        |view, out| flag(view, out, |_, view| view.comments_on_every_item())
    ),
    field!("action.manner", Words, Action, "a direction, scope or manner", |view, out| {
        act(view, out, |action, out| out.stated(&action.manner, |text| Datum::Text(text)));
    }),
    field!("action.marked", Flag, Action, "whether a copy carries a mark", |view, out| {
        act(view, out, |action, out| out.stated(&action.marked, |flag| Datum::Flag(*flag)));
    }),
    field!("action.model-generated", Flag, Action, "whether a language model writes it", |view, out| {
        act(view, out, |action, out| out.stated(&action.model_generated, |flag| Datum::Flag(*flag)));
    }),
    field!("action.promotion", Flag, Action, "whether it is declared promotion", |view, out| {
        act(view, out, |action, out| out.stated(&action.promotion, |flag| Datum::Flag(*flag)));
    }),
    field!("limits.per-run", Number, Action, "at most this many in one run", |view, out| {
        limit(view, LimitKind::PerRun, out);
    }),
    field!("limits.per-hour", Number, Action, "at most this many in an hour", |view, out| {
        limit(view, LimitKind::PerHour, out);
    }),
    field!("limits.per-day", Number, Action, "at most this many in a day", |view, out| {
        limit(view, LimitKind::PerDay, out);
    }),
    field!("limits.per-user", Number, Action, "at most this many to one person", |view, out| {
        limit(view, LimitKind::PerUser, out);
    }),
    field!("limits.per-user-day", Number, Action, "at most this many to one person in a day", |view, out| {
        limit(view, LimitKind::PerUserDay, out);
    }),
    field!("limits.per-thread", Number, Action, "at most this many in a thread", |view, out| {
        limit(view, LimitKind::PerThread, out);
    }),
    field!("limits.pending", Number, Action, "at most this many open at once", |view, out| {
        limit(view, LimitKind::Pending, out);
    }),
    field!("limits.total", Number, Action, "at most this many, ever", |view, out| {
        limit(view, LimitKind::Total, out);
    }),
    field!("limits.cooldown", Number, Action, "days between two contacts with one person", |view, out| {
        limit(view, LimitKind::Cooldown, out);
    }),
    field!("text", Words, Action, "the message", |view, out| {
        act(view, out, |action, out| out.texts(&action.texts));
    }),
    field!("text.cues", Cue, Action, "cue families that the message shows", |view, out| {
        act(view, out, |action, out| out.texts(&action.texts));
    }),
    field!("text.slots", Words, Action, "the last words of the message's slots", |view, out| {
        act(view, out, |action, out| {
            for text in &action.texts {
                for slot in slots(&text.text) {
                    out.push(Datum::Text(slot.name), text.site);
                }
            }
        });
    }),
    field!("text.pings", Number, Action, "how many people the message pings", |view, out| {
        act(view, out, |action, out| {
            for text in &action.texts {
                out.push(Datum::Number(pings(&text.text) as f64), text.site);
            }
        });
    }),
    field!(
        "text.names-person",
        Flag,
        Action,
        "whether the message names the person it is about",
        |view, out| {
            act(view, out, |action, out| {
                for text in &action.texts {
                    out.push(Datum::Flag(names_person(&text.text)), text.site);
                }
            });
        }
    ),
];

fn act<'m>(view: &View<'m>, out: &mut Reading<'m>, read: impl FnOnce(&'m Action, &mut Reading<'m>)) {
    if let Some(action) = view.action {
        read(action, out);
    }
}

fn flag<'m>(view: &View<'m>, out: &mut Reading<'m>, read: impl FnOnce(&Action, &View<'m>) -> bool) {
    if let Some(action) = view.action {
        out.push(Datum::Flag(read(action, view)), action.site);
    }
}

fn fact<'m>(account: &'m Account, kind: FactKind, out: &mut Reading<'m>) {
    for fact in account.facts.iter().filter(|fact| fact.kind == kind) {
        out.stated(&fact.value, |text| Datum::Text(text));
    }
}

fn number_fact<'m>(account: &'m Account, kind: FactKind, out: &mut Reading<'m>) {
    for fact in account.facts.iter().filter(|fact| fact.kind == kind) {
        if let Stated::Known(text, site) = &fact.value
            && let Ok(number) = text.parse()
        {
            out.push(Datum::Number(number), *site);
        }
    }
}

/// How long a sanction holds: what its manner says; a ban that says nothing is for ever.
fn lasting<'m>(action: &'m Action, out: &mut Reading<'m>) {
    match &action.manner {
        Stated::Known(manner, site) => match parse_duration(manner) {
            Some(days) => out.push(Datum::Number(days), *site),
            None if matches!(manner.as_str(), "forever" | "for ever" | "permanent" | "permanently") => {
                out.push(Datum::Number(f64::INFINITY), *site);
            }
            None => {}
        },
        Stated::Unknown(site) => out.unknown = Some(*site),
        Stated::Absent if action.verb == Verb::Ban => out.push(Datum::Number(f64::INFINITY), action.site),
        Stated::Absent => {}
    }
}

fn switches<'m>(account: &'m Account, position: bool, out: &mut Reading<'m>) {
    for switch in &account.switches {
        match &switch.on {
            Stated::Known(on, site) if *on == position => out.push(Datum::Word(switch.kind.name()), *site),
            _ => {}
        }
    }
}

fn limit<'m>(view: &View<'m>, kind: LimitKind, out: &mut Reading<'m>) {
    match view.limit(kind) {
        Some(Stated::Known(Bound::AtMost(number), site)) => out.push(Datum::Number(*number), *site),
        Some(Stated::Known(Bound::Unlimited, site)) => out.push(Datum::Number(f64::INFINITY), *site),
        Some(Stated::Unknown(site)) => out.unknown = Some(*site),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_documented() {
        let mut names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(FIELDS.iter().all(|field| !field.about.is_empty() && !field.about.ends_with('.')));
    }
}
