//! `botiquette lint`: lint files, folders or standard input, and print the report.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::diagnostic::{FileOutcome, FileStatus, Report, Severity};
use botiquette::report::{self, Style};
use botiquette::settings::{EXCLUDED_INPUT, Heed, Profile, Settings};
use botiquette::source::{MAX_FILE_BYTES, Sources, take};
use botiquette::syntax::Syntax;
use botiquette::{BuildError, Input, Linter, Outcome, dialect};
use clap::ValueEnum;

use super::files::{load, passed_over};
use super::output::{Format, Outputs, Sink, Taken};
use super::progress::Progress;
use super::terminal::{self, ColorChoice};
use super::{
    Failure, Verdict, baseline, check_name, ci, gate, nearest, say, say_problems, suppressions, watch,
};

/// Lint bot configurations
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette lint                                  Everything below this folder
  botiquette lint bots/ workflows/welcome.yml      A folder and a file, as one model
  botiquette lint --ignore pace --fail-on warning
  botiquette lint --format json > report.json
  botiquette lint --format pretty --format sarif --output report.sarif
  botiquette lint --write-baseline .botiquette-baseline.json
  botiquette lint --add-suppressions 'agreed with the town, until May'
  curl -s https://example.org/bot.yaml | botiquette lint - --stdin-filename bot.yaml

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 an input could not be read,
recognised or parsed (all others are linted all the same)")]
pub(super) struct Arguments {
    /// Files and folders; `-` reads standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The name under which standard input is recognised and reported
    #[arg(long, value_name = "NAME", default_value = "<stdin>", hide_default_value = true)]
    stdin_filename: String,

    #[command(flatten)]
    outputs: Outputs,

    /// The least severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,

    /// Exit with 0 even when there are findings
    #[arg(long)]
    exit_zero: bool,

    /// Run only these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not run these rules or families
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,

    /// The defaults for this kind of bot [default: recommended]
    #[arg(long, value_enum, value_name = "NAME")]
    profile: Option<ProfileName>,

    /// Report findings of severity info, too; implied by `--fail-on info` and `--profile strict`
    #[arg(long)]
    include_info: bool,

    /// Judge what is switched off, too, and report it as info
    #[arg(long)]
    include_disabled: bool,

    /// Report what comments and settings suppress, exclude or weigh less like everything else,
    /// for auditors
    #[arg(long)]
    no_suppressions: bool,

    /// Obey nothing that the linted folder says about linting: no settings found there, no
    /// comments, no ignore files
    #[arg(long, conflicts_with_all = ["add_suppressions", "force_exclude"])]
    isolated: bool,

    /// Judge by the settings and suppressions of this git revision, and report what the working
    /// tree loosens
    #[arg(
        long,
        value_name = "REVISION",
        conflicts_with_all = ["config", "no_config", "isolated", "add_suppressions", "prune_baseline"]
    )]
    base: Option<String>,

    /// Write a comment with this reason above everything that is found, then lint again
    #[arg(long, value_name = "REASON", conflicts_with_all = ["no_suppressions", "watch"])]
    add_suppressions: Option<String>,

    /// Report only what is not in this baseline
    #[arg(long, value_name = "FILE", conflicts_with = "no_suppressions")]
    baseline: Option<PathBuf>,

    /// Write what is found into a baseline, which later runs leave out
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "prune_baseline", "watch"])]
    write_baseline: Option<PathBuf>,

    /// Take out of the baseline what is fixed
    #[arg(long, conflicts_with_all = ["no_suppressions", "watch"])]
    prune_baseline: bool,

    /// Apply `exclude` of the settings to files that are named here, too
    #[arg(long)]
    force_exclude: bool,

    /// Lint again whenever a file changes, until Ctrl-C
    #[arg(long)]
    watch: bool,

    /// End after so many runs
    #[arg(long, value_name = "N", hide = true, requires = "watch")]
    watch_runs: Option<u32>,

    /// Read every input as this dialect instead of recognising it (see `botiquette dialects`)
    #[arg(long, value_name = "NAME")]
    dialect: Option<String>,

    /// Use these settings instead of the nearest `botiquette.toml`
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Use no settings file
    #[arg(long)]
    no_config: bool,

    /// How many files to lint at a time [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    /// Print findings and errors, no summary
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,

    /// Say on standard error what became of every input
    #[arg(long, short)]
    verbose: bool,
}

