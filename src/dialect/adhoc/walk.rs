//! One walk over a file: each key is read as words, each leaf becomes part of a job or of an account.
//! What a section says holds for all below it; a section that is switched off is passed over.

use std::collections::HashMap;
use std::rc::Rc;

use super::given::{Given, given};
use super::job::{Job, JobKey};
use super::values::needs_no_names;
use super::vocabulary::{Idea, Key, Role, Vocabulary, vocabulary};
use crate::dialect::Candidate;
use crate::dialect::reading::Reader;
use crate::model::{Account, Audience, AudienceKind, Event, LimitKind, Schedule, Site, Stated, Text, Verb};
use crate::syntax::{Entry, Kind, NodeRef};

/// What the walk finds.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) scopes: Vec<Scope>,
    pub(super) jobs: Vec<Job>,
    /// Platforms that keys name, the first one first.
    pub(super) platforms: Vec<&'static str>,
    /// Whether a key calls it a bot.
    pub(super) bot: bool,
    /// Whether something says when it runs.
    pub(super) scheduled: bool,
    /// Whether the value of a mode names a verb.
    pub(super) moded: bool,
    /// What the file is, if it is of another kind or speaks of something else than people.
    pub(super) elsewhere: Option<&'static str>,
}

/// An account and what holds for all of its jobs.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) account: Account,
    pub(super) platform: Option<&'static str>,
    pub(super) audiences: Vec<Audience>,
    pub(super) schedule: Stated<Schedule>,
    /// The names of the switches by which the whole account rehearses or waits for approval.
    pub(super) rehearsal: Option<String>,
    pub(super) approval: Option<String>,
}

/// What the sections around a leaf say.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) account: usize,
    /// The verb of the section, and the key that names it.
    pub(super) verb: Option<(Verb, Site)>,
    pub(super) host: Option<Verb>,
    /// The number of the list item it stands in; none is 0.
    pub(super) item: usize,
    pub(super) event: Option<Event>,
    pub(super) limit: Option<LimitKind>,
    /// Roles of the sections' keys that tell how to read values below: text, cap, chance, machine, a profile.
    pub(super) roles: Vec<Role>,
    pub(super) platform: Option<&'static str>,
    /// The key of the section.
    pub(super) section: String,
    /// The account that the item of a list is about.
    pub(super) named: Option<Text>,
    /// The people whom the key of the section names.
    pub(super) people: Option<(AudienceKind, Site)>,
    /// Whether the section itself is a task, which happens unless it is switched off.
    pub(super) task: bool,
    /// A switch around it that is a template.
    pub(super) unknown: Option<Site>,
}

impl Context {
    /// The job of this verb here. Some verbs are done to those whom another verb reaches.
    pub(super) fn job(&self, verb: Verb, event: Option<Event>, host: Option<Verb>) -> JobKey {
        let may_be_hosted = matches!(verb, Verb::Like | Verb::Comment | Verb::ViewStory | Verb::Dm);
        JobKey { account: self.account, verb, event, item: self.item, host: host.filter(|_| may_be_hosted) }
    }
}

/// Roles that a section passes on to what stands in it.
const INHERITED: [Role; 6] =
    [Role::Text, Role::Cap, Role::Chance, Role::Machine, Role::Accounts, Role::Exclude];

pub(super) struct Walk<'t> {
    pub(super) reader: Reader<'t>,
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) survey: Survey,
    keys: HashMap<&'t str, Rc<Key>>,
    jobs: HashMap<JobKey, usize>,
    /// Items of lists seen so far.
    items: usize,
    /// Nodes that may still be looked at: aliases may otherwise multiply a small file without end.
    budget: usize,
}

/// Walks a file.
pub(super) fn survey<'t>(candidate: &Candidate<'t>) -> Survey {
    let mut walk = Walk {
        reader: Reader::new(*candidate, super::schema(candidate)),
        vocabulary: vocabulary(),
        survey: Survey::default(),
        keys: HashMap::new(),
        jobs: HashMap::new(),
        items: 0,
        budget: candidate.tree.node_count().saturating_mul(4),
    };
    walk.platforms(candidate);
    for document in candidate.tree.documents() {
        let account = walk.scope(document, None);
        walk.node(document, &Context { account, ..Context::default() });
    }
    walk.survey
}

