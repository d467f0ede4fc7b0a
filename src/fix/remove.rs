//! Takes an entry or an item out of a text: its lines where it has lines of its own, else with its comma. Comments
//! stay, except those inside it and one at the end of its last line.

use super::edit::{Edit, line_end, line_start};
use crate::source::Span;
use crate::syntax::{Change, Kind, Role, Slot, Syntax};

/// The edits that take nodes out, each with its key if it has one; none where that cannot be done by taking bytes away.
pub(super) fn remove<'t>(slots: &[Slot<'t>]) -> Option<(Vec<Edit>, Vec<Change<'t>>)> {
    let mut parents: Vec<(Slot<'t>, Vec<Slot<'t>>)> = Vec::new();
    for slot in slots {
        let parent = slot.parent()?;
        let first = slot.member().first().copied()?;
        match parents.iter_mut().find(|(known, _)| known.is(parent)) {
            Some((_, members)) if members.iter().any(|known| known.is(first)) => {}
            Some((_, members)) => members.push(first),
            None => parents.push((parent, vec![first])),
        }
    }
    let mut edits = Vec::new();
    for (parent, members) in parents {
        match parent.has_brackets() {
            true => edits.extend(from_brackets(parent, &members)?),
            false => edits.extend(from_lines(parent, &members)?),
        }
    }
    Some((edits, slots.iter().map(|slot| Change::Gone(*slot)).collect()))
}

/// From its first to its last byte, its key included.
pub(super) fn extent(slot: Slot<'_>) -> Option<Span> {
    slot.member().into_iter().map(Slot::extent).reduce(Span::join)
}

fn from_lines(parent: Slot<'_>, members: &[Slot<'_>]) -> Option<Vec<Edit>> {
    let edit = |member: &Slot<'_>| {
        let extent = extent(*member)?;
        lines(*member, extent).or_else(|| head(*member, parent, extent))
    };
    let mut edits: Vec<Edit> = members.iter().map(edit).collect::<Option<_>>()?;
    let step = if parent.kind() == Some(Kind::Sequence) { 1 } else { 2 };
    if parent.children().step_by(step).count() == members.len() {
        edits.push(emptied(parent)?);
    }
    Some(edits)
}

/// The brackets of a list that nothing is left in, behind its key.
fn emptied(list: Slot<'_>) -> Option<Edit> {
    let is_list = list.kind() == Some(Kind::Sequence) && list.syntax() == Syntax::Yaml;
    let key = list.member().first().copied().filter(|_| is_list && list.role() == Role::Value)?;
    let text = list.tree().text();
    let colon = Span::new(key.extent().end, list.extent().start).slice(text).find(':')?;
    let behind = key.extent().end + u32::try_from(colon).ok()? + 1;
    let (content, _) = line_end(text, behind);
    let rest = Span::new(behind, content).slice(text).trim_start();
    (rest.is_empty() || rest.starts_with('#')).then(|| Edit::insert(behind, " []".to_owned()))
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

/// Members between brackets, with the commas that are no longer needed.
fn from_brackets(parent: Slot<'_>, members: &[Slot<'_>]) -> Option<Vec<Edit>> {
    let text = parent.tree().text();
    let step = if parent.kind() == Some(Kind::Sequence) { 1 } else { 2 };
    let all: Vec<Slot<'_>> = parent.children().step_by(step).collect();
    let stays = |slot: &Slot<'_>| !members.iter().any(|member| member.is(*slot));
    let Some(last) = all.iter().rposition(stays) else {
        let inner = Span::new(parent.span().start + 1, parent.span().end.saturating_sub(1));
        return Some(vec![Edit::delete(inner.start, inner.end)]);
    };
    let (before, after) = all.split_at(last);
    let mut edits = Vec::new();
    for member in before.iter().filter(|slot| !stays(slot)) {
        let extent = extent(*member)?;
        edits.push(with_comma(text, extent, comma_after(*member, extent.end)?));
    }
    // Behind the last that stays, the comma goes with what goes.
    if let (Some(stays), Some(gone)) = (after.first(), after.last().filter(|_| after.len() > 1)) {
        let comma = comma_after(*stays, extent(*stays)?.end)?;
        let end = extent(*gone)?.end;
        edits.push(match comma_after(*gone, end) {
            Some(other) => Edit::delete(comma, other),
            None => Edit::delete(comma, end),
        });
    }
    Some(edits)
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
