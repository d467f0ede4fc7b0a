//! Values of a conduct file: stated fields, durations, schedules, limits, audiences, guards.

use serde_yaml::Value;

use super::super::audience::word;
use super::{Fields, Writer};
use crate::model::{
    Audience, AudienceKind, Bound, Guard, LimitKind, Limits, Schedule, Stated, Text, covered, parse_duration,
};

/// What stands where only a run knows the value.
const UNKNOWN: &str = "${UNKNOWN}";

/// A field that may be absent or unknown.
pub(super) fn stated<T>(field: &Stated<T>, write: impl FnOnce(&T) -> Value) -> Option<Value> {
    match field {
        Stated::Known(value, _) => Some(write(value)),
        Stated::Unknown(_) => Some(Value::from(UNKNOWN)),
        Stated::Absent => None,
    }
}

pub(super) fn text(field: &Stated<String>) -> Option<Value> {
    stated(field, |text| Value::from(covered(text).into_owned()))
}

pub(super) fn flag(field: &Stated<bool>) -> Option<Value> {
    stated(field, |flag| Value::from(*flag))
}

pub(super) fn number(field: &Stated<f64>) -> Option<Value> {
    stated(field, |number| plain_number(*number))
}

pub(super) fn days(field: &Stated<f64>) -> Option<Value> {
    stated(field, |days| Value::from(duration(*days)))
}

pub(super) fn schedule(field: &Stated<Schedule>) -> Option<Value> {
    stated(field, |schedule| Value::from(schedule_text(*schedule)))
}

/// Whole numbers without a fraction.
fn plain_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}

/// A duration in the largest unit in which it is a whole number.
pub(super) fn duration(days: f64) -> String {
    let days = if days.is_finite() { days.max(0.0) } else { 0.0 };
    let whole = [("d", 1.0), ("h", 24.0), ("m", 1440.0)].into_iter().find_map(|(unit, in_a_day)| {
        let text = format!("{:.0}{unit}", days * in_a_day);
        parse_duration(&text).filter(|read| (read - days).abs() < 1e-12).map(|_| text)
    });
    whole.unwrap_or_else(|| format!("{days}d"))
}

/// The shortest usual way to write a schedule: a word, a cron line, an interval, or so many times a day.
fn schedule_text(schedule: Schedule) -> String {
    let hours: Vec<String> = schedule.hours_of_day().map(|hour| hour.to_string()).collect();
    let list = hours.join(",");
    let interval = format!("every {}", duration(1.0 / schedule.per_day));
    let usual = ["hourly", "daily", "weekly", "monthly"].map(str::to_owned);
    let minute = schedule.minute.unwrap_or(0);
    let cron = [format!("{minute} {list} * * *"), format!("{minute} {list} * * 1")];
    let same = |text: &String| {
        Schedule::parse(text).is_some_and(|read| {
            read.hours == schedule.hours
                && read.minute == schedule.minute
                && (read.per_day - schedule.per_day).abs() < 1e-9
        })
    };
    usual.into_iter().chain(cron).chain([interval]).find(same).unwrap_or_else(|| {
        let at = match schedule.minute {
            _ if hours.is_empty() => String::new(),
            None => format!(" in {}", hours.join(", ")),
            Some(0) => format!(" at {}", hours.join(", ")),
            Some(minute) => {
                let times: Vec<String> = hours.iter().map(|hour| format!("{hour}:{minute:02}")).collect();
                format!(" at {}", times.join(", "))
            }
        };
        format!("{} per day{at}", schedule.per_day)
    })
}

/// One text, or a list of them.
pub(super) fn texts(texts: &[Text]) -> Option<Value> {
    let written = |text: &Text| Value::from(covered(&text.text).into_owned());
    match texts {
        [] => None,
        [one] => Some(written(one)),
        many => Some(Value::Sequence(many.iter().map(written).collect())),
    }
}

/// The values of a guard, always as a list: a lone word could be taken for a duration.
fn list(texts: &[Text]) -> Option<Value> {
    let written = texts.iter().map(|text| Value::from(covered(&text.text).into_owned()));
    (!texts.is_empty()).then(|| Value::Sequence(written.collect()))
}

