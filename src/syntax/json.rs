//! JSON to tree, by the letter of RFC 8259; with comments and trailing commas where the name of a file
//! promises them. One pass, no recursion.

use super::builder::{Builder, to_u32};
use super::json_string::{self, Text};
use super::tree::Stored;
use super::{Style, SyntaxError};
use crate::source::Span;

/// What is accepted beyond the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Nothing.
    Json,
    /// Comments and a comma before a closing bracket.
    Jsonc,
}

pub(super) fn read(text: &str, strictness: Strictness, builder: &mut Builder<'_>) {
    builder.begin_document();
    let bytes = text.as_bytes();
    let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader { text, bytes, at, strictness, builder, brackets: Vec::new() };
    match reader.document() {
        Ok(()) => builder.end_document(),
        Err(error) => {
            builder.abandon_document();
            builder.error(error);
        }
    }
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    ItemOrClose,
    Key,
    KeyOrClose,
    CommaOrClose,
}

struct Reader<'s, 'b, 'c> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    strictness: Strictness,
    builder: &'b mut Builder<'c>,
    /// Brackets that are open, with their offsets.
    brackets: Vec<(u8, usize)>,
}

impl Reader<'_, '_, '_> {
    fn document(&mut self) -> Result<(), SyntaxError> {
        let mut expected = Expected::Value;
        loop {
            self.skip_space()?;
            let Some(byte) = self.peek() else {
                if expected == Expected::CommaOrClose && self.brackets.is_empty() {
                    return Ok(());
                }
                return Err(self.unexpected_end());
            };
            self.builder.check_size(self.here(1))?;
            expected = match (expected, byte) {
                (Expected::CommaOrClose, b',') if !self.brackets.is_empty() => {
                    self.at += 1;
                    self.after_comma()
                }
                (Expected::CommaOrClose | Expected::KeyOrClose, b'}') if self.innermost() == Some(b'{') => {
                    self.close()
                }
                (Expected::CommaOrClose | Expected::ItemOrClose, b']') if self.innermost() == Some(b'[') => {
                    self.close()
                }
                (Expected::CommaOrClose, _) => return Err(self.after_value(byte)),
                (Expected::Key | Expected::KeyOrClose, b'"') => {
                    self.string()?;
                    self.colon()?
                }
                (Expected::Key | Expected::KeyOrClose, _) => return Err(self.no_key(byte)),
                (_, b'{') => {
                    self.open(Stored::Mapping, byte)?;
                    Expected::KeyOrClose
                }
                (_, b'[') => {
                    self.open(Stored::Sequence, byte)?;
                    Expected::ItemOrClose
                }
                (_, b'"') => {
                    self.string()?;
                    Expected::CommaOrClose
                }
                _ => {
                    self.literal(byte)?;
                    Expected::CommaOrClose
                }
            };
        }
    }

    fn after_comma(&self) -> Expected {
        match (self.innermost(), self.strictness) {
            (Some(b'{'), Strictness::Jsonc) => Expected::KeyOrClose,
            (Some(b'{'), Strictness::Json) => Expected::Key,
            (_, Strictness::Jsonc) => Expected::ItemOrClose,
            (_, Strictness::Json) => Expected::Value,
        }
    }

    fn open(&mut self, stored: Stored, bracket: u8) -> Result<(), SyntaxError> {
        self.builder.open(stored, self.here(1), true)?;
        self.brackets.push((bracket, self.at));
        self.at += 1;
        Ok(())
    }

    fn close(&mut self) -> Expected {
        self.at += 1;
        self.brackets.pop();
        self.builder.close(Some(to_u32(self.at)));
        Expected::CommaOrClose
    }

    fn colon(&mut self) -> Result<Expected, SyntaxError> {
        self.skip_space()?;
        if self.peek() != Some(b':') {
            return Err(match self.peek() {
                None => self.unexpected_end(),
                Some(_) => SyntaxError::new(self.here_character(), "expected a `:` after the key"),
            });
        }
        self.at += 1;
        Ok(Expected::Value)
    }

    fn string(&mut self) -> Result<(), SyntaxError> {
        let Text { span, cooked } = json_string::read(self.text, self.at)?;
        self.at = span.end as usize;
        self.builder.scalar(span, Style::DoubleQuoted, cooked.as_deref());
        Ok(())
    }

    /// A number, `true`, `false` or `null`.
    fn literal(&mut self, first: u8) -> Result<(), SyntaxError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._$".contains(byte);
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
        let word = self.text.get(self.at..self.at + length).unwrap_or("");
        let span = self.here(length);
        if !matches!(word, "true" | "false" | "null") && !is_number(word.as_bytes()) {
            return Err(self.no_value(first, word));
        }
        self.at += length;
        self.builder.scalar(span, Style::Plain, None);
        Ok(())
    }

    fn skip_space(&mut self) -> Result<(), SyntaxError> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/') => self.comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self) -> Result<(), SyntaxError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = match rest.get(1) {
            Some(b'/') => memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()),
            Some(b'*') => match memchr::memmem::find(rest.get(2..).unwrap_or_default(), b"*/") {
                Some(end) => end + 4,
                None => {
                    let end = Span::at(to_u32(self.text.len()));
                    let error = SyntaxError::new(end, "the comment is not closed");
                    return Err(error.with_opening(Some(self.here(2))));
                }
            },
            _ => return Err(SyntaxError::new(self.here(1), "expected a value or a comment")),
        };
        if self.strictness == Strictness::Json {
            let error = SyntaxError::new(self.here(length), "JSON has no comments");
            return Err(
                error.with_help("remove it, or rename the file to `.jsonc` if its reader allows that")
            );
        }
        self.builder.comment(self.here(length));
        self.at += length;
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn innermost(&self) -> Option<u8> {
        self.brackets.last().map(|&(bracket, _)| bracket)
    }

    /// The next `length` bytes.
    fn here(&self, length: usize) -> Span {
        Span::new(to_u32(self.at), to_u32(self.at + length))
    }

    fn here_character(&self) -> Span {
        let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        self.here(next.map_or(0, char::len_utf8))
    }

    fn unexpected_end(&self) -> SyntaxError {
        let opening = self.brackets.last().map(|&(_, at)| Span::new(to_u32(at), to_u32(at + 1)));
        let message = if self.builder.last_end() == 0 && opening.is_none() {
            "the file is empty, but JSON is one value"
        } else {
            "unexpected end of the file"
        };
        SyntaxError::new(Span::at(to_u32(self.at)), message).with_opening(opening)
    }

    fn after_value(&self, byte: u8) -> SyntaxError {
        let span = self.here_character();
        let opening = self.brackets.last().map(|&(_, at)| Span::new(to_u32(at), to_u32(at + 1)));
        match (self.innermost(), byte) {
            (None, _) => SyntaxError::new(span, "nothing may follow the value of the file"),
            (Some(_), b']' | b'}') => {
                SyntaxError::new(span, "this bracket does not match the one that is open")
                    .with_opening(opening)
            }
            (Some(b'{'), _) => {
                SyntaxError::new(span, "expected `,` or `}` after the value").with_opening(opening)
            }
            (Some(_), _) => {
                SyntaxError::new(span, "expected `,` or `]` after the value").with_opening(opening)
            }
        }
    }

    fn no_key(&self, byte: u8) -> SyntaxError {
        let span = self.here_character();
        match byte {
            b'}' => trailing_comma(span),
            b'\'' => SyntaxError::new(span, "a key has double quotes").with_help("replace `'` by `\"`"),
            _ => SyntaxError::new(span, "expected a key in double quotes"),
        }
    }

    fn no_value(&self, first: u8, word: &str) -> SyntaxError {
        let span = if word.is_empty() { self.here_character() } else { self.here(word.len()) };
        match first {
            b']' | b'}' if !self.brackets.is_empty() && self.follows_comma() => trailing_comma(span),
            b'\'' => SyntaxError::new(span, "a text has double quotes").with_help("replace `'` by `\"`"),
            b'0'..=b'9' | b'-' | b'+' | b'.' => {
                SyntaxError::new(span, "this is not a number as JSON writes them")
            }
            _ if word.is_empty() => SyntaxError::new(span, "expected a value"),
            _ => SyntaxError::new(span, "expected a value; texts have double quotes")
                .with_help("only `true`, `false`, `null` and numbers have no quotes"),
        }
    }

    fn follows_comma(&self) -> bool {
        self.text.get(..self.at).is_some_and(|before| before.trim_end().ends_with(','))
    }
}

