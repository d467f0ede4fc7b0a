//! Platform, handle and the way to sign in.

use crate::model::{Auth, Stated};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::idioms::{Idea, Key, Role};
use crate::reader::roles::value::{Given, given};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef, Value};

impl<'t> Walk<'t> {
    /// Notes the platform that a key or its value names.
    pub(crate) fn platform(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) {
        let words = self.idioms(key);
        self.mails |= words.words.iter().any(|word| word == "smtp");
        // `notify_matrix_room` says where its people are told, and not where the bot is.
        if self.phrase(key).any(&[C::Forward, C::Handoff, C::Operator]) {
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
        let told = in_value().or_else(federated);
        if told.is_some() {
            self.introduces.push(key);
        }
        if let Some(name) = words.pick(named).or(told)
            && !self.platforms.contains(&name)
        {
            self.platforms.push(name);
        }
    }

    /// The account of an item of a list: one of its own if it signs in, else the one around it.
    pub(crate) fn account_of_item(&mut self, item: NodeRef<'t>, around: usize) -> usize {
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
        let outer = frame.name.is_empty()
            || frame.name.split('.').count() == 1
                && Phrase::read(&frame.name).any(&[C::Profile, C::People, C::Handle]);
        let text = item.value.text();
        let names = matches!(
            item.key.text(),
            "account" | "acct" | "user" | "handle" | "id" | "who" | "me" | "profile"
        ) && given == Given::Said
            && item.value.kind() == Kind::Scalar;
        let handle = text.starts_with('@')
            || matches!(item.key.text(), "id" | "user" | "account" | "acct" | "handle" | "profile")
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

    pub(crate) fn credential(&mut self, item: &Item<'t>, key: &Key, frame: &Frame) -> bool {
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
