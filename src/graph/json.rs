//! The drawing for machines.

use std::io::{self, Write};

use serde::Serialize;

use super::drawing::{Arrow, Cycle, Drawing};
use crate::plain::write_json;

#[derive(Serialize)]
struct Document<'d> {
    schema: &'static str,
    summary: String,
    accounts: &'d [String],
    automations: Vec<Automation<'d>>,
    sources: Vec<Source<'d>>,
    arrows: Vec<Arc<'d>>,
    cycles: Vec<Ring<'d>>,
    left_out: usize,
}

#[derive(Serialize)]
struct Automation<'d> {
    name: &'d str,
    account: usize,
    does: &'d [String],
}

#[derive(Serialize)]
struct Source<'d> {
    says: &'d str,
    account: usize,
    sets_off: &'d [usize],
}

#[derive(Serialize)]
struct Arc<'d> {
    from: usize,
    to: usize,
    live: bool,
    says: &'d [&'static str],
    stopped: Vec<Stop>,
    cycle: Option<usize>,
}

#[derive(Serialize)]
struct Stop {
    says: &'static str,
    by: &'static str,
}

#[derive(Serialize)]
struct Ring<'d> {
    class: &'static str,
    never_ends: bool,
    severity: Option<String>,
    typical: f64,
    worst: f64,
    automations: &'d [usize],
}

/// Writes `botiquette-graph/1`; automations, accounts and cycles are named by their places, from 0.
pub(super) fn write(drawing: &Drawing, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: "botiquette-graph/1",
        summary: drawing.summary(),
        accounts: &drawing.accounts,
        automations: drawing
            .cards
            .iter()
            .map(|card| Automation { name: &card.title, account: card.account, does: &card.deeds })
            .collect(),
        sources: drawing
            .sources
            .iter()
            .map(|source| Source { says: &source.says, account: source.account, sets_off: &source.targets })
            .collect(),
        arrows: drawing.arrows.iter().map(arc).collect(),
        cycles: drawing.cycles.iter().map(ring).collect(),
        left_out: drawing.left_out,
    };
    write_json(&document, out)
}

fn arc(arrow: &Arrow) -> Arc<'_> {
    Arc {
        from: arrow.from,
        to: arrow.to,
        live: arrow.is_live(),
        says: &arrow.says,
        stopped: arrow.stopped.iter().map(|stop| Stop { says: stop.says, by: stop.by }).collect(),
        cycle: arrow.cycle,
    }
}

fn ring(cycle: &Cycle) -> Ring<'_> {
    Ring {
        class: cycle.class,
        never_ends: cycle.never_ends(),
        severity: cycle.severity.map(|severity| severity.to_string()),
        typical: four_digits(cycle.typical),
        worst: four_digits(cycle.worst),
        automations: &cycle.members,
    }
}

/// Gains are computed step by step; more digits than these mean nothing.
fn four_digits(gain: f64) -> f64 {
    (gain * 1e4).round() / 1e4
}
