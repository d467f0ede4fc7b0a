//! Puts entries into a mapping: behind its last one, indented like it, in the file's own way of writing.

use super::edit::{Edit, line_break, line_end, line_start};
use super::set::plain;
use crate::source::Span;
use crate::syntax::{Change, Given, Kind, Slot, Syntax};

/// A value that a mapping shall have at a path of keys.
#[derive(Clone, Debug)]
pub(super) struct Wish<'t> {
    pub(super) mapping: Slot<'t>,
    pub(super) path: Vec<String>,
    pub(super) value: Given,
}

/// What one mapping gets.
struct Addition<'t> {
    to: Slot<'t>,
    entries: Vec<(String, Given)>,
}

/// The edits that give mappings these values. Of a path, the keys that are there already are gone into; none where
/// the last one is there, or one of them holds something else than a mapping.
pub(super) fn insert<'t>(wishes: &[Wish<'t>]) -> Option<(Vec<Edit>, Vec<Change<'t>>)> {
    let mut additions: Vec<Addition<'t>> = Vec::new();
    for wish in wishes {
        let (to, entry) = placed(wish)?;
        match additions.iter_mut().find(|addition| addition.to.is(to)) {
            Some(addition) => merge(&mut addition.entries, entry),
            None => additions.push(Addition { to, entries: vec![entry] }),
        }
    }
    let (mut edits, mut changes) = (Vec::new(), Vec::new());
    for Addition { to, entries } in additions {
        let (more, behind) = add(to, &entries)?;
        edits.extend(more);
        changes.push(Change::Has(to, behind, entries));
    }
    Some((edits, changes))
}

/// The mapping that lacks the next key of the path, and the entry that it gets.
fn placed<'t>(wish: &Wish<'t>) -> Option<(Slot<'t>, (String, Given))> {
    let mut at = wish.mapping;
    let mut rest = wish.path.as_slice();
    while let Some((key, after)) = rest.split_first() {
        let Some(found) = at.own(key) else { break };
        (at, rest) = (found, after);
    }
    let (key, inner) = rest.split_first().filter(|_| at.kind() == Some(Kind::Mapping))?;
    let nested = |value: Given, key: &String| Given::Table(vec![(key.clone(), value)]);
    Some((at, (key.clone(), inner.iter().rev().fold(wish.value.clone(), nested))))
}

/// Two wishes below one new key are one entry.
fn merge(entries: &mut Vec<(String, Given)>, (key, value): (String, Given)) {
    match (entries.iter_mut().find(|(known, _)| *known == key), value) {
        (Some((_, Given::Table(known))), Given::Table(more)) => {
            more.into_iter().for_each(|entry| merge(known, entry));
        }
        (Some(_), _) => {}
        (None, value) => entries.push((key, value)),
    }
}

/// The edits, and the value behind which the entries come.
fn add<'t>(mapping: Slot<'t>, entries: &[(String, Given)]) -> Option<(Vec<Edit>, Option<Slot<'t>>)> {
    let entries = entries.iter().map(|(key, value)| written(key, value, mapping.syntax()));
    let entries: Vec<String> = entries.collect::<Option<_>>()?;
    if !mapping.has_brackets() {
        return on_lines(mapping, &entries);
    }
    let Some(last) = mapping.children().skip(1).step_by(2).last() else {
        let inner = Span::new(mapping.span().start + 1, mapping.span().end.saturating_sub(1));
        let is_clear = inner.slice(mapping.tree().text()).trim().is_empty();
        let text = format!(" {} ", entries.join(", "));
        return is_clear.then(|| (vec![Edit { span: inner, text }], None));
    };
    Some((in_brackets(mapping, last, &entries)?, Some(last)))
}

fn end_of(value: Slot<'_>) -> Option<u32> {
    Some(value.member().into_iter().map(Slot::extent).reduce(Span::join)?.end)
}

