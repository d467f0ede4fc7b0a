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

/// A comment with more lines is read by nobody.
const MOST_LINES: usize = 60;

/// GitHub takes no more than 65536 characters: so many for accounts, and so many for findings and remarks.
const ROOM_OF_ACCOUNTS: usize = 36_000;
const ROOM_OF_FINDINGS: usize = 18_000;

/// Longer sentences are cut, for the same reason.
const LONGEST: usize = 400;

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARKER}\n### What this change does to people\n")?;
    let comparison = &run.comparison;
    if comparison.is_empty() {
        writeln!(out, "{NOTHING}")?;
    }
    accounts(run, out)?;
    let findings = &comparison.findings;
    if !findings.changes.is_empty() {
        writeln!(out, "**Findings:** {}\n", escape(&counts(findings)))?;
    }
    let lines = findings.changes.iter().map(|change| finding(run, change));
    let mut room = ROOM_OF_FINDINGS;
    let told: Vec<String> = lines.take(MOST_LINES).take_while(|line| fits(line, &mut room)).collect();
    told.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    more(findings.changes.len() - told.len(), out)?;
    if !findings.changes.is_empty() {
        writeln!(out)?;
    }
    let remarks = run.remarks.iter().map(|remark| format!("> {}\n", escape(&short(remark))));
    let told: Vec<String> = remarks.take_while(|remark| fits(remark, &mut room)).collect();
    told.iter().try_for_each(|remark| writeln!(out, "{remark}"))?;
    more(run.remarks.len() - told.len(), out)
}

/// What changes for each account, as long as there is room; what is folded is left out first.
fn accounts(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let all = &run.comparison.accounts;
    let (mut lines, mut room) = (MOST_LINES, ROOM_OF_ACCOUNTS);
    for (number, account) in all.iter().enumerate() {
        let told = account.statements.iter().take(lines).collect::<Vec<_>>();
        let page = in_short(account, &told);
        if (told.is_empty() && !account.statements.is_empty()) || !fits(&page, &mut room) {
            return writeln!(out, "… and {} more accounts\n", all.len() - number);
        }
        lines -= told.len();
        write!(out, "{page}")?;
        let folded = folded(run, &told);
        if fits(&folded, &mut room) {
            write!(out, "{folded}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Whether a text has room, which it takes.
fn fits(text: &str, room: &mut usize) -> bool {
    let left = room.checked_sub(text.chars().count());
    *room = left.unwrap_or(*room);
    left.is_some()
}

/// An account's name, and one line for each statement.
fn in_short(account: &AccountChange, told: &[&Statement]) -> String {
    let mut page = format!("**{}**\n\n", escape(&short(&heading(account))));
    for statement in told {
        page.push_str(&format!("- {} {}\n", sign(statement.change), escape(&short(&statement.text))));
    }
    match account.statements.len() - told.len() {
        0 => page,
        more => format!("{page}- … and {more} more\n"),
    }
}

/// The same with all sentences and places, folded; nothing where there is no more to say.
fn folded(run: &Run<'_>, told: &[&Statement]) -> String {
    if told.iter().all(|statement| statement.details.is_empty() && statement.at.is_none()) {
        return String::new();
    }
    let mut page = String::from("\n<details><summary>In full, with places</summary>\n\n");
    for statement in told {
        page.push_str(&format!("- {}{}\n", escape(&short(&statement.text)), place_of(run, statement)));
        for detail in &statement.details {
            page.push_str(&format!("  - {}\n", escape(&short(detail))));
        }
    }
    page.push_str("\n</details>\n");
    page
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
