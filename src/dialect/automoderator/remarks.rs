//! What AutoModerator would refuse or ignore: unknown keys, values it does not have, settings without effect.

use super::keys::{
    ACTIONS, ASIDES, GROUPS, Group, MODIFIERS, NEEDS, NUMBERS, STANDARDS, TYPES, checks, deeds, fields,
};
use super::rule::Keys;
use super::search::Search;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::Site;
use crate::names::nearest;
use crate::syntax::{Entry, Kind};

/// Adds the remarks on one rule.
pub(super) fn add(keys: &Keys<'_>, lowered: &mut Lowered) {
    unknown(keys, Group::Item, lowered);
    for (group, below) in keys.groups() {
        unknown(&below, group, lowered);
    }
    values(keys, lowered);
    inert(keys, lowered);
    for (_, entry) in keys.iter() {
        smart_quotes(keys, entry, lowered);
    }
}

fn unknown(keys: &Keys<'_>, group: Group, lowered: &mut Lowered) {
    let lists = [checks(group), deeds(group), ASIDES, if group == Group::Person { NUMBERS } else { &[] }];
    let groups = GROUPS.iter().map(|(name, _)| *name).filter(|_| group == Group::Item);
    let names: Vec<_> = lists.into_iter().flatten().copied().chain(groups).collect();
    for (key, entry) in keys.iter() {
        if names.contains(&key) || (key == "~author" && group == Group::Item) {
            continue;
        }
        let wrong = match Search::parse(key) {
            Some(search) => match search.unknown(group) {
                None => continue,
                Some(wrong) => wrong.to_owned(),
            },
            None => key.to_owned(),
        };
        let known = names.iter().chain(fields(group)).chain(MODIFIERS).copied();
        let help = match nearest(&wrong, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "delete it; a rule with an unknown key is not saved".to_owned(),
        };
        let text = format!("AutoModerator does not know `{wrong}` here");
        lowered.remark(RemarkKind::UnknownKey, keys.reader.site(entry.key), text, help);
    }
}

/// Values that come from a closed list.
fn values(keys: &Keys<'_>, lowered: &mut Lowered) {
    let standards: Vec<_> = STANDARDS.iter().map(|(name, _)| *name).collect();
    let lists = [("action", ACTIONS), ("type", TYPES), ("standard", &standards)];
    for (key, list) in lists {
        let Some(value) = keys.value(key) else { continue };
        if value.kind() == Kind::Scalar && (value.templated() || list.contains(&value.text())) {
            continue;
        }
        let help = format!("use one of {}", list.join(", "));
        let text = format!("`{key}` cannot be `{}`", value.text());
        lowered.remark(RemarkKind::Malformed, keys.reader.site(value), text, help);
    }
}

fn inert(keys: &Keys<'_>, lowered: &mut Lowered) {
    let acts = |keys: &Keys<'_>, group| deeds(group).iter().any(|deed| keys.value(deed).is_some());
    let below = keys.groups().iter().any(|(group, below)| acts(below, *group));
    let first = keys.iter().map(|(_, entry)| keys.reader.site(entry.key)).min();
    if let Some(site) = first.filter(|_| !below && !acts(keys, Group::Item)) {
        let help = "add an action, or delete it";
        lowered.remark(RemarkKind::Inert, site, "this rule does nothing when it matches", help);
        return;
    }
    for (key, needed) in NEEDS {
        let alone = keys.value(needed).is_none() && !below;
        if let Some(entry) = keys.entry(key).filter(|_| alone) {
            let text = format!("`{key}` has no effect without `{needed}`");
            let help = format!("add `{needed}`, or delete it");
            lowered.remark(RemarkKind::Inert, keys.reader.site(entry.key), text, help);
        }
    }
}

/// Quotation marks of a word processor do not quote; they become part of what is searched.
fn smart_quotes(keys: &Keys<'_>, entry: Entry<'_>, lowered: &mut Lowered) {
    let is_search = Search::parse(&entry.key.text().to_lowercase())
        .is_some_and(|search| search.unknown(Group::Item).is_none());
    let texts = keys.reader.texts(entry.value);
    let quoted = texts.iter().find(|text| text.text.starts_with(['“', '”', '‘']));
    let site: Option<Site> = quoted.filter(|_| is_search).map(|text| text.site);
    if let Some(site) = site {
        let text = "curly quotation marks are searched for like letters";
        lowered.remark(RemarkKind::Inert, site, text, "use straight quotation marks");
    }
}
