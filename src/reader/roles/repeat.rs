//! How often for one person: `repeat: endless`, `rounds: 6`, `goto: 0`.

use crate::model::{Bound, Event, Guard, GuardKind, LimitKind, Stated, Trigger};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::Given;
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;

impl<'t> Walk<'t> {
    /// `repeat: endless`, `rounds: 6`, `again_if_no_answer: true`, `goto: 0`.
    pub(crate) fn repeat(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        if phrase.only(&[C::Next]) {
            // Back to an earlier step, or to itself.
            let text = item.value.text();
            let back = matches!(given, Given::Number(_))
                || frame.name.ends_with(text)
                || frame.name.contains(&format!(".{text}"));
            let names_person = Phrase::read(text).any(&[C::Handoff, C::Operator, C::Forward]);
            if (back || frame.event() == Some(Event::Fallback) && !names_person) && !text.is_empty() {
                frame.repeats = Stated::Known(true, site);
            } else if given == Given::Said {
                self.acts(item.value, frame, 0);
            }
            return true;
        }
        // `stop_after: never`, `stop_at_following: 0`
        if phrase.words.iter().any(|word| word.text.starts_with("stop ")) && phrase.has(C::Again) {
            match given {
                Given::Off | Given::Nothing | Given::Unlimited => frame.repeats = Stated::Known(true, site),
                Given::Number(number) if number <= 0.0 => frame.repeats = Stated::Known(true, site),
                _ => {}
            }
            return true;
        }
        // `times: 1`, `how_many_times: 2`
        if let Given::Number(number) = given
            && phrase.words.iter().any(|word| word.text == "times")
            && phrase.only(&[C::Schedule, C::Max, C::Once])
            && number <= 20.0
        {
            if number <= 0.0 {
                frame.repeats = Stated::Known(true, site);
                frame.limits.set(LimitKind::PerUser, Stated::Known(Bound::Unlimited, site));
                return true;
            }
            frame.limits.set(LimitKind::PerUser, Stated::Known(Bound::AtMost(number), site));
            return true;
        }
        // `repeat_every: 20m`, `repeats_per_day: 40`, `add_again_after_hours: 24` say when and how often.
        if phrase.has(C::Again) {
            if phrase.has(C::Per) {
                return false;
            }
            if phrase.word("every")
                && let Some(schedule) = self.schedule_of(item, given)
            {
                frame.schedule = schedule;
                return true;
            }
            let unit = crate::reader::roles::value::unit_in(phrase);
            if phrase.has(C::Delay)
                && unit.is_some()
                && !phrase.has(C::Idle)
                && matches!(given, Given::Number(_))
            {
                return true;
            }
        }
        // `loop: [{ step: find }, …]` holds what is done again and again.
        if given == Given::Nested {
            return false;
        }
        if !phrase.has(C::Again) || phrase.any(&[C::Clutter, C::Follow, C::Keyword]) {
            let tries = phrase.word("retry") && frame.event() == Some(Event::Fallback);
            if tries && (matches!(given, Given::Number(number) if number < 0.0) || given == Given::Unlimited)
            {
                frame.repeats = Stated::Known(true, site);
                return true;
            }
            return false;
        }
        // `repeat_old_posts: true` of the whole file: posts come again, and nobody is asked again.
        if phrase.any(&[C::Post, C::Feed]) || frame.whole && phrase.unknown() > 0 {
            return true;
        }
        // `repeat_days: 2`: it comes again after so long.
        let reminds = frame.named.is_some_and(|(act, _)| act.deed == crate::reader::sense::Deed::Nudge)
            || frame.event() == Some(Event::NoReply)
            || phrase.any(&[C::Idle, C::Nudge]);
        if let (Given::Number(number), Some(unit), false) =
            (given, crate::reader::roles::value::unit_in(phrase), reminds)
            && number > 0.0
            && !phrase.any(&[C::Per, C::Delay])
            && crate::reader::sense::act(phrase).is_none()
        {
            frame.schedule = Stated::Known(crate::reader::roles::value::every(number * unit), site);
            return true;
        }
        match given {
            Given::Number(number) if number > 0.0 => {
                frame.limits.set(LimitKind::PerUser, Stated::Known(Bound::AtMost(number), site));
                frame.repeats = Stated::Known(true, site);
            }
            Given::Number(number) if number < 0.0 => frame.repeats = Stated::Known(true, site),
            Given::On | Given::Unlimited => frame.repeats = Stated::Known(true, site),
            Given::Off => {
                frame.guards.push(Guard::new(GuardKind::OncePerUser, site));
                return true;
            }
            Given::Said => {
                let value = item.said();
                let until = phrase.word("until") || value.word("until");
                if value.any(&[C::Again, C::Unlimited]) || until {
                    frame.repeats = Stated::Known(true, site);
                } else if value.any(&[C::Not, C::Once]) {
                    frame.repeats = Stated::Known(false, site);
                }
            }
            _ => {}
        }
        if phrase.has(C::Idle) && frame.triggers.is_empty() {
            frame.triggers.push(Trigger::new(Event::NoReply, site));
        }
        true
    }
}
