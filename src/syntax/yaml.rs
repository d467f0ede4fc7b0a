//! YAML events to tree. Parsing is `granit_parser`'s; here its spans are cut to what a reader would
//! underline, and reading goes on after a broken document.

use granit_parser::{Event, Parser, ScalarStyle, StrInput, StructureStyle};

use super::builder::{Builder, to_u32};
use super::tree::Stored;
use super::{Style, SyntaxError, yaml_error};
use crate::source::Span;

/// How exactly continued lines must be indented.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Indentation {
    /// As the standard says.
    Strict,
    /// As PyYAML and others read it: brackets may close at the margin, and quoted texts go on in the first column.
    Lenient,
}

pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    read_as(text, text, Indentation::Strict, builder);
}

/// Reads `written`, in which every byte stands where it stands in `text`.
pub(super) fn read_as(text: &str, written: &str, indentation: Indentation, builder: &mut Builder<'_>) {
    let options = granit_parser::options! {
        strict_indentation: indentation == Indentation::Strict,
        emit_anchor_events: true,
        // The parser holds comments back until it knows what they belong to; the size of the file is
        // limit enough.
        max_buffered_comment_events: usize::MAX,
    };
    let mut parser = Parser::new_from_str_with_options(written, options);
    while let Some(error) = read_until_error(text, &mut parser, builder) {
        builder.abandon_document();
        builder.error(error);
        if builder.has_too_many_errors() || !matches!(parser.proceed_next_document(), Ok(true)) {
            return;
        }
    }
}

/// Reads events up to the end of the file, or to what makes the current document unusable.
fn read_until_error<'s>(
    text: &'s str,
    parser: &mut Parser<'s, StrInput<'s>>,
    builder: &mut Builder<'_>,
) -> Option<SyntaxError> {
    while let Some(result) = parser.next_event() {
        let (event, location) = match result {
            Ok(read) => read,
            Err(error) => return Some(yaml_error::explain(text, &error, builder)),
        };
        let span = to_span(&location);
        let read = match event {
            Event::DocumentStart(..) => {
                builder.begin_document();
                Ok(())
            }
            Event::DocumentEnd => {
                builder.end_document();
                Ok(())
            }
            Event::Scalar(value, style, _, _) => {
                scalar(text, span, &value, style, builder);
                builder.check_size(span)
            }
            Event::MappingStart(style, _, _) => builder.open(Stored::Mapping, span, is_flow(style, span)),
            Event::SequenceStart(style, _, _) => builder.open(Stored::Sequence, span, is_flow(style, span)),
            Event::MappingEnd | Event::SequenceEnd => {
                // Only a closing bracket has a width. The end of a block is reported at the next token.
                builder.close((!span.is_empty()).then_some(span.end));
                Ok(())
            }
            Event::Alias(number) => {
                builder.alias(span, number);
                builder.check_size(span)
            }
            Event::Anchor(number, _) => {
                builder.anchor(span, number);
                Ok(())
            }
            Event::Comment(..) => {
                builder.comment(span);
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(error) = read {
            return Some(error);
        }
        if let Some(tag) = location.tag_span() {
            builder.tag(to_span(&tag));
        }
    }
    None
}

fn scalar(text: &str, span: Span, value: &str, style: ScalarStyle, builder: &mut Builder<'_>) {
    let source = span.slice(text);
    let (style, span) = match style {
        ScalarStyle::Plain => (Style::Plain, span),
        ScalarStyle::SingleQuoted => (Style::SingleQuoted, span),
        ScalarStyle::DoubleQuoted => (Style::DoubleQuoted, span),
        // The parser's span of a block scalar reaches into the blank lines around it.
        ScalarStyle::Literal => (Style::Literal, trimmed(span, text)),
        ScalarStyle::Folded => (Style::Folded, trimmed(span, text)),
    };
    let is_source = match style {
        // A value that is not written arrives as a written null, with an empty span.
        Style::Plain => source.is_empty() || source == value,
        Style::SingleQuoted | Style::DoubleQuoted => {
            source.get(1..source.len().saturating_sub(1)) == Some(value)
        }
        Style::Literal | Style::Folded => false,
    };
    builder.scalar(span, style, (!is_source).then_some(value));
}

/// Without the white space at both ends. A text of nothing else stands behind what introduces it, not on the line
/// below, where something else begins.
fn trimmed(span: Span, text: &str) -> Span {
    let source = span.slice(text);
    let visible = source.trim_ascii();
    if visible.is_empty() {
        return Span::at(to_u32(Span::new(0, span.start).slice(text).trim_ascii_end().len()));
    }
    let start = span.start + to_u32(source.len() - source.trim_ascii_start().len());
    Span::new(start, start + to_u32(visible.len()))
}

/// Whether the collection has brackets. A pair within a flow sequence (`[a: 1]`) is called flow, but has
/// none.
fn is_flow(style: StructureStyle, span: Span) -> bool {
    style == StructureStyle::Flow && !span.is_empty()
}

fn to_span(location: &granit_parser::Span) -> Span {
    let range = location.byte_range().unwrap_or_default();
    Span::new(to_u32(range.start), to_u32(range.end.max(range.start)))
}
