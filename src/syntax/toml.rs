//! TOML to tree. Lexing and the grammar are those of the `toml_parser` crate, statement by statement, so that a large
//! file is never held as tokens; here its tables become ordinary mappings in the order in which they are first named,
//! with the extent of their bodies.

use toml_parser::lexer::TokenKind;
use toml_parser::parser::{RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{Expected, ParseError, Source};

use super::builder::{Builder, to_u32};
use super::toml_draft::{Content, DEEPEST, Draft, Entry, ROOT, decoded, to_span};
use super::tree::Stored;
use super::{Style, SyntaxError};
use crate::source::Span;

pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    let entries = entries(text, builder);
    builder.begin_document();
    match (Walk { text, entries: &entries, builder, levels: Vec::new() }).document() {
        Ok(()) => builder.end_document(),
        Err(error) => {
            builder.abandon_document();
            builder.error(error);
        }
    }
}

/// Reads all statements, and reports comments and errors: of each line the first, for those after it are mostly its
/// consequences.
fn entries(text: &str, builder: &mut Builder<'_>) -> Vec<Entry> {
    let source = Source::new(text);
    let mut draft = Draft::new(text);
    let mut tokens = Vec::new();
    let mut brackets = Brackets::default();
    let mut errors: Vec<ParseError> = Vec::new();
    let mut reported_to = 0;
    for token in source.lex() {
        if token.kind() == TokenKind::Comment {
            builder.comment(to_span(token.span()));
        }
        tokens.push(token);
        if !brackets.end_with(token.kind()) {
            continue;
        }
        let mut checked = ValidateWhitespace::new(&mut draft, source);
        parse_document(&tokens, &mut RecursionGuard::new(&mut checked, DEEPEST), &mut errors);
        draft.end_statement(&mut errors);
        let place = |error: &ParseError| error.unexpected().or(error.context()).unwrap_or(token.span());
        errors.sort_by_key(|error| place(error).start());
        for error in errors.drain(..) {
            let span = to_span(place(&error));
            if span.start as usize >= reported_to {
                let rest = text.get(span.start as usize..).unwrap_or_default();
                reported_to = text.len() - rest.find('\n').map_or(0, |at| rest.len() - at - 1);
                builder.error(SyntaxError::new(span, message(&error)));
            }
        }
        tokens.clear();
        brackets = Brackets::default();
    }
    draft.finish()
}

/// The brackets that are open in a statement.
#[derive(Default)]
struct Brackets {
    /// Whether its value has begun; brackets before it are those of a header.
    in_value: bool,
    square: u32,
    curly: u32,
}

impl Brackets {
    /// Whether a statement ends with this token.
    fn end_with(&mut self, token: TokenKind) -> bool {
        match token {
            TokenKind::Equals => self.in_value = true,
            TokenKind::LeftSquareBracket if self.in_value => self.square += 1,
            TokenKind::LeftCurlyBracket if self.in_value => self.curly += 1,
            TokenKind::RightSquareBracket => self.square = self.square.saturating_sub(1),
            TokenKind::RightCurlyBracket => self.curly = self.curly.saturating_sub(1),
            TokenKind::Newline => return self.square == 0 && self.curly == 0,
            TokenKind::Eof => return true,
            _ => {}
        }
        false
    }
}

/// What is wrong, and what should stand there instead.
fn message(error: &ParseError) -> String {
    let what = match error.description() {
        "cannot recurse further; max recursion depth met" => "nested too deeply",
        other => other,
    };
    let expected: Vec<String> = error.expected().unwrap_or_default().iter().map(wanted).collect();
    if expected.is_empty() { what.to_owned() } else { format!("{what}, expected {}", expected.join(", ")) }
}

fn wanted(expected: &Expected) -> String {
    match expected {
        Expected::Literal("\n") => "newline".to_owned(),
        Expected::Literal("`") => "'`'".to_owned(),
        Expected::Literal(literal) if literal.chars().all(char::is_control) => {
            format!("`{}`", literal.escape_debug())
        }
        Expected::Literal(literal) => format!("`{literal}`"),
        Expected::Description(description) => (*description).to_owned(),
        _ => "etc".to_owned(),
    }
}

/// A collection that is being added to the tree.
struct Level {
    /// Its next entry.
    next: u32,
    /// Whether its entries have keys.
    has_keys: bool,
    /// Whether it stands in the body of the collection around it.
    in_body: bool,
    /// Where its body ends, as far as known.
    end: u32,
}

