//! A dialect file as a conduct file in which references are values that only a run can know: what the reader of
//! conduct files says of it, it would say of the words of the dialect file.

use super::piece::{Piece, What};
use super::reference::{Reading, Reference};
use super::resolve::{headed, word_of};
use super::template::{Table, Template};

/// One of the ways in which a template may come out: of several words for a value, the one of this number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    pub(super) number: usize,
}

impl Sample {
    /// How many samples it takes to see every word.
    pub(super) fn needed(template: &Template) -> usize {
        match template {
            Template::Text(..) | Template::Plain(..) => 1,
            Template::List(items, _) => items.iter().map(Self::needed).max().unwrap_or(1),
            Template::Table(table) => Self::needed_by(table),
            Template::Each(each) => Self::needed(&each.template),
            Template::Reference(reference) => {
                let inner = reference.value.iter().chain(&reference.default);
                let inner = inner.chain(reference.words.iter().map(|(_, word)| word));
                inner.map(Self::needed).max().unwrap_or(1).max(choices(reference).len())
            }
        }
    }

    /// The same for a table.
    pub(super) fn needed_by(table: &Table) -> usize {
        table.entries.iter().map(|(.., value)| Self::needed(value)).max().unwrap_or(1)
    }

    /// What a template comes to.
    pub(super) fn of(self, template: &Template) -> Piece {
        match template {
            Template::Text(text, span) => Piece::text(text, Some(*span)),
            Template::Plain(text, span) => Piece::plain(text, Some(*span)),
            Template::List(items, span) => {
                let items = items.iter().map(|item| self.of(item)).collect();
                Piece { at: Some(*span), what: What::List(items) }
            }
            Template::Table(table) => self.of_table(table),
            Template::Each(each) => self.of(&each.template),
            Template::Reference(reference) => self.of_reference(reference),
        }
    }

    /// What a table comes to.
    pub(super) fn of_table(self, table: &Table) -> Piece {
        let mut head = None;
        let mut entries = Vec::new();
        for (word, span, value) in &table.entries {
            let piece = self.of(value);
            match word.as_str() {
                "verb" | "event" => {
                    head = word_of(piece).map(|said| (word.as_str(), said));
                }
                _ => entries.push((word.clone(), Some(*span), piece)),
            }
        }
        Piece { at: Some(table.span), ..headed(head, entries) }
    }

    fn of_reference(self, reference: &Reference) -> Piece {
        let choices = choices(reference);
        match choices.get(self.number.checked_rem(choices.len()).unwrap_or(0)) {
            Some(Some(template)) => self.of(template),
            _ => match reference.reading {
                Reading::On => Piece::plain("true", None),
                Reading::Count => Piece::plain("1", None),
                Reading::Value | Reading::Parts => Piece::unknown(None),
            },
        }
    }
}

/// What a reference may come to; nothing stands for a value of the file.
fn choices(reference: &Reference) -> Vec<Option<&Template>> {
    // An empty word says nothing.
    let says = |word: &Template| !matches!(word, Template::Text(text, _) if text.is_empty());
    let words = reference.words.iter().map(|(_, word)| word).filter(|word| says(word));
    let mut choices: Vec<Option<&Template>> = words.map(Some).collect();
    choices.extend(reference.value.iter().chain(&reference.default).map(Some));
    let takes_values = !reference.ways.is_empty() && (reference.words.is_empty() || reference.is_open);
    choices.extend(takes_values.then_some(None));
    choices
}
