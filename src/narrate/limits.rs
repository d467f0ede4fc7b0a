//! How much at most: `at most 4 each run and 50 a day`.

use super::words::{amount, days, listed};
use crate::model::{Bound, LimitKind, Limits, Stated};

/// The kinds in the order in which they are said.
const ORDER: &[LimitKind] = &[
    LimitKind::PerRun,
    LimitKind::PerHour,
    LimitKind::PerDay,
    LimitKind::PerWeek,
    LimitKind::PerUserDay,
    LimitKind::PerUser,
    LimitKind::PerThread,
    LimitKind::PerSource,
    LimitKind::Pending,
    LimitKind::Total,
];

/// The limits of one place as a clause; nothing where none is stated.
#[must_use]
pub fn limits(limits: &Limits) -> Option<String> {
    let known = ORDER.iter().filter_map(|kind| Some((*kind, limits.get(*kind)?)));
    let mut numbers = Vec::new();
    let mut others = Vec::new();
    for (kind, bound) in known {
        match bound {
            Stated::Known(Bound::AtMost(number), _) => {
                numbers.push(format!("{} {}", amount(*number), each(kind)));
            }
            Stated::Known(Bound::Unlimited, _) => others.push(format!("without limit {}", each(kind))),
            Stated::Unknown(_) => others.push(format!("with a limit {} that is filled in later", each(kind))),
            Stated::Absent => {}
        }
    }
    let mut parts = Vec::new();
    if !numbers.is_empty() {
        parts.push(format!("at most {}", listed(&numbers, "and")));
    }
    parts.extend(others);
    if let Some((time, _)) = limits.number(LimitKind::Cooldown) {
        parts.push(format!("with {} between two times for one person", days(time)));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How often it runs: `once a day`, `up to 8 times a day`.
#[must_use]
pub fn runs(limits: &Limits) -> Option<String> {
    let (runs, _) = limits.number(LimitKind::RunsPerDay)?;
    let near_one = (runs - 1.0).abs() < 1e-6;
    Some(match runs {
        _ if near_one => "once a day".to_owned(),
        r if r < 1.0 && r > 0.0 => format!("once in {}", days(1.0 / r)),
        r if (r - 2.0).abs() < 1e-6 => "twice a day".to_owned(),
        r if r.fract() > 0.01 && r < 10.0 => format!("about {} times a day", amount(r)),
        r => format!("up to {} times a day", amount(r)),
    })
}

const fn each(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::PerRun => "each run",
        LimitKind::PerHour => "an hour",
        LimitKind::PerDay => "a day",
        LimitKind::PerWeek => "a week",
        LimitKind::PerUser => "for each person",
        LimitKind::PerUserDay => "a day for each person",
        LimitKind::PerThread => "in each thread",
        LimitKind::PerSource => "for each source",
        LimitKind::Pending => "open at a time",
        LimitKind::Total => "in all",
        LimitKind::Cooldown => "apart",
        LimitKind::RunsPerDay => "runs a day",
    }
}
