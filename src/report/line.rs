//! Lays out one line of a file: makes it safe, expands tabs, cuts it around its marks and keeps
//! the marks on the same characters. Knows columns; knows nothing of files or findings.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use super::text;

const TAB: usize = 4;

/// Labels narrower than this are wrapped no further.
const NARROWEST_LABEL: usize = 18;

/// An underlined byte range of a line and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: String,
    /// Whether it is the place the finding is reported at.
    pub(super) main: bool,
}

/// A line as it is shown, and its marks there: sorted, without overlaps.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
}

impl Line {
    /// Lays out `raw`, whose marks are byte ranges of it, in at most `room` columns.
    pub(super) fn new(raw: &str, marks: &[Mark], room: usize, unicode: bool) -> Self {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        let shown = Shown::new(raw, window_start(raw, marks, room), room, if unicode { "…" } else { "..." });
        let moved = marks.iter().map(|mark| Mark {
            start: shown.place(mark.start),
            end: shown.place(mark.end),
            ..mark.clone()
        });
        let mut marks = untangle(moved.collect(), &shown.text);
        for mark in &mut marks {
            let before = shown.text.get(..mark.start).map_or(0, columns);
            let stem = before + shown.text.get(mark.start..mark.end).map_or(0, columns) / 2;
            let space = room.saturating_sub(stem + "╰── ".chars().count());
            mark.text = text::wrap(&mark.text, space.max(NARROWEST_LABEL)).join("\n");
        }
        Self { text: shown.text, marks }
    }
}

/// Whether `raw` can be shown whole.
pub(super) fn fits(raw: &str, room: usize) -> bool {
    let mut column = 0;
    raw.chars().all(|character| {
        column += columns(&piece(character, column));
        column <= room
    })
}

/// Where to begin so that the marks are seen, with some of what stands before them.
fn window_start(raw: &str, marks: &[Mark], room: usize) -> usize {
    let (Some(first), Some(last)) =
        (marks.iter().map(|mark| mark.start).min(), marks.iter().map(|mark| mark.end).max())
    else {
        return 0;
    };
    if fits(raw, room) {
        return 0;
    }
    let marked = raw.get(first..last).unwrap_or("").chars().take(room).map(|c| columns(&piece(c, 0))).sum();
    let mut lead = room.saturating_sub(marked) / 3;
    let before = raw.get(..first).unwrap_or("");
    for (offset, character) in before.char_indices().rev() {
        let width = columns(&piece(character, 0)).max(1);
        if width > lead {
            return offset + character.len_utf8();
        }
        lead -= width;
    }
    0
}

/// The visible part of a line, and where each of its characters went.
struct Shown {
    text: String,
    /// Offset in the raw line, offset in `text`: one pair per character and one for the end.
    places: Vec<(usize, usize)>,
}

impl Shown {
    fn new(raw: &str, from: usize, room: usize, ellipsis: &str) -> Self {
        let mut text = String::new();
        if from > 0 {
            text.push_str(ellipsis);
        }
        let mut places = vec![(from, text.len())];
        let mut column = columns(&text);
        // The last place from which an ellipsis still fits.
        let mut cut = 0;
        for (offset, character) in raw.get(from..).unwrap_or("").char_indices() {
            let piece = piece(character, column);
            column += columns(&piece);
            // Characters without a width must not make a line endless.
            if column > room || places.len() > 4 * room {
                places.truncate(cut + 1);
                text.truncate(places.last().map_or(0, |&(_, shown)| shown));
                text.push_str(ellipsis);
                break;
            }
            text.push_str(&piece);
            places.push((from + offset + character.len_utf8(), text.len()));
            if column + columns(ellipsis) <= room {
                cut = places.len() - 1;
            }
        }
        Self { text, places }
    }

    /// Where a place of the raw line is shown; places that are cut off are at the nearest edge.
    fn place(&self, raw: usize) -> usize {
        let index = self.places.partition_point(|&(offset, _)| offset < raw);
        self.places.get(index).or(self.places.last()).map_or(0, |&(_, shown)| shown)
    }
}

/// How a character is shown at a column. Emoji selectors and skin tones are left out: terminals disagree on the
/// width of what they form, and underlines would miss.
fn piece(character: char, column: usize) -> Cow<'static, str> {
    match character {
        '\t' => " ".repeat(TAB - column % TAB).into(),
        '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => "".into(),
        unsafe_one if text::is_unsafe(unsafe_one) => unsafe_one.escape_unicode().to_string().into(),
        harmless => harmless.to_string().into(),
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// Makes overlapping marks readable: those of one place speak together, and the wider of two
/// keeps what stands before the narrower.
fn untangle(mut marks: Vec<Mark>, text: &str) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<Mark> = Vec::new();
    for mut mark in marks {
        if let Some(last) = apart.last_mut() {
            if (last.start, last.end) == (mark.start, mark.end) {
                last.text = [last.text.as_str(), &mark.text].join("; ");
                last.main |= mark.main;
                continue;
            }
            if last.start < mark.start {
                let kept = text.get(last.start..mark.start.min(last.end)).unwrap_or("").trim_end();
                last.end = last.start + kept.len();
            } else {
                mark.start = mark.start.max(last.end);
                mark.end = mark.end.max(mark.start);
            }
        }
        apart.push(mark);
    }
    apart
}
