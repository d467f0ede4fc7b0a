//! Names of flags and variables that hold a bot back: how many at most, and whether it only rehearses.

use super::words::any_of;
use crate::model::Verb;

/// Names of switches that keep a bot from acting, folded.
pub(super) const REHEARSALS: &[&str] = &[
    "dry",
    "dryrun",
    "simulate",
    "simulation",
    "simulationmode",
    "testmode",
    "preview",
    "debugonly",
    "noop",
];

/// Whether the words of a flag or variable state how many at most, of this or of anything.
pub(super) fn limits(words: &[String], verb: Verb) -> bool {
    const MOST: &[&str] =
        &["amount", "batch", "cap", "count", "limit", "max", "maximum", "num", "number", "quota"];
    const OTHER: &[&str] = &[
        "age",
        "api",
        "attempts",
        "concurrency",
        "day",
        "days",
        "delay",
        "errors",
        "floor",
        "followers",
        "hours",
        "interval",
        "length",
        "min",
        "minimum",
        "minutes",
        "ms",
        "page",
        "pages",
        "queue",
        "rate",
        "repos",
        "requests",
        "retries",
        "retry",
        "seconds",
        "sec",
        "sleep",
        "size",
        "time",
        "timeout",
        "tokens",
        "wait",
        "worker",
        "workers",
        "threads",
        "stars",
        "following",
        "history",
        "log",
        "logs",
        "chars",
        "length",
        "characters",
        "posts",
        "ratio",
        "remaining",
    ];
    let daily = words.iter().any(|word| word == "daily")
        || words
            .windows(2)
            .any(|pair| pair.concat() == "perday" || pair.concat() == "perrun" || pair.concat() == "perhour");
    let counts = any_of(words, MOST) || daily;
    let per_day = words.windows(2).any(|pair| pair.concat() == "perday");
    // How many followers a program wants of one run is how many it follows.
    let of_run =
        words.windows(2).any(|pair| matches!(pair.concat().as_str(), "perrun" | "perhour" | "perday"));
    let named = |word: &String| of_run && matches!(word.as_str(), "followers" | "following" | "stars");
    let other = words
        .iter()
        .filter(|word| !(named(word) || per_day && *word == "day"))
        .any(|word| OTHER.contains(&word.as_str()));
    let about = |list: &[&str]| any_of(words, list);
    let fits = match verb {
        Verb::Follow => {
            !about(&["unfollow", "unfollows", "like", "likes", "dm", "dms", "comment", "comments", "star"])
        }
        Verb::Unfollow => {
            !about(&["follow", "follows", "like", "likes", "dm", "dms", "comment", "comments", "star"])
        }
        Verb::Like => {
            !about(&["follow", "follows", "unfollow", "unfollows", "dm", "dms", "comment", "comments"])
        }
        Verb::Dm => {
            !about(&["follow", "follows", "unfollow", "unfollows", "like", "likes", "comment", "comments"])
        }
        Verb::Star => !about(&["follow", "follows", "unfollow", "unfollows"]),
        _ => false,
    };
    counts && !other && fits
}
