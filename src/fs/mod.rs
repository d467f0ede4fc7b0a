//! The only part of the library that touches a file system: one reader, where links lead, how far settings reach,
//! and git revisions. Writes nothing; what is written is the command's.

mod links;
mod paths;
mod reach;
mod read;
mod revision;

pub use links::{Followed, follow, is_of_the_system, leads_out, real};
pub use paths::plain;
pub(crate) use paths::{identity, is_gone};
pub use reach::Reach;
pub use read::read;
pub use revision::{Revision, RevisionError};
