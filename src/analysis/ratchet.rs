//! Following that feeds itself: the forms that show in the actions of one account.
//! A crawl of our own followers' followers is a cycle by itself, because every new follower refills it.

use super::{Discovery, live_actions};
use crate::diagnostic::Severity;
use crate::model::{Action, AudienceKind, Event, Verb, View, World};

/// Of a hundred people who are followed, 5 to 15 follow back; the upper end.
const TYPICAL_RETURN: f64 = 0.15;

/// So many people are a group that somebody knows; a larger audience is a crawl with an end far away.
const FEW: f64 = 50.0;

/// A follow that no person decides: the number of its automation, its surroundings, the action.
type Follow<'m> = (usize, View<'m>, &'m Action);

/// Finds ratchets, account by account.
pub(super) fn find<'m>(world: &'m World<'m>) -> Vec<Discovery<'m>> {
    (0..world.model.accounts.len()).filter_map(|account| in_account(world, account)).collect()
}

fn in_account<'m>(world: &'m World<'m>, account: usize) -> Option<Discovery<'m>> {
    let follows: Vec<Follow<'m>> = live_actions(world, account)
        .filter(|(_, view)| !view.is_approved())
        .filter_map(|(number, view)| Some((number, view, view.action?)))
        .filter(|(_, _, action)| action.verb == Verb::Follow)
        .collect();
    let backs: Vec<_> = follows.iter().filter(|(_, view, action)| follows_back(view, action)).collect();
    let feeding: Vec<_> = follows.iter().filter(|(_, _, action)| feeds_itself(action)).collect();
    let is_feeding = !feeding.is_empty();
    let crawls = if is_feeding {
        feeding
    } else {
        follows.iter().filter(|(_, _, action)| crawls_strangers(action)).collect()
    };
    if crawls.is_empty() || (!is_feeding && backs.is_empty()) {
        return None;
    }
    let mut labels: Vec<_> =
        crawls.iter().map(|(_, _, action)| (action.audience.site, crawl_sentence(action))).collect();
    labels
        .extend(backs.iter().map(|(_, _, action)| (action.site, "follows back whoever follows".to_owned())));
    let growth = if is_feeding {
        "every person gained brings fresh people to follow, so a cap slows it and does not stop it"
    } else {
        "the crawl's targets are fixed, so this grows steadily rather than feeding itself"
    };
    let mut notes = vec![growth.to_owned()];
    notes.extend(crawls.first().and_then(|(_, view, _)| pace(view)));
    let actions = crawls.iter().chain(&backs).map(|(number, _, action)| (*number, *action)).collect();
    let severity = Some(if is_feeding { Severity::Error } else { Severity::Warning });
    Some(Discovery { account, actions, labels, severity, confidence: None, notes })
}

/// What a day brings: as many as the cap allows, of whom some return the follow.
fn pace(view: &View<'_>) -> Option<String> {
    let per_day = view.rate().per_day?;
    let gained = (per_day * TYPICAL_RETURN).round();
    if gained < 1.0 {
        return None;
    }
    Some(format!("capped at {per_day:.0} follows a day; typically about {gained:.0} of them follow back"))
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

/// Whether the audience runs out after a few people.
fn is_small(action: &Action) -> bool {
    action.audience.size.get().is_some_and(|size| size <= FEW)
}

/// Whether an action follows people gathered around our own followers or follows.
fn feeds_itself(action: &Action) -> bool {
    action.audience.is_self_referential() && !is_small(action)
}

/// Whether an action follows people gathered around somebody else.
fn crawls_strangers(action: &Action) -> bool {
    let gathered = matches!(
        action.audience.kind,
        AudienceKind::FollowersOf | AudienceKind::FollowingOf | AudienceKind::EngagersOf
    );
    gathered && !is_small(action)
}

fn crawl_sentence(action: &Action) -> String {
    let ours = |kind| action.audience.of.iter().any(|text| AudienceKind::parse(&text.text) == Some(kind));
    let whom = match () {
        () if ours(AudienceKind::OwnFollowers) => "your own followers",
        () if ours(AudienceKind::OwnFollowing) => "accounts you follow",
        () => "other accounts",
    };
    match action.audience.kind {
        AudienceKind::FollowingOf => format!("follows whoever {whom} follow"),
        AudienceKind::EngagersOf => format!("follows people who react to {whom}"),
        _ => format!("follows the followers of {whom}"),
    }
}
