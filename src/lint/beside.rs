//! Files that are no bot's by themselves but stand beside a bot's.

use std::collections::HashSet;
use std::path::Path;

use super::understand::Understood;
use crate::diagnostic::FileStatus;
use crate::dialect::{self, Origin};
use crate::source::{FileId, Sources};

/// So few files, all in one folder, were meant by whoever named the folder.
const FEW_FILES: usize = 6;

/// The files that a search found and that are no bot's by themselves, in folders that hold the file of a home-made bot,
/// or nothing but a few files: their places in the list.
pub(super) fn beside_bots(understood: &[Understood], sources: &Sources) -> Vec<(usize, FileId, Origin)> {
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
