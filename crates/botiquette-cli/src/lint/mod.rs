//! `botiquette lint`: lint files, folders or standard input, and print the report.

mod arguments;
mod fixes;
mod judging;
mod reports;
mod verbose;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::fix::propose;
use botiquette::fs::Revision;
use botiquette::report::Style;
use botiquette::settings::{Heed, Profile, Settings};
use botiquette::{Linter, Outcome};

use super::governing::{self, Governing};
use super::inputs::needs_file;
use super::output::{Format, Sink, Taken};
use super::progress::Progress;
use super::terminal::{self, ColorChoice};
use super::understood::{Found, find, is_trouble, nothing, say_nothing, say_refused};
use super::{Failure, Verdict, baseline, ci, gate, say, say_problems, suppressions, watch};

pub(super) use arguments::Arguments;
pub(super) use judging::{Judging, Level};

pub(super) fn run(arguments: Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    arguments.inputs.check()?;
    needs_file("--baseline", arguments.baseline.as_deref())?;
    needs_file("--write-baseline", arguments.write_baseline.as_deref())?;
    if arguments.statistics && !arguments.outputs.are_for_people() {
        return Err(Failure::Usage("--statistics goes with the formats pretty and concise".to_owned()));
    }
    arguments.fixing.check(arguments.inputs.reads_stdin())?;
    limit_threads(arguments.jobs)?;
    if !arguments.watch {
        return lint(&arguments, color);
    }
    if arguments.inputs.reads_stdin() {
        return Err(Failure::Usage("standard input (`-`) cannot be watched".to_owned()));
    }
    let paths = arguments.inputs.paths();
    let settings = || match &arguments.inputs {
        inputs if inputs.no_config || inputs.isolated => Vec::new(),
        inputs => match &inputs.config {
            Some(path) => vec![path.clone()],
            None => governing::watched(&paths).into_iter().collect(),
        },
    };
    watch::run(&paths, settings, || lint(&arguments, color), arguments.watch_runs)
}

/// One run, from the settings to the report.
fn lint(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    let shown = arguments.inputs.shown();
    let base = gate::base(arguments.base.as_deref(), shown.first().map_or(Path::new("."), PathBuf::as_path))?;
    let heed = match &base {
        Some(base) => Heed::AsIn(Arc::new(base.clone())),
        None if arguments.inputs.isolated => Heed::Nothing,
        None => Heed::Everything,
    };
    let tune = |settings: &mut Settings| {
        settings.heed = heed.clone();
        arguments.judging.tune(settings);
    };
    let (found, builder) = find(&arguments.inputs, base.as_ref(), &tune)?;
    // Which baseline holds is decided later.
    let mut linter = arguments.judging.chosen(builder).build()?;
    let mut notes = gate::left_in_force(&linter);
    if base.is_some() {
        notes.extend(proposed(arguments, &shown, &found, &mut linter)?);
    }
    // Whatever cannot be written is told before anything is linted.
    let known = baseline::Plan::new(baseline_wish(arguments), &mut linter)?;
    if let Some(reason) = &arguments.add_suppressions {
        suppressions::check(reason, arguments.inputs.reads_stdin())?;
    }
    let sinks = arguments.outputs.open(&taken(arguments, &linter, &known))?;
    let mut fixes_done = true;
    if arguments.fixing.is_wanted() {
        let made = fixes::make(arguments.fixing, &linter, found.inputs())?;
        if arguments.fixing.is_all() {
            notes.iter().chain(&made.notes).for_each(|note| say("note", note));
            return Ok(made.verdict);
        }
        fixes_done = made.verdict != Verdict::Trouble;
        notes.extend(made.notes);
    }
    let check = || {
        let progress = Progress::start(!arguments.quiet);
        let outcome = checked(arguments, &linter, &found);
        drop(progress);
        known.after(&outcome).map(|said| (outcome, said))
    };
    let (mut outcome, mut said) = check()?;
    let mut all_done = fixes_done;
    if let Some(reason) = &arguments.add_suppressions {
        let added = suppressions::add(&outcome.report, &outcome.sources, reason, &linter);
        (outcome, said) = check()?;
        said.extend(added.notes);
        all_done &= added.all;
    }
    notes.extend(said);
    arguments.judging.filter(&mut outcome.report);
    notes.extend(known.write(&mut outcome.report, &outcome.sources)?);
    outcome.report.home = ci::home();
    let printed = report(arguments, sinks, &linter, &outcome, base.as_ref(), &notes, color);
    let verdict = verdict(arguments, &linter, &outcome);
    // What was asked for and could not be done is no matter of findings.
    let verdict = if all_done { verdict } else { Verdict::Trouble };
    match printed {
        // A closed pipe does not change what was found.
        Ok(()) | Err(Failure::Unread) => Ok(verdict),
        Err(failure) => Err(failure),
    }
}

