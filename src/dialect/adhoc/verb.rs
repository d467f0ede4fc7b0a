//! What a leaf says of its verb: that it happens or not, how often, to whom, after what time, in which words.

use super::given::Given;
use super::job::Job;
use super::leaf::{Leaf, every, speaks};
use super::vocabulary::{Idea, Key, Role};
use super::walk::{Context, Walk};
use crate::model::{Audience, AudienceKind, Bound, Event, LimitKind, Site, Stated, Verb};

/// What a leaf does to its job.
enum Effect {
    /// Nothing that we understand.
    None,
    /// It happens.
    Live,
    /// It is known to be off.
    Off,
    /// It says more, but not that it happens.
    Detail,
}

impl<'t> Walk<'t> {
    /// The section of a verb is switched on.
    pub(super) fn section_on(&mut self, context: &Context) {
        let Some((verb, site)) = context.verb else { return };
        let key = context.job(verb, context.event, context.host);
        if let Some(job) = self.job(key, site) {
            job.lives(site);
            job.switched = true;
            job.people(context.people);
        }
    }

    /// Reads a leaf with a verb; `own` if its own key names it.
    pub(super) fn about_verb(&mut self, leaf: Leaf<'t, '_>, verb: Verb, own: bool, given: &Given) {
        let context = leaf.context;
        let outer = context.verb.map(|(verb, _)| verb);
        let host = if own && outer != Some(verb) { hosted_by(verb, outer) } else { context.host };
        let event = if own { leaf.key.event().or(context.event) } else { context.event };
        let key = context.job(verb, event, host);
        let site = self.reader.site(if own { leaf.name } else { leaf.value });
        // The job is taken out, so that reading the leaf may look at everything else.
        let Some(mut job) = self.job(key, site).map(|job| std::mem::replace(job, Job::new(key, site))) else {
            return;
        };
        match self.effect(leaf, own, given, &mut job) {
            Effect::None => {}
            Effect::Live => {
                job.lives(site);
                job.switched |= *given == Given::On;
            }
            Effect::Off => job.off = true,
            Effect::Detail => {}
        }
        job.automatic |= leaf.key.has(Role::Automatic);
        job.unknown = job.unknown.or(context.unknown);
        job.people(context.people);
        if let Some(named) = context.named.as_ref().filter(|_| job.audiences.is_empty()) {
            job.audience(Audience::new(AudienceKind::Named, named.site).of(vec![named.clone()]));
        }
        if let Some(slot) = self.job(key, site) {
            *slot = job;
        }
    }

    fn effect(&self, leaf: Leaf<'t, '_>, own: bool, given: &Given, job: &mut Job) -> Effect {
        let key = leaf.key;
        if key.has_beside_verb(Role::Unrelated) {
            return Effect::None;
        }
        if own && key.has(Role::Negation) && leaf.limit_kind().is_none() {
            let negates = key.is_only(is_switch_word) && matches!(given, Given::On | Given::Number(_));
            return if negates { Effect::Off } else { Effect::None };
        }
        if job.key.verb == Verb::Unfollow && key.has(Role::After) && !key.has(Role::Exclude) {
            return self.after(leaf, given, job);
        }
        if let (false, Some(event)) = (own, self.event_named(leaf)) {
            job.events.push((event, self.reader.site(leaf.value)));
            return Effect::Detail;
        }
        if let Some(effect) = self.audience_of(leaf, own, given, job) {
            return effect;
        }
        // `only_when_mentioned` is a condition that says what sets the job off.
        if let (Given::On, false, Some(event), false) = (given, own, key.event(), key.has(Role::Exclude)) {
            job.events.push((event, self.reader.site(leaf.value)));
            return Effect::Detail;
        }
        if key.has(Role::Filter) || key.has(Role::Exclude) {
            return Effect::None;
        }
        if let Some(effect) = self.pace(leaf, own, given, job) {
            return effect;
        }
        if leaf.has(Role::Chance) {
            return chance(given, self.reader.site(leaf.value), own, job);
        }
        if let Some(effect) = self.count(leaf, own, given, job) {
            return effect;
        }
        self.switch(leaf, own, given, job)
    }

