//! The arguments of `botiquette lint`.

use std::path::PathBuf;

use super::fixes::Fixing;
use super::judging::Judging;
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

    #[command(flatten)]
    pub(in crate::lint) judging: Judging,

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
