//! Lowering: for each account of a file a conduct file is put together, whose values point to the settings that say
//! them, and read as such.

use std::path::Path;

use super::condition::{self, Truth};
use super::each::{self, entries};
use super::looking::Looking;
use super::piece::{Piece, What};
use super::resolve::{Part, Resolver};
use super::template::{Table, Template};
use super::way::{Found, Scope, Way};
use super::{Automation, Described, cover};
use crate::dialect::reading::Reader;
use crate::dialect::{Candidate, Lowered, RemarkKind, conduct};
use crate::model::{Property, Secret, Site, Use};
use crate::source::Span;
use crate::syntax::{Draft, Kind, NodeRef};

/// An instance that stands for the folder of the file.
pub(super) const FOLDER: &str = "folder";

/// What conduct files have no words for.
struct Beside {
    instance: Option<String>,
    secrets: Vec<Secret>,
    /// The name of the secret that the account signs in with.
    secret: Option<String>,
}

/// Says what a file of a dialect does.
pub(in crate::dialect) fn lower(described: &Described, candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let schema = described.values.unwrap_or_else(|| candidate.tree.syntax().schema());
    let mut named = 0;
    described.each_way(&mut |_| named += 1);
    let mut lowering = Lowering {
        described,
        looking: Looking::new(Reader::new(*candidate, schema), named),
        draft: Draft::new(candidate.tree.text(), candidate.tree.syntax()),
        beside: Vec::new(),
        lowered,
    };
    let mut last = None;
    let is_known =
        candidate.tree.documents().any(|document| described.signs.fit_document(candidate, document));
    for top in candidate.tree.documents() {
        // Of a file that is said to be of the dialect, everything is taken.
        if !is_known || described.signs.fit_document(candidate, top) {
            lowering.document(top);
            last = Some(top);
        }
    }
    let Lowering { looking, draft, beside, .. } = lowering;
    if let Some(node) = last.filter(|_| looking.is_exhausted()) {
        let text =
            "the settings of this file refer to each other so often that not all of them were looked at";
        lowered.remark(RemarkKind::Malformed, candidate.site(node), text, "split it into several files");
    }
    let tree = draft.finish();
    let mut read = Lowered::default();
    conduct::lower(&Candidate { tree: &tree, ..*candidate }, &mut read);
    for (account, beside) in read.model.accounts.iter_mut().zip(beside) {
        account.identity.instance = beside.instance;
        account.secrets.extend(beside.secrets);
        account.identity.secret = account.identity.secret.take().or(beside.secret);
    }
    lowered.model.append(read.model);
    lowered.model.coverage.push(cover::coverage(candidate, &looking));
    cover::remark_unknown(described, candidate, &looking, lowered);
}

struct Lowering<'d, 't, 'l> {
    described: &'d Described,
    looking: Looking<'t>,
    draft: Draft<'t>,
    beside: Vec<Beside>,
    lowered: &'l mut Lowered,
}

impl<'t> Lowering<'_, 't, '_> {
    fn document(&mut self, top: NodeRef<'t>) {
        self.looking.forget();
        let described = self.described;
        let whole = Scope::whole(top);
        for way in &described.inert {
            self.looking.mark(way, &whole, Use::Clutter);
        }
        self.mark_signs(&whole);
        for scope in self.entries(&described.account.each, &whole) {
            if self.looking.is_exhausted() {
                return;
            }
            self.account(&scope);
        }
    }

