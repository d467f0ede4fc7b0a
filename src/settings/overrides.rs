//! Puts settings to work on what a run understood and found: facts go to accounts, profiles and overrides
//! drop findings or change how much they matter.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::Settings;
use super::file::{Name, Override, Profile, Weight};
use crate::diagnostic::{Finding, Severity, Subject};
use crate::fs::plain;
use crate::mistake::Mistake;
use crate::model::{Account, Fact, FactKind, Model, Property, Site, Stated, Verb, World, parse_duration};
use crate::rules::{Rulebook, is_called};
use crate::source::{FileId, SourceFile, Sources, Span};

impl Settings {
    /// Globs that cannot be used.
    pub(super) fn check_globs(&self) -> Vec<Mistake> {
        let exempt = self.file.suppressions.iter().map(|exempt| &exempt.get_ref().path);
        let names = self.file.overrides.iter().flat_map(|part| &part.paths);
        let names = names.chain(exempt).chain(&self.file.exclude);
        names
            .filter(|glob| globs(std::slice::from_ref(glob)).is_none())
            .map(|glob| {
                self.mistake(&glob.span(), "this pattern cannot be used; it is written as in .gitignore")
            })
            .collect()
    }

    /// Adds the facts of the file to the accounts that they are about. What an account's own files say takes precedence.
    /// Settings can state every fact, so one that they do not state counts as absent. `governed` are the numbers of the
    /// accounts that these settings govern; without it they govern all.
    pub(crate) fn add_facts(
        &self,
        model: &mut Model,
        sources: &mut Sources,
        governed: Option<&BTreeSet<usize>>,
    ) {
        for layer in self.layers().into_iter().rev() {
            layer.add_own_facts(model, sources, governed);
        }
    }

    fn add_own_facts(&self, model: &mut Model, sources: &mut Sources, governed: Option<&BTreeSet<usize>>) {
        let stated = !self.file.facts.is_empty()
            || self.file.accounts.values().any(|account| !account.facts.is_empty());
        let Some(path) = self.path.as_ref().filter(|_| stated) else { return };
        let file = sources.push(SourceFile::new(path.clone(), self.text.clone()));
        let is_governed = |number: &usize| governed.is_none_or(|governed| governed.contains(number));
        let accounts = model.accounts.iter_mut().enumerate().filter(|(number, _)| is_governed(number));
        for (_, account) in accounts {
            let own = self
                .file
                .accounts
                .iter()
                .filter(|(name, _)| is_about(name.get_ref(), account))
                .map(|(_, own)| &own.facts);
            let tables: Vec<_> =
                own.chain(std::iter::once(&self.file.facts)).filter(|table| !table.is_empty()).collect();
            if tables.is_empty() {
                continue;
            }
            for (name, value) in tables.into_iter().flatten() {
                for fact in facts(name, value, file) {
                    if account.fact(fact.kind).is_none() {
                        account.facts.push(fact);
                    }
                }
            }
            for property in [Property::OptOut, Property::Inbound] {
                if !account.can_express(property) {
                    account.expressible.push(property);
                }
            }
        }
    }

    /// Drops findings that do not count under these settings, and weighs the others.
    pub(crate) fn weigh(
        &self,
        findings: &mut Vec<Finding>,
        model: &Model,
        rulebook: &Rulebook,
        sources: &Sources,
    ) {
        let layers = self.layers();
        let parts =
            layers.iter().flat_map(|layer| layer.file.overrides.iter().map(move |part| (layer, part)));
        let overrides: Vec<_> =
            parts.filter_map(|(layer, part)| Some((layer, globs(&part.paths)?, part))).collect();
        let world = World::new(model);
        findings.retain_mut(|finding| {
            if !self.counts_in_profile(finding, &world, rulebook) {
                return false;
            }
            let mut weight = layers.iter().rev().find_map(|layer| named(&layer.file.severity, finding));
            let path = sources.get(finding.primary.place.file).map(SourceFile::path);
            let fits = |layer: &Self, globs| path.is_some_and(|path| layer.covers(globs, path));
            for (.., part) in overrides.iter().filter(|(layer, globs, _)| fits(layer, globs)) {
                if !self.no_suppressions && !part.keeps(finding) {
                    return false;
                }
                weight = named(&part.severity, finding).or(weight);
            }
            match weight {
                Some(weight) if self.no_suppressions => {
                    finding.severity = weight.severity().unwrap_or(finding.severity).max(finding.severity);
                    true
                }
                Some(Weight::Off) => false,
                Some(weight) => {
                    finding.severity = weight.severity().unwrap_or(finding.severity);
                    true
                }
                None => {
                    if self.profile() == Profile::Strict {
                        raise_words(finding, rulebook);
                    }
                    true
                }
            }
        });
    }

