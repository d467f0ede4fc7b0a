//! What a file says of its accounts: platform, way to sign in, profile, facts and switches of the whole bot, and
//! which subjects it speaks about at all: an absence counts only where the file speaks of the thing.

mod consent;
mod evasion;
mod idiom;
pub(crate) mod network;
mod own;
mod profile;
mod secrets;
mod sign_in;

use crate::model::{Account, Audience, AudienceKind, Property, Site, Stated, Switch, SwitchKind, Trigger};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::Given;
use crate::reader::sense::Deed;
use crate::reader::walk::{Item, Subs, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// An account on its way into the model.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub(crate) account: Account,
    pub(crate) platform: Option<&'static str>,
    /// Where the file says that the account posts nothing.
    pub(crate) postless: Option<Site>,
    /// Where the file says that no person takes over.
    pub(crate) personless: Option<Site>,
    /// Where the file says that people asked to be written to.
    pub(crate) asked: Option<Site>,
    /// Where a text says that a person reads answers.
    pub(crate) read_by: Option<Site>,
    /// What a language model is told.
    pub(crate) persona: Option<Site>,
    /// Whom and what the bot looks for, as a section apart from any act says.
    pub(crate) targets: Vec<Audience>,
    /// The names of the switches by which the whole account rehearses or waits for approval.
    pub(crate) rehearsal: Option<String>,
    pub(crate) approval: Option<String>,
    /// The people whom the file lists apart from any act.
    pub(crate) people: Vec<Audience>,
    /// Whether a section apart from any act says that messages start again: `loop: { after_last_step: restart }`.
    pub(crate) repeats: Stated<bool>,
    /// The word by which people call it: `summon: "!setlist"`.
    pub(crate) called: Option<Trigger>,
    /// Where the file says that it looks at what is written to it: words that it waits for stand there.
    pub(crate) hears: Option<Site>,
    /// Where the file says that it listens to what everybody writes.
    pub(crate) public: Option<Site>,
    /// The room that the whole file is about: `group: Year 4`.
    pub(crate) room: Option<Site>,
    /// How much speaks for a bot, apart from clauses.
    pub(crate) signs_in: bool,
    /// Whether it is an own account of which the file only says what it is called.
    pub(crate) listed: bool,
    /// The account whose settings hold for this one, too: that of the whole file.
    pub(crate) around: Option<usize>,
}

impl Scope {
    /// Takes over what the file says of all its accounts, and this one does not say of itself.
    pub(crate) fn inherit(&mut self, around: &Self) {
        let (own, shared) = (&mut self.account, &around.account);
        own.guards.extend(shared.guards.iter().cloned());
        own.switches.extend(shared.switches.iter().cloned());
        own.facts.extend(shared.facts.iter().cloned());
        let new = shared.expressible.iter().filter(|property| !own.expressible.contains(property));
        let new: Vec<Property> = new.copied().collect();
        own.expressible.extend(new);
        let profile = std::mem::take(&mut own.profile);
        own.profile.bot_flag = profile.bot_flag.or(shared.profile.bot_flag.clone());
        own.profile.bio = profile.bio.or(shared.profile.bio.clone());
        own.profile.operator = profile.operator.or(shared.profile.operator.clone());
        own.profile.contact = profile.contact.or(shared.profile.contact.clone());
        own.owner_group = std::mem::take(&mut own.owner_group).or(shared.owner_group.clone());
        self.platform = self.platform.or(around.platform);
        self.personless = self.personless.or(around.personless);
        self.asked = self.asked.or(around.asked);
        self.read_by = self.read_by.or(around.read_by);
        if self.rehearsal.is_none() {
            self.rehearsal.clone_from(&around.rehearsal);
        }
        if self.approval.is_none() {
            self.approval.clone_from(&around.approval);
        }
    }
}

/// Whether people on the platform talk in rooms rather than with the bot alone.
pub(crate) fn has_rooms(platform: Option<&str>) -> bool {
    matches!(platform, Some("discord" | "slack" | "matrix" | "twitch" | "irc"))
}

impl<'t> Walk<'t> {
    /// A new account that stands at this node.
    pub(crate) fn scope(&mut self, node: NodeRef<'t>, platform: Option<&'static str>) -> usize {
        let account = Account { site: self.reader.site(node), ..Account::default() };
        self.scopes.push(Scope { account, platform, ..Scope::default() });
        self.scopes.len() - 1
    }

    pub(crate) fn scope_of(&mut self, number: usize) -> Option<&mut Scope> {
        self.scopes.get_mut(number)
    }

