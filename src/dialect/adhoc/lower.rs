//! From jobs to the model: each live job is an automation of its account; a job in another one's section
//! is one more act of it.

use std::collections::{HashMap, HashSet};

use super::job::Job;
use super::safety;
use super::values::unite_names;
use super::vocabulary::{Role, Vocabulary, vocabulary};
use super::walk::{Scope, Survey};
use crate::dialect::Lowered;
use crate::model::{
    Action, Audience, AudienceKind, Auth, Automation, Bound, Event, LimitKind, Site, Stated, Text, Trigger,
    Verb,
};

/// Adds what the survey found.
pub(super) fn lower(survey: Survey, lowered: &mut Lowered) {
    let Survey { scopes, jobs, platforms, .. } = survey;
    let jobs = unite(jobs);
    let mut by_account: Vec<Vec<Job>> = scopes.iter().map(|_| Vec::new()).collect();
    for job in jobs {
        if let Some(list) = by_account.get_mut(job.key.account) {
            list.push(job);
        }
    }
    for (mut scope, mut jobs) in scopes.into_iter().zip(by_account) {
        if jobs.iter().any(Job::is_live) {
            safety::settle(&mut scope, &mut jobs);
            Account { platforms: &platforms, vocabulary: vocabulary(), scope, number: 0, followed: false }
                .lower(jobs, lowered);
        }
    }
}

/// Details that were said of a verb in general belong to its only live job that has a trigger of its own:
/// `welcome_dm: true` and `dm_text: …` are one.
fn unite(mut jobs: Vec<Job>) -> Vec<Job> {
    let mut general = HashMap::new();
    let mut special = HashMap::new();
    for (number, job) in jobs.iter().enumerate() {
        let name = (job.key.account, job.key.verb, job.key.item);
        if job.key.host.is_none() && job.key.event.is_none() {
            general.insert(name, number);
        } else if job.key.event.is_some() && job.is_live() {
            special.entry(name).or_insert(number);
        }
    }
    for (name, target) in special {
        let Some(&source) = general.get(&name) else { continue };
        let is_detail = jobs.get(source).is_some_and(|job| !job.switched && job.audiences.is_empty());
        if !is_detail {
            continue;
        }
        let Some(slot) = jobs.get_mut(source) else { continue };
        let detail = std::mem::replace(slot, Job::new(slot.key, slot.site));
        if let Some(job) = jobs.get_mut(target) {
            job.absorb(detail);
        }
    }
    jobs
}

/// An account on its way into the model.
struct Account<'v> {
    platforms: &'v [&'static str],
    vocabulary: &'static Vocabulary,
    scope: Scope,
    number: usize,
    /// Whether it is an account that follows and is followed.
    followed: bool,
}

