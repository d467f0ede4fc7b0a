//! The front door: settings and rules make a [`Linter`], a [`Linter`] checks a [`Project`]. The command goes through
//! it as well, so everybody gets the same findings.

mod baselines;
mod build;
mod builder;
mod error;
mod governing;

use std::collections::BTreeMap;
use std::path::PathBuf;

pub use builder::LinterBuilder;
pub use error::BuildError;

use crate::analysis::Study;
use crate::diagnostic::{Finding, Severity};
use crate::dialect::{self, Own};
use crate::lint::{Input, Outcome, lint_under};
use crate::model::World;
use crate::project::Project;
use crate::rules::{DailyRate, Rulebook, daily_rates};
use crate::settings::{FailOn, Scope, Settings};
use baselines::Known;

/// Rules under settings, ready to check any number of projects.
#[derive(Debug)]
pub struct Linter {
    /// The settings for files that no folder's own settings govern.
    first: Prepared,
    others: Vec<Prepared>,
    /// Folders, and the number of the settings that hold below each: 0 the first, then the others.
    folders: BTreeMap<PathBuf, usize>,
    /// The number of the settings that hold for a run as a whole.
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

    /// Whether the outcome holds a finding that counts and is severe enough to fail the run.
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
        self.silence_known(&mut outcome);
        let findings = std::mem::take(&mut outcome.report.findings);
        let shows =
            |finding: &Finding| finding.severity > Severity::Info || self.of(finding, &outcome).include_info;
        outcome.report.findings = findings.into_iter().filter(shows).collect();
        outcome
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diagnostic::Baseline;

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
