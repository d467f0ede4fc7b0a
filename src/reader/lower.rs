//! From clauses to the model: each clause is an automation of its account. What is said is taken as it stands; what
//! the frame or the speech act leaves only one sensible reading for is filled in.

use super::account::Scope;
use super::frame::{Doing, Frame, Said};
use super::idioms::vocabulary;
use super::sense::Deed;
use crate::dialect::Lowered;
use crate::model::{
    Action, Audience, AudienceKind, Auth, Automation, Bound, DeadSwitch, Event, Fact, FactKind, Guard,
    GuardKind, LimitKind, Limits, ListSource, Property, Site, Stated, Switch, SwitchFlaw, SwitchKind, Text,
    Trigger, Verb, Visibility,
};

/// Adds accounts and automations. Gives the number of automations that reach people.
pub(super) fn lower(
    scopes: Vec<Scope>,
    clauses: Vec<Frame>,
    platforms: &[&'static str],
    lowered: &mut Lowered,
) {
    let mut by_account: Vec<Vec<Frame>> = scopes.iter().map(|_| Vec::new()).collect();
    for clause in clauses {
        if let Some(list) = by_account.get_mut(clause.account) {
            list.push(clause);
        }
    }
    let alone = scopes.len() == 1;
    for (scope, clauses) in scopes.into_iter().zip(by_account) {
        if clauses.is_empty() && !alone {
            continue;
        }
        let platform = scope.platform.or_else(|| platforms.first().copied());
        let chat = platform.is_some_and(|platform| vocabulary().is_kind(platform, "chat"));
        let mut account =
            Lowering { scope, platform, chat, number: 0, automations: Vec::new(), overrides: Vec::new() };
        for clause in clauses {
            account.clause(clause);
        }
        account.add(lowered);
    }
}

/// An account on its way into the model.
struct Lowering {
    scope: Scope,
    platform: Option<&'static str>,
    chat: bool,
    number: usize,
    automations: Vec<Automation>,
    /// For each automation where it says that it neither rehearses nor waits for approval.
    overrides: Vec<(Option<Site>, Option<Site>)>,
}

/// Several acts of one clause come after each other; what the ones before say of the next.
#[derive(Default)]
struct Course {
    /// Days since the clause began.
    days: Stated<f64>,
}

impl Lowering {
    fn add(mut self, lowered: &mut Lowered) {
        let mut account = std::mem::take(&mut self.scope.account);
        let site = account.site;
        let official = self.platform.is_some_and(|platform| vocabulary().is_kind(platform, "password"));
        if let (true, Stated::Known(Auth::Password, site)) = (official, &account.auth) {
            account.auth = Stated::Known(Auth::OfficialApi, *site);
        }
        // A password is how some platforms let anybody sign in: it says something where strangers are approached.
        if account.auth.get() == Some(Auth::Password) && !self.approaches() {
            account.auth = Stated::Absent;
        }
        account.identity.platform =
            self.platform.map_or(Stated::Absent, |platform| Stated::Known(platform.to_owned(), site));
        account.name = match (account.identity.handle.known(), self.platform) {
            (Some(handle), _) => handle.clone(),
            (None, Some(platform)) => format!("the {platform} account"),
            (None, None) => "the account".to_owned(),
        };
        self.persona();
        if self.scope.postless.is_some() {
            account.expressible.push(Property::OwnContent);
        }
        self.safety(&mut account);
        self.agreed();
        self.mailed();
        if let (Some(site), false) =
            (self.scope.read_by, account.facts.iter().any(|fact| fact.kind == FactKind::RepliesMonitoredBy))
        {
            let value = Stated::Known("a person, as a text says".to_owned(), site);
            account.facts.push(Fact { kind: FactKind::RepliesMonitoredBy, value });
        }
        self.churns();
        self.number = lowered.account(account);
        for mut automation in self.automations {
            automation.account = self.number;
            lowered.automation(automation);
        }
    }

    /// A language model with a persona answers whoever writes, if nothing else is said of what it does.
    fn persona(&mut self) {
        let Some(site) = self.scope.persona else { return };
        let outward = self
            .automations
            .iter()
            .flat_map(|automation| &automation.actions)
            .any(|action| action.verb.is_outward());
        if outward {
            return;
        }
        let mut action = Action::new(Verb::Reply, site, Audience::new(AudienceKind::Initiator, site));
        action.model_generated = Stated::Known(true, site);
        self.automations.push(Automation {
            name: "dm-received → reply".to_owned(),
            site,
            triggers: vec![Trigger::new(Event::DmReceived, site)],
            actions: vec![action],
            ..Automation::default()
        });
    }

    /// Whether it approaches people by itself, and nothing says that they asked.
    fn approaches(&self) -> bool {
        self.automations.iter().any(|automation| {
            let asked = automation
                .triggers
                .iter()
                .any(|trigger| trigger.event.is_inbound() || trigger.event == Event::Command);
            let agreed = automation.guards.iter().any(|guard| guard.kind == GuardKind::OptedIn);
            !asked
                && !agreed
                && automation
                    .actions
                    .iter()
                    .any(|action| action.verb.is_contact() && action.audience.kind != AudienceKind::Operator)
        })
    }

    /// Where people asked to be written to, private messages to nobody in particular go to them.
    fn agreed(&mut self) {
        let Some(site) = self.scope.asked else { return };
        let presumed =
            self.scope.account.switches.iter().any(|switch| switch.kind == SwitchKind::AssumesConsent);
        let bought = self.scope.people.iter().any(|audience| !audience.source.is_absent());
        if presumed || bought {
            return;
        }
        for automation in &mut self.automations {
            let private = automation.actions.iter().any(|action| {
                let open = matches!(
                    action.audience.kind,
                    AudienceKind::List | AudienceKind::Initiator | AudienceKind::Members
                );
                (action.verb.is_private_message() || action.verb == Verb::Invite)
                    && open
                    && action.audience.source.is_absent()
            });
            if private && !automation.guards.iter().any(|guard| guard.kind == GuardKind::OptedIn) {
                automation.guards.push(Guard::new(GuardKind::OptedIn, site));
            }
        }
    }

    /// Answers to mails come as mails.
    fn mailed(&mut self) {
        let mails = self
            .automations
            .iter()
            .flat_map(|automation| &automation.actions)
            .any(|action| action.verb == Verb::Email);
        if !mails {
            return;
        }
        for automation in &mut self.automations {
            let passes = automation.actions.iter().any(|action| action.verb.reaches_a_person());
            let inbound = automation
                .triggers
                .iter()
                .find(|trigger| trigger.event.is_inbound())
                .map(|trigger| trigger.site);
            if let (true, Some(site)) = (passes, inbound)
                && !automation.triggers.iter().any(|trigger| trigger.event == Event::EmailReceived)
            {
                automation.triggers.push(Trigger::new(Event::EmailReceived, site));
            }
        }
    }

    /// A rehearsal or an approval that one job goes without leaves a switch that does nothing.
    fn safety(&mut self, account: &mut crate::model::Account) {
        let earnest = self.overrides.iter().find_map(|(earnest, _)| *earnest);
        let is_on = |switch: &&mut Switch| switch.kind == SwitchKind::DryRun && switch.on.get() == Some(true);
        if let (Some(ignored), Some(switch)) = (earnest, account.switches.iter_mut().find(is_on))
            && let Some(declared) = switch.on.site()
        {
            switch.on = Stated::Known(false, ignored);
            for (automation, (earnest, _)) in self.automations.iter_mut().zip(&self.overrides) {
                if earnest.is_none() {
                    automation.enabled = Stated::Known(false, declared);
                }
            }
            let name = self.scope.rehearsal.clone().unwrap_or_else(|| SwitchKind::DryRun.name().to_owned());
            account.dead_switches.push(DeadSwitch { name, declared, ignored, flaw: SwitchFlaw::HardCoded });
        }
        let Some(ignored) = self.overrides.iter().find_map(|(_, unapproved)| *unapproved) else { return };
        let Some(at) = account.guards.iter().position(|guard| guard.kind == GuardKind::Approval) else {
            let on = Stated::Known(true, ignored);
            account.switches.push(Switch { kind: SwitchKind::SkipApproval, on });
            return;
        };
        let guard = account.guards.remove(at);
        let declared = guard.site;
        for (automation, (_, unapproved)) in self.automations.iter_mut().zip(&self.overrides) {
            if unapproved.is_none() {
                automation.guards.push(guard.clone());
            }
        }
        let name = self.scope.approval.clone().unwrap_or_else(|| GuardKind::Approval.name().to_owned());
        account.dead_switches.push(DeadSwitch { name, declared, ignored, flaw: SwitchFlaw::HardCoded });
    }

    /// Whoever a bot unfollows that also follows by machine is mostly whom it followed.
    fn churns(&mut self) {
        let actions = || self.automations.iter().flat_map(|automation| &automation.actions);
        if !actions().any(|action| action.verb == Verb::Follow) {
            return;
        }
        for action in self.automations.iter_mut().flat_map(|automation| &mut automation.actions) {
            if action.verb == Verb::Unfollow && action.audience.kind == AudienceKind::OwnFollowing {
                action.audience.kind = AudienceKind::FollowedByTool;
            }
        }
    }

    fn clause(&mut self, mut frame: Frame) {
        self.hidden(&mut frame);
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

    /// Texts that tell how to pass as a person are no messages.
    fn hidden(&mut self, frame: &mut Frame) {
        let hides = |said: &Said| said.speech.hides && !said.speech.names;
        for said in frame.texts.iter().filter(|said| hides(said)) {
            self.scope.persona.get_or_insert(said.text.site);
            let on = Stated::Known(true, said.text.site);
            self.scope.account.switches.push(Switch { kind: SwitchKind::DeniesBot, on });
        }
        frame.texts.retain(|said| !hides(said));
    }

    fn automation(&mut self, frame: Frame) {
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
        let mut seen = std::collections::HashSet::new();
        actions.retain(|action: &Action| {
            !action.texts.is_empty() || seen.insert((action.verb, action.audience.kind))
        });
        if actions.is_empty() {
            return;
        }
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

    /// Which subjects the automation shows that the file speaks of.
    fn note(&mut self, frame: &Frame, event: Event, actions: &[Action]) {
        let mut speaks_of = |property: Property| {
            if !self.scope.account.expressible.contains(&property) {
                self.scope.account.expressible.push(property);
            }
        };
        if event.is_inbound() {
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

    /// What sets it off: what the file names, what its texts are about, else the clock.
    fn triggers(&self, frame: &Frame) -> Vec<Trigger> {
        let mut triggers = frame.triggers.clone();
        let own = frame.doings.iter().find_map(|doing| doing.event.map(|event| (event, doing.site)));
        if let Some((event, site)) = own
            && !triggers.iter().any(|trigger| trigger.event == event)
            && triggers.iter().all(|trigger| trigger.event == Event::Schedule)
        {
            triggers = vec![Trigger::new(event, site)];
        }
        // `answer_answers` beside words that are searched for: both set it off.
        let searches = frame.audiences.iter().find(|audience| audience.kind == AudienceKind::Search);
        if let (Some(search), [Trigger { event: Event::Reply, .. }]) = (searches, triggers.as_slice())
            && frame.doings.iter().any(|doing| doing.deed == Deed::Verb(Verb::Reply))
        {
            triggers.insert(0, Trigger::new(Event::PostMatch, search.site));
        }
        if triggers.iter().all(|trigger| trigger.event == Event::Schedule)
            && let Some((event, site)) = self.implied(frame)
        {
            triggers = vec![Trigger::new(event, site)];
        }
        // Applause for a named account waits for its posts.
        if triggers.iter().all(|trigger| trigger.event == Event::Schedule)
            && let Some(named) = frame
                .audiences
                .iter()
                .chain(frame.doings.iter().flat_map(|doing| &doing.audiences))
                .find(|audience| {
                    audience.kind == AudienceKind::Named && !audience.of.is_empty() && audience.of.len() <= 5
                })
            && frame.doings.iter().any(|doing| {
                matches!(
                    doing.deed,
                    Deed::Verb(Verb::Like | Verb::Repost | Verb::Quote | Verb::Vote | Verb::React)
                        | Deed::Mirror
                )
            })
            && !frame
                .doings
                .iter()
                .any(|doing| matches!(doing.deed, Deed::Verb(Verb::Follow | Verb::Dm | Verb::Post)))
        {
            let mut trigger = Trigger::new(Event::PostBy, named.site);
            trigger.from = Some(named.clone());
            triggers = vec![trigger];
        }
        if triggers.is_empty() {
            let site = frame
                .schedule
                .site()
                .unwrap_or_else(|| frame.doings.first().map_or(frame.site, |doing| doing.site));
            triggers.push(Trigger::new(Event::Schedule, site));
        }
        if triggers.iter().any(|trigger| trigger.event == Event::Fallback)
            && !triggers.iter().any(|trigger| trigger.event.is_inbound())
        {
            let site = triggers.first().map_or(frame.site, |trigger| trigger.site);
            triggers.push(Trigger::new(Event::DmReceived, site));
        }
        for trigger in &mut triggers {
            trigger.event = self.on_platform(trigger.event, frame);
            if trigger.schedule.is_absent() && trigger.event == Event::Schedule {
                trigger.schedule = frame.schedule.clone();
            }
            let waits = matches!(
                trigger.event,
                Event::PostMatch
                    | Event::PostBy
                    | Event::Mention
                    | Event::Reply
                    | Event::Commented
                    | Event::Trend
            );
            if trigger.filters.is_empty()
                && waits
                && frame.doings.iter().any(|doing| doing.deed != Deed::Pass && doing.deed != Deed::Ignore)
            {
                trigger.filters.clone_from(&frame.filters);
            }
            if trigger.after.is_absent()
                && matches!(
                    trigger.event,
                    Event::NoReply | Event::NotFollowedBack | Event::MemberIdle | Event::InvoiceOverdue
                )
            {
                trigger.after = frame.after.clone();
                if let (true, Stated::Known(schedule, site)) =
                    (trigger.after.is_absent() && trigger.event == Event::NoReply, &frame.schedule)
                {
                    trigger.after = Stated::Known(1.0 / schedule.per_day.max(1e-6), *site);
                }
            }
            if trigger.repeats.is_absent() {
                trigger.repeats = frame.repeats.clone();
            }
        }
        triggers
    }

    /// The event that the texts and the people leave only one reading for.
    fn implied(&self, frame: &Frame) -> Option<(Event, Site)> {
        let said = || frame.doings.iter().flat_map(|doing| &doing.texts);
        let of = |wanted: fn(&Said) -> bool| said().find(|said| wanted(said)).map(|said| said.text.site);
        let deed =
            |wanted: Deed| frame.doings.iter().find(|doing| doing.deed == wanted).map(|doing| doing.site);
        let kinds = || frame.audiences.iter().chain(frame.doings.iter().flat_map(|doing| &doing.audiences));
        if let Some(doing) =
            frame.doings.iter().find(|doing| matches!(doing.deed, Deed::Verb(Verb::Unfollow) | Deed::Remove))
        {
            let one_sided = kinds().find(|audience| audience.kind == AudienceKind::NonFollowers);
            if !frame.after.is_absent()
                && (one_sided.is_some() || doing.deed == Deed::Verb(Verb::Unfollow))
                && frame.schedule.is_absent()
            {
                return Some((Event::NotFollowedBack, frame.after.site().unwrap_or(doing.site)));
            }
            return None;
        }
        // Whoever is told to answer did not.
        let insists = frame.repeats.get() == Some(true)
            || frame.schedule.get().is_some_and(|schedule| schedule.per_day >= 1.0);
        if let Some(site) = of(|said| said.speech.nudges || said.speech.guilt || said.speech.threatens)
            .or_else(|| deed(Deed::Nudge).filter(|_| insists))
        {
            let subscribed = kinds().any(|audience| audience.kind == AudienceKind::OptInList);
            let publicly = frame.place.is_some_and(|(place, _)| place == Visibility::Public)
                || frame.doings.iter().any(|doing| {
                    doing.deed == Deed::Verb(Verb::Post) || doing.deed == Deed::Verb(Verb::Mention)
                });
            let names = said().any(|said| said.speech.names);
            if !subscribed && (!publicly || names) && !said().any(|said| said.speech.pings_all) {
                return Some((Event::NoReply, site));
            }
        }
        if let Some(site) = of(|said| said.speech.farewell && said.speech.names) {
            // A round-up by the clock names them all the same.
            let round_up = self.chat && frame.schedule.get().is_some();
            return (!round_up).then_some((Event::Unfollowed, site));
        }
        if deed(Deed::Shame).or_else(|| deed(Deed::Farewell)).is_some()
            && said().any(|said| said.speech.names)
        {
            return Some((Event::Unfollowed, deed(Deed::Shame).or_else(|| deed(Deed::Farewell))?));
        }
        if let Some(site) = of(|said| said.speech.confused) {
            return Some((Event::Fallback, site));
        }
        if let Some(site) = of(|said| said.speech.promises) {
            return Some((Event::DmReceived, site));
        }
        if let Some(site) = deed(Deed::Thank)
            .or_else(|| of(|said| said.speech.thanks && said.text.text.to_lowercase().contains("follow")))
        {
            return Some((Event::Followed, site));
        }
        if let Some(site) = deed(Deed::Greet) {
            // "Hello, I'm the bot" opens a conversation; "Welcome!" meets somebody new.
            let opens =
                said().next().is_some() && !said().any(|said| said.speech.greets || said.speech.thanks);
            return Some(match (opens && (self.chat || self.platform.is_none()), self.chat) {
                (true, _) => (Event::Command, site),
                (false, true) => (Event::MemberJoined, site),
                (false, false) => (Event::Followed, site),
            });
        }
        let speaks = frame
            .doings
            .iter()
            .any(|doing| matches!(doing.deed, Deed::Verb(Verb::Reply | Verb::Comment) | Deed::Mirror));
        let search = kinds().find(|audience| audience.kind == AudienceKind::Search);
        if speaks && let Some(search) = search {
            // On a platform of rooms, whoever writes to the bot is answered.
            return Some((if self.chat { Event::DmReceived } else { Event::PostMatch }, search.site));
        }
        if let Some(doing) = frame.doings.iter().find(|doing| doing.deed == Deed::Verb(Verb::Reply)) {
            let reached = kinds().any(|audience| audience.kind != AudienceKind::Operator);
            if !reached && self.chat {
                return Some((Event::DmReceived, doing.site));
            }
            if !reached {
                return Some((Event::Mention, doing.site));
            }
        }
        None
    }

    /// On platforms of chat, people join and leave; elsewhere they follow and unfollow.
    fn on_platform(&self, event: Event, frame: &Frame) -> Event {
        let follows = frame.doings.iter().any(|doing| doing.deed == Deed::Verb(Verb::Follow));
        match event {
            Event::PostMatch if !frame.voices.is_empty() => Event::PostBy,
            Event::Followed if self.chat && !follows => Event::MemberJoined,
            Event::Unfollowed if self.chat => Event::MemberLeft,
            Event::MemberJoined
                if self.platform.is_some()
                    && !self.chat
                    && self.platform != Some("reddit")
                    && self.platform != Some("facebook")
                    && self.platform != Some("vk") =>
            {
                Event::Followed
            }
            event => event,
        }
    }

    /// The actions of one act: one for each kind of people that it reaches.
    fn actions(&self, doing: &Doing, frame: &Frame, event: Event, course: &Course) -> Vec<Action> {
        let place = doing.place.or(frame.place);
        let mut audiences = united(doing, frame);
        let Some(verb) = self.verb(doing, frame, event, &audiences, place) else { return Vec::new() };
        if matches!(verb, Verb::Notify | Verb::Handoff | Verb::CreateTicket | Verb::QueueForReview) {
            audiences.retain(|audience| audience.kind == AudienceKind::Operator);
            if audiences.is_empty() {
                audiences.push(Audience::new(AudienceKind::Operator, doing.site));
            }
        } else {
            audiences.retain(|audience| audience.kind != AudienceKind::Operator);
        }
        if matches!(verb, Verb::Unfollow | Verb::RemoveFollower) {
            audiences.retain(|audience| {
                matches!(
                    audience.kind,
                    AudienceKind::NonFollowers
                        | AudienceKind::FollowedByTool
                        | AudienceKind::Inactive
                        | AudienceKind::OwnFollowing
                        | AudienceKind::List
                )
            });
        }
        if matches!(verb, Verb::Post) {
            audiences = vec![Audience::new(AudienceKind::Public, doing.site)];
        }
        let passive = matches!(event, Event::Schedule | Event::NotFollowedBack);
        if !passive && !matches!(verb, Verb::Post | Verb::Notify | Verb::Handoff | Verb::CreateTicket) {
            let elsewhere = audiences.iter().any(|audience| {
                let newcomers = matches!(event, Event::Followed | Event::MemberJoined)
                    && matches!(audience.kind, AudienceKind::OwnFollowers | AudienceKind::Members);
                let unsaid = matches!(
                    event,
                    Event::Followed | Event::MemberJoined | Event::Unfollowed | Event::MemberLeft
                ) && verb.is_private_message()
                    && doing.audiences.is_empty();
                !newcomers
                    && !unsaid
                    && matches!(
                        audience.kind,
                        AudienceKind::FollowersOf
                            | AudienceKind::FollowingOf
                            | AudienceKind::OwnFollowers
                            | AudienceKind::OptInList
                            | AudienceKind::Members
                    )
            });
            if !elsewhere || event.is_inbound() {
                audiences = vec![Audience::new(AudienceKind::Initiator, doing.site)];
            }
        }
        if audiences.is_empty()
            && matches!(verb, Verb::Follow | Verb::Like | Verb::Comment | Verb::ViewStory)
            && passive
        {
            audiences.extend(self.scope.targets.iter().cloned());
        }
        if audiences.is_empty() && (verb.is_private_message() || verb == Verb::Invite) {
            audiences.extend(self.scope.people.iter().cloned());
        }
        if audiences.is_empty() {
            audiences.push(Audience::new(default_audience(verb, event, frame), doing.site));
        }
        audiences
            .into_iter()
            .map(|audience| self.action(doing, frame, verb, audience, place, course))
            .collect()
    }

    fn action(
        &self,
        doing: &Doing,
        frame: &Frame,
        verb: Verb,
        mut audience: Audience,
        place: Option<(Visibility, Site)>,
        course: &Course,
    ) -> Action {
        if let (Some(site), AudienceKind::Members, true) =
            (frame.collects, audience.kind, audience.source.is_absent())
        {
            audience.source = Stated::Known(ListSource::Scraped, site);
        }
        if let (Some(site), true) = (frame.collects, audience.source.is_absent())
            && matches!(audience.kind, AudienceKind::List | AudienceKind::Named)
            && !matches!(verb, Verb::Post | Verb::Repost)
        {
            audience.kind = AudienceKind::List;
            audience.source = Stated::Known(ListSource::Scraped, site);
        }
        let mut action = Action::new(verb, doing.site, audience);
        action.texts = doing.texts.iter().map(|said| said.text.clone()).collect();
        action.delay = match (&course.days, &frame.after) {
            (Stated::Absent, after) if !frame.sequence => after.clone(),
            (days, _) => days.clone(),
        };
        action.limits = doing.limits.clone();
        action.probability = doing.probability.clone();
        action.times = doing.times.clone();
        action.model_generated = doing.model_generated.clone();
        action.acts_as.clone_from(&frame.voices);
        if let Some((place, site)) = place
            && !verb.is_private_message()
        {
            action.visibility = Stated::Known(place, site);
        } else if self.chat && verb == Verb::Post && frame.event() == Some(Event::MemberJoined) {
            action.visibility = Stated::Known(Visibility::Thread, doing.site);
        }
        action
    }

    /// The verb of the model, by the company of the act.
    fn verb(
        &self,
        doing: &Doing,
        frame: &Frame,
        event: Event,
        audiences: &[Audience],
        place: Option<(Visibility, Site)>,
    ) -> Option<Verb> {
        let kind = |wanted: &[AudienceKind]| audiences.iter().any(|audience| wanted.contains(&audience.kind));
        Some(match doing.deed {
            Deed::Verb(Verb::Reply)
                if event == Event::Schedule && frame.filters.is_empty() && audiences.is_empty() =>
            {
                Verb::Reply
            }
            Deed::Verb(Verb::Dm)
                if event.is_inbound() && doing.texts.is_empty() && kind(&[AudienceKind::Operator]) =>
            {
                Verb::Notify
            }
            Deed::Verb(Verb::Post) if place.is_some_and(|(place, _)| place == Visibility::Operator) => {
                Verb::Notify
            }
            Deed::Verb(Verb::DeleteContent) if event == Event::Schedule && audiences.is_empty() => {
                return None;
            }
            Deed::Verb(Verb::Dm | Verb::Post) if self.platform == Some("email") => Verb::Email,
            Deed::Verb(Verb::Post) if self.is_private() => Verb::Dm,
            Deed::Verb(Verb::Post)
                if self.chat && audiences.is_empty() && place.is_none() && !self.scope.people.is_empty() =>
            {
                Verb::Dm
            }
            Deed::Pass
                if kind(&[
                    AudienceKind::OwnFollowers,
                    AudienceKind::Members,
                    AudienceKind::Contacts,
                    AudienceKind::OptInList,
                    AudienceKind::NonResponders,
                ]) =>
            {
                Verb::Dm
            }
            Deed::Add
                if kind(&[
                    AudienceKind::FollowersOf,
                    AudienceKind::FollowingOf,
                    AudienceKind::EngagersOf,
                ]) && !self.chat =>
            {
                Verb::Follow
            }
            Deed::Verb(Verb::DeleteContent | Verb::Kick | Verb::Block | Verb::RemoveFollower)
                if kind(&[AudienceKind::NonFollowers]) =>
            {
                Verb::Unfollow
            }
            Deed::Verb(verb) => verb,
            Deed::Mail if event.is_inbound() || kind(&[AudienceKind::Operator]) || event == Event::Error => {
                Verb::Notify
            }
            Deed::Mail => Verb::Email,
            Deed::Pass
                if matches!(event, Event::PostBy | Event::PostMatch | Event::FeedItem)
                    && !kind(&[AudienceKind::Operator]) =>
            {
                Verb::Repost
            }
            Deed::Pass => Verb::Notify,
            Deed::Ignore => Verb::Archive,
            Deed::Mirror if event.is_inbound() => Verb::Notify,
            Deed::Mirror if event == Event::Followed => Verb::Follow,
            Deed::Mirror => Verb::Repost,
            Deed::Trade => Verb::TradeEngagement,
            Deed::Add if event == Event::Followed => Verb::Follow,
            Deed::Add => Verb::Invite,
            Deed::Remove
                if kind(&[
                    AudienceKind::NonFollowers,
                    AudienceKind::FollowedByTool,
                    AudienceKind::OwnFollowing,
                ]) || event == Event::NotFollowedBack =>
            {
                Verb::Unfollow
            }
            Deed::Remove if event.is_inbound() => Verb::Archive,
            Deed::Remove
                if matches!(event, Event::NoReply | Event::MemberIdle)
                    || kind(&[AudienceKind::Members, AudienceKind::NonResponders]) =>
            {
                Verb::Kick
            }
            Deed::Remove | Deed::Collect | Deed::Review | Deed::Close => return None,
            Deed::Message if event == Event::Schedule && place.is_none() => Verb::Dm,
            Deed::Say
            | Deed::Message
            | Deed::Greet
            | Deed::Farewell
            | Deed::Thank
            | Deed::Nudge
            | Deed::Shame
            | Deed::Pitch => self.speaking(doing, event, audiences, place),
        })
    }

    /// Whether everything on the platform goes to one person.
    fn is_private(&self) -> bool {
        matches!(self.platform, Some("whatsapp" | "signal" | "viber" | "email"))
    }

    /// How something is said whose way the file does not name.
    fn speaking(
        &self,
        doing: &Doing,
        event: Event,
        audiences: &[Audience],
        place: Option<(Visibility, Site)>,
    ) -> Verb {
        match place {
            Some((Visibility::Operator | Visibility::Team, _)) => return Verb::Notify,
            Some((Visibility::Public | Visibility::Followers, _)) if !event.is_inbound() => {
                return Verb::Post;
            }
            Some((Visibility::Private, _)) => return Verb::Dm,
            _ => {}
        }
        if audiences.iter().any(|audience| audience.kind == AudienceKind::Operator) && doing.texts.is_empty()
        {
            return Verb::Notify;
        }
        match event {
            Event::Unfollowed | Event::MemberLeft => {
                let publicly = doing.texts.iter().any(|said| said.speech.names && !addresses(&said.text));
                if publicly || doing.texts.is_empty() || matches!(doing.deed, Deed::Shame) {
                    Verb::Post
                } else {
                    Verb::Dm
                }
            }
            Event::MemberJoined if self.chat => Verb::Post,
            Event::Schedule if self.platform == Some("email") => Verb::Email,
            Event::Schedule if self.is_private() || !self.scope.people.is_empty() && self.chat => Verb::Dm,
            Event::Schedule if audiences.is_empty() => Verb::Post,
            event
                if event.is_inbound()
                    || matches!(event, Event::Fallback | Event::PostMatch | Event::PostBy) =>
            {
                Verb::Reply
            }
            Event::FeedItem | Event::Trend | Event::Webhook => Verb::Post,
            Event::Error => Verb::Notify,
            _ => Verb::Dm,
        }
    }
}

/// A limit for each run is unknown where nothing says how often it runs.
fn periodless(limits: &mut Limits) {
    if let Some((_, site)) = limits.number(LimitKind::PerRun) {
        limits.set(LimitKind::PerRun, Stated::Unknown(site));
    }
}

/// Whether a text speaks to the person it is about.
fn addresses(text: &Text) -> bool {
    let folded = text.text.to_lowercase();
    let words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric() && letter != '\'').collect();
    let you = words.iter().any(|word| {
        matches!(
            *word,
            "you"
                | "your"
                | "you're"
                | "youre"
                | "dich"
                | "dir"
                | "tu"
                | "te"
                | "vous"
                | "voi"
                | "ti"
                | "je"
                | "jij"
                | "sen"
                | "seni"
                | "вы"
                | "тебя"
                | "вас"
        )
    });
    let about = words
        .windows(2)
        .any(|pair| matches!(pair, ["left" | "unfollowed" | "dropped" | "quit" | "leaving", "us" | "me"]));
    you && !about
}

impl Course {
    /// Passes time: `day: 4` counts from the beginning, `wait: 2d` from the step before.
    fn pass(&mut self, days: f64, site: Site) {
        let before = self.days.get().unwrap_or_default();
        let now = if days > before { days } else { before + days };
        self.days = Stated::Known(now, site);
    }
}

/// Gives the texts of a frame to the act that says something; a frame without acts says them.
fn give_texts(frame: &mut Frame) {
    if frame.texts.is_empty() {
        return;
    }
    let speaks = |doing: &&mut Doing| {
        doing.texts.is_empty()
            && (doing.deed.speaks()
                || matches!(
                    doing.deed,
                    Deed::Mirror
                        | Deed::Verb(
                            Verb::Dm
                                | Verb::Reply
                                | Verb::Comment
                                | Verb::Post
                                | Verb::Mention
                                | Verb::Invite
                                | Verb::Quote
                        )
                ))
    };
    let texts = std::mem::take(&mut frame.texts);
    let without_person = frame.doings.iter().all(|doing| matches!(doing.deed, Deed::Collect | Deed::Review));
    let spoken = frame.doings.iter().any(|doing| !doing.texts.is_empty());
    match frame.doings.iter_mut().find(speaks) {
        Some(doing) => doing.texts = texts,
        None if without_person || !spoken => {
            let act = super::sense::Act { deed: Deed::Say, event: None, people: None, negated: false };
            let site = texts.first().map_or(frame.site, |said| said.text.site);
            let mut doing = Doing::new(&act, site);
            doing.texts = texts;
            frame.doings.push(doing);
        }
        None => {}
    }
}

/// The people of an act: its own, else those of its section; names and kinds are joined.
fn united(doing: &Doing, frame: &Frame) -> Vec<Audience> {
    let own = if doing.audiences.is_empty() { &frame.audiences } else { &doing.audiences };
    let mut all: Vec<Audience> = own.clone();
    if !doing.audiences.is_empty() {
        // `follow: followers` beside `seeds: […]` is the followers of the seeds.
        let named =
            |audience: &&Audience| !audience.of.is_empty() || audience.kind == AudienceKind::FollowersOf;
        all.extend(frame.audiences.iter().filter(named).cloned());
    }
    joined(all)
}

/// Kinds of people and names that belong together: `followers` and `seeds: […]` are the followers of the seeds.
pub(super) fn joined(mut all: Vec<Audience>) -> Vec<Audience> {
    let has = |all: &[Audience], kind: AudienceKind| all.iter().position(|audience| audience.kind == kind);
    let names: Vec<Text> = all
        .iter()
        .filter(|audience| matches!(audience.kind, AudienceKind::Named | AudienceKind::FollowersOf))
        .flat_map(|audience| audience.of.clone())
        .collect();
    let follows = has(&all, AudienceKind::FollowersOf);
    let own_followers = all
        .iter()
        .position(|audience| audience.kind == AudienceKind::OwnFollowers && !audience.of.is_empty());
    let bare_followers =
        all.iter().position(|audience| audience.kind == AudienceKind::OwnFollowers && audience.of.is_empty());
    let joined = follows.is_some() || bare_followers.is_some() && !names.is_empty();
    if let (Some(at), true) = (bare_followers.or(follows).or(own_followers), joined) {
        let site = all.get(at).map_or(Site::default(), |audience| audience.site);
        let mut audience = Audience::new(AudienceKind::FollowersOf, site);
        audience.of = if names.is_empty() && bare_followers.is_none() || own_followers.is_some() {
            vec![Text { text: AudienceKind::OwnFollowers.name().to_owned(), site }]
        } else {
            names
        };
        let mut rest: Vec<Audience> = all
            .into_iter()
            .filter(|other| {
                !matches!(
                    other.kind,
                    AudienceKind::Named | AudienceKind::FollowersOf | AudienceKind::OwnFollowers
                )
            })
            .filter(|other| other.kind == AudienceKind::Operator)
            .collect();
        rest.insert(0, audience);
        return rest;
    }
    if let Some(at) = follows
        && let Some(audience) = all.get_mut(at)
        && audience.of.is_empty()
    {
        audience.of = vec![Text { text: AudienceKind::OwnFollowers.name().to_owned(), site: audience.site }];
    }
    let mut united: Vec<Audience> = Vec::new();
    for mut audience in all {
        if audience.kind == AudienceKind::OwnFollowers {
            audience.of.clear();
        }
        match united.iter_mut().find(|known| known.kind == audience.kind) {
            Some(known) => known.of.extend(audience.of),
            None => united.push(audience),
        }
    }
    // Who agreed is reached, whatever else is said of them.
    if let Some(at) = united.iter().position(|audience| audience.kind == AudienceKind::OptInList) {
        return vec![united.swap_remove(at)];
    }
    united
}

/// Whom an act reaches of which the file says nothing.
fn default_audience(verb: Verb, event: Event, frame: &Frame) -> AudienceKind {
    match verb {
        Verb::Unfollow | Verb::RemoveFollower if event == Event::NotFollowedBack => {
            let said = frame.triggers.iter().any(|trigger| trigger.event == Event::NotFollowedBack);
            if said { AudienceKind::NonFollowers } else { AudienceKind::FollowedByTool }
        }
        Verb::Unfollow | Verb::RemoveFollower => AudienceKind::OwnFollowing,
        Verb::Post | Verb::Repost | Verb::Quote | Verb::Archive => AudienceKind::Public,
        Verb::Like | Verb::ViewStory if !frame.schedule.is_absent() || !frame.limits.is_empty() => {
            AudienceKind::Random
        }
        Verb::Like | Verb::ViewStory => AudienceKind::Random,
        Verb::Comment => AudienceKind::Search,
        _ => AudienceKind::List,
    }
}
