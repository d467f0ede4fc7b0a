//! Where everything goes: cycles are rings, what a ring or a card sets off stands to its right, groups
//! without a connection stand side by side, and automations without any arrow come last.

use std::collections::{BTreeMap, BTreeSet};

use super::block::Block;
use super::plate::{Placed, Plate};
use super::shape::{Point, Rect};
use crate::graph::drawing::{Arrow, Drawing};

/// Between what stands in a column and what stands in the next.
const COLUMN_GAP: f64 = 230.0;
const ROW_GAP: f64 = 46.0;
/// Between groups without a connection.
const GROUP_GAP: f64 = 56.0;
/// A picture is about this wide, unless one group alone is wider.
const PAGE: f64 = 1240.0;
/// How often the order in the columns is improved.
const SWEEPS: usize = 6;

/// The places of everything but the arrows.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The cards, by number.
    pub(super) cards: BTreeMap<usize, Placed>,
    /// The signs of cycles that never end, with the number of the cycle.
    pub(super) badges: Vec<(Rect, usize)>,
    /// Where the automations without arrows begin, if there are others.
    pub(super) alone: Option<Point>,
}

/// Lays a drawing out.
pub(super) fn layout(drawing: &Drawing, plates: &[Plate]) -> Layout {
    let blocks = blocks(drawing, plates);
    let home: BTreeMap<usize, usize> = blocks
        .iter()
        .enumerate()
        .flat_map(|(number, block)| block.cards.iter().map(move |(card, _)| (*card, number)))
        .collect();
    let links: BTreeSet<Link> = drawing.arrows.iter().filter_map(|arrow| Link::new(arrow, &home)).collect();
    let own_loops = |block: &Block| {
        block.cards.iter().any(|(card, _)| drawing.arrows.iter().any(|arrow| arrow.from == *card))
    };
    let mut groups = Vec::new();
    let mut lone = Vec::new();
    for group in groups_of(blocks.len(), &links) {
        let alone = group.len() == 1
            && group.iter().all(|number| blocks.get(*number).is_some_and(|block| !own_loops(block)));
        let mut placed = columns(&blocks, &group, &links);
        to_origin(&mut placed);
        if alone { lone.push(placed) } else { groups.push(placed) }
    }
    let dangerous = |group: &Vec<Block>| group.iter().any(|block| block.badge.is_some());
    groups.sort_by_key(|group| (!dangerous(group), std::cmp::Reverse(group.len())));
    let mut result = Layout::default();
    let end = shelve(groups, 0.0, &mut result);
    let heading = !lone.is_empty() && end > 0.0;
    result.alone = heading.then(|| Point::new(0.0, end + 12.0));
    shelve(lone, if heading { end + 36.0 } else { end }, &mut result);
    result
}

/// Rings, and single cards for the rest.
fn blocks(drawing: &Drawing, plates: &[Plate]) -> Vec<Block> {
    let in_rings: BTreeSet<usize> =
        drawing.cycles.iter().flat_map(|cycle| cycle.members.iter().copied()).collect();
    let rings = (0..drawing.cycles.len()).map(|cycle| Block::ring(drawing, plates, cycle));
    let rest = (0..drawing.cards.len()).filter(|card| !in_rings.contains(card));
    rings.chain(rest.map(|card| Block::single(drawing, plates, card))).collect()
}

/// A connection between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Link {
    from: usize,
    to: usize,
    live: bool,
}

impl Link {
    fn new(arrow: &Arrow, home: &BTreeMap<usize, usize>) -> Option<Self> {
        let (from, to) = (*home.get(&arrow.from)?, *home.get(&arrow.to)?);
        (from != to).then_some(Self { from, to, live: arrow.is_live() })
    }
}

