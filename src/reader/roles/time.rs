//! When it runs, and how long it waits.

use crate::model::{Audience, AudienceKind, Bound, Event, LimitKind, Schedule, Stated, Trigger};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::limit::frame_is_period;
use crate::reader::roles::recurrence::weekdays_in;
use crate::reader::roles::value::{
    Given, duration, duration_in, every, is_window, listed, schedule_in, unit_in,
};
use crate::reader::sense::{self};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

/// Words of a clock by which something is looked at.
const LOOKS: [&str; 8] = ["poll", "polling", "refresh", "scan", "sync", "fetch", "check", "compare"];

impl<'t> Walk<'t> {
    /// `cron: …`, `every: 2h`, `times: ["08:00"]`, `interval_sec: 300`, `tick`.
    pub(crate) fn schedule(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        // `days: [tue, fri]` beside a time of the day.
        let of_all = frame.whole && item.phrase.words.len() == 1;
        if let Some(days) = self.weekdays_of(item, given).filter(|_| !of_all) {
            frame.weekdays = Some(days);
            return true;
        }
        let Some(schedule) = self.schedule_of(item, given) else { return false };
        let plain = sense::act(&item.phrase).is_none() && item.phrase.unknown() == 0
            || LOOKS.iter().any(|word| item.phrase.word(word));
        if let (true, Stated::Known(runs, site)) = (frame.name.is_empty() && plain, &schedule)
            && let Some(scope) = self.scopes.get_mut(frame.account)
        {
            let bound = Stated::Known(Bound::AtMost(runs.per_day), *site);
            if scope.account.limits.get(LimitKind::RunsPerDay).is_none() {
                scope.account.limits.set(LimitKind::RunsPerDay, bound);
            }
        }
        frame.schedule = schedule;
        frame.looks |= LOOKS.iter().any(|word| item.phrase.word(word));
        true
    }

    /// How many days of the week a value names, where nothing else stands in it.
    fn weekdays_of(&self, item: &Item<'t>, given: Given) -> Option<f64> {
        const FEW: usize = 7;
        let about_days = item.phrase.words.len() <= 2 && item.phrase.has(C::Day);
        if !about_days || given != Given::Said || item.value.kind() == Kind::Mapping {
            return None;
        }
        let days = listed(&self.reader, item.value);
        let named = days.iter().map(|day| weekdays_in(&day.text)).sum::<Option<f64>>()?;
        (!days.is_empty() && days.len() <= FEW).then_some(named.min(7.0))
    }

    pub(crate) fn schedule_of(&self, item: &Item<'t>, given: Given) -> Option<Stated<Schedule>> {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        // `alle: 12 Stunden`: all of something is people, unless a time follows.
        let all = (phrase.words.len() == 1 || phrase.words.len() == 2 && phrase.starts(C::Delay))
            && phrase.ends(C::Everyone)
            && given == Given::Said
            && item.value.kind() == Kind::Scalar
            && duration_in(item.value.text()).is_some();
        let recurs = (phrase.has(C::Schedule) || phrase.word("every") || phrase.word("each") || all)
            && !phrase.word("per");
        // `slots: ["11:00", "18:30"]`: times of the day say so by themselves.
        let clocks = item.value.kind() == Kind::Sequence
            && phrase.words.len() <= 2
            && !phrase.any(&[C::Hour, C::Text, C::Not, C::Except])
            && !phrase.word("between")
            && item.value.items().all(|time| time.text().contains(':') && schedule_in(time.text()).is_some());
        // `hours: [8, 12, 16, 20]`: as many times a day. Two of them may be a window.
        let hours = item.value.kind() == Kind::Sequence
            && phrase.words.len() <= 2
            && phrase.any(&[C::Hour, C::Schedule])
            && !phrase.any(&[C::Not, C::Except, C::Max, C::Per])
            && item.value.items().count() >= 3
            && item
                .value
                .items()
                .all(|hour| hour.text().parse::<f64>().is_ok_and(|hour| (0.0..24.0).contains(&hour)));
        if hours {
            let count = item.value.items().count() as f64;
            return Some(Stated::Known(Schedule::times_per_day(count), site));
        }
        let recurs = recurs || clocks;
        let period =
            recurs || phrase.only(&[C::Second, C::Minute, C::Hour, C::Day, C::Week]) && frame_is_period(item);
        // `cada_dia: 40` is so many a day; `every_days: 3` and `every: 3` are intervals.
        let is_amount = recurs
            && !phrase.has(C::Schedule)
            && phrase.words.len() == 2
            && phrase.ends(C::Day)
            && !phrase.plural(C::Day)
            && matches!(given, Given::Number(number) if number > 1.0);
        if is_amount {
            return None;
        }
        match given {
            Given::Number(number) if recurs && number > 0.0 && !phrase.any(&[C::Max, C::Delay]) => {
                match unit_in(phrase) {
                    Some(unit) => Some(Stated::Known(every(number * unit), site)),
                    None => Some(Stated::Unknown(site)),
                }
            }
            Given::Said if item.value.kind() == Kind::Sequence && recurs => {
                let count = item.value.items().count();
                let per_day = item
                    .value
                    .items()
                    .filter_map(|item| schedule_in(item.text()))
                    .map(|one| one.per_day)
                    .sum::<f64>();
                // `like_every_post_of: [kim]` is a list of people.
                let times = per_day > 0.0 || phrase.has(C::Schedule);
                times.then(|| {
                    let per_day = if per_day > 0.0 { per_day } else { count as f64 };
                    Stated::Known(Schedule::times_per_day(per_day), site)
                })
            }
            Given::Said if item.value.kind() == Kind::Scalar => {
                let text = item.value.text();
                let parsed = schedule_in(text).or_else(|| {
                    // `every: day`, `cada: hora`
                    let unit = || Some(Phrase::read(text)).filter(|value| value.words.len() == 1);
                    let days = || duration_in(text).or_else(|| unit_in(&unit()?));
                    recurs.then(days).flatten().filter(|days| *days > 0.0).map(every)
                });
                match parsed {
                    Some(schedule)
                        if period
                            || phrase.any(&[C::Day, C::Hour, C::Week])
                            || phrase.has(C::Schedule)
                            || text.contains('*') =>
                    {
                        Some(Stated::Known(schedule, site))
                    }
                    None if phrase.has(C::Schedule)
                        && !phrase.any(&[C::Text, C::Action])
                        && Phrase::read(text).any(&[C::Day, C::Week, C::Hour]) =>
                    {
                        let value = Phrase::read(text);
                        let per_day = if value.has(C::Hour) {
                            24.0
                        } else if value.has(C::Week) {
                            1.0 / 7.0
                        } else {
                            1.0
                        };
                        Some(Stated::Known(Schedule::times_per_day(per_day), site))
                    }
                    _ => None,
                }
            }
            Given::Unknown if recurs => Some(Stated::Unknown(site)),
            _ => None,
        }
    }

