//! Settings that come with a project of `batch`, used only if the caller asks. They reach files of the project, never
//! the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::settings::{PLACES, Settings, SettingsError, folder_of, holds_settings};

/// More settings files in one project would be somebody's joke.
const MOST: usize = 256;

/// Folders of a project, each with the settings in it.
pub(super) type Own = Vec<(PathBuf, Settings)>;

/// Reads the settings of a project; empty where it has none.
///
/// # Errors
/// Mistakes in them, or too many of them, as a sentence.
pub(super) fn read(files: &BTreeMap<PathBuf, String>, tune: impl Fn(&mut Settings)) -> Result<Own, String> {
    let folders: BTreeSet<PathBuf> =
        files.keys().filter(|path| could_be(path)).map(|path| folder_of(path)).collect();
    let holds = |path: &PathBuf| files.get(path).is_some_and(|text| holds_settings(path, text));
    let found: Vec<(PathBuf, PathBuf)> = folders
        .into_iter()
        .filter_map(|folder| Some((PLACES.iter().map(|name| folder.join(name)).find(holds)?, folder)))
        .collect();
    if found.len() > MOST {
        return Err(format!("more than {MOST} settings files"));
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let all = Arc::new(files.clone());
    let one = |(path, folder): (PathBuf, PathBuf)| {
        let mut settings = Settings::read_from(&path, all.clone()).map_err(|error| first(&error))?;
        tune(&mut settings);
        Ok((folder, settings))
    };
    found.into_iter().map(one).collect()
}

/// The first of the mistakes.
pub(super) fn first(error: &SettingsError) -> String {
    match error {
        SettingsError::Mistakes(mistakes) => mistakes.first().map(ToString::to_string).unwrap_or_default(),
        other => other.to_string(),
    }
}

fn could_be(path: &Path) -> bool {
    let name = path.file_name();
    PLACES.iter().any(|place| Path::new(place).file_name() == name)
}
