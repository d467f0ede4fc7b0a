//! Which findings are shown, and which of them fail the run: the arguments that `lint` and `batch` share.

use botiquette::diagnostic::{Confidence, Report, Severity};
use botiquette::settings::{Profile, Settings};
use botiquette::{FailOn, LinterBuilder};
use clap::ValueEnum;

/// Which rules run, and which findings count.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Judging {
    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailLevel>,

    /// Exit with 0 even when there are findings
    #[arg(long)]
    pub(crate) exit_zero: bool,

    /// Run only these rules or families; `ALL` and patterns such as `follow-*` work, too
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Do not run these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// Report only findings at least this severe
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) severity: Option<Level>,

    /// Report only findings at least this sure
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) confidence: Option<Sureness>,

    /// The defaults for this kind of bot [default: recommended]
    #[arg(long, value_enum, value_name = "NAME")]
    pub(crate) profile: Option<ProfileName>,

    /// Report findings of severity info, too; implied by `--fail-on info` and `--profile strict`
    #[arg(long)]
    pub(crate) include_info: bool,

    /// Judge what is switched off, too, and report it as info
    #[arg(long)]
    pub(crate) include_disabled: bool,

    /// Report what comments and settings suppress, exclude or weigh less like everything else,
    /// for auditors
    #[arg(long)]
    pub(crate) no_suppressions: bool,
}

impl Judging {
    /// The rules under the command line.
    pub(crate) fn chosen(&self, builder: LinterBuilder) -> LinterBuilder {
        let mut builder = builder
            .select(&self.select)
            .ignore(&self.ignore)
            .include_info(self.include_info || self.severity == Some(Level::Info));
        if let Some(profile) = self.profile {
            builder = builder.profile(profile.into());
        }
        match self.fail_on {
            Some(fail_on) => builder.fail_on(FailOn::from(fail_on)),
            None => builder,
        }
    }

    /// What the command line wants of all settings.
    pub(crate) fn tune(&self, settings: &mut Settings) {
        settings.include_disabled = self.include_disabled;
        settings.no_suppressions = self.no_suppressions;
    }

    /// Leaves out findings that nobody wants to see.
    pub(crate) fn filter(&self, report: &mut Report) {
        let severity = self.severity.map_or(Severity::Info, Severity::from);
        let confidence = self.confidence.map_or(Confidence::Low, Confidence::from);
        report.findings.retain(|found| found.severity >= severity && found.confidence >= confidence);
    }
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
pub(crate) enum ProfileName {
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
