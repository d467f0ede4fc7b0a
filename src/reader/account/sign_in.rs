//! Platform, handle and the way to sign in.

use crate::model::{Auth, Stated};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::idioms::{Idea, Key, Role};
use crate::reader::roles::value::{Given, given};
use crate::reader::walk::{Item, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef, Value};

impl<'t> Walk<'t> {
    /// Notes the platform that a key or its value names.
    pub(crate) fn platform(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) {
        let words = self.idioms(key);
        self.mails |= words.words.iter().any(|word| word == "smtp");
        // `notify_matrix_room` says where its people are told, and not where the bot is.
        // `MASTODON_HOST` has a host that is a server.
        let is_server = value.kind() == Kind::Scalar && value.text().starts_with("http");
        if self.phrase(key).any(&[C::Forward, C::Handoff, C::Operator]) && !is_server {
            return;
        }
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
                            | "canal"
                            | "canale"
                            | "kanal"
                            | "kanaal"
                            | "dienst"
                            | "red"
                            | "plataforma"
                            | "plattform"
                            | "plateforme"
                            | "piattaforma"
                            | "bot"
                    )
                );
            let text = match value.kind() {
                Kind::Scalar => value.text(),
                // `networks: [x, reddit]`: the first of them is told.
                Kind::Sequence if is_role => value.items().next().map_or("", |first| first.text()),
                _ => return None,
            };
            if !is_role && !text.starts_with("http") || self.aside > 0 {
                return None;
            }
            if is_role && text.split([',', '+']).any(|name| name.trim() == "x") {
                return Some("twitter");
            }
            if is_role && text.to_lowercase().ends_with("messenger") && !text.contains(' ') {
                return Some("messenger");
            }
            // `platform: threads`: a name that means much else in keys.
            if let (true, Some(name)) = (words.has(Role::PlatformName), self.vocabulary.platform_called(text))
            {
                return Some(name);
            }
            let value = self.vocabulary.read(text);
            value.pick(named).filter(|_| value.words.len() <= 4)
        };
        let federated = || {
            let is_server = matches!(
                words.words.last().map(String::as_str),
                Some(
                    "instance"
                        | "server"
                        | "homeserver"
                        | "instanz"
                        | "instancia"
                        | "instância"
                        | "istanza"
                        | "instantie"
                        | "инстанс"
                        | "インスタンス"
                )
            );
            (is_server && value.kind() == Kind::Scalar && value.text().starts_with("http"))
                .then_some("mastodon")
        };
        // `token: ${DISCORD_TOKEN}`: the name of the variable says whose token it is.
        let in_reference = || {
            let refers = value.kind() == Kind::Scalar && is_reference(value.text());
            let name = refers.then(|| self.vocabulary.read(value.text()))?;
            let kept = [Role::Password, Role::Session, Role::UserToken, Role::Secret];
            kept.into_iter().any(|role| name.ends_with(role)).then(|| name.pick(named)).flatten()
        };
        if let Some(name) = in_reference() {
            self.hinted.get_or_insert(name);
        }
        // `[signal] number = …`: a section that is called like a platform, and says how it signs in there.
        let section = || {
            let signs = value.entries().any(|entry| {
                let key = self.vocabulary.read(entry.key.text());
                key.ends_with(Role::Secret)
                    || key.words.iter().any(|word| matches!(word.as_str(), "number" | "phone"))
            });
            (value.kind() == Kind::Mapping && signs)
                .then(|| self.vocabulary.platform_called(key.text()))
                .flatten()
        };
        let told = in_value().or_else(federated).or_else(section);
        if told.is_some() {
            self.introduces.push(key);
        }
        let Some(name) = words.pick(named).or(told) else { return };
        // `MASTODON_HOST: https://…` says nothing else.
        if is_server {
            self.introduces.push(key);
        }
        if !self.platforms.contains(&name) {
            self.platforms.push(name);
        }
    }

    /// The account of an item of a list: one of its own if it signs in, else the one around it.
    pub(crate) fn account_of_item(&mut self, item: NodeRef<'t>, around: usize) -> usize {
        if !self.signs_in_by_itself(item) {
            return around;
        }
        let account = self.scope(item, None);
        if let Some(scope) = self.scope_of(account) {
            scope.around = Some(around);
        }
        account
    }

    fn signs_in_by_itself(&mut self, node: NodeRef<'t>) -> bool {
        node.kind() == Kind::Mapping
            && self.items_of(node).iter().any(|item| {
                let key = &item.idioms;
                let secret = [Role::Password, Role::Secret, Role::Session, Role::UserToken]
                    .into_iter()
                    .any(|role| key.ends_with(role));
                secret
                    && item.value.kind() == Kind::Scalar
                    && matches!(given(&self.reader, item.value), Given::Said | Given::Unknown)
            })
    }

    /// Takes accounts that stand beside each other, each by its name and with a way to sign in, out of a section.
    /// Sections of one account on several platforms are called after the platforms, and one that signs in among many that
    /// do not is a service.
    pub(crate) fn without_accounts(&mut self, items: Vec<Item<'t>>) -> (Vec<Item<'t>>, Vec<Item<'t>>) {
        let names_platform = |item: &Item<'t>| {
            item.idioms.pick(|idea| if let Idea::Platform(name) = idea { Some(name) } else { None }).is_some()
        };
        let is_account: Vec<bool> =
            items.iter().map(|item| !names_platform(item) && self.signs_in_by_itself(item.value)).collect();
        let sections = items.iter().filter(|item| item.value.kind() == Kind::Mapping).count();
        let count = is_account.iter().filter(|is| **is).count();
        if count < 2 || count * 3 < sections * 2 {
            return (items, Vec::new());
        }
        let (accounts, rest): (Vec<_>, Vec<_>) = items.into_iter().zip(is_account).partition(|(_, is)| *is);
        let items = |pairs: Vec<(Item<'t>, bool)>| pairs.into_iter().map(|(item, _)| item).collect();
        (items(rest), items(accounts))
    }

    /// `accounts: { mia: { token: … }, tom: { token: … } }`: one of several accounts, called by its key where nothing in
    /// it says more.
    pub(crate) fn account_by_name(&mut self, item: &Item<'t>, around: &Frame, depth: usize) {
        let account = self.account_of_item(item.value, around.account);
        let handle = self.reader.text(item.key);
        let site = self.reader.site(item.key);
        let inner = Frame { account, whole: true, ..around.inner("", site) };
        self.mark(item.key, Use::Used);
        self.node(item.value, inner, depth + 1);
        if let Some(scope) = self.scope_of(account)
            && scope.account.identity.handle.is_absent()
        {
            scope.account.identity.handle = Stated::Known(handle.text, handle.site);
        }
    }

    /// Looks for a way to sign in among the entries of one mapping.
    pub(crate) fn sign_in(&mut self, items: &[Item<'t>], frame: &Frame) {
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
        // What an account gives its programs is how programs sign in.
        let of_program = keys.iter().find(|(key, item)| {
            key.ends_with(Role::Password)
                && (item.phrase.word("app")
                    || item.phrase.word("application")
                    || item.phrase.word("app password"))
        });
        let login = login.filter(|_| of_program.is_none());
        let found = find(Role::UserToken, false)
            .map(|found| (Auth::UserToken, found))
            .or(login.map(|found| (Auth::Password, found)))
            .or(find(Role::Session, false).map(|found| (Auth::Browser, found)))
            .or(find(Role::Secret, false).or(of_program).map(|found| (Auth::OfficialApi, found)));
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
            // `@kim@example.org` is a name of the fediverse.
            let federated = handle.known().is_some_and(|name| {
                name.strip_prefix('@')
                    .and_then(|name| name.split_once('@'))
                    .is_some_and(|(_, host)| host.contains('.'))
            });
            if federated {
                scope.platform = scope.platform.or(Some("mastodon"));
            }
            scope.account.identity.handle = handle;
        }
    }

    /// `account: "@kim"`: the handle of the account itself.
    pub(crate) fn own_handle(&mut self, item: &Item<'t>, given: Given, frame: &Frame) -> bool {
        let in_profile = frame.name.split('.').count() == 1
            && Phrase::read(&frame.name).any(&[C::Profile, C::People, C::Handle]);
        let text = item.value.text();
        let key = item.key.text();
        let is_plain = || !text.contains([' ', '/', ':']) && text.chars().any(char::is_alphabetic);
        let names = match key {
            "account" | "acct" | "user" | "handle" | "id" | "me" | "profile" => {
                text.starts_with('@') || is_plain()
            }
            "who" => text.starts_with('@'),
            // `profile: { at: quartz_daily }`; a time has no letters.
            "at" | "nick" | "username" | "screen_name" => in_profile && is_plain(),
            // A page goes by its whole name.
            "page_name" | "channel_name" => text.chars().any(char::is_alphabetic) && text.len() < 60,
            // Where it posts by its own name is what it is called.
            "channel" | "canal" | "kanal" | "canale" | "chaine" => text.starts_with('@'),
            // `MAIN_ACCOUNT=shop@social.example`, `compte: shop`
            _ => {
                let phrase = &item.phrase;
                frame.whole
                    && phrase.words.len() <= 2
                    && phrase.words.last().is_some_and(|word| word.text == "account" && !word.plural)
                    && !phrase.any(&[C::Rival, C::Sister, C::Source, C::To, C::Operator])
                    && is_plain()
            }
        };
        let names_page = matches!(key, "page_name" | "channel_name") && !frame.name.contains('.');
        let outer = frame.whole || frame.name.is_empty() || in_profile || names_page;
        if !outer || !names || given != Given::Said || item.value.kind() != Kind::Scalar {
            return false;
        }
        if text.contains(' ') && !names_page {
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

    pub(crate) fn credential(&mut self, item: &Item<'t>, key: &Key, frame: &Frame) -> bool {
        // `login_type: user_account`
        if item.phrase.any(&[C::Handle, C::Token, C::Session])
            && item.value.kind() == Kind::Scalar
            && !item.value.templated()
        {
            let value = item.said();
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
        // `login: ${QL_TOKEN}`, `auth: ${BOT_PW}`: only a run knows, so it is how it signs in.
        if matches!(item.key.text(), "login" | "auth" | "credentials" | "credential" | "key" | "access")
            && item.value.templated()
        {
            if let Some(scope) = self.scope_of(frame.account) {
                scope.signs_in = true;
            }
            return true;
        }
        // `token_datei: /etc/bot/token`: where it stands.
        const FILES: [&str; 12] = [
            "file", "path", "datei", "pfad", "fichier", "chemin", "archivo", "arquivo", "ruta", "bestand",
            "dosya", "env",
        ];
        let in_file = phrase.words.last().is_some_and(|word| FILES.contains(&word.text.as_str()));
        let by_words = phrase.any(&[C::Password, C::Session, C::Token])
            && (in_file || phrase.ends(C::Password) || phrase.ends(C::Session) || phrase.ends(C::Token))
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
}

/// Whether a value is the name of a variable of the environment: `$X_TOKEN`, `env:X_TOKEN`, `X_TOKEN`.
fn is_reference(text: &str) -> bool {
    let name = text.trim().trim_start_matches("env:").trim_start_matches("ENV:");
    let name =
        name.trim_start_matches(['$', '{', '%']).trim_start_matches("env.").trim_end_matches(['}', '%']);
    name.contains('_')
        && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
}

/// Words that a credential's name may have: `instagram_bot_username` is one, `wifi_password` is none of ours.
pub(crate) fn is_name_of_credential(idea: Idea) -> bool {
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
