//! `botiquette rules`: the rulebook as a table or as JSON.

use clap::ValueEnum;

use super::catalogue::{self, RuleSummary};
use super::lint::Level;
use super::{Failure, Verdict, check_name, print_json, print_text, table, terminal};

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
    match arguments.format {
        Format::Json => print_json(&rules)?,
        Format::Table => {
            let rows: Vec<[String; 4]> = rules.iter().map(row).collect();
            let heading = ["RULE", "FAMILY", "SEVERITY", "WHAT IT FINDS"];
            print_text(false, |out| table::write(heading, &rows, terminal::width(), out))?;
        }
    }
    Ok(Verdict::Clean)
}

fn row(rule: &RuleSummary) -> [String; 4] {
    [rule.name.clone(), rule.family.clone(), rule.severity.to_string(), rule.title.clone()]
}
