//! Text of a picture: broken into short lines, measured without fonts, and safe inside XML.

use unicode_width::UnicodeWidthStr;

use crate::plain::entities;

/// How wide a column of text is, as a share of the size of the letters. Generous, because fonts differ.
const COLUMN: f64 = 0.58;

/// The width of a line in letters of this size.
pub(super) fn width(line: &str, size: f64) -> f64 {
    line.width() as f64 * size * COLUMN
}

/// How many columns of this size have room.
pub(super) fn columns(room: f64, size: f64) -> usize {
    (room / (size * COLUMN)).max(4.0) as usize
}

/// Breaks text into at most `most` lines of at most `room` columns, at spaces where there are some; what has
/// no room is three dots.
pub(super) fn lines(text: &str, room: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').flat_map(|word| pieces(word, room)) {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.width() + 1 > room {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// A word in pieces that fit, at its hyphens and the like where possible.
fn pieces(word: &str, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut width = 0;
    for character in word.chars() {
        let wide = character.to_string().width();
        if width + wide > room {
            let whole = pieces.last().map(String::as_str).unwrap_or_default();
            let cut = whole.rfind(['-', '_', '/', '.', ':']).map_or(whole.len(), |place| place + 1);
            let rest = whole.get(cut..).unwrap_or_default().to_owned();
            if let Some(last) = pieces.last_mut() {
                last.truncate(cut);
            }
            width = rest.width();
            pieces.push(rest);
        }
        width += wide;
        if let Some(last) = pieces.last_mut() {
            last.push(character);
        }
    }
    pieces
}

/// The text as XML holds it, in elements and in attributes. Characters that XML forbids are left out.
pub(super) fn xml(text: &str) -> String {
    let is_forbidden =
        |character: char| character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}');
    entities(&text.replace(is_forbidden, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_at_spaces_then_hyphens_then_anywhere() {
        assert_eq!(lines("follows back whoever follows", 14, 3), ["follows back", "whoever", "follows"]);
        assert_eq!(lines("follows back whoever follows", 14, 2), ["follows back", "whoever…"]);
        assert_eq!(lines("reply-to-everybody", 10, 3), ["reply-to-", "everybody"]);
        assert_eq!(lines("aaaaaaaaaaaa", 5, 2), ["aaaaa", "aaaa…"]);
        assert_eq!(lines("フォローバック", 6, 9), ["フォロ", "ーバッ", "ク"]);
    }

    #[test]
    fn xml_holds_no_markup() {
        assert_eq!(xml("</svg>\u{1b}&'\"\u{ffff}"), "&lt;/svg&gt;&amp;&#39;&quot;");
    }
}
