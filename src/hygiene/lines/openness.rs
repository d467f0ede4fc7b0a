//! Openness: whether people can tell what the bot is, whose it is and what it does.

use super::{Line, shown};
use crate::hygiene::State::NotStated;
use crate::model::{FactKind, Stated, SwitchKind};

/// Words by which a text says that a machine speaks; `*` stands for any ending.
const MACHINE: &[&str] = &["bot", "bots", "chatbot", "robot", "automat*"];

/// Words that say how often.
const HOW_OFTEN: &[&str] =
    &["daily", "day", "days", "hour*", "week*", "month*", "mon", "monday", "weekday*", "when", "whenever"];

/// Words that say what becomes of replies.
const REPLIES: &[&str] = &["reply", "replies", "answer*", "read", "write"];

/// The lines, in order.
pub(super) static LINES: &[Line] = &[
    Line {
        id: "E-1",
        weight: 3,
        says: "says that it is a bot",
        advice: "set the platform's mark for bots, and say it in the profile",
        applies: |bot| bot.acts() && !bot.is_person(),
        check: |bot| {
            let profile = &bot.account.profile;
            let says = bot.bio_says(MACHINE) || bot.message_says(MACHINE);
            let denies = bot.is_on(SwitchKind::DeniesBot) || bot.is_on(SwitchKind::HumanPersona);
            let flag = profile.bot_flag.get();
            shown(flag == Some(true) || says, denies || flag == Some(false), NotStated)
        },
    },
    Line {
        id: "E-2",
        weight: 3,
        says: "names who runs it and where to write to",
        advice: "name an operator and an address that somebody reads",
        applies: |bot| bot.acts(),
        check: |bot| {
            let (operator, contact) = (&bot.account.profile.operator, &bot.account.profile.contact);
            let named = |text: &Stated<String>| text.known().is_some_and(|text| !text.is_empty());
            let empty = |text: &Stated<String>| text.known().is_some_and(String::is_empty);
            shown(named(operator) && named(contact), empty(operator) || empty(contact), NotStated)
        },
    },
    Line {
        id: "E-3",
        weight: 1,
        says: "says what it does, how often, and whether replies are read",
        advice: "put one sentence each into the profile",
        applies: |bot| bot.acts(),
        check: |bot| {
            let has = |kind: FactKind| bot.fact(kind).is_some();
            let facts = (has(FactKind::Purpose) || has(FactKind::Topic))
                && has(FactKind::Cadence)
                && (has(FactKind::RepliesMonitoredBy) || has(FactKind::RepliesElsewhere));
            shown(facts || (bot.bio_says(HOW_OFTEN) && bot.bio_says(REPLIES)), false, NotStated)
        },
    },
];
