//! Whether a length of time in an English sentence is time that is left or time that has passed, from the words around
//! it. What is not understood is left alone.

/// What a length of time is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Time that is left: "will be closed in 7 days".
    Left,
    /// Time that has passed: "no activity in the last 60 days".
    Passed,
    /// Time that is left, or all of the time: "will be closed after 60 days of inactivity".
    LeftOrAll,
}

/// Words that may stand between a preposition and a number without changing the reading.
const FILLERS: &[&str] = &[
    "the",
    "a",
    "about",
    "around",
    "approximately",
    "roughly",
    "nearly",
    "at",
    "least",
    "more",
    "than",
    "over",
    "of",
    "period",
    "full",
    "total",
];

/// Words right before a number that make it time that has passed.
const OF_THE_PAST: &[&str] = &["last", "past", "previous", "preceding", "prior"];

/// Words right before a number that make it time that is left.
const TO_COME: &[&str] = &["next", "another", "further", "additional", "following", "coming", "extra"];

/// Words that a number of days may follow at once, as in "open 30 days".
const STATES: &[&str] = &[
    "open",
    "inactive",
    "idle",
    "stale",
    "stalled",
    "dormant",
    "untouched",
    "older",
    "activity",
    "inactivity",
    "been",
];

/// Words that begin what somebody has still to expect or to do.
const EXPECTING: &[&str] = &[
    "will",
    "it'll",
    "would",
    "should",
    "must",
    "may",
    "can",
    "please",
    "if",
    "unless",
    "until",
    "or",
    "otherwise",
    "to",
    "be",
    "close",
    "closes",
    "closed",
    "closing",
    "lock",
    "locked",
    "delete",
    "deleted",
    "remove",
    "removed",
    "comment",
    "respond",
    "reply",
    "rot",
    "have",
    "within",
];

/// Words that begin what has happened so far.
const TELLING: &[&str] = &[
    "has", "had", "hasn't", "haven't", "hadn't", "been", "was", "were", "wasn't", "not", "didn't", "seen",
    "received", "is", "isn't", "stale", "inactive", "idle", "marked", "updated", "opened",
];

/// What a length of time is about, from the words around it.
pub(super) fn reading(before: &[&str], more: bool, after: &[&str]) -> Option<Reading> {
    let mut lead = None;
    for (index, word) in before.iter().enumerate().rev() {
        if OF_THE_PAST.contains(word) {
            return Some(Reading::Passed);
        }
        if TO_COME.contains(word) {
            return Some(Reading::Left);
        }
        if !FILLERS.contains(word) {
            lead = Some((index, *word));
            break;
        }
    }
    let of_silence = matches!(
        after,
        ["of", "inactivity" | "no" | "silence", ..] | ["without" | "inactive", ..] | ["with", "no", ..]
    );
    match after.first() {
        Some(&"later" | &"left" | &"remaining") => return Some(Reading::Left),
        Some(&"from") if after.get(1) == Some(&"now") => return Some(Reading::Left),
        Some(&"ago" | &"old" | &"since") => return Some(Reading::Passed),
        _ => {}
    }
    let (index, lead) = lead?;
    let words = before.get(..index).unwrap_or_default();
    match lead {
        _ if more => Some(Reading::Left),
        "have" | "got" | "get" if matches!(after.first(), Some(&"to" | &"before" | &"until")) => {
            Some(Reading::Left)
        }
        "within" | "in" => nearest(words)
            .or_else(|| Some(if tells_of_silence(words) { Reading::Passed } else { Reading::Left })),
        "for" | "because" => nearest(words).or(Some(Reading::Passed)),
        "after" => match nearest(words) {
            Some(Reading::Left) if of_silence => Some(Reading::LeftOrAll),
            None if of_silence => Some(Reading::Passed),
            None => Some(Reading::Left),
            known => known,
        },
        lead if STATES.contains(&lead) => Some(Reading::Passed),
        _ => None,
    }
}

/// The reading that the nearest telling word before the number gives.
fn nearest(words: &[&str]) -> Option<Reading> {
    for (index, word) in words.iter().enumerate().rev() {
        if matches!(*word, "because" | "since") {
            return Some(Reading::Passed);
        }
        let has_not = *word == "have"
            && words.get(index + 1).is_some_and(|next| TELLING.contains(next) || *next == "no");
        if EXPECTING.contains(word) && !has_not {
            return Some(Reading::Left);
        }
        if TELLING.contains(word) || has_not {
            // "If it has been quiet for 7 days" speaks of days to come.
            let earlier = words.get(..index).unwrap_or_default();
            let opening = earlier
                .iter()
                .rev()
                .find(|word| matches!(**word, "if" | "unless" | "because" | "since" | "will"));
            let is_condition = matches!(opening, Some(&"if" | &"unless"));
            return Some(if is_condition { Reading::Left } else { Reading::Passed });
        }
    }
    None
}

/// Whether words such as "no recent activity" stand before the number.
fn tells_of_silence(words: &[&str]) -> bool {
    words.iter().any(|word| {
        matches!(*word, "activity" | "inactivity" | "update" | "updates" | "response" | "no" | "changes")
    })
}
