//! An account of a conduct file.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::values::{flag, guards, number, stated, text};
use super::{Fields, Writer};
use crate::model::{Account, FactKind, Property, SecretKind, Stated, covered};

impl Writer {
    /// An account under the name by which automations call it.
    pub(super) fn account(&self, account: &Account, name: &str) -> Mapping {
        let mut fields = Fields::default();
        let handle = account.identity.handle.known();
        fields.put("id", Some(name).filter(|name| handle.is_none_or(|handle| handle != name)));
        fields.put("handle", text(&account.identity.handle));
        fields.put("platform", text(&account.identity.platform));
        fields.put("secret", account.identity.secret.as_deref().map(secret));
        fields.put("owner-group", text(&account.owner_group));
        fields.put("kind", stated(&account.kind, |kind| Value::from(kind.name())));
        fields.put("auth", stated(&account.auth, |auth| Value::from(auth.name())));
        let profile = &account.profile;
        fields.put("bot", flag(&profile.bot_flag));
        for (key, field) in [
            ("bio", &profile.bio),
            ("avatar", &profile.avatar),
            ("url", &profile.url),
            ("operator", &profile.operator),
            ("contact", &profile.contact),
        ] {
            fields.put(key, text(field));
        }
        for (key, field) in
            [("posts", &profile.posts), ("followers", &profile.followers), ("following", &profile.following)]
        {
            fields.put(key, number(field));
        }
        fields.put("facts", facts(account));
        fields.put("switches", switches(account));
        fields.put("limits", self.limits(&account.limits));
        fields.put("if", guards(&account.guards));
        origin(account, &mut fields);
        fields.0
    }
}

/// A reference to the secret of this name.
fn secret(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' };
    let name: String = covered(name).chars().map(plain).collect();
    let begins_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if begins_well { format!("${{{name}}}") } else { format!("${{_{name}}}") }
}

/// Facts, in groups where none of them has the group's own name.
fn facts(account: &Account) -> Option<Value> {
    let mut fields = Fields::default();
    let mut groups: BTreeMap<&str, Fields> = BTreeMap::new();
    let has = |name: &str| account.facts.iter().any(|fact| fact.kind.name() == name);
    for kind in FactKind::ALL {
        let Some(fact) = account.fact(*kind) else { continue };
        let value = text(&fact.value);
        match kind.name().split_once('.').filter(|(group, _)| !has(group)) {
            Some((group, name)) => groups.entry(group).or_default().put(name, value),
            None => fields.put(kind.name(), value),
        }
    }
    for (group, inner) in groups {
        fields.put(group, inner.some());
    }
    fields.some()
}

/// Switches; of two of one kind the one that is on counts.
fn switches(account: &Account) -> Option<Value> {
    let mut fields = Fields::default();
    for switch in &account.switches {
        let same = || account.switches.iter().filter(|other| other.kind == switch.kind);
        let first_on = same().find(|other| other.on.get() == Some(true));
        let counts = first_on.or_else(|| same().next()).unwrap_or(switch);
        let value = match counts.on {
            // A mention without a position keeps its place.
            Stated::Absent => Some(Value::Null),
            _ => flag(&counts.on),
        };
        fields.put(switch.kind.name(), value);
    }
    fields.some()
}

/// What is true only because of the format or tool that the account comes from.
fn origin(account: &Account, fields: &mut Fields) {
    let silent = Property::ALL.iter().filter(|property| !account.can_express(**property));
    fields.put("cannot-say", words(silent.map(|property| property.name())));
    fields.put("tool-enforces", words(account.enforced_by_tool.iter().map(|kind| kind.name())));
    fields.put("tool-routes", words(account.routed_by_tool.iter().map(|event| event.name())));
    let mut dead = Fields::default();
    for switch in &account.dead_switches {
        dead.put(&switch.name, Some(switch.flaw.name()));
    }
    fields.put("dead-switches", dead.some());
    let mut written = Fields::default();
    for secret in &account.secrets {
        let kind = match secret.kind {
            SecretKind::Literal => "literal",
            SecretKind::Token => "token",
            SecretKind::Placeholder => continue,
        };
        written.put(&covered(&secret.key), Some(kind));
    }
    fields.put("written-secrets", written.some());
}

fn words(list: impl Iterator<Item = &'static str>) -> Option<Value> {
    let list: Vec<Value> = list.map(Value::from).collect();
    (!list.is_empty()).then_some(Value::Sequence(list))
}
