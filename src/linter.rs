//! The front door: settings and rules make a [`Linter`], a [`Linter`] checks a [`Project`]. The command goes through
//! it as well, so everybody gets the same findings.

use crate::analysis::Study;
use crate::diagnostic::{Baseline, BaselineError, Finding, Severity};
use crate::dialect::{self, Dialect};
use crate::lint::{Input, Outcome, Request, lint_owned};
use crate::mistake::{Mistake, listed};
use crate::model::World;
use crate::names::proposals;
use crate::project::Project;
use crate::rules::{BrokenRulebook, RuleFile, Rulebook};
use crate::settings::{Profile, Settings, SettingsError};

/// Rules under settings, ready to check any number of projects.
#[derive(Debug)]
pub struct Linter {
    rulebook: Rulebook,
    settings: Settings,
    dialect: Option<&'static Dialect>,
    baseline: Option<Baseline>,
    fail_on: Severity,
    include_info: bool,
}

/// What a [`Linter`] is made of. Everything can be left out.
#[derive(Debug, Default)]
pub struct LinterBuilder {
    settings: Settings,
    packs: Vec<(String, Vec<RuleFile>)>,
    profile: Option<Profile>,
    select: Vec<String>,
    ignore: Vec<String>,
    dialect: Option<String>,
    /// The outer one: whether it replaces the baseline that the settings name.
    baseline: Option<Option<Baseline>>,
    fail_on: Option<Severity>,
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
    /// Settings as `botiquette.toml` has them.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Rules of one's own, called `pack/…`. Those that the settings name come in anyway.
    #[must_use]
    pub fn rules(mut self, pack: impl Into<String>, files: Vec<RuleFile>) -> Self {
        self.packs.push((pack.into(), files));
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
    pub const fn fail_on(mut self, severity: Severity) -> Self {
        self.fail_on = Some(severity);
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
    pub fn build(self) -> Result<Linter, BuildError> {
        let mut rulebook = Rulebook::built_in()?;
        let mut settings = self.settings;
        for (pack, files) in &self.packs {
            rulebook.check_pack(pack).map_err(BuildError::Pack)?;
            let mistakes = rulebook.add(pack, files);
            if !mistakes.is_empty() {
                return Err(BuildError::Rules(mistakes));
            }
        }
        settings.add_to(&mut rulebook).map_err(BuildError::Settings)?;
        // Names may be those of rules that were just added.
        check_rules(&rulebook, self.select.iter().chain(&self.ignore))?;
        let dialect = self.dialect.as_deref().map(find_dialect).transpose()?;
        settings.apply(&mut rulebook, self.profile, &self.select, &self.ignore);
        let baseline = match self.baseline {
            Some(baseline) => baseline,
            None if settings.no_suppressions => None,
            None => settings.baseline()?,
        };
        let fail_on = self.fail_on.or(settings.fail_on().map(Severity::from)).unwrap_or(Severity::Error);
        let include_info = self.include_info
            || settings.include_disabled
            || settings.profile() == Profile::Strict
            || fail_on == Severity::Info;
        Ok(Linter { rulebook, settings, dialect, baseline, fail_on, include_info })
    }
}

fn check_rules<'n>(
    rulebook: &Rulebook,
    mut names: impl Iterator<Item = &'n String>,
) -> Result<(), BuildError> {
    let rules = rulebook.rules().iter();
    let mut known: Vec<&str> = rules.flat_map(|rule| [rule.name.as_ref(), rule.family.as_ref()]).collect();
    known.sort_unstable();
    known.dedup();
    match names.find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(unknown("rule or family", name, &known)),
        None => Ok(()),
    }
}

fn find_dialect(name: &str) -> Result<&'static Dialect, BuildError> {
    let known: Vec<&str> = dialect::ALL.iter().map(|dialect| dialect.name).collect();
    dialect::find(name).ok_or_else(|| unknown("dialect", name, &known))
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
        self.check_inputs(project.inputs(&self.settings))
    }

    /// Whether the outcome holds a finding that counts and is as severe as it takes.
    #[must_use]
    pub fn fails(&self, outcome: &Outcome) -> bool {
        outcome.findings().any(|finding| finding.severity >= self.fail_on)
    }

    /// What the effect graph says about the accounts of an outcome, under the numbers of this linter:
    /// `linter.study(&outcome.world())`.
    #[must_use]
    pub const fn study<'m>(&'m self, world: &'m World<'m>) -> Study<'m> {
        Study::new(world, self.rulebook.thresholds(), self.rulebook.assumptions())
    }

    /// The same for inputs that the command has read.
    #[doc(hidden)]
    #[must_use]
    pub fn check_inputs(&self, inputs: Vec<Input>) -> Outcome {
        let request = Request { inputs, dialect: self.dialect, rulebook: &self.rulebook };
        let mut outcome = lint_owned(request, &self.settings);
        if let Some(known) = &self.baseline {
            let left = known.silence(&mut outcome.report, &outcome.sources);
            // A rule that is no more finds nothing.
            let ran = |name: &str| {
                self.rulebook.rule(name).is_none() || self.rulebook.enabled().any(|rule| rule.name == name)
            };
            outcome.fixed = Some(left.fixed(&outcome.report, &outcome.sources, ran));
        }
        outcome.report.findings.retain(|finding| self.shows(finding));
        outcome
    }

    fn shows(&self, finding: &Finding) -> bool {
        self.include_info || finding.severity > Severity::Info
    }

    /// The rules.
    #[doc(hidden)]
    #[must_use]
    pub const fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// The settings, applied.
    #[doc(hidden)]
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same, to say what is only proposed.
    #[doc(hidden)]
    pub const fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// The least severity that makes a run fail.
    #[doc(hidden)]
    #[must_use]
    pub const fn fail_on(&self) -> Severity {
        self.fail_on
    }

    /// Another baseline, or none.
    #[doc(hidden)]
    pub fn set_baseline(&mut self, baseline: Option<Baseline>) {
        self.baseline = baseline;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

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
        assert!(!knowing.fails(&outcome) && outcome.fixed.is_some_and(|fixed| fixed.is_empty()));

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