    pub(super) fn covers(&self, globs: &Gitignore, path: &Path) -> bool {
        let (Some(folder), Some(path)) = (plain(&self.folder()), plain(path)) else { return false };
        path.strip_prefix(folder).is_ok_and(|path| globs.matched_path_or_any_parents(path, false).is_ignore())
    }

    /// `community`: rules on the follow graph need an account that follows or unfollows.
    /// `feed`: rules about what is missing need an account that contacts people.
    fn counts_in_profile(&self, finding: &Finding, world: &World<'_>, rulebook: &Rulebook) -> bool {
        let needed: fn(&crate::model::View<'_>) -> bool = match self.profile() {
            Profile::Community if finding.family == "follow" => |view| {
                view.action.is_some_and(|action| {
                    matches!(action.verb, Verb::Follow | Verb::Unfollow | Verb::RemoveFollower)
                })
            },
            Profile::Feed
                if rulebook.rule(&finding.rule).is_some_and(crate::rules::Rule::is_about_absence) =>
            {
                |view| view.is_contact()
            }
            _ => return true,
        };
        let account = finding.subjects.first().and_then(|subject| account_of(*subject, world));
        let view = account.and_then(|account| world.account(account));
        view.is_none_or(|view| view.actions_of_account().any(|view| needed(&view)))
    }
}

/// What a table says about the rule of a finding.
fn named(severity: &BTreeMap<Name, Weight>, finding: &Finding) -> Option<Weight> {
    weight_of(severity, &finding.rule, &finding.family)
}

/// What a table says about a rule: about itself, else about its family, else in a pattern that means it.
pub(super) fn weight_of(severity: &BTreeMap<Name, Weight>, rule: &str, family: &str) -> Option<Weight> {
    let said = |means: &dyn Fn(&str) -> bool| {
        severity.iter().find(|(name, _)| means(name.get_ref())).map(|(_, weight)| *weight)
    };
    said(&|name| name == rule)
        .or_else(|| said(&|name| name == family))
        .or_else(|| said(&|name| is_called(name, rule, family)))
}

/// `strict`: what a message says weighs one level more.
fn raise_words(finding: &mut Finding, rulebook: &Rulebook) {
    if rulebook.rule(&finding.rule).is_some_and(crate::rules::Rule::is_about_words) {
        finding.severity = match finding.severity {
            Severity::Info => Severity::Warning,
            Severity::Warning | Severity::Error => Severity::Error,
        };
    }
}

fn account_of(subject: Subject, world: &World<'_>) -> Option<usize> {
    match subject {
        Subject::Account(number) => usize::try_from(number).ok(),
        Subject::Automation(number) | Subject::Action(number, _) => {
            Some(world.model.automations.get(usize::try_from(number).ok()?)?.account)
        }
        Subject::File(_) => None,
    }
}

impl Override {
    fn keeps(&self, finding: &Finding) -> bool {
        let named =
            |list: &[Name]| list.iter().any(|name| is_called(name.get_ref(), &finding.rule, &finding.family));
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }
}

/// Patterns as in `.gitignore`, relative to the settings file.
pub(super) fn globs(paths: &[Name]) -> Option<Gitignore> {
    patterns_of(paths.iter().map(|path| path.get_ref().as_str()))
}

pub(super) fn patterns_of<'p>(paths: impl Iterator<Item = &'p str>) -> Option<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    for path in paths {
        builder.add_line(None, path).ok()?;
    }
    builder.build().ok()
}

/// Whether a name in the settings means this account: its name or its handle, with or without the sign.
pub(super) fn is_about(name: &str, account: &Account) -> bool {
    let plain = |text: &str| text.trim_start_matches('@').to_lowercase();
    let handle = account.identity.handle.known().map(|handle| plain(handle));
    plain(&account.name) == plain(name) || handle == Some(plain(name))
}

/// The facts that one key states. Durations are days, as in conduct files.
fn facts(name: &Name, value: &toml::Value, file: FileId) -> Vec<Fact> {
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let site = Site::new(file, Span::new(offset(name.span().start), offset(name.span().end)));
    let fact = |full: &str, value: &toml::Value| {
        let kind = FactKind::parse(full)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let text = match parse_duration(&text) {
            Some(days) if kind.is_duration() => days.to_string(),
            _ => text,
        };
        Some(Fact { kind, value: Stated::Known(text, site) })
    };
    match value {
        toml::Value::Table(table) => table
            .iter()
            .filter_map(|(inner, value)| fact(&format!("{}.{inner}", name.get_ref()), value))
            .collect(),
        value => fact(name.get_ref(), value).into_iter().collect(),
    }
}
