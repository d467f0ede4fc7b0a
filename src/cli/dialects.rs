//! `botiquette dialects`: the tools whose files are understood.

use super::rules::Format;
use super::{Failure, Verdict, catalogue, print, table};

/// List the tools whose configuration is understood
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let dialects = catalogue::dialects();
    print(|out| match arguments.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &dialects)?;
            writeln!(out)
        }
        Format::Table => {
            let rows: Vec<[String; 4]> = dialects
                .into_iter()
                .map(|dialect| [dialect.name, dialect.tool, dialect.recognised, dialect.expresses.join(", ")])
                .collect();
            table::write(["DIALECT", "TOOL", "RECOGNISED BY", "CAN EXPRESS"], &rows, out)
        }
    })?;
    Ok(Verdict::Clean)
}
