//! The acts of a clause as actions of the model.

use crate::model::{Action, Audience, AudienceKind, Event, ListSource, Site, Stated, Verb, Visibility};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept;
use crate::reader::lower::Lowering;
use crate::reader::lower::audience::{default_audience, united};
use crate::reader::lower::clause::Course;
use crate::reader::lower::texts::names_to_others;
use crate::reader::sense::Deed;
use crate::reader::words::Phrase;

/// So many lists of people are looked at for each act.
const MOST_LISTS: usize = 50;

impl Lowering {
    /// The actions of one act: one for each kind of people that it reaches.
    pub(crate) fn actions(&self, doing: &Doing, frame: &Frame, event: Event, course: &Course) -> Vec<Action> {
        let place = doing.place.or(frame.place);
        let mut audiences = united(doing, frame);
        let Some(verb) = self.verb(doing, frame, event, &audiences, place) else { return Vec::new() };
        if matches!(verb, Verb::Notify | Verb::Handoff | Verb::CreateTicket | Verb::QueueForReview) {
            audiences.retain(|audience| audience.kind == AudienceKind::Operator);
            if audiences.is_empty() {
                audiences.push(Audience::new(AudienceKind::Operator, doing.site));
            }
        } else {
            audiences.retain(|audience| audience.kind != AudienceKind::Operator);
        }
        if matches!(verb, Verb::Unfollow | Verb::RemoveFollower) {
            audiences.retain(|audience| {
                matches!(
                    audience.kind,
                    AudienceKind::NonFollowers
                        | AudienceKind::FollowedByTool
                        | AudienceKind::Inactive
                        | AudienceKind::OwnFollowing
                        | AudienceKind::List
                )
            });
        }
        // `members: { file: members_who_asked.csv }` says who the members are that are written to.
        let known = self.scope.people.iter().take(MOST_LISTS).find(|people| {
            let dubious = matches!(people.source.get(), Some(ListSource::Bought | ListSource::Scraped));
            people.kind == AudienceKind::OptInList || dubious
        });
        if let Some(known) = known.filter(|_| verb.is_private_message() || verb == Verb::Invite) {
            let general = |audience: &&mut Audience| {
                matches!(audience.kind, AudienceKind::Members | AudienceKind::Contacts)
                    && audience.of.is_empty()
            };
            for audience in audiences.iter_mut().filter(general) {
                *audience = Audience { site: audience.site, ..known.clone() };
            }
        }
        if matches!(verb, Verb::Post) {
            audiences = vec![Audience::new(AudienceKind::Public, doing.site)];
        }
        let passive = matches!(event, Event::Schedule | Event::NotFollowedBack);
        if !passive && !matches!(verb, Verb::Post | Verb::Notify | Verb::Handoff | Verb::CreateTicket) {
            let elsewhere = audiences.iter().any(|audience| {
                let newcomers =
                    matches!(
                        event,
                        Event::Followed | Event::MemberJoined | Event::Unfollowed | Event::MemberLeft
                    ) && matches!(audience.kind, AudienceKind::OwnFollowers | AudienceKind::Members);
                let unsaid = matches!(
                    event,
                    Event::Followed | Event::MemberJoined | Event::Unfollowed | Event::MemberLeft
                ) && verb.is_private_message()
                    && doing.audiences.is_empty();
                !newcomers
                    && !unsaid
                    && matches!(
                        audience.kind,
                        AudienceKind::FollowersOf
                            | AudienceKind::FollowingOf
                            | AudienceKind::OwnFollowers
                            | AudienceKind::OptInList
                            | AudienceKind::Members
                    )
            });
            if !elsewhere || event.is_inbound() {
                audiences = vec![Audience::new(AudienceKind::Initiator, doing.site)];
            }
        }
        if audiences.is_empty()
            && matches!(verb, Verb::Follow | Verb::Like | Verb::Comment | Verb::ViewStory)
            && passive
        {
            audiences.extend(self.scope.targets.iter().cloned());
        }
        if audiences.is_empty() && (verb.is_private_message() || verb == Verb::Invite) {
            audiences.extend(self.scope.people.iter().cloned());
        }
        if audiences.is_empty() {
            audiences.push(Audience::new(default_audience(verb, event, frame), doing.site));
        }
        audiences
            .into_iter()
            .map(|audience| self.action(doing, frame, verb, audience, place, course))
            .collect()
    }

