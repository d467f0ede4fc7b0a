//! How many people a whole set-up reaches in a day, at worst, who did not ask for it.

use super::assumptions::Assumptions;
use super::build::Effects;
use super::nodes::Node;
use crate::model::{AudienceKind, Event, Verb};

/// The reach of one account.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The account's number in the model.
    pub account: usize,
    /// Contacts a day with people who did not ask; infinite where nothing bounds them.
    pub per_day: f64,
    /// The automations that contribute, by their numbers in the graph, the largest first.
    pub contributors: Vec<(usize, f64)>,
    /// The assumptions that went into it, by name.
    pub assumed: Vec<&'static str>,
}

/// The reach of each account that contacts anybody unasked, from the firings of its automations.
#[must_use]
pub fn reach(effects: &Effects<'_>, firings: &[f64], assumptions: &Assumptions) -> Vec<Reach> {
    let mut reaches: Vec<Reach> = Vec::new();
    for (number, (node, firings)) in effects.nodes.iter().zip(firings).enumerate() {
        let contacts = contacts(node, *firings);
        if contacts <= 0.0 {
            continue;
        }
        let account = node.account;
        let place = reaches.iter().position(|reach| reach.account == account).unwrap_or_else(|| {
            reaches.push(Reach { account, per_day: 0.0, contributors: Vec::new(), assumed: Vec::new() });
            reaches.len() - 1
        });
        if let Some(reach) = reaches.get_mut(place) {
            reach.per_day += contacts;
            reach.contributors.push((number, contacts));
            reach.assumed.extend(assumed(node, assumptions));
        }
    }
    for reach in &mut reaches {
        reach.contributors.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        reach.assumed.sort_unstable();
        reach.assumed.dedup();
    }
    reaches
}

/// Contacts a day that nobody asked for: each unsolicited act of a firing, within its own limits.
fn contacts(node: &Node<'_>, firings: f64) -> f64 {
    if is_among_members(node) {
        return 0.0;
    }
    let acts = node.acts.iter().map(|action| node.view.on(action));
    acts.filter(|view| view.is_unsolicited() && !view.is_approved())
        .map(|view| firings.min(view.rate().per_day.unwrap_or(f64::INFINITY)))
        .sum()
}

/// Whether it deals with posts of people who share a place with it: moderation, and talk in one's own rooms.
/// How many there are is theirs to know, and a notice about a removal is no outreach.
fn is_among_members(node: &Node<'_>) -> bool {
    use AudienceKind::{Members, Named, Team};
    use Verb::{Ban, Close, DeleteContent, HoldForReview, Kick, Lock, Timeout};
    let moderates = node.acts.iter().any(|action| {
        matches!(action.verb, Ban | Close | DeleteContent | HoldForReview | Kick | Lock | Timeout)
    });
    let triggers = node.view.automation.map_or(&[][..], |automation| &automation.triggers);
    moderates
        || triggers.iter().any(|trigger| {
            trigger.from.as_ref().is_some_and(|from| matches!(from.kind, Members | Named | Team))
        })
}

/// The events that set an automation off and whose number is assumed.
fn assumed(node: &Node<'_>, assumptions: &Assumptions) -> Vec<&'static str> {
    let triggers = node.view.automation.map_or(&[][..], |automation| &automation.triggers);
    let events = triggers.iter().map(|trigger| trigger.event);
    events
        .filter(|event| !matches!(event, Event::Schedule | Event::Manual))
        .map(|event| assumptions.name_of(event))
        .collect()
}