impl<'t> Walk<'t> {
    /// Finds the platforms first: some words are verbs on one of them only.
    fn platforms(&mut self, candidate: &Candidate<'t>) {
        let mut to_visit: Vec<NodeRef<'t>> = candidate.tree.documents().collect();
        let mut budget = self.budget;
        while let Some(node) = to_visit.pop() {
            budget = budget.saturating_sub(1);
            if budget == 0 {
                return;
            }
            to_visit.extend(node.items().filter(|item| item.kind() != Kind::Scalar));
            for entry in node.entries() {
                let key = self.key(entry.key);
                for hit in &key.hits {
                    match hit.idea {
                        Idea::Platform(name) if !self.survey.platforms.contains(&name) => {
                            self.survey.platforms.push(name);
                        }
                        Idea::Role(Role::Bot) => self.survey.bot = true,
                        _ => {}
                    }
                }
                if let Some(name) = self.platform_in(&key, entry.value)
                    && !self.survey.platforms.contains(&name)
                {
                    self.survey.platforms.push(name);
                }
                if self.vocabulary.speaks_of_another(&key) {
                    self.survey.elsewhere.get_or_insert("a file about something else than people");
                }
                if entry.value.kind() != Kind::Scalar {
                    to_visit.push(entry.value);
                }
            }
        }
    }

    /// A key as words; the same text is read once.
    pub(super) fn key(&mut self, node: NodeRef<'t>) -> Rc<Key> {
        let vocabulary = self.vocabulary;
        Rc::clone(self.keys.entry(node.text()).or_insert_with(|| Rc::new(vocabulary.read(node.text()))))
    }

    /// A new account that stands at this node.
    fn scope(&mut self, node: NodeRef<'t>, platform: Option<&'static str>) -> usize {
        let account = Account { site: self.reader.site(node), ..Account::default() };
        self.survey.scopes.push(Scope { account, platform, ..Scope::default() });
        self.survey.scopes.len() - 1
    }

    pub(super) fn scope_of(&mut self, context: &Context) -> Option<&mut Scope> {
        self.survey.scopes.get_mut(context.account)
    }

    /// The job of this name, new if nothing was said of it yet.
    pub(super) fn job(&mut self, key: JobKey, site: Site) -> Option<&mut Job> {
        let jobs = &mut self.survey.jobs;
        let number = *self.jobs.entry(key).or_insert_with(|| {
            jobs.push(Job::new(key, site));
            jobs.len() - 1
        });
        jobs.get_mut(number)
    }