    pub(crate) fn action(
        &self,
        doing: &Doing,
        frame: &Frame,
        verb: Verb,
        mut audience: Audience,
        place: Option<(Visibility, Site)>,
        course: &Course,
    ) -> Action {
        if let (Some(site), AudienceKind::Members, true) =
            (frame.collects, audience.kind, audience.source.is_absent())
        {
            audience.source = Stated::Known(ListSource::Scraped, site);
        }
        if let (Some(site), true) = (frame.collects, audience.source.is_absent())
            && matches!(audience.kind, AudienceKind::List | AudienceKind::Named)
            && !matches!(verb, Verb::Post | Verb::Repost)
        {
            audience.kind = AudienceKind::List;
            audience.source = Stated::Known(ListSource::Scraped, site);
        }
        let mut action = Action::new(verb, doing.site, audience);
        action.texts = doing.texts.iter().map(|said| said.text.clone()).collect();
        action.delay = match (&course.days, &frame.after) {
            (Stated::Absent, after) if !frame.sequence => after.clone(),
            (days, _) => days.clone(),
        };
        action.limits = doing.limits.clone();
        action.probability = doing.probability.clone();
        action.times = doing.times.clone();
        action.model_generated = match frame.generated {
            Some(site) if speaks(verb) && doing.texts.is_empty() => Stated::Known(true, site),
            _ => doing.model_generated.clone(),
        };
        action.acts_as.clone_from(if doing.voices.is_empty() { &frame.voices } else { &doing.voices });
        if let (Some((length, site)), Verb::Ban | Verb::Kick | Verb::Mute | Verb::Timeout) =
            (&frame.lasts, verb)
        {
            action.manner = Stated::Known(length.clone(), *site);
        }
        if let Some((place, site)) = place
            && !verb.is_private_message()
        {
            action.visibility = Stated::Known(place, site);
        } else if self.chat && verb == Verb::Post && frame.event() == Some(Event::MemberJoined) {
            action.visibility = Stated::Known(Visibility::Thread, doing.site);
        }
        action
    }

    /// The verb of the model, by the company of the act.
    pub(crate) fn verb(
        &self,
        doing: &Doing,
        frame: &Frame,
        event: Event,
        audiences: &[Audience],
        place: Option<(Visibility, Site)>,
    ) -> Option<Verb> {
        let kind = |wanted: &[AudienceKind]| audiences.iter().any(|audience| wanted.contains(&audience.kind));
        Some(match doing.deed {
            Deed::Verb(Verb::Reply)
                if event == Event::Schedule && frame.filters.is_empty() && audiences.is_empty() =>
            {
                Verb::Reply
            }
            Deed::Verb(Verb::Dm)
                if event.is_inbound() && doing.texts.is_empty() && kind(&[AudienceKind::Operator]) =>
            {
                Verb::Notify
            }
            Deed::Verb(Verb::Post) if place.is_some_and(|(place, _)| place == Visibility::Operator) => {
                Verb::Notify
            }
            // `ping_role: hosts`: whoever runs it is called.
            Deed::Verb(Verb::Mention)
                if !audiences.is_empty()
                    && audiences.iter().all(|audience| audience.kind == AudienceKind::Operator) =>
            {
                Verb::Notify
            }
            // By the clock, data goes and nobody's words.
            Deed::Verb(Verb::DeleteContent)
                if event == Event::Schedule
                    && !kind(&[AudienceKind::NonFollowers, AudienceKind::Members]) =>
            {
                return None;
            }
            Deed::Verb(Verb::Dm | Verb::Post) if self.platform == Some("email") => Verb::Email,
            Deed::Verb(Verb::Post) if self.is_private() => Verb::Dm,
            Deed::Verb(Verb::Post)
                if self.chat && audiences.is_empty() && place.is_none() && !self.scope.people.is_empty() =>
            {
                Verb::Dm
            }
            Deed::Pass
                if kind(&[
                    AudienceKind::OwnFollowers,
                    AudienceKind::Members,
                    AudienceKind::Contacts,
                    AudienceKind::OptInList,
                    AudienceKind::NonResponders,
                ]) && !doing.texts.is_empty() =>
            {
                Verb::Dm
            }
            Deed::Add
                if !self.chat
                    && (kind(&[AudienceKind::FollowersOf, AudienceKind::FollowingOf])
                        || audiences.iter().any(|audience| {
                            audience.kind == AudienceKind::EngagersOf && !audience.of.is_empty()
                        })) =>
            {
                Verb::Follow
            }
            Deed::Verb(Verb::DeleteContent | Verb::Kick | Verb::Block | Verb::RemoveFollower)
                if kind(&[AudienceKind::NonFollowers]) =>
            {
                Verb::Unfollow
            }
            Deed::Verb(verb) => verb,
            Deed::Mail if event.is_inbound() || kind(&[AudienceKind::Operator]) || event == Event::Error => {
                Verb::Notify
            }
            Deed::Mail => Verb::Email,
            Deed::Pass
                if matches!(event, Event::PostBy | Event::PostMatch | Event::FeedItem)
                    && !kind(&[AudienceKind::Operator]) =>
            {
                Verb::Repost
            }
            // `digest: { cron: …, send_via: dm }`: to whoever gets it.
            Deed::Pass
                if event == Event::Schedule
                    && place.is_some_and(|(place, _)| place == Visibility::Private)
                    && !kind(&[AudienceKind::Operator]) =>
            {
                Verb::Dm
            }
            Deed::Pass => Verb::Notify,
            // What nobody wrote cannot be put away.
            Deed::Ignore
                if matches!(
                    event,
                    Event::Schedule
                        | Event::NoReply
                        | Event::MemberIdle
                        | Event::NotFollowedBack
                        | Event::Followed
                        | Event::Unfollowed
                        | Event::MemberJoined
                        | Event::MemberLeft
                ) =>
            {
                return None;
            }
            Deed::Ignore => Verb::Archive,
            Deed::Mirror if event.is_inbound() => Verb::Notify,
            Deed::Mirror if event == Event::Followed => Verb::Follow,
            Deed::Mirror => Verb::Repost,
            Deed::Trade => Verb::TradeEngagement,
            Deed::Add if event == Event::Followed => Verb::Follow,
            Deed::Add => Verb::Invite,
            Deed::Remove
                if kind(&[
                    AudienceKind::NonFollowers,
                    AudienceKind::FollowedByTool,
                    AudienceKind::OwnFollowing,
                ]) || event == Event::NotFollowedBack =>
            {
                Verb::Unfollow
            }
            Deed::Remove if event.is_inbound() => Verb::Archive,
            Deed::Remove if event == Event::PostMatch => Verb::DeleteContent,
            Deed::Remove
                if matches!(event, Event::NoReply | Event::MemberIdle)
                    || kind(&[AudienceKind::Members, AudienceKind::NonResponders]) =>
            {
                Verb::Kick
            }
            Deed::Remove | Deed::Collect | Deed::Review | Deed::Close => return None,
            Deed::Message if event == Event::Schedule && place.is_none() && self.scope.room.is_none() => {
                Verb::Dm
            }
            Deed::Say
            | Deed::Message
            | Deed::Greet
            | Deed::Farewell
            | Deed::Thank
            | Deed::Nudge
            | Deed::Shame
            | Deed::Pitch => {
                // Steps of a sequence go to whoever is in it; a plan of posts is called otherwise.
                let follows_up =
                    frame.sequence && Phrase::read(&frame.name).any(&[Concept::Sequence, Concept::Lead]);
                self.speaking(doing, event, audiences, place, follows_up)
            }
        })
    }

