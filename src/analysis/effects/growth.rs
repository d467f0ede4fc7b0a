//! Lists of people that grow by our own following: people who are followed may follow back, and their followers are
//! followed next. This hop makes a ratchet.

use std::collections::BTreeMap;

use super::assumptions::Assumptions;
use super::brakes::Brake;
use super::build::{Cause, most_listeners};
use super::network::{Hop, Kind, Via};
use super::nodes::Node;
use crate::model::{Action, AudienceKind, Event, Verb};

/// An act of following: the number of its automation, the automation, its position there, the act.
type Follow<'b, 'm> = (usize, &'b Node<'m>, usize, &'m Action);

/// The hops by which following feeds crawls of the same account.
pub(super) fn hops(nodes: &[Node<'_>], assumptions: &Assumptions) -> Vec<(Hop, Cause)> {
    let mut accounts: BTreeMap<usize, Vec<Follow<'_, '_>>> = BTreeMap::new();
    for (number, node) in nodes.iter().enumerate() {
        let follows = node.acts.iter().enumerate().filter(|(_, action)| action.verb == Verb::Follow);
        let follows = follows.map(|(act, action)| (number, node, act, *action));
        accounts.entry(node.account).or_default().extend(follows);
    }
    let mut found = Vec::new();
    for follows in accounts.values() {
        for crawl in follows.iter().filter(|(.., action)| action.audience.is_self_referential()) {
            found.extend(feeding(follows, crawl, assumptions));
        }
    }
    found
}

/// The hops that refill one crawl.
///
/// A crawl around our followers grows with every new follower. Where something follows back, it is the one
/// that meets each of them; else whoever follows people wins some. A crawl around the accounts we follow
/// grows with every follow.
fn feeding(
    follows: &[Follow<'_, '_>],
    crawl: &Follow<'_, '_>,
    assumptions: &Assumptions,
) -> Vec<(Hop, Cause)> {
    let (target, to, _, action) = crawl;
    let around_followers = action
        .audience
        .of
        .iter()
        .any(|text| AudienceKind::parse(&text.text) == Some(AudienceKind::OwnFollowers));
    let returns = |(_, node, _, action): &&Follow<'_, '_>| node.returns_follows(action);
    let meets_followers = around_followers && follows.iter().any(|follow| returns(&follow));
    let share = assumptions.number("follow-back");
    let ways: &[(Via, f64, f64)] = match (around_followers, meets_followers) {
        (true, true) => &[(Via::Person, 1.0, 1.0)],
        (true, false) => &[(Via::Person, share, share), (Via::Bot, 0.0, 1.0)],
        (false, _) => &[(Via::Platform, 1.0, 1.0)],
    };
    let sources = follows
        .iter()
        .filter(|follow| !meets_followers || returns(follow))
        .take(most_listeners(follows.len()));
    let mut found = Vec::new();
    for (source, from, act, following) in sources {
        for (via, typical, worst) in ways {
            let mut brakes = to.brakes_for(Event::Followed, *via, from, following);
            if action.audience.is_finite() {
                brakes.add(Brake::FiniteAudience);
            }
            let hop = Hop {
                source: *source,
                target: *target,
                kind: Kind::Recruitment,
                via: *via,
                typical: *typical,
                worst: *worst,
                events: assumptions.number("followers-per-person"),
                brakes,
            };
            found.push((hop, Cause { act: *act, event: None, certain: true }));
        }
    }
    found
}
