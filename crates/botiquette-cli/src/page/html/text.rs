//! Escapes text of strangers for a page, so that none of it is markup.

use botiquette::report::{entities, escape, one_line};

/// Columns of a line of code.
const WIDEST: usize = 240;

/// Words of anybody as text of a page, on one line.
pub(super) fn text(words: &str) -> String {
    entities(&one_line(words))
}

/// A piece of a line as it stands there.
pub(super) fn code(words: &str) -> String {
    let cut: String = words.chars().take(WIDEST).map(|c| if c == '\t' { ' ' } else { c }).collect();
    entities(&escape(cut.trim_end_matches(['\r', '\n'])))
}

/// A picture within an address: letters and digits as they are, all else by its bytes.
pub(super) fn percent(picture: &str) -> String {
    let mut safe = String::with_capacity(picture.len() * 2);
    for byte in picture.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~ =:/".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_markup() {
        assert_eq!(text("</style><script>\n&\"'"), "&lt;/style&gt;&lt;script&gt; &amp;&quot;&#39;");
        assert_eq!(code("a\t<b>\u{202e}\r\n"), "a &lt;b&gt;\\u{202e}");
        assert_eq!(percent("<svg a=\"#x\">ä"), "%3Csvg a=%22%23x%22%3E%C3%A4");
    }
}