fn trailing_comma(span: Span) -> SyntaxError {
    SyntaxError::new(span, "a comma must be followed by another entry").with_help("remove the last comma")
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
fn is_number(word: &[u8]) -> bool {
    let unsigned = word.strip_prefix(b"-").unwrap_or(word);
    let (whole, rest) = split_digits(unsigned);
    if whole.is_empty() || (whole.len() > 1 && whole.starts_with(b"0")) {
        return false;
    }
    let rest = match rest.strip_prefix(b".") {
        Some(fraction) => match split_digits(fraction) {
            ([], _) => return false,
            (_, rest) => rest,
        },
        None => rest,
    };
    let Some(exponent) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) else {
        return rest.is_empty();
    };
    let unsigned = exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-")).unwrap_or(exponent);
    let (digits, rest) = split_digits(unsigned);
    !digits.is_empty() && rest.is_empty()
}

fn split_digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.split_at_checked(count).unwrap_or((bytes, &[]))
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Kind, Syntax, Value, parse};

    #[test]
    fn reads_every_kind_of_value() {
        let text = "\u{feff}{\"a\": [1, -2.5e1, true, null, \"\\u00e9\\n\"], \"b\": {}}\n";
        let parsed = parse(text, Syntax::Json);
        assert_eq!(parsed.errors, []);
        let root = parsed.tree.documents().next().unwrap();
        let a = root.get("a").unwrap();
        let values: Vec<_> = a.items().map(|item| item.value(item.schema())).collect();
        let expected =
            [Value::Int(1), Value::Float(-25.0), Value::Bool(true), Value::Null, Value::Str("é\n")];
        assert_eq!(values, expected);
        assert_eq!(root.get("b").unwrap().kind(), Kind::Mapping);
        assert!(a.span().slice(text).starts_with("[1") && a.span().slice(text).ends_with(']'));
    }

    #[test]
    fn comments_and_trailing_commas_only_where_they_are_customary() {
        let text = "// c\n{\"a\": [1, /* d */ 2,], }\n";
        let parsed = parse(text, Syntax::Jsonc);
        assert_eq!(parsed.errors, []);
        let comments: Vec<_> =
            parsed.tree.comments().iter().map(|comment| comment.span.slice(text)).collect();
        assert_eq!(comments, ["// c", "/* d */"]);
        let errors = parse(text, Syntax::Json).errors;
        assert_eq!(errors.first().map(|error| error.message.as_str()), Some("JSON has no comments"));
    }

    #[test]
    fn errors_name_the_usual_mistakes() {
        let cases = [
            ("", "the file is empty, but JSON is one value", None),
            ("{\"a\": 1,}", "a comma must be followed by another entry", None),
            ("[1,]", "a comma must be followed by another entry", None),
            ("[1 2]", "expected `,` or `]` after the value", Some(0)),
            ("{\"a\": [1, 2}", "this bracket does not match the one that is open", Some(6)),
            ("{\"a\": {\"b\"", "unexpected end of the file", Some(6)),
            ("{'a': 1}", "a key has double quotes", None),
            ("{\"a\": True}", "expected a value; texts have double quotes", None),
            ("[01]", "this is not a number as JSON writes them", None),
            ("{\"a\": \"b", "the text is not closed on its line", Some(6)),
            ("{} {}", "nothing may follow the value of the file", None),
        ];
        for (text, message, opening) in cases {
            let parsed = parse(text, Syntax::Json);
            let [error] = parsed.errors.as_slice() else { panic!("{text:?}: {:?}", parsed.errors) };
            assert_eq!(error.message, message, "{text:?}");
            assert_eq!(error.opening.map(|span| span.start), opening, "{text:?}");
            assert_eq!(parsed.tree.documents().count(), 0);
        }
    }
}
