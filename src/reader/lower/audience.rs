//! Whom an action reaches, where several entries say so or none does.

use crate::model::{Audience, AudienceKind, Event, Site, Text, Verb};
use crate::reader::clauses::frame::{Doing, Frame};

/// The people of an act: its own, else those of its section; names and kinds are joined.
pub(crate) fn united(doing: &Doing, frame: &Frame) -> Vec<Audience> {
    // `who: not_following_back, drop: all` means all of those.
    let all_of_those = doing.audiences.iter().all(|audience| audience.kind == AudienceKind::Random)
        && frame.audiences.iter().any(|audience| audience.kind == AudienceKind::NonFollowers);
    if all_of_those {
        return joined(frame.audiences.clone());
    }
    let own = if doing.audiences.is_empty() { &frame.audiences } else { &doing.audiences };
    let mut all: Vec<Audience> = own.clone();
    all.retain(|audience| !is_nobody(audience));
    if !doing.audiences.is_empty() {
        // `follow: followers` beside `seeds: […]` is the followers of the seeds.
        let named =
            |audience: &&Audience| !audience.of.is_empty() || audience.kind == AudienceKind::FollowersOf;
        all.extend(frame.audiences.iter().filter(named).cloned());
    }
    joined(all)
}

/// Kinds of people and names that belong together: `followers` and `seeds: […]` are the followers of the seeds.
pub(crate) fn joined(mut all: Vec<Audience>) -> Vec<Audience> {
    let has = |all: &[Audience], kind: AudienceKind| all.iter().position(|audience| audience.kind == kind);
    let names: Vec<Text> = all
        .iter()
        .filter(|audience| matches!(audience.kind, AudienceKind::Named | AudienceKind::FollowersOf))
        .flat_map(|audience| audience.of.clone())
        .collect();
    let follows = has(&all, AudienceKind::FollowersOf);
    let own_followers = all
        .iter()
        .position(|audience| audience.kind == AudienceKind::OwnFollowers && !audience.of.is_empty());
    let bare_followers =
        all.iter().position(|audience| audience.kind == AudienceKind::OwnFollowers && audience.of.is_empty());
    let joined = follows.is_some() || bare_followers.is_some() && !names.is_empty();
    if let (Some(at), true) = (bare_followers.or(follows).or(own_followers), joined) {
        let site = all.get(at).map_or(Site::default(), |audience| audience.site);
        let mut audience = Audience::new(AudienceKind::FollowersOf, site);
        audience.of = if names.is_empty() && bare_followers.is_none() || own_followers.is_some() {
            vec![Text { text: AudienceKind::OwnFollowers.name().to_owned(), site }]
        } else {
            names
        };
        let mut rest: Vec<Audience> = all
            .into_iter()
            .filter(|other| {
                !matches!(
                    other.kind,
                    AudienceKind::Named | AudienceKind::FollowersOf | AudienceKind::OwnFollowers
                )
            })
            .filter(|other| other.kind == AudienceKind::Operator)
            .collect();
        rest.insert(0, audience);
        return rest;
    }
    if let Some(at) = follows
        && let Some(audience) = all.get_mut(at)
        && audience.of.is_empty()
    {
        audience.of = vec![Text { text: AudienceKind::OwnFollowers.name().to_owned(), site: audience.site }];
    }
    let mut united: Vec<Audience> = Vec::new();
    for mut audience in all {
        if audience.kind == AudienceKind::OwnFollowers {
            audience.of.clear();
        }
        match united.iter_mut().find(|known| known.kind == audience.kind) {
            Some(known) => known.of.extend(audience.of),
            None => united.push(audience),
        }
    }
    // Who agreed is reached, whatever else is said of them.
    if let Some(at) = united.iter().position(|audience| audience.kind == AudienceKind::OptInList) {
        return vec![united.swap_remove(at)];
    }
    united
}

/// Whom an act reaches of which the file says nothing.
pub(crate) fn default_audience(verb: Verb, event: Event, frame: &Frame) -> AudienceKind {
    match verb {
        Verb::Unfollow | Verb::RemoveFollower if event == Event::NotFollowedBack => {
            let said = frame.triggers.iter().any(|trigger| trigger.event == Event::NotFollowedBack);
            if said { AudienceKind::NonFollowers } else { AudienceKind::FollowedByTool }
        }
        Verb::Unfollow | Verb::RemoveFollower => AudienceKind::OwnFollowing,
        Verb::Post | Verb::Repost | Verb::Quote | Verb::Archive => AudienceKind::Public,
        Verb::Like | Verb::ViewStory if !frame.schedule.is_absent() || !frame.limits.is_empty() => {
            AudienceKind::Random
        }
        Verb::Like | Verb::ViewStory => AudienceKind::Random,
        Verb::Comment => AudienceKind::Search,
        _ => AudienceKind::List,
    }
}

/// Whether the names of an audience are times, amounts or ways of sending, and nobody's: `08:00-19:00`, `>4`, `sms`.
fn is_nobody(audience: &Audience) -> bool {
    const WAYS: [&str; 9] =
        ["sms", "email", "mail", "whatsapp", "telegram", "push", "dm", "webchat", "phone"];
    let is_thing = |text: &Text| {
        let text = text.text.trim();
        !text.chars().any(char::is_alphabetic) || WAYS.contains(&text.to_lowercase().as_str())
    };
    audience.kind == AudienceKind::Named && !audience.of.is_empty() && audience.of.iter().all(is_thing)
}
