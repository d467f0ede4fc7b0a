//! A mistake in a file that somebody wrote for botiquette: settings, or rules of their own. It knows its place
//! and shows the line; how it is printed is up to the caller.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::source::{SourceFile, Span};

/// One mistake, at its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {message}", .path.display())]
pub struct Mistake {
    /// The file.
    pub path: PathBuf,
    /// Its line, from 1.
    pub line: u32,
    /// Its column, from 1, in characters.
    pub column: u32,
    /// What is wrong and, where there is one, the nearest valid name.
    pub message: String,
    /// The line as it stands in the file.
    text: String,
    /// How many characters are underlined.
    width: usize,
}

impl Mistake {
    /// A mistake at a range of bytes of a file's text.
    #[must_use]
    pub fn new(path: &Path, text: &str, span: Span, message: impl Into<String>) -> Self {
        let file = SourceFile::new(path, text);
        let position = file.position(span.start);
        let line = file.line_span(position.line).unwrap_or_default();
        let on_line = Span::new(span.start, span.end.min(line.end));
        Self {
            path: path.to_path_buf(),
            line: position.line,
            column: position.column,
            message: message.into(),
            text: file.slice(line).to_owned(),
            width: file.slice(on_line).chars().count().max(1),
        }
    }

    /// What the TOML reader complains about, with the nearest name where it expected one of several.
    #[must_use]
    pub fn from_toml(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let span = error.span().unwrap_or(0..0);
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let (what, expected) = error.message().split_once(", expected ").unwrap_or((error.message(), ""));
        let quoted =
            |text: &'_ str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let known = quoted(expected);
        let message = match quoted(what).first() {
            Some(name) if what.starts_with("unknown ") && !known.is_empty() => {
                let near = crate::names::did_you_mean(name, known.iter().map(String::as_str));
                let list = format!("; known are {}", known.join(", "));
                format!(
                    "{}{}",
                    what.replace("field", "key").replace("variant", "word"),
                    if near.is_empty() { list } else { near }
                )
            }
            _ => error.message().trim().to_owned(),
        };
        Self::new(path, text, Span::new(offset(span.start), offset(span.end)), message)
    }

    /// The line with its number, and what is meant underlined.
    #[must_use]
    pub fn excerpt(&self) -> String {
        // A tab is as wide as one character here, so that the underline stands below what it means.
        let shown: String = self.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let number = self.line.to_string();
        let mut excerpt = format!("  {number} | {shown}\n");
        let before = (self.column as usize).saturating_sub(1);
        let _ = write!(
            excerpt,
            "  {} | {}{}",
            " ".repeat(number.len()),
            " ".repeat(before),
            "^".repeat(self.width.min(shown.chars().count().saturating_sub(before).max(1)))
        );
        excerpt
    }
}
