//! Yes, no, and what nobody can know before the bot runs.

/// Three-valued truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    No,
    Unknown,
    Yes,
}

impl Truth {
    pub(super) const fn negate(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    pub(super) const fn max_truth(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

/// Folds three-valued truths: `decisive` ends the search, `Unknown` beats `otherwise`.
pub(super) trait FoldTruth: Iterator + Sized {
    fn fold_truth(self, otherwise: Truth, decisive: Truth, truth: impl Fn(Self::Item) -> Truth) -> Truth {
        let mut result = otherwise;
        for item in self {
            match truth(item) {
                found if found == decisive => return decisive,
                Truth::Unknown => result = Truth::Unknown,
                _ => {}
            }
        }
        result
    }
}

impl<I: Iterator> FoldTruth for I {}
