//! Workflows in `tests/github/cases/`, each with its last line saying what is reported.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use crate::github;

use github::{findings, lint_text};

#[test]
fn cases_report_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/github/cases");
    let mut number = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let last = text.lines().last().unwrap();
        let expected = last.strip_prefix("# Reports ").and_then(|rest| rest.strip_suffix('.')).unwrap();
        let outcome = lint_text(".github/workflows/x.yml", &text);
        let found = match (outcome.report.files[0].dialect, findings(&outcome)) {
            (None, _) => "that it is no bot".to_owned(),
            (Some(_), found) if found.is_empty() => "nothing".to_owned(),
            (Some(_), found) => found.join(", "),
        };
        assert_eq!(found, expected, "{}", path.display());
        number += 1;
    }
    assert!(number > 30, "{number} cases");
}
