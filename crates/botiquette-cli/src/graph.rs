//! `botiquette graph`: who sets off whom, as a picture.

use botiquette::graph::{self, Drawing};
use clap::ValueEnum;

use super::inputs::Inputs;
use super::understood::{Understood, nothing, understand};
use super::{Failure, Verdict, print, say};

/// Draw which automations set each other off, with the cycles that never end
///
/// All files together make one picture. A cycle is no reason to fail here: that is what `botiquette lint` is for.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette graph bot.yaml                        A mermaid flowchart
  botiquette graph bots/ --format svg > bots.svg   A picture for browsers, light and dark
  botiquette graph bots/ --format dot | dot -Tpdf > bots.pdf

Exit codes: 0 always, unless 2: an input could not be read, recognised or parsed")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// How to write the picture
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How to write a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text that code hosts and note-taking tools show as a picture
    #[default]
    Mermaid,
    /// For Graphviz
    Dot,
    /// A picture that needs no other tool
    Svg,
    /// For machines
    Json,
}

impl From<Format> for graph::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Mermaid => Self::Mermaid,
            Format::Dot => Self::Dot,
            Format::Svg => Self::Svg,
            Format::Json => Self::Json,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let Understood { linter, outcome, verdict } = understand(&arguments.inputs, "draw")?;
    let world = outcome.world();
    let drawing = Drawing::new(&linter.study(&world));
    if drawing.cards.is_empty() {
        if verdict != Verdict::Trouble && nothing(&outcome.report).is_none() {
            say("note", "no automation does anything, so there is nothing to draw");
        }
        return Ok(verdict);
    }
    if drawing.left_out > 0 {
        say("note", &format!("{} automations have no room and are left out", drawing.left_out));
    }
    print(|out| graph::write(&drawing, arguments.format.into(), out))?;
    Ok(verdict)
}
