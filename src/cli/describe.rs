//! `botiquette describe --checklist`: what a bot does well, as a checklist with a score. Never a finding.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use botiquette::diagnostic::{FileStatus, Report, Severity};
use botiquette::hygiene::{self, Checklist, State};
use botiquette::report::{one_line, wrap};
use botiquette::settings::{self, Settings};
use botiquette::source::Sources;
use botiquette::{Input, Outcome, Request};
use clap::ValueEnum;
use serde::Serialize;

use super::terminal::{self, ColorChoice};
use super::{Failure, Verdict, catalogue, lint, print, say};

/// Compare bots with good practice: a checklist with a score
///
/// The checklist is advice: whatever the score, the exit code is 0.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette describe bot.yaml --checklist
  botiquette describe bots/ --checklist --format json

Exit codes: 0 always, unless 2: an input could not be read, recognised or parsed")]
pub(super) struct Arguments {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Print the checklist of good practice; required for now: a description in prose comes later
    #[arg(long, required = true)]
    checklist: bool,

    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How to print a checklist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For machines
    Json,
}

pub(super) fn run(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    let start = arguments.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let settings = match settings::find(start) {
        Some(path) => Settings::read(&path).map_err(Failure::Settings)?,
        None => Settings::default(),
    };
    let rulebook = catalogue::rulebook()?;
    let inputs = arguments.paths.iter().cloned().map(Input::Path).collect();
    let request = Request { inputs, dialect: None, rulebook: &rulebook };
    let Outcome { report, sources, model } = botiquette::lint_with(&request, &settings);
    let checklists = hygiene::checklists(&model);
    let verdict = trouble(&report, &sources);
    if checklists.is_empty() && verdict == Verdict::Trouble {
        return Ok(verdict);
    }
    let style = terminal::style(color);
    print(|out| match arguments.format {
        Format::Text => write_text(&checklists, style.unicode, style.width, out),
        Format::Json => write_json(&checklists, out),
    })?;
    Ok(verdict)
}

/// Says which inputs the checklist leaves out, and what the run comes to.
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
        say("error", &format!("nothing to describe: {}", lint::NOTHING_RECOGNISED));
    }
    lint::verdict(report, Severity::Error, true)
}

fn write_text(checklists: &[Checklist], unicode: bool, width: usize, out: &mut dyn Write) -> io::Result<()> {
    if checklists.is_empty() {
        return writeln!(out, "no account does anything, so there is nothing to check");
    }
    for (number, checklist) in checklists.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", one_line(&checklist.account))?;
        for (line, state) in &checklist.lines {
            let mark = mark(*state, unicode);
            writeln!(out, "  {mark} {:<4} {} ({})", line.id, line.says, line.weight)?;
            if *state == State::Absent {
                for row in wrap(line.advice, width.saturating_sub(13)) {
                    writeln!(out, "           {row}")?;
                }
            }
        }
        let [absent, not_stated, not_applicable] =
            [State::Absent, State::NotStated, State::NotApplicable].map(|state| checklist.count(state));
        match checklist.percent() {
            Some(percent) => {
                let (earned, possible) = (checklist.earned(), checklist.possible());
                writeln!(out, "score: {earned} of {possible} ({percent} %)")?;
            }
            None => writeln!(out, "score: no line applies")?,
        }
        writeln!(out, "lines: {absent} absent, {not_stated} not stated, {not_applicable} not applicable")?;
    }
    Ok(())
}

const fn mark(state: State, unicode: bool) -> char {
    match (state, unicode) {
        (State::Present, true) => '✔',
        (State::Present, false) => '+',
        (State::Absent, true) => '✘',
        (State::Absent, false) => '-',
        (State::NotStated, _) => '?',
        (State::NotApplicable, _) => ' ',
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    accounts: Vec<Account<'a>>,
}

#[derive(Serialize)]
struct Account<'a> {
    account: &'a str,
    earned: u32,
    possible: u32,
    percent: Option<u32>,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: &'static str,
    weight: u32,
    state: &'static str,
    says: &'static str,
    advice: &'static str,
}

fn write_json(checklists: &[Checklist], out: &mut dyn Write) -> io::Result<()> {
    let accounts = checklists.iter().map(|checklist| Account {
        account: &checklist.account,
        earned: checklist.earned(),
        possible: checklist.possible(),
        percent: checklist.percent(),
        lines: checklist
            .lines
            .iter()
            .map(|(line, state)| Line {
                id: line.id,
                weight: line.weight,
                state: state.name(),
                says: line.says,
                advice: line.advice,
            })
            .collect(),
    });
    let document = Document { schema: "botiquette-checklist/1", accounts: accounts.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
