//! Judges a change by an older revision: which suppressions in comments were there already, and where settings,
//! comments and ignore files now let more pass.

use std::collections::HashMap;

use super::exceptions::of_comments;
use crate::diagnostic::suppress::{Exception, Scope};
use crate::diagnostic::{FileOutcome, FileStatus, Label};
use crate::settings::Looser;
use crate::source::{Earlier, FileId, Place, SourceFile, Sources, Span};
use crate::syntax::{Syntax, parse};

/// What makes two suppressions the same: the rules, the reason, and the words that they are about.
type Key = (Vec<String>, String, Vec<String>);

/// Keeps the suppressions that stand in the revision, about the same words. Returns the places of the others.
pub(crate) fn keep_known(
    exceptions: &mut Vec<Exception>,
    revision: &dyn Earlier,
    sources: &Sources,
) -> Vec<Label> {
    let mut known: HashMap<FileId, HashMap<Key, usize>> = HashMap::new();
    let mut new = Vec::new();
    exceptions.retain(|exception| {
        let file = exception.place.file;
        let Some(source) = sources.get(file) else { return false };
        let known = known.entry(file).or_insert_with(|| of_revision(file, source, revision));
        // As often as it stood there: a copy of it is new.
        if let Some(left) = known.get_mut(&key(exception, source.text())).filter(|left| **left > 0) {
            *left -= 1;
            return true;
        }
        let text = format!("not so in {}, so it suppresses nothing", revision.name());
        new.push(Label { place: exception.place, text });
        false
    });
    new
}

/// The suppressions of a file in the revision, and how often each stands there. None where it cannot be read.
fn of_revision(file: FileId, source: &SourceFile, revision: &dyn Earlier) -> HashMap<Key, usize> {
    let mut keys = HashMap::new();
    let Some(text) = revision.text(source.path()) else { return keys };
    let parsed = parse(&text, Syntax::from_path(source.path()).unwrap_or_else(|| Syntax::guess(&text)));
    for exception in of_comments(file, &parsed.tree).exceptions {
        *keys.entry(key(&exception, &text)).or_default() += 1;
    }
    keys
}

fn key(exception: &Exception, text: &str) -> Key {
    let rules = exception.rules.iter().map(|(name, _)| name.clone()).collect();
    // A checkout may have other line breaks than the revision.
    let plain = |text: &str| text.replace("\r\n", "\n");
    let about = match &exception.scope {
        Scope::Parts(_, parts) => parts.iter().map(|part| plain(part.slice(text))).collect(),
        Scope::Files(..) => vec![plain(text)],
    };
    (rules, exception.reason.clone(), about)
}

/// The places at which proposed settings are looser.
pub(crate) fn of_settings(proposed: &[Looser], sources: &mut Sources) -> Vec<Label> {
    let mut files: HashMap<&std::path::Path, FileId> = HashMap::new();
    let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let label = |looser: &'_ Looser, file| {
        let span = Span::new(offset(looser.at.start), offset(looser.at.end));
        Label { place: Place { file, span }, text: looser.what.clone() }
    };
    let mut labels = Vec::new();
    for looser in proposed {
        let file = files
            .entry(&looser.path)
            .or_insert_with(|| sources.push(SourceFile::new(looser.path.clone(), looser.text.clone())));
        labels.push(label(looser, *file));
    }
    labels
}

/// Configurations that an ignore file hides from a search although git keeps them.
pub(crate) fn of_ignore_files(hidden: &[FileId], files: &[FileOutcome]) -> Vec<Label> {
    let linted = |file: &&FileId| {
        files.iter().any(|outcome| outcome.file == **file && outcome.status == FileStatus::Linted)
    };
    let label = |file: &FileId| Label {
        place: Place { file: *file, span: Span::at(0) },
        text: "an ignore file hides this configuration; it is linted all the same".to_owned(),
    };
    hidden.iter().filter(linted).map(label).collect()
}
