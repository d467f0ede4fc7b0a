//! A forecast for people: a table for each account, then what it rests on and what is not in it.

use std::io::{self, Write};

use botiquette::forecast::{Curve, Forecast, Series, Uncounted, Why};
use botiquette::narrate::listed;
use botiquette::report::{Style, one_line, wrap};
use owo_colors::OwoColorize;

use super::Run;

/// Lines longer than this are hard to read.
const WIDEST: usize = 96;

pub(super) fn write(run: &Run<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { out, run, style: *style };
    for (number, forecast) in run.forecasts.iter().enumerate() {
        if number > 0 {
            writeln!(page.out)?;
        }
        page.account(forecast)?;
    }
    Ok(())
}

struct Page<'p, 'r> {
    out: &'p mut dyn Write,
    run: &'p Run<'r>,
    style: Style,
}

impl Page<'_, '_> {
    fn account(&mut self, forecast: &Forecast) -> io::Result<()> {
        let name = one_line(&forecast.account);
        if self.style.color {
            writeln!(self.out, "{}", name.bold())?;
        } else {
            writeln!(self.out, "{name}")?;
        }
        if forecast.series.is_empty() {
            self.paragraph("Nothing that it does to people has a number.")?;
        } else {
            self.table(&forecast.series)?;
        }
        for uncounted in &forecast.uncounted {
            self.uncounted(uncounted)?;
        }
        for deed in &forecast.exhausted {
            self.paragraph(&format!("It {deed}: within these days nobody is left whom it has not met."))?;
        }
        if !forecast.series.is_empty() {
            self.paragraph(&self.reckoned(forecast))?;
        }
        let assumed: Vec<String> =
            forecast.assumed.iter().map(|assumed| format!("{} ({})", assumed.words, assumed.why)).collect();
        if !assumed.is_empty() {
            self.paragraph(&format!("This assumes {}.", listed(&assumed, "and")))?;
        }
        Ok(())
    }

    /// How often on the last day, and how many up to some days; the worst case only where it differs.
    fn table(&mut self, series: &[Series]) -> io::Result<()> {
        let days = self.run.plan.days;
        let stations: Vec<usize> =
            [1, 7, 30, 90].into_iter().filter(|day| *day < days).chain([days]).collect();
        let mut heading = vec![String::new(), "the last day".to_owned()];
        heading.extend(stations.iter().map(|day| match day {
            1 => "after 1 day".to_owned(),
            day => format!("after {day} days"),
        }));
        let mut rows = vec![heading];
        for series in series {
            let same = series.typical == series.worst;
            rows.push(row(series.what.name().to_owned(), &series.typical, &stations));
            if !same {
                rows.push(row(format!("{} at worst", series.what.name()), &series.worst, &stations));
            }
        }
        let columns = rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &rows {
            let mut line = String::from("  ");
            for (number, (cell, width)) in row.iter().zip(widths.iter().copied()).enumerate() {
                let cell = if number == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") };
                line.push_str(&cell);
            }
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    fn uncounted(&mut self, uncounted: &Uncounted) -> io::Result<()> {
        let why = match uncounted.why {
            Why::Later => "how often is filled in later",
            Why::Unlimited => "without a limit, and nobody knows among how many people",
            Why::FeedsItself => "at worst it feeds itself without a limit",
            Why::Approved => "a person decides each time",
        };
        self.paragraph(&format!("Not counted: it {}; {why}.", uncounted.deed))?;
        let Some((path, line)) = self.run.line_of(uncounted.site.used) else { return Ok(()) };
        let place = one_line(&format!("{path}:{line}"));
        if self.style.color {
            writeln!(self.out, "    {}", place.dimmed())
        } else {
            writeln!(self.out, "    {place}")
        }
    }

    /// How the numbers came about.
    fn reckoned(&self, forecast: &Forecast) -> String {
        let curves = || forecast.series.iter().flat_map(|series| [&series.typical, &series.worst]);
        if curves().all(|curve| curve.is_exact) {
            return "Expected numbers, reckoned day by day.".to_owned();
        }
        let ranges = curves().filter_map(|curve| Some((curve.range?, curve.end())));
        let widest = ranges.max_by(|(one, _), (other, _)| (one.1 - one.0).total_cmp(&(other.1 - other.0)));
        match widest {
            Some(((low, high), _)) if high - low < 0.5 => {
                "Where limits bite, chances are drawn and averaged; the draws end alike.".to_owned()
            }
            Some(((low, high), end)) => format!(
                "Where limits bite, chances are drawn and averaged; of {} in the end, nine of ten draws lie between {} and {}.",
                number(end),
                number(low),
                number(high)
            ),
            None => "Where limits bite, averages are cut there.".to_owned(),
        }
    }

    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        let width = self.style.width.min(WIDEST).saturating_sub(2);
        wrap(text, width).iter().try_for_each(|line| writeln!(self.out, "  {line}"))
    }
}

fn row(name: String, curve: &Curve, stations: &[usize]) -> Vec<String> {
    let mut row = vec![name, number(curve.per_day.last().copied().unwrap_or_default())];
    row.extend(stations.iter().map(|day| number(curve.after(*day))));
    row
}

fn number(value: f64) -> String {
    if value < 9.95 && (value - value.round()).abs() > 0.05 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}
