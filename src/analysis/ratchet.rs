//! Following that feeds itself, and its milder form: crawling fixed accounts while following back everybody,
//! which grows steadily without feeding itself.

use super::effects::Loop;
use super::{Discovery, Study, live_actions, loops};
use crate::diagnostic::Severity;
use crate::model::{Action, AudienceKind, Event, Verb, View, World};

/// So many people are a group that somebody knows; a larger audience is a crawl with an end far away.
const FEW: f64 = 50.0;

/// A follow that no person decides: the number of its automation, its surroundings, the action.
type Follow<'m> = (usize, View<'m>, &'m Action);

/// Finds ratchets: the cycles of the effect graph, then the accounts that only grow steadily.
pub(super) fn find<'m>(study: &Study<'m>) -> Vec<Discovery<'m>> {
    let mut found = loops::find(study, Loop::Ratchet);
    let feeding: Vec<usize> = found.iter().map(|discovery| discovery.account).collect();
    let steady = (0..study.world.model.accounts.len()).filter(|account| !feeding.contains(account));
    found.extend(steady.filter_map(|account| steady_growth(study, account)));
    found
}

/// Crawling fixed accounts and following back everybody.
fn steady_growth<'m>(study: &Study<'m>, account: usize) -> Option<Discovery<'m>> {
    let follows = follows(study.world, account);
    let backs: Vec<_> = follows.iter().filter(|(_, view, action)| follows_back(view, action)).collect();
    let crawls: Vec<_> = follows.iter().filter(|(_, _, action)| crawls_strangers(action)).collect();
    if crawls.is_empty() || backs.is_empty() {
        return None;
    }
    let mut labels: Vec<_> = crawls
        .iter()
        .map(|(_, _, action)| (action.audience.site, "follows strangers around fixed accounts".to_owned()))
        .collect();
    labels
        .extend(backs.iter().map(|(_, _, action)| (action.site, "follows back whoever follows".to_owned())));
    let mut notes =
        vec!["the crawl's targets are fixed, so this grows steadily rather than feeding itself".to_owned()];
    let share = study.assumptions.number("follow-back");
    notes.extend(crawls.first().and_then(|(_, view, _)| pace(view, share)));
    let actions = crawls.iter().chain(&backs).map(|(number, _, action)| (*number, *action)).collect();
    let severity = Some(Severity::Warning);
    Some(Discovery { labels, severity, notes, actions, ..Discovery::of(account) })
}

fn follows<'m>(world: &'m World<'m>, account: usize) -> Vec<Follow<'m>> {
    live_actions(world, account)
        .filter(|(_, view)| !view.is_approved())
        .filter_map(|(number, view)| Some((number, view, view.action?)))
        .filter(|(_, _, action)| action.verb == Verb::Follow)
        .collect()
}

/// What a day brings: as many as the cap allows, of whom some return the follow.
fn pace(view: &View<'_>, share: f64) -> Option<String> {
    let per_day = view.rate().per_day?;
    let gained = (per_day * share).round();
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

/// Whether an action follows people gathered around somebody else, more of them than anybody knows.
fn crawls_strangers(action: &Action) -> bool {
    let gathered = matches!(
        action.audience.kind,
        AudienceKind::FollowersOf | AudienceKind::FollowingOf | AudienceKind::EngagersOf
    );
    gathered && action.audience.size.get().is_none_or(|size| size > FEW)
}
