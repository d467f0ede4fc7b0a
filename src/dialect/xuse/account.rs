//! The accounts of `accounts.json`: who they are, how they sign in, whom they look for, and their own switches.

use super::deeds::Deeds;
use super::{browser, keys, platform, remark_unknown};
use crate::dialect::gramaddict::settings::Settings;
use crate::dialect::reading::Reader;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Account, Auth, GuardKind, Identity, Secret, Site, Stated, Text};
use crate::syntax::{Entry, Kind, NodeRef};

/// Keys of which an account of this tool has at least one beside its name.
const MARKS: &[&str] = &[
    "action_config",
    "action_config_override",
    "target_keywords_override",
    "competitor_profiles",
    "competitor_profiles_override",
    "cookie_file_path",
];

/// Names under which an account signs in, in the order in which the tool looks.
const SIGN_IN: &[&str] = &["cookies", "cookie_file_path", "cookie_env_name", "password"];

/// Whom the switches of an account are about; `None` where another file says it.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// Words to search for.
    pub(super) keywords: Option<Vec<Text>>,
    /// Accounts whose posts are taken up.
    pub(super) profiles: Option<Vec<Text>>,
    /// The community whose members are visited: its number or name.
    pub(super) community: Option<Option<Text>>,
}

/// Whether a node is an account of this tool.
pub(super) fn is_one(node: NodeRef<'_>) -> bool {
    node.get("account_id").is_some() && MARKS.iter().any(|key| node.get(key).is_some())
}

/// Every account of a list. Several in one file have one owner.
pub(super) fn lower_all<'t>(reader: Reader<'t>, list: NodeRef<'t>, lowered: &mut Lowered) {
    let owner = if list.items().nth(1).is_some() {
        Stated::Known(reader.candidate.path.display().to_string(), reader.site(list))
    } else {
        Stated::Absent
    };
    for item in list.items() {
        lower_one(reader, item, &owner, lowered);
    }
}

/// One account.
pub(super) fn lower_one<'t>(
    reader: Reader<'t>,
    node: NodeRef<'t>,
    owner: &Stated<String>,
    lowered: &mut Lowered,
) {
    let settings = Settings::new(reader, node.entries());
    let Some(name) = settings.value("account_id").filter(|name| !name.text().trim().is_empty()) else {
        let text = "this account has no `account_id`; the tool skips it";
        lowered.remark(RemarkKind::Malformed, reader.site(node), text, "give it one");
        return;
    };
    let site = reader.site(name);
    let mut account = Account {
        name: name.text().to_owned(),
        site,
        identity: Identity { platform: platform(site), handle: handle(&settings), ..Identity::default() },
        owner_group: owner.clone(),
        auth: sign_in(&settings),
        secrets: secrets(&settings),
        enforced_by_tool: vec![GuardKind::Dedupe],
        ..Account::default()
    };
    browser::proxy(&settings, &mut account);
    let account = lowered.account(account);
    remark_unknown(reader, node, keys::ACCOUNT, lowered);
    let Some((key, config)) = config(node) else { return };
    if config.kind() != Kind::Mapping {
        if !(config.kind() == Kind::Scalar && config.text() == "null") {
            let text = format!("`{key}` is no mapping; the tool skips this account");
            lowered.remark(RemarkKind::Malformed, reader.site(config), text, "make it a mapping of switches");
        }
        return;
    }
    let switches = Settings::new(reader, config.entries());
    let decides = switches.value("enable_engagement_decision");
    let deeds = Deeds {
        targets: targets(&settings),
        decides: decides.map_or(Stated::Absent, |node| reader.flag(node)),
        settings: switches,
        account,
        enabled: settings.value("is_active").map_or(Stated::Absent, |node| reader.flag(node)),
        site,
    };
    deeds.lower(lowered);
    remark_unknown(reader, config, keys::ACTIONS, lowered);
}

/// The switches of an account: under the name of today, else under the old one.
fn config(node: NodeRef<'_>) -> Option<(&'static str, NodeRef<'_>)> {
    ["action_config", "action_config_override"].into_iter().find_map(|key| Some((key, node.get(key)?)))
}

/// What is under the name of today, else under the old one with `_override`.
fn texts(settings: &Settings<'_>, key: &str) -> Vec<Text> {
    match settings.value(key) {
        Some(_) => settings.texts(key),
        None => settings.texts(&format!("{key}_override")),
    }
}

fn targets(settings: &Settings<'_>) -> Targets {
    let community = ["community_id", "community_name"].into_iter().find(|key| settings.is_on(key));
    Targets {
        keywords: Some(texts(settings, "target_keywords")),
        profiles: Some(texts(settings, "competitor_profiles").into_iter().map(handle_of_profile).collect()),
        community: Some(community.and_then(|key| settings.texts(key).into_iter().next())),
    }
}

/// `https://x.com/somebody` is called `somebody`.
fn handle_of_profile(profile: Text) -> Text {
    let name = profile.text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    Text { text: name.split('?').next().unwrap_or_default().to_owned(), site: profile.site }
}

/// `account_id` is any name; only these two are the account's own on X.
fn handle(settings: &Settings<'_>) -> Stated<String> {
    let stated = settings.texts("self_handles").into_iter().chain(settings.texts("username")).next();
    let handle = stated.filter(|text| !text.text.is_empty() && !text.text.starts_with("your"));
    handle.map_or(Stated::Absent, |text| Stated::Known(text.text, text.site))
}

/// The tool knows no other way than a browser with a person's session.
fn sign_in(settings: &Settings<'_>) -> Stated<Auth> {
    let stated = SIGN_IN.iter().find(|key| settings.is_on(key)).and_then(|key| settings.site(key));
    stated.map_or(Stated::Absent, |site: Site| Stated::Known(Auth::Browser, site))
}

/// Cookies that sign in, and a password.
fn secrets(settings: &Settings<'_>) -> Vec<Secret> {
    let reader = &settings.reader;
    let cookies = settings.value("cookies").into_iter().flat_map(NodeRef::items);
    let cookies = cookies.filter_map(|cookie| {
        let name = cookie.get("name").filter(|name| matches!(name.text(), "auth_token" | "ct0"))?;
        secret(reader, Entry { key: name, value: cookie.get("value")? })
    });
    let password = settings.value("password").and_then(|value| {
        let text = value.text();
        (!value.templated()).then(|| Secret::new("password", text, reader.site(value))).flatten()
    });
    cookies.chain(password).collect()
}

/// What stands under the name of a secret.
pub(super) fn secret<'t>(reader: &Reader<'t>, entry: Entry<'t>) -> Option<Secret> {
    let value = entry.value;
    if value.kind() != Kind::Scalar || value.templated() || value.text() == "null" {
        return None;
    }
    Secret::new(entry.key.text(), value.text(), reader.site(value))
}
