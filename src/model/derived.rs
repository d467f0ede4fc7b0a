//! What follows from the stated fields: consent, contact, approval, caps, routes and daily rates.
//! Definitions are those of the rule catalogue; every rule speaks of these, none computes its own.

use std::collections::{BTreeSet, HashSet};
use std::sync::OnceLock;

use super::{
    Account, Action, AudienceKind, Automation, Bound, Consent, Event, FactKind, GuardKind, LimitKind, Limits,
    ListSource, Model, Site, Stated, SwitchKind, Trigger, Verb,
};

/// A model with an index of the automations of each account, so that no question scans the whole run.
#[derive(Debug)]
pub struct World<'m> {
    /// All accounts and automations of the run.
    pub model: &'m Model,
    automations_of: Vec<Vec<usize>>,
    /// Handles whose posts some automation waits for, folded.
    sources: HashSet<String>,
    /// The events that automations of each account route; found when somebody first asks.
    routed: Vec<OnceLock<BTreeSet<Event>>>,
}

/// One action in its surroundings: what rules look at.
#[derive(Clone, Copy, Debug)]
pub struct View<'m> {
    model: &'m Model,
    siblings: &'m [usize],
    sources: &'m HashSet<String>,
    routed: &'m OnceLock<BTreeSet<Event>>,
    /// The account concerned.
    pub account: &'m Account,
    /// The automation concerned, if the question is about one.
    pub automation: Option<&'m Automation>,
    /// The action concerned, if the question is about one.
    pub action: Option<&'m Action>,
}

/// How many contacts an action makes in a day, at worst.
#[derive(Clone, Debug, Default)]
pub struct Rate {
    /// Contacts per day; `None` where nothing caps them.
    pub per_day: Option<f64>,
    /// Where the deciding numbers stand, the most important one first.
    pub sites: Vec<Site>,
    /// Whether one run a day had to be assumed.
    pub assumed_daily_run: bool,
}

