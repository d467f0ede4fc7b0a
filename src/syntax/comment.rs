//! What a comment stands beside: the line it shares, or the one below it, and everything that begins there.
//! Knows nothing of what comments say.

use super::tree::Stored;
use super::{Comment, Kind, NodeRef, Syntax, Tree};
use crate::source::{LineIndex, Span};

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The line it belongs to, from 1: its own or, where it stands alone, the next one that is no comment.
    /// None where a blank line or the end of the file comes first.
    pub line: Option<u32>,
    /// Whether it stands alone on its line.
    pub alone: bool,
    /// Whether nothing but comments, blank lines and the mark of a document stands before it.
    pub at_top: bool,
}

impl Comment {
    /// What the comment says, without its mark.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        let raw = self.span.slice(text);
        match raw.strip_prefix("/*") {
            Some(block) => block.strip_suffix("*/").unwrap_or(block).trim(),
            None => raw.trim_start_matches(['#', ';', '/']).trim(),
        }
    }
}

impl Tree<'_> {
    /// Where each comment stands, in order.
    #[must_use]
    pub fn standings(&self, lines: &LineIndex) -> Vec<Standing> {
        let line_of = |offset| lines.line(offset);
        let mut all: Vec<Standing> = Vec::with_capacity(self.comments.len());
        let mut at_top = true;
        let mut read_to = 0;
        for comment in &self.comments {
            let before = Span::new(read_to, comment.span.start).slice(self.text);
            at_top &= before.lines().all(is_nothing);
            read_to = comment.span.end;
            let own = line_of(comment.span.start);
            let start = lines.span(self.text, own).unwrap_or_default().start;
            let lead = Span::new(start, comment.span.start).slice(self.text);
            let alone = lead.trim_matches([' ', '\t', '\u{feff}']).is_empty();
            all.push(Standing { line: Some(own), alone, at_top });
        }
        // From the last to the first: a comment alone above another one belongs to what that one belongs to.
        let mut below: Option<(u32, Option<u32>)> = None;
        for (comment, standing) in self.comments.iter().zip(&mut all).rev() {
            let (Some(own), true) = (standing.line, standing.alone) else { continue };
            let next = line_of(comment.span.end) + 1;
            standing.line = match below {
                Some((line, belongs_to)) if line == next => belongs_to,
                _ => {
                    let content = lines.span(self.text, next).unwrap_or_default().slice(self.text);
                    (!content.trim().is_empty()).then_some(next)
                }
            };
            below = Some((own, standing.line));
        }
        all
    }
}

/// What begins where in a tree, looked up line by line.
#[derive(Debug)]
pub struct Beginnings<'t> {
    text: &'t str,
    lines: &'t LineIndex,
    /// Values of several lines: where each is introduced, whether it is an item, and its place; in order.
    values: Vec<(u32, bool, Span)>,
    /// Texts of several lines, with where each is introduced; in order.
    long_texts: Vec<(Span, u32)>,
}

impl<'t> Beginnings<'t> {
    /// Indexes a tree.
    #[must_use]
    pub fn new(tree: &'t Tree<'t>, lines: &'t LineIndex) -> Self {
        let mut found = Self { text: tree.text, lines, values: Vec::new(), long_texts: Vec::new() };
        // A line stands for all that ends on it. So of many values on one line few are kept: nested ones.
        let is_long = |from: u32, to: u32| lines.line(from) != lines.line(to);
        for (index, node) in (0..).zip(&tree.nodes) {
            let here = NodeRef::new(tree, index);
            match node.stored {
                Stored::Mapping => {
                    let own = here.own_entries().filter(|entry| !shares_its_key(entry.value));
                    let values = own.map(|entry| (entry.key.span().start, false, entry.value.span()));
                    found.values.extend(values.filter(|(start, _, span)| is_long(*start, span.end)));
                }
                Stored::Sequence => {
                    // The tables of a TOML list share one key; each header stands for its own.
                    let is_item = !shares_its_key(here);
                    let values = here.items().map(|item| (opened(item), is_item, item.span()));
                    found.values.extend(values.filter(|(start, _, span)| is_long(*start, span.end)));
                }
                Stored::Scalar => {
                    let introduced = opened(here);
                    if is_long(introduced, node.span.end) {
                        found.long_texts.push((node.span, introduced));
                    }
                }
                Stored::Alias => {}
            }
        }
        found.values.sort_unstable();
        found.long_texts.sort_unstable();
        found
    }

    /// What a comment beside a line is about: the line itself, the values of the keys on it and, for a comment
    /// above it, the items of sequences that begin on it.
    #[must_use]
    pub fn beside(&self, line: u32, above: bool) -> Vec<Span> {
        let Some(line) = self.lines.span(self.text, line) else { return Vec::new() };
        let from = self.values.partition_point(|(start, ..)| *start < line.start);
        let here = self.values.iter().skip(from).take_while(|(start, ..)| *start <= line.end);
        let values = here.filter(|(_, is_item, _)| above || !is_item).map(|(_, _, span)| *span);
        std::iter::once(line).chain(values).collect()
    }

