//! Random edits of all sample files and rule examples, in all syntaxes, with random layout: what is accepted is judged
//! by other parsers than our own. An edit that is refused costs nothing; an accepted one that is wrong fails the test.
//!
//! Counted is each accepted edit. It is wrong if another parser cannot read the new text, or reads anything else than
//! the old values with exactly the meant change, or if a comment outside of what was taken out is gone, or a line
//! break of another kind has come in.
//!
//! These are unit tests of `src/fix/`, which includes them, because they need what is not public.

#[path = "../dice.rs"]
mod dice;
mod edit;
mod layout;
mod meant;
mod read;
mod texts;

use crate::fix::edit::{applied, ordered};
use crate::syntax::{Change, Slot, Syntax, parse, says_the_same_but};
use dice::Dice;
use edit::edit;
use layout::mutated;
use meant::{agree, expected};
use read::read;
use texts::texts;

/// So many files are tried in an ordinary run; `BOTIQUETTE_FIX_CASES` says how many otherwise.
const CASES: usize = 3000;

#[test]
fn accepted_edits_change_what_was_meant_and_nothing_else() {
    let cases =
        std::env::var("BOTIQUETTE_FIX_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let texts = texts();
    let syntaxes = [Syntax::Yaml, Syntax::Json, Syntax::Jsonc, Syntax::Toml, Syntax::Dotenv, Syntax::Ini];
    let mut dice = Dice(0x05ee_d0fb_0707);
    let mut counted: std::collections::BTreeMap<String, (usize, usize)> = Default::default();
    for case in 0..cases {
        // Few files are written in the rarer syntaxes, which have their turn all the same.
        let wanted = syntaxes[dice.roll(syntaxes.len())];
        let of_syntax: Vec<_> = texts.iter().filter(|(_, _, syntax)| *syntax == wanted).collect();
        let (name, text, syntax) = of_syntax[dice.roll(of_syntax.len())];
        let text = mutated(text, *syntax, &mut dice);
        let parsed = parse(&text, *syntax);
        let Some(old) = read(&text, *syntax).filter(|_| parsed.errors.is_empty()) else { continue };
        let slots: Vec<Slot<'_>> = parsed.tree.slots().collect();
        let Some(slot) = slots.get(dice.roll(slots.len())) else { continue };
        let tally = counted.entry(format!("{syntax:?}")).or_default();
        tally.1 += 1;
        let Some((edits, changes)) = edit(*slot, &mut dice) else { continue };
        let Some(edits) = ordered(edits) else { continue };
        let Some(new) = applied(&text, edits.iter().map(|edit| (edit.span, edit.text.as_str()))) else {
            continue;
        };
        let after = parse(&new, *syntax);
        if !after.errors.is_empty() || !says_the_same_but(&parsed.tree, &after.tree, &changes) {
            continue;
        }
        tally.0 += 1;
        let told = || format!("case {case}, {name}: {changes:?}\n--- before\n{text}\n--- after\n{new}");
        let found = read(&new, *syntax).unwrap_or_else(|| panic!("unreadable: {}", told()));
        let mut ordered = changes.clone();
        // The later ones first, so that numbers stay those of the old text.
        ordered.sort_by_key(|change| {
            let (Change::Gone(slot) | Change::Says(slot, _) | Change::Has(slot, ..)) = change;
            std::cmp::Reverse(slot.span())
        });
        let meant = ordered.iter().try_fold(old, |value, change| expected(&value, change, *syntax));
        let meant = meant.unwrap_or_else(|| panic!("no way to it: {}", told()));
        assert!(agree(&found, &meant), "{}\nmeant {meant}\nfound {found}", told());
        let lone = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
        assert!(lone(&text) > 0 || lone(&new) == 0 || !text.contains('\n'), "line breaks: {}", told());
    }
    println!("accepted of tried, by syntax: {counted:?}");
    let accepted: usize = counted.values().map(|(accepted, _)| accepted).sum();
    assert!(accepted * 5 > cases, "only {accepted} of {cases} edits were accepted");
}
