//! What feeds itself, in words: what it is, and the way round.

use std::collections::BTreeMap;

use crate::analysis::effects::{Component, Effects, Loop, Via};
use crate::analysis::loops::class_of;
use crate::model::Site;
use crate::narrate::deed;

/// A cycle of automations that never ends.
#[derive(Clone, Debug)]
pub struct Circle {
    /// Its name in findings.
    pub class: &'static str,
    /// What it is, as sentences.
    pub words: String,
    /// The way round: what is done, by whom the next step is completed, and where it is written.
    pub steps: Vec<Step>,
}

/// One step of the way round.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done, in a few words.
    pub deed: String,
    /// How that leads to the next step.
    pub then: &'static str,
    /// The account that does it.
    pub account: String,
    /// Where it is written.
    pub site: Site,
}

/// The cycles that never end, by the account of their first automation.
pub(super) fn circles(effects: &Effects<'_>, components: &[Component]) -> BTreeMap<usize, Vec<Circle>> {
    let mut circles: BTreeMap<usize, Vec<Circle>> = BTreeMap::new();
    for component in components.iter().filter(|component| component.never_ends()) {
        let first = component.members.first().and_then(|member| effects.nodes.get(*member));
        let Some(account) = first.map(|node| node.account) else { continue };
        circles.entry(account).or_default().push(circle(effects, component));
    }
    circles
}

fn circle(effects: &Effects<'_>, component: &Component) -> Circle {
    let start = component.members.first().copied().unwrap_or_default();
    let by_machines = component.typical < 1.0;
    let class = class_of(component);
    // Whoever else answers, too: what it does itself is the way round.
    let own = component.hops.iter().position(|hop| hop.via == Via::Ourselves);
    let way = match own.filter(|_| class == Loop::SelfTrigger && component.members.len() == 1) {
        Some(own) => vec![own],
        None => component.way_round(start),
    };
    let steps: Vec<Step> =
        way.into_iter().filter_map(|place| step(effects, component, place, by_machines)).collect();
    let mut words = what(class).to_owned();
    if by_machines && steps.iter().any(|step| step.then == then(Via::Bot)) {
        words.push_str(" With people alone it fades out; with another bot on the other side it does not.");
    }
    Circle { class: class.name(), words, steps }
}

/// A step, told by the act that the hop rests on. Where people alone would let it fade out, another bot is
/// what keeps it going.
fn step(effects: &Effects<'_>, component: &Component, place: usize, by_machines: bool) -> Option<Step> {
    let hop = component.hops.get(place)?;
    let node = effects.nodes.get(hop.source)?;
    let cause = component.places.get(place).and_then(|place| effects.causes.get(*place));
    let action = cause.and_then(|cause| node.acts.get(cause.act)).or_else(|| node.acts.first())?;
    let account = node.view.account.name.clone();
    let via = if by_machines && hop.via == Via::Person { Via::Bot } else { hop.via };
    Some(Step { deed: deed(&node.view.on(action)), then: then(via), account, site: action.site })
}

const fn what(class: Loop) -> &'static str {
    match class {
        Loop::SelfTrigger => "It sets itself off: what it does is what it waits for.",
        Loop::Mirror => "The same post is copied round and round.",
        Loop::Reply => "It can go on answering for ever.",
        Loop::Ratchet => "Following feeds itself and only ever grows.",
        Loop::Amplification => "One thing leads to the next and back again, without an end.",
    }
}

const fn then(via: Via) -> &'static str {
    match via {
        Via::Ourselves => "which sets off the next step",
        Via::Platform => "and the platform sets off the next step",
        Via::Person => "and people react to it",
        Via::Bot => "and another bot reacts to it",
    }
}
