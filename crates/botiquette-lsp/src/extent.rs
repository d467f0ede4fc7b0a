//! Which automations of a file an offset belongs to, and where each of them is written.

use botiquette::Outcome;
use botiquette::model::{Action, Automation, Site};
use botiquette::source::{FileId, SourceFile, Span};
use botiquette::syntax::{NodeRef, Syntax, parse};

/// The number of a file in an outcome.
pub(crate) fn file_id(outcome: &Outcome, file: &SourceFile) -> Option<FileId> {
    outcome.sources.iter().find(|(_, known)| known.path() == file.path()).map(|(id, _)| id)
}

/// The automations that a file introduces, with their numbers.
pub(crate) fn automations(outcome: &Outcome, file: FileId) -> impl Iterator<Item = (usize, &Automation)> {
    let all = outcome.model.automations.iter().enumerate();
    all.filter(move |(_, automation)| automation.site.used.file == file)
}

/// All that an automation is read from in its file.
pub(crate) fn extent(automation: &Automation) -> Span {
    let place = automation.site.used;
    spans(automation).fold(place.span, Span::join)
}

/// The places of an automation in its file.
fn spans(automation: &Automation) -> impl Iterator<Item = Span> {
    let file = automation.site.used.file;
    let triggers = automation.triggers.iter().flat_map(|trigger| {
        let filters = trigger.filters.iter().map(|text| text.site);
        [trigger.site].into_iter().chain(filters).chain(trigger.from.iter().map(|from| from.site))
    });
    let guards = automation.guards.iter().map(|guard| guard.site);
    let actions = automation.actions.iter().chain(&automation.otherwise).flat_map(sites);
    let all = [automation.site].into_iter().chain(triggers).chain(guards).chain(actions);
    all.filter(move |site| site.used.file == file).map(|site| site.used.span)
}

fn sites(action: &Action) -> impl Iterator<Item = Site> + '_ {
    let texts = action.texts.iter().chain(&action.audience.of).map(|text| text.site);
    [action.site, action.audience.site].into_iter().chain(texts)
}

/// The automations that an offset belongs to: those with the smallest place around it, else those of the innermost
/// entry around it that holds any.
pub(crate) fn automations_at(outcome: &Outcome, file: &SourceFile, offset: u32) -> Vec<usize> {
    let Some(id) = file_id(outcome, file) else { return Vec::new() };
    let mine: Vec<(usize, &Automation)> = automations(outcome, id).collect();
    let around = |span: Span| span.start <= offset && offset <= span.end;
    let nearest =
        |automation: &Automation| spans(automation).filter(|span| around(*span)).map(Span::len).min();
    let within =
        |automation: &Automation| Some(extent(automation)).filter(|span| around(*span)).map(Span::len);
    for size in [&nearest as &dyn Fn(&Automation) -> Option<u32>, &within] {
        let sizes: Vec<(usize, u32)> =
            mine.iter().filter_map(|(number, automation)| Some((*number, size(automation)?))).collect();
        if let Some(least) = sizes.iter().map(|(_, size)| *size).min() {
            return sizes.into_iter().filter(|(_, size)| *size == least).map(|(number, _)| number).collect();
        }
    }
    let holds = |entry: Span| -> Vec<usize> {
        let held = mine.iter().filter(|(_, automation)| entry.contains(automation.site.used.span));
        held.map(|(number, _)| *number).collect()
    };
    entries_around(file, offset)
        .into_iter()
        .rev()
        .map(holds)
        .find(|held| !held.is_empty())
        .unwrap_or_default()
}

/// The entries around an offset, the outer ones first.
fn entries_around(file: &SourceFile, offset: u32) -> Vec<Span> {
    let syntax = Syntax::from_path(file.path()).unwrap_or_else(|| Syntax::guess(file.text()));
    let parsed = parse(file.text(), syntax);
    let mut found = Vec::new();
    parsed.tree.documents().for_each(|document| collect(document, offset, &mut found));
    found
}

fn collect(node: NodeRef<'_>, offset: u32, found: &mut Vec<Span>) {
    for entry in node.entries().filter(|entry| entry.value.defined().is_none()) {
        let span = entry.key.span().join(entry.value.span());
        if span.start <= offset && offset <= span.end {
            found.push(span);
            collect(entry.value, offset, found);
        }
    }
    node.items().filter(|item| item.defined().is_none()).for_each(|item| collect(item, offset, found));
}
