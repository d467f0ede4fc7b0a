//! When an automation runs: `when someone follows you`, `every day at 9`.

use super::people::{Initiator, people, subject};
use super::words::{amount, days, names, plain, quotes};
use crate::model::{AudienceKind, Event, Schedule, Stated, Text, Trigger};

/// The longest clause that a dialect words.
const LONGEST: usize = 240;

fn clause_of(text: &str) -> String {
    super::words::shortened(text, LONGEST)
}

/// All triggers as one clause that begins a sentence, in lower case.
pub(super) fn clause(triggers: &[Trigger]) -> String {
    const START: &str = "when someone ";
    let clauses: Vec<String> = triggers.iter().map(one).collect();
    let common: Option<Vec<&str>> = clauses.iter().map(|clause| clause.strip_prefix(START)).collect();
    match (clauses.as_slice(), common) {
        ([], _) => "at a time that it does not say".to_owned(),
        ([only], _) => only.clone(),
        (_, Some(rest)) => {
            let rest: Vec<String> = rest.into_iter().map(str::to_owned).collect();
            format!("{START}{}", super::words::listed(&rest, "or"))
        }
        (many, None) => many.join(", or "),
    }
}

/// What happens, for a count of such events: `someone follows you`.
#[must_use]
pub fn event(trigger: &Trigger) -> String {
    let clause = one(trigger);
    clause.strip_prefix("when ").map_or_else(|| clause.clone(), str::to_owned)
}

fn one(trigger: &Trigger) -> String {
    let repeats = trigger.repeats.get() == Some(true);
    let again = if repeats { " (again and again until they react)" } else { "" };
    format!("{}{again}", happening(trigger))
}

