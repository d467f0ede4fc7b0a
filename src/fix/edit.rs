//! Edits of a text by bytes, and the lines around them. Whatever no edit names stays as it is, byte for byte.

use crate::source::Span;

/// Bytes that are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Which ones; empty where something is only added.
    pub(super) span: Span,
    /// What stands there afterwards.
    pub(super) text: String,
}

impl Edit {
    pub(super) fn delete(start: u32, end: u32) -> Self {
        Self { span: Span::new(start, end), text: String::new() }
    }

    pub(super) fn insert(at: u32, text: String) -> Self {
        Self { span: Span::at(at), text }
    }
}

/// Edits in order, without the repetitions; none where two of them touch the same bytes.
pub(super) fn ordered(mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let apart = edits.iter().zip(edits.iter().skip(1)).all(|(one, other)| {
        one.span.end <= other.span.start && !(one.span.is_empty() && one.span.end == other.span.start)
    });
    apart.then_some(edits)
}

/// The text after edits that are in order; none where one does not fit it.
pub(super) fn applied<'e>(text: &str, edits: impl IntoIterator<Item = (Span, &'e str)>) -> Option<String> {
    let mut done = String::with_capacity(text.len() + 64);
    let mut copied = 0;
    for (span, new) in edits {
        done.push_str(text.get(copied..span.start as usize)?);
        done.push_str(new);
        copied = span.end as usize;
    }
    done.push_str(text.get(copied..)?);
    Some(done)
}

/// Where the line of an offset begins.
pub(super) fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |found| found + 1);
    // A mark of byte order belongs to no line.
    let mark = if start == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
    u32::try_from(start + mark).unwrap_or(at)
}

/// Where the line of an offset ends: before its line break, and behind it.
pub(super) fn line_end(text: &str, at: u32) -> (u32, u32) {
    let rest = text.get(at as usize..).unwrap_or_default();
    let content = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let after = rest.get(content..).unwrap_or_default();
    let width = if after.starts_with("\r\n") { 2 } else { after.len().min(1) };
    let offset = |bytes: usize| at.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
    (offset(content), offset(content + width))
}

/// The line break that a text uses.
pub(super) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
