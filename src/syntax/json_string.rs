//! JSON's quoted texts: finding their end, checking and resolving their escapes.

use super::SyntaxError;
use super::builder::to_u32;
use crate::source::Span;

/// A quoted text.
pub(super) struct Text {
    /// With its quotes.
    pub(super) span: Span,
    /// What it means, where escapes make that differ from the source.
    pub(super) cooked: Option<String>,
}

/// Reads the text whose opening quote stands at `start`.
pub(super) fn read(text: &str, start: usize) -> Result<Text, SyntaxError> {
    let bytes = text.as_bytes();
    let mut cooked = None;
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let plain = rest.iter().position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\');
        let end = at + plain.unwrap_or(rest.len());
        if let Some(cooked) = &mut cooked {
            String::push_str(cooked, text.get(at..end).unwrap_or(""));
        }
        at = end;
        match bytes.get(at) {
            Some(b'"') => return Ok(Text { span: Span::new(to_u32(start), to_u32(at + 1)), cooked }),
            Some(b'\\') => {
                let before = || text.get(start + 1..at).unwrap_or("").to_owned();
                let length = escape(text, at, cooked.get_or_insert_with(before))?;
                at += length;
            }
            None | Some(b'\n' | b'\r') => {
                let opening = Span::new(to_u32(start), to_u32(start + 1));
                let error = SyntaxError::new(Span::at(to_u32(at)), "the text is not closed on its line");
                return Err(error.with_opening(Some(opening)));
            }
            Some(_) => {
                let span = Span::new(to_u32(at), to_u32(at + 1));
                let error = SyntaxError::new(span, "a control character must be escaped");
                return Err(error.with_help("write a tab as `\\t`, others as `\\u0000`"));
            }
        }
    }
}

/// Resolves the escape at `at` and says how many bytes it takes.
fn escape(text: &str, at: usize, cooked: &mut String) -> Result<usize, SyntaxError> {
    let simple = match text.as_bytes().get(at + 1) {
        Some(&plain @ (b'"' | b'\\' | b'/')) => plain,
        Some(b'b') => 0x08,
        Some(b'f') => 0x0c,
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(b'u') => return unicode_escape(text, at, cooked),
        _ => return Err(bad_escape(text, at, 2)),
    };
    cooked.push(char::from(simple));
    Ok(2)
}

/// Two escapes may make one character beyond U+FFFF; a half without its other half gives U+FFFD.
fn unicode_escape(text: &str, at: usize, cooked: &mut String) -> Result<usize, SyntaxError> {
    let first = code_unit(text, at).ok_or_else(|| bad_escape(text, at, 6))?;
    if (0xd800..0xdc00).contains(&first) {
        let second = code_unit(text, at + 6).filter(|second| (0xdc00..0xe000).contains(second));
        if let Some(second) = second {
            let code = 0x1_0000 + ((u32::from(first) - 0xd800) << 10) + (u32::from(second) - 0xdc00);
            cooked.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            return Ok(12);
        }
    }
    cooked.push(char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER));
    Ok(6)
}

/// The number of the `\uXXXX` at `at`.
fn code_unit(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hexadecimal.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

fn bad_escape(text: &str, at: usize, length: usize) -> SyntaxError {
    let rest = text.get(at..).unwrap_or("");
    let length: usize = rest.chars().take(length).take_while(|&c| c != '\n').map(char::len_utf8).sum();
    SyntaxError::new(Span::new(to_u32(at), to_u32(at + length)), "there is no such escape in JSON")
        .with_help("write `\\\\` for a backslash")
}
