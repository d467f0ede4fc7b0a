//! Help with files that people write for botiquette: settings, rules, dialects, conduct files, from their JSON Schemas; and
//! with the names of rules in comments that suppress.

mod lookup;
mod spot;

use std::path::Path;

use botiquette::dialect::{conduct, described};
use botiquette::report::one_line;
use botiquette::rules::Rulebook;
use botiquette::settings::is_own_file;
use botiquette::source::Span;
use botiquette::syntax::Syntax;
use botiquette::{SourceFile, rules, settings};
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, Position, TextEdit};
use serde_json::Value;

use crate::client::Abilities;
use crate::hover::introduce;
use crate::markdown::Page;
use crate::server::Asked;

use lookup::Offer;
use spot::{Role, Spot, Typed};

/// How comments begin that name rules.
const MARKS: [&str; 2] = ["botiquette: ignore[", "botiquette: ignore-file["];

/// What kind of file this is; a new kind with a schema is a line here.
fn schema_of(asked: &Asked<'_>) -> Option<Value> {
    let rulebook = asked.area.linter()?.rulebook();
    let (path, text) = (asked.file.path(), asked.file.text());
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    if is_own_file(path) {
        Some(settings::schema(rulebook))
    } else if is_toml && is_rule(asked, path, text) {
        Some(rules::schema())
    } else if is_toml && is_dialect(asked, path, text) {
        Some(described::schema())
    } else if is_conduct(asked.file) {
        Some(conduct::schema())
    } else {
        None
    }
}

/// Whether the settings take a file for a rule, or it looks like one.
fn is_rule(asked: &Asked<'_>, path: &Path, text: &str) -> bool {
    let named = asked.area.linter().map(|linter| linter.settings().rule_paths()).unwrap_or_default();
    let begins = |key: &str| text.lines().any(|line| line.starts_with(key));
    named.iter().any(|rules| path.starts_with(rules))
        || begins("[detect") && begins("instead")
        || begins("subsumes")
}

/// Whether the settings take a file for a dialect, or it looks like one.
fn is_dialect(asked: &Asked<'_>, path: &Path, text: &str) -> bool {
    let named = asked.area.linter().map(|linter| linter.settings().dialect_paths()).unwrap_or_default();
    named.iter().any(|dialects| path.starts_with(dialects))
        || text.lines().any(|line| line.starts_with("[recognise"))
}

fn is_conduct(file: &SourceFile) -> bool {
    let Some(syntax) = Syntax::from_path(file.path()) else { return false };
    // Cheap, and true of nearly no other file.
    file.text().contains("automations") && spot::has_key(file.text(), syntax, "automations")
}

/// What can be written here.
pub(crate) fn complete(asked: &Asked<'_>, position: Position, can: Abilities) -> Vec<CompletionItem> {
    let offset = can.encoding.offset(asked.file, position);
    let typed = Typed::at(asked.file.text(), offset);
    let Some(rulebook) = asked.area.linter().map(|linter| linter.rulebook()) else { return Vec::new() };
    let item = |offer: &Offer, text: String, kind| CompletionItem {
        label: offer.name.clone(),
        kind: Some(kind),
        detail: rulebook.rule(&offer.name).map(|rule| rule.title.to_string()),
        documentation: documentation(offer, rulebook),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            can.encoding.range(asked.file, typed.span),
            text,
        ))),
        ..CompletionItem::default()
    };
    if in_comment(asked.file, offset) {
        let named = rulebook.rules().iter().map(|rule| Offer::named(&rule.name));
        return named.map(|offer| item(&offer, offer.name.clone(), CompletionItemKind::VALUE)).collect();
    }
    let Some(schema) = schema_of(asked) else { return Vec::new() };
    let Some(syntax) = Syntax::from_path(asked.file.path()) else { return Vec::new() };
    let mut items: Vec<CompletionItem> = Vec::new();
    for Spot { path, role } in spot::spots(asked.file.text(), syntax, &typed) {
        let (offers, kind) = match &role {
            Role::Key { taken } => {
                let keys =
                    lookup::keys(&schema, &path).into_iter().filter(|offer| !taken.contains(&offer.name));
                (keys.collect::<Vec<_>>(), CompletionItemKind::PROPERTY)
            }
            Role::Value => (lookup::values(&schema, &path), CompletionItemKind::VALUE),
        };
        for offer in offers {
            let text = typed.written(&offer, &role, syntax);
            if !items.iter().any(|known| known.label == offer.name) {
                items.push(item(&offer, text, kind));
            }
        }
    }
    items
}

fn documentation(offer: &Offer, rulebook: &Rulebook) -> Option<Documentation> {
    let of_rule = || rulebook.rule(&offer.name).map(|rule| one_line(&rule.what));
    offer.description.clone().or_else(of_rule).map(Documentation::String)
}

/// Whether an offset stands between the brackets of a comment that names rules.
fn in_comment(file: &SourceFile, offset: u32) -> bool {
    let line = file.line_span(file.position(offset).line).unwrap_or_default();
    let before = file.slice(Span::new(line.start, offset));
    let opened = MARKS.iter().filter_map(|mark| before.rfind(mark).map(|at| at + mark.len())).max();
    opened.and_then(|at| before.get(at..)).is_some_and(|inside| !inside.contains(']'))
}

/// Says what the word at an offset means, and returns where it stands; nothing where it means nothing special.
pub(crate) fn explain(asked: &Asked<'_>, offset: u32, page: &mut Page) -> Option<Span> {
    let rulebook = asked.area.linter()?.rulebook();
    let typed = Typed::at(asked.file.text(), offset);
    let word = asked.file.slice(typed.span);
    if in_comment(asked.file, offset) {
        introduce(rulebook.rule(word)?, page);
        return Some(typed.span);
    }
    let syntax = Syntax::from_path(asked.file.path())?;
    let schema = schema_of(asked)?;
    let (Spot { path, role }, span) = spot::around(asked.file.text(), syntax, offset)?;
    let text = asked.file.slice(span).trim_matches(['"', '\'']);
    // Bots may be called like anything; names of rules are those of settings and rules.
    if !is_conduct(asked.file)
        && let Some(rule) = rulebook.rule(text)
    {
        introduce(rule, page);
        return Some(span);
    }
    let description = match role {
        Role::Key { .. } => lookup::description(&schema, &path, text),
        Role::Value => None,
    };
    page.say_under(text, &description?);
    Some(span)
}