    /// The line above which a comment can stand that is about this offset, from 1: the offset's own or, within
    /// a text of several lines, the one on which that text is introduced.
    #[must_use]
    pub fn line_to_comment(&self, offset: u32) -> u32 {
        let after = self.long_texts.partition_point(|(span, _)| span.start <= offset);
        let around = after.checked_sub(1).and_then(|last| self.long_texts.get(last));
        let offset = match around {
            Some((span, introduced)) if offset < span.end.max(span.start + 1) => *introduced,
            _ => offset,
        };
        self.lines.line(offset)
    }
}

/// From where a node is introduced: the header of a block scalar, a tag or an anchor count.
fn opened(node: NodeRef<'_>) -> u32 {
    if node.defined().is_some() { node.span().start } else { node.written().start }
}

/// Whether the node is a list of TOML tables with headers of their own.
fn shares_its_key(node: NodeRef<'_>) -> bool {
    let tree = node.tree();
    tree.syntax == Syntax::Toml
        && node.kind() == Kind::Sequence
        && node.span().slice(tree.text).starts_with("[[")
}

/// A line that is no content.
fn is_nothing(line: &str) -> bool {
    let line = line.trim_matches(['\u{feff}', ' ', '\t', '\r']);
    line.is_empty() || line == "---" || line.starts_with('%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    /// What the first comment of a text is about, besides its line.
    fn about(text: &str, syntax: Syntax) -> Vec<String> {
        let parsed = parse(text, syntax);
        let lines = LineIndex::new(text);
        let standing = parsed.tree.standings(&lines)[0];
        let Some(line) = standing.line else { return Vec::new() };
        let covered = Beginnings::new(&parsed.tree, &lines).beside(line, standing.alone);
        covered.into_iter().map(|span| span.slice(text).to_owned()).collect()
    }

    #[test]
    fn a_comment_is_about_the_line_and_what_begins_there() {
        for (text, expected) in [
            ("a: 1 # x\nb: 2\n", &["a: 1 # x"][..]),
            ("# x\na: 1\nb: 2\n", &["a: 1"]),
            ("# x\n# y\na: 1\n", &["a: 1"]),
            ("# x\n\na: 1\n", &[]),
            ("a: 1\n# x", &[]),
            ("a: | # x\n  one\n  two\nb: 2\n", &["a: | # x", "one\n  two"]),
            ("# x\na: >-\n\n  one\n  two\n", &["a: >-", "one\n  two"]),
            ("# x\n- a: 1\n  b: 2\n- c: 3\n", &["- a: 1", "a: 1\n  b: 2"]),
            ("- a: 1 # x\n  b: 2\n", &["- a: 1 # x"]),
            ("t:\n  # x\n  - |\n    one\n  - two\n", &["  - |", "one"]),
            ("# x\na: { b: 1,\n     c: 2 }\n", &["a: { b: 1,", "{ b: 1,\n     c: 2 }"]),
        ] {
            assert_eq!(about(text, Syntax::Yaml), expected, "{text}");
        }
    }

    #[test]
    fn every_syntax_with_comments() {
        for (text, syntax, expected) in [
            ("# x\n[a]\nb = 1\n[c]\n", Syntax::Toml, &["[a]", "[a]\nb = 1"][..]),
            ("# x\n[[a]]\nb = 1\n[[a]]\nb = 2\n", Syntax::Toml, &["[[a]]", "[[a]]\nb = 1"]),
            ("; x\n[a]\nb = 1\n[c]\nd = 2\n", Syntax::Ini, &["[a]", "[a]\nb = 1"]),
            ("A=1 # x\nB=2\n", Syntax::Dotenv, &["A=1 # x"]),
            ("{ // x\n\"a\": 1 }", Syntax::Jsonc, &["{ // x"]),
            ("{\n/* x */\n\"a\": [\n1 ] }", Syntax::Jsonc, &["\"a\": [", "[\n1 ]"]),
        ] {
            assert_eq!(about(text, syntax), expected, "{text}");
        }
    }

    #[test]
    fn the_top_ends_with_the_first_content() {
        let text = "\u{feff}# x\n\n---\n# y\na: 1 # z\n# w\n";
        let parsed = parse(text, Syntax::Yaml);
        let standings = parsed.tree.standings(&LineIndex::new(text));
        let at_top: Vec<_> = standings.iter().map(|standing| (standing.alone, standing.at_top)).collect();
        assert_eq!(at_top, [(true, true), (true, true), (false, false), (true, false)]);
    }

    #[test]
    fn no_comment_is_put_into_a_text() {
        for (text, at, line) in [
            ("a: 1\nb: 2\n", "2", 2),
            ("a:\n  b: |\n    one\n    two\n", "two", 2),
            ("a: |\n  one\n", "one", 1),
            ("a: 'one\n  two'\n", "two", 1),
            ("a:\n  - one\n    two\n", "two", 2),
            ("a:\n  b: 1\n", "b", 2),
            ("a: >\nb: 1\n", "b", 2),
            ("a: | # note\n\n  \nb: 1\n", "b", 4),
        ] {
            let parsed = parse(text, Syntax::Yaml);
            let lines = LineIndex::new(text);
            let offset = u32::try_from(text.find(at).unwrap()).unwrap();
            assert_eq!(Beginnings::new(&parsed.tree, &lines).line_to_comment(offset), line, "{text}");
        }
    }
}