/// A severity, as an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    /// Harms or coerces somebody by design, or cannot stop
    #[default]
    Error,
    /// Usually unwelcome
    Warning,
    /// Hygiene
    Info,
}

/// A profile, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    /// Errors and warnings; info stays hidden
    Recommended,
    /// Info as well, and stricter numbers
    Strict,
    /// Moderation and community tools: follow rules only where somebody is followed
    Community,
    /// Bots that only publish: nothing is missed on accounts that contact nobody
    Feed,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Recommended => Self::Recommended,
            ProfileName::Strict => Self::Strict,
            ProfileName::Community => Self::Community,
            ProfileName::Feed => Self::Feed,
        }
    }
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Info => Self::Info,
        }
    }
}

pub(super) fn run(arguments: Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    check_dialect(&arguments)?;
    check_files(&arguments)?;
    limit_threads(arguments.jobs)?;
    if arguments.watch {
        if arguments.paths.iter().any(|path| is_stdin(path)) {
            return Err(Failure::Usage("standard input (`-`) cannot be watched".to_owned()));
        }
        let settings = || arguments.config.clone().or_else(|| nearest_settings(&arguments));
        let again = || lint(&arguments, color);
        return watch::run(&arguments.paths, settings, again, arguments.watch_runs);
    }
    lint(&arguments, color)
}

/// One run, from the settings to the report.
fn lint(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    let base = gate::base(arguments.base.as_deref(), first_path(arguments))?;
    let mut settings = match &base {
        Some(base) => nearest::read_at(base, first_path(arguments)).map_err(Failure::Settings)?,
        None => settings(arguments)?,
    };
    settings.heed = match &base {
        Some(base) => Heed::AsIn(Arc::new(base.clone())),
        None if arguments.isolated => Heed::Nothing,
        None => Heed::Everything,
    };
    settings.include_disabled = arguments.include_disabled;
    settings.no_suppressions = arguments.no_suppressions;
    settings.force_exclude = arguments.force_exclude;
    let profile = arguments.profile.map(Profile::from);
    let mut linter = linter(arguments, settings, profile)?;
    let mut notes = gate::left_in_force(linter.settings());
    if base.is_some() {
        let nearest = nearest::find(first_path(arguments));
        let choice = gate::Choice { profile, select: &arguments.select, ignore: &arguments.ignore };
        match gate::looser(nearest.as_deref(), linter.settings(), linter.rulebook(), choice)? {
            Ok(looser) => linter.settings_mut().proposed = looser,
            Err(why) => notes.push(format!("the settings of the working tree cannot be used: {why}")),
        }
    }
    // Whatever cannot be written is told before anything is linted.
    let (known, baseline) = baseline::Plan::new(baseline_wish(arguments), linter.settings())?;
    linter.set_baseline(baseline);
    let settings = linter.settings();
    if let Some(reason) = &arguments.add_suppressions {
        suppressions::check(reason, arguments.paths.iter().any(|path| is_stdin(path)))?;
    }
    let taken = Taken {
        inputs: arguments
            .paths
            .iter()
            .filter(|path| !is_stdin(path))
            .chain(&arguments.config)
            .cloned()
            .chain(settings.paths().into_iter().map(Path::to_path_buf))
            .chain(settings.rule_files().into_iter().map(|file| file.path))
            .collect(),
        baseline: known.path().map(Path::to_path_buf),
    };
    let sinks = arguments.outputs.open(&taken)?;
    let typed = typed(arguments)?;
    let paths: Vec<PathBuf> = arguments.paths.iter().filter(|path| !is_stdin(path)).cloned().collect();
    let find = || {
        let progress = Progress::start(!arguments.quiet);
        let mut inputs: Vec<Input> = typed.iter().cloned().collect();
        inputs.extend(load(&paths, settings, base.as_ref()));
        let outcome = linter.check_inputs(inputs);
        drop(progress);
        known.after(&outcome).map(|said| (outcome, said))
    };
    let (mut outcome, mut said) = find()?;
    let mut all_done = true;
    if let Some(reason) = &arguments.add_suppressions {
        let added = suppressions::add(&outcome.report, &outcome.sources, reason, settings);
        (outcome, said) = find()?;
        said.extend(added.notes);
        all_done = added.all;
    }
    notes.extend(said);
    let Outcome { mut report, sources, .. } = outcome;
    notes.extend(known.write(&mut report, &sources)?);
    report.home = ci::home();

    let style = Style { summary: !arguments.quiet, ..terminal::style(color) };
    let printed = write_reports(sinks, &report, &sources, &style);
    if arguments.outputs.has(Format::Github) {
        ci::summarise(&report, &sources);
    }
    say_problems(&report.problems);
    notes.iter().for_each(|note| say("note", note));
    if arguments.verbose {
        say_settings(arguments, settings);
        say_outcomes(&report, &sources);
        if matches!(settings.heed, Heed::Everything) {
            say_passed_over(&arguments.paths);
        }
    }
    let verdict = verdict(&report, linter.fail_on(), arguments.exit_zero);
    // What was asked for and could not be done is no matter of findings.
    let verdict = if all_done { verdict } else { Verdict::Trouble };
    if nothing_recognised(&report) {
        say("error", &format!("nothing was linted: {NOTHING_RECOGNISED}"));
    }
    if !arguments.quiet && !arguments.verbose {
        say_refused(&report, &sources);
    }
    // Nobody reading to the end changes nothing about what was found.
    match printed {
        Ok(()) | Err(Failure::Unread) => Ok(verdict),
        Err(failure) => Err(failure),
    }
}

