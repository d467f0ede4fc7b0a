//! Limits and texts in sections of their own: they are for what other sections do, and are no acts themselves.

use crate::model::{Event, Verb};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::sense::Deed;
use crate::reader::words::Phrase;

/// The clauses, with `limits: { follows_per_day: 40 }` given to those that follow. An act of which nothing but its
/// limit is told stays one where no other clause does it. `targets`: whether the file names people without an act.
pub(crate) fn given_to_acts(clauses: Vec<Frame>, targets: bool) -> Vec<Frame> {
    let (limits, mut clauses): (Vec<Frame>, Vec<Frame>) = clauses.into_iter().partition(only_limits);
    for limit in limits {
        if !give(&limit, &mut clauses, targets) {
            clauses.push(limit);
        }
    }
    clauses
}

/// The clauses, with `texts: { invite: "…" }` given to the act of that name that another section tells of.
pub(crate) fn texts_to_acts(clauses: Vec<Frame>) -> Vec<Frame> {
    let (texts, mut clauses): (Vec<Frame>, Vec<Frame>) = clauses.into_iter().partition(only_text);
    for mut text in texts {
        let Some(own) = text.doings.first_mut() else { continue };
        let silent = clauses
            .iter_mut()
            .filter(|clause| clause.texts.is_empty())
            .flat_map(|clause| &mut clause.doings)
            .find(|doing| doing.deed == own.deed && doing.texts.is_empty() && !doing.off);
        match silent {
            Some(doing) => doing.texts.append(&mut own.texts),
            None => clauses.push(text),
        }
    }
    clauses
}

/// Whether a clause says nothing but which words an act comes with, in a section of texts.
fn only_text(frame: &Frame) -> bool {
    let section = frame.name.rsplit('.').nth(1).map(Phrase::read).unwrap_or_default();
    let [doing] = frame.doings.as_slice() else { return false };
    section.only(&[C::Text, C::Message])
        && !doing.texts.is_empty()
        && doing.event.is_none()
        && matches!(doing.deed, Deed::Verb(_))
        && frame.triggers.is_empty()
        && frame.limits.is_empty()
        && frame.schedule.is_absent()
        && frame.audiences.len() == frame.outer_audiences
}

/// Gives a limit to all acts that it is for. Returns whether there is one.
fn give(limit: &Frame, clauses: &mut [Frame], targets: bool) -> bool {
    let Some(deed) = limit.doings.first().map(|doing| doing.deed) else { return false };
    let answers = |clause: &Frame| clause.event().is_some_and(|event| event != Event::Schedule);
    // Whom the file looks for is followed beside those who are followed back.
    if targets && deed == Deed::Verb(Verb::Follow) && clauses.iter().all(|clause| answers(clause)) {
        return false;
    }
    let mut given = false;
    for clause in clauses {
        for doing in clause.doings.iter_mut().filter(|doing| is_limited_by(doing.deed, deed)) {
            given = true;
            for (kind, bound) in limit.limits.iter() {
                if doing.limits.get(kind).is_none() && clause.limits.get(kind).is_none() {
                    doing.limits.set(kind, bound.clone());
                }
            }
        }
    }
    given
}

/// Whether a limit for one act is one for another: messages are counted as what they are.
fn is_limited_by(deed: Deed, limited: Deed) -> bool {
    let writes = |deed: Deed| matches!(deed, Deed::Verb(Verb::Dm) | Deed::Message);
    deed == limited || writes(deed) && writes(limited)
}

/// Whether a clause says nothing but how often at most something is done, in a section of limits.
fn only_limits(frame: &Frame) -> bool {
    const LIMITS: [C; 7] = [C::Max, C::Rate, C::Per, C::Hour, C::Day, C::Week, C::Month];
    let section = frame.name.rsplit('.').nth(1).map(Phrase::read).unwrap_or_default();
    let [doing] = frame.doings.as_slice() else { return false };
    section.only(&LIMITS)
        && !frame.limits.is_empty()
        && frame.triggers.is_empty()
        && frame.texts.is_empty()
        && doing.texts.is_empty()
        && doing.event.is_none()
        && frame.audiences.len() == frame.outer_audiences
}
