//! From paths to the inputs of a run: searched, left out where the settings say so, and read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::fs::{Revision, read, real};
use botiquette::settings::{Heed, Settings};
use botiquette::source::MAX_FILE_BYTES;
use botiquette::syntax::Syntax;
use botiquette::{Input, Loaded, NoText};
use rayon::prelude::*;

use super::discover::{Candidate, Discovery, Ignores, discover_with};

/// Finds and reads what is at these paths, in parallel, in their order. `base` is the revision that the run trusts,
/// where it does not obey the ignore files of the working tree.
#[must_use]
pub fn load(paths: &[PathBuf], settings: &Settings, base: Option<&Revision>) -> Vec<Input> {
    let excluded = settings.excluded();
    let (discovery, hidden) = search(paths, settings, base);
    let mut inputs: Vec<Input> =
        discovery.problems.iter().map(|problem| Input::Problem(problem.to_string())).collect();
    let one = |Candidate { path, named }: Candidate| {
        let text = match excluded.because(&path, named) {
            Some(because) => Err(NoText::Excluded(because)),
            None => read(&path, MAX_FILE_BYTES).map_err(|error| NoText::Unread(Arc::new(error))),
        };
        let hidden = hidden.contains(&path);
        Input::File(Loaded { path, named, hidden, text })
    };
    // Starting threads for a single file would take longer than reading it.
    if discovery.files.len() < 2 {
        inputs.extend(discovery.files.into_iter().map(one));
    } else {
        inputs.par_extend(discovery.files.into_par_iter().map(one));
    }
    inputs
}

/// The files of the run, and those of them that ignore files hide although git keeps them.
fn search(paths: &[PathBuf], settings: &Settings, base: Option<&Revision>) -> (Discovery, HashSet<PathBuf>) {
    let find = |ignores| discover_with(paths, |path| Syntax::from_path(path).is_some(), ignores);
    let Some(base) = base else {
        let ignores = match settings.heed {
            Heed::Nothing => Ignores::Unheeded,
            Heed::Everything | Heed::AsIn(_) => Ignores::Heeded,
        };
        return (find(ignores), HashSet::new());
    };
    let mut all = find(Ignores::Unheeded);
    let shown: HashSet<PathBuf> = find(Ignores::Heeded).files.into_iter().map(|file| file.path).collect();
    // Where git cannot say what it keeps, nothing is left out.
    let tracked = base.tracked().ok();
    let is_tracked = |path: &Path| {
        tracked.as_ref().is_none_or(|tracked| real(path).is_ok_and(|path| tracked.contains(&path)))
    };
    all.files.retain(|file| shown.contains(&file.path) || is_tracked(&file.path));
    let hidden =
        all.files.iter().map(|file| file.path.clone()).filter(|path| !shown.contains(path)).collect();
    (all, hidden)
}