/// Blocks that hang together.
fn groups_of(count: usize, links: &BTreeSet<Link>) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..count).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for link in links {
            let (one, other) = (group.get(link.from).copied(), group.get(link.to).copied());
            let least = one.min(other).unwrap_or_default();
            for end in [link.from, link.to] {
                if let Some(number) = group.get_mut(end).filter(|number| **number != least) {
                    *number = least;
                    changed = true;
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (block, number) in group.into_iter().enumerate() {
        groups.entry(number).or_default().push(block);
    }
    groups.into_values().collect()
}

/// Puts the blocks of a group into columns: each to the right of all that set it off.
fn columns(blocks: &[Block], group: &[usize], links: &BTreeSet<Link>) -> Vec<Block> {
    let mut column_of: BTreeMap<usize, usize> = group.iter().map(|number| (*number, 0)).collect();
    let forward = forward(group, links);
    for _ in group {
        let mut moved = false;
        for link in &forward {
            let (Some(from), Some(to)) = (column_of.get(&link.from).copied(), column_of.get_mut(&link.to))
            else {
                continue;
            };
            if *to <= from {
                *to = from + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, column) in &column_of {
        columns.entry(*column).or_default().push(*number);
    }
    let mut columns: Vec<Vec<usize>> = columns.into_values().collect();
    sort(&mut columns, links);
    let mut placed = Vec::new();
    let mut x = 0.0;
    for column in columns {
        let column: Vec<Block> = column.iter().filter_map(|number| blocks.get(*number).cloned()).collect();
        let height: f64 = column.iter().map(|block| block.bounds.h + ROW_GAP).sum::<f64>() - ROW_GAP;
        let width = column.iter().map(|block| block.bounds.w).fold(0.0, f64::max);
        let mut y = -height / 2.0;
        for mut block in column {
            let (w, h) = (block.bounds.w, block.bounds.h);
            block.shift(Point::new(x + (width - w) / 2.0 - block.bounds.x, y - block.bounds.y));
            y += h + ROW_GAP;
            placed.push(block);
        }
        x += width + COLUMN_GAP;
    }
    placed
}

/// The links of a group without a way back: all live ones, because rings are blocks already, and of those
/// that a brake stops the ones that close no ring.
fn forward(group: &[usize], links: &BTreeSet<Link>) -> Vec<Link> {
    let of_group = |link: &&Link| group.contains(&link.from);
    let (mut forward, stopped): (Vec<Link>, Vec<Link>) =
        links.iter().filter(of_group).partition(|link| link.live);
    for link in stopped.into_iter().take(MOST_STOPPED) {
        let mut reached = BTreeSet::from([link.to]);
        let mut waiting = vec![link.to];
        while let Some(block) = waiting.pop() {
            let next = forward.iter().filter(|next| next.from == block).map(|next| next.to);
            waiting.extend(next.filter(|next| reached.insert(*next)));
        }
        if !reached.contains(&link.from) {
            forward.push(link);
        }
    }
    forward
}

/// Stopped links that have a say in where things stand.
const MOST_STOPPED: usize = 300;

/// Orders each column by where the neighbours of its blocks stand, so that fewer arrows cross.
fn sort(columns: &mut [Vec<usize>], links: &BTreeSet<Link>) {
    for _ in 0..SWEEPS {
        let mut height: BTreeMap<usize, f64> = BTreeMap::new();
        for column in columns.iter() {
            for (place, number) in column.iter().enumerate() {
                height.insert(*number, (place as f64 + 0.5) / column.len() as f64);
            }
        }
        let wanted = |number: usize| {
            let ends = links.iter().filter_map(|link| match number {
                number if number == link.from => height.get(&link.to),
                number if number == link.to => height.get(&link.from),
                _ => None,
            });
            let (sum, count) = ends.fold((0.0, 0.0), |(sum, count), height| (sum + height, count + 1.0));
            if count > 0.0 { sum / count } else { 0.5 }
        };
        for column in columns.iter_mut() {
            let mut keyed: Vec<(f64, usize)> =
                column.iter().map(|number| (wanted(*number), *number)).collect();
            keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
            *column = keyed.into_iter().map(|(_, number)| number).collect();
        }
    }
}

fn to_origin(blocks: &mut [Block]) {
    let corner = bounds(blocks);
    for block in blocks {
        block.shift(Point::new(-corner.x, -corner.y));
    }
}

fn bounds(blocks: &[Block]) -> Rect {
    blocks.iter().map(|block| block.bounds).reduce(Rect::with).unwrap_or_default()
}

/// Puts groups side by side, in as many rows as it takes; returns where the last row ends.
fn shelve(groups: Vec<Vec<Block>>, top: f64, result: &mut Layout) -> f64 {
    let (mut x, mut y, mut row) = (0.0, top, 0.0_f64);
    for mut group in groups {
        let size = bounds(&group);
        if x > 0.0 && x + size.w > PAGE {
            (x, y, row) = (0.0, y + row + GROUP_GAP, 0.0);
        }
        for block in &mut group {
            block.shift(Point::new(x, y));
            result.cards.extend(block.cards.iter().copied());
            result.badges.extend(block.badge);
        }
        x += size.w + GROUP_GAP;
        row = row.max(size.h);
    }
    if row > 0.0 { y + row + GROUP_GAP } else { y }
}
