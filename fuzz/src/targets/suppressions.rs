//! Suppressions: comments for all findings are put into a text. Read again, it says the same, and no
//! finding counts that could be suppressed; or the text is left alone with a reason.

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
    // Below a folder that is not there: the same on every disk.
    let path = below(Path::new("fuzzed"), name);
    if text.contains(REASON) {
        return;
    }
    let before = lint_text(&path, text);
    if before.report.live().next().is_none() {
        return;
    }
    let text_of = |_: &Path| Ok(text.to_owned());
    let done = exempt(&before.report, &before.sources, REASON, Path::new(""), &text_of);
    let [edited] = done.edited.as_slice() else { return };
    let edited = edited.text.as_str();
    let syntax = Syntax::from_path(&path).unwrap_or_else(|| Syntax::guess(text));
    let (old, new) = (parse(text, syntax), parse(edited, syntax));
    assert_eq!(outline(&old.tree), outline(&new.tree), "it says something else:\n{edited}");
    assert_eq!(without_comments(edited), text, "more than comments was changed");
    let after = lint_text(&path, edited);
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

fn lint_text(path: &Path, text: &str) -> Outcome {
    let input = Input::Stdin { name: path.display().to_string(), bytes: text.as_bytes().to_vec() };
    lint(&Request { inputs: vec![input], dialect: None, rulebook: rulebook() })
}

fn can_be_suppressed(finding: &Finding) -> bool {
    !["unused-suppression", "suppression-without-reason", "syntax-error"].contains(&finding.rule.as_ref())
}
