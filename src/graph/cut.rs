//! A picture of very many automations shows nothing: it is cut to the cycles and what touches them.

use std::collections::{BTreeSet, HashMap};

use super::drawing::{Arrow, Cycle, Drawing};
use super::twins::redraw;

/// As many cards as a picture has room for.
const MOST_CARDS: usize = 200;

/// The drawing, cut if it is too large.
pub(super) fn to_size(drawing: Drawing) -> Drawing {
    if drawing.cards.len() <= MOST_CARDS { drawing } else { keep(&drawing, &worth_keeping(&drawing)) }
}

/// The cards to keep, the most telling ones first: cycles that never end, their neighbours, then other cycles
/// and arrows, then whatever comes first.
fn worth_keeping(drawing: &Drawing) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    let fill = |cards: Vec<usize>, kept: &mut BTreeSet<usize>| {
        for card in cards {
            if kept.len() < MOST_CARDS {
                kept.insert(card);
            }
        }
    };
    let members = |wanted: &dyn Fn(&Cycle) -> bool| -> Vec<usize> {
        drawing.cycles.iter().filter(|cycle| wanted(cycle)).flat_map(|cycle| cycle.members.clone()).collect()
    };
    fill(members(&Cycle::never_ends), &mut kept);
    fill(members(&|_| true), &mut kept);
    let inner = kept.clone();
    let touching =
        drawing.arrows.iter().filter(|arrow| inner.contains(&arrow.from) || inner.contains(&arrow.to));
    fill(touching.flat_map(ends).collect(), &mut kept);
    if kept.is_empty() {
        fill(drawing.arrows.iter().filter(|arrow| arrow.is_live()).flat_map(ends).collect(), &mut kept);
    }
    if kept.is_empty() {
        fill((0..drawing.cards.len()).collect(), &mut kept);
    }
    kept
}

const fn ends(arrow: &Arrow) -> [usize; 2] {
    [arrow.from, arrow.to]
}

/// The part of a drawing that these cards make.
fn keep(drawing: &Drawing, kept: &BTreeSet<usize>) -> Drawing {
    let places: HashMap<usize, usize> = kept.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let cards = kept.iter().filter_map(|card| drawing.cards.get(*card).cloned()).collect();
    let part = redraw(drawing, cards, &|card| places.get(card).copied());
    Drawing { left_out: drawing.cards.len() - kept.len(), ..part }
}
