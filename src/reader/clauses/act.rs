//! A key that names an act: `auto_follow_back: true`, `welcome_dm: "…"`, `follow: { … }`.

use crate::model::{Audience, Bound, Event, LimitKind, Property, Site, Stated, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, is_sentence, listed, unit_in};
use crate::reader::sense::{self, Act, Deed};
use crate::reader::walk::{Item, Subs, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// A key that names an act: a switch, a limit, a text, an audience or details of it.
    pub(crate) fn act(
        &mut self,
        item: &Item<'t>,
        given: Given,
        frame: &mut Frame,
        subs: &mut Subs,
        depth: usize,
    ) -> bool {
        let phrase = &item.phrase;
        let Some(act) = sense::act(phrase).or_else(|| self.idiom_of_platform(item, given)) else {
            return false;
        };
        // `sigue: inicio` in a flow leads on.
        if given == Given::Said
            && item.value.kind() == Kind::Scalar
            && matches!(act.deed, Deed::Verb(Verb::Follow))
            && self.nodes.contains(item.value.text())
        {
            if frame.event() == Some(Event::Fallback) {
                frame.repeats = Stated::Known(true, self.reader.site(item.value));
            }
            return true;
        }
        let key = self.reader.site(item.key);
        let site = self.reader.site(item.value);
        if matches!(act.deed, Deed::Review) {
            return false;
        }
        // `follow: "{account}"`: whoever set it off.
        let whoever = given == Given::Said
            && item.value.kind() == Kind::Scalar
            && matches!(act.deed, Deed::Verb(Verb::Follow | Verb::Unfollow | Verb::Like | Verb::Repost))
            && is_slot(item.value.text());
        let given = if whoever { Given::On } else { given };
        if phrase.has(C::Min) && !phrase.has(C::Delay) && matches!(given, Given::Number(_)) {
            if !frame.name.is_empty() {
                frame.guards.push(crate::model::Guard::new(crate::model::GuardKind::ProfileNumbers, site));
            }
            return true;
        }
        // `reply_to_bots: true`: whether bots are answered, too.
        let asks = phrase.any(&[C::Bots, C::SelfAccount])
            && matches!(act.deed, Deed::Verb(Verb::Reply | Verb::Comment));
        match given {
            Given::On | Given::Number(1.0) if asks => self.unguarded(frame.account, site),
            Given::Off | Given::Number(0.0) if asks => {
                let kind = match phrase.has(C::Bots) {
                    true => crate::model::GuardKind::ExcludeBots,
                    false => crate::model::GuardKind::ExcludeSelf,
                };
                frame.guards.push(crate::model::Guard::new(kind, site));
                return true;
            }
            _ => {}
        }
        // A section that is called after an act.
        if item.value.kind() == Kind::Mapping || given == Given::Nested {
            return self.act_section(item, act, frame, depth);
        }
        if is_sentence(item.value.text()) && item.value.kind() == Kind::Scalar && act.deed.speaks() {
            return false;
        }
        // `reply: { openers: […] }` are words of the answer.
        let answers =
            frame.named.is_some_and(|(act, _)| matches!(act.deed, Deed::Verb(Verb::Reply | Verb::Comment)));
        if answers && act.deed.speaks() && item.value.items().any(|text| is_sentence(text.text())) {
            return false;
        }
        // `send: general` in a file that names its rooms says where.
        if act.deed.speaks() && given == Given::Said && self.names_room(item) {
            frame.place = Some((crate::model::Visibility::Public, site));
            frame.sets_place = true;
            return true;
        }
        // `can_mute_bot: true`: what may be done to the bot itself.
        let itself = matches!(act.deed, Deed::Verb(Verb::Mute | Verb::Block | Verb::Kick | Verb::Ban))
            && (phrase.word("bot") || phrase.has(C::SelfAccount));
        if itself && matches!(given, Given::On | Given::Off) {
            return true;
        }
        // `send: mods-only` goes to whoever runs it.
        let to_team = act.deed.speaks()
            && !frame.whole
            && !phrase.has(C::Operator)
            && given == Given::Said
            && item.value.kind() == Kind::Scalar
            && item.said().words.len() <= 3
            && item.said().any(&[C::Operator])
            && !phrase.has(C::Text);
        if to_team {
            frame.place = Some((crate::model::Visibility::Operator, site));
            frame.sets_place = true;
            frame.audiences.push(Audience::new(crate::model::AudienceKind::Operator, site));
            return true;
        }
        if self.told_of_sanction(item, act, frame) {
            return true;
        }
        if self.means_something_else(item, given) {
            return false;
        }
        // `never_import: [purchased, scraped]` is not done.
        let is_done =
            !act.negated || act.deed.speaks() || matches!(act.deed, Deed::Ignore | Deed::Close | Deed::Pass);
        if !is_done && given == Given::Said && !is_sentence(item.value.text()) {
            return true;
        }
        // `contact_page: removed`: a state, and nothing that is done.
        let gone = given == Given::Said
            && item.value.kind() == Kind::Scalar
            && act.deed.speaks() | matches!(act.deed, Deed::Verb(Verb::Post | Verb::Comment | Verb::Reply))
            && item.said().only(&[C::Remove, C::Delete, C::Disabled, C::Closed]);
        if gone {
            return true;
        }
        // `list: following` says who is on it.
        let people = || sense::people(item.said());
        if phrase.only(&[C::List])
            && given == Given::Said
            && item.value.kind() == Kind::Scalar
            && people().is_some()
        {
            frame.audiences.extend(people().map(|kind| Audience::new(kind, site)));
            return true;
        }
        // `count: 84` is a number that something has.
        if act.deed == Deed::Verb(Verb::Count) && matches!(given, Given::Number(_)) {
            return true;
        }
        // `dm_delete_after_hours: 24` says how long something is kept.
        if phrase.any(&[C::Delete]) && phrase.any(&[C::Delay]) && matches!(given, Given::Number(_)) {
            return true;
        }
        // `like: Like` is a label.
        if given == Given::Said && item.value.text().eq_ignore_ascii_case(item.key.text()) {
            return true;
        }
        // `like_followers_per_run: 0` ends this one kind, and not what a wider key sets.
        if given == Given::Number(0.0) && act.people.is_some() && phrase.any(&[C::Per, C::Max]) {
            return true;
        }
        // `followback_filter: none`: nobody is left out.
        let filters = phrase.has(C::Guard) || phrase.word("filter") || phrase.word("filters");
        if filters && matches!(given, Given::Off | Given::Nothing) {
            return true;
        }
        // `notify_number: +15550123`: where it goes.
        let is_phone = item.value.kind() == Kind::Scalar && item.value.text().trim().starts_with('+');
        if is_phone && matches!(given, Given::Number(_)) {
            return true;
        }
        if self.repeats_own(item, act, given, frame) {
            return true;
        }
        let mut sub = Frame { joint: true, ..frame.inner(item.key.text(), key) };
        let mut doing = Doing::new(&act, key);
        // `remind_days_before: [7, 1]`: before something happens, and after nobody's silence.
        if act.deed == Deed::Nudge && phrase.word("before") && matches!(given, Given::Number(_)) {
            return true;
        }
        // `auto_subscribe: true`: nobody is asked.
        let subscribes = act.deed == Deed::Verb(Verb::Subscribe) && given == Given::On;
        if subscribes
            && (phrase.word("auto") || phrase.word("assumed") || phrase.any(&[C::Everyone, C::New, C::Join]))
        {
            self.assumes_consent(frame.account, key);
        }
        // `follow_back_delay: 0` and `follow_back_check: false` say how it is done.
        let how = phrase.any(&[C::Delay, C::Review]);
        if how && matches!(given, Given::Off | Given::Number(0.0)) {
            return true;
        }
        let off = matches!(given, Given::Off)
            || given == Given::Number(0.0)
                && (!phrase.has(C::Max) || phrase.any(&[C::Per, C::Day, C::Hour, C::Week]));
        if off != act.negated && matches!(given, Given::Off | Given::On | Given::Number(0.0)) {
            self.act_is_off(&act, phrase, site, frame);
            return true;
        }
        match given {
            Given::On | Given::Unknown => {}
            Given::Unlimited => sub.limits.set(LimitKind::PerDay, Stated::Known(Bound::Unlimited, site)),
            Given::Nothing => return !phrase.has(C::Text),
            Given::Number(number) => {
                sub.each_run |= sense::limit(phrase) == Some(LimitKind::PerRun);
                if let Some(schedule) = self.schedule_of(item, given) {
                    // `bump_every_minutes: 40`: a post is brought up again, and nobody is asked.
                    if act.deed == Deed::Nudge && phrase.word("bump") {
                        frame.schedule = schedule;
                        return true;
                    }
                    sub.schedule = schedule;
                    doing.aside = true;
                } else if phrase.any(&[C::Delay]) {
                    doing.aside = true;
                    sub.after = crate::reader::roles::value::duration(&self.reader, phrase, item.value);
                    if sub.after.is_absent() {
                        sub.after = Stated::Unknown(site);
                    }
                } else if let Some((kind, bound)) = self.limit_of(item, given) {
                    sub.limits.set(kind, bound);
                } else if act.deed == Deed::Nudge && phrase.word("bump") {
                    return true;
                } else if act.deed == Deed::Nudge && unit_in(phrase).is_some() {
                    self.nudges_after(item, &mut doing, &mut sub);
                } else if number > 1.0 {
                    let kind = frame.per.unwrap_or(LimitKind::PerRun);
                    sub.limits.set(kind, Stated::Known(Bound::AtMost(number), site));
                }
            }
            Given::Said => {
                if !self.act_said(item, &mut doing, &mut sub) {
                    return false;
                }
            }
            Given::Off | Given::Nested => return false,
        }
        // `reply: { thread_follow_up: true }`: how it answers.
        let answers =
            frame.named.is_some_and(|(act, _)| matches!(act.deed, Deed::Verb(Verb::Reply | Verb::Comment)));
        if answers
            && given == Given::On
            && matches!(act.deed, Deed::Verb(Verb::Post) | Deed::Nudge | Deed::Say)
        {
            return true;
        }
        // `max_messages_per_day: 4` limits what is said elsewhere, and says nothing itself.
        if matches!(given, Given::Number(_) | Given::Unlimited)
            && matches!(act.deed, Deed::Message | Deed::Say | Deed::Verb(Verb::Reply | Verb::Mention))
            && act.event.is_none()
            // In rooms messages are what anybody says; elsewhere they are private and an act.
            && (self.is_chat() || matches!(act.deed, Deed::Verb(_)))
            && phrase.any(&[C::Max, C::Per, C::Rate, C::Day, C::Hour, C::Week])
        {
            for (kind, bound) in sub.limits.iter() {
                frame.limits.set(kind, bound.clone());
            }
            if matches!(given, Given::Unlimited) {
                self.speaks_of(frame.account, Property::Limits);
            }
            self.bounded = true;
            return true;
        }
        if phrase.has(C::Again) {
            sub.repeats = Stated::Known(true, site);
        }
        // `unfollow_inactive: true` chooses whom; it is no event that waits for an answer.
        let chooses = act.deed == Deed::Verb(Verb::Unfollow);
        if phrase.has(C::Idle) && sub.triggers.is_empty() && !chooses {
            sub.triggers.push(Trigger::new(Event::NoReply, key));
        }
        sub.doings.push(doing);
        if given == Given::On {
            self.cheers_for_its_own(&mut sub, phrase);
        }
        if frame.joint
            && frame.doings.is_empty()
            && !sub.limits.is_empty()
            && matches!(given, Given::Number(_))
            && phrase.has(C::Max)
        {
            for (kind, bound) in sub.limits.iter() {
                frame.limits.set(kind, bound.clone());
            }
            return true;
        }
        join_sub(subs, &act, sub);
        true
    }

    /// `follow_up_days: 7`, `reminder_days: [4, 11, 25]`: after how much silence it asks again, and how often.
    fn nudges_after(&mut self, item: &Item<'t>, doing: &mut Doing, sub: &mut Frame) {
        let site = self.reader.site(item.value);
        let numbers: Vec<f64> =
            listed(&self.reader, item.value).iter().filter_map(|text| text.text.parse().ok()).collect();
        let unit = unit_in(&item.phrase).unwrap_or(1.0);
        doing.aside = true;
        sub.after = numbers.first().map_or(Stated::Unknown(site), |first| Stated::Known(first * unit, site));
        sub.triggers.push(Trigger::new(Event::NoReply, self.reader.site(item.key)));
        if numbers.len() > 1 {
            sub.repeats = Stated::Known(true, site);
            let times = Stated::Known(Bound::AtMost(numbers.len() as f64), site);
            sub.limits.set(LimitKind::PerUser, times);
        }
    }

    /// `kick_message: "{user} was kicked"`: what is said when somebody is put out, and nothing that puts anybody out.
    fn told_of_sanction(&mut self, item: &Item<'t>, act: Act, frame: &Frame) -> bool {
        let punishes = matches!(act.deed, Deed::Verb(Verb::Kick | Verb::Ban | Verb::Mute | Verb::Block));
        if !punishes
            || item.value.kind() != Kind::Scalar
            || !is_sentence(item.value.text())
            || !item.phrase.any(&[C::Text, C::Message])
        {
            return false;
        }
        let site = self.reader.site(item.key);
        let mut inner = Frame { joint: true, ..frame.inner(item.key.text(), site) };
        inner.triggers = vec![Trigger::new(Event::Sanctioned, site)];
        let texts = self.reader.texts(item.value);
        let mut doing = Doing::of(Deed::Say, site);
        doing.texts = texts.into_iter().map(Said::of).collect();
        inner.doings.push(doing);
        self.finish(inner, Subs::new());
        true
    }

    /// Words that are an act on the platform of the file only: connections on LinkedIn, friends on VK.
    fn idiom_of_platform(&self, item: &Item<'t>, given: Given) -> Option<Act> {
        let amounts = item.phrase.any(&[C::Max, C::Per, C::Day, C::Hour, C::Week, C::Enabled]);
        if !amounts || !matches!(given, Given::Number(_) | Given::On | Given::Off) {
            return None;
        }
        let (verb, _) = item.idioms.verb(&self.platforms)?;
        Some(Act::of(Deed::Verb(verb)))
    }

    /// Whether an act's word means something else here: `comment_style`, `tweets_per_query`, `retweet_max_age`.
    fn means_something_else(&self, item: &Item<'t>, given: Given) -> bool {
        use crate::reader::idioms::{Idea, Role};
        let key = &item.idioms;
        let nothing = key.hits.iter().any(|hit| hit.idea == Idea::Nothing);
        let value =
            matches!(given, Given::On | Given::Off | Given::Number(_) | Given::Unknown | Given::Nothing);
        let is_name = value
            && !self.phrase_is_amount(item)
            && key.hits.iter().any(|hit| matches!(hit.idea, Idea::Role(Role::Filter)))
            && !item.phrase.any(&[C::Back, C::Trigger, C::New, C::Everyone]);
        let unrelated = key.hits.iter().any(|hit| matches!(hit.idea, Idea::Role(Role::Unrelated)))
            && !item.phrase.words.iter().any(|word| word.text.ends_with(" request"))
            && matches!(given, Given::Number(_) | Given::Unknown);
        let tries = item.phrase.has(C::Max) && (item.phrase.has(C::Trigger) || item.phrase.word("try"));
        tries
            || nothing && !item.phrase.any(&[C::Nudge])
            || unrelated
            || is_name
            || item.phrase.has(C::Only) && value
    }

    fn phrase_is_amount(&self, item: &Item<'t>) -> bool {
        item.phrase.any(&[C::Max, C::Per, C::Day, C::Hour, C::Rate])
    }

    /// A section that is called after an act: `like: { tags: […], daily: 80 }`.
    fn act_section(&mut self, item: &Item<'t>, act: Act, frame: &mut Frame, depth: usize) -> bool {
        if !matches!(act.deed, Deed::Verb(_) | Deed::Add | Deed::Mirror) || act.negated {
            return false;
        }
        // A block list leaves out; it blocks nobody.
        if item.phrase.any(&[C::Block, C::Ban]) && item.key.text().to_lowercase().contains("list") {
            return true;
        }
        if matches!(act.deed, Deed::Verb(Verb::Count | Verb::ListAdd | Verb::Archive | Verb::CreateTicket)) {
            return false;
        }
        let site = self.reader.site(item.key);
        if matches!(act.deed, Deed::Verb(Verb::Handoff)) {
            self.person_takes_over(item, frame.account);
        }
        let mut inner = frame.inner(item.key.text(), site);
        inner.named = Some((act, site));
        inner.joint = frame.joint && !frame.triggers.is_empty();
        if item.value.kind() == Kind::Sequence {
            self.node(item.value, inner, depth + 1);
            return true;
        }
        if frame.joint && frame.event().is_some() {
            // An act of a rule, with its details.
            let mut doing = Doing::new(&act, site);
            let filled = self.filled(item.value, Frame { joint: true, ..inner }, depth + 1);
            doing.texts.extend(filled.texts.iter().cloned());
            let mut filled = Frame { texts: Vec::new(), named: None, ..filled };
            filled.doings.insert(0, doing);
            frame.join(filled);
            return true;
        }
        self.node(item.value, inner, depth + 1);
        true
    }

    /// An act that is switched off says something, too.
    fn act_is_off(&mut self, act: &Act, phrase: &Phrase, site: Site, frame: &mut Frame) {
        frame.offs.push(act.deed);
        match act.deed {
            Deed::Verb(Verb::Post) => {
                self.speaks_of(frame.account, Property::OwnContent);
                self.without_posts(frame.account, site);
            }
            Deed::Verb(Verb::Handoff | Verb::CreateTicket) | Deed::Pass => {
                self.without_person(frame.account, site);
                if frame.event().is_some_and(Event::is_inbound) {
                    frame.doings.push(Doing::of(Deed::Ignore, site));
                }
            }
            Deed::Verb(Verb::Reply) if phrase.word("allow") => self.closes_replies(frame.account, site),
            _ => {}
        }
    }
}

