//! x-use, formerly twitter-automation-ai, which drives X accounts in a browser: `accounts.json` and its presets
//! (accounts with switches of their own) and `settings.json` (switches for all others, and the browser).

mod account;
mod browser;
mod deeds;
mod keys;

use account::Targets;
use deeds::Deeds;

use super::gramaddict::settings::Settings;
use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Account, Auth, Identity, Stated, Switch, SwitchKind};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "x-use",
    title: "x-use (twitter-automation-ai), a bot that drives X accounts in a browser",
    reference: "https://github.com/ihuzaifashoukat/x-use, read as of version 2 (see docs/dialects/x-use.md)",
    recognised_by: "a list of accounts with `account_id` and `action_config`, or settings with `twitter_automation`",
    // Every limit has a default, and nothing says what becomes of answers.
    expresses: &[],
    hints: &["account_id", "twitter_automation", "browser_settings"],
    detect,
    lower,
};

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| match document.kind() {
        Kind::Sequence => document.items().any(account::is_one),
        Kind::Mapping => are_settings(document) || account::is_one(document),
        Kind::Scalar => false,
    })
}

/// Whether a mapping is a file of settings.
fn are_settings(document: NodeRef<'_>) -> bool {
    let block = |name: &str| document.get(name).filter(|block| block.kind() == Kind::Mapping);
    let drives_x = block("twitter_automation").is_some_and(|block| {
        let marks = ["action_config", "analysis_config", "engagement_decision", "processed_tweets_file"];
        marks.iter().any(|key| block.get(key).is_some())
    });
    let drives_a_browser = block("browser_settings").is_some_and(|block| {
        let marks =
            ["use_undetected_chromedriver", "user_agent_generation", "cookie_domain_url", "proxy_pools"];
        marks.iter().filter(|key| block.get(key).is_some()).count() >= 2
    });
    drives_x || drives_a_browser
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Json);
    for document in candidate.tree.documents() {
        match document.kind() {
            Kind::Sequence => account::lower_all(reader, document, lowered),
            Kind::Mapping if are_settings(document) => settings(reader, document, lowered),
            Kind::Mapping => account::lower_one(reader, document, &Stated::Absent, lowered),
            Kind::Scalar => {}
        }
    }
}

/// Settings that hold for every account without switches of its own.
fn settings<'t>(reader: Reader<'t>, document: NodeRef<'t>, lowered: &mut Lowered) {
    let automation = document.get("twitter_automation");
    let browser = document.get("browser_settings");
    let site = reader.site(automation.or(browser).unwrap_or(document));
    let mut account = Account {
        name: "the accounts".to_owned(),
        site,
        identity: Identity { platform: platform(site), ..Identity::default() },
        auth: Stated::Known(Auth::Browser, site),
        ..Account::default()
    };
    for block in ["api_keys", "llm"].iter().filter_map(|key| document.get(key)) {
        let keys = block.entries().filter(|entry| entry.key.text().ends_with("api_key"));
        account.secrets.extend(keys.filter_map(|entry| account::secret(&reader, entry)));
    }
    if let Some(browser) = browser {
        browser::switches(&Settings::new(reader, browser.entries()), &mut account, lowered);
    }
    account.switches.extend(drafts(reader, document));
    let account = lowered.account(account);
    let deeds = Deeds {
        settings: Settings::new(
            reader,
            block(automation, "action_config").into_iter().flat_map(NodeRef::entries),
        ),
        targets: Targets::default(),
        decides: decides(reader, automation),
        account,
        enabled: Stated::Absent,
        site,
    };
    deeds.lower(lowered);
    if let Some(config) = block(automation, "action_config") {
        remark_unknown(reader, config, keys::ACTIONS, lowered);
    }
}

/// The tools for assistants write drafts for approval, unless told to act at once.
fn drafts<'t>(reader: Reader<'t>, document: NodeRef<'t>) -> Option<Switch> {
    let off =
        document.get("mcp")?.get("draft_mode").filter(|node| reader.flag(*node).get() == Some(false))?;
    Some(Switch { kind: SwitchKind::SkipApproval, on: Stated::Known(true, reader.site(off)) })
}

/// Whether a model chooses between reposting, quoting and liking.
fn decides<'t>(reader: Reader<'t>, automation: Option<NodeRef<'t>>) -> Stated<bool> {
    let enabled = block(automation, "engagement_decision").and_then(|block| block.get("enabled"));
    enabled.map_or(Stated::Absent, |node| reader.flag(node))
}

/// A mapping within a mapping.
fn block<'t>(outer: Option<NodeRef<'t>>, name: &str) -> Option<NodeRef<'t>> {
    outer?.get(name).filter(|inner| inner.kind() == Kind::Mapping)
}

fn platform(site: crate::model::Site) -> Stated<String> {
    Stated::Known("twitter".to_owned(), site)
}

/// Remarks on keys that the tool ignores.
fn remark_unknown<'t>(reader: Reader<'t>, block: NodeRef<'t>, known: &[&str], lowered: &mut Lowered) {
    for entry in block.entries() {
        let name = entry.key.text();
        // A key that begins with an underscore is a comment in a format that has none.
        if known.contains(&name) || name.starts_with('_') {
            continue;
        }
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "delete it, unless your version of the tool reads it".to_owned(),
        };
        let text = format!("x-use has no setting `{name}` here");
        lowered.remark(RemarkKind::UnknownKey, reader.site(entry.key), text, help);
    }
}
