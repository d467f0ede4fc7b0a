//! Following that feeds itself, and its milder form: crawling fixed accounts while following back everybody,
//! which grows steadily without feeding itself.

use std::collections::BTreeMap;

use super::effects::{Loop, Node};
use super::{Discovery, Study, loops};
use crate::diagnostic::Severity;
use crate::model::{Action, AudienceKind, Verb, View};

/// So many people are a group that somebody knows; a larger audience is a crawl with an end far away.
const FEW: f64 = 50.0;

/// A follow that no person decides: its automation in the effect graph, and the act.
type Follow<'s, 'm> = (&'s Node<'m>, &'m Action);

/// Finds ratchets: the cycles of the effect graph, then the accounts that only grow steadily.
pub(super) fn find<'m>(study: &Study<'m>) -> Vec<Discovery<'m>> {
    let mut found = loops::find(study, Loop::Ratchet);
    let feeding: Vec<usize> = found.iter().map(|discovery| discovery.account).collect();
    let mut accounts: BTreeMap<usize, Vec<Follow<'_, 'm>>> = BTreeMap::new();
    for node in study.effects().nodes.iter().filter(|node| !node.view.is_approved()) {
        let follows = node.acts.iter().filter(|action| action.verb == Verb::Follow);
        accounts.entry(node.account).or_default().extend(follows.map(|action| (node, *action)));
    }
    let steady = accounts.iter().filter(|(account, _)| !feeding.contains(account));
    found.extend(steady.filter_map(|(account, follows)| steady_growth(study, *account, follows)));
    found
}

/// Crawling fixed accounts and following back everybody.
fn steady_growth<'m>(study: &Study<'m>, account: usize, follows: &[Follow<'_, 'm>]) -> Option<Discovery<'m>> {
    let backs: Vec<_> = follows.iter().filter(|(node, action)| node.returns_follows(action)).collect();
    let crawls: Vec<_> = follows.iter().filter(|(_, action)| crawls_strangers(action)).collect();
    if crawls.is_empty() || backs.is_empty() {
        return None;
    }
    let mut labels: Vec<_> =
        crawls.iter().map(|(_, action)| (action.audience.site, sought(action).to_owned())).collect();
    labels.extend(backs.iter().map(|(_, action)| (action.site, "follows back whoever follows".to_owned())));
    let mut notes =
        vec!["what it crawls is fixed, so this grows steadily rather than feeding itself".to_owned()];
    let share = study.assumptions.number("follow-back");
    notes.extend(crawls.first().and_then(|(node, action)| pace(&node.view.on(action), share)));
    let actions = crawls.iter().chain(&backs).map(|(node, action)| (node.automation, *action)).collect();
    let severity = Some(Severity::Warning);
    Some(Discovery { labels, severity, notes, actions, ..Discovery::of(account) })
}

/// Whom a crawl brings.
fn sought(action: &Action) -> &'static str {
    match action.audience.kind {
        AudienceKind::Search => "follows strangers found by a search",
        _ => "follows strangers around fixed accounts",
    }
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

/// Whether an action follows people gathered around somebody else or by what they write, more of them than anybody knows.
fn crawls_strangers(action: &Action) -> bool {
    let gathered = matches!(
        action.audience.kind,
        AudienceKind::FollowersOf
            | AudienceKind::FollowingOf
            | AudienceKind::EngagersOf
            | AudienceKind::Search
    );
    gathered && action.audience.size.get().is_none_or(|size| size > FEW)
}
