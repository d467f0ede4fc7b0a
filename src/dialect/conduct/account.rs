//! Accounts of a conduct file: identity, profile, facts, switches and limits.

use super::Conduct;
use crate::model::{
    Account, AccountKind, Auth, Bound, DeadSwitch, Fact, FactKind, Identity, LimitKind, Limits, Profile,
    Property, Secret, SecretKind, Site, Stated, Switch, SwitchFlaw, SwitchKind, parse_duration,
};
use crate::syntax::{Kind, NodeRef, Value};

/// Keys that hold what the account signs in with.
const SECRETS: &[&str] = &["secret", "password", "token", "api-key"];

/// Keys of a switch that is declared in one way and used in another.
pub(super) const SWITCH: &[&str] = &["declared", "used"];

/// Keys of a limit that several automations use up together.
pub(super) const LIMIT: &[&str] = &["at-most", "shared"];

/// Keys of an account.
pub(super) const ACCOUNT: &[&str] = &[
    "id",
    "handle",
    "platform",
    "secret",
    "password",
    "token",
    "api-key",
    "owner-group",
    "kind",
    "auth",
    "bot",
    "bio",
    "avatar",
    "url",
    "operator",
    "contact",
    "posts",
    "followers",
    "following",
    "facts",
    "switches",
    "limits",
    "if",
    "cannot-say",
    "tool-enforces",
    "tool-routes",
    "dead-switches",
    "written-secrets",
];

