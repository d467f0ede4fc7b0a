//! Cards that belong closely together: one alone, or a cycle laid out as the ring that it is.

use super::plate::{Placed, Plate, WIDTH};
use super::shape::{Point, Rect, Side};
use super::text;
use crate::graph::drawing::{Cycle, Drawing};

/// Between two cards of a ring, with room for the words on the arrow.
const GAP: f64 = 230.0;
/// Between the two rows of a ring.
const ROW_GAP: f64 = 150.0;
/// Room for an arrow that leads back to its own card, and for its words.
const LOOP: f64 = 150.0;
const FLAT_LOOP: f64 = 106.0;
/// How far the arrows of a ring bulge, with their words.
const BULGE: f64 = 72.0;

/// The size of the letters of a badge, and from line to line.
pub(super) const BADGE: f64 = 13.0;
pub(super) const BADGE_STEP: f64 = 17.0;

/// Cards with their places, relative to each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Numbers of cards and where they are.
    pub(super) cards: Vec<(usize, Placed)>,
    /// The sign in the middle of a cycle that never ends, with the cycle's number.
    pub(super) badge: Option<(Rect, usize)>,
    /// What all of it covers.
    pub(super) bounds: Rect,
}

/// The lines of a badge.
pub(super) fn badge_lines(cycle: &Cycle) -> Vec<String> {
    cycle.words().split(": ").map(str::to_owned).collect()
}

impl Block {
    /// A card that is in no cycle.
    pub(super) fn single(drawing: &Drawing, plates: &[Plate], number: usize) -> Self {
        let placed = place(plates, number, Point::default(), Side::Top, Side::Bottom);
        Self::new(drawing, vec![(number, placed)], None)
    }

    /// A cycle as a ring: the first half of the way round goes to the right, the rest comes back below.
    pub(super) fn ring(drawing: &Drawing, plates: &[Plate], number: usize) -> Self {
        let Some(cycle) = drawing.cycles.get(number) else { return Self::default() };
        let badge = cycle.never_ends().then(|| badge_size(cycle));
        let gap = badge.map_or(GAP, |size| GAP.max(size.x + 70.0));
        let count = cycle.members.len();
        let columns = if count <= 2 { count } else { count.div_ceil(2) };
        let indent = (2 * columns - count.max(columns)) as f64 * (WIDTH + gap) / 2.0;
        let height = |card: &usize| plates.get(*card).map_or(0.0, Plate::height);
        let cards: Vec<(usize, Placed)> = cycle
            .members
            .iter()
            .enumerate()
            .map(|(place_in_ring, card)| {
                let above = place_in_ring < columns;
                let column = if above { place_in_ring } else { count - 1 - place_in_ring };
                let x = column as f64 * (WIDTH + gap) + if above { 0.0 } else { indent };
                let y = match (count <= 2, above) {
                    (true, _) => -height(card) / 2.0,
                    (_, true) => -ROW_GAP / 2.0 - height(card),
                    (_, false) => ROW_GAP / 2.0,
                };
                let last = if above { columns - 1 } else { count - columns - 1 };
                let free = match column {
                    _ if count == 1 => Side::Bottom,
                    0 => Side::Left,
                    column if column == last => Side::Right,
                    _ if above => Side::Top,
                    _ => Side::Bottom,
                };
                let sources = if above { Side::Top } else { Side::Bottom };
                (*card, place(plates, *card, Point::new(x, y), sources, free))
            })
            .collect();
        let ring = cards.iter().map(|(_, placed)| placed.card).reduce(Rect::with).unwrap_or_default();
        let badge = badge.map(|size| {
            let middle = match count {
                1 => Point::new(ring.middle().x, ring.bottom() + FLAT_LOOP + size.y / 2.0),
                _ => Point::new(ring.middle().x, 0.0),
            };
            (Rect::around(middle, size.x, size.y), number)
        });
        Self::new(drawing, cards, badge)
    }

    fn new(drawing: &Drawing, cards: Vec<(usize, Placed)>, badge: Option<(Rect, usize)>) -> Self {
        let mut bounds =
            cards.iter().map(|(_, placed)| placed.bounds()).reduce(Rect::with).unwrap_or_default();
        for (card, placed) in &cards {
            if drawing.arrows.iter().any(|arrow| arrow.from == *card && arrow.to == *card) {
                bounds = bounds.with(loop_room(*placed));
            }
        }
        if cards.len() == 2 {
            let row = cards.iter().map(|(_, placed)| placed.card).reduce(Rect::with).unwrap_or_default();
            let middle = row.middle();
            bounds = bounds.with(Rect::around(middle, row.w, 2.0 * BULGE + 48.0));
        }
        if let Some((sign, _)) = badge {
            bounds = bounds.with(sign);
        }
        Self { cards, badge, bounds }
    }

    pub(super) fn shift(&mut self, by: Point) {
        for (_, placed) in &mut self.cards {
            *placed = placed.moved(by);
        }
        if let Some((sign, _)) = &mut self.badge {
            *sign = sign.moved(by);
        }
        self.bounds = self.bounds.moved(by);
    }
}

fn place(plates: &[Plate], number: usize, corner: Point, sources: Side, free: Side) -> Placed {
    plates.get(number).cloned().unwrap_or_default().put(corner, sources, free)
}

fn loop_room(placed: Placed) -> Rect {
    let depth = if matches!(placed.free, Side::Left | Side::Right) { LOOP } else { FLAT_LOOP };
    placed.card.moved(placed.free.outwards().times(depth)).with(placed.card)
}

fn badge_size(cycle: &Cycle) -> Point {
    let lines = badge_lines(cycle);
    let widest = lines.iter().map(|line| text::width(line, BADGE)).fold(0.0, f64::max);
    Point::new(widest + 28.0, lines.len() as f64 * BADGE_STEP + 12.0)
}
