//! From a template to what it says in one file: references are looked up, conditions asked, and what comes to nothing
//! is left out.

use super::condition::{self, Truth, is_on};
use super::each::Each;
use super::looking::Looking;
use super::piece::{Piece, What};
use super::reference::{Reading, Reference, Said};
use super::template::{Table, Template};
use super::way::{Found, Scope};
use crate::dialect::reading::{flag_of, number_of};
use crate::dialect::{Lowered, RemarkKind};
use crate::model::parse_duration;
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Value};

/// The part of a conduct file that a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A condition: words for yes and no switch it.
    Guard,
    /// A limit: a number, or a word for none.
    Limit,
    /// Anything else.
    Other,
}

impl Part {
    /// The part that belongs to a word.
    pub(super) fn below(self, word: &str) -> Self {
        match word {
            "if" => Self::Guard,
            "limits" => Self::Limit,
            // A guard's long form, and times among the limits.
            "values" | "for" | "said" | "cooldown" | "shared" => Self::Other,
            _ => self,
        }
    }
}

/// Resolves the templates of one entry.
pub(super) struct Resolver<'r, 't> {
    pub(super) looking: &'r mut Looking<'t>,
    pub(super) scope: Scope<'t>,
    pub(super) lowered: &'r mut Lowered,
}

