//! Pieces of cue patterns: `(?&name)` stands for an entry of the table `[pieces]` of the same file, or of the file
//! for every language. So a sentence is put together from who, what and what follows, and each is listed once.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::File;

/// Pieces may hold pieces, but not without end.
const DEEPEST: usize = 4;

/// Pieces by name.
pub(crate) type Pieces = BTreeMap<String, String>;

/// The pieces that a file defines.
pub(crate) fn of(file: &File<'_>) -> Pieces {
    let Some(DeValue::Table(table)) = file.table.get_ref().get("pieces").map(toml::Spanned::get_ref) else {
        return Pieces::new();
    };
    let text = |value: &DeValue<'_>| value.as_str().map(str::to_owned);
    table
        .iter()
        .filter_map(|(name, value)| Some((name.get_ref().to_string(), text(value.get_ref())?)))
        .collect()
}

/// The pattern with its pieces in their places; the name of a piece that is unknown, or that holds itself.
pub(crate) fn put_together(pattern: &str, pieces: &Pieces) -> Result<String, String> {
    within(pattern, pieces, DEEPEST)
}

fn within(pattern: &str, pieces: &Pieces, depth: usize) -> Result<String, String> {
    let mut whole = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("(?&") {
        let (name, tail) = after.split_once(')').ok_or_else(|| after.to_owned())?;
        let piece = pieces.get(name).filter(|_| depth > 0).ok_or_else(|| name.to_owned())?;
        whole.push_str(before);
        whole.push_str("(?:");
        whole.push_str(&within(piece, pieces, depth - 1)?);
        whole.push(')');
        rest = tail;
    }
    whole.push_str(rest);
    Ok(whole)
}