/// Writes all reports. One that fails keeps the others from nothing; the first failure is told.
fn write_reports(sinks: Vec<Sink>, report: &Report, sources: &Sources, style: &Style) -> Result<(), Failure> {
    let linted = || report.files.iter().filter(|file| file.status != FileStatus::Unrecognised);
    let mut result = Ok(());
    for sink in sinks {
        let format = report::Format::from(sink.format);
        let replaced =
            linted().filter_map(|outcome| sources.get(outcome.file)).find(|file| sink.replaces(file.path()));
        let written = match replaced {
            Some(file) => {
                let path = file.path().display();
                Err(Failure::Usage(format!("cannot write the report to {path}: it is one of the inputs")))
            }
            None => {
                let style = if sink.is_stdout() {
                    *style
                } else {
                    Style { summary: style.summary, ..Style::default() }
                };
                sink.write(|out| report::write(format, report, sources, &style, out))
            }
        };
        let left_out = report::left_out(format, report);
        if left_out > 0 {
            let limit = report.findings.len() - left_out;
            say(
                "note",
                &format!("{left_out} findings are not in the SARIF report: platforms take the {limit} worst"),
            );
        }
        if result.is_ok() {
            result = written;
        } else if let Err(failure) = written {
            say("error", &failure.to_string());
        }
    }
    result
}

/// Refuses `-` where only a file will do.
fn check_files(arguments: &Arguments) -> Result<(), Failure> {
    for (option, file) in [
        ("--config", &arguments.config),
        ("--baseline", &arguments.baseline),
        ("--write-baseline", &arguments.write_baseline),
    ] {
        if file.as_deref().is_some_and(is_stdin) {
            return Err(Failure::Usage(format!("{option} needs a file; write `./-` if it is called `-`")));
        }
    }
    Ok(())
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What the arguments say about baselines.
fn baseline_wish(arguments: &Arguments) -> baseline::Wish<'_> {
    baseline::Wish {
        read: arguments.baseline.as_deref(),
        write: arguments.write_baseline.as_deref(),
        prune: arguments.prune_baseline,
        ignore: arguments.no_suppressions,
    }
}

