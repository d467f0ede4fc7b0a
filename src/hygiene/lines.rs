//! The lines of the checklist, one table row each: what it is worth, what it says, what to do where it is
//! absent, whom it applies to, and how a configuration shows it. May know the model only.

use super::State::{self, Absent, NotApplicable, NotStated, Present};
use super::bot::{Bot, is_limited, remembers};
use crate::model::{
    AudienceKind, Auth, Bound, Consent, Event, FactKind, GuardKind, LimitKind, Property, Stated, SwitchKind,
    Verb, View, Visibility,
};

/// One line of the checklist.
pub struct Line {
    /// Its number: `E-1` to `E-24`.
    pub id: &'static str,
    /// What it is worth.
    pub weight: u32,
    /// What a bot does for which it holds.
    pub says: &'static str,
    /// What to do where it does not hold.
    pub advice: &'static str,
    applies: fn(&Bot<'_>) -> bool,
    check: fn(&Bot<'_>) -> State,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}

impl Line {
    /// What the account shows of this line.
    pub(super) fn state(&self, bot: &Bot<'_>) -> State {
        if (self.applies)(bot) { (self.check)(bot) } else { NotApplicable }
    }
}

macro_rules! line {
    ($id:literal, $weight:literal, $says:literal, $advice:literal, $applies:expr, $check:expr) => {
        Line { id: $id, weight: $weight, says: $says, advice: $advice, applies: $applies, check: $check }
    };
}

/// Words by which a text says that a machine speaks; `*` stands for any ending.
const MACHINE: &[&str] = &["bot", "bots", "chatbot", "robot", "automat*"];

/// Words that say how often.
const HOW_OFTEN: &[&str] =
    &["daily", "day", "days", "hour*", "week*", "month*", "mon", "monday", "weekday*", "when", "whenever"];

/// Words that say what becomes of replies.
const REPLIES: &[&str] = &["reply", "replies", "answer*", "read", "write"];

/// The longest delay, in days, of an opt-out that holds at once.
const AT_ONCE: f64 = 0.01;

/// Failed answers after which a person is due.
const PATIENCE: f64 = 2.0;

/// From this share of promotion on, a bot announces rather than answers.
const MOSTLY_PROMOTION: f64 = 0.8;

/// Every line, in order.
pub static LINES: &[Line] = &[
    line!(
        "E-1",
        3,
        "says that it is a bot",
        "set the platform's mark for bots, and say it in the profile",
        |bot| bot.acts() && !bot.is_person(),
        |bot| {
            let profile = &bot.account.profile;
            let says = bot.bio_says(MACHINE) || bot.message_says(MACHINE);
            let denies = bot.is_on(SwitchKind::DeniesBot) || bot.is_on(SwitchKind::HumanPersona);
            let flag = profile.bot_flag.get();
            shown(flag == Some(true) || says, denies || flag == Some(false), NotStated)
        }
    ),
    line!(
        "E-2",
        3,
        "names who runs it and where to write to",
        "name an operator and an address that somebody reads",
        |bot| bot.acts(),
        |bot| {
            let (operator, contact) = (&bot.account.profile.operator, &bot.account.profile.contact);
            let named = |text: &Stated<String>| text.known().is_some_and(|text| !text.is_empty());
            let empty = |text: &Stated<String>| text.known().is_some_and(String::is_empty);
            shown(named(operator) && named(contact), empty(operator) || empty(contact), NotStated)
        }
    ),
    line!(
        "E-3",
        1,
        "says what it does, how often, and whether replies are read",
        "put one sentence each into the profile",
        |bot| bot.acts(),
        |bot| {
            let has = |kind: FactKind| bot.fact(kind).is_some();
            let facts = (has(FactKind::Purpose) || has(FactKind::Topic))
                && has(FactKind::Cadence)
                && (has(FactKind::RepliesMonitoredBy) || has(FactKind::RepliesElsewhere));
            shown(facts || (bot.bio_says(HOW_OFTEN) && bot.bio_says(REPLIES)), false, NotStated)
        }
    ),
    line!(
        "E-4",
        4,
        "contacts people only when asked: mentioned, commanded, subscribed to",
        "wait until people address the bot, or let a person approve each contact",
        |bot| bot.contacts().next().is_some() || bot.naming().next().is_some(),
        |bot| {
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
        }
    ),
    line!(
        "E-5",
        2,
        "writes to lists only of people who agreed to this kind of message",
        "record who agreed, to what and when, and write only to them",
        |bot| bot.mailings().next().is_some(),
        |bot| {
            let agreed = |view: &View<'_>| {
                view.has_guard(GuardKind::OptedIn)
                    || view.action.is_some_and(|action| {
                        action.audience.kind == AudienceKind::OptInList && !action.audience.of.is_empty()
                    })
            };
            let assumed =
                bot.is_on(SwitchKind::AssumesConsent) || bot.mailings().any(|view| view.is_unsolicited());
            shown(bot.mailings().all(agreed), assumed, NotStated)
        }
    ),
    line!(
        "E-6",
        4,
        "can be stopped in one step, in the same place, at once, for good",
        "answer STOP by leaving the person alone everywhere, without questions",
        |bot| bot.approaches().next().is_some(),
        |bot| {
            let beyond = |kind, most| bot.number(kind).is_some_and(|number| number > most);
            let hard = beyond(FactKind::OptOutSteps, 1.0)
                || beyond(FactKind::OptOutDelay, AT_ONCE)
                || bot.fact(FactKind::OptOutExpires).is_some()
                || bot.fact(FactKind::OptOutScope).is_some_and(|scope| scope != "all");
            let asks = |event: Event| event.is_inbound() || event == Event::OptedOut;
            let way =
                bot.does(|verb| verb == Verb::SuppressContact, asks) || bot.fact(FactKind::OptOut).is_some();
            shown(way && !hard, hard, bot.silence(Property::OptOut))
        }
    ),
    line!(
        "E-7",
        1,
        "leaves alone who blocks it or asks for no bots",
        "skip profiles that say `#nobot`, and stop when somebody blocks the bot",
        |bot| bot.approaches().next().is_some(),
        |bot| {
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
        }
    ),
    line!(
        "E-8",
        4,
        "brings every kind of message it can get to a person or to an answer",
        "hand over what no other rule answers: mentions, replies, private messages",
        |bot| !bot.inbound().is_empty(),
        |bot| {
            let routed = bot.inbound().into_iter().all(|event| bot.routes(event));
            shown(routed, false, bot.silence(Property::Inbound))
        }
    ),
    line!(
        "E-9",
        2,
        "promises a time in which a person answers",
        "say within which time somebody answers, and who is on duty",
        |bot| !bot.inbound().is_empty(),
        |bot| {
            let within = bot
                .automations()
                .flat_map(|automation| &automation.actions)
                .any(|action| action.verb.reaches_a_person() && action.within.known().is_some());
            shown(within || bot.fact(FactKind::RepliesWithin).is_some(), false, NotStated)
        }
    ),
    line!(
        "E-10",
        3,
        "hands over to a person on request or after two failed answers",
        "pass on what the bot does not understand the second time, with what was said",
        |bot| !bot.inbound().is_empty(),
        |bot| {
            let mut triggers = bot.automations().flat_map(|automation| &automation.triggers);
            let late = triggers.any(|trigger| {
                trigger.event == Event::Fallback && trigger.count.get().is_some_and(|count| count > PATIENCE)
            });
            let hands_over =
                bot.person_reads() || bot.does(Verb::reaches_a_person, |event| event == Event::Fallback);
            shown(hands_over && !late, late, bot.silence(Property::Handoff))
        }
    ),
    line!(
        "E-11",
        2,
        "answers more than it announces",
        "answer what people write, and keep promotion below four posts in five",
        |bot| !bot.only_relays() && bot.publications().next().is_some(),
        |bot| {
            let promotes =
                |view: &&View<'_>| view.action.is_some_and(|action| action.promotion.get() == Some(true));
            let promoted = bot.publications().filter(promotes).count() as f64;
            let mostly = promoted >= MOSTLY_PROMOTION * bot.publications().count() as f64;
            let answers = Event::ALL.iter().any(|event| event.is_inbound() && bot.routes(*event));
            let closed = bot.is_on(SwitchKind::RepliesClosed);
            shown(answers && !mostly && !closed, mostly || closed, bot.silence(Property::Inbound))
        }
    ),
    line!(
        "E-12",
        2,
        "remembers whom it has dealt with",
        "keep a record, and act once for each person or thread",
        |bot| bot.encounters().next().is_some(),
        |bot| {
            let forgets = bot.is_on(SwitchKind::VolatileMemory);
            shown(!forgets && bot.encounters().all(remembers), forgets, bot.silence(Property::Memory))
        }
    ),
    line!(
        "E-13",
        2,
        "ignores itself and other bots",
        "exclude its own messages and those of other bots from what sets it off",
        |bot| bot.set_off_by(answers_strangers).next().is_some(),
        |bot| {
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
        }
    ),
    line!(
        "E-14",
        3,
        "has limits on everything it sends",
        "limit every rule: for each person, each hour, each day",
        |bot| bot.outgoing().next().is_some(),
        |bot| {
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
        }
    ),
    line!(
        "E-15",
        1,
        "keeps quiet at night, by the clock of the person it writes to",
        "set quiet hours, such as 21:00 to 08:00 where the person is",
        |bot| bot.approaches().next().is_some(),
        |bot| {
            let quiet = bot.approaches().all(|view| view.has_guard(GuardKind::QuietHours));
            shown(quiet, false, bot.silence(Property::QuietHours))
        }
    ),
    line!(
        "E-16",
        1,
        "starts gently: no backlog, a small first run",
        "leave out old items, or limit what one run may do",
        |bot| backlog(bot).next().is_some(),
        |bot| {
            let gentle = |view: &View<'_>| {
                let fresh = view.automation.is_some_and(|automation| {
                    automation.triggers.iter().any(|trigger| !trigger.max_age.is_absent())
                });
                fresh || view.has_guard(GuardKind::AgeLimit) || is_limited(view, LimitKind::PerRun)
            };
            shown(backlog(bot).all(gentle), false, bot.silence(Property::Limits))
        }
    ),
    line!(
        "E-17",
        2,
        "can be paused by one switch",
        "give operators and moderators one switch that stops everything, and use it in a crisis",
        |bot| bot.acts(),
        |bot| {
            let pauses = bot.does(|verb| verb == Verb::Pause, |_| true);
            let switch = pauses || bot.fact(FactKind::PauseSwitch).is_some();
            shown(switch, !bot.account.dead_switches.is_empty(), NotStated)
        }
    ),
    line!(
        "E-18",
        3,
        "lets a person approve what a model writes and what punishes people",
        "hold it until somebody approves it, and drop it if nobody does",
        |bot| bot.risky().next().is_some(),
        |bot| {
            let bypassed = bot.is_on(SwitchKind::SkipApproval)
                || bot.risky().any(|view| view.has_guard(GuardKind::SelfApproval));
            let approved = bot.risky().all(View::is_approved);
            shown(approved && !bypassed, bypassed, bot.silence(Property::Approval))
        }
    ),
    line!(
        "E-19",
        1,
        "leads to a person or a place outside the tool",
        "name the person, the desk or the event that people can turn to",
        |bot| !bot.inbound().is_empty(),
        |bot| shown(bot.person_reads() || bot.fact(FactKind::RepliesElsewhere).is_some(), false, NotStated)
    ),
    line!(
        "E-20",
        1,
        "keeps little about people, for a stated time",
        "say after how many days records about people are deleted",
        |bot| bot.contacts().next().is_some(),
        |bot| {
            let stated = bot.fact(FactKind::Retention).is_some();
            let bounded = bot.number(FactKind::Retention).is_some_and(f64::is_finite);
            shown(bounded, stated && !bounded, NotStated)
        }
    ),
    line!(
        "E-21",
        2,
        "signs in as itself, through the official interface, with no secret in the file",
        "register the bot with its platform, and keep its token in the environment",
        |bot| bot.acts(),
        |bot| {
            let auth = bot.account.auth.get();
            let borrowed = auth.is_some_and(|auth| auth != Auth::OfficialApi);
            shown(auth.is_some() && !borrowed && !bot.has_secrets(), borrowed || bot.has_secrets(), NotStated)
        }
    ),
    line!(
        "E-22",
        1,
        "publishes its source and its rules",
        "say where its code and its rules can be read",
        |bot| bot.acts(),
        |bot| shown(bot.fact(FactKind::SourceUrl).is_some(), false, NotStated)
    ),
    line!(
        "E-23",
        1,
        "posts unlisted, or in a place of its own",
        "post unlisted, so that only those who follow the bot see it",
        |bot| bot.publications().next().is_some(),
        |bot| {
            let stated = |view: &View<'_>| view.action.and_then(|action| action.visibility.get());
            let loud = bot.publications().any(|view| stated(view) == Some(Visibility::Public));
            let quiet = bot.publications().all(|view| stated(view).is_some());
            shown(quiet && !loud, loud, NotStated)
        }
    ),
    line!(
        "E-24",
        1,
        "lets a person see thanks and criticism",
        "pass mentions and replies on to somebody, not only to a canned answer",
        |bot| !bot.inbound().is_empty(),
        |bot| shown(bot.person_reads(), false, NotStated)
    ),
];

/// Present if the configuration shows it and nothing speaks against it, else what its silence means.
/// Whether an act goes to everything that is open, which ends somewhere and is no limit.
fn is_everything_open(view: &View<'_>) -> bool {
    view.action.is_some_and(|action| action.audience.kind == AudienceKind::OpenItems)
}

fn shown(present: bool, absent: bool, silence: State) -> State {
    match (present, absent) {
        (_, true) => Absent,
        (true, false) => Present,
        (false, false) => silence,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_worded() {
        assert_eq!(LINES.len(), 24);
        for (number, line) in LINES.iter().enumerate() {
            assert_eq!(line.id, format!("E-{}", number + 1));
            assert!(line.weight > 0 && !line.says.ends_with('.') && !line.advice.ends_with('.'), "{line:?}");
        }
        assert_eq!(LINES.iter().map(|line| line.weight).sum::<u32>(), 50);
    }
}
