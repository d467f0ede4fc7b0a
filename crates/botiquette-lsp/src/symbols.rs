//! The outline of a file: accounts, and under each what it does.

use std::collections::BTreeMap;

use botiquette::narrate::deed;
use botiquette::report::one_line;
use botiquette::source::Span;
use lsp_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind};

use crate::client::Abilities;
use crate::extent::{automations, extent, file_id};
use crate::server::Asked;

pub(crate) fn of(asked: &Asked<'_>, can: Abilities) -> DocumentSymbolResponse {
    let accounts = accounts(asked, can);
    if can.nested_symbols {
        return DocumentSymbolResponse::Nested(accounts);
    }
    let uri = asked.buffers.get(asked.file.path()).map(|buffer| buffer.uri.clone());
    let Some(uri) = uri.or_else(|| crate::uri::of_path(asked.file.path())) else {
        return DocumentSymbolResponse::Flat(Vec::new());
    };
    #[expect(deprecated, reason = "the type has no constructor")]
    let flat = |symbol: &DocumentSymbol, within: Option<&DocumentSymbol>| SymbolInformation {
        name: symbol.name.clone(),
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location { uri: uri.clone(), range: symbol.range },
        container_name: within.map(|within| within.name.clone()),
    };
    let all = accounts.iter().flat_map(|account| {
        let own = account.children.iter().flatten().map(|symbol| flat(symbol, Some(account)));
        std::iter::once(flat(account, None)).chain(own)
    });
    DocumentSymbolResponse::Flat(all.collect())
}

fn accounts(asked: &Asked<'_>, can: Abilities) -> Vec<DocumentSymbol> {
    let Some(outcome) = asked.area.outcome(asked.file.path()) else { return Vec::new() };
    let Some(file) = file_id(outcome, asked.file) else { return Vec::new() };
    let world = outcome.world();
    let mut by_account: BTreeMap<usize, Vec<(Span, DocumentSymbol)>> = BTreeMap::new();
    for (number, automation) in automations(outcome, file) {
        let Some(view) = world.automation(number) else { continue };
        let (own, whole) = (automation.site.used.span, extent(automation));
        let symbol =
            symbol(asked, can, (&automation.name, SymbolKind::EVENT), Some(deed(&view)), (own, whole));
        by_account.entry(automation.account).or_default().push((whole, symbol));
    }
    let account = |(number, automations): (usize, Vec<(Span, DocumentSymbol)>)| {
        let account = outcome.model.accounts.get(number)?;
        let place = account.site.used;
        let first = automations.first()?.0;
        let own = if place.file == file { place.span } else { Span::at(first.start) };
        let whole = automations.iter().fold(own, |whole, (span, _)| whole.join(*span));
        let mut symbol = symbol(asked, can, (&account.name, SymbolKind::OBJECT), None, (own, whole));
        symbol.children = Some(automations.into_iter().map(|(_, symbol)| symbol).collect());
        Some(symbol)
    };
    by_account.into_iter().filter_map(account).collect()
}

#[expect(deprecated, reason = "the type has no constructor")]
fn symbol(
    asked: &Asked<'_>,
    can: Abilities,
    (name, kind): (&str, SymbolKind),
    detail: Option<String>,
    (own, whole): (Span, Span),
) -> DocumentSymbol {
    let name = one_line(name);
    DocumentSymbol {
        // A name may not be empty.
        name: if name.trim().is_empty() { "nameless".to_owned() } else { name },
        detail: detail.map(|detail| one_line(&detail)),
        kind,
        tags: None,
        deprecated: None,
        range: can.encoding.range(asked.file, whole),
        selection_range: can.encoding.range(asked.file, own),
        children: None,
    }
}
