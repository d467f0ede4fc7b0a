//! Which accounts of both versions are the same, and which automations: by what they do, then by their names.

use std::collections::{BTreeMap, VecDeque};

use super::Side;
use crate::model::{AudienceKind, Event, Verb, View, Visibility, partners};
use crate::narrate::sentence;

/// Accounts of the old version and those of the new one that they are.
pub(super) struct Accounts {
    of_old: BTreeMap<usize, usize>,
    of_new: BTreeMap<usize, usize>,
}

impl Accounts {
    /// The account of the new version.
    pub(super) fn after(&self, old: usize) -> Option<usize> {
        self.of_old.get(&old).copied()
    }

    /// Every account once: those of the new version with their partners, then those that are gone.
    pub(super) fn all(&self, new: usize, old: usize) -> Vec<(Option<usize>, Option<usize>)> {
        let here = (0..new).map(|number| (self.of_new.get(&number).copied(), Some(number)));
        let gone = (0..old).filter(|number| !self.of_old.contains_key(number));
        here.chain(gone.map(|number| (Some(number), None))).collect()
    }

    fn put(&mut self, old: usize, new: usize) {
        self.of_old.insert(old, new);
        self.of_new.insert(new, old);
    }

    /// Pairs what is left and has the same key; where several have it, none.
    fn add<K: Ord>(
        &mut self,
        sizes: (usize, usize),
        key_of_old: impl Fn(usize) -> K,
        key_of_new: impl Fn(usize) -> K,
    ) {
        let mut left: BTreeMap<K, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for old in (0..sizes.0).filter(|old| !self.of_old.contains_key(old)) {
            left.entry(key_of_old(old)).or_default().0.push(old);
        }
        for new in (0..sizes.1).filter(|new| !self.of_new.contains_key(new)) {
            left.entry(key_of_new(new)).or_default().1.push(new);
        }
        for (olds, news) in left.into_values() {
            if let ([old], [new]) = (olds.as_slice(), news.as_slice()) {
                self.put(*old, *new);
            }
        }
    }
}

/// Accounts by what makes accounts of several files one; else by name and file; else by the file, where it speaks of
/// one account only.
pub(super) fn accounts(old: &Side<'_>, new: &Side<'_>) -> Accounts {
    let mut found = Accounts { of_old: BTreeMap::new(), of_new: BTreeMap::new() };
    for (one, other) in partners(&old.model.accounts, &new.model.accounts) {
        found.put(one, other);
    }
    let sizes = (old.model.accounts.len(), new.model.accounts.len());
    let name = |side: &Side<'_>, number: usize| side.model.accounts.get(number).map(|one| one.name.clone());
    let file = |side: &Side<'_>, number: usize| {
        side.model.accounts.get(number).map(|one| (side.file)(one.site.used.file))
    };
    found.add(
        sizes,
        |number| (name(old, number), file(old, number)),
        |number| (name(new, number), file(new, number)),
    );
    found.add(sizes, |number| name(old, number), |number| name(new, number));
    found.add(sizes, |number| file(old, number), |number| file(new, number));
    found
}

/// Automations of both versions, by their numbers: those that are the same, those that are gone, those that are new.
pub(super) struct Automations {
    pub(super) same: Vec<(usize, usize)>,
    pub(super) gone: Vec<usize>,
    pub(super) new: Vec<usize>,
}

/// An automation with its number.
pub(super) type Numbered<'m> = (usize, View<'m>);

/// What an automation is recognised by; the closest likeness first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Same(String, String),
    Sentence(String),
    NameAndDeed(String, Vec<Event>, Vec<Act>),
    Deed(Vec<Event>, Vec<Act>),
    NameAndEvent(String, Vec<Event>),
    NameAndActs(String, Vec<Act>),
    Name(String),
    Acts(Vec<Act>),
}

/// What is done to whom, and who sees it.
type Act = (Verb, AudienceKind, Visibility);

const LIKENESSES: usize = 8;

/// Pairs the automations of one account: by what is said of them, then by what sets them off and what they do to whom
/// in front of whom, then by name.
pub(super) fn automations(old: &[Numbered<'_>], new: &[Numbered<'_>]) -> Automations {
    let mut found = Automations { same: Vec::new(), gone: Vec::new(), new: Vec::new() };
    let mut left_old: Vec<&Numbered<'_>> = old.iter().collect();
    let mut left_new: Vec<&Numbered<'_>> = new.iter().collect();
    for likeness in 0..LIKENESSES {
        let mut waiting: BTreeMap<Key, VecDeque<usize>> = BTreeMap::new();
        for (number, view) in &left_old {
            waiting.entry(key(view, likeness)).or_default().push_back(*number);
        }
        let mut paired = Vec::new();
        left_new.retain(|(number, view)| {
            let partner = waiting.get_mut(&key(view, likeness)).and_then(VecDeque::pop_front);
            paired.extend(partner.map(|partner| (partner, *number)));
            partner.is_none()
        });
        let taken: std::collections::BTreeSet<usize> = paired.iter().map(|(partner, _)| *partner).collect();
        left_old.retain(|(number, _)| !taken.contains(number));
        found.same.extend(paired);
    }
    found.same.sort_by_key(|(_, new)| *new);
    found.gone = left_old.into_iter().map(|(number, _)| *number).collect();
    found.new = left_new.into_iter().map(|(number, _)| *number).collect();
    found
}

fn key(view: &View<'_>, likeness: usize) -> Key {
    let name = || view.automation.map(|automation| automation.name.clone()).unwrap_or_default();
    match likeness {
        0 => Key::Same(name(), sentence(view)),
        1 => Key::Sentence(sentence(view)),
        2 => Key::NameAndDeed(name(), events(view), acts(view)),
        3 => Key::Deed(events(view), acts(view)),
        4 => Key::NameAndEvent(name(), events(view)),
        5 => Key::NameAndActs(name(), acts(view)),
        6 => Key::Name(name()),
        _ => Key::Acts(acts(view)),
    }
}

fn events(view: &View<'_>) -> Vec<Event> {
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    let mut events: Vec<Event> = triggers.iter().map(|trigger| trigger.event).collect();
    events.sort_unstable();
    events.dedup();
    events
}

/// What is done, in its order.
pub(super) fn acts(view: &View<'_>) -> Vec<Act> {
    let actions = view.actions().filter_map(|view| view.action);
    actions.map(|action| (action.verb, action.audience.kind, action.visible_to())).collect()
}
