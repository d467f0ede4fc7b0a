//! Greetings for people who come for the first time: `actions/first-interaction`, whose inputs changed their
//! spelling, and actions of the same kind. The actions themselves look who is new.

use super::occasion::Occasion;
use super::workflow::{KnownStep, Step};
use super::{account, comment, unsent};
use crate::dialect::Lowered;
use crate::model::{Automation, Event, Guard, GuardKind, Site, Stated, Trigger};

/// The step `uses: actions/first-interaction@…` and forks of it.
pub(super) const STEP: KnownStep = KnownStep { is_it: |step| kind_of(step).is_some(), lower };

/// A greeting action and the names of its inputs.
struct Greeter {
    /// Its name in messages.
    action: &'static str,
    /// Inputs with what each of them greets.
    messages: &'static [(&'static str, Event)],
    token: &'static str,
    /// Inputs that say nothing about conduct.
    neutral: &'static [&'static str],
    /// Its names in another version.
    others: &'static [(&'static str, &'static str)],
}

/// `actions/first-interaction` up to version 2.
const HYPHENS: Greeter = Greeter {
    action: "first-interaction",
    messages: &[
        ("issue-message", Event::IssueOpened),
        ("pr-message", Event::PrOpened),
        // Names of a fork.
        ("issue-opened-message", Event::IssueOpened),
        ("pr-opened-message", Event::PrOpened),
        ("pr-merged-message", Event::ItemClosed),
    ],
    token: "repo-token",
    neutral: &[],
    others: &[("issue_message", "issue-message"), ("pr_message", "pr-message"), ("repo_token", "repo-token")],
};

/// `actions/first-interaction` since version 3.
const UNDERSCORES: Greeter = Greeter {
    action: "first-interaction",
    messages: &[
        ("issue_message", Event::IssueOpened),
        ("pr_message", Event::PrOpened),
        ("discussion_message", Event::IssueOpened),
    ],
    token: "repo_token",
    neutral: &[],
    others: &[("issue-message", "issue_message"), ("pr-message", "pr_message"), ("repo-token", "repo_token")],
};

/// `wow-actions/welcome`.
const WELCOME: Greeter = Greeter {
    action: "welcome",
    messages: &[
        ("FIRST_ISSUE", Event::IssueOpened),
        ("FIRST_ISSUE_COMMENT", Event::IssueOpened),
        ("FIRST_PR", Event::PrOpened),
        ("FIRST_PR_COMMENT", Event::PrOpened),
        ("FIRST_PR_MERGED", Event::ItemClosed),
        ("FIRST_PR_MERGED_COMMENT", Event::ItemClosed),
    ],
    token: "GITHUB_TOKEN",
    neutral: &[
        "FIRST_ISSUE_REACTIONS",
        "FIRST_PR_REACTIONS",
        "FIRST_PR_MERGED_REACTIONS",
        "STAR_MESSAGE",
        "CONFIG_FILE",
    ],
    others: &[],
};

/// The last version of `actions/first-interaction` with hyphens.
const LAST_HYPHENS: u32 = 2;

fn kind_of(step: &Step<'_>) -> Option<&'static Greeter> {
    let is_old = step.major_version().is_some_and(|version| version <= LAST_HYPHENS);
    match step.action_name() {
        "first-interaction" if is_old => Some(&HYPHENS),
        "first-interaction" => Some(&UNDERSCORES),
        "action-first-interaction" => Some(&HYPHENS),
        "welcome" if step.is_action("wow-actions/welcome") => Some(&WELCOME),
        _ => None,
    }
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let Some(greeter) = kind_of(step) else { return };
    let names = greeter.messages.iter().map(|(name, _)| *name);
    let known: Vec<_> = names.chain([greeter.token]).chain(greeter.neutral.iter().copied()).collect();
    let renamed = |name: &str| {
        let mut others = greeter.others.iter();
        others.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, own)| format!("write `{own}`"))
    };
    step.unknown_inputs(greeter.action, &known, renamed, lowered);
    let account = account(lowered, step.path(), &step.speaker(&[greeter.token], &[]), step.site());
    for (input, event) in greeter.messages {
        let message = step.input(input);
        let occasion = Occasion::of(step).only(&[*event]);
        match (message.is_absent(), occasion.triggers.is_empty()) {
            (true, _) => {}
            (false, true) => unsent(&message, missing(*event), lowered),
            (false, false) => {
                let name = format!("{}: {event}", step.name());
                let greeting = Greeting { name, site: step.site(), account, message };
                let enabled = step.enabled(Stated::Absent);
                lowered.automation(greeting.automation(enabled, occasion.triggers, occasion.guards));
            }
        }
    }
}

/// Why nobody is greeted.
fn missing(event: Event) -> &'static str {
    match event {
        Event::IssueOpened => "new issues do not start this step",
        Event::PrOpened => "new pull requests do not start this step",
        _ => "what is merged does not start this step",
    }
}

/// A greeting, by whichever tool.
pub(super) struct Greeting {
    pub(super) name: String,
    pub(super) site: Site,
    pub(super) account: usize,
    pub(super) message: Stated<String>,
}

impl Greeting {
    /// Its automation: a comment for people who come for the first time.
    pub(super) fn automation(
        self,
        enabled: Stated<bool>,
        triggers: Vec<Trigger>,
        guards: Vec<Guard>,
    ) -> Automation {
        let new = Guard::new(GuardKind::FirstTime, self.site);
        Automation {
            name: self.name,
            site: self.site,
            account: self.account,
            enabled,
            triggers,
            guards: [new].into_iter().chain(guards).collect(),
            actions: comment(&self.message).into_iter().collect(),
            ..Automation::default()
        }
    }
}
