//! A job: one verb of one account, with everything that the file says about it, wherever it says so.

use crate::model::{
    Audience, AudienceKind, Bound, Event, Guard, LimitKind, Limits, Schedule, Site, Stated, Text, Verb,
};

/// What a job is known by; what is said twice of the same job belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct JobKey {
    /// The number of the account that does it.
    pub(super) account: usize,
    pub(super) verb: Verb,
    /// What sets it off, where the key says so: `welcome_dm`, `follow_back`.
    pub(super) event: Option<Event>,
    /// The item of a list in which it stands; what items say is about themselves.
    pub(super) item: usize,
    /// The verb in whose section it stands: likes for those whom the bot follows.
    pub(super) host: Option<Verb>,
}

/// Everything that is said of one job.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) key: JobKey,
    /// Where it is first mentioned.
    pub(super) site: Site,
    /// Where it is shown to be on.
    pub(super) live: Option<Site>,
    /// Whether a switch, rather than a number or a text, shows that it happens.
    pub(super) switched: bool,
    /// Switched off, or limited to nothing.
    pub(super) off: bool,
    /// Its switch is a template.
    pub(super) unknown: Option<Site>,
    pub(super) events: Vec<(Event, Site)>,
    pub(super) audiences: Vec<Audience>,
    pub(super) limits: Limits,
    pub(super) guards: Vec<Guard>,
    pub(super) texts: Vec<Text>,
    pub(super) after: Stated<f64>,
    pub(super) schedule: Stated<Schedule>,
    pub(super) probability: Stated<f64>,
    pub(super) times: Stated<f64>,
    pub(super) model_generated: Stated<bool>,
    /// Whether a limit for a day, an hour, a week or a run is stated.
    pub(super) paced: bool,
    /// Whether the key says that the machine does it by itself.
    pub(super) automatic: bool,
    /// A rehearsal or an approval of its own, on or off, that its section states.
    pub(super) rehearsal: Stated<bool>,
    pub(super) approval: Stated<bool>,
}

impl Job {
    pub(super) fn new(key: JobKey, site: Site) -> Self {
        Self {
            key,
            site,
            live: None,
            switched: false,
            off: false,
            unknown: None,
            events: Vec::new(),
            audiences: Vec::new(),
            limits: Limits::default(),
            guards: Vec::new(),
            texts: Vec::new(),
            after: Stated::Absent,
            schedule: Stated::Absent,
            probability: Stated::Absent,
            times: Stated::Absent,
            model_generated: Stated::Absent,
            paced: false,
            automatic: false,
            rehearsal: Stated::Absent,
            approval: Stated::Absent,
        }
    }

    /// Whether the file shows that it happens.
    pub(super) const fn is_live(&self) -> bool {
        self.live.is_some() && !self.off
    }

    /// States that it happens; the first place counts.
    pub(super) fn lives(&mut self, site: Site) {
        self.live.get_or_insert(site);
    }

    /// States a limit; of two of a kind, which are for parts of the job, the larger one counts.
    pub(super) fn limit(&mut self, kind: LimitKind, bound: Stated<Bound>) {
        let larger = match (self.limits.number(kind), &bound) {
            (Some((known, _)), Stated::Known(Bound::AtMost(new), _)) => *new > known,
            (Some(_), Stated::Unknown(_)) => false,
            _ => true,
        };
        if larger {
            self.limits.set(kind, bound);
        }
        self.paced |=
            matches!(kind, LimitKind::PerDay | LimitKind::PerHour | LimitKind::PerWeek | LimitKind::PerRun);
    }

    /// Adds an audience; one of a kind that is known adds its names to it.
    pub(super) fn audience(&mut self, audience: Audience) {
        match self.audiences.iter_mut().find(|known| known.kind == audience.kind) {
            Some(known) => known.of.extend(audience.of),
            None => self.audiences.push(audience),
        }
    }

    /// Adds the people whom its section names, unless it names others itself.
    pub(super) fn people(&mut self, people: Option<(AudienceKind, Site)>) {
        if let (Some((kind, site)), true) = (people, self.audiences.is_empty()) {
            self.audience(Audience::new(kind, site));
        }
    }

    /// Takes over what is said of the same verb elsewhere, without its switch.
    pub(super) fn absorb(&mut self, other: Self) {
        for (kind, bound) in other.limits.iter() {
            self.limit(kind, bound.clone());
        }
        for audience in other.audiences {
            self.audience(audience);
        }
        self.texts.extend(other.texts);
        self.guards.extend(other.guards);
        self.events.extend(other.events);
        self.off |= other.off;
        let keep = |own: &mut Stated<f64>, theirs| *own = std::mem::take(own).or(theirs);
        keep(&mut self.after, other.after);
        keep(&mut self.probability, other.probability);
        keep(&mut self.times, other.times);
        self.schedule = std::mem::take(&mut self.schedule).or(other.schedule);
        self.model_generated = std::mem::take(&mut self.model_generated).or(other.model_generated);
        self.paced |= other.paced;
        self.automatic |= other.automatic;
        self.rehearsal = std::mem::take(&mut self.rehearsal).or(other.rehearsal);
        self.approval = std::mem::take(&mut self.approval).or(other.approval);
    }
}
