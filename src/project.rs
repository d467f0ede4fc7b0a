//! The files of a run as texts: what is on a disk, and what is open in an editor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::fs::lexical;
use crate::lint::{Input, Loaded, NoText};
use crate::settings::{Excluded, Settings};
use crate::source::{MAX_FILE_BYTES, decode_within};

/// Files by their paths, each with its text. They are linted together, in the order of their paths: an account that
/// is spread over several files is one account.
///
/// Paths are names: nothing is read from a disk. Settings apply to them as they would to files.
#[derive(Clone, Debug, Default)]
pub struct Project {
    files: BTreeMap<PathBuf, Entry>,
}

#[derive(Clone, Debug, Default)]
struct Entry {
    text: Option<String>,
    /// What an editor shows instead.
    open: Option<String>,
    named: bool,
}

impl Project {
    /// A project without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or gives it another text. It counts as found in a folder: if it is no bot's configuration,
    /// nobody is told.
    pub fn add(&mut self, path: impl AsRef<Path>, text: impl Into<String>) {
        self.entry(path.as_ref()).text = Some(text.into());
    }

    /// The same for a file that somebody asks about, as if it were named on the command line: it gets the benefit
    /// of the doubt.
    pub fn add_named(&mut self, path: impl AsRef<Path>, text: impl Into<String>) {
        let entry = self.entry(path.as_ref());
        entry.text = Some(text.into());
        entry.named = true;
    }

    /// Lays the text of an open buffer over a file, which need not be there, until it is closed.
    pub fn open(&mut self, path: impl AsRef<Path>, text: impl Into<String>) {
        self.entry(path.as_ref()).open = Some(text.into());
    }

    /// Takes the text of the open buffer away: the file's own text counts again, if it has one.
    pub fn close(&mut self, path: impl AsRef<Path>) {
        let path = lexical(path.as_ref());
        if let Some(entry) = self.files.get_mut(&path) {
            entry.open = None;
            if entry.text.is_none() {
                self.files.remove(&path);
            }
        }
    }

    /// Takes the file's own text away, as when it is deleted: the open buffer counts on, if there is one.
    pub fn forget(&mut self, path: impl AsRef<Path>) {
        let path = lexical(path.as_ref());
        if let Some(entry) = self.files.get_mut(&path) {
            entry.text = None;
            if entry.open.is_none() {
                self.files.remove(&path);
            }
        }
    }

    /// Takes a file out, with its open buffer.
    pub fn remove(&mut self, path: impl AsRef<Path>) {
        self.files.remove(&lexical(path.as_ref()));
    }

    /// The text of a file as it counts: that of its open buffer, or else its own.
    #[must_use]
    pub fn text(&self, path: impl AsRef<Path>) -> Option<&str> {
        self.files.get(&lexical(path.as_ref()))?.counts()
    }

    /// The paths of the files, in the order in which they are linted.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }

    fn entry(&mut self, path: &Path) -> &mut Entry {
        self.files.entry(lexical(path)).or_default()
    }

    /// Those files that are wanted, as a project of their own: an editor need not look again at what was no bot's
    /// configuration and has not changed.
    #[must_use]
    pub fn part(&self, wanted: impl Fn(&Path) -> bool) -> Self {
        let files = self.files.iter().filter(|(path, _)| wanted(path));
        Self { files: files.map(|(path, entry)| (path.clone(), entry.clone())).collect() }
    }

    /// The inputs of a run under the settings that govern each: a text gets the treatment of a file's bytes.
    pub(crate) fn inputs<'s>(&self, settings: &dyn Fn(&Path) -> &'s Settings) -> Vec<Input> {
        let mut known: Vec<(&Settings, Excluded)> = Vec::new();
        let mut because = |path: &Path, named| {
            let governing = settings(path);
            if !known.iter().any(|(settings, _)| std::ptr::eq(*settings, governing)) {
                known.push((governing, governing.excluded()));
            }
            let excluded = known.iter().find(|(settings, _)| std::ptr::eq(*settings, governing));
            excluded.and_then(|(_, excluded)| excluded.because(path, named))
        };
        let input = |(path, entry): (&PathBuf, &Entry)| {
            let text = entry.counts()?;
            let text = match because(path, entry.named) {
                Some(because) => Err(NoText::Excluded(because)),
                None => decode_within(text.to_owned().into_bytes(), MAX_FILE_BYTES)
                    .map_err(|error| NoText::Unread(Arc::new(error))),
            };
            Some(Input::File(Loaded { path: path.clone(), named: entry.named, hidden: false, text }))
        };
        self.files.iter().filter_map(input).collect()
    }
}

impl Entry {
    fn counts(&self) -> Option<&str> {
        self.open.as_deref().or(self.text.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(project: &Project) -> Vec<(String, String)> {
        let settings = Settings::default();
        let inputs = project.inputs(&|_| &settings);
        let text = |input| match input {
            Input::File(Loaded { path, text: Ok(text), .. }) => Some((path.display().to_string(), text)),
            _ => None,
        };
        inputs.into_iter().filter_map(text).collect()
    }

    #[test]
    fn an_open_buffer_lies_over_its_file() {
        let owned = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
        };
        let mut project = Project::new();
        project.open("./b.yaml", "typed");
        project.add("b.yaml", "saved");
        project.open("new.yaml", "unsaved");
        project.add("x/../a.yaml", "first");
        assert_eq!(
            texts(&project),
            owned(&[("a.yaml", "first"), ("b.yaml", "typed"), ("new.yaml", "unsaved")])
        );
        assert_eq!(project.text("x/../b.yaml"), Some("typed"));
        assert_eq!(texts(&project.part(|path| path == Path::new("a.yaml"))), owned(&[("a.yaml", "first")]));
        project.close("x/../b.yaml");
        project.close("new.yaml");
        assert_eq!(texts(&project), owned(&[("a.yaml", "first"), ("b.yaml", "saved")]));
        assert_eq!((project.text("b.yaml"), project.text("new.yaml")), (Some("saved"), None));
        project.remove("./a.yaml");
        project.open("b.yaml", "typed");
        project.forget("b.yaml");
        assert_eq!(project.text("b.yaml"), Some("typed"));
        project.forget("nothing.yaml");
        assert_eq!(project.paths().collect::<Vec<_>>(), [Path::new("b.yaml")]);
    }
}