/// Behind the last entry: on lines of their own where that one has its own.
fn in_brackets(mapping: Slot<'_>, last: Slot<'_>, entries: &[String]) -> Option<Vec<Edit>> {
    let text = mapping.tree().text();
    let end = end_of(last)?;
    let first = last.member().first()?.extent().start;
    let start = line_start(text, first);
    let lead = Span::new(start, first).slice(text);
    let (content, _) = line_end(text, end);
    let rest = Span::new(end, content).slice(text).trim();
    if !lead.trim().is_empty() || !(rest.is_empty() || rest.starts_with(['#', '/'])) {
        return Some(vec![Edit::insert(end, format!(", {}", entries.join(", ")))]);
    }
    let gap = format!("{}{lead}", line_break(text));
    let lines = format!("{gap}{}", entries.join(&format!(",{gap}")));
    if rest.is_empty() {
        return Some(vec![Edit::insert(end, format!(",{lines}"))]);
    }
    // A comment stays on the line that it speaks of.
    Some(vec![Edit::insert(end, ",".to_owned()), Edit::insert(content, lines)])
}

/// Lines below the last entry that has lines of its own and no header.
fn on_lines<'t>(mapping: Slot<'t>, entries: &[String]) -> Option<(Vec<Edit>, Option<Slot<'t>>)> {
    let text = mapping.tree().text();
    let values = mapping.children().skip(1).step_by(2);
    let last = values.take_while(|value| !has_header(*value)).last()?;
    let key = mapping.children().next()?;
    let start = line_start(text, key.extent().start);
    let lead = Span::new(start, key.extent().start).slice(text);
    let indent: String = match mapping.syntax() {
        Syntax::Yaml if !lead.chars().all(|c| matches!(c, ' ' | '\t' | '-')) => return None,
        // The first key of an item stands behind its dash.
        Syntax::Yaml => lead.replace('-', " "),
        _ if lead.trim().is_empty() => lead.to_owned(),
        _ => String::new(),
    };
    let (content, after) = line_end(text, end_of(last)?);
    let rest = Span::new(end_of(last)?, content).slice(text).trim();
    let is_bare = last.span().is_empty();
    if !(rest.is_empty() || rest.starts_with(['#', ';']) || is_bare) {
        return None;
    }
    let lines = entries.iter().map(|entry| format!("{indent}{entry}"));
    let lines = lines.collect::<Vec<_>>().join(line_break(text));
    let edit = match content == after {
        // The last line of the file has no break: it gets one, and the new one has none.
        true => Edit::insert(after, format!("{}{lines}", line_break(text))),
        false => Edit::insert(after, format!("{lines}{}", line_break(text))),
    };
    Some((vec![edit], Some(last)))
}

/// Whether a value stands below a header of its own, in TOML or INI.
fn has_header(value: Slot<'_>) -> bool {
    let is_collection = matches!(value.kind(), Some(Kind::Mapping | Kind::Sequence));
    let has_headers = matches!(value.syntax(), Syntax::Toml | Syntax::Ini);
    has_headers && is_collection && !value.has_brackets() && value.raw().starts_with('[')
}

/// An entry as the syntax writes it, on one line.
fn written(key: &str, value: &Given, syntax: Syntax) -> Option<String> {
    let is_bare = key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let key = match syntax {
        Syntax::Json | Syntax::Jsonc => format!("\"{key}\""),
        _ if !is_bare => return None,
        _ => key.to_owned(),
    };
    let value = flow(value, syntax)?;
    Some(match syntax {
        Syntax::Yaml | Syntax::Json | Syntax::Jsonc => format!("{key}: {value}"),
        Syntax::Toml | Syntax::Ini => format!("{key} = {value}"),
        Syntax::Dotenv => format!("{key}={value}"),
    })
}

fn flow(value: &Given, syntax: Syntax) -> Option<String> {
    let Given::Table(entries) = value else { return plain(value, syntax) };
    if matches!(syntax, Syntax::Dotenv | Syntax::Ini) {
        return None;
    }
    let entries = entries.iter().map(|(key, value)| written(key, value, syntax));
    let entries: Option<Vec<String>> = entries.collect();
    Some(format!("{{ {} }}", entries?.join(", ")))
}
