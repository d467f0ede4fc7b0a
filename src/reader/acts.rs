//! Acts: what a value says is done (`then: follow_back`, `[like, retweet]`, `{ send: welcome }`), what a key says
//! is done (`auto_follow_back: true`, `likes_per_day: 150`), and what happens to whoever writes in.

use super::concept::Concept as C;
use super::frame::{Doing, Frame, Said};
use super::sense::{self, Act, Deed};
use super::speech::Speech;
use super::value::{Given, duration_in, given, is_address, is_sentence, listed};
use super::walk::{Item, Subs, Use, Walk, ignoring};
use super::words::Phrase;
use crate::model::{
    Audience, AudienceKind, Bound, Event, LimitKind, Property, Site, Stated, Text, Trigger, Verb,
};
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// `then: follow_back`, `actions: [like, retweet]`, `do: { reply: "…" }`.
    pub(super) fn action(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        // `mode: follow` says what is done, too.
        let modes =
            phrase.has(C::Mode) && phrase.unknown() <= 1 && phrase.words.len() <= 2 && given == Given::Said;
        let is_role = phrase.any(&[C::Action, C::Mode])
            && (modes
                || phrase.only(&[
                    C::Action,
                    C::Mode,
                    C::Trigger,
                    C::Fallback,
                    C::Items,
                    C::Delay,
                    C::Except,
                    C::OneSided,
                    C::Sister,
                ]));
        if !is_role || !matches!(given, Given::Said | Given::Nested) {
            return false;
        }
        if phrase.has(C::OneSided) {
            frame.audiences.push(Audience::new(AudienceKind::NonFollowers, self.reader.site(item.key)));
        }
        let before = (frame.doings.len(), frame.texts.len(), frame.guards.len(), frame.audiences.len());
        if given == Given::Nested && item.value.kind() == Kind::Mapping && phrase.has(C::Mode) {
            return false;
        }
        // A list of whole automations under `tasks` or `jobs` is a list of sections.
        if item.value.kind() == Kind::Sequence && self.holds_sections(item.value) {
            let inner = frame.inner(item.key.text(), self.reader.site(item.key));
            self.node(item.value, inner, depth + 1);
            return true;
        }
        if item.value.kind() == Kind::Mapping && (phrase.plural(C::Action) || phrase.words.len() > 1) {
            return false;
        }
        if item.value.kind() == Kind::Scalar
            && let Some(schedule) = super::value::schedule_in(item.value.text())
        {
            // `run: "*/20 7-22 * * *"`
            frame.schedule = Stated::Known(schedule, self.reader.site(item.value));
            return true;
        }
        self.acts(item.value, frame, depth + 1);
        if item.value.kind() == Kind::Scalar
            && before.0 == frame.doings.len()
            && before.1 == frame.texts.len()
        {
            // `kind: followers_of`
            let value = Phrase::read(item.value.text());
            if let Some(kind) =
                sense::people(&value).filter(|kind| *kind != AudienceKind::Operator && value.words.len() <= 4)
            {
                frame.audiences.push(Audience::new(kind, self.reader.site(item.value)));
            }
        }
        before != (frame.doings.len(), frame.texts.len(), frame.guards.len(), frame.audiences.len())
    }

    /// `others: [boost, favourite]`: a list that names nothing but acts, in a rule.
    pub(super) fn unnamed_acts(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if given != Given::Said || item.value.kind() != Kind::Sequence {
            return false;
        }
        let told = item.value.items().filter(|value| is_instruction(value.text())).count();
        if told >= 2 && told * 2 >= item.value.items().count() {
            self.acts(item.value, frame, 0);
            return true;
        }
        if !frame.joint || frame.triggers.is_empty() {
            return false;
        }
        let all = item.value.items().all(|value| {
            let phrase = Phrase::read(value.text());
            phrase.words.len() <= 3 && sense::act(&phrase).is_some()
        });
        if all {
            self.acts(item.value, frame, 0);
        }
        all
    }

    /// Whether the items of a list are automations of their own rather than acts of one.
    fn holds_sections(&mut self, node: NodeRef<'t>) -> bool {
        let items: Vec<NodeRef<'t>> = node.items().take(8).collect();
        let mut sections = 0;
        for item in &items {
            let entries = self.items_of(*item);
            let triggers = entries.iter().any(|entry| {
                entry.phrase.words.len() == 1
                    && entry.phrase.any(&[C::Trigger, C::Schedule])
                    && !entry.phrase.has(C::Delay)
                    || entry.phrase.word("every")
            });
            sections += usize::from(triggers);
        }
        sections > 0
    }

    /// What a value says is done.
    pub(super) fn acts(&mut self, value: NodeRef<'t>, frame: &mut Frame, depth: usize) {
        match value.kind() {
            Kind::Scalar => self.act_named(value, frame),
            Kind::Sequence => {
                for item in value.items() {
                    match item.kind() {
                        Kind::Mapping => {
                            let inner = Frame { joint: true, ..frame.inner("", self.reader.site(item)) };
                            let inner = self.filled(item, inner, depth + 1);
                            frame.join(inner);
                        }
                        _ => self.acts(item, frame, depth + 1),
                    }
                }
            }
            Kind::Mapping => {
                let inner = Frame { joint: true, ..frame.inner("", self.reader.site(value)) };
                let inner = self.filled(value, inner, depth + 1);
                frame.join(inner);
            }
        }
    }

    /// One or several acts that a scalar names: `follow_back`, `repost+like`, `send:welcome`, a text to be said.
    fn act_named(&mut self, value: NodeRef<'t>, frame: &mut Frame) {
        let text = value.text();
        let site = self.reader.site(value);
        if is_description(text) {
            let phrase = Phrase::read(text);
            if phrase.has(C::Review) {
                frame.guards.push(crate::model::Guard::new(crate::model::GuardKind::Approval, site));
            } else if phrase.any(&[C::Reply, C::Operator]) {
                frame.doings.push(Doing::new(&passing(), site));
            }
            return;
        }
        if is_instruction(text) {
            for part in text
                .split([',', ';'])
                .flat_map(|part| part.split(" and "))
                .flat_map(|part| part.split(" then "))
            {
                let phrase = Phrase::read(part);
                if phrase.has(C::Again) {
                    frame.repeats = Stated::Known(true, site);
                }
                if let Some(act) = sense::act(&phrase) {
                    self.put(act, site, &phrase, frame);
                    let nobody = act.people.is_none() && phrase.any(&[C::Everyone, C::People]);
                    if let (true, Some(doing)) = (
                        nobody && matches!(act.deed, Deed::Verb(Verb::Follow | Verb::Like | Verb::Comment)),
                        frame.doings.last_mut(),
                    ) {
                        doing.audiences.push(Audience::new(AudienceKind::Random, site));
                    }
                }
            }
            return;
        }
        if is_sentence(text) && text.len() > 30 || is_sentence(text) && text.contains(['{', '!', '?', '@']) {
            let text = self.reader.text(value);
            frame.texts.push(Said { speech: Speech::of(&text.text), text });
            return;
        }
        let mut understood = false;
        for part in text.split(['+', ',', ';', '&', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, detail) = match part.split_once(':') {
                Some((name, detail)) if !detail.starts_with("//") => (name, Some(detail.trim())),
                _ => (part, None),
            };
            let phrase = Phrase::read(name);
            if phrase.has(C::Again) && !phrase.any(&[C::Follow, C::Text]) {
                frame.repeats = Stated::Known(true, site);
                understood = true;
                continue;
            }
            let Some(act) = sense::act(&phrase) else { continue };
            understood = true;
            self.put(act, site, &phrase, frame);
            if let (Some(detail), Some(doing)) = (detail, frame.doings.last_mut()) {
                detail_of(doing, detail, site);
                let texts = self.texts_named(detail);
                if let Some(doing) = frame.doings.last_mut() {
                    doing
                        .texts
                        .extend(texts.into_iter().map(|text| Said { speech: Speech::of(&text.text), text }));
                }
            }
        }
        if !understood {
            let texts = self.texts_named(text);
            frame.texts.extend(texts.into_iter().map(|text| Said { speech: Speech::of(&text.text), text }));
        }
    }

    /// Adds an act to a frame; some acts say something of the others instead.
    pub(super) fn put(&mut self, act: Act, site: Site, phrase: &Phrase, frame: &mut Frame) {
        if act.negated && !matches!(act.deed, Deed::Ignore | Deed::Close) {
            return;
        }
        match act.deed {
            Deed::Review => {
                frame.guards.push(crate::model::Guard::new(crate::model::GuardKind::Approval, site))
            }
            Deed::Collect if frame.doings.is_empty() || phrase.words.len() == 1 => {
                frame.collects.get_or_insert(site);
                if let Some(kind) = act.people {
                    frame.audiences.push(Audience::new(kind, site));
                }
            }
            _ => frame.doings.push(Doing::new(&act, site)),
        }
    }

    /// A key that names an act: a switch, a limit, a text, an audience or details of it.
    pub(super) fn act(
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
        if phrase.has(C::Min) && !phrase.has(C::Delay) && matches!(given, Given::Number(_)) {
            if !frame.name.is_empty() {
                frame.guards.push(crate::model::Guard::new(crate::model::GuardKind::ProfileNumbers, site));
            }
            return true;
        }
        // A section that is called after an act.
        if item.value.kind() == Kind::Mapping || given == Given::Nested {
            return self.act_section(item, act, frame, depth);
        }
        if is_sentence(item.value.text()) && item.value.kind() == Kind::Scalar && act.deed.speaks() {
            return false;
        }
        if self.means_something_else(item, given) {
            return false;
        }
        // `like: Like` is a label.
        if given == Given::Said && item.value.text().eq_ignore_ascii_case(item.key.text()) {
            return true;
        }
        let mut sub = Frame { joint: true, ..frame.inner(item.key.text(), key) };
        let mut doing = Doing::new(&act, key);
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
                    sub.schedule = schedule;
                    doing.aside = true;
                } else if phrase.any(&[C::Delay]) {
                    doing.aside = true;
                    sub.after = super::value::duration(&self.reader, phrase, item.value);
                    if sub.after.is_absent() {
                        sub.after = Stated::Unknown(site);
                    }
                } else if let Some((kind, bound)) = self.limit_of(item, given) {
                    sub.limits.set(kind, bound);
                } else if number > 1.0 {
                    sub.limits.set(LimitKind::PerRun, Stated::Known(Bound::AtMost(number), site));
                }
            }
            Given::Said => {
                if !self.act_said(item, &mut doing, &mut sub) {
                    return false;
                }
            }
            Given::Off | Given::Nested => return false,
        }
        if phrase.has(C::Again) {
            sub.repeats = Stated::Known(true, site);
        }
        if phrase.has(C::Idle) && sub.triggers.is_empty() {
            sub.triggers.push(Trigger::new(Event::NoReply, key));
        }
        sub.doings.push(doing);
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

    /// Words that are an act on the platform of the file only: connections on LinkedIn, friends on VK.
    fn idiom_of_platform(&self, item: &Item<'t>, given: Given) -> Option<Act> {
        let amounts = item.phrase.any(&[C::Max, C::Per, C::Day, C::Hour, C::Week, C::Enabled]);
        if !amounts || !matches!(given, Given::Number(_) | Given::On | Given::Off) {
            return None;
        }
        let (verb, _) = item.idioms.verb(&self.platforms)?;
        Some(Act { deed: Deed::Verb(verb), event: None, people: None, negated: false })
    }

    /// Whether an act's word means something else here: `comment_style`, `tweets_per_query`, `retweet_max_age`.
    fn means_something_else(&self, item: &Item<'t>, given: Given) -> bool {
        use super::idioms::{Idea, Role};
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

    /// What the text value of an act's key says: to whom, when, what, or how.
    fn act_said(&mut self, item: &Item<'t>, doing: &mut Doing, sub: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let texts: Vec<Text> = self.reader.texts(item.value);
        let sentences = texts.iter().any(|text| is_sentence(&text.text));
        let silent = matches!(
            doing.deed,
            Deed::Verb(
                Verb::Follow
                    | Verb::Unfollow
                    | Verb::Like
                    | Verb::Repost
                    | Verb::Kick
                    | Verb::Ban
                    | Verb::Block
                    | Verb::Mute
                    | Verb::Vote
                    | Verb::React
            ) | Deed::Remove
                | Deed::Add
        );
        if silent && sentences && item.value.kind() == Kind::Scalar {
            // `follow: only the ones that sam ticked`
            let value = Phrase::read(item.value.text());
            let site = self.reader.site(item.value);
            if value.starts(C::Not) {
                doing.off = true;
            } else if value.any(&[C::Review, C::Operator]) {
                sub.guards.push(crate::model::Guard::new(crate::model::GuardKind::Approval, site));
            } else if value.has(C::Asked) {
                sub.guards.push(crate::model::Guard::new(crate::model::GuardKind::OptedIn, site));
            } else if let Some(kind) = sense::people(&value) {
                doing.audiences.push(Audience::new(kind, site));
            }
            return true;
        }
        if let Some(schedule) = self.schedule_of(item, Given::Said) {
            sub.schedule = schedule;
            return true;
        }
        if sentences || phrase.has(C::Text) {
            let named: Vec<Text> = if sentences {
                texts
            } else {
                texts
                    .iter()
                    .flat_map(|text| {
                        let found = self.texts_named(&text.text);
                        if found.is_empty() { vec![text.clone()] } else { found }
                    })
                    .collect()
            };
            doing.texts.extend(named.into_iter().map(|text| Said { speech: Speech::of(&text.text), text }));
            return true;
        }
        if let Some((kind, bound)) = self.limit_of(item, Given::Said) {
            sub.limits.set(kind, bound);
            return true;
        }
        let site = self.reader.site(item.value);
        // `first_upvotes_from: [ACC_2, ACC_3]`: other accounts that do it.
        let applauds = matches!(
            doing.deed,
            Deed::Verb(
                Verb::Vote
                    | Verb::Like
                    | Verb::Repost
                    | Verb::React
                    | Verb::Star
                    | Verb::Follow
                    | Verb::Comment
            )
        );
        let by = phrase.words.last().is_some_and(|word| {
            matches!(word.text.as_str(), "from" | "by" | "as" | "via" | "with" | "using")
        });
        if applauds
            && by
            && texts.len() + item.value.text().matches(',').count() >= 2
            && !texts.iter().any(|text| text.text.starts_with('#'))
        {
            sub.voices.extend(listed(&self.reader, item.value));
            return true;
        }
        if phrase.has(C::Keyword) {
            sub.audiences
                .push(Audience::new(AudienceKind::Search, site).of(listed(&self.reader, item.value)));
            return true;
        }
        let mut understood = false;
        for text in listed(&self.reader, item.value) {
            if is_address(&text.text) || Phrase::read(text.text.trim_start_matches('@')).only(&[C::Operator])
            {
                sub.audiences.push(Audience::new(AudienceKind::Operator, site).of(vec![text]));
                understood = true;
                continue;
            }
            let by = sense::act(&Phrase::read(&text.text)).map(|act| act.deed);
            let speaks = matches!(
                doing.deed,
                Deed::Say
                    | Deed::Message
                    | Deed::Nudge
                    | Deed::Greet
                    | Deed::Thank
                    | Deed::Pitch
                    | Deed::Farewell
            );
            if let (
                true,
                Some(
                    by @ (Deed::Verb(Verb::Dm | Verb::Post | Verb::Reply | Verb::Comment | Verb::Mention)
                    | Deed::Mail),
                ),
            ) = (speaks, by)
            {
                // `send_via: dm`
                doing.deed = by;
                understood = true;
                continue;
            }
            let named = self.texts_named(&text.text);
            if !named.is_empty() {
                doing
                    .texts
                    .extend(named.into_iter().map(|text| Said { speech: Speech::of(&text.text), text }));
                understood = true;
                continue;
            }
            let name = text.text.split(':').next().unwrap_or_default();
            let value = Phrase::read(name);
            if value.any(&[C::Review, C::Asked]) {
                // `follow: only ticked ones`
                sub.guards.push(crate::model::Guard::new(
                    if value.has(C::Asked) {
                        crate::model::GuardKind::OptedIn
                    } else {
                        crate::model::GuardKind::Approval
                    },
                    text.site,
                ));
            }
            if doing.deed == Deed::Verb(Verb::Mention) && value.has(C::Operator) {
                doing.deed = Deed::Pass;
                understood = true;
                continue;
            }
            if value.has(C::Not) && value.words.len() == 1 || value.only(&[C::Disabled]) {
                doing.off = true;
                return true;
            }
            if let Some(days) = duration_in(&text.text) {
                doing.delay = Stated::Known(days, text.site);
                understood = true;
                continue;
            }
            let arrives = value.has(C::New) && value.any(&[C::Follower, C::Follow, C::Everyone, C::Member]);
            if arrives {
                doing.event = sense::event(&value);
                understood = true;
            } else if value.has(C::Leaver) || value.has(C::Lost) {
                doing.event = Some(Event::Unfollowed);
                understood = true;
            } else if let Some(kind) = sense::people(&value).filter(|kind| {
                !(*kind == AudienceKind::FollowersOf
                    && value.has(C::Rival)
                    && !value.has(C::Follower)
                    && text.text.contains(['_', '.']))
            }) {
                let mut audience = Audience::new(kind, text.site);
                // `follow_followers_of: big_fans`: a name, although it has a word for people in it.
                if phrase.any(&[C::Follower, C::Rival]) && value.unknown() > 0 {
                    audience.kind = AudienceKind::FollowersOf;
                    audience.of.push(text);
                    doing.audiences.push(audience);
                    understood = true;
                    continue;
                }
                if let Some((_, of)) = text.text.split_once(':') {
                    audience.of.push(Text { text: of.trim().to_owned(), site: text.site });
                    if kind == AudienceKind::OwnFollowers {
                        audience.kind = AudienceKind::FollowersOf;
                    }
                }
                doing.audiences.push(audience);
                understood = true;
            } else if let (Deed::Verb(Verb::Subscribe), Some(event)) = (doing.deed, sense::event(&value)) {
                doing.event.get_or_insert(event);
                understood = true;
            } else if let Some(event) = sense::event(&value).filter(|event| event.is_inbound()) {
                doing.event.get_or_insert(event);
                understood = true;
            } else if value.any(&[C::Everyone, C::Enabled]) {
                if value.has(C::Everyone)
                    && doing.event.is_none()
                    && doing.audiences.is_empty()
                    && !value.word("always")
                {
                    doing.audiences.push(Audience::new(AudienceKind::Random, text.site));
                }
                understood = true;
            } else if let Some(act) = sense::act(&value).filter(|act| {
                act.deed != doing.deed && !phrase.any(&[C::People, C::To, C::Source, C::Everyone])
            }) {
                // `no_return: drop`: the value says what is done.
                self.put(act, text.site, &value, sub);
                understood = true;
            } else if is_said_aloud(doing.deed)
                && value.unknown() == value.words.len()
                && !text.text.starts_with(['@', '#'])
                && !phrase.any(&[C::To, C::Source, C::People])
            {
                // `comment: [wow, nice]` are texts; `pm: npm` is no message to anybody.
                if !text.text.contains(' ') && item.value.kind() == Kind::Scalar {
                    return false;
                }
                doing.texts.push(Said { speech: Speech::of(&text.text), text });
                understood = true;
            } else if value.unknown() == value.words.len()
                || text.text.starts_with(['@', '#'])
                || value.has(C::Rival)
            {
                let kind =
                    if text.text.starts_with('#') { AudienceKind::Search } else { AudienceKind::Named };
                match sub.audiences.iter_mut().find(|audience| audience.kind == kind && audience.site == site)
                {
                    Some(audience) => audience.of.push(text),
                    None => sub.audiences.push(Audience::new(kind, site).of(vec![text])),
                }
                understood = true;
            }
        }
        understood
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
                if let Some(event) = frame.event().filter(|event| event.is_inbound()) {
                    let _ = event;
                    frame.doings.push(Doing::new(&ignoring(), site));
                }
            }
            Deed::Verb(Verb::Reply) if phrase.word("allow") => self.closes_replies(frame.account, site),
            _ => {}
        }
    }

    /// What happens to whoever writes: `mentions: forward`, `dms: { archive: true }`, `inbox: none`,
    /// `notifications: disabled`, `replies_to: desk@…`.
    pub(super) fn inbound(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        if self.hand_over_is_off(item, given, frame) {
            return true;
        }
        let Some(event) = sense::inbound(phrase, None) else { return false };
        // `answers_read_by: thelma`, `answers_read_how_often: every weekday`
        let read = ["read", "reads", "answered", "monitored", "checked", "handled"].iter().any(|word| {
            phrase
                .words
                .iter()
                .any(|known| known.text == *word || known.text.starts_with(&format!("{word} ")))
        });
        if read && matches!(given, Given::Said | Given::On) && item.value.kind() == Kind::Scalar {
            let value = Phrase::read(item.value.text());
            if !value.has(C::Ignore) && !value.starts(C::Not) {
                let site = self.reader.site(item.value);
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.read_by.get_or_insert(site);
                }
                return true;
            }
        }
        if frame.joint
            && !frame.triggers.is_empty()
            && !frame.triggers.iter().any(|trigger| trigger.event == event)
            && phrase.words.len() == 1
            && !phrase.has(C::Mention)
        {
            return false;
        }
        let outbound = phrase.any(&[
            C::Text,
            C::Max,
            C::Per,
            C::Day,
            C::Hour,
            C::Keyword,
            C::Nudge,
            C::Greet,
            C::Pitch,
            C::Thank,
            C::Say,
            C::Follow,
            C::Unfollow,
            C::Invite,
            C::Delay,
            C::Next,
            C::New,
            C::Stranger,
        ]);
        if phrase.any(&[C::Closed]) {
            let closed = match given {
                Given::Off => {
                    phrase.word("allow")
                        || phrase.concepts.has(C::Closed)
                            && (phrase.word("allow reply") || phrase.word("allow comment"))
                }
                Given::On => !phrase.words.iter().any(|word| word.text.starts_with("allow")),
                Given::Said => {
                    let value = Phrase::read(item.value.text());
                    !value.has(C::Everyone)
                }
                Given::Nothing => false,
                _ => false,
            };
            if closed {
                self.closes_replies(frame.account, site);
                frame.inner("", site);
            }
            return true;
        }
        let mut handler = frame.inner(item.key.text(), self.reader.site(item.key));
        handler.joint = true;
        handler.triggers = vec![Trigger::new(event, self.reader.site(item.key))];
        let passes = phrase.any(&[C::Mail, C::Forward, C::Handoff, C::Ticket, C::Operator, C::Review]);
        match given {
            // `ignore_mentions: true`
            Given::On
                if phrase.any(&[C::Ignore, C::Archive])
                    || phrase.any(&[C::Remove]) && phrase.has(C::Everyone) =>
            {
                handler.doings.push(Doing::new(&ignoring(), self.reader.site(item.key)));
            }
            Given::On | Given::Unknown | Given::Said if passes && !outbound => {
                handler.doings.push(Doing::new(&passing(), site));
            }
            Given::Off if phrase.any(&[C::Ignore]) => return true,
            Given::Off
                if !phrase.only(&[
                    C::Mention,
                    C::Dm,
                    C::Message,
                    C::Inbox,
                    C::Reply,
                    C::Comment,
                    C::Forward,
                    C::Handoff,
                    C::Operator,
                    C::New,
                    C::Mail,
                    C::Everyone,
                ]) =>
            {
                return false;
            }
            Given::Off | Given::Nothing if !outbound && (given == Given::Off || phrase.words.len() <= 2) => {
                // `auto_answer: false` says only that no machine answers.
                if given == Given::Off && phrase.has(C::Enabled) {
                    return true;
                }
                // `mention: false` beside a text: nobody is pinged.
                if given == Given::Off
                    && phrase.only(&[C::Mention])
                    && !phrase.plural(C::Mention)
                    && frame.joint
                {
                    return true;
                }
                let is_message_key = phrase.only(&[C::Message]) && !phrase.plural(C::Message)
                    || phrase.only(&[C::Reply, C::Comment])
                        && !phrase.plural(C::Reply)
                        && !phrase.plural(C::Comment)
                        && given == Given::Nothing;
                if is_message_key {
                    return false;
                }
                if given == Given::Nothing && !phrase.any(&[C::Forward, C::Handoff, C::Inbox]) {
                    return false;
                }
                handler.doings.push(Doing::new(&ignoring(), site));
            }
            Given::Said
                if phrase.any(&[C::Remove, C::Archive]) && phrase.any(&[C::Everyone, C::Schedule]) =>
            {
                handler.doings.push(Doing::new(&ignoring(), self.reader.site(item.key)));
            }
            Given::Said if !outbound => {
                if !self.inbound_said(item, &mut handler, site) {
                    // `replies: open` is no act, whatever the value means.
                    let plain = phrase.words.len() == 1
                        && item.value.kind() == Kind::Scalar
                        && !is_sentence(item.value.text());
                    return plain
                        && (phrase.plural(C::Reply)
                            || phrase.plural(C::Comment)
                            || phrase.plural(C::Mention)
                            || phrase.plural(C::Dm)
                            || phrase.has(C::Inbox))
                        && self.texts_named(item.value.text()).is_empty();
                }
            }
            Given::Nested if item.value.kind() == Kind::Mapping && !outbound => {
                if phrase.any(&[C::Enabled, C::Everyone]) {
                    return false;
                }
                if !self.is_about_inbound(item.value) {
                    return false;
                }
                let mut filled = self.filled(item.value, handler, depth + 1);
                self.replies_when_on(item, &mut filled);
                self.inbound_section(item, &mut filled);
                self.finish(filled, Subs::new());
                return true;
            }
            Given::Nested
                if !outbound
                    && (phrase.plural(C::Mention)
                        || phrase.plural(C::Dm)
                        || phrase.has(C::Mention)
                        || phrase.has(C::Dm) && item.value.kind() == Kind::Sequence) =>
            {
                self.acts(item.value, &mut handler, depth);
            }
            _ => return false,
        }
        self.finish(handler, Subs::new());
        true
    }

    /// `replies: { enabled: true, only_when_mentioned: true }`: it answers.
    fn replies_when_on(&mut self, item: &Item<'t>, handler: &mut Frame) {
        if !handler.doings.is_empty() || !handler.texts.is_empty() || !item.phrase.has(C::Reply) {
            return;
        }
        let items = self.items_of(item.value);
        let on = items
            .iter()
            .any(|item| super::walk::is_switch(&item.phrase) && given(&self.reader, item.value) == Given::On);
        if !on {
            return;
        }
        let site = self.reader.site(item.key);
        if let Some(only) = items.iter().find(|item| item.phrase.has(C::Only) && item.phrase.has(C::Mention))
        {
            handler.triggers = vec![Trigger::new(Event::Mention, self.reader.site(only.key))];
        }
        let act = Act { deed: Deed::Verb(Verb::Reply), event: None, people: None, negated: false };
        handler.doings.push(Doing::new(&act, site));
    }

    /// What a scalar or a list says of messages that come in.
    fn inbound_said(&mut self, item: &Item<'t>, handler: &mut Frame, site: Site) -> bool {
        let texts = listed(&self.reader, item.value);
        if texts.iter().any(|text| {
            is_address(&text.text) || text.text.starts_with("telegram:") || text.text.starts_with("mailto:")
        }) {
            handler.doings.push(Doing::new(&passing(), site));
            return true;
        }
        if item.value.kind() == Kind::Scalar && is_sentence(item.value.text()) {
            return false;
        }
        let mut understood = false;
        for value in match item.value.kind() {
            Kind::Sequence => item.value.items().collect::<Vec<_>>(),
            _ => vec![item.value],
        } {
            let phrase = Phrase::read(value.text());
            let site = self.reader.site(value);
            let negative = phrase.any(&[
                C::Ignore,
                C::Disabled,
                C::Closed,
                C::Archive,
                C::Remove,
                C::Delete,
                C::Mute,
                C::Block,
            ]) || phrase.has(C::Not);
            let positive =
                phrase.any(&[C::Mail, C::Forward, C::Handoff, C::Ticket, C::Operator, C::Review, C::Say]);
            if phrase.has(C::Closed) {
                self.closes_replies(handler.account, site);
                understood = true;
            }
            if negative {
                handler.doings.push(Doing::new(&ignoring(), site));
                understood = true;
            } else if positive {
                handler.doings.push(Doing::new(&passing(), site));
                understood = true;
            } else if let Some(act) = sense::act(&phrase) {
                self.put(act, site, &phrase, handler);
                understood = true;
            }
        }
        understood
    }

    /// Whether a section is about what comes in, rather than about messages that are sent.
    fn is_about_inbound(&mut self, node: NodeRef<'t>) -> bool {
        let items = self.items_of(node);
        let sends = items.iter().any(|item| {
            let phrase = &item.phrase;
            let limits =
                phrase.any(&[C::Day, C::Hour, C::Per, C::Max]) && !phrase.any(&[C::Reply, C::People]);
            let after = phrase.has(C::Delay) && phrase.has(C::Follow);
            let to = phrase.any(&[C::To, C::People]) && item.value.kind() == Kind::Scalar && {
                let value = Phrase::read(item.value.text());
                value.any(&[
                    C::Follower,
                    C::Follow,
                    C::Member,
                    C::Everyone,
                    C::Acquaintance,
                    C::Lead,
                    C::Stranger,
                ]) && !is_address(item.value.text())
            };
            limits || after || to || phrase.any(&[C::Nudge, C::Pitch, C::Keyword])
        });
        !sends
    }

    /// A section about what comes in that names whom it goes to, or nobody.
    fn inbound_section(&mut self, item: &Item<'t>, handler: &mut Frame) {
        let operator = handler.audiences.iter().position(|audience| audience.kind == AudienceKind::Operator);
        if let Some(at) = operator {
            let audience = handler.audiences.remove(at);
            let mut doing = Doing::new(&passing(), audience.site);
            doing.audiences.push(audience);
            handler.doings.push(doing);
        }
        let items = self.items_of(item.value);
        for inner in &items {
            let value = given(&self.reader, inner.value);
            let site = self.reader.site(inner.value);
            // `read_inbox: never`, `comments: hidden` were read as entries; `to: desk@…` and `read_by: sam` say who reads.
            let reads = inner.phrase.any(&[C::Operator, C::Forward, C::To, C::People, C::Mail])
                && matches!(value, Given::Said | Given::Unknown | Given::On);
            let said = Phrase::read(inner.value.text());
            if reads
                && !said.any(&[C::Ignore])
                && !said.has(C::Not)
                && !handler.doings.iter().any(|doing| doing.deed == Deed::Pass || doing.deed == Deed::Ignore)
            {
                handler.doings.push(Doing::new(&passing(), site));
                self.mark(inner.key, Use::Used);
            } else if inner.phrase.has(C::Operator)
                && (said.has(C::Ignore) || value == Given::Nothing || value == Given::Off)
            {
                handler.doings.push(Doing::new(&ignoring(), site));
            }
        }
    }

    /// `handoff: false`, `escalation: null`, `agents: []`: no person takes over.
    fn hand_over_is_off(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let hands = phrase.any(&[C::Handoff, C::Ticket])
            || phrase.has(C::Operator) && phrase.any(&[C::Forward, C::Say, C::Ping])
            || phrase.only(&[C::Operator])
            || phrase.only(&[C::Forward]);
        if !hands || phrase.any(&[C::Text, C::Keyword, C::Max]) {
            return false;
        }
        let off = matches!(given, Given::Off | Given::Nothing)
            || given == Given::Said && item.value.kind() == Kind::Scalar && {
                let value = Phrase::read(item.value.text());
                value.only(&[C::Ignore, C::Not, C::Disabled])
            };
        if !off || given == Given::Nothing && phrase.words.len() > 2 {
            return false;
        }
        self.without_person(frame.account, self.reader.site(item.value));
        true
    }
}

