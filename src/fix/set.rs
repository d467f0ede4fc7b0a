//! Puts another value in the place of a scalar, in the quotes that it had.

use super::edit::Edit;
use crate::source::Span;
use crate::syntax::{Change, Given, Kind, Role, Slot, Style, Syntax};

/// The edit that makes a scalar say this; none for what is no scalar, is written over several lines, or is named or
/// tagged.
pub(super) fn set<'t>(slot: Slot<'t>, value: &Given) -> Option<(Edit, Change<'t>)> {
    if slot.kind() != Some(Kind::Scalar) || slot.is_tagged() || slot.raw().contains(['\n', '\r']) {
        return None;
    }
    let text = said(value)?;
    // Readers of lines disagree about everything else between quotes.
    if matches!(slot.syntax(), Syntax::Dotenv | Syntax::Ini) && !is_plain_word(&text) {
        return None;
    }
    let raw = slot.raw();
    let written = match slot.style() {
        Style::DoubleQuoted if raw.len() >= 2 => format!("\"{}\"", escaped(&text)),
        Style::SingleQuoted if raw.len() >= 2 => in_single_quotes(&text, slot.syntax())?,
        // A key stays as bare as it was.
        Style::Plain if slot.role() == Role::Key && is_plain_word(&text) && !text.contains(['.', '/']) => {
            text.clone()
        }
        Style::Plain => plain(value, slot.syntax())?,
        _ => return None,
    };
    Some((Edit { span: slot.span(), text: written }, Change::Says(slot, text)))
}

/// The edit that replaces a part of a scalar, once as it is written and once as it is read; none where the part is
/// not there exactly once.
pub(super) fn set_part<'t>(slot: Slot<'t>, part: Span, text: &str) -> Option<(Edit, Change<'t>)> {
    let old = part.slice(slot.tree().text());
    let whole = slot.look().text();
    let is_word = |text: &str| {
        let mut found = text.match_indices(old).filter(|(at, _)| is_apart(text, *at, old.len()));
        found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
    };
    is_word(slot.raw())?;
    let at = is_word(whole)?;
    let new = format!("{}{text}{}", whole.get(..at)?, whole.get(at + old.len()..)?);
    Some((Edit { span: part, text: text.to_owned() }, Change::Says(slot, new)))
}

/// Whether no digit stands beside a part of a text.
pub(super) fn is_apart(text: &str, at: usize, length: usize) -> bool {
    let digit = |found: Option<char>| found.is_some_and(|c| c.is_alphanumeric() || c == '.' || c == '-');
    let after = text.get(at + length..).unwrap_or_default();
    let is_fraction = after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let ends_sentence = after.starts_with('.') && !is_fraction;
    !digit(text.get(..at).unwrap_or_default().chars().next_back())
        && (ends_sentence || !digit(after.chars().next()))
}

/// What a value says as text.
pub(super) fn said(value: &Given) -> Option<String> {
    match value {
        Given::Number(number) => Some(number.to_string()),
        Given::Flag(flag) => Some(flag.to_string()),
        Given::Text(text) | Given::Word(text) if text.contains(char::is_control) => None,
        Given::Text(text) | Given::Word(text) => Some(text.clone()),
        Given::Table(_) => None,
    }
}

/// A value as it stands where no quotes were, with quotes where it needs some.
pub(super) fn plain(value: &Given, syntax: Syntax) -> Option<String> {
    let text = said(value)?;
    let is_text = matches!(value, Given::Text(_));
    let needs_quotes = match syntax {
        Syntax::Json | Syntax::Jsonc | Syntax::Toml => is_text,
        Syntax::Yaml => is_text && !is_bare(&text),
        Syntax::Dotenv | Syntax::Ini if !is_plain_word(&text) => return None,
        Syntax::Dotenv | Syntax::Ini => false,
    };
    Some(if needs_quotes { format!("\"{}\"", escaped(&text)) } else { text })
}

/// Whether no reader of lines sees anything special in a text.
fn is_plain_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'))
}

/// Whether YAML reads a text without quotes as this text.
fn is_bare(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    let is_simple = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'));
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | 'e' | 'x'));
    begins && is_simple && !is_number && !words.contains(&text.to_ascii_lowercase().as_str())
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn in_single_quotes(text: &str, syntax: Syntax) -> Option<String> {
    match syntax {
        Syntax::Yaml => Some(format!("'{}'", text.replace('\'', "''"))),
        _ if text.contains('\'') => None,
        _ => Some(format!("'{text}'")),
    }
}
