//! Finds in one pass the cues that a message could show: those whose necessary word it holds. The words are sorted
//! when botiquette is built, so that nothing is prepared when it starts.

use super::{Cue, start};

/// A word of a cue, as a place in the text of all words.
#[derive(Debug)]
struct Word {
    start: u32,
    end: u32,
    cue: u16,
}

mod embedded {
    use super::{Cue, Word};

    include!(concat!(env!("OUT_DIR"), "/cues.rs"));
}

pub(super) use embedded::{CUES, FAMILIES};

impl Word {
    const fn new(start: u32, end: u32, cue: u16) -> Self {
        Self { start, end, cue }
    }

    fn bytes(&self) -> &'static [u8] {
        embedded::TEXT.as_bytes().get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// The numbers of the cues that a folded message could show.
pub(super) fn plausible(folded: &str) -> Vec<u16> {
    let bytes = folded.as_bytes();
    let mut cues = embedded::WORDLESS.to_vec();
    for (at, three) in bytes.windows(3).enumerate() {
        let &[first, second, third] = three else { continue };
        if !may_start(start::number(first, second, third)) {
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let nearest = embedded::WORDS.partition_point(|word| word.bytes() < three);
        let words = embedded::WORDS.iter().skip(nearest).take_while(|word| word.bytes().starts_with(three));
        cues.extend(words.filter(|word| rest.starts_with(word.bytes())).map(|word| word.cue));
    }
    cues.sort_unstable();
    cues.dedup();
    cues
}

/// Whether some word starts with three bytes of this number.
fn may_start(number: usize) -> bool {
    let bits = embedded::STARTS.get(number / 64).copied().unwrap_or_default();
    bits >> (number % 64) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_wherever_it_stands() {
        for word in &embedded::WORDS {
            let word_text = std::str::from_utf8(word.bytes()).unwrap();
            let message = format!("x{word_text}x");
            assert!(plausible(&message).contains(&word.cue), "{word_text}");
        }
    }

    #[test]
    fn nearly_every_cue_is_refused_by_plain_words() {
        // Each of the others is compiled for the first text of a run, whatever it says.
        let wordless: Vec<_> =
            embedded::WORDLESS.iter().filter_map(|cue| CUES.get(usize::from(*cue))).collect();
        assert!(wordless.len() <= 3, "{wordless:#?}");
        assert_eq!(plausible("Zwölf Boxkämpfer jagen Viktor"), embedded::WORDLESS);
    }
}
