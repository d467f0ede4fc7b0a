//! The accounts of a bridge, by protocol and name, and the places that their channels are. Two accounts can sit
//! in one place; then each sees what the other writes there as somebody else's words.

use std::collections::BTreeMap;

use super::find;
use crate::dialect::reading::Reader;
use crate::model::{Secret, Site, Stated, Text};
use crate::syntax::{Kind, NodeRef};

/// Protocols whose channels have the same name for whoever looks.
const WORLDWIDE: &[&str] = &["telegram", "whatsapp", "matrix"];

/// Protocols that a section can be of.
pub(super) const PROTOCOLS: &[&str] = &[
    "api",
    "discord",
    "gitter",
    "harmony",
    "irc",
    "keybase",
    "matrix",
    "mattermost",
    "msteams",
    "mumble",
    "nctalk",
    "rocketchat",
    "slack",
    "slack-legacy",
    "sshchat",
    "steam",
    "telegram",
    "vk",
    "whatsapp",
    "xmpp",
    "zulip",
];

/// Settings that hold a secret.
const SECRETS: &[&str] = &["token", "password", "nickservpassword", "webhookurl", "authcode"];

/// Slots before a copy that tell where it comes from.
const ORIGINS: &[&str] =
    &["{NICK}", "{NOPINGNICK}", "{USERID}", "{PROTOCOL}", "{BRIDGE}", "{LABEL}", "{GATEWAY}", "{CHANNEL}"];

/// An account of the bridge.
pub(super) struct Member<'t> {
    reader: Reader<'t>,
    section: NodeRef<'t>,
    general: Option<NodeRef<'t>>,
}

impl<'t> Member<'t> {
    /// A setting of its own, else the one that holds for all.
    fn setting(&self, key: &str) -> Option<NodeRef<'t>> {
        let own = find(self.section, key).filter(|node| !node.text().is_empty());
        own.or_else(|| self.general.and_then(|general| find(general, key)))
    }

    /// Where it says what stands before copies, and whether it tells who spoke, or at least where. A format that
    /// is not there may be made up for by the network's own way to show names.
    pub(super) fn shows_origin(&self) -> Stated<bool> {
        let Some(format) = self.setting("remotenickformat").filter(|node| !node.text().is_empty()) else {
            return Stated::Absent;
        };
        let site = self.reader.site(format);
        let text = format.text();
        if format.templated() || text.contains("{TENGO}") {
            return Stated::Unknown(site);
        }
        Stated::Known(ORIGINS.iter().any(|origin| text.contains(origin)), site)
    }

    /// Names and words that it does not pass on.
    pub(super) fn ignores(&self) -> Vec<Text> {
        let lists = ["ignorenicks", "ignoremessages"].into_iter().filter_map(|key| self.setting(key));
        lists.filter(|node| !node.text().trim().is_empty()).map(|node| self.reader.text(node)).collect()
    }
}

/// All accounts of a file.
pub(super) struct Accounts<'t> {
    members: BTreeMap<String, Member<'t>>,
}

impl<'t> Accounts<'t> {
    pub(super) fn read(reader: Reader<'t>, root: NodeRef<'t>) -> Self {
        let general = find(root, "general");
        let mut members = BTreeMap::new();
        for protocol in root.entries() {
            let kind = protocol.key.text().to_lowercase();
            if !PROTOCOLS.contains(&kind.as_str()) {
                continue;
            }
            for section in protocol.value.entries().filter(|section| section.value.kind() == Kind::Mapping) {
                let name = format!("{kind}.{}", section.key.text().to_lowercase());
                members.insert(name, Member { reader, section: section.value, general });
            }
        }
        Self { members }
    }

    /// The account of this name: `irc.libera`.
    pub(super) fn get(&self, name: &str) -> Option<&Member<'t>> {
        self.members.get(&name.to_lowercase())
    }

    /// Passwords and tokens that stand in the file.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        let written = self.members.values().flat_map(|member| {
            let entries = member.section.entries();
            let secret = entries.filter(|entry| SECRETS.contains(&entry.key.text().to_lowercase().as_str()));
            secret.filter(|entry| entry.value.kind() == Kind::Scalar && !entry.value.templated()).filter_map(
                |entry| Secret::new(entry.key.text(), entry.value.text(), member.reader.site(entry.value)),
            )
        });
        written.collect()
    }

    /// The one name of a channel, whichever account looks at it, as far as the file tells.
    pub(super) fn place(&self, account: &str, channel: &str) -> String {
        let account = account.to_lowercase();
        let protocol = account.split('.').next().unwrap_or_default();
        // Names of channels on IRC are the same in capitals and small letters.
        let channel = if protocol == "irc" { channel.to_lowercase() } else { channel.to_owned() };
        let numbered = protocol == "discord" && channel.starts_with("ID:");
        if WORLDWIDE.contains(&protocol) || numbered {
            return format!("{channel} on {protocol}");
        }
        let server = self.get(&account).and_then(|member| {
            let parts = match protocol {
                "xmpp" => ["muc", ""],
                "mattermost" => ["server", "team"],
                _ => ["server", ""],
            };
            let said: Vec<_> = parts
                .into_iter()
                .filter_map(|key| member.setting(key))
                .map(|node| host(node.text()))
                .collect();
            (!said.is_empty()).then(|| said.join(" "))
        });
        format!("{channel} on {}", server.map_or(account.clone(), |server| format!("{protocol} {server}")))
    }
}

/// A server without its port.
fn host(server: &str) -> String {
    let lower = server.trim().to_lowercase();
    match lower.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => {
            host.to_owned()
        }
        _ => lower,
    }
}

/// A channel as one account of a gateway sees it.
#[derive(Clone)]
pub(super) struct Endpoint {
    /// The account, in lower case.
    pub(super) account: String,
    /// The place, see [`Accounts::place`].
    pub(super) place: String,
    /// Where the channel stands.
    pub(super) site: Site,
    /// Whether messages are taken from here.
    pub(super) takes: bool,
    /// Whether messages are written here.
    pub(super) writes: bool,
}

impl Endpoint {
    /// The name under which this account looks at the place.
    pub(super) fn view(&self) -> String {
        format!("{}, seen by {}", self.place, self.account)
    }
}
