//! Files that are checked together, with the rules that hold for them, and what the checks said.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::mem::take;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::dialect::depends_on_its_folder;
use botiquette::fix::check;
use botiquette::fs::Reach;
use botiquette::mistake::Mistake;
use botiquette::settings::{SettingsError, folder_of};
use botiquette::source::Sources;
use botiquette::{BuildError, Finding, Fix, Linter, Outcome, Project, Settings, SourceFile};

use crate::buffers::Buffers;
use crate::client::{Abilities, Options};
use crate::diagnostics::{ByFile, Sayer};
use crate::disk::Overlaid;
use crate::places::checks::{Checks, kin, recognised, unrecognised};
use crate::places::later::{Later, Whole};

/// Files under one settings file in one folder.
pub(crate) struct Area {
    /// Its number, by which later checks find it again.
    number: u64,
    settings: Option<PathBuf>,
    rules: Rules,
    project: Project,
    /// Files with a saved text.
    saved: BTreeSet<PathBuf>,
    /// What is no bot's configuration, and has not changed since that was found out.
    foreign: HashSet<PathBuf>,
    /// Whether anything has changed since the last check.
    stale: bool,
    /// Counts the changes.
    edition: u64,
    /// What has changed since the last check of everything.
    touched: BTreeSet<PathBuf>,
    /// How many bytes a check of everything looks at.
    weight: usize,
    /// Whether a check of everything is owed, and whether one runs.
    owed: bool,
    runs: bool,
    checks: Checks,
    /// What was told of the last check of everything.
    told: Option<(Sayings, ByFile)>,
}

/// A check of so much takes a moment that is felt: what has changed is checked first with its kin, and everything
/// later, beside the conversation.
const HEAVY: usize = 96 * 1024;

/// So many files are checked at once.
const MOST_KIN: usize = 24;

/// What decides how findings are told.
type Sayings = (Abilities, Options);

/// The rules of an area.
enum Rules {
    /// They have to be read, first or again.
    Unread { before: Option<Arc<Linter>> },
    /// In force.
    Read(Arc<Linter>),
    /// The settings or rule files have mistakes. What held before holds on, so that nothing flickers while settings
    /// are typed; else what is built in.
    Mistaken { linter: Option<Arc<Linter>>, mistakes: Vec<Mistake>, why: Option<String> },
}

impl Area {
    pub(super) fn new(number: u64, settings: Option<PathBuf>) -> Self {
        Self {
            number,
            settings,
            rules: Rules::Unread { before: None },
            project: Project::new(),
            saved: BTreeSet::new(),
            foreign: HashSet::new(),
            stale: true,
            edition: 0,
            touched: BTreeSet::new(),
            weight: 0,
            owed: false,
            runs: false,
            checks: Checks::default(),
            told: None,
        }
    }

    pub(super) fn open(&mut self, path: &Path, text: &str) {
        if self.project.text(path) != Some(text) {
            self.touch(path);
        }
        self.project.open(path, text);
    }

    pub(super) fn close(&mut self, path: &Path) {
        let before = self.project.text(path).map(str::to_owned);
        self.project.close(path);
        if before.as_deref() != self.project.text(path) {
            self.touch(path);
        }
    }

    pub(super) fn save(&mut self, path: &Path, text: String) {
        let before = self.project.text(path).map(str::to_owned);
        self.project.add(path, text);
        self.saved.insert(path.to_path_buf());
        if before.as_deref() != self.project.text(path) {
            self.touch(path);
        }
    }

    /// Its saved text is gone; what is open stays.
    pub(super) fn delete(&mut self, path: &Path) {
        if self.saved.remove(path) {
            self.project.forget(path);
            self.touch(path);
        }
    }

    pub(super) fn delete_below(&mut self, path: &Path) {
        let gone: Vec<PathBuf> = self.saved.iter().filter(|file| file.starts_with(path)).cloned().collect();
        gone.iter().for_each(|file| self.delete(file));
    }

    fn touch(&mut self, path: &Path) {
        self.stale = true;
        self.edition += 1;
        self.touched.insert(path.to_path_buf());
        self.foreign.remove(path);
        if depends_on_its_folder(path) {
            self.foreign.retain(|other| other.parent() != path.parent());
        }
    }

