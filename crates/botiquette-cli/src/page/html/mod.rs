//! The page itself. Whatever comes from a configuration goes through [`text::text`] or [`text::code`] and is text;
//! nothing of it becomes a link, an attribute or a style.

mod account;
mod findings;
mod style;
mod text;

use std::io::{self, Write};

use botiquette::describe::line_of;
use botiquette::report::guarded;
use botiquette::source::Place;

use super::Page;
use account::account;
use findings::findings;
use style::{STYLE, STYLE_DIGEST};
use text::{percent, text};

/// Findings and automations of one account that a page tells one by one.
const MOST: usize = 200;

/// Writes the page.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut html = Vec::new();
    whole(page, &mut html)?;
    // A last look, as at everything that people read.
    out.write_all(guarded(&String::from_utf8_lossy(&html), false).as_bytes())
}

fn whole(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; img-src data:; base-uri 'none'; form-action 'none'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
    writeln!(out, "<title>What these bots do</title>\n<style>{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<h1>What these bots do</h1>")?;
    writeln!(out, "<p class=\"faint\">{}</p>", text(&summary(page)))?;
    if let Some(picture) = &page.picture {
        writeln!(
            out,
            "<p><img alt=\"Who sets off whom; in words below\" src=\"data:image/svg+xml,{}\"></p>",
            percent(picture)
        )?;
    }
    for (description, checklist, findings) in &page.accounts {
        account(page, description, checklist.as_ref(), findings, out)?;
    }
    if !page.of_files.is_empty() {
        writeln!(out, "<h2>In the files</h2>")?;
        findings(page, &page.of_files, out)?;
    }
    writeln!(out, "</body>\n</html>")
}

fn summary(page: &Page<'_>) -> String {
    let summary = page.outcome.report.summary();
    let counted = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    };
    format!(
        "{} in {}: {}, {}, {}.",
        counted(page.accounts.len(), "account"),
        counted(summary.files, "file"),
        counted(summary.errors, "error"),
        counted(summary.warnings, "warning"),
        counted(summary.infos, "hint")
    )
}

fn at(page: &Page<'_>, place: Place) -> String {
    let place = line_of(&page.outcome.sources, place);
    place.map_or_else(String::new, |(path, line)| {
        format!(" <span class=\"place\">{}</span>", text(&format!("{path}:{line}")))
    })
}

fn more(count: usize, out: &mut dyn Write) -> io::Result<()> {
    match count.saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "<li>and {more} more</li>"),
    }
}