    /// Notes that the file speaks of a subject: what it leaves out there counts.
    pub(crate) fn speaks_of(&mut self, account: usize, property: Property) {
        if let Some(scope) = self.scope_of(account)
            && !scope.account.expressible.contains(&property)
        {
            scope.account.expressible.push(property);
        }
    }

    /// Notes that the file says, at this place, that nothing keeps the bot from answering bots or itself.
    pub(crate) fn unguarded(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::LoopGuards);
        if let Some(scope) = self.scope_of(account) {
            scope.account.unguarded.push(site);
        }
    }

    pub(crate) fn without_posts(&mut self, account: usize, site: Site) {
        if let Some(scope) = self.scope_of(account) {
            scope.postless.get_or_insert(site);
        }
    }

    pub(crate) fn without_person(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::Handoff);
        self.speaks_of(account, Property::Inbound);
        if let Some(scope) = self.scope_of(account)
            && scope.personless.is_none()
        {
            scope.personless = Some(site);
            let on = Stated::Known(true, site);
            scope.account.switches.push(Switch { kind: SwitchKind::NoPerson, on });
        }
    }

    pub(crate) fn closes_replies(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::Inbound);
        if let Some(scope) = self.scope_of(account) {
            let on = Stated::Known(true, site);
            scope.account.switches.push(Switch { kind: SwitchKind::RepliesClosed, on });
        }
    }

    /// Whether the file is about a platform of rooms.
    pub(crate) fn is_chat(&self) -> bool {
        self.platforms.first().is_some_and(|platform| self.vocabulary.is_kind(platform, "chat"))
    }

    /// Reads an entry that is about the account as a whole; false if it is not.
    pub(crate) fn about_account(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if item.value.kind() == Kind::Mapping {
            return false;
        }
        let key = &item.idioms;
        if frame.whole
            && item.phrase.only(&[C::Channel])
            && !item.phrase.plural(C::Channel)
            && given == Given::Said
        {
            let site = self.reader.site(item.value);
            if let Some(scope) = self.scope_of(frame.account) {
                scope.room.get_or_insert(site);
            }
        }
        self.denies_bot(item, frame)
            || self.evades(item, given, frame)
            || self.own_handle(item, given, frame)
            || self.credential(item, key, frame)
            || self.discloses(item, given, frame)
            || self.profiled(item, given, key, frame)
            || self.ignored_stop_words(item, frame)
            || self.idiom(item, given, key, frame)
            || self.stop_words(item, given, frame)
            || self.persona(item, given, frame)
    }

    /// A section that is switched off says something, too.
    pub(crate) fn switched_off(&mut self, site: Site, frame: &Frame) {
        let Some(name) = frame.name.split('.').next_back() else { return };
        let phrase = Phrase::read(name);
        if phrase.any(&[C::Handoff, C::Ticket]) || phrase.only(&[C::Operator]) || phrase.only(&[C::Forward]) {
            self.without_person(frame.account, site);
        } else if phrase.has(C::Post) && !phrase.any(&[C::Say, C::Mirror]) {
            self.speaks_of(frame.account, Property::OwnContent);
            self.without_posts(frame.account, site);
        } else if let Some(event) = crate::reader::sense::inbound(&phrase, None)
            && !phrase.any(&[C::Greet, C::Nudge, C::Pitch, C::Text, C::Invite, C::Follow])
            && (phrase.has(C::Inbox)
                || phrase.has(C::Mention)
                || phrase.plural(C::Reply)
                || phrase.plural(C::Comment))
        {
            let mut inner = Frame { joint: true, ..frame.inner("", frame.site) };
            inner.triggers = vec![Trigger::new(event, frame.site)];
            inner.doings.push(Doing::of(Deed::Ignore, site));
            self.finish(inner, Subs::new());
        }
    }

    /// People whom the name of a section states: `lost_followers`, `all_members`.
    pub(crate) fn people_of_section(&self, phrase: &Phrase, site: Site, frame: &mut Frame) {
        let names = phrase.any(&[C::OneSided, C::Engager, C::Stranger, C::Lead]);
        if names && let Some(kind) = crate::reader::sense::people(phrase) {
            frame.audiences.push(Audience::new(kind, site));
        }
        if phrase.only(&[C::Acquaintance, C::Lead, C::Subscriber, C::Customer, C::People, C::To, C::List])
            && phrase.any(&[C::Acquaintance, C::Lead, C::Subscriber, C::Customer, C::To])
        {
            frame.lists_people = Some(site);
        }
        if phrase.has(C::Rival) {
            frame.audiences.push(Audience::new(AudienceKind::FollowersOf, site));
        }
    }
}
