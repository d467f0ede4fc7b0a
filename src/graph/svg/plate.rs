//! One automation as a card: its name and deeds, and above or below it what sets it off.

use super::shape::{Point, Rect, Side};
use super::text;
use crate::graph::drawing::Drawing;

/// How wide a card is.
pub(super) const WIDTH: f64 = 224.0;
/// The space between the edge of a card and its text.
pub(super) const PADDING: f64 = 14.0;
/// From line to line of a name, and of other words.
pub(super) const NAME_STEP: f64 = 18.0;
pub(super) const WORD_STEP: f64 = 16.0;
/// Sizes of letters.
pub(super) const NAME: f64 = 14.0;
pub(super) const WORD: f64 = 12.0;
/// From a card to its source.
const DISTANCE: f64 = 22.0;
/// Deeds or sources that a card has room for.
const MOST: usize = 3;

/// The text of a card and the space that it takes.
#[derive(Clone, Debug, Default)]
pub(super) struct Plate {
    /// The account, where there are several.
    pub(super) account: Option<String>,
    /// The name, in lines.
    pub(super) name: Vec<String>,
    /// The deeds, in lines.
    pub(super) deeds: Vec<String>,
    /// What sets it off from outside, in lines.
    pub(super) sources: Vec<String>,
}

/// A plate that has its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// The card.
    pub(super) card: Rect,
    /// What sets it off.
    pub(super) source: Option<Rect>,
    /// Where it has room for an arrow to itself.
    pub(super) free: Side,
}

impl Plate {
    /// The text for a card of a drawing.
    pub(super) fn new(drawing: &Drawing, number: usize) -> Self {
        let Some(card) = drawing.cards.get(number) else { return Self::default() };
        let room = WIDTH - 2.0 * PADDING;
        let account = drawing.accounts.get(card.account).filter(|_| drawing.accounts.len() > 1);
        let account =
            account.and_then(|name| text::lines(name, text::columns(room, WORD), 1).into_iter().next());
        let column = text::columns(room, WORD);
        let deeds = few(&card.deeds).into_iter().flat_map(|deed| text::lines(&deed, column, 2)).collect();
        let sources: Vec<String> = drawing
            .sources
            .iter()
            .filter(|source| source.targets.contains(&number))
            .map(|source| source.says.clone())
            .collect();
        Self {
            account,
            name: text::lines(&card.title, text::columns(room, NAME), 2),
            deeds,
            sources: few(&sources),
        }
    }

    /// The height of the card.
    pub(super) fn height(&self) -> f64 {
        let words = self.deeds.len() + usize::from(self.account.is_some());
        20.0 + self.name.len() as f64 * NAME_STEP + words as f64 * WORD_STEP
    }

    /// Puts the card with its upper left corner at a place, and its sources above or below.
    pub(super) fn put(&self, corner: Point, sources: Side, free: Side) -> Placed {
        let card = Rect::new(corner.x, corner.y, WIDTH, self.height());
        let widest = self.sources.iter().map(|line| text::width(line, WORD)).fold(0.0, f64::max);
        let (w, h) = (widest + 26.0, self.sources.len() as f64 * WORD_STEP + 10.0);
        let y = if sources == Side::Top { card.y - DISTANCE - h } else { card.bottom() + DISTANCE };
        let source = (!self.sources.is_empty()).then(|| Rect::new(card.x, y, w, h));
        Placed { card, source, free }
    }
}

impl Placed {
    pub(super) fn moved(self, by: Point) -> Self {
        Self {
            card: self.card.moved(by),
            source: self.source.map(|source| source.moved(by)),
            free: self.free,
        }
    }

    /// Everything that it covers.
    pub(super) fn bounds(self) -> Rect {
        self.source.map_or(self.card, |source| self.card.with(source))
    }
}

/// The first few, and how many more there are.
fn few(all: &[String]) -> Vec<String> {
    if all.len() <= MOST {
        return all.to_vec();
    }
    let mut few: Vec<String> = all.iter().take(MOST - 1).cloned().collect();
    few.push(format!("and {} more", all.len() + 1 - MOST));
    few
}
