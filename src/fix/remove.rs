//! Takes an entry or an item out of a text: its lines where it has lines of its own, else with its comma. Comments
//! stay, but for those within it and the one that follows on its last line.

use super::edit::{Edit, line_end, line_start};
use crate::source::Span;
use crate::syntax::{Change, Role, Slot, Syntax};

/// The edits that take a node out, with its key if it has one; none where that cannot be done by taking bytes away.
pub(super) fn remove<'t>(slot: Slot<'t>) -> Option<(Vec<Edit>, Change<'t>)> {
    let parent = slot.parent()?;
    let extent = slot.member().into_iter().map(Slot::extent).reduce(Span::join)?;
    let edits = match parent.has_brackets() {
        true => from_brackets(slot, parent, extent)?,
        false => vec![lines(slot, extent).or_else(|| head(slot, parent, extent))?],
    };
    Some((edits, Change::Gone(slot)))
}

/// The whole lines of a member that shares them with nothing else.
fn lines(slot: Slot<'_>, extent: Span) -> Option<Edit> {
    let text = slot.tree().text();
    let start = line_start(text, extent.start);
    let lead = Span::new(start, extent.start).slice(text);
    let is_alone = match (slot.syntax(), slot.role()) {
        (Syntax::Yaml, Role::Item) => lead.trim_start().strip_prefix('-').is_some_and(is_blank),
        (Syntax::Dotenv, _) => is_blank(lead) || lead.trim() == "export",
        _ => is_blank(lead),
    };
    let (content, end) = line_end(text, extent.end);
    let rest = Span::new(extent.end, content).slice(text);
    (is_alone && ends_so(slot, extent, rest)).then(|| Edit::delete(start, end))
}

/// The first entry of an item that begins on the item's own line: the next one takes its place.
fn head(slot: Slot<'_>, parent: Slot<'_>, extent: Span) -> Option<Edit> {
    let text = slot.tree().text();
    let first = slot.member().first().copied()?;
    let is_head = slot.syntax() == Syntax::Yaml && parent.children().next().is_some_and(|one| one.is(first));
    let next = parent.children().nth(2).filter(|_| is_head && slot.role() != Role::Item)?;
    let next = next.extent().start;
    let lead = Span::new(line_start(text, extent.start), extent.start).slice(text);
    let is_item = lead.trim_start().strip_prefix('-').is_some_and(is_blank);
    let between = Span::new(extent.end, next).slice(text);
    let is_clear = between.trim_start_matches([':', ' ']).trim().is_empty();
    (is_item && is_clear).then(|| Edit::delete(extent.start, next))
}

/// Whether nothing but a comment follows on the line. The sign of a value that is not there belongs to the member.
fn ends_so(slot: Slot<'_>, extent: Span, rest: &str) -> bool {
    let is_bare = slot.member().last().is_some_and(|value| value.span().is_empty());
    let rest = rest.trim_start();
    let rest = if is_bare { rest.trim_start_matches([':', '=']).trim_start() } else { rest };
    let comment = slot.tree().comments().iter().any(|comment| {
        comment.span.start >= extent.end && comment.span.slice(slot.tree().text()).starts_with(rest)
    });
    rest.is_empty() || (comment && rest.starts_with(['#', ';', '/']))
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// A member between brackets, with the comma that it no longer needs.
fn from_brackets(slot: Slot<'_>, parent: Slot<'_>, extent: Span) -> Option<Vec<Edit>> {
    let text = slot.tree().text();
    let step = if slot.role() == Role::Item { 1 } else { 2 };
    let first = slot.member().first().copied()?;
    let mut before = None;
    let mut others = parent.children().step_by(step).peekable();
    while let Some(other) = others.next_if(|other| !other.is(first)) {
        before = Some(other);
    }
    others.next()?;
    let is_last = others.peek().is_none();
    let comma = comma_after(slot, extent.end);
    match (is_last, before, comma) {
        (false, _, None) => None,
        (_, _, Some(comma)) => Some(vec![with_comma(text, extent, comma)]),
        (true, Some(before), None) => {
            let end = before.member().into_iter().map(Slot::extent).reduce(Span::join)?.end;
            let comma = comma_after(slot, end)?;
            let between = Span::new(comma + 1, extent.start).slice(text);
            if is_blank(between) {
                return Some(vec![Edit::delete(comma, extent.end)]);
            }
            Some(vec![Edit::delete(comma, comma + 1), Edit::delete(extent.start, extent.end)])
        }
        (true, None, None) => {
            let inner = Span::new(parent.span().start + 1, parent.span().end.saturating_sub(1));
            let is_clear = is_blank(Span::new(inner.start, extent.start).slice(text))
                && is_blank(Span::new(extent.end, inner.end).slice(text));
            let span = if is_clear { inner } else { extent };
            Some(vec![Edit::delete(span.start, span.end)])
        }
    }
}

/// A member and the comma behind it: their lines where they have lines of their own.
fn with_comma(text: &str, extent: Span, comma: u32) -> Edit {
    let start = line_start(text, extent.start);
    let (content, end) = line_end(text, comma);
    let is_first = is_blank(Span::new(start, extent.start).slice(text));
    let rest = Span::new(comma + 1, content).slice(text);
    if is_first && is_blank(rest) {
        return Edit::delete(start, end);
    }
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // Before a bracket, a blank stays.
    let blanks = if rest.trim_start().starts_with([']', '}']) { 0 } else { blanks };
    Edit::delete(extent.start, comma + 1 + u32::try_from(blanks).unwrap_or(0))
}

/// The comma that comes next, comments aside.
fn comma_after(slot: Slot<'_>, from: u32) -> Option<u32> {
    let text = slot.tree().text();
    let comments = slot.tree().comments();
    let mut next = comments.partition_point(|comment| comment.span.start < from);
    let mut at = from;
    loop {
        let rest = text.get(at as usize..)?;
        at += u32::try_from(rest.len() - rest.trim_start().len()).ok()?;
        match comments.get(next).filter(|comment| comment.span.start == at) {
            Some(comment) => at = comment.span.end,
            None => return text.get(at as usize..)?.starts_with(',').then_some(at),
        }
        next += 1;
    }
}
