//! Names and values that stand beside each other: `{ "name": "password", "value": "…" }`, in either order.

use crate::source::boundary;

/// The value is not looked for further away.
const NEAR: usize = 400;

/// Keys whose values are names.
const NAMES: &[&str] =
    &["name", "parameter-name", "key", "header", "parameter", "param", "field", "variable", "env"];

/// Where the value begins that belongs to the name at `start..end`, if it stands behind a key such as `name`.
pub(super) fn sibling(text: &str, start: usize, end: usize, line: usize) -> Option<usize> {
    let before = text.get(line..start)?;
    let before = before.get(boundary(before, before.len().saturating_sub(NEAR))..)?;
    let key = before.trim_end_matches([' ', '\t', '"', '\'']).strip_suffix([':', '='])?;
    let key = key.trim_end_matches([' ', '\t', '"', '\'']);
    let word = key.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).next()?;
    if !NAMES.contains(&word.to_ascii_lowercase().as_str()) {
        return None;
    }
    let after = text.get(end..boundary(text, end + NEAR))?;
    let after = after.split('}').next().unwrap_or(after);
    let after = after.find(word).and_then(|next| after.get(..next)).unwrap_or(after);
    if let Some(value) = value_key(after) {
        return Some(end + value);
    }
    let from = boundary(text, start.saturating_sub(NEAR));
    let ahead = text.get(from..start)?;
    let opened = ahead.rfind('{').map_or(0, |brace| brace + 1);
    value_key(ahead.get(opened..)?).map(|value| from + opened + value)
}

/// Behind `value:`, with or without quotes.
fn value_key(text: &str) -> Option<usize> {
    text.match_indices("value").find_map(|(at, word)| {
        let is_whole = !text.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let rest = text.get(at + word.len()..)?;
        let behind = rest.trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
        let value = behind.strip_prefix([':', '='])?.trim_start_matches([' ', '\t', '\r', '\n']);
        is_whole.then(|| text.len() - value.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_beside_names_are_found() {
        for text in [
            r#"{"parameter-name": "password", "enabled": true, "value": "x1"}"#,
            r#"{"value": "x1", "name": "password"}"#,
            "- name: password\n  value: x1\n",
        ] {
            let start = text.find("password").unwrap();
            let value = sibling(text, start, start + 8, 0).and_then(|value| text.get(value..));
            assert!(value.is_some_and(|value| value.trim_start_matches('"').starts_with("x1")), "{text}");
        }
        assert_eq!(sibling("name: password\nother: 1", 6, 14, 0), None);
    }
}
