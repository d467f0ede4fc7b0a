//! Routes of arrows: of several curves between two cards, the one that hides least, with a readable place for its
//! words.

use super::layout::Layout;
use super::plate::{Placed, WORD, WORD_STEP};
use super::shape::{Curve, Point, Rect, Side};
use super::text;
use crate::graph::drawing::{Arrow, Drawing};

/// Columns of a label.
const LABEL: usize = 24;
/// Lines of a label.
const MOST_LINES: usize = 5;
/// With more arrows than this, each takes the plain way: a closer look would take too long and show nothing.
const MOST_ROUTED: usize = 150;
/// Where words may stand along a curve, the best place first.
const PLACES: &[f64] = &[0.5, 0.44, 0.56, 0.38, 0.62, 0.3, 0.7, 0.22, 0.78];
/// How far a curve may bulge.
const BULGES: &[f64] = &[0.0, 36.0, 72.0, 120.0, 190.0, -36.0, -72.0, -120.0, -190.0];

/// An arrow with its way.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// Its number in the drawing.
    pub(super) arrow: usize,
    /// Its way.
    pub(super) curve: Curve,
    /// Its words, in lines.
    pub(super) words: Vec<String>,
    /// Where they stand.
    pub(super) label: Rect,
}

/// What stands in the way of arrows and words.
struct Obstacles {
    solid: Vec<Rect>,
    labels: Vec<Rect>,
    curves: Vec<Curve>,
}

/// Finds a way for every arrow; those of dangerous cycles choose first.
pub(super) fn routes(drawing: &Drawing, layout: &Layout) -> Vec<Route> {
    let mut order: Vec<usize> = (0..drawing.arrows.len()).collect();
    order.sort_by_key(|number| {
        drawing.arrows.get(*number).map(|arrow| {
            let to_itself = arrow.from == arrow.to;
            (!to_itself, !drawing.is_dangerous(arrow), !arrow.is_live(), *number)
        })
    });
    let cards = layout.cards.values().flat_map(|placed| [Some(placed.card), placed.source]);
    let solid = cards.flatten().chain(layout.badges.iter().map(|(badge, _)| badge.grown(4.0))).collect();
    let mut obstacles = Obstacles { solid, labels: Vec::new(), curves: Vec::new() };
    let mut routes = Vec::new();
    for number in order {
        let Some(arrow) = drawing.arrows.get(number) else { continue };
        let ends = (layout.cards.get(&arrow.from), layout.cards.get(&arrow.to));
        let (Some(from), Some(to)) = ends else { continue };
        let words = words(arrow);
        let (curve, label) = if arrow.from == arrow.to {
            to_itself(*from, &words)
        } else {
            let returns = drawing.arrows.iter().any(|other| (other.from, other.to) == (arrow.to, arrow.from));
            let thorough = drawing.arrows.len() <= MOST_ROUTED;
            best(*from, *to, returns || arrow.cycle.is_some(), thorough, &words, &obstacles)
        };
        obstacles.labels.push(label);
        obstacles.curves.push(curve);
        routes.push(Route { arrow: number, curve, words, label });
    }
    routes
}

fn words(arrow: &Arrow) -> Vec<String> {
    let lines: Vec<String> = arrow.words().iter().flat_map(|words| text::lines(words, LABEL, 3)).collect();
    if lines.len() <= MOST_LINES {
        lines
    } else {
        lines.into_iter().take(MOST_LINES - 1).chain(["…".to_owned()]).collect()
    }
}

fn label_size(words: &[String]) -> Point {
    let widest = words.iter().map(|line| text::width(line, WORD)).fold(0.0, f64::max);
    Point::new(widest + 8.0, words.len() as f64 * WORD_STEP + 2.0)
}

/// An arrow that leads back to its own card, on the card's free side.
fn to_itself(placed: Placed, words: &[String]) -> (Curve, Rect) {
    let (out, card, size) = (placed.free.outwards(), placed.card, label_size(words));
    let along = out.left();
    let flat = matches!(placed.free, Side::Top | Side::Bottom);
    let (reach, spread) = if flat { (62.0, 46.0) } else { (84.0, card.h.min(52.0) / 2.0) };
    // On a short side the arrow takes the corner that no source takes.
    let shift = if flat { Point::new(card.w / 2.0 - spread - 16.0, 0.0) } else { Point::default() };
    let start = card.port(placed.free, along.times(spread).plus(shift));
    let end = card.port(placed.free, along.times(-spread).plus(shift));
    let away = |point: Point, side: f64| point.plus(out.times(reach)).plus(along.times(side));
    let curve = Curve([start, away(start, 14.0), away(end, -14.0), end]);
    let tip = curve.at(0.5);
    let half = if flat { size.y / 2.0 } else { size.x / 2.0 };
    let middle = tip.plus(out.times(half + 6.0));
    (curve, Rect::around(middle, size.x, size.y))
}

