//! What is wrong with the words of a dialect file: the reader of conduct files is asked, and its remarks become
//! mistakes at their places. And that there are examples of both kinds.

use std::collections::BTreeSet;
use std::path::Path;

use super::Described;
use super::examples;
use super::file::COMMON;
use super::piece::{Piece, What};
use super::sample::Sample;
use crate::dialect::conduct::NO_VERB;
use crate::dialect::{Candidate, Lowered, Remark, conduct};
use crate::rules::{Problem, RuleFile, Value};
use crate::source::{FileId, Span};
use crate::syntax::{Draft, Syntax};

/// All words of a file are seen in so many samples of it.
const MOST_SAMPLES: usize = 250;

/// Every mistake that shows only once the file is read as a whole.
pub(super) fn problems(described: &Described, file: &Value, source: &RuleFile) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut told = BTreeSet::new();
    let automations = described.automations.iter().map(|automation| &automation.said);
    let tables = || automations.clone().chain([&described.account.said, &described.common]);
    let needed = tables().map(Sample::needed_by).max().unwrap_or(1).min(MOST_SAMPLES);
    for number in 0..needed {
        let mut remarks = remarks(described, Sample { number }, &source.text);
        if remarks.iter().any(|remark| remark.text.starts_with("unknown action ")) {
            // It says so of the same act.
            remarks.retain(|remark| remark.text != NO_VERB);
        }
        for remark in remarks {
            let span = remark.site.used.span;
            let help = if remark.help.is_empty() { String::new() } else { format!("; {}", remark.help) };
            let message = format!("{}{help}", remark.text);
            if told.insert((span, message.clone())) {
                problems.push(Problem::new(span, message));
            }
        }
    }
    problems.extend(examples::problems(file, &source.text));
    problems.sort_by_key(|problem| problem.span);
    problems
}

/// What the reader of conduct files remarks on a sample.
fn remarks(described: &Described, sample: Sample, text: &str) -> Vec<Remark> {
    let whole = Span::at(0);
    let mut draft = Draft::new(text, Syntax::Toml);
    let automations =
        described.automations.iter().map(|automation| sample.of_table(&automation.said)).collect();
    let mut entries = vec![
        ("account".to_owned(), None, sample.of_table(&described.account.said)),
        ("automations".to_owned(), None, Piece { at: None, what: What::List(automations) }),
    ];
    if let What::Table(common) = sample.of_table(&described.common).what {
        entries.extend(common.into_iter().filter(|(word, ..)| COMMON.contains(&word.as_str())));
    }
    Piece { at: None, what: What::Table(entries) }.write(whole, &mut draft);
    draft.end_document();
    let tree = draft.finish();
    let candidate = Candidate {
        path: Path::new("dialect.toml"),
        file: FileId(0),
        tree: &tree,
        origin: crate::dialect::Origin::Named,
        beside: None,
    };
    let mut lowered = Lowered::default();
    conduct::lower(&candidate, &mut lowered);
    lowered.remarks
}
