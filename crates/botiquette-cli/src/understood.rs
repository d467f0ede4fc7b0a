//! The first steps of every command that reads bots: the settings that govern each file, the rules under them, the
//! inputs understood, and a message about those that are not.

use botiquette::diagnostic::{FileOutcome, FileStatus, Report};
use botiquette::fs::Revision;
use botiquette::settings::{EXCLUDED, EXCLUDED_INPUT, Settings};
use botiquette::source::{Sources, spelled};
use botiquette::{Input, Linter, LinterBuilder, OWN_SETTINGS, Outcome};

use super::files::{Candidate, Ignores, Search};
use super::governing::{Governing, in_common};
use super::inputs::Inputs;
use super::{Failure, Verdict, say, say_problems};

/// The inputs of a run, found but not read.
pub(super) struct Found {
    pub(super) search: Search,
    pub(super) typed: Option<Input>,
}

impl Found {
    /// All inputs with their texts.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let mut inputs: Vec<Input> = self.typed.iter().cloned().collect();
        inputs.extend(self.search.inputs());
        inputs
    }
}

/// Finds the inputs, and the settings that govern them; `tune` is what the run wants of all settings.
pub(super) fn find(
    arguments: &Inputs,
    base: Option<&Revision>,
    tune: &dyn Fn(&mut Settings),
) -> Result<(Found, LinterBuilder), Failure> {
    let tune = |settings: &mut Settings| {
        settings.force_exclude = arguments.force_exclude;
        settings.also_exclude.clone_from(&arguments.exclude);
        tune(settings);
    };
    let shown = arguments.shown();
    let mut plain = match &arguments.config {
        Some(path) => Settings::read(path).map_err(Failure::Settings)?,
        None => Settings::default(),
    };
    tune(&mut plain);
    let excluded_plainly = plain.excluded();
    let ignores = if arguments.isolated { Ignores::Unheeded } else { Ignores::Heeded };
    let searched = shown.iter().filter(|path| path.is_dir());
    let mut builder = Linter::builder().baseline(None).searched(searched);
    if let Some(dialect) = &arguments.dialect {
        builder = builder.dialect(dialect);
    }
    let search = if arguments.config.is_some() || arguments.no_config || arguments.isolated {
        Search::new(&arguments.paths(), ignores, base, |file| {
            excluded_plainly.because(&file.path, file.named)
        })
    } else {
        let mut governing = Governing::new(base, &tune);
        // Also where nothing is found: mistakes in settings are told in any case.
        for path in &shown {
            if path.is_dir() {
                governing.ask(path)
            } else {
                governing.of_file(path)
            };
        }
        let common = in_common(&shown);
        common.as_ref().map(|common| governing.ask(common));
        let search = Search::new(&arguments.paths(), ignores, base, |file: &Candidate| {
            let Some(number) = governing.would_hold(&file.path) else {
                governing.of_file(&file.path);
                return excluded_plainly.because(&file.path, file.named);
            };
            if governing.is_left_out(number) && (!file.named || arguments.force_exclude) {
                return Some(if file.named { EXCLUDED_INPUT } else { EXCLUDED });
            }
            governing.of_file(&file.path);
            governing.excluded(number)?.because(&file.path, file.named)
        });
        let (found, bare) = governing.done()?;
        builder = found
            .into_iter()
            .fold(builder, |builder, (folders, settings)| builder.settings_of(folders, settings));
        builder = builder.bare(bare);
        if let Some(common) = common {
            builder = builder.whole(common);
        }
        search
    };
    Ok((Found { search, typed: arguments.typed()? }, builder.settings(plain)))
}

/// The inputs of a run, understood.
pub(super) struct Understood {
    /// The rules and numbers under the settings.
    pub(super) linter: Linter,
    /// What was found and understood.
    pub(super) outcome: Outcome,
    /// What the run comes to: trouble where an input is left out.
    pub(super) verdict: Verdict,
}

/// Understands the inputs under their settings, and says which are left out; `what_for` is the verb of the command.
pub(super) fn understand(arguments: &Inputs, what_for: &str) -> Result<Understood, Failure> {
    arguments.check()?;
    let (found, builder) = find(arguments, None, &|_| ())?;
    let linter = builder.include_info(true).build()?;
    let outcome = linter.check_inputs(found.inputs());
    let verdict = trouble(&outcome, what_for);
    Ok(Understood { linter, outcome, verdict })
}

/// Says which inputs the output leaves out, and what the run comes to.
fn trouble(outcome: &Outcome, what_for: &str) -> Verdict {
    let report = &outcome.report;
    say_problems(&report.problems);
    for failed in report.files.iter().filter(|file| file.status == FileStatus::Failed) {
        if let Some(file) = outcome.sources.get(failed.file) {
            say("error", &format!("{}: broken; `botiquette lint` shows where", spelled(file.path())));
        }
    }
    say_nothing(report, &format!("nothing to {what_for}"), false);
    say_refused(report, &outcome.sources);
    if is_trouble(report) { Verdict::Trouble } else { Verdict::Clean }
}

