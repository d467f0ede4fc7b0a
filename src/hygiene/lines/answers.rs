//! Answers: what becomes of the messages that people send.

use super::{Line, shown};
use crate::hygiene::State::NotStated;
use crate::model::{Event, FactKind, Property, SwitchKind, Verb, View};

/// Failed answers after which a person is due.
const PATIENCE: f64 = 2.0;

/// From this share of promotion on, a bot announces rather than answers.
const MOSTLY_PROMOTION: f64 = 0.8;

/// The lines, in order.
pub(super) static LINES: &[Line] = &[
    Line {
        id: "E-8",
        weight: 4,
        says: "brings every kind of message it can get to a person or to an answer",
        advice: "hand over what no other rule answers: mentions, replies, private messages",
        applies: |bot| !bot.inbound().is_empty(),
        check: |bot| {
            let routed = bot.inbound().into_iter().all(|event| bot.routes(event));
            shown(routed, false, bot.silence(Property::Inbound))
        },
    },
    Line {
        id: "E-9",
        weight: 2,
        says: "promises a time in which a person answers",
        advice: "say within which time somebody answers, and who is on duty",
        applies: |bot| !bot.inbound().is_empty(),
        check: |bot| {
            let within = bot
                .automations()
                .flat_map(|automation| &automation.actions)
                .any(|action| action.verb.reaches_a_person() && action.within.known().is_some());
            shown(within || bot.fact(FactKind::RepliesWithin).is_some(), false, NotStated)
        },
    },
    Line {
        id: "E-10",
        weight: 3,
        says: "hands over to a person on request or after two failed answers",
        advice: "pass on what the bot does not understand the second time, with what was said",
        applies: |bot| !bot.inbound().is_empty(),
        check: |bot| {
            let mut triggers = bot.automations().flat_map(|automation| &automation.triggers);
            let late = triggers.any(|trigger| {
                trigger.event == Event::Fallback && trigger.count.get().is_some_and(|count| count > PATIENCE)
            });
            let hands_over =
                bot.person_reads() || bot.does(Verb::reaches_a_person, |event| event == Event::Fallback);
            shown(hands_over && !late, late, bot.silence(Property::Handoff))
        },
    },
    Line {
        id: "E-11",
        weight: 2,
        says: "answers more than it announces",
        advice: "answer what people write, and keep promotion below four posts in five",
        applies: |bot| !bot.only_relays() && bot.publications().next().is_some(),
        check: |bot| {
            let promotes =
                |view: &&View<'_>| view.action.is_some_and(|action| action.promotion.get() == Some(true));
            let promoted = bot.publications().filter(promotes).count() as f64;
            let mostly = promoted >= MOSTLY_PROMOTION * bot.publications().count() as f64;
            let answers = Event::ALL.iter().any(|event| event.is_inbound() && bot.routes(*event));
            let closed = bot.is_on(SwitchKind::RepliesClosed);
            shown(answers && !mostly && !closed, mostly || closed, bot.silence(Property::Inbound))
        },
    },
];
