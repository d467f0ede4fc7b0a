//! The evidence in words: what was looked for in a file, what of it was seen, and what that weighs. Only words of
//! the reader itself, none of the file.

use super::{Evidence, OFF_TOPIC, needed};
use crate::dialect::Origin;
use crate::model::Verb;
use crate::narrate::listed;
use crate::reader::clauses::frame::Doing;
use crate::reader::sense::Deed;

/// Names of acts or platforms that are told.
const FEW: usize = 3;

impl Evidence {
    /// Why a file was taken: what it names, what it lacks, and what that weighs.
    pub(crate) fn accepted(&self, origin: Origin) -> String {
        format!("{}; {}", self.seen(), self.weighed(origin))
    }

    /// Why a file was turned away, with the same.
    pub(crate) fn refused(&self, why: &str, origin: Origin) -> String {
        let (used, all) = self.used;
        let share =
            if why == OFF_TOPIC { format!(" ({used} of {all} have a meaning)") } else { String::new() };
        format!("{why}{share}: {}; {}", self.seen(), self.weighed(origin))
    }

    fn weighed(&self, origin: Origin) -> String {
        format!("evidence {}, needed {}", self.score(), needed(origin))
    }

    /// `it names a platform (mastodon) and what bots do (like, follow), but no login, text or schedule`
    fn seen(&self) -> String {
        let with = |what: &str, names: &[&'static str]| {
            if names.is_empty() { what.to_owned() } else { format!("{what} ({})", names.join(", ")) }
        };
        let signs = [
            (self.platform, with("a platform", &self.platforms), "platform"),
            (self.login, "a login".to_owned(), "login"),
            (self.acts > 0, with("what bots do to people", &self.deeds), "act"),
            (self.texts > 0, "texts that are sent".to_owned(), "text"),
            (self.clock, "a schedule".to_owned(), "schedule"),
        ];
        let lacks: Vec<String> =
            signs.iter().filter(|(is, ..)| !is).map(|(_, _, word)| (*word).to_owned()).collect();
        let mut names: Vec<String> =
            signs.into_iter().filter_map(|(is, text, _)| is.then_some(text)).collect();
        if self.profile {
            names.push("who or what it is".to_owned());
        }
        match (names.is_empty(), lacks.is_empty()) {
            (true, _) => format!("it names no {}", listed(&lacks, "or")),
            (false, true) => format!("it names {}", listed(&names, "and")),
            (false, false) => format!("it names {}, but no {}", listed(&names, "and"), listed(&lacks, "or")),
        }
    }

    /// Takes down what an act is called.
    pub(super) fn note(&mut self, doing: &Doing) {
        let name = name(doing.deed);
        if self.deeds.len() < FEW && !self.deeds.contains(&name) {
            self.deeds.push(name);
        }
    }
}

/// What an act is called.
const fn name(deed: Deed) -> &'static str {
    match deed {
        Deed::Verb(Verb::Dm) => "write privately",
        Deed::Verb(verb) => verb.name(),
        Deed::Say => "say",
        Deed::Message => "message",
        Deed::Greet => "greet",
        Deed::Farewell => "say goodbye",
        Deed::Thank => "thank",
        Deed::Nudge => "remind",
        Deed::Shame => "shame",
        Deed::Pitch => "advertise",
        Deed::Pass => "hand over",
        Deed::Ignore => "ignore",
        Deed::Close => "take no answers",
        Deed::Collect => "look for people",
        Deed::Review => "ask a person",
        Deed::Remove => "remove",
        Deed::Add => "add",
        Deed::Mirror => "repeat others",
        Deed::Trade => "trade follows or likes",
        Deed::Mail => "mail",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_and_what_is_not() {
        let mut evidence = Evidence::default();
        assert_eq!(evidence.seen(), "it names no platform, login, act, text or schedule");
        evidence.platform = true;
        evidence.platforms = vec!["mastodon"];
        evidence.acts = 2;
        evidence.deeds = vec!["like", "follow"];
        assert_eq!(
            evidence.refused("few", Origin::Named),
            "few: it names a platform (mastodon) and what bots do to people (like, follow), but no login, text or \
             schedule; evidence 4, needed 3"
        );
        (evidence.login, evidence.clock, evidence.texts) = (true, true, 1);
        assert!(!evidence.seen().contains("but"), "{}", evidence.seen());
    }
}