/// The cheapest of all ways between two cards.
fn best(
    from: Placed,
    to: Placed,
    round: bool,
    thorough: bool,
    words: &[String],
    obstacles: &Obstacles,
) -> (Curve, Rect) {
    let size = label_size(words);
    let wanted = if round { 72.0 } else { 0.0 };
    let bulges = if thorough { BULGES } else { &[36.0] };
    let mut best: Option<(f64, Curve, Rect)> = None;
    for (sides, price) in sides(from.card, to.card) {
        for bulge in bulges {
            let curve = curve(from.card, to.card, sides, *bulge, round);
            let mut cost = price + (bulge - wanted).abs() / 6.0 + curve.length() / 40.0;
            let mut label = Rect::around(curve.at(0.5), size.x, size.y);
            if thorough {
                cost += obstacles.cost(&curve);
                let places = places(&curve, size);
                let places =
                    places.map(|(dislike, label)| (obstacles.label_cost(label, &curve) + dislike, label));
                if let Some((extra, place)) = places.min_by(|one, other| one.0.total_cmp(&other.0)) {
                    cost += extra;
                    label = place;
                }
            }
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, curve, label));
            }
        }
    }
    best.map(|(_, curve, label)| (curve, label)).unwrap_or_default()
}

/// Places for words of this size: beside the curve, so that it is not interrupted, or else upon it.
fn places(curve: &Curve, size: Point) -> impl Iterator<Item = (f64, Rect)> {
    PLACES.iter().enumerate().flat_map(move |(rank, place)| {
        let here = curve.at(*place);
        let left = curve.at(place + 0.02).minus(curve.at(place - 0.02)).unit().left();
        let distance = left.x.abs() * size.x / 2.0 + left.y.abs() * size.y / 2.0 + 5.0;
        [(1.0, 0.0), (-1.0, 4.0), (0.0, 12.0)].map(|(side, dislike)| {
            let middle = here.plus(left.times(side * distance));
            (dislike + rank as f64, Rect::around(middle, size.x, size.y))
        })
    })
}

/// Through which sides an arrow may leave and arrive, and how much each choice is disliked.
fn sides(from: Rect, to: Rect) -> Vec<((Side, Side), f64)> {
    use Side::{Bottom, Left, Right, Top};
    const APART: f64 = 30.0;
    let mut sides =
        vec![((Top, Top), 50.0), ((Bottom, Bottom), 50.0), ((Left, Left), 50.0), ((Right, Right), 50.0)];
    let across = match () {
        () if to.x >= from.right() + APART => Some((Right, Left)),
        () if from.x >= to.right() + APART => Some((Left, Right)),
        () => None,
    };
    let along = match () {
        () if to.y >= from.bottom() + APART => Some((Bottom, Top)),
        () if from.y >= to.bottom() + APART => Some((Top, Bottom)),
        () => None,
    };
    sides.extend(across.map(|sides| (sides, 0.0)));
    sides.extend(along.map(|sides| (sides, if across.is_some() { 12.0 } else { 0.0 })));
    if let (Some((out, into)), Some((down, onto))) = (across, along) {
        sides.push(((out, onto), 8.0));
        sides.push(((down, into), 8.0));
    }
    sides
}

fn curve(from: Rect, to: Rect, (out, into): (Side, Side), bulge: f64, round: bool) -> Curve {
    // Two arrows between the same cards keep left, like traffic in some countries, and so stay apart.
    let keep = if round { 15.0 } else { 0.0 };
    let start = from.port(out, out.outwards().left().times(keep));
    let end = to.port(into, into.outwards().times(-1.0).left().times(keep));
    let way = end.minus(start);
    let turns = out == into;
    let reach = if turns { 60.0 + way.length() * 0.12 } else { (way.length() * 0.38).clamp(24.0, 160.0) };
    let aside = way.unit().left().times(if turns { bulge.abs() * 0.4 * turn(out, way) } else { bulge });
    let bend = |point: Point, side: Side| point.plus(side.outwards().times(reach)).plus(aside);
    Curve([start, bend(start, out), bend(end, into), end])
}

/// On which side of the way a turn through this side lies: 1 for the left, -1 for the right.
fn turn(side: Side, way: Point) -> f64 {
    let (out, left) = (side.outwards(), way.left());
    if out.x * left.x + out.y * left.y < 0.0 { -1.0 } else { 1.0 }
}

impl Obstacles {
    /// How much a curve hides.
    fn cost(&self, curve: &Curve) -> f64 {
        let bounds = curve.bounds();
        let near: Vec<Rect> =
            self.solid.iter().copied().filter(|rect| rect.grown(6.0).meets(bounds)).collect();
        let inside = |point: Point, rects: &[Rect], margin: f64| {
            rects.iter().any(|rect| rect.grown(margin).contains(point))
        };
        let samples: Vec<Point> = curve.samples().collect();
        let through = samples.iter().filter(|point| inside(**point, &near, -1.0)).count();
        let over = samples.iter().filter(|point| inside(**point, &self.labels, 2.0)).count();
        let crossings: usize = self.curves.iter().map(|other| curve.crossings(other)).sum();
        through as f64 * 60.0 + over as f64 * 25.0 + crossings as f64 * 14.0
    }

    /// How badly words could be read in this place.
    fn label_cost(&self, label: Rect, own: &Curve) -> f64 {
        let met =
            |rects: &[Rect], margin: f64| rects.iter().filter(|rect| rect.grown(margin).meets(label)).count();
        let lines = self
            .curves
            .iter()
            .chain([own])
            .filter(|curve| curve.samples().any(|point| label.contains(point)))
            .count();
        met(&self.solid, 2.0) as f64 * 150.0 + met(&self.labels, 2.0) as f64 * 150.0 + lines as f64 * 25.0
    }
}