    fn node(&mut self, node: NodeRef<'t>, context: &Context) {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 {
            return;
        }
        match node.kind() {
            Kind::Mapping => self.mapping(node, context),
            Kind::Sequence => {
                for item in node.items() {
                    let mut context = self.item(item, context);
                    self.items += 1;
                    context.item = self.items;
                    self.node(item, &context);
                }
            }
            Kind::Scalar => {}
        }
    }

    /// The context of an item of a list, or of one of several named mappings: an account of its own if it
    /// signs in, else about the account that it names.
    fn item(&mut self, item: NodeRef<'t>, context: &Context) -> Context {
        let mut context = context.clone();
        if let Some((verb, event, site)) = self.task(item, &context) {
            context.verb = Some((verb, site));
            context.event = event;
            context.task = true;
        }
        if !context.roles.contains(&Role::Accounts) || item.kind() != Kind::Mapping {
            return context;
        }
        let mut name = None;
        let mut signs_in = false;
        for entry in item.entries() {
            let key = self.key(entry.key);
            let is_given = entry.value.kind() == Kind::Scalar
                && !matches!(given(&self.reader, entry.value), Given::Nothing | Given::Off | Given::On);
            // A password that is still to be filled in is one; other credentials must be there.
            let is_there =
                if key.ends_with(Role::Password) { self.is_written(entry.value) } else { is_given };
            signs_in |= [Role::Password, Role::Secret, Role::Session, Role::UserToken]
                .into_iter()
                .any(|role| key.ends_with(role))
                && (is_there || entry.value.kind() == Kind::Mapping);
            if is_given && (key.ends_with(Role::Username) || key.ends_with(Role::Handle)) {
                name.get_or_insert(self.reader.text(entry.value));
            }
        }
        if signs_in {
            context.account = self.scope(item, context.platform);
        } else if name.is_some() {
            context.named = name;
        }
        context
    }

    fn mapping(&mut self, node: NodeRef<'t>, context: &Context) {
        let mut context = context.clone();
        let entries: Vec<(Rc<Key>, Entry<'t>)> =
            node.entries().map(|entry| (self.key(entry.key), entry)).collect();
        for (key, entry) in &entries {
            if entry.value.kind() == Kind::Scalar && key.is_only(|idea| idea == Idea::Role(Role::Enabled)) {
                match given(&self.reader, entry.value) {
                    Given::Off | Given::Number(0.0) => return,
                    Given::Unknown => context.unknown = Some(self.reader.site(entry.value)),
                    Given::On | Given::Number(_) => self.section_on(&context),
                    _ => {}
                }
            }
        }
        if std::mem::take(&mut context.task) {
            self.section_on(&context);
        }
        self.sign_in(&entries, &context);
        self.secrets(&entries, &context);
        for (key, entry) in entries {
            self.entry(&key, entry, &context);
        }
    }

    fn entry(&mut self, key: &Key, entry: Entry<'t>, context: &Context) {
        let value = entry.value;
        let is_leaf = match value.kind() {
            Kind::Scalar => true,
            Kind::Sequence => value.items().all(|item| item.kind() == Kind::Scalar),
            Kind::Mapping => false,
        };
        if is_leaf {
            self.leaf(key, entry, context);
        } else if !key.has(Role::Void) && !key.has(Role::Exclude) {
            let inner = self.enter(key, entry, context);
            let is_list_of_accounts = key.ends_with(Role::Accounts) && value.kind() == Kind::Mapping;
            if is_list_of_accounts && value.entries().all(|entry| entry.value.kind() == Kind::Mapping) {
                for named in value.entries() {
                    let context = self.item(named.value, &inner);
                    if context.account == inner.account {
                        let key = self.key(named.key);
                        self.entry(&key, named, &context);
                    } else {
                        self.node(named.value, &context);
                    }
                }
            } else {
                self.node(value, &inner);
            }
        }
    }

    /// What a section adds to the context.
    fn enter(&mut self, key: &Key, entry: Entry<'t>, context: &Context) -> Context {
        let mut inner = Context { section: entry.key.text().to_owned(), ..context.clone() };
        if let Some((verb, _)) = key.verb(&self.survey.platforms) {
            inner.host = match context.verb {
                Some((outer, _)) if outer != verb && outer != Verb::Post => Some(outer),
                Some(_) => context.host,
                None => None,
            };
            inner.verb = Some((verb, self.reader.site(entry.key)));
            inner.event = None;
            let site = self.reader.site(entry.key);
            inner.people = key.audience().filter(|kind| needs_no_names(*kind)).map(|kind| (kind, site));
        }
        let event = key.pick(|idea| if let Idea::Event(event) = idea { Some(event) } else { None });
        inner.event = event.or(inner.event);
        let limit = key.pick(|idea| if let Idea::Limit(kind) = idea { Some(kind) } else { None });
        inner.limit = limit.or(inner.limit);
        let platform = key.pick(|idea| if let Idea::Platform(name) = idea { Some(name) } else { None });
        inner.platform = platform.or(inner.platform);
        inner.roles.retain(|role| *role != Role::Accounts);
        let roles = INHERITED.into_iter().filter(|role| key.has(*role) && !context.roles.contains(role));
        inner.roles.extend(roles);
        inner
    }
}
