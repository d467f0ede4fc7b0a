//! What a pop-up says: of a finding why, who is hurt and what to do; of an entry what it makes the bot do.

use botiquette::describe::describe;
use botiquette::narrate::sentence;
use botiquette::report::rule_page;
use botiquette::rules::Rule;
use botiquette::source::Span;
use botiquette::{Finding, Outcome};
use lsp_types::{Hover, Position};

use crate::client::Abilities;
use crate::extent::{automations_at, file_id};
use crate::markdown::Page;
use crate::schema;
use crate::server::Asked;

/// Of more than so many things at one place, the first are told.
const MOST: usize = 5;

pub(crate) fn at(asked: &Asked<'_>, position: Position, can: Abilities) -> Option<Hover> {
    let offset = can.encoding.offset(asked.file, position);
    let mut page = Page::new(can.markdown);
    if let Some(span) = schema::explain(asked, offset, &mut page) {
        return page.hover(Some(can.encoding.range(asked.file, span)));
    }
    let outcome = asked.area.outcome(asked.file.path())?;
    let found = findings_at(outcome, asked, offset);
    for (finding, _) in found.iter().take(MOST) {
        explain(finding, &mut page);
    }
    deeds(outcome, asked, offset, &mut page);
    let span = found.first().map(|(_, span)| *span);
    page.hover(span.map(|span| can.encoding.range(asked.file, span)))
}

/// The findings that underline something here, with what they underline; the smallest first.
fn findings_at<'o>(outcome: &'o Outcome, asked: &Asked<'_>, offset: u32) -> Vec<(&'o Finding, Span)> {
    let Some(file) = file_id(outcome, asked.file) else { return Vec::new() };
    let here = |finding: &'o Finding| {
        let labels = std::iter::once(&finding.primary).chain(&finding.related).chain(&finding.hops);
        let spans = labels.filter(|label| label.place.file == file).map(|label| label.place.span);
        let span =
            spans.filter(|span| span.start <= offset && offset <= span.end).min_by_key(|span| span.len())?;
        Some((finding, span))
    };
    let mut found: Vec<_> = outcome.findings().filter_map(here).collect();
    found.sort_by_key(|(_, span)| span.len());
    found
}

fn explain(finding: &Finding, page: &mut Page) {
    page.say_under(&format!("{}: {}", finding.severity, finding.rule), &finding.title);
    page.say(&finding.message);
    page.say_under("Instead", &finding.help);
    page.list(finding.notes.iter().cloned());
    if let Some(link) = rule_page(&finding.rule, &finding.family) {
        page.link("More about this rule", &link);
    }
}

/// What the bot does because of what stands here, or who it is.
fn deeds(outcome: &Outcome, asked: &Asked<'_>, offset: u32, page: &mut Page) {
    let world = outcome.world();
    let numbers = automations_at(outcome, asked.file, offset);
    let mut said: Vec<String> =
        numbers.iter().filter_map(|number| world.automation(*number)).map(|view| sentence(&view)).collect();
    said.dedup();
    match said.as_slice() {
        [] => who(outcome, asked, offset, page),
        [one] => page.say(one),
        several => page.list(several.iter().take(MOST).cloned()),
    }
}

/// Who an account is that is introduced here.
fn who(outcome: &Outcome, asked: &Asked<'_>, offset: u32, page: &mut Page) {
    let (Some(file), Some(linter)) = (file_id(outcome, asked.file), asked.area.linter()) else { return };
    let is_here = |span: Span| span.start <= offset && offset <= span.end;
    for account in describe(&outcome.model, linter.rulebook().assumptions()) {
        let place = account.site.used;
        if place.file == file && is_here(place.span) {
            page.say_under(&account.account, &account.who.join(" "));
        }
    }
}

/// What a rule is about, where it is named.
pub(crate) fn introduce(rule: &Rule, page: &mut Page) {
    page.say_under(&format!("{}: {}", rule.severity, rule.name), &rule.title);
    page.say(&format!("{} {}", rule.what, rule.why));
    page.say_under("Instead", &rule.instead);
    if let Some(link) = rule_page(&rule.name, &rule.family) {
        page.link("More about this rule", &link);
    }
}
