//! Reads configurations of no known tool: words, then concepts, roles, clauses and the model. Whoever recognises a
//! file keeps what was read. Documented in `docs/dialects/adhoc.md` and, for words, in `docs/lexicon.md`.

mod account;
mod again;
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

use std::borrow::Cow;

use crate::dialect::{Candidate, Lowered, Origin};
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
    let (walk, evidence) = walk(candidate);
    understood(walk, evidence)
}

fn walk<'t>(candidate: &Candidate<'t>) -> (walk::Walk<'t>, evidence::Evidence) {
    let mut walk = walk::Walk::new(candidate);
    walk.all();
    let evidence = evidence::Evidence::of(&walk);
    (walk, evidence)
}

/// What a walk comes to in the model.
fn understood(mut walk: walk::Walk<'_>, evidence: evidence::Evidence) -> Reading {
    let mut lowered = Lowered::default();
    lowered.model.coverage.push(walk.coverage());
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
pub(crate) fn recognise(candidate: &Candidate<'_>) -> Result<Reading, Cow<'static, str>> {
    let elsewhere = evidence::kinds::other_kind(candidate, idioms::vocabulary());
    let origin = candidate.origin;
    if let (Some(kind), false) = (elsewhere, origin == Origin::Named) {
        return Err(kind.into());
    }
    let (walk, evidence) = walk(candidate);
    match (evidence.refusal(origin), elsewhere) {
        (Some(refusal), None) => Err(evidence.refused(refusal, origin).into()),
        // What looks like another kind of file must convince even where it is named.
        (_, Some(kind)) if evidence.refusal(Origin::Found).is_some() => {
            Err(evidence.refused(kind, origin).into())
        }
        _ => Ok(understood(walk, evidence)),
    }
}

/// Most bots that read YAML are written in Python, which reads YAML 1.1.
pub(crate) fn schema(candidate: &Candidate<'_>) -> Schema {
    match candidate.tree.syntax() {
        Syntax::Yaml => Schema::Yaml11,
        other => other.schema(),
    }
}
