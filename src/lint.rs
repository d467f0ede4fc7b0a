//! The journey of a run: inputs to texts to trees to one model to findings. Each file goes through alone
//! and in parallel until the model is composed; the order of the result never depends on threads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::suppress::Exceptions;
use crate::diagnostic::{self, Baseline, FileOutcome, FileStatus, Finding, Label, Report, Severity, Subject};
use crate::dialect::{self, Candidate, Lowered, Origin, Own, Recognised, Tool};
use crate::engine::{self, exceptions, exceptions::Asked, exceptions::Seen, gate};
use crate::mask::{self, Mask};
use crate::model::{Coverage, Model, Stated, World};
use crate::parallel::in_order;
use crate::rules::Rulebook;
use crate::settings::{EXCLUDED_INPUT, Heed, Scope, Scopes, Settings};
use crate::source::{
    FileId, MAX_FILE_BYTES, Place, ReadError, SourceFile, Sources, Span, decode_within, spelled,
};
use crate::syntax::{Syntax, parse};

/// One thing to lint.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file with its text.
    File(Loaded),
    /// Something that could not be looked at: a sentence that begins with its path.
    Problem(String),
    /// Bytes that came from standard input, or have no file for some other reason.
    Stdin {
        /// The name it is shown under and recognised by.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// What to lint and how.
#[derive(Clone, Debug)]
pub struct Request<'r> {
    /// The inputs, in the order of the report.
    pub inputs: Vec<Input>,
    /// Read every input as this dialect instead of recognising it.
    pub dialect: Option<Tool<'r>>,
    /// The rules, with those switched on that shall run.
    pub rulebook: &'r Rulebook,
}

/// What a run found and understood, and the texts that its places point into. Secrets are masked in all of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings, files and problems, as the writers of [`crate::report`] take them.
    pub report: Report,
    /// The files of the run.
    pub sources: Sources,
    /// What was understood: accounts with their automations.
    pub model: Model,
    /// What the baselines of the run hold and is fixed; one for each of them.
    pub fixed: Vec<Baseline>,
}

impl Outcome {
    /// The findings that nothing suppresses, by file and place.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.report.live()
    }

    /// What became of each file.
    #[must_use]
    pub fn files(&self) -> &[FileOutcome] {
        &self.report.files
    }

    /// Problems with files that are no findings: one sentence each.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.report.problems
    }

    /// The file of a place, which knows its path, its lines and its positions.
    #[must_use]
    pub fn file(&self, place: Place) -> Option<&SourceFile> {
        self.sources.get(place.file)
    }

    /// Accounts, automations and how they belong together: see [`crate::Linter::study`].
    #[must_use]
    pub fn world(&self) -> World<'_> {
        World::new(&self.model)
    }
}

/// A file on its way.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its name, as it is shown and recognised.
    pub path: PathBuf,
    /// Whether the user named it, as opposed to a folder that holds it.
    pub named: bool,
    /// Whether ignore files would hide it, were they heeded.
    pub hidden: bool,
    /// Its text.
    pub text: Result<String, NoText>,
}

