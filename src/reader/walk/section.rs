//! One mapping as a section: its switch, the families of keys in it, and the order in which its entries are read.

use std::collections::HashMap;
use std::rc::Rc;

use crate::model::{Event, Site, Stated, Trigger};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::{Concept as C, Concepts};
use crate::reader::roles::audience::names_people_around;
use crate::reader::roles::value::{Given, given, is_sentence};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::container::is_rule_key;
use crate::reader::walk::{DEEPEST, Item, Subs, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// A mapping: fills its frame from its entries, then says what it does.
    pub(crate) fn section(&mut self, items: Vec<Item<'t>>, mut frame: Frame, depth: usize) {
        let (families, items) = self.families(items, depth);
        if let Some(off) = self.switch(&items, &mut frame) {
            self.switched_off(off, &frame);
            return;
        }
        if self.stop_rule(&items, &frame) {
            return;
        }
        if self.numbered_steps(&items, &frame) {
            return;
        }
        let is_table = self.own_handles.len() >= 2 && self.own_table(&items, &frame);
        let items: Vec<Item<'t>> = match is_table {
            true => items.into_iter().filter(|row| self.own_account(row.key.text()).is_none()).collect(),
            false => items,
        };
        self.moderates(&items, &mut frame);
        self.look_ahead(&items, &mut frame);
        frame.rule = items.iter().any(|item| is_rule_key(&item.phrase));
        self.asked_for_bot(&items, &frame);
        self.sign_in(&items, &frame);
        let mut subs = Subs::new();
        // What holds for the whole section comes first, wherever it stands.
        // A node of a dialogue answers whoever is in it.
        let leads_on = |item: &Item<'t>| {
            item.phrase.only(&[C::Next])
                && item.value.kind() == Kind::Scalar
                && self.nodes.contains(item.value.text())
                || is_choice(item.key.text()) && self.leads_to_nodes(item.value)
        };
        // In a dialogue every node answers, also those at which it ends.
        let holds_nodes = items.len() >= 2
            && items
                .iter()
                .filter(|item| item.value.kind() == Kind::Mapping && self.leads_on_below(item.value))
                .count()
                >= 2;
        // A pipeline leads on, too, and nobody talks to it.
        let works = |item: &Item<'t>| {
            item.phrase.only(&[C::Action]) && item.value.kind() == Kind::Scalar && {
                let value = item.said();
                value.any(&[C::Follow, C::Unfollow, C::Like, C::Repost, C::View, C::Invite, C::Collect])
            }
        };
        let leads = holds_nodes || items.iter().any(leads_on);
        if frame.triggers.is_empty() && !frame.name.is_empty() && leads && !items.iter().any(works) {
            frame.triggers.push(Trigger::new(Event::Command, frame.site));
            frame.joint = true;
            // Whoever talks to it is heard.
            if let Some(scope) = self.scope_of(frame.account) {
                scope.hears.get_or_insert(frame.site);
            }
        }
        let ranges: Vec<Deed> = items
            .iter()
            .filter(|item| {
                item.phrase.starts(C::Min)
                    && items.iter().any(|other| is_upper_end(&item.phrase, &other.phrase))
            })
            .filter_map(|item| Some(sense::act(&item.phrase)?.deed))
            .collect();
        // `min_likes` beside `max_likes` is a range that posts are chosen by.
        let is_range = |item: &Item<'t>| {
            !ranges.is_empty()
                && item.phrase.any(&[C::Max, C::Min])
                && sense::act(&item.phrase).is_some_and(|act| ranges.contains(&act.deed))
        };
        let items: Vec<Item<'t>> = items.into_iter().filter(|item| !is_range(item)).collect();
        let (items, accounts) = self.without_accounts(items);
        let (outer, inner): (Vec<_>, Vec<_>) = items.iter().partition(|item| self.is_detail(item));
        for item in outer.into_iter().chain(inner) {
            self.entry(item, &mut frame, &mut subs, depth);
        }
        for item in accounts {
            self.account_by_name(&item, &frame, depth);
        }
        for (name, items) in families {
            let mut inner =
                frame.inner(&name, items.first().map_or(frame.site, |item| self.reader.site(item.key)));
            let items = if is_echo(&name) { self.sister_voices(items, &mut inner) } else { items };
            self.section(items, inner, depth + 1);
        }
        self.finish(frame, subs);
    }

    /// `step1: follow`, `step2: like`; `day0: "like 4 posts"`, `day2: "dm:hello"`: acts in the order of their numbers, after
    /// so many days where the keys count them.
    fn numbered_steps(&mut self, items: &[Item<'t>], frame: &Frame) -> bool {
        const FEWEST: usize = 2;
        let number = |item: &Item<'t>| -> Option<(String, f64)> {
            let key = item.key.text();
            let digits = key.find(|letter: char| letter.is_ascii_digit()).filter(|at| *at > 0)?;
            let (name, number) = key.split_at_checked(digits)?;
            Some((name.trim_end_matches(['_', '-', ' ']).to_lowercase(), number.parse().ok()?))
        };
        let acts = |item: &Item<'t>| {
            item.value.kind() == Kind::Scalar
                && !is_sentence(item.value.text().split(':').next().unwrap_or_default())
                && sense::act(&Phrase::read(item.value.text().split(':').next().unwrap_or_default()))
                    .is_some()
        };
        let steps: Vec<&Item<'t>> =
            items.iter().filter(|item| number(item).is_some() && acts(item)).collect();
        let Some((name, _)) = steps.first().and_then(|item| number(item)) else { return false };
        let is_series = steps.len() >= FEWEST
            && steps.len() * 2 > items.len()
            && steps.iter().all(|item| number(item).is_some_and(|(other, _)| other == name));
        if !is_series {
            return false;
        }
        let unit = crate::reader::roles::value::unit_in(&Phrase::read(&name));
        let mut whole = Frame { joint: true, sequence: unit.is_some(), ..frame.clone() };
        let mut subs = Subs::new();
        for item in items.iter().filter(|item| !(number(item).is_some() && acts(item))) {
            self.entry(item, &mut whole, &mut subs, DEEPEST - 1);
        }
        for item in steps {
            let mut inner = Frame { joint: true, ..whole.inner("", self.reader.site(item.key)) };
            self.acts(item.value, &mut inner, DEEPEST - 1);
            if let (Some(unit), Some((_, count)), Some(first)) =
                (unit, number(item), inner.doings.first_mut())
            {
                first.delay = Stated::Known(count * unit, self.reader.site(item.key));
            }
            self.mark(item.key, Use::Used);
            whole.join(inner);
        }
        self.finish(whole, subs);
        true
    }

    /// What entries of a section say of others in it, wherever they stand.
    pub(crate) fn look_ahead(&mut self, items: &[Item<'t>], frame: &mut Frame) {
        frame.around = items.iter().any(names_people_around);
        let period = items.iter().find_map(|item| Some((item.key, self.period_of(item)?)));
        frame.per = period.map(|(_, kind)| kind);
        if let Some((key, _)) = period {
            self.mark(key, Use::Used);
        }
        self.drops_one_sided(items, frame);
    }

    /// `per: day`: for which period the numbers beside it are.
    fn period_of(&self, item: &Item<'t>) -> Option<crate::model::LimitKind> {
        let names_period = item.phrase.only(&[C::Per]) || item.phrase.only_words(&["period", "window"]);
        let is_word = item.value.kind() == Kind::Scalar && given(&self.reader, item.value) == Given::Said;
        if !names_period || !is_word || item.said().words.len() > 2 {
            return None;
        }
        sense::limit(item.said())
    }

    /// Whether one of the entries of a mapping leads to another section.
    pub(crate) fn leads_on_below(&self, node: NodeRef<'t>) -> bool {
        node.entries().any(|entry| {
            let key = Phrase::read(entry.key.text());
            let next = key.only(&[C::Next])
                && entry.value.kind() == Kind::Scalar
                && self.nodes.contains(entry.value.text());
            next || is_choice(entry.key.text()) && self.leads_to_nodes(entry.value)
        })
    }

    /// Whether one of the values below leads to another section: `options: { 1: parking, 2: waste }`.
    fn leads_to_nodes(&self, node: NodeRef<'t>) -> bool {
        let leads = |value: NodeRef<'t>| value.kind() == Kind::Scalar && self.nodes.contains(value.text());
        node.entries().any(|entry| leads(entry.value))
            || node.items().any(|item| {
                leads(item) || item.items().any(leads) || item.entries().any(|entry| leads(entry.value))
            })
    }

    /// Whether an entry says something of its section rather than opening one.
    fn is_detail(&self, item: &Item<'t>) -> bool {
        match item.value.kind() {
            Kind::Scalar => true,
            Kind::Sequence => given(&self.reader, item.value) != Given::Nested,
            Kind::Mapping => item.phrase.only(DETAILS),
        }
    }

    /// Reads the switch of a section. Gives the place of the switch if the section is off.
    pub(crate) fn switch(&mut self, items: &[Item<'t>], frame: &mut Frame) -> Option<Site> {
        for item in items {
            if !is_switch(&item.phrase) || item.value.kind() != Kind::Scalar {
                continue;
            }
            let site = self.reader.site(item.value);
            let inverted = item.phrase.has(C::Disabled) || item.phrase.has(C::Not);
            match (given(&self.reader, item.value), inverted) {
                (Given::Off | Given::Number(0.0), false) | (Given::On, true) => {
                    self.mark(item.key, Use::Used);
                    return Some(site);
                }
                (Given::Unknown, _) => frame.enabled = Stated::Unknown(site),
                _ => {}
            }
            self.mark(item.key, Use::Used);
        }
        None
    }

    /// Keys with a common beginning that is no word of the lexicon (`rc_text`, `rc_who`, `rc_every_min`) are a
    /// section of their own.
    pub(crate) fn families(
        &mut self,
        items: Vec<Item<'t>>,
        depth: usize,
    ) -> (Vec<(String, Vec<Item<'t>>)>, Vec<Item<'t>>) {
        if items.len() < 5 || depth > DEEPEST {
            return (Vec::new(), items);
        }
        let items = without_common_start(items);
        // `DISCOVER_TAGS`, `DISCOVER_ACTION`: a hunt with an act of its own.
        let hunts: std::collections::HashSet<String> = items
            .iter()
            .filter(|item| {
                item.phrase.words.len() == 2 && item.phrase.starts(C::Collect) && item.phrase.ends(C::Action)
            })
            .filter_map(|item| item.phrase.words.first().map(|word| word.text.clone()))
            .collect();
        let start = |item: &Item<'t>| -> Option<String> {
            let first = item.phrase.words.first()?;
            let is_name = item.phrase.words.len() > 1
                && (first.concepts.is_empty() || is_echo(&first.text) || hunts.contains(&first.text));
            let is_own = is_name && self.own_account(item.key.text()).is_some();
            (is_name && !is_own && item.value.kind() != Kind::Mapping).then(|| first.text.clone())
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for name in items.iter().filter_map(start) {
            *counts.entry(name).or_default() += 1;
        }
        counts.retain(|_, count| *count >= 2 && *count < items.len());
        let mut families: Vec<(String, Vec<Item<'t>>)> = Vec::new();
        let mut rest = Vec::new();
        for item in items {
            let Some(name) = start(&item).filter(|name| counts.contains_key(name)) else {
                rest.push(item);
                continue;
            };
            let words = item.phrase.words.iter().skip(1).cloned().collect::<Vec<_>>();
            let concepts = words.iter().fold(Concepts::default(), |all, word| all.and(word.concepts));
            let item = Item { phrase: Rc::new(Phrase { words, concepts }), ..item };
            match families.iter_mut().find(|(known, _)| *known == name) {
                Some((_, items)) => items.push(item),
                None => families.push((name, vec![item])),
            }
        }
        (families, rest)
    }
}

/// Words of sections that hold details of what stands around them.
pub(crate) const DETAILS: &[C] = &[
    C::Params,
    C::Rate,
    C::Max,
    C::Guard,
    C::Only,
    C::Except,
    C::Schedule,
    C::Delay,
    C::Text,
    C::To,
    C::Source,
    C::Mode,
    C::Enabled,
    C::Day,
    C::Hour,
    C::Per,
    C::People,
    C::Everyone,
];

/// `ECHO_ACCOUNTS`, `ALTS_LIST`: whether a family of keys is about accounts that repeat what another one says.
fn is_echo(name: &str) -> bool {
    let name = Phrase::read(name);
    name.words.len() == 1 && (name.word("echo") || name.has(C::Sister))
}

/// Takes a name that nearly all keys begin with (`MP_VOLLEY`, `MP_RALLY_HOURS`) out of them.
fn without_common_start(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let first = |item: &Item<'_>| {
        item.phrase.words.first().filter(|word| word.concepts.is_empty()).map(|word| word.text.clone())
    };
    let Some(name) = items.iter().find_map(first) else { return items };
    let count = items.iter().filter(|item| first(item).as_ref() == Some(&name)).count();
    if count * 10 < items.len() * 7 {
        return items;
    }
    items
        .into_iter()
        .map(|item| {
            if first(&item).as_ref() != Some(&name) || item.phrase.words.len() < 2 {
                return item;
            }
            let words: Vec<_> = item.phrase.words.iter().skip(1).cloned().collect();
            let concepts = words.iter().fold(Concepts::default(), |all, word| all.and(word.concepts));
            Item { phrase: Rc::new(Phrase { words, concepts }), ..item }
        })
        .collect()
}

/// Whether the second name is the upper end of the first: `min_likes` and `max_likes`.
fn is_upper_end(lower: &Phrase, upper: &Phrase) -> bool {
    let rest =
        |phrase: &Phrase| phrase.words.iter().skip(1).map(|word| word.text.clone()).collect::<Vec<_>>();
    upper.starts(C::Max) && rest(lower) == rest(upper)
}

/// Whether a key holds what somebody may choose in a dialogue.
fn is_choice(key: &str) -> bool {
    matches!(key, "choices" | "buttons" | "options" | "botones" | "tasti" | "boutons" | "knoepfe" | "go")
}

/// Whether a key is the switch of its section.
pub(crate) fn is_switch(phrase: &Phrase) -> bool {
    (phrase.only(&[C::Enabled, C::Disabled, C::Mode]) || phrase.words.len() == 1 && phrase.word("on"))
        && !phrase.only(&[C::Mode])
}
