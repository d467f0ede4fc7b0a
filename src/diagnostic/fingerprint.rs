//! Recognises a finding in the next run by its rule, its account or automation, and the words it points at, never by
//! its line. Platforms and baselines compare findings by it. Knows findings and texts, never the model.

use std::collections::BTreeMap;

use super::Finding;
use crate::source::{SourceFile, Sources, Span};

/// Files written without line breaks would make the whole file part of every fingerprint.
const MOST_CHARACTERS_BEFORE: usize = 80;

/// More of what is underlined would make a finding another one whenever its automation is edited somewhere.
const MOST_CHARACTERS_WITHIN: usize = 200;

/// Puts a fingerprint on every finding. The path is not part of it, since it depends on where the linter is
/// started; so equal fingerprints in two files are nothing unusual. Within one file, findings that are alike are
/// numbered in the order of the file, so they stay apart, and a new one never looks like one of the old.
///
/// Secrets should be masked before: a fingerprint is published and must not confirm a guess.
pub fn stamp(findings: &mut [Finding], sources: &Sources) {
    for (number, fingerprint) in fingerprints(findings, sources).into_iter().enumerate() {
        if let Some(finding) = findings.get_mut(number) {
            finding.fingerprint = fingerprint;
        }
    }
}

/// The fingerprints of all findings of a run, in their order.
#[must_use]
pub fn fingerprints(findings: &[Finding], sources: &Sources) -> Vec<String> {
    let mut met: BTreeMap<(u32, u128), u32> = BTreeMap::new();
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|number| findings.get(*number).map(|finding| finding.primary.place));
    let mut made = vec![String::new(); findings.len()];
    for number in order {
        let (Some(finding), Some(slot)) = (findings.get(number), made.get_mut(number)) else { continue };
        let file = finding.primary.place.file;
        let words =
            sources.get(file).map_or_else(String::new, |file| words(file, finding.primary.place.span));
        let hash = hash([&finding.rule, finding.whose.as_str(), &words]);
        let ordinal = met.entry((file.0, hash)).or_default();
        *ordinal += 1;
        *slot = format!("{hash:032x}:{ordinal}");
    }
    made
}

/// What a finding points at, with what stands before it on its line, white space made even. What follows on the
/// line is left out, since a comment written there later changes nothing about the finding.
fn words(file: &SourceFile, span: Span) -> String {
    let line = file.line_span(file.position(span.start).line).unwrap_or_default();
    let before = Span::new(line.start.min(span.start), span.start);
    let before: Vec<char> = file.slice(before).chars().rev().take(MOST_CHARACTERS_BEFORE).collect();
    let within = file.slice(Span::new(span.start, span.end.min(line.end.max(span.start))));
    let text: String = before.into_iter().rev().chain(within.chars().take(MOST_CHARACTERS_WITHIN)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// FNV-1a with 128 bits: short, the same everywhere and for ever, and nobody gains from making two alike.
pub(crate) fn hash<const N: usize>(parts: [&str; N]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    // A byte that no UTF-8 text holds stands between the parts.
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Confidence, Label, Severity};
    use crate::source::{FileId, Place};

    const BOT: &str = "welcome:\n  dm: \"buy this\"\n  dm: \"buy this\"\n  like: all\n";

    fn finding(text: &str, rule: &'static str, nth: usize) -> Finding {
        let start = text.match_indices("\"buy this\"").nth(nth).map_or(0, |(start, _)| start as u32);
        let place = Place { file: FileId(0), span: Span::new(start, start + 10) };
        Finding {
            rule: rule.into(),
            family: "messages".into(),
            title: String::new(),
            severity: Severity::Error,
            confidence: Confidence::High,
            message: String::new(),
            help: String::new(),
            primary: Label { place, text: String::new() },
            related: Vec::new(),
            notes: Vec::new(),
            hops: Vec::new(),
            subjects: Vec::new(),
            values: BTreeMap::new(),
            whose: "welcome".to_owned(),
            fix: None,
            fingerprint: String::new(),
            suppressed: None,
        }
    }

    fn made(text: &str, findings: &[Finding]) -> Vec<String> {
        let mut sources = Sources::default();
        sources.push(SourceFile::new("bot.yaml", text));
        fingerprints(findings, &sources)
    }

    #[test]
    fn lines_indents_and_later_words_do_not_matter() {
        let before = made(BOT, &[finding(BOT, "cold-dm", 0)]);
        let moved = "# a new line\n\nwelcome:\n    dm:   \"buy this\"  # botiquette: ignore\n";
        assert_eq!(made(moved, &[finding(moved, "cold-dm", 0)]), before);
    }

    #[test]
    fn rule_owner_and_words_matter() {
        let reference = finding(BOT, "cold-dm", 0);
        let before = made(BOT, std::slice::from_ref(&reference));
        assert_ne!(made(BOT, &[finding(BOT, "hot-dm", 0)]), before);
        let other = Finding { whose: "farewell".to_owned(), ..reference };
        assert_ne!(made(BOT, &[other]), before);
        let text = BOT.replace("dm:", "toot:");
        assert_ne!(made(&text, &[finding(&text, "cold-dm", 0)]), before);
    }

    #[test]
    fn what_is_alike_is_numbered_in_the_order_of_the_file() {
        let pair = made(BOT, &[finding(BOT, "cold-dm", 1), finding(BOT, "cold-dm", 0)]);
        assert!(pair[0].ends_with(":2") && pair[1].ends_with(":1"), "{pair:?}");
        assert_eq!(pair[0].split(':').next(), pair[1].split(':').next());
    }

    /// A change here would make every stored baseline worthless.
    #[test]
    fn they_stay_what_they_are() {
        assert_eq!(made(BOT, &[finding(BOT, "cold-dm", 0)]), ["c18ae27cc7c8cbcc005ac33ba05267af:1"]);
    }
}