/// Whether a sentence describes what people do: `sam ticks the ones she wants to read`.
fn is_description(text: &str) -> bool {
    let text = text.trim();
    let starts = text.chars().next().is_some_and(char::is_lowercase);
    let speaks = text.contains(['{', '!', '?', '"'])
        || text
            .to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| matches!(word, "you" | "your" | "i" | "we" | "du" | "tu" | "vous"));
    starts && !speaks && text.split_whitespace().count() >= 4 && !is_instruction(text)
}

/// Whether a sentence tells what to do rather than being said to somebody: `add every contact and send the link`.
pub(super) fn is_instruction(text: &str) -> bool {
    let text = text.trim();
    let starts = text.chars().next().is_some_and(char::is_lowercase);
    if !starts
        || text.len() > 160
        || text.split_whitespace().count() < 3
        || text.contains(['{', '!', '?', '@', '"'])
    {
        return false;
    }
    let first = Phrase::read(text.split_whitespace().next().unwrap_or_default());
    let addresses = text
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| matches!(word, "you" | "your" | "i" | "we"));
    !addresses && sense::act(&first).is_some()
}

/// An act of passing something on to a person.
pub(super) const fn passing() -> Act {
    Act { deed: Deed::Pass, event: None, people: None, negated: false }
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

/// `send:welcome`, `wait:24h`, `boost:from_sister`: what stands behind the name of an act.
fn detail_of(doing: &mut Doing, detail: &str, site: Site) {
    if let Some(days) = duration_in(detail) {
        doing.delay = Stated::Known(days, site);
        return;
    }
    if let Some(kind) = sense::people(&Phrase::read(detail)) {
        doing.audiences.push(Audience::new(kind, site));
    }
}

/// Whether an act says something, so that a value without a known word may be what is said.
const fn is_said_aloud(deed: Deed) -> bool {
    matches!(
        deed,
        Deed::Say
            | Deed::Message
            | Deed::Greet
            | Deed::Thank
            | Deed::Pitch
            | Deed::Verb(Verb::Dm | Verb::Post | Verb::Reply | Verb::Comment | Verb::Quote)
    )
}
