//! A character: mostly persona. What counts is where it is let out, whether it is told to deny what it is,
//! and the settings and secrets that it carries.

use super::environment::{account, secret};
use super::{client, instance, persona};
use crate::dialect::gramaddict::settings::Settings;
use crate::dialect::reading::Reader;
use crate::dialect::{Candidate, Lowered};
use crate::model::{Action, Audience, AudienceKind, Automation, Event, Site, Stated, Trigger, Verb};
use crate::syntax::{Kind, NodeRef, Schema};

/// Keys of a character, of which it has at least three; the first three are like no other file's.
const MARKS: &[&str] = &[
    "messageExamples",
    "postExamples",
    "modelProvider",
    "bio",
    "lore",
    "style",
    "topics",
    "adjectives",
    "knowledge",
    "system",
    "clients",
    "plugins",
];

/// Clients and plugins that let a character speak to people, what sets it off, and the platform.
const CLIENTS: &[(&str, Event, &str)] = &[
    ("twitter", Event::Mention, "twitter"),
    ("farcaster", Event::Mention, "farcaster"),
    ("instagram", Event::Commented, "instagram"),
    ("lens", Event::Mention, "lens"),
    ("bluesky", Event::Mention, "bluesky"),
    ("discord", Event::Mention, "discord"),
    ("telegram", Event::DmReceived, "telegram"),
    ("whatsapp", Event::DmReceived, "whatsapp"),
    ("slack", Event::Mention, "slack"),
];

/// Whether a mapping is a character.
pub(super) fn is_one(document: NodeRef<'_>) -> bool {
    let has = |key: &&&str| document.get(key).is_some();
    document.get("name").is_some()
        && MARKS.iter().take(3).any(|key| has(&key))
        && MARKS.iter().filter(has).count() >= 3
}

/// Lowers a character.
pub(super) fn lower(candidate: &Candidate<'_>, document: NodeRef<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Json);
    let block = document.get("settings").filter(|block| block.kind() == Kind::Mapping);
    let secrets = block.and_then(|block| block.get("secrets"));
    let entries = || [block, secrets].into_iter().flatten().flat_map(NodeRef::entries);
    let settings = Settings::new(reader, entries());
    let site = document.get("name").map_or_else(|| reader.site(document), |name| reader.site(name));
    let clients = clients(document, &reader);
    let mut agent = account(&settings, client::x(&settings), site);
    agent.name = document.get("name").map_or("", NodeRef::text).to_owned();
    agent.identity.instance = instance(candidate);
    if let [(_, _, platform), ..] = clients.as_slice() {
        agent.identity.platform = Stated::Known((*platform).to_owned(), site);
    } else {
        agent.identity.platform = Stated::Absent;
    }
    agent.secrets = entries().filter_map(|entry| secret(&reader, entry.key, entry.value)).collect();
    agent.switches.extend(persona::switches(&reader, document));
    let account = lowered.account(agent);
    for (at, event, platform) in clients {
        if platform == "twitter" && has_settings_of_x(&settings) {
            client::lower(&settings, client::x(&settings), account, at, lowered);
        } else {
            answers(account, at, event, platform, lowered);
        }
    }
}

/// Where a character is let out: by `clients`, or by plugins of the same names.
fn clients(document: NodeRef<'_>, reader: &Reader<'_>) -> Vec<(Site, Event, &'static str)> {
    let lists = ["clients", "plugins"].into_iter().filter_map(|key| document.get(key));
    let items = lists.flat_map(NodeRef::items).filter(|item| item.kind() == Kind::Scalar);
    let mut found: Vec<(Site, Event, &str)> = Vec::new();
    for item in items {
        let text = item.text().to_ascii_lowercase();
        // `twitter`, `@elizaos/client-twitter`, `@elizaos/plugin-twitter`.
        let name = text.rsplit('/').next().unwrap_or_default();
        let name = name.trim_start_matches("client-").trim_start_matches("plugin-");
        if let Some((_, event, platform)) = CLIENTS.iter().find(|(client, ..)| *client == name)
            && found.iter().all(|(_, _, known)| known != platform)
        {
            found.push((reader.site(item), *event, platform));
        }
    }
    found
}

fn has_settings_of_x(settings: &Settings<'_>) -> bool {
    [
        "TWITTER_DRY_RUN",
        "TWITTER_PASSWORD",
        "TWITTER_SEARCH_ENABLE",
        "TWITTER_ENABLE_POST",
        "TWITTER_TARGET_USERS",
    ]
    .iter()
    .any(|key| settings.value(key).is_some())
}

/// A character answers where it is let out. What else it does there, its environment says.
fn answers(account: usize, site: Site, event: Event, platform: &str, lowered: &mut Lowered) {
    let verb = if event == Event::DmReceived { Verb::Dm } else { Verb::Reply };
    let mut action = Action::new(verb, site, Audience::new(AudienceKind::Initiator, site));
    action.model_generated = Stated::Known(true, site);
    lowered.automation(Automation {
        name: format!("{platform} answers"),
        site,
        account,
        triggers: vec![Trigger::new(event, site)],
        actions: vec![action],
        ..Automation::default()
    });
}