/// Why there is nothing to say about the inputs.
pub(super) const NOTHING_RECOGNISED: &str =
    "no bot configuration recognised; `botiquette dialects` lists those that are understood";

/// The rules under the settings and the command line. Which baseline holds is decided later.
fn linter(arguments: &Arguments, settings: Settings, profile: Option<Profile>) -> Result<Linter, BuildError> {
    let mut linter = Linter::builder()
        .settings(settings)
        .select(&arguments.select)
        .ignore(&arguments.ignore)
        .baseline(None)
        .include_info(arguments.include_info);
    if let Some(profile) = profile {
        linter = linter.profile(profile);
    }
    if let Some(dialect) = &arguments.dialect {
        linter = linter.dialect(dialect);
    }
    if let Some(fail_on) = arguments.fail_on {
        linter = linter.fail_on(fail_on.into());
    }
    linter.build()
}

/// An unknown dialect is told before anything is read.
fn check_dialect(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(dialect) = &arguments.dialect {
        let known: Vec<&str> = dialect::ALL.iter().map(|dialect| dialect.name).collect();
        check_name("dialect", dialect, &known)?;
    }
    Ok(())
}

/// The settings that hold for the run: those named, or the nearest ones from the first input upwards.
fn settings(arguments: &Arguments) -> Result<Settings, Failure> {
    let nearest = || nearest_settings(arguments);
    match arguments.config.clone().or_else(nearest) {
        Some(path) => Settings::read(&path).map_err(Failure::Settings),
        None => Ok(Settings::default()),
    }
}

/// The settings file that is nearest to the first input.
fn nearest_settings(arguments: &Arguments) -> Option<PathBuf> {
    if arguments.no_config || arguments.isolated { None } else { nearest::find(first_path(arguments)) }
}

/// The first input, which decides about the settings.
fn first_path(arguments: &Arguments) -> &Path {
    let first = arguments.paths.first().map_or(Path::new("."), PathBuf::as_path);
    shown_path(first, arguments)
}

/// The path that an input is known by.
fn shown_path<'a>(path: &'a Path, arguments: &'a Arguments) -> &'a Path {
    if is_stdin(path) { Path::new(&arguments.stdin_filename) } else { path }
}

/// Uses as many threads as asked for; without a wish, one for each core.
fn limit_threads(jobs: Option<u16>) -> Result<(), Failure> {
    let Some(jobs) = jobs else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global();
    pool.map_err(|error| Failure::Usage(format!("cannot start {jobs} threads: {error}")))
}

/// What comes from standard input, if it is asked for.
fn typed(arguments: &Arguments) -> Result<Option<Input>, Failure> {
    if arguments.paths.iter().filter(|path| is_stdin(path)).count() > 1 {
        return Err(Failure::Usage("standard input (`-`) can be read only once".to_owned()));
    }
    if !arguments.paths.iter().any(|path| is_stdin(path)) {
        return Ok(None);
    }
    let bytes = take(io::stdin().lock(), MAX_FILE_BYTES, 0)
        .map_err(|source| Failure::System { doing: "read standard input", source })?;
    Ok(Some(Input::Stdin { name: arguments.stdin_filename.clone(), bytes }))
}

pub(super) fn verdict(report: &Report, fail_on: Severity, exit_zero: bool) -> Verdict {
    let failed = report.files.iter().any(|file| file.status == FileStatus::Failed);
    if failed || !report.problems.is_empty() || nothing_recognised(report) {
        Verdict::Trouble
    } else if !exit_zero && report.live().any(|finding| finding.severity >= fail_on) {
        Verdict::Findings
    } else {
        Verdict::Clean
    }
}

/// Silence about nothing would look like praise. Files that failed have been told already.
pub(super) fn nothing_recognised(report: &Report) -> bool {
    report.problems.is_empty()
        && report.files.iter().all(|file| file.status == FileStatus::Unrecognised)
        && report.files.iter().all(|file| file.because != EXCLUDED_INPUT)
}

