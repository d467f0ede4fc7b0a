//! The known names that are most like an unknown one, for error messages.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// How alike two names must be for one to be proposed instead of the other, from 0 to 1: a suggestion for
/// anything less misleads more often than it helps.
const ALIKE: f64 = 0.75;

/// The same for several proposals at once, where a weak one stands beside better ones.
const ALIKE_AMONG_SEVERAL: f64 = 0.8;

/// As many proposals as can be read at a glance.
const MOST_PROPOSALS: usize = 3;

/// What is longer is no slip of the pen, and comparing it would take long.
const LONGEST: usize = 100;

/// The known name most like this one, if it is like it at all. Underscores count as hyphens.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let folded = name.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// Whether a name is another one with a slip of the pen: letters that are wrong, missing, doubled or swapped, two at
/// most and fewer than half of them, or another way to part its words.
#[must_use]
pub(crate) fn is_slip(name: &str, meant: &str) -> bool {
    if name.len() > LONGEST || name == meant {
        return false;
    }
    let fold = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let (one, other) = (fold(name), fold(meant));
    let slips = strsim::osa_distance(&one, &other);
    slips <= 2 && slips * 3 <= other.chars().count()
}

/// A name that outlives whoever read it, as those do that are built in. Each name is kept once, for as long as the
/// program runs: for short names of which there are few, such as those of dialects.
pub(crate) fn kept(name: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(name.into());
    kept.insert(name);
    name
}

/// `; did you mean …?` with the nearest known name, or nothing where none is near.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// `; did you mean …?` with the nearest few, for names that people type from memory: also one part of a longer
/// name, `ratchet` for `follow-ratchet`.
#[must_use]
pub fn proposals(name: &str, known: &[&str]) -> String {
    if name.len() > LONGEST {
        return String::new();
    }
    let mut near: Vec<(f64, &str)> = known
        .iter()
        .map(|candidate| (likeness(name, candidate), *candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE_AMONG_SEVERAL)
        .collect();
    near.sort_by(|(one, one_name), (other, other_name)| other.total_cmp(one).then(one_name.cmp(other_name)));
    let near: Vec<String> = near.iter().take(MOST_PROPOSALS).map(|(_, name)| format!("`{name}`")).collect();
    match near.as_slice() {
        [] => String::new(),
        [only] => format!("; did you mean {only}?"),
        [first @ .., last] => format!("; did you mean {} or {last}?", first.join(", ")),
    }
}

fn likeness(given: &str, candidate: &str) -> f64 {
    let is_part = given.len() >= 4 && candidate.split('-').any(|part| part == given);
    if is_part {
        0.9
    } else {
        strsim::normalized_damerau_levenshtein(given, candidate)
            .max(strsim::jaro_winkler(given, candidate) - 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_none() {
        let known = ["follow-ratchet", "follow-churn", "limits"];
        assert_eq!(nearest("follow_ratchett", known), Some("follow-ratchet"));
        assert_eq!(nearest("limit", known), Some("limits"));
        assert_eq!(nearest("zzz", known), None);
    }

    #[test]
    fn the_nearest_few_are_proposed() {
        let known = ["follow", "follow-ratchet", "follow-churn", "unfollow-shaming", "shaming"];
        for (typed, hint) in [
            ("folow-ratchet", "; did you mean `follow-ratchet`?"),
            ("ratchet", "; did you mean `follow-ratchet`?"),
            ("zebra", ""),
        ] {
            assert_eq!(proposals(typed, &known), hint);
        }
    }
}