struct Walk<'s, 'e, 'b, 'c> {
    text: &'s str,
    entries: &'e [Entry],
    builder: &'b mut Builder<'c>,
    levels: Vec<Level>,
}

impl Walk<'_, '_, '_, '_> {
    fn document(mut self) -> Result<(), SyntaxError> {
        let start = self.text.len() - self.text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
        let end = self.text.trim_end().len().max(start);
        let Some(root) = self.entries.get(ROOT as usize) else { return Ok(()) };
        self.open(root, Span::new(to_u32(start), to_u32(end)), true)?;
        while let Some(level) = self.levels.last_mut() {
            let Some(entry) = self.entries.get(level.next as usize) else {
                let Level { end, in_body, .. } = *level;
                self.levels.pop();
                self.builder.close(Some(end));
                self.extend(end, in_body);
                continue;
            };
            level.next = entry.next;
            let in_body = !level.has_keys || entry.is_in_body();
            if level.has_keys {
                self.scalar(entry.key);
                self.extend(entry.key.end, in_body);
            }
            self.builder.check_size(entry.value)?;
            if entry.content == Content::Scalar {
                self.scalar(entry.value);
                self.extend(entry.value.end, in_body);
            } else {
                self.open(entry, entry.value, in_body)?;
            }
        }
        Ok(())
    }

    fn open(&mut self, entry: &Entry, span: Span, in_body: bool) -> Result<(), SyntaxError> {
        let has_keys = entry.content == Content::Table;
        self.builder.open(if has_keys { Stored::Mapping } else { Stored::Sequence }, span, false)?;
        self.levels.push(Level { next: entry.first, has_keys, in_body, end: span.end });
        Ok(())
    }

    /// Lets the body of the innermost open collection reach to `end`, if what ends there is part of it.
    fn extend(&mut self, end: u32, in_body: bool) {
        if let (true, Some(level)) = (in_body, self.levels.last_mut()) {
            level.end = level.end.max(end);
        }
    }

    fn scalar(&mut self, span: Span) {
        let source = span.slice(self.text);
        let style = match source.as_bytes().first() {
            Some(b'"') => Style::DoubleQuoted,
            Some(b'\'') => Style::SingleQuoted,
            _ => return self.builder.scalar(span, Style::Plain, None),
        };
        let text = decoded(self.text, span);
        let is_as_written = source.get(1..source.len().saturating_sub(1)) == Some(&*text);
        self.builder.scalar(span, style, (!is_as_written).then_some(&*text));
    }
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

    #[test]
    fn reading_goes_on_after_a_broken_statement() {
        let text = "[a\nb = 1\n= 2\nc\nd = [1, 2\n]]\ne.f = 3\ne = 4\n[[g]]\nh = {i = 5, i = 6}\n";
        let parsed = parse(text, Syntax::Toml);
        let errors: Vec<_> = parsed.errors.iter().map(|error| (error.span.start, &*error.message)).collect();
        assert_eq!(
            errors,
            [
                (2, "unclosed table, expected `]`"),
                (9, "unquoted keys cannot be empty, expected letters, numbers, `-`, `_`"),
                (14, "key with no value, expected `=`"),
                (26, "unexpected key or value, expected newline, `#`"),
                (36, "duplicate key"),
                (60, "duplicate key"),
            ]
        );
        let root = parsed.tree.documents().next().unwrap();
        let a = root.get("a").unwrap();
        assert_eq!(keys(a), ["b", "", "d", "e"]);
        assert_eq!(keys(a.get("e").unwrap()), ["f"]);
        assert_eq!(root.get("g").unwrap().items().map(keys).collect::<Vec<_>>(), [["h"]]);
    }

    #[test]
    fn a_key_of_too_many_parts_is_told_at_its_place() {
        let text = format!("a = 1\n{}b = 2\nc = 3\n", "b.".repeat(100));
        let parsed = parse(&text, Syntax::Toml);
        let errors: Vec<_> = parsed.errors.iter().map(|error| (error.span.start, &*error.message)).collect();
        assert_eq!(errors, [(206, "nested too deeply")]);
        assert_eq!(keys(parsed.tree.documents().next().unwrap()), ["a", "c"]);
    }
}
