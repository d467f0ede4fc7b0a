//! The walk over a file: each entry gets the role that its words, its value and its company suggest, and each
//! section that does something becomes a clause. Roles of single entries are in `roles`, acts in `clauses`.

pub(crate) mod catalogue;
mod container;
mod coverage;
mod entry;
pub(crate) mod event_key;
pub(crate) mod finish;
pub(crate) mod moderation;
mod one_sided;
mod person;
pub(crate) mod section;
mod tables;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::dialect::{Candidate, Reader};
pub(crate) use crate::model::Use;
use crate::model::{Event, Trigger};
use crate::reader::account::Scope;
use crate::reader::clauses::frame::Frame;
use crate::reader::idioms::{Key, Vocabulary, vocabulary};
use crate::reader::sense::Deed;
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// An entry with its key as words. In a flat family the words are those after the common beginning.
#[derive(Clone, Debug)]
pub(crate) struct Item<'t> {
    pub(crate) key: NodeRef<'t>,
    pub(crate) phrase: Rc<Phrase>,
    /// The idioms in the whole key.
    pub(crate) idioms: Rc<Key>,
    pub(crate) value: NodeRef<'t>,
    /// The value as words, once somebody asks.
    said: OnceCell<Rc<Phrase>>,
}

impl Item<'_> {
    /// A value as words; what is no scalar says nothing.
    pub(crate) fn said(&self) -> &Phrase {
        self.said.get_or_init(|| Rc::new(Phrase::read(self.value.text())))
    }
}

/// Acts of a section that stand in keys of their own: `follow_per_day`, `follow_tags`; one frame for each.
pub(crate) type Subs = Vec<(Deed, Option<Event>, Frame)>;

pub(crate) struct Walk<'t> {
    pub(crate) reader: Reader<'t>,
    pub(crate) vocabulary: &'static Vocabulary,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) clauses: Vec<Frame>,
    /// Texts by the name under which other entries refer to them.
    pub(crate) catalogue: HashMap<String, Vec<NodeRef<'t>>>,
    /// Lists of names by the key that holds them: `sis: [a, b]`.
    pub(crate) groups: HashMap<String, Vec<NodeRef<'t>>>,
    /// Lists that stand in one line, by their keys: `perfiles = uno.dos, tres.cuatro`.
    pub(crate) lists: HashMap<String, NodeRef<'t>>,
    /// Short values in lower case: a text whose name is among them is said where it is named.
    pub(crate) named: std::collections::HashSet<String>,
    /// Files that sections which look for people write: `collect: { save: people.csv }`.
    pub(crate) collected: std::collections::HashSet<&'t str>,
    /// Files by the key that holds them: `purchased: data/leads.csv`.
    pub(crate) files: HashMap<String, NodeRef<'t>>,
    /// Rooms by the names that the file has for them: `channels: { general: "#lobby" }`.
    pub(crate) rooms: std::collections::HashSet<String>,
    /// What the bot is called, in small letters without separators.
    pub(crate) own_names: std::collections::HashSet<String>,
    /// Sections with a handle, by their names: `lead: { handle: brightlane }`.
    pub(crate) own_sections: std::collections::HashMap<String, String>,
    /// Some of the own accounts, in order: enough to tell whose posts are meant.
    pub(crate) own_handles: Vec<String>,
    /// The account that the other own accounts are there for.
    pub(crate) main_account: Option<String>,
    /// Names of sections: what other entries lead to.
    pub(crate) nodes: std::collections::HashSet<&'t str>,
    pub(crate) platforms: Vec<&'static str>,
    /// How many sections around the one that is looked at are about who answers: where they are told is no platform
    /// of the bot.
    pub(crate) aside: usize,
    /// The platform that the name of a variable hints at: `token: ${DISCORD_TOKEN}`.
    pub(crate) hinted: Option<&'static str>,
    /// Keys of entries that say on which platform it is or what it is called.
    pub(crate) introduces: Vec<NodeRef<'t>>,
    /// Whether something that is said is limited, wherever it is said.
    pub(crate) bounded: bool,
    /// Whether it has a server of mail: where nothing else is named, it writes mails.
    pub(crate) mails: bool,
    pub(crate) uses: Vec<(NodeRef<'t>, Use)>,
    /// How many values are sentences.
    pub(crate) sentences: usize,
    /// Whether a key speaks of something else than people: trading, cameras.
    pub(crate) elsewhere: bool,
    /// Whether a key calls it a bot.
    pub(crate) says_bot: bool,
    phrases: HashMap<&'t str, Rc<Phrase>>,
    keys: HashMap<&'t str, Rc<Key>>,
    /// Nodes that may still be looked at: aliases may otherwise multiply a small file without end.
    budget: usize,
}

/// Deeper sections are not looked into.
pub(crate) const DEEPEST: usize = 24;

