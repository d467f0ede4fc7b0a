//! `.ini` files to tree: a mapping of sections to mappings of keys; keys before the first section stand in
//! the outer mapping. A line that fits nothing is reported and skipped.
//!
//! As Python's `configparser` reads them: `=` or `:`, comments only at the start of a line, indented lines
//! go on with the value above. Quotes around a whole value are taken off. A section that comes twice is
//! there twice.

use super::builder::{Builder, to_u32};
use super::lines::{Line, Lines};
use super::tree::Stored;
use super::{Style, SyntaxError};
use crate::source::Span;

pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    builder.begin_document();
    let mut reader = Reader { builder, levels: 0, value: None };
    for line in Lines::new(text) {
        if let Err(error) = reader.line(line) {
            reader.builder.error(error);
        }
        if reader.builder.has_too_many_errors() {
            break;
        }
    }
    reader.close_to(0);
    reader.builder.end_document();
}

struct Reader<'s, 'b, 'c> {
    builder: &'b mut Builder<'c>,
    /// Open mappings: none before the first entry, the outer one, a section.
    levels: usize,
    /// The value that indented lines go on with.
    value: Option<Pending<'s>>,
}

/// A value whose end is not known yet.
struct Pending<'s> {
    span: Span,
    /// White space before its key.
    indent: usize,
    /// All its lines, once there is more than one.
    joined: Option<String>,
    /// Its first line.
    source: &'s str,
}

impl<'s> Reader<'s, '_, '_> {
    fn line(&mut self, line: Line<'s>) -> Result<(), SyntaxError> {
        let content = line.trimmed();
        let indent = content.start - line.start;
        if content.text.is_empty() {
            return Ok(());
        }
        if content.text.starts_with(['#', ';']) {
            self.builder.comment(content.span());
            return Ok(());
        }
        if let Some(value) = self.value.as_mut().filter(|value| indent > value.indent) {
            value.go_on(content);
            return Ok(());
        }
        self.builder.check_size(content.span())?;
        if content.text.starts_with('[') {
            return self.section(content);
        }
        let separator = content.text.find(['=', ':']).filter(|&at| at > 0);
        let separator = separator.ok_or_else(|| {
            self.finish_value();
            SyntaxError::new(content.span(), "expected `key = value` or `[section]`")
        })?;
        self.finish_value();
        let (key, value) = (content.to(separator).trimmed(), content.from(separator + 1).trimmed());
        self.open_to(1, key.span())?;
        self.builder.scalar(key.span(), Style::Plain, None);
        self.value = Some(Pending { span: value.span(), indent, joined: None, source: value.text });
        Ok(())
    }

    fn section(&mut self, line: Line<'_>) -> Result<(), SyntaxError> {
        self.finish_value();
        let Some(end) = line.text.rfind(']') else {
            let opening = Span::new(to_u32(line.start), to_u32(line.start + 1));
            let end = Span::at(line.span().end);
            return Err(SyntaxError::new(end, "the bracket is not closed").with_opening(Some(opening)));
        };
        let name = line.to(end).from(1).trimmed();
        self.close_to(1);
        self.open_to(1, line.span())?;
        self.builder.scalar(name.span(), Style::Plain, None);
        self.builder.open(Stored::Mapping, line.to(end + 1).span(), false)?;
        self.levels += 1;
        Ok(())
    }

    fn finish_value(&mut self) {
        let Some(value) = self.value.take() else { return };
        match value.joined {
            Some(joined) => self.builder.scalar(value.span, Style::Plain, Some(&joined)),
            None => self.builder.scalar(value.span, style(value.source), None),
        }
    }

    fn open_to(&mut self, level: usize, at: Span) -> Result<(), SyntaxError> {
        while self.levels < level {
            self.builder.open(Stored::Mapping, Span::at(at.start), false)?;
            self.levels += 1;
        }
        Ok(())
    }

    fn close_to(&mut self, level: usize) {
        self.finish_value();
        while self.levels > level {
            self.builder.close(None);
            self.levels -= 1;
        }
    }
}

impl Pending<'_> {
    fn go_on(&mut self, line: Line<'_>) {
        let joined = self.joined.get_or_insert_with(|| self.source.to_owned());
        joined.push('\n');
        joined.push_str(line.text);
        if self.span.is_empty() {
            self.span.start = line.span().start;
        }
        self.span.end = line.span().end;
    }
}

/// Quotes count only around the whole value.
fn style(value: &str) -> Style {
    let is_quoted = |quote: char| {
        let inner = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inner.is_some_and(|inner| !inner.contains(quote))
    };
    match (is_quoted('"'), is_quoted('\'')) {
        (true, _) => Style::DoubleQuoted,
        (_, true) => Style::SingleQuoted,
        _ => Style::Plain,
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Syntax, parse};

    #[test]
    fn sections_keys_and_continued_values() {
        let text = "; top\nfree: yes\n[mastodon]\n  hashtags = a\n    b\n    # in between\n\n    c\n  url = https://x.org ; kept\n[feed]\nlist =\n  one\nq = \"x y\"\n[empty]\n";
        let parsed = parse(text, Syntax::Ini);
        assert_eq!(parsed.errors, []);
        let root = parsed.tree.documents().next().unwrap();
        let keys: Vec<_> = root.entries().map(|entry| entry.key.text()).collect();
        assert_eq!(keys, ["free", "mastodon", "feed", "empty"]);
        let mastodon = root.get("mastodon").unwrap();
        assert_eq!(mastodon.get("hashtags").unwrap().text(), "a\nb\nc");
        assert_eq!(mastodon.get("url").unwrap().text(), "https://x.org ; kept");
        assert!(mastodon.span().slice(text).starts_with("[mastodon]\n"));
        assert!(mastodon.span().slice(text).ends_with("; kept"));
        let list = root.get("feed").unwrap().get("list").unwrap();
        assert_eq!((list.text(), list.span().slice(text)), ("\none", "one"));
        assert_eq!(root.get("feed").unwrap().get("q").unwrap().text(), "x y");
        assert_eq!(parsed.tree.comments().len(), 2);
    }

    #[test]
    fn a_line_that_fits_nothing_is_skipped() {
        let parsed = parse("a = 1\nnonsense\n= 2\n[open\nb = 3\n", Syntax::Ini);
        assert_eq!(parsed.errors.len(), 3);
        let root = parsed.tree.documents().next().unwrap();
        assert_eq!(root.entries().count(), 2);
    }
}
