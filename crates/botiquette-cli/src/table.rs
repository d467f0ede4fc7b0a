//! A plain table for people: columns as wide as their widest cell, cells safe to show, and, if a width is given, a
//! last column that wraps.

use std::io::{self, Write};

use botiquette::report::{one_line, wrap};

/// The last column keeps at least this much, however narrow the terminal.
const NARROWEST: usize = 24;

/// Writes the heading and the rows. The last column is not padded.
pub(super) fn write<const N: usize>(
    heading: [&str; N],
    rows: &[[String; N]],
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let cells = std::iter::once(heading.map(str::to_owned)).chain(rows.iter().cloned());
    let cells: Vec<[String; N]> = cells.map(|row| row.map(|cell| one_line(&cell))).collect();
    let mut widths = [0; N];
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let before: usize = widths.iter().take(N.saturating_sub(1)).map(|width| width + GAP).sum();
    let room = width.map(|width| width.saturating_sub(before));
    let names = heading.map(str::to_lowercase);
    for (number, row) in cells.into_iter().enumerate() {
        if number == 0 && width.is_some_and(|width| before > width + GAP) {
            continue;
        }
        let Some((last, others)) = row.split_last() else { continue };
        let others: Vec<String> =
            others.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}  ")).collect();
        let line = others.concat();
        match (room, width) {
            (Some(room), _) if room >= NARROWEST => {
                for (number, part) in wrap(last, room).iter().enumerate() {
                    let start = if number == 0 { line.clone() } else { " ".repeat(before) };
                    writeln!(out, "{}", format!("{start}{part}").trim_end())?;
                }
            }
            // No room for the others either: each below the first.
            (Some(_), Some(width)) if before > width + GAP => {
                let Some((first, further)) = row.split_first() else { continue };
                writeln!(out, "{first}")?;
                for (name, cell) in names.iter().skip(1).zip(further) {
                    let parts = wrap(&format!("{name}: {cell}"), width.saturating_sub(INDENT).max(NARROWEST));
                    parts.iter().try_for_each(|part| writeln!(out, "{:INDENT$}{part}", ""))?;
                }
            }
            // No room beside the others: below them.
            (Some(_), Some(width)) => {
                writeln!(out, "{}", line.trim_end())?;
                let parts = wrap(last, width.saturating_sub(INDENT).max(NARROWEST));
                parts.iter().try_for_each(|part| writeln!(out, "{:INDENT$}{part}", ""))?;
            }
            _ => writeln!(out, "{}", format!("{line}{last}").trim_end())?,
        }
    }
    Ok(())
}

/// Columns between two cells.
const GAP: usize = 2;

/// What a last cell is indented by where it stands below the others.
const INDENT: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: Option<usize>) -> String {
        let rows =
            [["follow-ratchet".to_owned(), "follows back whoever follows, and so on for ever".to_owned()]];
        let mut out = Vec::new();
        write(["RULE", "WHAT IT FINDS"], &rows, width, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_that_do_not_fit_stand_below_each_other() {
        let rows = [["a".to_owned(), "long ".repeat(9), "short".to_owned()]];
        let mut out = Vec::new();
        write(["NAME", "SAYS", "IS"], &rows, Some(30), &mut out).unwrap();
        let said = "a\n    says: long long long long\n    long long long long long\n    is: short\n";
        assert_eq!(String::from_utf8(out).unwrap(), said);
    }

    #[test]
    fn the_last_column_fits() {
        let whole = "RULE            WHAT IT FINDS\nfollow-ratchet  follows back whoever follows, and so on for ever\n";
        assert_eq!(table(None), whole);
        assert_eq!(table(Some(120)), whole);
        for width in [25, 40, 44, 60] {
            let table = table(Some(width));
            assert!(table.lines().all(|line| line.chars().count() <= width.max(28)), "{width}\n{table}");
            assert_eq!(
                table.split_whitespace().collect::<Vec<_>>(),
                whole.split_whitespace().collect::<Vec<_>>()
            );
        }
    }
}
