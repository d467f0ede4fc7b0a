//! Bots' own configuration files, whatever their shape: keys are read as words, and words mean what
//! `rules/vocabulary.toml` says. Quiet unless two independent signs agree; documented in `docs/dialects/adhoc.md`.

mod account;
mod given;
mod job;
mod leaf;
mod lower;
mod safety;
mod secrets;
mod signs;
mod tokens;
mod verb;
mod vocabulary;
mod walk;

use super::{Candidate, Dialect, Lowered};
use crate::syntax::{Schema, Syntax};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "adhoc",
    title: "a bot's own configuration file",
    reference: "docs/dialects/adhoc.md",
    recognised_by: "keys that name a social verb (follow, like, dm, …) and, independently, a bot (a login, a schedule, targets, daily limits)",
    // What such a file leaves out may be said elsewhere: it never counts as absent.
    expresses: &[],
    hints: HINTS,
    detect,
    lower,
};

/// Parts of words without which no key can name a verb, in the three ways of writing them.
const HINTS: &[&str] = &[
    "ollow",
    "OLLOW",
    "like",
    "Like",
    "LIKE",
    "fav",
    "FAV",
    "dm",
    "Dm",
    "DM",
    "essage",
    "ESSAGE",
    "eply",
    "EPLY",
    "eplie",
    "EPLIE",
    "omment",
    "OMMENT",
    "tweet",
    "Tweet",
    "TWEET",
    "epost",
    "EPOST",
    "quote",
    "Quote",
    "QUOTE",
    "reblog",
    "boost",
    "BOOST",
    "nvit",
    "NVIT",
    "onnect",
    "ONNECT",
    "toot",
    "story",
    "STORY",
    "osts",
    "OSTS",
    "espon",
    "ESPON",
    "onnection",
    "ONNECTION",
];

fn detect(candidate: &Candidate<'_>) -> bool {
    signs::is_bot(&walk::survey(candidate))
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    lower::lower(walk::survey(candidate), lowered);
}

/// Most bots that read YAML are written in Python, which reads YAML 1.1.
fn schema(candidate: &Candidate<'_>) -> Schema {
    match candidate.tree.syntax() {
        Syntax::Yaml => Schema::Yaml11,
        other => other.schema(),
    }
}
