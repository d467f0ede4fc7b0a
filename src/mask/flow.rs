//! The scalars between brackets: if a name holds several secrets, each value is one.

use super::quotes::{closing, end_of_line};

/// Brackets that hold more are read no further.
const LONGEST: usize = 65_536;

/// The values between the bracket at `from` and the one that closes it, without their quotes, and the end. Names
/// before a colon are none.
pub(super) fn scalars(text: &str, from: usize) -> (Vec<(usize, usize)>, usize) {
    let bytes = text.as_bytes();
    let most = bytes.len().min(from + LONGEST);
    let mut values = Vec::new();
    let mut depth = 0_usize;
    let mut at = from;
    let mut line = end_of_line(text, from);
    while at < most {
        match bytes.get(at).copied().unwrap_or_default() {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (values, at + 1);
                }
            }
            quote @ (b'"' | b'\'') => {
                if at >= line {
                    line = end_of_line(text, at);
                }
                let close = closing(bytes, at + 1, line, quote).unwrap_or(line);
                if !is_name(bytes, close + 1) {
                    values.push((at + 1, close));
                }
                at = close;
            }
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' => {}
            _ => {
                let is_end = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b'\n' | b'\r' | b':');
                let rest = bytes.get(at..most).unwrap_or_default();
                let end = at + rest.iter().position(is_end).unwrap_or(rest.len());
                if !is_name(bytes, end) {
                    values.push((at, end));
                }
                at = end.saturating_sub(1);
            }
        }
        at += 1;
    }
    (values, at)
}

/// Whether a colon follows.
fn is_name(bytes: &[u8], from: usize) -> bool {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_and_names_are_not() {
        let text = r#"{"a": "b", c: d e, "f": [1, "g}"]} rest"#;
        let (values, end) = scalars(text, 0);
        let values: Vec<&str> = values.iter().filter_map(|(start, end)| text.get(*start..*end)).collect();
        assert_eq!(values, ["b", "d e", "1", "g}"]);
        assert_eq!(text.get(end..), Some(" rest"));
    }
}
