//! `botiquette describe`: what was understood, in sentences, as data or as a conduct file; or how a bot compares
//! with good practice. Never a finding.

mod checklist;
mod json;
mod prose;

use std::path::PathBuf;

use botiquette::Outcome;
use botiquette::analysis::effects::Assumptions;
use botiquette::describe::{Description, describe};
use botiquette::diagnostic::{Finding, Report};
use botiquette::dialect::conduct;
use botiquette::hygiene;
use botiquette::model::Coverage;
use botiquette::report::one_line;
use botiquette::source::Sources;
use clap::ValueEnum;

use super::terminal::{self, ColorChoice};
use super::understood::{Understood, understand};
use super::{Failure, Verdict, print, print_json, print_text};

/// Say in plain words what bots will do, or compare them with good practice
///
/// A description judges nothing: whatever it says, the exit code is 0.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette describe bot.yaml                            One plain sentence for each automation
  botiquette describe bots/ --format json
  botiquette describe config.yml --format conduct > bot.yaml
  botiquette describe bot.yaml --checklist                Compare it with good practice

Exit codes: 0 always, unless 2: an input could not be read, recognised or parsed")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Print the checklist of good practice with a score instead
    #[arg(long)]
    checklist: bool,

    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How to print a description or a checklist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For machines
    Json,
    /// What was understood, as a conduct file that can be linted
    Conduct,
}

/// What a text says besides the accounts: slips in the files that leave something out of the picture, and what of
/// files of no known tool was not understood.
struct Run<'r> {
    descriptions: Vec<Description>,
    remarks: Vec<&'r Finding>,
    coverage: Vec<&'r Coverage>,
    sources: &'r Sources,
}

pub(super) fn run(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    if arguments.checklist && arguments.format == Format::Conduct {
        let message = "a checklist is printed as text or json; leave out --checklist to write a conduct file";
        return Err(Failure::Usage(message.to_owned()));
    }
    let Understood { linter, outcome, verdict } = understand(&arguments.paths, "describe")?;
    if outcome.model.automations.is_empty() && verdict == Verdict::Trouble {
        return Ok(verdict);
    }
    if arguments.checklist {
        write_checklist(arguments.format, &outcome, color)?;
    } else {
        write(arguments.format, &outcome, linter.rulebook().assumptions(), color)?;
    }
    Ok(verdict)
}

fn write_checklist(format: Format, outcome: &Outcome, color: ColorChoice) -> Result<(), Failure> {
    let checklists = hygiene::checklists(&outcome.model);
    let style = terminal::style(color);
    match format {
        Format::Text | Format::Conduct => {
            print_text(style.color, |out| checklist::write_text(&checklists, style.unicode, style.width, out))
        }
        Format::Json => print_json(&checklist::document(&checklists)),
    }
}

fn write(
    format: Format,
    outcome: &Outcome,
    assumptions: &Assumptions,
    color: ColorChoice,
) -> Result<(), Failure> {
    if format == Format::Conduct {
        let text = conduct::write(&outcome.model).map_err(|error| Failure::System {
            doing: "write this as a conduct file",
            source: std::io::Error::other(error),
        })?;
        let heading = heading(&outcome.report, &outcome.sources);
        return print(|out| write!(out, "{heading}{text}"));
    }
    let of_files = ["unknown-key", "inert-setting", "malformed-config"];
    let run = Run {
        descriptions: describe(&outcome.model, assumptions),
        remarks: outcome
            .report
            .findings
            .iter()
            .filter(|finding| of_files.contains(&finding.rule.as_ref()))
            .collect(),
        coverage: outcome.model.coverage.iter().collect(),
        sources: &outcome.sources,
    };
    let style = terminal::style(color);
    match format {
        Format::Json => print_json(&json::document(&run)),
        Format::Text | Format::Conduct => print_text(style.color, |out| prose::write(&run, &style, out)),
    }
}

/// The first line of a conduct file: what it was written from.
fn heading(report: &Report, sources: &Sources) -> String {
    let understood = report.files.iter().filter(|outcome| outcome.dialect.is_some());
    let names: Vec<String> = understood
        .filter_map(|outcome| Some(one_line(&sources.get(outcome.file)?.path().display().to_string())))
        .collect();
    format!("# What was understood of {}\n", names.join(", "))
}

/// The path and line of a place; nothing where it is in no file.
fn line_of(sources: &Sources, place: botiquette::source::Place) -> Option<(String, u32)> {
    let file = sources.get(place.file)?;
    let path = file.path().display().to_string();
    let path = path.strip_prefix("./").unwrap_or(&path).replace('\\', "/");
    Some((path, file.position(place.span.start).line))
}
