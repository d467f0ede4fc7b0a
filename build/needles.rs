//! Plain words that a text must hold for a pattern to match it: most texts hold none, and then the pattern
//! need not even be compiled.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Shorter needles are in nearly every text.
const SHORTEST: usize = 3;

/// More needles than this are no quicker than the pattern.
const MOST: usize = 64;

/// The needles of a pattern, one of which every match holds; none where nothing can be said.
pub(crate) fn of(pattern: &str) -> Result<Vec<String>, Box<regex_syntax::Error>> {
    let unicode = !pattern.is_ascii();
    let hir = ParserBuilder::new().unicode(unicode).utf8(unicode).build().parse(pattern)?;
    let needles = required(&hir).unwrap_or_default();
    let useful = shortest(&needles) >= SHORTEST && needles.len() <= MOST;
    Ok(if useful { needles } else { Vec::new() })
}

/// Literals of which every match of the expression holds one.
fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?.to_lowercase()]),
        HirKind::Class(class) => letters(class),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => {
            // A part with too many needles would make the whole useless.
            let parts = parts.iter().filter_map(required).filter(|needles| needles.len() <= MOST);
            parts.max_by_key(|needles| shortest(needles))
        }
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<String>>> = parts.iter().map(required).collect();
            each.map(|each| each.concat())
        }
        HirKind::Repetition(_) | HirKind::Look(_) | HirKind::Empty => None,
    }
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
