//! `botiquette diff`: what a change of configuration does to people.

mod json;
mod markdown;
mod read;
mod rules;
mod text;
mod versions;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use botiquette::Outcome;
use botiquette::analysis::effects::Assumptions;
use botiquette::compare::{self, Comparison, Side};
use botiquette::diagnostic::Severity;
use botiquette::rules::DailyRate;
use botiquette::source::{FileId, Place, Sources, spelled};
use clap::ValueEnum;

use super::inputs::needs_file;
use super::lint::Level;
use super::terminal::{self, ColorChoice};
use super::{Failure, Verdict, print_json, print_text};
use read::{any_linted, both, keys, remarks};
use rules::linter;
use versions::{Version, versions};

/// The JSON Schema of the `json` format.
pub(super) const SCHEMA: &str = include_str!("diff.schema.json");

/// Say what a change of configuration will do to people
///
/// OLD and NEW are files, folders, or what a git revision has: `main:bots/bot.yaml`, from the root of the repository.
/// Both are read under the settings of the older version, so that what differs is the bot.
#[derive(clap::Args, Debug)]
#[command(
    override_usage = "botiquette diff [OPTIONS] OLD NEW\n       botiquette diff [OPTIONS] --revision A..B [PATH]...",
    after_help = "\
Examples:
  botiquette diff old.yaml new.yaml
  botiquette diff main:bots bots                   A folder as it was in main, and as it is
  botiquette diff --revision main..topic bots/
  botiquette diff --revision main --format markdown > comment.md

Exit codes: 0 whatever changes; 1 with --fail-on, where a finding is new; 2 something could not be read
or is broken (it is left out on both sides)"
)]
pub(super) struct Arguments {
    /// OLD and NEW; with `--revision`, files and folders [default: .]
    #[arg(value_name = "PATH")]
    paths: Vec<String>,

    /// Compare the revision A with B; without B, with the working tree
    #[arg(long, value_name = "A..B")]
    revision: Option<String>,

    /// Exit with 1 where a finding at least this severe is new, or was less severe before
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,

    /// Compare findings of severity info, too; implied by `--fail-on info`
    #[arg(long)]
    include_info: bool,

    /// Read every file as this dialect instead of recognising it (see `botiquette dialects`)
    #[arg(long, value_name = "NAME")]
    dialect: Option<String>,

    /// Use these settings for all files instead of those nearest to each
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Use no settings file
    #[arg(long)]
    no_config: bool,

    /// Obey nothing that the files say about linting: no settings found there, no comments, no ignore files
    #[arg(long)]
    isolated: bool,

    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How to print a comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For machines; see `botiquette schema diff`
    Json,
}

/// A comparison with what is needed to show it.
struct Run<'r> {
    comparison: Comparison<'r>,
    old: Shown<'r>,
    new: Shown<'r>,
    /// What whoever reads it has to know.
    remarks: Vec<String>,
}

/// A version as it is shown.
struct Shown<'r> {
    name: &'r str,
    sources: &'r Sources,
    /// Where the files really are, by the paths under which they were read.
    paths: HashMap<&'r Path, &'r str>,
}

impl<'r> Shown<'r> {
    fn new(version: &'r Version, sources: &'r Sources) -> Self {
        let paths = version.files.iter().map(|file| (file.path.as_path(), file.shown.as_str())).collect();
        Self { name: &version.name, sources, paths }
    }

    /// The path and line of a place.
    fn line_of(&self, place: Place) -> Option<(String, u32)> {
        let file = self.sources.get(place.file)?;
        let path =
            self.paths.get(file.path()).map_or_else(|| spelled(file.path()), |path| (*path).to_owned());
        let path = path.strip_prefix("./").unwrap_or(&path);
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
        Some((path, file.position(place.span.start).line))
    }
}

impl Run<'_> {
    fn line_of(&self, version: compare::Version, place: Place) -> Option<(String, u32)> {
        match version {
            compare::Version::Old => self.old.line_of(place),
            compare::Version::New => self.new.line_of(place),
        }
    }
}

pub(super) fn run(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    needs_file("--config", arguments.config.as_deref())?;
    let (mut old, mut new) = versions(arguments)?;
    let linter = linter(arguments, &mut old, &mut new)?;
    let read = both(&linter, &old, &new)?;
    let sides = [(&old, &read.old), (&new, &read.new)];
    if sides
        .iter()
        .all(|(_, outcome)| outcome.model.automations.is_empty() && outcome.report.findings.is_empty())
    {
        let is_understood = sides.iter().any(|(_, outcome)| any_linted(outcome));
        if !is_understood {
            let why = "no bot configuration is recognised in either version; `botiquette dialects` lists those that are understood";
            return Err(Failure::Usage(format!("nothing to compare: {why}")));
        }
    }
    let rates = [linter.all_rates(&read.old), linter.all_rates(&read.new)];
    let [of_old, of_new] = &rates;
    let keys = [keys(&read.old), keys(&read.new)];
    let [key_of_old, key_of_new] = &keys;
    let before_of = |id: FileId| key_of_old.get(&id).cloned().unwrap_or_default();
    let after_of = |id: FileId| key_of_new.get(&id).cloned().unwrap_or_default();
    let assumptions = linter.rulebook().assumptions();
    let before = side(&read.old, of_old, &before_of, assumptions);
    let after = side(&read.new, of_new, &after_of, assumptions);
    let comparison = compare::compare(&before, &after);
    let is_worse = arguments.fail_on.is_some_and(|level| comparison.findings.adds(Severity::from(level)));
    let run = Run {
        comparison,
        old: Shown::new(&old, &read.old.sources),
        new: Shown::new(&new, &read.new.sources),
        remarks: remarks(&read, &new),
    };
    let written = write(arguments.format, &run, color);
    let verdict = match (read.is_whole, is_worse) {
        (false, _) => Verdict::Trouble,
        (true, true) => Verdict::Findings,
        (true, false) => Verdict::Clean,
    };
    match written {
        // A closed pipe does not change what was found.
        Ok(()) | Err(Failure::Unread) => Ok(verdict),
        Err(failure) => Err(failure),
    }
}

/// A version as it is compared.
fn side<'s>(
    outcome: &'s Outcome,
    rates: &'s [DailyRate],
    file: &'s dyn Fn(FileId) -> String,
    assumptions: &'s Assumptions,
) -> Side<'s> {
    Side {
        model: &outcome.model,
        findings: &outcome.report.findings,
        sources: &outcome.sources,
        assumptions,
        rates,
        file,
    }
}

fn write(format: Format, run: &Run<'_>, color: ColorChoice) -> Result<(), Failure> {
    let style = terminal::style(color);
    match format {
        Format::Text => print_text(style.color, |out| text::write(run, &style, out)),
        Format::Markdown => print_text(false, |out| markdown::write(run, out)),
        Format::Json => print_json(&json::document(run)),
    }
}
