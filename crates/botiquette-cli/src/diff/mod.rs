//! `botiquette diff`: what a change of configuration does to people.

mod json;
mod markdown;
mod text;
mod versions;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use botiquette::compare::{self, Comparison, Side};
use botiquette::diagnostic::{FileStatus, Severity};
use botiquette::settings::{EXCLUDED, EXCLUDED_INPUT, Heed, Settings};
use botiquette::source::{FileId, Place, Sources, spelled};
use botiquette::{Linter, NoText, OWN_SETTINGS, Outcome};
use clap::ValueEnum;

use super::governing::Governing;
use super::inputs::needs_file;
use super::lint::Level;
use super::terminal::{self, ColorChoice};
use super::{Failure, Verdict, print_json, print_text, say, say_problems};
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
    let before = Side {
        model: &read.old.model,
        findings: &read.old.report.findings,
        sources: &read.old.sources,
        assumptions,
        rates: of_old,
        file: &before_of,
    };
    let after = Side {
        model: &read.new.model,
        findings: &read.new.report.findings,
        sources: &read.new.sources,
        assumptions,
        rates: of_new,
        file: &after_of,
    };
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

fn write(format: Format, run: &Run<'_>, color: ColorChoice) -> Result<(), Failure> {
    let style = terminal::style(color);
    match format {
        Format::Text => print_text(style.color, |out| text::write(run, &style, out)),
        Format::Markdown => print_text(false, |out| markdown::write(run, out)),
        Format::Json => print_json(&json::document(run)),
    }
}

/// The rules under the settings of the older version, for both. What these exclude gets no text.
fn linter(arguments: &Arguments, old: &mut Version, new: &mut Version) -> Result<Linter, Failure> {
    let heed = if arguments.isolated { Heed::Nothing } else { Heed::Everything };
    let tune = |settings: &mut Settings| settings.heed = heed.clone();
    let mut settings = match &arguments.config {
        Some(path) => Settings::read(path).map_err(Failure::Settings)?,
        None => Settings::default(),
    };
    tune(&mut settings);
    let mut builder = Linter::builder().baseline(None);
    if let Some(dialect) = &arguments.dialect {
        builder = builder.dialect(dialect);
    }
    let plainly = settings.excluded();
    let base = old.revision.clone();
    let files = || old.files.iter().chain(&new.files);
    let mut excluded: BTreeMap<PathBuf, &'static str> = BTreeMap::new();
    if arguments.config.is_some() || arguments.no_config || arguments.isolated {
        for file in files() {
            excluded
                .extend(plainly.because(&file.path, file.named).map(|because| (file.path.clone(), because)));
        }
    } else {
        let mut governing = Governing::new(base.as_ref(), &tune);
        for file in files() {
            let because = match governing.would_hold(&file.path) {
                None => plainly.because(&file.path, file.named),
                Some(number) if governing.is_left_out(number) && !file.named => Some(EXCLUDED),
                Some(number) => governing.excluded(number).and_then(|of| of.because(&file.path, file.named)),
            };
            match because {
                Some(because) => drop(excluded.insert(file.path.clone(), because)),
                None => drop(governing.of_file(&file.path)),
            }
        }
        let common = common(files().map(|file| file.path.as_path()));
        governing.ask(&common);
        let (found, bare) = governing.done()?;
        builder = found
            .into_iter()
            .fold(builder, |builder, (folders, settings)| builder.settings_of(folders, settings));
        builder = builder.bare(bare).whole(common);
    }
    for file in old.files.iter_mut().chain(&mut new.files) {
        if let Some(because) = excluded.get(&file.path) {
            file.text = Err(NoText::Excluded(because));
        }
    }
    let include_info = arguments.include_info || arguments.fail_on == Some(Level::Info);
    Ok(builder.settings(settings).include_info(include_info).build()?)
}

/// The folder that all files have in common.
fn common<'f>(paths: impl Iterator<Item = &'f Path>) -> PathBuf {
    let folders = paths.map(|path| path.parent().unwrap_or_else(|| Path::new("")));
    let common = folders.reduce(|common, folder| {
        common.ancestors().find(|ancestor| folder.starts_with(ancestor)).unwrap_or_else(|| Path::new(""))
    });
    common.unwrap_or_else(|| Path::new("")).to_path_buf()
}

