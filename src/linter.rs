//! The front door: settings and rules make a [`Linter`], a [`Linter`] checks a [`Project`]. The command goes through
//! it as well, so everybody gets the same findings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::analysis::Study;
use crate::diagnostic::{Baseline, BaselineError, Finding, Severity};
use crate::dialect::{self, Own, Tool};
use crate::fs::{identity, plain};
use crate::lint::{Input, Outcome, lint_under};
use crate::mistake::{Mistake, listed};
use crate::model::World;
use crate::names::proposals;
use crate::project::Project;
use crate::rules::{BrokenRulebook, DailyRate, Rule, RuleFile, Rulebook, daily_rates};
use crate::settings::{FailOn, Profile, Scope, Scopes, Settings, SettingsError, nearest};
use crate::source::Sources;

/// Rules under settings, ready to check any number of projects.
#[derive(Debug)]
pub struct Linter {
    /// Governs what no folder's own settings do.
    first: Prepared,
    others: Vec<Prepared>,
    /// Folders, and the number of the settings that hold below each: 0 the first, then the others.
    folders: BTreeMap<PathBuf, usize>,
    /// Those that speak for a run as a whole.
    whole: usize,
    /// Folders that are searched.
    searched: Vec<PathBuf>,
    /// The name of the dialect that every file is read as.
    dialect: Option<String>,
    baselines: Vec<Known>,
}

/// Settings, and what they make of the rules.
#[derive(Debug)]
struct Prepared {
    settings: Settings,
    rulebook: Rulebook,
    dialects: Own,
    fail_on: FailOn,
    include_info: bool,
}

impl Prepared {
    const fn scope(&self) -> Scope<'_> {
        Scope { settings: &self.settings, rulebook: &self.rulebook, dialects: &self.dialects }
    }
}

/// A baseline, and the numbers of the settings that name it; none where it holds for everything.
#[derive(Debug)]
struct Known {
    baseline: Baseline,
    of: Option<BTreeSet<usize>>,
}

/// What a [`Linter`] is made of. Everything can be left out.
#[derive(Debug, Default)]
pub struct LinterBuilder {
    settings: Settings,
    below: Vec<(Vec<PathBuf>, Settings)>,
    bare: Option<Vec<PathBuf>>,
    searched: Vec<PathBuf>,
    whole: Option<PathBuf>,
    packs: Vec<(String, Vec<RuleFile>)>,
    dialect_files: Vec<RuleFile>,
    profile: Option<Profile>,
    select: Vec<String>,
    ignore: Vec<String>,
    dialect: Option<String>,
    /// The outer one: whether it replaces the baseline that the settings name.
    baseline: Option<Option<Baseline>>,
    fail_on: Option<FailOn>,
    include_info: bool,
}

