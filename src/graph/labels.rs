//! The words of a picture, in one place: what automations do, what comes from outside, how one automation
//! sets off another. Short, because they stand on arrows and in boxes.

use crate::analysis::effects::{Node, Via};
use crate::model::{Action, Event, Schedule, Trigger};
use crate::narrate;
use crate::plain::one_line;

/// Minutes in a day.
const MINUTES: f64 = 24.0 * 60.0;

/// What an act is, without a subject.
pub(super) fn deed(node: &Node<'_>, action: &Action) -> String {
    one_line(&narrate::deed(&node.view.on(action)))
}

/// What sets an automation off from outside.
pub(super) fn source(trigger: &Trigger) -> String {
    if trigger.event == Event::Schedule {
        return trigger.schedule.get().map_or_else(|| "by the clock".to_owned(), clock);
    }
    match trigger.event {
        Event::Followed => "somebody follows",
        Event::Unfollowed => "somebody unfollows",
        Event::BlockedUs => "somebody blocks it",
        Event::Mention => "somebody mentions it",
        Event::Reply => "somebody replies",
        Event::DmReceived => "a private message comes",
        Event::EmailReceived => "a mail comes",
        Event::Commented => "somebody comments",
        Event::Reposted => "somebody reposts it",
        Event::Liked => "somebody likes a post",
        Event::PostBy => "a watched account posts",
        Event::PostMatch => "a post matches",
        Event::MemberJoined => "somebody joins",
        Event::MemberLeft => "somebody leaves",
        Event::MemberIdle => "a member is quiet",
        Event::OptedIn => "somebody subscribes",
        Event::OptedOut => "somebody says stop",
        Event::NotFollowedBack => "no follow comes back",
        Event::NoReply => "no answer comes",
        Event::InvoiceOverdue => "a bill is overdue",
        Event::ReviewPosted => "somebody reviews",
        Event::ReportFiled => "somebody reports",
        Event::IssueOpened => "an issue is opened",
        Event::IssueIdle => "an issue is quiet",
        Event::PrOpened => "a pull request is opened",
        Event::PrIdle => "a pull request is quiet",
        Event::ItemClosed => "an item is closed",
        Event::Reopened => "an item is reopened",
        Event::Labelled => "a label is set",
        Event::Pushed => "somebody pushes",
        Event::FeedItem => "a feed has news",
        Event::Trend => "something is in fashion",
        Event::Command => "somebody gives a command",
        Event::FormSubmitted => "a form is sent",
        Event::LoggedIn => "somebody signs in",
        Event::Happening => "something else happens",
        Event::Webhook => "a call comes in",
        Event::Error => "something fails",
        Event::NewCandidate => "somebody new is found",
        Event::EventCreated => "an event is created",
        Event::Sanctioned => "somebody is sanctioned",
        Event::RaidDetected => "a raid begins",
        Event::Crisis => "somebody is in a crisis",
        Event::Fallback => "nothing else fits",
        Event::Manual => "a person starts it",
        other => other.name(),
    }
    .to_owned()
}

/// A schedule in words: `every hour`, `3 times a day`, `every 2 weeks`.
fn clock(schedule: Schedule) -> String {
    let near = |value: f64| (value - value.round()).abs() < 0.01 * value.max(1.0);
    let every = |number: f64, unit: &str| match number.round() {
        1.0 => format!("every {unit}"),
        number => format!("every {number:.0} {unit}s"),
    };
    let per_day = schedule.per_day;
    if !per_day.is_finite() || per_day <= 0.0 {
        return "by the clock".to_owned();
    }
    let (minutes, days) = (MINUTES / per_day, 1.0 / per_day);
    match () {
        () if minutes < 59.0 && near(minutes) => every(minutes, "minute"),
        () if minutes < 1439.0 && near(minutes / 60.0) => every(minutes / 60.0, "hour"),
        () if days < 1.01 && near(per_day) => match per_day.round() {
            1.0 => "every day".to_owned(),
            times => format!("{times:.0} times a day"),
        },
        () if days >= 27.0 => every((days / 30.4).max(1.0), "month"),
        () if near(days / 7.0) => every(days / 7.0, "week"),
        () if near(per_day * 7.0) => format!("{:.0} times a week", per_day * 7.0),
        () => "by the clock".to_owned(),
    }
}

/// How a hop comes about: what stands on its arrow. People and bots that can both complete it share one label.
pub(super) const fn hop(event: Option<Event>, via: Via, also_bots: bool) -> &'static str {
    let Some(event) = event else { return "their followers are next" };
    match (event, via) {
        (Event::Followed, Via::Ourselves) => "the follow is noticed there",
        (Event::Followed, Via::Bot) => "bots follow back",
        (Event::Followed, _) => "some follow back",
        (Event::NotFollowedBack, _) => "most do not follow back",
        (Event::NewCandidate, _) => "whoever was dropped is found again",
        (Event::PostBy, _) => "the copy is a new post",
        (Event::PostMatch, _) => "the post matches",
        (Event::Pushed, _) => "the push starts a run",
        (Event::Labelled, _) => "the label is an event",
        (Event::IssueIdle | Event::PrIdle, _) => "the item falls quiet again",
        (Event::Webhook, _) => "the call arrives there",
        (Event::Error, _) => "trying again fails again",
        (Event::MemberJoined, _) => "some accept",
        (Event::Liked, _) => "somebody likes it",
        (Event::Reposted, _) => "somebody reposts it",
        (_, Via::Ourselves) => "its own message counts",
        (_, Via::Platform) => "the platform reports it",
        (_, Via::Bot) => "a bot answers",
        (_, Via::Person) if also_bots => "people or bots answer",
        (_, Via::Person) => "people answer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_in_words() {
        for (text, words) in [
            ("hourly", "every hour"),
            ("every 15m", "every 15 minutes"),
            ("every 6h", "every 6 hours"),
            ("daily", "every day"),
            ("5 per day", "5 times a day"),
            ("weekly", "every week"),
            ("0 9 * * 1-5", "5 times a week"),
            ("monthly", "every month"),
            ("every 2d", "by the clock"),
        ] {
            if let Some(schedule) = Schedule::parse(text) {
                assert_eq!(clock(schedule), words, "{text}");
            }
        }
        assert_eq!(clock(Schedule::times_per_day(5.0)), "5 times a day");
    }
}
