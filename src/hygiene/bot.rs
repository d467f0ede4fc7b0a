//! One account as the checklist sees it: its live actions, and short questions about them.
//! May know the model only.

use super::State;
use crate::model::{
    Account, AccountKind, AudienceKind, Automation, Bound, Consent, Event, FactKind, GuardKind, LimitKind,
    Property, SecretKind, Stated, SwitchKind, Verb, View, pings, pings_on_reddit,
};

/// An account and everything it does while it is switched on.
pub(super) struct Bot<'m> {
    view: View<'m>,
    /// The account.
    pub(super) account: &'m Account,
    /// Its live actions that people notice.
    outward: Vec<View<'m>>,
}

impl<'m> Bot<'m> {
    /// Gathers the account's live actions.
    pub(super) fn new(view: View<'m>) -> Self {
        let outward = view.actions_of_account();
        let outward = outward.filter(|view| view.action.is_some_and(|action| action.verb.is_outward()));
        Self { view, account: view.account, outward: outward.collect() }
    }

    /// Whether people notice anything of it.
    pub(super) fn acts(&self) -> bool {
        !self.outward.is_empty()
    }

    /// Whether it is a person's own account rather than a bot's.
    pub(super) fn is_person(&self) -> bool {
        self.account.kind.get() == Some(AccountKind::Person)
    }

    /// Actions that land with one person.
    pub(super) fn contacts(&self) -> impl Iterator<Item = &View<'m>> {
        self.outward.iter().filter(|view| view.is_contact())
    }

    /// Actions that name people in front of others.
    pub(super) fn naming(&self) -> impl Iterator<Item = &View<'m>> {
        self.outward.iter().filter(|view| view.names_in_public())
    }

    /// Contacts that are no answer to somebody who addressed the bot.
    pub(super) fn approaches(&self) -> impl Iterator<Item = &View<'m>> {
        self.contacts().filter(|view| {
            let to_initiator =
                view.action.is_some_and(|action| action.audience.kind == AudienceKind::Initiator);
            !to_initiator || view.consent() != Some(Consent::Addressed)
        })
    }

    /// Messages to people who are no initiators: letters to a list, campaigns.
    pub(super) fn mailings(&self) -> impl Iterator<Item = &View<'m>> {
        self.approaches().filter(|view| {
            view.action.is_some_and(|action| {
                action.verb.is_private_message() && action.audience.kind != AudienceKind::Initiator
            })
        })
    }

    /// Posts and reposts.
    pub(super) fn publications(&self) -> impl Iterator<Item = &View<'m>> {
        self.outward.iter().filter(|view| view.action.is_some_and(|action| action.verb.is_publication()))
    }

    /// Contacts and publications: what limits are for.
    pub(super) fn outgoing(&self) -> impl Iterator<Item = &View<'m>> {
        let publishes = |view: &View<'_>| view.action.is_some_and(|action| action.verb.is_publication());
        self.outward.iter().filter(move |view| view.is_contact() || publishes(view))
    }

    /// What a language model writes, and what punishes people.
    pub(super) fn risky(&self) -> impl Iterator<Item = &View<'m>> {
        self.outward.iter().filter(|view| {
            view.action.is_some_and(|action| {
                let punishes = matches!(
                    action.verb,
                    Verb::Ban
                        | Verb::Kick
                        | Verb::Timeout
                        | Verb::Block
                        | Verb::DeleteContent
                        | Verb::MarkPerson
                        | Verb::Report
                );
                punishes || action.model_generated.get() == Some(true)
            })
        })
    }

    /// Outward actions of automations that are set off by such an event.
    pub(super) fn set_off_by(&self, wanted: impl Fn(Event) -> bool) -> impl Iterator<Item = &View<'m>> {
        self.outward.iter().filter(move |view| has_trigger(view.automation, &wanted))
    }

    /// Contacts that call for a memory: neither answers to a command nor what somebody subscribed to.
    pub(super) fn encounters(&self) -> impl Iterator<Item = &View<'m>> {
        self.contacts().filter(|view| {
            let commanded = has_trigger(view.automation, |event| event == Event::Command);
            !commanded && view.consent() != Some(Consent::Subscribed)
        })
    }

    /// Whether it only passes on what appears elsewhere: a feed, or a bridge between accounts.
    pub(super) fn only_relays(&self) -> bool {
        let declared = self.fact(FactKind::Mode) == Some("feed");
        let elsewhere = |event: Event| matches!(event, Event::FeedItem | Event::PostBy);
        let relays = self.publications().filter(|view| has_trigger(view.automation, elsewhere));
        declared || relays.count() == self.outward.len()
    }

    /// The kinds of messages that the account can get because of what it does.
    pub(super) fn inbound(&self) -> Vec<Event> {
        let mut kinds: Vec<Event> = Event::ALL
            .iter()
            .copied()
            .filter(|event| event.is_inbound() && *event != Event::Command)
            .collect();
        let caused = |event: Event| {
            self.outward.iter().any(|view| {
                let approach = view.is_contact() && view.consent() != Some(Consent::Addressed);
                view.action.is_some_and(|action| match action.verb {
                    Verb::Post | Verb::Quote => event == Event::Mention && !self.only_relays(),
                    Verb::Mention | Verb::Follow => event == Event::Mention,
                    Verb::Dm | Verb::Sms => event == Event::DmReceived && approach,
                    Verb::Email => event == Event::EmailReceived && approach,
                    _ => false,
                })
            })
        };
        kinds.retain(|event| self.view.reacts_to(*event) || caused(*event));
        kinds
    }

    /// Whether inbound messages of this kind reach a person or get an answer with content.
    pub(super) fn routes(&self, event: Event) -> bool {
        self.view.routes(event)
    }

    /// Automations that are not switched off.
    pub(super) fn automations(&self) -> impl Iterator<Item = &'m Automation> {
        self.view.automations().filter(|automation| automation.enabled.get() != Some(false))
    }

    /// Whether some automation that is set off by such an event does this.
    pub(super) fn does(&self, verb: impl Fn(Verb) -> bool, on: impl Fn(Event) -> bool) -> bool {
        self.automations().any(|automation| {
            has_trigger(Some(automation), &on) && automation.actions.iter().any(|action| verb(action.verb))
        })
    }

    /// Whether whatever comes in is passed to a person.
    pub(super) fn person_reads(&self) -> bool {
        let monitored = self.fact(FactKind::RepliesMonitoredBy).is_some();
        monitored || self.does(Verb::reaches_a_person, Event::is_inbound)
    }

    /// The claim of this kind, where it is known and not empty.
    pub(super) fn fact(&self, kind: FactKind) -> Option<&str> {
        self.account.fact(kind)?.value.known().map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The claim of this kind as a number.
    pub(super) fn number(&self, kind: FactKind) -> Option<f64> {
        self.fact(kind)?.parse().ok()
    }

    /// Whether the switch is known to be on.
    pub(super) fn is_on(&self, kind: SwitchKind) -> bool {
        self.account.is_on(kind)
    }

    /// Whether a password or token is written out.
    pub(super) fn has_secrets(&self) -> bool {
        self.account.secrets.iter().any(|secret| secret.kind != SecretKind::Placeholder)
    }

    /// What a silence means: absent where the format could have said it, else not stated.
    pub(super) fn silence(&self, property: Property) -> State {
        if self.account.can_express(property) { State::Absent } else { State::NotStated }
    }

    /// Whether the account's description has one of these words.
    pub(super) fn bio_says(&self, wanted: &[&str]) -> bool {
        self.account.profile.bio.known().is_some_and(|bio| says(bio, wanted))
    }

    /// Whether one of its messages calls several people by name, whoever they are.
    pub(super) fn calls_a_crowd(&self) -> bool {
        const CROWD: usize = 3;
        let on_reddit = self.account.identity.platform.known().is_some_and(|platform| platform == "reddit");
        let count = if on_reddit { pings_on_reddit } else { pings };
        let mut texts = self.outward.iter().filter_map(|view| view.action).flat_map(|action| &action.texts);
        texts.any(|text| count(&text.text) >= CROWD)
    }

    /// Whether one of its messages has one of these words.
    pub(super) fn message_says(&self, wanted: &[&str]) -> bool {
        let mut texts = self.outward.iter().filter_map(|view| view.action).flat_map(|action| &action.texts);
        texts.any(|text| says(&text.text, wanted))
    }
}