fn happening(trigger: &Trigger) -> String {
    let who = subject(trigger.from.as_ref());
    let does = |what: &str| format!("when {who} {what}");
    let says = |what: &str| format!("when {who} {what}{}", saying(trigger));
    let quiet = |what: &str| {
        if trigger.after.get() == Some(0.0) {
            format!("as soon as there is {what}")
        } else if trigger.ignores_activity.get() == Some(true) {
            format!("when {what} is{} old, whatever happens in it", time(&trigger.after, " "))
        } else {
            format!("when {what} has been quiet{}", time(&trigger.after, " for "))
        }
    };
    let within = |what: &str| format!("when {who} {what}{}", time(&trigger.after, " within "));
    match trigger.event {
        Event::Followed => does("follows you"),
        Event::Unfollowed => does("unfollows you"),
        Event::BlockedUs => does("blocks you"),
        Event::Mention => says("mentions you"),
        Event::Reply => says("replies to you"),
        Event::DmReceived => says("sends you a private message"),
        Event::EmailReceived => says("sends you an e-mail"),
        Event::Commented if is_about(trigger, "review") => says("reviews a pull request"),
        Event::Commented => says("comments"),
        Event::Reposted => does("reposts you"),
        Event::Liked if !trigger.filters.is_empty() => format!("when {}", happenings(trigger)),
        Event::Liked => does("likes something of yours"),
        Event::PostBy => post_by(trigger),
        Event::PostMatch => {
            let is_open = trigger.filters.is_empty() && trigger.traits.is_empty() && trigger.items.is_empty();
            if is_open { does("posts anything") } else { format!("when {who} {}", submitted(trigger)) }
        }
        Event::MemberJoined => does("joins"),
        Event::MemberLeft => does("leaves"),
        Event::MemberIdle => quiet("a member"),
        Event::OptedIn => does("subscribes"),
        Event::OptedOut => does("says stop"),
        Event::NotFollowedBack => within("has not followed back"),
        Event::NoReply => within("has not answered"),
        Event::InvoiceOverdue => within("has not paid"),
        Event::ReviewPosted => counted(trigger, &does("reviews you"), "when {who} gives you {n} stars"),
        Event::ReportFiled => reported(trigger),
        Event::IssueOpened if is_about(trigger, "discussion") => says("starts a discussion"),
        Event::IssueOpened => says("opens an issue"),
        Event::IssueIdle if trigger.items.is_empty() => quiet("an issue"),
        Event::PrOpened if is_about(trigger, "draft") => "when a draft is ready for review".to_owned(),
        Event::PrOpened => says("opens a pull request"),
        Event::PrIdle if trigger.items.is_empty() => quiet("a pull request"),
        Event::IssueIdle | Event::PrIdle => quiet(&item(trigger)),
        Event::ItemClosed => closed(trigger),
        Event::Reopened => format!("when {} is reopened", item(trigger)),
        Event::Labelled => labelled(trigger),
        Event::Pushed => pushed(trigger),
        Event::FeedItem if trigger.filters.is_empty() => "when the feed has something new".to_owned(),
        Event::FeedItem => format!("when {} has something new", feed(trigger)),
        Event::Trend if trigger.filters.is_empty() => "when a topic trends".to_owned(),
        Event::Trend => format!("when {} trends", quotes(&trigger.filters, "or")),
        Event::Schedule => schedule(&trigger.schedule),
        Event::Command if trigger.filters.is_empty() => does("gives it a command"),
        Event::Command => format!("when {who} gives the command {}", quotes(&trigger.filters, "or")),
        Event::FormSubmitted => does("sends a form"),
        Event::LoggedIn => does("signs in"),
        Event::Happening if trigger.filters.is_empty() => "when something else happens".to_owned(),
        Event::Happening => format!("when {}", happenings(trigger)),
        Event::Webhook if trigger.filters.is_empty() => "when another system calls it".to_owned(),
        Event::Webhook => format!("when another system reports {}", quotes(&trigger.filters, "or")),
        Event::Error => "when the platform answers with an error".to_owned(),
        Event::NewCandidate => candidate(trigger),
        Event::EventCreated => "when an event is put in the calendar".to_owned(),
        Event::Sanctioned => does("has been punished"),
        Event::RaidDetected => "when many accounts join or post at once".to_owned(),
        Event::Crisis => "when a public emergency is declared".to_owned(),
        Event::Fallback => counted(
            trigger,
            "when it does not understand someone",
            "when it has not understood someone {n} times",
        ),
        Event::Manual => "when you start it by hand".to_owned(),
    }
}

/// `when a comment has been reported 3 times`, with whatever else must hold.
fn reported(trigger: &Trigger) -> String {
    let what = match trigger.items.first() {
        Some(_) => item(trigger),
        None if trigger.filters.is_empty() => "something".to_owned(),
        None => "a post".to_owned(),
    };
    let often = match trigger.count.get() {
        Some(number) if number > 1.0 => format!("has been reported {} times", amount(number)),
        _ => "is reported".to_owned(),
    };
    let by = match &trigger.from {
        Some(from) if from.kind == AudienceKind::Named && !from.of.is_empty() => {
            format!(" by {}", names(&from.of))
        }
        _ => String::new(),
    };
    format!("when {what}{by}{} {often}", matching(trigger))
}

/// `when an issue is labelled “a” or “b”`.
fn labelled(trigger: &Trigger) -> String {
    let what = if trigger.items.is_empty() { "something".to_owned() } else { item(trigger) };
    let with = if trigger.filters.is_empty() {
        String::new()
    } else {
        format!(" {}", quotes(&trigger.filters, "or"))
    };
    format!("when {what} is labelled{with}")
}

fn is_about(trigger: &Trigger, kind: &str) -> bool {
    trigger.items.iter().any(|item| item.text == kind)
}

/// `when code is pushed`, to a pull request where that is said; a tag is no code.
fn pushed(trigger: &Trigger) -> String {
    match () {
        () if is_about(trigger, "tag") => "when a tag is pushed".to_owned(),
        () if is_about(trigger, "pull request") => "when code is pushed to a pull request".to_owned(),
        () => "when code is pushed".to_owned(),
    }
}

