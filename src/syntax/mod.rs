//! Text to tree: readers for YAML, JSON, TOML, `.env` and `.ini`, all giving the same spanned [`Tree`].
//! Knows sources and spans, nothing of bots.
//!
//! [`parse`] is total: whatever the bytes, it gives a tree of what could be read and says what could not.

mod builder;
mod collection;
mod comment;
mod cursor;
mod de;
mod detect;
mod dotenv;
mod draft;
mod error;
mod ini;
mod json;
mod json_string;
mod lines;
mod number;
mod same;
mod scalar;
mod slot;
mod template;
mod toml;
mod toml_draft;
mod tree;
mod yaml;
mod yaml_1_1;
mod yaml_error;
mod yaml_lenient;

use builder::Builder;

pub use collection::{Duplicate, Entries, Entry, Items};
pub use comment::{Beginnings, Standing};
pub use cursor::NodeRef;
pub use de::{DeError, from_node};
pub use detect::Syntax;
pub(crate) use draft::Draft;
pub use error::{LimitHit, Limits, Parsed, SyntaxError};
pub use same::{Change, Given, says_the_same_but};
pub use scalar::{Schema, Value};
pub use slot::{Role, Slot};
pub use tree::{Comment, Kind, Style, Tree};

/// Reads a text with the default [`Limits`].
#[must_use]
pub fn parse(text: &str, syntax: Syntax) -> Parsed<'_> {
    parse_with(text, syntax, &Limits::default())
}

/// Reads a text. Never fails: a document that cannot be read is left out of the tree and reported once,
/// the other documents are kept.
#[must_use]
pub fn parse_with<'s>(text: &'s str, syntax: Syntax, limits: &Limits) -> Parsed<'s> {
    let mut builder = Builder::new(text, syntax, limits);
    // Offsets are 32 bits wide; the limit on file size stops such a text long before.
    if u32::try_from(text.len()).is_err() {
        builder.error(SyntaxError::new(Default::default(), "text is larger than 4 GiB"));
        return builder.finish();
    }
    match syntax {
        Syntax::Yaml => {
            yaml::read(text, &mut builder);
            if builder.first_error().is_some()
                && let Some(read) = yaml_lenient::read(text, limits)
            {
                builder = read;
            }
        }
        Syntax::Json => json::read(text, json::Strictness::Json, &mut builder),
        Syntax::Jsonc => json::read(text, json::Strictness::Jsonc, &mut builder),
        Syntax::Toml => toml::read(text, &mut builder),
        Syntax::Dotenv => dotenv::read(text, &mut builder),
        Syntax::Ini => ini::read(text, &mut builder),
    }
    builder.finish()
}