    pub(super) fn has_saved(&self, path: &Path) -> bool {
        self.saved.contains(path)
    }

    pub(super) fn saved(&self) -> impl Iterator<Item = &Path> {
        self.saved.iter().map(PathBuf::as_path)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.project.paths().next().is_none()
    }

    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Whether the rules may come from this file.
    pub(super) fn reads(&self, path: &Path) -> bool {
        let named = |linter: &Linter| {
            let settings = linter.settings();
            settings.paths().contains(&path)
                || settings.baseline_path().as_deref() == Some(path)
                || settings.rule_paths().iter().any(|rules| path.starts_with(rules))
                || settings.dialect_paths().iter().any(|dialects| path.starts_with(dialects))
        };
        self.settings.as_deref() == Some(path)
            || match &self.rules {
                Rules::Unread { .. } => false,
                Rules::Read(linter) => named(linter),
                // Who knows what the mistake hides.
                Rules::Mistaken { .. } => true,
            }
    }

    pub(super) fn forget_rules(&mut self) {
        self.stale = true;
        let rules = std::mem::replace(&mut self.rules, Rules::Unread { before: None });
        self.rules = Rules::Unread { before: rules.linter() };
        self.edition += 1;
        // Other settings may exclude other files.
        self.foreign.clear();
        // All that was found goes by other rules.
        self.weight = 0;
    }

    /// The rules, as far as there are any.
    pub(crate) fn linter(&self) -> Option<&Arc<Linter>> {
        match &self.rules {
            Rules::Unread { before } => before.as_ref(),
            Rules::Read(linter) => Some(linter),
            Rules::Mistaken { linter, .. } => linter.as_ref(),
        }
    }

    /// What is wrong with the settings: mistakes at their places, and what has no place.
    pub(crate) fn mistakes(&self) -> (&[Mistake], Option<&str>) {
        match &self.rules {
            Rules::Mistaken { mistakes, why, .. } => (mistakes, why.as_deref()),
            Rules::Unread { .. } | Rules::Read(_) => (&[], None),
        }
    }

    /// The settings file.
    pub(crate) fn settings(&self) -> Option<&Path> {
        self.settings.as_deref()
    }

    /// The text of a file as it counts, with its lines.
    pub(crate) fn file(&self, path: &Path) -> Option<SourceFile> {
        self.project.text(path).map(|text| SourceFile::new(path, text))
    }

    /// Checks again if anything has changed: everything, or, where that is much, what has changed with its kin.
    /// Returns whether anything was checked.
    pub(crate) fn check(&mut self, buffers: &Buffers) -> bool {
        if !self.stale {
            return false;
        }
        if let Rules::Unread { before } = &mut self.rules {
            let before = before.take();
            self.rules = self.read_rules(before, buffers);
        }
        let Some(linter) = self.linter() else { return false };
        match self.changed_with_kin() {
            Some(near) => {
                let outcome = linter.check(&self.project.part(|path| near.contains(path)));
                self.checks.near = Some((near, outcome));
                self.owed = true;
            }
            None => {
                let outcome = linter.check(&self.project.part(|path| !self.foreign.contains(path)));
                self.take_whole(outcome);
            }
        }
        self.stale = false;
        true
    }

    /// What has changed and what it is judged with; none where everything is checked as quickly.
    fn changed_with_kin(&self) -> Option<HashSet<PathBuf>> {
        let whole = self.checks.whole.as_ref().filter(|_| self.weight > HEAVY)?;
        (self.touched.len() <= MOST_KIN).then(|| kin(whole, &self.touched, MOST_KIN))
    }

    fn take_whole(&mut self, outcome: Outcome) {
        // A workflow is understood by those beside it, whatever they are.
        let foreign = unrecognised(&outcome).filter(|path| !depends_on_its_folder(path));
        self.foreign.extend(foreign.map(Path::to_path_buf));
        self.weight = recognised(&outcome).map(|file| file.text().len()).sum();
        self.checks = Checks { whole: Some(outcome), near: None };
        self.touched.clear();
        self.told = None;
        self.owed = false;
    }