    /// Whether everything on the platform goes to one person.
    fn is_private(&self) -> bool {
        matches!(self.platform, Some("whatsapp" | "signal" | "viber" | "email")) && self.scope.room.is_none()
    }

    /// How something is said whose way the file does not name.
    fn speaking(
        &self,
        doing: &Doing,
        event: Event,
        audiences: &[Audience],
        place: Option<(Visibility, Site)>,
        follows_up: bool,
    ) -> Verb {
        match place {
            Some((Visibility::Operator | Visibility::Team, _)) => return Verb::Notify,
            Some((Visibility::Public | Visibility::Followers, _)) if !event.is_inbound() => {
                return Verb::Post;
            }
            Some((Visibility::Private, _)) => return Verb::Dm,
            _ => {}
        }
        if audiences.iter().any(|audience| audience.kind == AudienceKind::Operator) && doing.texts.is_empty()
        {
            return Verb::Notify;
        }
        match event {
            Event::Unfollowed | Event::MemberLeft | Event::Sanctioned => {
                let publicly = doing.texts.iter().any(names_to_others);
                if publicly
                    || doing.texts.is_empty() && event != Event::Sanctioned
                    || matches!(doing.deed, Deed::Shame)
                {
                    Verb::Post
                } else {
                    Verb::Dm
                }
            }
            Event::MemberJoined if self.chat => Verb::Post,
            Event::Schedule if self.platform == Some("email") => Verb::Email,
            Event::Schedule if self.is_private() => Verb::Dm,
            Event::Schedule if !self.scope.people.is_empty() && (self.chat || self.platform.is_none()) => {
                Verb::Dm
            }
            Event::Schedule if audiences.is_empty() && !follows_up => Verb::Post,
            event
                if event.is_inbound()
                    || matches!(event, Event::Fallback | Event::PostMatch | Event::PostBy) =>
            {
                Verb::Reply
            }
            Event::FeedItem | Event::Trend | Event::Webhook => Verb::Post,
            Event::Error => Verb::Notify,
            _ => Verb::Dm,
        }
    }
}

/// Whether an act consists of words.
const fn speaks(verb: Verb) -> bool {
    matches!(verb, Verb::Post | Verb::Quote | Verb::Reply | Verb::Comment | Verb::Dm | Verb::Email)
}
