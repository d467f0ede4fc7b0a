//! Gateways: which channels exchange their messages. A channel that stands in a gateway twice, once to take and
//! once to write, does both.

use super::accounts::{Accounts, Endpoint};
use super::find;
use crate::dialect::reading::Reader;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Site, Stated};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef};

/// Channels of one gateway that are looked at; nobody can follow a conversation in more.
const MOST: usize = 100;

/// Directions, whether messages are taken and whether they are written.
const DIRECTIONS: &[(&str, bool, bool)] = &[("in", true, false), ("inout", true, true), ("out", false, true)];

/// Keys of a gateway.
const KEYS: &[&str] = &["name", "enable", "in", "inout", "out"];

/// Keys of a gateway between channels of the same name.
const SAME_KEYS: &[&str] = &["name", "enable", "accounts", "channels"];

/// Channels that exchange their messages.
pub(super) struct Gateway {
    pub(super) name: String,
    pub(super) site: Site,
    /// Off unless it says otherwise.
    pub(super) enabled: Stated<bool>,
    pub(super) endpoints: Vec<Endpoint>,
}

/// All gateways of a file; one of equal names for each of its channels.
pub(super) fn read(
    reader: Reader<'_>,
    root: NodeRef<'_>,
    accounts: &Accounts<'_>,
    lowered: &mut Lowered,
) -> Vec<Gateway> {
    let mut gateways = Vec::new();
    for node in find(root, "gateway").into_iter().flat_map(NodeRef::items) {
        remark(reader, node, KEYS, lowered);
        let mut gateway = Gateway::new(reader, node);
        for (key, takes, writes) in DIRECTIONS {
            for end in find(node, key).into_iter().flat_map(NodeRef::items) {
                gateway.add(reader, accounts, end, (*takes, *writes));
            }
        }
        gateways.push(gateway);
    }
    for node in find(root, "samechannelgateway").into_iter().flat_map(NodeRef::items) {
        remark(reader, node, SAME_KEYS, lowered);
        let names = find(node, "accounts").map_or_else(Vec::new, |node| reader.texts(node));
        for channel in find(node, "channels").into_iter().flat_map(NodeRef::items).take(MOST) {
            let mut gateway = Gateway::new(reader, node);
            gateway.endpoints = names
                .iter()
                .take(MOST)
                .map(|name| Endpoint {
                    account: name.text.to_lowercase(),
                    place: accounts.place(&name.text, channel.text()),
                    site: reader.site(channel),
                    takes: true,
                    writes: true,
                })
                .collect();
            gateways.push(gateway);
        }
    }
    gateways
}

impl Gateway {
    fn new(reader: Reader<'_>, node: NodeRef<'_>) -> Self {
        let name = find(node, "name");
        let first = node.entries().next().map_or(node, |entry| entry.key);
        let site = reader.site(name.unwrap_or(first));
        let enabled = find(node, "enable").map_or(Stated::Known(false, site), |node| reader.flag(node));
        let name = name.map_or_else(|| "a gateway".to_owned(), |node| node.text().to_owned());
        Self { name, site, enabled, endpoints: Vec::new() }
    }

    fn add(
        &mut self,
        reader: Reader<'_>,
        accounts: &Accounts<'_>,
        end: NodeRef<'_>,
        (takes, writes): (bool, bool),
    ) {
        let Some(account) = find(end, "account").filter(|node| node.kind() == Kind::Scalar) else { return };
        let channel = find(end, "channel").filter(|node| node.kind() == Kind::Scalar);
        let place = accounts.place(account.text(), channel.map_or("", NodeRef::text));
        let name = account.text().to_lowercase();
        let known = self.endpoints.iter_mut().find(|known| known.account == name && known.place == place);
        if let Some(known) = known {
            known.takes |= takes;
            known.writes |= writes;
        } else if self.endpoints.len() < MOST {
            let site = reader.site(channel.unwrap_or(account));
            self.endpoints.push(Endpoint { account: name, place, site, takes, writes });
        }
    }
}

/// Keys that the bridge does not read, and gateways that are off.
fn remark(reader: Reader<'_>, node: NodeRef<'_>, keys: &[&str], lowered: &mut Lowered) {
    for entry in node.entries() {
        let key = entry.key.text().to_lowercase();
        if !keys.contains(&key.as_str()) {
            let help = match nearest(&key, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "delete it; it is ignored".to_owned(),
            };
            let text = format!("a gateway has no key `{}`", entry.key.text());
            lowered.remark(RemarkKind::UnknownKey, reader.site(entry.key), text, help);
        }
    }
    if find(node, "enable").is_none()
        && let Some(first) = node.entries().next()
    {
        let help = "write `enable=true`, or delete the gateway";
        let text = "this gateway is off: nothing switches it on";
        lowered.remark(RemarkKind::Inert, reader.site(first.key), text, help);
    }
}
