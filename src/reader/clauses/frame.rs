//! A clause on its way: who does what to whom, when, how often, as far as the entries read so far tell.
//! A section inherits the slots of the section around it; what it does and says is its own.

use crate::model::{Audience, Event, Guard, Limits, Schedule, Site, Stated, Text, Trigger, Visibility};
use crate::reader::sense::{Act, Deed};
use crate::reader::speech::Speech;
use crate::reader::words::Phrase;
use crate::source::boundary;

/// How many bytes of a key become part of a section's name.
const LONGEST_NAME: usize = 200;

/// A text with what it does to whoever reads it.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// The text.
    pub(crate) text: Text,
    /// What it does.
    pub(crate) speech: Speech,
}

impl Said {
    /// The text, with what its words do.
    pub(crate) fn of(text: Text) -> Self {
        Self { speech: Speech::of(&text.text), text }
    }
}

/// One act of a clause.
#[derive(Clone, Debug)]
pub(crate) struct Doing {
    /// What is done.
    pub(crate) deed: Deed,
    /// The words that say so.
    pub(crate) site: Site,
    /// What sets it off, if its own words say so.
    pub(crate) event: Option<Event>,
    /// Whom it reaches, if its own words or details say so.
    pub(crate) audiences: Vec<Audience>,
    /// What it says.
    pub(crate) texts: Vec<Said>,
    /// How often.
    pub(crate) limits: Limits,
    /// Days after what came before.
    pub(crate) delay: Stated<f64>,
    /// Where it can be seen.
    pub(crate) place: Option<(Visibility, Site)>,
    /// Whether it is switched off.
    pub(crate) off: bool,
    /// Whether its words only say when or how it happens.
    pub(crate) aside: bool,
    /// Chance that it happens, from 0 to 1.
    pub(crate) probability: Stated<f64>,
    /// How often for one person.
    pub(crate) times: Stated<f64>,
    /// The accounts that do it, where they are not those of the whole clause.
    pub(crate) voices: Vec<Text>,
    /// Whether a language model writes what it says.
    pub(crate) model_generated: Stated<bool>,
}

impl Doing {
    /// An act of which only the deed is known.
    pub(crate) fn of(deed: Deed, site: Site) -> Self {
        Self::new(&Act::of(deed), site)
    }

    /// An act with nothing further known.
    pub(crate) fn new(act: &Act, site: Site) -> Self {
        let audiences = act.people.map(|kind| Audience::new(kind, site)).into_iter().collect();
        Self {
            deed: act.deed,
            site,
            event: act.event,
            audiences,
            texts: Vec::new(),
            limits: Limits::default(),
            delay: Stated::Absent,
            place: None,
            off: false,
            aside: false,
            probability: Stated::Absent,
            times: Stated::Absent,
            voices: Vec::new(),
            model_generated: Stated::Absent,
        }
    }
}

/// What the entries of one section say together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    /// The keys that lead here.
    pub(crate) name: String,
    /// The key of the section.
    pub(crate) site: Site,
    /// The account that acts: a number of the reading.
    pub(crate) account: usize,
    /// What sets it off.
    pub(crate) triggers: Vec<Trigger>,
    /// Whether the section is about one event or is one rule: what stands in it belongs together.
    pub(crate) joint: bool,
    /// What it does, in order.
    pub(crate) doings: Vec<Doing>,
    /// An act that only the name of the section suggests.
    pub(crate) named: Option<(Act, Site)>,
    /// What it says.
    pub(crate) texts: Vec<Said>,
    /// Whom it reaches.
    pub(crate) audiences: Vec<Audience>,
    /// Where it can be seen.
    pub(crate) place: Option<(Visibility, Site)>,
    /// Whether the section itself says where.
    pub(crate) sets_place: bool,
    /// When it runs.
    pub(crate) schedule: Stated<Schedule>,
    /// Days of silence before it runs.
    pub(crate) after: Stated<f64>,
    /// Days between two acts.
    pub(crate) pace: Stated<f64>,
    /// How often.
    pub(crate) limits: Limits,
    /// Whether a limit is said to hold for each run.
    pub(crate) each_run: bool,
    /// Under which conditions.
    pub(crate) guards: Vec<Guard>,
    /// Whether it goes on until somebody reacts.
    pub(crate) repeats: Stated<bool>,
    /// The accounts that act, where they are not the section's own.
    pub(crate) voices: Vec<Text>,
    /// Where it says that a language model writes what is said.
    pub(crate) generated: Option<Site>,
    /// Words and posts that it waits for.
    pub(crate) filters: Vec<Text>,
    /// A switch around it that only the run knows.
    pub(crate) enabled: Stated<bool>,
    /// Steps with delays of their own: one person gets them one after another.
    pub(crate) sequence: bool,
    /// Where the section says that it does not rehearse, whatever the whole file says.
    pub(crate) in_earnest: Option<Site>,
    /// Where the section says that nobody needs to approve, whatever the whole file says.
    pub(crate) unapproved: Option<Site>,
    /// Acts that the section says do not happen.
    pub(crate) offs: Vec<Deed>,
    /// How many audiences are those of the section around it.
    pub(crate) outer_audiences: usize,
    /// Whether it is about a whole account: the whole file, or an item of a list of accounts.
    pub(crate) whole: bool,
    /// Whether an entry of the section itself says something of it.
    pub(crate) fresh: bool,
    /// The section is a list of people: what stands in it says who they are.
    pub(crate) lists_people: Option<Site>,
    /// Whether an entry of the section means the people around somebody: names in it say around whom.
    pub(crate) around: bool,
    /// Whether an entry of the section says what sets it off: it is a rule.
    pub(crate) rule: bool,
    /// Whether what sets it off is any message, in private or in a room.
    pub(crate) any_message: bool,
    /// The period for which the numbers of the section are: `per: day`.
    pub(crate) per: Option<crate::model::LimitKind>,
    /// Days of the week on which it runs.
    pub(crate) weekdays: Option<f64>,
    /// Whether the section is about people of the bot's own side: staff who are told, agents who take over.
    pub(crate) inward: bool,
    /// Whether its clock says how often it looks rather than how often it speaks: `poll: 2m`.
    pub(crate) looks: bool,
    /// Where the section looks for people by machine, if it does.
    pub(crate) collects: Option<Site>,
    /// For how long somebody is put out or silenced.
    pub(crate) lasts: Option<(String, Site)>,
}

