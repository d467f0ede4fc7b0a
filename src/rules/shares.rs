//! Shares of an account's content: how much repeats its own family, how much only announces.

use crate::model::{AudienceKind, Event, Site, Verb, View};

/// The automations of an account that publish content, with the site of their first publication.
fn content<'m>(view: &View<'m>) -> Vec<(&'m crate::model::Automation, Site)> {
    view.automations()
        .filter(|automation| automation.enabled.get() != Some(false))
        .filter_map(|automation| {
            let publication = automation.actions.iter().find(|action| action.verb.is_publication())?;
            Some((automation, publication.site))
        })
        .collect()
}

/// The share of content automations that repost or quote accounts of the same owner, from 0 to 1.
pub(crate) fn own_repost_share(view: &View<'_>) -> Option<(f64, Site)> {
    let content = content(view);
    let mut sites = content.iter().filter_map(|(automation, site)| {
        let repeats =
            automation.actions.iter().any(|action| matches!(action.verb, Verb::Repost | Verb::Quote));
        let by_sister = automation.triggers.iter().any(|trigger| {
            trigger.event == Event::PostBy && trigger.from.as_ref().is_some_and(|from| is_sister(view, from))
        });
        (repeats && by_sister).then_some(*site)
    });
    let first = sites.next()?;
    let echoes = 1 + sites.count();
    Some((echoes as f64 / content.len() as f64, first))
}

/// Whether the account a trigger listens to belongs to the same owner: same declared group, or a handle that
/// shares the brand's first word (`@brand_deals`, `@brand_video`).
pub(crate) fn is_sister(view: &View<'_>, from: &crate::model::Audience) -> bool {
    if from.kind != AudienceKind::Named {
        return false;
    }
    let owner = view.account.owner_group.known();
    let of_owner = |handle: &str| {
        let handle = plain(handle);
        view.accounts().iter().any(|account| {
            !std::ptr::eq(account, view.account)
                && account.owner_group.known() == owner
                && account.identity.handle.known().is_some_and(|known| plain(known) == handle)
        })
    };
    if owner.is_some() && from.of.iter().any(|text| of_owner(&text.text)) {
        return true;
    }
    // Two accounts of one run that repeat each other are run by one hand.
    let repeats_us = |handle: &str| {
        let handle = plain(handle);
        let others = view.accounts().iter().filter(|account| !std::ptr::eq(*account, view.account));
        others
            .filter(|account| account.identity.handle.known().is_some_and(|known| plain(known) == handle))
            .any(|account| view.is_answered_by(account))
    };
    if from.of.iter().any(|text| repeats_us(&text.text)) {
        return true;
    }
    let own = view.account.owner_group.known().map(String::as_str);
    let own = own.or_else(|| view.account.identity.handle.known().map(String::as_str)).and_then(brand);
    own.is_some() && from.of.iter().any(|text| brand(&text.text) == own)
}

/// A handle without its sign and server, in lower case.
fn plain(handle: &str) -> String {
    handle.trim_start_matches('@').split('@').next().unwrap_or_default().to_lowercase()
}

/// Words with which handles of unrelated owners begin.
const COMMON: &[&str] =
    &["the", "my", "our", "your", "real", "official", "team", "daily", "news", "bot", "get"];

/// The first word of a handle, in lower case and without the sign; none if it says nothing of the owner.
fn brand(handle: &str) -> Option<String> {
    let name = handle.trim_start_matches('@');
    let word = name.split(['_', '-', '.', '@', ' ']).next().unwrap_or(name).to_lowercase();
    (word.chars().count() > 1 && !COMMON.contains(&word.as_str())).then_some(word)
}

/// The share of content automations that only announce: from a feed, or declared promotion.
pub(crate) fn announcement_share(view: &View<'_>) -> Option<(f64, Site)> {
    let content = content(view);
    let (_, first) = content.first()?;
    let announces = content.iter().filter(|(automation, _)| {
        let from_feed = automation.triggers.iter().any(|trigger| {
            matches!(trigger.event, Event::FeedItem | Event::Schedule | Event::PostBy | Event::Webhook)
        });
        let promotes = automation.actions.iter().any(|action| action.promotion.get() == Some(true));
        from_feed || promotes
    });
    Some((announces.count() as f64 / content.len() as f64, *first))
}
