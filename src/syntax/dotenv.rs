//! `.env` files to tree: one mapping of names to texts. A line that fits nothing is reported and skipped.
//! A commented assignment (`# KEY=value`) is a comment: it never counts as set.

use super::builder::{Builder, to_u32};
use super::lines::{Line, Lines};
use super::tree::Stored;
use super::{Style, SyntaxError};
use crate::source::Span;

pub(super) fn read(text: &str, builder: &mut Builder<'_>) {
    builder.begin_document();
    let mut lines = Lines::new(text);
    let mut is_open = false;
    while let Some(line) = lines.next() {
        let line = line.trimmed();
        if line.text.is_empty() {
            continue;
        }
        if line.text.starts_with('#') {
            builder.comment(line.span());
            continue;
        }
        let read = assignment(text, line).and_then(|assignment| {
            if !is_open {
                builder.open(Stored::Mapping, Span::at(to_u32(assignment.key.start)), false)?;
                is_open = true;
            }
            builder.check_size(line.span())?;
            Ok(assignment)
        });
        match read {
            Ok(Assignment { key, value, style, cooked, comment, end }) => {
                builder.scalar(key.span(), Style::Plain, None);
                builder.scalar(value, style, cooked.as_deref());
                if let Some(comment) = comment {
                    builder.comment(comment);
                }
                lines.skip_to(end);
            }
            Err(error) => builder.error(error),
        }
        if builder.has_too_many_errors() {
            break;
        }
    }
    builder.close(None);
    builder.end_document();
}

struct Assignment<'s> {
    key: Line<'s>,
    value: Span,
    style: Style,
    cooked: Option<String>,
    comment: Option<Span>,
    /// Where the value ends, which may be on a later line.
    end: usize,
}

fn assignment<'s>(text: &'s str, line: Line<'s>) -> Result<Assignment<'s>, SyntaxError> {
    let after_export = match line.text.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => line.from("export".len()).trimmed(),
        _ => line,
    };
    let no_assignment = || SyntaxError::new(line.span(), "expected `KEY=value`");
    let equals = after_export.text.find('=').ok_or_else(no_assignment)?;
    let key = after_export.to(equals).trimmed();
    if !is_name(key.text) {
        return Err(no_assignment());
    }
    let value = after_export.from(equals + 1).trimmed();
    match value.text.as_bytes().first() {
        Some(&quote @ (b'"' | b'\'')) => quoted(text, key, value.start, quote),
        _ => Ok(bare(key, value)),
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

/// A value without quotes ends at a `#` after white space, or with the line.
fn bare<'s>(key: Line<'s>, rest: Line<'s>) -> Assignment<'s> {
    let is_comment = |&(at, _): &(usize, &str)| {
        at == 0 || rest.text.get(..at).is_some_and(|before| before.ends_with([' ', '\t']))
    };
    let comment = rest.text.match_indices('#').find(is_comment).map(|(at, _)| at);
    let value = rest.to(comment.unwrap_or(rest.text.len())).trimmed();
    Assignment {
        key,
        value: value.span(),
        style: Style::Plain,
        cooked: None,
        comment: comment.map(|at| rest.from(at).span()),
        end: rest.start + rest.text.len(),
    }
}

/// A value in quotes may go on over several lines. Double quotes have escapes, single quotes have not.
fn quoted<'s>(text: &str, key: Line<'s>, start: usize, quote: u8) -> Result<Assignment<'s>, SyntaxError> {
    let opening = Span::new(to_u32(start), to_u32(start + 1));
    let close = closing_quote(text, start + 1, quote).ok_or_else(|| {
        let end =
            text.get(start..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |at| start + at);
        SyntaxError::new(Span::at(to_u32(end)), "the quote is not closed").with_opening(Some(opening))
    })?;
    let mut after = Lines::at(text, close + 1);
    let after = after.next().map_or(Line { start: close + 1, text: "" }, Line::trimmed);
    if !after.text.is_empty() && !after.text.starts_with('#') {
        let error = SyntaxError::new(after.span(), "nothing but a comment may follow the closing quote");
        return Err(error.with_opening(Some(opening)));
    }
    let inner = text.get(start + 1..close).unwrap_or("");
    let needs_cooking = inner.contains('\r') || (quote == b'"' && inner.contains('\\'));
    Ok(Assignment {
        key,
        value: Span::new(to_u32(start), to_u32(close + 1)),
        style: if quote == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted },
        cooked: needs_cooking.then(|| cook(inner, quote == b'"')),
        comment: (!after.text.is_empty()).then(|| after.span()),
        end: after.start + after.text.len(),
    })
}

fn closing_quote(text: &str, start: usize, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}

fn cook(inner: &str, has_escapes: bool) -> String {
    let unix = inner.replace("\r\n", "\n").replace('\r', "\n");
    if !has_escapes {
        return unix;
    }
    let mut cooked = String::with_capacity(unix.len());
    let mut characters = unix.chars();
    while let Some(character) = characters.next() {
        match (character, if character == '\\' { characters.next() } else { None }) {
            ('\\', Some('n')) => cooked.push('\n'),
            ('\\', Some('r')) => cooked.push('\r'),
            ('\\', Some('t')) => cooked.push('\t'),
            ('\\', Some(escaped @ ('"' | '\\' | '$' | '\''))) => cooked.push(escaped),
            ('\\', Some(other)) => cooked.extend(['\\', other]),
            (plain, _) => cooked.push(plain),
        }
    }
    cooked
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Syntax, parse};

    #[test]
    fn reads_the_forms_that_files_have() {
        let text = "\u{feff}# KEY=default\r\nA=1\r\nexport B = two words # note\r\nC=\"it's \\\"x\\\"\\n\" # c\nD='#no $X \\n'\nE=a#b\nF=\nG=\"l1\r\nl2\"\nH=don't\nI=${TOKEN}\n";
        let parsed = parse(text, Syntax::Dotenv);
        assert_eq!(parsed.errors, []);
        let root = parsed.tree.documents().next().unwrap();
        let entries: Vec<_> = root.entries().map(|entry| (entry.key.text(), entry.value.text())).collect();
        let expected = [
            ("A", "1"),
            ("B", "two words"),
            ("C", "it's \"x\"\n"),
            ("D", "#no $X \\n"),
            ("E", "a#b"),
            ("F", ""),
            ("G", "l1\nl2"),
            ("H", "don't"),
            ("I", "${TOKEN}"),
        ];
        assert_eq!(entries, expected);
        assert_eq!(root.get("I").unwrap().template_name(), Some("TOKEN"));
        let comments: Vec<_> =
            parsed.tree.comments().iter().map(|comment| comment.span.slice(text)).collect();
        assert_eq!(comments, ["# KEY=default", "# note", "# c"]);
    }

    #[test]
    fn a_line_that_fits_nothing_is_skipped() {
        let text = "A=1\nnonsense\n1X=2\nB=\"x\" y\nC=3\nD='open\n";
        let parsed = parse(text, Syntax::Dotenv);
        let messages: Vec<_> = parsed.errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages.len(), 4, "{messages:?}");
        assert_eq!(
            parsed.errors.last().and_then(|error| error.opening).map(|span| span.slice(text)),
            Some("'")
        );
        let root = parsed.tree.documents().next().unwrap();
        assert_eq!(root.entries().count(), 2);
    }

    #[test]
    fn a_file_of_comments_has_no_document() {
        assert_eq!(parse("# A=1\n", Syntax::Dotenv).tree.documents().count(), 0);
    }
}
