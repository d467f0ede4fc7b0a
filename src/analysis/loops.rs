//! Cycles of the effect graph that never end, one discovery for each: the way round, hop by hop, how strongly
//! it feeds itself, and what would end it.

use std::collections::BTreeMap;

use super::effects::{Brake, Component, Hop, Kind, Loop, Node, Via};
use super::words::consequence;
use super::{Discovery, Study};
use crate::diagnostic::{Confidence, Severity};
use crate::model::{Action, Property, Site};
use crate::narrate::deed;

/// So many settings that leave a loop open are pointed at.
const MOST_OPEN: usize = 3;

/// One step of a way round.
struct Step<'s, 'm> {
    node: &'s Node<'m>,
    action: &'m Action,
    /// How it sets off the next one.
    consequence: &'static str,
    is_certain: bool,
}

/// Finds the cycles of a class.
pub(super) fn find<'m>(study: &Study<'m>, class: Loop) -> Vec<Discovery<'m>> {
    let components = study.components().iter();
    let cycles = components.filter(|component| component.never_ends() && class_of(component) == class);
    let mut found: Vec<Discovery<'m>> = Vec::new();
    let mut alone: BTreeMap<(usize, Option<Severity>), usize> = BTreeMap::new();
    for discovery in cycles.filter_map(|component| discovery(study, component)) {
        let key = (discovery.account, discovery.severity);
        // Automations of one account that each go round by themselves are one finding.
        match alone.get(&key).and_then(|place| found.get_mut(*place)) {
            Some(first) if discovery.actions.len() == 1 => first.join(discovery),
            _ => {
                if discovery.actions.len() == 1 {
                    alone.insert(key, found.len());
                }
                found.push(discovery);
            }
        }
    }
    found
}

/// The class of a cycle. A tracker counts what a bot writes there as an event; whoever else answers is not needed for
/// the next turn of an automation that hears itself.
pub(crate) fn class_of(component: &Component) -> Loop {
    let hears_itself = component.hops.iter().any(|hop| hop.via == Via::Ourselves && hop.kind == Kind::State);
    match component.class() {
        Loop::Amplification if component.members.len() == 1 && hears_itself => Loop::SelfTrigger,
        class => class,
    }
}

impl<'m> Discovery<'m> {
    /// Adds another cycle of one automation to this one.
    fn join(&mut self, mut other: Self) {
        let site = |discovery: &Self| discovery.labels.first().map(|(site, _)| *site);
        if site(&other) < site(self) {
            std::mem::swap(self, &mut other);
        }
        let does = other.labels.into_iter().next();
        self.labels.extend(does.map(|(site, _)| (site, "and so does this one".to_owned())));
        self.actions.extend(other.actions);
        self.confidence = self.confidence.or(other.confidence);
    }
}

fn discovery<'m>(study: &Study<'m>, component: &Component) -> Option<Discovery<'m>> {
    let steps = steps(study, component);
    let first = steps.first()?;
    let mut hops: Vec<(Site, String)> = steps
        .iter()
        .enumerate()
        .map(|(number, step)| {
            let site = if step.action.audience.is_self_referential() {
                step.action.audience.site
            } else {
                step.action.site
            };
            (site, format!("{} {}", number + 1, deed(&step.node.view.on(step.action))))
        })
        .collect();
    let back = steps.last()?;
    hops.push((trigger_site(first.node), format!("back to 1: {}", back.consequence)));
    let certain = steps.iter().all(|step| step.is_certain);
    let open = first.node.view.account.unguarded.iter().take(MOST_OPEN);
    let open: Vec<_> = open.map(|site| (*site, "nothing keeps it from going on".to_owned())).collect();
    let severity = severity(study, component);
    let feeders = feeders(study, component);
    Some(Discovery {
        account: first.node.account,
        actions: steps.iter().map(|step| (step.node.automation, step.action)).collect(),
        labels: hops.iter().cloned().chain(open).collect(),
        hops,
        feeders,
        severity: Some(severity),
        confidence: (!certain).then_some(Confidence::Medium),
        notes: notes(study, component, &steps),
    })
}

/// How bad a cycle is; what only the silence of a format makes is no more than worth knowing.
pub(crate) fn severity(study: &Study<'_>, component: &Component) -> Severity {
    if rests_on_silence(study, component) {
        Severity::Info
    } else {
        component.severity(&study.effects().network)
    }
}

/// Whether the cycle would end if every tool whose format cannot speak of loop guards had some: then it is
/// the format's silence that makes it, and nobody knows.
fn rests_on_silence(study: &Study<'_>, component: &Component) -> bool {
    let effects = study.effects();
    let is_silent = |hop: &Hop| {
        let target = effects.nodes.get(hop.target);
        let guarded = hop.kind != Kind::Recruitment && matches!(hop.via, Via::Bot | Via::Ourselves);
        // That a tracker reports what is done in it to whoever listens is no guess.
        let is_reported = hop.via == Via::Ourselves && hop.kind == Kind::State;
        target.is_some_and(|node| {
            let known = node.view.account.can_express(Property::LoopGuards) || is_reported && node.is_tracker;
            guarded && !known
        })
    };
    component.hops.iter().any(is_silent) && component.ends_without(is_silent)
}

