//! Restraint: memory, loops, limits and hours.

use super::{Line, shown};
use crate::hygiene::bot::{Bot, is_limited, remembers};
use crate::model::{AudienceKind, Bound, Event, GuardKind, LimitKind, Property, Stated, SwitchKind, View};

/// The lines, in order.
pub(super) static LINES: &[Line] = &[
    Line {
        id: "E-12",
        weight: 2,
        says: "remembers whom it has dealt with",
        advice: "keep a record, and act once for each person or thread",
        applies: |bot| bot.encounters().next().is_some(),
        check: |bot| {
            let forgets = bot.is_on(SwitchKind::VolatileMemory);
            shown(!forgets && bot.encounters().all(remembers), forgets, bot.silence(Property::Memory))
        },
    },
    Line {
        id: "E-13",
        weight: 2,
        says: "ignores itself and other bots",
        advice: "exclude its own messages and those of other bots from what sets it off",
        applies: |bot| bot.set_off_by(answers_strangers).next().is_some(),
        check: |bot| {
            let careful = |view: &View<'_>| {
                let has = |kinds: &[GuardKind]| kinds.iter().any(|kind| view.has_guard(*kind));
                use GuardKind::{
                    AutomaticMark, ExcludeBots, ExcludeMirrored, ExcludeSelf, PlatformIgnoresSelf,
                };
                has(&[ExcludeSelf, PlatformIgnoresSelf, ExcludeMirrored])
                    && has(&[ExcludeBots, AutomaticMark, ExcludeMirrored])
            };
            let all = bot.set_off_by(answers_strangers).all(careful);
            shown(all, false, bot.silence(Property::LoopGuards))
        },
    },
    Line {
        id: "E-14",
        weight: 3,
        says: "has limits on everything it sends",
        advice: "limit every rule: for each person, each hour, each day",
        applies: |bot| bot.outgoing().next().is_some(),
        check: |bot| {
            let limited = |view: &View<'_>| {
                let any = LimitKind::ALL.iter().any(|kind| is_limited(view, *kind));
                any || view.is_capped() && !is_everything_open(view) || remembers(view)
            };
            let unlimited = bot.outgoing().any(|view| {
                LimitKind::ALL
                    .iter()
                    .any(|kind| matches!(view.limit(*kind), Some(Stated::Known(Bound::Unlimited, _))))
            }) || bot.is_on(SwitchKind::DisableRateLimit);
            shown(!unlimited && bot.outgoing().all(limited), unlimited, bot.silence(Property::Limits))
        },
    },
    Line {
        id: "E-15",
        weight: 1,
        says: "keeps quiet at night, by the clock of the person it writes to",
        advice: "set quiet hours, such as 21:00 to 08:00 where the person is",
        applies: |bot| bot.approaches().next().is_some(),
        check: |bot| {
            let quiet = bot.approaches().all(|view| view.has_guard(GuardKind::QuietHours));
            shown(quiet, false, bot.silence(Property::QuietHours))
        },
    },
    Line {
        id: "E-16",
        weight: 1,
        says: "starts gently: no backlog, a small first run",
        advice: "leave out old items, or limit what one run may do",
        applies: |bot| backlog(bot).next().is_some(),
        check: |bot| {
            let gentle = |view: &View<'_>| {
                let fresh = view.automation.is_some_and(|automation| {
                    automation.triggers.iter().any(|trigger| !trigger.max_age.is_absent())
                });
                fresh || view.has_guard(GuardKind::AgeLimit) || is_limited(view, LimitKind::PerRun)
            };
            shown(backlog(bot).all(gentle), false, bot.silence(Property::Limits))
        },
    },
];

/// Whether an act goes to everything that is open, which ends somewhere and is no limit.
fn is_everything_open(view: &View<'_>) -> bool {
    view.action.is_some_and(|action| action.audience.kind == AudienceKind::OpenItems)
}

/// Whether anybody may cause the event by writing something, a bot included.
fn answers_strangers(event: Event) -> bool {
    (event.is_inbound() && event != Event::Command) || matches!(event, Event::PostBy | Event::PostMatch)
}

/// Publications that can pile up while the bot is off.
fn backlog<'b, 'm>(bot: &'b Bot<'m>) -> impl Iterator<Item = &'b View<'m>> {
    let piles_up =
        |event: &Event| matches!(event, Event::FeedItem | Event::Schedule | Event::PostBy | Event::Webhook);
    bot.publications().filter(move |view| {
        view.automation
            .is_some_and(|automation| automation.triggers.iter().any(|trigger| piles_up(&trigger.event)))
    })
}
