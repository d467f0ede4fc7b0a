//! Keys as words: `maxFollowsPerDay`, `MAX_FOLLOWS_PER_DAY` and `max-follow-per-day` are the same four.
//! Words are whole and folded to the singular, so that a pattern never matches inside another word.

/// Keys longer than this are sentences or data, not names.
const LONGEST_KEY: usize = 80;

/// The words of a key, in lower case and in the singular; none for what is no name.
pub(super) fn words(key: &str) -> Vec<String> {
    if key.len() > LONGEST_KEY {
        return Vec::new();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    let mut previous = ' ';
    let mut letters = key.chars();
    while let Some(letter) = letters.next() {
        let starts_word = letter.is_uppercase()
            && (previous.is_lowercase()
                || previous.is_ascii_digit()
                // The last capital of a run begins the next word: `DMText` is `dm text`.
                || (previous.is_uppercase() && begins_word(letters.as_str())));
        if !letter.is_alphanumeric() || starts_word {
            push(&mut words, &mut word);
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        previous = letter;
    }
    push(&mut words, &mut word);
    words
}

/// Whether the letters after a capital are those of a word rather than a plural: `DMText`, but not `DMs`.
fn begins_word(rest: &str) -> bool {
    let mut letters = rest.chars();
    let next = letters.next();
    let is_plural = next == Some('s') && !letters.next().is_some_and(char::is_lowercase);
    next.is_some_and(char::is_lowercase) && !is_plural
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(singular(word));
        word.clear();
    }
}

/// The singular of an English word, near enough: both sides of a comparison are folded alike.
pub(super) fn singular(word: &str) -> String {
    const ENDINGS: [&str; 4] = ["sses", "ches", "shes", "xes"];
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() >= 2) {
        return format!("{stem}y");
    }
    if ENDINGS.iter().any(|ending| word.ends_with(ending)) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fall_into_words_whatever_their_case() {
        for (key, expected) in [
            ("maxFollowsPerDay", "max follow per day"),
            ("MAX_FOLLOWS_PER_DAY", "max follow per day"),
            ("max-follow-per-day", "max follow per day"),
            ("Max Follows: per day", "max follow per day"),
            ("un-follow", "un follow"),
            ("welcomeDMText", "welcome dm text"),
            ("sendDMs", "send dm"),
            ("replies", "reply"),
            ("hashtags_likers", "hashtag liker"),
            ("status", "status"),
            ("f4f", "f4f"),
            ("backend.redis", "backend redis"),
            ("", ""),
        ] {
            assert_eq!(words(key).join(" "), expected, "{key}");
        }
    }

    #[test]
    fn sentences_are_no_names() {
        assert_eq!(words(&"i would like to follow you ".repeat(5)), Vec::<String>::new());
    }
}
