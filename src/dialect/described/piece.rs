//! What a template comes to in one file: a part of a conduct file that points into the file it was made from.

use crate::source::Span;
use crate::syntax::Draft;

/// A part of a conduct file, and the setting that says it; none where the dialect file itself does.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) at: Option<Span>,
    pub(super) what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Text(String),
    Plain(String),
    List(Vec<Piece>),
    /// Words, where they stand, and what belongs to them.
    Table(Vec<(String, Option<Span>, Piece)>),
}

impl Piece {
    /// A text.
    pub(super) fn text(text: impl Into<String>, at: Option<Span>) -> Self {
        Self { at, what: What::Text(text.into()) }
    }

    /// A number or a truth value.
    pub(super) fn plain(text: impl Into<String>, at: Option<Span>) -> Self {
        Self { at, what: What::Plain(text.into()) }
    }

    /// What only a run can tell.
    pub(super) fn unknown(at: Option<Span>) -> Self {
        Self::text("${VALUE}", at)
    }

    /// Several pieces, at the first setting that any of them was made from.
    pub(super) fn list(items: Vec<Self>) -> Self {
        Self { at: items.iter().find_map(|item| item.at), what: What::List(items) }
    }

    /// Words with pieces, at the first setting that any of them was made from.
    pub(super) fn table(entries: Vec<(String, Option<Span>, Self)>) -> Self {
        let at = entries.iter().find_map(|(_, key, value)| value.at.or(*key));
        Self { at, what: What::Table(entries) }
    }

    /// Whether it is a table without a word.
    pub(super) fn is_empty(&self) -> bool {
        matches!(&self.what, What::Table(entries) if entries.is_empty())
    }

    /// Adds it to others; a list is its items.
    pub(super) fn add_to(self, pieces: &mut Vec<Self>) {
        match self.what {
            What::List(inner) => pieces.extend(inner),
            _ => pieces.push(self),
        }
    }

    /// Writes it into a tree. What no setting says stands where what is around it stands.
    pub(super) fn write(&self, around: Span, draft: &mut Draft<'_>) {
        let at = self.at.unwrap_or(around);
        match &self.what {
            What::Text(text) => draft.scalar(at, text, false),
            What::Plain(text) => draft.scalar(at, text, true),
            What::List(items) => {
                draft.open_sequence(at);
                items.iter().for_each(|item| item.write(at, draft));
                draft.close(at);
            }
            What::Table(entries) => {
                draft.open_mapping(at);
                for (key, key_at, value) in entries {
                    draft.scalar(key_at.or(value.at).unwrap_or(at), key, false);
                    value.write(at, draft);
                }
                draft.close(at);
            }
        }
    }
}
