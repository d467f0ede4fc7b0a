//! Lines that hold one word alone: tokens whose name is missing.

use super::Found;
use super::harmless::looks_random;
use super::quotes::{end_of_line, next_line};

/// Which lines of one word are secrets: tokens without their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lone {
    /// All of them: environment files hold nothing else on lines without a name.
    Any,
    /// Those with letters and digits: in a file that cannot be read it may be of any kind.
    Random,
    /// Long ones that nobody would write.
    Long,
}

/// Lines that hold a lone word which nobody would write: a token without its name.
pub(super) fn find(text: &str, lone: Lone, found: &mut Vec<Found>) {
    let mut line = 0;
    while line < text.len() {
        let end = end_of_line(text, line);
        let content = text.get(line..end).unwrap_or_default();
        let word = content.trim().trim_start_matches("- ").trim_matches(['"', '\'', ',', '`']);
        let is_mixed = word.bytes().any(|byte| byte.is_ascii_uppercase())
            && word.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_word = |word: &str| {
            !word.starts_with('=')
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-+/=.~".contains(&byte))
        };
        let counts = match lone {
            Lone::Any => word.len() >= 6 && !word.contains('=') && !word.starts_with(['#', '[']),
            Lone::Random => looks_random(word) && is_word(word),
            Lone::Long => (16..=512).contains(&word.len()) && is_mixed && looks_random(word) && is_word(word),
        };
        if counts {
            let start = line + content.find(word).unwrap_or(0);
            found.push(Found { start, end: start + word.len(), telling: false });
        }
        line = next_line(text, end);
    }
}
