//! YAML errors in words that help: where the trouble began, and what usually causes it.

use granit_parser::{ErrorKind, ScanError};

use super::SyntaxError;
use super::builder::{Builder, to_u32};
use crate::source::Span;

/// The error to report for one of the parser's, while the builder still holds what was read before it.
pub(super) fn explain(text: &str, error: &ScanError, builder: &Builder<'_>) -> SyntaxError {
    let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let end = text.get(offset..).and_then(|rest| rest.chars().next()).filter(|next| !next.is_control());
    let span = Span::new(to_u32(offset), to_u32(offset + end.map_or(0, char::len_utf8)));
    let opening = opening(text, error.kind(), offset, builder);
    let explained = SyntaxError::new(span, message(error.kind(), opening.is_some())).with_opening(opening);
    match help(text, error.kind(), offset) {
        Some(help) => explained.with_help(help),
        None => explained,
    }
}

/// The parser's own words are kept where they say what is wrong, without where it was in its grammar.
fn message(kind: &ErrorKind, has_opening: bool) -> String {
    let plain = match kind {
        ErrorKind::UnknownAnchor => "alias of an anchor that is not defined before it",
        ErrorKind::InvalidIndentation if has_opening => "a bracket is not closed before this line",
        ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar if has_opening => {
            "a quote is not closed before this line"
        }
        ErrorKind::UnexpectedEof
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => "unexpected end of the file",
        ErrorKind::RecursionLimitExceeded => "nested too deeply",
        ErrorKind::MappingValueNotAllowed => "a `:` that makes a mapping is not allowed here",
        ErrorKind::ExpectedBlockMappingKey => "expected a key here, as on the lines before",
        ErrorKind::ExpectedBlockSequenceEntry => "expected a `-` here, as on the lines before",
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
            "a tab is not allowed here"
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return format!("no value starts with `{}`", character.escape_default());
        }
        _ => {
            let text = kind.to_string();
            let text = match text.split_once(", ") {
                Some((context, text)) if context.starts_with("while ") => text.to_owned(),
                _ => text,
            };
            return lower_first(text.trim_end_matches('.'));
        }
    };
    plain.to_owned()
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}

fn help(text: &str, kind: &ErrorKind, offset: usize) -> Option<&'static str> {
    let line_start = text.get(..offset)?.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line_end = text.get(offset..)?.find(['\n', '\r']).map_or(text.len(), |at| offset + at);
    let line = text.get(line_start..line_end)?;
    if line.contains("{{") {
        return Some("put quotes around a value that starts with `{{`");
    }
    match kind {
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
            Some("indent with spaces")
        }
        ErrorKind::MappingValueNotAllowed => {
            Some("put quotes around a text that contains `: `, or correct the indentation")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => {
            Some("give all entries of one level the same indentation")
        }
        ErrorKind::UnexpectedCharacter { .. } => Some("put quotes around the value"),
        ErrorKind::UnknownQuotedScalarEscape => Some("write `\\\\` for a backslash, or use single quotes"),
        _ => None,
    }
}

/// Where the quote or bracket was opened that the error is about: the parser reports it where it gave up.
fn opening(text: &str, kind: &ErrorKind, offset: usize, builder: &Builder<'_>) -> Option<Span> {
    match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => open_quote(text, builder.last_end() as usize, offset),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnexpectedEof
        | ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::InvalidIndentation => builder.open_bracket(),
        _ => None,
    }
}

/// The quote that is still open at `end`, looking from `start`, which is outside of quotes.
fn open_quote(text: &str, start: usize, end: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut before = b' ';
    while at < end {
        let byte = *bytes.get(at)?;
        let is_start_of_token = matches!(before, b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':');
        let next = match byte {
            b'#' if is_start_of_token => {
                at + memchr::memchr2(b'\n', b'\r', bytes.get(at..end)?).unwrap_or(end - at)
            }
            b'"' | b'\'' if is_start_of_token => match closing_quote(bytes.get(..end)?, at + 1, byte) {
                Some(close) => close + 1,
                None => return Some(Span::new(to_u32(at), to_u32(at + 1))),
            },
            _ => at + 1,
        };
        before = byte;
        at = next;
    }
    None
}

fn closing_quote(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Syntax, SyntaxError, parse};

    fn error(text: &str) -> SyntaxError {
        let parsed = parse(text, Syntax::Yaml);
        let [error] = parsed.errors.as_slice() else { panic!("{:?}", parsed.errors) };
        error.clone()
    }

    #[test]
    fn an_unclosed_delimiter_is_shown_where_it_was_opened() {
        for (text, opening) in [
            ("a: \"b\nc: d\n", 3),
            ("a: 'it''s\nc: d\n", 3),
            ("# don't\n\"k\": \"b\nc: d\n", 13),
            ("a: [1, 2\nb: 3\n", 3),
            ("a: {b: [1, 2", 7),
        ] {
            let error = error(text);
            assert_eq!(error.opening.map(|span| span.start), Some(opening), "{text:?}: {error:?}");
        }
        let at_the_end = error("a: \"b");
        assert_eq!((at_the_end.span.start, at_the_end.opening), (3, None));
    }

    #[test]
    fn messages_say_what_to_do() {
        let cases = [
            ("a:\n\tb: 1\n", "a tab is not allowed here", "indent with spaces"),
            ("a: b: c\n", "a `:` that makes", "put quotes around a text that contains"),
            ("a: {{ x }}-b\n", "expected a key", "put quotes around a value that starts with `{{`"),
            ("a: @me\n", "no value starts with `@`", "put quotes around the value"),
            ("a: \"\\d\"\n", "found unknown escape", "write `\\\\` for a backslash"),
        ];
        for (text, message, help) in cases {
            let error = error(text);
            assert!(error.message.contains(message), "{text:?}: {error:?}");
            assert!(error.help.as_deref().is_some_and(|given| given.contains(help)), "{text:?}: {error:?}");
        }
        assert_eq!(error("a: *nope\n").message, "alias of an anchor that is not defined before it");
    }

    #[test]
    fn the_other_documents_are_kept() {
        let parsed = parse("a: 1\n---\nb: [1\n---\nc: 3\n", Syntax::Yaml);
        assert_eq!(parsed.errors.len(), 1);
        let keys: Vec<_> =
            parsed.tree.documents().map(|root| root.entries().next().unwrap().key.text()).collect();
        assert_eq!(keys, ["a", "c"]);
    }
}
