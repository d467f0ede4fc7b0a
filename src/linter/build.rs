//! Chosen parts become a linter: rules are read, names checked, settings applied.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{BuildError, Linter, LinterBuilder, Prepared};
use crate::dialect::{self, Own, Tool};
use crate::names::proposals;
use crate::rules::{Rule, Rulebook};
use crate::settings::{FailOn, Profile, Settings, nearest};

impl LinterBuilder {
    /// Puts it all together and checks every name.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub fn build(mut self) -> Result<Linter, BuildError> {
        let mut below = std::mem::take(&mut self.below);
        below.sort_by(|(one, _), (other, _)| one.cmp(other));
        let bare = self.bare.take();
        if below.len() == 1 && bare.as_ref().is_some_and(Vec::is_empty) {
            // The same settings for all: nobody has to be asked which ones.
            self.settings = below.pop().map(|(_, settings)| settings).unwrap_or_default();
        }
        let settings = std::mem::take(&mut self.settings);
        let first = self.read(settings)?;
        let mut folders: BTreeMap<PathBuf, usize> =
            bare.into_iter().flatten().map(|folder| (folder, 0)).collect();
        let mut others = Vec::new();
        for (governed, settings) in below {
            others.push(self.read(settings)?);
            folders.extend(governed.into_iter().map(|folder| (folder, others.len())));
        }
        // Names may be those of rules that were just added.
        let books = std::iter::once(&first).chain(&others).map(|(_, rulebook, _)| rulebook);
        check_rules(books, self.select.iter().chain(&self.ignore))?;
        let whole = self.whole.as_deref().map_or(0, |folder| nearest(&folders, folder));
        if let Some(name) = &self.dialect {
            check_dialect(name, std::iter::once(&first).chain(&others).map(|(.., dialects)| dialects))?;
        }
        let mut linter = Linter {
            first: self.prepared(first),
            others: others.into_iter().map(|read| self.prepared(read)).collect(),
            folders,
            whole,
            searched: std::mem::take(&mut self.searched),
            dialect: self.dialect.clone(),
            baselines: Vec::new(),
        };
        match self.baseline {
            Some(baseline) => linter.set_baseline(baseline),
            None => linter.read_baselines()?,
        }
        Ok(linter)
    }

    /// The rules, with those that packs and settings add, and dialects of one's own.
    fn read(&self, settings: Settings) -> Result<(Settings, Rulebook, Own), BuildError> {
        let mut rulebook = Rulebook::built_in()?;
        for (pack, files) in &self.packs {
            rulebook.check_pack(pack).map_err(BuildError::Pack)?;
            let mistakes = rulebook.add(pack, files);
            if !mistakes.is_empty() {
                return Err(BuildError::Rules(mistakes));
            }
        }
        settings.add_to(&mut rulebook).map_err(BuildError::Settings)?;
        let (mut files, mut mistakes) = settings.read_dialect_files();
        files.extend(self.dialect_files.iter().cloned());
        let (dialects, wrong) = Own::read(&files);
        mistakes.extend(wrong);
        if mistakes.is_empty() {
            Ok((settings, rulebook, dialects))
        } else {
            Err(BuildError::Dialects(mistakes))
        }
    }

    /// Settings put to work on their rules.
    fn prepared(&self, (mut settings, mut rulebook, dialects): (Settings, Rulebook, Own)) -> Prepared {
        settings.apply(&mut rulebook, self.profile, &self.select, &self.ignore);
        let fail_on = self.fail_on.or(settings.fail_on()).unwrap_or(FailOn::Error);
        let include_info = self.include_info
            || settings.include_disabled
            || settings.profile() == Profile::Strict
            || fail_on == FailOn::Info;
        Prepared { settings, rulebook, dialects, fail_on, include_info }
    }
}

fn check_rules<'n>(
    rulebooks: impl Iterator<Item = &'n Rulebook>,
    mut names: impl Iterator<Item = &'n String>,
) -> Result<(), BuildError> {
    let rules: Vec<&Rule> = rulebooks.flat_map(Rulebook::rules).collect();
    match names.find(|name| !rules.iter().any(|rule| rule.is_called(name))) {
        Some(name) => {
            let mut known: Vec<&str> =
                rules.iter().flat_map(|rule| [rule.name.as_ref(), rule.family.as_ref()]).collect();
            known.sort_unstable();
            known.dedup();
            Err(unknown("rule or family", name, &known))
        }
        None => Ok(()),
    }
}

fn check_dialect<'d>(name: &str, own: impl Iterator<Item = &'d Own>) -> Result<(), BuildError> {
    let own = own.flat_map(Own::iter).map(Tool::name);
    let known: Vec<&str> = dialect::built_in().map(Tool::name).chain(own).collect();
    if known.contains(&name) { Ok(()) } else { Err(unknown("dialect", name, &known)) }
}

fn unknown(kind: &'static str, name: &str, known: &[&str]) -> BuildError {
    BuildError::Unknown { kind, name: name.to_owned(), near: proposals(name, known) }
}