    /// Begins a check of everything beside the conversation, if one is owed and none runs.
    pub(crate) fn begin_whole(&mut self, later: &Later) {
        let Some(linter) = self.linter().filter(|_| self.owed && !self.runs) else { return };
        let project = self.project.part(|path| !self.foreign.contains(path));
        later.check(Arc::clone(linter), project, (self.number, self.edition));
        self.runs = true;
    }

    /// Takes what a check beside the conversation has found. What is outdated is dropped.
    pub(super) fn finish_whole(&mut self, whole: Whole) -> bool {
        self.runs = false;
        let is_current = self.owed && whole.edition == self.edition;
        if is_current {
            self.take_whole(whole.outcome);
        }
        is_current
    }

    /// What the last check said about a file.
    pub(crate) fn outcome(&self, path: &Path) -> Option<&Outcome> {
        self.checks.about(path)
    }

    /// The fix of a finding of an outcome, tried on the files of that outcome.
    pub(crate) fn fix_of(&self, finding: &Finding, outcome: &Outcome) -> Option<Fix> {
        let linter = self.linter()?;
        let paths: HashSet<&Path> = outcome.sources.iter().map(|(_, file)| file.path()).collect();
        let path = outcome.file(finding.primary.place)?.path();
        let is_same = |other: &Finding, sources: &Sources| {
            let is_there = sources.get(other.primary.place.file).is_some_and(|file| file.path() == path);
            is_there && other.rule == finding.rule && other.primary.place.span == finding.primary.place.span
        };
        let checked = check(linter, &self.project.part(|path| paths.contains(path)), &is_same);
        let found = checked.findings().find(|other| is_same(other, &checked.sources))?;
        // Where it would change other files, too, it is left to the command.
        let fix = found.fix.as_deref()?;
        fix.edits.iter().all(|edit| edit.place.file == found.primary.place.file).then(|| fix.clone())
    }

    /// All that is to be told about the files.
    pub(crate) fn said(&mut self, buffers: &Buffers, can: Abilities, wants: Options) -> ByFile {
        let (mut said, told) = match take(&mut self.told) {
            Some((key, told)) if key == (can, wants) => (told.clone(), told),
            _ => {
                let sayer = Sayer { area: self, buffers, can };
                let told =
                    self.checks.whole.as_ref().map(|whole| sayer.all(whole, wants)).unwrap_or_default();
                (told.clone(), told)
            }
        };
        self.told = Some(((can, wants), told));
        let sayer = Sayer { area: self, buffers, can };
        if let Some((near, outcome)) = &self.checks.near {
            said.retain(|path, _| !near.contains(path));
            said.extend(sayer.all(outcome, wants));
        }
        sayer.mistakes(&mut said);
        said
    }

    fn read_rules(&self, before: Option<Arc<Linter>>, buffers: &Buffers) -> Rules {
        let built = match self.settings.as_deref().map(|path| read_settings(path, buffers)) {
            None => Linter::builder().build(),
            Some(Ok(settings)) => Linter::builder().settings(settings).build(),
            Some(Err(error)) => Err(BuildError::Settings(error)),
        };
        let (mistakes, why) = match built {
            Ok(linter) => return Rules::Read(Arc::new(linter)),
            Err(
                BuildError::Settings(SettingsError::Mistakes(mistakes))
                | BuildError::Rules(mistakes)
                | BuildError::Dialects(mistakes),
            ) => (mistakes, None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        let linter = before.or_else(|| Linter::builder().build().ok().map(Arc::new));
        Rules::Mistaken { linter, mistakes, why }
    }
}

impl Rules {
    /// The linter that held last.
    fn linter(self) -> Option<Arc<Linter>> {
        match self {
            Self::Unread { before: linter } | Self::Mistaken { linter, .. } => linter,
            Self::Read(linter) => Some(linter),
        }
    }
}

/// Settings with open buffers over them.
fn read_settings(path: &Path, buffers: &Buffers) -> Result<Settings, SettingsError> {
    let unreadable = |source| SettingsError::Unreadable { path: path.to_path_buf(), source };
    let files = Reach::of(path, &folder_of(path)).map_err(unreadable)?;
    let open: BTreeMap<PathBuf, String> =
        buffers.iter().map(|(path, buffer)| (path.to_path_buf(), buffer.text.clone())).collect();
    Settings::read_from(path, Arc::new(Overlaid { files, open }))
}
