//! TOML to tree. Parsing is the `toml` crate's; here its tables become ordinary mappings in source order,
//! with the extent of their bodies, and whole numbers, which it leaves unread, are checked.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::builder::{Builder, to_u32};
use super::lines::Lines;
use super::tree::Stored;
use super::{Style, SyntaxError};
use crate::source::Span;

/// How many dotted parts of a key the parser follows.
const PARSER_DEPTH: usize = 80;

pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    for token in Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment) {
        builder.comment(Span::new(to_u32(token.span().start()), to_u32(token.span().end())));
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    report(text, &errors, builder);
    builder.begin_document();
    let walk = Walk { text, builder, pending: Vec::new(), ends: Vec::new() };
    match walk.document(table.get_ref()) {
        Ok(()) => builder.end_document(),
        Err(error) => {
            builder.abandon_document();
            builder.error(error);
        }
    }
}

/// Reports the parser's errors, of each line the first: those after it are mostly its consequences.
fn report(text: &str, errors: &[toml::de::Error], builder: &mut Builder<'_>) {
    let mut reported_to = None;
    for error in errors {
        let range = error.span().unwrap_or_else(|| deepest_line(text));
        let line_end = text.get(range.start..).and_then(|rest| rest.find('\n'));
        let line_end = line_end.map_or(text.len(), |at| range.start + at);
        if reported_to == Some(line_end) {
            continue;
        }
        reported_to = Some(line_end);
        let message = match error.message() {
            "recursion limit" | "cannot recurse further; max recursion depth met" => "nested too deeply",
            other => other.trim_end_matches(", expected nothing"),
        };
        builder.error(SyntaxError::new(to_span(range), message));
        if builder.has_too_many_errors() {
            return;
        }
    }
}

/// The line with the dotted key that nests too deeply, an error that comes without a place.
fn deepest_line(text: &str) -> std::ops::Range<usize> {
    let deepest = Lines::new(text).find(|line| line.text.matches('.').count() >= PARSER_DEPTH);
    deepest.map_or(0..0, |line| line.start..line.start + line.text.len())
}

/// What is still to be added to the tree, last first.
enum Step<'t, 's> {
    Key(&'t Spanned<DeString<'s>>, Home),
    Value(&'t Spanned<DeValue<'s>>, Home),
    Close(Home),
}

/// Where an entry stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    /// In the body of the table that it belongs to.
    Body,
    /// Under a header of its own, possibly far from that body.
    Header,
}

struct Walk<'t, 's, 'b, 'c> {
    text: &'s str,
    builder: &'b mut Builder<'c>,
    pending: Vec<Step<'t, 's>>,
    /// Where the bodies of the open collections end, as far as known.
    ends: Vec<u32>,
}

impl<'t, 's> Walk<'t, 's, '_, '_> {
    fn document(mut self, table: &'t DeTable<'s>) -> Result<(), SyntaxError> {
        let start = self.text.len() - self.text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
        let end = self.text.trim_end().len().max(start);
        self.open(Stored::Mapping, Span::new(to_u32(start), to_u32(end)))?;
        self.pending.push(Step::Close(Home::Body));
        self.entries(table);
        while let Some(step) = self.pending.pop() {
            match step {
                Step::Key(key, home) => {
                    let span = to_span(key.span());
                    self.string(key.get_ref(), span);
                    self.extend(span.end, home);
                }
                Step::Value(value, home) => self.value(value, home)?,
                Step::Close(home) => {
                    let end = self.ends.pop().unwrap_or_default();
                    self.builder.close(Some(end));
                    self.extend(end, home);
                }
            }
        }
        Ok(())
    }

