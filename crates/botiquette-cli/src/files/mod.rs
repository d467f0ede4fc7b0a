//! Files: which ones a run looks at, how they come into it, and the one writer.

mod discover;
mod ignores;
mod load;
mod passed;
mod revision;
#[cfg(unix)]
mod signals;
mod write;

pub use discover::{Candidate, Discovery, DiscoveryProblem, Ignores, discover, discover_with};
pub use load::Search;
pub(crate) use passed::passed_over;
pub(crate) use revision::files_of;
pub(crate) use write::{Target, append, open_device, replace};