/// Whether a text has one of these words; one that ends with `*` is a beginning.
fn says(text: &str, wanted: &[&str]) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        wanted.iter().any(|wanted| match wanted.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == *wanted,
        })
    })
}

fn has_trigger(automation: Option<&Automation>, wanted: impl Fn(Event) -> bool) -> bool {
    automation.is_some_and(|automation| automation.triggers.iter().any(|trigger| wanted(trigger.event)))
}

/// Whether something tells whom or what the automation has dealt with, or how often one person is reached.
pub(super) fn remembers(view: &View<'_>) -> bool {
    let limits = [LimitKind::PerUser, LimitKind::PerUserDay, LimitKind::PerThread, LimitKind::Cooldown];
    GuardKind::ALL.iter().any(|kind| kind.remembers() && view.has_guard(*kind))
        || limits.into_iter().any(|kind| is_limited(view, kind))
}

/// Whether a limit of this kind holds for the action, its automation or the whole account.
pub(super) fn is_limited(view: &View<'_>, kind: LimitKind) -> bool {
    view.limit(kind)
        .or_else(|| view.account.limits.get(kind))
        .is_some_and(|bound| !matches!(bound, Stated::Known(Bound::Unlimited, _)))
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn whole_words_count() {
        let wanted = ["bot", "automat*"];
        for text in ["I am a bot.", "An automatic message", "Library-Bot"] {
            assert!(says(text, &wanted), "{text}");
        }
        for text in ["Both of us love botany", "robots", ""] {
            assert!(!says(text, &wanted), "{text}");
        }
    }
}
