//! `--resume`: which lines an earlier run has already reported, and where this run continues.

use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};
use std::path::Path;

use botiquette::source::spelled;

use super::lines::{Line, Numbers, next};
use crate::Failure;
use crate::files::reopen;

/// How every report begins, up to the number of its line.
const BEGIN: &[u8] = b"{\"line\":";

/// Enough of a report to know its line.
const HEAD: usize = 64;

/// Opens the file, or makes it, to write behind its last report. Half a report at its end, of a run that was ended, is
/// cut off.
///
/// # Errors
/// A file that cannot be written, or that holds something else than reports.
pub(super) fn open(path: &Path) -> Result<(File, Numbers), Failure> {
    let refused = |why: String| Failure::Usage(format!("cannot go on with {}: {why}", spelled(path)));
    let mut file = reopen(path).map_err(|error| refused(error.to_string()))?;
    let (numbers, end) = read(&mut file).map_err(|error| refused(error.to_string()))?;
    file.set_len(end)
        .and_then(|()| file.seek(SeekFrom::Start(end)))
        .map_err(|error| refused(error.to_string()))?;
    Ok((file, numbers))
}

/// The lines that have a report, and where the last whole one ends.
fn read(file: &mut File) -> io::Result<(Numbers, u64)> {
    let mut input = BufReader::new(file);
    let (mut numbers, mut end, mut row) = (Numbers::default(), 0, 0u64);
    while let Some(line) = next(&mut input, HEAD)? {
        row += 1;
        match number(&line) {
            Some(number) if line.is_whole => numbers.add(number),
            None if line.is_whole || !is_begun(&line) => {
                return Err(io::Error::other(format!("line {row} is no report of `botiquette batch`")));
            }
            _ => break,
        }
        end += line.length + 1;
    }
    Ok((numbers, end))
}

/// The number of the line that a report is about.
fn number(line: &Line) -> Option<u64> {
    let rest = line.bytes.strip_prefix(BEGIN)?;
    let digits = rest.split(|byte| *byte == b',').next()?;
    str::from_utf8(digits).ok()?.parse().ok()
}

/// Whether it may be the beginning of a report.
fn is_begun(line: &Line) -> bool {
    let length = line.bytes.len().min(BEGIN.len());
    line.bytes.get(..length) == BEGIN.get(..length)
}
