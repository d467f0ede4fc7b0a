//! How often an automation fires: from outside, at most, and after which days of quiet.

use super::Node;
use crate::analysis::effects::assumptions::Assumptions;
use crate::analysis::effects::network::Slow;
use crate::model::{Action, AudienceKind, Event, GuardKind, LimitKind, Stated, SwitchKind, Trigger, View};

impl Node<'_> {
    /// Firings a day from outside: the clock, and what people do.
    pub(super) fn base_rate(&self, assumptions: &Assumptions) -> f64 {
        let rates = self.acts.iter().filter_map(|action| self.view.on(action).rate().per_day);
        let rate = rates.fold(None, |most: Option<f64>, rate| Some(most.map_or(rate, |most| most.max(rate))));
        let triggers = self.triggers().iter();
        triggers
            .map(|trigger| match trigger.event {
                Event::Schedule if rate.is_none() && self.reaches_a_crowd() => f64::INFINITY,
                Event::Schedule => {
                    rate.or_else(|| self.view.runs_per_day().map(|(runs, _)| runs)).unwrap_or(1.0)
                }
                Event::Manual => 0.0,
                event => assumptions.per_day(event),
            })
            .sum()
    }

    /// Whether a run without a limit goes through more people than anybody counts.
    fn reaches_a_crowd(&self) -> bool {
        self.acts.iter().any(|action| {
            let many = !matches!(action.audience.kind, AudienceKind::Initiator | AudienceKind::Public);
            self.view.on(action).is_contact() && many && !action.audience.is_finite()
        })
    }
}

/// Firings a day that an automation allows itself, over the acts that people notice.
pub(super) fn cap(view: &View<'_>, acts: &[&Action], assumptions: &Assumptions) -> f64 {
    let outward = acts.iter().any(|action| action.verb.is_outward());
    let counted = acts.iter().filter(|action| action.verb.is_outward() || !outward);
    let caps = counted.map(|action| {
        let view = view.on(action);
        let rate = view.rate();
        let stated = rate.per_day.filter(|_| !rate.assumed_daily_run);
        stated.or_else(|| bounded(&view, assumptions)).unwrap_or(f64::INFINITY)
    });
    caps.fold(None, |most: Option<f64>, cap| Some(most.map_or(cap, |most| most.max(cap))))
        .unwrap_or(f64::INFINITY)
}

/// A bound that is not written as a daily number: a total, so many for each person or thread, a number that
/// only a run knows. Then what people cause in a day is taken as the cap.
fn bounded(view: &View<'_>, assumptions: &Assumptions) -> Option<f64> {
    let automation = view.automation?;
    let number = |kind| {
        let own = view.action.and_then(|action| action.limits.number(kind));
        own.or_else(|| automation.limits.number(kind)).map(|(number, _)| number)
    };
    let unknown = [LimitKind::PerRun, LimitKind::PerDay, LimitKind::PerHour]
        .into_iter()
        .any(|kind| view.limit(kind).is_some_and(|bound| matches!(bound, Stated::Unknown(_))));
    let events: f64 = automation.triggers.iter().map(|trigger| assumptions.per_day(trigger.event)).sum();
    let each = [LimitKind::PerThread, LimitKind::PerUser, LimitKind::PerUserDay].into_iter().find_map(number);
    let forgets =
        view.account.is_on(SwitchKind::VolatileMemory) && view.guards().any(|guard| guard.kind.remembers());
    let ends = view.has_guard(GuardKind::AgeLimit) || view.has_guard(GuardKind::Window);
    number(LimitKind::Total)
        .or_else(|| each.map(|each| each * events))
        .or_else(|| (unknown || forgets || ends).then_some(events))
}

/// How many open items an act on all of them meets in one firing; with a memory, as many as are new.
pub(super) fn open_items(view: &View<'_>, assumptions: &Assumptions) -> f64 {
    let remembers = view.guards().any(|guard| guard.kind.remembers());
    assumptions.number(if remembers { "other-event" } else { "open-items" })
}

/// How an automation waits for items that have been quiet for days.
pub(super) fn slow(view: &View<'_>, trigger: &Trigger, assumptions: &Assumptions) -> Option<Slow> {
    let waits = matches!(trigger.event, Event::IssueIdle | Event::PrIdle | Event::ItemClosed);
    let days = trigger.after.get().filter(|days| waits && *days >= 1.0)?;
    let of_trigger = trigger.from.as_ref().and_then(|from| from.size.get());
    let of_acts = view.automation?.actions.iter().find_map(|action| action.audience.size.get());
    let items = of_trigger.or(of_acts).unwrap_or_else(|| assumptions.number("open-items"));
    Some(Slow { days, items })
}
