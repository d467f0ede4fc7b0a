//! A description for people: paragraphs that fit the terminal.

use std::io::{self, Write};

use botiquette::describe::{Circle, Description, Reach, Told};
use botiquette::narrate::{amount, listed};
use botiquette::report::{Style, one_line, wrap};
use botiquette::rules::{DailyRate, shown};
use botiquette::source::{Place, Sources};
use owo_colors::OwoColorize;

use super::{Run, line_of};

/// Lines longer than this are hard to read.
const WIDEST: usize = 96;

/// Settings that are told one by one.
const FEW: usize = 10;

pub(super) fn write(run: &Run<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { out, sources: run.sources, style: *style };
    if run.descriptions.is_empty() {
        writeln!(page.out, "no account does anything, so there is nothing to describe")?;
        return page.not_understood(run);
    }
    for (number, description) in run.descriptions.iter().enumerate() {
        if number > 0 {
            writeln!(page.out)?;
        }
        page.account(description, run)?;
    }
    if !run.remarks.is_empty() {
        page.heading("In the files")?;
        for finding in &run.remarks {
            page.item(&finding.title, Some(finding.primary.place))?;
        }
    }
    page.not_understood(run)
}

struct Page<'p> {
    out: &'p mut dyn Write,
    sources: &'p Sources,
    style: Style,
}

