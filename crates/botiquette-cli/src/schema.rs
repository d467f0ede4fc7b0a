//! `botiquette schema`: the JSON Schemas of what is read and written.

use botiquette::dialect::{conduct, described};
use botiquette::{report, rules, settings};
use clap::ValueEnum;

use super::{Failure, Verdict, batch, catalogue, print};

/// Print a JSON Schema
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Example:
  botiquette schema report > report.schema.json")]
pub(super) struct Arguments {
    /// What the schema describes
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// A line that `batch` prints
    Batch,
    /// Conduct files, botiquette's own tool-neutral format
    Conduct,
    /// What `diff --format json` prints
    Diff,
    /// What `forecast --format json` prints
    Forecast,
    /// Dialect files
    Dialect,
    /// What `lint --format json` prints
    Report,
    /// Rule files
    Rule,
    /// Settings files, `botiquette.toml`
    Settings,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let rulebook = catalogue::rulebook()?;
    print(|out| match arguments.of {
        Of::Batch => writeln!(out, "{:#}", batch::schema()),
        Of::Conduct => writeln!(out, "{:#}", conduct::schema()),
        Of::Diff => write!(out, "{}", super::diff::SCHEMA),
        Of::Forecast => write!(out, "{}", super::forecast::SCHEMA),
        Of::Dialect => writeln!(out, "{:#}", described::schema()),
        Of::Report => write!(out, "{}", report::JSON_SCHEMA),
        Of::Rule => writeln!(out, "{:#}", rules::schema()),
        Of::Settings => writeln!(out, "{:#}", settings::schema(&rulebook)),
    })?;
    Ok(Verdict::Clean)
}