/// Why a file has no text.
#[derive(Clone, Debug)]
pub enum NoText {
    /// It could not be read.
    Unread(Arc<ReadError>),
    /// It is left out, for this reason.
    Excluded(&'static str),
}

/// What one file says.
struct Understood {
    outcome: FileOutcome,
    lowered: Lowered,
    findings: Vec<Finding>,
    /// How much more there is to say of it, where that is too much.
    unsaid: usize,
    asked: Asked,
}

/// Lints the inputs without settings. Never fails: what cannot be read or understood is part of the report.
#[must_use]
pub fn lint(request: &Request<'_>) -> Outcome {
    lint_with(request, &Settings::default())
}

/// Lints the inputs under settings that have prepared the rulebook.
#[must_use]
pub fn lint_with(request: &Request<'_>, settings: &Settings) -> Outcome {
    lint_owned(request.clone(), settings)
}

/// The same without a copy of the texts.
#[must_use]
pub fn lint_owned(request: Request<'_>, settings: &Settings) -> Outcome {
    let scopes = Scopes::one(Scope { settings, rulebook: request.rulebook, dialects: &dialect::NONE });
    lint_under(request.inputs, request.dialect, scopes)
}

/// Lints the inputs, each under the settings that govern it.
#[must_use]
pub fn lint_under(inputs: Vec<Input>, dialect: Option<Tool<'_>>, mut scopes: Scopes<'_>) -> Outcome {
    let mut report = Report { rules: scopes.cards(), ..Report::default() };
    let mut sources = Sources::default();
    let loaded = loaded(inputs, &scopes, &mut report);
    let mut files = Vec::new();
    let mut hidden = Vec::new();
    for file in loaded {
        match file.text {
            Ok(text) => {
                let id = sources.push(SourceFile::new(file.path, text));
                files.push((id, file.named));
                hidden.extend(file.hidden.then_some(id));
            }
            Err(NoText::Excluded(because)) => {
                let id = sources.push(SourceFile::new(file.path, String::new()));
                report.files.push(refused(id, false, because));
            }
            Err(NoText::Unread(error)) => match error.harmless().filter(|_| !file.named) {
                // A folder may hold anything; a file that the user named must be readable.
                Some(because) => {
                    let id = sources.push(SourceFile::new(file.path, String::new()));
                    report.files.push(refused(id, false, because));
                }
                None => report.problems.push(format!("{}: {error}", spelled(&file.path))),
            },
        }
    }
    scopes.look_up(&sources);
    let scopes = &scopes;
    let few = files.len() < 2;
    let read = |id: FileId, origin: Origin| {
        let source = sources.get(id)?;
        let Scope { rulebook, dialects, .. } = scopes.of(id, &sources);
        Some(understand(id, source, origin, &Reading { dialect, dialects, rulebook, sources: &sources }))
    };
    let origin = |named| if named { Origin::Named } else { Origin::Found };
    let understood = in_order(files, few, |(id, named)| read(id, origin(named)));
    let mut understood: Vec<Understood> = understood.into_iter().flatten().collect();
    // What stands beside a bot's file may belong to it, and is looked at once more.
    let again = beside_bots(&understood, &sources);
    for (number, file) in in_order(again, few, |(number, id, origin)| (number, read(id, origin))) {
        if let (Some(known), Some(file)) = (understood.get_mut(number), file)
            && file.outcome.status != FileStatus::Unrecognised
        {
            *known = file;
        }
    }
    let mut model = Model::default();
    let mut asked = Asked::default();
    let mut unsaid = BTreeMap::new();
    for file in understood {
        if file.unsaid > 0 {
            unsaid.insert(file.outcome.file, file.unsaid);
        }
        report.files.push(file.outcome);
        report.findings.extend(file.findings);
        model.append(file.lowered.model);
        asked.exceptions.extend(file.asked.exceptions);
        asked.slips.extend(file.asked.slips);
    }
    model.compose();
    report.files.sort_by_key(|outcome| outcome.file);
    scopes.add_facts(&mut model, &mut sources);
    report.findings.extend(scopes.evaluate(&model, &sources));
    let loosened = loosened(scopes, &mut asked, &hidden, &report.files, &mut sources);
    judge(&mut report, &model, scopes, asked, loosened, &mut sources);
    let of = |file: FileId| scopes.of(file, &sources);
    let (kept, left_out) = diagnostic::cap(
        std::mem::take(&mut report.findings),
        |file| of(file).settings.caps().per_file,
        scopes.whole().settings.caps().per_run,
        &unsaid,
    );
    report.findings = kept;
    report.findings.extend(engine::left_out(left_out, |file| of(file).rulebook));
    report.findings.sort_by(|one, other| one.order().cmp(&other.order()));
    // Whatever is written from here on, by any command and in any format, shows no secret.
    conceal(&mut report, &mut model, &mut sources);
    let covered: BTreeMap<FileId, &Coverage> = model.coverage.iter().map(|of| (of.file, of)).collect();
    for outcome in &mut report.files {
        outcome.coverage = covered.get(&outcome.file).copied().cloned();
    }
    for finding in &mut report.findings {
        finding.whose = finding.subjects.first().map_or("", |subject| whose(*subject, &model)).to_owned();
    }
    diagnostic::stamp(&mut report.findings, &sources);
    Outcome { report, sources, model, fixed: Vec::new() }
}

/// So few files, all in one folder, were meant by whoever named the folder.
const FEW_FILES: usize = 6;

/// The files that a search found and that are no bot's by themselves, in folders that hold the file of a home-made bot,
/// or nothing but a few files: their places in the list.
fn beside_bots(understood: &[Understood], sources: &Sources) -> Vec<(usize, FileId, Origin)> {
    let folder = |file: &Understood| sources.get(file.outcome.file).and_then(|source| source.path().parent());
    let is_bot = |file: &&Understood| {
        file.outcome.dialect == Some(dialect::adhoc::DIALECT.name) && file.outcome.automations > 0
    };
    let folders: HashSet<Option<&Path>> = understood.iter().filter(is_bot).map(folder).collect();
    let is_open = |file: &Understood| file.outcome.status == FileStatus::Unrecognised && !file.outcome.named;
    let first = understood.first().and_then(folder);
    let meant =
        understood.len() <= FEW_FILES && understood.iter().all(|file| is_open(file) && folder(file) == first);
    let origin = |file: &Understood| match folders.contains(&folder(file)) {
        true => Some(Origin::Beside),
        false => meant.then_some(Origin::AmongFew),
    };
    let open = understood.iter().enumerate().filter(|(_, file)| is_open(file));
    open.filter_map(|(number, file)| Some((number, file.outcome.file, origin(file)?))).collect()
}

/// Takes out what the run does not heed of the files' own wishes. Returns where a change would let more pass.
fn loosened(
    scopes: &Scopes<'_>,
    asked: &mut Asked,
    hidden: &[FileId],
    files: &[FileOutcome],
    sources: &mut Sources,
) -> Vec<Label> {
    let settings = scopes.whole().settings;
    match &settings.heed {
        Heed::Everything => Vec::new(),
        Heed::Nothing => {
            *asked = Asked::default();
            Vec::new()
        }
        Heed::AsIn(revision) => {
            let mut labels = gate::keep_known(&mut asked.exceptions, revision.as_ref(), sources);
            labels.extend(gate::of_settings(&settings.proposed, sources));
            labels.extend(gate::of_ignore_files(hidden, files));
            labels
        }
    }
}

/// Masks every secret in the texts of the files, in the findings and in the model. Files that are no bot's are
/// never shown and stay as they are.
fn conceal(report: &mut Report, model: &mut Model, sources: &mut Sources) {
    let foreign = report.files.iter().filter(|outcome| outcome.status == FileStatus::Unrecognised);
    let foreign: BTreeSet<FileId> = foreign.map(|outcome| outcome.file).collect();
    let mut places: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    let mut mask = Mask::default();
    let broken = report.files.iter().filter(|outcome| outcome.status == FileStatus::Failed);
    let broken: BTreeSet<FileId> = broken.map(|outcome| outcome.file).collect();
    for (id, file) in sources.iter().filter(|(id, _)| !foreign.contains(id)) {
        places.insert(id, mask.learn(file.path(), file.text(), broken.contains(&id)));
    }
    for site in model.secret_sites() {
        let defined = site.defined.map(|span| Place { span, ..site.used });
        for place in std::iter::once(site.used).chain(defined) {
            mask.learn_value(sources.place_text(place));
            places.entry(place.file).or_default().push(place.span);
        }
    }
    let mask = mask.learned();
    for (id, mut places) in places {
        let Some(file) = sources.get(id) else { continue };
        places.extend(mask.known(file.text()));
        if !places.is_empty() {
            let text = mask::masked(file.text(), places);
            sources.put_masked(id, text);
        }
    }
    report.findings.iter_mut().for_each(|finding| finding.each_text(&mut |text| mask.cover_all(text)));
    model.each_text(&mut |text| mask.cover_all(text));
}

/// What counts of the findings: settings weigh them, stronger ones cover weaker ones, exceptions silence some.
fn judge(
    report: &mut Report,
    model: &Model,
    scopes: &Scopes<'_>,
    mut asked: Asked,
    loosened: Vec<Label>,
    sources: &mut Sources,
) {
    let settings = scopes.whole().settings;
    if settings.no_suppressions {
        asked = Asked::default();
    } else {
        asked.exceptions.extend(scopes.exceptions(&report.files, sources));
    }
    let mut exceptions = Exceptions::new(asked.exceptions);
    let automations = |finding: &Finding| automations_of(finding, model);
    // What the settings drop here was found all the same: an exception for it is not unused.
    exceptions.meet(&report.findings, automations);
    let mut asleep = match settings.include_disabled {
        true => asleep(scopes, model, sources, &report.findings),
        false => Vec::new(),
    };
    exceptions.meet(&asleep, automations);
    scopes.weigh(&mut report.findings, model, sources);
    scopes.weigh(&mut asleep, model, sources);
    let asleep = asleep.into_iter().map(|finding| Finding { severity: Severity::Info, ..finding });
    report.findings.extend(asleep);
    report.findings = diagnostic::settle(std::mem::take(&mut report.findings), scopes);
    exceptions.silence(&mut report.findings, automations);
    let idle = if settings.no_suppressions { Vec::new() } else { scopes.idle(&report.files, model, sources) };
    let seen = Seen { scopes, sources, files: &report.files, model };
    let mut remarks = seen.unused(&exceptions);
    remarks.extend(seen.unexplained(&exceptions));
    remarks.extend(seen.slips(asked.slips));
    remarks.extend(seen.idle(idle));
    remarks.extend(seen.loosened(loosened));
    if !remarks.is_empty() {
        scopes.weigh(&mut remarks, model, sources);
        report.findings.extend(remarks);
        report.findings.sort_by(|one, other| one.order().cmp(&other.order()));
    }
}

/// The names of the automations that a finding is about.
fn automations_of<'m>(finding: &Finding, model: &'m Model) -> Vec<&'m str> {
    let number = |subject: &Subject| match subject {
        Subject::Automation(number) | Subject::Action(number, _) => usize::try_from(*number).ok(),
        Subject::Account(_) | Subject::File(_) => None,
    };
    let numbers = finding.subjects.iter().filter_map(number);
    numbers.filter_map(|number| Some(model.automations.get(number)?.name.as_str())).collect()
}

