//! `botiquette describe`: what was understood, in sentences, as data or as a conduct file; or how a bot compares
//! with good practice. Never a finding.

mod checklist;
mod json;
mod prose;

use botiquette::describe::{Description, describe};
use botiquette::diagnostic::{Finding, Report};
use botiquette::dialect::conduct;
use botiquette::hygiene;
use botiquette::model::Coverage;
use botiquette::report::one_line;
use botiquette::rules::DailyRate;
use botiquette::source::{Sources, spelled};
use botiquette::{Linter, Outcome};
use clap::ValueEnum;

use super::inputs::Inputs;
use super::terminal::{self, ColorChoice};
use super::understood::{Understood, nothing, understand};
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
    #[command(flatten)]
    inputs: Inputs,

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
    rates: &'r [DailyRate],
    sources: &'r Sources,
}

impl Run<'_> {
    /// How often an account acts.
    fn rates_of<'d>(&'d self, description: &'d Description) -> impl Iterator<Item = &'d DailyRate> {
        self.rates.iter().filter(|rate| rate.account == description.number)
    }
}

pub(super) fn run(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    if arguments.checklist && arguments.format == Format::Conduct {
        let message = "a checklist is printed as text or json; leave out --checklist to write a conduct file";
        return Err(Failure::Usage(message.to_owned()));
    }
    let Understood { linter, outcome, verdict } = understand(&arguments.inputs, "describe")?;
    // Said already; readers of JSON get their document all the same.
    let is_said = nothing(&outcome.report).is_some() && arguments.format != Format::Json;
    if outcome.model.automations.is_empty() && (verdict == Verdict::Trouble || is_said) {
        return Ok(verdict);
    }
    if arguments.checklist {
        write_checklist(arguments.format, &outcome, color)?;
    } else {
        write(arguments.format, &outcome, &linter, color)?;
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

fn write(format: Format, outcome: &Outcome, linter: &Linter, color: ColorChoice) -> Result<(), Failure> {
    if format == Format::Conduct {
        let text = conduct::write(&outcome.model).map_err(|error| Failure::System {
            doing: "write this as a conduct file",
            source: std::io::Error::other(error),
        })?;
        let heading = heading(&outcome.report, &outcome.sources);
        return print(|out| write!(out, "{heading}{text}"));
    }
    let of_files = ["unknown-key", "inert-setting", "malformed-config"];
    let rates = linter.rates(outcome);
    let run = Run {
        rates: &rates,
        descriptions: describe(&outcome.model, linter.rulebook().assumptions()),
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
        .filter_map(|outcome| Some(one_line(&spelled(sources.get(outcome.file)?.path()))))
        .collect();
    format!("# What was understood of {}\n", names.join(", "))
}

/// The path and line of a place; nothing where it is in no file.
pub(super) fn line_of(sources: &Sources, place: botiquette::source::Place) -> Option<(String, u32)> {
    let file = sources.get(place.file)?;
    let path = spelled(file.path());
    let path = path.strip_prefix("./").unwrap_or(&path);
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    Some((path, file.position(place.span.start).line))
}