/// `submits a poll that matches “a”`: what is posted, with its conditions.
fn submitted(trigger: &Trigger) -> String {
    let what = if trigger.items.is_empty() {
        "posts something".to_owned()
    } else {
        format!("submits {}", item(trigger))
    };
    what + &matching(trigger)
}

/// ` that matches “a” or “b” and “c”, if its title is short`: any word of a check will do, and all checks must hold.
fn matching(trigger: &Trigger) -> String {
    let checks: Vec<String> = trigger
        .each_check()
        .filter(|check| !check.is_empty())
        .map(|check| {
            // Searches for links are kept as addresses; the file need not write them so.
            let bare = |text: &Text| {
                let rest = text.text.strip_prefix("https://").map(str::trim_start);
                let shown = rest.filter(|rest| !rest.is_empty()).unwrap_or(&text.text).to_owned();
                Text { text: shown, site: text.site }
            };
            let check: Vec<Text> = check.iter().map(bare).collect();
            let either = if check.len() > 1 && trigger.checks.len() > 1 { "either " } else { "" };
            format!("{either}{}", quotes(&check, "or"))
        })
        .collect();
    let matches = if checks.is_empty() {
        String::new()
    } else {
        format!(" that matches {}", checks.join(" and also "))
    };
    if trigger.traits.is_empty() {
        return matches;
    }
    format!("{matches}, if {}", traits(trigger))
}

/// Clauses that must all hold; one that is a choice among several says so itself.
fn traits(trigger: &Trigger) -> String {
    // They are clauses of our own, in which little is quoted; cut short they would say something else.
    let traits: Vec<String> = trigger.traits.iter().map(|text| clause_of(&text.text)).collect();
    super::words::listed(&traits, "and")
}

fn saying(trigger: &Trigger) -> String {
    if trigger.filters.is_empty() {
        String::new()
    } else {
        format!(" and says {}", quotes(&trigger.filters, "or"))
    }
}

fn time(after: &Stated<f64>, before: &str) -> String {
    match after {
        Stated::Known(time, _) => format!("{before}{}", days(*time)),
        Stated::Unknown(_) => format!("{before}a time that is filled in later"),
        Stated::Absent if before.trim().is_empty() => " some days".to_owned(),
        Stated::Absent => format!("{before}some time"),
    }
}

fn counted(trigger: &Trigger, without: &str, with: &str) -> String {
    match trigger.count.get() {
        Some(number) if number > 1.0 => {
            with.replace("{who}", &subject(trigger.from.as_ref())).replace("{n}", &amount(number))
        }
        _ => without.to_owned(),
    }
}

fn post_by(trigger: &Trigger) -> String {
    match &trigger.from {
        Some(_) if !trigger.items.is_empty() || !trigger.traits.is_empty() || trigger.checks.len() > 1 => {
            format!("when {} {}", subject(trigger.from.as_ref()), submitted(trigger))
        }
        Some(_) => format!("when {} posts{}", subject(trigger.from.as_ref()), saying(trigger)),
        None if trigger.filters.is_empty() => "when an account that it watches posts".to_owned(),
        None => format!("when {} posts", names(&trigger.filters)),
    }
}

fn closed(trigger: &Trigger) -> String {
    match trigger.after {
        // A pull request is merged where that is asked for; else it may have been turned down.
        Stated::Absent if trigger.traits.iter().any(|text| text.text == "it is merged") => {
            format!("when {} is merged", item(trigger))
        }
        Stated::Absent => format!("when {} is closed", item(trigger)),
        Stated::Known(0.0, _) => format!("as soon as {} is closed", item(trigger)),
        _ => {
            let item = item(trigger);
            let item =
                item.strip_prefix("an ").or_else(|| item.strip_prefix("a ")).unwrap_or(&item).to_owned();
            format!("when a closed {item} has been quiet{}", time(&trigger.after, " for "))
        }
    }
}

