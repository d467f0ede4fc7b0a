//! Names and short values as phrases: words with the concepts that the lexicon gives them.
//! Phrases of several words come first, then whole words, their stems, beginnings, and compounds cut in pieces.

pub(crate) mod tokens;

use crate::reader::concept::{Concept, Concepts, beginning, english, longest_phrase, whole};
use crate::reader::words::tokens::{singular, words};
use crate::rules::fold_message;

/// A word, or several that mean something together.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// The word as folded: lower case, plain letters; in English where grammar asks for it by name.
    pub(crate) text: String,
    /// What it means; nothing for a word that the lexicon lacks.
    pub(crate) concepts: Concepts,
    /// Whether it is a plural, near enough.
    pub(crate) plural: bool,
}

/// A name or a short value as words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrase {
    /// The words, in their order.
    pub(crate) words: Vec<Word>,
    /// What any of them means.
    pub(crate) concepts: Concepts,
}

/// Words of more letters are not cut.
const LONGEST_COMPOUND: usize = 40;

impl Phrase {
    /// Reads a name or a short value.
    pub(crate) fn read(text: &str) -> Self {
        let tokens: Vec<String> = words(text).iter().map(|word| fold_message(word)).collect();
        let mut phrase = Self::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let taken = match longest(&tokens, at) {
                Some((word, length)) => {
                    phrase.push(word);
                    length
                }
                None => {
                    phrase.push_single(token);
                    1
                }
            };
            at += taken;
        }
        phrase.words.shrink_to_fit();
        phrase.platform_first();
        phrase.one_sided();
        phrase
    }

    /// `if_not_following_back`, `those who do not follow us`: people of whom nothing came back, in several words.
    fn one_sided(&mut self) {
        const FOLLOWS: [Concept; 3] = [Concept::Follow, Concept::Following, Concept::Follower];
        let place = |concept: Concept| self.words.iter().position(|word| word.concepts.has(concept));
        let Some(not) = place(Concept::Not) else { return };
        let later = |wanted: &dyn Fn(&Word) -> bool| self.words.iter().skip(not).any(wanted);
        let follows = later(&|word| word.concepts.meets(Concepts::of(&FOLLOWS)));
        let returns = self.word("they")
            || later(&|word| {
                word.concepts.meets(Concepts::of(&[Concept::Back, Concept::Mutual, Concept::SelfAccount]))
                    || matches!(word.text.as_str(), "us" | "me")
            });
        // `do_not_follow_back` names an act of the bot itself.
        let begins = (not == 0 || not == 1 && self.words.first().is_some_and(|word| word.text == "do"))
            && self.word("follow");
        let drops = self.any(&[Concept::Remove, Concept::Unfollow, Concept::Kick, Concept::Block]);
        if follows && (returns || drops) && !begins {
            self.concepts = self.concepts.and(Concepts::of(&[Concept::OneSided]));
        }
    }

    /// `FB_COMMENT_AUTO_DM`: in front of another act, `fb` is a platform and no follow back.
    fn platform_first(&mut self) {
        const ACTS: [Concept; 6] =
            [Concept::Dm, Concept::Post, Concept::Comment, Concept::Reply, Concept::Token, Concept::Password];
        let is_platform = self.words.first().is_some_and(|word| word.text == "fb") && self.any(&ACTS);
        if is_platform && let Some(word) = self.words.first_mut() {
            word.concepts = Concepts::default();
            self.concepts = self.words.iter().fold(Concepts::default(), |all, word| all.and(word.concepts));
        }
    }

    pub(crate) fn push(&mut self, word: Word) {
        // Articles and particles only join.
        if word.text.is_empty() {
            return;
        }
        self.concepts = self.concepts.and(word.concepts);
        self.words.push(word);
    }

    fn push_single(&mut self, token: &str) {
        if let Some(concepts) = single(token) {
            let one = singular(token);
            let plural = one != token;
            let text = match english(token) {
                same if same == token && english(&one) != one => english(&one).to_owned(),
                same => same.to_owned(),
            };
            self.push(Word { text, concepts, plural });
            return;
        }
        match cut(token) {
            Some(pieces) => {
                for (piece, concepts) in pieces {
                    self.push(Word { plural: false, text: english(&piece).to_owned(), concepts });
                }
            }
            None => {
                let concepts = Concepts::default();
                self.push(Word { text: token.to_owned(), concepts, plural: false });
            }
        }
    }

    /// Whether a word means this.
    pub(crate) const fn has(&self, concept: Concept) -> bool {
        self.concepts.has(concept)
    }

    /// Whether a word means one of these.
    pub(crate) const fn any(&self, concepts: &[Concept]) -> bool {
        self.concepts.meets(Concepts::of(concepts))
    }

    /// Whether every word means one of these, and there is one.
    pub(crate) fn only(&self, concepts: &[Concept]) -> bool {
        let wanted = Concepts::of(concepts);
        !self.words.is_empty() && self.words.iter().all(|word| word.concepts.meets(wanted))
    }

    /// Whether every word is one of these very words, and there is one.
    pub(crate) fn only_words(&self, words: &[&str]) -> bool {
        !self.words.is_empty() && self.words.iter().all(|word| words.contains(&word.text.as_str()))
    }

    /// Whether the last word means this.
    pub(crate) fn ends(&self, concept: Concept) -> bool {
        self.words.last().is_some_and(|word| word.concepts.has(concept))
    }

    /// Whether the first word means this.
    pub(crate) fn starts(&self, concept: Concept) -> bool {
        self.words.first().is_some_and(|word| word.concepts.has(concept))
    }

    /// Whether a word meaning `first` comes directly before one meaning `second`.
    pub(crate) fn pair(&self, first: Concept, second: Concept) -> bool {
        self.words.windows(2).any(|pair| match pair {
            [one, two] => one.concepts.has(first) && two.concepts.has(second),
            _ => false,
        })
    }

    /// Whether a word meaning this is a plural.
    pub(crate) fn plural(&self, concept: Concept) -> bool {
        self.words.iter().any(|word| word.plural && word.concepts.has(concept))
    }

    /// Whether it holds this very word.
    pub(crate) fn word(&self, text: &str) -> bool {
        self.words.iter().any(|word| word.text == text)
    }

    /// How many words the lexicon lacks.
    pub(crate) fn unknown(&self) -> usize {
        self.words.iter().filter(|word| word.concepts.is_empty()).count()
    }
}