/// The name of the automation that a finding is about, or else of the account.
fn whose(subject: Subject, model: &Model) -> &str {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    match subject {
        Subject::Automation(number) | Subject::Action(number, _) => {
            model.automations.get(index(number)).map_or("", |automation| &automation.name)
        }
        Subject::Account(number) => model.accounts.get(index(number)).map_or("", |account| &account.name),
        Subject::File(_) => "",
    }
}

/// What would be found if everything that is switched off were on, and is not found as it is.
fn asleep(scopes: &Scopes<'_>, model: &Model, sources: &Sources, awake: &[Finding]) -> Vec<Finding> {
    if model.automations.iter().all(|automation| automation.enabled.get() != Some(false)) {
        return Vec::new();
    }
    let mut model = model.clone();
    for automation in &mut model.automations {
        automation.enabled = Stated::Absent;
    }
    let mut findings = scopes.evaluate(&model, sources);
    let known: HashSet<_> = awake.iter().map(|known| (&known.rule, known.primary.place)).collect();
    findings.retain(|finding| !known.contains(&(&finding.rule, finding.primary.place)));
    for finding in &mut findings {
        finding.notes.push("only if what is switched off is switched on".to_owned());
    }
    findings
}

/// All inputs with their texts. Those from standard input are excluded like what a search finds: editors send
/// whatever is open.
fn loaded(inputs: Vec<Input>, scopes: &Scopes<'_>, report: &mut Report) -> Vec<Loaded> {
    let mut loaded = Vec::new();
    for input in inputs {
        match input {
            Input::File(file) => loaded.push(file),
            Input::Problem(problem) => report.problems.push(problem),
            Input::Stdin { name, bytes } => {
                let path = Path::new(&name);
                let text = match scopes.at(path).settings.excluded().holds(path) {
                    true => Err(NoText::Excluded(EXCLUDED_INPUT)),
                    false => {
                        decode_within(bytes, MAX_FILE_BYTES).map_err(|error| NoText::Unread(Arc::new(error)))
                    }
                };
                loaded.push(Loaded { path: PathBuf::from(name), named: true, hidden: false, text });
            }
        }
    }
    loaded
}

