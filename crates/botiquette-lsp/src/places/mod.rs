//! The folders of the client and the files in them, kept together by the settings that hold for them: what is found
//! under one settings file in one folder is one [`Area`] and is checked together.

mod area;
mod checks;
mod later;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use botiquette::fs::read;
use botiquette::settings::{is_own_file, is_shared_file};
use botiquette::source::MAX_FILE_BYTES;
use botiquette::syntax::Syntax;
use lsp_types::FileChangeType;

use crate::buffers::Buffers;
use crate::disk::Disk;

pub(crate) use area::Area;
pub(crate) use later::{Later, Whole};

/// A folder, and the settings that hold for some of its files.
type Key = (PathBuf, Option<PathBuf>);

/// Where everything is.
pub(crate) struct Places<'d> {
    disk: &'d dyn Disk,
    folders: BTreeSet<PathBuf>,
    areas: BTreeMap<Key, Area>,
    /// The settings that hold in each folder, once found.
    nearest: HashMap<PathBuf, Option<PathBuf>>,
    /// The number of the next area.
    next: u64,
}

impl<'d> Places<'d> {
    pub(crate) fn new(disk: &'d dyn Disk) -> Self {
        Self { disk, folders: BTreeSet::new(), areas: BTreeMap::new(), nearest: HashMap::new(), next: 0 }
    }

    /// Takes in a folder with what is in it; of folders within each other, each file belongs to the inner one.
    pub(crate) fn add_folder(&mut self, folder: PathBuf, buffers: &Buffers) {
        if self.folders.insert(folder.clone()) {
            self.load(&folder, buffers);
            if let Some(outer) = self.around(folder.parent()) {
                self.load(&outer, buffers);
            }
        }
    }

    pub(crate) fn remove_folder(&mut self, folder: &Path, buffers: &Buffers) {
        if !self.folders.remove(folder) {
            return;
        }
        self.areas.retain(|(of, _), _| of != folder);
        if let Some(outer) = self.around(Some(folder)) {
            self.load(&outer, buffers);
        }
        // What is still open is looked at alone.
        for (path, buffer) in buffers.iter().filter(|(path, _)| path.starts_with(folder)) {
            self.open(path, &buffer.text);
        }
    }

    /// Reads a folder anew.
    fn load(&mut self, folder: &Path, buffers: &Buffers) {
        self.areas.retain(|(of, _), _| of != folder);
        self.nearest.clear();
        for path in self.disk.files(folder) {
            if self.around(path.parent()).is_some_and(|around| around == folder) {
                self.read(&path);
            }
        }
        for (path, buffer) in buffers.iter().filter(|(path, _)| path.starts_with(folder)) {
            self.open(path, &buffer.text);
        }
    }

    /// The client's folder that holds a path.
    fn around(&self, path: Option<&Path>) -> Option<PathBuf> {
        path?.ancestors().find(|folder| self.folders.contains(*folder)).map(Path::to_path_buf)
    }

    fn key(&mut self, path: &Path) -> Key {
        let own = path.parent().unwrap_or(path).to_path_buf();
        let folder = self.around(Some(&own)).unwrap_or_else(|| own.clone());
        let disk = self.disk;
        // A settings file holds for itself, too.
        let settings = self.nearest.entry(own).or_insert_with(|| disk.settings(path)).clone();
        (folder, settings)
    }

    pub(crate) fn of(&mut self, path: &Path) -> &mut Area {
        let key = self.key(path);
        let settings = key.1.clone();
        let next = &mut self.next;
        self.areas.entry(key).or_insert_with(|| {
            *next += 1;
            Area::new(*next, settings)
        })
    }

    /// Takes what a later check has found; returns whether it counts.
    pub(crate) fn finish(&mut self, whole: Whole) -> bool {
        let area = self.areas.values_mut().find(|area| area.number() == whole.number);
        area.is_some_and(|area| area.finish_whole(whole))
    }

    pub(crate) fn open(&mut self, path: &Path, text: &str) {
        if could_be(path) {
            self.of(path).open(path, text);
        }
        self.changed_toml(path);
    }