/// The longest phrase of the lexicon that starts here, with the number of its words.
fn longest(tokens: &[String], at: usize) -> Option<(Word, usize)> {
    let mut joined = singular(tokens.get(at)?);
    let most = longest_phrase(&joined)?.min(tokens.len() - at);
    let mut found = None;
    for (more, token) in tokens.iter().skip(at).take(most).enumerate().skip(1) {
        let one = singular(token);
        joined.push(' ');
        joined.push_str(&one);
        if let Some(concepts) = whole(&joined) {
            let word = Word { text: english(&joined).to_owned(), concepts, plural: one != *token };
            found = Some((word, more + 1));
        }
    }
    found
}

/// What a single word means: itself, its singular, its stem, its beginning.
fn single(token: &str) -> Option<Concepts> {
    whole(token)
        .or_else(|| whole(&singular(token)))
        .or_else(|| stems(token).iter().find_map(|stem| whole(stem)))
        .or_else(|| beginning(token))
}

/// What an English word may come from: `followed`, `boosting`, `tagged`, `replied`.
fn stems(token: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for ending in ["ing", "ed", "es", "er", "ers"] {
        let Some(stem) = token.strip_suffix(ending).filter(|stem| stem.len() >= 3) else { continue };
        // `follower` is a person; only a tool is called after what it does.
        if ending.starts_with("er") && !matches!(stem, "lik" | "post" | "repost" | "retweet" | "boost") {
            continue;
        }
        // `publishes`, `watches`: other words end so in many languages.
        if ending == "es" && !stem.ends_with("sh") && !stem.ends_with("ch") {
            continue;
        }
        stems.push(stem.to_owned());
        stems.push(format!("{stem}e"));
        if let Some(stem) = stem.strip_suffix('i') {
            stems.push(format!("{stem}y"));
        }
        let mut letters = stem.chars().rev();
        if letters.next().is_some_and(|last| letters.next() == Some(last)) {
            stems.push(stem.get(..stem.len() - 1).unwrap_or(stem).to_owned());
        }
    }
    stems
}