    /// `unfollow_after_days: 2`.
    fn after(&self, leaf: Leaf<'t, '_>, given: &Given, job: &mut Job) -> Effect {
        match given {
            Given::Nothing | Given::Off | Given::Number(0.0) => Effect::None,
            Given::On => Effect::Live,
            _ => {
                job.after = std::mem::take(&mut job.after).or(leaf.days(self));
                if job.after.is_absent() { Effect::None } else { Effect::Live }
            }
        }
    }

    /// Whom it reaches. A key that names both verb and audience (`follow_followers_of`) shows that it happens.
    fn audience_of(&self, leaf: Leaf<'t, '_>, own: bool, given: &Given, job: &mut Job) -> Option<Effect> {
        if job.key.verb == Verb::Post {
            return None;
        }
        let audience = self.audience(leaf, given)?;
        let lives = own
            && audience.kind != AudienceKind::Operator
            && !matches!(given, Given::Nothing)
            && !leaf.key.has(Role::Text);
        job.audience(audience);
        Some(if lives { Effect::Live } else { Effect::Detail })
    }

    /// Delays and intervals: a pause between two acts says nothing, an interval of posts is their schedule.
    fn pace(&self, leaf: Leaf<'t, '_>, own: bool, given: &Given, job: &mut Job) -> Option<Effect> {
        let key = leaf.key;
        let schedule = (!own).then(|| self.schedule(leaf, given)).flatten();
        if let Some(schedule) = schedule {
            job.schedule = schedule;
            return Some(Effect::Detail);
        }
        let is_cooldown = leaf.limit_kind() == Some(LimitKind::Cooldown);
        if !key.has(Role::Delay) && !is_cooldown {
            return None;
        }
        let unit = key.unit();
        let is_range = key.has(Role::LowerEnd) || key.has(Role::Cap);
        match (given, unit) {
            (Given::Number(_) | Given::Said, _) if is_cooldown => {
                job.limit(LimitKind::Cooldown, leaf.days(self).map(Bound::AtMost));
                Some(Effect::Detail)
            }
            (Given::Number(number), Some(unit))
                if own
                    && *number > 0.0
                    && !is_range
                    && key.has(Role::Interval)
                    && job.key.verb == Verb::Post =>
            {
                let schedule = every(number * unit);
                job.schedule = Stated::Known(schedule, self.reader.site(leaf.value));
                job.paced = true;
                Some(Effect::Live)
            }
            _ => Some(Effect::None),
        }
    }

    /// Limits and other numbers.
    fn count(&self, leaf: Leaf<'t, '_>, own: bool, given: &Given, job: &mut Job) -> Option<Effect> {
        let site = self.reader.site(leaf.value);
        let bound = match given {
            Given::Number(number) if *number > 0.0 => Stated::Known(Bound::AtMost(*number), site),
            Given::Number(_) => Stated::Unknown(site),
            Given::Unlimited => Stated::Known(Bound::Unlimited, site),
            Given::Unknown => Stated::Unknown(site),
            _ => return None,
        };
        let is_off = *given == Given::Number(0.0);
        if leaf.key.has(Role::LowerEnd) && !leaf.key.has(Role::Cap) {
            return Some(Effect::None);
        }
        if let Some(kind) = leaf.limit_kind() {
            if is_off {
                return Some(Effect::Off);
            }
            job.limit(kind, bound);
            let shows = job.paced || is_distinctive(job.key.verb);
            let names_it = own || leaf.key.has(Role::Cap) || leaf.key.is_only(is_limit_word);
            return Some(if shows && names_it { Effect::Live } else { Effect::Detail });
        }
        let hosted = (job.key.host.is_some() || !own) && job.key.verb != Verb::Post;
        if hosted && leaf.key.has(Role::Times) && !leaf.key.has_word("max") {
            job.times = if let Given::Number(number) = given {
                Stated::Known(*number, site)
            } else {
                Stated::Unknown(site)
            };
            return Some(if own && job.times.get().is_some_and(|times| times > 0.0) {
                Effect::Live
            } else {
                Effect::Detail
            });
        }
        if leaf.has(Role::Cap) {
            if is_off {
                return Some(Effect::Off);
            }
            // A cap without a period bounds something, but nobody can say for which time.
            job.limit(LimitKind::PerRun, Stated::Unknown(site));
            job.paced = job.paced && job.limits.number(LimitKind::PerRun).is_some();
            return Some(if own && job.key.verb != Verb::Post { Effect::Live } else { Effect::Detail });
        }
        None
    }

