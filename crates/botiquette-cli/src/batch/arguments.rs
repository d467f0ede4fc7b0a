//! The arguments of `botiquette batch`.

use std::path::PathBuf;

use crate::lint::Judging;

/// Lint many projects, one JSON document on each line, with one report on each line
///
/// A line of standard input is a project of its own: {"id": "a", "files": {"bot.yaml": "text"}}.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette batch < projects.ndjson > reports.ndjson
  botiquette batch --resume reports.ndjson < projects.ndjson   Go on where an earlier run ended
  botiquette batch --unordered --describe --select follow < projects.ndjson

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 a line is no project, or a file of one is
broken or unreadable; all others are linted all the same")]
pub(crate) struct Arguments {
    /// Add what each account does in plain sentences, as `describe --format json` has it
    #[arg(long)]
    pub(super) describe: bool,

    /// Add the edits that mend what is found; takes longer
    #[arg(long)]
    pub(super) fixes: bool,

    /// Write reports as soon as they are done, not in the order of the input
    #[arg(long)]
    pub(super) unordered: bool,

    /// Add the reports to this file, without those that it has already
    #[arg(long, value_name = "FILE")]
    pub(super) resume: Option<PathBuf>,

    /// Give every file the benefit of the doubt, as if it were named on the command line
    #[arg(long)]
    pub(super) named: bool,

    /// Read every file as this dialect instead of recognising it (see `botiquette dialects`)
    #[arg(long, value_name = "NAME")]
    pub(super) dialect: Option<String>,

    /// Use these settings for all projects
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Let the settings files in a project govern it; whoever wrote it decides then what is found
    #[arg(long, conflicts_with_all = ["config", "isolated"])]
    pub(super) own_settings: bool,

    /// Obey nothing that a project says about linting: no comments
    #[arg(long)]
    pub(super) isolated: bool,

    #[command(flatten)]
    pub(super) judging: Judging,

    /// How many projects to lint at a time [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) jobs: Option<u16>,

    /// Print no summary
    #[arg(long, short)]
    pub(super) quiet: bool,
}
