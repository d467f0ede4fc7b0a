//! The walk over a file: each entry gets the role that its words, its value and its company suggest, and each
//! section that does something becomes a clause. Roles of single entries are in `slots`, acts in `acts`.

use std::collections::HashMap;
use std::rc::Rc;

use super::account::Scope;
use super::concept::{Concept as C, Concepts};
use super::frame::{Doing, Frame};
use super::idioms::{Key, Vocabulary, vocabulary};
use super::sense::{self, Deed};
use super::speech::Speech;
use super::value::{Given, given, is_address, is_sentence};
use super::words::Phrase;
use crate::dialect::{Candidate, Reader};
use crate::model::{Event, Site, Stated, Text, Trigger, Verb};
use crate::syntax::{Kind, NodeRef};

/// An entry with its key as words. In a flat family the words are those after the common beginning.
#[derive(Clone, Debug)]
pub(super) struct Item<'t> {
    pub(super) key: NodeRef<'t>,
    pub(super) phrase: Rc<Phrase>,
    /// The idioms in the whole key.
    pub(super) idioms: Rc<Key>,
    pub(super) value: NodeRef<'t>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It is part of what was understood.
    Used,
    /// It reaches nobody: logging, storage, networks.
    Clutter,
    /// Nothing was made of it.
    Unknown,
}

/// Acts of a section that stand in keys of their own: `follow_per_day`, `follow_tags`; one frame for each.
pub(super) type Subs = Vec<(Deed, Option<Event>, Frame)>;

pub(super) struct Walk<'t> {
    pub(super) reader: Reader<'t>,
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) scopes: Vec<Scope>,
    pub(super) clauses: Vec<Frame>,
    /// Texts by the name under which other entries refer to them.
    pub(super) catalogue: HashMap<String, Vec<NodeRef<'t>>>,
    /// Lists of names by the key that holds them: `sis: [a, b]`.
    pub(super) groups: HashMap<String, Vec<NodeRef<'t>>>,
    /// Names of sections: what other entries lead to.
    pub(super) nodes: std::collections::HashSet<&'t str>,
    pub(super) platforms: Vec<&'static str>,
    pub(super) uses: Vec<(NodeRef<'t>, Use)>,
    /// How many values are sentences.
    pub(super) sentences: usize,
    /// Whether a key speaks of something else than people: trading, cameras.
    pub(super) elsewhere: bool,
    /// Whether a key calls it a bot.
    pub(super) says_bot: bool,
    phrases: HashMap<&'t str, Rc<Phrase>>,
    keys: HashMap<&'t str, Rc<Key>>,
    /// Nodes that may still be looked at: aliases may otherwise multiply a small file without end.
    budget: usize,
}

/// Deeper sections are not looked into.
const DEEPEST: usize = 24;

impl<'t> Walk<'t> {
    pub(super) fn new(candidate: &Candidate<'t>) -> Self {
        Self {
            reader: Reader::new(*candidate, super::schema(candidate)),
            vocabulary: vocabulary(),
            scopes: Vec::new(),
            clauses: Vec::new(),
            catalogue: HashMap::new(),
            groups: HashMap::new(),
            nodes: std::collections::HashSet::new(),
            platforms: Vec::new(),
            uses: Vec::new(),
            sentences: 0,
            elsewhere: false,
            says_bot: false,
            phrases: HashMap::new(),
            keys: HashMap::new(),
            budget: candidate.tree.node_count().saturating_mul(4),
        }
    }

    /// Walks every document.
    pub(super) fn all(&mut self) {
        let tree = self.reader.candidate.tree;
        for document in tree.documents() {
            self.catalogue(document, 0);
        }
        // What is looked up beforehand must not use up what the reading needs.
        self.budget = tree.node_count().saturating_mul(4);
        for document in tree.documents() {
            let account = self.scope(document, None);
            let frame = Frame { account, whole: true, ..Frame::default() };
            self.node(document, frame, 0);
        }
    }

    /// Notes platforms and the texts that have names.
    fn catalogue(&mut self, node: NodeRef<'t>, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        let named: Vec<NodeRef<'t>> =
            node.items().filter(|item| item.kind() == Kind::Mapping).take(50).collect();
        for item in &named {
            let name = item
                .entries()
                .find(|entry| {
                    matches!(entry.key.text(), "handle" | "login" | "username" | "user" | "name" | "id")
                })
                .map(|entry| entry.value);
            let Some(name) = name.filter(|name| name.kind() == Kind::Scalar) else { continue };
            for entry in item.entries().filter(|entry| {
                entry.value.kind() == Kind::Scalar
                    && matches!(entry.key.text(), "role" | "group" | "kind" | "type" | "team")
            }) {
                self.groups.entry(entry.value.text().to_lowercase()).or_default().push(name);
            }
        }
        for item in node.items() {
            self.catalogue(item, depth + 1);
        }
        for entry in node.entries() {
            if !entry.key.text().starts_with(['!', '/']) {
                self.platform(entry.key, entry.value);
            }
            let is_text = |node: NodeRef<'t>| node.kind() == Kind::Scalar && is_sentence(node.text());
            let name = entry.key.text();
            match entry.value.kind() {
                Kind::Scalar if is_text(entry.value) => self.name_text(name, entry.value),
                Kind::Sequence if entry.value.items().next().is_some_and(is_text) => {
                    for item in entry.value.items().filter(|item| is_text(*item)) {
                        self.name_text(name, item);
                    }
                }
                Kind::Sequence if entry.value.items().all(|item| item.kind() == Kind::Scalar) => {
                    self.groups.entry(name.to_lowercase()).or_insert_with(|| entry.value.items().collect());
                }
                Kind::Mapping => {
                    self.nodes.insert(name);
                    // `welcome: { text: "…" }` can be named, too.
                    for inner in entry.value.entries() {
                        if is_text(inner.value) && self.phrase(inner.key).has(C::Text) {
                            self.name_text(name, inner.value);
                        }
                    }
                }
                _ => {}
            }
            if entry.value.kind() != Kind::Scalar {
                self.catalogue(entry.value, depth + 1);
            }
        }
    }

