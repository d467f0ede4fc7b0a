//! `describe --checklist`: what a bot does well, as a checklist with a score. Never a finding.

use std::io::{self, Write};

use botiquette::hygiene::{Checklist, State};
use botiquette::report::{one_line, wrap};
use serde::Serialize;

pub(super) fn write_text(
    checklists: &[Checklist],
    unicode: bool,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if checklists.is_empty() {
        return writeln!(out, "no account does anything, so there is nothing to check");
    }
    for (number, checklist) in checklists.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", one_line(&checklist.account))?;
        for (line, state) in &checklist.lines {
            let mark = mark(*state, unicode);
            let says = wrap(&format!("{} ({})", line.says, line.weight), width.saturating_sub(9));
            for (number, row) in says.iter().enumerate() {
                match number {
                    0 => writeln!(out, "  {mark} {:<4} {row}", line.id)?,
                    _ => writeln!(out, "         {row}")?,
                }
            }
            if *state == State::Absent {
                for row in wrap(line.advice, width.saturating_sub(13)) {
                    writeln!(out, "           {row}")?;
                }
            }
        }
        let [absent, not_stated, not_applicable] =
            [State::Absent, State::NotStated, State::NotApplicable].map(|state| checklist.count(state));
        match checklist.percent().filter(|_| not_applicable * 2 <= checklist.lines.len()) {
            Some(percent) => {
                let (earned, possible) = (checklist.earned(), checklist.possible());
                writeln!(out, "score: {earned} of {possible} ({percent} %)")?;
            }
            None => writeln!(out, "score: none, most lines do not apply")?,
        }
        writeln!(out, "lines: {absent} absent, {not_stated} not stated, {not_applicable} not applicable")?;
    }
    let marks = [State::Present, State::Absent, State::NotStated].map(|state| mark(state, unicode));
    let [present, absent, not_stated] = marks;
    let legend = format!(
        "{present} there, {absent} absent, {not_stated} not stated, unmarked: does not apply; the number in brackets \
         is what a line counts for in the score"
    );
    writeln!(out)?;
    wrap(&legend, width).iter().try_for_each(|row| writeln!(out, "{row}"))
}

const fn mark(state: State, unicode: bool) -> char {
    match (state, unicode) {
        (State::Present, true) => '✔',
        (State::Present, false) => '+',
        (State::Absent, true) => '✘',
        (State::Absent, false) => '-',
        (State::NotStated, _) => '?',
        (State::NotApplicable, _) => ' ',
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    accounts: Vec<Account<'a>>,
}

#[derive(Serialize)]
struct Account<'a> {
    account: &'a str,
    earned: u32,
    possible: u32,
    percent: Option<u32>,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: &'static str,
    weight: u32,
    state: &'static str,
    says: &'static str,
    advice: &'static str,
}

/// The checklists as they are written for machines.
pub(super) fn document(checklists: &[Checklist]) -> impl Serialize + '_ {
    let accounts = checklists.iter().map(|checklist| Account {
        account: &checklist.account,
        earned: checklist.earned(),
        possible: checklist.possible(),
        percent: checklist.percent(),
        lines: checklist
            .lines
            .iter()
            .map(|(line, state)| Line {
                id: line.id,
                weight: line.weight,
                state: state.name(),
                says: line.says,
                advice: line.advice,
            })
            .collect(),
    });
    Document { schema: "botiquette-checklist/1", accounts: accounts.collect() }
}
