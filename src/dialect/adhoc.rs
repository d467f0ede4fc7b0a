//! Bots' own configuration files, whatever their shape: what the reader makes of a file of no known tool.
//! Documented in `docs/dialects/adhoc.md`.

use super::{Candidate, Dialect, Lowered};
use crate::reader;

/// The dialect.
pub(crate) static DIALECT: Dialect = Dialect {
    name: "adhoc",
    title: "a bot's own configuration file",
    reference: "docs/dialects/adhoc.md",
    recognised_by: "what it says is done to people, beside signs of a bot: a platform, a login, a profile, a clock",
    // What such a file leaves out may be said elsewhere: an absence counts only where the file speaks of the subject.
    expresses: &[],
    // Its words are too common for a plain search: `prefilter` looks closer.
    hints: &[],
    detect: |candidate| reader::recognise(candidate).is_ok(),
    lower: |candidate: &Candidate<'_>, lowered: &mut Lowered| *lowered = reader::read(candidate).lowered,
};
