//! Inputs to texts. Files without one end here, as an outcome or a problem of the report.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::{Input, Loaded, NoText};
use super::understand::refused;
use crate::diagnostic::Report;
use crate::settings::{EXCLUDED_INPUT, Scopes};
use crate::source::{FileId, MAX_FILE_BYTES, SourceFile, Sources, decode_within, spelled};

/// The files of a run that have a text.
#[derive(Default)]
pub(super) struct Texts {
    /// Each with whether the user named it.
    pub(super) files: Vec<(FileId, bool)>,
    /// Those that ignore files would hide, were they heeded.
    pub(super) hidden: Vec<FileId>,
}

/// Puts the texts of the inputs into `sources`, in their order.
pub(super) fn load(
    inputs: Vec<Input>,
    scopes: &Scopes<'_>,
    report: &mut Report,
    sources: &mut Sources,
) -> Texts {
    let mut texts = Texts::default();
    for file in loaded(inputs, scopes, report) {
        match file.text {
            Ok(text) => {
                let id = sources.push(SourceFile::new(file.path, text));
                texts.files.push((id, file.named));
                texts.hidden.extend(file.hidden.then_some(id));
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
    texts
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
