//! A plain table for people: columns as wide as their widest cell, cells safe to show.

use std::io::{self, Write};

use botiquette::report::one_line;

/// Writes the heading and the rows. The last column is not padded.
pub(super) fn write<const N: usize>(
    heading: [&str; N],
    rows: &[[String; N]],
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
    for row in cells {
        let line: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        writeln!(out, "{}", line.join("  ").trim_end())?;
    }
    Ok(())
}
