//! Twins: automations of one account that set off, and are set off by, exactly the same others. In a picture
//! three or more of them are one card, or their arrows would hide everything.

use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Arrow, Card, Cycle, Drawing, Source};

/// Fewer twins than this keep a card each.
const FEWEST: usize = 3;

/// What makes twins: the account, and every arrow with its other end, none where it is the card itself.
type Likeness = (usize, BTreeSet<(Option<usize>, bool, Vec<String>)>);

/// The drawing with one card for all twins of a kind.
pub(super) fn gathered(drawing: &Drawing) -> Drawing {
    let mut kinds: BTreeMap<Likeness, Vec<usize>> = BTreeMap::new();
    for (number, likeness) in
        likenesses(drawing).into_iter().enumerate().filter(|(_, (_, arrows))| !arrows.is_empty())
    {
        kinds.entry(likeness).or_default().push(number);
    }
    let mut stands_for: Vec<usize> = (0..drawing.cards.len()).collect();
    let mut cards = drawing.cards.clone();
    for twins in kinds.values().filter(|twins| twins.len() >= FEWEST) {
        let Some(first) = twins.first() else { continue };
        for twin in twins {
            if let Some(place) = stands_for.get_mut(*twin) {
                *place = *first;
            }
        }
        if let Some(card) = cards.get_mut(*first) {
            *card = together(drawing, card, twins);
        }
    }
    let kept: Vec<usize> =
        (0..cards.len()).filter(|number| stands_for.get(*number) == Some(number)).collect();
    let place = |card: &usize| {
        let card = stands_for.get(*card)?;
        kept.binary_search(card).ok()
    };
    redraw(drawing, kept.iter().filter_map(|number| cards.get(*number).cloned()).collect(), &place)
}

fn likenesses(drawing: &Drawing) -> Vec<Likeness> {
    let mut likenesses: Vec<Likeness> =
        drawing.cards.iter().map(|card| (card.account, BTreeSet::new())).collect();
    for arrow in &drawing.arrows {
        let to_itself = arrow.from == arrow.to;
        for (end, other, leaves) in [(arrow.from, arrow.to, true), (arrow.to, arrow.from, false)] {
            if let Some((_, arrows)) = likenesses.get_mut(end) {
                arrows.insert(((!to_itself).then_some(other), leaves, arrow.words()));
            }
        }
    }
    likenesses
}

/// One card for all twins.
fn together(drawing: &Drawing, first: &Card, twins: &[usize]) -> Card {
    let mut deeds: Vec<String> = Vec::new();
    for deed in twins.iter().filter_map(|twin| drawing.cards.get(*twin)).flat_map(|card| &card.deeds) {
        if !deeds.contains(deed) {
            deeds.push(deed.clone());
        }
    }
    Card { title: format!("{} and {} like it", first.title, twins.len() - 1), deeds, account: first.account }
}

/// The drawing with other cards; `place` tells where a card of before is now.
pub(super) fn redraw(
    drawing: &Drawing,
    cards: Vec<Card>,
    place: &impl Fn(&usize) -> Option<usize>,
) -> Drawing {
    let all = |numbers: &[usize]| {
        let mut seen = BTreeSet::new();
        numbers.iter().filter_map(place).filter(|number| seen.insert(*number)).collect::<Vec<_>>()
    };
    let mut drawn = BTreeSet::new();
    let arrows = drawing.arrows.iter().filter_map(|arrow| {
        let (from, to) = (place(&arrow.from)?, place(&arrow.to)?);
        drawn.insert((from, to)).then(|| Arrow { from, to, ..arrow.clone() })
    });
    let arrows = arrows.collect();
    let sources =
        drawing.sources.iter().map(|source| Source { targets: all(&source.targets), ..source.clone() });
    let cycles = drawing.cycles.iter().map(|cycle| Cycle { members: all(&cycle.members), ..cycle.clone() });
    Drawing {
        accounts: drawing.accounts.clone(),
        cards,
        sources: sources.filter(|source| !source.targets.is_empty()).collect(),
        arrows,
        cycles: cycles.collect(),
        left_out: drawing.left_out,
    }
}