    /// Notes the settings by which the file was recognised, as far as nothing stands below them.
    fn mark_signs(&mut self, whole: &Scope<'t>) {
        let signs = &self.described.signs;
        for way in signs.keys.iter().chain(signs.any.iter().flatten()).chain(&signs.optional) {
            let found = self.looking.find(way, whole);
            let is_single = |found: &Found<'t>| match found.value.kind() {
                Kind::Scalar => true,
                Kind::Sequence => found.value.items().all(|item| item.kind() == Kind::Scalar),
                Kind::Mapping => false,
            };
            self.looking.mark(way, whole, Use::Unknown);
            for key in found.iter().filter(|found| is_single(found)).filter_map(|found| found.key) {
                self.looking.marks.insert(key.span(), Use::Used);
            }
        }
    }

    /// The entries at these ways, or the whole where there are none.
    fn entries(&mut self, each: &[Way], around: &Scope<'t>) -> Vec<Scope<'t>> {
        if each.is_empty() {
            return vec![*around];
        }
        let mut scopes = Vec::new();
        for way in each {
            self.looking.mark(way, around, Use::Unknown);
            for found in self.looking.find(way, around).iter() {
                scopes.extend(entries(found, around));
                // Items that hold nothing further are said by the list itself, and so are plain entries.
                for (key, value) in
                    found.key.map(|key| (key, found.value)).into_iter().chain(plain_entries(found))
                {
                    let is_plain = value.kind() == Kind::Scalar
                        || value.items().next().is_some_and(|item| item.kind() == Kind::Scalar);
                    if is_plain && key.defined().is_none() {
                        self.looking.marks.insert(key.span(), Use::Used);
                    }
                }
            }
        }
        self.looking.pay(scopes.len());
        scopes
    }

    fn account(&mut self, scope: &Scope<'t>) {
        let described = self.described;
        let account = &described.account;
        self.mark_all(scope);
        let around = self.anchor(scope, &account.said);
        let said = match self.resolver(scope).table(&account.said, Part::Other) {
            Some(Piece { what: What::Table(entries), .. }) => entries,
            _ => Vec::new(),
        };
        let mut entries = said;
        entries.push(("cannot-say".to_owned(), None, self.cannot_say(scope)));
        let account_piece = Piece { at: Some(around), what: What::Table(entries) };
        let mut automations = Vec::new();
        for automation in &described.automations {
            for entry in self.stands(automation, scope) {
                if self.looking.is_exhausted() {
                    break;
                }
                automations.extend(self.automation(automation, &entry));
            }
        }
        let mut document = vec![
            ("account".to_owned(), None, account_piece),
            ("automations".to_owned(), None, Piece { at: None, what: What::List(automations) }),
        ];
        if let Some(Piece { what: What::Table(common), .. }) =
            self.resolver(scope).table(&described.common, Part::Other)
        {
            document.extend(common);
        }
        Piece { at: Some(around), what: What::Table(document) }.write(around, &mut self.draft);
        self.draft.end_document();
        let beside = self.beside_of(scope);
        self.beside.push(beside);
    }

    fn resolver(&mut self, scope: &Scope<'t>) -> Resolver<'_, 't> {
        Resolver { looking: &mut self.looking, scope: *scope, lowered: self.lowered }
    }

    /// Notes all that this entry can say, whether it is used or not.
    fn mark_all(&mut self, scope: &Scope<'t>) {
        let described = self.described;
        for way in &described.account.secrets {
            self.looking.mark(way, scope, Use::Used);
        }
        each::mark_table(&described.account.said, &mut self.looking, scope);
        each::mark_table(&described.common, &mut self.looking, scope);
        for template in described.account.instance.iter().chain(&described.expressible) {
            each::mark(template, &mut self.looking, scope);
        }
    }

    /// Where the account stands: its entry, or the first setting by which the file was recognised.
    fn anchor(&mut self, scope: &Scope<'t>, said: &Table) -> Span {
        if let Some(name) = scope.name {
            return name.span();
        }
        let mut ways: Vec<&Way> = Vec::new();
        said.each_way(&mut |way| ways.push(way));
        if scope.here.span() == scope.top.span() {
            let signs = &self.described.signs;
            ways.extend(signs.keys.iter().chain(signs.any.iter().flatten()).chain(&signs.optional));
        }
        let mut keys = ways.into_iter().filter_map(|way| {
            let found = self.looking.find(way, scope);
            found.first().map(|found| found.key.unwrap_or(found.value).span())
        });
        keys.next().unwrap_or_else(|| scope.here.span())
    }

    fn cannot_say(&mut self, scope: &Scope<'t>) -> Piece {
        let described = self.described;
        let mut said = Vec::new();
        if let Some(template) = &described.expressible
            && let Some(piece) = self.resolver(scope).piece(template, Part::Other)
        {
            words_in(&piece, &mut said);
        }
        let silent = Property::ALL.iter().filter(|property| !said.iter().any(|word| word == property.name()));
        Piece {
            at: None,
            what: What::List(silent.map(|property| Piece::text(property.name(), None)).collect()),
        }
    }

    /// The entries that an automation stands for.
    fn stands(&mut self, automation: &Automation, around: &Scope<'t>) -> Vec<Scope<'t>> {
        let Some(way) = &automation.at else { return self.entries(&automation.each, around) };
        self.looking.mark(way, around, Use::Unknown);
        let found = self.looking.stated(way, around);
        for Found { key, value, .. } in &found {
            if let Some(key) = key.filter(|_| value.kind() == Kind::Scalar) {
                self.looking.marks.insert(key.span(), Use::Used);
            }
        }
        let scope = |found: Found<'t>| Scope {
            top: around.top,
            here: found.value,
            name: found.key,
            around: found.within,
        };
        found.into_iter().map(scope).collect()
    }

    fn automation(&mut self, automation: &Automation, scope: &Scope<'t>) -> Option<Piece> {
        let said = &automation.said;
        for way in &automation.inert {
            self.looking.mark(way, scope, Use::Clutter);
        }
        each::mark_table(said, &mut self.looking, scope);
        let holds = condition::all(&said.conditions, &mut self.looking, scope);
        if holds == Truth::No {
            return None;
        }
        let mut entries = Vec::new();
        for (word, _, value) in &said.entries {
            let piece = match word.as_str() {
                "on" | "do" | "else" => self.resolver(scope).deed(value),
                "if" => self.resolver(scope).piece(value, Part::Guard),
                "limits" => self.resolver(scope).piece(value, Part::Limit),
                _ => self.resolver(scope).piece(value, Part::Other),
            };
            // Without an event or a deed there is no automation.
            if piece.is_none() && matches!(word.as_str(), "on" | "do") {
                return None;
            }
            entries.extend(piece.map(|piece| (word.clone(), None, piece)));
        }
        if holds == Truth::Unknown {
            entries.retain(|(word, ..)| word != "enabled");
            entries.push(("enabled".to_owned(), None, Piece::unknown(None)));
        }
        let inner = Piece::table(entries);
        let at = scope.name.map(NodeRef::span).or_else(|| self.first_condition(said, scope));
        let is_entry = scope.here.span() != scope.top.span();
        let at = at.or(is_entry.then(|| scope.here.span()));
        Some(Piece { at: at.or(inner.at), ..inner })
    }

    /// The setting that switches an automation on.
    fn first_condition(&mut self, said: &Table, scope: &Scope<'t>) -> Option<Span> {
        let asked = said.conditions.iter().filter(|condition| !condition.negated);
        let ways: Vec<&Way> = asked.flat_map(|condition| &condition.any).collect();
        ways.into_iter().find_map(|way| {
            let found = self.looking.find(way, scope);
            found.first().map(|found| found.value.span())
        })
    }

    fn beside_of(&mut self, scope: &Scope<'t>) -> Beside {
        let described = self.described;
        let candidate = self.looking.reader.candidate;
        let mut beside = Beside { instance: None, secrets: Vec::new(), secret: None };
        for way in &described.account.secrets {
            for Found { key, value, .. } in self.looking.find(way, scope).iter() {
                let key = key.map_or("secret", NodeRef::text);
                let items = value.items().filter(|item| item.kind() == Kind::Scalar);
                let scalars = (value.kind() == Kind::Scalar).then_some(*value).into_iter().chain(items);
                for scalar in scalars {
                    if let Some(name) = scalar.template_name() {
                        beside.secret.get_or_insert_with(|| name.to_owned());
                    } else if !scalar.text().trim().is_empty() && !scalar.templated() {
                        let site: Site = candidate.site(scalar);
                        beside.secrets.extend(Secret::new(key, scalar.text(), site));
                    }
                }
            }
        }
        beside.instance = described.account.instance.as_ref().and_then(|template| {
            let value = match template {
                Template::Text(text, _) if text == FOLDER => folder(candidate.path),
                template => match self.resolver(scope).piece(template, Part::Other)?.what {
                    What::Text(text) | What::Plain(text) if !text.starts_with("${") => Some(text),
                    _ => None,
                },
            };
            value.map(|value| format!("{}:{value}", described.name))
        });
        beside
    }
}

fn folder(path: &Path) -> Option<String> {
    path.parent().map(|folder| folder.display().to_string())
}

/// Entries of a table with nothing further in them.
fn plain_entries<'t>(found: &Found<'t>) -> Vec<(NodeRef<'t>, NodeRef<'t>)> {
    found
        .value
        .entries()
        .filter(|entry| entry.value.kind() == Kind::Scalar)
        .map(|entry| (entry.key, entry.value))
        .collect()
}

/// The words of a list, or the one that it is.
fn words_in(piece: &Piece, words: &mut Vec<String>) {
    match &piece.what {
        What::Text(text) => words.push(text.clone()),
        What::List(items) => items.iter().for_each(|item| words_in(item, words)),
        What::Plain(_) | What::Table(_) => {}
    }
}
