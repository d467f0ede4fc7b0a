//! `botiquette dialects`: the tools whose files are understood.

use super::rules::Format;
use super::{Failure, Verdict, catalogue, print_json, print_text, table, terminal};

/// List the tools whose configuration is understood
#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let dialects = catalogue::dialects()?;
    match arguments.format {
        Format::Json => print_json(&dialects)?,
        Format::Table => {
            let rows: Vec<[String; 4]> = dialects
                .into_iter()
                .map(|dialect| [dialect.name, dialect.tool, dialect.recognised, dialect.expresses.join(", ")])
                .collect();
            let heading = ["DIALECT", "TOOL", "RECOGNISED BY", "CAN EXPRESS"];
            print_text(false, |out| table::write(heading, &rows, terminal::width(), out))?;
        }
    }
    Ok(Verdict::Clean)
}
