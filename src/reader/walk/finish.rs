//! The end of a section: what it does becomes one clause, or one for each act with details of its own.

use crate::model::{Event, Stated, Verb};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept;
use crate::reader::idioms::Idea;
use crate::reader::sense::Deed;
use crate::reader::walk::{Subs, Walk};
use crate::reader::words::Phrase;

impl<'t> Walk<'t> {
    /// Says what a section does: one clause, or one for each act whose details stand in keys of their own.
    pub(crate) fn finish(&mut self, mut frame: Frame, subs: Subs) {
        let mut separate = Vec::new();
        for (deed, event, sub) in subs {
            if frame.offs.contains(&deed) {
                continue;
            }
            // `welcome: { send_dm: true }`: the section says when, the key says how.
            let manner = frame.named.filter(|(act, _)| {
                matches!(act.deed, Deed::Greet | Deed::Thank | Deed::Farewell | Deed::Nudge | Deed::Pitch)
            });
            if let (
                Some((act, _)),
                Deed::Verb(Verb::Dm | Verb::Reply | Verb::Post | Verb::Comment | Verb::Mention),
            ) = (manner, deed)
            {
                let mut sub = sub;
                let greets = matches!(act.deed, Deed::Greet | Deed::Thank).then_some(Event::Followed);
                for doing in &mut sub.doings {
                    doing.event = doing.event.or(act.event).or(greets);
                }
                frame.named = None;
                frame.join(sub);
                continue;
            }
            let same = frame.doings.iter().any(|doing| doing.deed == deed);
            let fits = frame.named.is_some_and(|(act, _)| act.deed == deed);
            let joins = frame.joint
                && !(frame.triggers.is_empty() && frame.doings.is_empty())
                && event.is_none_or(|event| frame.event().is_none_or(|own| own == event));
            if same || fits || joins {
                if let Some(sub) = frame.join_same(sub) {
                    frame.join(sub);
                }
            } else {
                separate.push(sub);
            }
        }
        // `vote: { who: not_voted, text: "…" }` is about a vote; nobody's post is voted on.
        if frame.named.is_some_and(|(act, _)| act.deed == Deed::Verb(Verb::Vote)) && !frame.texts.is_empty() {
            frame.named = None;
        }
        // Whoever is looked for, so many at a time, is followed; in rooms, invited.
        let looks = frame.collects.is_some() || frame.named.is_some_and(|(act, _)| act.deed == Deed::Collect);
        // `boost: { from: [kim], comment: "…" }`: what the section is called after happens, too.
        if let Some((act, site)) = frame.named
            && matches!(act.deed, Deed::Verb(Verb::Repost | Verb::Like | Verb::Follow))
            && !frame.doings.is_empty()
            && frame.doings.iter().all(|doing| {
                matches!(doing.deed, Deed::Verb(Verb::Comment | Verb::Reply | Verb::Quote | Verb::Like))
            })
            && frame.audiences.len() > frame.outer_audiences
        {
            frame.named = None;
            frame.doings.insert(0, Doing::new(&act, site));
        }
        let invites = frame.named.is_some_and(
            |(act, _)| matches!(act.deed, Deed::Verb(verb) if verb != Verb::Follow && verb != Verb::Like),
        );
        let idle = !invites && frame.doings.is_empty()
            || looks && frame.doings.iter().all(|doing| doing.deed == Deed::Verb(Verb::Like));
        if idle
            && separate.iter().all(|sub| sub.doings.iter().all(|doing| doing.deed == Deed::Verb(Verb::Like)))
            && frame.fresh
            && frame.texts.is_empty()
            && (!frame.limits.is_empty() || !frame.schedule.is_absent())
            && let Some(audience) = frame.audiences.iter().skip(frame.outer_audiences).find(|audience| {
                matches!(
                    audience.kind,
                    crate::model::AudienceKind::FollowersOf
                        | crate::model::AudienceKind::FollowingOf
                        | crate::model::AudienceKind::EngagersOf
                ) && (audience.kind != crate::model::AudienceKind::EngagersOf || !audience.of.is_empty())
            })
            && !self.is_chat()
        {
            frame.doings.push(Doing::of(Deed::Verb(Verb::Follow), audience.site));
        }
        // `cleanup: { if: not_following_me, per_day: 150 }`: whom such a section is about, it drops.
        let dropped = frame
            .audiences
            .iter()
            .skip(frame.outer_audiences)
            .find(|audience| audience.kind == crate::model::AudienceKind::NonFollowers);
        if let Some(audience) = dropped.cloned()
            && frame.doings.is_empty()
            && separate.is_empty()
            && frame.named.is_none_or(|(act, _)| act.deed == Deed::Remove)
            && frame.texts.is_empty()
            && (!frame.limits.is_empty() || !frame.after.is_absent() || !frame.schedule.is_absent())
        {
            frame.doings.push(Doing::of(Deed::Verb(Verb::Unfollow), audience.site));
        }
        let section = frame.section();
        // `mutual_check: { after_days: 3, then: unfollow }`: who does not follow back.
        if section.any(&[Concept::Mutual])
            && frame.audiences.len() == frame.outer_audiences
            && let Some(doing) = frame.doings.iter_mut().find(|doing| {
                matches!(doing.deed, Deed::Verb(Verb::Unfollow) | Deed::Remove) && doing.audiences.is_empty()
            })
        {
            doing.deed = Deed::Verb(Verb::Unfollow);
            doing
                .audiences
                .push(crate::model::Audience::new(crate::model::AudienceKind::NonFollowers, doing.site));
        }
        // `mass_dm: { message: … }`: the name of the section says how the message goes.
        if let Some((act, _)) = &frame.named
            && matches!(act.deed, Deed::Verb(Verb::Dm | Verb::Reply | Verb::Comment | Verb::Email))
        {
            for doing in separate.iter_mut().flat_map(|sub| &mut sub.doings).chain(&mut frame.doings) {
                if matches!(doing.deed, Deed::Message | Deed::Say) {
                    doing.deed = act.deed;
                }
            }
        }
        if frame.doings.is_empty()
            && let Some((act, site)) = frame.named.take()
            && separate.is_empty()
            && self.named_act_counts(&act.deed, &frame)
        {
            let mut doing = Doing::new(&act, site);
            doing.texts.append(&mut frame.texts);
            frame.doings.push(doing);
        }
        let alone = separate.is_empty();
        if alone && self.is_outlet(&frame) {
            let mut doing = Doing::of(Deed::Verb(Verb::Post), frame.site);
            doing.texts.append(&mut frame.texts);
            frame.doings.push(doing);
        }
        // `episodes: { post: true, text: "…" }`: the text is what is posted.
        if let [sub] = separate.as_mut_slice()
            && frame.doings.is_empty()
            && !frame.texts.is_empty()
            && let [doing] = sub.doings.as_mut_slice()
            && doing.deed == Deed::Verb(Verb::Post)
            && doing.texts.is_empty()
            && frame.triggers.is_empty()
        {
            doing.texts.append(&mut frame.texts);
        }
        for sub in &mut separate {
            self.cheers_for_its_own(sub, &section);
        }
        self.cheers_for_its_own(&mut frame, &section);
        for mut sub in separate {
            sub.inherit_late(&frame);
            self.clause(sub);
        }
        self.list_of_people(&frame);
        let only_looks =
            frame.texts.is_empty() && frame.doings.iter().all(|doing| doing.deed == Deed::Collect);
        if only_looks
            && alone
            && !frame.name.is_empty()
            && !frame.name.contains('.')
            && frame.lists_people.is_none()
        {
            self.note_targets(&frame, frame.outer_audiences);
            // `members: { file: members_who_asked.csv }`
            let listed = frame.audiences.iter().skip(frame.outer_audiences).filter(|people| {
                people.kind == crate::model::AudienceKind::OptInList && people.source.is_absent()
            });
            let listed: Vec<_> = listed.cloned().collect();
            if let Some(scope) = self.scope_of(frame.account) {
                scope.people.extend(listed);
            }
        }
        self.texts_for_targets(&mut frame);
        self.waits_between_posts(&mut frame);
        // What appears in public, so often or so many at once, is posted.
        if !frame.is_live()
            && frame.sets_place
            && !self.bounded
            && let Some((crate::model::Visibility::Public, site)) = frame.place
            && (!frame.schedule.is_absent() || !frame.limits.is_empty())
        {
            frame.doings.push(Doing::of(Deed::Verb(Verb::Post), site));
        }
        self.clause(frame);
    }

