//! Matterbridge, which carries messages between chat networks. Accounts and places are in `accounts.rs`, gateways
//! in `gateways.rs`. Each channel of a gateway becomes an automation: what is said there is posted in the others.
//!
//! The bridge knows its own messages by the account that wrote them. So a gateway in both directions is no
//! loop; one appears only where two accounts of the bridge sit in one place, and each takes the other's copies for
//! somebody's words. That is why triggers name who looks at a place, and posts name who else would see them.

mod accounts;
mod gateways;

use std::collections::{BTreeMap, BTreeSet};

use accounts::{Accounts, Endpoint, PROTOCOLS};
use gateways::Gateway;

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Account, AccountKind, Action, Audience, AudienceKind, Automation, Event, Guard, GuardKind, Identity,
    Property, Stated, Text, Trigger, Verb,
};
use crate::syntax::{Kind, NodeRef};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "matterbridge",
    title: "Matterbridge, a bridge between chat networks",
    reference: "https://github.com/42wim/matterbridge/wiki/Settings, read as of version 1.26 (see docs/dialects/matterbridge.md)",
    recognised_by: "a list of `gateway` whose `inout`, `in` or `out` name accounts such as `irc.libera`, or of `samechannelgateway`",
    // `IgnoreNicks` can name the other account.
    expresses: &[Property::LoopGuards],
    hints: &["gateway"],
    detect,
    lower,
};

/// So many places are named where a message goes; more tell a reader nothing.
const NAMED_PLACES: usize = 16;

/// So many pairs of channels that exchange their messages are looked at in one file.
const MOST_PAIRS: usize = 100_000;

/// So many further accounts that see a message are followed.
const NAMED_VIEWS: usize = 64;

/// The value of a key, whatever its capitals: the bridge does not tell them apart.
fn find<'t>(node: NodeRef<'t>, key: &str) -> Option<NodeRef<'t>> {
    node.entries().filter(|entry| entry.key.text().eq_ignore_ascii_case(key)).last().map(|entry| entry.value)
}

fn document<'t>(candidate: &Candidate<'t>) -> Option<NodeRef<'t>> {
    candidate.tree.documents().find(|document| document.kind() == Kind::Mapping)
}

fn detect(candidate: &Candidate<'_>) -> bool {
    let is_account = |node: NodeRef<'_>| {
        let name = node.text().to_lowercase();
        name.split_once('.').is_some_and(|(protocol, _)| PROTOCOLS.contains(&protocol))
    };
    document(candidate).is_some_and(|root| {
        let gateways = find(root, "gateway").into_iter().flat_map(NodeRef::items);
        let ends = gateways
            .flat_map(NodeRef::entries)
            .filter(|entry| matches!(entry.key.text().to_lowercase().as_str(), "in" | "inout" | "out"));
        let mut named = ends.flat_map(|entry| entry.value.items()).filter_map(|end| find(end, "account"));
        let same = find(root, "samechannelgateway").into_iter().flat_map(NodeRef::items);
        let mut listed = same.filter_map(|node| find(node, "accounts")).flat_map(NodeRef::items);
        named.any(is_account) || listed.any(is_account)
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let Some(root) = document(candidate) else { return };
    let Some(first) = root.entries().next() else { return };
    let reader = Reader::new(*candidate, root.schema());
    let accounts = Accounts::read(reader, root);
    let gateways = gateways::read(reader, root, &accounts, lowered);
    let site = candidate.site(first.key);
    let account = lowered.account(Account {
        name: "the bridge".to_owned(),
        site,
        identity: Identity {
            instance: Some(format!("matterbridge {}", candidate.path.display())),
            ..Identity::default()
        },
        kind: Stated::Known(AccountKind::Bot, site),
        secrets: accounts.secrets(),
        expressible: DIALECT.expresses.to_vec(),
        ..Account::default()
    });
    let views = views(&gateways, &accounts);
    let mut pairs = 0;
    for gateway in &gateways {
        pairs += gateway.endpoints.len() * gateway.endpoints.len();
        if pairs > MOST_PAIRS {
            let text = "too many channels exchange their messages; those from here on are not looked at";
            lowered.remark(RemarkKind::Malformed, gateway.site, text, "split the file");
            break;
        }
        for source in gateway.endpoints.iter().filter(|end| end.takes) {
            if let Some(automation) = relay(gateway, source, &accounts, &views) {
                lowered.automation(Automation { account, ..automation });
            }
        }
    }
}

/// Who looks at each place, over all gateways that may be on. An account that ignores names or words is taken
/// to ignore the bridge.
fn views(gateways: &[Gateway], accounts: &Accounts<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut views: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let on = gateways.iter().filter(|gateway| gateway.enabled.get() != Some(false));
    for end in on.flat_map(|gateway| &gateway.endpoints).filter(|end| end.takes) {
        if accounts.get(&end.account).is_none_or(|member| member.ignores().is_empty()) {
            views.entry(end.place.clone()).or_default().insert(end.account.clone());
        }
    }
    views
}

/// What a gateway does with messages from one of its channels.
fn relay(
    gateway: &Gateway,
    source: &Endpoint,
    accounts: &Accounts<'_>,
    views: &BTreeMap<String, BTreeSet<String>>,
) -> Option<Automation> {
    let is_source = |end: &&Endpoint| end.account == source.account && end.place == source.place;
    let targets: Vec<_> = gateway.endpoints.iter().filter(|end| end.writes && !is_source(end)).collect();
    let first = targets.first()?;
    let text = |text: String, end: &Endpoint| Text { text, site: end.site };
    let foreign = targets.iter().flat_map(|end| {
        let others = views.get(&end.place).into_iter().flatten().filter(|other| **other != end.account);
        others.map(|other| text(Endpoint { account: other.clone(), ..(*end).clone() }.view(), end))
    });
    let places = targets.iter().take(NAMED_PLACES).map(|end| text(end.place.clone(), end));
    let of: Vec<_> = foreign.take(NAMED_VIEWS).chain(places).collect();
    let mut post = Action::new(Verb::Post, first.site, Audience::new(AudienceKind::Named, first.site).of(of));
    post.marked = accounts.get(&first.account).map_or(Stated::Absent, accounts::Member::shows_origin);
    let mut trigger = Trigger::new(Event::PostBy, source.site);
    let seen = text(source.view(), source);
    trigger.from = Some(Audience::new(AudienceKind::Named, source.site).of(vec![seen]));
    let ignored = accounts.get(&source.account).map_or_else(Vec::new, accounts::Member::ignores);
    let guards = ignored
        .first()
        .map(|first| first.site)
        .map(|site| Guard { values: ignored, ..Guard::new(GuardKind::ExcludeBots, site) });
    Some(Automation {
        name: gateway.name.clone(),
        site: gateway.site,
        enabled: gateway.enabled.clone(),
        triggers: vec![trigger],
        guards: guards.into_iter().collect(),
        actions: vec![post],
        ..Automation::default()
    })
}
