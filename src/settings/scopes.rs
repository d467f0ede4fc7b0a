//! Which settings govern which file of a run: those of the nearest folder above it that has some. What is found is
//! judged by the settings of the file that it is reported in, so the order of the inputs changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Settings;
use super::idle::{Idle, span};
use crate::diagnostic::suppress::{Exception, Scope as About};
use crate::diagnostic::{Covers, FileOutcome, Finding, Label, RuleCard};
use crate::dialect::Own;
use crate::fs::plain;
use crate::model::Model;
use crate::rules::{Rule, Rulebook, evaluate};
use crate::source::{FileId, Place, Sources};

/// Settings, with the rules that they have prepared.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'s> {
    /// The settings.
    pub settings: &'s Settings,
    /// The rules under them.
    pub rulebook: &'s Rulebook,
    /// The dialects that they add.
    pub dialects: &'s Own,
}

/// The settings of a run.
#[derive(Debug)]
pub struct Scopes<'s> {
    /// Governs what no folder does.
    first: Scope<'s>,
    others: Vec<Scope<'s>>,
    /// Folders, and the number of the settings that hold below each.
    folders: BTreeMap<PathBuf, usize>,
    /// Those of the folder that all inputs have in common.
    whole: usize,
    /// The whole paths of folders that were searched, by which it is known what the run has seen.
    searched: Vec<PathBuf>,
    /// The number of the settings of each file, by the number of the file, as far as they are looked up.
    of_files: Vec<usize>,
    /// For each settings, the first ones with equal rules: these judge once for all of them.
    alike: Vec<usize>,
}

impl<'s> Scopes<'s> {
    /// The same settings for all files.
    #[must_use]
    pub fn one(scope: Scope<'s>) -> Self {
        Self::new(scope, Vec::new(), BTreeMap::new(), 0)
    }

    /// Settings for all files, and others, numbered from 1, for those below some folders. `whole` speaks for the run.
    #[must_use]
    pub fn new(
        first: Scope<'s>,
        others: Vec<Scope<'s>>,
        folders: BTreeMap<PathBuf, usize>,
        whole: usize,
    ) -> Self {
        let mut alike: Vec<usize> = Vec::new();
        let all: Vec<Scope<'_>> = std::iter::once(first).chain(others.iter().copied()).collect();
        for (number, scope) in all.iter().enumerate() {
            let same = all.iter().take(number).position(|known| known.rulebook.judges_like(scope.rulebook));
            alike.push(same.unwrap_or(number));
        }
        Self { first, others, folders, whole, searched: Vec::new(), of_files: Vec::new(), alike }
    }

    /// The same for a run that has searched these folders, by their whole paths.
    #[must_use]
    pub fn searched(mut self, folders: Vec<PathBuf>) -> Self {
        self.searched = folders;
        self
    }

    /// Entries of settings that fit nothing, and what they are.
    pub(crate) fn idle(&self, files: &[FileOutcome], model: &Model, sources: &mut Sources) -> Vec<Label> {
        let mut layers: BTreeMap<&Path, (&Settings, Vec<FileId>)> = BTreeMap::new();
        for (number, scope) in self.all().enumerate() {
            let own = files.iter().map(|outcome| outcome.file);
            let own: Vec<FileId> = own.filter(|file| self.number(*file, sources) == number).collect();
            // What these build on may be meant for other folders as well.
            let settings = scope.settings;
            if let Some(path) = settings.path.as_deref().filter(|_| settings.is_within(&self.searched)) {
                layers.entry(path).or_insert((settings, Vec::new())).1.extend(&own);
            }
        }
        let mut labels = Vec::new();
        for (layer, files) in layers.into_values() {
            let idle = layer.idle(&files, model, sources);
            let Some(file) = (if idle.is_empty() { None } else { layer.source(sources) }) else { continue };
            let label = |Idle { at, what }| Label { place: Place { file, span: span(&at) }, text: what };
            labels.extend(idle.into_iter().map(label));
        }
        labels
    }

    fn is_one(&self) -> bool {
        self.others.is_empty()
    }

    fn all(&self) -> impl Iterator<Item = Scope<'s>> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    fn get(&self, number: usize) -> Scope<'s> {
        number.checked_sub(1).and_then(|number| self.others.get(number)).copied().unwrap_or(self.first)
    }

