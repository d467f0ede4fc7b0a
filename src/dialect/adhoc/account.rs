//! What a leaf says of the account: how it signs in, its profile, facts, guards and switches.

use std::rc::Rc;

use super::given::{Given, given};
use super::leaf::Leaf;
use super::vocabulary::{Idea, Key, Role};
use super::walk::{Context, Walk};
use crate::model::{Auth, Fact, FactKind, Guard, GuardKind, Stated, Switch, SwitchKind};
use crate::syntax::{Entry, Kind, NodeRef, Value};

impl<'t> Walk<'t> {
    /// Looks for a way to sign in among the entries of one mapping.
    pub(super) fn sign_in(&mut self, entries: &[(Rc<Key>, Entry<'t>)], context: &Context) {
        if context.roles.contains(&Role::Machine) {
            return;
        }
        let find = |role: Role| {
            entries.iter().find(|(key, entry)| {
                key.ends_with(role) && key.is_only(is_name_of_credential) && self.is_written(entry.value)
            })
        };
        let said = |found: Option<&(Rc<Key>, Entry<'t>)>| {
            found.filter(|(_, entry)| given(&self.reader, entry.value) != Given::Nothing).cloned()
        };
        let username = find(Role::Username);
        let login = username.and(find(Role::Password)).map(|(key, entry)| (Rc::clone(key), *entry));
        let session = said(find(Role::Session));
        let user_token = said(find(Role::UserToken));
        let secret = said(find(Role::Secret));
        let handle = said(find(Role::Handle));
        let found = None
            .or(login.map(|found| (Auth::Password, found)))
            .or(user_token.map(|found| (Auth::UserToken, found)))
            .or(session.map(|found| (Auth::Browser, found)))
            .or(secret.map(|found| (Auth::OfficialApi, found)));
        let site = found.as_ref().map(|(_, (_, entry))| self.reader.site(entry.value));
        // Two examples that both say `your_username` are not one account.
        let is_placeholder = |value: NodeRef<'_>| {
            self.vocabulary.read(value.text()).is_only(|idea| idea == Idea::Role(Role::Placeholder))
        };
        let handle = handle.filter(|(_, entry)| !is_placeholder(entry.value));
        let handle = handle.map(|(_, entry)| self.reader.stated_text(entry.value));
        let Some(scope) = self.scope_of(context) else { return };
        if let (Some((auth, (key, _))), Some(site)) = (found, site)
            && scope.account.auth.is_absent()
        {
            scope.account.auth = Stated::Known(auth, site);
            let named = key.pick(|idea| if let Idea::Platform(name) = idea { Some(name) } else { None });
            scope.platform = named.or(context.platform).or(scope.platform);
        }
        if let Some(handle) = handle
            && scope.account.identity.handle.is_absent()
        {
            scope.account.identity.handle = handle;
        }
    }

    /// Whether a credential is a text, even an empty one to be filled in; null says that there is none.
    pub(super) fn is_written(&self, value: NodeRef<'t>) -> bool {
        value.kind() == Kind::Scalar
            && (value.templated() || !matches!(value.value(self.reader.schema), Value::Null | Value::Bool(_)))
    }

    /// Reads a leaf that is about the account; false if it is not.
    pub(super) fn about_account(&mut self, leaf: Leaf<'t, '_>, given: &Given) -> bool {
        let switch = leaf.key.pick(|idea| if let Idea::Switch(kind) = idea { Some(kind) } else { None });
        let guard = leaf.key.pick(|idea| if let Idea::Guard(kind) = idea { Some(kind) } else { None });
        let fact = leaf.key.pick(|idea| if let Idea::Fact(kind) = idea { Some(kind) } else { None });
        match (switch, guard, fact) {
            (Some(kind), _, _) => self.switched(leaf, kind, given),
            (_, Some(kind), _) => self.guarded(leaf, kind, given),
            (_, _, Some(kind)) => self.claimed(leaf, kind, given),
            _ => return self.profiled(leaf, given),
        }
        true
    }

    fn switched(&mut self, leaf: Leaf<'t, '_>, kind: SwitchKind, given: &Given) {
        let site = self.reader.site(leaf.value);
        let on = match given {
            Given::Off | Given::Number(0.0) => Stated::Known(false, site),
            Given::Unknown => Stated::Unknown(site),
            Given::On | Given::Said | Given::Number(_) | Given::Unlimited => Stated::Known(true, site),
            Given::Nothing => return,
        };
        // One proxy is how a network is reached; rotating needs several of them, or the word.
        let is_said =
            leaf.key.hits.iter().any(|hit| hit.idea == Idea::Switch(kind) && hit.end - hit.start > 1);
        let needs_several = kind == SwitchKind::RotateIdentity && (leaf.is_list() || !is_said);
        if needs_several && leaf.value.items().nth(1).is_none() {
            return;
        }
        // In the section of a verb it is about that verb alone.
        if let (SwitchKind::DryRun, Some((verb, _))) = (kind, leaf.context.verb) {
            let key = leaf.context.job(verb, leaf.context.event, leaf.context.host);
            if let Some(job) = self.job(key, site) {
                job.rehearsal = on;
            }
            return;
        }
        if let Some(scope) = self.scope_of(leaf.context) {
            if kind == SwitchKind::DryRun {
                scope.rehearsal.get_or_insert_with(|| leaf.name.text().to_owned());
            }
            scope.account.switches.push(Switch { kind, on });
        }
    }

    /// A guard of the verb around it, else of the account. An approval that is off is a bypass.
    fn guarded(&mut self, leaf: Leaf<'t, '_>, kind: GuardKind, given: &Given) {
        let site = self.reader.site(leaf.value);
        if matches!(given, Given::Off | Given::Number(0.0)) {
            match (kind, leaf.context.verb) {
                (GuardKind::Approval, Some((verb, _))) => {
                    let key = leaf.context.job(verb, leaf.context.event, leaf.context.host);
                    if let Some(job) = self.job(key, site) {
                        job.approval = Stated::Known(false, site);
                    }
                }
                (GuardKind::Approval, _) => self.switched(leaf, SwitchKind::SkipApproval, &Given::On),
                _ => {}
            }
            return;
        }
        if *given == Given::Nothing {
            return;
        }
        let mut guard = Guard::new(kind, site);
        if *given == Given::Said {
            guard.values = self.reader.texts(leaf.value);
        }
        let own = leaf.key.verb(&self.survey.platforms).map(|(verb, _)| verb);
        let outer = leaf.context.verb.map(|(verb, _)| verb);
        // `follow_back_keyword` guards following; `stop_on_reply` guards whatever stands around it.
        let verb = if kind == GuardKind::Keyword { own.or(outer) } else { outer };
        match verb {
            Some(verb) => {
                let event = leaf.key.event().or(leaf.context.event);
                let key = leaf.context.job(verb, event, leaf.context.host);
                if let Some(job) = self.job(key, site) {
                    job.guards.push(guard);
                }
            }
            None => {
                if let Some(scope) = self.scope_of(leaf.context) {
                    if kind == GuardKind::Approval {
                        scope.approval.get_or_insert_with(|| leaf.name.text().to_owned());
                    }
                    scope.account.guards.push(guard);
                }
            }
        }
    }

    fn claimed(&mut self, leaf: Leaf<'t, '_>, kind: FactKind, given: &Given) {
        if matches!(given, Given::Nothing | Given::Off | Given::Number(0.0)) {
            return;
        }
        let in_days = matches!(kind, FactKind::RepliesWithin | FactKind::Retention);
        let value = match leaf.days(self) {
            days @ Stated::Known(..) if in_days => days.map(|days| days.to_string()),
            _ => self.reader.stated_text(leaf.value),
        };
        if let Some(scope) = self.scope_of(leaf.context) {
            scope.account.facts.push(Fact { kind, value });
        }
    }

    fn profiled(&mut self, leaf: Leaf<'t, '_>, given: &Given) -> bool {
        let is = |role: Role| leaf.key.is_only(|idea| idea == Idea::Role(role));
        let site = self.reader.site(leaf.value);
        let text = self.reader.stated_text(leaf.value);
        let flag = match given {
            Given::On => Some(true),
            Given::Off => Some(false),
            _ => None,
        };
        let Some(scope) = self.scope_of(leaf.context) else { return false };
        let profile = &mut scope.account.profile;
        match flag {
            Some(flag) if is(Role::ProfileBot) || is(Role::Bot) => {
                profile.bot_flag = Stated::Known(flag, site);
                return true;
            }
            _ => {}
        }
        if *given != Given::Said || leaf.is_list() {
            return false;
        }
        let slot = if is(Role::ProfileBio) {
            &mut profile.bio
        } else if is(Role::ProfileOperator) {
            &mut profile.operator
        } else if is(Role::ProfileContact) {
            &mut profile.contact
        } else {
            return false;
        };
        *slot = text;
        true
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