    pub(crate) fn close(&mut self, path: &Path) {
        // Not every client tells what it has saved.
        if self.has_saved(path) {
            self.read(path);
        }
        self.of(path).close(path);
        self.changed_toml(path);
    }

    /// Takes the saved text of a file, if there is one.
    fn read(&mut self, path: &Path) {
        match read(path, MAX_FILE_BYTES) {
            Ok(text) => self.of(path).save(path, text),
            Err(_) => self.of(path).delete(path),
        }
    }

    /// Takes note of what has changed on the disk.
    pub(crate) fn on_disk(&mut self, events: Vec<(PathBuf, FileChangeType)>, buffers: &Buffers) {
        let mut stale = BTreeSet::new();
        for (path, what) in events {
            let name = path.file_name().unwrap_or_default();
            // Settings in a file of other things come and go with its text.
            let moves_borders =
                what != FileChangeType::CHANGED && is_own_file(&path) || is_shared_file(&path);
            let hides = name == ".gitignore" || name == ".ignore";
            let folder = self.around(path.parent());
            if moves_borders {
                self.resettle(buffers);
            }
            if moves_borders || hides {
                stale.extend(folder);
            } else if what == FileChangeType::DELETED {
                self.delete(&path);
            } else if self.has_saved(&path) {
                self.read(&path);
            } else if could_be(&path) {
                // It is new, and only a search knows whether it is ignored.
                stale.extend(folder);
            }
            self.changed_toml(&path);
        }
        stale.iter().for_each(|folder| self.search(folder, buffers));
    }

    /// Looks again which files there are; texts that are known are not read again, unless settings moved.
    fn search(&mut self, folder: &Path, buffers: &Buffers) {
        self.nearest.clear();
        let found = self.disk.files(folder);
        let mine: Vec<PathBuf> = found
            .into_iter()
            .filter(|path| self.around(path.parent()).is_some_and(|of| of == folder))
            .collect();
        let of_folder = |of: &Path| of == folder;
        let known: Vec<(Key, PathBuf)> = self
            .areas
            .iter()
            .filter(|((of, _), _)| of_folder(of))
            .flat_map(|(key, area)| area.saved().map(|path| (key.clone(), path.to_path_buf())))
            .collect();
        let found: BTreeSet<&PathBuf> = mine.iter().collect();
        let mut settled = BTreeSet::new();
        for (key, path) in known {
            let right = found.contains(&path) && self.key(&path) == key;
            if right {
                settled.insert(path);
            } else if let Some(area) = self.areas.get_mut(&key) {
                area.close(&path);
                area.delete(&path);
            }
        }
        for path in mine.iter().filter(|path| !settled.contains(*path)) {
            self.read(path);
        }
        for (path, buffer) in buffers.iter().filter(|(path, _)| path.starts_with(folder)) {
            self.open(path, &buffer.text);
        }
    }

    /// Other settings may hold for what is open.
    fn resettle(&mut self, buffers: &Buffers) {
        self.nearest.clear();
        for (path, buffer) in buffers.iter() {
            self.areas.values_mut().for_each(|area| area.close(path));
            self.open(path, &buffer.text);
        }
    }

    /// A file, or a folder with all that was in it.
    fn delete(&mut self, path: &Path) {
        for area in self.areas.values_mut() {
            area.delete_below(path);
        }
    }

    fn has_saved(&self, path: &Path) -> bool {
        self.areas.values().any(|area| area.has_saved(path))
    }

    /// Settings and rules may have changed with a file.
    fn changed_toml(&mut self, path: &Path) {
        if path.extension().is_some_and(|extension| extension == "toml" || extension == "json") {
            self.areas.values_mut().filter(|area| area.reads(path)).for_each(Area::forget_rules);
        }
    }

    /// The areas that have something, in order.
    pub(crate) fn areas(&mut self) -> impl Iterator<Item = &mut Area> {
        self.areas.retain(|_, area| !area.is_empty());
        self.areas.values_mut()
    }
}

/// Whether a file of this name is read.
fn could_be(path: &Path) -> bool {
    Syntax::from_path(path).is_some()
}
