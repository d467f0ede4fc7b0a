//! What sets an automation off.

use super::super::shares;
use super::FieldKind::{Flag, Number, Text as Words};
use super::{Datum, Field, field, spellings};
use crate::model::{AudienceKind, Event, Stated};

pub(super) const FIELDS: &[Field] = &[
    field!("trigger.event", spellings!(Event), Automation, "what sets it off", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.push(Datum::Word(trigger.event.name()), trigger.site);
        }
    }),
    field!("trigger.from", spellings!(AudienceKind), Automation, "whose act it must be", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            if let Some(from) = &trigger.from {
                out.push(Datum::Word(from.kind.name()), from.site);
            }
        }
    }),
    field!("trigger.filter", Words, Automation, "words, searches or commands it must match", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.texts(&trigger.filters);
        }
    }),
    field!(
        "trigger.from-sister",
        Flag,
        Automation,
        "whether it waits for an account of the same owner",
        |view, out| {
            for from in view
                .automation
                .iter()
                .flat_map(|automation| &automation.triggers)
                .filter_map(|t| t.from.as_ref())
            {
                out.push(Datum::Flag(shares::is_sister(view, from)), from.site);
            }
        }
    ),
    field!("trigger.after", Number, Automation, "days of silence before it runs", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.after, |days| Datum::Number(*days));
        }
    }),
    field!(
        "trigger.ignores-activity",
        Flag,
        Automation,
        "whether activity in the meantime is ignored",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                out.stated(&trigger.ignores_activity, |flag| Datum::Flag(*flag));
            }
        }
    ),
    field!(
        "trigger.hour",
        Number,
        Automation,
        "hours of the day, 0 to 23, in which the clock is known to fire",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                match &trigger.schedule {
                    Stated::Known(schedule, site) => {
                        for hour in schedule.hours_of_day() {
                            out.push(Datum::Number(f64::from(hour)), *site);
                        }
                    }
                    Stated::Unknown(site) => out.unknown = Some(*site),
                    Stated::Absent => {}
                }
            }
        }
    ),
    field!(
        "trigger.routed",
        Flag,
        Automation,
        "whether a person reads what arrives so, or an answer with content follows",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                out.push(Datum::Flag(view.routes(trigger.event)), trigger.site);
            }
        }
    ),
    field!("trigger.max-age", Number, Automation, "days after which an item is too old", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.max_age, |days| Datum::Number(*days));
        }
    }),
    field!("trigger.count", Number, Automation, "the number that the event must reach", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.count, |count| Datum::Number(*count));
        }
    }),
    field!("trigger.repeats", Flag, Automation, "whether it repeats until the person reacts", |view, out| {
        for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
            out.stated(&trigger.repeats, |flag| Datum::Flag(*flag));
        }
    }),
    field!(
        "trigger.stream",
        Flag,
        Automation,
        "whether events arrive in a stream that nobody controls",
        |view, out| {
            for trigger in view.automation.iter().flat_map(|automation| &automation.triggers) {
                out.push(Datum::Flag(trigger.event.is_stream()), trigger.site);
            }
        }
    ),
];
