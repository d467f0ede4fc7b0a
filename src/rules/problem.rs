//! What can be wrong with a rule file: always the fault of whoever wrote it, always at a place.

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

/// `; did you mean …?` with the nearest known name, or nothing where none is near.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

/// The known name most like this one, if it is like it at all.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Below this similarity a suggestion misleads more often than it helps.
    const LIKE: f64 = 0.75;
    let folded = name.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
