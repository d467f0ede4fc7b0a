//! A comparison as a comment on a pull request: short sentences, the rest folded. It begins with a comment that never
//! changes, by which whoever posts it finds the comment to replace.

use std::io::{self, Write};

use botiquette::compare::{AccountChange, Change, FindingChange, Statement, Version};
use botiquette::report::{escape_markdown as escape, rule_page};
use botiquette::source::Place;

use super::Run;
use super::text::{NOTHING, counts, heading, title};

/// By this an earlier comment is found.
const MARKER: &str = "<!-- botiquette-diff -->";

/// A comment with more lines is read by nobody, and GitHub takes no more than 65536 characters.
const MOST_LINES: usize = 60;

/// Longer sentences are cut, for the same reason.
const LONGEST: usize = 400;

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARKER}\n### What this change does to people\n")?;
    let comparison = &run.comparison;
    if comparison.is_empty() {
        writeln!(out, "{NOTHING}")?;
    }
    let mut left = MOST_LINES;
    for account in &comparison.accounts {
        self::account(run, account, &mut left, out)?;
    }
    let findings = &comparison.findings;
    if !findings.changes.is_empty() {
        writeln!(out, "**Findings:** {}\n", escape(&counts(findings)))?;
        for change in findings.changes.iter().take(MOST_LINES) {
            writeln!(out, "{}", finding(run, change))?;
        }
        more(findings.changes.len().saturating_sub(MOST_LINES), out)?;
        writeln!(out)?;
    }
    for remark in &run.remarks {
        writeln!(out, "> {}\n", escape(&short(remark)))?;
    }
    Ok(())
}

/// What changes for an account; `left` is how many lines there is room for.
fn account(run: &Run<'_>, account: &AccountChange, left: &mut usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**{}**\n", escape(&short(&heading(account))))?;
    let told = account.statements.len().min(*left);
    *left -= told;
    for statement in account.statements.iter().take(told) {
        writeln!(out, "- {} {}", sign(statement.change), escape(&short(&statement.text)))?;
    }
    more(account.statements.len() - told, out)?;
    let with_more = |statement: &&Statement| !statement.details.is_empty() || statement.at.is_some();
    let folded: Vec<&Statement> = account.statements.iter().take(told).filter(with_more).collect();
    if !folded.is_empty() {
        writeln!(out, "\n<details><summary>In full, with places</summary>\n")?;
        for statement in folded {
            writeln!(out, "- {}{}", escape(&short(&statement.text)), place_of(run, statement))?;
            for detail in &statement.details {
                writeln!(out, "  - {}", escape(&short(detail)))?;
            }
        }
        writeln!(out, "\n</details>")?;
    }
    writeln!(out)
}

const fn sign(change: Change) -> &'static str {
    match change {
        Change::New => "**new:**",
        Change::Gone => "**gone:**",
        Change::Changed => "**changed:**",
    }
}

fn finding(run: &Run<'_>, change: &FindingChange<'_>) -> String {
    let finding = change.finding;
    let place = code(run, change.version(), finding.primary.place);
    let page = rule_page(&finding.rule, &finding.family);
    let page = page.map_or_else(String::new, |page| format!(" ([why]({page}))"));
    let fate = match change.fate {
        botiquette::compare::Fate::New => "**new:** ",
        botiquette::compare::Fate::Worse => "**worse:** ",
        botiquette::compare::Fate::Gone => "**gone:** ",
        _ => "",
    };
    format!("- {fate}{}{place}{page}", escape(&short(&title(change))))
}

fn place_of(run: &Run<'_>, statement: &Statement) -> String {
    statement.at.map_or_else(String::new, |(version, site)| code(run, version, site.used))
}

fn code(run: &Run<'_>, version: Version, place: Place) -> String {
    let place = run.line_of(version, place);
    place.map_or_else(String::new, |(path, line)| format!(" <code>{}:{line}</code>", escape(&short(&path))))
}

fn more(count: usize, out: &mut dyn Write) -> io::Result<()> {
    if count == 0 { Ok(()) } else { writeln!(out, "- … and {count} more") }
}

/// The text, cut where it is very long.
fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
