//! Automations of GitHub repositories: workflow steps and the files of hosted apps. One file for each tool;
//! what several of them need (workflows, expressions, stale policies, the account) is shared here.

mod expression;
mod probot_stale;
mod stale;
mod stale_action;
mod step;
mod workflow;

use std::path::Path;

pub(super) use probot_stale::DIALECT as PROBOT_STALE;
pub(super) use workflow::DIALECT as WORKFLOW;

use super::Lowered;
use crate::model::{Account, AccountKind, Auth, Event, GuardKind, Identity, Property, Site, Stated};

/// What these formats can say about the account: which items stay untouched, and nothing else.
const EXPRESSES: &[Property] = &[Property::Exemptions];

/// Who speaks in a repository.
enum Speaker {
    /// The bot of the platform or of an app.
    Bot,
    /// Whoever the token in this secret belongs to.
    Token(String),
}

/// The account that automations of this repository act as; files of one `.github` folder belong together.
fn account(lowered: &mut Lowered, path: &Path, speaker: Speaker, site: Site) -> usize {
    let secret = match &speaker {
        Speaker::Bot => None,
        Speaker::Token(secret) => Some(secret.clone()),
    };
    let known = lowered.model.accounts.iter().position(|account| account.identity.secret == secret);
    known.unwrap_or_else(|| {
        let identity = Identity {
            platform: Stated::Known("github".to_owned(), site),
            secret,
            instance: Some(instance(path)),
            ..Identity::default()
        };
        let mut account = Account {
            name: "the repository".to_owned(),
            site,
            identity,
            expressible: EXPRESSES.to_vec(),
            ..Account::default()
        };
        if matches!(speaker, Speaker::Bot) {
            account.kind = Stated::Known(AccountKind::Bot, site);
            account.auth = Stated::Known(Auth::OfficialApi, site);
            account.profile.bot_flag = Stated::Known(true, site);
            // What the workflow's own token does starts no further workflow; apps skip events of bots.
            account.enforced_by_tool.push(GuardKind::PlatformIgnoresSelf);
        }
        lowered.account(account)
    })
}

/// The `.github` folder that a file belongs to; its own folder where there is none.
fn instance(path: &Path) -> String {
    let root = path.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == ".github"));
    root.or_else(|| path.parent()).unwrap_or(path).display().to_string()
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