/// Why there is no [`Linter`].
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Settings with mistakes, or with rule files that have some.
    #[error("{0}")]
    Settings(SettingsError),
    /// Rules of one's own with mistakes.
    #[error(fmt = mistakes_listed)]
    Rules(Vec<Mistake>),
    /// Dialects of one's own with mistakes, or that cannot be read.
    #[error(fmt = mistakes_listed)]
    Dialects(Vec<Mistake>),
    /// A pack of rules that cannot be called so.
    #[error("{0}")]
    Pack(String),
    /// A name that nothing has.
    #[error("unknown {kind} `{name}`{near}")]
    Unknown {
        /// What it should be the name of.
        kind: &'static str,
        /// As it was given.
        name: String,
        /// The names like it, as a sentence; empty where there are none.
        near: String,
    },
    /// A baseline that the settings name and that cannot be used.
    #[error("{0}")]
    Baseline(#[from] BaselineError),
    /// A built-in rule that cannot be read: a bug in botiquette.
    #[error("{0}")]
    Bug(#[from] BrokenRulebook),
}

fn mistakes_listed(mistakes: &[Mistake], out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    listed(mistakes, out)
}

impl LinterBuilder {
    /// Settings as `botiquette.toml` has them. They govern every file that no folder's own settings do.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Settings of a folder: the nearest ones above a file govern it, and what is found in it.
    #[must_use]
    pub fn settings_below(self, folder: impl AsRef<Path>, settings: Settings) -> Self {
        self.settings_of([folder], settings)
    }

    /// The same for folders that need not be below each other.
    #[doc(hidden)]
    #[must_use]
    pub fn settings_of(
        mut self,
        folders: impl IntoIterator<Item = impl AsRef<Path>>,
        settings: Settings,
    ) -> Self {
        self.below.push((folders.into_iter().map(whole_path).collect(), settings));
        self
    }

    /// Folders that no settings of the folders above govern. With them, every folder of the inputs is named.
    #[doc(hidden)]
    #[must_use]
    pub fn bare(mut self, folders: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        self.bare = Some(folders.into_iter().map(whole_path).collect());
        self
    }

    /// Folders that the project holds all files of: entries of settings that fit nothing there are told.
    #[must_use]
    pub fn searched(mut self, folders: impl IntoIterator<Item = impl AsRef<Path>>) -> Self {
        self.searched.extend(folders.into_iter().map(whole_path));
        self
    }

    /// The folder that all inputs have in common. Its settings say what concerns a run as a whole: how many findings
    /// a report holds, and what the effect graph of `graph` and `describe` assumes.
    #[must_use]
    pub fn whole(mut self, folder: impl AsRef<Path>) -> Self {
        self.whole = Some(folder.as_ref().to_path_buf());
        self
    }

    /// Rules of one's own, called `pack/…`. Those that the settings name come in anyway.
    #[must_use]
    pub fn rules(mut self, pack: impl Into<String>, files: Vec<RuleFile>) -> Self {
        self.packs.push((pack.into(), files));
        self
    }

    /// Dialects of one's own, from dialect files. Those that the settings name come in anyway.
    #[must_use]
    pub fn dialects(mut self, files: Vec<RuleFile>) -> Self {
        self.dialect_files.extend(files);
        self
    }

    /// The defaults for a kind of bot, instead of those of the settings.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Only these rules or families, instead of those of the settings.
    #[must_use]
    pub fn select(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.select.extend(names.into_iter().map(Into::into));
        self
    }

    /// Not these rules or families, nor those that the settings ignore.
    #[must_use]
    pub fn ignore(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ignore.extend(names.into_iter().map(Into::into));
        self
    }

    /// Reads every file as this dialect instead of recognising it.
    #[must_use]
    pub fn dialect(mut self, name: impl Into<String>) -> Self {
        self.dialect = Some(name.into());
        self
    }

    /// Findings that were there before and do not count, or none, instead of the baseline that the settings name.
    #[must_use]
    pub fn baseline(mut self, baseline: impl Into<Option<Baseline>>) -> Self {
        self.baseline = Some(baseline.into());
        self
    }

    /// The least severity that makes [`Linter::fails`] true, instead of that of the settings.
    #[must_use]
    pub fn fail_on(mut self, severity: impl Into<FailOn>) -> Self {
        self.fail_on = Some(severity.into());
        self
    }

    /// Findings of severity info are told, too. They are anyway where they make a run fail, and in the profile
    /// `strict`.
    #[must_use]
    pub const fn include_info(mut self, include: bool) -> Self {
        self.include_info = include;
        self
    }

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

fn whole_path(path: impl AsRef<Path>) -> PathBuf {
    plain(path.as_ref()).unwrap_or_else(|| path.as_ref().to_path_buf())
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

impl Linter {
    /// The parts of a linter, to be chosen.
    #[must_use]
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    /// Checks all files of a project together. Never fails: what cannot be read or understood is part of the
    /// outcome.
    #[must_use]
    pub fn check(&self, project: &Project) -> Outcome {
        self.check_inputs(self.inputs(project))
    }

    /// The files of a project as inputs.
    pub(crate) fn inputs(&self, project: &Project) -> Vec<Input> {
        let scopes = self.scopes();
        project.inputs(&|path| scopes.at(path).settings)
    }

    /// Whether the outcome holds a finding that counts and is as severe as it takes.
    #[must_use]
    pub fn fails(&self, outcome: &Outcome) -> bool {
        outcome.findings().any(|finding| {
            let least = self.of(finding, outcome).fail_on.severity();
            least.is_some_and(|least| finding.severity >= least)
        })
    }

    /// What the effect graph says about the accounts of an outcome, under the numbers of this linter:
    /// `linter.study(&outcome.world())`.
    #[must_use]
    pub fn study<'m>(&'m self, world: &'m World<'m>) -> Study<'m> {
        Study::new(world, self.rulebook().thresholds(), self.rulebook().assumptions())
    }

    /// How often each account does, at most, what rules about rates count.
    #[doc(hidden)]
    #[must_use]
    pub fn rates(&self, outcome: &Outcome) -> Vec<DailyRate> {
        let mut rates = self.all_rates(outcome);
        rates.retain(|rate| rate.per_day > 0.0);
        rates
    }

    /// The same, with what is done without a number.
    #[doc(hidden)]
    #[must_use]
    pub fn all_rates(&self, outcome: &Outcome) -> Vec<DailyRate> {
        daily_rates(self.rulebook(), &outcome.model)
    }

    /// The same for inputs that the command has read.
    #[doc(hidden)]
    #[must_use]
    pub fn check_inputs(&self, inputs: Vec<Input>) -> Outcome {
        let dialect = self.dialect.as_deref().and_then(|name| {
            dialect::find(name).or_else(|| self.all().find_map(|one| one.dialects.find(name)))
        });
        let mut outcome = lint_under(inputs, dialect, self.scopes());
        for Known { baseline, of } in &self.baselines {
            let sources = &outcome.sources;
            let concerns = |finding: &Finding| {
                let of_file = || self.number(finding, sources);
                of.as_ref().is_none_or(|of| of.contains(&of_file()))
            };
            let left = baseline.silence_some(&mut outcome.report, sources, concerns);
            // A rule that is no more finds nothing.
            let ran = |name: &str| {
                self.all().any(|one| {
                    one.rulebook.rule(name).is_none() || one.rulebook.enabled().any(|rule| rule.name == name)
                })
            };
            outcome.fixed.push(left.fixed(&outcome.report, sources, ran));
        }
        let findings = std::mem::take(&mut outcome.report.findings);
        let shows =
            |finding: &Finding| finding.severity > Severity::Info || self.of(finding, &outcome).include_info;
        outcome.report.findings = findings.into_iter().filter(shows).collect();
        outcome
    }

    fn scopes(&self) -> Scopes<'_> {
        Scopes::new(
            self.first.scope(),
            self.others.iter().map(Prepared::scope).collect(),
            self.folders.clone(),
            self.whole,
        )
        .searched(self.searched.clone())
    }

    fn all(&self) -> impl Iterator<Item = &Prepared> {
        std::iter::once(&self.first).chain(&self.others)
    }

    fn get(&self, number: usize) -> &Prepared {
        number.checked_sub(1).and_then(|number| self.others.get(number)).unwrap_or(&self.first)
    }

    /// The number of the settings that govern the file of a finding.
    fn number(&self, finding: &Finding, sources: &Sources) -> usize {
        sources.get(finding.primary.place.file).map_or(0, |file| nearest(&self.folders, file.path()))
    }

    fn of(&self, finding: &Finding, outcome: &Outcome) -> &Prepared {
        self.get(self.number(finding, &outcome.sources))
    }

    /// The rules that speak for the run as a whole.
    #[doc(hidden)]
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.get(self.whole).rulebook
    }

    /// The settings that speak for the run as a whole, applied.
    #[doc(hidden)]
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.get(self.whole).settings
    }

    /// The same, to say what is only proposed.
    #[doc(hidden)]
    pub fn settings_mut(&mut self) -> &mut Settings {
        let whole = self.whole.checked_sub(1).and_then(|number| self.others.get_mut(number));
        &mut whole.unwrap_or(&mut self.first).settings
    }

    /// The settings that govern a path, and the rules under them.
    #[doc(hidden)]
    #[must_use]
    pub fn at(&self, path: &Path) -> (&Settings, &Rulebook) {
        let one = self.get(nearest(&self.folders, path));
        (&one.settings, &one.rulebook)
    }

    /// The dialects of one's own, all of them.
    #[doc(hidden)]
    pub fn own_dialects(&self) -> impl Iterator<Item = Tool<'_>> {
        self.all().flat_map(|one| one.dialects.iter())
    }

    /// The settings of the run, all of them.
    #[doc(hidden)]
    pub fn all_settings(&self) -> impl Iterator<Item = &Settings> {
        self.all().map(|one| &one.settings)
    }

    /// Another baseline for everything, or none.
    #[doc(hidden)]
    pub fn set_baseline(&mut self, baseline: Option<Baseline>) {
        self.baselines = baseline.into_iter().map(|baseline| Known { baseline, of: None }).collect();
    }

    /// The baselines that settings name, each for the files that these govern.
    ///
    /// # Errors
    /// If one of them cannot be used.
    #[doc(hidden)]
    pub fn read_baselines(&mut self) -> Result<(), BaselineError> {
        let mut known: Vec<Known> = Vec::new();
        for (number, one) in self.all().enumerate().filter(|(_, one)| !one.settings.no_suppressions) {
            let Some(path) = one.settings.baseline_path() else { continue };
            let same = |known: &&mut Known| identity(known.baseline.path()) == identity(&path);
            if let Some(Known { of: Some(of), .. }) = known.iter_mut().find(same) {
                of.insert(number);
            } else if let Some(baseline) = one.settings.baseline()? {
                known.push(Known { baseline, of: Some(BTreeSet::from([number])) });
            }
        }
        self.baselines = known;
        Ok(())
    }

    /// The baselines that hold.
    #[doc(hidden)]
    pub fn baselines(&self) -> impl Iterator<Item = &Baseline> {
        self.baselines.iter().map(|known| &known.baseline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUDE: &str = "account: { handle: '@x', platform: mastodon }\nautomations:\n  - on: unfollowed\n    do: { post: '@{handle} has left us' }\n";

    fn project() -> Project {
        let mut project = Project::new();
        project.add("bot.yaml", RUDE);
        project
    }

    fn rules(linter: &Linter) -> Vec<String> {
        let outcome = linter.check(&project());
        outcome.findings().map(|finding| finding.rule.to_string()).collect()
    }

    #[test]
    fn severity_baseline_and_settings_count_as_on_the_command_line() {
        let all = Linter::builder().include_info(true).build().unwrap();
        let usual = Linter::builder().build().unwrap();
        let outcome = usual.check(&project());
        assert!(outcome.findings().all(|finding| finding.severity > Severity::Info));
        assert!(rules(&usual).contains(&"unfollow-shaming".to_owned()), "{:?}", rules(&usual));
        assert!(rules(&all).len() > rules(&usual).len(), "{:?}", rules(&all));
        assert!(usual.fails(&outcome));

        let known = Baseline::of(&outcome.report, &outcome.sources, Path::new("known.json"));
        let knowing = Linter::builder().baseline(known).build().unwrap();
        let outcome = knowing.check(&project());
        assert_eq!(outcome.findings().count(), 0);
        assert!(!knowing.fails(&outcome) && outcome.fixed.iter().all(Baseline::is_empty));

        let text =
            "[[suppressions]]\npath = \"/bot.yaml\"\nrule = \"unfollow-shaming\"\nreason = \"a play\"\n";
        let settings = Settings::parse(Path::new("botiquette.toml"), text.to_owned()).unwrap();
        let quiet = Linter::builder().settings(settings).build().unwrap();
        assert!(!rules(&quiet).contains(&"unfollow-shaming".to_owned()));

        let settings =
            Settings::parse(Path::new("botiquette.toml"), "exclude = [\"bot.*\"]".to_owned()).unwrap();
        let blind = Linter::builder().settings(settings).build().unwrap();
        assert_eq!(rules(&blind), [""; 0]);
    }

    #[test]
    fn unknown_names_are_refused_with_the_nearest() {
        let error = Linter::builder().select(["unfollow-shamin"]).build().unwrap_err().to_string();
        assert!(error.contains("`unfollow-shaming`"), "{error}");
        let error = Linter::builder().dialect("matterbrige").build().unwrap_err().to_string();
        assert!(error.contains("unknown dialect") && error.contains("`matterbridge`"), "{error}");
    }
}
