//! Automations of GitHub repositories: workflow steps and the files of hosted apps. One file for each tool;
//! what several of them need (workflows, expressions, stale policies, the account) is shared here.

mod auto_comment;
mod aws_stale;
mod blocks;
pub(super) mod callers;
mod commands;
mod comment_actions;
mod conditions;
mod expression;
mod greeting;
mod happenings;
mod idle;
mod issue_manager;
mod issues_helper;
mod javascript;
mod label_actions;
mod lock;
mod lock_threads;
mod no_response;
mod occasion;
mod periods;
mod probot;
mod probot_auto_comment;
mod probot_config;
mod probot_lock;
mod probot_no_response;
mod probot_stale;
mod rest;
mod reusable;
mod script;
mod shell;
mod social;
mod stale;
mod stale_action;
mod step;
mod support_requests;
mod workflow;

use std::path::Path;

pub(super) use label_actions::DIALECT as LABEL_ACTIONS;
pub(super) use probot_auto_comment::DIALECT as PROBOT_AUTO_COMMENT;
pub(super) use probot_config::DIALECT as PROBOT_CONFIG;
pub(super) use probot_lock::DIALECT as PROBOT_LOCK;
pub(super) use probot_no_response::DIALECT as PROBOT_NO_RESPONSE;
pub(super) use probot_stale::DIALECT as PROBOT_STALE;
pub(super) use social::may_act;
pub(super) use workflow::DIALECT as WORKFLOW;

use super::{Lowered, RemarkKind};
use crate::model::{
    Account, AccountKind, Action, Audience, AudienceKind, Auth, Event, Guard, GuardKind, Identity, Property,
    Site, Stated, Text, Verb,
};

/// What these formats can say about the account: which items stay untouched, and nothing else.
const EXPRESSES: &[Property] = &[Property::Exemptions];

/// Who speaks in a repository.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dialect) enum Speaker {
    /// The bot of the platform, with the token that every workflow gets, or the bot of a hosted app.
    Bot,
    /// Whoever the token in this secret belongs to.
    Token(String),
    /// Whoever the token belongs to that an earlier step made, mostly an app of the project's own.
    Other,
}

impl Speaker {
    /// Who speaks with the token that this text gives; none where it says nothing.
    fn of(token: &str) -> Option<Self> {
        let name = |after: &str| -> String {
            after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
        };
        if let Some((_, secret)) = token.split_once("secrets.") {
            let secret = name(secret);
            return Some(if secret == "GITHUB_TOKEN" { Self::Bot } else { Self::Token(secret) });
        }
        match token.contains("${{") {
            true if token.contains("github.token") => Some(Self::Bot),
            true => Some(Self::Other),
            false => None,
        }
    }
}

/// The account that automations of this repository act as. All files of one repository belong together, but
/// what a personal token does is done by another account than what the platform's bot does.
pub(in crate::dialect) fn account(
    lowered: &mut Lowered,
    path: &Path,
    speaker: &Speaker,
    site: Site,
) -> usize {
    let repository = instance(path);
    let (secret, instance) = match speaker {
        Speaker::Bot => (None, repository),
        Speaker::Token(secret) => (Some(secret.clone()), format!("{repository} secrets.{secret}")),
        Speaker::Other => (None, format!("{repository} another token")),
    };
    let mut accounts = lowered.model.accounts.iter();
    if let Some(known) = accounts.position(|known| known.identity.instance.as_ref() == Some(&instance)) {
        return known;
    }
    let identity = Identity {
        platform: Stated::Known("github".to_owned(), site),
        secret,
        instance: Some(instance),
        ..Identity::default()
    };
    let mut account = Account {
        name: "the repository".to_owned(),
        site,
        identity,
        expressible: EXPRESSES.to_vec(),
        ..Account::default()
    };
    if *speaker == Speaker::Bot {
        account.kind = Stated::Known(AccountKind::Bot, site);
        account.auth = Stated::Known(Auth::OfficialApi, site);
        account.profile.bot_flag = Stated::Known(true, site);
        // What the workflow's own token does starts no further workflow; apps skip events of bots.
        account.enforced_by_tool.push(GuardKind::PlatformIgnoresSelf);
    }
    lowered.account(account)
}

/// The repository that a file belongs to: the folder that holds `.github`; the file's own where there is none.
fn instance(path: &Path) -> String {
    let github = path.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == ".github"));
    let root = github.unwrap_or(path).parent().unwrap_or(Path::new(""));
    format!("github:{}", if root.as_os_str().is_empty() { ".".into() } else { root.to_string_lossy() })
}

/// Something done to whoever opened or touched the item.
pub(in crate::dialect) fn act(verb: Verb, site: Site) -> Action {
    Action::new(verb, site, Audience::new(AudienceKind::Initiator, site))
}

/// A message that is known to be sent may still have a text that only a run knows.
pub(in crate::dialect) fn comment(message: &Stated<String>) -> Option<Action> {
    let site = message.site()?;
    let texts = message.known().map(|text| Text { text: text.clone(), site });
    Some(Action { texts: texts.into_iter().collect(), ..act(Verb::Comment, site) })
}

/// A label that is added.
pub(in crate::dialect) fn label(name: &Stated<String>) -> Option<Action> {
    Some(act(Verb::Label, name.site()?).in_manner(name.clone()))
}

/// The guard that a list stands for, whose parts are separated by commas; none where it is not given.
fn listed(kind: GuardKind, list: Stated<String>) -> Option<Guard> {
    let mut guard = Guard::new(kind, list.site()?);
    // A list that only a run knows is a guard of unknown extent.
    guard.values = list.known().filter(|list| !list.contains("${{")).map_or_else(Vec::new, |list| {
        let parts = list.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| Text { text: part.to_owned(), site: guard.site }).collect()
    });
    Some(guard)
}

/// Remarks on a message that is written down and never sent.
fn unsent(message: &Stated<String>, why: &str, lowered: &mut Lowered) {
    if let Some(site) = message.site() {
        let help = "delete the message, or change the setting that keeps it from being sent";
        lowered.remark(RemarkKind::Inert, site, format!("nobody gets this message: {why}"), help);
    }
}

/// The two kinds of item that people open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Issues,
    Pulls,
}

impl Item {
    const ALL: [Self; 2] = [Self::Issues, Self::Pulls];

    const fn name(self) -> &'static str {
        match self {
            Self::Issues => "issues",
            Self::Pulls => "pull requests",
        }
    }

    /// The event of nobody touching such an item for a while.
    const fn idle(self) -> Event {
        match self {
            Self::Issues => Event::IssueIdle,
            Self::Pulls => Event::PrIdle,
        }
    }
}
