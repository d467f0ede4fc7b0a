//! Suppressions: comments for all findings are put into a file on the disk. Read again, it says the same, and no
//! finding counts that could be suppressed; or the file is left alone with a reason.

use std::fs;
use std::path::Path;

use botiquette::diagnostic::{FileStatus, Finding};
use botiquette::exempt::exempt;
use botiquette::syntax::{Syntax, parse};
use botiquette::{Input, Outcome, Request, lint};

use super::Case;
use super::case::below;
use super::lint::rulebook;
use super::syntax::outline;

const REASON: &str = "shown on purpose";

pub(super) fn run(case: &Case) {
    let (name, text) = case.first();
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = below(folder.path(), name);
    let written = path.parent().is_some_and(|parent| fs::create_dir_all(parent).is_ok());
    if !written || fs::write(&path, text).is_err() {
        return;
    }
    if text.contains(REASON) {
        return;
    }
    let before = lint_file(&path);
    if before.report.live().next().is_none() {
        return;
    }
    let done = exempt(&before.report, &before.sources, REASON, folder.path());
    let Ok(edited) = fs::read_to_string(&path) else { panic!("the file is gone") };
    if done.written.is_empty() {
        assert_eq!(edited, text, "changed, and not said");
        return;
    }
    let syntax = Syntax::from_path(&path).unwrap_or_else(|| Syntax::guess(text));
    let (old, new) = (parse(text, syntax), parse(&edited, syntax));
    assert_eq!(outline(&old.tree), outline(&new.tree), "it says something else:\n{edited}");
    assert_eq!(without_comments(&edited), text, "more than comments was changed");
    let after = lint_file(&path);
    let left: Vec<&str> = after
        .report
        .live()
        .filter(|finding| can_be_suppressed(finding))
        .map(|finding| finding.rule.as_ref())
        .collect();
    assert!(left.is_empty(), "still found: {left:?}\n{edited}");
    assert!(after.report.files.iter().all(|file| file.status == FileStatus::Linted));
}

/// The text without the comments that were put into it, their indentation and line breaks.
fn without_comments(edited: &str) -> String {
    let mut text = String::new();
    for line in edited.split_inclusive('\n') {
        let mark =
            ["# botiquette: ignore[", "// botiquette: ignore["].iter().find_map(|mark| line.find(mark));
        match mark.filter(|_| line.contains(REASON)) {
            Some(mark) => text.push_str(line.get(..mark).unwrap_or_default().trim_end_matches([' ', '\t'])),
            None => text.push_str(line),
        }
    }
    text
}

fn lint_file(path: &Path) -> Outcome {
    lint(&Request { inputs: vec![Input::Path(path.to_path_buf())], dialect: None, rulebook: rulebook() })
}

fn can_be_suppressed(finding: &Finding) -> bool {
    !["unused-suppression", "suppression-without-reason", "syntax-error"].contains(&finding.rule.as_ref())
}
