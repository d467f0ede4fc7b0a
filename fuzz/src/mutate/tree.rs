//! Mutations of a tree: a value, key or entry is replaced by an odd word or by a part of the same or another file,
//! repeated, or removed. Parts of several lines are moved with the indentation of their new place.

use std::path::Path;
use std::sync::OnceLock;

use botiquette::source::Span;
use botiquette::syntax::{Kind, NodeRef, Syntax, parse};
use fastrand::Rng;

use crate::seeds;

use super::words;

/// A text that others are mutated with.
pub(super) struct Quarry {
    text: &'static str,
    parts: Parts,
}

/// The places of a text that can be taken out and put elsewhere.
#[derive(Default)]
struct Parts {
    keys: Vec<Span>,
    scalars: Vec<Span>,
    collections: Vec<Span>,
    /// Keys with their values.
    entries: Vec<Span>,
}

/// All samples or all rule files, taken apart once.
pub(super) fn quarries(rules: bool) -> &'static [Quarry] {
    static SAMPLES: OnceLock<Vec<Quarry>> = OnceLock::new();
    static RULES: OnceLock<Vec<Quarry>> = OnceLock::new();
    let of = |(name, text): &'static (String, String)| {
        let syntax = Syntax::from_path(Path::new(name)).unwrap_or_else(|| Syntax::guess(text));
        Quarry { text, parts: parts(text, syntax) }
    };
    if rules {
        RULES.get_or_init(|| seeds::rules().iter().map(of).collect())
    } else {
        SAMPLES.get_or_init(|| seeds::samples().iter().map(of).collect())
    }
}

pub(super) fn change(text: &str, syntax: Syntax, quarries: &[Quarry], random: &mut Rng) -> String {
    let here = parts(text, syntax);
    let foreign = if random.bool() { random.choice(quarries) } else { None };
    let (source, there) = foreign.map_or((text, &here), |quarry| (quarry.text, &quarry.parts));
    match random.u8(..8) {
        0 | 1 => replace(text, pick(&here.scalars, random), words::odd(random)),
        2 => swap(text, &here.scalars, source, &there.scalars, random),
        3 => swap(text, &here.keys, source, &there.keys, random),
        4 => swap(text, &here.collections, source, &there.collections, random),
        5 => swap(text, &here.scalars, source, &there.collections, random),
        6 => replace(text, pick(&here.entries, random), ""),
        _ => repeat(text, pick(&here.entries, random), syntax, random),
    }
}

fn parts(text: &str, syntax: Syntax) -> Parts {
    let parsed = parse(text, syntax);
    let mut parts = Parts::default();
    // Enough to choose from.
    let mut room = 600;
    parsed.tree.documents().for_each(|root| collect(root, &mut parts, &mut room));
    parts
}

fn collect(node: NodeRef<'_>, parts: &mut Parts, room: &mut usize) {
    *room = room.saturating_sub(1);
    if *room == 0 || node.defined().is_some() {
        return;
    }
    match node.kind() {
        Kind::Scalar => parts.scalars.push(node.written()),
        Kind::Mapping | Kind::Sequence => parts.collections.push(node.written()),
    }
    for entry in node.entries() {
        parts.keys.push(entry.key.written());
        parts.entries.push(entry.key.written().join(entry.value.written()));
        collect(entry.value, parts, room);
    }
    for item in node.items() {
        parts.entries.push(item.written());
        collect(item, parts, room);
    }
}

fn pick(spans: &[Span], random: &mut Rng) -> Span {
    random.choice(spans).copied().unwrap_or_default()
}

fn replace(text: &str, span: Span, with: &str) -> String {
    let before = text.get(..span.start as usize);
    let (Some(before), Some(after)) = (before, text.get(span.end as usize..)) else { return text.to_owned() };
    format!("{before}{with}{after}")
}

fn swap(text: &str, here: &[Span], source: &str, there: &[Span], random: &mut Rng) -> String {
    let (here, there) = (pick(here, random), pick(there, random));
    let taken = indented(there.slice(source), column(source, there.start), column(text, here.start));
    replace(text, here, &taken)
}

/// Puts an entry after itself once more, or many times.
fn repeat(text: &str, span: Span, syntax: Syntax, random: &mut Rng) -> String {
    let entry = span.slice(text);
    let between = match syntax {
        Syntax::Json | Syntax::Jsonc => ", ".to_owned(),
        _ => format!("\n{}", " ".repeat(column(text, span.start))),
    };
    let times = if random.u8(..) < 16 { random.usize(2..60) } else { 2 };
    replace(text, span, &vec![entry; times].join(&between))
}

/// How far a place is from the beginning of its line.
fn column(text: &str, offset: u32) -> usize {
    let before = text.get(..offset as usize).unwrap_or("");
    before.len() - before.rfind('\n').map_or(0, |at| at + 1)
}

/// A part with its further lines moved from one column to another.
fn indented(part: &str, from: usize, to: usize) -> String {
    let mut lines = part.split('\n');
    let mut moved = lines.next().unwrap_or("").to_owned();
    for line in lines {
        let content = line.trim_start_matches(' ');
        let indent = (line.len() - content.len() + to).saturating_sub(from);
        moved.push('\n');
        moved.push_str(&" ".repeat(indent));
        moved.push_str(content);
    }
    moved
}
