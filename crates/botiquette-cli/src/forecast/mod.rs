//! `botiquette forecast`: what bots will do in the days ahead, as a table, a picture or data.

mod json;
mod text;

use botiquette::Linter;
use botiquette::forecast::{self, Forecast, MOST_DAYS, Plan};
use botiquette::source::{Place, Sources};
use clap::ValueEnum;

use super::inputs::Inputs;
use super::terminal::{self, ColorChoice};
use super::understood::{Understood, nothing, understand};
use super::{Failure, Verdict, print, print_json, print_text, say};

/// The JSON Schema of the `json` format.
pub(super) const SCHEMA: &str = include_str!("forecast.schema.json");

/// Look ahead: how many people bots contact, follow and write to in the next days
///
/// The numbers of the configuration come first; what it does not tell is assumed, and said to be (docs/effects.md).
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette forecast bots/                        The next 30 days, with people alone and at worst
  botiquette forecast bots/ --days 90 --format svg > ahead.svg
  botiquette forecast bot.yaml --format json       Each day, see `botiquette schema forecast`

Exit codes: 0 always, unless 2: an input could not be read, recognised or parsed")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// How many days, up to 365
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=MOST_DAYS as i64))]
    days: u16,

    /// Which chances are drawn where limits bite
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,

    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How to print a forecast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For machines; see `botiquette schema forecast`
    Json,
    /// A picture that needs no other tool
    Svg,
}

/// A forecast with what is needed to show it.
struct Run<'r> {
    forecasts: &'r [Forecast],
    plan: Plan,
    sources: &'r Sources,
}

impl Run<'_> {
    fn line_of(&self, place: Place) -> Option<(String, u32)> {
        botiquette::describe::line_of(self.sources, place)
    }
}

pub(super) fn run(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    let Understood { linter, outcome, verdict } = understand(&arguments.inputs, "look ahead at")?;
    let plan = Plan { days: usize::from(arguments.days), seed: arguments.seed };
    let forecasts = forecast::forecast(&outcome.model, assumptions(&linter), plan);
    let run = Run { forecasts: &forecasts, plan, sources: &outcome.sources };
    if forecasts.is_empty() && arguments.format != Format::Json {
        if verdict != Verdict::Trouble && nothing(&outcome.report).is_none() {
            say("note", "no automation contacts anybody, so there is nothing to count");
        }
        return Ok(verdict);
    }
    match arguments.format {
        Format::Text => {
            let style = terminal::style(color);
            print_text(style.color, |out| text::write(&run, &style, out))?;
        }
        Format::Json => print_json(&json::document(&run))?,
        Format::Svg => print(|out| forecast::write_svg(&forecasts, plan.days, out))?,
    }
    Ok(verdict)
}

fn assumptions(linter: &Linter) -> &botiquette::analysis::effects::Assumptions {
    linter.rulebook().assumptions()
}