    /// Switches, texts and models.
    fn switch(&self, leaf: Leaf<'t, '_>, own: bool, given: &Given, job: &mut Job) -> Effect {
        let key = leaf.key;
        let site = self.reader.site(leaf.value);
        let is_switch = key.is_only(is_switch_word);
        match given {
            Given::Off | Given::Number(0.0) if is_switch => Effect::Off,
            Given::Unknown if is_switch => {
                job.unknown = Some(site);
                Effect::Live
            }
            Given::On | Given::Number(_) if key.has(Role::Model) => {
                job.model_generated = Stated::Known(true, site);
                Effect::Detail
            }
            // A sentence as a key is data.
            Given::On if is_switch || own && !leaf.name.text().contains(' ') => Effect::Live,
            Given::Number(number) if own && is_switch && *number > 0.0 => Effect::Live,
            Given::Said if key.has(Role::Model) && !leaf.is_list() => {
                job.model_generated = Stated::Known(true, site);
                Effect::Detail
            }
            Given::Said if speaks(job.key.verb) => self.says(leaf, own, job),
            _ => Effect::None,
        }
    }

    /// A text under a verb that speaks.
    fn says(&self, leaf: Leaf<'t, '_>, own: bool, job: &mut Job) -> Effect {
        let is_list_of_texts = own && leaf.is_list() && leaf.key.is_only(is_switch_word);
        let is_event_text = own && job.key.event.is_some() && leaf.key.is_only(is_switch_word);
        let names_a_text = leaf.key.has(Role::Text) || (!own && leaf.context.roles.contains(&Role::Text));
        let is_text_verb = own && job.key.verb == Verb::Dm && leaf.key.has_word("message");
        // `reply: "Have a look at …"`: one word would be a mode or a label.
        let is_sentence = own && leaf.key.is_only(is_switch_word) && is_sentence(leaf.value.text());
        if !(is_list_of_texts || is_event_text || names_a_text || is_text_verb || is_sentence) {
            return Effect::None;
        }
        // A comma belongs to a sentence: only the items of a list are several texts.
        job.texts
            .extend(self.reader.texts(leaf.value).into_iter().filter(|text| !text.text.trim().is_empty()));
        if job.key.verb == Verb::Post { Effect::Detail } else { Effect::Live }
    }
}

/// Whether a text is said to somebody rather than shown on a button.
fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words >= 4 || words >= 2 && text.contains(['!', '{', '?', '/'])
}

/// A probability, or a share in per cent.
fn chance(given: &Given, site: Site, own: bool, job: &mut Job) -> Effect {
    match given {
        Given::Number(number) if *number > 0.0 => {
            let share = if *number > 1.0 { number / 100.0 } else { *number };
            job.probability = Stated::Known(share.min(1.0), site);
            Effect::Live
        }
        Given::Number(_) | Given::Off if own => Effect::Off,
        _ => Effect::None,
    }
}

impl Key {
    /// The event that the key names.
    pub(super) fn event(&self) -> Option<Event> {
        self.pick(|idea| if let Idea::Event(event) = idea { Some(event) } else { None })
    }

    /// The audience that the key names.
    pub(super) fn audience(&self) -> Option<AudienceKind> {
        self.pick(|idea| if let Idea::Audience(kind) = idea { Some(kind) } else { None })
    }

    /// Whether this word is part of the key.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }
}

/// Words that make no condition: `auto_follow_enabled` is a switch, `follow_passive_users` is none.
fn is_switch_word(idea: Idea) -> bool {
    matches!(
        idea,
        Idea::Verb(_)
            | Idea::VerbOn(..)
            | Idea::Event(_)
            | Idea::Platform(_)
            | Idea::Role(Role::Plain | Role::Enabled | Role::Automatic | Role::Negation | Role::Bot)
    )
}

fn is_limit_word(idea: Idea) -> bool {
    matches!(idea, Idea::Limit(_) | Idea::Role(Role::Cap))
}

/// Verbs that few files have which are not about people.
pub(super) const fn is_distinctive(verb: Verb) -> bool {
    !matches!(verb, Verb::Reply | Verb::Comment | Verb::Invite | Verb::Post | Verb::Star | Verb::Vote)
}

/// The verb in whose section another one stands.
fn hosted_by(verb: Verb, outer: Option<Verb>) -> Option<Verb> {
    outer.filter(|outer| *outer != verb && *outer != Verb::Post)
}
