//! The drawing as an SVG that needs no other tool and no fonts: it follows the reader's choice of light or
//! dark, and says in words what it shows.

mod block;
mod element;
mod layout;
mod plate;
mod route;
mod shape;
mod style;
mod text;

use std::io::{self, Write};

pub(crate) use self::element::{anchored, begin, label};
use self::layout::Layout;
use self::plate::{NAME, NAME_STEP, PADDING, Placed, Plate, WORD, WORD_STEP};
use self::route::Route;
use self::shape::{Curve, Point, Rect};
use self::text::xml;
use super::drawing::{Arrow, Cycle, Drawing};

/// Around the picture.
const MARGIN: f64 = 28.0;
/// For the title above the picture, and for a line of the key below it.
const HEADER: f64 = 76.0;
const FOOTER: f64 = 34.0;

/// As much of a text as has room in letters of this size, on one line.
pub(crate) fn first_line(words: &str, room: f64, size: f64) -> String {
    text::lines(words, text::columns(room, size), 1).into_iter().next().unwrap_or_default()
}

/// Writes the picture.
pub(super) fn write(drawing: &Drawing, out: &mut dyn Write) -> io::Result<()> {
    let plates: Vec<Plate> = (0..drawing.cards.len()).map(|number| Plate::new(drawing, number)).collect();
    let layout = layout::layout(drawing, &plates);
    let routes = route::routes(drawing, &layout);
    let shown = bounds(&layout, &routes);
    let title = title(drawing);
    let widest = text::width(&title, 17.0).max(text::width(&drawing.summary(), 17.0)).max(560.0);
    let (width, height) = (shown.w.max(widest) + 2.0 * MARGIN, shown.h + HEADER + FOOTER + 2.0 * MARGIN);
    begin(out, (width, height), &title, &description(drawing), "")?;
    let class = if drawing.cycles.iter().any(Cycle::never_ends) { "title danger" } else { "faint" };
    label(out, "title", MARGIN, MARGIN + 18.0, &title)?;
    label(out, class, MARGIN, MARGIN + 42.0, &drawing.summary())?;
    writeln!(out, "<g transform=\"translate({:.1} {:.1})\">", MARGIN - shown.x, MARGIN + HEADER - shown.y)?;
    if let Some(Point { x, y }) = layout.alone {
        label(out, "faint", x, y, "without an effect on each other:")?;
    }
    for route in routes.iter().rev() {
        write_line(drawing, route, out)?;
    }
    for (number, placed) in &layout.cards {
        if let Some(plate) = plates.get(*number) {
            write_card(drawing, *number, plate, *placed, out)?;
        }
    }
    for (badge, cycle) in &layout.badges {
        write_badge(drawing, *badge, *cycle, out)?;
    }
    for route in &routes {
        write_words(drawing, route, out)?;
    }
    writeln!(out, "</g>")?;
    key(drawing, MARGIN, height - MARGIN, out)?;
    writeln!(out, "</svg>")
}

fn title(drawing: &Drawing) -> String {
    match drawing.accounts.as_slice() {
        [only] => format!("who sets off whom: {only}"),
        accounts => format!("who sets off whom: {} accounts", accounts.len()),
    }
}

/// The whole picture in sentences, for those who do not see it.
fn description(drawing: &Drawing) -> String {
    let name = |number: usize| drawing.cards.get(number).map(|card| card.title.as_str()).unwrap_or_default();
    let mut sentences = vec![drawing.summary()];
    for arrow in drawing.arrows.iter().take(MOST_TOLD) {
        let verb = if arrow.is_live() { "sets off" } else { "would set off" };
        sentences.push(format!(
            "{} {verb} {}: {}",
            name(arrow.from),
            name(arrow.to),
            arrow.words().join(", ")
        ));
    }
    if drawing.arrows.len() > MOST_TOLD {
        sentences.push(format!("and {} more arrows", drawing.arrows.len() - MOST_TOLD));
    }
    sentences.join(". ")
}

/// Arrows that the description tells of.
const MOST_TOLD: usize = 60;

fn bounds(layout: &Layout, routes: &[Route]) -> Rect {
    let cards = layout.cards.values().map(|placed| placed.bounds());
    let badges = layout.badges.iter().map(|(badge, _)| *badge);
    let arrows = routes.iter().flat_map(|route| {
        let ink = route.curve.samples().map(|point| Rect::around(point, 8.0, 8.0));
        ink.chain([route.label])
    });
    cards.chain(badges).chain(arrows).reduce(Rect::with).unwrap_or_default()
}

fn look(drawing: &Drawing, arrow: &Arrow) -> &'static str {
    match arrow.is_live() {
        true if drawing.is_dangerous(arrow) => " danger",
        true => "",
        false => " stopped",
    }
}

