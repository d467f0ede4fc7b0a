//! The writing side of the conduct grammar: a model as a conduct file that says the same about conduct.
//! May know the model and the grammar of `docs/conduct.md`; secrets are never written.

mod account;
mod automation;
mod values;
mod yaml;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value};

use crate::model::{LimitKind, Limits, Model, Site, covered};

/// The model as a conduct file in YAML. Reading it gives a model about which every rule says the same.
///
/// # Errors
/// Only those of the serialiser, for a value that YAML cannot hold.
pub fn write(model: &Model) -> Result<String, serde_yaml::Error> {
    let writer = Writer::new(model);
    let accounts: Vec<Value> = model
        .accounts
        .iter()
        .zip(&writer.names)
        .map(|(account, name)| Value::Mapping(writer.account(account, name)))
        .collect();
    let automations: Vec<Value> =
        model.automations.iter().map(|automation| Value::Mapping(writer.automation(automation))).collect();
    let mut file = Fields::default();
    match <[Value; 1]>::try_from(accounts) {
        Ok([account]) => file.put("account", Some(account)),
        Err(accounts) => file.put("accounts", Some(accounts).filter(|list| !list.is_empty())),
    }
    file.put("automations", Some(automations));
    yaml::to_string(&file.0)
}

/// What the parts of a file share: how accounts are called, and which limits stand in several places.
struct Writer {
    /// A name for each account that means no other one.
    names: Vec<String>,
    /// Names for limits that several automations use up together, by where they stand.
    shared: BTreeMap<Site, String>,
}

impl Writer {
    fn new(model: &Model) -> Self {
        Self { names: names(model), shared: shared_limits(model) }
    }
}

/// How each account is called: by its own name, with a number where another account answers to it.
fn names(model: &Model) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for account in &model.accounts {
        let handle = account.identity.handle.known();
        let own = called(&account.name);
        let mut name = own.clone();
        let mut number = 2;
        while taken.contains(&name) {
            name = format!("{own} ({number})");
            number += 1;
        }
        taken.insert(name.clone());
        taken.extend(handle.cloned());
        names.push(name);
    }
    names
}

/// A name that shows no token and looks like no template either: it is what automations say.
fn called(name: &str) -> String {
    match covered(name) {
        Cow::Borrowed(plain) => plain.to_owned(),
        Cow::Owned(masked) => masked.replace(['$', '{', '}'], ""),
    }
}

/// The places of limits that more than one automation or action uses.
fn shared_limits(model: &Model) -> BTreeMap<Site, String> {
    let mut uses: BTreeMap<Site, (LimitKind, usize)> = BTreeMap::new();
    let mut count = |limits: &Limits| {
        for (kind, bound) in limits.iter() {
            if let Some(site) = bound.site() {
                uses.entry(site).or_insert((kind, 0)).1 += 1;
            }
        }
    };
    for account in &model.accounts {
        count(&account.limits);
    }
    for automation in &model.automations {
        count(&automation.limits);
        for action in automation.actions.iter().chain(&automation.otherwise) {
            count(&action.limits);
        }
    }
    let shared = uses.into_iter().filter(|(_, (_, uses))| *uses > 1);
    shared
        .enumerate()
        .map(|(number, (site, (kind, _)))| (site, format!("{}-{}", kind.name(), number + 1)))
        .collect()
}

/// A mapping that is filled in the order in which it shall be read.
#[derive(Default)]
struct Fields(Mapping);

impl Fields {
    /// Adds a key, unless there is nothing to say under it.
    fn put(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.0.insert(Value::from(key), value.into());
        }
    }

    /// The mapping, unless nothing was put into it.
    fn some(self) -> Option<Value> {
        (!self.0.is_empty()).then_some(Value::Mapping(self.0))
    }
}
