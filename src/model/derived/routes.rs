//! Where messages to the account go, and what its automations together write under one item.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::View;
use super::world::fold_handle;
use crate::model::{Action, Event, FactKind, GuardKind, Verb, slots};

impl View<'_> {
    /// Whether inbound messages of this kind reach a person or get an answer with content.
    #[must_use]
    pub fn routes(&self, event: Event) -> bool {
        let by_automations =
            |routed: &OnceLock<_>| routed.get_or_init(|| self.routed_by_automations()).contains(&event);
        self.account.routed_by_tool.contains(&event)
            || self.account.fact(FactKind::RepliesMonitoredBy).is_some()
            || self.world.routed.get(self.number).is_some_and(by_automations)
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

    /// Whether anything reacts to inbound messages of this kind at all.
    #[must_use]
    pub fn reacts_to(&self, event: Event) -> bool {
        self.automations().any(|automation| automation.triggers.iter().any(|trigger| trigger.event == event))
    }

    /// Whether some automation waits for posts of this account: somebody writes there by other means.
    #[must_use]
    pub fn is_source(&self) -> bool {
        let handle = self.account.identity.handle.known();
        handle.is_some_and(|handle| self.world.sources.contains(&fold_handle(handle)))
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
                    | Event::Reopened
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
}

/// Whether a reply carries more than an acknowledgement: a slot, a model's text, or a private answer with a link.
fn answers_with_content(action: &Action) -> bool {
    let replies = matches!(action.verb, Verb::Reply | Verb::Comment) || action.verb.is_private_message();
    replies
        && (action.model_generated.get() == Some(true)
            || action.texts.iter().any(|text| slots(&text.text).any(|slot| !slot.names_person())))
}
