//! The grammar of a comment that silences findings: `botiquette: ignore[rule, rule] reason`.
//! Knows the words of one comment, nothing of files or findings.

use crate::source::Span;

/// What a comment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To silence rules.
    Ignore {
        /// Whether in the whole file.
        file: bool,
        /// The rules, with their places within the comment's words.
        rules: Vec<(String, Span)>,
        /// Why; empty where no word says it.
        reason: String,
    },
    /// Something of the kind that cannot be read: what is wrong with it.
    Broken(&'static str),
}

const MARK: &str = "botiquette:";

/// Reads the words of a comment. A comment that only speaks of botiquette is prose and gives nothing.
#[must_use]
pub fn read(words: &str) -> Option<Wish> {
    let start = words.get(..MARK.len()).filter(|start| start.eq_ignore_ascii_case(MARK))?;
    let rest = words.get(MARK.len()..)?;
    let order = rest.trim_start();
    let word_end = order.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(order.len());
    let (word, tail) = order.split_at_checked(word_end)?;
    let broken = |what| Some(Wish::Broken(what));
    let is_order = word.to_ascii_lowercase().starts_with("ignore");
    if !is_order || !(tail.trim().is_empty() || tail.trim_start().starts_with('[')) {
        // Written otherwise, it may be the beginning of a sentence about the linter.
        return if start == MARK { broken("nothing after `botiquette:` is understood") } else { None };
    }
    let file = match word {
        _ if start != MARK => return broken("`botiquette:` is written small"),
        "ignore" => false,
        "ignore-file" => true,
        _ => return broken("the word is `ignore`, or `ignore-file` at the top"),
    };
    let Some(list) = tail.strip_prefix('[') else {
        return broken("the names of the rules follow at once, in brackets");
    };
    let Some((names, reason)) = list.split_once(']') else { return broken("the bracket is not closed") };
    if !(reason.is_empty() || reason.starts_with(char::is_whitespace)) {
        return broken("a space is missing before the reason");
    }
    let first = words.len() - list.len();
    let Some(rules) = rules(names, first) else {
        return broken("between the brackets stand names of rules, with commas between them");
    };
    Some(Wish::Ignore { file, rules, reason: said(reason) })
}

/// A longer name is none.
const LONGEST_NAME: usize = 100;

/// The names of a list; none where one cannot be the name of a rule.
fn rules(list: &str, first: usize) -> Option<Vec<(String, Span)>> {
    let mut at = first;
    let mut rules = Vec::new();
    for part in list.split(',') {
        let name = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        at += part.len() + 1;
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(fits) {
            return None;
        }
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        rules.push((name.to_owned(), Span::new(offset(start), offset(start + name.len()))));
    }
    Some(rules)
}

/// A reason without what is only punctuation.
#[must_use]
pub fn said(reason: &str) -> String {
    if reason.contains(char::is_alphanumeric) { reason.trim().to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_names_rules_and_a_reason() {
        let words = "botiquette: ignore[post-flood, acme/no-giveaways] an election, ends on May 4";
        let Some(Wish::Ignore { file: false, rules, reason }) = read(words) else {
            panic!("{:?}", read(words))
        };
        let at: Vec<_> = rules.iter().map(|(name, span)| (name.as_str(), span.slice(words))).collect();
        assert_eq!(at, [("post-flood", "post-flood"), ("acme/no-giveaways", "acme/no-giveaways")]);
        assert_eq!(reason, "an election, ends on May 4");
        assert!(matches!(read("botiquette:ignore-file[a]"), Some(Wish::Ignore { file: true, .. })));
    }

    #[test]
    fn punctuation_is_no_reason() {
        for words in ["botiquette: ignore[a]", "botiquette: ignore[a] --", "botiquette: ignore[a]  …!"] {
            assert!(matches!(read(words), Some(Wish::Ignore { reason, .. }) if reason.is_empty()), "{words}");
        }
    }

    #[test]
    fn what_only_mentions_it_is_prose() {
        for words in [
            "see botiquette: ignore[post-flood] is a bad idea",
            "Botiquette: the linter",
            "botiquette ignore[post-flood]",
            "ignore[post-flood]",
            "botiquette",
            "",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }

    #[test]
    fn a_slip_is_no_prose() {
        for words in [
            "botiquette: ignore",
            "botiquette: ignore []",
            "botiquette: ignore[]",
            "botiquette: ignore[a,,b]",
            "botiquette: ignore[a b] x",
            "botiquette: ignore[*] x",
            "botiquette: ignore[a",
            "botiquette: ignore[a]because",
            "botiquette: ignored[a] x",
            "botiquette: ignore-next-line[a] x",
            "Botiquette: ignore[a] x",
            "botiquette: ignore the rest, it is generated",
            "botiquette: disable[a]",
            "botiquette: off",
            "botiquette:",
        ] {
            assert!(matches!(read(words), Some(Wish::Broken(_))), "{words}: {:?}", read(words));
        }
    }
}
