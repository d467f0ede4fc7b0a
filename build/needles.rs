//! Plain words that a text must hold for a pattern to match it: most texts hold none, and then the pattern
//! need not even be compiled.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Shorter needles are in nearly every text.
const SHORTEST: usize = 3;

/// The needles of a pattern, one of which every match holds; none where nothing can be said or they are more than
/// `most`.
pub(crate) fn of(pattern: &str, most: usize) -> Result<Vec<String>, Box<regex_syntax::Error>> {
    let unicode = !pattern.is_ascii();
    let hir = ParserBuilder::new().unicode(unicode).utf8(unicode).build().parse(pattern)?;
    let needles = required(&hir, most).unwrap_or_default();
    let useful = shortest(&needles) >= SHORTEST && needles.len() <= most;
    Ok(if useful { needles } else { Vec::new() })
}

/// Literals of which every match of the expression holds one.
fn required(hir: &Hir, most: usize) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?.to_lowercase()]),
        HirKind::Class(class) => letters(class),
        HirKind::Capture(capture) => required(&capture.sub, most),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub, most),
        HirKind::Concat(parts) => {
            // A part with too many needles would make the whole useless.
            let alone = parts.iter().filter_map(|part| required(part, most));
            let from = (0..parts.len()).filter_map(|start| beginnings(parts.get(start..)?));
            let few = alone.chain(from).filter(|needles| needles.len() <= most);
            few.max_by_key(|needles| shortest(needles))
        }
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<String>>> = parts.iter().map(|part| required(part, most)).collect();
            each.map(|each| each.concat())
        }
        HirKind::Repetition(_) | HirKind::Look(_) | HirKind::Empty => None,
    }
}

/// What these parts, one after the other, can begin with: `no (?:ai|bot)` begins with "no ai" or "no bot".
fn beginnings(parts: &[Hir]) -> Option<Vec<String>> {
    let found = Extractor::new().extract(&Hir::concat(parts.to_vec()));
    let literals = found.literals()?.iter();
    let needles = literals.map(|literal| Some(std::str::from_utf8(literal.as_bytes()).ok()?.to_lowercase()));
    needles.collect()
}

/// The letters of a small class.
fn letters(class: &Class) -> Option<Vec<String>> {
    const SMALL: usize = 4;
    let letters: Vec<char> = match class {
        Class::Unicode(class) => {
            class.iter().flat_map(|range| range.start()..=range.end()).take(SMALL + 1).collect()
        }
        Class::Bytes(class) => {
            let bytes = class.iter().flat_map(|range| range.start()..=range.end()).take(SMALL + 1);
            bytes.map(char::from).collect()
        }
    };
    (letters.len() <= SMALL).then(|| letters.iter().map(|letter| letter.to_lowercase().collect()).collect())
}

fn shortest(needles: &[String]) -> usize {
    needles.iter().map(String::len).min().unwrap_or(0)
}
