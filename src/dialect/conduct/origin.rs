//! What is true of an account only because of the format or tool that it comes from: `describe --format conduct`
//! writes it so that no rule reads a silence into a format that could not speak.

use super::Conduct;
use crate::model::{Account, DeadSwitch, Event, GuardKind, Property, Secret, SecretKind, SwitchFlaw};
use crate::syntax::{Kind, NodeRef};

/// What a value of `written-secrets` may be.
pub(super) const SECRET_KINDS: &[&str] = &["literal", "token"];

impl<'t> Conduct<'t, '_> {
    /// What is true of the account only because of the format or tool that it comes from.
    pub(super) fn origin(&mut self, node: NodeRef<'t>, account: &mut Account) {
        let properties = Property::ALL.iter().map(|property| property.name());
        let silent = self.words(node, "cannot-say", Property::parse, properties);
        account.expressible = Property::ALL.to_vec();
        account.expressible.retain(|property| !silent.contains(property));
        let guards = GuardKind::ALL.iter().map(|kind| kind.name());
        account.enforced_by_tool = self.words(node, "tool-enforces", GuardKind::parse, guards);
        let events = Event::ALL.iter().map(|event| event.name());
        account.routed_by_tool = self.words(node, "tool-routes", Event::parse, events);
        for entry in node.get("dead-switches").into_iter().flat_map(NodeRef::entries) {
            let Some(flaw) = SwitchFlaw::parse(entry.value.text()) else {
                self.unknown(entry.value, "flaw", SwitchFlaw::ALL.iter().map(|flaw| flaw.name()));
                continue;
            };
            let (declared, ignored) = (self.reader.site(entry.key), self.reader.site(entry.value));
            let name = entry.key.text().to_owned();
            account.dead_switches.push(DeadSwitch { name, declared, ignored, flaw });
        }
        for entry in node.get("written-secrets").into_iter().flat_map(NodeRef::entries) {
            let kind = match entry.value.text() {
                "literal" => SecretKind::Literal,
                "token" => SecretKind::Token,
                _ => {
                    self.unknown(entry.value, "kind of secret", SECRET_KINDS.iter().copied());
                    continue;
                }
            };
            let key = entry.key.text().to_owned();
            let site = self.reader.site(entry.value);
            account.secrets.push(Secret { key, masked: "…".to_owned(), kind, site });
        }
    }

    /// A list of words of a vocabulary, or one of them.
    fn words<W>(
        &mut self,
        mapping: NodeRef<'t>,
        key: &str,
        parse: impl Fn(&str) -> Option<W>,
        known: impl Iterator<Item = &'static str> + Clone,
    ) -> Vec<W> {
        let Some(node) = mapping.get(key) else { return Vec::new() };
        let items: Vec<_> = if node.kind() == Kind::Sequence { node.items().collect() } else { vec![node] };
        let mut words = Vec::new();
        for item in items {
            match parse(item.text()) {
                Some(word) => words.push(word),
                None => self.unknown(item, key, known.clone()),
            }
        }
        words
    }
}
