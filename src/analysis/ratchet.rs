//! Following that feeds itself: the forms that show in the actions of one account.
//! A crawl of our own followers' followers is a cycle by itself, because every new follower refills it.

use super::{Discovery, live_actions};
use crate::diagnostic::Severity;
use crate::model::{Action, AudienceKind, Event, Verb, View, World};

/// Finds ratchets, account by account.
pub(super) fn find<'m>(world: &'m World<'m>) -> Vec<Discovery<'m>> {
    (0..world.model.accounts.len()).filter_map(|account| in_account(world, account)).collect()
}

fn in_account<'m>(world: &'m World<'m>, account: usize) -> Option<Discovery<'m>> {
    let follows: Vec<_> = live_actions(world, account)
        .filter(|(_, view)| !view.is_approved())
        .filter_map(|(number, view)| Some((number, view, view.action?)))
        .filter(|(_, _, action)| action.verb == Verb::Follow)
        .collect();
    let backs = follows.iter().filter(|(_, view, action)| follows_back(view, action));
    let feeding = follows.iter().find(|(_, _, action)| action.audience.is_self_referential());
    let crawl = feeding.or_else(|| follows.iter().find(|(_, _, action)| crawls_strangers(action)))?;
    let back = backs.into_iter().next();
    if feeding.is_none() && back.is_none() {
        return None;
    }
    let mut labels = vec![(crawl.2.audience.site, crawl_sentence(crawl.2))];
    labels.extend(back.map(|(_, _, action)| (action.site, "follows back whoever follows".to_owned())));
    let actions = std::iter::once(crawl).chain(back).map(|(number, _, action)| (*number, *action)).collect();
    let (severity, note) = if feeding.is_some() {
        (
            Severity::Error,
            "every person gained brings fresh people to follow, so a cap slows it and does not stop it",
        )
    } else {
        (
            Severity::Warning,
            "the crawl's targets are fixed, so this grows steadily rather than feeding itself",
        )
    };
    Some(Discovery {
        account,
        actions,
        labels,
        severity: Some(severity),
        confidence: None,
        notes: vec![note.to_owned()],
    })
}

/// Whether an action returns follows by machine.
fn follows_back(view: &View<'_>, action: &Action) -> bool {
    let batch = action.audience.kind == AudienceKind::OwnFollowers;
    let each = action.audience.kind == AudienceKind::Initiator
        && view.automation.is_some_and(|automation| {
            automation.triggers.iter().any(|trigger| trigger.event == Event::Followed)
        });
    batch || each
}

/// Whether an action follows people gathered around somebody else.
fn crawls_strangers(action: &Action) -> bool {
    let gathered = matches!(
        action.audience.kind,
        AudienceKind::FollowersOf | AudienceKind::FollowingOf | AudienceKind::EngagersOf
    );
    gathered && !action.audience.is_finite()
}

fn crawl_sentence(action: &Action) -> String {
    let of_us = action.audience.is_self_referential();
    let whom = if of_us { "your own followers" } else { "other accounts" };
    match action.audience.kind {
        AudienceKind::FollowingOf => format!("follows the accounts that {whom} follow"),
        AudienceKind::EngagersOf => format!("follows people who react to {whom}"),
        _ => format!("follows the followers of {whom}"),
    }
}
