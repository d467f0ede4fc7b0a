//! Dialects: whatever the file, recognised or not, what is understood points into it.

use std::path::Path;

use botiquette::dialect::{Candidate, Origin, Tool};
use botiquette::source::FileId;
use botiquette::syntax::{Syntax, parse};

use super::Case;
use super::syntax::fits;

pub(super) fn run(case: &Case, dialect: Tool<'_>) {
    let (name, text) = case.first();
    let path = Path::new(name);
    let parsed = parse(text, Syntax::from_path(path).unwrap_or_else(|| Syntax::guess(text)));
    let candidate =
        Candidate { path, file: FileId(0), tree: &parsed.tree, origin: Origin::Named, beside: None };
    let _ = dialect.fits(&candidate);
    let lowered = dialect.lower(&candidate);
    for remark in &lowered.remarks {
        assert!(!remark.text.is_empty(), "a remark that says nothing");
        assert!(fits(remark.site.used.span, text), "a remark outside of the text: {}", remark.text);
    }
    for automation in &lowered.model.automations {
        assert!(
            automation.account < lowered.model.accounts.len(),
            "an automation of nobody: {}",
            automation.name
        );
    }
    for site in lowered.model.secret_sites() {
        assert!(fits(site.used.span, text), "a secret outside of the text");
    }
    let mut model = lowered.model;
    model.compose();
}
