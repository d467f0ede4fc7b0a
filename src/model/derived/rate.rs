//! How often: runs, contacts and posts in a day, at worst.

use super::View;
use crate::model::{Action, AudienceKind, Bound, LimitKind, Site, Stated};

/// How many contacts an action makes in a day, at worst.
#[derive(Clone, Debug, Default)]
pub struct Rate {
    /// Contacts per day; `None` where nothing caps them.
    pub per_day: Option<f64>,
    /// The same on the worst day: what a week allows can all happen on one of its days.
    pub on_a_day: Option<f64>,
    /// Where the deciding numbers stand, the most important one first.
    pub sites: Vec<Site>,
    /// Whether one run a day had to be assumed.
    pub assumed_daily_run: bool,
}

impl View<'_> {
    /// Contacts (or posts) that the action makes in a day, at worst.
    #[must_use]
    pub fn rate(&self) -> Rate {
        let mut rate = Rate::default();
        let Some(action) = self.action else { return rate };
        let mut worst: Option<f64> = None;
        let mut cap = |per_day: f64, site: Option<Site>| {
            if rate.per_day.is_none_or(|known| per_day < known) {
                rate.per_day = Some(per_day);
                rate.sites.splice(0..0, site);
            } else {
                rate.sites.extend(site);
            }
        };
        for (kind, times) in
            [(LimitKind::PerDay, 1.0), (LimitKind::PerHour, 24.0), (LimitKind::PerWeek, 1.0 / 7.0)]
        {
            if let Some((most, site)) = self.bound(kind) {
                cap(most * times, Some(site));
                let on_a_day = most * times.max(1.0);
                worst = Some(worst.map_or(on_a_day, |known| known.min(on_a_day)));
            }
        }
        let runs = self.runs_per_day();
        let in_one_run = self.bound(LimitKind::PerRun).or_else(|| {
            let size = match action.audience.size {
                Stated::Known(size, site) => Some((size, site)),
                _ => None,
            };
            // Whether it happens at all in a run may be for the run to decide.
            let is_sure = !matches!(action.probability, Stated::Unknown(_));
            size.or_else(|| (is_sure && single_item(action)).then_some((1.0, action.site)))
        });
        let mut assumed = false;
        match (runs, in_one_run) {
            (Some((runs, where_runs)), Some((most, site))) => {
                cap(runs * most, Some(site));
                rate.sites.extend(where_runs);
                let on_a_day = self.runs_on_a_day().unwrap_or(runs) * most;
                worst = Some(worst.map_or(on_a_day, |known| known.min(on_a_day)));
            }
            (None, Some((most, site))) if self.bound(LimitKind::PerRun).is_some() => {
                assumed = rate.per_day.is_none();
                if rate.per_day.is_none() {
                    rate.per_day = Some(most);
                    rate.sites.push(site);
                }
            }
            _ => {}
        }
        rate.assumed_daily_run = assumed;
        rate.on_a_day = worst.or(rate.per_day);
        if let Some(times) = action.times.get() {
            rate.per_day = rate.per_day.map(|per_day| per_day * times.max(1.0));
            rate.on_a_day = rate.on_a_day.map(|per_day| per_day * times.max(1.0));
        }
        rate
    }

    /// Runs of the automation on the worst day, if the configuration tells: a weekly one runs on its day.
    #[must_use]
    pub fn runs_on_a_day(&self) -> Option<f64> {
        if self.bound(LimitKind::RunsPerDay).is_some() {
            return None;
        }
        let schedules = self.automation?.triggers.iter().filter_map(|trigger| trigger.schedule.get());
        schedules.map(|schedule| schedule.worst_day()).reduce(|sum, one| sum + one)
    }

    /// Runs of the automation in a day and where that stands, if the configuration tells.
    #[must_use]
    pub fn runs_per_day(&self) -> Option<(f64, Option<Site>)> {
        if let Some((runs, site)) = self.bound(LimitKind::RunsPerDay) {
            return Some((runs, Some(site)));
        }
        let mut sum = None;
        for trigger in &self.automation?.triggers {
            if let Stated::Known(schedule, site) = &trigger.schedule {
                let (runs, first) = sum.unwrap_or((0.0, Some(*site)));
                sum = Some((runs + schedule.per_day, first));
            }
        }
        sum
    }

    /// The number of such a limit, also of one that holds for the whole account.
    pub(crate) fn bound(&self, kind: LimitKind) -> Option<(f64, Site)> {
        let local = self.limit(kind).and_then(|bound| match bound {
            Stated::Known(Bound::AtMost(number), site) => Some((*number, *site)),
            _ => None,
        });
        local.or_else(|| self.account.limits.number(kind))
    }

    /// Whether something bounds how many people the action can reach in a day.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        let Some(action) = self.action else { return false };
        let explicit_unlimited = [LimitKind::PerRun, LimitKind::PerDay, LimitKind::PerHour, LimitKind::Total]
            .into_iter()
            .any(|kind| matches!(self.limit(kind), Some(Stated::Known(Bound::Unlimited, _))));
        if explicit_unlimited {
            return false;
        }
        let stated_but_unknown = [LimitKind::PerRun, LimitKind::PerDay, LimitKind::PerHour]
            .into_iter()
            .any(|kind| matches!(self.limit(kind), Some(Stated::Unknown(_))));
        self.rate().per_day.is_some()
            || stated_but_unknown
            || self.bound(LimitKind::Total).is_some()
            || action.audience.is_finite()
    }
}

/// Whether one firing does it once: a post, or something done to whoever caused the event.
fn single_item(action: &Action) -> bool {
    action.verb.is_publication() || action.audience.kind == AudienceKind::Initiator
}
