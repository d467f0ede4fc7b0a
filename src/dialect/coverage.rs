//! What a dialect made of each setting of a file, counted where the setting is written: what aliases and merges
//! repeat counts once. For every dialect that can tell of each key what became of it.

use super::Candidate;
use crate::model::{Coverage, Use};
use crate::syntax::{Entry, Kind, NodeRef};

/// A section on the way to a setting; it gets a number once a setting in it has to be told.
struct Level<'t> {
    within: Option<usize>,
    key: &'t str,
    number: Option<usize>,
}

/// Counts the settings of a file. `what` says what became of an entry, in a section so deep; of an entry that it
/// knows nothing of becomes what became of its section, and at the outermost level it was used.
pub(crate) fn coverage<'t>(
    candidate: &Candidate<'t>,
    what: impl Fn(Entry<'t>, usize) -> Option<Use>,
) -> Coverage {
    let mut coverage = Coverage::of(candidate.file);
    let mut levels: Vec<Level<'t>> = Vec::new();
    let mut to_visit: Vec<_> =
        candidate.tree.documents().map(|document| (document, Use::Used, None, 0)).collect();
    while let Some((node, inherited, within, depth)) = to_visit.pop() {
        for item in node.items().filter(|item| item.defined().is_none()) {
            to_visit.push((item, inherited, within, depth + 1));
        }
        for entry in node.entries().filter(|entry| entry.key.defined().is_none()) {
            let became = what(entry, depth).unwrap_or(inherited);
            if holds_entries(entry.value) {
                levels.push(Level { within, key: entry.key.text(), number: None });
                to_visit.push((entry.value, became, Some(levels.len() - 1), depth + 1));
                continue;
            }
            let section =
                if became == Use::Unknown { number(within, &mut levels, &mut coverage) } else { None };
            coverage.add(became, entry.key.text(), section, candidate.site(entry.key));
        }
    }
    coverage.unknown.sort_by_key(|unread| unread.site);
    coverage
}

/// The number of a section in the coverage; it and those around it are added if they are not there yet.
fn number(within: Option<usize>, levels: &mut [Level<'_>], coverage: &mut Coverage) -> Option<usize> {
    let mut missing = Vec::new();
    let mut outer = None;
    let mut next = within;
    while let Some((at, level)) = next.and_then(|at| Some((at, levels.get(at)?))) {
        if level.number.is_some() {
            outer = level.number;
            break;
        }
        missing.push(at);
        next = level.within;
    }
    for at in missing.into_iter().rev() {
        if let Some(level) = levels.get_mut(at) {
            outer = Some(coverage.section(outer, level.key));
            level.number = outer;
        }
    }
    outer
}

/// Whether further entries stand below, rather than a value; what an alias stands for is written elsewhere.
fn holds_entries(value: NodeRef<'_>) -> bool {
    let mut to_visit = vec![value];
    while let Some(node) = to_visit.pop() {
        if node.defined().is_some() {
            continue;
        }
        if node.kind() == Kind::Mapping && node.entries().any(|entry| entry.key.defined().is_none()) {
            return true;
        }
        to_visit.extend(node.items());
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Origin;
    use crate::source::FileId;
    use crate::syntax::{Syntax, parse};
    use std::path::Path;

    fn covered(text: &str, what: impl Fn(&str) -> Option<Use>) -> (usize, usize, Vec<String>) {
        let parsed = parse(text, Syntax::Yaml);
        let candidate = Candidate {
            path: Path::new("a.yaml"),
            file: FileId(0),
            tree: &parsed.tree,
            origin: Origin::Named,
            beside: None,
        };
        let coverage = coverage(&candidate, |entry, _| what(entry.key.text()));
        let unknown = coverage.unknown.iter().map(|unread| coverage.path(unread)).collect();
        (coverage.used, coverage.clutter, unknown)
    }

    #[test]
    fn settings_count_and_sections_do_not() {
        let text = "a: {b: 1, c: [x, y]}\nlog: {level: 3}\nd: [{e: 1}, {e: 2}]\nf: {}\n";
        let what = |key: &str| match key {
            "e" | "f" => Some(Use::Unknown),
            "log" => Some(Use::Clutter),
            _ => None,
        };
        assert_eq!(covered(text, what), (2, 1, vec!["d.e".to_owned(), "d.e".to_owned(), "f".to_owned()]));
    }

    #[test]
    fn what_aliases_repeat_counts_once() {
        let text = "base: &base {a: 1, b: 2}\none: *base\ntwo: {<<: *base, c: 3}\nthree: {<<: *base}\n";
        assert_eq!(covered(text, |_| None), (5, 0, vec![]));
        assert_eq!(covered(text, |key| (key == "a").then_some(Use::Unknown)).2, ["base.a"]);
    }
}
