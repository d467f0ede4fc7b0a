//! Oversight: who can stop the bot, approve what it does and see what it knows and where it comes from.

use super::{Line, shown};
use crate::hygiene::State::NotStated;
use crate::model::{Auth, FactKind, GuardKind, Property, SwitchKind, Verb, View, Visibility};

/// The lines, in order.
pub(super) static LINES: &[Line] = &[
    Line {
        id: "E-17",
        weight: 2,
        says: "can be paused by one switch",
        advice: "give operators and moderators one switch that stops everything, and use it in a crisis",
        applies: |bot| bot.acts(),
        check: |bot| {
            let pauses = bot.does(|verb| verb == Verb::Pause, |_| true);
            let switch = pauses || bot.fact(FactKind::PauseSwitch).is_some();
            shown(switch, !bot.account.dead_switches.is_empty(), NotStated)
        },
    },
    Line {
        id: "E-18",
        weight: 3,
        says: "lets a person approve what a model writes and what punishes people",
        advice: "hold it until somebody approves it, and drop it if nobody does",
        applies: |bot| bot.risky().next().is_some(),
        check: |bot| {
            let bypassed = bot.is_on(SwitchKind::SkipApproval)
                || bot.risky().any(|view| view.has_guard(GuardKind::SelfApproval));
            let approved = bot.risky().all(View::is_approved);
            shown(approved && !bypassed, bypassed, bot.silence(Property::Approval))
        },
    },
    Line {
        id: "E-19",
        weight: 1,
        says: "leads to a person or a place outside the tool",
        advice: "name the person, the desk or the event that people can turn to",
        applies: |bot| !bot.inbound().is_empty(),
        check: |bot| {
            shown(bot.person_reads() || bot.fact(FactKind::RepliesElsewhere).is_some(), false, NotStated)
        },
    },
    Line {
        id: "E-20",
        weight: 1,
        says: "keeps little about people, for a stated time",
        advice: "say after how many days records about people are deleted",
        applies: |bot| bot.contacts().next().is_some(),
        check: |bot| {
            let stated = bot.fact(FactKind::Retention).is_some();
            let bounded = bot.number(FactKind::Retention).is_some_and(f64::is_finite);
            shown(bounded, stated && !bounded, NotStated)
        },
    },
    Line {
        id: "E-21",
        weight: 2,
        says: "signs in as itself, through the official interface, with no secret in the file",
        advice: "register the bot with its platform, and keep its token in the environment",
        applies: |bot| bot.acts(),
        check: |bot| {
            let auth = bot.account.auth.get();
            let borrowed = auth.is_some_and(|auth| auth != Auth::OfficialApi);
            shown(auth.is_some() && !borrowed && !bot.has_secrets(), borrowed || bot.has_secrets(), NotStated)
        },
    },
    Line {
        id: "E-22",
        weight: 1,
        says: "publishes its source and its rules",
        advice: "say where its code and its rules can be read",
        applies: |bot| bot.acts(),
        check: |bot| shown(bot.fact(FactKind::SourceUrl).is_some(), false, NotStated),
    },
    Line {
        id: "E-23",
        weight: 1,
        says: "posts unlisted, or in a place of its own",
        advice: "post unlisted, so that only those who follow the bot see it",
        applies: |bot| bot.publications().next().is_some(),
        check: |bot| {
            let stated = |view: &View<'_>| view.action.and_then(|action| action.visibility.get());
            let loud = bot.publications().any(|view| stated(view) == Some(Visibility::Public));
            let quiet = bot.publications().all(|view| stated(view).is_some());
            shown(quiet && !loud, loud, NotStated)
        },
    },
    Line {
        id: "E-24",
        weight: 1,
        says: "lets a person see thanks and criticism",
        advice: "pass mentions and replies on to somebody, not only to a canned answer",
        applies: |bot| !bot.inbound().is_empty(),
        check: |bot| shown(bot.person_reads(), false, NotStated),
    },
];
