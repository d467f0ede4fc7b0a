//! Reads configurations of no known tool: words, then concepts, roles, clauses and the model. Whoever recognises a
//! file keeps what was read. Documented in `docs/dialects/adhoc.md` and, for words, in `docs/lexicon.md`.

mod account;
mod acts;
mod concept;
mod evidence;
mod frame;
mod lower;
mod secrets;
mod sense;
mod slots;
mod speech;
mod tokens;
mod value;
mod walk;
mod words;

use crate::dialect::{Candidate, Lowered};

/// What was read of one file.
#[derive(Debug)]
pub(crate) struct Reading {
    /// Accounts and automations.
    pub(crate) lowered: Lowered,
    /// How much speaks for a bot.
    pub(crate) evidence: evidence::Evidence,
}

/// Reads a file.
pub(crate) fn read(candidate: &Candidate<'_>) -> Reading {
    let mut walk = walk::Walk::new(candidate);
    walk.all();
    let evidence = evidence::Evidence::of(&walk);
    let mut lowered = Lowered::default();
    lower::lower(walk.scopes, walk.clauses, &walk.platforms, &mut lowered);
    Reading { lowered, evidence }
}
