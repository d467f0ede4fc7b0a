//! A comparison for people: paragraphs that fit the terminal.

use std::io::{self, Write};

use botiquette::compare::{AccountChange, Change, Fate, FindingChange, FindingChanges, Version};
use botiquette::report::{Style, one_line, wrap};
use botiquette::source::Place;
use owo_colors::OwoColorize;

use super::Run;

/// Lines longer than this are hard to read.
const WIDEST: usize = 96;

/// What is said where nothing changes.
pub(super) const NOTHING: &str = "Nothing changes for people, as far as the files tell.";

pub(super) fn write(run: &Run<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { out, run, style: *style };
    let comparison = &run.comparison;
    if comparison.is_empty() {
        writeln!(page.out, "{NOTHING}")?;
    }
    for (number, account) in comparison.accounts.iter().enumerate() {
        if number > 0 {
            writeln!(page.out)?;
        }
        page.account(account)?;
    }
    if !comparison.findings.changes.is_empty() {
        if !comparison.accounts.is_empty() {
            writeln!(page.out)?;
        }
        page.findings(&comparison.findings)?;
    }
    if !run.remarks.is_empty() {
        writeln!(page.out)?;
        for remark in &run.remarks {
            page.paragraph(&format!("Note: {remark}"), "")?;
        }
    }
    Ok(())
}

/// What an account's name stands with.
pub(super) fn heading(account: &AccountChange) -> String {
    let beside = match (account.change, &account.before) {
        (Change::New, _) => " (a new account)".to_owned(),
        (Change::Gone, _) => " (the account is gone)".to_owned(),
        (Change::Changed, Some(before)) => format!(" (before: {})", one_line(before)),
        (Change::Changed, None) => String::new(),
    };
    format!("{}{beside}", one_line(&account.account))
}

/// `2 new, 1 gone, 3 stay as they were`.
pub(super) fn counts(findings: &FindingChanges<'_>) -> String {
    const WORDS: [(Fate, &str); 7] = [
        (Fate::New, "new"),
        (Fate::Worse, "more severe"),
        (Fate::Uncovered, "no longer part of a stronger one"),
        (Fate::Milder, "less severe"),
        (Fate::Covered, "part of a stronger one now"),
        (Fate::Silenced, "suppressed now"),
        (Fate::Gone, "gone"),
    ];
    let count = |fate| findings.changes.iter().filter(|change| change.fate == fate).count();
    let mut said: Vec<String> = WORDS
        .iter()
        .map(|(fate, words)| (count(*fate), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    match findings.stay {
        0 => {}
        1 => said.push("1 stays as it was".to_owned()),
        stay => said.push(format!("{stay} stay as they were")),
    }
    said.join(", ")
}

/// `error[follow-ratchet]: following feeds itself`, with what it was before where that differs.
pub(super) fn title(change: &FindingChange<'_>) -> String {
    let finding = change.finding;
    let beside = match (change.fate, change.before) {
        (Fate::Worse | Fate::Milder, Some(before)) => format!(" (before: {before})"),
        (Fate::Silenced, _) => " (suppressed now)".to_owned(),
        (Fate::Covered, _) => " (a note of a stronger one now)".to_owned(),
        (Fate::Uncovered, _) => " (a note of a stronger one before)".to_owned(),
        (Fate::New, Some(_)) => " (no longer suppressed)".to_owned(),
        _ => String::new(),
    };
    format!("{}[{}]: {}{beside}", finding.severity, finding.rule, one_line(&finding.title))
}

struct Page<'p, 'r> {
    out: &'p mut dyn Write,
    run: &'p Run<'r>,
    style: Style,
}

impl Page<'_, '_> {
    fn account(&mut self, account: &AccountChange) -> io::Result<()> {
        let heading = heading(account);
        if self.style.color {
            writeln!(self.out, "{}", heading.bold())?;
        } else {
            writeln!(self.out, "{heading}")?;
        }
        for statement in &account.statements {
            self.marked(statement.change, &statement.text)?;
            for detail in &statement.details {
                self.paragraph(detail, "    ")?;
            }
            if let Some((version, site)) = statement.at {
                self.place(version, site.used)?;
            }
        }
        Ok(())
    }

    fn findings(&mut self, findings: &FindingChanges<'_>) -> io::Result<()> {
        self.paragraph(&format!("Findings: {}.", counts(findings)), "")?;
        for change in &findings.changes {
            let mark = match change.fate {
                Fate::New | Fate::Worse => Change::New,
                Fate::Gone => Change::Gone,
                Fate::Milder | Fate::Silenced | Fate::Covered | Fate::Uncovered => Change::Changed,
            };
            self.marked(mark, &title(change))?;
            self.place(change.version(), change.finding.primary.place)?;
        }
        Ok(())
    }

    /// A statement behind the sign of its direction.
    fn marked(&mut self, change: Change, text: &str) -> io::Result<()> {
        let mark = match change {
            Change::New => "+",
            Change::Gone => "-",
            Change::Changed => "~",
        };
        let mark = match (self.style.color, change) {
            (false, _) => mark.to_owned(),
            (true, Change::New) => mark.green().to_string(),
            (true, Change::Gone) => mark.red().to_string(),
            (true, Change::Changed) => mark.yellow().to_string(),
        };
        for (number, line) in wrap(text, self.width().saturating_sub(4)).iter().enumerate() {
            let start = if number == 0 { format!("  {mark} ") } else { "    ".to_owned() };
            writeln!(self.out, "{start}{line}")?;
        }
        Ok(())
    }

    fn paragraph(&mut self, text: &str, indent: &str) -> io::Result<()> {
        let width = self.width().saturating_sub(indent.len());
        wrap(text, width).iter().try_for_each(|line| writeln!(self.out, "{indent}{line}"))
    }

    fn place(&mut self, version: Version, place: Place) -> io::Result<()> {
        let Some((path, line)) = self.run.line_of(version, place) else { return Ok(()) };
        let place = one_line(&format!("{path}:{line}"));
        if self.style.color {
            writeln!(self.out, "    {}", place.dimmed())
        } else {
            writeln!(self.out, "    {place}")
        }
    }

    fn width(&self) -> usize {
        self.style.width.min(WIDEST)
    }
}
