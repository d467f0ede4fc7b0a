//! A clause as an automation.

use crate::model::{
    Action, Audience, AudienceKind, Automation, Bound, Event, Guard, GuardKind, LimitKind, Limits, Property,
    Site, Stated, Switch, SwitchKind, Trigger, Verb,
};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept as C;
use crate::reader::lower::Lowering;
use crate::reader::lower::texts::give_texts;
use crate::reader::sense::Deed;
use crate::reader::words::Phrase;

/// Several acts of one clause come after each other; what the ones before say of the next.
#[derive(Default)]
pub(crate) struct Course {
    /// Days since the clause began.
    pub(crate) days: Stated<f64>,
}

/// So many of the things that the file looks for are looked at for each clause.
const MOST_TARGETS: usize = 50;

impl Lowering {
    pub(crate) fn clause(&mut self, mut frame: Frame) {
        self.hidden(&mut frame);
        inward(&mut frame);
        if frame.doings.iter().any(|doing| doing.deed == Deed::Close) {
            for doing in frame.doings.iter().filter(|doing| doing.deed == Deed::Close) {
                let on = Stated::Known(true, doing.site);
                self.scope.account.switches.push(Switch { kind: SwitchKind::RepliesClosed, on });
            }
            frame.doings.retain(|doing| doing.deed != Deed::Close);
        }
        if !frame.is_live() && frame.event() != Some(Event::Fallback) {
            return;
        }
        give_texts(&mut frame);
        self.answers_to_targets(&mut frame);
        // Acts with events of their own are automations of their own.
        let own: Vec<Event> = frame.doings.iter().filter_map(|doing| doing.event).collect();
        let outer = frame.event();
        let differs = |doing: &Doing| {
            doing.event.is_some_and(|event| {
                outer.is_none_or(|known| known != event && (known == Event::Schedule || event.is_inbound()))
            })
        };
        let several = own.iter().any(|event| Some(event) != own.first())
            || frame.doings.iter().any(|doing| doing.event.is_none());
        if several && !own.is_empty() {
            let (apart, together): (Vec<Doing>, Vec<Doing>) =
                std::mem::take(&mut frame.doings).into_iter().partition(differs);
            for doing in apart {
                let single = Frame { doings: vec![doing], triggers: Vec::new(), ..frame.clone() };
                self.automation(single);
            }
            if together.is_empty() {
                return;
            }
            frame.doings = together;
        }
        self.automation(frame);
    }

    /// `[stream] keywords = […]` beside `[reply] templates = […]`: who uses the words is answered.
    fn answers_to_targets(&self, frame: &mut Frame) {
        let answers = |doing: &Doing| doing.deed == Deed::Verb(Verb::Reply) && doing.audiences.is_empty();
        let alone = frame.triggers.is_empty() && frame.audiences.is_empty() && frame.schedule.is_absent();
        let words = self.scope.targets.iter().take(MOST_TARGETS).find(|target| {
            target.kind == AudienceKind::Search && !target.of.iter().any(|word| word.text.contains("://"))
        });
        if let (true, true, Some(words)) = (alone, frame.doings.iter().all(answers), words) {
            frame.filters.extend(words.of.iter().cloned());
            frame.audiences.push(words.clone());
        }
    }

    /// Texts that tell how to pass as a person are no messages.
    pub(crate) fn hidden(&mut self, frame: &mut Frame) {
        let hides = |said: &Said| said.speech.hides && !said.speech.names;
        for said in frame.texts.iter().filter(|said| hides(said)) {
            self.scope.persona.get_or_insert(said.text.site);
            let on = Stated::Known(true, said.text.site);
            self.scope.account.switches.push(Switch { kind: SwitchKind::DeniesBot, on });
        }
        frame.texts.retain(|said| !hides(said));
    }

    pub(crate) fn automation(&mut self, frame: Frame) {
        let triggers = self.triggers(&frame);
        let event = triggers.first().map_or(Event::Schedule, |trigger| trigger.event);
        let mut course = Course::default();
        let mut actions = Vec::new();
        let mut guards = frame.guards.clone();
        for doing in &frame.doings {
            if doing.off {
                continue;
            }
            if let Some(days) = doing.delay.get() {
                course.pass(days, doing.delay.site().unwrap_or(doing.site));
            }
            if doing.deed == Deed::Review {
                guards.push(Guard::new(GuardKind::Approval, doing.site));
                continue;
            }
            actions.extend(self.actions(doing, &frame, event, &course));
        }
        // How long somebody is silent is told with the event, and is no wait after it.
        for action in &mut actions {
            let is_silence =
                triggers.iter().any(|trigger| !trigger.after.is_absent() && trigger.after == action.delay);
            if is_silence {
                action.delay = Stated::Absent;
            }
        }
        let mut seen = std::collections::HashSet::new();
        actions.retain(|action: &Action| {
            !action.texts.is_empty() || seen.insert((action.verb, action.audience.kind))
        });
        if actions.is_empty() {
            return;
        }
        let mut triggers = triggers;
        let event = match self.told_when(&frame, &actions, &mut triggers) {
            Some(event) => event,
            None => return,
        };
        self.note(&frame, event, &actions);
        let site = actions.first().map_or(frame.site, |action| action.site);
        let verb = actions.first().map_or("", |action| action.verb.name());
        let mut limits = frame.limits.clone();
        // How often it looks limits what happens at each look, and nothing else.
        let each_run = limits.get(LimitKind::PerRun).is_some();
        if let (Stated::Known(schedule, site), true) = (&frame.schedule, event != Event::Schedule && each_run)
        {
            limits.set(LimitKind::RunsPerDay, Stated::Known(Bound::AtMost(schedule.per_day), *site));
        }
        if frame.schedule.is_absent() && event == Event::Schedule && !frame.each_run {
            // "At most 100" says nothing of a day where nothing says how often it runs.
            periodless(&mut limits);
            actions.iter_mut().for_each(|action| periodless(&mut action.limits));
        }
        self.overrides.push((frame.in_earnest, frame.unapproved));
        self.automations.push(Automation {
            name: format!("{} → {verb}", event.name()),
            site,
            account: 0,
            enabled: frame.enabled.clone(),
            triggers,
            guards,
            actions,
            otherwise: Vec::new(),
            limits,
        });
    }

