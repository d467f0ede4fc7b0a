//! `botiquette schema`: the JSON Schemas of what is read and written.

use botiquette::report;
use clap::ValueEnum;

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
    /// What `lint --format json` prints
    Report,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let schema = match arguments.of {
        Of::Report => report::JSON_SCHEMA,
    };
    print(|out| write!(out, "{schema}"))?;
    Ok(Verdict::Clean)
}
