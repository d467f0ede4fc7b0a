//! Bots' own configuration files, whatever their shape: keys are read as words, and words mean what
//! `rules/vocabulary.toml` says. Quiet unless two independent signs agree; documented in `docs/dialects/adhoc.md`.

mod account;
mod given;
mod glance;
mod job;
pub(crate) mod kinds;
mod leaf;
mod lower;
mod safety;
mod secrets;
mod signs;
mod tokens;
mod values;
mod verb;
pub(crate) mod vocabulary;
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
    // Its words are too common for a plain search: `refusal` looks closer.
    hints: &[],
    detect,
    lower,
};

/// Why a text can be told not to be a bot's without parsing it, if it can.
pub(super) fn glance(text: &str) -> Option<&'static str> {
    if !glance::names_a_verb(text) {
        return Some("no word of any bot");
    }
    glance::other_kind(text)
}

/// Why a file is not taken for a bot's.
pub(super) fn refusal(candidate: &Candidate<'_>) -> &'static str {
    kind_of(candidate).unwrap_or_else(|| signs::refusal(&walk::survey(candidate)))
}

fn detect(candidate: &Candidate<'_>) -> bool {
    // Most files are of other kinds: reading all their words would be in vain.
    let elsewhere = kind_of(candidate).is_some();
    if elsewhere && !candidate.named {
        return false;
    }
    let evidence = crate::reader::read(candidate).evidence;
    evidence.is_enough(candidate.named) && !(elsewhere && !evidence.is_enough(false))
}

/// What a file is, if its keys show that it is of another kind.
fn kind_of(candidate: &Candidate<'_>) -> Option<&'static str> {
    kinds::other_kind(candidate, vocabulary::vocabulary())
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    *lowered = crate::reader::read(candidate).lowered;
}

/// Most bots that read YAML are written in Python, which reads YAML 1.1.
pub(crate) fn schema(candidate: &Candidate<'_>) -> Schema {
    match candidate.tree.syntax() {
        Syntax::Yaml => Schema::Yaml11,
        other => other.schema(),
    }
}
