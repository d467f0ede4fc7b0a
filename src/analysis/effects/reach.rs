//! How often everything fires in a day at worst: what comes from outside, plus what it sets off itself.

use super::cycles::{Component, components};
use super::network::{Case, Network, Slow, gains};

/// Rounds of the iteration; it converges geometrically wherever it converges at all.
const ROUNDS: usize = 100_000;

/// Gains that may be looked at, so that huge networks end as well.
const WORK: usize = 50_000_000;

/// Firings a day of each automation; infinite where nothing bounds them. It is the least solution of
/// `firings = min(cap, base + what other firings cause)`.
///
/// Divergence is decided from the gains of the components first: at a gain of exactly one the sum grows so
/// slowly that counting rounds would miss it.
#[must_use]
pub fn firings(network: &Network, components: &[Component]) -> Vec<f64> {
    let matrix: Vec<_> = gains(network.live(), Case::Worst);
    let limit = |node: usize| network.cap(node).min(network.slow(node).map_or(f64::INFINITY, Slow::per_day));
    let unbounded = unbounded(network, components, &matrix, Case::Worst);
    let is_unbounded = |node: usize| unbounded.get(node).copied().unwrap_or(false);
    let start = |node| if is_unbounded(node) { f64::INFINITY } else { limit(node).min(network.base(node)) };
    let mut rate: Vec<f64> = (0..network.len()).map(start).collect();
    let rounds = ROUNDS.min(WORK / matrix.len().max(1)).max(100);
    for _ in 0..rounds {
        let mut next: Vec<f64> = (0..network.len()).map(|node| network.base(node)).collect();
        for (source, target, gain) in matrix.iter().filter(|(.., gain)| *gain > 0.0) {
            if let (Some(from), Some(to)) = (rate.get(*source), next.get_mut(*target)) {
                *to += from * gain;
            }
        }
        for (node, value) in next.iter_mut().enumerate() {
            *value = if is_unbounded(node) { f64::INFINITY } else { value.min(limit(node)) };
        }
        let settled = next.iter().zip(&rate).all(|(new, old)| new.is_infinite() || (new - old).abs() < 1e-9);
        rate = next;
        if settled {
            break;
        }
    }
    rate
}

/// The automations that nothing bounds: those of cycles that never end, once something sets them off, and
/// those that such cycles set off without a cap.
fn unbounded(
    network: &Network,
    components: &[Component],
    matrix: &[(usize, usize, f64)],
    case: Case,
) -> Vec<bool> {
    let mut member_of = vec![usize::MAX; network.len()];
    for (number, component) in components.iter().enumerate() {
        for node in &component.members {
            if let Some(slot) = member_of.get_mut(*node) {
                *slot = number;
            }
        }
    }
    let component_of = |node: usize| member_of.get(node).copied().unwrap_or(usize::MAX);
    let mut fed: Vec<bool> = components
        .iter()
        .map(|component| component.members.iter().any(|node| network.base(*node) > 0.0))
        .collect();
    for (source, target, _) in matrix {
        if component_of(*source) != component_of(*target)
            && let Some(fed) = fed.get_mut(component_of(*target))
        {
            *fed = true;
        }
    }
    let mut unbounded = vec![false; network.len()];
    for (component, fed) in components.iter().zip(fed) {
        let uncapped = component
            .members
            .iter()
            .all(|node| network.cap(*node).is_infinite() && network.slow(*node).is_none());
        if fed && uncapped && component.never_ends_in(case) {
            for node in &component.members {
                if let Some(slot) = unbounded.get_mut(*node) {
                    *slot = true;
                }
            }
        }
    }
    spread(&mut unbounded, network, matrix);
    unbounded
}

/// What a network needs to be run step by step.
#[derive(Clone, Debug)]
pub struct Steps {
    /// Expected firings of each target for one firing of each source: (source, target, gain).
    pub gains: Vec<(usize, usize, f64)>,
    /// Automations that nothing bounds.
    pub unbounded: Vec<bool>,
}

/// The steps of a network with people alone, or with automatic peers about.
#[must_use]
pub fn steps(network: &Network, case: Case) -> Steps {
    let gains: Vec<_> = gains(network.live(), case);
    let mut unbounded = unbounded(network, &components(network), &gains, case);
    for (node, flag) in unbounded.iter_mut().enumerate() {
        *flag |= network.base(node).is_infinite() && network.cap(node).is_infinite();
    }
    spread(&mut unbounded, network, &gains);
    Steps { gains, unbounded }
}

/// Passes "unbounded" along the hops, to automations without a cap.
fn spread(unbounded: &mut [bool], network: &Network, matrix: &[(usize, usize, f64)]) {
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); network.len()];
    for (source, target, gain) in matrix {
        if *gain > 0.0
            && let Some(list) = targets.get_mut(*source)
        {
            list.push(*target);
        }
    }
    let mut waiting: Vec<usize> =
        unbounded.iter().enumerate().filter(|(_, flag)| **flag).map(|(node, _)| node).collect();
    while let Some(source) = waiting.pop() {
        for target in targets.get(source).into_iter().flatten() {
            if let Some(flag) = unbounded.get_mut(*target)
                && !*flag
                && network.cap(*target).is_infinite()
            {
                *flag = true;
                waiting.push(*target);
            }
        }
    }
}
