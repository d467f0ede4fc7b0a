//! What TOML's keys and values mean, and spans in the parser's form and in ours.

use std::borrow::Cow;

use toml_parser::Raw;
use toml_parser::decoder::{Encoding, ScalarKind};

use crate::source::Span;
use crate::syntax::builder::to_u32;

/// The text of a key or string, without quotes and escapes.
pub(in crate::syntax) fn decoded(text: &str, span: Span) -> Cow<'_, str> {
    match encoding(span.slice(text)) {
        None => Cow::Borrowed(span.slice(text)),
        Some(_) => scalar(text, span).1,
    }
}

/// What a value is, and its text.
pub(super) fn scalar(text: &str, span: Span) -> (ScalarKind, Cow<'_, str>) {
    let source = span.slice(text);
    let mut text = Cow::Borrowed("");
    let kind = Raw::new_unchecked(source, encoding(source), foreign(span)).decode_scalar(&mut text, &mut ());
    (kind, text)
}

/// The quotes around a key or string.
fn encoding(source: &str) -> Option<Encoding> {
    const QUOTES: [(&str, Encoding); 4] = [
        ("\"\"\"", Encoding::MlBasicString),
        ("'''", Encoding::MlLiteralString),
        ("\"", Encoding::BasicString),
        ("'", Encoding::LiteralString),
    ];
    QUOTES.into_iter().find(|(quotes, _)| source.starts_with(quotes)).map(|(_, encoding)| encoding)
}

pub(in crate::syntax) fn to_span(span: toml_parser::Span) -> Span {
    Span::new(to_u32(span.start()), to_u32(span.end()))
}

/// The parser's form of a span.
pub(super) fn foreign(span: Span) -> toml_parser::Span {
    toml_parser::Span::new_unchecked(span.start as usize, span.end as usize)
}
