//! How often something may happen, as stated.

use super::FieldKind::Number;
use super::{Datum, Field, Reading, field};
use crate::model::{Bound, LimitKind, Stated, View};

pub(super) const FIELDS: &[Field] = &[
    field!("limits.per-run", Number, Action, "at most this many in one run", |view, out| {
        limit(view, LimitKind::PerRun, out);
    }),
    field!("limits.per-hour", Number, Action, "at most this many in an hour", |view, out| {
        limit(view, LimitKind::PerHour, out);
    }),
    field!("limits.per-day", Number, Action, "at most this many in a day", |view, out| {
        limit(view, LimitKind::PerDay, out);
    }),
    field!("limits.per-user", Number, Action, "at most this many to one person", |view, out| {
        limit(view, LimitKind::PerUser, out);
    }),
    field!("limits.per-user-day", Number, Action, "at most this many to one person in a day", |view, out| {
        limit(view, LimitKind::PerUserDay, out);
    }),
    field!("limits.per-thread", Number, Action, "at most this many in a thread", |view, out| {
        limit(view, LimitKind::PerThread, out);
    }),
    field!("limits.pending", Number, Action, "at most this many open at once", |view, out| {
        limit(view, LimitKind::Pending, out);
    }),
    field!("limits.total", Number, Action, "at most this many, ever", |view, out| {
        limit(view, LimitKind::Total, out);
    }),
    field!("limits.cooldown", Number, Action, "days between two contacts with one person", |view, out| {
        limit(view, LimitKind::Cooldown, out);
    }),
];

fn limit<'m>(view: &View<'m>, kind: LimitKind, out: &mut Reading<'m>) {
    match view.limit(kind) {
        Some(Stated::Known(Bound::AtMost(number), site)) => out.push(Datum::Number(*number), *site),
        Some(Stated::Known(Bound::Unlimited, site)) => out.push(Datum::Number(f64::INFINITY), *site),
        Some(Stated::Unknown(site)) => out.unknown = Some(*site),
        _ => {}
    }
}
