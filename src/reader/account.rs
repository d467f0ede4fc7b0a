//! What a file says of its accounts: platform, way to sign in, profile, facts and switches of the whole bot, and
//! which subjects it speaks about at all: an absence counts only where the file speaks of the thing.

use super::concept::Concept as C;
use super::frame::{Doing, Frame};
use super::idioms::{Idea, Key, Role};
use super::speech::Speech;
use super::value::{Given, duration, given, is_address, is_sentence};
use super::walk::{Item, Subs, Walk, ignoring};
use super::words::Phrase;
use crate::model::{
    Account, Audience, AudienceKind, Auth, Event, Fact, FactKind, Guard, GuardKind, Property, Site, Stated,
    Switch, SwitchKind, Trigger,
};
use crate::syntax::{Kind, NodeRef, Value};

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
    /// How much speaks for a bot, apart from clauses.
    pub(crate) signs_in: bool,
}

impl<'t> Walk<'t> {
    /// A new account that stands at this node.
    pub(super) fn scope(&mut self, node: NodeRef<'t>, platform: Option<&'static str>) -> usize {
        let account = Account { site: self.reader.site(node), ..Account::default() };
        self.scopes.push(Scope { account, platform, ..Scope::default() });
        self.scopes.len() - 1
    }

    pub(super) fn scope_of(&mut self, number: usize) -> Option<&mut Scope> {
        self.scopes.get_mut(number)
    }

    /// Notes that the file speaks of a subject: what it leaves out there counts.
    pub(super) fn speaks_of(&mut self, account: usize, property: Property) {
        if let Some(scope) = self.scope_of(account)
            && !scope.account.expressible.contains(&property)
        {
            scope.account.expressible.push(property);
        }
    }

    pub(super) fn without_posts(&mut self, account: usize, site: Site) {
        if let Some(scope) = self.scope_of(account) {
            scope.postless.get_or_insert(site);
        }
    }

