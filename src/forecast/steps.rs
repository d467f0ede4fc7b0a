//! The effect graph run forward, a day for each step: what people and the clock cause on a day, and what the day before
//! sets off. In expectation, step by step of a matrix; or drawn by chance, where limits bite. Knows no model.

use super::dice::Dice;
use crate::analysis::effects::{Case, Network, Slow, Steps, steps};

/// Each automation's firings, day by day: `days[day][automation]`.
pub(super) type Days = Vec<Vec<f64>>;

/// A network made ready to be run.
pub(super) struct Course<'n> {
    network: &'n Network,
    /// Expected firings of each target for one firing of each source.
    gains: Vec<(usize, usize, f64)>,
    /// Automations that nothing bounds; they have no number, and neither has what they alone cause.
    unbounded: Vec<bool>,
    /// Whether each automation is fired by the clock alone.
    by_the_clock: Vec<bool>,
    /// Whether anything else sets it off.
    is_fed: Vec<bool>,
    /// Days until what sets an automation off does so.
    delays: Vec<usize>,
}

impl<'n> Course<'n> {
    pub(super) fn new(network: &'n Network, steps: Steps, by_the_clock: Vec<bool>) -> Self {
        let Steps { gains, unbounded } = steps;
        let delay =
            |node| network.slow(node).map_or(1, |slow| slow.days.round().clamp(1.0, 10_000.0) as usize);
        let delays = (0..network.len()).map(delay).collect();
        let mut is_fed = vec![false; network.len()];
        for (_, target, _) in gains.iter().filter(|(.., gain)| *gain > 0.0) {
            if let Some(fed) = is_fed.get_mut(*target) {
                *fed = true;
            }
        }
        Self { network, gains, unbounded, by_the_clock, is_fed, delays }
    }

    pub(super) fn is_unbounded(&self, node: usize) -> bool {
        self.unbounded.get(node).copied().unwrap_or(false)
    }

    /// How much work a run over so many days takes.
    pub(super) fn work(&self, days: usize) -> usize {
        (self.network.len() + self.gains.len()).saturating_mul(days).max(1)
    }

    fn limit(&self, node: usize) -> f64 {
        let slow = self.network.slow(node).map_or(f64::INFINITY, Slow::per_day);
        self.network.cap(node).min(slow)
    }

    fn base(&self, node: usize) -> f64 {
        if self.is_unbounded(node) { 0.0 } else { self.network.base(node) }
    }

    /// Whether the clock alone fires an automation as often as it allows itself to be fired.
    fn is_filled(&self, node: usize) -> bool {
        self.by_the_clock.get(node) == Some(&true) && self.base(node) >= self.limit(node)
    }

    /// Whether it fires equally often in every draw.
    pub(super) fn is_certain(&self, node: usize) -> bool {
        let alone = self.by_the_clock.get(node) == Some(&true) && self.is_fed.get(node) == Some(&false);
        alone || self.is_filled(node)
    }

    /// Whether expected numbers are exact for an automation: its limit never decides, or the clock alone fills it; and
    /// so for everything that sets it off.
    pub(super) fn exact(&self) -> Vec<bool> {
        let mut targets: Vec<Vec<usize>> = vec![Vec::new(); self.network.len()];
        for (source, target, _) in self.gains.iter().filter(|(.., gain)| *gain > 0.0) {
            if let Some(list) = targets.get_mut(*source) {
                list.push(*target);
            }
        }
        let mut exact: Vec<bool> = (0..self.network.len())
            .map(|node| self.limit(node).is_infinite() || self.is_certain(node))
            .collect();
        // What is drawn by chance goes on along the hops.
        let mut drawn: Vec<usize> =
            (0..exact.len()).filter(|node| exact.get(*node) == Some(&false)).collect();
        while let Some(source) = drawn.pop() {
            for target in targets.get(source).into_iter().flatten() {
                if self.is_filled(*target) {
                    continue;
                }
                if let Some(slot) = exact.get_mut(*target).filter(|exact| **exact) {
                    *slot = false;
                    drawn.push(*target);
                }
            }
        }
        exact
    }

    /// Expected firings: each day's base, and what the firings of the days before cause, at most up to the limit.
    pub(super) fn expected(&self, days: usize) -> Days {
        self.run(days, |course, node, _, caused| (course.base(node) + caused).min(course.limit(node)))
    }

    /// Firings as they may come, by chance.
    pub(super) fn drawn(&self, days: usize, seed: u64) -> Days {
        let mut dice = Dice::new(seed);
        self.run(days, |course, node, day, caused| {
            let base = course.base(node);
            let of_base = match course.by_the_clock.get(node) {
                Some(true) => whole(base, day),
                _ => dice.events(base),
            };
            (of_base + dice.events(caused)).min(whole(course.limit(node), day))
        })
    }

    fn run(&self, days: usize, mut fires: impl FnMut(&Self, usize, usize, f64) -> f64) -> Days {
        let mut all: Days = Vec::with_capacity(days);
        for day in 0..days {
            let mut caused = vec![0.0; self.network.len()];
            for (source, target, gain) in &self.gains {
                if self.is_unbounded(*source) {
                    continue;
                }
                let delay = self.delays.get(*target).copied().unwrap_or(1);
                let before = day.checked_sub(delay).and_then(|day| all.get(day)?.get(*source));
                if let (Some(before), Some(slot)) = (before, caused.get_mut(*target)) {
                    *slot += before * gain;
                }
            }
            let fired = caused.into_iter().enumerate();
            all.push(
                fired
                    .map(
                        |(node, caused)| {
                            if self.is_unbounded(node) { 0.0 } else { fires(self, node, day, caused) }
                        },
                    )
                    .collect(),
            );
        }
        all
    }
}

