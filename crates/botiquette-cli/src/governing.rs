//! Finds the settings for the inputs of a run, on the disk or in a revision: each folder has those of the nearest
//! folder above it that has some, up to the root of the repository.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::fs::{Reach, Revision, plain, read, real};
use botiquette::settings::{
    Excluded, PLACES, Settings, SettingsError, folder_of, holds_settings, is_own_file,
};
use botiquette::source::{Files, MAX_SETTINGS_BYTES};

use super::Failure;

/// More settings files in one run would be a mistake, or somebody's joke.
const MOST_FILES: usize = 256;

/// A settings file.
#[derive(Debug)]
pub(super) struct Governor {
    /// As people see it.
    pub(super) path: PathBuf,
    /// The whole path of the folder that it speaks about.
    folder: PathBuf,
    settings: Result<Settings, SettingsError>,
    excluded: Excluded,
    /// The number of the settings above it.
    above: Option<usize>,
}

/// Folders, and the settings that hold in them.
pub(super) type Governed = (Vec<PathBuf>, Settings);

/// Looks for settings, and remembers what it found.
pub(super) struct Governing<'r> {
    /// The revision that is asked instead of the disk, and the files in it.
    base: Option<(&'r Revision, HashSet<PathBuf>)>,
    /// What the run wants of all settings.
    tune: &'r dyn Fn(&mut Settings),
    here: PathBuf,
    /// Whole paths of folders, and the settings that hold in them.
    folders: HashMap<PathBuf, Option<usize>>,
    all: Vec<Governor>,
    /// Folders that inputs are in.
    asked: BTreeMap<PathBuf, Option<usize>>,
}

impl<'r> Governing<'r> {
    /// Nothing is looked for yet.
    pub(super) fn new(base: Option<&'r Revision>, tune: &'r dyn Fn(&mut Settings)) -> Self {
        let listed = |base: &'r Revision| {
            (base, base.files_below(base.root()).unwrap_or_default().into_iter().collect())
        };
        let here = match base {
            Some(_) => real(Path::new(".")).ok(),
            None => plain(Path::new(".")),
        };
        Self {
            base: base.map(listed),
            tune,
            here: here.unwrap_or_default(),
            folders: HashMap::new(),
            all: Vec::new(),
            asked: BTreeMap::new(),
        }
    }

    /// Finds the settings that hold in a folder. They are part of the run from now on.
    pub(super) fn ask(&mut self, folder: &Path) -> Option<usize> {
        let whole = plain(folder)?;
        let found = self.look(folder);
        self.asked.insert(whole, found);
        found
    }

    /// The same for a file.
    pub(super) fn of_file(&mut self, path: &Path) -> Option<usize> {
        self.ask(path.parent().unwrap_or_else(|| Path::new("")))
    }

    /// Finds the settings that hold for a file, which may be left out yet.
    pub(super) fn would_hold(&mut self, path: &Path) -> Option<usize> {
        self.look(path.parent().unwrap_or_else(|| Path::new("")))
    }

    fn look(&mut self, folder: &Path) -> Option<usize> {
        let whole = plain(folder)?;
        if let Some(known) = self.asked.get(&whole) {
            return *known;
        }
        // In a revision there are no links.
        let real = match self.base {
            Some(_) => real(folder).unwrap_or(whole),
            None => whole,
        };
        self.nearest(&real)
    }

    /// Whether the folder of these settings, or one above it, is left out by the settings above it.
    pub(super) fn is_left_out(&self, number: usize) -> bool {
        let mut number = number;
        while let Some(governor) = self.all.get(number) {
            let Some(above) = governor.above else { return false };
            if self.all.get(above).is_some_and(|above| above.excluded.holds(&governor.folder.join("x"))) {
                return true;
            }
            number = above;
        }
        false
    }

    /// What these settings exclude.
    pub(super) fn excluded(&self, number: usize) -> Option<&Excluded> {
        self.all.get(number).map(|governor| &governor.excluded)
    }

    /// The settings of a whole folder: its own, or the nearest above it.
    fn nearest(&mut self, folder: &Path) -> Option<usize> {
        // Those above come first, so that each knows what is above it.
        let mut open: Vec<&Path> = Vec::new();
        let mut found = None;
        for ancestor in folder.ancestors() {
            if let Some(known) = self.folders.get(ancestor) {
                found = *known;
                break;
            }
            open.push(ancestor);
            if self.is_root(ancestor) {
                break;
            }
        }
        for ancestor in open.into_iter().rev() {
            if let Some(path) = self.file_in(ancestor) {
                found = Some(self.read(path, ancestor, found));
            }
            self.folders.insert(ancestor.to_path_buf(), found);
        }
        found
    }

    fn is_root(&self, folder: &Path) -> bool {
        match &self.base {
            Some((base, _)) => folder == base.root(),
            None => folder.join(".git").exists(),
        }
    }

    /// The settings file of a folder.
    fn file_in(&self, folder: &Path) -> Option<PathBuf> {
        PLACES.iter().map(|name| folder.join(name)).find(|path| match &self.base {
            Some((base, listed)) => {
                listed.contains(path)
                    && (is_own_file(path) || holds(path, base.read(path, MAX_SETTINGS_BYTES).ok()))
            }
            None => path.is_file() && (is_own_file(path) || holds(path, read(path, MAX_SETTINGS_BYTES).ok())),
        })
    }

    fn read(&mut self, path: PathBuf, folder: &Path, above: Option<usize>) -> usize {
        let path = path.strip_prefix(&self.here).map(Path::to_path_buf).unwrap_or(path);
        let read = match &self.base {
            Some((base, _)) => Settings::read_from(&path, Arc::new(Reach::at(base)) as Arc<dyn Files>),
            None => Settings::read(&path),
        };
        let settings = read.map(|mut settings| {
            (self.tune)(&mut settings);
            settings
        });
        let excluded = settings.as_ref().map(Settings::excluded).unwrap_or_default();
        self.all.push(Governor { path, folder: folder.to_path_buf(), settings, excluded, above });
        self.all.len() - 1
    }

    /// The path of the settings of each folder that was asked about.
    pub(super) fn paths(&self) -> BTreeMap<&Path, Option<&Path>> {
        let path = |number: &usize| self.all.get(*number).map(|governor| governor.path.as_path());
        self.asked.iter().map(|(folder, number)| (folder.as_path(), number.as_ref().and_then(path))).collect()
    }

    /// The settings that hold anywhere, each with its folders; and the folders that have none.
    pub(super) fn done(self) -> Result<(Vec<Governed>, Vec<PathBuf>), Failure> {
        let mut bare = Vec::new();
        let mut folders: BTreeMap<usize, Vec<PathBuf>> = BTreeMap::new();
        for (folder, number) in self.asked {
            match number {
                Some(number) => folders.entry(number).or_default().push(folder),
                None => bare.push(folder),
            }
        }
        if folders.len() > MOST_FILES {
            return Err(Failure::Usage(format!(
                "more than {MOST_FILES} settings files hold for these inputs; name one for all with --config"
            )));
        }
        let mut found = Vec::new();
        let mut mistakes = Vec::new();
        for (number, governor) in self.all.into_iter().enumerate() {
            let Some(mut folders) = folders.remove(&number) else { continue };
            match governor.settings {
                Ok(settings) => {
                    // What it says about its own file is judged by itself.
                    folders.push(folder_of(&governor.path));
                    found.push((folders, settings));
                }
                Err(SettingsError::Mistakes(more)) => mistakes.extend(more),
                Err(error) => return Err(Failure::Settings(error)),
            }
        }
        if mistakes.is_empty() {
            Ok((found, bare))
        } else {
            Err(Failure::Settings(SettingsError::Mistakes(mistakes)))
        }
    }
}

