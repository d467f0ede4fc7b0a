//! ElizaOS: characters (`*.character.json`), which are mostly persona, and the environment file beside them,
//! which holds what the agent does on X and Instagram. Files of one project act for one account.

mod character;
mod client;
mod environment;
mod keys;
pub(in crate::dialect) mod persona;

use std::path::Path;

use super::{Candidate, Dialect, Lowered};
use crate::syntax::{Kind, NodeRef, Syntax};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "eliza",
    title: "ElizaOS, an agent that speaks by language model: characters and environment files",
    reference: "https://github.com/elizaOS/eliza, client-twitter 0.25 and plugin-twitter 1.2 (see docs/dialects/eliza.md)",
    recognised_by: "an environment file with two or more of its settings, or a character with `messageExamples` and the like",
    // Whether it says what it is, and who reads along, stands in code and on the platform.
    expresses: &[],
    hints: keys::HINTS,
    detect,
    lower,
};

fn detect(candidate: &Candidate<'_>) -> bool {
    document(candidate)
        .is_some_and(|document| is_environment(candidate, document) || character::is_one(document))
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    match document(candidate) {
        Some(document) if character::is_one(document) => character::lower(candidate, document, lowered),
        Some(document) => environment::lower(candidate, document, lowered),
        None => {}
    }
}

/// The mapping that a file is.
fn document<'t>(candidate: &Candidate<'t>) -> Option<NodeRef<'t>> {
    candidate.tree.documents().find(|document| document.kind() == Kind::Mapping)
}

fn is_environment(candidate: &Candidate<'_>, document: NodeRef<'_>) -> bool {
    let is_variables = matches!(candidate.tree.syntax(), Syntax::Dotenv | Syntax::Ini);
    is_variables && keys::has_two_marks(document)
}

/// What the files of a project have in common: its folder, of which characters have one of their own.
fn instance(candidate: &Candidate<'_>) -> Option<String> {
    let folder = candidate.path.parent()?;
    let is_of_characters = folder.file_name().is_some_and(|name| name == "characters");
    let project = if is_of_characters { folder.parent().unwrap_or(Path::new("")) } else { folder };
    Some(format!("eliza:{}", project.display()))
}
