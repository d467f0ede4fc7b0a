//! From paths to the inputs of a run: searched, left out where the settings say so, and read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::fs::{Revision, read, real};
use botiquette::source::MAX_FILE_BYTES;
use botiquette::syntax::Syntax;
use botiquette::{Input, Loaded, NoText};
use rayon::prelude::*;

use super::discover::{Candidate, Discovery, Ignores, discover_with};

/// What a run looks at.
#[derive(Debug)]
pub struct Search {
    problems: Vec<String>,
    /// Each file, and why it is left out, if it is.
    files: Vec<(Candidate, Option<&'static str>)>,
    /// Files that ignore files hide although git keeps them.
    hidden: HashSet<PathBuf>,
}

impl Search {
    /// Finds what is at these paths, in their order. `base` is the revision that the run trusts, where it does not
    /// obey the ignore files of the working tree. `excluded` says why a file is left out.
    #[must_use]
    pub fn new(
        paths: &[PathBuf],
        ignores: Ignores,
        base: Option<&Revision>,
        mut excluded: impl FnMut(&Candidate) -> Option<&'static str>,
    ) -> Self {
        let (discovery, hidden) = search(paths, ignores, base);
        let problems = discovery.problems.iter().map(ToString::to_string).collect();
        let files = discovery.files.into_iter().map(|file| {
            let because = excluded(&file);
            (file, because)
        });
        Self { problems, files: files.collect(), hidden }
    }

    /// The files that are looked at.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter(|(_, because)| because.is_none()).map(|(file, _)| file.path.as_path())
    }

    /// Reads the files, in parallel.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        let mut inputs: Vec<Input> = self.problems.iter().cloned().map(Input::Problem).collect();
        let one = |(Candidate { path, named }, because): &(Candidate, Option<&'static str>)| {
            let text = match because {
                Some(because) => Err(NoText::Excluded(because)),
                None => read(path, MAX_FILE_BYTES).map_err(|error| NoText::Unread(Arc::new(error))),
            };
            let hidden = self.hidden.contains(path);
            Input::File(Loaded { path: path.clone(), named: *named, hidden, text })
        };
        // Starting threads for a single file would take longer than reading it.
        if self.files.len() < 2 {
            inputs.extend(self.files.iter().map(one));
        } else {
            inputs.par_extend(self.files.par_iter().map(one));
        }
        inputs
    }
}

/// The files of the run, and those of them that ignore files hide although git keeps them.
fn search(paths: &[PathBuf], ignores: Ignores, base: Option<&Revision>) -> (Discovery, HashSet<PathBuf>) {
    let find = |ignores| discover_with(paths, |path| Syntax::from_path(path).is_some(), ignores);
    let Some(base) = base else {
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