impl Account<'_> {
    fn lower(mut self, jobs: Vec<Job>, lowered: &mut Lowered) {
        self.number = self.introduce(lowered);
        self.followed = jobs.iter().any(|job| matches!(job.key.verb, Verb::Follow | Verb::Unfollow));
        let live = || jobs.iter().filter(|job| job.is_live()).map(|job| job.key);
        let follows = live().any(|key| key.verb == Verb::Follow);
        let independent: HashSet<(Verb, usize)> =
            live().filter(|key| key.host.is_none()).map(|key| (key.verb, key.item)).collect();
        let has_host =
            |job: &Job| job.key.host.is_some_and(|host| independent.contains(&(host, job.key.item)));
        let (hosted, others): (Vec<Job>, Vec<Job>) =
            jobs.into_iter().filter(Job::is_live).partition(has_host);
        let mut hosts = HashMap::new();
        for job in others {
            hosts.entry((job.key.verb, job.key.item)).or_insert(lowered.model.automations.len());
            lowered.automation(self.automation(job, follows));
        }
        for job in hosted {
            let host = job.key.host.and_then(|host| hosts.get(&(host, job.key.item)));
            if let Some(automation) = host.and_then(|number| lowered.model.automations.get_mut(*number)) {
                join(automation, job);
            }
        }
    }

    /// Adds the account itself.
    fn introduce(&mut self, lowered: &mut Lowered) -> usize {
        let mut account = std::mem::take(&mut self.scope.account);
        let platform = self.scope.platform.or_else(|| self.platforms.first().copied());
        self.scope.platform = platform;
        let site = account.site;
        let is_official = platform.is_some_and(|platform| self.vocabulary.is_kind(platform, "password"));
        if let (true, Stated::Known(Auth::Password, site)) = (is_official, &account.auth) {
            account.auth = Stated::Known(Auth::OfficialApi, *site);
        }
        account.identity.platform =
            platform.map_or(Stated::Absent, |platform| Stated::Known(platform.to_owned(), site));
        account.name = match (account.identity.handle.known(), platform) {
            (Some(handle), _) => handle.clone(),
            (None, Some(platform)) => format!("the {platform} account"),
            (None, None) => "the account".to_owned(),
        };
        if let Stated::Known(schedule, site) = &self.scope.schedule {
            account.limits.set(LimitKind::RunsPerDay, Stated::Known(Bound::AtMost(schedule.per_day), *site));
        }
        lowered.account(account)
    }

    fn automation(&self, mut job: Job, follows: bool) -> Automation {
        let site = job.live.unwrap_or(job.site);
        let triggers = self.triggers(&job, site);
        let event = triggers.first().map_or(Event::Schedule, |trigger| trigger.event);
        let actions = self.audiences(&mut job, event, follows, site).into_iter();
        let actions: Vec<Action> = actions.map(|audience| action(&job, audience)).collect();
        Automation {
            name: format!("{} → {}", event.name(), job.key.verb.name()),
            site,
            account: self.number,
            enabled: enabled(&job),
            triggers,
            guards: job.guards,
            actions,
            otherwise: Vec::new(),
            limits: job.limits,
        }
    }

    /// What sets the job off: an event that the file names, a silence, else the clock.
    fn triggers(&self, job: &Job, site: Site) -> Vec<Trigger> {
        let named = job.key.event.or_else(|| self.thanked(job)).map(|event| (event, site));
        let mut triggers: Vec<Trigger> = named
            .into_iter()
            .chain(job.events.iter().copied())
            .map(|(event, site)| Trigger::new(self.event(event), site))
            .collect();
        if triggers.is_empty() {
            let is_chat =
                self.scope.platform.is_some_and(|platform| self.vocabulary.is_kind(platform, "chat"));
            let answers = job.key.verb == Verb::Reply && job.automatic && job.audiences.is_empty();
            let is_silence = job.key.verb == Verb::Unfollow && !job.after.is_absent();
            let event = match (is_silence, is_chat && answers) {
                (true, _) => Event::NotFollowedBack,
                // On a chat, whoever writes is answered.
                (_, true) => Event::DmReceived,
                _ => Event::Schedule,
            };
            let mut trigger = Trigger::new(event, job.after.site().unwrap_or(site));
            trigger.after = job.after.clone();
            trigger.schedule = job.schedule.clone();
            triggers.push(trigger);
        }
        triggers
    }

    /// A private message without any other occasion that thanks for following goes to new followers.
    fn thanked(&self, job: &Job) -> Option<Event> {
        let may_tell = job.key.verb == Verb::Dm && job.audiences.is_empty() && job.events.is_empty();
        let thanks = |text: &Text| {
            let start: String = text.text.chars().take(60).collect();
            self.vocabulary.read(&start).has(Role::Thanks)
        };
        (may_tell && job.texts.iter().any(thanks)).then_some(Event::Followed)
    }

    /// On platforms of chat, people join; elsewhere they follow.
    fn event(&self, event: Event) -> Event {
        let is_chat = self.scope.platform.map(|platform| self.vocabulary.is_kind(platform, "chat"));
        match (event, is_chat) {
            (Event::Followed, Some(true)) => Event::MemberJoined,
            (Event::MemberJoined, Some(false)) => Event::Followed,
            (Event::MemberJoined, None) if self.followed => Event::Followed,
            (event, _) => event,
        }
    }

    /// Whom the job reaches: one audience for each act.
    fn audiences(&self, job: &mut Job, event: Event, follows: bool, site: Site) -> Vec<Audience> {
        let verb = job.key.verb;
        if !matches!(event, Event::Schedule | Event::NotFollowedBack) {
            return vec![Audience::new(AudienceKind::Initiator, site)];
        }
        unite_names(&mut job.audiences);
        if !job.audiences.is_empty() {
            return std::mem::take(&mut job.audiences);
        }
        let shared = self.shared(verb);
        if !shared.is_empty() {
            return shared;
        }
        let kind = match verb {
            Verb::Unfollow if follows || event == Event::NotFollowedBack => AudienceKind::FollowedByTool,
            Verb::Unfollow => AudienceKind::OwnFollowing,
            Verb::Post | Verb::Repost | Verb::Quote => AudienceKind::Public,
            // Machines that like without a stated target do it to whatever they are shown; comments need
            // something to comment on, which they look for.
            Verb::Like | Verb::ViewStory => AudienceKind::Random,
            Verb::Comment => AudienceKind::Search,
            // Somebody, of whom the file says nothing.
            _ => AudienceKind::List,
        };
        vec![Audience::new(kind, site)]
    }

    /// The audiences of the account that this verb may reach, one of each kind.
    fn shared(&self, verb: Verb) -> Vec<Audience> {
        use Verb::{Comment, Dm, Follow, Invite, Like, Reply, ViewStory};
        let mut united: Vec<Audience> = Vec::new();
        if !matches!(verb, Comment | Dm | Follow | Invite | Like | Reply | ViewStory) {
            return united;
        }
        for audience in &self.scope.audiences {
            match united.iter_mut().find(|known| known.kind == audience.kind) {
                Some(known) => known.of.extend(audience.of.iter().cloned()),
                None => united.push(audience.clone()),
            }
        }
        // An empty list of hashtags tells how people are found, unless another list names some; whom a
        // message reaches, it does not tell.
        let finds = matches!(verb, Comment | Follow | Like | ViewStory);
        if !finds || united.iter().any(|audience| !audience.of.is_empty()) {
            united.retain(|audience| !audience.of.is_empty());
        }
        united
    }
}