    /// `{ gap_minutes: 4, text: "…" }`: a wait that nothing comes before is the time between two posts, where nothing
    /// else says when.
    fn waits_between_posts(&self, frame: &mut Frame) {
        const LONGEST: f64 = 0.5;
        const SHORTEST: f64 = 30.0 / 86_400.0;
        let Stated::Known(days, site) = frame.after.clone().or(frame.pace.clone()) else { return };
        let posts = |doing: &Doing| {
            matches!(doing.deed, Deed::Verb(Verb::Post))
                || doing.deed == Deed::Say && doing.audiences.is_empty()
        };
        let alone = frame.triggers.is_empty()
            && frame.schedule.is_absent()
            && !frame.sequence
            && frame.audiences.is_empty()
            && self.clauses.iter().all(|clause| clause.schedule.is_absent());
        if alone
            && (SHORTEST..=LONGEST).contains(&days)
            && !frame.doings.is_empty()
            && frame.doings.iter().all(|doing| posts(doing) && doing.event.is_none())
        {
            frame.schedule = Stated::Known(crate::reader::roles::recurrence::every(days), site);
            frame.after = Stated::Absent;
        }
    }

    /// `crossboost: { favourite_too: true }` in a file of several accounts: they cheer for each other.
    pub(crate) fn cheers_for_its_own(&self, frame: &mut Frame, section: &Phrase) {
        use crate::model::{Audience, AudienceKind, Text, Trigger};
        let applauds = |doing: &Doing| {
            doing.audiences.is_empty()
                && matches!(doing.deed, Deed::Verb(Verb::Repost | Verb::Like | Verb::Quote | Verb::Comment))
        };
        let alone = frame.triggers.is_empty() && frame.audiences.len() == frame.outer_audiences;
        if !section.has(Concept::Sister) || !alone || !frame.doings.iter().any(applauds) {
            return;
        }
        let handles = &self.own_handles;
        if handles.len() < 2 {
            return;
        }
        let of = handles.iter().map(|handle| Text { text: handle.clone(), site: frame.site }).collect();
        let mut trigger = Trigger::new(Event::PostBy, frame.site);
        trigger.from = Some(Audience::new(AudienceKind::Named, frame.site).of(of));
        frame.triggers.push(trigger);
        frame.joint = true;
    }

