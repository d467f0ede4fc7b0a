//! Chooses what a finding shows of its files: a few lines around its labels, each label reduced
//! to one line. Only these excerpts reach the renderer, so a large file costs no more than a
//! small one.

use super::line::{self, Line, Mark};
use super::{Style, location};
use crate::diagnostic::{Finding, Label};
use crate::source::{SourceFile, Sources, boundary};

/// Labels of one file share an excerpt when at most this many lines apart.
const NEAR: usize = 3;

/// More places than this tire the reader; the rest are counted.
const MOST_LABELS: usize = 9;

/// Excerpts keep this many columns of text, however narrow the terminal.
const NARROWEST: usize = 20;

/// A label whose first lines are all punctuation is not searched further than this.
const MOST_LINES_BEFORE_WORDS: usize = 3;

/// A few lines of a file, as they are shown.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// `path:line:column` of its most important label.
    pub(super) location: String,
    /// The number of its first line, from 1.
    pub(super) first_line: usize,
    /// Columns to indent it by, so that the frames of all excerpts stand below each other.
    pub(super) indent: usize,
    /// Safe text; every line ends with a line feed.
    pub(super) text: String,
    /// What is underlined: byte ranges of `text`, within one line each, sorted, without overlaps.
    pub(super) marks: Vec<Mark>,
}

/// The excerpts of a finding, the most important first, and how many labels are left out.
pub(super) fn excerpts(finding: &Finding, sources: &Sources, style: &Style) -> (Vec<Excerpt>, usize) {
    let labels = labels(finding);
    let left_out = labels.len().saturating_sub(MOST_LABELS);
    let mut spots: Vec<Spot> = labels
        .into_iter()
        .take(MOST_LABELS)
        .enumerate()
        .filter_map(|(rank, label)| Some(Spot::new(rank, label, sources.get(label.place.file)?)))
        .collect();
    spots.sort_by_key(|spot| (spot.label.place.file, spot.line, spot.start, spot.end));

    let number_width = spots.iter().map(|spot| digits(spot.line)).max().unwrap_or(1);
    // What ` 12 │ ` leaves of the width.
    let room = style.width.saturating_sub(number_width + 4).max(NARROWEST);

    let mut groups: Vec<Vec<Spot>> = Vec::new();
    for spot in spots {
        match groups.last_mut() {
            Some(group) if spot.joins(group, room) => group.push(spot),
            _ => groups.push(vec![spot]),
        }
    }
    groups.sort_by_key(|group| group.iter().map(|spot| spot.rank).min());
    let excerpts =
        groups.iter().filter_map(|group| excerpt(group, sources, number_width, room, style.unicode));
    (excerpts.collect(), left_out)
}

/// Main place, hops of the cycle, further places; each only once.
fn labels(finding: &Finding) -> Vec<&Label> {
    let mut labels: Vec<&Label> = Vec::new();
    for label in std::iter::once(&finding.primary).chain(&finding.hops).chain(&finding.related) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// A label, reduced to the line that is underlined.
struct Spot<'a> {
    /// Its rank among the labels of the finding; 0 is the main one.
    rank: usize,
    label: &'a Label,
    text: &'a str,
    /// The first line to show, and the line that is underlined, from 1.
    top: usize,
    line: usize,
    /// Where the first line to show begins, in bytes.
    top_start: usize,
    /// The bytes that are underlined.
    start: usize,
    end: usize,
}

impl<'a> Spot<'a> {
    fn new(rank: usize, label: &'a Label, file: &'a SourceFile) -> Self {
        let text = file.text();
        let span = label.place.span;
        let begin = boundary(text, span.start as usize);
        let (start, end) = telling_line(text, begin, boundary(text, span.end as usize).max(begin));
        let mut top_start = line_start(text, begin);
        let mut top = file.position(top_start as u32).line as usize;
        let line = top + text.get(top_start..start).unwrap_or("").matches('\n').count();
        // An empty line alone shows nothing: the line before says where it is.
        if top == line && top > 1 && text.get(top_start..line_end(text, start)).is_some_and(is_blank) {
            top_start = line_start(text, top_start.saturating_sub(1));
            top -= 1;
        }
        Self { rank, label, text, top, line, top_start, start, end }
    }

    /// Whether it is shown in the same excerpt as these, which stand before it.
    fn joins(&self, group: &[Self], room: usize) -> bool {
        let near = group.last().is_some_and(|last| {
            last.label.place.file == self.label.place.file && self.top <= last.line + NEAR
        });
        let first = group.iter().filter(|other| other.line == self.line).map(|other| other.start).min();
        near && first.is_none_or(|first| {
            let whole = line_start(self.text, first)..line_end(self.text, self.end);
            [whole, first..self.end]
                .into_iter()
                .any(|range| line::fits(self.text.get(range).unwrap_or(""), room))
        })
    }
}

fn excerpt(
    group: &[Spot],
    sources: &Sources,
    number_width: usize,
    room: usize,
    unicode: bool,
) -> Option<Excerpt> {
    let first = group.iter().min_by_key(|spot| spot.top_start)?;
    let last = group.last()?;
    let main = group.iter().min_by_key(|spot| spot.rank)?;
    let mut excerpt = Excerpt {
        location: location(main.label.place, sources),
        first_line: first.top,
        indent: number_width - digits(last.line),
        text: String::new(),
        marks: Vec::new(),
    };
    let mut offset = first.top_start;
    for raw in first.text.get(offset..line_end(first.text, last.end))?.split('\n') {
        let here = offset..=offset + raw.len();
        let marks: Vec<Mark> = group
            .iter()
            .filter(|spot| here.contains(&spot.start))
            .map(|spot| Mark {
                start: spot.start - offset,
                end: spot.end - offset,
                text: spot.label.text.clone(),
                main: spot.rank == 0,
            })
            .collect();
        let line = Line::new(raw, &marks, room, unicode);
        let shift = excerpt.text.len();
        excerpt.marks.extend(line.marks.into_iter().map(|mark| Mark {
            start: mark.start + shift,
            end: mark.end + shift,
            ..mark
        }));
        excerpt.text.push_str(&line.text);
        excerpt.text.push('\n');
        offset += raw.len() + 1;
    }
    Some(excerpt)
}

fn digits(number: usize) -> usize {
    number.to_string().len()
}

/// The part of `start..end` on its first line that says something: not `|`, `{` or `-` alone.
fn telling_line(text: &str, start: usize, end: usize) -> (usize, usize) {
    let mut offset = start;
    let mut first = None;
    for line in text.get(start..end).unwrap_or("").split_inclusive('\n').take(MOST_LINES_BEFORE_WORDS) {
        let begin = offset + line.len() - line.trim_start().len();
        let part = (begin, begin + line.trim().len());
        if line.contains(char::is_alphanumeric) {
            return part;
        }
        if !is_blank(line) {
            first.get_or_insert(part);
        }
        offset += line.len();
    }
    first.unwrap_or((start, start))
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| offset + newline)
}