/// Off while it only rehearses, unknown where its switch is a template.
fn enabled(job: &Job) -> Stated<bool> {
    match job.rehearsal {
        Stated::Known(true, site) => Stated::Known(false, site),
        _ => job.unknown.map_or(Stated::Absent, Stated::Unknown),
    }
}

/// One more act of an automation, done to the same people unless it names others.
fn join(automation: &mut Automation, job: Job) {
    let site = job.live.unwrap_or(job.site);
    let theirs = || automation.actions.first().map(|action| action.audience.clone());
    let audience = job.audiences.first().cloned().or_else(theirs);
    let mut action = action(&job, audience.unwrap_or_else(|| Audience::new(AudienceKind::List, site)));
    action.limits = job.limits;
    // "Three likes for everybody whom it follows" reaches as many people as the following does, each three times.
    if let Stated::Known(times, site) = std::mem::take(&mut action.times) {
        action.limits.set(LimitKind::PerUser, Stated::Known(Bound::AtMost(times), site));
    }
    automation.actions.push(action);
}

fn action(job: &Job, audience: Audience) -> Action {
    let mut action = Action::new(job.key.verb, job.live.unwrap_or(job.site), audience);
    action.texts.clone_from(&job.texts);
    action.probability = job.probability.clone();
    action.times = job.times.clone();
    action.model_generated = job.model_generated.clone();
    action
}