/// The shortest way round, from the member that stands first in the configuration.
fn steps<'s, 'm>(study: &'s Study<'m>, component: &Component) -> Vec<Step<'s, 'm>> {
    let effects = study.effects();
    let site = |node: &usize| {
        effects.nodes.get(*node).and_then(|node| node.view.automation).map(|automation| automation.site)
    };
    let Some(start) = component.members.iter().min_by_key(|node| site(node)) else { return Vec::new() };
    let step = |place: usize| {
        let hop = component.hops.get(place)?;
        let cause = *effects.causes.get(*component.places.get(place)?)?;
        let node = effects.nodes.get(hop.source)?;
        let action = node.acts.get(cause.act)?;
        Some(Step { node, action, consequence: consequence(hop, cause), is_certain: cause.certain })
    };
    component.way_round(*start).into_iter().filter_map(step).collect()
}

fn trigger_site(node: &Node<'_>) -> Site {
    let automation = node.view.automation;
    let trigger = automation.and_then(|automation| automation.triggers.first()).map(|trigger| trigger.site);
    trigger.or_else(|| automation.map(|automation| automation.site)).unwrap_or_default()
}

/// Acts outside a cycle that set it off by what they do in front of a crowd.
fn feeders<'m>(study: &Study<'m>, component: &Component) -> Vec<(usize, &'m Action)> {
    let effects = study.effects();
    let mut found: Vec<(usize, &'m Action)> = Vec::new();
    for place in component.members.iter().flat_map(|member| study.fed_by_crowds(*member)) {
        let (Some(hop), Some(cause)) = (effects.network.hops.get(*place), effects.causes.get(*place)) else {
            continue;
        };
        let is_inside = component.members.binary_search(&hop.source).is_ok();
        if let Some(node) = effects.nodes.get(hop.source).filter(|_| !is_inside)
            && let Some(action) = node.acts.get(cause.act)
            && !found.iter().any(|(_, known)| std::ptr::eq(*known, *action))
        {
            found.push((node.automation, *action));
        }
    }
    found
}

fn notes(study: &Study<'_>, component: &Component, steps: &[Step<'_, '_>]) -> Vec<String> {
    let turn = |gain: f64| gain.powi(i32::try_from(steps.len()).unwrap_or(1));
    let (typical, worst) = (turn(component.typical), turn(component.worst));
    let mut notes = vec![if typical >= 0.999 {
        match class_of(component) {
            Loop::Ratchet => format!(
                "each turn prepares about {} more, and up to {} where everybody follows back; a cap slows it and does not turn it round",
                number(typical),
                number(worst)
            ),
            _ if typical > 1.001 => format!("each turn sets off about {} more", number(typical)),
            _ => "each turn sets off the next one, so it never ends by itself".to_owned(),
        }
    } else {
        format!(
            "with people alone it dies out ({} of a turn sets off the next one); one automatic peer is enough to keep it going",
            number(typical)
        )
    }];
    let network = &study.effects().network;
    let caps = component.members.iter().map(|node| network.cap(*node));
    let cap = caps.fold(f64::INFINITY, f64::min);
    if cap.is_finite() && class_of(component) != Loop::Ratchet {
        notes.push(format!("only the cap of {} a day holds it", number(cap)));
    }
    if steps.len() > 1
        && let Some((member, brake)) = component.cheapest_brake(candidates(class_of(component)))
    {
        let name = study.effects().nodes.get(member).and_then(|node| node.view.automation);
        let name = name.map(|automation| automation.name.as_str()).unwrap_or_default();
        notes.push(format!("one change ends it: in `{name}`, {}", brake.advice()));
    }
    notes
}

/// Brakes to advise, the gentlest first.
const fn candidates(class: Loop) -> &'static [Brake] {
    match class {
        Loop::SelfTrigger => &[Brake::ExcludeSelf, Brake::CannotMatch],
        Loop::Mirror => &[Brake::OriginMark, Brake::OriginalsOnly],
        Loop::Reply => &[Brake::ExcludeBots, Brake::OncePerThread, Brake::AutomaticMark, Brake::Approval],
        Loop::Ratchet => &[Brake::FiniteAudience, Brake::Approval],
        Loop::Amplification => &[
            Brake::ExcludeSelf,
            Brake::Dedupe,
            Brake::ExcludeBots,
            Brake::AutomaticMark,
            Brake::OncePerThread,
            Brake::Approval,
        ],
    }
}

/// Whole where large, one or two digits where small.
fn number(value: f64) -> String {
    match value {
        value if value >= 10.0 || (value - value.round()).abs() < 0.005 => format!("{value:.0}"),
        value => format!("{value:.2}").trim_end_matches('0').to_owned(),
    }
}