/// Whether an input could not be read, a file of a bot is broken, or nothing of what somebody named is a bot's. Hooks
/// name every file that changed: one that is no bot's among others is no trouble.
pub(super) fn is_trouble(report: &Report) -> bool {
    let any = |status| report.files.iter().any(|file| file.status == status);
    let is_none_understood = || !any(FileStatus::Linted) && report.files.iter().any(is_refused);
    !report.problems.is_empty() || any(FileStatus::Failed) || is_none_understood()
}

/// Whether a file that the user named is no bot's.
fn is_refused(file: &FileOutcome) -> bool {
    file.named && file.status == FileStatus::Unrecognised && file.because != EXCLUDED_INPUT
}

/// Why nothing at all was understood, if so. Silence about nothing would look like praise.
pub(super) fn nothing(report: &Report) -> Option<&'static str> {
    let any = |status| report.files.iter().any(|file| file.status == status);
    if !report.problems.is_empty() || any(FileStatus::Linted) || any(FileStatus::Failed) {
        return None;
    }
    let excluded = |file: &&FileOutcome| file.because == EXCLUDED_INPUT || file.because == EXCLUDED;
    // The settings themselves are no reason to hope for a bot.
    let files: Vec<&FileOutcome> = report.files.iter().filter(|file| file.because != OWN_SETTINGS).collect();
    Some(match files.as_slice() {
        [] => "there is no file that could be a bot's configuration",
        files if files.iter().all(excluded) => "everything is excluded",
        files if files.iter().any(excluded) => {
            "what is not excluded is no bot configuration; `botiquette dialects` lists those that are understood"
        }
        _ => "no bot configuration recognised; `botiquette dialects` lists those that are understood",
    })
}

/// Says that nothing was understood, and why. It is an error only where somebody named what is not.
pub(super) fn say_nothing(report: &Report, what: &str, is_required: bool) {
    if let Some(why) = nothing(report) {
        let kind = if is_trouble(report) || is_required { "error" } else { "note" };
        say(kind, &format!("{what}: {why}"));
    }
}

/// Named files that are told one by one when they are no bot's.
const FEW_REFUSED: usize = 3;

/// What was looked for and seen in files that the user named and that are no bot's configuration.
pub(super) fn say_refused(report: &Report, sources: &Sources) {
    let refused: Vec<_> = report.files.iter().filter(|file| is_refused(file)).collect();
    for outcome in refused.iter().take(FEW_REFUSED) {
        let path = sources.get(outcome.file).map(|file| spelled(file.path()));
        say("note", &format!("{} was left out: {}", path.unwrap_or_default(), outcome.because));
    }
    let more = refused.len().saturating_sub(FEW_REFUSED);
    if more > 0 {
        say("note", &format!("{more} more were left out; `lint --verbose` says why"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use botiquette::source::FileId;

    /// A file: what became of it, whether it was named, why.
    type Seen = (FileStatus, bool, &'static str);

    /// Files and problems, whether that is trouble, whether there was nothing.
    type Case = (&'static [Seen], &'static [&'static str], bool, bool);

    fn report(files: &[Seen], problems: &[&str]) -> Report {
        let outcome = |(status, named, because): &Seen| FileOutcome {
            file: FileId(0),
            status: *status,
            dialect: None,
            automations: 0,
            named: *named,
            because: (*because).into(),
            coverage: None,
        };
        Report {
            files: files.iter().map(outcome).collect(),
            problems: problems.iter().map(|problem| (*problem).to_owned()).collect(),
            ..Report::default()
        }
    }

    #[test]
    fn trouble_is_what_was_named_and_not_linted() {
        use FileStatus::{Failed, Linted, Unrecognised};
        let cases: &[Case] = &[
            (&[(Linted, true, "")], &[], false, false),
            (&[(Linted, true, ""), (Unrecognised, false, "")], &[], false, false),
            (&[(Linted, true, ""), (Unrecognised, true, "")], &[], false, false),
            (&[(Unrecognised, true, ""), (Unrecognised, true, EXCLUDED_INPUT)], &[], true, true),
            (&[(Linted, true, ""), (Failed, false, "")], &[], true, false),
            (&[(Linted, true, "")], &["a.yaml: no such file"], true, false),
            (&[(Unrecognised, true, "")], &[], true, true),
            (&[(Unrecognised, false, "")], &[], false, true),
            (&[(Unrecognised, true, EXCLUDED_INPUT)], &[], false, true),
            (&[(Unrecognised, false, EXCLUDED)], &[], false, true),
            (&[], &[], false, true),
        ];
        for (files, problems, trouble, none) in cases {
            let report = report(files, problems);
            assert_eq!((is_trouble(&report), nothing(&report).is_some()), (*trouble, *none), "{files:?}");
        }
    }
}