/// A word that is written together, as the words of the lexicon that make it up: `autofollowback`.
fn cut(token: &str) -> Option<Vec<(String, Concepts)>> {
    if !(4..=LONGEST_COMPOUND).contains(&token.chars().count()) {
        return None;
    }
    let ends: Vec<usize> = token.char_indices().map(|(at, _)| at).chain([token.len()]).collect();
    // For each place the number of pieces that lead to it, and the last of them; the fewest pieces win.
    let mut best: Vec<Option<(usize, usize, Concepts)>> = vec![None; ends.len()];
    *best.first_mut()? = Some((0, 0, Concepts::default()));
    for to in 1..ends.len() {
        for from in 0..to {
            let Some((before, ..)) = *best.get(from)? else { continue };
            let is_shorter = best.get(to)?.is_none_or(|(known, ..)| known > before + 1);
            if is_shorter
                && let Some(concepts) = piece_of_compound(token.get(*ends.get(from)?..*ends.get(to)?)?)
            {
                *best.get_mut(to)? = Some((before + 1, from, concepts));
            }
        }
    }
    let mut pieces = Vec::new();
    let mut to = ends.len() - 1;
    while to > 0 {
        let (_, from, concepts) = (*best.get(to)?)?;
        pieces.push((token.get(*ends.get(from)?..*ends.get(to)?)?.to_owned(), concepts));
        to = from;
    }
    pieces.reverse();
    Some(pieces)
}

/// What a piece of a compound means. Short pieces of Latin letters stand in too many words by accident.
fn piece_of_compound(piece: &str) -> Option<Concepts> {
    const SHORT: &[&str] = &["dm", "fb", "rt", "pm", "on"];
    if piece.is_ascii() && piece.len() < 3 && !SHORT.contains(&piece) {
        return None;
    }
    whole(piece)
        .or_else(|| whole(&singular(piece)))
        // What means nothing by itself joins words where they are written without blanks.
        .filter(|concepts| !concepts.is_empty() || !piece.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::concept::{EXAMPLES, NAMES};

    #[test]
    fn every_word_of_the_lexicon_is_needed_by_its_example() {
        let mut wrong = Vec::new();
        for (language, concept, word, example) in &EXAMPLES {
            let number = NAMES.iter().position(|name| name == concept);
            let wanted = number
                .and_then(|number| u8::try_from(number).ok())
                .map(Concepts::of_number)
                .unwrap_or_default();
            let pieces = example.split([':', ',', '[', ']', '{', '}', '"', '\'']);
            if !pieces.clone().any(|piece| Phrase::read(piece.trim()).concepts.meets(wanted)) {
                wrong.push(format!("{language}: {concept}: {word}: {example}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn words_written_together_are_cut() {
        for name in ["autofollowback", "AUTO_FOLLOW_BACK", "autoFollowBack", "auto-follow-back"] {
            let phrase = Phrase::read(name);
            assert!(phrase.has(Concept::Follow) && phrase.has(Concept::Back), "{name}: {phrase:?}");
        }
        assert!(Phrase::read("unfnonrecip").has(Concept::Unfollow));
    }

    #[test]
    fn words_of_any_language_do_the_work_of_the_english_one() {
        for (name, english) in
            [("toutes_les_minutes", "every"), ("listas compradas", "bought"), ("毎日", "daily")]
        {
            assert!(Phrase::read(name).word(english), "{name}");
        }
        let twice = Phrase::read("フォロワーのフォロワー");
        assert_eq!(twice.words.len(), 2, "a particle only joins: {twice:?}");
    }

    #[test]
    fn words_by_accident_are_not() {
        for name in ["notary", "island", "forsake", "adminton"] {
            assert!(Phrase::read(name).concepts.is_empty(), "{name}");
        }
    }
}
