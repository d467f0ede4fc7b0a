//! Secrets written out in requests: in headers, queries and addresses. n8n keeps credentials elsewhere, so
//! only values count that look like real ones.

use super::graph::Step;
use crate::dialect::reading::Reader;
use crate::model::{Secret, SecretKind};
use crate::syntax::{Kind, NodeRef};

/// Words of which the name of a secret header or query holds one.
const NAMES: &[&str] =
    &["authorization", "api-key", "apikey", "api_key", "token", "secret", "cookie", "password"];

/// Characters that a key has at least.
const LEAST: usize = 16;

/// The secrets of a step.
pub(super) fn of(step: &Step<'_>, reader: &Reader<'_>) -> Vec<Secret> {
    if step.kind != "httpRequest" {
        return Vec::new();
    }
    let lists = [
        ("headerParameters", "parameters"),
        ("queryParameters", "parameters"),
        ("headerParametersUi", "parameter"),
        ("queryParametersUi", "parameter"),
    ];
    let lists = lists.into_iter().filter_map(|(block, list)| step.get(block)?.get(list));
    let pairs =
        lists.flat_map(NodeRef::items).filter_map(|item| Some((item.get("name")?, item.get("value")?)));
    let written = pairs.filter_map(|(name, value)| secret(name.text(), value, reader));
    written.chain(step.get("url").and_then(|url| token_in(url, reader))).collect()
}

/// A value under the name of a secret; `Bearer` and the like before it are none of it.
fn secret(name: &str, value: NodeRef<'_>, reader: &Reader<'_>) -> Option<Secret> {
    let lower = name.to_ascii_lowercase();
    let text = value.text().trim_start_matches('=');
    if value.kind() != Kind::Scalar || text.contains("{{") || !NAMES.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let key = text.split_once(' ').map_or(text, |(_, key)| key).trim();
    looks_real(Secret::new(name, key, reader.site(value))?, key)
}

/// The token of a Telegram bot in an address.
fn token_in(url: NodeRef<'_>, reader: &Reader<'_>) -> Option<Secret> {
    let (_, rest) = url.text().split_once("api.telegram.org/bot")?;
    let token = rest.split('/').next()?;
    Secret::new("url", token, reader.site(url)).filter(|secret| secret.kind == SecretKind::Token)
}

/// A known form, or long and with digits among the letters.
fn looks_real(secret: Secret, value: &str) -> Option<Secret> {
    let is_mixed =
        value.chars().any(|c| c.is_ascii_digit()) && value.chars().any(|c| c.is_ascii_alphabetic());
    let is_real = match secret.kind {
        SecretKind::Token => true,
        SecretKind::Literal => value.len() >= LEAST && is_mixed && !value.contains(' '),
        SecretKind::Placeholder => false,
    };
    is_real.then_some(secret)
}
