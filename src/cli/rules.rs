//! `botiquette rules`: the rulebook as a table or as JSON.

use std::io::{self, Write};

use clap::ValueEnum;

use super::catalogue::{self, RuleSummary};
use super::lint::Level;
use super::{Failure, Verdict, check_name, print, table};

/// List the rules
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette rules --severity error
  botiquette rules --family follow --format json")]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    /// Only the rules of this family
    #[arg(long, value_name = "FAMILY")]
    family: Option<String>,

    /// Only the rules of this severity
    #[arg(long, value_enum, value_name = "LEVEL")]
    severity: Option<Level>,
}

/// How to print a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Table,
    /// For machines
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let mut rules = catalogue::rules()?;
    if let Some(family) = &arguments.family {
        let mut families: Vec<&str> = rules.iter().map(|rule| rule.family.as_str()).collect();
        families.dedup();
        check_name("family", family, &families)?;
        rules.retain(|rule| rule.family == *family);
    }
    if let Some(level) = arguments.severity {
        rules.retain(|rule| rule.severity == level.into());
    }
    print(|out| write(arguments.format, &rules, out))?;
    Ok(Verdict::Clean)
}

fn write(format: Format, rules: &[RuleSummary], out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, rules)?;
            writeln!(out)
        }
        Format::Table => {
            let rows: Vec<[String; 4]> = rules.iter().map(row).collect();
            table::write(["RULE", "FAMILY", "SEVERITY", "WHAT IT FINDS"], &rows, out)
        }
    }
}

fn row(rule: &RuleSummary) -> [String; 4] {
    [rule.name.clone(), rule.family.clone(), rule.severity.to_string(), rule.title.clone()]
}
