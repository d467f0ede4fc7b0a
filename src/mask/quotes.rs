//! Where quoted texts end, in any of the syntaxes.

/// The quote that closes a text, before `end`; `from` is behind the one that opens it.
pub(super) fn closing(bytes: &[u8], from: usize, end: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    while at < end {
        match *bytes.get(at)? {
            b'\\' if quote != b'\'' => at += 2,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') && at + 1 < end => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// The end of the line that a place is on, without its line break.
pub(super) fn end_of_line(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    let end = from + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    if end > from && text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end }
}

/// Where the line after the one of this place begins.
pub(super) fn next_line(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(text.len(), |newline| from + newline + 1)
}
