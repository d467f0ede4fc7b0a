//! Whether a file is a bot's at all: it names a verb that happens to people, and something independent of the
//! verb says that a machine does it. A verb alone is a word; two signs are a bot.

use super::job::Job;
use super::verb::is_distinctive;
use super::vocabulary::vocabulary;
use super::walk::Survey;
use crate::model::{Auth, Verb};

/// Decides.
pub(super) fn is_bot(survey: &Survey) -> bool {
    if survey.elsewhere.is_some() {
        return false;
    }
    let live = || survey.jobs.iter().filter(|job| job.is_live());
    let signs = Signs::of(survey);
    live().any(
        |job| if is_distinctive(job.key.verb) { signs.support(job) } else { signs.support_ordinary(job) },
    ) || (live().any(|job| job.key.verb == Verb::Follow && signs.names)
        && live().any(|job| job.key.verb == Verb::Unfollow))
}

/// Why it is none.
pub(super) fn refusal(survey: &Survey) -> &'static str {
    match survey.elsewhere {
        Some(kind) => kind,
        None if survey.jobs.is_empty() => "no word of any bot",
        None if !survey.jobs.iter().any(Job::is_live) => {
            "nothing in it is switched on that a bot does to people"
        }
        None => "it names what bots do, but no platform, login, schedule or target",
    }
}

/// Signs of a bot that do not come from a verb.
struct Signs {
    /// A platform of strangers, or of people who let the bot in.
    platform: bool,
    /// A way to sign in as a person would.
    login: bool,
    /// The word itself, a clock, a list of modes.
    machine: bool,
    /// People or posts to look for.
    names: bool,
}

impl Signs {
    fn of(survey: &Survey) -> Self {
        let auth = |wanted: &[Auth]| {
            survey
                .scopes
                .iter()
                .any(|scope| scope.account.auth.get().is_some_and(|auth| wanted.contains(&auth)))
        };
        let jobs_name = survey.jobs.iter().any(|job| !job.audiences.is_empty());
        Self {
            platform: survey.platforms.iter().any(|platform| !vocabulary().is_kind(platform, "forge")),
            login: auth(&[Auth::Password, Auth::Browser, Auth::UserToken]),
            machine: survey.bot || survey.scheduled || survey.moded,
            names: jobs_name || survey.scopes.iter().any(|scope| !scope.audiences.is_empty()),
        }
    }

    /// Whether anything supports a verb that is hardly used but of people.
    fn support(&self, job: &Job) -> bool {
        // Limits of likes are also what sites set for their own users.
        let limited = job.paced && job.key.verb != Verb::Like;
        self.platform
            || self.login
            || self.machine
            || self.names
            || limited
            || job.key.event.is_some() && job.automatic
            // Who has prepared the words and lets the machine send them.
            || job.automatic && job.key.verb == Verb::Dm && !job.texts.is_empty()
            || !job.after.is_absent()
    }

    /// Whether enough supports a verb that ordinary programs use as well (reply, comment, invite).
    fn support_ordinary(&self, job: &Job) -> bool {
        let says_who = !job.audiences.is_empty() || !job.events.is_empty() || job.key.event.is_some();
        let shown = job.paced || job.automatic || !job.texts.is_empty() || says_who;
        self.platform && shown && (self.login || self.machine || self.names || job.paced)
    }
}