/// Both versions, understood.
struct Read {
    old: Outcome,
    new: Outcome,
    /// Whether nothing had to be left out.
    is_whole: bool,
}

/// Understands both versions. What is broken in one is left out of both: else the other's half would look new, or gone.
fn both(linter: &Linter, old: &Version, new: &Version) -> Result<Read, Failure> {
    let mut left_out: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut problems: Vec<String> = Vec::new();
    for version in [old, new] {
        problems.extend(version.problems.iter().cloned());
        for file in &version.files {
            if let Err(NoText::Unread(error)) = &file.text
                && (file.named || error.harmless().is_none())
            {
                left_out.insert(file.path.clone(), format!("{}: {error}", file.shown));
            }
        }
    }
    if !problems.is_empty() {
        say_problems(&problems);
        return Err(Failure::Usage("the versions cannot be compared where one is not there".to_owned()));
    }
    let check = |version: &Version, left_out: &BTreeMap<PathBuf, String>| {
        linter.check_inputs(version.inputs(left_out))
    };
    let mut read = [check(old, &left_out), check(new, &left_out)];
    let known = left_out.len();
    for (version, outcome) in [old, new].into_iter().zip(&read) {
        for failed in outcome.report.files.iter().filter(|file| file.status == FileStatus::Failed) {
            let Some(path) = outcome.sources.get(failed.file).map(|file| file.path().to_path_buf()) else {
                continue;
            };
            let shown = version.file(&path).map_or_else(|| spelled(&path), |file| file.shown.clone());
            left_out.insert(path, format!("{shown}: broken; `botiquette lint` shows where"));
        }
    }
    if left_out.len() > known {
        read = [check(old, &left_out), check(new, &left_out)];
    }
    let told: Vec<String> =
        left_out.values().map(|why| format!("{why}; it is left out of both versions")).collect();
    say_problems(&told);
    let [old, new] = read;
    Ok(Read { old, new, is_whole: left_out.is_empty() })
}

fn any_linted(outcome: &Outcome) -> bool {
    outcome.report.files.iter().any(|file| file.status == FileStatus::Linted)
}

/// The names of files by which they are found again in the other version: nothing tells two single files apart.
fn keys(outcome: &Outcome) -> HashMap<FileId, String> {
    let understood = |file: &&botiquette::FileOutcome| file.status == FileStatus::Linted;
    let files: Vec<FileId> = outcome.report.files.iter().filter(understood).map(|file| file.file).collect();
    if let [only] = files.as_slice() {
        return HashMap::from([(*only, String::new())]);
    }
    let key = |id: FileId| Some((id, spelled(outcome.sources.get(id)?.path())));
    files.into_iter().filter_map(key).collect()
}

/// Files that were a bot's configuration, are there, and are recognised no more: what they did may still be done.
fn remarks(read: &Read, new: &Version) -> Vec<String> {
    let of = |outcome: &Outcome, wanted: FileStatus| -> BTreeMap<PathBuf, String> {
        let files = outcome.report.files.iter().filter(|file| file.status == wanted);
        let known =
            files.filter(|file| ![EXCLUDED, EXCLUDED_INPUT, OWN_SETTINGS].contains(&file.because.as_ref()));
        known
            .filter_map(|file| {
                Some((outcome.sources.get(file.file)?.path().to_path_buf(), file.because.to_string()))
            })
            .collect()
    };
    let before: BTreeSet<PathBuf> = of(&read.old, FileStatus::Linted).into_keys().collect();
    let now = of(&read.new, FileStatus::Unrecognised);
    let lost = now.into_iter().filter(|(path, _)| before.contains(path));
    let told = lost.map(|(path, because)| {
        let shown = new.file(&path).map_or_else(|| spelled(&path), |file| file.shown.clone());
        say("note", &format!("{shown} is no longer recognised: {because}"));
        format!("{shown} is no longer recognised as a bot's configuration, so what is told as gone may only not be understood any more.")
    });
    told.collect()
}