impl<'m> World<'m> {
    /// Indexes a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let mut automations_of = vec![Vec::new(); model.accounts.len()];
        let mut sources = HashSet::new();
        for (number, automation) in model.automations.iter().enumerate() {
            if let Some(list) = automations_of.get_mut(automation.account) {
                list.push(number);
            }
            let posts = automation.triggers.iter().filter(|trigger| trigger.event == Event::PostBy);
            let from = posts.filter_map(|trigger| trigger.from.as_ref());
            sources.extend(from.flat_map(|from| &from.of).map(|text| fold_handle(&text.text)));
        }
        let routed = vec![OnceLock::new(); model.accounts.len()];
        Self { model, automations_of, sources, routed }
    }

    /// The numbers of an account's automations.
    #[must_use]
    pub fn automations_of(&self, account: usize) -> &[usize] {
        self.automations_of.get(account).map_or(&[], Vec::as_slice)
    }

    /// An account on its own.
    #[must_use]
    pub fn account(&'m self, account: usize) -> Option<View<'m>> {
        let siblings = self.automations_of(account);
        let routed = self.routed.get(account)?;
        let account = self.model.accounts.get(account)?;
        let sources = &self.sources;
        Some(View { model: self.model, siblings, sources, routed, account, automation: None, action: None })
    }

    /// An automation with its account.
    #[must_use]
    pub fn automation(&'m self, number: usize) -> Option<View<'m>> {
        let automation = self.model.automations.get(number)?;
        Some(View { automation: Some(automation), ..self.account(automation.account)? })
    }
}

impl<'m> View<'m> {
    /// The same automation, looking at one of its actions.
    #[must_use]
    pub const fn on(self, action: &'m Action) -> Self {
        Self { action: Some(action), ..self }
    }

    /// The same account, looking at no automation.
    #[must_use]
    pub const fn without_action(self) -> Self {
        Self { automation: None, action: None, ..self }
    }

    /// A view of every live action of the account, those of the `otherwise` branches included.
    pub fn actions_of_account(self) -> impl Iterator<Item = Self> {
        self.automations()
            .map(move |automation| Self { automation: Some(automation), action: None, ..self })
            .filter(Self::is_live)
            .flat_map(Self::actions)
    }

    /// A view of every action of the automation.
    pub fn actions(self) -> impl Iterator<Item = Self> {
        let actions = self
            .automation
            .into_iter()
            .flat_map(|automation| automation.actions.iter().chain(&automation.otherwise));
        actions.map(move |action| self.on(action))
    }

    /// What the person reached by the action has agreed to; `None` where nobody in particular is reached
    /// or where it cannot be known.
    #[must_use]
    pub fn consent(&self) -> Option<Consent> {
        let action = self.action?;
        match action.audience.kind {
            AudienceKind::Initiator => self.consent_of_initiator(),
            AudienceKind::Operator | AudienceKind::Team | AudienceKind::OptInList => {
                Some(Consent::Subscribed)
            }
            AudienceKind::OwnFollowers
            | AudienceKind::Members
            | AudienceKind::NonResponders
            | AudienceKind::Contacts => Some(Consent::Gesture),
            AudienceKind::OwnFollowing
            | AudienceKind::NonFollowers
            | AudienceKind::FollowedByTool
            | AudienceKind::Inactive
            | AudienceKind::FollowersOf
            | AudienceKind::FollowingOf
            | AudienceKind::EngagersOf
            | AudienceKind::Search
            | AudienceKind::Random => Some(Consent::Stranger),
            AudienceKind::List => match action.audience.source.get()? {
                ListSource::Scraped | ListSource::Bought | ListSource::Exported => Some(Consent::Stranger),
                ListSource::Customers => Some(Consent::Subscribed),
                ListSource::Static => None,
            },
            AudienceKind::Named | AudienceKind::Public => None,
        }
    }

    /// What the person who set the automation off has agreed to: the least of its triggers. Whose act a
    /// trigger waits for counts as well: a member is no stranger, and a subscriber asked for it.
    fn consent_of_initiator(&self) -> Option<Consent> {
        self.automation?.triggers.iter().filter_map(consent_of_trigger).min()
    }

    /// Whether the action lands in one person's notifications or inbox.
    #[must_use]
    pub fn is_contact(&self) -> bool {
        self.action.is_some_and(|action| {
            let internal = matches!(action.audience.kind, AudienceKind::Operator | AudienceKind::Team);
            let nobody = action.audience.kind == AudienceKind::Public && !action.verb.is_private_message();
            action.verb.is_contact() && !internal && !nobody
        })
    }

    /// Whether it reaches somebody who did not ask for it.
    #[must_use]
    pub fn is_unsolicited(&self) -> bool {
        self.is_contact() && self.consent().is_some_and(|consent| consent <= Consent::Gesture)
    }

    /// Whether a person decides each time: an approval, or an automation that is only started by hand.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        let asks = self.has_guard(GuardKind::Approval) && !self.account.is_on(SwitchKind::SkipApproval);
        asks || self.automation.is_some_and(|automation| {
            !automation.triggers.is_empty()
                && automation.triggers.iter().all(|trigger| trigger.event == Event::Manual)
        })
    }

    /// The guards of the automation and those that hold for the whole account.
    pub fn guards(&self) -> impl Iterator<Item = &'m super::Guard> + use<'m> {
        let own = self.automation.map_or(&[][..], |automation| &automation.guards);
        own.iter().chain(&self.account.guards)
    }

    /// Whether a guard of this kind stands before the action, by configuration or by the tool's nature.
    #[must_use]
    pub fn has_guard(&self, kind: GuardKind) -> bool {
        self.guards().any(|guard| guard.kind == kind) || self.account.enforced_by_tool.contains(&kind)
    }

    /// Whether the automation runs at all: not switched off, and the bot does not only rehearse.
    #[must_use]
    pub fn is_live(&self) -> bool {
        let enabled = self.automation.is_none_or(|automation| automation.enabled.get() != Some(false));
        enabled && !self.account.is_on(SwitchKind::DryRun)
    }

    /// Whether the same person can be reached again: by a sequence, by the clock or by an event that recurs.
    #[must_use]
    pub fn is_recurring(&self) -> bool {
        let Some(automation) = self.automation else { return false };
        let once = automation
            .guards
            .iter()
            .any(|guard| matches!(guard.kind, GuardKind::OncePerUser) && guard.window.is_absent())
            || automation.limits.number(LimitKind::PerUser).is_some_and(|(most, _)| most <= 1.0);
        let private = automation.actions.iter().filter(|action| action.verb.is_private_message()).count();
        let repeats = automation.triggers.iter().any(|trigger| {
            trigger.event == Event::Schedule
                || trigger.repeats.get() == Some(true)
                || trigger.event == Event::NoReply
        });
        !once && (private >= 2 || repeats)
    }

    /// The actions of the branch in which the action stands: what happens together with it.
    #[must_use]
    pub fn branch(&self) -> &'m [Action] {
        let Some(automation) = self.automation else { return &[] };
        let is_here = |action: &Action| self.action.is_some_and(|own| std::ptr::eq(own, action));
        if automation.otherwise.iter().any(is_here) { &automation.otherwise } else { &automation.actions }
    }

    /// Days since the message before this one in the same sequence; none for the first message.
    #[must_use]
    pub fn days_since_last_message(&self) -> Option<f64> {
        let action = self.action.filter(|action| action.verb.is_private_message())?;
        let earlier = self.branch().iter().take_while(|other| !std::ptr::eq(*other, action));
        let last = earlier.filter(|other| other.verb.is_private_message()).last()?;
        let days = |delay: &Stated<f64>| if delay.is_absent() { Some(0.0) } else { delay.get() };
        Some(days(&action.delay)? - days(&last.delay)?)
    }

    /// A stated limit of this kind on the action, else on its automation.
    #[must_use]
    pub fn limit(&self, kind: LimitKind) -> Option<&'m Stated<Bound>> {
        let of = |limits: &'m Limits| limits.get(kind);
        self.action
            .and_then(|action| of(&action.limits))
            .or_else(|| self.automation.and_then(|automation| of(&automation.limits)))
    }

    /// The number of such a limit, also of one that holds for the whole account.
    fn bound(&self, kind: LimitKind) -> Option<(f64, Site)> {
        let local = self.limit(kind).and_then(|bound| match bound {
            Stated::Known(Bound::AtMost(number), site) => Some((*number, *site)),
            _ => None,
        });
        local.or_else(|| self.account.limits.number(kind))
    }

    /// Runs of the automation in a day and where that stands, if the configuration tells.
    #[must_use]
    pub fn runs_per_day(&self) -> Option<(f64, Option<Site>)> {
        if let Some((runs, site)) = self.bound(LimitKind::RunsPerDay) {
            return Some((runs, Some(site)));
        }
        let mut sum = None;
        for trigger in &self.automation?.triggers {
            if let Stated::Known(schedule, site) = &trigger.schedule {
                let (runs, first) = sum.unwrap_or((0.0, Some(*site)));
                sum = Some((runs + schedule.per_day, first));
            }
        }
        sum
    }

    /// Contacts (or posts) that the action makes in a day, at worst.
    #[must_use]
    pub fn rate(&self) -> Rate {
        let mut rate = Rate::default();
        let Some(action) = self.action else { return rate };
        let mut cap = |per_day: f64, site: Option<Site>| {
            if rate.per_day.is_none_or(|known| per_day < known) {
                rate.per_day = Some(per_day);
                rate.sites.splice(0..0, site);
            } else {
                rate.sites.extend(site);
            }
        };
        for (kind, times) in
            [(LimitKind::PerDay, 1.0), (LimitKind::PerHour, 24.0), (LimitKind::PerWeek, 1.0 / 7.0)]
        {
            if let Some((most, site)) = self.bound(kind) {
                cap(most * times, Some(site));
            }
        }
        let runs = self.runs_per_day();
        let in_one_run = self.bound(LimitKind::PerRun).or_else(|| {
            let size = match action.audience.size {
                Stated::Known(size, site) => Some((size, site)),
                _ => None,
            };
            size.or_else(|| single_item(action).then_some((1.0, action.site)))
        });
        let mut assumed = false;
        match (runs, in_one_run) {
            (Some((runs, where_runs)), Some((most, site))) => {
                cap(runs * most, Some(site));
                rate.sites.extend(where_runs);
            }
            (None, Some((most, site))) if self.bound(LimitKind::PerRun).is_some() => {
                assumed = rate.per_day.is_none();
                if rate.per_day.is_none() {
                    rate.per_day = Some(most);
                    rate.sites.push(site);
                }
            }
            _ => {}
        }
        rate.assumed_daily_run = assumed;
        if let (Some(per_day), Some(times)) = (rate.per_day, action.times.get()) {
            rate.per_day = Some(per_day * times.max(1.0));
        }
        rate
    }

    /// Whether something bounds how many people the action can reach in a day.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        let Some(action) = self.action else { return false };
        let explicit_unlimited = [LimitKind::PerRun, LimitKind::PerDay, LimitKind::PerHour, LimitKind::Total]
            .into_iter()
            .any(|kind| matches!(self.limit(kind), Some(Stated::Known(Bound::Unlimited, _))));
        if explicit_unlimited {
            return false;
        }
        let stated_but_unknown = [LimitKind::PerRun, LimitKind::PerDay, LimitKind::PerHour]
            .into_iter()
            .any(|kind| matches!(self.limit(kind), Some(Stated::Unknown(_))));
        self.rate().per_day.is_some()
            || stated_but_unknown
            || self.bound(LimitKind::Total).is_some()
            || action.audience.is_finite()
    }

    /// Whether inbound messages of this kind reach a person or get an answer with content.
    #[must_use]
    pub fn routes(&self, event: Event) -> bool {
        self.account.routed_by_tool.contains(&event)
            || self.account.fact(FactKind::RepliesMonitoredBy).is_some()
            || self.routed.get_or_init(|| self.routed_by_automations()).contains(&event)
    }

    /// Events whose automations pass them to a person or answer with content, whatever came in.
    fn routed_by_automations(&self) -> BTreeSet<Event> {
        let live = self.automations().filter(|automation| automation.enabled.get() != Some(false));
        let routing = live.filter(|automation| {
            automation.actions.iter().any(|action| {
                action.verb.reaches_a_person() || action.verb == Verb::RunCode || answers_with_content(action)
            })
        });
        let triggers = routing.flat_map(|automation| &automation.triggers);
        triggers.filter(|trigger| trigger.filters.is_empty()).map(|trigger| trigger.event).collect()
    }

    /// Comments that the account writes under one item: one for each job on the same kind of item, two where
    /// the event recurs. Jobs that keep one comment, write once for each person, or look only at some items
    /// do not count.
    #[must_use]
    pub fn comments_per_item(&self) -> usize {
        let comments = self.actions_of_account().filter(|view| view.comments_on_every_item());
        comments
            .map(|view| {
                let recurs = view.automation.is_some_and(|automation| {
                    let mut events = automation.triggers.iter().map(|trigger| trigger.event);
                    events.any(|event| matches!(event, Event::Pushed | Event::Commented))
                });
                if recurs { 2 } else { 1 }
            })
            .sum()
    }

    /// Whether the action adds a comment to each item of its kind, whoever wrote it.
    #[must_use]
    pub fn comments_on_every_item(&self) -> bool {
        const SPARING: &[GuardKind] = &[
            GuardKind::Approval,
            GuardKind::FirstTime,
            GuardKind::OncePerUser,
            GuardKind::OnlyLabels,
            GuardKind::Keyword,
            GuardKind::Relevance,
            GuardKind::OptedIn,
        ];
        let (Some(automation), Some(action)) = (self.automation, self.action) else { return false };
        let on_items = automation.triggers.iter().any(|trigger| {
            let about_items = matches!(
                trigger.event,
                Event::IssueOpened
                    | Event::PrOpened
                    | Event::Pushed
                    | Event::Commented
                    | Event::ItemClosed
                    | Event::MemberJoined
            );
            // What comes days later, when all is quiet, is no comment among those of people.
            about_items && trigger.filters.is_empty() && trigger.from.is_none() && trigger.after.is_absent()
        });
        let in_place = action.manner.known().is_some_and(|manner| manner.contains("update"));
        on_items
            && matches!(action.verb, Verb::Comment | Verb::Reply)
            && !in_place
            && !SPARING.iter().any(|kind| self.has_guard(*kind))
    }

    /// Whether some automation waits for posts of this account: somebody writes there by other means.
    #[must_use]
    pub fn is_source(&self) -> bool {
        self.account.identity.handle.known().is_some_and(|handle| self.sources.contains(&fold_handle(handle)))
    }

    /// Whether anything reacts to inbound messages of this kind at all.
    #[must_use]
    pub fn reacts_to(&self, event: Event) -> bool {
        self.automations().any(|automation| automation.triggers.iter().any(|trigger| trigger.event == event))
    }

    /// The automations of the same account.
    pub fn automations(&self) -> impl Iterator<Item = &'m Automation> + use<'m> {
        let model = self.model;
        self.siblings.iter().filter_map(|number| model.automations.get(*number))
    }
}