/// What is found; with fixes where a report tells them.
fn checked(arguments: &Arguments, linter: &Linter, found: &Found) -> Outcome {
    let inputs = found.inputs();
    if !(arguments.outputs.has(Format::Json) || arguments.outputs.has(Format::Sarif)) {
        return linter.check_inputs(inputs);
    }
    let mut outcome = linter.check_inputs(inputs.clone());
    propose(linter, &inputs, &mut outcome);
    outcome
}

/// Writes the reports, and says the rest on standard error.
fn report(
    arguments: &Arguments,
    sinks: Vec<Sink>,
    linter: &Linter,
    outcome: &Outcome,
    base: Option<&Revision>,
    notes: &[String],
    color: ColorChoice,
) -> Result<(), Failure> {
    let Outcome { report, sources, .. } = outcome;
    let style = Style {
        summary: !arguments.quiet,
        group: !arguments.no_group,
        statistics: arguments.statistics,
        one_line: arguments.watch,
        ..terminal::style(color)
    };
    let printed = reports::write_reports(sinks, report, sources, &style);
    if arguments.outputs.has(Format::Github) {
        ci::summarise(report, sources);
    }
    say_problems(&report.problems);
    notes.iter().for_each(|note| say("note", note));
    if arguments.verbose {
        verbose::say_settings(linter, report, sources, base);
        verbose::say_outcomes(report, sources);
        if !arguments.inputs.isolated && base.is_none() {
            verbose::say_passed_over(&arguments.inputs.paths());
        }
    }
    say_nothing(report, "nothing was linted", arguments.require_input);
    if !arguments.quiet && !arguments.verbose {
        say_refused(report, sources);
    }
    printed
}

/// What a run comes to.
fn verdict(arguments: &Arguments, linter: &Linter, outcome: &Outcome) -> Verdict {
    let is_nothing = arguments.require_input && nothing(&outcome.report).is_some();
    if is_trouble(&outcome.report) || is_nothing {
        Verdict::Trouble
    } else if !arguments.judging.exit_zero && linter.fails(outcome) {
        Verdict::Findings
    } else {
        Verdict::Clean
    }
}

/// Where settings of the working tree are looser than those of the revision that govern the same folders.
fn proposed(
    arguments: &Arguments,
    shown: &[PathBuf],
    found: &Found,
    linter: &mut Linter,
) -> Result<Vec<String>, Failure> {
    let mut governing = Governing::new(None, &|_| ());
    for path in shown {
        if path.is_dir() {
            governing.ask(path)
        } else {
            governing.of_file(path)
        };
    }
    for path in found.search.paths() {
        governing.of_file(path);
    }
    // Each pair once, however many folders it governs.
    let mut pairs: BTreeMap<(Option<PathBuf>, Option<PathBuf>), PathBuf> = BTreeMap::new();
    for (folder, own) in governing.paths() {
        let trusted = linter.at(&folder.join("x")).0.path.clone();
        pairs.entry((own.map(Path::to_path_buf), trusted)).or_insert_with(|| folder.join("x"));
    }
    let choice = gate::Choice {
        profile: arguments.judging.profile.map(Profile::from),
        select: &arguments.judging.select,
        ignore: &arguments.judging.ignore,
    };
    let (mut all, mut notes) = (Vec::new(), Vec::new());
    for ((own, _), inside) in pairs {
        let (settings, rulebook) = linter.at(&inside);
        match gate::looser(own.as_deref(), settings, rulebook, choice)? {
            Ok(looser) => all.extend(looser),
            Err(why) => notes.push(format!("the settings of the working tree cannot be used: {why}")),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert((one.path.clone(), one.at.start, one.what.clone())));
    notes.dedup();
    linter.settings_mut().proposed = all;
    Ok(notes)
}

/// What a report must not replace.
fn taken(arguments: &Arguments, linter: &Linter, known: &baseline::Plan) -> Taken {
    let of_settings = linter.all_settings().flat_map(|settings| {
        let own = settings.paths().into_iter().map(Path::to_path_buf);
        let rules = settings.rule_files().into_iter().chain(settings.dialect_files()).map(|file| file.path);
        own.chain(rules).collect::<Vec<_>>()
    });
    let inputs = arguments.inputs.paths().into_iter().chain(arguments.inputs.config.clone());
    Taken { inputs: inputs.chain(of_settings).collect(), baselines: known.paths() }
}

/// What the arguments say about baselines.
fn baseline_wish(arguments: &Arguments) -> baseline::Wish<'_> {
    baseline::Wish {
        read: arguments.baseline.as_deref(),
        write: arguments.write_baseline.as_deref(),
        prune: arguments.prune_baseline,
        ignore: arguments.judging.no_suppressions,
    }
}

/// Uses as many threads as asked for; without a wish, one for each core.
fn limit_threads(jobs: Option<u16>) -> Result<(), Failure> {
    let Some(jobs) = jobs else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global();
    pool.map_err(|error| Failure::Usage(format!("cannot start {jobs} threads: {error}")))
}
