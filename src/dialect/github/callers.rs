//! Workflows of the same repository that call a reusable one, and what each gives it: the inputs with which it runs.

use std::path::Path;

use crate::dialect::Candidate;
use crate::syntax::{Kind, NodeRef, Syntax, parse};

/// What a caller gives: names of inputs and their texts.
pub(super) type Given = Vec<(String, String)>;

/// So many callers of one workflow are looked at.
const MAX_CALLERS: usize = 20;

/// Whether the files beside this one may call it, or be called by it.
pub(in crate::dialect) fn are_beside(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with(".github/workflows"))
}

/// What each caller gives to this workflow, the same only once.
pub(super) fn of(candidate: &Candidate<'_>) -> Vec<Given> {
    let (Some(sources), Some(name)) = (candidate.beside, candidate.path.file_name()) else {
        return Vec::new();
    };
    let used = format!("./.github/workflows/{}", name.to_string_lossy());
    let is_beside = |path: &Path| path.parent() == candidate.path.parent() && path != candidate.path;
    let texts = sources.iter().filter(|(_, file)| is_beside(file.path())).map(|(_, file)| file.text());
    let mut found: Vec<Given> = Vec::new();
    for text in texts.filter(|text| text.contains(&used)).take(MAX_CALLERS) {
        let parsed = parse(text, Syntax::Yaml);
        let documents = parsed.tree.documents();
        let jobs = documents.filter_map(|document| document.get("jobs")).flat_map(NodeRef::entries);
        for job in jobs.filter(|job| job.value.get("uses").is_some_and(|uses| uses.text().trim() == used)) {
            let inputs = job.value.get("with").into_iter().flat_map(NodeRef::entries);
            let inputs = inputs.filter(|input| input.value.kind() == Kind::Scalar);
            let given: Given =
                inputs.map(|input| (input.key.text().to_owned(), input.value.text().to_owned())).collect();
            if !found.contains(&given) {
                found.push(given);
            }
        }
    }
    found
}
