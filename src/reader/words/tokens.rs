//! Names as words: `maxFollowsPerDay`, `MAX_FOLLOWS_PER_DAY` and `max-follows-per-day` are the same four.
//! The build splits the words of the lexicon in the same way.

/// Names longer than this, in bytes, are sentences or data.
pub(crate) const LONGEST_NAME: usize = 80;

/// The words of a name, in lower case; none for what is too long to be a name.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    if name.len() > LONGEST_NAME {
        return words;
    }
    let mut word = String::new();
    let mut previous = ' ';
    let mut letters = name.chars();
    while let Some(letter) = letters.next() {
        // An apostrophe joins: `don't` is one word.
        if matches!(letter, '\'' | '’') && previous.is_alphabetic() {
            continue;
        }
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

pub(crate) fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// The singular of an English word, near enough: both sides of a comparison are folded alike.
pub(crate) fn singular(word: &str) -> String {
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
    fn names_fall_into_words_whatever_their_case() {
        for (name, expected) in [
            ("maxFollowsPerDay", "max follows per day"),
            ("MAX_FOLLOWS_PER_DAY", "max follows per day"),
            ("Max Follows: per day", "max follows per day"),
            ("un-follow", "un follow"),
            ("welcomeDMText", "welcome dm text"),
            ("sendDMs", "send dms"),
            ("don't follow", "dont follow"),
            ("follower.lost", "follower lost"),
            ("f4f", "f4f"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn plurals_are_folded() {
        for (word, expected) in [("replies", "reply"), ("dms", "dm"), ("status", "status"), ("boxes", "box")]
        {
            assert_eq!(singular(word), expected);
        }
    }

    #[test]
    fn sentences_are_no_names() {
        assert_eq!(words(&"i would like to follow you ".repeat(5)), Vec::<String>::new());
    }
}
