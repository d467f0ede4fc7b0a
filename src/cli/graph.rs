//! `botiquette graph`: who sets off whom, as a picture.

use std::path::{Path, PathBuf};

use botiquette::analysis::Study;
use botiquette::diagnostic::{FileStatus, Report, Severity};
use botiquette::graph::{self, Drawing};
use botiquette::model::World;
use botiquette::settings::{self, Settings};
use botiquette::source::Sources;
use botiquette::{Input, Outcome, Request};
use clap::ValueEnum;

use super::{Failure, Verdict, catalogue, lint, print, say};

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
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

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
    let start = arguments.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let mut settings = match settings::find(start) {
        Some(path) => Settings::read(&path).map_err(Failure::Settings)?,
        None => Settings::default(),
    };
    let mut rulebook = catalogue::rulebook()?;
    settings.add_to(&mut rulebook).map_err(Failure::Settings)?;
    settings.apply(&mut rulebook, None, &[], &[]);
    let inputs = arguments.paths.iter().cloned().map(Input::Path).collect();
    let request = Request { inputs, dialect: None, rulebook: &rulebook };
    let Outcome { report, sources, model } = botiquette::lint_with(&request, &settings);
    let verdict = trouble(&report, &sources);
    let world = World::new(&model);
    let study = Study::new(&world, rulebook.thresholds(), rulebook.assumptions());
    let drawing = Drawing::new(&study);
    if drawing.cards.is_empty() {
        if verdict != Verdict::Trouble {
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

/// Says which inputs the picture leaves out, and what the run comes to.
fn trouble(report: &Report, sources: &Sources) -> Verdict {
    for problem in &report.problems {
        say("error", problem);
    }
    for outcome in report.files.iter().filter(|outcome| outcome.status == FileStatus::Failed) {
        if let Some(file) = sources.get(outcome.file) {
            say("error", &format!("{}: broken; `botiquette lint` shows where", file.path().display()));
        }
    }
    if lint::nothing_recognised(report) {
        say("error", &format!("nothing to draw: {}", lint::NOTHING_RECOGNISED));
    }
    lint::verdict(report, Severity::Error, true)
}