/// A handle without its sign, in lower case.
fn fold_handle(handle: &str) -> String {
    handle.trim_start_matches('@').to_lowercase()
}

/// What somebody agreed to by causing this event, who may be one of a circle that agreed to more.
fn consent_of_trigger(trigger: &Trigger) -> Option<Consent> {
    use AudienceKind::{Contacts, Members, Operator, OptInList, OwnFollowers, Team};
    let circle = match trigger.from.as_ref().map(|from| from.kind) {
        Some(Members | OwnFollowers | Contacts) => Some(Consent::Gesture),
        Some(OptInList | Team | Operator) => Some(Consent::Subscribed),
        _ => None,
    };
    consent_of_event(trigger.event).max(circle)
}

/// What somebody agreed to by causing this event.
const fn consent_of_event(event: Event) -> Option<Consent> {
    Some(match event {
        Event::Followed
        | Event::Unfollowed
        | Event::BlockedUs
        | Event::Reposted
        | Event::Liked
        | Event::MemberJoined
        | Event::MemberLeft
        | Event::MemberIdle
        | Event::OptedOut
        | Event::NoReply
        | Event::LoggedIn => Consent::Gesture,
        Event::Mention
        | Event::Reply
        | Event::DmReceived
        | Event::EmailReceived
        | Event::Commented
        | Event::ReviewPosted
        | Event::ReportFiled
        | Event::IssueOpened
        | Event::IssueIdle
        | Event::PrOpened
        | Event::PrIdle
        | Event::ItemClosed
        | Event::Labelled
        | Event::Pushed
        | Event::Command
        | Event::FormSubmitted
        | Event::Fallback
        | Event::InvoiceOverdue => Consent::Addressed,
        Event::OptedIn => Consent::Subscribed,
        Event::PostBy | Event::PostMatch | Event::NotFollowedBack | Event::NewCandidate | Event::Trend => {
            Consent::Stranger
        }
        Event::FeedItem
        | Event::Schedule
        | Event::Webhook
        | Event::Error
        | Event::EventCreated
        | Event::Sanctioned
        | Event::RaidDetected
        | Event::Crisis
        | Event::Manual => return None,
    })
}

/// Whether one firing does it once: a post, or something done to whoever caused the event.
fn single_item(action: &Action) -> bool {
    action.verb.is_publication() || action.audience.kind == AudienceKind::Initiator
}

/// Whether a reply carries more than an acknowledgement: a slot, a model's text, or a private answer with a link.
fn answers_with_content(action: &Action) -> bool {
    let replies = matches!(action.verb, Verb::Reply | Verb::Comment) || action.verb.is_private_message();
    replies
        && (action.model_generated.get() == Some(true)
            || action.texts.iter().any(|text| super::slots(&text.text).any(|slot| !slot.names_person())))
}