    /// `listen: { words: […] }` beside `phrases: […]`: what is said to whom it looks for.
    fn texts_for_targets(&self, frame: &mut Frame) {
        if !frame.name.is_empty() || !only_shows_texts(frame) || self.clauses.iter().any(Frame::is_live) {
            return;
        }
        let Some(scope) = self.scopes.get(frame.account) else { return };
        let search = scope.targets.iter().find(|target| target.kind == crate::model::AudienceKind::Search);
        let (Some(search), Some(first)) = (search, frame.texts.first()) else { return };
        let mut doing = Doing::of(Deed::Say, first.text.site);
        doing.texts.append(&mut frame.texts);
        doing.audiences.push(search.clone());
        frame.doings.push(doing);
    }

    /// `outlets: { mastodon: { token: …, template: "{title} {link}" } }`: what a text looks like on a platform.
    fn is_outlet(&self, frame: &Frame) -> bool {
        let Some((_, last)) = frame.name.rsplit_once('.') else { return false };
        frame.named.is_none()
            && only_shows_texts(frame)
            && self.vocabulary.read(last).is_only(|idea| matches!(idea, Idea::Platform(_)))
    }

    /// `tags: { hashtags: […] }`: whom the acts of other sections are for, from the audience of this number on.
    pub(crate) fn note_targets(&mut self, frame: &Frame, from: usize) {
        let targets = frame.audiences.iter().skip(from).filter(|audience| {
            !audience.of.is_empty()
                && matches!(
                    audience.kind,
                    crate::model::AudienceKind::Search
                        | crate::model::AudienceKind::FollowersOf
                        | crate::model::AudienceKind::EngagersOf
                )
        });
        let targets: Vec<_> = targets.cloned().collect();
        if let Some(scope) = self.scopes.get_mut(frame.account) {
            scope.targets.extend(targets);
        }
    }