/// Named files that are told one by one when they are no bot's.
const FEW_REFUSED: usize = 3;

/// What was looked for and seen in files that the user named and that are no bot's configuration.
pub(super) fn say_refused(report: &Report, sources: &Sources) {
    let refused = |file: &&FileOutcome| {
        file.named && file.status == FileStatus::Unrecognised && file.because != EXCLUDED_INPUT
    };
    let refused: Vec<_> = report.files.iter().filter(refused).collect();
    for outcome in refused.iter().take(FEW_REFUSED) {
        let path = sources.get(outcome.file).map(|file| file.path().display().to_string());
        say("note", &format!("{} was left out: {}", path.unwrap_or_default(), outcome.because));
    }
    let more = refused.len().saturating_sub(FEW_REFUSED);
    if more > 0 {
        say("note", &format!("{more} more were left out; `lint --verbose` says why"));
    }
}

/// Which settings hold: one file, with what it extends, for all inputs of a run.
fn say_settings(arguments: &Arguments, settings: &Settings) {
    let paths = settings.paths();
    let Some((own, extended)) = paths.split_last() else { return };
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if let Some(base) = &arguments.base {
        for path in &paths {
            say("settings", &format!("{} as in {base}", path.display()));
        }
        return;
    }
    for path in &arguments.paths {
        let path = shown_path(path, arguments);
        say("settings", &format!("{} for {}", own.display(), path.display()));
        let nearer = if arguments.config.is_some() { None } else { nearest::find(path) };
        if let Some(nearer) = nearer.filter(|nearer| real(nearer) != real(own)) {
            let why = "the settings of the first input hold for the whole run";
            say("settings", &format!("{} is not used: {why}", nearer.display()));
        }
    }
    for path in extended {
        say("settings", &format!("{} is extended", path.display()));
    }
}

fn say_outcomes(report: &Report, sources: &Sources) {
    for outcome in &report.files {
        let path =
            sources.get(outcome.file).map(|file| file.path().display().to_string()).unwrap_or_default();
        let because = &outcome.because;
        match outcome.status {
            FileStatus::Linted => {
                let dialect = outcome.dialect.unwrap_or("unknown");
                let count = outcome.automations;
                say("linted", &format!("{path} ({dialect}, automations: {count}; {because})"))
            }
            FileStatus::Unrecognised => say("skipped", &format!("{path} ({because})")),
            FileStatus::Failed => say("failed", &path),
        }
    }
}

/// What the search in folders did not even look at.
fn say_passed_over(paths: &[PathBuf]) {
    for passed in passed_over(paths, |path| Syntax::from_path(path).is_some()) {
        say("not looked at", &format!("{} ({})", passed.path.display(), passed.why));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use botiquette::source::FileId;

    fn report(statuses: &[FileStatus], problems: &[&str]) -> Report {
        let outcome = |status: &FileStatus| FileOutcome {
            file: FileId(0),
            status: *status,
            dialect: None,
            automations: 0,
            named: true,
            because: "".into(),
            coverage: None,
        };
        Report {
            files: statuses.iter().map(outcome).collect(),
            problems: problems.iter().map(|problem| (*problem).to_owned()).collect(),
            ..Report::default()
        }
    }

    #[test]
    fn trouble_is_what_was_not_linted() {
        use FileStatus::{Failed, Linted, Unrecognised};
        let cases: &[(&[FileStatus], &[&str], Verdict)] = &[
            (&[Linted], &[], Verdict::Clean),
            (&[Linted, Unrecognised], &[], Verdict::Clean),
            (&[Linted, Failed], &[], Verdict::Trouble),
            (&[Linted], &["a.yaml: no such file"], Verdict::Trouble),
            (&[Unrecognised], &[], Verdict::Trouble),
            (&[], &[], Verdict::Trouble),
        ];
        for (statuses, problems, expected) in cases {
            assert_eq!(
                verdict(&report(statuses, problems), Severity::Error, true),
                *expected,
                "{statuses:?}"
            );
        }
    }
}