fn holds(path: &Path, text: Option<String>) -> bool {
    text.is_some_and(|text| holds_settings(path, &text))
}

/// The folder that all paths have in common.
pub(super) fn in_common(paths: &[PathBuf]) -> Option<PathBuf> {
    let folders = paths.iter().filter_map(|path| {
        let whole = plain(path)?;
        if path.is_dir() { Some(whole) } else { whole.parent().map(Path::to_path_buf) }
    });
    folders.reduce(|common, folder| {
        let both = common.ancestors().find(|ancestor| folder.starts_with(ancestor));
        both.map(Path::to_path_buf).unwrap_or_default()
    })
}

/// The settings that hold in the current folder, without what a run wants of them.
pub(super) fn here() -> Result<Settings, Failure> {
    let tune = |_: &mut Settings| {};
    let mut governing = Governing::new(None, &tune);
    governing.ask(Path::new("."));
    let (found, _) = governing.done()?;
    Ok(found.into_iter().next().map(|(_, settings)| settings).unwrap_or_default())
}

/// The whole path of the settings file that holds for a file.
pub(super) fn of(file: &Path) -> Option<PathBuf> {
    let tune = |_: &mut Settings| {};
    let mut governing = Governing::new(None, &tune);
    let number = governing.of_file(file)?;
    plain(&governing.all.get(number)?.path)
}

/// All settings files that hold for these paths, to see whether they change.
pub(super) fn watched(paths: &[PathBuf]) -> BTreeSet<PathBuf> {
    let tune = |_: &mut Settings| {};
    let mut governing = Governing::new(None, &tune);
    for path in paths {
        if path.is_dir() {
            governing.ask(path)
        } else {
            governing.of_file(path)
        };
    }
    governing.paths().into_values().flatten().map(Path::to_path_buf).collect()
}
