//! `botiquette schema`: the JSON Schemas of what is read and written.

use botiquette::dialect::{conduct, described};
use botiquette::{report, rules, settings};
use clap::ValueEnum;

use super::catalogue;
use super::{Failure, Verdict, print};

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
    /// Conduct files, botiquette's own tool-neutral format
    Conduct,
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
        Of::Conduct => writeln!(out, "{:#}", conduct::schema()),
        Of::Dialect => writeln!(out, "{:#}", described::schema()),
        Of::Report => write!(out, "{}", report::JSON_SCHEMA),
        Of::Rule => writeln!(out, "{:#}", rules::schema()),
        Of::Settings => writeln!(out, "{:#}", settings::schema(&rulebook)),
    })?;
    Ok(Verdict::Clean)
}
