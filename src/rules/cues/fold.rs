//! One spelling for what looks the same: accents, full-width and ornamental letters, look-alikes from another
//! alphabet, white space and apostrophes. Messages and patterns are folded alike; nothing here is ever shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Latin letters and the Cyrillic or Greek ones that are drawn the same way.
const LOOK_ALIKES: &[(char, &str)] = &[
    ('a', "аα"),
    ('b', "ьβ"),
    ('c', "сϲ"),
    ('d', "ԁ"),
    ('e', "еε"),
    ('h', "һ"),
    ('i', "іι"),
    ('j', "ј"),
    ('k', "кκ"),
    ('l', "ӏ"),
    ('m', "м"),
    ('n', "пη"),
    ('o', "оο"),
    ('p', "рρ"),
    ('q', "ԛ"),
    ('r', "г"),
    ('s', "ѕ"),
    ('t', "тτ"),
    ('u', "υ"),
    ('v', "ѵν"),
    ('w', "ԝω"),
    ('x', "хχ"),
    ('y', "уγ"),
    ('z', "ᴢ"),
];

/// A message in the spelling that patterns see: lower case, plain letters, single blanks.
pub(crate) fn message(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        // Plain letters are their own plain spelling.
        text.chars().for_each(|character| push(&mut folded, character.to_ascii_lowercase()));
        return folded;
    }
    for character in text.nfkd().flat_map(char::to_lowercase) {
        push(&mut folded, character);
    }
    unmask(&folded)
}

/// A pattern in the same spelling. Case stays, because `\W` is not `\w`; patterns ignore it anyway.
/// Only the build needs it.
#[allow(dead_code)]
pub(super) fn pattern(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.nfkd().for_each(|character| push(&mut folded, character));
    folded
}

fn push(folded: &mut String, character: char) {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' | '`' | '\u{B4}' => folded.push('\''),
        '\u{201C}'..='\u{201F}' | '«' | '»' => folded.push('"'),
        '\u{2010}'..='\u{2015}' => folded.push('-'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' => folded.push('d'),
        'ı' => folded.push('i'),
        // Letters are compared without what stands above and below them; invisible ones do not count.
        '\u{0300}'..='\u{036F}' | '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => {}
        c if c.is_whitespace() => {
            if !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        c => folded.push(c),
    }
}

/// Replaces look-alikes in words that mix alphabets; words of one alphabet are what they are.
fn unmask(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut unmasked = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|c: char| !is_letter(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(length);
        push_word(&mut unmasked, word);
        let between = tail.find(is_letter).unwrap_or(tail.len());
        let (between, tail) = tail.split_at(between);
        unmasked.push_str(between);
        rest = tail;
    }
    unmasked
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() || is_combining_mark(character)
}

/// A mixed word becomes Latin if all its other letters look Latin, else Cyrillic if all its Latin ones look so.
fn push_word(unmasked: &mut String, word: &str) {
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    if !latin || word.is_ascii() {
        unmasked.push_str(word);
        return;
    }
    let as_latin: Option<String> = word.chars().map(latin_like).collect();
    let as_cyrillic = || word.chars().map(cyrillic_like).collect::<Option<String>>();
    unmasked.push_str(&as_latin.or_else(as_cyrillic).unwrap_or_else(|| word.to_owned()));
}

fn latin_like(character: char) -> Option<char> {
    if character.is_ascii() {
        return Some(character);
    }
    LOOK_ALIKES.iter().find(|(_, others)| others.contains(character)).map(|(latin, _)| *latin)
}

fn cyrillic_like(character: char) -> Option<char> {
    if !character.is_ascii() {
        return ('\u{0400}'..='\u{052F}').contains(&character).then_some(character);
    }
    let (_, others) = LOOK_ALIKES.iter().find(|(latin, _)| *latin == character)?;
    others.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (written, folded) in [
            ("Схеме: fоllоw fоr fоllоw", "схеме: follow for follow"),
            ("ｆｒｅｅ　ｇｕｉｄｅ", "free guide"),
            ("𝗙𝗼𝗹𝗹𝗼𝘄 𝓂𝑒", "follow me"),
            ("Don’t   wor\u{200B}ry\n", "don't worry "),
            ("Takibi bırakTI, İYİ", "takibi birakti, iyi"),
            ("Désabonné — “Straße”", "desabonne - \"strasse\""),
            ("пoзор", "позор"),
        ] {
            assert_eq!(message(written), folded, "{written}");
        }
    }

    #[test]
    fn one_alphabet_stays_one_alphabet() {
        for text in ["сор в хате", "相互フォロー", "맞팔", "تابعني", "φως", "😀 {user_name}"]
        {
            assert_eq!(message(text), text.nfkd().collect::<String>(), "{text}");
        }
    }
}
