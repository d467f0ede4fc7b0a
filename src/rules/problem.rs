//! What can be wrong with a rule file: always the fault of whoever wrote it, always at a place.

use crate::names::did_you_mean;
use crate::source::Span;

/// One mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// What is wrong and, where there is one, the nearest valid name.
    pub message: String,
    /// Where it stands in the file, in bytes.
    pub span: Span,
}

impl Problem {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span }
    }

    /// An unknown name, with the nearest known one.
    pub(crate) fn unknown<'a>(
        span: Span,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self::new(span, format!("unknown {what} `{name}`{}", did_you_mean(name, known)))
    }
}
