//! Which amounts a phrase names.

use crate::model::LimitKind;
use crate::reader::concept::Concept as C;
use crate::reader::words::Phrase;

/// The period that an amount is for.
pub(crate) fn limit(phrase: &Phrase) -> Option<LimitKind> {
    let has = |concept| phrase.has(concept);
    let each = has(C::Per) || phrase.word("same");
    let one = ["person", "individual", "contact", "recipient", "user", "phone"]
        .iter()
        .any(|word| phrase.word(word));
    let people = phrase.any(&[
        C::People,
        C::Follower,
        C::Member,
        C::Customer,
        C::Lead,
        C::Acquaintance,
        C::Subscriber,
    ]);
    if each && (people || one) && !phrase.word("account") {
        return Some(if has(C::Day) { LimitKind::PerUserDay } else { LimitKind::PerUser });
    }
    if has(C::Per) && phrase.any(&[C::Keyword, C::Rival, C::Source]) {
        return Some(LimitKind::PerSource);
    }
    if phrase.word("thread") && (has(C::Per) || has(C::Max)) {
        return Some(LimitKind::PerThread);
    }
    let unit = [
        (C::Minute, LimitKind::PerHour),
        (C::Hour, LimitKind::PerHour),
        (C::Day, LimitKind::PerDay),
        (C::Week, LimitKind::PerWeek),
        (C::Month, LimitKind::PerWeek),
    ]
    .into_iter()
    .find(|(concept, _)| has(*concept))
    .map(|(_, kind)| kind);
    unit.or_else(|| {
        const RUNS: &[&str] =
            &["run", "tick", "batch", "session", "chunk", "round", "cycle", "toot", "go", "burst", "take"];
        RUNS.iter().any(|word| phrase.word(word)).then_some(LimitKind::PerRun)
    })
}

/// Whether a phrase says that something shall not be.
pub(crate) fn negated(phrase: &Phrase) -> bool {
    phrase.has(C::Not) || phrase.has(C::Disabled)
}
