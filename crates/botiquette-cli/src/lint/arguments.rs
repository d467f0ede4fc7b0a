//! The arguments of `botiquette lint`.

use std::path::PathBuf;

use botiquette::FailOn;
use botiquette::diagnostic::{Confidence, Severity};
use botiquette::settings::Profile;
use clap::ValueEnum;

use super::fixes::Fixing;
use crate::inputs::Inputs;
use crate::output::Outputs;

/// Lint bot configurations
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette lint                                  Everything below this folder
  botiquette lint bots/ workflows/welcome.yml      A folder and a file, as one model
  botiquette lint --ignore pace --fail-on warning
  botiquette lint --format json > report.json
  botiquette lint --format pretty --format sarif --output report.sarif
  botiquette lint --write-baseline .botiquette-baseline.json
  botiquette lint --add-suppressions 'agreed with the town, until May'
  curl -s https://example.org/bot.yaml | botiquette lint - --stdin-filename bot.yaml

Exit codes: 0 nothing at or above --fail-on, or nothing to lint; 1 findings; 2 something is
broken, or what was named is no bot's configuration (all others are linted all the same)")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(in crate::lint) inputs: Inputs,

    #[command(flatten)]
    pub(in crate::lint) outputs: Outputs,

    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(in crate::lint) fail_on: Option<FailLevel>,

    /// Exit with 0 even when there are findings
    #[arg(long)]
    pub(in crate::lint) exit_zero: bool,

    /// Run only these rules or families; `ALL` and patterns such as `follow-*` work, too
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::lint) select: Vec<String>,

    /// Do not run these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(in crate::lint) ignore: Vec<String>,

    /// Report only findings at least this severe
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(in crate::lint) severity: Option<Level>,

    /// Report only findings at least this sure
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(in crate::lint) confidence: Option<Sureness>,

    /// The defaults for this kind of bot [default: recommended]
    #[arg(long, value_enum, value_name = "NAME")]
    pub(in crate::lint) profile: Option<ProfileName>,

    /// Report findings of severity info, too; implied by `--fail-on info` and `--profile strict`
    #[arg(long)]
    pub(in crate::lint) include_info: bool,

    /// Judge what is switched off, too, and report it as info
    #[arg(long)]
    pub(in crate::lint) include_disabled: bool,

    /// Report what comments and settings suppress, exclude or weigh less like everything else,
    /// for auditors
    #[arg(long)]
    pub(in crate::lint) no_suppressions: bool,

    /// Judge by the settings and suppressions of this git revision, and report what the working
    /// tree loosens
    #[arg(
        long,
        value_name = "REVISION",
        conflicts_with_all = ["config", "no_config", "isolated", "add_suppressions", "prune_baseline"]
    )]
    pub(in crate::lint) base: Option<String>,

    /// Write a comment with this reason above everything that is found, then lint again
    #[arg(long, value_name = "REASON", conflicts_with_all = ["no_suppressions", "watch", "isolated"])]
    pub(in crate::lint) add_suppressions: Option<String>,

    #[command(flatten)]
    pub(in crate::lint) fixing: Fixing,

    /// Report only what is not in this baseline
    #[arg(long, value_name = "FILE", conflicts_with = "no_suppressions")]
    pub(in crate::lint) baseline: Option<PathBuf>,

    /// Write what is found into a baseline, which later runs leave out
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "prune_baseline", "watch"])]
    pub(in crate::lint) write_baseline: Option<PathBuf>,

    /// Take out of the baseline what is fixed
    #[arg(long, conflicts_with_all = ["no_suppressions", "watch"])]
    pub(in crate::lint) prune_baseline: bool,

    /// Lint again whenever a file changes, until Ctrl-C
    #[arg(long)]
    pub(in crate::lint) watch: bool,

    /// End after so many runs
    #[arg(long, value_name = "N", hide = true, requires = "watch")]
    pub(in crate::lint) watch_runs: Option<u32>,

    /// How many files to lint at a time [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(in crate::lint) jobs: Option<u16>,

    /// Count the findings of each rule instead of printing them
    #[arg(long)]
    pub(in crate::lint) statistics: bool,

    /// Print every finding in full, also where many say the same
    #[arg(long)]
    pub(in crate::lint) no_group: bool,

    /// Fail (2) where nothing is there to be linted
    #[arg(long)]
    pub(in crate::lint) require_input: bool,

    /// Print findings and errors, no summary
    #[arg(long, short, conflicts_with = "verbose")]
    pub(in crate::lint) quiet: bool,

    /// Say on standard error what became of every input
    #[arg(long, short)]
    pub(in crate::lint) verbose: bool,
}

/// A severity, as an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Harms or coerces somebody by design, or cannot stop
    #[default]
    Error,
    /// Usually unwelcome
    Warning,
    /// Hygiene
    Info,
}

/// What makes a run fail, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailLevel {
    /// Errors only
    Error,
    /// Warnings, too
    Warning,
    /// Any finding
    Info,
    /// Findings never do
    Never,
}

/// A confidence, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sureness {
    /// Any
    Low,
    /// Probably right
    Medium,
    /// Hardly ever wrong
    High,
}

/// A profile, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::lint) enum ProfileName {
    /// Errors and warnings; info stays hidden
    Recommended,
    /// Info as well, and stricter numbers
    Strict,
    /// Moderation and community tools: follow rules only where somebody is followed
    Community,
    /// Bots that only publish: nothing is missed on accounts that contact nobody
    Feed,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Recommended => Self::Recommended,
            ProfileName::Strict => Self::Strict,
            ProfileName::Community => Self::Community,
            ProfileName::Feed => Self::Feed,
        }
    }
}

impl From<FailLevel> for FailOn {
    fn from(level: FailLevel) -> Self {
        match level {
            FailLevel::Error => Self::Error,
            FailLevel::Warning => Self::Warning,
            FailLevel::Info => Self::Info,
            FailLevel::Never => Self::Never,
        }
    }
}

impl From<Sureness> for Confidence {
    fn from(level: Sureness) -> Self {
        match level {
            Sureness::Low => Self::Low,
            Sureness::Medium => Self::Medium,
            Sureness::High => Self::High,
        }
    }
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Info => Self::Info,
        }
    }
}