    /// The event of an automation. Whoever is told, and nothing says of what, is told of what comes in where the section
    /// is about that; else of the bot's own affairs, and the automation is none.
    fn told_when(&self, frame: &Frame, actions: &[Action], triggers: &mut Vec<Trigger>) -> Option<Event> {
        let first = triggers.first().map(|trigger| (trigger.event, trigger.site));
        let (event, site) = first.unwrap_or((Event::Schedule, frame.site));
        let tells = |action: &Action| {
            matches!(action.verb, Verb::Handoff | Verb::CreateTicket)
                || action.verb == Verb::Notify && action.texts.is_empty()
        };
        if event != Event::Schedule || !frame.schedule.is_absent() || !actions.iter().all(tells) {
            return Some(event);
        }
        // A conversation is handed over when somebody asks, which another section tells or none.
        let hands = |action: &Action| matches!(action.verb, Verb::Handoff | Verb::CreateTicket);
        if actions.iter().all(hands) {
            return None;
        }
        const COMES_IN: [C; 4] = [C::Inbox, C::Mention, C::Dm, C::Message];
        let section = frame.name.rsplit('.').next().unwrap_or_default();
        if !Phrase::read(section).any(&COMES_IN) {
            return None;
        }
        *triggers = vec![Trigger::new(Event::DmReceived, site)];
        Some(Event::DmReceived)
    }

    /// Which subjects the automation shows that the file speaks of.
    fn note(&mut self, frame: &Frame, event: Event, actions: &[Action]) {
        let mut speaks_of = |property: Property| {
            if !self.scope.account.expressible.contains(&property) {
                self.scope.account.expressible.push(property);
            }
        };
        // What is put away unread says that nobody answers; what a handler says to people does not.
        let silent = [Verb::Archive, Verb::Mute, Verb::DeleteContent];
        if event.is_inbound() && actions.iter().any(|action| silent.contains(&action.verb)) {
            speaks_of(Property::Inbound);
        }
        if event == Event::Fallback && (frame.repeats.get() == Some(true) || self.scope.personless.is_some())
        {
            speaks_of(Property::Handoff);
        }
        let unlimited = |bound: &Stated<Bound>| matches!(bound, Stated::Known(Bound::Unlimited, _));
        let declared = frame.limits.iter().any(|(_, bound)| unlimited(bound))
            || actions.iter().any(|action| action.limits.iter().any(|(_, bound)| unlimited(bound)));
        if declared {
            speaks_of(Property::Limits);
        }
        if frame.sequence && frame.guards.is_empty() {
            speaks_of(Property::Inbound);
        }
    }
}

/// What a section about staff says, it says to them.
fn inward(frame: &mut Frame) {
    reminds_its_own(frame);
    let to_others = |audience: &Audience| {
        !matches!(
            audience.kind,
            AudienceKind::Operator | AudienceKind::Named | AudienceKind::List | AudienceKind::Search
        )
    };
    let pings = frame.texts.iter().any(|said| said.speech.pings_all);
    if !frame.inward || pings || frame.audiences.iter().any(to_others) {
        return;
    }
    frame.texts.clear();
    for doing in &mut frame.doings {
        let says = matches!(
            doing.deed,
            Deed::Say
                | Deed::Message
                | Deed::Nudge
                | Deed::Mail
                | Deed::Verb(
                    Verb::Dm | Verb::Mention | Verb::Email | Verb::Post | Verb::Reply | Verb::Comment
                )
        );
        if says && doing.texts.iter().all(|said| !said.speech.confused && !said.speech.promises) {
            doing.deed = Deed::Pass;
            doing.audiences.clear();
            doing.texts.clear();
        }
    }
}

/// A limit for each run is unknown where nothing says how often it runs.
fn periodless(limits: &mut Limits) {
    if let Some((_, site)) = limits.number(LimitKind::PerRun) {
        limits.set(LimitKind::PerRun, Stated::Unknown(site));
    }
}

impl Course {
    /// Passes time: `day: 4` counts from the beginning, `wait: 2d` from the step before.
    pub(crate) fn pass(&mut self, days: f64, site: Site) {
        let before = self.days.get().unwrap_or_default();
        let now = if days > before { days } else { before + days };
        self.days = Stated::Known(now, site);
    }
}

/// `inbox: { read_by: [kim], remind_volunteers_after: 24h }`: whoever answers the mail is reminded of it.
fn reminds_its_own(frame: &mut Frame) {
    let about_mail =
        || frame.name.rsplit('.').take(2).any(|name| Phrase::read(name).any(&[C::Inbox, C::Mention]));
    for doing in &mut frame.doings {
        let team = doing
            .audiences
            .iter()
            .all(|audience| matches!(audience.kind, AudienceKind::Members | AudienceKind::NonResponders));
        if doing.deed == Deed::Nudge && doing.texts.is_empty() && team && about_mail() {
            doing.deed = Deed::Pass;
            doing.audiences.clear();
            // What is not answered is what came in.
            doing.event = doing.event.filter(|event| *event != Event::NoReply);
            frame.triggers.retain(|trigger| trigger.event != Event::NoReply);
        }
    }
}
