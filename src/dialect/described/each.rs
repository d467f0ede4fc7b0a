//! The same for each entry of a list within an automation: an act for each action of a check, a condition for each of
//! its rules. Where the tool lets an item be the name of an entry elsewhere, that entry is meant.

use std::collections::HashMap;

use super::looking::Looking;
use super::template::{Table, Template};
use super::way::{Found, Scope, Way};
use crate::model::Use;
use crate::syntax::{Kind, NodeRef};

/// Something that is said once for each entry.
#[derive(Clone, Debug)]
pub(super) struct Each {
    /// The lists and tables.
    pub(super) ways: Vec<Way>,
    /// Where the names stand by which an item may mean an entry.
    pub(super) named: Vec<Way>,
    /// What is said; its ways begin at the entry.
    pub(super) template: Template,
}

impl Each {
    /// Hands out every way in it.
    pub(super) fn each_way<'s>(&'s self, with: &mut dyn FnMut(&'s Way)) {
        self.ways.iter().chain(&self.named).for_each(&mut *with);
        self.template.each_way(with);
    }

    /// The entries, each as something that belongs to the entry around it.
    pub(super) fn scopes<'t>(&self, looking: &mut Looking<'t>, around: &Scope<'t>) -> Vec<Scope<'t>> {
        let mut scopes = Vec::new();
        for way in &self.ways {
            for found in looking.find(way, around).iter() {
                scopes
                    .extend(entries(found, around).map(|scope| Scope { around: Some(around.here), ..scope }));
            }
        }
        if !self.named.is_empty() {
            for scope in &mut scopes {
                if scope.here.kind() == Kind::Scalar
                    && let Some(meant) = self.meant(looking, scope)
                {
                    scope.here = meant;
                }
            }
        }
        looking.pay(scopes.len());
        scopes
    }

    /// The entry whose name an item is. Names differ in more than upper and lower case.
    fn meant<'t>(&self, looking: &mut Looking<'t>, scope: &Scope<'t>) -> Option<NodeRef<'t>> {
        let number = self.named.first()?.number;
        let name = scope.here.text().trim().to_lowercase();
        if let Some(known) = looking.names.get(&number) {
            return known.get(&name).copied();
        }
        let mut names = HashMap::new();
        for way in &self.named {
            for found in looking.find(way, scope).iter() {
                if let Some(entry) = found.within.filter(|_| found.value.kind() == Kind::Scalar) {
                    names.entry(found.value.text().trim().to_lowercase()).or_insert(entry);
                }
            }
        }
        let meant = names.get(&name).copied();
        looking.names.insert(number, names);
        meant
    }
}

/// The entries of a list or a table that was found; what it was taken from is around them.
pub(super) fn entries<'t>(found: &Found<'t>, around: &Scope<'t>) -> impl Iterator<Item = Scope<'t>> {
    let (top, within) = (around.top, found.within);
    let of = move |name, here| Scope { top, here, name, around: within };
    let items = found.value.items().map(move |item| of(None, item));
    items.chain(found.value.entries().map(move |entry| of(Some(entry.key), entry.value)))
}

/// Notes what a template can say of an entry, and of the entries within it.
pub(super) fn mark<'t>(template: &Template, looking: &mut Looking<'t>, scope: &Scope<'t>) {
    let mut inner = Vec::new();
    let mut ways = Vec::new();
    collect(template, &mut ways, &mut inner);
    for way in ways {
        looking.mark(way, scope, Use::Used);
    }
    for each in inner {
        for way in &each.named {
            looking.mark(way, scope, Use::Used);
            // From then on it is known, and not gone again for every entry.
            looking.find(way, scope);
        }
        for way in &each.ways {
            looking.mark(way, scope, Use::Unknown);
            for found in looking.find(way, scope).iter() {
                // A list of names is said by the list itself.
                let is_plain = found.value.items().any(|item| item.kind() == Kind::Scalar);
                if let Some(key) = found.key.filter(|key| is_plain && key.defined().is_none()) {
                    looking.marks.insert(key.span(), Use::Used);
                }
            }
        }
        for entry in each.scopes(looking, scope) {
            mark(&each.template, looking, &entry);
        }
    }
}

/// The same for a table.
pub(super) fn mark_table<'t>(table: &Table, looking: &mut Looking<'t>, scope: &Scope<'t>) {
    for way in table.conditions.iter().flat_map(|condition| &condition.any) {
        looking.mark(way, scope, Use::Used);
    }
    for (.., value) in &table.entries {
        mark(value, looking, scope);
    }
}

/// The ways of a template that begin at the entry, and what is said for each entry within it.
fn collect<'s>(template: &'s Template, ways: &mut Vec<&'s Way>, inner: &mut Vec<&'s Each>) {
    match template {
        Template::Text(..) | Template::Plain(..) => {}
        Template::List(items, _) => items.iter().for_each(|item| collect(item, ways, inner)),
        Template::Each(each) => inner.push(each),
        Template::Table(table) => {
            ways.extend(table.conditions.iter().flat_map(|condition| &condition.any));
            table.entries.iter().for_each(|(.., value)| collect(value, ways, inner));
        }
        Template::Reference(reference) => {
            ways.extend(&reference.ways);
            ways.extend(reference.conditions.iter().flat_map(|condition| &condition.any));
            reference.value.iter().chain(&reference.default).for_each(|value| collect(value, ways, inner));
        }
    }
}
