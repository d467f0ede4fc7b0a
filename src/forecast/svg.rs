//! A forecast as an SVG: a small plot for each account, with its lines named where they end. It needs no fonts and no
//! other tool, follows the reader's choice of light or dark, and says in words what it shows.

use std::io::{self, Write};

use super::{Curve, Forecast, Series};
use crate::graph::{anchored, begin, first_line, label};
use crate::narrate::capital;
use crate::plain::{one_line, write_guarded};

/// A plot: its place for lines, and what is around it.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 170.0;
const LEFT: f64 = 58.0;
const RIGHT: f64 = 216.0;
const TOP: f64 = 58.0;
const BOTTOM: f64 = 42.0;
/// Around the picture, and for its title.
const MARGIN: f64 = 24.0;
const HEADER: f64 = 64.0;
const FOOTER: f64 = 30.0;
/// Plots beside each other.
const ACROSS: usize = 2;
/// Plots that a picture has room for.
const MOST: usize = 24;
/// Sizes of letters, and lines of them.
const SMALL: f64 = 12.0;
const STEP: f64 = 15.0;

/// What the lines look like; the rest of the style is that of graphs.
const STYLE: &str = "\
.grid{stroke:#d0d7de;stroke-width:1}.curve{fill:none;stroke-width:2.2}.curve.worst{stroke-dasharray:5 4}
.s0{stroke:#0b4a8f}.s1{stroke:#8a3ffc}.s2{stroke:#a8480b}.s3{stroke:#0f6b53}
.w0{fill:#0b4a8f}.w1{fill:#6f2bd6}.w2{fill:#8f3d08}.w3{fill:#0f6b53}.label{font-size:12px}
@media (prefers-color-scheme:dark){
.grid{stroke:#30363d}
.s0{stroke:#6cb0f5}.s1{stroke:#c4a1ff}.s2{stroke:#f0a35e}.s3{stroke:#5fd0b0}
.w0{fill:#9ecbff}.w1{fill:#d3bcff}.w2{fill:#f5bd8a}.w3{fill:#86dfc5}
}
";

/// Writes the picture.
///
/// # Errors
/// Only those of `out`.
pub fn write(forecasts: &[Forecast], days: usize, out: &mut dyn Write) -> io::Result<()> {
    write_guarded(false, true, out, |out| picture(forecasts, days, out))
}

fn picture(forecasts: &[Forecast], days: usize, out: &mut dyn Write) -> io::Result<()> {
    let shown = forecasts.len().min(MOST);
    let across = shown.clamp(1, ACROSS);
    let (plot_width, plot_height) = (LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM);
    let width = 2.0 * MARGIN + across as f64 * plot_width;
    let height = 2.0 * MARGIN + HEADER + FOOTER + shown.div_ceil(across).max(1) as f64 * plot_height;
    let title = format!("What they come to in the next {days} days");
    let told: Vec<String> = forecasts.iter().take(MOST).map(in_words).collect();
    begin(out, (width, height), &title, &told.join(" "), STYLE)?;
    label(out, "title", MARGIN, MARGIN + 18.0, &title)?;
    label(
        out,
        "faint",
        MARGIN,
        MARGIN + 40.0,
        "added up; solid: with people alone, dashed: with other bots about",
    )?;
    for (number, forecast) in forecasts.iter().take(MOST).enumerate() {
        let x = MARGIN + (number % across) as f64 * plot_width;
        let y = MARGIN + HEADER + (number / across) as f64 * plot_height;
        writeln!(out, "<g transform=\"translate({:.1} {:.1})\">", x + LEFT, y + TOP)?;
        plot(forecast, days, out)?;
        writeln!(out, "</g>")?;
    }
    if forecasts.len() > MOST {
        let more = format!("and {} more accounts", forecasts.len() - MOST);
        label(out, "faint", MARGIN, height - MARGIN, &more)?;
    }
    writeln!(out, "</svg>")
}

/// The end of each line, for those who do not see it.
fn in_words(forecast: &Forecast) -> String {
    let of = |series: &Series| {
        let (typical, worst) = (count(series.typical.end()), count(series.worst.end()));
        let worst = if typical == worst { String::new() } else { format!(", at worst {worst}") };
        format!("{} {typical}{worst}", series.what.name())
    };
    let told: Vec<String> = forecast.series.iter().map(of).collect();
    let told = if told.is_empty() { "nothing that can be counted".to_owned() } else { told.join(", ") };
    format!("{}: {told}.", one_line(&forecast.account))
}

/// One account: axes, lines, the names of the lines.
fn plot(forecast: &Forecast, days: usize, out: &mut dyn Write) -> io::Result<()> {
    label(out, "name", 0.0, -28.0, &first_line(&one_line(&forecast.account), WIDTH + RIGHT, 14.0))?;
    if forecast.series.is_empty() {
        label(out, "faint", 0.0, HEIGHT / 2.0, "nothing that can be counted")?;
        return notes(forecast, out);
    }
    let curves = || forecast.series.iter().flat_map(|series| [&series.typical, &series.worst]);
    let top = round_up(curves().map(Curve::end).fold(1.0, f64::max));
    for part in 0..=2 {
        let (value, y) = (top * f64::from(part) / 2.0, HEIGHT - HEIGHT * f64::from(part) / 2.0);
        writeln!(out, "<path class=\"grid\" d=\"M0 {y:.1}H{WIDTH:.1}\"/>")?;
        anchored(out, "faint", -8.0, y + 4.0, "end", &count(value))?;
    }
    for (day, anchor) in [(1, "start"), (days, "end")] {
        anchored(out, "faint", across(day, days), HEIGHT + 18.0, anchor, &format!("day {day}"))?;
    }
    let mut labels = Vec::new();
    for (number, (names, series)) in lines(forecast).into_iter().enumerate() {
        let same = series.typical.in_all == series.worst.in_all;
        for (curve, look) in [(&series.worst, " worst"), (&series.typical, "")] {
            if look.is_empty() || !same {
                writeln!(out, "<path class=\"curve s{number}{look}\" d=\"{}\"/>", path(curve, top, days))?;
                let at_worst = if look.is_empty() { "" } else { ", at worst" };
                let words = format!("{names}: {}{at_worst}", count(curve.end()));
                labels.push((up(curve.end(), top), number, words));
            }
        }
    }
    spread(&mut labels);
    for (y, number, words) in labels {
        label(out, &format!("label w{number}"), WIDTH + 8.0, y + 4.0, &words)?;
    }
    notes(forecast, out)
}

/// What is drawn: counts that are the same all the way are one line.
fn lines(forecast: &Forecast) -> Vec<(String, &Series)> {
    let mut lines: Vec<(String, &Series)> = Vec::new();
    for series in &forecast.series {
        let same = |known: &&mut (String, &Series)| {
            known.1.typical.in_all == series.typical.in_all && known.1.worst.in_all == series.worst.in_all
        };
        match lines.iter_mut().find(same) {
            Some((names, _)) => names.push_str(&format!(", {}", series.what.name())),
            None => lines.push((series.what.name().to_owned(), series)),
        }
    }
    lines
}

/// What is not among the numbers.
fn notes(forecast: &Forecast, out: &mut dyn Write) -> io::Result<()> {
    if forecast.uncounted.is_empty() {
        return Ok(());
    }
    let words = match forecast.uncounted.as_slice() {
        [only] => format!("not counted: {}", one_line(&only.deed)),
        many => format!("not counted: {} acts without a number", many.len()),
    };
    label(out, "faint", 0.0, -10.0, &first_line(&capital(&words), WIDTH + RIGHT, SMALL))
}

/// The ends of the lines, moved apart so that their names do not stand on each other.
fn spread(labels: &mut [(f64, usize, String)]) {
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut least = f64::MIN;
    for label in labels.iter_mut() {
        label.0 = label.0.max(least);
        least = label.0 + STEP;
    }
    // Those at the bottom are pushed up again.
    let mut most = HEIGHT;
    for label in labels.iter_mut().rev() {
        label.0 = label.0.min(most);
        most = label.0 - STEP;
    }
}

fn path(curve: &Curve, top: f64, days: usize) -> String {
    let mut path = String::new();
    for (day, value) in curve.in_all.iter().enumerate() {
        let start = if day == 0 { 'M' } else { 'L' };
        path.push_str(&format!("{start}{:.1} {:.1}", across(day + 1, days), up(*value, top)));
    }
    // A single day is a point, which nobody would see.
    if curve.in_all.len() == 1 {
        path.push_str(&format!("H{WIDTH:.1}"));
    }
    path
}

fn across(day: usize, days: usize) -> f64 {
    if days < 2 { if day == 1 { 0.0 } else { WIDTH } } else { WIDTH * (day - 1) as f64 / (days - 1) as f64 }
}

fn up(value: f64, top: f64) -> f64 {
    HEIGHT - HEIGHT * (value / top).clamp(0.0, 1.0)
}

/// The next larger number with one digit, or 2.5 or 1.5 of its kind.
fn round_up(value: f64) -> f64 {
    let unit = 10f64.powf(value.max(1.0).log10().floor());
    let steps = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.iter().map(|step| step * unit).find(|top| *top >= value).unwrap_or(value)
}

/// `1 050`: digits in groups.
pub(super) fn count(value: f64) -> String {
    if value > 0.0 && value < 10.0 && (value - value.round()).abs() > 0.05 {
        return format!("{value:.1}");
    }
    let digits = format!("{:.0}", value.max(0.0));
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (value, top) in [(1.0, 1.0), (35.0, 40.0), (1050.0, 1500.0), (9000.0, 10_000.0), (10.0, 10.0)] {
            assert_eq!(round_up(value), top, "{value}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        let cases = [(0.0, "0"), (2.5, "2.5"), (10.4, "10"), (1050.0, "1 050"), (1_234_567.0, "1 234 567")];
        for (value, said) in cases {
            assert_eq!(count(value), said);
        }
    }

    #[test]
    fn names_of_lines_do_not_stand_on_each_other() {
        let mut labels: Vec<_> = [160.0, 162.0, 165.0, 10.0].map(|y| (y, 0, String::new())).into();
        spread(&mut labels);
        assert!(labels.windows(2).all(|two| two[1].0 - two[0].0 >= STEP - 1e-9), "{labels:?}");
        assert!(labels.iter().all(|label| label.0 <= HEIGHT));
    }
}
