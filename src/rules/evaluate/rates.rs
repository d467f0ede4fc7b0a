//! Daily rates above a threshold.

use std::collections::BTreeMap;

use super::Evaluation;
use super::finding::{new_finding, subject};
use super::hits::{Actions, Hit, by_account};
use super::words::round;
use crate::diagnostic::{Finding, Severity, Subject};
use crate::model::{LimitKind, Model, Site, Stated, View};
use crate::rules::rule::{Budget, Rule};

impl<'m> Evaluation<'m, '_> {
    /// Daily rates above a threshold, summed over an account. A limit that stands at one place holds once,
    /// however many jobs share it.
    pub(super) fn rates(
        &self,
        rule: &Rule,
        budgets: &[Budget],
        actions: &Actions<'m>,
        findings: &mut Vec<Finding>,
    ) {
        let mut over: BTreeMap<usize, Vec<Excess<'m, '_>>> = BTreeMap::new();
        for budget in budgets {
            for (account, hits) in by_account(self.select(&budget.condition, actions)) {
                if let Some(excess) = self.excess(budget, &hits) {
                    over.entry(account).or_default().push(excess);
                }
            }
        }
        for (account, mut excesses) in over {
            // The rule file lists its budgets from the most to the least intrusive.
            excesses.sort_by_key(|excess| std::cmp::Reverse(excess.severity));
            findings.extend(rate_finding(rule, account, &excesses, self.world.model));
        }
    }

    /// What every account comes to on its worst day, by the budgets of a rule.
    pub(super) fn daily(&self, budgets: &[Budget], actions: &Actions<'m>, daily: &mut Vec<DailyRate>) {
        for budget in budgets.iter().filter(|budget| !budget.per_person) {
            for (account, hits) in by_account(self.select(&budget.condition, actions)) {
                let per_day = Self::shares(&hits).worst.values().sum();
                let uncounted = hits.iter().filter_map(|hit| uncounted(&hit.view)).max();
                daily.push(DailyRate { account, unit: budget.unit.to_string(), per_day, uncounted });
            }
        }
    }

    /// How often each limit lets its actions happen.
    fn shares(hits: &[Hit<'m>]) -> Shares<'m> {
        let mut shares: BTreeMap<Site, (f64, Hit<'m>)> = BTreeMap::new();
        let mut worst: BTreeMap<Site, f64> = BTreeMap::new();
        let mut assumed = false;
        for hit in hits {
            let rate = hit.view.rate();
            let (Some(per_day), Some(action)) = (rate.per_day, hit.view.action) else { continue };
            assumed |= rate.assumed_daily_run;
            let site = rate.sites.first().copied().unwrap_or(action.site);
            let share = shares.entry(site).or_insert((per_day, *hit));
            share.0 = share.0.max(per_day);
            let most = worst.entry(site).or_insert(per_day);
            *most = most.max(rate.on_a_day.unwrap_or(per_day));
        }
        Shares { mean: shares, worst, assumed }
    }

    /// How often one person gets each of the messages in a day: what the limit for a person says, else as often as the
    /// clock sends it to all of them.
    fn for_one_person(hits: &[Hit<'m>]) -> Shares<'m> {
        let mut shares: BTreeMap<Site, (f64, Hit<'m>)> = BTreeMap::new();
        for hit in hits {
            let limit = hit.view.bound(LimitKind::PerUserDay);
            let by_clock = || {
                let (runs, site) = hit.view.runs_per_day()?;
                Some((runs, site.or(hit.view.action.map(|action| action.site))?))
            };
            if let Some((per_day, site)) = limit.or_else(by_clock) {
                shares.insert(site, (per_day, *hit));
            }
        }
        let worst = shares.iter().map(|(site, (per_day, _))| (*site, *per_day)).collect();
        Shares { mean: shares, worst, assumed: false }
    }

    fn excess<'b>(&self, budget: &'b Budget, hits: &[Hit<'m>]) -> Option<Excess<'m, 'b>> {
        // The mean decides whether it is too much; what is told is the worst day.
        let Shares { mean: mut shares, worst, assumed } =
            if budget.per_person { Self::for_one_person(hits) } else { Self::shares(hits) };
        let total: f64 = shares.values().map(|(per_day, _)| per_day).sum();
        let warning = self.context.tables.thresholds.number(&budget.threshold, Severity::Warning)?;
        let error = self.context.tables.thresholds.number(&budget.threshold, Severity::Error)?;
        if total <= warning {
            return None;
        }
        let severity = if total > error { Severity::Error } else { Severity::Warning };
        let total = worst.values().sum();
        for (site, share) in &mut shares {
            share.0 = worst.get(site).copied().unwrap_or(share.0);
        }
        let mut sites: Vec<_> = shares.into_iter().collect();
        sites.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
        Some(Excess { budget, total, warning, severity, sites, assumed })
    }
}

/// How often each limit, by its place, lets its actions happen in a day.
struct Shares<'m> {
    /// On average, with one of the actions.
    mean: BTreeMap<Site, (f64, Hit<'m>)>,
    /// On the worst day.
    worst: BTreeMap<Site, f64>,
    /// Whether one run a day had to be assumed.
    assumed: bool,
}

/// How often an account does something in a day at most.
#[derive(Clone, Debug, PartialEq)]
pub struct DailyRate {
    /// The account's number.
    pub account: usize,
    /// What it does: `likes`.
    pub unit: String,
    /// How often, as far as there are numbers.
    pub per_day: f64,
    /// Why there is more than that, if so.
    pub uncounted: Option<Uncounted>,
}

/// Why an act is not counted in a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Uncounted {
    /// Its limit is filled in later.
    Later,
    /// Nothing that is stated limits it.
    Unlimited,
}

/// Why this act has no number, if it has none.
fn uncounted(view: &View<'_>) -> Option<Uncounted> {
    if view.rate().per_day.is_some() {
        return None;
    }
    use LimitKind::{PerDay, PerHour, PerRun, PerWeek, RunsPerDay, Total};
    let is_later = [PerRun, PerHour, PerDay, PerWeek, RunsPerDay, Total].into_iter().any(|kind| {
        let limit = view.limit(kind).or_else(|| view.account.limits.get(kind));
        matches!(limit, Some(Stated::Unknown(_)))
    });
    Some(if is_later { Uncounted::Later } else { Uncounted::Unlimited })
}

/// A rate above its threshold.
struct Excess<'m, 'b> {
    budget: &'b Budget,
    total: f64,
    warning: f64,
    severity: Severity,
    sites: Vec<(Site, (f64, Hit<'m>))>,
    assumed: bool,
}

/// So many of the busiest clocks are pointed at.
const MOST_CLOCKS: usize = 3;

fn rate_finding(rule: &Rule, account: usize, excesses: &[Excess<'_, '_>], model: &Model) -> Option<Finding> {
    let mut labels = Vec::new();
    for excess in excesses {
        let unit = &excess.budget.unit;
        for (number, (site, (share, _))) in excess.sites.iter().enumerate() {
            let (whom, many) = match excess.budget.per_person {
                true => (" to one person", "for one person"),
                false => ("", "for people"),
            };
            let text = if number == 0 {
                format!(
                    "up to {} {unit} a day{whom}; more than {} is a lot {many}",
                    round(excess.total),
                    excess.warning
                )
            } else {
                format!("{} of them", round(*share))
            };
            labels.push((*site, text));
        }
    }
    let clocks = excesses.iter().flat_map(|excess| excess.sites.iter().take(MOST_CLOCKS));
    for (_, (_, hit)) in clocks {
        let Some((runs, site)) = hit.view.runs_per_day() else { continue };
        if let Some(site) = site.filter(|site| labels.iter().all(|(known, _)| known != site)) {
            labels.push((site, format!("up to {} times a day", round(runs))));
        }
    }
    if labels.is_empty() {
        return None;
    }
    let mut finding = new_finding(rule, labels);
    finding.severity = excesses.iter().map(|excess| excess.severity).max()?;
    if excesses.iter().any(|excess| excess.assumed) {
        finding
            .notes
            .push("the configuration does not say how often it runs; one run a day is assumed".to_owned());
    }
    for excess in excesses {
        let key = format!("{}-per-day", excess.budget.unit.replace(' ', "-"));
        finding.values.insert(key, round(excess.total));
    }
    finding.subjects.push(Subject::Account(u32::try_from(account).unwrap_or(u32::MAX)));
    let hits = excesses.iter().flat_map(|excess| excess.sites.iter().map(|(_, (_, hit))| hit));
    finding.subjects.extend(hits.filter_map(|hit| subject(hit.automation, hit.view.action, model)));
    Some(finding)
}