/// Puts an act that stands in keys of its own beside the others of its section.
fn join_sub(subs: &mut Subs, act: &Act, sub: Frame) {
    let same = |(deed, event, _): &&mut (Deed, Option<Event>, Frame)| {
        *deed == act.deed && (*event == act.event || event.is_none() || act.event.is_none())
    };
    match subs.iter_mut().find(|known| same(known)) {
        Some((_, event, known)) => {
            *event = event.or(act.event);
            // One act, said in several keys.
            let mut sub = sub;
            if let (Some(known), Some(mut doing)) = (known.doings.first_mut(), sub.doings.pop()) {
                if known.aside && !doing.aside {
                    known.site = doing.site;
                    known.aside = false;
                }
                known.event = known.event.or(doing.event);
                known.texts.append(&mut doing.texts);
                known.audiences.append(&mut doing.audiences);
                known.delay = std::mem::take(&mut known.delay).or(doing.delay);
            }
            sub.doings.clear();
            known.merge_details(sub);
        }
        None => subs.push((act.deed, act.event, sub)),
    }
}

/// Whether a text is one place that is filled in, and nothing else: `{account}`, `{{ user.id }}`.
fn is_slot(text: &str) -> bool {
    let inner = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inner.is_some_and(|name| !name.trim_matches(['{', '}']).contains(['{', '}']))
}