    /// `after: 3d`, `grace_days: 3`, `day: 4`, `patience: 10d`.
    pub(crate) fn delay(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let period = ["daily", "hourly", "weekly", "nightly", "monthly"].iter().any(|word| phrase.word(word));
        let counts = phrase.has(C::Delay)
            || !period && phrase.only(&[C::Day, C::Hour, C::Minute])
            || phrase.has(C::OneSided) && unit_in(phrase).is_some();
        if !counts || phrase.any(&[C::Max, C::Per, C::Text]) || given == Given::Nested {
            return false;
        }
        // `hours: 09-17` is a window.
        if phrase.only(&[C::Hour]) && item.value.kind() == Kind::Scalar && is_window(item.value.text()) {
            return true;
        }
        // `CLEANUP_GRACE_DAYS=7` among everything is about the clean-up alone.
        // `REFOLLOW_DELAY_SEC=5` is about refollowing alone.
        let alone = phrase.words.iter().all(|word| {
            let unit = Phrase { words: vec![word.clone()], concepts: word.concepts };
            word.concepts.has(C::Delay) || unit_in(&unit).is_some()
        });
        if frame.whole && !alone && !phrase.any(&[C::OneSided, C::Unfollow]) {
            return true;
        }
        // `close_after: 2h` ends a conversation.
        if phrase.any(&[C::Closed]) {
            return true;
        }
        // `tage_vor_frist: 4` counts back from a date.
        const BEFORE: [&str; 9] = ["before", "vor", "avant", "antes", "prima", "voor", "once", "önce", "до"];
        if BEFORE.iter().any(|word| phrase.word(word)) && matches!(given, Given::Number(_)) {
            return true;
        }
        // `hour: 16` is a time of the day.
        let at = phrase.only_words(&["hour"]) && !frame.sequence && !frame.joint;
        if at && matches!(given, Given::Number(hour) if (0.0..24.0).contains(&hour)) {
            let daily = Stated::Known(Schedule::times_per_day(1.0), self.reader.site(item.value));
            frame.schedule = std::mem::take(&mut frame.schedule).or(daily);
            return true;
        }
        // `after_failed_answers: 2` counts.
        let counted = unit_in(phrase).is_none() && phrase.any(&[C::Fallback, C::Error, C::Reply]);
        if counted && matches!(given, Given::Number(_)) {
            return true;
        }
        // `hours: [7, 23]`, too.
        if phrase.only(&[C::Hour]) && phrase.plural(C::Hour) && item.value.kind() == Kind::Sequence {
            return true;
        }
        // `cooldown` is a limit for one person, `sleep` a pause between acts.
        let days = duration(&self.reader, phrase, item.value);
        if phrase.word("sleep") || phrase.word("pause") || phrase.word("cooldown") || phrase.word("gap") {
            if phrase.word("cooldown")
                && let Stated::Known(days, site) = days
            {
                if days > 0.0 {
                    frame.limits.set(LimitKind::Cooldown, Stated::Known(Bound::AtMost(days), site));
                } else {
                    self.speaks_of(frame.account, crate::model::Property::Limits);
                }
            } else if matches!(days, Stated::Known(..)) {
                frame.pace = days;
            }
            return true;
        }
        if phrase.has(C::OneSided) {
            frame.audiences.push(Audience::new(AudienceKind::NonFollowers, self.reader.site(item.key)));
        }
        if given == Given::Said && days.is_absent() {
            // `after: follow`
            let value = item.said();
            if let Some(event) = sense::event(value).filter(|event| *event != Event::Schedule) {
                frame.triggers.push(Trigger::new(event, self.reader.site(item.value)));
                return true;
            }
            return false;
        }
        // `trigger: interval`, `minutes: 20`
        let clock = frame
            .triggers
            .iter_mut()
            .find(|trigger| trigger.event == Event::Schedule && trigger.schedule.is_absent());
        if let (Some(clock), true, Stated::Known(days, site)) =
            (clock, phrase.only(&[C::Second, C::Minute, C::Hour, C::Day]), &days)
            && *days > 0.0
        {
            clock.schedule = Stated::Known(every(*days), *site);
            frame.schedule = clock.schedule.clone();
            return true;
        }
        if !days.is_absent() {
            frame.after = days;
        }
        if let (Some(event), false) =
            (sense::event(phrase), frame.triggers.iter().any(|trigger| trigger.event != Event::Schedule))
            && phrase.any(&[C::Follow, C::Follower, C::Join])
        {
            frame.triggers.push(Trigger::new(event, self.reader.site(item.key)));
        }
        true
    }
}
