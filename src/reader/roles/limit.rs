//! How much at most.

use crate::model::{Bound, LimitKind, MONTH, Stated};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::Given;
use crate::reader::sense::{self};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

/// Nobody allows a bot so many acts; such a number names something.
const HIGHEST: f64 = 1e7;

/// Nobody is reminded more often; a larger number counts people.
const FEW: f64 = 5.0;

impl<'t> Walk<'t> {
    /// `per_day: 40`, `limit: none`, `throttle: { per_day: 20 }`, `batch: 25`.
    pub(crate) fn limit(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        // `max_spicy_per_day` says nothing of other acts.
        if item.phrase.unknown() > 0 && !frame.joint && frame.named.is_none() {
            return false;
        }
        let Some((kind, bound)) = self.limit_of(item, given) else { return false };
        if matches!(bound, Stated::Known(Bound::Unlimited, _)) {
            self.speaks_of(frame.account, crate::model::Property::Limits);
        }
        frame.each_run |= sense::limit(&item.phrase) == Some(LimitKind::PerRun);
        // `reminder: { max: 1 }`: as often at most somebody is reminded.
        let reminds = frame.named.is_some_and(|(act, _)| act.deed == crate::reader::sense::Deed::Nudge);
        let few = matches!(given, Given::Number(number) if number <= FEW);
        let kind = match kind {
            LimitKind::PerRun if reminds && few && item.phrase.only(&[C::Max]) => LimitKind::PerUser,
            kind => kind,
        };
        frame.limits.set(kind, bound);
        true
    }

    pub(crate) fn limit_of(&self, item: &Item<'t>, given: Given) -> Option<(LimitKind, Stated<Bound>)> {
        let phrase = &item.phrase;
        // `msgs_per_sec: 20` says how fast, and not how much.
        if phrase.has(C::Second) && phrase.has(C::Per) {
            return None;
        }
        if phrase.any(&[C::Delay, C::Clutter])
            || phrase.any(&[C::Min, C::Schedule, C::Again]) && !phrase.has(C::Max)
        {
            return None;
        }
        let amount = phrase.any(&[C::Max, C::Rate, C::Per, C::Unlimited])
            || phrase.any(&[C::Second, C::Minute, C::Hour, C::Day, C::Week])
                && !phrase.word("every")
                // `session_minutes: 20` is how long something takes.
                && ![C::Second, C::Minute, C::Hour, C::Day].into_iter().any(|unit| phrase.plural(unit));
        if !amount {
            return None;
        }
        // `reminder_hours_before: 96,72,48` are times, and no amount.
        let many = item.value.items().nth(2).is_some()
            || item.value.kind() == Kind::Scalar && item.value.text().matches(',').count() >= 2;
        // `posted_within_days: 30` says how old something may be.
        let window = ["before", "within", "ago", "older", "newer"].iter().any(|word| phrase.word(word));
        if many || window {
            return None;
        }
        // `send_hour: 7` is a time of the day.
        let at_hour = phrase.ends(C::Hour)
            && !phrase.any(&[C::Max, C::Per, C::Rate, C::Follow, C::Like, C::Unfollow])
            && matches!(given, Given::Number(hour) if (0.0..24.0).contains(&hour));
        if at_hour {
            return None;
        }
        let site = self.reader.site(item.value);
        // `inbox_hours: 07-21` is a window.
        if phrase.any(&[C::Hour, C::Day])
            && !phrase.any(&[C::Max, C::Per, C::Rate])
            && item.value.kind() == Kind::Scalar
            && item.value.text().trim_start_matches('-').contains('-')
        {
            return None;
        }
        // A telephone number, and a time between two acts.
        let is_number =
            matches!(given, Given::Number(number) if number >= HIGHEST) || item.value.text().starts_with('+');
        if is_number || given == Given::Said && phrase.has(C::Rate) && is_time(item.value.text()) {
            return None;
        }
        let kind = sense::limit(phrase);
        let each = kind.unwrap_or(LimitKind::PerRun);
        Some(match given {
            Given::Number(number) if number > 0.0 => {
                let number = if phrase.has(C::Month) { number * 7.0 / MONTH } else { number };
                let number = if phrase.has(C::Minute) && kind == Some(LimitKind::PerHour) {
                    number * 60.0
                } else {
                    number
                };
                (each, Stated::Known(Bound::AtMost(number), site))
            }
            // A cap of nothing is none at all.
            Given::Number(_) | Given::Nothing | Given::Unlimited
                if phrase.any(&[C::Max, C::Rate, C::Per]) =>
            {
                (each, Stated::Known(Bound::Unlimited, site))
            }
            Given::Unlimited => (each, Stated::Known(Bound::Unlimited, site)),
            Given::Off if phrase.any(&[C::Rate, C::Max]) => (each, Stated::Known(Bound::Unlimited, site)),
            Given::Said => {
                let text = item.value.text();
                let value = Phrase::read(text);
                if value.any(&[C::Unlimited, C::Not, C::Max]) && value.words.len() <= 2 {
                    return Some((each, Stated::Known(Bound::Unlimited, site)));
                }
                let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
                let number = digits.parse::<f64>().ok()?;
                (sense::limit(&value).unwrap_or(each), Stated::Known(Bound::AtMost(number), site))
            }
            Given::Unknown => (each, Stated::Unknown(site)),
            _ => return None,
        })
    }
}

/// Whether a unit alone (`hours: 8`) is a period rather than a window.
pub(crate) fn frame_is_period(item: &Item<'_>) -> bool {
    item.phrase.words.iter().all(|word| !word.plural)
}

/// Whether a text is nothing but a time: `20m`, `3 days`.
fn is_time(text: &str) -> bool {
    !text.contains(['/', ' ']) && crate::model::parse_duration(text).is_some()
}