impl<'t> Conduct<'t, '_> {
    /// Reads an account: a mapping, or just a handle.
    pub(super) fn account(&mut self, node: NodeRef<'t>) -> Account {
        let site = self.reader.site(node);
        if node.kind() == Kind::Scalar {
            let identity = Identity { handle: self.reader.stated_text(node), ..Identity::default() };
            return Account {
                name: node.text().to_owned(),
                site,
                identity,
                expressible: Property::ALL.to_vec(),
                ..Account::default()
            };
        }
        self.known_keys(node, ACCOUNT);
        let text = |key: &str| node.get(key).map_or(Stated::Absent, |value| self.reader.stated_text(value));
        let number = |key: &str| node.get(key).map_or(Stated::Absent, |value| self.reader.number(value));
        let name = node.get("id").or_else(|| node.get("handle")).map_or("the account", NodeRef::text);
        let secrets: Vec<_> = SECRETS.iter().filter_map(|key| Some((*key, node.get(key)?))).collect();
        let mut account = Account {
            name: name.to_owned(),
            site,
            identity: Identity {
                platform: text("platform").map(|platform| platform.to_lowercase()),
                handle: text("handle"),
                secret: secrets.iter().find_map(|(_, value)| secret_name(*value)),
                instance: None,
            },
            owner_group: text("owner-group"),
            profile: Profile {
                bot_flag: node.get("bot").map_or(Stated::Absent, |value| self.reader.flag(value)),
                bio: text("bio"),
                avatar: text("avatar"),
                url: text("url"),
                operator: text("operator"),
                contact: text("contact"),
                posts: number("posts"),
                followers: number("followers"),
                following: number("following"),
            },
            ..Account::default()
        };
        let written = secrets.iter().filter(|(_, value)| value.template_name().is_none());
        account.secrets = written
            .filter_map(|(key, value)| Secret::new(key, value.text(), self.reader.site(*value)))
            .collect();
        account.kind =
            self.word(node, "kind", AccountKind::parse, AccountKind::ALL.iter().map(|kind| kind.name()));
        account.auth = self.word(node, "auth", Auth::parse, Auth::ALL.iter().map(|auth| auth.name()));
        self.origin(node, &mut account);
        account
    }

    /// Reads facts, switches, limits and guards that hold for an account.
    pub(super) fn common(&mut self, node: NodeRef<'t>, account: usize) {
        let facts = node.get("facts").map_or_else(Vec::new, |facts| self.facts(facts));
        let (switches, dead) =
            node.get("switches").map(|switches| self.switches(switches)).unwrap_or_default();
        let limits = node.get("limits").map_or_else(Limits::default, |limits| self.limits(limits));
        let guards = node.get("if").map_or_else(Vec::new, |guards| self.guards(guards));
        if let Some(account) = self.lowered.model.accounts.get_mut(account) {
            account.facts.extend(facts);
            account.switches.extend(switches);
            account.dead_switches.extend(dead);
            account.guards.extend(guards);
            for (kind, bound) in limits.iter() {
                account.limits.set(kind, bound.clone());
            }
        }
    }

    /// Reads a word of a vocabulary.
    pub(super) fn word<W>(
        &mut self,
        mapping: NodeRef<'t>,
        key: &str,
        parse: impl Fn(&str) -> Option<W>,
        known: impl Iterator<Item = &'static str>,
    ) -> Stated<W> {
        let Some(node) = mapping.get(key) else { return Stated::Absent };
        if node.templated() {
            return Stated::Unknown(self.reader.site(node));
        }
        match parse(node.text()) {
            Some(word) => Stated::Known(word, self.reader.site(node)),
            None => {
                self.unknown(node, key, known);
                Stated::Absent
            }
        }
    }

    /// Facts: `opt-out: …` or, one level deeper, `replies: { within: 24h }`.
    fn facts(&mut self, node: NodeRef<'t>) -> Vec<Fact> {
        let mut facts = Vec::new();
        for entry in node.entries() {
            let name = entry.key.text();
            if entry.value.kind() == Kind::Mapping {
                for inner in entry.value.entries() {
                    self.fact(&format!("{name}.{}", inner.key.text()), inner.key, inner.value, &mut facts);
                }
            } else {
                self.fact(name, entry.key, entry.value, &mut facts);
            }
        }
        facts
    }

    fn fact(&mut self, name: &str, key: NodeRef<'t>, value: NodeRef<'t>, facts: &mut Vec<Fact>) {
        let Some(kind) = FactKind::parse(name) else {
            self.unknown(key, "fact", FactKind::ALL.iter().map(|kind| kind.name()));
            return;
        };
        let in_days = matches!(
            kind,
            FactKind::RepliesWithin | FactKind::OptOutDelay | FactKind::OptOutExpires | FactKind::Retention
        );
        let value = self.reader.stated_text(value).map(|text| match parse_duration(&text) {
            Some(days) if in_days => days.to_string(),
            _ => text,
        });
        facts.push(Fact { kind, value });
    }

    fn switches(&mut self, node: NodeRef<'t>) -> (Vec<Switch>, Vec<DeadSwitch>) {
        let (mut switches, mut dead) = (Vec::new(), Vec::new());
        for entry in node.entries() {
            let Some(kind) = SwitchKind::parse(entry.key.text()) else {
                self.unknown(entry.key, "switch", SwitchKind::ALL.iter().map(|kind| kind.name()));
                continue;
            };
            if entry.value.kind() == Kind::Mapping {
                let (switch, found) = self.declared_switch(kind, entry.value);
                switches.push(switch);
                dead.extend(found);
            } else {
                switches.push(Switch { kind, on: self.reader.flag(entry.value) });
            }
        }
        (switches, dead)
    }

    /// `{ declared: true, used: false }`: what a switch promises, and what holds where the bot acts.
    fn declared_switch(&mut self, kind: SwitchKind, node: NodeRef<'t>) -> (Switch, Option<DeadSwitch>) {
        self.known_keys(node, SWITCH);
        let declared = node.get("declared").map_or(Stated::Absent, |value| self.reader.flag(value));
        let Some(used) = node.get("used") else { return (Switch { kind, on: declared }, None) };
        let flaw = SwitchFlaw::parse(used.text());
        let on = match flaw {
            Some(_) => Stated::Known(false, self.reader.site(used)),
            None => self.reader.flag(used),
        };
        let dead = match (&declared, on.get()) {
            (Stated::Known(true, site), Some(false)) => Some(DeadSwitch {
                name: kind.name().to_owned(),
                declared: *site,
                ignored: self.reader.site(used),
                flaw: flaw.unwrap_or(SwitchFlaw::HardCoded),
            }),
            _ => None,
        };
        (Switch { kind, on }, dead)
    }

    /// Limits: numbers, `unlimited`, or a duration for `cooldown`.
    pub(super) fn limits(&mut self, node: NodeRef<'t>) -> Limits {
        let mut limits = Limits::default();
        for entry in node.entries() {
            let Some(kind) = LimitKind::parse(entry.key.text()) else {
                self.unknown(entry.key, "limit", LimitKind::ALL.iter().map(|kind| kind.name()));
                continue;
            };
            let (value, shared) = self.shared_limit(entry.value);
            let bound = match kind {
                LimitKind::Cooldown => self.days(value).map(Bound::AtMost),
                _ => self.reader.bound(value),
            };
            let bound = match (bound, shared) {
                (Stated::Known(bound, _), Some(first)) => Stated::Known(bound, first),
                (bound, _) => bound,
            };
            if bound.is_absent() {
                self.malformed(
                    entry.value,
                    "a limit is a number or `unlimited`",
                    "write for example `per-day: 20`",
                );
            }
            limits.set(kind, bound);
        }
        limits
    }

    /// `{ at-most: 20, shared: likes }`: a limit that several automations use up together. It stands where
    /// its name is used first.
    fn shared_limit(&mut self, node: NodeRef<'t>) -> (NodeRef<'t>, Option<Site>) {
        let Some(value) = node.get("at-most").filter(|_| node.kind() == Kind::Mapping) else {
            return (node, None);
        };
        self.known_keys(node, LIMIT);
        let site = self.reader.site(value);
        let shared =
            node.get("shared").map(|name| *self.shared.entry(name.text().to_owned()).or_insert(site));
        (value, shared)
    }

    /// A duration such as `24h`, in days.
    pub(super) fn days(&mut self, node: NodeRef<'t>) -> Stated<f64> {
        let days = self.reader.stated(node, |value| match value {
            Value::Str(text) => parse_duration(text),
            _ => None,
        });
        if days.is_absent() {
            self.malformed(
                node,
                "this is no duration",
                "write a number with a unit: `30m`, `24h`, `7d`, `2 weeks`",
            );
        }
        days
    }
}

/// The name of a secret: what a template refers to, or a bare name such as `BOT_TOKEN`. A value that is
/// written out identifies nobody, and is not kept.
fn secret_name(node: NodeRef<'_>) -> Option<String> {
    let bare = || (SecretKind::of(node.text()) == SecretKind::Placeholder).then_some(node.text());
    node.template_name().or_else(bare).filter(|name| !name.trim().is_empty()).map(str::to_owned)
}