    pub(super) fn without_person(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::Handoff);
        self.speaks_of(account, Property::Inbound);
        if let Some(scope) = self.scope_of(account) {
            scope.personless.get_or_insert(site);
        }
    }

    pub(super) fn closes_replies(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::Inbound);
        if let Some(scope) = self.scope_of(account) {
            let on = Stated::Known(true, site);
            scope.account.switches.push(Switch { kind: SwitchKind::RepliesClosed, on });
        }
    }

    /// Whether the file is about a platform of rooms.
    pub(super) fn is_chat(&self) -> bool {
        self.platforms.first().is_some_and(|platform| self.vocabulary.is_kind(platform, "chat"))
    }

    /// Notes the platform that a key or its value names.
    pub(super) fn platform(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) {
        let words = self.idioms(key);
        let named = |idea| if let Idea::Platform(name) = idea { Some(name) } else { None };
        let in_value = || {
            let is_role = words.has(Role::PlatformName)
                || matches!(
                    words.words.last().map(String::as_str),
                    Some(
                        "channel"
                            | "kind"
                            | "type"
                            | "api"
                            | "target"
                            | "app"
                            | "messenger"
                            | "dienst"
                            | "red"
                            | "plataforma"
                            | "plattform"
                            | "plateforme"
                            | "piattaforma"
                            | "bot"
                    )
                );
            if value.kind() != Kind::Scalar || !is_role && !value.text().starts_with("http") {
                return None;
            }
            if value.text() == "x" {
                return Some("twitter");
            }
            let value = self.vocabulary.read(value.text());
            value.pick(named).filter(|_| value.words.len() <= 4)
        };
        let federated = || {
            let is_server =
                matches!(words.words.last().map(String::as_str), Some("instance" | "server" | "homeserver"));
            (is_server && value.kind() == Kind::Scalar && value.text().starts_with("http"))
                .then_some("mastodon")
        };
        if let Some(name) = words.pick(named).or_else(in_value).or_else(federated)
            && !self.platforms.contains(&name)
        {
            self.platforms.push(name);
        }
    }

    /// The account of an item of a list: one of its own if it signs in, else the one around it.
    pub(super) fn account_of_item(&mut self, item: NodeRef<'t>, around: usize) -> usize {
        if item.kind() != Kind::Mapping {
            return around;
        }
        let items = self.items_of(item);
        let signs_in = items.iter().any(|item| {
            let key = &item.idioms;
            let secret = [Role::Password, Role::Secret, Role::Session, Role::UserToken]
                .into_iter()
                .any(|role| key.ends_with(role));
            secret && item.value.kind() == Kind::Scalar && given(&self.reader, item.value) != Given::Nothing
        });
        if signs_in { self.scope(item, None) } else { around }
    }

    /// Looks for a way to sign in among the entries of one mapping.
    pub(super) fn sign_in(&mut self, items: &[Item<'t>], frame: &Frame) {
        let is_machine = frame.name.split('.').any(|name| self.vocabulary.read(name).has(Role::Machine));
        if is_machine {
            return;
        }
        let keys: Vec<(&Key, &Item<'t>)> = items
            .iter()
            .filter(|item| item.value.kind() == Kind::Scalar)
            .map(|item| (&*item.idioms, item))
            .collect();
        let find = |role: Role, empty: bool| {
            keys.iter().find(|(key, item)| {
                let value = given(&self.reader, item.value);
                let written = item.value.templated()
                    || !matches!(item.value.value(self.reader.schema), Value::Null | Value::Bool(_));
                key.ends_with(role)
                    && key.is_only(is_name_of_credential)
                    && written
                    && (empty || value != Given::Nothing)
            })
        };
        let username = find(Role::Username, true);
        let login = username.and(find(Role::Password, true));
        let found = find(Role::UserToken, false)
            .map(|found| (Auth::UserToken, found))
            .or(login.map(|found| (Auth::Password, found)))
            .or(find(Role::Session, false).map(|found| (Auth::Browser, found)))
            .or(find(Role::Secret, false).map(|found| (Auth::OfficialApi, found)));
        let handle = find(Role::Handle, false).filter(|(_, item)| {
            !self.vocabulary.read(item.value.text()).is_only(|idea| idea == Idea::Role(Role::Placeholder))
        });
        let handle = handle.map(|(_, item)| self.reader.stated_text(item.value));
        let found = found.map(|(auth, (key, item))| {
            let named = key.pick(|idea| if let Idea::Platform(name) = idea { Some(name) } else { None });
            (auth, self.reader.site(item.value), named)
        });
        let Some(scope) = self.scope_of(frame.account) else { return };
        if let Some((auth, site, named)) = found
            && scope.account.auth.is_absent()
        {
            scope.account.auth = Stated::Known(auth, site);
            scope.platform = scope.platform.or(named);
            scope.signs_in = true;
        }
        if let Some(handle) = handle
            && scope.account.identity.handle.is_absent()
        {
            scope.account.identity.handle = handle;
        }
    }

    /// `account: "@kim"`: the handle of the account itself.
    fn own_handle(&mut self, item: &Item<'t>, given: Given, frame: &Frame) -> bool {
        let outer = frame.name.is_empty()
            || frame.name.split('.').count() == 1
                && Phrase::read(&frame.name).any(&[C::Profile, C::People, C::Handle]);
        let text = item.value.text();
        let names = matches!(item.key.text(), "account" | "acct" | "user" | "handle" | "id" | "who" | "me")
            && given == Given::Said
            && item.value.kind() == Kind::Scalar;
        let handle = text.starts_with('@')
            || matches!(item.key.text(), "id" | "user" | "account" | "acct" | "handle")
                && !text.contains([' ', '/', ':'])
                && text.chars().any(char::is_alphabetic);
        if !outer || !names || !handle || text.contains(' ') {
            return false;
        }
        let stated = self.reader.stated_text(item.value);
        if let Some(scope) = self.scope_of(frame.account)
            && scope.account.identity.handle.is_absent()
        {
            scope.account.identity.handle = stated;
        }
        true
    }

    /// Reads an entry that is about the account as a whole; false if it is not.
    pub(super) fn about_account(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if item.value.kind() == Kind::Mapping {
            return false;
        }
        let key = &item.idioms;
        self.evades(item, given, frame)
            || self.own_handle(item, given, frame)
            || self.credential(item, key, frame)
            || self.discloses(item, given, frame)
            || self.profiled(item, given, key, frame)
            || self.idiom(item, given, key, frame)
            || self.stop_words(item, given, frame)
            || self.persona(item, given, frame)
    }

    /// Stealth, fake typing, captchas, proxies: what hides the bot from the platform.
    fn evades(&mut self, item: &Item<'t>, value: Given, frame: &Frame) -> bool {
        let phrase = &item.phrase;
        let said =
            if value == Given::Said && item.value.kind() == Kind::Scalar && !is_sentence(item.value.text()) {
                Phrase::read(item.value.text())
            } else {
                Phrase::default()
            };
        let has = |concept| phrase.has(concept) || said.words.len() <= 3 && said.has(concept);
        let many = item.value.items().nth(1).is_some()
            || said.has(C::Proxy)
            || phrase.words.iter().any(|word| word.text.starts_with("rotat"));
        let kind = match () {
            () if phrase.has(C::RetryIgnored) => SwitchKind::IgnoresRetryAfter,
            () if has(C::Captcha) && (phrase.has(C::Captcha)) && !phrase.any(&[C::Text, C::Delay]) => {
                SwitchKind::SolvesCaptcha
            }
            () if has(C::Stealth)
                && (phrase.word("undetected")
                    || said.word("undetected")
                    || phrase.words.iter().any(|word| word.text.starts_with("undetected"))) =>
            {
                SwitchKind::UndetectedDriver
            }
            () if has(C::Stealth) => SwitchKind::Stealth,
            () if has(C::Humanlike)
                && (phrase.word("typo chance")
                    || phrase.word("typo")
                    || phrase.word("char per second")
                    || phrase.word("typing speed")
                    || phrase.word("fake typing")
                    || phrase.word("simulate typing")
                    || phrase.word("typing delay")
                    || phrase.word("fake delay")) =>
            {
                SwitchKind::FakeTyping
            }
            () if has(C::Humanlike) && (phrase.word("deny bot") || phrase.word("never admit")) => {
                SwitchKind::DeniesBot
            }
            () if has(C::Humanlike)
                && (phrase.word("human persona")
                    || phrase.word("pose as")
                    || phrase.word("impersonate")
                    || phrase.word("fake persona")) =>
            {
                SwitchKind::HumanPersona
            }
            () if has(C::Humanlike) => SwitchKind::Stealth,
            () if has(C::Proxy) && many => SwitchKind::RotateIdentity,
            () => return false,
        };
        let negative = said.has(C::Not) || said.has(C::Disabled);
        let on = match value {
            Given::On | Given::Unlimited => true,
            Given::Number(number) => number > 0.0,
            Given::Said => !negative,
            Given::Off if phrase.word("respect rate limit") => true,
            _ => false,
        };
        let on = on && !(value == Given::On && phrase.word("respect rate limit"));
        let site = self.reader.site(item.value);
        if on && let Some(scope) = self.scope_of(frame.account) {
            scope.account.switches.push(Switch { kind, on: Stated::Known(true, site) });
        }
        true
    }

    fn credential(&mut self, item: &Item<'t>, key: &Key, frame: &Frame) -> bool {
        // `login_type: user_account`
        if item.phrase.any(&[C::Handle, C::Token, C::Session])
            && item.value.kind() == Kind::Scalar
            && !item.value.templated()
        {
            let value = Phrase::read(item.value.text());
            let personal = ["userbot", "selfbot", "self bot"].iter().any(|word| value.word(word))
                || value.words.len() <= 3
                    && (value.word("user") || value.word("personal") || value.word("private"))
                    && (value.word("account") || value.word("profile"));
            if personal {
                let site = self.reader.site(item.value);
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.account.auth = Stated::Known(Auth::UserToken, site);
                    scope.signs_in = true;
                }
                return true;
            }
        }
        let is_secret = [Role::Password, Role::Session, Role::UserToken, Role::Secret]
            .into_iter()
            .any(|role| key.ends_with(role));
        let phrase = &item.phrase;
        let by_words = phrase.any(&[C::Password, C::Session, C::Token])
            && (phrase.ends(C::Password) || phrase.ends(C::Session) || phrase.ends(C::Token))
            && !phrase.any(&[C::Text, C::Follow, C::Dm, C::Reply, C::Per, C::Max])
            && !matches!(given(&self.reader, item.value), Given::Number(_) | Given::On | Given::Off);
        if !(is_secret || by_words) || item.value.kind() != Kind::Scalar {
            return false;
        }
        if let Some(scope) = self.scope_of(frame.account) {
            scope.signs_in = true;
        }
        self.secret(item, key, frame);
        true
    }

    /// `bot: true`, `self_label: bot`, `disclosure: "…"`, `automated: false`.
    fn discloses(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let is_flag = phrase.has(C::Disclosure) && !phrase.any(&[C::Text, C::Dm, C::Reply, C::Trigger])
            || phrase.words.len() == 1 && phrase.word("bot")
            || phrase.words.len() == 2 && phrase.has(C::Profile) && phrase.word("bot")
            // `intro: I'm the channel bot.` of the whole file is how the bot presents itself.
            || frame.name.is_empty()
                && phrase.words.len() == 1
                && (phrase.word("intro") || phrase.word("introduction"))
                && Speech::of(item.value.text()).discloses;
        if !is_flag {
            return false;
        }
        let site = self.reader.site(item.value);
        let flag = match value {
            Given::On => Some(true),
            Given::Off | Given::Number(0.0) => Some(false),
            Given::Number(_) => Some(true),
            Given::Said if phrase.word("bot") && phrase.words.len() == 1 => return false,
            Given::Said => {
                let texts = self.reader.texts(item.value);
                let negative = texts.iter().any(|text| {
                    let value = Phrase::read(&text.text);
                    value.words.len() <= 2 && (value.has(C::Not) || value.has(C::Ignore))
                });
                if negative {
                    Some(false)
                } else if phrase.word("label")
                    && phrase.words.len() == 1
                    && !texts.iter().any(|text| text.text.to_lowercase().contains("bot"))
                {
                    None
                } else {
                    Some(true)
                }
            }
            _ => None,
        };
        if let (Some(flag), Some(scope)) = (flag, self.scope_of(frame.account)) {
            scope.account.profile.bot_flag = Stated::Known(flag, site);
        }
        if flag == Some(false) {
            self.speaks_of(frame.account, Property::Profile);
        }
        true
    }

    /// The profile: what it says, who runs it, where to write to.
    fn profiled(&mut self, item: &Item<'t>, value: Given, key: &Key, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let text = item.value.text().to_owned();
        let stated = self.reader.stated_text(item.value);
        let site = self.reader.site(item.value);
        let in_profile = frame.name.split('.').any(|name| {
            let name = Phrase::read(name);
            name.has(C::Profile) || name.has(C::Bio)
        });
        let is_bio = phrase.has(C::Bio)
            && !phrase.any(&[C::Trigger, C::Dm, C::Greet])
            && (phrase.words.len() <= 2 || in_profile || phrase.has(C::Profile));
        if is_bio || in_profile && phrase.ends(C::Text) {
            if !matches!(value, Given::Said | Given::Unknown | Given::Nothing) {
                return false;
            }
            let speech = Speech::of(&text);
            let Some(scope) = self.scope_of(frame.account) else { return true };
            if value != Given::Nothing && scope.account.profile.bio.is_absent() {
                scope.account.profile.bio = stated;
            }
            if speech.hides || speech.denies {
                scope
                    .account
                    .switches
                    .push(Switch { kind: SwitchKind::HumanPersona, on: Stated::Known(true, site) });
            }
            return true;
        }
        let reads = [
            "answered by",
            "read by",
            "handled by",
            "monitored by",
            "looked after by",
            "reader",
            "human contact",
        ]
        .iter()
        .any(|word| phrase.word(word));
        let by_operator = phrase.has(C::Operator)
            && phrase.only(&[C::Operator, C::Profile, C::To, C::Say, C::Bio, C::Forward])
            || key.has(Role::ProfileOperator)
            || key.has(Role::ProfileContact)
            || phrase.only(&[C::Operator]);
        let is_contact = by_operator && !frame.joint || reads || in_profile && phrase.has(C::Say);
        if !is_contact || item.value.kind() != Kind::Scalar || value != Given::Said {
            return false;
        }
        let said = Phrase::read(&text);
        if said.words.len() <= 3 && (said.has(C::Ignore) || said.has(C::Not)) {
            return false;
        }
        let tells = is_sentence(&text) && {
            let said = Phrase::read(&text);
            said.word("reads") || said.has(C::Reply) || said.word("read")
        };
        let owns = phrase.word("owner")
            || phrase.words.iter().any(|word| {
                matches!(
                    word.text.as_str(),
                    "owner" | "run by" | "operated by" | "operator" | "maintainer" | "maintained by"
                )
            });
        let Some(scope) = self.scope_of(frame.account) else { return true };
        if owns && scope.account.owner_group.is_absent() {
            scope.account.owner_group = stated.clone();
        }
        let profile = &mut scope.account.profile;
        if is_address(&text) || text.starts_with('@') || text.starts_with("http") {
            profile.contact = stated.clone();
        } else {
            profile.operator = stated.clone();
        }
        if reads || tells || phrase.word("human") {
            scope.account.facts.push(Fact { kind: FactKind::RepliesMonitoredBy, value: stated });
        }
        true
    }

    /// A guard that an idiom names, within conditions.
    pub(super) fn idiom_guard(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let key = &item.idioms;
        let is_guard =
            key.pick(|idea| if let Idea::Guard(kind) = idea { Some(kind) } else { None }).is_some();
        is_guard && self.idiom(item, value, key, frame)
    }

    /// Idioms of settings that hold for the whole bot: safety switches, guards, facts.
    fn idiom(&mut self, item: &Item<'t>, value: Given, key: &Key, frame: &mut Frame) -> bool {
        let site = self.reader.site(item.value);
        let switch = key.pick(|idea| if let Idea::Switch(kind) = idea { Some(kind) } else { None });
        let guard = key.pick(|idea| if let Idea::Guard(kind) = idea { Some(kind) } else { None });
        let fact = key.pick(|idea| if let Idea::Fact(kind) = idea { Some(kind) } else { None });
        if let Some(kind) = switch.filter(|kind| {
            !matches!(kind, SwitchKind::Stealth | SwitchKind::RotateIdentity | SwitchKind::FakeTyping)
        }) {
            let on = match value {
                Given::Off | Given::Number(0.0) => Stated::Known(false, site),
                Given::Unknown => Stated::Unknown(site),
                Given::On | Given::Said | Given::Number(_) | Given::Unlimited => Stated::Known(true, site),
                Given::Nothing | Given::Nested => return false,
            };
            if kind == SwitchKind::DryRun && !frame.whole && !frame.name.is_empty() {
                match on.get() {
                    Some(true) => frame.enabled = Stated::Known(false, site),
                    Some(false) => frame.in_earnest = Some(site),
                    None => {}
                }
                return true;
            }
            if kind == SwitchKind::DryRun
                && let Some(scope) = self.scope_of(frame.account)
            {
                scope.rehearsal.get_or_insert_with(|| item.key.text().to_owned());
            }
            if let Some(scope) = self.scope_of(frame.account) {
                scope.account.switches.push(Switch { kind, on });
            }
            return true;
        }
        if let Some(kind) = guard {
            if matches!(value, Given::Off | Given::Number(0.0)) {
                if kind == GuardKind::Approval && !frame.whole && !frame.name.is_empty() {
                    frame.unapproved = Some(site);
                    return true;
                }
                if kind == GuardKind::Approval
                    && let Some(scope) = self.scope_of(frame.account)
                {
                    let on = Stated::Known(true, site);
                    scope.account.switches.push(Switch { kind: SwitchKind::SkipApproval, on });
                }
                match kind {
                    GuardKind::ExcludeSelf | GuardKind::ExcludeBots => {
                        self.speaks_of(frame.account, Property::LoopGuards)
                    }
                    GuardKind::OncePerUser | GuardKind::OncePerThread => {
                        self.speaks_of(frame.account, Property::Memory)
                    }
                    _ => {}
                }
                return true;
            }
            if matches!(value, Given::Nothing | Given::Nested) {
                return value == Given::Nothing;
            }
            let mut guard = Guard::new(kind, site);
            if value == Given::Said {
                guard.values = self.reader.texts(item.value);
            }
            let names_platform = |name: &str| {
                self.vocabulary
                    .read(name)
                    .pick(|idea| if let Idea::Platform(name) = idea { Some(name) } else { None })
            };
            let whole = frame.whole || !frame.joint && names_platform(&frame.name).is_some();
            match self.scopes.get_mut(frame.account).filter(|_| whole) {
                Some(scope) => {
                    if kind == GuardKind::Approval {
                        scope.approval.get_or_insert_with(|| item.key.text().to_owned());
                    }
                    scope.account.guards.push(guard);
                }
                None => frame.guards.push(guard),
            }
            return true;
        }
        if let Some(kind) = fact {
            if matches!(value, Given::Nothing | Given::Off | Given::Number(0.0) | Given::Nested) {
                if kind == FactKind::RepliesMonitoredBy && matches!(value, Given::Nothing | Given::Off) {
                    self.without_person(frame.account, site);
                }
                return true;
            }
            let in_days = matches!(kind, FactKind::RepliesWithin | FactKind::Retention);
            let value = match duration(&self.reader, &item.phrase, item.value) {
                days @ Stated::Known(..) if in_days => days.map(|days| days.to_string()),
                _ => self.reader.stated_text(item.value),
            };
            if let Some(scope) = self.scope_of(frame.account) {
                scope.account.facts.push(Fact { kind, value });
            }
            return true;
        }
        false
    }

    /// `stop_words: [STOP]`, `unsubscribe: menu`, `ignore_stop: true`.
    fn stop_words(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        if !phrase.any(&[C::Stop, C::StepsToLeave])
            || phrase.has(C::Again)
            || phrase.word("stop on")
            || phrase.any(&[C::Trigger, C::Except, C::Text, C::Dm])
            || frame.joint && phrase.words.len() == 1 && frame.event().is_some()
        {
            return false;
        }
        // The command of a table: `/stop: show_menu`.
        let said = if value == Given::Said && item.value.kind() == Kind::Scalar {
            Phrase::read(item.value.text())
        } else {
            Phrase::default()
        };
        let ignored = phrase.has(C::Ignore) && matches!(value, Given::On | Given::Said)
            || said.words.len() <= 4 && said.any(&[C::Ignore, C::Disabled])
            || value == Given::Off && !phrase.has(C::Ignore);
        let site = self.reader.site(item.value);
        if ignored {
            self.opt_out_fails(frame.account, site);
            return true;
        }
        if value == Given::Nothing {
            // A place for stop words that is empty.
            self.speaks_of(frame.account, Property::OptOut);
            return true;
        }
        if value == Given::Nested {
            return false;
        }
        let stated = self.reader.stated_text(item.value);
        let steps = phrase.has(C::StepsToLeave) || said.has(C::StepsToLeave);
        let days = duration(&self.reader, phrase, item.value);
        let Some(scope) = self.scope_of(frame.account) else { return true };
        let kind = match days {
            Stated::Known(days, _) if days > 0.0 && phrase.any(&[C::Delay, C::Day, C::StepsToLeave]) => {
                scope
                    .account
                    .facts
                    .push(Fact { kind: FactKind::OptOutDelay, value: Stated::Known(days.to_string(), site) });
                return true;
            }
            _ if steps => FactKind::OptOutSteps,
            _ => FactKind::OptOut,
        };
        scope.account.facts.push(Fact { kind, value: stated });
        true
    }

    /// `handover: { to: team }`: a person takes over, whoever writes.
    pub(super) fn person_takes_over(&mut self, item: &Item<'t>, account: usize) {
        let items = self.items_of(item.value);
        let off = items.iter().any(|item| {
            super::walk::is_switch(&item.phrase)
                && matches!(given(&self.reader, item.value), Given::Off | Given::Number(0.0))
        });
        let to = items.iter().find(|item| {
            item.phrase.any(&[C::To, C::Operator, C::Forward, C::People])
                && matches!(given(&self.reader, item.value), Given::Said | Given::Unknown | Given::On)
        });
        if let (false, Some(to)) = (off, to) {
            let value = self.reader.stated_text(to.value);
            let value = if to.value.kind() == Kind::Scalar {
                value
            } else {
                Stated::Known("people".to_owned(), self.reader.site(to.value))
            };
            if let Some(scope) = self.scope_of(account) {
                scope.account.facts.push(Fact { kind: FactKind::RepliesMonitoredBy, value });
            }
        }
    }

    /// Nobody is asked before they are written to.
    pub(super) fn assumes_consent(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::OptOut);
        if let Some(scope) = self.scope_of(account) {
            let on = Stated::Known(true, site);
            scope.account.switches.push(Switch { kind: SwitchKind::AssumesConsent, on });
        }
    }

    /// A way out that is declared and does nothing.
    pub(super) fn opt_out_fails(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::OptOut);
        if let Some(scope) = self.scope_of(account) {
            let value = Stated::Known("ignored".to_owned(), site);
            scope.account.facts.push(Fact { kind: FactKind::OptOutScope, value });
        }
    }

    /// What a language model is told: to pass as a person, or to say what it is.
    fn persona(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let in_persona = item.phrase.has(C::Persona)
            || frame
                .name
                .split('.')
                .any(|name| Phrase::read(name).has(C::Persona) || name.to_lowercase().contains("persona"));
        if !in_persona || value != Given::Said {
            return false;
        }
        let mut understood = false;
        let prompt = self.reader.site(item.value);
        let is_prompt = item.phrase.any(&[C::Persona]) || is_sentence(item.value.text());
        if is_prompt && let Some(scope) = self.scope_of(frame.account) {
            scope.persona.get_or_insert(prompt);
        }
        for text in self.reader.texts(item.value) {
            let speech = Speech::of(&text.text);
            let kind = match speech {
                Speech { hides: true, .. } => SwitchKind::DeniesBot,
                Speech { denies: true, .. } => SwitchKind::HumanPersona,
                _ => continue,
            };
            understood = true;
            if let Some(scope) = self.scope_of(frame.account) {
                scope.account.switches.push(Switch { kind, on: Stated::Known(true, text.site) });
            }
        }
        if !understood && is_sentence(item.value.text()) {
            return true;
        }
        understood
    }

    /// A section that is switched off says something, too.
    pub(super) fn switched_off(&mut self, site: Site, frame: &Frame) {
        let Some(name) = frame.name.split('.').next_back() else { return };
        let phrase = Phrase::read(name);
        if phrase.any(&[C::Handoff, C::Ticket]) || phrase.only(&[C::Operator]) || phrase.only(&[C::Forward]) {
            self.without_person(frame.account, site);
        } else if phrase.has(C::Post) && !phrase.any(&[C::Say, C::Mirror]) {
            self.speaks_of(frame.account, Property::OwnContent);
            self.without_posts(frame.account, site);
        } else if let Some(event) = super::sense::inbound(&phrase, None)
            && !phrase.any(&[C::Greet, C::Nudge, C::Pitch, C::Text, C::Invite, C::Follow])
            && (phrase.has(C::Inbox)
                || phrase.has(C::Mention)
                || phrase.plural(C::Reply)
                || phrase.plural(C::Comment))
        {
            let mut inner = Frame { joint: true, ..frame.inner("", frame.site) };
            inner.triggers = vec![Trigger::new(event, frame.site)];
            inner.doings.push(Doing::new(&ignoring(), site));
            self.finish(inner, Subs::new());
        }
    }

    /// A section about how people leave: steps, a letter, a waiting period, words that do nothing.
    pub(super) fn way_out(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let phrase = &item.phrase;
        if item.value.kind() == Kind::Scalar
            || !phrase.only(&[C::Stop, C::Leave, C::Subscribe, C::Not, C::Text, C::Keyword, C::Command])
            || !phrase.any(&[C::Stop, C::Leave])
        {
            return false;
        }
        let items = self.items_of(item.value);
        let posts = items.iter().any(|item| {
            item.phrase.any(&[C::Channel, C::Public, C::Farewell])
                || item.phrase.has(C::Trigger) && {
                    let value = Phrase::read(item.value.text());
                    value.any(&[C::Member, C::Leave, C::Unfollow]) && !value.has(C::StepsToLeave)
                }
        });
        if posts && !phrase.has(C::Stop) || items.is_empty() {
            return false;
        }
        let mut told = false;
        for item in &items {
            let value = given(&self.reader, item.value);
            let site = self.reader.site(item.value);
            let said = Phrase::read(item.value.text());
            let mut fact = |kind: FactKind, value: Stated<String>| {
                told = true;
                if let Some(scope) = self.scopes.get_mut(frame.account) {
                    scope.account.facts.push(Fact { kind, value });
                }
            };
            let hurdle = item.phrase.has(C::StepsToLeave) || said.has(C::StepsToLeave);
            if let Stated::Known(days, site) = duration(&self.reader, &item.phrase, item.value)
                && days > 0.0
            {
                fact(FactKind::OptOutDelay, Stated::Known(days.to_string(), site));
            } else if item.value.kind() == Kind::Sequence
                && item.value.items().count() >= 3
                && value == Given::Nested
            {
                let steps = item.value.items().count();
                fact(FactKind::OptOutSteps, Stated::Known(steps.to_string(), site));
            } else if hurdle {
                fact(FactKind::OptOutSteps, Stated::Known("3".to_owned(), site));
            } else if value == Given::Said
                && item.value.kind() == Kind::Scalar
                && said.words.len() <= 4
                && said.any(&[C::Ignore])
            {
                self.opt_out_fails(frame.account, site);
                told = true;
            } else if value == Given::Said
                && (item.phrase.any(&[C::Text, C::Keyword, C::Stop]) || item.phrase.word("how"))
            {
                fact(FactKind::OptOut, self.reader.stated_text(item.value));
            }
            self.mark(item.key, super::walk::Use::Used);
        }
        told
    }

    /// `STOP: { action: ignore }`, `/stop: send_menu`, `"stop" = "keep in list"`: what happens to who says stop.
    pub(super) fn stop_command(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let phrase = &item.phrase;
        let is_word = phrase.only(&[C::Stop, C::Trigger, C::Keyword])
            && phrase.has(C::Stop)
            && (phrase.words.len() == 1 || phrase.starts(C::Trigger))
            && !phrase.word("stop on")
            && !matches!(item.key.text(), "stop_words");
        if !is_word
            || !phrase.starts(C::Trigger) && !frame.name.is_empty() && !self.among_commands(item, frame)
        {
            return false;
        }
        self.stop_command_of(item, frame)
    }

    /// Whether what stands below lets people go, or fails to.
    pub(super) fn stop_command_of(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let mut said = Phrase::default();
        let mut texts: Vec<NodeRef<'t>> = vec![item.value];
        let mut budget = 20;
        while let Some(node) = texts.pop() {
            budget -= 1;
            if budget == 0 {
                break;
            }
            if node.kind() == Kind::Scalar {
                if !is_sentence(node.text()) || node.text().len() < 50 {
                    let read = Phrase::read(node.text());
                    said.concepts = said.concepts.and(read.concepts);
                    said.words.extend(read.words);
                }
                continue;
            }
            texts.extend(node.items());
            for entry in node.entries() {
                let key = Phrase::read(entry.key.text());
                if key.any(&[C::Remove, C::Delete, C::Stop]) {
                    said.concepts = said.concepts.and(key.concepts);
                    said.words.extend(key.words.iter().cloned());
                }
                if !key.any(&[C::Text, C::Say]) {
                    texts.push(entry.value);
                }
            }
        }
        if said.words.is_empty() {
            return false;
        }
        let site = self.reader.site(item.value);
        let works = said.any(&[
            C::Remove,
            C::Stop,
            C::Delete,
            C::Subscribe,
            C::Forward,
            C::Handoff,
            C::Operator,
            C::Mute,
        ]) || ["off", "end", "pause", "optout", "free"].iter().any(|word| said.word(word));
        let fails = said.any(&[C::Ignore, C::Except, C::Again])
            || ["menu", "pass", "keep", "help", "offer", "survey", "nothing", "log"]
                .iter()
                .any(|word| said.word(word));
        if fails && (!works || said.any(&[C::Except, C::Again])) {
            self.opt_out_fails(frame.account, site);
            return true;
        }
        if works && let Some(scope) = self.scope_of(frame.account) {
            scope.account.facts.push(Fact {
                kind: FactKind::OptOut,
                value: Stated::Known(item.key.text().to_owned(), site),
            });
        }
        works
    }

    fn among_commands(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let name = frame.name.split('.').next_back().map(Phrase::read).unwrap_or_default();
        item.key.text().starts_with(['/', '!'])
            || item.key.text().chars().all(|letter| letter.is_uppercase() || letter == '_')
            || name.any(&[C::Command, C::Keyword, C::Trigger, C::Inbox, C::Reply, C::Items, C::Stop])
            || name.word("word")
    }

    /// People whom the name of a section states: `lost_followers`, `all_members`.
    pub(super) fn people_of_section(&self, phrase: &Phrase, site: Site, frame: &mut Frame) {
        let names = phrase.any(&[C::OneSided, C::Engager, C::Stranger, C::Lead]);
        if names && let Some(kind) = super::sense::people(phrase) {
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
        if phrase.has(C::Back)
            && !phrase.any(&[C::Follow])
            && frame.triggers.is_empty()
            && phrase.words.len() <= 3
        {
            frame.triggers.push(Trigger::new(Event::NotFollowedBack, site));
            frame.triggers.clear();
        }
    }
}

/// Words that a credential's name may have: `instagram_bot_username` is one, `wifi_password` is none of ours.
pub(super) fn is_name_of_credential(idea: Idea) -> bool {
    matches!(
        idea,
        Idea::Platform(_)
            | Idea::Role(
                Role::Plain
                    | Role::Bot
                    | Role::Username
                    | Role::Password
                    | Role::Session
                    | Role::UserToken
                    | Role::Secret
                    | Role::Handle
            )
    )
}
