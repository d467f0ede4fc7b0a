//! How much at most: `at most 4 each run and 50 a day`.

use super::words::{amount, days, listed};
use crate::model::{Bound, LimitKind, Limits, MONTH, Stated};

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
                numbers.push(match months(kind, *number) {
                    Some(number) => format!("{} a month", amount(number)),
                    None => format!("{} {}", amount(*number), each(kind)),
                });
            }
            Stated::Known(Bound::Unlimited, _) => others.push(format!("without limit {}", each(kind))),
            // The number is filled in later, or stands there without a period.
            Stated::Unknown(_) if kind == LimitKind::PerRun => {
                others.push("with a limit that the file leaves open".to_owned());
            }
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

/// The number for a month, where that is a whole one and the number for a week is none.
fn months(kind: LimitKind, number: f64) -> Option<f64> {
    let whole = |number: f64| (number - number.round()).abs() < 1e-6;
    let month = number * MONTH / 7.0;
    (kind == LimitKind::PerWeek && !whole(number) && whole(month)).then_some(month.round())
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