    /// What holds for the run as a whole.
    #[must_use]
    pub fn whole(&self) -> Scope<'s> {
        self.get(self.whole)
    }

    /// The settings that govern a path.
    #[must_use]
    pub fn at(&self, path: &Path) -> Scope<'s> {
        self.get(nearest(&self.folders, path))
    }

    /// The settings that govern a file of the run.
    #[must_use]
    pub fn of(&self, file: FileId, sources: &Sources) -> Scope<'s> {
        self.get(self.number(file, sources))
    }

    /// Looks up the settings of each file once, because a file may have thousands of automations.
    pub(crate) fn look_up(&mut self, sources: &Sources) {
        if !self.is_one() {
            self.of_files = sources.iter().map(|(_, file)| nearest(&self.folders, file.path())).collect();
        }
    }

    fn number(&self, file: FileId, sources: &Sources) -> usize {
        if self.is_one() {
            return 0;
        }
        if let Some(number) = self.of_files.get(file.0 as usize) {
            return *number;
        }
        sources.get(file).map_or(0, |file| nearest(&self.folders, file.path()))
    }

    /// The rules that run anywhere, each once.
    #[must_use]
    pub fn cards(&self) -> Vec<RuleCard> {
        let mut seen = BTreeSet::new();
        let rules = self.all().flat_map(|scope| scope.rulebook.enabled());
        rules.filter(|rule| seen.insert(rule.name.clone())).map(Rule::card).collect()
    }

    /// Adds the facts that settings state about accounts; to each those of the files that speak of it.
    pub(crate) fn add_facts(&self, model: &mut Model, sources: &mut Sources) {
        if self.is_one() {
            return self.first.settings.add_facts(model, sources, None);
        }
        let mut accounts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for automation in &model.automations {
            let number = self.number(automation.site.used.file, sources);
            accounts.entry(number).or_default().insert(automation.account);
        }
        for (number, accounts) in accounts {
            self.get(number).settings.add_facts(model, sources, Some(&accounts));
        }
    }

    /// What the rules find in a model, each file judged by those that govern it.
    pub(crate) fn evaluate(&self, model: &Model, sources: &Sources) -> Vec<Finding> {
        if self.is_one() {
            return evaluate(self.first.rulebook, model);
        }
        let class = |file: FileId| self.alike.get(self.number(file, sources)).copied().unwrap_or_default();
        let of_automations = model.automations.iter().map(|automation| class(automation.site.used.file));
        let of_accounts = model.accounts.iter().map(|account| class(account.site.used.file));
        let classes: BTreeSet<usize> = of_automations.chain(of_accounts).collect();
        let mut findings = Vec::new();
        for number in classes {
            let found = evaluate(self.get(number).rulebook, model);
            findings.extend(found.into_iter().filter(|found| class(found.primary.place.file) == number));
        }
        findings
    }

    /// Drops findings that do not count, and weighs the others.
    pub(crate) fn weigh(&self, findings: &mut Vec<Finding>, model: &Model, sources: &Sources) {
        if self.is_one() {
            return self.first.settings.weigh(findings, model, self.first.rulebook, sources);
        }
        let mut parts: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
        for finding in std::mem::take(findings) {
            parts.entry(self.number(finding.primary.place.file, sources)).or_default().push(finding);
        }
        for (number, mut part) in parts {
            let Scope { settings, rulebook, .. } = self.get(number);
            settings.weigh(&mut part, model, rulebook, sources);
            findings.append(&mut part);
        }
    }

    /// The exceptions that settings make, each for the files that they govern.
    pub(crate) fn exceptions(&self, files: &[FileOutcome], sources: &mut Sources) -> Vec<Exception> {
        if self.is_one() {
            return self.first.settings.exceptions(files, sources);
        }
        let mut parts: BTreeMap<usize, Vec<FileOutcome>> = BTreeMap::new();
        for outcome in files {
            parts.entry(self.number(outcome.file, sources)).or_default().push(outcome.clone());
        }
        let mut all: Vec<Exception> = Vec::new();
        for (number, part) in parts {
            for exception in self.get(number).settings.exceptions(&part, sources) {
                // Several settings may build on the ones that say this.
                match (all.iter_mut().find(|known| known.place == exception.place), &exception.scope) {
                    (Some(Exception { scope: About::Files(known, _), .. }), About::Files(more, _)) => {
                        known.extend(more);
                    }
                    _ => all.push(exception),
                }
            }
        }
        all
    }
}

/// The number of the settings of the nearest folder above a path; 0 where there is none.
#[must_use]
pub(crate) fn nearest(folders: &BTreeMap<PathBuf, usize>, path: &Path) -> usize {
    if folders.is_empty() {
        return 0;
    }
    let Some(path) = plain(path) else { return 0 };
    path.ancestors().find_map(|folder| folders.get(folder)).copied().unwrap_or_default()
}

impl Covers for Scopes<'_> {
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        std::iter::once(&self.first).chain(&self.others).flat_map(|scope| scope.rulebook.pairs())
    }
}