impl<'t> Walk<'t> {
    pub(crate) fn new(candidate: &Candidate<'t>) -> Self {
        Self {
            reader: Reader::new(*candidate, crate::reader::schema(candidate)).at_definitions(),
            vocabulary: vocabulary(),
            scopes: Vec::new(),
            clauses: Vec::new(),
            catalogue: HashMap::new(),
            groups: HashMap::new(),
            lists: HashMap::new(),
            named: std::collections::HashSet::new(),
            collected: std::collections::HashSet::new(),
            files: HashMap::new(),
            rooms: std::collections::HashSet::new(),
            own_names: std::collections::HashSet::new(),
            own_sections: std::collections::HashMap::new(),
            own_handles: Vec::new(),
            main_account: None,
            nodes: std::collections::HashSet::new(),
            platforms: Vec::new(),
            hinted: None,
            aside: 0,
            introduces: Vec::new(),
            bounded: false,
            mails: false,
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
    pub(crate) fn all(&mut self) {
        let tree = self.reader.candidate.tree;
        for document in tree.documents() {
            self.catalogue(document, 0);
        }
        if let (true, Some(name)) = (self.platforms.is_empty(), self.hinted) {
            self.platforms.push(name);
        }
        let mut own: std::collections::BTreeSet<&String> = self.own_sections.values().collect();
        own.extend(self.main_account.as_ref().filter(|_| !self.own_sections.is_empty()));
        self.own_handles = own.into_iter().take(50).cloned().collect();
        // What is looked up beforehand must not use up what the reading needs.
        self.budget = tree.node_count().saturating_mul(4);
        for document in tree.documents() {
            let account = self.scope(document, None);
            let frame = Frame { account, whole: true, ..Frame::default() };
            self.node(document, frame, 0);
        }
        self.look_again();
        self.join_network();
        self.note_own_accounts();
    }

    /// Sets how many nodes may still be looked at.
    pub(crate) fn allow(&mut self, nodes: usize) {
        self.budget = nodes;
    }

    pub(crate) fn spend(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    /// A key as words; the same text is read once.
    pub(crate) fn phrase(&mut self, key: NodeRef<'t>) -> Rc<Phrase> {
        let text = key.text();
        forget(&mut self.phrases);
        Rc::clone(self.phrases.entry(text).or_insert_with(|| Rc::new(Phrase::read(text))))
    }

    /// The idioms in a key; the same text is read once.
    pub(crate) fn idioms(&mut self, key: NodeRef<'t>) -> Rc<Key> {
        let text = key.text();
        forget(&mut self.keys);
        Rc::clone(self.keys.entry(text).or_insert_with(|| Rc::new(self.vocabulary.read(text))))
    }

    pub(crate) fn mark(&mut self, node: NodeRef<'t>, what: Use) {
        self.uses.push((node, what));
    }

    /// A node in the place of a section.
    pub(crate) fn node(&mut self, node: NodeRef<'t>, frame: Frame, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        match node.kind() {
            Kind::Mapping => {
                let items = self.items_of(node);
                self.section(items, frame, depth);
            }
            Kind::Sequence
                if frame.sequence && !self.are_rules(node) || !frame.sequence && self.is_sequence(node) =>
            {
                self.sequence(node, frame, depth);
            }
            Kind::Sequence => {
                let nodes = node.items().filter(|item| self.leads_on_below(*item)).count();
                let mut frame = frame;
                if nodes >= 2
                    && frame.triggers.is_empty()
                    && !frame.name.is_empty()
                    && !self.is_pipeline(node)
                {
                    frame.triggers.push(Trigger::new(Event::Command, frame.site));
                }
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

    /// Whether the steps of a list are work of the bot's own, and no turns of a conversation: `use: ig.follow`.
    fn is_pipeline(&mut self, node: NodeRef<'t>) -> bool {
        use crate::reader::concept::Concept as C;
        let works = |text: &str| {
            Phrase::read(text).any(&[
                C::Follow,
                C::Unfollow,
                C::Like,
                C::Repost,
                C::View,
                C::Invite,
                C::Collect,
            ])
        };
        node.items().take(20).any(|item| {
            self.items_of(item).iter().any(|item| item.phrase.only(&[C::Action]) && works(item.value.text()))
        })
    }

    pub(crate) fn items_of(&mut self, node: NodeRef<'t>) -> Vec<Item<'t>> {
        let entries = node.entries().map(|entry| (entry.key, entry.value)).collect::<Vec<_>>();
        entries
            .into_iter()
            .map(|(key, value)| Item {
                phrase: self.phrase(key),
                idioms: self.idioms(key),
                key,
                value,
                said: OnceCell::new(),
            })
            .collect()
    }
}

/// Empties a memory of keys that has grown beyond what any bot's file holds: data with a million keys is no reason
/// to keep them all.
fn forget<T>(memory: &mut HashMap<&str, T>) {
    const MOST: usize = 1 << 14;
    if memory.len() >= MOST {
        memory.clear();
    }
}
