//! The environment file of a project, or the settings of a character, which the agent reads the same way.

use super::client::{self, Client};
use super::instance;
use crate::dialect::gramaddict::settings::Settings;
use crate::dialect::reading::Reader;
use crate::dialect::{Candidate, Lowered};
use crate::model::{Account, Auth, Identity, Secret, SecretKind, Site, Stated, Switch, SwitchKind};
use crate::syntax::{Kind, NodeRef, Schema};

use super::keys;

/// Lowers an environment file: the account on X, and the one on Instagram where it is used.
pub(super) fn lower(candidate: &Candidate<'_>, document: NodeRef<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Text);
    let settings = Settings::new(reader, document.entries());
    let site = candidate.site(document);
    let mut x = account(&settings, client::x(&settings), site);
    x.identity.instance = instance(candidate);
    if is_pattern(candidate) {
        x.secrets = document.entries().filter_map(|entry| token(&reader, entry.key, entry.value)).collect();
    }
    let account = lowered.account(x);
    client::lower(&settings, client::x(&settings), account, site, lowered);
    if client::uses_instagram(&settings) {
        let mut other = self::account(&settings, &client::INSTAGRAM, site);
        other.identity.instance = instance(candidate).map(|instance| format!("{instance} instagram"));
        let account = lowered.account(other);
        client::lower(&settings, &client::INSTAGRAM, account, site, lowered);
    }
}

/// The account that a client signs in to.
pub(super) fn account(settings: &Settings<'_>, client: &Client, site: Site) -> Account {
    let handle = handle(settings, client);
    let dry_run = settings.value(client.dry_run).zip(settings.site(client.dry_run));
    let dry_run =
        dry_run.map(|(value, _)| Switch { kind: SwitchKind::DryRun, on: settings.reader.flag(value) });
    Account {
        name: handle.known().cloned().unwrap_or_else(|| "the agent".to_owned()),
        site,
        identity: Identity {
            platform: Stated::Known(client.platform.to_owned(), site),
            handle,
            ..Identity::default()
        },
        auth: sign_in(settings, client),
        switches: dry_run.into_iter().collect(),
        ..Account::default()
    }
}

/// A user name, unless it is one to be filled in.
fn handle(settings: &Settings<'_>, client: &Client) -> Stated<String> {
    match settings.value(client.username) {
        Some(node) if node.text().trim().is_empty() => Stated::Absent,
        Some(node) if SecretKind::of(node.text()) == SecretKind::Placeholder => {
            Stated::Unknown(settings.reader.site(node))
        }
        Some(node) => settings.reader.stated_text(node),
        None => Stated::Absent,
    }
}

/// How a client signs in: with what is filled in, be it a placeholder.
fn sign_in(settings: &Settings<'_>, client: &Client) -> Stated<Auth> {
    let mut ways = client.sign_in.iter();
    let way = ways.find_map(|(key, auth)| {
        let filled_in = settings.value(key).is_some_and(|node| !node.text().trim().is_empty());
        Some((*auth, settings.site(key).filter(|_| filled_in)?))
    });
    way.map_or(Stated::Absent, |(auth, site)| Stated::Known(auth, site))
}

/// Whether a file is there to be copied. An environment file in use is the right place for secrets.
fn is_pattern(candidate: &Candidate<'_>) -> bool {
    let name = candidate.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    ["example", "sample", "template", "dist"].iter().any(|word| name.contains(word))
}

/// A value with the form of a known platform's token.
fn token(reader: &Reader<'_>, key: NodeRef<'_>, value: NodeRef<'_>) -> Option<Secret> {
    secret(reader, key, value).filter(|secret| secret.kind == SecretKind::Token)
}

/// What is written out under the name of a secret.
pub(super) fn secret(reader: &Reader<'_>, key: NodeRef<'_>, value: NodeRef<'_>) -> Option<Secret> {
    let is_text = value.kind() == Kind::Scalar && !value.templated() && value.text() != "null";
    if !is_text || !keys::is_secret(key.text()) {
        return None;
    }
    Secret::new(key.text(), value.text(), reader.site(value))
}
