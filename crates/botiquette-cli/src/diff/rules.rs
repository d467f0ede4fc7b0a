//! The rules that both versions are read under.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use botiquette::settings::{EXCLUDED, Heed, Settings};
use botiquette::{Linter, NoText};

use super::Arguments;
use super::versions::Version;
use crate::Failure;
use crate::governing::Governing;
use crate::lint::Level;

/// The rules under the settings of the older version, for both. What these exclude gets no text.
pub(super) fn linter(arguments: &Arguments, old: &mut Version, new: &mut Version) -> Result<Linter, Failure> {
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
