//! Limits and texts in sections of their own: they are for what other sections do, and are no acts themselves.

use crate::model::{Event, Limits, Verb};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::sense::Deed;
use crate::reader::words::Phrase;

/// The clauses, with `limits: { follows_per_day: 40 }` given to those that follow. An act of which nothing but its
/// limit is told stays one where no other clause does it. `targets`: whether the file names people without an act.
pub(crate) fn given_to_acts(clauses: Vec<Frame>, targets: bool) -> Vec<Frame> {
    let (limits, mut clauses): (Vec<Frame>, Vec<Frame>) = clauses.into_iter().partition(only_limits);
    // One of each act, so that each clause is looked at once.
    let mut acts: Vec<Limit> = Vec::new();
    for frame in limits {
        let Some(deed) = frame.doings.first().map(|doing| doing.deed) else { continue };
        match acts.iter_mut().find(|limit| limit.deed == deed) {
            Some(limit) => limit.frames.push(frame),
            None => acts.push(Limit { deed, frames: vec![frame] }),
        }
    }
    for limit in acts {
        if !limit.give(&mut clauses, targets) {
            clauses.extend(limit.frames);
        }
    }
    clauses
}

/// What limits one act.
struct Limit {
    deed: Deed,
    frames: Vec<Frame>,
}

impl Limit {
    /// Gives the limits to all acts that they are for. Returns whether there is one.
    fn give(&self, clauses: &mut [Frame], targets: bool) -> bool {
        let answers = |clause: &Frame| clause.event().is_some_and(|event| event != Event::Schedule);
        // Whom the file looks for is followed beside those who are followed back.
        if targets && self.deed == Deed::Verb(Verb::Follow) && clauses.iter().all(answers) {
            return false;
        }
        let mut all = Limits::default();
        for (kind, bound) in self.frames.iter().flat_map(|frame| frame.limits.iter()) {
            all.set(kind, bound.clone());
        }
        let mut given = false;
        for clause in clauses {
            for doing in clause.doings.iter_mut().filter(|doing| is_limited_by(doing.deed, self.deed)) {
                given = true;
                for (kind, bound) in all.iter() {
                    if doing.limits.get(kind).is_none() && clause.limits.get(kind).is_none() {
                        doing.limits.set(kind, bound.clone());
                    }
                }
            }
        }
        given
    }
}

/// The clauses, with `texts: { invite: "…" }` given to the act of that name that another section tells of.
pub(crate) fn texts_to_acts(clauses: Vec<Frame>) -> Vec<Frame> {
    let (mut texts, mut clauses): (Vec<Frame>, Vec<Frame>) = clauses.into_iter().partition(only_text);
    if texts.is_empty() {
        return clauses;
    }
    let mut named: Vec<(Deed, Vec<Frame>)> = Vec::new();
    for text in texts.drain(..).rev() {
        let Some(deed) = text.doings.first().map(|doing| doing.deed) else { continue };
        match named.iter_mut().find(|(known, _)| *known == deed) {
            Some((_, frames)) => frames.push(text),
            None => named.push((deed, vec![text])),
        }
    }
    for doing in
        clauses.iter_mut().filter(|clause| clause.texts.is_empty()).flat_map(|clause| &mut clause.doings)
    {
        if !doing.texts.is_empty() || doing.off {
            continue;
        }
        let words =
            named.iter_mut().find(|(deed, _)| *deed == doing.deed).and_then(|(_, frames)| frames.pop());
        doing.texts.extend(words.into_iter().flat_map(|frame| frame.doings).flat_map(|said| said.texts));
    }
    // What no other section does is said by itself.
    clauses.extend(named.into_iter().flat_map(|(_, frames)| frames.into_iter().rev()));
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