/// An audience: a word, a name, a list of names, or a mapping.
pub(super) fn audience(audience: &Audience) -> Value {
    let size = audience.size.get();
    let plain = audience.source.is_absent();
    let names = audience.of.len();
    match audience.kind {
        AudienceKind::Named if plain && names == 1 && audience.size.is_absent() => {
            let name = audience.of.first().map(|text| covered(&text.text).into_owned()).unwrap_or_default();
            // A lone word is taken for a kind of audience, or for a slip of the pen.
            if AudienceKind::parse(&name).is_none() && word(&name).is_none() {
                return Value::from(name);
            }
        }
        AudienceKind::Named if plain && names > 0 && size == Some(names as f64) => {
            return list(&audience.of).unwrap_or(Value::Null);
        }
        kind if plain && names == 0 && audience.size.is_absent() => return Value::from(kind.name()),
        _ => {}
    }
    let mut fields = Fields::default();
    fields.put(audience.kind.name(), Some(texts(&audience.of).unwrap_or(Value::Null)));
    fields.put("source", stated(&audience.source, |source| Value::from(source.name())));
    // A list of names counts as its own size, unless something else is said.
    let uncounted = audience.kind == AudienceKind::Named && names > 1 && audience.size.is_absent();
    fields.put("size", number(&audience.size).or_else(|| uncounted.then(|| Value::from(UNKNOWN))));
    Value::Mapping(fields.0)
}

/// Guards: a mapping, or a list of mappings where one kind is there twice.
pub(super) fn guards<'g>(guards: impl IntoIterator<Item = &'g Guard>) -> Option<Value> {
    let mut parts: Vec<Fields> = Vec::new();
    for guard in guards {
        let key = Value::from(guard.kind.name());
        let value = match (&guard.window, list(&guard.values)) {
            (window, values) if !guard.said.is_empty() => {
                let mut long = Fields::default();
                long.put("for", days(window));
                long.put("values", values);
                long.put("said", Some(Value::from(guard.said.as_str())));
                Value::Mapping(long.0)
            }
            (Stated::Absent, None) => Value::from(true),
            (Stated::Absent, Some(values)) => values,
            (Stated::Known(days, _), None) => Value::from(duration(*days)),
            (window, values) => {
                let mut long = Fields::default();
                long.put("for", days(window));
                long.put("values", values);
                Value::Mapping(long.0)
            }
        };
        match parts.iter_mut().find(|part| !part.0.contains_key(&key)) {
            Some(part) => part.put(guard.kind.name(), Some(value)),
            None => {
                let mut part = Fields::default();
                part.put(guard.kind.name(), Some(value));
                parts.push(part);
            }
        }
    }
    let mut parts: Vec<Value> = parts.into_iter().filter_map(Fields::some).collect();
    if parts.len() > 1 { Some(Value::Sequence(parts)) } else { parts.pop() }
}

impl Writer {
    /// Limits; one that stands in several places gets a name that says so.
    pub(super) fn limits(&self, limits: &Limits) -> Option<Value> {
        let mut fields = Fields::default();
        for (kind, bound) in limits.iter() {
            let value = stated(bound, |bound| match bound {
                Bound::AtMost(days) if kind == LimitKind::Cooldown => Value::from(duration(*days)),
                Bound::AtMost(number) if number.is_finite() => plain_number(*number),
                Bound::AtMost(_) | Bound::Unlimited => Value::from("unlimited"),
            });
            let name = bound.site().and_then(|site| self.shared.get(&site));
            match name.filter(|_| matches!(bound, Stated::Known(..))) {
                Some(name) => {
                    let mut shared = Fields::default();
                    shared.put("at-most", value);
                    shared.put("shared", Some(name.as_str()));
                    fields.put(kind.name(), shared.some());
                }
                None => fields.put(kind.name(), value),
            }
        }
        fields.some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_schedules_are_read_back() {
        for (days, text) in [(1.0, "1d"), (0.5, "12h"), (0.0, "0d"), (1.0 / 96.0, "15m")] {
            assert_eq!(duration(days), text);
        }
        for text in ["hourly", "daily", "weekly", "0 9 * * *", "0 8,20 * * *", "every 15m", "every 6h"] {
            assert_eq!(schedule_text(Schedule::parse(text).unwrap()), text);
        }
        for text in ["0 9 * * 1-5", "*/7 3 * * *", "0 10 1 * *", "every 7s", "2.5 per day"] {
            let schedule = Schedule::parse(text).unwrap();
            let read = Schedule::parse(&schedule_text(schedule)).unwrap();
            assert_eq!(read.hours, schedule.hours, "{text}");
            assert!((read.per_day / schedule.per_day - 1.0).abs() < 1e-6, "{text}");
        }
    }
}