/// The kinds of item that an event is about: `an issue`, `a pull request`.
fn item(trigger: &Trigger) -> String {
    let kinds: Vec<&str> = trigger.items.iter().map(|kind| kind.text.as_str()).collect();
    match kinds.as_slice() {
        [] => "an issue or pull request".to_owned(),
        [first, ..] => {
            let article = if first.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
            let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
            format!("{article} {}", super::words::listed(&kinds, "or"))
        }
    }
}

/// What happens elsewhere on the platform, in the words of the dialect.
fn happenings(trigger: &Trigger) -> String {
    // The name of an event, such as `raid.closed`, is no sentence.
    let told = |text: &str| {
        if text.contains(' ') { plain(text) } else { format!("“{}” happens", plain(text)) }
    };
    let said: Vec<String> = trigger.filters.iter().map(|text| told(&text.text)).collect();
    super::words::listed(&said, "or")
}

fn feed(trigger: &Trigger) -> String {
    let addresses: Vec<String> = trigger.filters.iter().map(|text| plain(&text.text)).collect();
    match addresses.as_slice() {
        [one] => format!("the feed {one}"),
        many => format!("one of {} feeds", many.len()),
    }
}

fn candidate(trigger: &Trigger) -> String {
    trigger.from.as_ref().map_or_else(
        || "whenever it finds somebody new".to_owned(),
        |from| format!("whenever it finds someone new among {}", people(from, &Initiator::known(None))),
    )
}

/// `every day at 9`, `every 15 minutes`, `five days a week`.
fn schedule(schedule: &Stated<Schedule>) -> String {
    let schedule = match schedule {
        Stated::Known(schedule, _) => *schedule,
        Stated::Unknown(_) => return "at times that are filled in later".to_owned(),
        Stated::Absent => return "whenever it runs".to_owned(),
    };
    let hours: Vec<u8> = schedule.hours_of_day().collect();
    let (runs, worst) = (schedule.per_day, schedule.worst_day());
    let near = |number: f64| (runs - number).abs() < 1e-6;
    let at = match schedule.minute {
        _ if hours.is_empty() || hours.len() > 3 => String::new(),
        None => String::new(),
        Some(0) => {
            let hours: Vec<String> = hours.iter().map(u8::to_string).collect();
            format!(" at {} o'clock", super::words::listed(&hours, "and"))
        }
        Some(minute) => {
            let times: Vec<String> = hours.iter().map(|hour| format!("{hour}:{minute:02}")).collect();
            format!(" at {}", super::words::listed(&times, "and"))
        }
    };
    match runs {
        _ if near(24.0) => "every hour".to_owned(),
        _ if near(1.0) || (!at.is_empty() && near(hours.len() as f64)) => format!("every day{at}"),
        // A weekly line of cron fires 52 or 53 times in a year.
        _ if (runs - 1.0 / 7.0).abs() < 0.004 => format!("once a week{at}"),
        _ if (runs - 1.0 / 30.5).abs() < 0.001 => format!("once a month{at}"),
        r if r > 24.0 => format!("every {}", span(1.0 / r)),
        _ if near(2.0) => format!("twice a day{at}"),
        r if r > 1.0 || worst > 1.0 => format!("up to {} times a day{at}", amount(worst)),
        // Days of the week come 52 or 53 times in a year; every third day of a month comes oftener than every third day.
        r if r * 7.0 >= 1.9 && (r * 7.0 - (r * 7.0).round()).abs() < 0.06 => {
            format!("on {} days a week{at}", amount((r * 7.0).round()))
        }
        // Every 36 hours is neither every day nor every other day.
        r if r > 0.5 && (1.0 / r - (1.0 / r).round()).abs() > 0.2 => format!("every {}", span(1.0 / r)),
        r => format!("every {}{at}", span((1.0 / r).round())),
    }
}

/// A time after "every": `day`, `3 days`.
fn span(time: f64) -> String {
    let said = days(time);
    said.strip_prefix("an ").or_else(|| said.strip_prefix("a ")).map_or(said.clone(), str::to_owned)
}