    fn name_text(&mut self, name: &str, node: NodeRef<'t>) {
        self.catalogue.entry(name.to_lowercase()).or_default().push(node);
    }

    fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    /// A key as words; the same text is read once.
    pub(super) fn phrase(&mut self, key: NodeRef<'t>) -> Rc<Phrase> {
        let text = key.text();
        Rc::clone(self.phrases.entry(text).or_insert_with(|| Rc::new(Phrase::read(text))))
    }

    /// The idioms in a key; the same text is read once.
    pub(super) fn idioms(&mut self, key: NodeRef<'t>) -> Rc<Key> {
        let text = key.text();
        Rc::clone(self.keys.entry(text).or_insert_with(|| Rc::new(self.vocabulary.read(text))))
    }

    pub(super) fn mark(&mut self, node: NodeRef<'t>, what: Use) {
        self.uses.push((node, what));
    }

    /// A node in the place of a section.
    pub(super) fn node(&mut self, node: NodeRef<'t>, frame: Frame, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        match node.kind() {
            Kind::Mapping => {
                let items = self.items_of(node);
                self.section(items, frame, depth);
            }
            Kind::Sequence if frame.sequence || self.is_sequence(node) => self.sequence(node, frame, depth),
            Kind::Sequence => {
                for item in node.items() {
                    let account = self.account_of_item(item, frame.account);
                    let whole = account != frame.account;
                    let inner =
                        Frame { joint: true, account, whole, ..frame.inner("", self.reader.site(item)) };
                    self.node(item, inner, depth + 1);
                }
            }
            Kind::Scalar => {}
        }
    }

    pub(super) fn items_of(&mut self, node: NodeRef<'t>) -> Vec<Item<'t>> {
        let entries = node.entries().map(|entry| (entry.key, entry.value)).collect::<Vec<_>>();
        entries
            .into_iter()
            .map(|(key, value)| Item { phrase: self.phrase(key), idioms: self.idioms(key), key, value })
            .collect()
    }

    /// A mapping: fills its frame from its entries, then says what it does.
    fn section(&mut self, items: Vec<Item<'t>>, mut frame: Frame, depth: usize) {
        let (families, items) = self.families(items, depth);
        if let Some(off) = self.switch(&items, &mut frame) {
            self.switched_off(off, &frame);
            return;
        }
        self.sign_in(&items, &frame);
        let mut subs = Subs::new();
        // What holds for the whole section comes first, wherever it stands.
        // A node of a dialogue answers whoever is in it.
        let leads_on = |item: &Item<'t>| {
            item.phrase.only(&[C::Next])
                && item.value.kind() == Kind::Scalar
                && self.nodes.contains(item.value.text())
                || matches!(
                    item.key.text(),
                    "choices" | "buttons" | "options" | "botones" | "tasti" | "boutons" | "knoepfe"
                )
        };
        if frame.triggers.is_empty() && !frame.name.is_empty() && items.iter().any(leads_on) {
            frame.triggers.push(Trigger::new(Event::DmReceived, frame.site));
            frame.joint = true;
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
        let (outer, inner): (Vec<_>, Vec<_>) = items.iter().partition(|item| self.is_detail(item));
        for item in outer.into_iter().chain(inner) {
            self.entry(item, &mut frame, &mut subs, depth);
        }
        for (name, items) in families {
            let inner =
                frame.inner(&name, items.first().map_or(frame.site, |item| self.reader.site(item.key)));
            self.section(items, inner, depth + 1);
        }
        self.finish(frame, subs);
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
    fn switch(&mut self, items: &[Item<'t>], frame: &mut Frame) -> Option<Site> {
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
    fn families(
        &mut self,
        items: Vec<Item<'t>>,
        depth: usize,
    ) -> (Vec<(String, Vec<Item<'t>>)>, Vec<Item<'t>>) {
        if items.len() < 5 || depth > DEEPEST {
            return (Vec::new(), items);
        }
        let items = without_common_start(items);
        let start = |item: &Item<'t>| -> Option<String> {
            let first = item.phrase.words.first()?;
            let is_name = item.phrase.words.len() > 1 && first.concepts.is_empty();
            (is_name && item.value.kind() != Kind::Mapping).then(|| first.text.clone())
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

    /// One entry: what it is for, in this company.
    pub(super) fn entry(&mut self, item: &Item<'t>, frame: &mut Frame, subs: &mut Subs, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        let given = given(&self.reader, item.value);
        self.elsewhere |= self.vocabulary.speaks_of_another(&item.idioms);
        self.says_bot |= item.phrase.word("bot") || item.phrase.word("bots");
        // "do you follow me": what people ask a bot, and its answer.
        let asked = item.key.text().contains(' ')
            && item
                .key
                .text()
                .split(' ')
                .any(|word| matches!(word.to_lowercase().as_str(), "i" | "you" | "u" | "me"));
        if asked && given == Given::Said && item.value.kind() == Kind::Scalar && item.value.text().len() < 60
        {
            self.mark(item.key, Use::Used);
            return;
        }
        if self.is_label(item, given) || is_filter(item) || is_own_address(item) || is_told(item) {
            self.mark(item.key, Use::Used);
            return;
        }
        if given == Given::Said && item.value.kind() == Kind::Scalar && is_sentence(item.value.text()) {
            self.sentences += 1;
            self.overhear(item.value, frame.account);
        }
        let first = self.chooses_notifications(item)
            || self.asks_for_person(item, given, frame)
            || self.command(item, given, frame)
            || self.is_read_as_switch(item)
            || self.about_account(item, given, frame)
            || self.way_out(item, frame)
            || self.stop_command(item, frame)
            || self.clutter(item, given)
            || self.inbound(item, given, frame, depth)
            || self.trigger(item, given, frame, depth)
            || self.one_sided(item, given, frame)
            || self.event_key(item, given, frame, depth);
        let second = !first
            && (self.action(item, given, frame, depth)
                || self.slot(item, given, frame)
                || self.act(item, given, frame, subs, depth)
                || self.text(item, given, frame)
                || self.unnamed_acts(item, given, frame)
                || self.container(item, given, frame, depth));
        frame.fresh |= second;
        let taken = first || second;
        self.mark(item.key, if taken { Use::Used } else { Use::Unknown });
    }

    /// `reply: Reply`, `dm: Direct message`: words of an interface, and nothing that is done.
    fn is_label(&self, item: &Item<'t>, given: Given) -> bool {
        if given != Given::Said || item.value.kind() != Kind::Scalar || item.phrase.words.len() != 1 {
            return false;
        }
        let value = Phrase::read(item.value.text());
        let same = |act: &sense::Act| {
            value.words.len() <= 2
                && value.unknown() == 0
                && sense::act(&value).is_some_and(|said| said.deed == act.deed && said.event == act.event)
        };
        item.value.text().eq_ignore_ascii_case(item.key.text()) && value.unknown() == 0
            || item.value.text().starts_with(char::is_uppercase)
                && sense::act(&item.phrase).is_some_and(|act| same(&act))
    }

    fn is_read_as_switch(&self, item: &Item<'t>) -> bool {
        is_switch(&item.phrase)
            && item.value.kind() == Kind::Scalar
            && (given(&self.reader, item.value) != Given::Said || !item.phrase.word("on"))
    }

    /// Logging, storage and networks reach nobody.
    fn clutter(&mut self, item: &Item<'t>, given: Given) -> bool {
        let phrase = &item.phrase;
        let acts = Concepts::of(&[
            C::Follow,
            C::Unfollow,
            C::Like,
            C::Repost,
            C::Dm,
            C::Reply,
            C::Comment,
            C::Mention,
            C::Invite,
            C::Greet,
            C::Farewell,
            C::Nudge,
            C::Shame,
            C::Leaver,
            C::Trigger,
        ]);
        let is_clutter = phrase.has(C::Clutter)
            && (!phrase.concepts.meets(acts) || phrase.ends(C::Clutter) && item.value.kind() == Kind::Scalar);
        if is_clutter && !(given == Given::Said && is_sentence(item.value.text())) {
            self.mark(item.key, Use::Clutter);
            return true;
        }
        false
    }

    /// What any sentence of the file says about the account: that a person reads, that people asked.
    fn overhear(&mut self, value: NodeRef<'t>, account: usize) {
        if value.text().len() > 2000 {
            return;
        }
        let speech = Speech::of(value.text());
        let site = self.reader.site(value);
        if speech.read
            && !speech.unread
            && let Some(scope) = self.scope_of(account)
        {
            scope.read_by.get_or_insert(site);
        }
        if speech.agreed
            && let Some(scope) = self.scope_of(account)
        {
            scope.asked.get_or_insert(site);
        }
    }

    /// `collect: { comments: true, likes: true }` reads posts and sends nothing.
    fn only_collects(&self, item: &Item<'t>) -> bool {
        const READS: &[&str] = &[
            "collect",
            "collection",
            "collector",
            "fetch",
            "fetcher",
            "download",
            "ingest",
            "extract",
            "crawl",
            "crawler",
            "scrape",
            "scraper",
            "import",
            "export",
            "dataset",
        ];
        let reads = item.phrase.words.iter().all(|word| READS.contains(&word.text.as_str()));
        reads
            && item.value.entries().all(|entry| {
                let key = Phrase::read(entry.key.text());
                !key.any(&[C::Action, C::Follow, C::Dm, C::Invite, C::Add])
            })
    }

    /// `notifications: { follow: true }` chooses what the operator hears of.
    fn chooses_notifications(&self, item: &Item<'t>) -> bool {
        let only = item
            .phrase
            .words
            .iter()
            .all(|word| matches!(word.text.as_str(), "notification" | "notifications" | "alerts"));
        only && item.value.entries().any(|entry| given(&self.reader, entry.value) == Given::On)
    }

    /// A section without a role of its own.
    fn container(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        if given != Given::Nested && item.value.kind() != Kind::Mapping {
            return false;
        }
        let site = self.reader.site(item.key);
        // Conditions of what stands around them: no acts.
        let asks = item.phrase.starts(C::Guard)
            && (super::sense::inbound(&item.phrase, None).is_some() || item.phrase.any(&[C::Idle, C::Stop]));
        if asks {
            return self.case(item, frame, depth);
        }
        if item.value.kind() == Kind::Mapping
            && item.phrase.any(&[C::Except, C::Guard])
            && !item.phrase.any(&[C::Items, C::Trigger, C::Action])
        {
            return self.conditions(item, frame);
        }
        if self.only_collects(item) {
            self.mark(item.key, Use::Clutter);
            return true;
        }
        // `from: [{ kind: followers_of, who: […] }]`: people, described.
        if item.phrase.only(&[C::Source, C::To, C::People, C::Rival])
            && item.value.kind() == Kind::Sequence
            && self.people_described(item, frame, depth)
        {
            return true;
        }
        // Details of what stands around them; the whole file only has limits and conditions.
        let plain_schedule = frame.name.is_empty()
            && item.phrase.only(&[C::Schedule])
            && item.value.entries().any(|entry| {
                let key = Phrase::read(entry.key.text());
                key.any(&[C::Per, C::Max, C::Minute, C::Hour]) || key.only(&[C::Schedule])
            });
        if plain_schedule {
            let filled = self.filled(item.value, frame.inner("", site), depth + 1);
            frame.schedule = filled.schedule;
            for (kind, bound) in filled.limits.iter() {
                frame.limits.set(kind, bound.clone());
            }
            return true;
        }
        let details = if frame.name.is_empty() { OUTER_DETAILS } else { DETAILS };
        // `watch: { subreddits: all, phrase: … }` says what sets the rest of the file off.
        let watches = item.phrase.only(&[C::Trigger, C::Keyword, C::Feed])
            && item.value.entries().any(|entry| {
                let key = Phrase::read(entry.key.text());
                key.any(&[C::Keyword, C::Source]) && !key.starts(C::Trigger)
            });
        if (item.phrase.only(details) || watches) && item.value.kind() == Kind::Mapping {
            let items = self.items_of(item.value);
            let mut subs = Subs::new();
            if self.switch(&items, frame).is_some() {
                return true;
            }
            let before = frame.audiences.len();
            for item in &items {
                self.entry(item, frame, &mut subs, depth + 1);
            }
            for (_, _, sub) in subs {
                frame.join(sub);
            }
            if frame.name.is_empty() {
                self.note_targets(frame, before);
            }
            return true;
        }
        if item.phrase.only(&[C::Command]) && item.value.kind() == Kind::Mapping {
            for item in self.items_of(item.value) {
                if !self.stop_command(&item, frame) {
                    self.called_up(&item, frame);
                }
                self.mark(item.key, Use::Used);
            }
            return true;
        }
        let mut inner = frame.inner(item.key.text(), site);
        inner.sequence = item.phrase.has(C::Sequence);
        if is_table_of_events(&item.phrase) {
            self.table(item.value, &inner, depth);
            return true;
        }
        if let Some(act) = sense::act(&item.phrase) {
            inner.named = Some((act, site));
            inner.joint |= matches!(act.deed, Deed::Shame | Deed::Farewell | Deed::Greet | Deed::Nudge);
        }
        if let Some(event) = sense::event(&item.phrase).filter(|_| names_event(&item.phrase)) {
            inner.triggers = vec![Trigger::new(event, site)];
            inner.joint = true;
        }
        if item.phrase.only(&[C::Schedule]) && self.timetable(item.value, &inner) {
            return true;
        }
        self.people_of_section(&item.phrase, site, &mut inner);
        self.node(item.value, inner, depth + 1);
        true
    }

    /// `schedule: { forecast: "0 7 * * *" }`: posts by name, each with its time and the text of that name.
    fn timetable(&mut self, node: NodeRef<'t>, frame: &Frame) -> bool {
        let items = self.items_of(node);
        let times = |item: &Item<'t>| {
            item.value.kind() == Kind::Scalar && super::value::schedule_in(item.value.text()).is_some()
        };
        if items.is_empty()
            || !items
                .iter()
                .all(|item| times(item) && !item.phrase.any(&[C::Schedule, C::Per, C::Day, C::Hour]))
        {
            return false;
        }
        for item in &items {
            let site = self.reader.site(item.key);
            let mut inner = frame.inner(item.key.text(), site);
            let schedule = super::value::schedule_in(item.value.text());
            inner.schedule = schedule
                .map_or(Stated::Absent, |schedule| Stated::Known(schedule, self.reader.site(item.value)));
            let act = sense::act(&item.phrase).filter(|act| matches!(act.deed, Deed::Verb(_)));
            let act = act.unwrap_or(sense::Act {
                deed: Deed::Verb(Verb::Post),
                event: None,
                people: None,
                negated: false,
            });
            let mut doing = Doing::new(&act, site);
            let texts = self.texts_named(item.key.text());
            doing.texts.extend(
                texts
                    .into_iter()
                    .map(|text| super::frame::Said { speech: super::speech::Speech::of(&text.text), text }),
            );
            inner.doings.push(doing);
            self.mark(item.key, Use::Used);
            self.finish(inner, Subs::new());
        }
        true
    }

    /// `on_match: [like, retweet]`, `lost_followers: announce`: a key that names an event, wherever it stands.
    fn event_key(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        let marked = phrase.starts(C::Trigger) && !phrase.only(&[C::Trigger, C::Items, C::Action])
            || phrase.any(&[C::Leaver]) && !phrase.any(&[C::Text, C::Source, C::To, C::Max])
            || phrase.has(C::Fallback) && phrase.words.len() <= 2;
        if !marked || phrase.any(&[C::Stop, C::Text, C::Schedule]) {
            return false;
        }
        let Some(event) = sense::event(phrase).filter(|event| *event != Event::Schedule) else {
            return false;
        };
        // `when_tape_diary_posts`: another account's posts.
        let of: Vec<String> = phrase
            .words
            .iter()
            .filter(|word| word.concepts.is_empty())
            .map(|word| word.text.clone())
            .collect();
        let event = if event == Event::PostMatch && !of.is_empty() && !phrase.has(C::Keyword) {
            Event::PostBy
        } else {
            event
        };
        if event == Event::Fallback
            && frame.joint
            && !frame.triggers.is_empty()
            && given == Given::Said
            && !is_sentence(item.value.text())
            && self.texts_named(item.value.text()).is_empty()
        {
            return false;
        }
        let counts =
            matches!(given, Given::Said | Given::Nested) || given == Given::Off && event.is_inbound();
        if !counts {
            return false;
        }
        // What the section says of words and people holds for its events, too.
        self.handler(item, event, given, frame, depth);
        true
    }

    /// `no_return: drop`, `non_reciprocal: remove`: what happens to who does not follow back.
    fn one_sided(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if !item.phrase.has(C::OneSided) || given != Given::Said || item.value.kind() != Kind::Scalar {
            return false;
        }
        let value = Phrase::read(item.value.text());
        let removes = value.any(&[C::Remove, C::Unfollow, C::Delete, C::Kick, C::Block, C::Ban, C::Mute]);
        if !removes || value.has(C::Not) {
            return false;
        }
        let site = self.reader.site(item.value);
        let act = sense::Act {
            deed: Deed::Verb(Verb::Unfollow),
            event: None,
            people: Some(crate::model::AudienceKind::NonFollowers),
            negated: false,
        };
        frame.doings.push(Doing::new(&act, site));
        true
    }

    /// `/help: …`, `!uptime: …`: what people call up, and get as an answer.
    fn command(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let key = item.key.text();
        if !key.starts_with(['/', '!']) || key.len() < 2 || key.contains("://") {
            return false;
        }
        let _ = given;
        if !self.stop_command(item, frame) {
            self.called_up(item, frame);
        }
        true
    }

    /// What people get who call something up.
    fn called_up(&mut self, item: &Item<'t>, frame: &Frame) {
        let key = item.key.text();
        let value = if item.value.kind() == Kind::Scalar {
            Phrase::read(item.value.text())
        } else {
            Phrase::default()
        };
        let site = self.reader.site(item.key);
        let mut inner = frame.inner(key, site);
        inner.joint = true;
        inner.triggers =
            vec![Trigger { filters: vec![self.reader.text(item.key)], ..Trigger::new(Event::Command, site) }];
        let hands = value.any(&[C::Forward, C::Handoff, C::Ticket, C::Operator, C::Ping]);
        let act = if hands {
            super::acts::passing()
        } else {
            sense::Act { deed: Deed::Verb(Verb::Reply), event: None, people: None, negated: false }
        };
        inner.doings.push(Doing::new(&act, site));
        self.finish(inner, Subs::new());
    }

    /// `human_requested: no_match`, a node `speak_to_agent` that leads back to the menu: who asks for a person gets none.
    fn asks_for_person(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let leads = phrase.only(&[C::Operator])
            && item.value.kind() == Kind::Scalar
            && self.nodes.contains(item.value.text());
        let asks = leads
            || phrase.has(C::Handoff)
            || phrase.has(C::Operator) && phrase.any(&[C::Say, C::Asked, C::Command, C::Comment, C::Message]);
        if !asks || phrase.any(&[C::Text, C::Keyword, C::Max]) {
            return false;
        }
        let site = self.reader.site(item.value);
        let fails = match given {
            Given::Said if item.value.kind() == Kind::Scalar => {
                let value = Phrase::read(item.value.text());
                leads && !value.any(&[C::Handoff, C::Operator, C::Forward, C::Ticket])
                    || value.has(C::Fallback)
                    || value.word("menu")
                    || value.word("start")
                    || value.word("faq")
                    || Speech::of(item.value.text()).confused
            }
            Given::Nested if item.value.kind() == Kind::Mapping => {
                let items = self.items_of(item.value);
                let back = items.iter().any(|item| {
                    item.phrase.has(C::Next)
                        && !Phrase::read(item.value.text()).any(&[
                            C::Handoff,
                            C::Operator,
                            C::Forward,
                            C::Ticket,
                        ])
                });
                let hands = items.iter().any(|item| {
                    let value = if item.value.kind() == Kind::Scalar {
                        Phrase::read(item.value.text())
                    } else {
                        Phrase::default()
                    };
                    item.phrase.any(&[C::Forward, C::Operator, C::Ticket, C::To, C::Handoff])
                        || item.phrase.any(&[C::Action]) && value.any(&[C::Forward, C::Handoff, C::Ticket])
                });
                back && !hands
            }
            _ => return false,
        };
        if fails {
            self.without_person(frame.account, site);
        }
        fails
    }

    /// `if_they_answer_no: { … }`: what happens in one case of a conversation.
    fn case(&mut self, item: &Item<'t>, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        if phrase.has(C::Stop) && self.stop_command_of(item, frame) {
            return true;
        }
        let event = if phrase.has(C::Idle) {
            Event::NoReply
        } else {
            super::sense::inbound(phrase, None).unwrap_or(Event::DmReceived)
        };
        let site = self.reader.site(item.key);
        let mut inner = frame.inner(item.key.text(), site);
        inner.joint = true;
        inner.triggers =
            vec![Trigger { filters: vec![self.reader.text(item.key)], ..Trigger::new(event, site) }];
        let inner = self.filled(item.value, inner, depth + 1);
        self.finish(inner, Subs::new());
        true
    }

    /// A list of mappings that describe people, and nothing that is done.
    fn people_described(&mut self, item: &Item<'t>, frame: &mut Frame, depth: usize) -> bool {
        let mut found = Vec::new();
        let items: Vec<Item<'t>> =
            item.value.items().take(40).flat_map(|inner| self.items_of(inner)).collect();
        let plain = |item: &Item<'t>| {
            !item.phrase.any(&[
                C::Password,
                C::Token,
                C::Session,
                C::Enabled,
                C::Text,
                C::Schedule,
                C::Trigger,
            ]) && given(&self.reader, item.value) != Given::Nested
                && !sense::act(&item.phrase)
                    .is_some_and(|act| matches!(act.deed, Deed::Verb(verb) if verb != Verb::ListAdd))
        };
        if items.is_empty() || !items.iter().all(plain) {
            return false;
        }
        for inner in item.value.items().take(40) {
            if inner.kind() != Kind::Mapping {
                return false;
            }
            let outer = frame.audiences.len();
            let filled = self.filled(inner, frame.inner("", self.reader.site(inner)), depth + 1);
            if filled.is_live() {
                return false;
            }
            let mut audiences: Vec<crate::model::Audience> =
                filled.audiences.into_iter().skip(outer).collect();
            if let (Some(site), true) = (
                filled.collects.filter(|_| frame.collects.is_none()),
                audiences.is_empty() || frame.name.is_empty(),
            ) {
                let mut audience = crate::model::Audience::new(crate::model::AudienceKind::List, site);
                audience.source = Stated::Known(crate::model::ListSource::Scraped, site);
                audiences = vec![audience];
            }
            found.push(Frame { audiences, ..Frame::default() });
        }
        let whole = frame.name.is_empty();
        for inner in found {
            let mut joined = super::lower::joined(inner.audiences);
            if whole {
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.people.append(&mut joined);
                }
            } else {
                frame.audiences.append(&mut joined);
            }
        }
        true
    }

    /// A table from events to what is done: each key is an event.
    fn table(&mut self, node: NodeRef<'t>, frame: &Frame, depth: usize) {
        match node.kind() {
            Kind::Mapping => {
                let items = self.items_of(node);
                let is_rule =
                    items.iter().any(|item| item.phrase.has(C::Trigger) && item.phrase.words.len() == 1);
                let events = items.iter().filter(|item| sense::event(&item.phrase).is_some()).count();
                if is_rule || events * 2 < items.len() {
                    self.node(node, frame.clone(), depth + 1);
                    return;
                }
                for item in items {
                    let given = given(&self.reader, item.value);
                    if let Some(event) = sense::event(&item.phrase) {
                        self.handler(&item, event, given, frame, depth);
                        self.mark(item.key, Use::Used);
                    } else {
                        let mut inner = frame.clone();
                        self.entry(&item, &mut inner, &mut Subs::new(), depth + 1);
                    }
                }
            }
            _ => self.node(node, frame.clone(), depth + 1),
        }
    }

    /// A key that names an event, with what happens then below it.
    pub(super) fn handler(
        &mut self,
        item: &Item<'t>,
        event: Event,
        given: Given,
        frame: &Frame,
        depth: usize,
    ) {
        let site = self.reader.site(item.key);
        let mut inner = frame.inner(item.key.text(), site);
        inner.joint = true;
        let known = frame
            .triggers
            .iter()
            .find(|trigger| trigger.event == event && event == Event::PostBy && trigger.from.is_some())
            .cloned();
        inner.triggers = vec![known.unwrap_or_else(|| Trigger::new(event, site))];
        if let Some(act) = sense::act(&item.phrase) {
            inner.named = Some((act, site));
        }
        match given {
            Given::Nested if item.value.kind() == Kind::Mapping => {
                self.node(item.value, inner, depth + 1);
                return;
            }
            Given::Off | Given::Nothing | Given::Number(0.0) => {
                if event.is_inbound() && given == Given::Off {
                    inner.doings.push(Doing::new(&ignoring(), self.reader.site(item.value)));
                }
            }
            Given::On | Given::Unknown | Given::Number(_) | Given::Unlimited => {}
            Given::Said | Given::Nested => self.acts(item.value, &mut inner, depth),
        }
        self.finish(inner, Subs::new());
    }

    /// Whether a list is a sequence: several messages or acts that follow each other.
    fn is_sequence(&mut self, node: NodeRef<'t>) -> bool {
        let mut steps = 0;
        let mut delayed = 0;
        for item in node.items().take(40) {
            if item.kind() != Kind::Mapping {
                return false;
            }
            let items = self.items_of(item);
            if items.iter().any(|item| {
                let value = given(&self.reader, item.value);
                let waits = matches!(value, Given::Number(_))
                    || super::value::duration_in(item.value.text().trim_start_matches('+')).is_some();
                waits
                    && item.phrase.any(&[C::Delay, C::Day, C::Hour, C::Minute])
                    && item.phrase.words.len() <= 3
                    && !item.phrase.any(&[C::Max, C::Per, C::Rate, C::Schedule])
            }) {
                delayed += 1;
            }
            if items.iter().any(|item| is_rule_key(&item.phrase)) {
                return false;
            }
            steps += 1;
        }
        steps >= 2 && delayed >= 2 || steps >= 3 && delayed * 2 >= steps
    }

    /// Messages and acts that follow each other: one clause.
    fn sequence(&mut self, node: NodeRef<'t>, mut frame: Frame, depth: usize) {
        frame.sequence = true;
        frame.joint = true;
        for item in node.items() {
            if item.kind() != Kind::Mapping {
                self.acts(item, &mut frame, depth);
                continue;
            }
            let inner = Frame { joint: true, ..frame.inner("", self.reader.site(item)) };
            let inner = self.filled(item, inner, depth + 1);
            frame.step(inner);
        }
        self.finish(frame, Subs::new());
    }

    /// A frame filled with the entries of a mapping, without finishing it.
    pub(super) fn filled(&mut self, node: NodeRef<'t>, mut frame: Frame, depth: usize) -> Frame {
        if depth > DEEPEST || !self.spend() {
            return frame;
        }
        let items = self.items_of(node);
        if self.switch(&items, &mut frame).is_some() {
            return Frame { doings: Vec::new(), texts: Vec::new(), named: None, ..frame };
        }
        let mut subs = Subs::new();
        for item in &items {
            self.entry(item, &mut frame, &mut subs, depth);
        }
        for (_, _, sub) in subs {
            frame.join(sub);
        }
        frame
    }

    /// Says what a section does: one clause, or one for each act whose details stand in keys of their own.
    pub(super) fn finish(&mut self, mut frame: Frame, subs: Subs) {
        let mut separate = Vec::new();
        for (deed, event, sub) in subs {
            if frame.offs.contains(&deed) {
                continue;
            }
            // `welcome: { send_dm: true }`: the section says when, the key says how.
            let manner = frame.named.filter(|(act, _)| {
                matches!(act.deed, Deed::Greet | Deed::Thank | Deed::Farewell | Deed::Nudge | Deed::Pitch)
            });
            if let (
                Some((act, _)),
                Deed::Verb(Verb::Dm | Verb::Reply | Verb::Post | Verb::Comment | Verb::Mention),
            ) = (manner, deed)
            {
                let mut sub = sub;
                let greets = matches!(act.deed, Deed::Greet | Deed::Thank).then_some(Event::Followed);
                for doing in &mut sub.doings {
                    doing.event = doing.event.or(act.event).or(greets);
                }
                frame.named = None;
                frame.join(sub);
                continue;
            }
            let same = frame.doings.iter().any(|doing| doing.deed == deed);
            let fits = frame.named.is_some_and(|(act, _)| act.deed == deed);
            let joins = frame.joint
                && !(frame.triggers.is_empty() && frame.doings.is_empty())
                && event.is_none_or(|event| frame.event().is_none_or(|own| own == event));
            if same || fits || joins {
                frame.join(sub);
            } else {
                separate.push(sub);
            }
        }
        // Whoever is looked for, so many at a time, is followed; in rooms, invited.
        let looks = frame.collects.is_some() || frame.named.is_some_and(|(act, _)| act.deed == Deed::Collect);
        let idle = frame.doings.is_empty()
            || looks && frame.doings.iter().all(|doing| doing.deed == Deed::Verb(Verb::Like));
        if idle
            && separate.iter().all(|sub| sub.doings.iter().all(|doing| doing.deed == Deed::Verb(Verb::Like)))
            && frame.fresh
            && frame.texts.is_empty()
            && (!frame.limits.is_empty() || !frame.schedule.is_absent())
            && let Some(audience) = frame.audiences.iter().skip(frame.outer_audiences).find(|audience| {
                matches!(
                    audience.kind,
                    crate::model::AudienceKind::FollowersOf
                        | crate::model::AudienceKind::FollowingOf
                        | crate::model::AudienceKind::EngagersOf
                )
            })
            && !self.is_chat()
        {
            let act =
                sense::Act { deed: Deed::Verb(Verb::Follow), event: None, people: None, negated: false };
            frame.doings.push(Doing::new(&act, audience.site));
        }
        // `mass_dm: { message: … }`: the name of the section says how the message goes.
        if let Some((act, _)) = &frame.named
            && matches!(act.deed, Deed::Verb(Verb::Dm | Verb::Reply | Verb::Comment | Verb::Email))
        {
            for doing in separate.iter_mut().flat_map(|sub| &mut sub.doings).chain(&mut frame.doings) {
                if matches!(doing.deed, Deed::Message | Deed::Say) {
                    doing.deed = act.deed;
                }
            }
        }
        if frame.doings.is_empty()
            && let Some((act, site)) = frame.named.take()
            && separate.is_empty()
            && self.named_act_counts(&act.deed, &frame)
        {
            let mut doing = Doing::new(&act, site);
            doing.texts.append(&mut frame.texts);
            frame.doings.push(doing);
        }
        let alone = separate.is_empty();
        for mut sub in separate {
            sub.inherit_late(&frame);
            self.clause(sub);
        }
        self.list_of_people(&frame);
        if !frame.is_live()
            && alone
            && !frame.name.is_empty()
            && !frame.name.contains('.')
            && frame.lists_people.is_none()
        {
            self.note_targets(&frame, frame.outer_audiences);
        }
        // What appears in public, so often or so many at once, is posted.
        if !frame.is_live()
            && frame.sets_place
            && let Some((crate::model::Visibility::Public, site)) = frame.place
            && (!frame.schedule.is_absent() || !frame.limits.is_empty())
        {
            let act = sense::Act { deed: Deed::Verb(Verb::Post), event: None, people: None, negated: false };
            frame.doings.push(Doing::new(&act, site));
        }
        self.clause(frame);
    }

    /// `tags: { hashtags: […] }`: whom the acts of other sections are for, from the audience of this number on.
    fn note_targets(&mut self, frame: &Frame, from: usize) {
        let targets = frame.audiences.iter().skip(from).filter(|audience| {
            !audience.of.is_empty()
                && matches!(
                    audience.kind,
                    crate::model::AudienceKind::Search | crate::model::AudienceKind::FollowersOf
                )
        });
        let targets: Vec<_> = targets.cloned().collect();
        if let Some(scope) = self.scopes.get_mut(frame.account) {
            scope.targets.extend(targets);
        }
    }

    /// A section that lists people says whom the whole bot writes to.
    fn list_of_people(&mut self, frame: &Frame) {
        let Some(site) = frame.lists_people else { return };
        let mut audience = frame
            .audiences
            .last()
            .cloned()
            .unwrap_or_else(|| crate::model::Audience::new(crate::model::AudienceKind::List, site));
        if frame.guards.iter().any(|guard| guard.kind == crate::model::GuardKind::OptedIn) {
            audience.kind = crate::model::AudienceKind::OptInList;
        }
        if let (Some(site), true) =
            (frame.collects, audience.source.is_absent() && audience.kind == crate::model::AudienceKind::List)
        {
            audience.source = Stated::Known(crate::model::ListSource::Scraped, site);
        }
        if let Some(scope) = self.scope_of(frame.account) {
            scope.people.push(audience);
        }
    }

    /// Whether the name of a section alone says that the act happens: something in it must tell how.
    fn named_act_counts(&self, deed: &Deed, frame: &Frame) -> bool {
        let told = frame.fresh
            && (!frame.texts.is_empty()
                || !frame.audiences.is_empty()
                || !frame.limits.is_empty()
                || !frame.schedule.is_absent()
                || !frame.after.is_absent()
                || frame.place.is_some());
        match deed {
            Deed::Review | Deed::Close => false,
            Deed::Verb(Verb::Count | Verb::Archive | Verb::ListAdd) => false,
            _ => told,
        }
    }

    fn clause(&mut self, frame: Frame) {
        if frame.is_live() || !frame.repeats.is_absent() && frame.event() == Some(Event::Fallback) {
            self.clauses.push(frame);
        }
    }

    /// The texts that a name refers to, or the text itself.
    pub(super) fn texts_named(&self, name: &str) -> Vec<Text> {
        let name = name.trim().trim_start_matches(['$', '@', '#', '*', '&']).to_lowercase();
        let name = name.strip_prefix("texts.").or_else(|| name.strip_prefix("templates.")).unwrap_or(&name);
        let nodes = self.catalogue.get(name).map(Vec::as_slice).unwrap_or_default();
        nodes.iter().take(20).map(|node| self.reader.text(*node)).collect()
    }
}

/// Words of sections that hold details of what stands around them.
const DETAILS: &[C] = &[
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

/// The same, at the outermost level: what such a section says there holds for the whole bot.
const OUTER_DETAILS: &[C] = &[C::Rate, C::Max, C::Per, C::Params, C::Keyword, C::Mode];

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

/// An act of doing nothing.
pub(super) const fn ignoring() -> sense::Act {
    sense::Act { deed: Deed::Ignore, event: None, people: None, negated: false }
}

/// Whether a key is the switch of its section.
pub(super) fn is_switch(phrase: &Phrase) -> bool {
    (phrase.only(&[C::Enabled, C::Disabled, C::Mode]) || phrase.words.len() == 1 && phrase.word("on"))
        && !phrase.only(&[C::Mode])
}

/// Whether a key makes a list item a rule: it says what sets it off.
fn is_rule_key(phrase: &Phrase) -> bool {
    phrase.words.len() == 1 && phrase.has(C::Trigger)
}

/// Whether a section holds events and what happens then.
fn is_table_of_events(phrase: &Phrase) -> bool {
    const HANDLERS: &[&str] = &["handlers", "handler", "listeners", "reactions"];
    phrase.only(&[C::Trigger, C::Items, C::React, C::Action])
        && (phrase.has(C::Trigger) || HANDLERS.iter().any(|word| phrase.word(word)))
}

/// Whether the words of a section name an event by themselves: `on_join`, `new_follower`, `lost_followers`.
pub(super) fn names_event(phrase: &Phrase) -> bool {
    (phrase.starts(C::Trigger)
        || phrase.any(&[C::New, C::Lost, C::Leaver, C::Join, C::Leave, C::Fallback, C::Idle, C::OneSided]))
        && !phrase.any(&[C::Items])
        || phrase.has(C::Unfollow) && phrase.any(&[C::Shame, C::Farewell, C::Say, C::Post])
}

/// `filters: { max_likes: 2000 }`: numbers that a post must have, and no limits of the bot.
fn is_filter(item: &Item<'_>) -> bool {
    item.value.kind() == Kind::Mapping
        && (item.phrase.word("filter") || item.phrase.word("filters"))
        && item.value.entries().all(|entry| {
            entry.value.kind() == Kind::Scalar
                && (Phrase::read(entry.key.text()).any(&[C::Min, C::Max])
                    || matches!(entry.value.text(), "true" | "false"))
        })
}

/// `email: me@example.org`: the address that it signs in with.
fn is_own_address(item: &Item<'_>) -> bool {
    item.phrase.words.len() == 1
        && (item.phrase.word("email") || item.phrase.word("mail"))
        && item.value.kind() == Kind::Scalar
        && is_address(item.value.text())
}

/// `subscriptions: [{ type: follow, version: 2 }]`: events that a program is told of, and nothing that it does.
fn is_told(item: &Item<'_>) -> bool {
    const DETAILS: [&str; 8] = ["type", "event", "version", "url", "name", "id", "method", "transport"];
    item.value.kind() == Kind::Sequence
        && ["subscription", "subscriptions", "webhook", "webhooks"].iter().any(|word| item.phrase.word(word))
        && item.value.items().all(|told| {
            told.kind() == Kind::Mapping
                && told
                    .entries()
                    .all(|entry| entry.value.kind() == Kind::Scalar && DETAILS.contains(&entry.key.text()))
        })
}
