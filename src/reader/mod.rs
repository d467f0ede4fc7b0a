//! Reads configurations of no known tool: words, then concepts, roles, clauses and the model. Whoever recognises a
//! file keeps what was read. Documented in `docs/dialects/adhoc.md` and, for words, in `docs/lexicon.md`.

mod account;
mod clauses;
mod concept;
mod evidence;
pub(crate) mod idioms;
mod lower;
mod roles;
mod sense;
mod speech;
mod walk;
mod words;

pub(crate) use evidence::prefilter::refusal as prefilter;

use crate::dialect::{Candidate, Lowered};
use crate::syntax::{Schema, Syntax};

/// What was read of one file.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Accounts and automations.
    pub(crate) lowered: Lowered,
    /// How much speaks for a bot.
    pub(crate) evidence: evidence::Evidence,
}

/// Reads a file, whatever it is.
pub(crate) fn read(candidate: &Candidate<'_>) -> Reading {
    let mut walk = walk::Walk::new(candidate);
    walk.all();
    let evidence = evidence::Evidence::of(&walk);
    let mut lowered = Lowered::default();
    // Web applications have servers of mail, too, so this speaks for no bot.
    if walk.mails && walk.platforms.is_empty() {
        walk.platforms.push("email");
    }
    lower::lower(walk.scopes, walk.clauses, &walk.platforms, &mut lowered);
    Reading { lowered, evidence }
}

/// Reads a file and decides whether it is a bot's.
///
/// # Errors
/// Why it is none.
pub(crate) fn recognise(candidate: &Candidate<'_>) -> Result<Reading, &'static str> {
    let elsewhere = evidence::kinds::other_kind(candidate, idioms::vocabulary());
    if let (Some(kind), false) = (elsewhere, candidate.named) {
        return Err(kind);
    }
    let reading = read(candidate);
    match (reading.evidence.refusal(candidate.named), elsewhere) {
        (Some(refusal), None) => Err(refusal),
        // What looks like another kind of file must convince even where it is named.
        (_, Some(kind)) if reading.evidence.refusal(false).is_some() => Err(kind),
        _ => Ok(reading),
    }
}

/// Most bots that read YAML are written in Python, which reads YAML 1.1.
pub(crate) fn schema(candidate: &Candidate<'_>) -> Schema {
    match candidate.tree.syntax() {
        Syntax::Yaml => Schema::Yaml11,
        other => other.schema(),
    }
}