/// A file that is no bot's configuration.
fn refused(file: FileId, named: bool, because: impl Into<Cow<'static, str>>) -> FileOutcome {
    FileOutcome {
        file,
        status: FileStatus::Unrecognised,
        dialect: None,
        automations: 0,
        named,
        because: because.into(),
        coverage: None,
    }
}

/// How a file is read.
struct Reading<'r> {
    dialect: Option<Tool<'r>>,
    dialects: &'r Own,
    rulebook: &'r Rulebook,
    sources: &'r Sources,
}

/// Parses, recognises and lowers one file.
fn understand(file: FileId, source: &SourceFile, origin: Origin, reading: &Reading<'_>) -> Understood {
    let named = origin == Origin::Named;
    let (path, text) = (source.path(), source.text());
    let unrecognised = |because: Cow<'static, str>| Understood {
        outcome: refused(file, named, because),
        lowered: Lowered::default(),
        findings: Vec::new(),
        unsaid: 0,
        asked: Asked::default(),
    };
    let known = Syntax::from_path(path);
    if let Some(because) = engine::own(path, text).filter(|_| reading.dialect.is_none()) {
        return unrecognised(because.into());
    }
    let refusal = if origin != Origin::Found || reading.dialect.is_some() {
        None
    } else {
        reading.dialects.prefilter(text)
    };
    if let Some(because) = refusal {
        return unrecognised(because.into());
    }
    let parsed = parse(text, known.unwrap_or_else(|| Syntax::guess(text)));
    let candidate = Candidate { path, file, tree: &parsed.tree, origin, beside: Some(reading.sources) };
    let unreadable = |because: Cow<'static, str>| {
        // A broken file is worth a word where the user named it, or where it speaks some tool's language.
        let expected = known.is_some() && (named || reading.dialects.is_written_for_a_tool(text));
        if !expected || parsed.errors.is_empty() {
            return unrecognised(because);
        }
        let mut result = unrecognised("it cannot be parsed".into());
        result.outcome.status = FileStatus::Failed;
        result.findings = engine::syntax_errors(file, text, &parsed.errors, reading.rulebook);
        result.asked = exceptions::of_comments(file, &parsed.tree);
        result
    };
    let recognised = match reading.dialect {
        Some(dialect) => Ok(Recognised::of(dialect)),
        None => reading.dialects.recognise(&candidate),
    };
    let Recognised { tool, lowered, because } = match recognised {
        Ok(recognised) => recognised,
        Err(because) => return unreadable(because),
    };
    let lowered = lowered.unwrap_or_else(|| tool.lower(&candidate));
    let mut findings = engine::syntax_errors(file, text, &parsed.errors, reading.rulebook);
    findings.extend(engine::limit_hits(file, &parsed.limits, reading.rulebook));
    let (duplicates, unsaid) = engine::duplicate_keys(&candidate, reading.rulebook);
    findings.extend(duplicates);
    findings.extend(engine::remarks(&lowered.remarks, reading.rulebook));
    let status = if parsed.errors.is_empty() { FileStatus::Linted } else { FileStatus::Failed };
    let automations = lowered.model.automations.len();
    Understood {
        outcome: FileOutcome {
            file,
            status,
            dialect: Some(tool.name()),
            automations,
            named,
            because,
            coverage: None,
        },
        unsaid: unsaid + lowered.unsaid,
        lowered,
        findings,
        asked: exceptions::of_comments(file, &parsed.tree),
    }
}