    fn value(&mut self, value: &'t Spanned<DeValue<'s>>, home: Home) -> Result<(), SyntaxError> {
        let span = to_span(value.span());
        self.builder.check_size(span)?;
        match value.get_ref() {
            DeValue::String(text) => self.string(text, span),
            DeValue::Table(table) => {
                self.open(Stored::Mapping, span)?;
                self.pending.push(Step::Close(home));
                self.entries(table);
                return Ok(());
            }
            DeValue::Array(items) => {
                self.open(Stored::Sequence, span)?;
                self.pending.push(Step::Close(home));
                self.pending.extend(items.iter().rev().map(|item| Step::Value(item, Home::Body)));
                return Ok(());
            }
            DeValue::Integer(number) => {
                if i64::from_str_radix(number.as_str(), number.radix()).is_err() {
                    self.builder.error(SyntaxError::new(span, "the whole number does not fit 64 bits"));
                }
                self.builder.scalar(span, Style::Plain, None);
            }
            DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
                self.builder.scalar(span, Style::Plain, None);
            }
        }
        self.extend(span.end, home);
        Ok(())
    }

    fn open(&mut self, stored: Stored, span: Span) -> Result<(), SyntaxError> {
        self.builder.open(stored, span, false)?;
        self.ends.push(span.end);
        Ok(())
    }

    /// Lets the body of the innermost open collection reach to `end`, if the entry there is part of it.
    fn extend(&mut self, end: u32, home: Home) {
        if let (Home::Body, Some(body)) = (home, self.ends.last_mut()) {
            *body = (*body).max(end);
        }
    }

    /// Plans the entries of a table in source order; the table itself keeps them by name.
    fn entries(&mut self, table: &'t DeTable<'s>) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| key.span().start);
        for (key, value) in entries.into_iter().rev() {
            let home = home(key, value);
            self.pending.push(Step::Value(value, home));
            self.pending.push(Step::Key(key, home));
        }
    }

    fn string(&mut self, text: &str, span: Span) {
        let source = span.slice(self.text);
        let style = match source.as_bytes().first() {
            Some(b'"') => Style::DoubleQuoted,
            Some(b'\'') => Style::SingleQuoted,
            _ => Style::Plain,
        };
        let written = match style {
            Style::Plain => Some(source),
            _ => source.get(1..source.len().saturating_sub(1)),
        };
        self.builder.scalar(span, style, (written != Some(text)).then_some(text));
    }
}

/// The parser gives the place of a header as that of its table, and the place of a key as that of a table
/// that is only implied by it (`[a.b]` or `a.b = 1` imply `a`).
fn home(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Home {
    let (mut key, mut value) = (key, value);
    loop {
        if !to_span(value.span()).contains(to_span(key.span())) {
            return Home::Body;
        }
        if value.span() != key.span() {
            return Home::Header;
        }
        let first = value.get_ref().as_table().and_then(|table| table.iter().next());
        let Some(first) = first else { return Home::Body };
        (key, value) = first;
    }
}

fn to_span(range: std::ops::Range<usize>) -> Span {
    Span::new(to_u32(range.start), to_u32(range.end))
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Kind, NodeRef, Syntax, parse};

    fn keys(node: NodeRef<'_>) -> Vec<&str> {
        node.entries().map(|entry| entry.key.text()).collect()
    }

    #[test]
    fn tables_become_mappings_in_source_order() {
        let text = "z = 1 # one\n[b]\ny.x = 'q'\ny.w = \"\"\"\nt\"\"\"\n[[a]]\nn = 1\n[[a]]\nn = 2\n[b.c]\nk = {m = [1, 2]}\n";
        let parsed = parse(text, Syntax::Toml);
        assert_eq!(parsed.errors, []);
        let root = parsed.tree.documents().next().unwrap();
        assert_eq!(keys(root), ["z", "b", "a"]);
        let b = root.get("b").unwrap();
        assert_eq!(keys(b), ["y", "c"]);
        assert_eq!(b.span().slice(text), "[b]\ny.x = 'q'\ny.w = \"\"\"\nt\"\"\"");
        assert_eq!(b.get("y").unwrap().get("w").unwrap().text(), "t");
        let a = root.get("a").unwrap();
        assert_eq!((a.kind(), a.items().count()), (Kind::Sequence, 2));
        assert_eq!(a.span().slice(text), "[[a]]\nn = 1\n[[a]]\nn = 2");
        let k = b.get("c").unwrap().get("k").unwrap();
        assert_eq!(k.span().slice(text), "{m = [1, 2]}");
        let comments: Vec<_> =
            parsed.tree.comments().iter().map(|comment| comment.span.slice(text)).collect();
        assert_eq!(comments, ["# one"]);
    }

    #[test]
    fn every_error_is_reported_and_the_rest_is_kept() {
        let parsed = parse("a = \nb = 2\nc = 1__0\nd = 99999999999999999999\n", Syntax::Toml);
        assert_eq!(parsed.errors.len(), 3, "{:?}", parsed.errors);
        let root = parsed.tree.documents().next().unwrap();
        assert_eq!(root.get("b").unwrap().text(), "2");
    }
}
