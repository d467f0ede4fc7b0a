//! Which wishes of the judged files a run obeys: comments and ignore files may be written by those who are judged.

use std::sync::Arc;

use crate::source::Earlier;

/// What a run heeds of what the linted files and their folders say about linting.
#[derive(Clone, Debug, Default)]
pub enum Heed {
    /// Suppressions in comments, and ignore files.
    #[default]
    Everything,
    /// Neither.
    Nothing,
    /// Suppressions that stand in this revision, about the same words; ignore files only for what git does not
    /// keep.
    AsIn(Arc<dyn Earlier>),
}
