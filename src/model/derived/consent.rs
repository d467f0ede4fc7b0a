//! Contact and consent: whether an action lands with one person, how often, and what the person agreed to.

use super::View;
use crate::model::{
    AudienceKind, Consent, Event, GuardKind, LimitKind, ListSource, Stated, Trigger, Visibility,
    names_person, pings,
};

/// So many people called by name in one message are a crowd, whoever they are.
const CROWD: usize = 3;

impl View<'_> {
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
            | AudienceKind::OpenItems
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

    /// Whether, without landing with anybody, it names or pings somebody in front of others: they are reached, too.
    #[must_use]
    pub fn names_in_public(&self) -> bool {
        let Some(action) = self.action.filter(|action| action.verb.is_outward()) else { return false };
        // Whoever is answered may find that others are called, too.
        if !action.verb.is_private_message() && action.texts.iter().any(|text| pings(&text.text) >= CROWD) {
            return true;
        }
        let public =
            matches!(action.visible_to(), Visibility::Public | Visibility::Unlisted | Visibility::Followers);
        public
            && !self.is_contact()
            && action.texts.iter().any(|text| names_person(&text.text) || self.pings_others(&text.text))
    }

    /// Whether a text pings anybody but the account itself and whoever runs it.
    fn pings_others(&self, text: &str) -> bool {
        let plain =
            |name: &Stated<String>| name.known().map(|name| name.trim_start_matches('@').to_lowercase());
        let own = [plain(&self.account.identity.handle), plain(&self.account.profile.operator)];
        let text = text.to_lowercase();
        let own = own.iter().flatten().filter(|name| !name.is_empty() && text.contains(&format!("@{name}")));
        pings(&text) > own.count()
    }

    /// What those have agreed to whom it names in front of others, where that can be known.
    #[must_use]
    pub fn consent_of_named(&self) -> Option<Consent> {
        self.consent_of_initiator()
    }

    /// Whether it reaches somebody who did not ask for it.
    #[must_use]
    pub fn is_unsolicited(&self) -> bool {
        self.is_contact() && self.consent().is_some_and(|consent| consent <= Consent::Gesture)
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

    /// Days since the message before this one in the same sequence; none for the first message.
    #[must_use]
    pub fn days_since_last_message(&self) -> Option<f64> {
        let action = self.action.filter(|action| action.verb.is_private_message())?;
        let earlier = self.branch().iter().take_while(|other| !std::ptr::eq(*other, action));
        let last = earlier.filter(|other| other.verb.is_private_message()).last()?;
        let days = |delay: &Stated<f64>| if delay.is_absent() { Some(0.0) } else { delay.get() };
        Some(days(&action.delay)? - days(&last.delay)?)
    }
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
        | Event::Reopened
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
        | Event::Happening
        | Event::Error
        | Event::EventCreated
        | Event::Sanctioned
        | Event::RaidDetected
        | Event::Crisis
        | Event::Manual => return None,
    })
}