impl Frame {
    /// The frame of a section within this one: slots are inherited, acts and texts are not.
    pub(crate) fn inner(&self, name: &str, site: Site) -> Self {
        Self {
            name: self.inner_name(name),
            site,
            doings: Vec::new(),
            named: None,
            texts: Vec::new(),
            joint: false,
            sequence: false,
            sets_place: false,
            lists_people: None,
            fresh: false,
            whole: false,
            around: false,
            rule: false,
            per: None,
            pace: Stated::Absent,
            outer_audiences: self.audiences.len(),
            offs: Vec::new(),
            ..self.clone()
        }
    }

    /// The key of the section as words.
    pub(crate) fn section(&self) -> Phrase {
        Phrase::read(self.name.rsplit('.').next().unwrap_or_default())
    }

    /// The keys that lead to a section within. Each section copies them, so a key counts only as far as a person
    /// would read it.
    fn inner_name(&self, name: &str) -> String {
        let name = name.get(..boundary(name, LONGEST_NAME)).unwrap_or_default();
        if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) }
    }

    /// Takes over a step of a sequence: its act, or its text as a message.
    pub(crate) fn step(&mut self, step: Self) {
        let delay = if step.after == self.after { Stated::Absent } else { step.after.clone() };
        if step.doings.is_empty() && !step.texts.is_empty() {
            let site = step.texts.first().map_or(step.site, |said| said.text.site);
            let mut doing = Doing::of(Deed::Say, site);
            doing.texts = step.texts;
            doing.delay = delay;
            doing.place = step.place;
            self.doings.push(doing);
            return;
        }
        self.join(step);
    }

    /// Takes over details of the same act that another key states.
    pub(crate) fn merge_details(&mut self, other: Self) {
        for audience in other.audiences {
            if !self.audiences.iter().any(|known| known.kind == audience.kind && known.site == audience.site)
            {
                self.audiences.push(audience);
            }
        }
        for (kind, bound) in other.limits.iter() {
            self.limits.set(kind, bound.clone());
        }
        for guard in other.guards {
            if !self.guards.iter().any(|known| known.kind == guard.kind && known.site == guard.site) {
                self.guards.push(guard);
            }
        }
        self.after = std::mem::take(&mut self.after).or(other.after);
        self.schedule = std::mem::take(&mut self.schedule).or(other.schedule);
        self.repeats = std::mem::take(&mut self.repeats).or(other.repeats);
        self.texts.extend(other.texts);
        self.take_triggers(other.triggers);
    }

    /// Takes what the section around it says and it does not say itself.
    pub(crate) fn inherit_late(&mut self, outer: &Self) {
        if self.audiences.is_empty() {
            self.audiences.clone_from(&outer.audiences);
        }
        if self.triggers.is_empty() {
            self.triggers.clone_from(&outer.triggers);
        }
        if self.schedule.is_absent() {
            self.schedule = outer.schedule.clone();
        }
        for (kind, bound) in outer.limits.iter() {
            if self.limits.get(kind).is_none() {
                self.limits.set(kind, bound.clone());
            }
        }
        let mut guards = outer.guards.clone();
        guards.retain(|guard| !self.guards.iter().any(|own| own.kind == guard.kind));
        self.guards.append(&mut guards);
        self.place = self.place.or(outer.place);
        self.unapproved = self.unapproved.or(outer.unapproved);
        self.lasts = self.lasts.take().or(outer.lasts.clone());
        self.in_earnest = self.in_earnest.or(outer.in_earnest);
        self.each_run |= outer.each_run;
        self.generated = self.generated.or(outer.generated);
        self.after = std::mem::take(&mut self.after).or(outer.after.clone());
        self.repeats = std::mem::take(&mut self.repeats).or(outer.repeats.clone());
        self.filters.extend(
            outer.filters.iter().filter(|text| !self.filters.contains(text)).cloned().collect::<Vec<_>>(),
        );
    }

    /// Whether it does or says anything.
    pub(crate) fn is_live(&self) -> bool {
        !self.doings.is_empty() || !self.texts.is_empty()
    }

    /// Takes over an act that was read in a frame of its own, with the details that stood beside it.
    pub(crate) fn join(&mut self, mut other: Self) {
        let outer_audiences = self.audiences.len();
        let audiences: Vec<Audience> = other.audiences.drain(..).skip(outer_audiences).collect();
        let outer_guards = self.guards.len();
        self.each_run |= other.each_run;
        self.guards.extend(other.guards.drain(..).skip(outer_guards));
        if other.doings.is_empty() {
            // Details alone: they belong to the frame.
            self.audiences.extend(audiences);
            self.texts.append(&mut other.texts);
            for (kind, bound) in other.limits.iter() {
                self.limits.set(kind, bound.clone());
            }
            self.after = std::mem::take(&mut self.after).or(other.after);
            self.place = self.place.or(other.place);
            self.repeats = std::mem::take(&mut self.repeats).or(other.repeats);
            self.schedule = std::mem::take(&mut self.schedule).or(other.schedule);
            self.named = self.named.take().or(other.named);
            self.collects = self.collects.or(other.collects);
            self.lasts = self.lasts.take().or(other.lasts);
            self.take_triggers(other.triggers);
            self.fresh |= other.fresh;
            return;
        }
        // The accounts of a step act in that step.
        let voices: Vec<Text> = other.voices.drain(..).skip(self.voices.len()).collect();
        for doing in &mut other.doings {
            doing.voices.extend(voices.iter().cloned());
        }
        // Whom the step is for holds for all that is done in it.
        let last = other.doings.len() - 1;
        for (at, doing) in other.doings.iter_mut().enumerate() {
            if at == last || doing.audiences.is_empty() {
                doing.audiences.extend(audiences.iter().cloned());
            }
        }
        if let Some(doing) = other.doings.last_mut() {
            doing.texts.append(&mut other.texts);
            for (kind, bound) in other.limits.iter() {
                if self.limits.get(kind) != Some(bound) {
                    doing.limits.set(kind, bound.clone());
                }
            }
            doing.place = doing.place.or(other.place);
        }
        if let Some(doing) = other.doings.first_mut()
            && other.after != self.after
        {
            doing.delay = std::mem::take(&mut doing.delay).or(other.after);
        }
        self.doings.append(&mut other.doings);
        self.collects = self.collects.or(other.collects);
        self.lasts = self.lasts.take().or(other.lasts);
        self.repeats = std::mem::take(&mut self.repeats).or(other.repeats);
        self.take_triggers(other.triggers);
    }

    /// Takes over details of an act that the frame has already: `action: reply` beside `max_replies_per_hour: 5`.
    /// Gives back what is an act of its own.
    pub(crate) fn join_same(&mut self, mut sub: Self) -> Option<Self> {
        let [doing] = sub.doings.as_slice() else { return Some(sub) };
        let known = self.doings.iter_mut().find(|known| {
            known.deed == doing.deed
                && doing.texts.is_empty()
                && doing.audiences.is_empty()
                && doing.event.is_none_or(|event| known.event.is_none_or(|own| own == event))
        });
        let Some(known) = known else { return Some(sub) };
        if let Some(doing) = sub.doings.pop() {
            for (kind, bound) in doing.limits.iter() {
                known.limits.set(kind, bound.clone());
            }
            known.event = known.event.or(doing.event);
            known.delay = std::mem::take(&mut known.delay).or(doing.delay);
            known.place = known.place.or(doing.place);
        }
        for (kind, bound) in sub.limits.iter() {
            if self.limits.get(kind) != Some(bound) {
                known.limits.set(kind, bound.clone());
            }
        }
        self.repeats = std::mem::take(&mut self.repeats).or(sub.repeats);
        self.schedule = std::mem::take(&mut self.schedule).or(sub.schedule);
        self.after = std::mem::take(&mut self.after).or(sub.after);
        None
    }

    fn take_triggers(&mut self, triggers: Vec<Trigger>) {
        for trigger in triggers {
            let known =
                self.triggers.iter().any(|known| known.event == trigger.event && known.site == trigger.site);
            if !known {
                self.triggers.push(trigger);
            }
        }
    }

    /// The event that sets it off, if it is known.
    pub(crate) fn event(&self) -> Option<Event> {
        self.triggers.first().map(|trigger| trigger.event)
    }
}