impl<'t> Resolver<'_, 't> {
    /// What a template comes to; nothing where the file says nothing of it.
    pub(super) fn piece(&mut self, template: &Template, part: Part) -> Option<Piece> {
        if !self.looking.pay(1) {
            return None;
        }
        match template {
            Template::Text(text, _) => Some(Piece::text(text, None)),
            Template::Plain(text, _) => Some(Piece::plain(text, None)),
            Template::List(items, _) => {
                let mut pieces = Vec::new();
                items
                    .iter()
                    .filter_map(|item| self.piece(item, part))
                    .for_each(|piece| piece.add_to(&mut pieces));
                (!pieces.is_empty()).then(|| Piece::list(pieces))
            }
            Template::Table(table) => self.table(table, part),
            Template::Reference(reference) => self.reference(reference, part),
            Template::Each(each) => self.each(each, |resolver, template| resolver.piece(template, part)),
        }
    }

    /// What a template comes to for each entry of a list.
    fn each(
        &mut self,
        each: &Each,
        say: impl Fn(&mut Resolver<'_, 't>, &Template) -> Option<Piece>,
    ) -> Option<Piece> {
        let mut pieces = Vec::new();
        for scope in each.scopes(self.looking, &self.scope) {
            let mut resolver = Resolver { looking: self.looking, scope, lowered: self.lowered };
            let said = say(&mut resolver, &each.template);
            if let Some(piece) = said.filter(|piece| !piece.is_empty()) {
                // What no setting of an entry says stands where the entry does.
                let at = piece.at.or_else(|| Some(scope.here.span()));
                Piece { at, ..piece }.add_to(&mut pieces);
            }
        }
        (!pieces.is_empty()).then(|| Piece::list(pieces))
    }

    /// What a table comes to. `verb` and `event` name what the rest of it belongs to.
    pub(super) fn table(&mut self, table: &Table, part: Part) -> Option<Piece> {
        if condition::all(&table.conditions, self.looking, &self.scope) != Truth::Yes {
            return None;
        }
        let mut entries = Vec::new();
        let mut head = None;
        for (word, _, value) in &table.entries {
            let piece = self.piece(value, part.below(word));
            match word.as_str() {
                "verb" | "event" => head = Some((word.as_str(), word_of(piece?)?)),
                _ => entries.extend(piece.map(|piece| (word.clone(), None, piece))),
            }
        }
        Some(headed(head, entries))
    }

    /// The same for what stands right behind an event or a verb: there, nothing said is an event without a detail.
    pub(super) fn deed(&mut self, template: &Template) -> Option<Piece> {
        let Template::Table(table) = template else {
            return match template {
                Template::List(items, _) => {
                    let mut pieces = Vec::new();
                    items
                        .iter()
                        .filter_map(|item| self.deed(item))
                        .for_each(|piece| piece.add_to(&mut pieces));
                    (!pieces.is_empty()).then(|| Piece::list(pieces))
                }
                Template::Each(each) => self.each(each, |resolver, template| resolver.deed(template)),
                other => self.piece(other, Part::Other),
            };
        };
        let mut piece = self.table(table, Part::Other)?;
        if let What::Table(entries) = &mut piece.what {
            for (word, _, value) in &table.entries {
                let is_missing = !matches!(word.as_str(), "verb" | "event" | "limits" | "to" | "visibility")
                    && is_head(word)
                    && !entries.iter().any(|(known, ..)| known == word);
                // A detail with conditions of its own takes the event with it.
                let is_optional = match value {
                    Template::Reference(reference) => reference.conditions.is_empty(),
                    Template::Table(table) => table.conditions.is_empty(),
                    _ => true,
                };
                if is_missing && is_optional {
                    entries.insert(0, (word.clone(), None, Piece::table(Vec::new())));
                }
            }
            if entries.is_empty() {
                return None;
            }
        }
        Some(piece)
    }

    fn reference(&mut self, reference: &Reference, part: Part) -> Option<Piece> {
        match condition::all(&reference.conditions, self.looking, &self.scope) {
            Truth::Yes => {}
            Truth::No => {
                let otherwise = reference.default.as_ref().filter(|_| reference.value.is_some())?;
                return self.piece(otherwise, part);
            }
            Truth::Unknown => return Some(Piece::unknown(None)),
        }
        if let Some(value) = &reference.value {
            let site = reference.conditions.iter().filter(|condition| !condition.negated);
            let site = site.flat_map(|condition| &condition.any).collect::<Vec<_>>();
            let at = site
                .into_iter()
                .find_map(|way| Some(self.looking.find(way, &self.scope).first()?.value.span()));
            return self.piece(value, part).map(|piece| Piece { at: piece.at.or(at), ..piece });
        }
        let mut found: Vec<Found<'t>> = Vec::new();
        for way in &reference.ways {
            found = self.looking.stated(way, &self.scope);
            if !found.is_empty() {
                break;
            }
        }
        let said = match reference.reading {
            _ if found.is_empty() => None,
            Reading::On => self.switch(&found),
            Reading::Count => self.count(&found),
            Reading::Value | Reading::Parts => self.values(reference, &found, part),
        };
        match (said, &reference.default) {
            (None, Some(default)) => self.piece(default, part),
            (said, _) => said,
        }
    }

    fn switch(&self, found: &[Found<'t>]) -> Option<Piece> {
        let first = found.first()?.value;
        let at = Some(first.span());
        if first.templated() {
            return Some(Piece::unknown(at));
        }
        let is_on = found.iter().any(|found| is_on(&self.looking.reader, found.value));
        Some(Piece::plain(is_on.to_string(), at))
    }

    fn count(&self, found: &[Found<'t>]) -> Option<Piece> {
        let at = Some(found.first()?.value.span());
        let count: usize = found
            .iter()
            .map(|found| match found.value.kind() {
                Kind::Scalar => 1,
                Kind::Sequence => found.value.items().count(),
                Kind::Mapping => found.value.entries().count(),
            })
            .sum();
        Some(Piece::plain(count.to_string(), at))
    }

    fn values(&mut self, reference: &Reference, found: &[Found<'t>], part: Part) -> Option<Piece> {
        let mut pieces = Vec::new();
        let is_list = found.len() > 1 || found.iter().any(|found| found.value.kind() == Kind::Sequence);
        for Found { key, value, .. } in found {
            let scalars = match value.kind() {
                Kind::Scalar => vec![*value],
                Kind::Sequence => value.items().filter(|item| item.kind() == Kind::Scalar).collect(),
                Kind::Mapping => Vec::new(),
            };
            for scalar in scalars {
                if !self.looking.pay(1 + scalar.text().len() / 8) {
                    return None;
                }
                pieces.extend(self.value(reference, *key, scalar, part));
            }
        }
        match pieces.len() {
            0 => None,
            1 if !is_list => pieces.pop(),
            _ => Some(Piece::list(pieces)),
        }
    }

    /// What one scalar says.
    fn value(
        &mut self,
        reference: &Reference,
        key: Option<NodeRef<'t>>,
        node: NodeRef<'t>,
        part: Part,
    ) -> Option<Piece> {
        let at = Some(node.span());
        if node.templated() {
            let name = node
                .template_name()
                .filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
            return Some(
                name.map_or_else(|| Piece::unknown(at), |name| Piece::text(format!("${{{name}}}"), at)),
            );
        }
        if reference.reading == Reading::Parts {
            let parts = node.text().split(',').map(str::trim).filter(|part| !part.is_empty());
            return Some(Piece { at, what: What::List(parts.map(|part| Piece::text(part, at)).collect()) });
        }
        let value = node.value(self.looking.reader.schema);
        let text = match value {
            Value::Bool(flag) => flag.to_string(),
            _ => node.text().to_owned(),
        };
        match reference.means(&text, number_of(&value)) {
            Said::Word(word) => {
                let piece = self.piece(word, part)?;
                let is_nothing = matches!(&piece.what, What::Text(text) if text.is_empty());
                (!is_nothing).then_some(Piece { at, ..piece })
            }
            Said::Unknown => Some(Piece::unknown(at)),
            Said::Refused => {
                self.refuse(reference, key, node);
                Some(Piece::unknown(at))
            }
            Said::Text(said) if part == Part::Limit => Some(limit(&said, at)),
            Said::Text(said) => {
                let is_as_written = said == text;
                Some(match value {
                    Value::Bool(_) | Value::Int(_) | Value::Float(_) if is_as_written => {
                        Piece::plain(said, at)
                    }
                    _ => said_in(part, said, at),
                })
            }
        }
    }

    /// Tells of a value that is none of those that the tool knows.
    fn refuse(&mut self, reference: &Reference, key: Option<NodeRef<'t>>, node: NodeRef<'t>) {
        let known = reference.words.iter().map(|(word, _)| word.as_str());
        let help = match nearest(node.text(), known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", known.take(12).collect::<Vec<_>>().join(", ")),
        };
        let text = match key {
            Some(key) => format!("`{}` has no value `{}`", key.text(), node.text()),
            None => format!("there is no value `{}` here", node.text()),
        };
        let site = self.looking.reader.site(node);
        self.lowered.remark(RemarkKind::Malformed, site, text, help);
    }
}

/// Whether a word of a table is the event or the verb that the rest belongs to.
fn is_head(word: &str) -> bool {
    crate::model::Event::parse(word).is_some() || crate::model::Verb::parse(word).is_some()
}

/// A table under the event or verb that a setting names: a verb has its modifiers beside it, an event its details
/// below it.
pub(super) fn headed(
    head: Option<(&str, (String, Option<crate::source::Span>))>,
    mut entries: Vec<(String, Option<crate::source::Span>, Piece)>,
) -> Piece {
    match head {
        None => Piece::table(entries),
        Some(("event", (name, at))) => {
            let details = Piece::table(entries);
            Piece { at: at.or(details.at), what: What::Table(vec![(name, at, details)]) }
        }
        Some((_, (name, at))) => {
            entries.insert(0, (name, at, Piece::table(Vec::new())));
            Piece::table(entries)
        }
    }
}

/// The word that a piece is, where it is one.
pub(super) fn word_of(piece: Piece) -> Option<(String, Option<crate::source::Span>)> {
    match piece.what {
        What::Text(text) if !text.starts_with("${") => Some((text, piece.at)),
        _ => None,
    }
}

/// A limit: a number, a time, or a word for none; anything else is unknown.
fn limit(said: &str, at: Option<crate::source::Span>) -> Piece {
    let number = crate::dialect::reading::number_in(said);
    match number {
        Some(number) => Piece::plain(number.to_string(), at),
        None if matches!(said, "unlimited" | "infinite" | "none" | "never")
            || parse_duration(said).is_some() =>
        {
            Piece::text(said, at)
        }
        None => Piece::unknown(at),
    }
}

/// A text; where it switches a condition, a word for yes or no is one.
fn said_in(part: Part, said: String, at: Option<crate::source::Span>) -> Piece {
    match flag_of(&said).filter(|_| part == Part::Guard && !matches!(said.trim(), "0" | "1")) {
        Some(flag) => Piece::plain(flag.to_string(), at),
        None => Piece::text(said, at),
    }
}