/// How many whole times fall on a day, of so many a day on average: once in a week is one on each seventh day.
fn whole(per_day: f64, day: usize) -> f64 {
    if per_day.is_infinite() {
        return per_day;
    }
    let until = |day: usize| (per_day * day as f64 + 1e-9).floor();
    until(day + 1) - until(day)
}

/// The steps of a case, for tests and for the forecast.
pub(super) fn course(network: &Network, case: Case, by_the_clock: Vec<bool>) -> Course<'_> {
    Course::new(network, steps(network, case), by_the_clock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::effects::{Brakes, Hop, Kind, Via, components, firings};

    fn hop(source: usize, target: usize, chance: f64, events: f64) -> Hop {
        Hop {
            source,
            target,
            kind: Kind::Conversation,
            via: Via::Person,
            typical: chance,
            worst: chance,
            events,
            brakes: Brakes::default(),
        }
    }

    fn network(base: &[f64], cap: &[f64], hops: Vec<Hop>) -> Network {
        Network { base: base.to_vec(), cap: cap.to_vec(), hops, slow: vec![None; base.len()] }
    }

    const NONE: f64 = f64::INFINITY;

    /// Networks without limits, some of which feed themselves and fade out.
    fn linear() -> Vec<Network> {
        vec![
            network(&[20.0], &[NONE], vec![]),
            network(&[20.0, 0.0], &[NONE, NONE], vec![hop(0, 1, 0.3, 1.0)]),
            network(&[5.0, 2.0], &[NONE, NONE], vec![hop(0, 1, 0.5, 1.0), hop(1, 0, 0.5, 1.0)]),
            network(
                &[40.0, 0.0, 1.0],
                &[NONE; 3],
                vec![hop(0, 1, 0.15, 3.0), hop(1, 2, 1.0, 1.0), hop(2, 2, 0.2, 1.0)],
            ),
        ]
    }

    #[test]
    fn chance_agrees_with_expectation_where_nothing_limits() {
        for (number, network) in linear().iter().enumerate() {
            let course = course(network, Case::Typical, vec![false; network.len()]);
            assert!(course.exact().iter().all(|exact| *exact));
            let expected = course.expected(30);
            let runs: Vec<Days> = (0..600).map(|seed| course.drawn(30, seed)).collect();
            for node in 0..network.len() {
                for day in [0, 1, 5, 29] {
                    let mean = runs.iter().map(|run| run[day][node]).sum::<f64>() / runs.len() as f64;
                    let expected = expected[day][node];
                    let tolerance = 0.05 * expected + 0.25;
                    assert!(
                        (mean - expected).abs() <= tolerance,
                        "{number}, {node}, day {day}: {mean}, {expected}"
                    );
                }
            }
        }
    }

    /// After long enough, the expected firings of a day are those that `describe` and `blast-radius` count with.
    #[test]
    fn the_course_ends_at_the_fixed_point() {
        let mut networks = linear();
        networks.push(network(
            &[50.0, 15.0],
            &[20.0, 15.0],
            vec![hop(0, 1, 1.0, 100.0), hop(1, 0, 0.15, 1.0)],
        ));
        networks.push(network(&[10.0, 0.0], &[NONE, 3.0], vec![hop(0, 1, 0.5, 1.0), hop(1, 0, 1.0, 1.0)]));
        for network in &networks {
            let known = firings(network, &components(network));
            let course = course(network, Case::Worst, vec![false; network.len()]);
            let last = course.expected(400).pop().unwrap();
            for (one, other) in known.iter().zip(last) {
                assert!((one - other).abs() < 1e-6, "{known:?}");
            }
        }
    }

    #[test]
    fn limits_hold_on_every_day_and_chance_says_so() {
        let network = network(&[18.0], &[20.0], vec![]);
        let course = course(&network, Case::Typical, vec![false]);
        assert_eq!(course.exact(), [false]);
        let runs: Vec<Days> = (0..300).map(|seed| course.drawn(30, seed)).collect();
        assert!(runs.iter().flatten().all(|day| day[0] <= 20.0));
        let mean = runs.iter().flatten().map(|day| day[0]).sum::<f64>() / (300.0 * 30.0);
        // Fewer than expected without the limit: quiet days are not made up for.
        assert!(mean < 17.5 && mean > 15.0, "{mean}");
    }

    #[test]
    fn what_nothing_bounds_has_no_number() {
        let loop_of_two = |chance| vec![hop(0, 1, chance, 1.0), hop(1, 0, 1.0, 1.0)];
        let network = network(&[10.0, 0.0], &[NONE, NONE], loop_of_two(1.0));
        let endless = course(&network, Case::Worst, vec![false; 2]);
        assert!(endless.is_unbounded(0) && endless.is_unbounded(1));
        let crowd = Network { base: vec![NONE], cap: vec![NONE], ..Network::default() };
        assert!(course(&crowd, Case::Typical, vec![true]).is_unbounded(0));
    }

    #[test]
    fn rare_things_happen_on_whole_days() {
        let weekly: Vec<f64> = (0..14).map(|day| whole(1.0 / 7.0, day)).collect();
        assert_eq!(weekly.iter().sum::<f64>(), 2.0);
        assert!(weekly.iter().all(|times| *times == 0.0 || *times == 1.0));
        assert_eq!((whole(24.0, 3), whole(f64::INFINITY, 3)), (24.0, f64::INFINITY));
    }
}
