//! Consent: whom the bot contacts, and how people can stop it.

use super::{Line, shown};
use crate::hygiene::State::NotStated;
use crate::model::{AudienceKind, Consent, Event, FactKind, GuardKind, Property, SwitchKind, Verb, View};

/// The longest delay, in days, of an opt-out that holds at once.
const AT_ONCE: f64 = 0.01;

/// The lines, in order.
pub(super) static LINES: &[Line] = &[
    Line {
        id: "E-4",
        weight: 4,
        says: "contacts people only when asked: mentioned, commanded, subscribed to",
        advice: "wait until people address the bot, or let a person approve each contact",
        applies: |bot| bot.contacts().next().is_some() || bot.naming().next().is_some(),
        check: |bot| {
            let asked = |view: &View<'_>| {
                view.is_approved() || view.consent().is_some_and(|consent| consent >= Consent::Addressed)
            };
            // Whom it names in front of others has a say in that, too.
            let named =
                |view: &View<'_>| view.is_approved() || view.consent_of_named() >= Some(Consent::Addressed);
            let shamed = |view: &View<'_>| {
                !view.is_approved()
                    && view.consent_of_named().is_some_and(|consent| consent < Consent::Addressed)
            };
            let unasked = bot.contacts().any(|view| view.is_unsolicited() && !view.is_approved());
            let all = bot.contacts().all(asked) && bot.naming().all(named) && !bot.calls_a_crowd();
            shown(all, unasked || bot.naming().any(shamed), NotStated)
        },
    },
    Line {
        id: "E-5",
        weight: 2,
        says: "writes to lists only of people who agreed to this kind of message",
        advice: "record who agreed, to what and when, and write only to them",
        applies: |bot| bot.mailings().next().is_some(),
        check: |bot| {
            let agreed = |view: &View<'_>| {
                view.has_guard(GuardKind::OptedIn)
                    || view.action.is_some_and(|action| {
                        action.audience.kind == AudienceKind::OptInList && !action.audience.of.is_empty()
                    })
            };
            let assumed =
                bot.is_on(SwitchKind::AssumesConsent) || bot.mailings().any(|view| view.is_unsolicited());
            shown(bot.mailings().all(agreed), assumed, NotStated)
        },
    },
    Line {
        id: "E-6",
        weight: 4,
        says: "can be stopped in one step, in the same place, at once, for good",
        advice: "answer STOP by leaving the person alone everywhere, without questions",
        applies: |bot| bot.approaches().next().is_some(),
        check: |bot| {
            let beyond = |kind, most| bot.number(kind).is_some_and(|number| number > most);
            let hard = beyond(FactKind::OptOutSteps, 1.0)
                || beyond(FactKind::OptOutDelay, AT_ONCE)
                || bot.fact(FactKind::OptOutExpires).is_some()
                || bot.fact(FactKind::OptOutScope).is_some_and(|scope| scope != "all");
            let asks = |event: Event| event.is_inbound() || event == Event::OptedOut;
            let way =
                bot.does(|verb| verb == Verb::SuppressContact, asks) || bot.fact(FactKind::OptOut).is_some();
            shown(way && !hard, hard, bot.silence(Property::OptOut))
        },
    },
    Line {
        id: "E-7",
        weight: 1,
        says: "leaves alone who blocks it or asks for no bots",
        advice: "skip profiles that say `#nobot`, and stop when somebody blocks the bot",
        applies: |bot| bot.approaches().next().is_some(),
        check: |bot| {
            let spares = |view: &View<'_>| {
                view.has_guard(GuardKind::SkipNobot) || view.has_guard(GuardKind::SuppressionList)
            };
            let heeds = bot.does(|verb| verb == Verb::SuppressContact, |event| event == Event::BlockedUs);
            let silence = if bot.approaches().any(View::is_unsolicited) {
                bot.silence(Property::Exclusions)
            } else {
                NotStated
            };
            shown(
                heeds || bot.approaches().all(spares),
                bot.is_on(SwitchKind::IgnoreNobot) || bot.is_on(SwitchKind::EvadesBlock),
                silence,
            )
        },
    },
];