    /// A section that lists people says whom the whole bot writes to.
    fn list_of_people(&mut self, frame: &Frame) {
        let Some(site) = frame.lists_people else { return };
        let mut audience = frame
            .audiences
            .last()
            .cloned()
            .unwrap_or_else(|| crate::model::Audience::new(crate::model::AudienceKind::List, site));
        if frame.guards.iter().any(|guard| guard.kind == crate::model::GuardKind::OptedIn) {
            audience.kind = crate::model::AudienceKind::OptInList;
        }
        if let (Some(site), true) =
            (frame.collects, audience.source.is_absent() && audience.kind == crate::model::AudienceKind::List)
        {
            audience.source = Stated::Known(crate::model::ListSource::Scraped, site);
        }
        if let Some(scope) = self.scope_of(frame.account) {
            scope.people.push(audience);
        }
    }

    /// Whether the name of a section alone says that the act happens: something in it must tell how.
    fn named_act_counts(&self, deed: &Deed, frame: &Frame) -> bool {
        let told = frame.fresh
            && (!frame.texts.is_empty()
                || !frame.audiences.is_empty()
                || !frame.limits.is_empty()
                || !frame.schedule.is_absent()
                || !frame.after.is_absent()
                || frame.place.is_some());
        match deed {
            Deed::Review | Deed::Close => false,
            Deed::Verb(Verb::Count | Verb::Archive | Verb::ListAdd) => false,
            _ => told,
        }
    }

    pub(crate) fn clause(&mut self, mut frame: Frame) {
        on_weekdays(&mut frame);
        // Numbers that are gathered by the clock, and that nobody is told, are the bot's own.
        if frame.triggers.is_empty() && frame.texts.is_empty() && frame.place.is_none() {
            frame.doings.retain(|doing| {
                doing.deed != Deed::Verb(Verb::Count) || doing.event.is_some() || !doing.texts.is_empty()
            });
        }
        if frame.is_live() || !frame.repeats.is_absent() && frame.event() == Some(Event::Fallback) {
            self.clauses.push(frame);
        }
    }
}

/// `at: "17:00", days: [sat]`: the clock of a day counts on some days of the week only.
fn on_weekdays(frame: &mut Frame) {
    let Some(days) = frame.weekdays.take() else { return };
    let share = |schedule: &crate::model::Schedule| schedule.per_day * days / 7.0;
    let site = frame.schedule.site().unwrap_or(frame.site);
    let per_day = match frame.schedule.known() {
        // A line of cron, or a day beside the time, says it already.
        Some(schedule) if schedule.per_day < 1.0 => return,
        Some(schedule) => share(schedule),
        None => days / 7.0,
    };
    frame.schedule = Stated::Known(crate::model::Schedule::times_per_day(per_day), site);
    for trigger in frame.triggers.iter_mut().filter(|trigger| trigger.event == Event::Schedule) {
        trigger.schedule = frame.schedule.clone();
    }
}

/// Whether a section has texts to be filled in and nothing else: neither what sets them off nor what is done.
fn only_shows_texts(frame: &Frame) -> bool {
    frame.doings.is_empty()
        && frame.triggers.is_empty()
        && !frame.texts.is_empty()
        && frame.texts.iter().all(|said| said.text.text.contains('{') && !said.speech.acts())
}
