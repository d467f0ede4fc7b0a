//! Automations and guards of a conduct file.

use super::Conduct;
use crate::model::{Automation, Guard, GuardKind, Limits, Stated, parse_duration};
use crate::syntax::{Kind, NodeRef, Value};

/// Keys of an automation.
pub(super) const AUTOMATION: &[&str] = &["id", "account", "enabled", "on", "if", "do", "else", "limits"];

/// Keys of a guard's long form.
pub(super) const GUARD: &[&str] = &["for", "values", "said"];

impl<'t> Conduct<'t, '_> {
    /// Reads an automation of a document whose accounts begin at `first`.
    pub(super) fn automation(&mut self, node: NodeRef<'t>, first: usize) {
        if node.kind() != Kind::Mapping {
            self.malformed(node, "an automation is a mapping", "write `on:` and `do:`");
            return;
        }
        self.known_keys(node, AUTOMATION);
        for key in ["on", "do"] {
            if node.get(key).is_none() {
                self.malformed(
                    node,
                    format!("this automation has no `{key}`"),
                    "every automation needs `on` and `do`",
                );
            }
        }
        let (triggers, mut guards) = node.get("on").map(|on| self.triggers(on)).unwrap_or_default();
        if let Some(conditions) = node.get("if") {
            guards.extend(self.guards(conditions));
        }
        let actions = node.get("do").map(|node| self.actions(node, &triggers)).unwrap_or_default();
        let otherwise = node.get("else").map(|node| self.actions(node, &triggers)).unwrap_or_default();
        let name = node.get("id").map(|id| id.text().to_owned()).unwrap_or_else(|| {
            let event = triggers.first().map_or("automation", |trigger| trigger.event.name());
            let verb = actions.first().map_or("nothing", |action| action.verb.name());
            format!("{event} → {verb}")
        });
        let account = self.account_of(node, first);
        let limits = node.get("limits").map_or_else(Limits::default, |limits| self.limits(limits));
        let enabled = node.get("enabled").map_or(Stated::Absent, |enabled| self.reader.flag(enabled));
        let site = self.reader.site(node);
        self.lowered.automation(Automation {
            name,
            site,
            account,
            enabled,
            triggers,
            guards,
            actions,
            otherwise,
            limits,
        });
    }

    /// The number of the account that an automation names; the first of the document where it names none.
    fn account_of(&mut self, node: NodeRef<'t>, first: usize) -> usize {
        let Some(wanted) = node.get("account") else { return first };
        let accounts = self.lowered.model.accounts.iter().enumerate().skip(first);
        let position = accounts
            .filter(|(_, account)| {
                account.name == wanted.text()
                    || account.identity.handle.known().is_some_and(|handle| handle == wanted.text())
            })
            .map(|(number, _)| number)
            .next();
        position.unwrap_or_else(|| {
            let names: Vec<_> =
                self.lowered.model.accounts.iter().skip(first).map(|account| account.name.clone()).collect();
            self.unknown(wanted, "account", names.iter().map(String::as_str));
            first
        })
    }

    /// Guards: `{ approval: kim, once-per-user: 7d, only-labels: [needs-info] }`, or a list of these.
    pub(super) fn guards(&mut self, node: NodeRef<'t>) -> Vec<Guard> {
        let parts: Vec<_> = if node.kind() == Kind::Sequence { node.items().collect() } else { vec![node] };
        let entries = parts.into_iter().flat_map(NodeRef::entries);
        let mut guards = Vec::new();
        for entry in entries {
            match GuardKind::parse(entry.key.text()) {
                Some(kind) => guards.extend(self.guard(kind, entry.value)),
                None => {
                    self.unknown(entry.key, "condition", GuardKind::ALL.iter().map(|kind| kind.name()));
                }
            }
        }
        guards
    }

    /// A guard: `true`, how long it holds, what it checks for, or `{ for: 7d, values: [news], said: it is news }`.
    fn guard(&mut self, kind: GuardKind, value: NodeRef<'t>) -> Option<Guard> {
        let mut guard = Guard::new(kind, self.reader.site(value));
        if value.kind() == Kind::Mapping {
            self.known_keys(value, GUARD);
            guard.window = value.get("for").map_or(Stated::Absent, |days| self.days(days));
            guard.values = value.get("values").map_or_else(Vec::new, |values| self.reader.texts(values));
            if let Some(said) = value.get("said") {
                guard.said = said.text().to_owned();
            }
            return Some(guard);
        }
        let scalar = (value.kind() == Kind::Scalar).then(|| value.value(self.reader.schema));
        match scalar {
            Some(Value::Bool(false)) => return None,
            Some(Value::Bool(true)) => {}
            _ => match parse_duration(value.text()) {
                Some(days) => guard.window = Stated::Known(days, guard.site),
                None => guard.values = self.reader.texts(value),
            },
        }
        Some(guard)
    }
}
