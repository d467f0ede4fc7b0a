//! Compares the deadlines that messages name with those that settings keep: time left with the closing,
//! time passed with the days of silence. A reading with two candidates decides nothing.

mod length;
mod promise;
mod reading;

use self::promise::{Promise, Reading, promises};
use super::{Discovery, live_actions};
use crate::diagnostic::Severity;
use crate::model::{Action, Automation, Event, Site, Stated, Text, Verb, View, World};

/// Days that a setting gives, and where.
#[derive(Clone, Copy)]
struct Setting {
    days: f64,
    site: Site,
}

/// What a flow of silence, announcement and closing keeps to.
struct Flow {
    /// Days of silence until it starts.
    silence: Stated<f64>,
    closing: Closing,
}

/// What comes of an item in the end.
enum Closing {
    /// It is closed so long after the start.
    After(Setting),
    /// It is closed, but only a run knows when.
    Unknown,
    /// It stays open.
    Never,
}

/// A promise that is not kept: what to underline with which words, and how much it matters.
type Contradiction = (Vec<(Site, String)>, Severity);

/// Finds messages whose numbers contradict their automation.
pub(super) fn find<'m>(world: &'m World<'m>) -> Vec<Discovery<'m>> {
    let mut found: Vec<Discovery<'m>> = Vec::new();
    for account in 0..world.model.accounts.len() {
        for (number, view) in live_actions(world, account).filter(|(_, view)| !view.is_approved()) {
            let (Some(flow), Some(action)) = (flow(&view), view.action) else { continue };
            for (labels, severity) in contradictions(&flow, action) {
                // Items of two kinds may share a message: the harm is that of the worse treated.
                let same = |other: &&mut Discovery<'_>| other.labels.first() == labels.first();
                match found.iter_mut().find(same) {
                    Some(other) if other.severity >= Some(severity) => {}
                    Some(other) => {
                        other.severity = Some(severity);
                        other.labels = labels;
                    }
                    None => found.push(Discovery {
                        actions: vec![(number, action)],
                        labels,
                        severity: Some(severity),
                        ..Discovery::of(account)
                    }),
                }
            }
        }
    }
    found
}

/// The flow of an automation that acts on silence, or closes what it wrote to.
fn flow(view: &View<'_>) -> Option<Flow> {
    let automation = view.automation?;
    let silence = automation.triggers.iter().map(|trigger| &trigger.after).find(|after| !after.is_absent());
    let closing =
        automation.actions.iter().find(|action| matches!(action.verb, Verb::Close | Verb::Lock | Verb::Kick));
    let closing = match closing {
        None if is_about_items(automation) => Closing::Never,
        None => Closing::Unknown,
        Some(action) => match action.delay {
            Stated::Known(days, site) => Closing::After(Setting { days, site }),
            Stated::Absent => Closing::After(Setting { days: 0.0, site: action.site }),
            Stated::Unknown(_) => Closing::Unknown,
        },
    };
    Some(Flow { silence: silence?.clone(), closing })
}

fn is_about_items(automation: &Automation) -> bool {
    automation.triggers.iter().any(|trigger| matches!(trigger.event, Event::IssueIdle | Event::PrIdle))
}

/// The contradictions between the message of an action and the flow that it is part of.
fn contradictions(flow: &Flow, action: &Action) -> Vec<Contradiction> {
    let speaks = matches!(action.verb, Verb::Comment | Verb::Reply) || action.verb.is_private_message();
    let said_at = match action.delay {
        Stated::Known(days, _) => days,
        Stated::Absent => 0.0,
        Stated::Unknown(_) => return Vec::new(),
    };
    let texts = if speaks { action.texts.as_slice() } else { &[] };
    texts.iter().flat_map(|text| flow.contradicted_by(text, said_at)).collect()
}

impl Flow {
    fn contradicted_by(&self, text: &Text, said_at: f64) -> Vec<Contradiction> {
        let promises = promises(&text.text);
        let left = only(&promises, |reading| reading != Reading::Passed);
        let passed = only(&promises, |reading| reading == Reading::Passed);
        let left = left.and_then(|promise| self.time_left(text, promise, said_at));
        left.into_iter().chain(passed.and_then(|promise| self.time_passed(text, promise, said_at))).collect()
    }

    fn time_left(&self, text: &Text, promise: Promise, said_at: f64) -> Option<Contradiction> {
        let closing = match self.closing {
            Closing::After(closing) => closing,
            Closing::Unknown => return None,
            Closing::Never => {
                let site = self.silence.site()?;
                let labels =
                    vec![(text.site, tells(promise)), (site, "but nothing is ever closed".to_owned())];
                return Some((labels, Severity::Info));
            }
        };
        let left = closing.days - said_at;
        // What is said with the closing itself is about reopening, unless it announces the closing.
        if left < 0.0 || (left == 0.0 && !text.text.contains("will be ")) {
            return None;
        }
        let all = self.silence.get().map(|silence| [silence, silence + closing.days]);
        let is_all = promise.reading == Reading::LeftOrAll
            && all.into_iter().flatten().any(|days| promise.agrees_with(days));
        if is_all { None } else { judge(text, promise, Setting { days: left, ..closing }, "closes") }
    }

    fn time_passed(&self, text: &Text, promise: Promise, said_at: f64) -> Option<Contradiction> {
        let Stated::Known(days, site) = self.silence else { return None };
        let silence = Setting { days, site };
        let mut candidates = vec![silence];
        match self.closing {
            // A message of the closing may count from the last activity, from the mark, or tell the first delay.
            Closing::After(closing) if said_at >= closing.days => {
                candidates.push(closing);
                candidates.push(Setting { days: silence.days + closing.days, ..silence });
            }
            Closing::Unknown if said_at > 0.0 => return None,
            _ => {}
        }
        if candidates.iter().any(|setting| promise.agrees_with(setting.days)) {
            return None;
        }
        let distance = |setting: &&Setting| (setting.days - promise.days).abs();
        let nearest = candidates.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        judge(text, promise, *nearest, "acts")
    }
}

/// The one promise of a reading; none where there are several different ones.
fn only(promises: &[Promise], wanted: impl Fn(Reading) -> bool) -> Option<Promise> {
    let mut candidates = promises.iter().filter(|promise| wanted(promise.reading));
    let first = candidates.next()?;
    candidates.all(|other| (other.days - first.days).abs() < f64::EPSILON).then_some(*first)
}

/// A promise against its setting: more time than the setting gives is worse than less.
fn judge(text: &Text, promise: Promise, setting: Setting, does: &str) -> Option<Contradiction> {
    if promise.agrees_with(setting.days) {
        return None;
    }
    let severity = if promise.days > setting.days { Severity::Warning } else { Severity::Info };
    let after =
        if setting.days == 0.0 { "at once".to_owned() } else { format!("after {}", days(setting.days)) };
    Some((vec![(text.site, tells(promise)), (setting.site, format!("but it {does} {after}"))], severity))
}

fn tells(promise: Promise) -> String {
    let length = days(promise.days);
    match promise.reading {
        Reading::Left | Reading::LeftOrAll => format!("gives people {length}"),
        Reading::Passed => format!("speaks of {length} of silence"),
    }
}

fn days(number: f64) -> String {
    if (number - 1.0).abs() < f64::EPSILON { "1 day".to_owned() } else { format!("{number} days") }
}
