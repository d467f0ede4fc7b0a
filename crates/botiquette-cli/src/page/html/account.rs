//! What a page says of one account: who it is, what it does, whom it reaches, what feeds itself, good practice.

use std::io::{self, Write};

use botiquette::describe::{Circle, Contributor, Description, Told};
use botiquette::diagnostic::Finding;
use botiquette::hygiene::{Checklist, State};
use botiquette::narrate::{amount, capital};

use super::text::text;
use super::{MOST, Page, at, more};

/// Writes all of it, with the findings about the account.
pub(super) fn account(
    page: &Page<'_>,
    description: &Description,
    checklist: Option<&Checklist>,
    findings: &[&Finding],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "<h2>{}</h2>", text(&description.account))?;
    writeln!(out, "<p>{}</p>", text(&description.who.join(" ")))?;
    told(page, "What it does", &description.does, out)?;
    if !description.does.is_empty() {
        reach(page, description, out)?;
    }
    for circle in &description.circles {
        self::circle(page, circle, out)?;
    }
    told(page, "What is switched off", &description.off, out)?;
    if !description.unknown.is_empty() {
        writeln!(out, "<h3>What could not be known</h3>\n<ul>")?;
        for (site, what) in description.unknown.iter().take(MOST) {
            writeln!(out, "<li>{}{}</li>", text(what), at(page, site.used))?;
        }
        more(description.unknown.len(), out)?;
        writeln!(out, "</ul>")?;
    }
    if !findings.is_empty() {
        writeln!(out, "<h3>Findings</h3>")?;
        super::findings(page, findings, out)?;
    }
    checklist.map_or(Ok(()), |checklist| practice(checklist, out))
}

fn told(page: &Page<'_>, heading: &str, told: &[Told], out: &mut dyn Write) -> io::Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3>{heading}</h3>\n<ul>")?;
    for one in told.iter().take(MOST) {
        writeln!(out, "<li>{}{}</li>", text(&one.sentence), at(page, one.site.used))?;
    }
    more(told.len(), out)?;
    writeln!(out, "</ul>")
}

fn reach(page: &Page<'_>, description: &Description, out: &mut dyn Write) -> io::Result<()> {
    let reach = &description.reach;
    writeln!(out, "<h3>How many people it reaches</h3>")?;
    let said = reach.sentence(description.unknown.is_empty()).unwrap_or_default();
    writeln!(out, "<p>{}</p>", text(&format!("{said} {}", reach.assumptions())))?;
    contributors(page, reach.contributors.iter().chain(&reach.open), out)?;
    if !reach.named.is_empty() {
        writeln!(out, "<p>In front of others it names people:</p>")?;
        contributors(page, reach.named.iter(), out)?;
    }
    Ok(())
}

fn contributors<'c>(
    page: &Page<'_>,
    all: impl Iterator<Item = &'c Contributor>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let items: Vec<String> = all
        .map(|one| {
            let share = match one.per_day {
                many if many.is_infinite() && one.unknown => {
                    "up to a number that is filled in later".to_owned()
                }
                many if many.is_infinite() => "without limit".to_owned(),
                0.0 => "now and then".to_owned(),
                many => format!("up to {} a day", amount(many.ceil())),
            };
            format!("<li>{}{}</li>", text(&format!("{share}: it {}", one.deed)), at(page, one.site.used))
        })
        .collect();
    if items.is_empty() { Ok(()) } else { writeln!(out, "<ul>\n{}\n</ul>", items.join("\n")) }
}

fn circle(page: &Page<'_>, circle: &Circle, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<h3>What feeds itself</h3>\n<p>{}</p>\n<ol>", text(&circle.words))?;
    for step in circle.steps.iter().take(MOST) {
        let said = format!("{} {}, {}", step.account, step.deed, step.then);
        writeln!(out, "<li>{}{}</li>", text(&said), at(page, step.site.used))?;
    }
    writeln!(out, "</ol>")
}

fn practice(checklist: &Checklist, out: &mut dyn Write) -> io::Result<()> {
    let applies: Vec<_> =
        checklist.lines.iter().filter(|(_, state)| *state != State::NotApplicable).collect();
    writeln!(
        out,
        "<h3>Good practice</h3>\n<p class=\"faint\">{} of {} points</p>\n<table>",
        checklist.earned(),
        checklist.possible()
    )?;
    for (line, state) in applies {
        let (class, word) = match state {
            State::Present => ("present", "shown"),
            State::Absent => ("absent", "absent"),
            State::NotStated | State::NotApplicable => ("open", "not stated"),
        };
        writeln!(
            out,
            "<tr class=\"{class}\"><td class=\"state\">{word}</td><td>{}</td></tr>",
            text(&capital(line.says))
        )?;
    }
    writeln!(out, "</table>")
}
