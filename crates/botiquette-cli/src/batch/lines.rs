//! Reads lines from a stream and holds no more of them than is needed; and sets of line numbers.

use std::collections::BTreeMap;
use std::io::{self, BufRead, ErrorKind};

/// A line without its line break.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its first bytes, as many as are wanted.
    pub(super) bytes: Vec<u8>,
    /// How many bytes it has.
    pub(super) length: u64,
    /// Whether a line break ends it, as opposed to the end of the stream.
    pub(super) is_whole: bool,
}

/// The next line, with at most so many of its bytes; none at the end of the stream.
///
/// # Errors
/// What the system says.
pub(super) fn next(input: &mut impl BufRead, most: usize) -> io::Result<Option<Line>> {
    let mut line = Line::default();
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            return Ok((line.length > 0).then_some(line));
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        let wanted = part.len().min(most.saturating_sub(line.bytes.len()));
        line.bytes.extend_from_slice(part.get(..wanted).unwrap_or_default());
        line.length = line.length.saturating_add(part.len() as u64);
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            line.is_whole = true;
            return Ok(Some(line));
        }
    }
}

/// Numbers of lines. Those that follow each other take no more room than one.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// First and last of each run.
    runs: BTreeMap<u64, u64>,
}

impl Numbers {
    pub(super) fn contains(&self, number: u64) -> bool {
        self.runs.range(..=number).next_back().is_some_and(|(_, last)| *last >= number)
    }

    pub(super) fn add(&mut self, number: u64) {
        if self.contains(number) {
            return;
        }
        let after = number.checked_add(1).and_then(|next| self.runs.remove(&next));
        let last = after.unwrap_or(number);
        match self.runs.range_mut(..number).next_back() {
            Some((_, before)) if before.checked_add(1) == Some(number) => *before = last,
            _ => drop(self.runs.insert(number, last)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_length_and_no_more_bytes_than_wanted() {
        let mut input = io::BufReader::with_capacity(3, &b"abcdefg\n\nab\r\nend"[..]);
        let mut seen = Vec::new();
        while let Some(line) = next(&mut input, 4).unwrap() {
            seen.push((String::from_utf8(line.bytes).unwrap(), line.length, line.is_whole));
        }
        let expected = [("abcd", 7, true), ("", 0, true), ("ab\r", 3, true), ("end", 3, false)];
        assert_eq!(seen, expected.map(|(text, length, whole)| (text.to_owned(), length, whole)));
    }

    #[test]
    fn numbers_that_follow_each_other_are_one_run() {
        let mut numbers = Numbers::default();
        for number in [1, 2, 5, 4, 3, 9, 7, 8, 2] {
            numbers.add(number);
        }
        assert_eq!(numbers.runs, BTreeMap::from([(1, 5), (7, 9)]));
        let held: Vec<u64> = (0..12).filter(|number| numbers.contains(*number)).collect();
        assert_eq!(held, [1, 2, 3, 4, 5, 7, 8, 9]);
        numbers.add(u64::MAX);
        assert!(numbers.contains(u64::MAX) && !numbers.contains(u64::MAX - 1));
    }
}
