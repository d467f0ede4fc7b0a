//! When a workflow starts by the clock: the schedule trigger with its rules, and the older cron and interval
//! nodes. What is left out has the default of the node.

use super::graph::Step;
use crate::dialect::reading::number_in;
use crate::model::{Schedule, Site, Stated};
use crate::syntax::{Kind, NodeRef};

/// Days in a month.
const MONTH: f64 = 30.0;

/// The schedule of a trigger of this kind; absent for other triggers.
pub(super) fn of(step: &Step<'_>, site: Site) -> Stated<Schedule> {
    let found = match step.kind {
        "scheduleTrigger" => {
            let rules = step.get("rule").and_then(|rule| rule.get("interval"));
            all(rules.into_iter().flat_map(NodeRef::items), rule, "0 0 * * *")
        }
        "cron" => {
            let times = step.get("triggerTimes").and_then(|times| times.get("item"));
            all(times.into_iter().flat_map(NodeRef::items), time, "0 14 * * *")
        }
        "interval" => {
            let seconds = match step.text("unit", "seconds") {
                "minutes" => 60.0,
                "hours" => 3600.0,
                _ => 1.0,
            };
            number(step.parameters, "interval", 1.0).and_then(|every| per_day(every * seconds / 86_400.0))
        }
        _ => return Stated::Absent,
    };
    found.map_or(Stated::Unknown(site), |schedule| Stated::Known(schedule, site))
}

/// All rules together; a rule that only the run knows makes the whole unknown.
fn all<'t>(
    rules: impl Iterator<Item = NodeRef<'t>>,
    read: impl Fn(NodeRef<'t>) -> Option<Schedule>,
    usual: &str,
) -> Option<Schedule> {
    let mut sum: Option<Schedule> = None;
    for rule in rules {
        let schedule = read(rule)?;
        sum = Some(sum.map_or(schedule, |sum| sum.and(schedule)));
    }
    sum.or_else(|| Schedule::from_cron(usual))
}

/// One rule of the schedule trigger.
fn rule(rule: NodeRef<'_>) -> Option<Schedule> {
    let number = |key: &str, usual: f64| number(Some(rule), key, usual);
    let hour = number("triggerAtHour", 0.0);
    let each = |days: f64| {
        let at = Schedule::from_cron(&format!("0 {} * * *", hour?))?;
        (days > 0.0).then(|| at.once_in(days))
    };
    match rule.get("field").map_or("days", NodeRef::text) {
        "seconds" => per_day(number("secondsInterval", 30.0)? / 86_400.0),
        "minutes" => per_day(number("minutesInterval", 5.0)? / 1440.0),
        "hours" => per_day(number("hoursInterval", 1.0)? / 24.0),
        "days" => each(number("daysInterval", 1.0)?),
        "weeks" => {
            let days = rule.get("triggerAtDay").map_or(1, |days| days.items().count().max(1));
            each(number("weeksInterval", 1.0)? * 7.0 / days as f64)
        }
        "months" => each(number("monthsInterval", 1.0)? * MONTH),
        "cronExpression" => cron(rule.get("expression")?.text()),
        _ => None,
    }
}

/// One time of the cron node.
fn time(time: NodeRef<'_>) -> Option<Schedule> {
    let number = |key: &str, usual: f64| number(Some(time), key, usual);
    let hour = number("hour", 14.0);
    let at = |days: f64| Some(Schedule::from_cron(&format!("0 {} * * *", hour?))?.once_in(days));
    match time.get("mode").map_or("everyDay", NodeRef::text) {
        "everyMinute" => Schedule::parse("every 1m"),
        "everyHour" => Schedule::parse("hourly"),
        "everyX" => {
            let unit = if time.get("unit").map(NodeRef::text) == Some("minutes") { 1440.0 } else { 24.0 };
            per_day(number("value", 2.0)? / unit)
        }
        "everyDay" => at(1.0),
        "everyWeek" => at(7.0),
        "everyMonth" => at(MONTH),
        "custom" => cron(time.get("cronExpression")?.text()),
        _ => None,
    }
}

/// A cron line of five fields, or of six with seconds first.
fn cron(line: &str) -> Option<Schedule> {
    let line = line.trim().trim_start_matches('=');
    match line.split_ascii_whitespace().count() {
        6 => Schedule::from_cron(line.split_once(char::is_whitespace)?.1),
        _ => Schedule::from_cron(line),
    }
}

/// Fires once in so many days.
fn per_day(days: f64) -> Option<Schedule> {
    (days > 0.0).then(|| Schedule::parse(&format!("{days}d"))).flatten()
}

/// A number, the default where it is left out, nothing where only the run knows it.
fn number(block: Option<NodeRef<'_>>, key: &str, usual: f64) -> Option<f64> {
    match block.and_then(|block| block.get(key)) {
        Some(node) if node.kind() == Kind::Scalar => number_in(node.text()).filter(|number| *number >= 0.0),
        Some(_) => None,
        None => Some(usual),
    }
}
