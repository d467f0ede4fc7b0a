//! Slots of a clause: what sets it off, whom it reaches, when, how often, under which conditions, and what it says.

use super::concept::Concept as C;
use super::frame::{Doing, Frame, Said};
use super::sense::{self, Deed};
use super::speech::Speech;
use super::value::{
    Given, duration, duration_in, every, is_address, is_sentence, listed, schedule_in, unit_in,
};
use super::walk::{Item, Subs, Walk, ignoring};
use super::words::Phrase;
use crate::model::{
    Audience, AudienceKind, Bound, Event, Guard, GuardKind, LimitKind, Schedule, Site, Stated, Text, Trigger,
    Visibility,
};
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// `when: new_follower`, `on: [mention, dm]`, `event: { type: follow }`.
    pub(super) fn trigger(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        let is_role = phrase.has(C::Trigger) && phrase.only(&[C::Trigger, C::Items, C::Action]);
        let is_condition = frame.joint
            && frame.triggers.is_empty()
            && phrase.words.len() == 1
            && (phrase.word("if") || phrase.word("wenn") || phrase.word("si") || phrase.word("se"));
        let is_said = is_condition && given == Given::Said && item.value.kind() == Kind::Scalar;
        if !is_role && !is_said {
            return false;
        }
        if is_condition && !is_role {
            let value = Phrase::read(item.value.text());
            let arrives = sense::inbound(&value, None).is_some()
                || value.any(&[C::Leaver, C::Unfollow, C::Join, C::Leave, C::Idle, C::Keyword]);
            return arrives && !value.has(C::Not) && self.event_in(item.value, frame);
        }
        match item.value.kind() {
            Kind::Scalar if given == Given::Said => self.event_in(item.value, frame),
            Kind::Sequence if given == Given::Said => {
                let before = frame.triggers.len();
                for value in item.value.items() {
                    self.event_in(value, frame);
                }
                frame.triggers.len() > before
            }
            Kind::Mapping if phrase.words.len() == 1 => {
                let inner = self.items_of(item.value);
                let is_event = inner.iter().any(|item| {
                    item.phrase.any(&[C::Trigger, C::Action, C::Keyword, C::Schedule, C::Source])
                        && item.phrase.words.len() == 1
                });
                if !is_event {
                    return false;
                }
                for item in &inner {
                    // `trigger: { type: follow }`
                    let names =
                        item.phrase.only(&[C::Action, C::Trigger]) && item.value.kind() == Kind::Scalar;
                    if !(names && self.event_in(item.value, frame)) {
                        self.entry(item, frame, &mut Subs::new(), depth + 1);
                    }
                }
                true
            }
            _ => false,
        }
    }

    /// The event that a value names, with the schedule or the names that stand beside it.
    pub(super) fn event_in(&mut self, value: NodeRef<'t>, frame: &mut Frame) -> bool {
        if value.kind() != Kind::Scalar {
            return false;
        }
        let text = value.text();
        let site = self.reader.site(value);
        if let Some(schedule) = schedule_in(text) {
            let mut trigger = Trigger::new(Event::Schedule, site);
            trigger.schedule = Stated::Known(schedule, site);
            frame.schedule = Stated::Known(schedule, site);
            frame.triggers.push(trigger);
            return true;
        }
        if text.starts_with('@') && !text.contains(' ') || self.groups.contains_key(&text.to_lowercase()) {
            let mut trigger = Trigger::new(Event::PostBy, site);
            let of = match self.groups.get(&text.to_lowercase()) {
                Some(nodes) => nodes.iter().take(50).map(|node| self.reader.text(*node)).collect(),
                None => vec![self.reader.text(value)],
            };
            trigger.from = Some(Audience::new(AudienceKind::Named, site).of(of));
            frame.triggers.push(trigger);
            frame.joint = true;
            return true;
        }
        let (name, detail) = match text.split_once(':') {
            Some((name, detail)) if !name.contains(' ') && !detail.is_empty() => (name, Some(detail)),
            _ => (text, None),
        };
        let phrase = Phrase::read(name);
        if phrase.has(C::Review) {
            frame.guards.push(Guard::new(GuardKind::Approval, site));
            return true;
        }
        let Some(event) = sense::event(&phrase) else { return false };
        let mut trigger = Trigger::new(event, site);
        if let Some(detail) = detail {
            let of = vec![Text { text: detail.trim().to_owned(), site }];
            if event == Event::PostBy || Phrase::read(name).has(C::Post) {
                trigger.event = Event::PostBy;
                trigger.from = Some(Audience::new(AudienceKind::Named, site).of(of));
            } else {
                trigger.filters = of;
            }
        }
        if let Some(days) = duration_in(&silence_in(text)) {
            trigger.after = Stated::Known(days, site);
        }
        frame.triggers.push(trigger);
        frame.joint = true;
        true
    }

    /// What a value says of one slot.
    pub(super) fn slot(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        if given == Given::Nested && item.value.kind() == Kind::Mapping {
            return false;
        }
        let names_act = sense::act(phrase).is_some_and(|act| {
            !matches!(
                act.deed,
                Deed::Review
                    | Deed::Collect
                    | Deed::Say
                    | Deed::Remove
                    | Deed::Verb(crate::model::Verb::Count)
            )
        }) && !(phrase.has(C::Message) && frame.joint);
        let apart = names_act && frame.name.is_empty() && !phrase.has(C::Except);
        !apart && (self.repeat(item, given, frame) || self.guard(item, given, frame))
            || self.voices(item, given, frame)
            || !names_act && self.place(item, frame)
            || !names_act && self.schedule(item, given, frame)
            || !names_act && self.delay(item, given, frame)
            || !names_act && self.limit(item, given, frame)
            || !names_act && self.keywords(item, given, frame)
            || self.audience(item, given, frame)
            || self.goes_nowhere(phrase, given, site, frame)
    }

    /// `repeat: endless`, `rounds: 6`, `again_if_no_answer: true`, `goto: 0`.
    fn repeat(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
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
            frame.limits.set(LimitKind::PerUser, Stated::Known(Bound::AtMost(number), site));
            return true;
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
                let value = Phrase::read(item.value.text());
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

    /// Conditions: once for each person, only who asked, a person's approval, who is left out.
    fn guard(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        let value = if given == Given::Said { Phrase::read(item.value.text()) } else { Phrase::default() };
        let values: Vec<Phrase> = match item.value.kind() {
            Kind::Sequence => item.value.items().take(30).map(|item| Phrase::read(item.text())).collect(),
            _ => vec![value.clone()],
        };
        let said = |concept| values.iter().any(|value| value.has(concept));
        let on =
            matches!(given, Given::On | Given::Said | Given::Number(_) | Given::Unknown | Given::Unlimited)
                && given != Given::Number(0.0)
                && !(value.has(C::Not) && value.words.len() == 1);
        let push = |frame: &mut Frame, kind: GuardKind| {
            let mut guard = Guard::new(kind, site);
            guard.values = self.reader.texts(item.value);
            frame.guards.push(guard);
        };
        if phrase.has(C::Once) && !phrase.any(&[C::Text, C::Source]) {
            if on {
                let per_thread = phrase.word("thread") || phrase.has(C::Comment);
                let by_item =
                    ["dedupe", "deduplicate", "seen", "unique"].iter().any(|word| phrase.word(word));
                push(
                    frame,
                    match (per_thread, by_item) {
                        (true, _) => GuardKind::OncePerThread,
                        (_, true) => GuardKind::Dedupe,
                        _ => GuardKind::OncePerUser,
                    },
                );
            }
            return true;
        }
        // `review: sam`, `decided_by: ines`, `approval: required`.
        if phrase.has(C::Review) && !phrase.any(&[C::Follow, C::Post, C::Text])
            || phrase.has(C::Review) && phrase.has(C::Operator)
        {
            if on && !value.has(C::Ignore) {
                push(frame, GuardKind::Approval);
            }
            return true;
        }
        // `decision: manual`
        if given == Given::Said
            && item.value.kind() == Kind::Scalar
            && phrase.words.len() <= 2
            && value.words.len() <= 3
            && value.has(C::Review)
            && !phrase.any(&[C::Trigger, C::Action, C::Text, C::To, C::Mode])
            && sense::act(phrase).is_none()
        {
            push(frame, GuardKind::Approval);
            return true;
        }
        if phrase.has(C::Asked) && given != Given::Nested {
            // `consent: assumed`, `opt_in: false`, `consent_column: null`: nobody was asked.
            let denied = matches!(given, Given::Off | Given::Nothing | Given::Number(0.0))
                || value.words.len() <= 3
                    && (value.any(&[C::Not, C::Ignore, C::Disabled])
                        || [
                            "assumed", "implied", "presumed", "default", "skip", "egal", "optional",
                            "whatever", "n/a", "na",
                        ]
                        .iter()
                        .any(|word| value.word(word)));
            if denied {
                self.assumes_consent(frame.account, site);
            } else if on {
                push(frame, GuardKind::OptedIn);
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.asked.get_or_insert(site);
                }
            }
            return true;
        }
        // `stop_on: [any_reply, stop]`
        if phrase.has(C::Stop) && !phrase.any(&[C::Text, C::Reply]) {
            let stops_on_reply = said(C::Reply) || said(C::Idle) || said(C::Message);
            if phrase.any(&[C::Trigger, C::Only, C::Except]) || phrase.words.len() == 1 && stops_on_reply {
                if stops_on_reply {
                    push(frame, GuardKind::StopOnReply);
                }
                if said(C::Stop) || said(C::Not) {
                    push(frame, GuardKind::StopOnOptOut);
                }
                if !stops_on_reply && !said(C::Stop) {
                    self.speaks_of(frame.account, crate::model::Property::Inbound);
                    self.speaks_of(frame.account, crate::model::Property::OptOut);
                }
                return true;
            }
            return false;
        }
        let excludes = phrase.has(C::Except)
            || phrase.has(C::Ignore) && (phrase.has(C::Bots) || phrase.has(C::SelfAccount));
        let includes =
            phrase.has(C::Only) && phrase.any(&[C::Bots, C::SelfAccount]) || phrase.word("include");
        if excludes && (phrase.any(&[C::Bots, C::SelfAccount]) || said(C::Bots) || said(C::SelfAccount)) {
            let about_bots = phrase.has(C::Bots) || said(C::Bots);
            let about_self = phrase.has(C::SelfAccount) || said(C::SelfAccount);
            if matches!(given, Given::Off | Given::Number(0.0)) {
                self.speaks_of(frame.account, crate::model::Property::LoopGuards);
                return true;
            }
            if about_bots {
                push(frame, GuardKind::ExcludeBots);
            }
            if about_self {
                push(frame, GuardKind::ExcludeSelf);
            }
            if said(C::Stop) {
                push(frame, GuardKind::SuppressionList);
            }
            return true;
        }
        if phrase.any(&[C::Bots, C::SelfAccount])
            && !phrase.any(&[C::Follower, C::To])
            && values.iter().any(|value| value.word("include") || value.word("includes") || value.word("yes"))
        {
            self.speaks_of(frame.account, crate::model::Property::LoopGuards);
            return true;
        }
        if includes && phrase.any(&[C::Bots, C::SelfAccount]) {
            if on {
                self.speaks_of(frame.account, crate::model::Property::LoopGuards);
            }
            return true;
        }
        if excludes
            || (phrase.has(C::Guard) || phrase.word("rule"))
                && phrase.words.len() <= 2
                && given != Given::Nested
        {
            if said(C::Stop) || phrase.has(C::Stop) {
                push(frame, GuardKind::SuppressionList);
            }
            if said(C::Asked) {
                push(frame, GuardKind::OptedIn);
            }
            let one_sided = said(C::OneSided)
                || values
                    .iter()
                    .any(|value| value.has(C::Not) && value.any(&[C::Follow, C::Mutual, C::Back]));
            if !excludes && one_sided && !said(C::Asked) {
                frame.audiences.push(Audience::new(AudienceKind::NonFollowers, site));
            } else if phrase.has(C::Guard) && said(C::Idle) && frame.triggers.is_empty() {
                frame.triggers.push(Trigger::new(Event::NoReply, site));
            }
            return true;
        }
        let restricts = phrase.has(C::Only)
            && (given == Given::On
                && (phrase.any(&[C::People, C::Member, C::Asked, C::Customer, C::Subscriber, C::Command])
                    || phrase.words.len() >= 4)
                || given == Given::Said && item.value.text().split_whitespace().count() >= 4);
        if restricts {
            push(frame, GuardKind::OptedIn);
            return true;
        }
        if phrase.has(C::Only) && !phrase.any(&[C::Reply, C::Comment, C::Text]) && given == Given::Said {
            if said(C::Asked) || said(C::Subscriber) {
                push(frame, GuardKind::OptedIn);
            } else if said(C::Mutual) {
                push(frame, GuardKind::MutualsOnly);
            } else if said(C::Ping) || said(C::Mention) {
                push(frame, GuardKind::OptedIn);
            }
            return true;
        }
        false
    }

    /// A section of conditions: who is left out, who must have agreed. Nothing in it is done.
    pub(super) fn conditions(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let items = self.items_of(item.value);
        let mut to_visit: Vec<Item<'t>> = items;
        let mut budget = 60;
        while let Some(item) = to_visit.pop() {
            budget -= 1;
            if budget == 0 {
                break;
            }
            if item.value.kind() == Kind::Mapping {
                to_visit.extend(self.items_of(item.value));
                continue;
            }
            let given = super::value::given(&self.reader, item.value);
            self.mark(item.key, super::walk::Use::Used);
            let site = self.reader.site(item.value);
            let phrase = &item.phrase;
            let on = !matches!(given, Given::Off | Given::Nothing | Given::Number(0.0));
            let kind = match () {
                () if phrase.has(C::Asked) => GuardKind::OptedIn,
                () if phrase.has(C::Stop) => GuardKind::SuppressionList,
                () if phrase.has(C::Once) => {
                    if phrase.word("thread") || phrase.has(C::Comment) {
                        GuardKind::OncePerThread
                    } else {
                        GuardKind::OncePerUser
                    }
                }
                () if phrase.has(C::Bots) => GuardKind::ExcludeBots,
                () if phrase.has(C::SelfAccount) => GuardKind::ExcludeSelf,
                () if phrase.has(C::Review) => GuardKind::Approval,
                () if phrase.has(C::Mutual) => GuardKind::MutualsOnly,
                () if phrase.has(C::Keyword) && given == Given::Said => {
                    frame.filters.extend(listed(&self.reader, item.value));
                    continue;
                }
                () => {
                    let _ = self.guard(&item, given, frame) || self.idiom_guard(&item, given, frame);
                    continue;
                }
            };
            match (on, kind) {
                (true, kind) => frame.guards.push(Guard::new(kind, site)),
                (false, GuardKind::ExcludeBots | GuardKind::ExcludeSelf) => {
                    self.speaks_of(frame.account, crate::model::Property::LoopGuards)
                }
                (false, GuardKind::OncePerUser | GuardKind::OncePerThread) => {
                    self.speaks_of(frame.account, crate::model::Property::Memory)
                }
                _ => {}
            }
        }
        true
    }

    /// `as: sis`, `others: […]`, `members: […]` of a choir: other accounts of the owner that act.
    fn voices(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let by = phrase.words.len() == 1
            && phrase.word("by")
            && item.value.kind() == Kind::Scalar
            && self.groups.contains_key(
                &item.value.text().rsplit(':').next().unwrap_or_default().trim().to_lowercase(),
            );
        let is_role = by
            || phrase.words.len() == 1 && phrase.word("as")
            || phrase.has(C::Sister) && !phrase.any(&[C::Text, C::Clutter]);
        let in_choir = phrase.only(&[C::Member, C::People])
            && frame.name.split('.').next_back().is_some_and(|name| Phrase::read(name).has(C::Sister));
        if !(is_role || in_choir) || given != Given::Said || is_sentence(item.value.text()) {
            return false;
        }
        for name in listed(&self.reader, item.value) {
            let key = name.text.rsplit(':').next().unwrap_or_default().trim().to_lowercase();
            let group = self.groups.get(&key).cloned();
            match group {
                Some(nodes) => frame.voices.extend(nodes.iter().take(50).map(|node| self.reader.text(*node))),
                None => frame.voices.push(name),
            }
        }
        true
    }

    /// `publish_to: timeline`, `channel: general`, `visibility: public`.
    fn place(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        if item.value.kind() != Kind::Scalar
            || !phrase.any(&[C::To, C::Channel, C::Public, C::Private, C::Mode])
                && !phrase.word("visibility")
                && !phrase.word("where")
        {
            return false;
        }
        let site = self.reader.site(item.value);
        let text = item.value.text();
        if is_address(text) {
            return false;
        }
        let value = Phrase::read(text);
        let room = text.starts_with('#') && self.is_chat();
        let place = if room && !value.any(&[C::Operator]) {
            Visibility::Public
        } else if value.any(&[C::Operator, C::Private]) && !value.has(C::Public) {
            Visibility::Operator
        } else if value.has(C::Public)
            || value.has(C::Post)
            || value.has(C::Feed)
            || value.has(C::Everyone) && value.has(C::Channel)
        {
            Visibility::Public
        } else if value.has(C::Dm) || value.has(C::Inbox) {
            Visibility::Private
        } else if value.has(C::Channel)
            || phrase.has(C::Channel) && phrase.words.len() <= 2 && !frame.name.is_empty()
        {
            Visibility::Public
        } else {
            return false;
        };
        if phrase.any(&[C::To, C::Channel, C::Public, C::Private])
            || phrase.word("visibility")
            || phrase.word("where")
        {
            frame.place = Some((place, site));
            frame.sets_place = true;
            if place == Visibility::Operator {
                frame.audiences.push(Audience::new(AudienceKind::Operator, site));
            }
            return true;
        }
        false
    }

    /// `cron: …`, `every: 2h`, `times: ["08:00"]`, `interval_sec: 300`, `tick`.
    pub(super) fn schedule(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let Some(schedule) = self.schedule_of(item, given) else { return false };
        if let (true, Stated::Known(runs, site)) = (frame.name.is_empty(), &schedule)
            && let Some(scope) = self.scopes.get_mut(frame.account)
        {
            let bound = Stated::Known(Bound::AtMost(runs.per_day), *site);
            if scope.account.limits.get(LimitKind::RunsPerDay).is_none() {
                scope.account.limits.set(LimitKind::RunsPerDay, bound);
            }
        }
        frame.schedule = schedule;
        true
    }

    pub(super) fn schedule_of(&self, item: &Item<'t>, given: Given) -> Option<Stated<Schedule>> {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        let recurs =
            (phrase.has(C::Schedule) || phrase.word("every") || phrase.word("each")) && !phrase.word("per");
        let period =
            recurs || phrase.only(&[C::Second, C::Minute, C::Hour, C::Day, C::Week]) && frame_is_period(item);
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
                Some(Stated::Known(
                    Schedule::times_per_day(if per_day > 0.0 { per_day } else { count as f64 }),
                    site,
                ))
            }
            Given::Said if item.value.kind() == Kind::Scalar => {
                let text = item.value.text();
                let parsed = schedule_in(text).or_else(|| {
                    recurs.then(|| duration_in(text)).flatten().filter(|days| *days > 0.0).map(every)
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
    fn delay(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let period = ["daily", "hourly", "weekly", "nightly", "monthly"].iter().any(|word| phrase.word(word));
        let counts = phrase.has(C::Delay)
            || !period && phrase.only(&[C::Day, C::Hour, C::Minute])
            || phrase.has(C::OneSided) && unit_in(phrase).is_some();
        if !counts || phrase.any(&[C::Max, C::Per, C::Text]) || given == Given::Nested {
            return false;
        }
        // `hours: 09-17` is a window.
        if given == Given::Said && phrase.plural(C::Hour) && item.value.text().contains(['-', '–']) {
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
            }
            return true;
        }
        if phrase.has(C::OneSided) {
            frame.audiences.push(Audience::new(AudienceKind::NonFollowers, self.reader.site(item.key)));
        }
        if given == Given::Said && days.is_absent() {
            // `after: follow`
            let value = Phrase::read(item.value.text());
            if let Some(event) = sense::event(&value).filter(|event| *event != Event::Schedule) {
                frame.triggers.push(Trigger::new(event, self.reader.site(item.value)));
                return true;
            }
            return false;
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

    /// `per_day: 40`, `limit: none`, `throttle: { per_day: 20 }`, `batch: 25`.
    fn limit(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        // `max_spicy_per_day` says nothing of other acts.
        if item.phrase.unknown() > 0 && !frame.joint && frame.named.is_none() {
            return false;
        }
        let Some((kind, bound)) = self.limit_of(item, given) else { return false };
        if matches!(bound, Stated::Known(Bound::Unlimited, _)) {
            self.speaks_of(frame.account, crate::model::Property::Limits);
        }
        frame.each_run |= sense::limit(&item.phrase) == Some(LimitKind::PerRun);
        frame.limits.set(kind, bound);
        true
    }

    pub(super) fn limit_of(&self, item: &Item<'t>, given: Given) -> Option<(LimitKind, Stated<Bound>)> {
        let phrase = &item.phrase;
        if phrase.any(&[C::Delay, C::Clutter])
            || phrase.any(&[C::Min, C::Schedule, C::Again]) && !phrase.has(C::Max)
        {
            return None;
        }
        let amount = phrase.any(&[C::Max, C::Rate, C::Per, C::Unlimited])
            || phrase.any(&[C::Second, C::Minute, C::Hour, C::Day, C::Week]) && !phrase.word("every");
        if !amount {
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
        let kind = sense::limit(phrase);
        let each = kind.unwrap_or(LimitKind::PerRun);
        Some(match given {
            Given::Number(number) if number > 0.0 => {
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

    /// `keywords: […]`, `phrase: "could of"`, `match: […]`, `contains: […]`: what is waited for or searched.
    fn keywords(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        if !phrase.has(C::Keyword)
            || phrase.any(&[C::Trigger, C::Mode])
            || !matches!(given, Given::Said | Given::Unknown)
        {
            return false;
        }
        if item.value.kind() == Kind::Scalar && is_sentence(item.value.text()) && item.value.text().len() > 60
        {
            return false;
        }
        // `listens_in: [lobby]` says where.
        if phrase.words.last().is_some_and(|word| matches!(word.text.as_str(), "in" | "where")) {
            return true;
        }
        let texts = listed(&self.reader, item.value);
        let site = self.reader.site(item.value);
        frame.filters.extend(texts.clone());
        let searches = texts.iter().any(|text| text.text.starts_with('#')) || !phrase.any(&[C::Reply]);
        if searches {
            frame.audiences.push(Audience::new(AudienceKind::Search, site).of(texts));
        }
        true
    }

    /// `audience: allMembers`, `source: my_followers`, `to: new_follows`, `who: anyoneNew`, `seeds: […]`.
    fn audience(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let role = phrase.any(&[
            C::List,
            C::To,
            C::Source,
            C::People,
            C::Rival,
            C::Lead,
            C::Engager,
            C::Everyone,
            C::Acquaintance,
            C::Collect,
            C::Follower,
            C::Member,
            C::Channel,
        ]);
        if !role
            || !matches!(given, Given::Said | Given::Unknown)
            || phrase.any(&[C::Text, C::Operator, C::SelfAccount])
        {
            return false;
        }
        let lists_files = item.value.kind() == Kind::Scalar && is_file(item.value.text());
        let names_act = sense::act(phrase).is_some_and(|act| match act.deed {
            Deed::Collect => false,
            Deed::Verb(crate::model::Verb::ListAdd) => !lists_files,
            _ => true,
        });
        if names_act || phrase.word("name") {
            return false;
        }
        let site = self.reader.site(item.value);
        let mut texts = listed(&self.reader, item.value);
        texts.retain(|text| {
            duration_in(&text.text).is_none()
                && schedule_in(&text.text).is_none()
                && text.text.parse::<f64>().is_err()
        });
        if texts.is_empty() && given == Given::Said {
            return false;
        }
        if texts.iter().all(|text| is_file(&text.text)) && !texts.is_empty() {
            return self.list_in_file(&texts, frame);
        }
        // What the whole file names is its server or its channel, unless the key says more.
        let names_event = || {
            texts.iter().any(|text| {
                let value = Phrase::read(&text.text);
                value.only(&[C::Mention, C::Dm, C::Comment, C::Reply, C::Message])
            })
        };
        if frame.name.is_empty()
            && phrase.only(&[C::To, C::People, C::Channel, C::Source, C::Public])
            && !names_event()
            && !texts.iter().any(|text| text.text.starts_with('#'))
        {
            return texts.iter().any(|text| is_address(&text.text));
        }
        let runs_it = |text: &Text| Phrase::read(text.text.trim_start_matches('@')).only(&[C::Operator]);
        if texts.iter().any(|text| is_address(&text.text)) || !texts.is_empty() && texts.iter().all(runs_it) {
            // Goes to somebody who reads it.
            frame.audiences.push(Audience::new(AudienceKind::Operator, site).of(texts));
            return true;
        }
        if item.value.kind() == Kind::Scalar
            && is_sentence(item.value.text())
            && item.value.text().contains(['{', '!'])
        {
            return false;
        }
        let mut audiences = Vec::new();
        for text in &texts {
            self.person(text, phrase, &mut audiences, frame);
        }
        if phrase.has(C::Collect) {
            frame.collects.get_or_insert(self.reader.site(item.key));
        }
        let by_key = sense::people(phrase).filter(|kind| *kind != AudienceKind::Operator);
        if audiences.is_empty() {
            let kind = by_key.unwrap_or(AudienceKind::Named);
            let are_tags = !texts.is_empty() && texts.iter().all(|text| text.text.starts_with('#'));
            let kind = if are_tags { AudienceKind::Search } else { kind };
            let mut audience = Audience::new(kind, site).of(texts);
            audience.source = source_of(phrase, site);
            audiences.push(audience);
        }
        frame.audiences.append(&mut audiences);
        true
    }

    /// A file whose name tells who stands in it: `members-who-asked.csv`, `scraped_leads.csv`.
    fn list_in_file(&mut self, texts: &[Text], frame: &mut Frame) -> bool {
        for text in texts {
            let path = text.text.trim_start_matches(['.', '/']);
            let name = Phrase::read(path.rsplit_once('.').map_or(path, |(stem, _)| stem));
            let source = sense::list_source(&name);
            let kind = match sense::people(&name) {
                Some(AudienceKind::OptInList) => AudienceKind::OptInList,
                Some(AudienceKind::Search | AudienceKind::Operator) => continue,
                Some(_) => AudienceKind::List,
                None if source.is_some() => AudienceKind::List,
                None => continue,
            };
            let mut audience = Audience::new(kind, text.site).of(vec![text.clone()]);
            audience.source = source_of(&name, text.site);
            match self.scopes.get_mut(frame.account).filter(|_| frame.name.is_empty()) {
                Some(scope) => scope.people.push(audience),
                None => frame.audiences.push(audience),
            }
        }
        true
    }

    /// The people that one word of a value names; an event for `anyone new`.
    fn person(&self, text: &Text, key: &Phrase, audiences: &mut Vec<Audience>, frame: &mut Frame) {
        if text.text.starts_with(['@', '#'])
            || text.text.len() > 60
            || text.text.split_whitespace().count() > 5
        {
            return;
        }
        let (name, of) = match text.text.split_once([':', '=']) {
            Some((name, of)) if !of.starts_with("//") => (name, Some(of.trim())),
            _ => (text.text.as_str(), None),
        };
        let value = Phrase::read(name);
        let twice = value.words.iter().filter(|word| word.concepts.has(C::Follower)).count() >= 2;
        let arrives =
            !twice && value.has(C::New) && value.any(&[C::Follower, C::Follow, C::Everyone, C::People]);
        if arrives || value.has(C::Follow) && value.has(C::Back) {
            frame.triggers.push(Trigger::new(Event::Followed, text.site));
            return;
        }
        if value.has(C::Leaver) || value.has(C::Lost) && value.has(C::Follower) {
            frame.triggers.push(Trigger::new(Event::Unfollowed, text.site));
            return;
        }
        if key.any(&[C::Source, C::To])
            && let Some(event) = sense::inbound(&value, None).filter(|_| {
                value.has(C::Mention) || value.only(&[C::Dm, C::Comment, C::Reply, C::Ping, C::Message])
            })
        {
            frame.triggers.push(Trigger::new(event, text.site));
            frame.joint = true;
            return;
        }
        let joint = key.any(&[C::Rival, C::Source]) && value.has(C::Follower) && key.has(C::Follower);
        if let Some(kind) = sense::people(&value) {
            // A name such as `big_account` is a name where the key says of whom.
            let is_name = kind == AudienceKind::FollowersOf
                && value.has(C::Rival)
                && !value.has(C::Follower)
                && of.is_none()
                && text.text.contains(['_', '.']);
            if is_name {
                audiences.push(Audience::new(AudienceKind::Named, text.site).of(vec![text.clone()]));
                return;
            }
            let looks =
                key.has(C::Collect) && kind == AudienceKind::OwnFollowers && !value.has(C::SelfAccount);
            let kind = if joint || looks { AudienceKind::FollowersOf } else { kind };
            let mut audience = Audience::new(kind, text.site);
            if kind == AudienceKind::FollowersOf
                && (value.only(&[C::Rival]) && key.any(&[C::Source, C::Rival])
                    || joint && value.unknown() > 0)
                && of.is_none()
            {
                audience.of.push(text.clone());
            }
            if kind == AudienceKind::OwnFollowers && value.has(C::SelfAccount) {
                // Marks that the file says whose followers they are.
                audience
                    .of
                    .push(Text { text: AudienceKind::OwnFollowers.name().to_owned(), site: text.site });
            }
            if let Some(of) = of {
                audience.of.push(Text { text: of.to_owned(), site: text.site });
                if kind == AudienceKind::OwnFollowers {
                    audience.kind = AudienceKind::FollowersOf;
                }
            }
            audience.source = source_of(&value, text.site);
            audiences.push(audience);
        } else if value.has(C::Everyone) && value.words.len() <= 2 {
            let kind = sense::people(key).unwrap_or(AudienceKind::Random);
            audiences.push(Audience::new(kind, text.site));
        }
    }

    /// `read_by: nobody`, `route: void`: silence that is said.
    fn goes_nowhere(&mut self, phrase: &Phrase, given: Given, site: Site, frame: &mut Frame) -> bool {
        if given != Given::Nothing
            || !phrase.any(&[C::Forward, C::Handoff])
            || frame.event().is_none_or(|event| !event.is_inbound())
        {
            return false;
        }
        frame.doings.push(Doing::new(&ignoring(), site));
        true
    }

    /// A text that is said to somebody.
    pub(super) fn text(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let is_role = phrase.any(&[
            C::Text,
            C::Message,
            C::Greet,
            C::Farewell,
            C::Nudge,
            C::Thank,
            C::Pitch,
            C::Reply,
            C::Say,
            C::Fallback,
        ]);
        if given != Given::Said {
            return false;
        }
        let mut texts: Vec<Text> = self.reader.texts(item.value);
        texts.retain(|text| !text.text.trim().is_empty());
        let sentences = texts.iter().any(|text| is_sentence(&text.text));
        if !sentences {
            let named: Vec<Text> = texts.iter().flat_map(|text| self.texts_named(&text.text)).collect();
            if is_role && !named.is_empty() {
                texts = named;
            } else if !(is_role && phrase.ends(C::Text)) {
                return false;
            }
        } else if !is_role && !self.could_be_said(&texts) {
            return false;
        }
        let said: Vec<Said> =
            texts.into_iter().map(|text| Said { speech: Speech::of(&text.text), text }).collect();
        self.say(item, said, frame);
        true
    }

    /// A sentence under a key that says nothing: only what certainly does something to somebody counts.
    fn could_be_said(&self, texts: &[Text]) -> bool {
        texts.iter().any(|text| {
            let speech = Speech::of(&text.text);
            speech.names
                || speech.farewell
                || speech.guilt
                || speech.threatens
                || speech.nudges
                || speech.confused
                || speech.greets
                || speech.denies
                || speech.promises
                || speech.pitches
                || speech.hides
        })
    }

    /// Adds texts to the frame, or to a clause of their own if their key names an event or a manner of its own.
    fn say(&mut self, item: &Item<'t>, said: Vec<Said>, frame: &mut Frame) {
        let site = self.reader.site(item.key);
        let own = sense::act(&item.phrase);
        let event = own.and_then(|act| act.event).or_else(|| own_event(&item.phrase));
        let differs = event.is_some_and(|event| frame.event().is_some_and(|known| known != event));
        let apart = event.is_some() && (differs || !frame.joint)
            || own.is_some_and(|act| manner_apart(act.deed)) && !frame.joint;
        if !apart {
            frame.texts.extend(said);
            return;
        }
        let mut inner = frame.inner(item.key.text(), site);
        inner.joint = true;
        if let Some(event) = event {
            inner.triggers = vec![Trigger::new(event, site)];
        }
        if let Some(act) = own {
            let mut doing = Doing::new(&act, site);
            doing.texts = said;
            inner.doings.push(doing);
        } else {
            inner.texts = said;
        }
        self.finish(inner, Subs::new());
    }
}

/// Whether a value names a file or an address of the web.
pub(super) fn is_file(text: &str) -> bool {
    const ENDINGS: [&str; 10] =
        [".json", ".csv", ".txt", ".md", ".yaml", ".yml", ".db", ".tsv", ".xlsx", ".sqlite"];
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && !text.starts_with('@')
        && (text.contains("://")
            || text.starts_with(['/', '.'])
            || text.ends_with('/')
            || ENDINGS.iter().any(|ending| text.to_lowercase().ends_with(ending)))
}

/// Manners that make a clause of their own wherever the text stands.
const fn manner_apart(deed: Deed) -> bool {
    matches!(deed, Deed::Greet | Deed::Farewell | Deed::Nudge | Deed::Shame | Deed::Thank)
}

/// The event that the key of a text names.
fn own_event(phrase: &Phrase) -> Option<Event> {
    super::walk::names_event(phrase)
        .then(|| sense::event(phrase))
        .flatten()
        .filter(|event| *event != Event::Schedule)
}

/// The part of a text that says how long: `no reply for 3d`.
fn silence_in(text: &str) -> String {
    let start = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(text.len());
    text.get(start..).unwrap_or_default().to_owned()
}

fn source_of(phrase: &Phrase, site: Site) -> Stated<crate::model::ListSource> {
    sense::list_source(phrase).map_or(Stated::Absent, |source| Stated::Known(source, site))
}

/// Whether a unit alone (`hours: 8`) is a period rather than a window.
fn frame_is_period(item: &Item<'_>) -> bool {
    item.phrase.words.iter().all(|word| !word.plural)
}