fn write_line(drawing: &Drawing, route: &Route, out: &mut dyn Write) -> io::Result<()> {
    let Some(arrow) = drawing.arrows.get(route.arrow) else { return Ok(()) };
    let look = look(drawing, arrow);
    write_curve(route.curve, look, if look == " danger" { 15.0 } else { 10.0 }, out)
}

/// A curve that ends where its head begins.
fn write_curve(curve: Curve, look: &str, size: f64, out: &mut dyn Write) -> io::Result<()> {
    let [start, bend, turn, tip] = curve.0;
    let back = turn.minus(tip).unit();
    let foot = tip.plus(back.times(size));
    let side = back.left().times(size * 0.45);
    let (one, other) = (foot.plus(side), foot.minus(side));
    let end = tip.plus(back.times(size * 0.8));
    writeln!(
        out,
        "<path class=\"line{look}\" d=\"M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}\"/><path class=\"head{look}\" d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\"/>",
        start.x,
        start.y,
        bend.x,
        bend.y,
        turn.x,
        turn.y,
        end.x,
        end.y,
        tip.x,
        tip.y,
        one.x,
        one.y,
        other.x,
        other.y
    )
}

fn write_words(drawing: &Drawing, route: &Route, out: &mut dyn Write) -> io::Result<()> {
    let Some(arrow) = drawing.arrows.get(route.arrow) else { return Ok(()) };
    let Rect { x, y, w, h } = route.label;
    writeln!(
        out,
        "<rect class=\"paper\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"3\"/>"
    )?;
    let class = format!("words{}", look(drawing, arrow));
    for (number, words) in route.words.iter().enumerate() {
        anchored(out, &class, x + w / 2.0, y + WORD + number as f64 * WORD_STEP, "middle", words)?;
    }
    Ok(())
}

fn write_card(
    drawing: &Drawing,
    number: usize,
    plate: &Plate,
    placed: Placed,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(card) = drawing.cards.get(number) else { return Ok(()) };
    let danger = if drawing.danger(number).is_some() { " danger" } else { "" };
    if let Some(source) = placed.source {
        write_source(plate, source, placed.card, out)?;
    }
    let Rect { x, y, w, h } = placed.card;
    writeln!(out, "<g><title>{}: {}</title>", xml(&card.title), xml(&card.deeds.join("; ")))?;
    writeln!(
        out,
        "<rect class=\"card{danger}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"8\"/>"
    )?;
    let (x, mut y) = (x + PADDING, y + 10.0);
    if let Some(words) = &plate.account {
        label(out, "faint", x, y + WORD, words)?;
        y += WORD_STEP;
    }
    for words in &plate.name {
        label(out, "name", x, y + NAME, words)?;
        y += NAME_STEP;
    }
    for words in &plate.deeds {
        label(out, "words", x, y + WORD, words)?;
        y += WORD_STEP;
    }
    writeln!(out, "</g>")
}

/// What sets a card off from outside, with a short arrow.
fn write_source(plate: &Plate, source: Rect, card: Rect, out: &mut dyn Write) -> io::Result<()> {
    let Rect { x, y, w, h } = source;
    writeln!(
        out,
        "<rect class=\"source\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"13\"/>"
    )?;
    for (number, words) in plate.sources.iter().enumerate() {
        label(out, "source-words", x + 13.0, y + 5.0 + WORD + number as f64 * WORD_STEP, words)?;
    }
    let across = x + 30.0;
    let (start, end) = if y < card.y { (source.bottom(), card.y) } else { (y, card.bottom()) };
    let point = |share: f64| Point::new(across, start + (end - start) * share);
    write_curve(Curve([point(0.0), point(0.3), point(0.7), point(1.0)]), " outside", 8.0, out)
}

fn write_badge(drawing: &Drawing, badge: Rect, cycle: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(cycle) = drawing.cycles.get(cycle) else { return Ok(()) };
    let Rect { x, y, w, h } = badge;
    writeln!(
        out,
        "<rect class=\"badge\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" rx=\"10\"/>"
    )?;
    for (number, words) in block::badge_lines(cycle).iter().enumerate() {
        let y = y + 6.0 + block::BADGE + number as f64 * block::BADGE_STEP;
        anchored(out, "badge-words", x + w / 2.0, y, "middle", words)?;
    }
    Ok(())
}

/// How to read what is shown.
fn key(drawing: &Drawing, x: f64, y: f64, out: &mut dyn Write) -> io::Result<()> {
    let dangerous = drawing.cycles.iter().any(Cycle::never_ends);
    let stopped = drawing.arrows.iter().any(|arrow| !arrow.is_live());
    let mut parts = vec!["blue: from outside"];
    parts.extend(dangerous.then_some("thick red: a cycle that never ends"));
    parts.extend(stopped.then_some("dashed: a brake stops it"));
    label(out, "faint", x, y, &parts.join("   ·   "))
}
