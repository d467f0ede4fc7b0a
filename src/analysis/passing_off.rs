//! Posts of others that an account passes off as its own: copies of what named accounts post, with the origin
//! hidden. One hidden origin proves nothing, because many copy from a place of their own.

use std::collections::BTreeSet;

use super::Discovery;
use super::voices::plain;
use crate::model::{Action, Event, Site, Stated, SwitchKind, Verb, View, Visibility, World};

/// So many sources are hardly all one's own.
const MANY_SOURCES: usize = 3;

/// Where it says that copies of somebody's posts show no origin.
pub(super) fn hides_origin(view: &View<'_>, action: &Action) -> Option<Site> {
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    let of_others = !triggers.is_empty() && triggers.iter().all(|trigger| trigger.event == Event::PostBy);
    match action.marked {
        Stated::Known(false, site)
            if of_others && action.verb == Verb::Post && action.visible_to() != Visibility::Private =>
        {
            Some(site)
        }
        _ => None,
    }
}

/// A finding where an account passes off the posts of others as its own: the origin is hidden, and it takes
/// out what would give it away, or it collects from so many places that they cannot all be its own.
pub(super) fn find<'m>(
    world: &'m World<'m>,
    account: usize,
    hidden: Vec<(usize, &'m Action, Site)>,
) -> Option<Discovery<'m>> {
    let (_, _, first) = hidden.first()?;
    let switches = &world.model.accounts.get(account)?.switches;
    let strips = switches
        .iter()
        .find(|switch| switch.kind == SwitchKind::StripsOrigin && switch.on.get() == Some(true));
    let sources: BTreeSet<String> = hidden
        .iter()
        .filter_map(|(number, ..)| world.model.automations.get(*number))
        .flat_map(|automation| &automation.triggers)
        .flat_map(|trigger| trigger.from.iter().flat_map(|from| &from.of))
        .map(|text| plain(&text.text))
        .collect();
    if strips.is_none() && sources.len() < MANY_SOURCES {
        return None;
    }
    let mut labels = vec![(*first, "copies posts of others and hides where they come from".to_owned())];
    if let Some(site) = strips.and_then(|switch| switch.on.site()) {
        labels.push((site, "takes their names and links out".to_owned()));
    }
    let notes = match sources.len() {
        0 | 1 => Vec::new(),
        several => vec![format!("the posts come from {several} places")],
    };
    let actions = hidden.into_iter().map(|(number, action, _)| (number, action)).collect();
    Some(Discovery { actions, labels, notes, ..Discovery::of(account) })
}
