//! How many people an account reaches, in words.

use super::Reach;
use crate::narrate::{amount, listed};

/// What is said where nothing tells what people agreed to.
const UNKNOWN: &str = "People of whom the file does not say whether they asked.";
const MORE: &str = "It also reaches people of whom the file does not say whether they asked.";

impl Reach {
    /// How many people are reached who did not ask; none where it reaches nobody but those that it names in front of
    /// others. `all_known` is false where something of the account is filled in later.
    #[must_use]
    pub fn sentence(&self, all_known: bool) -> Option<String> {
        if !self.is_listed() {
            let known = if all_known { "" } else { ", as far as can be known" };
            let is_nobody = !(self.unasked || self.in_its_place || self.asked);
            return (self.named.is_empty() || !is_nobody).then(|| format!("{}{known}.", self.few()));
        }
        let unasked = match (self.per_day > 0.0, self.unasked) {
            (true, _) => Some(self.at_most()),
            (false, true) => Some(format!("{}.", self.few())),
            (false, false) => None,
        };
        Some(match unasked {
            Some(many) if self.unsaid => format!("{many} {MORE}"),
            Some(many) => many,
            None => UNKNOWN.to_owned(),
        })
    }

    /// Whether there are acts to tell, each with its number.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.per_day > 0.0 || self.unsaid
    }

    /// What had to be assumed, as a sentence; empty where nothing had to.
    #[must_use]
    pub fn assumptions(&self) -> String {
        let assumed: Vec<String> =
            self.assumed.iter().map(|assumed| format!("{} ({})", assumed.words, assumed.why)).collect();
        if assumed.is_empty() { String::new() } else { format!("This assumes {}.", listed(&assumed, "and")) }
    }

    /// Whom it reaches where nobody is reached who did not ask.
    const fn few(&self) -> &'static str {
        match (self.in_its_place, self.asked) {
            _ if self.unasked => {
                "People who did not ask, each time that it is set off; the file does not say how often that is"
            }
            (true, _) => "Whoever is in the places that it watches; how many those are is not its to choose",
            (false, true) => "Only people who turned to it, or subscribed",
            (false, false) if self.drops => "It contacts nobody; it drops people",
            (false, false) => "Nobody directly",
        }
    }

    /// How many people a day are reached who did not ask.
    fn at_most(&self) -> String {
        let per_day = self.per_day;
        if per_day.is_infinite() && self.limited_later {
            return "It reaches people who did not ask; how many at most is filled in later.".to_owned();
        }
        if per_day.is_infinite() {
            return "On a bad day it reaches people who did not ask, without limit.".to_owned();
        }
        let number = amount(per_day.ceil());
        let noun = if number == "one" { "person" } else { "people" };
        format!("On a bad day it reaches up to {number} {noun} who did not ask.")
    }
}
