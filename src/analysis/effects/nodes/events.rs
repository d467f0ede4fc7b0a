//! What an automation waits for and where, and what it goes and fetches.

use super::Node;
use crate::analysis::effects::places::{Places, Spot};
use crate::model::{AudienceKind, Event, GuardKind, Text, Verb};

impl<'m> Node<'m> {
    /// The events of its triggers, in order.
    pub(super) fn events(&self, places: &Places) -> Vec<(Event, Spot)> {
        let mut events = Vec::new();
        for trigger in self.triggers() {
            match trigger.event {
                Event::PostBy => {
                    let names = trigger.from.iter().flat_map(|from| &from.of).chain(&trigger.filters);
                    events.extend(names.map(|name| (Event::PostBy, places.named(&name.text))));
                }
                Event::PostMatch => events.push((Event::PostMatch, places.hears_at(self.account))),
                event => events.push((event, Spot::Account(self.account))),
            }
        }
        events.sort();
        events.dedup();
        events.shrink_to_fit();
        events
    }

    /// What it goes and fetches where the clock starts it.
    pub(super) fn fetched(&self, places: &Places) -> Vec<(Event, Spot)> {
        let here = Spot::Account(self.account);
        let mut events = Vec::new();
        if self.triggers().iter().all(|trigger| trigger.event.is_stream()) {
            return events;
        }
        for action in &self.acts {
            match (action.verb, action.audience.kind) {
                (Verb::Repost | Verb::Quote, AudienceKind::Named) => {
                    let names = action.audience.of.iter();
                    events.extend(names.map(|name| (Event::PostBy, places.named(&name.text))));
                }
                (Verb::Unfollow, AudienceKind::NonFollowers) => {
                    events.push((Event::NotFollowedBack, here.clone()));
                }
                (Verb::Follow, kind) if is_gathered(kind) => events.push((Event::NewCandidate, here.clone())),
                _ => {}
            }
        }
        events.sort();
        events.dedup();
        events.retain(|(event, spot)| !self.waits_for_at(*event, spot));
        events.shrink_to_fit();
        events
    }

    /// Words, labels or commands that an event of this kind must bring.
    pub(in crate::analysis::effects) fn wanted(&self, event: Event) -> Vec<&'m Text> {
        let own = self.triggers().iter().filter(|trigger| trigger.event == event);
        // The names of a `post-by` say whose post, not which words.
        let words = own.filter(|_| event != Event::PostBy).flat_map(|trigger| &trigger.filters);
        let guard = match event {
            Event::Labelled => Some(GuardKind::OnlyLabels),
            Event::PostMatch | Event::Mention | Event::Reply | Event::DmReceived | Event::Commented => {
                Some(GuardKind::Keyword)
            }
            _ => None,
        };
        let guards = self.view.guards().filter(|known| Some(known.kind) == guard);
        words.chain(guards.flat_map(|guard| &guard.values)).collect()
    }

    /// Those of its events that must bring certain words.
    pub(super) fn events_with_words(&self) -> Vec<Event> {
        let mut events: Vec<Event> = self.triggers().iter().map(|trigger| trigger.event).collect();
        events.extend(self.fetches.iter().map(|(event, _)| *event));
        events.sort_unstable();
        events.dedup();
        let has_keyword = self.view.has_guard(GuardKind::Keyword);
        events.retain(|event| event.is_inbound() && (has_keyword || !self.wanted(*event).is_empty()));
        events
    }

    /// Whether an event of this kind must bring certain words.
    pub(in crate::analysis::effects) fn is_choosy(&self, event: Event) -> bool {
        self.choosy.contains(&event)
    }
}

/// Whether an audience is collected by machine, so that somebody can be found in it again.
const fn is_gathered(kind: AudienceKind) -> bool {
    use AudienceKind::{EngagersOf, FollowersOf, FollowingOf, List, Random, Search};
    matches!(kind, FollowersOf | FollowingOf | EngagersOf | Search | List | Random)
}