impl Page<'_> {
    fn account(&mut self, description: &Description, run: &Run<'_>) -> io::Result<()> {
        let name = one_line(&description.account);
        if self.style.color {
            writeln!(self.out, "{}", name.bold())?;
        } else {
            writeln!(self.out, "{name}")?;
        }
        self.paragraph(&description.who.join(" "), "  ")?;
        if !description.does.is_empty() {
            self.heading("What it does")?;
            self.told(&description.does)?;
        }
        if !description.does.is_empty() {
            self.reach(&description.reach, description.unknown.is_empty())?;
            self.rates(run.rates_of(description))?;
        }
        if !description.circles.is_empty() {
            self.heading("What feeds itself")?;
            for circle in &description.circles {
                self.circle(circle)?;
            }
        }
        if !description.off.is_empty() {
            self.heading("What is switched off")?;
            self.told(&description.off)?;
        }
        if !description.unknown.is_empty() {
            self.heading("What could not be known")?;
            for (site, what) in &description.unknown {
                self.item(what, Some(site.used))?;
            }
        }
        Ok(())
    }

    /// The sentences; what several settings come to alike is said once, with all their places.
    fn told(&mut self, told: &[Told]) -> io::Result<()> {
        for (number, one) in told.iter().enumerate() {
            let same = |other: &&Told| other.sentence == one.sentence;
            if told.get(..number).is_some_and(|before| before.iter().any(|other| same(&other))) {
                continue;
            }
            self.item(&one.sentence, Some(one.site.used))?;
            for other in told.get(number + 1..).unwrap_or_default().iter().filter(same) {
                self.place(other.site.used, 4)?;
            }
        }
        Ok(())
    }

    /// How many people are reached who did not ask, on which assumptions, by what.
    fn reach(&mut self, reach: &Reach, all_known: bool) -> io::Result<()> {
        self.heading("How many people it reaches")?;
        let assumed = reach.assuming();
        let said = reach.said(all_known);
        if !reach.is_counted() && !reach.unsaid {
            if let Some(said) = said {
                self.paragraph(&said, "  ")?;
            }
            return self.named(reach, &assumed);
        }
        let many = said.unwrap_or_default();
        // What is assumed may concern those who are named, too, and stands behind both.
        let here = if reach.named.is_empty() { assumed.as_str() } else { "" };
        self.paragraph(&format!("{many} {here}"), "  ")?;
        for contributor in reach.contributors.iter().chain(&reach.open) {
            let share = if contributor.per_day.is_infinite() && contributor.unknown {
                "up to a number that is filled in later".to_owned()
            } else if contributor.per_day.is_infinite() {
                "without limit".to_owned()
            } else {
                format!("up to {} a day", amount(contributor.per_day.ceil()))
            };
            self.item(&format!("{share}: it {}", contributor.deed), Some(contributor.site.used))?;
        }
        self.named(reach, &assumed)
    }

    /// Whom it names in front of others. They get no message, and others read about them.
    fn named(&mut self, reach: &Reach, assumed: &str) -> io::Result<()> {
        if reach.named.is_empty() {
            return Ok(());
        }
        self.paragraph("In front of others it names people:", "  ")?;
        for contributor in &reach.named {
            let share = match contributor.per_day {
                0.0 => "now and then".to_owned(),
                many if many.is_infinite() => "without limit".to_owned(),
                many => format!("up to {} a day", amount(many.ceil())),
            };
            self.item(&format!("{share}: it {}", contributor.deed), Some(contributor.site.used))?;
        }
        if assumed.is_empty() { Ok(()) } else { self.paragraph(assumed, "  ") }
    }

    /// How often it does what people notice, as `lint` counts it.
    fn rates<'r>(&mut self, rates: impl Iterator<Item = &'r DailyRate>) -> io::Result<()> {
        let told: Vec<String> =
            rates.map(|rate| format!("up to {} {} a day", shown(rate.per_day), rate.unit)).collect();
        if told.is_empty() {
            return Ok(());
        }
        self.heading("How often it does so")?;
        self.paragraph(&format!("Taken together: {}.", listed(&told, "and")), "  ")
    }

    fn circle(&mut self, circle: &Circle) -> io::Result<()> {
        self.paragraph(&circle.words, "  ")?;
        let account = circle.steps.first().map(|step| step.account.clone());
        let alone = circle.steps.iter().all(|step| Some(&step.account) == account.as_ref());
        for (number, step) in circle.steps.iter().enumerate() {
            let again = if number + 1 == circle.steps.len() { ", and so on from the start" } else { "" };
            let who = if alone { "it" } else { step.account.as_str() };
            let said = format!("{who} {}, {}{again}", step.deed, step.then);
            self.marked(&format!("{}.", number + 1), &said, Some(step.site.used))?;
        }
        Ok(())
    }

    /// Settings of which nothing was made: whoever reads the rest must know that there is more.
    fn not_understood(&mut self, run: &Run<'_>) -> io::Result<()> {
        let mut unknown: Vec<_> =
            run.coverage.iter().flat_map(|coverage| coverage.shortest_first()).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        unknown.sort_by_cached_key(|(path, site)| (path.chars().count(), *site));
        self.heading("What was not understood")?;
        for (path, site) in unknown.iter().take(FEW) {
            let place = line_of(self.sources, site.used);
            let place = place.map_or(String::new(), |(file, line)| format!(" ({file}:{line})"));
            self.item(&format!("{}{place}", one_line(path)), None)?;
        }
        match unknown.len().saturating_sub(FEW) {
            0 => Ok(()),
            more => self.paragraph(&format!("and {more} more"), "  "),
        }
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        if self.style.color {
            writeln!(self.out, "\n  {}", text.underline())
        } else {
            writeln!(self.out, "\n  {text}:")
        }
    }

    fn paragraph(&mut self, text: &str, indent: &str) -> io::Result<()> {
        let width = self.width().saturating_sub(indent.len());
        wrap(text, width).iter().try_for_each(|line| writeln!(self.out, "{indent}{line}"))
    }

    /// An item of a list, with its place below.
    fn item(&mut self, text: &str, place: Option<Place>) -> io::Result<()> {
        let mark = if self.style.unicode { "•" } else { "-" };
        self.marked(mark, text, place)
    }

    fn marked(&mut self, mark: &str, text: &str, place: Option<Place>) -> io::Result<()> {
        let indent = mark.chars().count() + 3;
        for (number, line) in wrap(text, self.width().saturating_sub(indent)).iter().enumerate() {
            let start = if number == 0 { format!("  {mark} ") } else { " ".repeat(indent) };
            writeln!(self.out, "{start}{line}")?;
        }
        place.map_or(Ok(()), |place| self.place(place, indent))
    }

    fn place(&mut self, place: Place, indent: usize) -> io::Result<()> {
        let Some((path, line)) = line_of(self.sources, place) else { return Ok(()) };
        let place = one_line(&format!("{path}:{line}"));
        if self.style.color {
            writeln!(self.out, "{:indent$}{}", "", place.dimmed())
        } else {
            writeln!(self.out, "{:indent$}{place}", "")
        }
    }

    fn width(&self) -> usize {
        self.style.width.min(WIDEST)
    }
}
